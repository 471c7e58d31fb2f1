"""A loop that takes work from the state database and does some of it at a time."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

from observe.logs import place
from observe.request_ids import Threads
from state.errors import StateError

logger = logging.getLogger(__name__)
POLL = 0.5  # seconds between two looks: other processes leave work too, and leases end
REST = 1.0  # seconds that the database is left alone after it failed
PATIENCE = 2.0  # seconds that running work gets when we stop
# few: SQLite has one writer at a time in any case, and threads that wait for each other only cost time
_threads = Threads(max_workers=2, thread_name_prefix="slack-state")
Job = TypeVar("Job")
Result = TypeVar("Result")


async def in_thread(work: Callable[[], Result]) -> Result:
    """The result of `work`, which waits for the database, off the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_threads, work)


class Jobs(ABC, Generic[Job]):
    """Takes jobs and works on at most `at_once` of them."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._running: dict[asyncio.Task[None], Job] = {}
        self._wake: asyncio.Event | None = None
        self._loop: asyncio.Task[None] | None = None
        self._stopping = False

    @abstractmethod
    def take(self, limit: int) -> list[Job]:
        """At most `limit` jobs that are ours now; called in a thread. Raises StateError."""

    @abstractmethod
    async def work(self, job: Job) -> None:
        """Do one job."""

    @abstractmethod
    def give_back(self, jobs: list[Job]) -> None:
        """Called in a thread when we stop, with the jobs that were broken off. Raises StateError."""

    async def in_thread(self, work: Callable[[], Result]) -> Result:
        return await in_thread(work)

    def start(self) -> None:
        """Begin; within an event loop."""
        self._wake = asyncio.Event()
        self._loop = asyncio.ensure_future(self._run())

    def wake(self) -> None:
        """There may be work."""
        if self._wake is not None:
            self._wake.set()

    async def stop(self) -> None:
        """Take nothing more, let what runs end for a short time, give the rest back."""
        if self._loop is None:
            return
        self._stopping = True
        self.wake()
        await self._loop
        left: set[asyncio.Task[None]] = set()
        if self._running:
            _, left = await asyncio.wait(set(self._running), timeout=PATIENCE)
        broken = [self._running[task] for task in left]
        for task in left:
            task.cancel()
        if broken:
            with suppress(StateError):
                await in_thread(lambda: self.give_back(broken))

    async def _run(self) -> None:
        assert self._wake is not None
        while not self._stopping:
            self._wake.clear()
            free, taken = self._at_once - len(self._running), 0
            if free > 0:
                taken = await self._take(free)
            if not taken:
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), POLL)

    async def _take(self, free: int) -> int:
        try:
            jobs = await in_thread(lambda: self.take(free))
        except StateError as error:
            logger.error("%s", error)
            await asyncio.sleep(REST)
            return 0
        for job in jobs:
            task = asyncio.ensure_future(self._guarded(job))
            self._running[task] = job
            task.add_done_callback(self._ended)
        return len(jobs)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)
        self.wake()

    async def _guarded(self, job: Job) -> None:
        """What goes wrong with one job must not end the loop; its lease ends, and it is tried again."""
        try:
            await self.work(job)
        except StateError as error:
            logger.error("%s", error)
        except Exception as error:  # noqa: BLE001
            logger.error("a job could not be done: %s", place(error))
