"""`make sizes`: what look-ups, search and memory cost with 10 and 100 times the knowledge.

The larger databases are scratch copies of the built one in which the occupations known in depth stand several times,
with ids, names and texts marked as synthetic. Nothing of them is ever shipped or served.
"""
from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np

import settings
from bench import lookups, machine, page, plots, usage
from bench.__main__ import FOLDER
from bench.figures import Spread, spread
from bench.lookups import url
from bench.machine import Machine
from bench.tables import table
from knowledge.database import sqlite_path
from knowledge.embedding import DIMENSION
from knowledge.query import KnowledgeBase
from knowledge.seal import seal
from knowledge.vectors import Matrix, text_key
from tools.console import ToolError, guarded, run_command, say, seconds, show_tail
from tools.environment import PYTHON, ROOT, child_environment
from tools.prepare import ensure_knowledge

FACTORS = (1, 10, 100)
COUNT = 2000  # questions of each kind
TEMPLATE = Path(__file__).with_name("sizes.md")


@dataclass(frozen=True)
class Size:
    """One database. Times in milliseconds; memory in GB (RSS), when it was opened and in the end."""

    factor: int
    occupations: int
    statements: int
    questions: int
    gigabytes: float
    opened: float
    lookup: Spread
    first: Spread
    search: Spread
    memory: tuple[float, float]


@dataclass(frozen=True)
class Sizes:
    """The whole run."""

    date: str
    trial: bool
    machine: Machine
    took: float
    sizes: Sequence[Size]


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m bench.sizes", description=__doc__)
    top.add_argument("--factors", type=int, nargs="+", default=FACTORS, metavar="N", help="times the knowledge")
    top.add_argument("--count", type=int, default=COUNT, metavar="N", help=f"questions ({COUNT})")
    top.add_argument("--trial", action="store_true", help="leave docs/performance.md alone")
    top.add_argument("--one", nargs=2, metavar=("FILE", "FACTOR"), help=argparse.SUPPRESS)  # in a process of its own
    return top


def grow(source: Path, target: Path, factor: int) -> None:
    """Write a copy of the knowledge database with `factor` times the occupations known in depth."""
    shutil.copyfile(source, target)
    with closing(sqlite3.connect(target)) as database:
        database.create_function("text_key", 1, text_key, deterministic=True)
        database.execute("PRAGMA journal_mode=OFF")
        database.execute("PRAGMA synchronous=OFF")
        texts = ("SELECT text AS text FROM statement WHERE text IS NOT NULL UNION "
                 "SELECT question FROM asked WHERE indicator != ''")
        database.execute(
            "CREATE TEMP TABLE original AS SELECT text, vector FROM "
            f"({texts}) JOIN text_vector ON sha256 = text_key(text)")
        deep = [row[0] for row in database.execute("SELECT id FROM occupation WHERE depth = 'facts'")]
        for number in range(1, factor):
            mark = f"[synthetic {number}] "
            for occupation in deep:
                _again(database, occupation, f"synthetic-{number}-{occupation}", mark, number)
            database.execute(
                "INSERT OR IGNORE INTO text_vector (sha256, vector) SELECT text_key(? || text), vector FROM original",
                (mark,))
        database.commit()
    seal(target)


def _again(database: sqlite3.Connection, occupation: str, new: str, mark: str, number: int) -> None:
    changes = {
        "occupation": {
            "id": ":new", "name": ":mark || name", "plural": ":mark || plural", "soc": "NULL", "stands_in": "NULL"},
        "statement": {"id": ":prefix || id", "occupation": ":new", "text": ":mark || text"},
        "asked": {"id": "NULL", "occupation": ":new", "question": ":mark || question"},
    }
    for name, changed in changes.items():
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({name})")]
        values = ", ".join(changed.get(column, column) for column in columns)
        key = "id" if name == "occupation" else "occupation"
        database.execute(
            f"INSERT INTO {name} ({', '.join(columns)}) SELECT {values} FROM {name} WHERE {key} = :old",
            {"new": new, "mark": mark, "old": occupation, "prefix": f"s{number}-"})


def measure_one(file: Path, factor: int, count: int) -> Size:
    """Of one database, in this process."""
    begin = time.perf_counter()
    knowledge = KnowledgeBase(url(file), remember=0)
    catalog = knowledge.catalog
    opened = time.perf_counter() - begin
    at_first = usage.of_process()
    deep = sorted(id for id, known in catalog.occupations.items() if known.depth == "facts")
    pick = random.Random(lookups.SEED)
    vectors = _vectors(file, count, pick)
    first = [_search(knowledge, occupation, vectors[0]) for occupation in deep]
    lookup = lookups.time_answers(knowledge, lookups.sample(knowledge, count))[0]
    # students ask about few occupations at a time
    asked = pick.sample(deep, min(len(deep), 50))
    for occupation in asked:
        _search(knowledge, occupation, vectors[0])
    search = [_search(knowledge, pick.choice(asked), vector) for vector in vectors]
    with closing(sqlite3.connect(file)) as database:
        statements, questions = (
            int(database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for name in ("statement", "asked"))
    return Size(
        factor, len(deep), statements, questions, file.stat().st_size / usage.GIGABYTE, 1000 * opened, spread(lookup),
        spread(first), spread(search), (at_first, usage.of_process()))


def _vectors(file: Path, count: int, pick: random.Random) -> list[Matrix]:
    with closing(sqlite3.connect(file)) as database:
        rows = database.execute("SELECT vector FROM text_vector LIMIT 20000").fetchall()
    noise = np.random.default_rng(lookups.SEED)
    found = []
    for _ in range(count):
        vector = np.frombuffer(pick.choice(rows)[0], dtype=np.float32) + noise.normal(0, 0.02, DIMENSION)
        found.append(np.asarray(vector / np.linalg.norm(vector), dtype=np.float32))
    return found


def _search(knowledge: KnowledgeBase, occupation: str, vector: Matrix) -> float:
    """Seconds of all that a turn searches."""
    begin = time.perf_counter()
    knowledge.asked_like(occupation, vector)
    knowledge.unanswered_like(occupation, vector)
    knowledge.asked_of_anyone(vector)
    knowledge.similar(occupation, vector)
    return time.perf_counter() - begin


def measure(arguments: argparse.Namespace) -> Sizes:
    """Build each database, measure it in a process of its own, remove it."""
    begin, where = time.perf_counter(), machine.look()
    ensure_knowledge()
    source = sqlite_path(settings.load().knowledge_url)
    if source is None:
        raise ToolError("the knowledge database must be SQLite for this")
    found = []
    FOLDER.mkdir(parents=True, exist_ok=True)
    for factor in arguments.factors:
        file = FOLDER / f"synthetic-{factor}.sqlite"
        try:
            say(f"{factor} times the knowledge")
            grow(source, file, factor)
            outcome = run_command(
                [PYTHON, "-m", "bench.sizes", "--one", file, str(factor), "--count", str(arguments.count)],
                log=FOLDER / "log" / "sizes.log", cwd=ROOT, env=child_environment({"OPENBLAS_NUM_THREADS": "1"}))
            if outcome.code:
                show_tail(outcome.tail)
                raise ToolError("the measurement failed; the reason is above")
            content = json.loads(outcome.tail[-1])
            spreads = {name: Spread(**content.pop(name)) for name in ("lookup", "first", "search")}
            found.append(Size(**{**content, **spreads}))
        finally:
            file.unlink(missing_ok=True)
    return Sizes(date.today().isoformat(), arguments.trial, where, time.perf_counter() - begin, found)


def markdown(sizes: Sizes) -> str:
    """Its part of docs/performance.md."""
    head = ("knowledge", "occupations in depth", "statements", "questions", "database (GB)", "opening (ms)",
            "look-up: median / p99 (ms)", "search: median / p99 (ms)", "first search on an occupation: median (ms)",
            "memory: opened / in the end (GB)")
    rows = [head, *(
        (f"{one.factor} times", str(one.occupations), f"{one.statements:,}", f"{one.questions:,}",
         f"{one.gigabytes:.2f}", f"{one.opened:.0f}", f"{one.lookup.median:.2f} / {one.lookup.p99:.2f}",
         f"{one.search.median:.2f} / {one.search.p99:.2f}", f"{one.first.median:.1f}",
         f"{one.memory[0]:.2f} / {one.memory[1]:.2f}") for one in sizes.sizes)]
    return TEMPLATE.read_text(encoding="utf-8").format(
        about=machine.told(sizes.machine, sizes.date, sizes.took), rows=table(rows),
        count=f"{sizes.sizes[0].search.count:,}")


def main() -> int:
    arguments = parser().parse_args()
    if arguments.one:
        file, factor = arguments.one
        print(json.dumps(asdict(measure_one(Path(file), int(factor), arguments.count))))
        return 0
    sizes = measure(arguments)
    page.write("sizes", markdown(sizes), asdict(sizes), trial=sizes.trial)
    plots.lines(
        page.folder(sizes.trial) / "sizes.svg", "p99 of a look-up and of a search (ms)", "times the knowledge",
        [one.factor for one in sizes.sizes],
        {"look-up": [one.lookup.p99 for one in sizes.sizes], "search": [one.search.p99 for one in sizes.sizes]})
    say(f"measured in {seconds(sizes.took)}")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main, (settings.SettingError,)))
