"""The knowledge database is missing, damaged, locked, or replaced while the assistant runs: never a figure from half a
file, and it is picked up when it is back."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import SQLAlchemyError

from knowledge.database import sqlite_path
from knowledge.errors import KnowledgeError
from knowledge.load import build
from knowledge.query import KnowledgeBase, Question
from knowledge.seal import seal, verify
from tests.faults.conftest import Record, full
from tests.faults.crowd import asking
from tests.faults.school import NURSE, School, Visitor

Breaking = Callable[[Path], None]
PROMISED = 3.0  # seconds
STAYS = 4.0  # seconds that an edition stays: longer than a busy machine takes to read all its questions
MARK = " (the second edition)"
MORE = (
    "How much do registered nurses earn in Ohio?",
    "What does a pharmacy technician do?",
    "How do I become a nurse?",
)


def file(school: School) -> Path:
    return Path(school.env["WAYMARK_KNOWLEDGE_URL"].removeprefix("sqlite:///"))


@contextmanager
def kept(path: Path) -> Iterator[None]:
    """The database is put back afterwards, as a build does it."""
    good = path.with_name("good.sqlite")
    shutil.copy(path, good)
    try:
        yield
    finally:
        os.replace(good, path)


def missing(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def one_byte(path: Path) -> None:
    """A single bit somewhere in the figures: SQLite alone would answer from it."""
    with open(path, "rb+") as database:
        database.seek(path.stat().st_size // 3)
        (byte,) = database.read(1)
        database.seek(-1, os.SEEK_CUR)
        database.write(bytes([byte ^ 4]))


def scattered(path: Path) -> None:
    with open(path, "rb+") as database:
        for _ in range(50):
            database.seek(random.randrange(path.stat().st_size))
            database.write(random.randbytes(64))


def something_else(path: Path) -> None:
    path.write_bytes(random.randbytes(100_000))


@pytest.mark.parametrize("breaking", [missing, empty, truncated, one_byte, scattered, something_else])
def test_a_knowledge_database_that_is_broken_gives_no_answer_and_passes(
    breaking: Breaking, one: School, visitor: Visitor, record: Record
) -> None:
    assert visitor.ask(NURSE).payload["type"] == "answer"
    path = file(one)
    with kept(path):
        breaking(path)
        longest = 0.0
        for question in (NURSE, *MORE):
            payload, took = one.say(question, f"broken-{breaking.__name__}")
            longest = max(longest, took)
            assert (payload["type"], payload.get("failure"), payload["citations"]) == ("handoff", True, [])
        assert longest < PROMISED
        assert visitor.call("GET", "health").status_code == 503
        evidence = visitor.call("GET", "evidence/oews2025-N0000000-000000-292072-13")
        assert (evidence.status_code, str(path) in evidence.text) == (503, False)
    answered = visitor.ask("How much do they earn?", pause=0.02)
    assert (answered.payload["topic"], answered.payload["occupation"]) == ("pay", "registered-nurse")
    name = breaking.__name__.replace("_", " ")
    record(f"the knowledge database: {name}", wrong_answers=0, longest_call=longest, recovery=answered.seconds)


def test_a_knowledge_database_that_is_locked(one: School, visitor: Visitor, record: Record) -> None:
    with closing(sqlite3.connect(file(one), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        begun = time.monotonic()
        found = visitor.try_once("How much do plumbers earn?", "0b8f4c0e-6f3a-4a5e-9f59-5f0e3c1d7a10")
        took = time.monotonic() - begun
        other.execute("ROLLBACK")
    assert found == "failure"
    assert took < PROMISED
    answered = visitor.ask("How much do plumbers earn?")
    assert answered.payload["type"] == "answer"
    record("the knowledge database: locked by another program", longest_call=took, recovery=answered.seconds)


def test_it_is_replaced_while_students_ask(one: School, record: Record) -> None:
    """Two editions take turns: every answer is wholly of one of them."""
    path, times = file(one), 50 if full() else 5
    first, second = path.with_name("first.sqlite"), path.with_name("second.sqlite")
    shutil.copy(path, first)
    shutil.copy(path, second)
    with closing(sqlite3.connect(second)) as database, database:
        database.execute("UPDATE statement SET text = text || ? WHERE text IS NOT NULL", (MARK,))
    seal(second)
    with kept(path), asking(one) as crowd:
        for number in range(times):
            fresh = path.with_name("fresh.sqlite")
            shutil.copy((second, first)[number % 2], fresh)
            os.replace(fresh, path)
            time.sleep(STAYS)
    editions = set()
    for visitor in crowd.visitors:
        for message in visitor.history():
            points = [point["text"] for point in (message.get("payload") or {}).get("points", [])]
            if message["role"] == "assistant" and message["payload"].get("topic") == "duties" and points:
                marks = {MARK.strip() in point for point in points}
                assert len(marks) == 1, points
                editions |= marks
    assert editions == {True, False}
    assert crowd.lost() == crowd.half_turns() == 0
    assert not crowd.failed, one.log()[-3000:]
    record("the knowledge database: replaced while three visitors ask", times=times, requests_failed=0,
           mixed_answers=0, longest_call=crowd.longest)  # fmt: skip


def test_no_damage_goes_unnoticed(tmp_path: Path, record: Record) -> None:
    """Many random damages to a small database: each is told, none gives an answer or another kind of error."""
    path, times = tmp_path / "knowledge.sqlite", 2000 if full() else 150
    build(f"sqlite:///{path}", oews_file=None, vectors=False)
    good = path.read_bytes()
    question = Question("duties", "registered-nurse")
    assert KnowledgeBase(f"sqlite:///{path}").answer(question).found
    chance = random.Random(7)
    for _ in range(times):
        damaged = bytearray(good)
        for _ in range(chance.choice((1, 1, 5))):
            at = chance.randrange(len(damaged))
            damaged[at : at + chance.choice((1, 1, 40))] = chance.randbytes(chance.choice((1, 40)))
        if chance.random() < 0.2:
            damaged = damaged[: chance.randrange(len(damaged))]
        if damaged == good:
            continue
        path.write_bytes(damaged)
        with pytest.raises(KnowledgeError, match="damaged"):
            KnowledgeBase(f"sqlite:///{path}").answer(question)
    record("the knowledge database: random damages", times=times, unnoticed=0)


def test_a_database_that_was_never_sealed_is_refused(tmp_path: Path) -> None:
    """As one that another program wrote, or a build that was cut off before its end."""
    path = tmp_path / "knowledge.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE statement (id)")
    with pytest.raises(KnowledgeError, match="make knowledge"):
        verify(path)
    assert sqlite_path(f"sqlite:///{path}") == path
    with pytest.raises((KnowledgeError, SQLAlchemyError)):
        KnowledgeBase(f"sqlite:///{path}").answer(Question("duties", "registered-nurse"))
