"""Asking for a person: the request, its end, and what the student is told. Slack's side is in its channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

import settings
from channels import texts
from channels.problems import Problem
from channels.turns import notice
from state import handoffs
from state.handoffs import Handoff

ENDINGS = {
    "staff": ("person_ended_staff", texts.ENDED_STAFF),
    "student": ("person_ended_student", texts.ENDED_STUDENT),
    "overdue": ("person_overdue", texts.OVERDUE),
}


@dataclass(frozen=True)
class Request:
    """What the contact form says."""

    email: str
    name: str | None
    question: str | None
    share_transcript: bool


def via(config: settings.Settings) -> str | None:
    """How staff are told: "slack" if there is a staff channel, else "email", else None: nobody can be asked for."""
    if config.slack_bot_token and config.slack_staff_channel:
        return handoffs.SLACK
    return handoffs.EMAIL if config.handoff_email else None


def ask(connection: Connection, conversation: str, request: Request, config: settings.Settings) -> tuple[Handoff, bool]:
    """Ask for a person and say what comes next; (the request, whether it is new). Raises Problem, Gone."""
    how = via(config)
    if how is None:
        raise Problem("unsupported", texts.NO_PERSON.format(contact=config.contact))
    asked, new = handoffs.open_(
        connection,
        conversation,
        via=how,
        email=request.email,
        name=request.name,
        question=request.question,
        share_transcript=request.share_transcript,
    )
    if new:
        slug, text = (
            ("person_chat", texts.PERSON_CHAT) if how == handoffs.SLACK else ("person_email", texts.PERSON_EMAIL)
        )
        notice(connection, conversation, slug, text.format(contact=config.contact), contact=config.contact)
    elif asked.email != request.email:
        raise Problem("conflict", "A person was asked for already. End that first to give another address.")
    return asked, new


def end(connection: Connection, asked: Handoff, reason: str, contact: str) -> bool:
    """End a talk ("staff", "student", "overdue") and say so in the conversation. False if it had ended before."""
    if not handoffs.close(connection, asked.id, reason):
        return False
    slug, text = ENDINGS[reason]
    notice(connection, asked.conversation_id, slug, text.format(contact=contact), contact=contact)
    return True


def end_overdue(connection: Connection, before: datetime, contact: str) -> int:
    """End the requests from before `before` that nobody took up: the bot answers again. Returns how many."""
    return sum(end(connection, asked, "overdue", contact) for asked in handoffs.waiting_since(connection, before))
