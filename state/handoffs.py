"""Students who asked for a person, and the talk that comes of it. Every function works inside the caller's transaction.

waiting -> talking -> closed. Over Slack the bot keeps quiet from the question for a person until the talk is closed.
By e-mail nobody joins the conversation: the bot goes on, and staff write to the student's address.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, exists, func, select, update
from sqlalchemy.engine import Connection

from state.clock import stamp
from state.conversations import in_use, note_ended, set_spoken_by
from state.errors import Gone
from state.leases import over
from state.models import ended_thread, message
from state.models import handoff as _HANDOFFS

WAITING, TALKING, CLOSED = "waiting", "talking", "closed"
SLACK, EMAIL = "slack", "email"
_CURRENT = (
    select(_HANDOFFS)
    .where(_HANDOFFS.c.conversation_id == bindparam("conversation"))
    .order_by(_HANDOFFS.c.created.desc(), _HANDOFFS.c.id)
    .limit(1)
)


@dataclass(frozen=True)
class Handoff:
    """One request for a person. Times are UTC, ISO 8601. `relayed`: see `set_relayed`."""

    id: str
    conversation_id: str
    status: str
    via: str
    email: str
    name: str | None
    question: str | None
    share_transcript: bool
    created: str
    thread: str | None = None
    notified: str | None = None
    closed: str | None = None
    attempts: int = 0
    relayed: int = 0

    @property
    def is_open(self) -> bool:
        return self.status != CLOSED


@dataclass(frozen=True)
class EndedThread:
    """A thread in which staff have yet to read that the talk is over."""

    thread: str
    reason: str


def open_(
    connection: Connection,
    conversation_id: str,
    *,
    via: str,
    email: str,
    name: str | None = None,
    question: str | None = None,
    share_transcript: bool = False,
    now: datetime | None = None,
) -> tuple[Handoff, bool]:
    """Ask for a person, once: if one is already asked for, (that request, False). Raises Gone.

    Via Slack the bot keeps quiet from now on.
    """
    if not in_use(connection, conversation_id, now):
        raise Gone(conversation_id)
    known = current(connection, conversation_id)
    if known is not None and known.is_open:
        return known, False
    moment = stamp(now)
    row: dict[str, Any] = {"id": str(uuid.uuid4()), "conversation_id": conversation_id, "status": WAITING, "via": via}
    row |= {"name": name, "email": email, "question": question, "share_transcript": share_transcript}
    said = select(func.max(message.c.seq)).where(message.c.conversation_id == conversation_id)
    row["relayed"] = connection.execute(said).scalar() or 0
    connection.execute(_HANDOFFS.insert().values(**row, created=moment, next_attempt=moment))
    if via == SLACK:
        set_spoken_by(connection, conversation_id, WAITING)
    opened = by_id(connection, row["id"])
    assert opened is not None
    return opened, True


def current(connection: Connection, conversation_id: str) -> Handoff | None:
    """The conversation's last request for a person, also a closed one."""
    row = connection.execute(_CURRENT, {"conversation": conversation_id}).first()
    return None if row is None else _handoff(row)


def by_id(connection: Connection, handoff_id: str) -> Handoff | None:
    """One request."""
    return _first(connection, select(_HANDOFFS).where(_HANDOFFS.c.id == handoff_id))


def from_thread(connection: Connection, thread: str) -> Handoff | None:
    """The request that staff talk about in a thread, also a closed one."""
    query = select(_HANDOFFS).where(_HANDOFFS.c.thread == thread)
    return _first(connection, query.order_by(_HANDOFFS.c.created.desc()).limit(1))


def claim_notice(connection: Connection, via: str, seconds: float, now: datetime | None = None) -> Handoff | None:
    """Take a request that staff have not been told of, for `seconds`, so that no two processes tell it. None: no such.

    After it was told call `notified`, after a failure `retry_notice`; a process that dies leaves it to the next.
    """
    due = and_(
        _HANDOFFS.c.via == via,
        _HANDOFFS.c.status != CLOSED,
        _HANDOFFS.c.notified.is_(None),
        over(_HANDOFFS.c.next_attempt, now),
    )
    query = select(_HANDOFFS.c.id).where(due).order_by(_HANDOFFS.c.next_attempt).limit(1)
    found = connection.execute(query).scalar()
    if found is None:
        return None
    row = update(_HANDOFFS).where(_HANDOFFS.c.id == found, due)  # of two who found it one changes it
    changed = row.values(next_attempt=stamp(now, plus=seconds), attempts=_HANDOFFS.c.attempts + 1)
    return by_id(connection, found) if connection.execute(changed).rowcount else None


def notified(connection: Connection, handoff_id: str, now: datetime | None = None) -> None:
    """Staff were told."""
    connection.execute(update(_HANDOFFS).where(_HANDOFFS.c.id == handoff_id).values(notified=stamp(now)))


def retry_notice(connection: Connection, handoff_id: str, seconds: float, now: datetime | None = None) -> None:
    """Staff could not be told; try again after `seconds`."""
    row = update(_HANDOFFS).where(_HANDOFFS.c.id == handoff_id)
    connection.execute(row.values(next_attempt=stamp(now, plus=seconds)))


def set_thread(connection: Connection, handoff_id: str, thread: str, now: datetime | None = None) -> bool:
    """Staff talk about it in this thread, and so were told. False if the request is gone or closed meanwhile."""
    row = update(_HANDOFFS).where(_HANDOFFS.c.id == handoff_id)
    known = by_id(connection, handoff_id) if connection.execute(row.values(thread=thread)).rowcount else None
    if known is None or not known.is_open:
        note_ended(connection, [thread], "deleted" if known is None else "student")
        return False
    notified(connection, handoff_id, now)
    return True


def talk(connection: Connection, handoff_id: str) -> bool:
    """A person has joined. False if the request is gone or closed."""
    row = update(_HANDOFFS).where(_HANDOFFS.c.id == handoff_id, _HANDOFFS.c.status != CLOSED).values(status=TALKING)
    if not connection.execute(row).rowcount:
        return False
    known = by_id(connection, handoff_id)
    if known is not None and known.via == SLACK:
        set_spoken_by(connection, known.conversation_id, TALKING)
    return True


def close(connection: Connection, handoff_id: str, reason: str, now: datetime | None = None) -> bool:
    """The talk is over (`reason`: staff, student, overdue) and the bot answers again. False if it was over before."""
    row = update(_HANDOFFS).where(_HANDOFFS.c.id == handoff_id, _HANDOFFS.c.status != CLOSED)
    if not connection.execute(row.values(status=CLOSED, closed=stamp(now))).rowcount:
        return False
    known = by_id(connection, handoff_id)
    assert known is not None
    set_spoken_by(connection, known.conversation_id, "bot")
    if known.thread is not None:
        note_ended(connection, [known.thread], reason)
    return True


def waiting_since(connection: Connection, before: datetime, limit: int = 100) -> list[Handoff]:
    """Requests from before `before` that nobody has taken up."""
    query = select(_HANDOFFS).where(_HANDOFFS.c.status == WAITING, _HANDOFFS.c.created < stamp(before)).limit(limit)
    return [_handoff(row) for row in connection.execute(query)]


def to_relay(connection: Connection, limit: int = 100) -> list[Handoff]:
    """Open talks with a thread that lacks messages of the student's (state.messages.for_staff, after `relayed`)."""
    unread = exists().where(
        message.c.conversation_id == _HANDOFFS.c.conversation_id,
        message.c.to_person.is_(True),
        message.c.seq > _HANDOFFS.c.relayed,
    )
    query = select(_HANDOFFS).where(_HANDOFFS.c.status != CLOSED, _HANDOFFS.c.thread.is_not(None), unread)
    return [_handoff(row) for row in connection.execute(query.limit(limit))]


def set_relayed(connection: Connection, handoff_id: str, seq: int) -> None:
    """The student's messages up to number `seq` are in the thread."""
    row = update(_HANDOFFS).where(_HANDOFFS.c.id == handoff_id, _HANDOFFS.c.relayed < seq)
    connection.execute(row.values(relayed=seq))


def ended_threads(connection: Connection, limit: int = 100) -> list[EndedThread]:
    """Threads in which staff have yet to read that the talk is over, the oldest first."""
    query = select(ended_thread.c.thread, ended_thread.c.reason).order_by(ended_thread.c.ended).limit(limit)
    return [EndedThread(row.thread, row.reason) for row in connection.execute(query)]


def forget_ended(connection: Connection, thread: str) -> bool:
    """Staff were told in the thread. False if another process had said so."""
    return bool(connection.execute(delete(ended_thread).where(ended_thread.c.thread == thread)).rowcount)


def _first(connection: Connection, query: Any) -> Handoff | None:
    row = connection.execute(query).first()
    return None if row is None else _handoff(row)


def _handoff(row: Any) -> Handoff:
    return Handoff(**{name: getattr(row, name) for name in Handoff.__dataclass_fields__})
