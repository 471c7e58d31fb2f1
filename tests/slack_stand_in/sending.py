"""What Slack sends to an app: its events, commands and clicks, signed as Slack signs them."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import requests
from requests.adapters import HTTPAdapter

from tests.slack_stand_in.workspace import APP, BOT, SECRET, TEAM, Post, Workspace

if TYPE_CHECKING:  # the browser's tests have other packages
    from tests.slack_stand_in.remote import RemoteServer
    from tests.slack_stand_in.server import SlackServer

Body = Mapping[str, Any]
_numbers = count(1)  # event ids are never the same
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def signed(body: bytes, secret: str = SECRET, moment: float | None = None) -> dict[str, str]:
    """The headers of a request: https://docs.slack.dev/authentication/verifying-requests-from-slack"""
    stamp = str(int(time.time() if moment is None else moment))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def pressed(user: str, post: Post, label: str, response_url: str, **changed: Any) -> dict[str, Any]:
    """The interaction of a click; `changed` replaces parts of the action."""
    button = post.buttons()[label]
    action = {"type": "button", "action_id": button["action_id"], "value": button["value"], "block_id": "b"}
    container: dict[str, Any] = {"type": "message", "message_ts": post.ts, "channel_id": post.channel}
    if post.seen_by:
        container["is_ephemeral"] = True
    elif post.thread:
        container["thread_ts"] = post.thread
    message = {"ts": post.ts, "text": post.text, "blocks": post.body["blocks"], "bot_id": "B0BOT"}
    return {
        "type": "block_actions",
        "user": {"id": user, "team_id": TEAM},
        "team": {"id": TEAM},
        "api_app_id": APP,
        "container": container,
        "channel": {"id": post.channel},
        "response_url": response_url,
        "actions": [{**action, **changed}],
        **({} if post.seen_by else {"message": message}),
    }


@dataclass
class Slack:
    """Slack, as one app's request URL sees it."""

    server: SlackServer | RemoteServer
    webhook: str
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.session.trust_env = False
        self.session.mount("http://", HTTPAdapter(pool_maxsize=64))

    @property
    def workspace(self) -> Workspace:
        return self.server.workspace

    def post(self, body: bytes, kind: str = JSON, headers: Mapping[str, str] | None = None) -> requests.Response:
        """A request with exactly these headers beside the content type; by default rightly signed."""
        began = time.monotonic()
        given = signed(body) if headers is None else headers
        reply = self.session.post(self.webhook, data=body, headers={"Content-Type": kind, **given}, timeout=20)
        self.workspace.acknowledged.append(time.monotonic() - began)
        return reply

    def deliver(self, envelope: Body, **headers: str) -> requests.Response:
        """An event, rightly signed."""
        body = json.dumps(envelope).encode()
        return self.post(body, JSON, {**signed(body), **{k.replace("_", "-"): v for k, v in headers.items()}})

    def say(self, channel: str, user: str, text: str, thread: str | None = None, **more: Any) -> str:
        """A person posts something; returns its ts."""
        event = self.message(channel, user, text, thread, **more)
        reply = self.deliver(event)
        assert reply.status_code == 200, reply.text
        return str(event["event"]["ts"])

    def message(self, channel: str, user: str, text: str, thread: str | None = None, **more: Any) -> dict[str, Any]:
        """The event of a post."""
        kind = {"D": "im", "C": "channel", "G": "group"}[channel[0]]
        event = {
            "type": "message",
            "channel": channel,
            "channel_type": kind,
            "user": user,
            "text": text,
            "ts": self.workspace.ts(),
            "team": TEAM,
            **({"thread_ts": thread} if thread else {}),
            **more,
        }
        return self.envelope(event)

    def envelope(self, event: Body) -> dict[str, Any]:
        return {
            "token": "no longer used",
            "team_id": TEAM,
            "api_app_id": APP,
            "event": dict(event),
            "type": "event_callback",
            "event_id": f"Ev{next(_numbers):08d}",
            "event_time": int(time.time()),
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
        }

    def command(self, user: str, channel: str, text: str, **more: str) -> requests.Response:
        """A slash command."""
        form = {
            "command": "/career",
            "text": text,
            "user_id": user,
            "channel_id": channel,
            "team_id": TEAM,
            "trigger_id": f"{next(_numbers)}.{TEAM}.abc",
            "response_url": self.server.response_url(channel, user),
            "api_app_id": APP,
            **more,
        }
        return self.post(urlencode(form).encode(), FORM)

    def click(self, user: str, post: Post, label: str, **changed: Any) -> requests.Response:
        """A person presses the button that reads `label`."""
        return self.interact(self.pressed(user, post, label, **changed))

    def interact(self, payload: Body) -> requests.Response:
        return self.post(urlencode({"payload": json.dumps(payload)}).encode(), FORM)

    def pressed(self, user: str, post: Post, label: str, **changed: Any) -> dict[str, Any]:
        """The interaction of a click; `changed` replaces parts of the action."""
        url = self.server.response_url(post.channel, user)
        return pressed(user, post, label, url, **{"action_ts": self.workspace.ts(), **changed})
