"""A click on one of our buttons -> an event to store. Pure.

Slack signs what it sends, and only our own messages send clicks to us; still a click counts only if the message that it
came from offers that button, and its value is never more than words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from channels.slack_events import KEPT_TEXT, Ignored, Instant, Reading, conversation_of, sent_at
from state.clock import stamp
from state.slack_events import NewEvent

ASK, HELPFUL, UNHELPFUL, PERSON, SHARE, CLOSE, END = (
    f"waymark_{name}" for name in ("ask", "helpful", "unhelpful", "person", "share", "close", "end")
)
KINDS: Mapping[str, str] = {
    ASK: "ask",
    HELPFUL: "feedback",
    UNHELPFUL: "feedback",
    PERSON: "person",
    SHARE: "share",
    CLOSE: "close",
    END: "end",
}
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """Where a button was pressed: the channel, the thread in which an answer belongs, whether only one user sees it."""

    channel: str
    thread: str | None
    private: bool
    message: str | None


def read_click(payload: Body) -> Reading:
    """An interaction. Raises KeyError or TypeError if it is malformed; what is not a button of ours is ignored."""
    if payload.get("type") != "block_actions":
        return Instant() if payload.get("type") == "view_submission" else Ignored(f"interaction {payload.get('type')}")
    action = payload["actions"][0]
    name, value = str(action["action_id"]).split(":")[0], str(action.get("value") or "")
    if name not in KINDS:
        return Ignored("not our button")
    if not _offered(payload, action):
        return Ignored("a button that the message does not have")
    user = str(payload["user"]["id"])
    team = str((payload.get("team") or {}).get("id") or payload["user"].get("team_id") or "")
    place = _place(payload, user)
    pressed = str(action["action_ts"])
    key = "|".join((team, place.channel, place.message or "home", user, str(action["action_id"]), pressed))
    id = f"click-{hashlib.sha256(key.encode()).hexdigest()[:40]}"
    body: dict[str, Any] = {
        "channel": place.channel,
        "thread": place.thread,
        "user": user,
        "private": place.private,
        "message": place.message,
        "ts": pressed,
    }
    if payload.get("response_url"):
        body["response_url"] = str(payload["response_url"])
    body |= _content(name, value)
    conversation = conversation_of(team, place.channel, place.thread, user if place.private else None)
    if "in" in body:  # feedback belongs to the conversation of the answer, wherever that was shared
        conversation = str(body["in"])
    sent = sent_at(pressed) or stamp()
    if name == CLOSE:
        thread = f"{place.channel}:{place.message}"
        return NewEvent(id, id, "close", None, {**body, "staff_thread": thread}, sent, True, thread, "close")
    return NewEvent(id, id, KINDS[name], conversation, body, sent)


def _content(name: str, value: str) -> dict[str, Any]:
    if name in (HELPFUL, UNHELPFUL):
        rated = json.loads(value)
        return {"answer_id": str(rated["answer"]), "in": str(rated["in"]), "helpful": name == HELPFUL}
    if name == SHARE:
        return {"answer": value}
    return {"text": value[:KEPT_TEXT], "clicked": True}


def _place(payload: Body, user: str) -> Place:
    container = payload.get("container") or {}
    if container.get("type") == "view" or "view" in payload:
        direct = str((payload.get("view") or {}).get("private_metadata") or user)
        return Place(direct, None, False, None)
    channel, message = str(payload["channel"]["id"]), str(container["message_ts"])
    if container.get("is_ephemeral"):
        return Place(channel, None, True, message)
    thread = container.get("thread_ts") or (payload.get("message") or {}).get("thread_ts")
    if channel.startswith("D"):
        thread = None if thread == message else thread  # the main line, even if somebody answered it in a thread
    else:
        thread = thread or message  # an answer that was shared on a channel's main line: what follows goes under it
    return Place(channel, str(thread) if thread else None, False, message)


def _offered(payload: Body, action: Body) -> bool:
    """Whether the message or view has this very button. Of a private message Slack sends no copy."""
    shown = payload.get("message") or payload.get("view")
    if not shown or not shown.get("blocks"):
        return bool((payload.get("container") or {}).get("is_ephemeral"))
    wanted = (action["action_id"], action.get("value"))
    return any((button.get("action_id"), button.get("value")) == wanted for button in _buttons(shown["blocks"]))


def _buttons(blocks: Any) -> Iterator[Body]:
    for block in blocks:
        yield from (element for element in block.get("elements") or () if element.get("type") == "button")
        if (block.get("accessory") or {}).get("type") == "button":
            yield block["accessory"]
