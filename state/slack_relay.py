"""What staff and notices say in conversations that are held in Slack, and is not on its way there yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, literal, select
from sqlalchemy.engine import Connection

from state.clock import stamp
from state.messages import NOTICE, STAFF
from state.models import conversation, message, slack_call

DAY = 24 * 3600.0


def call_id(message_id: str) -> str:
    """`dedupe` of the call that brings a message to Slack."""
    return f"say:{message_id}"


@dataclass(frozen=True)
class Unsaid:
    """A message that the people in Slack have yet to see."""

    id: str
    conversation_id: str
    role: str
    text: str


def to_say(connection: Connection, limit: int = 50, now: datetime | None = None) -> list[Unsaid]:
    """Such messages of the last day, in order."""
    known = exists().where(slack_call.c.dedupe == literal("say:") + message.c.id)
    query = (
        select(message.c.id, message.c.conversation_id, message.c.role, message.c.text)
        .join(conversation, conversation.c.id == message.c.conversation_id)
        .where(
            conversation.c.channel == "slack",
            conversation.c.id.not_like("%-only-%"),  # private answers to a command: nothing can be added to them
            message.c.role.in_((STAFF, NOTICE)),
            message.c.created > stamp(now, plus=-DAY),
            ~known,
        )
        .order_by(message.c.seq)
        .limit(limit)
    )
    return [Unsaid(*row) for row in connection.execute(query)]
