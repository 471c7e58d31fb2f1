"""The id of the request that is being worked on: from the edge through Rasa to the action, in every line of the log.

It lives in a context variable: tasks inherit it by themselves, threads if they come from `Threads`.
"""

from __future__ import annotations

import re
import secrets
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from typing import Any

HEADER = "X-Request-ID"
# what proxies make (hex, UUIDs, AWS's "1-67891233-abcdef012345678912345678"), and the ids of Slack's events
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:=-]{7,127}")
_current: ContextVar[str] = ContextVar("waymark_request_id", default="")


def new() -> str:
    """An id that nobody else has: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def is_id(text: object) -> bool:
    """Whether it may be used as an id: 8 to 128 letters, digits and . _ : = -, so that it cannot forge a log line."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def current() -> str:
    """The id of what this task or thread works on; "" outside of a request."""
    return _current.get()


def use(request_id: str) -> str:
    """Make it the id of what this task does from now on, and of the tasks it starts."""
    _current.set(request_id)
    return request_id


class Threads(ThreadPoolExecutor):
    """Threads that work under the id of who gave them the work. The event loop's own executor loses it."""

    def submit(self, fn: Any, /, *arguments: Any, **more: Any) -> Future[Any]:
        return super().submit(copy_context().run, fn, *arguments, **more)
