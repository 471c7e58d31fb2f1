"""What was asked and no source covers: the staff's list of gaps, in the state database. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import Column, Integer, String, Text, UniqueConstraint, create_engine, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import declarative_base

from knowledge.database import sqlite_path
from knowledge.errors import KnowledgeError

Base: Any = declarative_base()
KEY = ("topic", "occupation", "place", "credential", "detail")
MAX_QUESTION = 500
_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_DETAIL = re.compile(r"([a-z0-9]+(-[a-z0-9]+)*)?")


class GapRow(Base):
    """One gap. An empty string, never NULL, means "not asked for": NULLs would not count as the same."""

    __tablename__ = "gap"
    id = Column(Integer, primary_key=True, autoincrement=True)
    topic = Column(String, nullable=False)
    occupation = Column(String, nullable=False)
    place = Column(String, nullable=False)
    credential = Column(String, nullable=False)
    detail = Column(String, nullable=False)
    question_text = Column(Text)
    count = Column(Integer, nullable=False)
    first_seen = Column(String, nullable=False)
    last_seen = Column(String, nullable=False)
    __table_args__ = (UniqueConstraint(*KEY, name="gap_key"),)


_GAPS = GapRow.__table__


@dataclass(frozen=True)
class Gap:
    """A question without an answer, in ids of the vocabulary; "" where nothing was said.

    `detail` is a short slug that narrows the topic ("exam-fee"). `question_text` is what the student wrote.
    Raises ValueError if `detail` is no slug.
    """

    topic: str
    occupation: str = ""
    place: str = ""
    credential: str = ""
    detail: str = ""
    question_text: str | None = None

    def __post_init__(self) -> None:
        if not _DETAIL.fullmatch(self.detail):
            raise ValueError(f"detail {self.detail!r} is not a slug: use lower case, digits and hyphens")


@dataclass(frozen=True)
class RecordedGap:
    """A gap as it is stored. `count`: how often it was asked; the times are UTC, ISO 8601, to the second."""

    id: int
    gap: Gap
    count: int
    first_seen: str
    last_seen: str


def open_state(url: str) -> Engine:
    """An engine for the state database at `url` (SQLite or PostgreSQL), with the table `gap` in it.

    A SQLite file is created if missing, in WAL mode; a writer waits at most one second for another.
    Raises KnowledgeError if it cannot be opened.
    """
    try:
        backend = make_url(url).get_backend_name()
        if backend not in _INSERTS:
            raise KnowledgeError(f"The state database cannot be {backend}. Use one of {', '.join(_INSERTS)}.")
        wait: dict[str, Any] = {"timeout": 1} if backend == "sqlite" else {"connect_timeout": 2}
        path = sqlite_path(url)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, future=True, pool_pre_ping=backend == "postgresql", connect_args=wait)
        if path is not None:
            event.listen(engine, "connect", _write_ahead)
        try:
            Base.metadata.create_all(engine)
        except DBAPIError:  # another process may have created the table between the look and the creation
            Base.metadata.create_all(engine)
    except (SQLAlchemyError, OSError) as error:
        raise _unusable(error) from error
    return engine


def record_gap(engine: Engine, gap: Gap, *, keep_text: bool = False, now: datetime | None = None) -> None:
    """Count a gap: a new one, or once more one with the same topic, occupation, place, credential and detail.

    `keep_text` is the setting WAYMARK_GAP_TEXT: without it the question's words are not stored. With it the
    latest words are, cut at 500 characters. Raises KnowledgeError if the database cannot be written.
    """
    seen = (now or datetime.now(timezone.utc)).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = " ".join(gap.question_text.split())[:MAX_QUESTION] if keep_text and gap.question_text else None
    new = _INSERTS[engine.dialect.name](_GAPS).values(
        **{name: getattr(gap, name) for name in KEY}, question_text=text, count=1, first_seen=seen, last_seen=seen
    )
    statement = new.on_conflict_do_update(
        index_elements=list(KEY),
        set_={
            "count": _GAPS.c.count + 1,
            "last_seen": new.excluded.last_seen,
            "question_text": func.coalesce(new.excluded.question_text, _GAPS.c.question_text),
        },
    )
    with _translated(), engine.begin() as connection:
        connection.execute(statement)


def list_gaps(engine: Engine, limit: int = 50) -> list[RecordedGap]:
    """At most `limit` gaps, the most asked first, then the latest. Raises KnowledgeError if they cannot be read."""
    query = select(_GAPS).order_by(_GAPS.c.count.desc(), _GAPS.c.last_seen.desc(), _GAPS.c.id).limit(limit)
    with _translated(), engine.connect() as connection:
        rows = connection.execute(query).all()
    return [
        RecordedGap(
            row.id,
            Gap(row.topic, row.occupation, row.place, row.credential, row.detail, row.question_text),
            row._mapping["count"],
            row.first_seen,
            row.last_seen,
        )
        for row in rows
    ]


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise _unusable(error) from error


def _unusable(error: Exception) -> KnowledgeError:
    cause = getattr(error, "orig", None) or error
    return KnowledgeError(
        f"The state database cannot be used ({cause}). Check WAYMARK_STATE_URL, and that its folder can be written."
    )


def _write_ahead(connection: Any, _record: Any) -> None:
    """Readers do not block the writer; the last moments may be lost in a power cut, never the file."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
