"""The calls that say something where an event came from: in its channel or thread, or to one user only. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from state.clock import stamp
from state.slack_calls import NewCall
from state.slack_events import Event

RESPOND = "response_url"  # the "method" of calls to the address that a command or a click brings along
URL_LIFE = 29 * 60.0  # seconds; Slack takes such an address for 30 minutes
POST = "chat.postMessage"
Body = Mapping[str, Any]


def said_there(event: Event, made: Body, *, keep: bool = False, n: str = "answer") -> NewCall:
    """Say `made` where the event came from. `n` tells the calls of one event apart; `keep`: its content is kept."""
    body = event.body
    if body.get("private"):
        return said_privately(event, made, keep=keep, n=n)
    where = {"channel": body["channel"], **({"thread_ts": body["thread"]} if body.get("thread") else {})}
    return NewCall(f"{n}:{event.id}", str(body["channel"]), POST, {**where, **made}, event.conversation_id)


def said_privately(event: Event, made: Body, *, keep: bool = False, n: str = "answer", **more: Any) -> NewCall:
    """Say `made` to the user of a command or click only, or with `more` something else at its address."""
    url, dedupe = event.body.get("response_url"), f"{n}:{event.id}"
    if not url:  # the home tab
        where = {"channel": event.body["channel"]}
        return NewCall(dedupe, str(event.body["channel"]), POST, {**where, **made}, event.conversation_id)
    content = {name: value for name, value in made.items() if name not in ("unfurl_links", "unfurl_media")}
    how = {"response_type": "ephemeral", "replace_original": False, **more}
    body = {**content, **how, "_url": url, "_expires": stamp(plus=URL_LIFE), "_user": event.body["user"]}
    lane = f"url:{event.id}"[:80]
    return NewCall(dedupe, lane, RESPOND, {**body, **({"_keep": True} if keep else {})}, event.conversation_id)
