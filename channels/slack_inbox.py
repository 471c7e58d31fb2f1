"""Stores what Slack sent before it is acknowledged: everything that came at one moment in one transaction."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from sqlalchemy.engine import Engine

from channels.slack_endings import CARD
from channels.slack_jobs import in_thread
from state.errors import StateError
from state.slack_events import NewEvent, before_its_thread, receive

CARD_SECONDS = 1.0  # what staff wrote below a card waits for the card to be known here
SECONDS = 2.5  # Slack waits for three
AT_ONCE = 200
PAUSE = 0.05


class Inbox:
    """`stored` is called after something new was stored."""

    def __init__(self, engine: Engine, stored: Callable[[], None]) -> None:
        self._engine, self._stored = engine, stored
        self._waiting: list[tuple[NewEvent, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def put(self, event: NewEvent) -> None:
        """Returns when the event is stored, or was before. Raises StateError if it is not: do not acknowledge it."""
        until = time.monotonic() + SECONDS
        await self._after_its_card(event)
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((event, future))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.ensure_future(self._write())
        try:
            await asyncio.wait_for(future, until - time.monotonic())
        except asyncio.TimeoutError:
            raise StateError("The state database takes too long; Slack is asked to send the event again.") from None

    async def _after_its_card(self, event: NewEvent) -> None:
        """Returns when no card is being posted below which the event may stand. Raises StateError."""
        if event.thread is None:
            return
        until = time.monotonic() + CARD_SECONDS
        while await in_thread(lambda: before_its_thread(self._engine, event, f"{CARD}:")):
            if time.monotonic() > until:
                raise StateError("A card is on its way to Slack; Slack is asked to send the event again.")
            await asyncio.sleep(PAUSE)

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
            events = [event for event, _ in batch]
            failure = await self._store(events)
            for _, future in batch:
                if future.done():
                    continue
                if failure is None:
                    future.set_result(None)
                else:
                    future.set_exception(failure)

    async def _store(self, events: list[NewEvent]) -> StateError | None:
        """None, or why they could not be stored; tried as long as Slack waits: SQLite may just be busy."""
        until = time.monotonic() + SECONDS
        while True:
            try:
                if await in_thread(lambda: receive(self._engine, events)):
                    self._stored()
                return None
            except StateError as error:
                if time.monotonic() > until - PAUSE:
                    return error
                await asyncio.sleep(PAUSE)
