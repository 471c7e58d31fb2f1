"""Conversations as a whole: begun, used, deleted, forgotten after a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, delete, func, select, update
from sqlalchemy import exists as exists_
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from state import writers
from state.clock import stamp
from state.database import INSERTS
from state.errors import unusable
from state.models import conversation, ended_thread, gap_question, handoff, message, metadata

_ONE = conversation.c.id == bindparam("conversation")
# never backwards: a clock that goes wrong for an hour must not make a conversation old
_USED = (
    update(conversation)
    .where(_ONE)
    .values(
        last_active=case(
            (conversation.c.last_active < bindparam("moment"), bindparam("moment")), else_=conversation.c.last_active
        )
    )
)
_EXISTS = select(conversation.c.id).where(_ONE)
_SPOKEN_BY = select(conversation.c.spoken_by).where(_ONE)
KEEPING = frozenset(("web", "slack"))  # channels that begin and delete their conversations themselves


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A transaction. Raises StateError for whatever the database says."""
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise unusable(error) from error
    finally:
        writers.release()


def insert(connection: Connection, table: Any) -> Any:
    """An INSERT of the backend that knows ON CONFLICT."""
    return INSERTS[connection.dialect.name](table)


def touch(connection: Connection, conversation_id: str, channel: str, now: datetime | None = None) -> None:
    """Begin the conversation, or note that it is in use."""
    moment = stamp(now)
    row = {"id": conversation_id, "channel": channel, "created": moment, "last_active": moment, "spoken_by": "bot"}
    connection.execute(_touch(connection.dialect.name), row)


@cache  # building a statement takes longer than running it
def _touch(backend: str) -> Any:
    row = INSERTS[backend](conversation)
    known, later = conversation.c.last_active, row.excluded.last_active
    return row.on_conflict_do_update(
        index_elements=["id"], set_={"last_active": case((known < later, later), else_=known)}
    )


def in_use(connection: Connection, conversation_id: str, now: datetime | None = None) -> bool:
    """Note that the conversation is in use. False if there is none (it was deleted)."""
    return bool(connection.execute(_USED, {"conversation": conversation_id, "moment": stamp(now)}).rowcount)


def exists(connection: Connection, conversation_id: str) -> bool:
    """Whether the conversation has begun and was not deleted."""
    return connection.execute(_EXISTS, {"conversation": conversation_id}).first() is not None


def spoken_by(connection: Connection, conversation_id: str) -> str:
    """Who answers: "bot", or a person who is "waiting" (not here yet) or "talking"."""
    found: str | None = connection.execute(_SPOKEN_BY, {"conversation": conversation_id}).scalar()
    return found or "bot"


def set_spoken_by(connection: Connection, conversation_id: str, who: str) -> None:
    """Let the bot ("bot") or a person ("waiting", "talking") answer from now on."""
    connection.execute(update(conversation).where(conversation.c.id == conversation_id).values(spoken_by=who))


def forget(engine: Engine, conversation_id: str) -> bool:
    """Delete a conversation and everything that belongs to it, in every table. Returns whether there was one."""
    with transaction(engine) as connection:
        found = in_use(connection, conversation_id)  # a write, so that no other comes in between
        _delete(connection, [conversation_id])
    return found


def forget_idle(engine: Engine, before: datetime, batch: int = 500) -> int:
    """Delete all conversations that nobody used since `before`, some at a time. Returns how many."""
    query = select(conversation.c.id).where(conversation.c.last_active < stamp(before)).limit(batch)
    total = 0
    while True:
        with transaction(engine) as connection:
            ids = list(connection.execute(query).scalars())
            _delete(connection, ids)
        total += len(ids)
        if len(ids) < batch:
            break
    with transaction(engine) as connection:  # kept without a conversation, e.g. asked over REST
        connection.execute(delete(gap_question).where(gap_question.c.asked < stamp(before)))
        connection.execute(delete(ended_thread).where(ended_thread.c.ended < stamp(before)))  # nobody read it
    return total


def forget_empty(engine: Engine, before: datetime, batch: int = 500) -> int:
    """Delete the web's conversations in which nothing was said since they began before `before`. Returns how many."""
    said = exists_(select(message.c.seq).where(message.c.conversation_id == conversation.c.id))
    query = select(conversation.c.id).where(
        conversation.c.channel == "web", conversation.c.last_active < stamp(before), ~said
    )
    with transaction(engine) as connection:
        ids = list(connection.execute(query.limit(batch)).scalars())
        _delete(connection, ids)
    return len(ids)


def newest(connection: Connection) -> str | None:
    """When any conversation was used last."""
    found: str | None = connection.execute(select(func.max(conversation.c.last_active))).scalar()
    return found


def settle_future(connection: Connection, now: datetime) -> None:
    """Conversations that were used while the clock was ahead: they count as used now, not kept for years."""
    ahead = conversation.c.last_active > stamp(now + timedelta(days=1))
    connection.execute(update(conversation).where(ahead).values(last_active=stamp(now)))


def note_ended(connection: Connection, threads: list[str], reason: str) -> None:
    """Have staff told in these threads that the talk is over."""
    for thread in threads:
        row = insert(connection, ended_thread).values(thread=thread, reason=reason, ended=stamp())
        connection.execute(row.on_conflict_do_nothing(index_elements=["thread"]))


def _delete(connection: Connection, ids: list[str]) -> None:
    if not ids:
        return
    mine = (handoff.c.conversation_id.in_(ids), handoff.c.thread.is_not(None), handoff.c.status != "closed")
    note_ended(connection, list(connection.execute(select(handoff.c.thread).where(*mine)).scalars()), "deleted")
    for table in reversed(metadata.sorted_tables):
        if "conversation_id" in table.c:
            connection.execute(delete(table).where(table.c.conversation_id.in_(ids)))
    connection.execute(delete(conversation).where(conversation.c.id.in_(ids)))
