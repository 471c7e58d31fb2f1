"""The pay statistics: a small file made here, then the installed package against the published figures."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import create_engine, func, select

from knowledge.errors import KnowledgeError
from knowledge.importers import oews
from knowledge.load import build
from knowledge.models import WageRow
from knowledge.query import KnowledgeBase, Question
from knowledge.wages import FIGURES
from tests.knowledge import samples

RECORDS, NURSE, TEACHER, ACTOR = (
    "medical-records-technician",
    "registered-nurse",
    "elementary-school-teachers-except-special-education",
    "actors",
)
HOURLY = [column for column, (_, unit, _, _) in FIGURES.items() if unit == "USD/hour"]
ANNUAL = [column for column, (_, unit, _, _) in FIGURES.items() if unit == "USD/year"]
SHOWN = {"292072", "319094", "119111", "299021", "292052", "319092", "291141"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A database with the pay statistics of samples.py and no facts."""
    folder = tmp_path_factory.mktemp("oews")
    statistics = samples.oews(folder / "oews")
    made = samples.knowledge_folder(folder / "knowledge", {}, statistics)
    url = f"sqlite:///{folder / 'knowledge.sqlite'}"
    assert build(url, folder=made, oews_file=str(statistics), vectors=False)["wage"] == len(samples.CELLS)
    return KnowledgeBase(url, today=date(2026, 10, 1))


# --- the small file


def test_each_column_is_the_figure_that_it_is_published_as(small: KnowledgeBase) -> None:
    record = small.wage(RECORDS)
    assert record is not None
    assert {column: record.value(column) for column in oews.COLUMNS} == {
        column: float(value) for column, value in zip(oews.COLUMNS, samples.RECORDS)
    }
    assert all(record.footnote(column) is None for column in oews.COLUMNS)


@pytest.mark.parametrize(
    ("column", "indicator", "unit", "statistic", "percentile", "value", "data_type"),
    [
        ("employment", "outlook.employment", "jobs", "unstated", None, 187910, "01"),
        ("hourly_mean", "pay.hourly", "USD/hour", "mean", None, 27.12, "03"),
        ("annual_mean", "pay.annual", "USD/year", "mean", None, 56410, "04"),
        ("hourly_p10", "pay.hourly", "USD/hour", "percentile", 10, 17.45, "06"),
        ("hourly_median", "pay.hourly", "USD/hour", "median", None, 24.59, "08"),
        ("annual_p25", "pay.annual", "USD/year", "percentile", 25, 42200, "12"),
        ("annual_median", "pay.annual", "USD/year", "median", None, 51140, "13"),
        ("annual_p90", "pay.annual", "USD/year", "percentile", 90, 82900, "15"),
    ],
)
def test_a_figure_is_a_statement_with_its_scope_and_series(
    small: KnowledgeBase,
    column: str,
    indicator: str,
    unit: str,
    statistic: str,
    percentile: int | None,
    value: float,
    data_type: str,
) -> None:
    record = small.wage(RECORDS)
    statement = record.statement(column) if record else None
    assert statement is not None
    scope = statement.scope
    assert (statement.occupation, statement.indicator, statement.unit, statement.number, statement.edition) == (
        RECORDS,
        indicator,
        unit,
        value,
        oews.EDITION,
    )
    assert (scope.place, scope.period, scope.statistic, scope.percentile, scope.employer_type) == (
        "US",
        "2025-05",
        statistic,
        percentile,
        "all",
    )
    assert f"series OEUN0000000000000292072{data_type}" in statement.locator


@pytest.mark.parametrize(
    ("place", "employer", "median"),
    [
        ("US", "all", 51140),
        ("US", "hospitals", 54220),
        ("US", "insurance", 58880),
        ("US-CA", "all", 60010),
        ("US-NJ", "all", 62870),
        ("M35620", "all", 51140),
    ],
)
def test_places_and_industries_have_the_names_of_the_vocabulary(
    small: KnowledgeBase, place: str, employer: str, median: int
) -> None:
    record = small.wage(RECORDS, place, employer)
    assert record is not None
    assert (record.place, record.employer_type, record.value("annual_median")) == (place, employer, median)


@pytest.mark.parametrize(
    ("place", "employer"), [("US-CA", "hospitals"), ("US-TX", "all"), ("US", "pharmacies"), ("M99999", "all")]
)
def test_a_row_that_does_not_exist_is_none(small: KnowledgeBase, place: str, employer: str) -> None:
    assert small.wage(RECORDS, place, employer) is None


@pytest.mark.parametrize(
    ("occupation", "place", "columns", "footnote"),
    [
        (RECORDS, "M41940", ["hourly_mean", "annual_mean", "wage_rse", *HOURLY[1:], *ANNUAL[1:]], "8"),
        (RECORDS, "M35620", ["employment", "employment_rse"], "8"),
        (ACTOR, "US", ANNUAL, "4"),
        (TEACHER, "US", HOURLY, "4"),
        (NURSE, "US", ["hourly_p90", "annual_p90"], "5"),
    ],
)
def test_what_is_not_published_has_its_footnote_and_no_value(
    small: KnowledgeBase, occupation: str, place: str, columns: list[str], footnote: str
) -> None:
    record = small.wage(occupation, place)
    assert record is not None
    for column in oews.COLUMNS:
        missing = column in columns
        assert (record.value(column) is None) is missing, column
        assert record.footnote(column) == (footnote if missing else None), column
        if column in FIGURES:
            assert (record.statement(column) is None) is missing, column


def test_a_top_coded_wage_is_at_least_the_ceiling(small: KnowledgeBase) -> None:
    record = small.wage(NURSE)
    assert record is not None
    for column, ceiling in (("annual_p90", 239200), ("hourly_p90", 115)):
        statement = record.top_coded(column)
        assert statement is not None
        assert (statement.low, statement.number, statement.scope.percentile) == (ceiling, None, 90)
    assert record.top_coded("annual_median") is None, "it is published"


def test_a_suppressed_wage_is_not_top_coded(small: KnowledgeBase) -> None:
    for occupation, place in ((RECORDS, "M41940"), (ACTOR, "US"), (TEACHER, "US")):
        record = small.wage(occupation, place)
        assert record is not None and [c for c in FIGURES if record.top_coded(c)] == []


@pytest.mark.parametrize(
    ("occupation", "place", "number", "fallbacks"),
    [
        (RECORDS, "M41940", 60010, [("place", "M41940", "US-CA")]),  # suppressed there
        (RECORDS, "M35620", 51140, []),
        (RECORDS, "US-TX", 51140, [("place", "US-TX", "US")]),
    ],
)
def test_the_next_wider_place_answers_what_is_not_published(
    small: KnowledgeBase, occupation: str, place: str, number: float, fallbacks: list[tuple[str, str, str]]
) -> None:
    answer = small.answer(Question("pay", occupation, place, "median", indicators=("pay.annual",)))
    (finding,) = answer.findings
    assert finding.lead.number == number
    assert [(f.kind, f.wanted, f.used) for f in finding.fallbacks] == fallbacks


def test_hourly_and_yearly_pay_never_stand_in_for_each_other(small: KnowledgeBase) -> None:
    for occupation, missing, there in ((ACTOR, "pay.annual", "pay.hourly"), (TEACHER, "pay.hourly", "pay.annual")):
        answer = small.answer(Question("pay", occupation))
        assert answer.of(there) and not answer.of(missing)


def test_every_statement_id_leads_back_to_its_statement(small: KnowledgeBase) -> None:
    seen = set()
    for occupation, place, employer in (
        (RECORDS, "US", "all"),
        (RECORDS, "US", "hospitals"),
        (RECORDS, "US-CA", "all"),
        (RECORDS, "M35620", "all"),
        (RECORDS, "M41940", "all"),
        (NURSE, "US", "all"),
        (ACTOR, "US", "all"),
        (TEACHER, "US", "all"),
    ):
        record = small.wage(occupation, place, employer)
        assert record is not None
        for column in FIGURES:
            statement = record.statement(column) or record.top_coded(column)
            if statement is not None:
                found = small.evidence(statement.id)
                assert found is not None and found.statement == statement
                assert found.edition.id == oews.EDITION
                seen.add(statement.id)
    assert len(seen) > 70


@pytest.mark.parametrize(
    "id",
    [
        "oews2025-N0000000-000000-292072-00",
        "oews2025-N0000000-000000-292072-99",
        "oews2025-N0000000-000000-292072-02",
        "oews2025-N0000000-000000-999999-13",
        "oews2025-M0041940-000000-292072-13",
        "oews2025-N0000000-000000-292072",
        "oews2024-N0000000-000000-292072-13",
        "oews2025-N0000000-000000-292072-13 ",
        "",
        "'; DROP TABLE wage; --",
    ],
)
def test_an_id_of_nothing_has_no_evidence(small: KnowledgeBase, id: str) -> None:
    assert small.evidence(id) is None


def test_every_area_is_a_place_under_its_state(small: KnowledgeBase) -> None:
    places = small.catalog.places
    assert {(p.id, p.level, p.parent, p.area) for p in places.values() if p.area} == {
        ("US", "country", None, "0000000"),
        ("US-CA", "state", "US", "0600000"),
        ("US-NJ", "state", "US", "3400000"),
        ("M41940", "metro", "US-CA", "0041940"),
        ("M35620", "metro", "US-NY", "0035620"),
        ("M600006", "nonmetro", "US-CA", "0600006"),
    }


def test_occupations_known_in_depth_keep_their_names(small: KnowledgeBase) -> None:
    occupations = small.catalog.occupations
    assert (occupations[RECORDS].depth, occupations[RECORDS].name) == ("facts", "medical records technician")
    plumbers = occupations["plumbers-pipefitters-and-steamfitters"]
    assert (plumbers.depth, plumbers.soc, plumbers.name) == (
        "statistics",
        "472152",
        "plumbers, pipefitters, and steamfitters",
    )
    assert "healthcare-practitioners-and-technical-occupations" not in occupations, "a group is no occupation"


def test_rankings_leave_out_what_is_not_published(small: KnowledgeBase) -> None:
    assert [r.place for r in small.ranking(RECORDS, "annual_median", level="S")] == ["US-NJ", "US-CA"]
    assert [r.place for r in small.ranking(RECORDS, "annual_median", level="S", lowest=True, limit=1)] == ["US-CA"]
    assert [r.place for r in small.ranking(RECORDS, "annual_median", level="M")] == ["M35620"]
    assert list(small.ranking(RECORDS, "annual_median", level="M", within="US-CA")) == []
    assert [r.employer_type for r in small.industries(RECORDS)] == ["hospitals", "insurance"]


# --- files that cannot be used


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A knowledge folder and the statistics that its source describes."""
    statistics = samples.oews(tmp_path / "oews")
    return samples.knowledge_folder(tmp_path / "knowledge", {}, statistics), statistics


def refused(files: tuple[Path, Path], tmp_path: Path) -> str:
    """What a build says when it refuses these files; it must not leave a database."""
    folder, statistics = files
    with pytest.raises(KnowledgeError) as caught:
        build(f"sqlite:///{tmp_path / 'knowledge.sqlite'}", folder=folder, oews_file=str(statistics), vectors=False)
    assert not list(tmp_path.glob("*knowledge.sqlite*"))
    return str(caught.value)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-20],
        lambda content: content + b"x",
        lambda content: b"",
        lambda content: gzip.compress(gzip.decompress(content).replace(b"51140", b"81140")),
    ],
)
def test_a_damaged_file_is_refused(files: tuple[Path, Path], tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    files[1].write_bytes(damage(files[1].read_bytes()))
    message = refused(files, tmp_path)
    assert str(files[1]) in message and "damaged" in message and "Install the package again" in message


@pytest.mark.parametrize(
    ("name", "value"),
    [("published", "2026-05-16"), ("retrieved", "2026-09-27"), ("version", "May 2024"), ("sha256", "0" * 64)],
)
def test_an_edition_that_is_not_the_file_is_refused(
    files: tuple[Path, Path], tmp_path: Path, name: str, value: str
) -> None:
    path = files[0] / "sources" / "bls-oews.yml"
    source = yaml.safe_load(path.read_text(encoding="utf-8"))
    theirs = str(source["editions"][0][name])
    source["editions"][0][name] = value
    path.write_text(yaml.safe_dump(source), encoding="utf-8")
    message = refused(files, tmp_path)
    assert "sources/bls-oews.yml" in message and repr(value) in message and repr(theirs) in message


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"file_sha256": "x"}'])
def test_a_manifest_that_cannot_be_read_is_refused(files: tuple[Path, Path], tmp_path: Path, content: str) -> None:
    (files[1].parent / "manifest.json").write_text(content, encoding="utf-8")
    assert "manifest.json" in refused(files, tmp_path)


def test_a_manifest_of_another_file_is_refused(files: tuple[Path, Path], tmp_path: Path) -> None:
    path = files[1].parent / "manifest.json"
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**manifest, "file_sha256": "0" * 64}), encoding="utf-8")
    assert "damaged" in refused(files, tmp_path)


def test_statistics_without_their_edition_are_refused(files: tuple[Path, Path], tmp_path: Path) -> None:
    (files[0] / "sources" / "bls-oews.yml").unlink()
    message = refused(files, tmp_path)
    assert "sources/bls-oews.yml" in message and oews.EDITION in message


@pytest.mark.parametrize("missing", ["oews-2025.sqlite.gz", "manifest.json"])
def test_a_missing_file_is_named(files: tuple[Path, Path], tmp_path: Path, missing: str) -> None:
    path = files[1].with_name(missing)
    path.unlink()
    assert str(path) in refused(files, tmp_path)


def test_a_missing_package_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oews, "PACKAGE", "no_such_package_of_statistics")
    with pytest.raises(KnowledgeError, match=r"make setup.*WAYMARK_OEWS_FILE"):
        oews.find_package()


def test_an_area_of_an_unknown_state_is_named(files: tuple[Path, Path], tmp_path: Path) -> None:
    path = files[0] / "vocabulary" / "places.yml"
    places = yaml.safe_load(path.read_text(encoding="utf-8"))
    del places["US-NJ"]
    path.write_text(yaml.safe_dump(places), encoding="utf-8")
    message = refused(files, tmp_path)
    assert "New Jersey" in message and "places.yml" in message


# --- the installed package


def published(shared: Path) -> list[dict[str, str]]:
    path = shared / "data" / "oews-2025" / "oews_may2025_7occ.csv"
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_published(row: dict[str, str]) -> tuple[dict[str, float | None], str]:
    """The values and footnotes of a row of the CSV as `wage` keeps them."""
    figures = {
        name: None if row[f"v{i:02}"] in ("-", "") else float(row[f"v{i:02}"]) for i, name in enumerate(oews.COLUMNS, 1)
    }
    return figures, " ".join(f"{i}:{row[f'f{i:02}']}" for i in range(1, 18) if row[f"f{i:02}"])


def test_all_rows_are_there(knowledge_url: str) -> None:
    engine = create_engine(knowledge_url, future=True)
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(WageRow)).scalar() == 370_172
        levels = Counter(dict(connection.execute(select(WageRow.level, func.count()).group_by(WageRow.level)).all()))
    engine.dispose()
    assert levels == {"M": 198_287, "N": 134_477, "S": 37_408}


def test_every_row_of_seven_occupations_is_as_published(knowledge_url: str, shared: Path) -> None:
    rows = published(shared)
    engine = create_engine(knowledge_url, future=True)
    table = WageRow.__table__
    with engine.connect() as connection:
        stored = {
            (r.soc, r.industry, r.area): r for r in connection.execute(select(table).where(table.c.soc.in_(SHOWN)))
        }
    engine.dispose()
    assert {row["occupation_code"] for row in rows} == SHOWN
    assert len(stored) == len(rows)
    for row in rows:
        found = stored[row["occupation_code"], row["industry_code"], row["area_code"]]
        figures, notes = as_published(row)
        assert {name: found._mapping[name] for name in oews.COLUMNS} == figures, row
        assert ((found.footnotes or ""), "OEU" + found.level) == (notes, row["level"]), row


@pytest.mark.parametrize(
    ("area", "place"),
    [
        ("0000000", "US"),
        ("3400000", "US-NJ"),
        ("7200000", "US-PR"),
        ("0041940", "M41940"),
        ("0035620", "M35620"),
        ("0100001", "M100001"),
    ],
)
def test_all_figures_of_an_area_are_found_by_its_place(
    knowledge: KnowledgeBase, shared: Path, area: str, place: str
) -> None:
    rows = [row for row in published(shared) if row["area_code"] == area and row["industry_code"] == "000000"]
    assert rows
    for row in rows:
        record = knowledge.wage(knowledge.catalog.by_soc[row["occupation_code"]], place)
        assert record is not None
        figures, _ = as_published(row)
        for column in FIGURES:
            statement = record.statement(column)
            assert (statement.number if statement else None) == figures[column]
            if statement is not None:
                evidence = knowledge.evidence(statement.id)
                assert evidence is not None and evidence.statement.number == figures[column]
