"""A Slack workspace in memory: channels, posts, views, and what is out of order on demand."""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-stand-in", "xapp-stand-in", "8f742231b10e8888abcd99yyyzzz85a5"
TEAM, APP, BOT, BOT_ID = "T0TEAM", "A0APP", "U0BOT", "B0BOT"
STAFF, GENERAL = "C0STAFF", "C0GENERAL"
ANN, BOB, EVE = "U0ANN", "U0BOB", "U0EVE"
Body = Mapping[str, Any]


@dataclass
class Post:
    """A message of the app. `seen_by`: the only user who sees it, if it is private."""

    channel: str
    ts: str
    body: dict[str, Any]
    seen_by: str | None = None
    response_type: str | None = None

    @property
    def text(self) -> str:
        return str(self.body["text"])

    @property
    def thread(self) -> str | None:
        return self.body.get("thread_ts")

    @property
    def call(self) -> str:
        return str(((self.body.get("metadata") or {}).get("event_payload") or {}).get("call", ""))

    def buttons(self) -> dict[str, dict[str, Any]]:
        """The buttons by their text."""
        blocks = [b for b in self.body.get("blocks") or () if b["type"] == "actions"]
        return {e["text"]["text"]: e for block in blocks for e in block["elements"]}


@dataclass
class Trouble:
    """What goes wrong with the next `count` calls: "429", "500", "drop" (not carried out, connection closed), "lose"
    (carried out, but no reply), "hang", "late" (carried out, the reply comes late), or an error's name."""

    what: str
    count: int
    method: str | None = None
    channel: str | None = None
    seconds: float = 1.0


@dataclass
class Workspace:
    """What the app did, and what it will meet. Used from several threads."""

    posts: list[Post] = field(default_factory=list)
    deleted: list[tuple[str, str]] = field(default_factory=list)
    views: dict[str, dict[str, Any]] = field(default_factory=dict)
    assistant: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    scopes: str = "app_mentions:read,assistant:write,channels:history,chat:write,commands,groups:history,im:history"
    troubles: list[Trouble] = field(default_factory=list)
    urls: dict[str, tuple[str, str]] = field(default_factory=dict)  # response_url's id -> (channel, user)
    acknowledged: list[float] = field(default_factory=list)  # seconds that each acknowledgement took
    pauses: dict[str, tuple[float, float]] = field(default_factory=dict)  # channel or method -> not to be called then
    lock: threading.RLock = field(default_factory=threading.RLock)
    _ts: Any = field(default_factory=itertools.count)

    def ts(self, ago: float = 0.0) -> str:
        """A timestamp as Slack makes them, never the same twice."""
        return f"{int(time.time() - ago)}.{next(self._ts):06d}"

    def answers(self, channel: str | None = None, thread: str | None = None) -> list[Post]:
        """The app's posts that everybody in the channel sees, in order."""
        with self.lock:
            return [
                p
                for p in self.posts
                if p.seen_by is None
                and (channel is None or p.channel == channel)
                and (thread is None or p.thread == thread)
            ]

    def private(self, user: str) -> list[Post]:
        with self.lock:
            return [p for p in self.posts if p.seen_by == user]

    def trouble(self, method: str, channel: str | None) -> Trouble | None:
        """What happens to this call, if something does."""
        with self.lock:
            for trouble in self.troubles:
                if trouble.count and trouble.method in (None, method) and trouble.channel in (None, channel):
                    trouble.count -= 1
                    return trouble
        return None

    def wait(self, what: Callable[[], Any], seconds: float = 15.0) -> Any:
        """What `what` returns as soon as that is true. Fails after `seconds`."""
        deadline = time.monotonic() + seconds
        while not (found := what()):
            if time.monotonic() > deadline:
                said = [(p.channel, p.thread, p.text[:60]) for p in self.posts[-6:]]
                raise AssertionError(f"not within {seconds} s; {dict(self.calls)}; last posts {said}")
            time.sleep(0.02)
        return found

    def quiet(self, seconds: float = 1.0) -> None:
        """Wait as long as nothing may happen."""
        time.sleep(seconds)
