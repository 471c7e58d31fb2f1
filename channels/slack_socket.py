"""Socket Mode: Slack's events over a connection that we open, for schools without a public address."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

logger = logging.getLogger(__name__)
# slack_sdk logs whole messages at DEBUG and connection troubles with their traces
library = logging.getLogger("waymark.slack_sdk")
library.setLevel(logging.WARNING)
SECONDS = 10
# takes (kind, payload) and returns what is sent back with the acknowledgement; raises if it must not be acknowledged
Receive = Callable[[str, Mapping[str, Any]], Awaitable[Mapping[str, Any]]]


class Socket:
    """One connection, renewed by slack_sdk whenever Slack ends it or it falls silent."""

    def __init__(self, app_token: str, api_url: str, receive: Receive) -> None:
        self._app_token, self._api_url, self._receive = app_token, api_url, receive
        self._client: SocketModeClient | None = None
        self._connecting: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Connect in the background; within an event loop. Goes on trying until it succeeds."""
        web = AsyncWebClient(base_url=self._api_url, timeout=SECONDS, logger=library)
        self._client = SocketModeClient(self._app_token, logger=library, web_client=web, ping_interval=5)
        self._client.socket_mode_request_listeners.append(self._arrived)
        self._connecting = asyncio.ensure_future(self._client.connect())  # type: ignore[no-untyped-call]

    async def stop(self) -> None:
        """Disconnect. What was not acknowledged Slack sends again."""
        if self._client is None:
            return
        if self._connecting is not None:
            self._connecting.cancel()
        with suppress(Exception):  # a connection that is broken already
            await self._client.close()  # type: ignore[no-untyped-call]

    async def _arrived(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        try:
            reply = await self._receive(request.type, request.payload)
        except Exception as error:  # noqa: BLE001 - not acknowledged: Slack sends it again
            logger.error("not acknowledged (%s): %s", request.type, type(error).__name__)
            return
        response = SocketModeResponse(request.envelope_id, dict(reply) or None)
        with suppress(ConnectionError, RuntimeError):  # closed meanwhile: Slack sends it again, and it is known
            await client.send_socket_mode_response(response)
