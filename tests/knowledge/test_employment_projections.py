"""The Employment Projections importer: small workbooks made here, and the real one where it is at hand."""
from __future__ import annotations

import os
from itertools import zip_longest
from pathlib import Path
from shutil import copytree
from typing import Any

import openpyxl
import pytest
import yaml

from knowledge.check import check
from knowledge.errors import KnowledgeError
from knowledge.facts import read
from knowledge.importers import employment_projections as projections
from knowledge.importers.projections_table import COLUMNS
from knowledge.vocabulary import FOLDER

DATA = FOLDER.parents[1] / "shared" / "data"
REAL = DATA / "bls-ep-2024-34" / "occupation.xlsx"
TITLE = "Table 1.2 Occupational projections, 2024–2034, and worker characteristics, 2024 (Employment in thousands)"
HEADINGS = [heading.format(base=2024, end=2034, span="2024–34") for heading in COLUMNS.values()]
HEADINGS += ["Median annual wage, dollars, 2024[1]"]
WAGE = 98765
TOTAL = ["Total, all occupations", "00-0000", 1000.5, 1031.5, 31.0, 3.1, 100.0, "—", "—", "—", WAGE]
NURSES = ["      Registered nurses", "29-1141", 3391, 3557.1, 166.1, 4.9, 189.1,
          "Bachelor's degree", "None", "None", WAGE]
TYPISTS = ["  Medical transcriptionists", "31-9094", 43.9, 41.8, -2.2, -4.9, 7.4,
           "Postsecondary nondegree award", "Less than 5 years", "Moderate-term on-the-job training", WAGE]
PATHS = ("facts/registered-nurse/projections.yml", "facts/medical-transcriptionist/projections.yml")


def real_workbook() -> Path:
    """The real file; without it the test is skipped, but never on the CI, which has the folder."""
    if not REAL.is_file():
        if os.environ.get("WAYMARK_CI") and DATA.is_dir():
            pytest.fail(f"{REAL} is missing, though {DATA} is here")
        pytest.skip(f"{REAL} is not here: download occupation.xlsx from https://www.bls.gov/emp/tables.htm")
    return REAL


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge folder with two occupations that have a SOC code, one that has none, and no facts."""
    made = tmp_path / "knowledge"
    copytree(FOLDER / "vocabulary", made / "vocabulary")
    copytree(FOLDER / "sources", made / "sources")
    path = made / "vocabulary" / "occupations.yml"
    all_occupations = yaml.safe_load(path.read_text(encoding="utf-8"))
    kept = ("registered-nurse", "medical-transcriptionist", "health-information-technician")
    path.write_text(yaml.safe_dump({id: all_occupations[id] for id in kept}, sort_keys=False), encoding="utf-8")
    return made


def workbook(
    path: Path, *rows: list[Any], title: str = TITLE, headings: list[str] | None = None, sheet: str = "Table 1.2"
) -> Path:
    """A workbook like that of BLS: an index, a table without projections, and the table of occupations."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.create_sheet("Index").append(["Occupation.xlsx contents"])
    book.create_sheet("Table 1.1").append(["Table 1.1 Employment by major occupational group"])
    table = book.create_sheet(sheet)
    table.append([title])
    table.append(HEADINGS if headings is None else headings)
    for row in rows or (TOTAL, NURSES, TYPISTS):
        table.append(row)
        for cell in table[table.max_row]:
            if isinstance(cell.value, (int, float)):
                cell.number_format = "#,##0.0"
    table.append(["Source: Employment Projections program, U.S. Bureau of Labor Statistics"])
    book.save(path)
    return path


def statements(text: str) -> dict[str, dict[str, Any]]:
    return {entry["indicator"]: entry for entry in yaml.safe_load(text)["statements"]}


def test_figures_are_jobs_with_the_printed_figure_beside_them(tmp_path: Path, folder: Path) -> None:
    files = projections.prepare(workbook(tmp_path / "o.xlsx"), folder).files
    assert set(files) == set(PATHS)
    said = statements(files[PATHS[0]])
    assert said["outlook.employment"] == {
        "indicator": "outlook.employment", "value": 3391000, "unit": "jobs", "place": "US", "period": "2024",
        "employer_type": "all", "original": "3,391.0 thousand", "edition": "bls-ep-2024",
        "locator": "Table 1.2, row 29-1141 Registered nurses, column Employment, 2024"}
    figures = {name: (entry["value"], entry["unit"], entry["period"], entry["original"])
               for name, entry in said.items() if "value" in entry}
    assert figures == {
        "outlook.growth": (4.9, "percent", "2024/2034", "4.9 percent"),
        "outlook.growth_all": (3.1, "percent", "2024/2034", "3.1 percent"),
        "outlook.new_jobs": (166100, "jobs", "2024/2034", "166.1 thousand"),
        "outlook.openings": (189100, "jobs/year", "2024/2034", "189.1 thousand"),
        "outlook.employment": (3391000, "jobs", "2024", "3,391.0 thousand"),
        "outlook.employment_projected": (3557100, "jobs", "2024/2034", "3,557.1 thousand")}
    assert said["outlook.growth_all"]["locator"].startswith("Table 1.2, row 00-0000 Total, all occupations, column ")
    assert statements(files[PATHS[1]])["outlook.new_jobs"]["value"] == -2200


@pytest.mark.parametrize(("stored", "value", "original"), [
    (13.8371, 13800, "13.8 thousand"), (13.85, 13900, "13.9 thousand"), (-2.25, -2300, "-2.3 thousand"),
    (14, 14000, "14.0 thousand"), (0.04, 0, "0.0 thousand"),
])
def test_figures_keep_the_printed_precision(
    tmp_path: Path, folder: Path, stored: float, value: int, original: str
) -> None:
    row = [*NURSES[:4], stored, *NURSES[5:]]
    made = projections.prepare(workbook(tmp_path / "o.xlsx", TOTAL, row, TYPISTS), folder)
    entry = statements(made.files[PATHS[0]])["outlook.new_jobs"]
    assert (entry["value"], entry["original"]) == (value, original)


def test_words_become_choices_and_training(tmp_path: Path, folder: Path) -> None:
    files = projections.prepare(workbook(tmp_path / "o.xlsx"), folder).files
    nurses, typists = (statements(files[path]) for path in PATHS)
    assert (nurses["education.requirement"]["item"], nurses["education.requirement"]["qualifiers"]) == (
        "typical", {"level": "bachelor"})
    assert typists["education.requirement"]["qualifiers"] == {"level": "certificate"}
    assert nurses["experience.requirement"]["item"] == "not-required"
    assert typists["experience.requirement"]["item"] == "typical"
    assert (nurses["experience.training"]["kind"], nurses["experience.training"]["item"]) == ("none", "not-typical")
    assert nurses["experience.training"]["text"] == "On-the-job training is not typical for registered nurses."
    assert "kind" not in typists["experience.training"]
    assert typists["experience.training"]["item"] == "moderate-term"


@pytest.mark.parametrize(("education", "experience", "training"), zip_longest(
    [term for term, meaning in projections.EDUCATION.items() if meaning], projections.EXPERIENCE, projections.TRAINING,
    fillvalue="None"))
def test_every_term_of_the_table_passes_the_linter(
    tmp_path: Path, folder: Path, education: str, experience: str, training: str
) -> None:
    row = [*NURSES[:7], education, experience, training, WAGE]
    projections.write(projections.prepare(workbook(tmp_path / "o.xlsx", TOTAL, row, TYPISTS), folder), folder)
    facts = read(folder)
    assert check(facts) == []
    assert len(facts.statements) == 18


def test_the_wage_column_is_never_used(tmp_path: Path, folder: Path) -> None:
    made = projections.prepare(workbook(tmp_path / "o.xlsx"), folder)
    assert not any(str(WAGE) in text or "wage" in text.lower() or "pay." in text for text in made.files.values())


def test_what_cannot_be_said_is_left_out_with_a_note(tmp_path: Path, folder: Path) -> None:
    row = [*NURSES[:6], "—", "Some college, no degree", "—", "None", WAGE]
    made = projections.prepare(workbook(tmp_path / "o.xlsx", TOTAL, row, TYPISTS), folder)
    said = statements(made.files[PATHS[0]])
    assert not {"outlook.openings", "education.requirement", "experience.requirement"} & set(said)
    assert [note.split(":")[1] for note in made.notes if note.startswith("registered-nurse")] == [
        " no outlook.openings", " no education.requirement", " no experience.requirement"]


def test_another_file_than_the_recorded_one_is_noted(tmp_path: Path, folder: Path) -> None:
    assert "SHA-256" in projections.prepare(workbook(tmp_path / "o.xlsx"), folder).notes[0]


def test_a_second_run_writes_the_same_bytes(tmp_path: Path, folder: Path) -> None:
    file = workbook(tmp_path / "o.xlsx")
    assert projections.write(projections.prepare(file, folder), folder) == dict.fromkeys(PATHS, True)
    before = {path: ((folder / path).read_bytes(), (folder / path).stat().st_mtime_ns) for path in PATHS}
    assert projections.write(projections.prepare(file, folder), folder) == dict.fromkeys(PATHS, False)
    assert {path: ((folder / path).read_bytes(), (folder / path).stat().st_mtime_ns) for path in PATHS} == before
    assert before[PATHS[0]][0].startswith(
        b"# Generated by `python -m knowledge import employment-projections FILE`. Do not edit")
    assert sorted(p.name for p in (folder / PATHS[0]).parent.iterdir()) == ["projections.yml"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = projections.prepare(workbook(tmp_path / "o.xlsx"), folder)
    old = folder / PATHS[0]
    old.parent.mkdir(parents=True)
    old.write_text("old", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(KnowledgeError, match="No space left on device"):
        projections.write(made, folder)
    assert [(p.name, p.read_text(encoding="utf-8")) for p in old.parent.iterdir()] == [("projections.yml", "old")]


def without(heading: str) -> list[str]:
    return [text for text in HEADINGS if text != heading]


@pytest.mark.parametrize(("made", "parts"), [
    ({"sheet": "X", "title": "Table 1.2 Something else"}, ["no sheet is headed", "Index, Table 1.1, X"]),
    ({"headings": without("Employment, 2034")}, ["lacks the column(s) “Employment, 2034”"]),
    ({"headings": []}, ["lacks the column(s)", "Employment, 2024", "Typical education needed for entry"]),
    ({"title": TITLE.replace("2024–2034", "2023–33")}, ["2023–33", "edition says 2024–2034"]),
    ({"title": TITLE.replace(" (Employment in thousands)", "")}, ["Employment in thousands"]),
])
def test_a_wrong_workbook_is_refused(tmp_path: Path, folder: Path, made: dict[str, Any], parts: list[str]) -> None:
    with pytest.raises(KnowledgeError) as caught:
        projections.prepare(workbook(tmp_path / "o.xlsx", **made), folder)
    assert all(part in str(caught.value) for part in ["o.xlsx", *parts]), caught.value
    assert not (folder / "facts").exists()


def test_missing_rows_are_named_all_at_once(tmp_path: Path, folder: Path) -> None:
    other = ["Actors", "27-2011", *NURSES[2:]]
    with pytest.raises(KnowledgeError, match=r"29-1141, 31-9094, 00-0000 \(the total\)"):
        projections.prepare(workbook(tmp_path / "o.xlsx", other), folder)


@pytest.mark.parametrize(("position", "cell", "part"), [
    (4, "n/a", "row 29-1141 Registered nurses, column Employment change, numeric, 2024–34: 'n/a' is no number"),
    (4, None, "None is no number"),
    (7, "Two years of college", "'Two years of college' is none of"),
    (9, "", "'' is none of"),
])
def test_an_unknown_cell_is_refused(tmp_path: Path, folder: Path, position: int, cell: object, part: str) -> None:
    row = [cell if number == position else value for number, value in enumerate(NURSES)]
    with pytest.raises(KnowledgeError) as caught:
        projections.prepare(workbook(tmp_path / "o.xlsx", TOTAL, row, TYPISTS), folder)
    assert part in str(caught.value)


def test_a_file_that_is_missing_or_no_workbook(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"No such file.*bls\.gov"):
        projections.prepare(tmp_path / "none.xlsx", folder)
    with pytest.raises(KnowledgeError, match="Is a directory"):
        projections.prepare(tmp_path, folder)
    for content in (b"", b"title,code\n", workbook(tmp_path / "whole.xlsx").read_bytes()[:3000]):
        broken = tmp_path / "broken.xlsx"
        broken.write_bytes(content)
        with pytest.raises(KnowledgeError, match="not an Excel workbook, or is damaged"):
            projections.prepare(broken, folder)


def test_an_edition_that_is_missing_or_no_period(tmp_path: Path, folder: Path) -> None:
    file, source = workbook(tmp_path / "o.xlsx"), folder / "sources" / "bls-ep.yml"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("version: 2024–34", "version: newest"), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="'newest' is no projection period"):
        projections.prepare(file, folder)
    source.write_text(text.replace("bls-ep-2024", "bls-ep-1999"), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="no edition 'bls-ep-2024'"):
        projections.prepare(file, folder)


def test_the_real_workbook() -> None:
    made = projections.prepare(real_workbook())
    assert made.notes == ()
    assert len(made.files) == 7
    said = statements(made.files["facts/medical-records-technician/projections.yml"])
    assert said["outlook.openings"]["value"] == 14200
    assert said["outlook.openings"]["locator"] == (
        "Table 1.2, row 29-2072 Medical records specialists, column Occupational openings, 2024–34 annual average")


def test_the_facts_files_are_what_the_importer_writes() -> None:
    made = projections.prepare(real_workbook())
    for path, text in made.files.items():
        assert (FOLDER / path).read_text(encoding="utf-8") == text, f"{path} was edited: import it again"
    written = {path.relative_to(FOLDER).as_posix() for path in FOLDER.glob(f"facts/*/{projections.FILE_NAME}")}
    assert written == set(made.files)
