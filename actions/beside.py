"""An action server in a process of its own, beside the actions in Rasa's: it takes the calls of a crowd.

Python runs one thread of a process at a time, so a second process is what puts a second core to use. A call that comes
alone is answered faster in Rasa's own process, where nothing is written as JSON and read again.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from time import monotonic
from typing import Any

import aiohttp

from observe import request_ids

logger = logging.getLogger(__name__)
SECONDS = 1.5  # for one call: it can still be answered in Rasa's process before the student is told to try again
AT_ONCE = 32  # calls; what is more would only wait there
PAUSE = 5.0  # seconds that a server which failed is not asked again
KEPT = 10.0  # seconds that an unused connection stays open: fewer than the server keeps it


class Beside:
    """`url`: where the action server takes calls; `headers`: what each call shows, such as the shared secret."""

    def __init__(self, url: str, headers: Mapping[str, str], seconds: float = SECONDS) -> None:
        self.url = url
        self._headers = {"Content-Type": "application/json", **headers}
        self._limit = aiohttp.ClientTimeout(total=seconds)
        self._session: aiohttp.ClientSession | None = None
        self._rest_until = 0.0
        self._asked = 0

    async def ask(self, call: Any) -> dict[str, Any] | None:
        """The reply to a call as Rasa writes it; None if there is none, and then the caller answers it itself."""
        if monotonic() < self._rest_until or self._asked >= AT_ONCE:
            return None
        self._asked += 1
        try:
            return await self._ask(call)
        finally:
            self._asked -= 1

    async def _ask(self, call: Any) -> dict[str, Any] | None:
        headers = {**self._headers, request_ids.HEADER: request_ids.current() or request_ids.new()}
        try:
            async with self._connected().post(self.url, data=json.dumps(call), headers=headers) as reply:
                if reply.status == 200:
                    found: dict[str, Any] = await reply.json()
                    return found
                why = f"status {reply.status}"
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            why = type(error).__name__
        self._rest_until = monotonic() + PAUSE
        logger.error("the action server beside Rasa gave no answer (%s): Rasa's process answers for %.0f s", why, PAUSE)
        return None

    def _connected(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=KEPT)
            self._session = aiohttp.ClientSession(connector=connector, timeout=self._limit)
        return self._session
