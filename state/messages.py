"""What was said in a conversation, in order. Every function works inside the caller's transaction.

Whoever writes to a conversation first marks it as in use, which locks its row: so the numbers (`seq`) of a
conversation's messages become visible in order, and a reader who asks for what came after a number misses none.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.engine import Connection

from state.clock import stamp
from state.conversations import in_use, spoken_by
from state.errors import Gone
from state.leases import LONGEST, over
from state.models import message as _MESSAGES

USER, ASSISTANT, STAFF, NOTICE = "user", "assistant", "staff", "notice"
MAX = 2**31 - 1
_STORED = ("id", "conversation_id", "role", "text", "created", "answer_id", "client_id", "to_person")
# Built once: building a statement takes longer than running it.
_INSERT = insert(_MESSAGES)
_BY_CLIENT_ID = select(_MESSAGES).where(
    _MESSAGES.c.conversation_id == bindparam("conversation"), _MESSAGES.c.client_id == bindparam("client")
)
_CLAIMED = select(_MESSAGES.c.id).where(
    _MESSAGES.c.conversation_id == bindparam("conversation"),
    _MESSAGES.c.seq < bindparam("seq"),
    _MESSAGES.c.answering_until > bindparam("moment"),
    _MESSAGES.c.answering_until <= bindparam("latest"),  # see leases.over
)
_HISTORY = (
    select(_MESSAGES)
    .where(_MESSAGES.c.conversation_id == bindparam("conversation"), _MESSAGES.c.seq > bindparam("after"))
    .order_by(_MESSAGES.c.seq)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True)
class Message:
    """One message. `seq` grows; `created` is UTC, ISO 8601; `payload` as in docs/payload.md; `to_person`: a user's
    message that the bot leaves to a person."""

    seq: int
    id: str
    conversation_id: str
    role: str
    text: str
    created: str
    payload: dict[str, Any] | None = None
    answer_id: str | None = None
    client_id: str | None = None
    to_person: bool = False


def add(
    connection: Connection,
    conversation_id: str,
    role: str,
    text: str,
    *,
    payload: Mapping[str, Any] | None = None,
    client_id: str | None = None,
    now: datetime | None = None,
) -> Message:
    """Store a message; with a `client_id` once: the second time the first is given back. Raises Gone.

    A user's message is for a person (`to_person`) if one was asked for and the talk has not ended.
    """
    if not in_use(connection, conversation_id, now):
        raise Gone(conversation_id)
    known = None if client_id is None else by_client_id(connection, conversation_id, client_id)
    return known or _insert(connection, conversation_id, role, text, payload=payload, client_id=client_id, now=now)


@dataclass(frozen=True)
class Taken:
    """A user's message as it is stored. `done`: nothing is left to say to it; `mine`: the caller is to answer it, or to
    ask again later: it is at work, or one before it is."""

    question: Message
    done: bool
    mine: bool


def take(
    connection: Connection, conversation_id: str, text: str, client_id: str, seconds: float, now: datetime | None = None
) -> Taken:
    """Store a user's message and take it for answering, as `add` and `claim`; only one caller gets it. Raises Gone."""
    if not in_use(connection, conversation_id, now):
        raise Gone(conversation_id)
    known = by_client_id(connection, conversation_id, client_id)
    if known is None:
        until = None if _is_at_work(connection, conversation_id, MAX, now) else stamp(now, plus=seconds)
        question = _insert(connection, conversation_id, USER, text, client_id=client_id, until=until, now=now)
        return Taken(question, done=question.to_person, mine=not question.to_person and until is not None)
    if known.to_person or reply_to(connection, known) is not None:
        return Taken(known, done=True, mine=False)
    return Taken(known, done=False, mine=claim(connection, known, seconds, now))


def _is_at_work(connection: Connection, conversation_id: str, before: int, now: datetime | None) -> bool:
    """Whether a message before number `before` is being answered: turns come one after the other, in order."""
    values = {"conversation": conversation_id, "seq": before, "moment": stamp(now)}
    values["latest"] = stamp(now, plus=LONGEST)
    claimed = connection.execute(_CLAIMED, values).scalars().all()
    return any(by_client_id(connection, conversation_id, f"re:{id}") is None for id in claimed)


def _insert(
    connection: Connection,
    conversation_id: str,
    role: str,
    text: str,
    *,
    payload: Mapping[str, Any] | None = None,
    client_id: str | None = None,
    until: str | None = None,
    now: datetime | None = None,
) -> Message:
    """The new message. The conversation's row must be locked (`in_use`), so that nobody stores it in between."""
    message = Message(
        seq=0,
        id=str(uuid.uuid4()),
        conversation_id=conversation_id,
        role=role,
        text=text,
        created=stamp(now),
        payload=None if payload is None else dict(payload),
        answer_id=None if payload is None else payload.get("answer_id"),
        client_id=client_id,
        to_person=role == USER and spoken_by(connection, conversation_id) != "bot",
    )
    row = {name: getattr(message, name) for name in _STORED}
    row["payload"] = None if payload is None else json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    row["answering_until"] = None if message.to_person else until
    done = connection.execute(_INSERT, row)
    return replace(message, seq=done.inserted_primary_key[0])


def reply(connection: Connection, to: Message, text: str, payload: Mapping[str, Any] | None) -> Message:
    """Store the assistant's reply to a message, once: if there is one, that is given back. Raises Gone."""
    return add(connection, to.conversation_id, ASSISTANT, text, payload=payload, client_id=_reply_id(to))


def reply_to(connection: Connection, to: Message) -> Message | None:
    """The assistant's reply to a message, if it is there."""
    return by_client_id(connection, to.conversation_id, _reply_id(to))


def claim(connection: Connection, question: Message, seconds: float, now: datetime | None = None) -> bool:
    """Take a message to answer it within `seconds`. False if another process has it or one before it, or it is for a
    person. The conversation's row must be locked.

    A process that dies keeps it for that time at most. Clocks of machines should agree to a second.
    """
    if _is_at_work(connection, question.conversation_id, question.seq, now):
        return False
    free = or_(_MESSAGES.c.answering_until.is_(None), over(_MESSAGES.c.answering_until, now))
    row = update(_MESSAGES).where(_MESSAGES.c.id == question.id, _MESSAGES.c.to_person.is_(False), free)
    return bool(connection.execute(row.values(answering_until=stamp(now, plus=seconds))).rowcount)


def by_client_id(connection: Connection, conversation_id: str, client_id: str) -> Message | None:
    """The message that a client sent under its own id."""
    row = connection.execute(_BY_CLIENT_ID, {"conversation": conversation_id, "client": client_id}).first()
    return None if row is None else _message(row)


def history(connection: Connection, conversation_id: str, after: int = 0, limit: int | None = None) -> list[Message]:
    """The messages after number `after`, in order; at most `limit`, then the first of them."""
    values = {"conversation": conversation_id, "after": after, "limit": MAX if limit is None else limit}
    return [_message(row) for row in connection.execute(_HISTORY, values)]


def for_staff(connection: Connection, conversation_id: str, after: int = 0) -> list[Message]:
    """What the student wrote to a person after message number `after`, in order."""
    query = select(_MESSAGES).where(
        _MESSAGES.c.conversation_id == conversation_id, _MESSAGES.c.seq > after, _MESSAGES.c.to_person.is_(True)
    )
    return [_message(row) for row in connection.execute(query.order_by(_MESSAGES.c.seq))]


def with_answer(connection: Connection, conversation_id: str, answer_id: str) -> Message | None:
    """The latest message of the conversation that carries this answer."""
    query = select(_MESSAGES).where(_MESSAGES.c.conversation_id == conversation_id, _MESSAGES.c.answer_id == answer_id)
    row = connection.execute(query.order_by(_MESSAGES.c.seq.desc()).limit(1)).first()
    return None if row is None else _message(row)


def last_seq(messages: Sequence[Message], otherwise: int = 0) -> int:
    """The cursor after these messages."""
    return max((message.seq for message in messages), default=otherwise)


def _reply_id(to: Message) -> str:
    return f"re:{to.id}"


def _message(row: Any) -> Message:
    return Message(
        seq=row.seq,
        id=row.id,
        conversation_id=row.conversation_id,
        role=row.role,
        text=row.text,
        created=row.created,
        payload=None if row.payload is None else json.loads(row.payload),
        answer_id=row.answer_id,
        client_id=row.client_id,
        to_person=row.to_person,
    )
