"""What was asked and no source covers: the staff's list of gaps, in the state database. Imports no Rasa."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timezone

from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Engine

from state.clock import stamp
from state.conversations import KEEPING, in_use, insert, transaction
from state.database import open_state
from state.models import gap as _GAPS
from state.models import gap_question

__all__ = ["Gap", "RecordedGap", "list_gaps", "open_state", "record_gap"]
KEY = ("topic", "occupation", "place", "credential", "detail")
MAX_QUESTION = 500
_DETAIL = re.compile(r"([a-z0-9]+(-[a-z0-9]+)*)?")


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


def record_gap(
    engine: Engine, gap: Gap, *, keep_text: bool = False, conversation_id: str = "", now: datetime | None = None
) -> None:
    """Count a gap: a new one, or once more one with the same topic, occupation, place, credential and detail.

    `keep_text` is the setting WAYMARK_GAP_TEXT: without it the question's words are not stored. With it they are, cut
    at 500 characters, and go when the conversation `conversation_id` goes. Raises StateError if that cannot be written.
    """
    seen = (now or datetime.now(timezone.utc)).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = " ".join(gap.question_text.split())[:MAX_QUESTION] if keep_text and gap.question_text else ""
    with transaction(engine) as connection:
        new = insert(connection, _GAPS).values(
            **{name: getattr(gap, name) for name in KEY}, count=1, first_seen=seen, last_seen=seen
        )
        changes = {"count": _GAPS.c.count + 1, "last_seen": new.excluded.last_seen}
        connection.execute(new.on_conflict_do_update(index_elements=list(KEY), set_=changes))
        if text and not _deleted(connection, conversation_id):
            key = [_GAPS.c[name] == getattr(gap, name) for name in KEY]
            (gap_id,) = connection.execute(select(_GAPS.c.id).where(*key)).one()
            row = {"gap_id": gap_id, "conversation_id": conversation_id, "text": text, "asked": stamp(now)}
            connection.execute(gap_question.insert().values(**row))


def _deleted(connection: Connection, conversation_id: str) -> bool:
    """Whether it was a conversation of a channel that keeps a record of them, and was deleted while it was answered."""
    kept = any(conversation_id.startswith(f"{channel}-") for channel in KEEPING)
    return kept and not in_use(connection, conversation_id)


def list_gaps(engine: Engine, limit: int = 50) -> list[RecordedGap]:
    """At most `limit` gaps, the most asked first, then the latest; each with the latest words, if any were kept.

    Raises StateError if they cannot be read.
    """
    latest = select(func.max(gap_question.c.id)).group_by(gap_question.c.gap_id)
    words = select(gap_question.c.gap_id, gap_question.c.text).where(gap_question.c.id.in_(latest)).subquery()
    query = (
        select(_GAPS, words.c.text)
        .select_from(_GAPS.outerjoin(words, words.c.gap_id == _GAPS.c.id))
        .order_by(_GAPS.c.count.desc(), _GAPS.c.last_seen.desc(), _GAPS.c.id)
        .limit(limit)
    )
    with transaction(engine) as connection:
        rows = connection.execute(query).all()
    return [
        RecordedGap(
            row.id,
            Gap(row.topic, row.occupation, row.place, row.credential, row.detail, row.text),
            row._mapping["count"],
            row.first_seen,
            row.last_seen,
        )
        for row in rows
    ]
