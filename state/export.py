"""Everything that is kept of one conversation, for the person whose conversation it is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.engine import Connection

from state import feedback, handoffs, messages
from state.errors import Gone
from state.models import conversation, gap_question
from state.models import handoff as _HANDOFFS


@dataclass(frozen=True)
class Kept:
    """One conversation as it is stored. `uncovered`: questions kept for the list of gaps, as (time, words)."""

    id: str
    created: str
    last_active: str
    messages: list[messages.Message]
    feedback: list[feedback.Feedback]
    handoffs: list[handoffs.Handoff]
    uncovered: list[tuple[str, str]]


def everything(connection: Connection, conversation_id: str) -> Kept:
    """All that is stored under the conversation, but for the program's own notes (the tracker: what the talk is about,
    drawn from the messages). Raises Gone."""
    row = connection.execute(select(conversation).where(conversation.c.id == conversation_id)).first()
    if row is None:
        raise Gone(conversation_id)
    asked = select(_HANDOFFS.c.id).where(_HANDOFFS.c.conversation_id == conversation_id).order_by(_HANDOFFS.c.created)
    requests = [handoffs.by_id(connection, one) for one in connection.execute(asked).scalars().all()]
    words = select(gap_question.c.asked, gap_question.c.text).where(gap_question.c.conversation_id == conversation_id)
    return Kept(
        id=row.id,
        created=row.created,
        last_active=row.last_active,
        messages=messages.history(connection, conversation_id),
        feedback=feedback.of_conversation(connection, conversation_id),
        handoffs=[one for one in requests if one is not None],
        uncovered=[(one.asked, one.text) for one in connection.execute(words.order_by(gap_question.c.id))],
    )
