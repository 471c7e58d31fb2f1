"""What a talk between a student and staff looks like in Slack: the card, the lines under it, its end. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from channels import slack_blocks, slack_clicks, slack_text, texts
from channels import slack_wording as said
from channels.slack_text import Element
from state.handoffs import Handoff
from state.messages import ASSISTANT, STAFF, USER, Message
from state.slack_calls import NewCall
from state.slack_relay import Unsaid, call_id

MAX_PART = 2800  # characters of a transcript in one post
MAX_PARTS = 8
MAX_CARD = 2500
_PLACE = re.compile(r"slack-[^-]+-([^-]+)(?:-(\d+\.\d+))?")
_USER = re.compile(r"[UW][A-Z0-9]{2,20}")


def place_of(conversation_id: str) -> tuple[str, str | None]:
    """(channel, thread) of a conversation in Slack. Raises ValueError for any other."""
    match = _PLACE.fullmatch(conversation_id)
    if match is None:
        raise ValueError("a conversation that has no place in Slack")
    return match.group(1), match.group(2)


def card(asked: Handoff, note: str = "") -> dict[str, Any]:
    """The post in the staff's channel under which staff answer."""
    close = slack_blocks.button(slack_clicks.CLOSE, said.CLOSE, asked.id)
    return _card(asked, [said.CARD_HOW, *([note] if note else [])], close)


def over(asked: Handoff | None, reason: str) -> dict[str, Any]:
    """What becomes of the card when the talk is over. Of a conversation that was deleted it says nothing more."""
    if asked is None or reason == "deleted":
        return _changed(slack_blocks.plain_message(said.OVER["deleted"]))
    return _changed(_card(asked, [said.OVER[reason]]))


def _changed(made: dict[str, Any]) -> dict[str, Any]:
    return {name: made[name] for name in ("text", "blocks")}


def _card(asked: Handoff, lines: Sequence[str], *buttons: dict[str, Any]) -> dict[str, Any]:
    who: list[Element] = [slack_text.words(asked.name or said.A_STUDENT, bold=True)]
    named = asked.name or said.A_STUDENT
    if asked.conversation_id.startswith("slack-") and _USER.fullmatch(asked.name or ""):
        who, named = [{"type": "user", "user_id": asked.name}], said.SOMEBODY
        channel, _ = place_of(asked.conversation_id)
        where = [{"type": "channel", "channel_id": channel}] if channel[0] in "CG" else []
        who += [slack_text.words(f" {said.IN} " if where else f" {said.IN_DIRECT}"), *where]
    parts = [f" {said.ASKS_FOR_PERSON}"]
    if asked.question:
        parts.append(f"{said.QUESTION}: {slack_text.shorten(asked.question, MAX_CARD)}")
    if asked.email:
        parts.append(f"{said.EMAIL}: {asked.email}")
    return slack_blocks.plain_message("\n".join([*parts, *lines]), *buttons, opening=who) | {
        "text": slack_text.shorten(slack_text.entities(f"{named}{parts[0]}"), 200)
    }


def of_student(text: str) -> dict[str, Any]:
    """What the student wrote, for the thread under the card."""
    return slack_blocks.plain_message(text, opening=[slack_text.words(f"{texts.SPEAKERS[USER]}: ", bold=True)])


def to_student(unsaid: Unsaid) -> NewCall:
    """What staff wrote, or a notice, for a conversation in Slack."""
    channel, thread = place_of(unsaid.conversation_id)
    opening = [slack_text.words(f"{texts.SPEAKERS[STAFF]}: ", bold=True)] if unsaid.role == STAFF else []
    made = slack_blocks.plain_message(unsaid.text, opening=opening)
    where = {"channel": channel, **({"thread_ts": thread} if thread else {})}
    return NewCall(call_id(unsaid.id), channel, "chat.postMessage", {**where, **made}, unsaid.conversation_id)


def passed_on(contact: str) -> dict[str, Any]:
    """What somebody who asked for a person in Slack reads."""
    return slack_blocks.plain_message(
        said.passed_on(contact), slack_blocks.button(slack_clicks.END, said.END_TALK, "end")
    )


def transcript(spoken: Sequence[Message]) -> Iterator[dict[str, Any]]:
    """What was said before, in as many posts as it takes; of a very long conversation the last part."""
    lines = [f"{texts.SPEAKERS.get(one.role, one.role)}: {one.text}" for one in spoken if one.role in (USER, ASSISTANT)]
    parts: list[str] = []
    for line in lines:
        line = slack_text.shorten(line, MAX_PART)
        if parts and len(parts[-1]) + len(line) < MAX_PART:
            parts[-1] += f"\n{line}"
        else:
            parts.append(line)
    for n, part in enumerate(parts[-MAX_PARTS:]):
        opening = [slack_text.words(f"{said.TRANSCRIPT}\n", bold=True)] if n == 0 else []
        yield slack_blocks.plain_message(part, opening=opening)
