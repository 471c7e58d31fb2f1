"""Whether an answer helped. Every function works inside the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.engine import Connection

from state.clock import stamp
from state.conversations import in_use, insert
from state.errors import Gone
from state.messages import with_answer
from state.models import feedback as _FEEDBACK

_OF_CONVERSATION = (
    select(_FEEDBACK).where(_FEEDBACK.c.conversation_id == bindparam("conversation")).order_by(_FEEDBACK.c.updated)
)


@dataclass(frozen=True)
class Feedback:
    """What one person thinks of one answer. `person` tells people apart in one conversation (Slack); "" on the web."""

    answer_id: str
    helpful: bool
    comment: str | None
    topic: str | None
    updated: str
    person: str = ""


def put(
    connection: Connection,
    conversation_id: str,
    answer_id: str,
    helpful: bool,
    comment: str | None = None,
    *,
    person: str = "",
    now: datetime | None = None,
) -> Feedback | None:
    """Store what a person thinks of an answer; the last time counts. None if the conversation has no such answer.

    Raises Gone if there is no conversation.
    """
    if not in_use(connection, conversation_id, now):
        raise Gone(conversation_id)
    answer = with_answer(connection, conversation_id, answer_id)
    if answer is None:
        return None
    topic = (answer.payload or {}).get("topic")
    values: dict[str, Any] = {"helpful": helpful, "comment": comment, "topic": topic, "updated": stamp(now)}
    row = insert(connection, _FEEDBACK).values(
        conversation_id=conversation_id, answer_id=answer_id, person=person, **values
    )
    key = ["conversation_id", "answer_id", "person"]
    connection.execute(row.on_conflict_do_update(index_elements=key, set_=values))
    return Feedback(answer_id, helpful, comment, topic, values["updated"], person)


def remove(connection: Connection, conversation_id: str, answer_id: str, person: str = "") -> bool:
    """Take back what a person said of an answer. False if nothing was said."""
    row = delete(_FEEDBACK).where(
        _FEEDBACK.c.conversation_id == conversation_id,
        _FEEDBACK.c.answer_id == answer_id,
        _FEEDBACK.c.person == person,
    )
    return bool(connection.execute(row).rowcount)


def of_conversation(connection: Connection, conversation_id: str) -> list[Feedback]:
    """All that was said of a conversation's answers, the oldest first."""
    return [
        Feedback(row.answer_id, row.helpful, row.comment, row.topic, row.updated, row.person)
        for row in connection.execute(_OF_CONVERSATION, {"conversation": conversation_id})
    ]
