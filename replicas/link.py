"""The way to Redis: every call has a time limit, and one that fails costs nothing for a few seconds.

Redis holds nothing that must be kept. While it is away each replica goes on by itself; the log says when that begins
and when it ends.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from functools import cache
from time import monotonic
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
CALL_SECONDS = 0.5  # for one call, connecting included
PAUSE = 2.0  # seconds that Redis is left alone after it failed, so that not every turn waits for it
PREFIX = "waymark:"


class Away(Exception):
    """Redis is not configured, away, too slow, or refuses us."""


class Script:
    """A script that Redis runs as one step."""

    def __init__(self, source: str) -> None:
        self.source = source


class Link:
    """`url`: redis://… or rediss://…; "" for none, then every call raises Away. Used within one event loop."""

    def __init__(self, url: str, seconds: float = CALL_SECONDS, pause: float = PAUSE) -> None:
        self._seconds, self._pause = seconds, pause
        self._redis: Any = None
        if url:
            self._redis = Redis.from_url(url, socket_timeout=seconds, socket_connect_timeout=seconds)
        self._scripts: dict[Script, Any] = {}
        self._away, self._rest_until = False, 0.0

    @property
    def is_set(self) -> bool:
        """Whether there is a Redis at all."""
        return self._redis is not None

    @property
    def is_away(self) -> bool:
        """Whether there is a Redis, and the last call of it failed."""
        return self._away

    async def run(self, script: Script, keys: Sequence[str], *values: float | str) -> int:
        """The number that a script gives. `keys` come without the prefix. Raises Away."""
        if self._redis is None or monotonic() < self._rest_until:
            raise Away
        known = self._scripts.get(script)
        if known is None:
            known = self._scripts[script] = self._redis.register_script(script.source)
        try:
            found = await asyncio.wait_for(known(keys=[PREFIX + key for key in keys], args=values), self._seconds)
        except (RedisError, OSError, asyncio.TimeoutError) as error:
            self._failed(error)
            raise Away from error
        if self._away:
            self._away = False
            logger.warning("Redis is back: the replicas share order and limits again")
        return int(found)

    async def close(self) -> None:
        """Close the connections."""
        if self._redis is not None:
            await self._redis.close()

    def _failed(self, error: Exception) -> None:
        self._rest_until = monotonic() + self._pause
        if not self._away:
            self._away = True
            reason = " ".join(str(error).split())[:120] or "no answer in time"
            logger.error("Redis is away (%s: %s); this replica goes on by itself", type(error).__name__, reason)


@cache
def link(url: str) -> Link:
    """The link of this process to that Redis."""
    return Link(url)
