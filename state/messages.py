"""What was said in a conversation, in order. Every function works inside the caller's transaction.

Whoever writes to a conversation first marks it as in use, which locks its row: so the numbers (`seq`) of a
conversation's messages become visible in order, and a reader who asks for what came after a number misses none.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.engine import Connection

from state.clock import stamp
from state.conversations import in_use, insert, spoken_by
from state.errors import Gone
from state.models import message as _MESSAGES

USER, ASSISTANT, STAFF, NOTICE = "user", "assistant", "staff", "notice"


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
    if client_id is not None:
        known = by_client_id(connection, conversation_id, client_id)
        if known is not None:
            return known
    identity = str(uuid.uuid4())
    row = {
        "id": identity,
        "conversation_id": conversation_id,
        "client_id": client_id,
        "role": role,
        "text": text,
        "payload": None if payload is None else json.dumps(payload, ensure_ascii=False, separators=(",", ":")),
        "answer_id": None if payload is None else payload.get("answer_id"),
        "to_person": role == USER and spoken_by(connection, conversation_id) != "bot",
        "created": stamp(now),
    }
    connection.execute(insert(connection, _MESSAGES).values(**row))
    return _message(connection.execute(select(_MESSAGES).where(_MESSAGES.c.id == identity)).one())


def reply(connection: Connection, to: Message, text: str, payload: Mapping[str, Any] | None) -> Message:
    """Store the assistant's reply to a message, once: if there is one, that is given back. Raises Gone."""
    return add(connection, to.conversation_id, ASSISTANT, text, payload=payload, client_id=_reply_id(to))


def reply_to(connection: Connection, to: Message) -> Message | None:
    """The assistant's reply to a message, if it is there."""
    return by_client_id(connection, to.conversation_id, _reply_id(to))


def claim(connection: Connection, question: Message, seconds: float, now: datetime | None = None) -> bool:
    """Take a message to answer it within `seconds`. False if another process has it, or it is for a person.

    A process that dies keeps it for that time at most. Clocks of machines should agree to a second.
    """
    moment = stamp(now)
    free = or_(_MESSAGES.c.answering_until.is_(None), _MESSAGES.c.answering_until <= moment)
    row = update(_MESSAGES).where(_MESSAGES.c.id == question.id, _MESSAGES.c.to_person.is_(False), free)
    return bool(connection.execute(row.values(answering_until=stamp(now, plus=seconds))).rowcount)


def by_client_id(connection: Connection, conversation_id: str, client_id: str) -> Message | None:
    """The message that a client sent under its own id."""
    query = select(_MESSAGES).where(_MESSAGES.c.conversation_id == conversation_id, _MESSAGES.c.client_id == client_id)
    row = connection.execute(query).first()
    return None if row is None else _message(row)


def history(connection: Connection, conversation_id: str, after: int = 0, limit: int | None = None) -> list[Message]:
    """The messages after number `after`, in order; at most `limit`, then the first of them."""
    query = select(_MESSAGES).where(_MESSAGES.c.conversation_id == conversation_id, _MESSAGES.c.seq > after)
    return [_message(row) for row in connection.execute(query.order_by(_MESSAGES.c.seq).limit(limit))]


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
