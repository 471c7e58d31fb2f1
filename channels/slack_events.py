"""What Slack sends -> what it means for us: an event to store, a reply at once, or nothing. Pure.

Slack's names: a post is one message in a channel (C…), a private channel (G…) or a direct one (D…); `ts` is its id and
time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from channels import slack_text
from channels.guard import MAX_MESSAGE
from state.clock import stamp
from state.slack_events import NewEvent

MAX_AGE = 24 * 3600  # seconds; a question that is older is answered no more
WRITTEN = frozenset((None, "", "file_share", "thread_broadcast"))  # subtypes of posts that a person wrote
KEPT_TEXT = 4 * MAX_MESSAGE  # more is not kept of a text: it will be refused in any case
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Ignored:
    """Nothing for us; `reason` is for the log and the tests."""

    reason: str


@dataclass(frozen=True)
class Instant:
    """A reply within the acknowledgement itself."""

    body: Body = field(default_factory=dict)


Reading = NewEvent | Ignored | Instant


def conversation_of(team: str, channel: str, thread: str | None = None, user: str | None = None) -> str:
    """Rasa's sender id: a thread, the main line of a direct channel, or a user's private questions in a channel."""
    return "-".join(["slack", team, channel, *([thread] if thread else []), *([f"only-{user}"] if user else [])])


def sent_at(ts: str) -> str | None:
    """Slack's time of something as UTC text; None if it is none."""
    try:
        return stamp(datetime.fromtimestamp(float(ts), timezone.utc))
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def read_event(envelope: Body, now: float) -> Reading:
    """An `event_callback` of the Events API, or the handshake. Raises KeyError or TypeError if it is malformed."""
    if envelope.get("type") == "url_verification":
        return Instant({"challenge": str(envelope["challenge"])})
    if envelope.get("type") != "event_callback":
        return Ignored(f"type {envelope.get('type')}")
    event, id, team = envelope["event"], str(envelope["event_id"]), str(envelope.get("team_id") or "")
    kind = event["type"]
    if kind in ("message", "app_mention"):
        return _post(event, id, team, own_user(envelope), now)
    if kind == "app_home_opened":
        if event.get("tab") != "home":
            return Ignored("another tab")
        body = {"user": str(event["user"]), "channel": str(event.get("channel") or "")}
        return NewEvent(id, f"home:{id}", "home", None, body, stamp())
    if kind == "assistant_thread_started":
        thread = event["assistant_thread"]
        channel, ts = str(thread["channel_id"]), str(thread["thread_ts"])
        body = {"user": str(thread["user_id"]), "channel": channel, "thread": ts}
        conversation = conversation_of(team, channel, ts)
        return NewEvent(id, assistant_key(channel, ts), "started", conversation, body, stamp())
    return Ignored(f"event {kind}")


def assistant_key(channel: str, ts: str) -> str:
    """`dedupe` of a thread of the assistant view."""
    return f"assistant:{channel}:{ts}"


def own_user(envelope: Body) -> str | None:
    """The bot's own user id, which Slack sends along."""
    for entry in envelope.get("authorizations") or ():
        if entry.get("is_bot") and entry.get("user_id"):
            return str(entry["user_id"])
    return None


def _post(event: Body, id: str, team: str, bot: str | None, now: float) -> Reading:
    subtype, channel = event.get("subtype"), str(event["channel"])
    changed = event.get("message") or {}
    if subtype == "message_deleted" or (subtype == "message_changed" and changed.get("subtype") == "tombstone"):
        # of a post with replies something stays, which says that it was deleted
        thread = f"{channel}:{event.get('deleted_ts') or changed.get('ts')}"
        known = conversation_of(team, "none")  # only threads of staff matter here
        return NewEvent(id, f"gone:{thread}", "gone", known, {"thread": thread}, stamp(), True, thread, "gone")
    if subtype not in WRITTEN:
        return Ignored(f"subtype {subtype}")
    if event.get("bot_id") or event.get("bot_profile") or event.get("user") in (None, "", bot, "USLACKBOT"):
        return Ignored("not a person's")
    ts, user, said = str(event["ts"]), str(event["user"]), str(event.get("text") or "")
    sent = sent_at(ts)
    if sent is None:
        raise TypeError(f"ts is {ts!r}")
    if float(ts) < now - MAX_AGE:
        return Ignored("too old")
    direct = event.get("channel_type") == "im" or channel.startswith("D")
    addressed = direct or event["type"] == "app_mention" or (bot is not None and slack_text.mentions(said, bot))
    root = str(event["thread_ts"]) if event.get("thread_ts") else None
    if not addressed and root is None:
        return Ignored("not for us")
    # what is said to us is answered in its thread; in a direct channel also on the main line
    answer_in = root if direct else root or ts
    body = {
        "channel": channel,
        "thread": answer_in,
        "ts": ts,
        "user": user,
        "text": slack_text.plain(said, bot)[:KEPT_TEXT],
        "direct": direct,
        "files": bool(event.get("files")),
    }
    staff = f"{channel}:{root}" if root and not direct and not addressed else None
    conversation = conversation_of(team, channel, answer_in)
    return NewEvent(id, f"post:{channel}:{ts}", "ask", conversation, body, sent, not addressed, staff)


def read_command(form: Body, help: str) -> Reading:
    """A slash command. Raises KeyError if it is malformed."""
    text = slack_text.plain(str(form.get("text") or ""))
    if text.lower() in ("", "help", "?"):
        return Instant({"response_type": "ephemeral", "text": help})
    team, channel, user = str(form["team_id"]), str(form["channel_id"]), str(form["user_id"])
    id = f"command:{form['trigger_id']}"[:80]
    body = {"channel": channel, "user": user, "text": text[:KEPT_TEXT], "response_url": str(form["response_url"])}
    return NewEvent(id, id, "ask", conversation_of(team, channel, user=user), {**body, "private": True}, stamp())
