"""What the web channel does by itself: forget what is old, tell staff by e-mail, end what nobody took up.

Every replica runs it; what must happen once is claimed in the state database.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import settings
from channels import handoff_mail, person
from channels.problems import Problem
from channels.turns import State
from observe import metrics
from observe.logs import place
from state import conversations
from state.steady import SteadyClock

logger = logging.getLogger(__name__)
FORGET_SECONDS = 3600.0
OVERDUE_SECONDS = 300.0
MAIL_SECONDS = 20.0


class Background:
    """The tasks of one process."""

    def __init__(self, state: State, config: settings.Settings, clock: SteadyClock | None = None) -> None:
        self._clock = clock or SteadyClock()
        self._state, self._config = state, config
        self._tasks: list[asyncio.Task[None]] = []
        self._wake: asyncio.Event | None = None

    def start(self) -> None:
        """Begin; needs a running loop."""
        self._wake = asyncio.Event()
        jobs: list[tuple[Callable[[], Awaitable[object]], float]] = [
            (self.forget, FORGET_SECONDS),
            (self.end_overdue, OVERDUE_SECONDS),
        ]
        if self._config.handoff_email:
            jobs.append((self.mail, MAIL_SECONDS))
        self._tasks = [asyncio.ensure_future(self._repeat(job, seconds)) for job, seconds in jobs]

    async def stop(self) -> None:
        """End, in the middle if need be: everything is claimed for a time only."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def look(self) -> None:
        """There may be somebody to tell now."""
        if self._wake is not None:
            self._wake.set()

    async def forget(self) -> int:
        """Delete the conversations that nobody used for as long as they are kept."""
        now, keep = self._clock.now(), timedelta(days=self._config.keep_days)
        before = now - keep
        engine = self._state.engine
        if not await self._trusted(keep):
            return 0
        await self._state.run(lambda c: conversations.settle_future(c, now))
        count = await self._state.call(lambda: conversations.forget_idle(engine, before))
        count += await self._state.call(lambda: conversations.forget_empty(engine, now - timedelta(days=1)))
        if count:
            logger.info("%d conversations were deleted because of their age", count)
        return count

    async def end_overdue(self) -> int:
        """Give the bot back to students to whom nobody came."""
        if not await self._trusted(timedelta(days=self._config.keep_days)):
            return 0
        before = self._clock.now() - timedelta(hours=self._config.handoff_hours)
        return await self._state.run(lambda c: person.end_overdue(c, before, self._config.contact))

    async def _trusted(self, keep: timedelta) -> bool:
        """Whether the clock can be believed (state/steady.py)."""
        newest = await self._state.run(conversations.newest)
        return self._clock.trusted(newest, keep)

    async def mail(self) -> int:
        """Tell staff of all who wait for an e-mail."""
        return await handoff_mail.deliver(self._state, self._config)

    async def _repeat(self, job: Callable[[], Awaitable[object]], seconds: float) -> None:
        name = getattr(job, "__name__", "job")
        while True:
            try:
                await job()
                metrics.TASK_SUCCESS.labels(name).set_to_current_time()
            except Problem:
                metrics.TASK_FAILURES.labels(name).inc()
                logger.error("the state database is away; what is due is done later")
            except Exception as error:  # noqa: BLE001 - one failure must not end the job for good
                metrics.TASK_FAILURES.labels(name).inc()
                logger.error("a background job failed: %s", place(error))
            if job == self.mail and self._wake is not None:
                self._wake.clear()
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), seconds)
            else:
                await asyncio.sleep(seconds)
