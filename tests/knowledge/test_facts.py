"""Reading the YAML files: every fault is collected with its place, and what is well is kept."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.errors import FaultyKnowledge, Problem
from knowledge.facts import Facts, read
from tests.knowledge import samples

NURSE = "registered-nurse"
TASK: samples.Entry = {
    "indicator": "duties.task",
    "item": "check",
    "text": "Check the records.",
    "edition": "devry-2023",
    "locator": "What They Do",
}
GROWTH: samples.Entry = {
    "indicator": "outlook.growth",
    "value": 5,
    "place": "US",
    "period": 2024,
    "edition": "bls-ep-2024",
    "locator": "1",
}
PAY: samples.Entry = {
    "indicator": "pay.annual",
    "value": 93600,
    "statistic": "median",
    "place": "US",
    "period": "2025-05",
    "edition": "bls-oews-2025",
    "locator": "1",
}
SOURCE = {
    "id": "own",
    "publisher": "Own",
    "title": "Own figures",
    "url": "https://own.example",
    "kind": "school",
    "authority": 4,
    "authority_reason": "A school.",
    "licence": "ours",
    "editions": [{"id": "own-2024", "version": "2024", "published": "2024-05", "retrieved": "2026-01-02"}],
}
CORRECTION = {"id": "c", "edition": "devry-2023", "locator": "FAQ", "published": "x", "corrected": "y", "reason": "z"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return samples.knowledge_folder(tmp_path / "knowledge", {NURSE: [TASK]})


def only(facts: Facts) -> Problem:
    (problem,) = facts.problems
    return problem


def test_a_statement_is_read_with_its_file(folder: Path) -> None:
    facts = read(folder)
    (statement,) = facts.statements
    assert facts.problems == []
    assert (
        statement.occupation,
        statement.indicator,
        statement.item,
        statement.text,
        statement.edition,
        statement.file,
    ) == (NURSE, "duties.task", "check", "Check the records.", "devry-2023", "facts/registered-nurse/all.yml")
    assert facts.entries == ["statement 1 duties.task check"]


@pytest.mark.parametrize(
    ("entry", "employer", "unit", "period"),
    [
        (TASK, "unstated", None, "unstated"),
        (GROWTH, "all", "percent", "2024"),
        ({**GROWTH, "employer_type": "unstated"}, "unstated", "percent", "2024"),
        ({**GROWTH, "employer_type": "hospitals", "unit": "percent"}, "hospitals", "percent", "2024"),
        ({**TASK, "qualifiers": {"employer_type": "hospitals"}}, "hospitals", None, "unstated"),
    ],
)
def test_what_is_left_out_has_a_default(
    folder: Path, entry: samples.Entry, employer: str, unit: str | None, period: str
) -> None:
    samples.write_facts(folder, NURSE, [entry])
    facts = read(folder)
    assert facts.problems == []
    (statement,) = facts.statements
    assert (statement.scope.employer_type, statement.unit, statement.scope.period) == (employer, unit, period)
    assert statement.scope.qualifiers == (), "the employer type is a part of the scope, not a qualifier"


def test_line_breaks_in_a_text_do_not_matter(folder: Path) -> None:
    samples.write_facts(folder, NURSE, [{**TASK, "text": "Check\n  the   records.\n", "locator": " FAQ \n 1 "}])
    (statement,) = read(folder).statements
    assert (statement.text, statement.locator) == ("Check the records.", "FAQ 1")


def test_facts_below_deeper_folders_are_read_too(folder: Path) -> None:
    path = samples.write_facts(folder, NURSE, [GROWTH], name="more/outlook.yml")
    assert path.is_file()
    assert {s.indicator for s in read(folder).statements} == {"duties.task", "outlook.growth"}


@pytest.mark.parametrize(
    ("text", "where", "fault"),
    [
        ("occupation: registered-nurse\nstatements:\n  - {indicator: a\n  - b\n", "line ", "expected|did not find"),
        ("occupation: registered-nurse\nstatements:\n\t- a\n", "line 3", "tab|token"),
        ("occupation: a: b\n", "line 1, column 14", "mapping values are not allowed"),
        ("occupation: x\nstatements: []\noccupation: y\n", "line 3, column 1", "'occupation' is given twice"),
        ("statements:\n  - {text: a, edition: b, text: c}\n", "line 2, column ", "'text' is given twice"),
        ("occupation: x\nstatements:\n  - {period: 2025-13-45}\n", "line 3, column 14", "2025-13-45 is no date"),
    ],
)
def test_broken_yaml_names_file_and_line_and_loses_nothing_else(
    folder: Path, text: str, where: str, fault: str
) -> None:
    (folder / "facts" / NURSE / "broken.yml").write_text(text, encoding="utf-8")
    facts = read(folder)
    problem = only(facts)
    assert problem.file == "facts/registered-nurse/broken.yml"
    assert problem.entry.startswith(where)
    assert re.search(fault, problem.fault)
    assert problem.mend
    assert len(facts.statements) == 1


def test_a_file_that_is_not_utf_8_is_named(folder: Path) -> None:
    (folder / "facts" / NURSE / "latin.yml").write_bytes("occupation: Pflegekräfte".encode("latin-1"))
    problem = only(read(folder))
    assert problem.file == "facts/registered-nurse/latin.yml" and "UTF-8" in problem.mend


@pytest.mark.parametrize(
    "text", ["", "occupation: registered-nurse\n", "- a\n", "just words\n", "statements: {a: b}\n"]
)
def test_a_file_of_another_shape_is_named(folder: Path, text: str) -> None:
    (folder / "facts" / NURSE / "odd.yml").write_text(text, encoding="utf-8")
    problem = only(read(folder))
    assert problem.file == "facts/registered-nurse/odd.yml" and "statements:" in problem.fault


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({**PAY, "value": "93,600"}, "value '93,600' is not a number"),
        ({**PAY, "value": True}, "value True is not a number"),
        ({**PAY, "low": [1, 2]}, "low [1, 2] is not a number"),
        ({**PAY, "percentile": "ninety"}, "percentile 'ninety' is not a whole number"),
        ({**PAY, "percentile": 12.5}, "percentile 12.5 is not a whole number"),
        ({**PAY, "period": "May 2025"}, "period 'May 2025' is none of 2019, 2025-05, 2024/2034, unstated"),
        ({**PAY, "amount": 3}, "has unknown field(s) amount"),
        ({**PAY, "amount": 3, 7: 8}, "has unknown field(s) 7, amount"),
        ({k: v for k, v in PAY.items() if k != "statistic"}, "lacks statistic"),
        ({**GROWTH, "indicator": "setting.employer_share"}, "lacks employer_type"),
    ],
)
def test_a_field_of_the_wrong_kind_names_the_entry(folder: Path, entry: samples.Entry, fault: str) -> None:
    samples.write_facts(folder, NURSE, [TASK, entry, {**TASK, "item": "other"}])
    facts = read(folder)
    problem = only(facts)
    assert problem.file == "facts/registered-nurse/all.yml"
    assert problem.entry == f"statement 2 {entry['indicator']}"
    assert problem.fault == fault
    assert problem.mend
    assert {"check", "other"} <= {s.item for s in facts.statements}, "the others are kept"


def test_statistic_and_employer_type_may_be_said_to_be_unstated(folder: Path) -> None:
    samples.write_facts(
        folder,
        NURSE,
        [
            {**PAY, "statistic": "unstated"},
            {**GROWTH, "indicator": "setting.employer_share", "qualifiers": {"employer_type": "hospitals"}},
        ],
    )
    assert read(folder).problems == []


@pytest.mark.parametrize("entry", ["just words", 7, ["indicator"], None])
def test_a_statement_that_is_no_mapping_is_named(folder: Path, entry: Any) -> None:
    path = folder / "facts" / NURSE / "all.yml"
    path.write_text(yaml.safe_dump({"occupation": NURSE, "statements": [dict(TASK), entry]}), encoding="utf-8")
    problem = only(read(folder))
    assert problem.entry == "statement 2" and "not a mapping" in problem.fault


def test_a_source_and_its_editions_are_read(folder: Path) -> None:
    (folder / "sources" / "own.yml").write_text(yaml.safe_dump(SOURCE), encoding="utf-8")
    facts = read(folder)
    edition = facts.editions["own-2024"]
    assert facts.problems == []
    assert (edition.title, edition.url) == ("Own figures", "https://own.example"), "the source's, unless it has its own"
    assert edition.citation == "Own, Own figures, 2024"
    assert edition.source.authority == 4


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        *((dict.fromkeys([name]), f"lacks {name}") for name in SOURCE if name != "id"),
        ({"authority": 6}, "authority 6 is unknown"),
        ({"authority": "high"}, "authority 'high' is unknown"),
        ({"editions": "own-2024"}, "an edition is a mapping"),
        ({"editions": ["own-2024"]}, "an edition is a mapping"),
        ({"editions": [{"id": "own-2024", "version": "1", "published": "2024"}]}, "lacks retrieved"),
        ({"editions": [{"version": "1", "published": "2024", "retrieved": "2025"}]}, "lacks id"),
        ({"editions": [{"id": "devry-2023", "version": "1", "published": "2024", "retrieved": "2025"}]}, "used twice"),
    ],
)
def test_a_faulty_source_is_named(folder: Path, change: dict[str, Any], fault: str) -> None:
    (folder / "sources" / "own.yml").write_text(yaml.safe_dump({**SOURCE, **change}), encoding="utf-8")
    facts = read(folder)
    problem = only(facts)
    assert problem.file in ("sources/own.yml", "sources/devry.yml") and fault in problem.fault and problem.mend
    assert len(facts.statements) == 1


@pytest.mark.parametrize("missing", [*CORRECTION])
def test_a_correction_lacks_nothing(folder: Path, missing: str) -> None:
    (folder / "corrections").mkdir()
    kept = {name: value for name, value in CORRECTION.items() if name != missing}
    (folder / "corrections" / "c.yml").write_text(yaml.safe_dump(kept), encoding="utf-8")
    facts = read(folder)
    assert only(facts).file == "corrections/c.yml" and missing in only(facts).fault
    assert facts.corrections == []


def test_a_correction_says_where_it_is_shown(folder: Path) -> None:
    (folder / "corrections").mkdir()
    content = [CORRECTION, {**CORRECTION, "id": "d", "shown_by": {"edition": "herzing-undated", "locator": "Top"}}]
    (folder / "corrections" / "c.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    one, other = read(folder).corrections
    assert (one.shown_by, one.shown_by_locator) == (None, None)
    assert (other.shown_by, other.shown_by_locator) == ("herzing-undated", "Top")


def test_the_faults_of_all_files_come_together(folder: Path) -> None:
    (folder / "facts" / NURSE / "broken.yml").write_text("a: [", encoding="utf-8")
    (folder / "sources" / "own.yml").write_text(yaml.safe_dump({**SOURCE, "licence": None}), encoding="utf-8")
    samples.write_facts(folder, NURSE, [{**PAY, "value": "many"}, {**TASK, "who": "me"}], name="more.yml")
    facts = read(folder)
    assert sorted(problem.file for problem in facts.problems) == [
        "facts/registered-nurse/broken.yml",
        "facts/registered-nurse/more.yml",
        "facts/registered-nurse/more.yml",
        "sources/own.yml",
    ]


@pytest.mark.parametrize(
    "name",
    ["indicators", "topics", "qualifiers", "credentials", "employers", "occupations", "places", "foreign", "schools"],
)
@pytest.mark.parametrize("state", ["broken", "missing", "empty"])
def test_a_vocabulary_file_that_cannot_be_used_stops_at_once(folder: Path, name: str, state: str) -> None:
    path = folder / "vocabulary" / f"{name}.yml"
    if state == "missing":
        path.unlink()
    else:
        path.write_text("a: 1\nb: {c\n" if state == "broken" else "", encoding="utf-8")
    with pytest.raises(FaultyKnowledge) as caught:
        read(folder)
    (problem,) = caught.value.problems
    assert f"{name}.yml" in str(problem)
    assert state != "broken" or re.match(r"line \d+, column \d+$", problem.entry)


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("{title: A thing, topic: duties}", "`type` must be a text"),
        ("{title: A thing, in a sentence, topic: duties, type: text}", "`in a sentence` has no value.*needs quotes"),
    ],
)
def test_a_faulty_indicator_stops_at_once(folder: Path, entry: str, fault: str) -> None:
    path = folder / "vocabulary" / "indicators.yml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\nnew.thing: {entry}\n", encoding="utf-8")
    with pytest.raises(FaultyKnowledge, match=fault):
        read(folder)


def test_an_empty_folder_of_facts_is_no_fault(folder: Path) -> None:
    shutil.rmtree(folder / "facts")
    facts = read(folder)
    assert (facts.statements, facts.problems) == ([], [])
    assert facts.editions
