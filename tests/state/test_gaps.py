"""The list of gaps: counting, privacy, order, several writers at once."""
from __future__ import annotations

import ast
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from state import gaps
from state.conversations import touch, transaction
from state.errors import StateError
from state.gaps import Gap, list_gaps, open_state, record_gap
from state.models import gap_question

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
FEE = Gap("certification", "medical-records-technician", credential="rhit", detail="exam-fee")


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_state(f"sqlite:///{tmp_path / 'var' / 'state.sqlite'}")


def test_a_new_database_is_made_and_empty(engine: Engine, tmp_path: Path) -> None:
    assert list_gaps(engine) == []
    with closing(sqlite3.connect(tmp_path / "var" / "state.sqlite")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_same_gap_is_counted_once_more(engine: Engine) -> None:
    record_gap(engine, FEE, now=NOON)
    record_gap(engine, FEE, now=NOON + timedelta(hours=1))
    (found,) = list_gaps(engine)
    assert (found.gap, found.count) == (FEE, 2)
    assert (found.first_seen, found.last_seen) == ("2026-03-01T12:00:00Z", "2026-03-01T13:00:00Z")


@pytest.mark.parametrize("other", [
    Gap("pay", "medical-records-technician", credential="rhit", detail="exam-fee"),
    Gap("certification", "registered-nurse", credential="rhit", detail="exam-fee"),
    Gap("certification", "medical-records-technician", "US-NJ", "rhit", "exam-fee"),
    Gap("certification", "medical-records-technician", credential="cpc", detail="exam-fee"),
    Gap("certification", "medical-records-technician", credential="rhit"),
])
def test_another_key_is_another_gap(engine: Engine, other: Gap) -> None:
    record_gap(engine, FEE)
    record_gap(engine, other)
    assert [found.count for found in list_gaps(engine)] == [1, 1]


def test_the_words_are_kept_only_when_asked_for(engine: Engine) -> None:
    asked = Gap("tuition", question_text="What does it cost?\nI am Ann")
    record_gap(engine, asked)
    assert list_gaps(engine)[0].gap.question_text is None
    record_gap(engine, asked, keep_text=True)
    assert list_gaps(engine)[0].gap.question_text == "What does it cost? I am Ann"
    record_gap(engine, Gap("tuition", question_text="How much?"), keep_text=True)
    record_gap(engine, Gap("tuition"), keep_text=True)
    assert list_gaps(engine)[0].gap.question_text == "How much?"
    record_gap(engine, Gap("tuition", question_text="x" * 9000), keep_text=True)
    assert list_gaps(engine)[0].gap.question_text == "x" * gaps.MAX_QUESTION


def test_the_most_asked_come_first_then_the_latest(engine: Engine) -> None:
    for hour, topic in enumerate(["pay", "fit", "fit", "skills"]):
        record_gap(engine, Gap(topic), now=NOON + timedelta(hours=hour))
    assert [found.gap.topic for found in list_gaps(engine)] == ["fit", "skills", "pay"]
    assert [found.gap.topic for found in list_gaps(engine, limit=1)] == ["fit"]


def test_writers_at_the_same_time_lose_no_count(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'state.sqlite'}"

    def ask(_: int) -> None:
        engine = open_state(url)
        for _ in range(10):
            record_gap(engine, FEE)
        engine.dispose()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ask, range(4)))
    assert [found.count for found in list_gaps(open_state(url))] == [40]


def test_a_locked_database_is_given_up_after_a_second(engine: Engine, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "var" / "state.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        begin = datetime.now()
        with pytest.raises(StateError, match=r"database is locked.*WAYMARK_STATE_URL"):
            record_gap(engine, FEE)
        assert datetime.now() - begin < timedelta(seconds=3)
        assert list_gaps(engine) == []


@pytest.mark.parametrize("url", ["sqlite:////proc/none/state.sqlite", "nonsense", "mysql://host/state"])
def test_a_database_that_cannot_be_opened(url: str) -> None:
    with pytest.raises(StateError, match="state database cannot be"):
        open_state(url)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    path.write_text("not a database, but long enough to be looked at" * 50, encoding="utf-8")
    with pytest.raises(StateError, match="file is not a database"):
        open_state(f"sqlite:///{path}")


@pytest.mark.parametrize("detail", ["Exam fee", "exam_fee", "-fee", "exam--fee", "fee\n"])
def test_a_detail_is_a_slug(detail: str) -> None:
    with pytest.raises(ValueError, match="is not a slug"):
        Gap("certification", detail=detail)


def test_it_knows_neither_rasa_nor_the_settings() -> None:
    tree = ast.parse(Path(gaps.__file__).read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not {name.split(".")[0] for name in names} & {"rasa", "rasa_sdk", "settings", "os", "actions"}


def test_no_words_come_back_after_their_conversation_was_deleted(database_url: str) -> None:
    engine = open_state(database_url)
    with transaction(engine) as connection:
        touch(connection, "web-kept", "web")
    for conversation in ("web-deleted", "web-kept", "student-1", ""):
        asked = Gap("pay", question_text=f"from {conversation}")
        record_gap(engine, asked, keep_text=True, conversation_id=conversation)
    with engine.connect() as connection:
        words = [row.text for row in connection.execute(select(gap_question.c.text))]
    assert words == ["from web-kept", "from student-1", "from"]
    (counted,) = list_gaps(engine)
    assert counted.count == 4
    engine.dispose()
