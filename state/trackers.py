"""Where Rasa's trackers are kept, as bytes: this module knows nothing of what is in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.engine import Engine

from state.conversations import KEEPING, in_use, touch, transaction
from state.database import INSERTS
from state.models import tracker

_VERSION = select(tracker.c.version).where(tracker.c.conversation_id == bindparam("id"))
_ROW = select(tracker.c.version, tracker.c.data).where(tracker.c.conversation_id == bindparam("id"))
_KEYS = select(tracker.c.conversation_id)


@dataclass(frozen=True)
class Stored:
    """A tracker's bytes, and how often it has been saved."""

    version: int
    data: bytes


def version(engine: Engine, conversation_id: str) -> int:
    """How often the tracker has been saved; 0 if there is none. Raises StateError."""
    with transaction(engine) as connection:
        return int(connection.execute(_VERSION, {"id": conversation_id}).scalar() or 0)


def load(engine: Engine, conversation_id: str) -> Stored | None:
    """The tracker as it was saved last; None if there is none. Raises StateError."""
    with transaction(engine) as connection:
        row = connection.execute(_ROW, {"id": conversation_id}).first()
    return Stored(row.version, bytes(row.data)) if row else None


def save(engine: Engine, conversation_id: str, channel: str, known: int, data: bytes) -> int:
    """Store the tracker, which goes on from version `known` (0: it is new), and return its version. Raises StateError.

    If another process has stored one meanwhile, this one takes its place, with a version that no process has: each of
    them reads it anew. 0 if the conversation was deleted: then nothing is stored. Only channels that keep no record of
    their conversations (REST) have them begun here.
    """
    with transaction(engine) as connection:
        if channel not in KEEPING:
            touch(connection, conversation_id, channel)
        elif not in_use(connection, conversation_id):
            return 0
        next_ = known + 1
        row = {"conversation_id": conversation_id, "version": next_, "data": data, "known": known}
        if not connection.execute(_save(connection.dialect.name), row).rowcount:
            next_ = max(next_, int(connection.execute(_VERSION, {"id": conversation_id}).scalar() or 0) + 1)
            ours = tracker.c.conversation_id == conversation_id
            connection.execute(update(tracker).where(ours).values(version=next_, data=data))
    return next_


@cache  # building a statement takes longer than running it
def _save(backend: str) -> Any:
    row = INSERTS[backend](tracker)
    changes = {"version": row.excluded.version, "data": row.excluded.data}
    expected = tracker.c.version == bindparam("known")
    return row.on_conflict_do_update(index_elements=["conversation_id"], set_=changes, where=expected)


def remove(engine: Engine, conversation_id: str) -> None:
    """Forget the tracker; what was said stays. Raises StateError."""
    with transaction(engine) as connection:
        connection.execute(delete(tracker).where(tracker.c.conversation_id == conversation_id))


def keys(engine: Engine) -> list[str]:
    """The conversations that have a tracker. Raises StateError."""
    with transaction(engine) as connection:
        return list(connection.execute(_KEYS).scalars())
