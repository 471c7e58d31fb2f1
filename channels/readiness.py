"""Whether what an answer needs works: the model, the knowledge, the state database, Redis, the actions.

Each check has a time limit of its own and cannot hold up the others or the server: it runs in a thread, and one that
hangs is not started a second time.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from time import monotonic
from typing import Any

from observe import metrics
from observe.logs import place, with_fields
from observe.request_ids import Threads

logger = logging.getLogger(__name__)
SECONDS = 2.0  # a check's time limit
FRESH = 1.0  # seconds that a result is used again
OK, UNAVAILABLE, TIMEOUT = "ok", "unavailable", "timeout"
# without the actions a replica says politely that it cannot answer, without Redis it keeps order by itself: both are
# better than no replica at all, which is what a proxy would make of "not ready"
OPTIONAL = frozenset(("actions", "redis"))


class Checks:
    """The checks of one process by name. A check returns if all is well and raises if not."""

    def __init__(self, checks: Mapping[str, Callable[[], object]], seconds: float = SECONDS) -> None:
        self._checks, self._seconds = dict(checks), seconds
        self._threads = Threads(max_workers=max(1, len(checks)), thread_name_prefix="check")
        self._running: dict[str, Future[Any]] = {}
        self._found: dict[str, str] = {}
        self._until = 0.0
        self._lock: asyncio.Lock | None = None

    async def run(self) -> Mapping[str, str]:
        """Each check's outcome: "ok", "unavailable" or "timeout"."""
        if self._lock is None:
            self._lock = asyncio.Lock()
        async with self._lock:
            if monotonic() >= self._until:
                outcomes = await asyncio.gather(*(self._one(name) for name in self._checks))
                for name, outcome in zip(self._checks, outcomes):
                    metrics.CHECK_UP.labels(name).set(outcome == OK)
                    before = self._found.get(name, OK)
                    if outcome != before:
                        level = logging.INFO if outcome == OK else logging.ERROR
                        logger.log(level, "check", extra=with_fields(check=name, outcome=outcome, before=before))
                self._found = dict(zip(self._checks, outcomes))
                self._until = monotonic() + FRESH
        return self._found

    async def _one(self, name: str) -> str:
        running = self._running.get(name)
        if running is None or running.done():
            running = self._running[name] = self._threads.submit(self._checks[name])
        try:
            await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(running)), self._seconds)
        except asyncio.TimeoutError:
            return TIMEOUT
        except Exception as error:  # noqa: BLE001 - whatever it is: not ready
            logger.debug("%s: %s", name, place(error))
            return UNAVAILABLE
        return OK


def is_ready(found: Mapping[str, str]) -> bool:
    """Whether this process should get requests."""
    return all(outcome == OK for name, outcome in found.items() if name not in OPTIONAL)
