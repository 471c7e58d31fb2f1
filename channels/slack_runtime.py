"""Everything of the Slack channel that runs: what is received, worked on and sent, from a start to a stop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

import aiohttp
from sqlalchemy.engine import Connection

from channels import guard, slack_clicks, slack_events, slack_home
from channels import slack_wording as said
from channels.slack_api import CallError, SlackApi
from channels.slack_inbox import Inbox
from channels.slack_jobs import in_thread
from channels.slack_send import Sender
from channels.slack_socket import Socket
from channels.slack_staff import Staff
from channels.slack_work import COMMAND, Tools, Worker
from knowledge.errors import KnowledgeError
from knowledge.query import KnowledgeBase
from observe.logs import with_fields
from settings import Settings
from state import slack_calls
from state import slack_events as stored
from state.database import open_state
from state.errors import StateError
from state.slack_calls import Call
from state.slack_events import NewEvent

logger = logging.getLogger(__name__)
REMEMBERED = timedelta(days=7)  # finished events without a conversation; Slack redelivers for about a day
HOUSEKEEPING = 3600.0  # seconds
# what deploy/slack/manifest.yml asks for; a test holds the two together
SCOPES = frozenset(
    "app_mentions:read assistant:write channels:history chat:write commands groups:history im:history".split()
)


class Runtime:
    """One per process, used within its event loop."""

    def __init__(self, config: Settings, ask: guard.Handler, knowledge: KnowledgeBase) -> None:
        self._config, self._ask, self._knowledge = config, ask, knowledge
        self._help = said.help_text(COMMAND, config.contact)
        self._tasks: list[asyncio.Task[None]] = []

    async def prepare(self) -> None:
        """Be ready to receive, before the server listens. Raises StateError if there is no state database."""
        config = self._config
        self._engine = await in_thread(lambda: open_state(config.state_url))
        self._session = aiohttp.ClientSession(trust_env=True)  # a school may have a proxy
        self._api = SlackApi(self._session, config.slack_api_url, config.slack_bot_token)
        self._sender = Sender(self._engine, self._api, self._arrived)
        self._staff = Staff(self._engine, self._api, config, self._sender.wake) if config.slack_staff_channel else None
        tools = Tools(self._engine, self._api, config, self._ask, self._staff, self._state_of_knowledge)
        self._worker = Worker(tools, self._sender.wake)
        self._inbox = Inbox(self._engine, self._worker.wake)
        self._socket: Socket | None = None
        if config.slack_app_token:
            self._socket = Socket(config.slack_app_token, config.slack_api_url, self.receive)

    async def start(self) -> None:
        """Begin to work and to send and, in Socket Mode, to receive: Rasa is there now."""
        self._sender.start()
        self._worker.start()
        if self._staff is not None:
            self._staff.start()
        if self._socket is not None:
            self._socket.start()
        self._tasks = [asyncio.ensure_future(step()) for step in (self._introduce, self._tidy)]

    async def stop(self) -> None:
        """Take nothing more; what is at work ends or is left to others."""
        for task in self._tasks:
            task.cancel()
        if self._socket is not None:
            await self._socket.stop()
        if self._staff is not None:
            await self._staff.stop()
        await self._worker.stop()
        await self._sender.stop()
        await self._session.close()
        self._engine.dispose()

    async def receive(self, kind: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """Store what Slack sent and return what goes back with the acknowledgement.

        `kind` is events_api, slash_commands or interactive. Raises StateError if it could not be stored, and ValueError
        if it is malformed.
        """
        try:
            reading = self._read(kind, payload)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            raise ValueError(f"malformed: {type(error).__name__}") from error
        if isinstance(reading, slack_events.Instant):
            return reading.body
        if isinstance(reading, NewEvent):
            logger.info("from Slack", extra=with_fields(kind=reading.kind, work=reading.id))
            await self._inbox.put(reading)
        else:
            logger.debug("ignored: %s", reading.reason)
        return {}

    def _read(self, kind: str, payload: Mapping[str, Any]) -> slack_events.Reading:
        if kind == "events_api":
            return slack_events.read_event(payload, datetime.now(timezone.utc).timestamp())
        if kind == "slash_commands":
            return slack_events.read_command(payload, self._help)
        if kind == "interactive":
            return slack_clicks.read_click(payload)
        return slack_events.Ignored(f"kind {kind}")

    def _arrived(self, connection: Connection, call: Call, result: Mapping[str, Any], known: bool) -> None:
        """What else changes when a call has reached Slack, in the same transaction."""
        if self._staff is not None:
            self._staff.arrived(connection, call, result, known)

    def _state_of_knowledge(self) -> slack_home.Knowledge | None:
        try:
            return slack_home.knowledge_of(self._knowledge.catalog.editions)
        except KnowledgeError:
            return None

    async def _introduce(self) -> None:
        """Say in the log whether the token works; what is wrong with it is said with its mend."""
        try:
            who, scopes = await self._api.who()
        except CallError as error:
            logger.error("Slack: the bot token could not be checked: %s (WAYMARK_SLACK_BOT_TOKEN)", error.reason)
        else:
            logger.info("Slack: connected to %s as @%s", who.get("team"), who.get("user"))
            missing = SCOPES - scopes if scopes else frozenset()
            if missing:
                advice = "install the app again with the manifest's scopes (docs/slack.md)"
                logger.warning("Slack: the token lacks the scopes %s; %s", ", ".join(sorted(missing)), advice)

    async def _tidy(self) -> None:
        while True:
            before = datetime.now(timezone.utc) - REMEMBERED
            try:
                await in_thread(lambda: stored.forget_done(self._engine, before))  # noqa: B023 - done before the next
                await in_thread(lambda: slack_calls.forget_done(self._engine, before))  # noqa: B023
            except StateError as error:
                logger.error("%s", error)
            await asyncio.sleep(HOUSEKEEPING)
