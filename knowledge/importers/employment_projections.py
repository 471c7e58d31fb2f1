"""BLS Employment Projections: growth, openings, entry education, experience and training by occupation.

Reads the workbook occupation.xlsx (https://www.bls.gov/emp/tables.htm), table "Occupational projections …, and
worker characteristics", and writes facts/<occupation>/projections.yml. The table counts jobs in thousands. Its
wage column is never read: it is a year older than the pay statistics (importers/oews.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError
from knowledge.facts import read
from knowledge.importers import facts_file
from knowledge.importers.facts_file import Entry
from knowledge.importers.projections_table import MISSING, Row, Table, read_table
from knowledge.statement import Edition
from knowledge.vocabulary import FOLDER

EDITION = "bls-ep-2024"
COMMAND = "python -m knowledge import employment-projections FILE"
FILE_NAME = "projections.yml"
TOTAL = "00-0000"

# indicator -> (column, unit, jobs in the table's unit, word after the printed figure)
FIGURES: Mapping[str, tuple[str, str, int, str]] = {
    "outlook.growth": ("change_percent", "percent", 1, "percent"),
    "outlook.new_jobs": ("change", "jobs", 1000, "thousand"),
    "outlook.openings": ("openings", "jobs/year", 1000, "thousand"),
    "outlook.employment": ("employment", "jobs", 1000, "thousand"),
    "outlook.employment_projected": ("employment_projected", "jobs", 1000, "thousand"),
}

# What a cell of words means: the fields of the statement; None: no value of the vocabulary says this.
Meaning = Mapping[str, str]
EDUCATION: Mapping[str, Meaning | None] = {
    "Doctoral or professional degree": {
        "item": "typical",
        "level": "doctoral",
        "text": "{Plural} typically need a doctoral or professional degree to start out.",
    },
    "Master's degree": {
        "item": "typical",
        "level": "master",
        "text": "{Plural} typically need a master's degree to start out.",
    },
    "Bachelor's degree": {
        "item": "typical",
        "level": "bachelor",
        "text": "{Plural} typically need a bachelor's degree to start out.",
    },
    "Associate's degree": {
        "item": "typical",
        "level": "associate",
        "text": "{Plural} typically need an associate's degree to start out.",
    },
    "Postsecondary nondegree award": {
        "item": "typical",
        "level": "certificate",
        "text": "{Plural} typically need a certificate or a similar award, earned after high school, to start out.",
    },
    "Some college, no degree": None,
    "High school diploma or equivalent": {
        "item": "typical",
        "level": "high-school",
        "text": "{Plural} typically need a high school diploma or its equivalent to start out.",
    },
    "No formal educational credential": {
        "item": "not-required",
        "level": "high-school",
        "text": "{Plural} typically start out without a diploma or any other formal credential.",
    },
}
EXPERIENCE: Mapping[str, Meaning | None] = {
    "None": {"item": "not-required", "text": "{Plural} typically need no earlier work experience in a related job."},
    "Less than 5 years": {
        "item": "typical",
        "text": "{Plural} typically need earlier work experience in a related job, but less than five years of it.",
    },
    "5 years or more": {
        "item": "typical",
        "text": "{Plural} typically need five or more years of work experience in a related job.",
    },
}
# "not-typical" is not the slug of sources that say people do train at work: those two must not count as agreeing.
TRAINING: Mapping[str, Meaning | None] = {
    "None": {"kind": "none", "item": "not-typical", "text": "On-the-job training is not typical for {plural}."},
    "Short-term on-the-job training": {
        "item": "short-term",
        "text": "Short-term training on the job is typical for {plural}.",
    },
    "Moderate-term on-the-job training": {
        "item": "moderate-term",
        "text": "Moderate-term training on the job is typical for {plural}.",
    },
    "Long-term on-the-job training": {
        "item": "long-term",
        "text": "Long-term training on the job is typical for {plural}.",
    },
    "Apprenticeship": {"item": "apprenticeship", "text": "{Plural} typically learn the job in an apprenticeship."},
    "Internship/residency": {
        "item": "internship-residency",
        "text": "An internship or residency is the typical training for {plural}.",
    },
}
WORDS: Mapping[str, tuple[str, Mapping[str, Meaning | None]]] = {
    "education.requirement": ("education", EDUCATION),
    "experience.requirement": ("experience", EXPERIENCE),
    "experience.training": ("training", TRAINING),
}


@dataclass(frozen=True)
class Import:
    """What an import makes: the text of each file (path below the knowledge folder) and what it left out."""

    files: Mapping[str, str]
    notes: tuple[str, ...]


def prepare(file: Path, folder: Path = FOLDER) -> Import:
    """Read the workbook and word every facts file, writing none.

    Raises KnowledgeError if the workbook is missing, is none, lacks a sheet, column or row, has another
    projection period than the edition, or has a cell that this importer does not know.
    """
    facts = read(folder)
    edition = facts.editions.get(EDITION)
    if edition is None:
        raise KnowledgeError(f"sources/bls-ep.yml: no edition {EDITION!r}. Add it: the import cites it.")
    table = read_table(file, _period(edition))
    occupations = {id: entry for id, entry in facts.vocabulary.occupations.items() if entry.get("soc")}
    absent = [str(entry["soc"]) for entry in occupations.values() if str(entry["soc"]) not in table.rows]
    absent += [] if TOTAL in table.rows else [f"{TOTAL} (the total)"]
    if absent:
        raise KnowledgeError(
            f"{file}: {table.name} lacks the row(s) {', '.join(absent)}. Use the whole workbook, and "
            "correct `soc:` in vocabulary/occupations.yml if a code is wrong."
        )
    notes = []
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if edition.sha256 and digest != edition.sha256:
        notes.append(
            f"{file.name} is not the file that edition {EDITION} records (SHA-256 {digest[:12]}…, not "
            f"{edition.sha256[:12]}…): if BLS revised it, update sources/bls-ep.yml"
        )
    files = {}
    for id, entry in occupations.items():
        statements, left_out = _statements(table, table.rows[str(entry["soc"])], entry)
        files[f"facts/{id}/{FILE_NAME}"] = facts_file.render(COMMAND, id, statements)
        notes += [f"{id}: {note}" for note in left_out]
    return Import(files, tuple(notes))


def write(made: Import, folder: Path = FOLDER) -> dict[str, bool]:
    """Write every file of an import; path -> whether it changed. Raises KnowledgeError if one cannot be written."""
    return {path: facts_file.write(folder / path, text) for path, text in made.files.items()}


def _period(edition: Edition) -> str:
    """The projection period of an edition: "2024/2034" for the version "2024–34"."""
    first, _, last = edition.version.replace("–", "-").partition("-")
    if not (first.isdigit() and last.isdigit()):
        raise KnowledgeError(
            f"sources/bls-ep.yml: {edition.id}: version {edition.version!r} is no projection period. "
            "Write it as 2024–34."
        )
    return f"{first}/{first[: len(first) - len(last)]}{last}"


def _statements(table: Table, row: Row, occupation: Mapping[str, Any]) -> tuple[list[Entry], list[str]]:
    """An occupation's statements, and what was left out and why."""
    figures = [_figure(table, row, indicator) for indicator in FIGURES]
    figures.append(_figure(table, table.rows[TOTAL], "outlook.growth_all"))
    words = [_words(table, row, indicator, str(occupation["plural"])) for indicator in WORDS]
    made = figures + words
    return [entry for entry in made if not isinstance(entry, str)], [note for note in made if isinstance(note, str)]


def _figure(table: Table, row: Row, indicator: str) -> Entry | str:
    """A figure as a statement, or a note that the table has none."""
    column, unit, factor, word = FIGURES[indicator.removesuffix("_all")]
    printed = table.figure(row, column)
    if printed is None:
        return f"no {indicator}: the table prints a dash ({table.locator(row, column)})"
    value = printed * factor
    return {
        "indicator": indicator,
        "value": int(value) if value == int(value) else float(value),
        "unit": unit,
        "place": "US",
        "period": table.period.split("/")[0] if column == "employment" else table.period,
        "employer_type": "all",
        "original": f"{printed:,} {word}",
        "edition": EDITION,
        "locator": table.locator(row, column),
    }


def _words(table: Table, row: Row, indicator: str, plural: str) -> Entry | str:
    """A cell of words as a statement in our own words, or a note that the vocabulary has none for it."""
    column, meanings = WORDS[indicator]
    said, locator = table.words(row, column), table.locator(row, column)
    if said != MISSING and said not in meanings:
        raise KnowledgeError(
            f"{locator}: {said!r} is none of {', '.join(meanings)}. "
            "If BLS has a new term, add it to importers/employment_projections.py."
        )
    meaning = meanings.get(said)
    if meaning is None:
        return f"no {indicator}: the vocabulary has no value for {said!r} ({locator})"
    text = meaning["text"].format(plural=plural, Plural=plural[0].upper() + plural[1:])
    return {"indicator": indicator, **meaning, "text": text, "original": said, "edition": EDITION, "locator": locator}
