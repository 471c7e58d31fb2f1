"""Work on the state database for coroutines: in threads of its own, and waited for only so long.

A database that hangs (a stopped server, a dead network) holds a thread for seconds. So that it does not hold all of
them, and with them everything else, nothing more is begun while several do not come back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

from state.errors import StateError

COUNT = 8  # threads; the pool of connections has fifteen
SECONDS = 3.0  # above the two seconds that SQLite waits for a lock, and what PostgreSQL needs for a new connection
HUNG = 4  # so many that do not come back mean that none will
TOO_LONG = "The state database does not answer. Is its server running, and is there a way to it?"
Result = TypeVar("Result")


class Threads:
    """One for each part of the program that uses the database, so that one does not wait for another."""

    def __init__(self, count: int = COUNT, hung: int = HUNG) -> None:
        self._pool = ThreadPoolExecutor(max_workers=count, thread_name_prefix="state")
        self._hung = hung
        self._overdue: set[Future[Any]] = set()

    async def run(self, work: Callable[[], Result], seconds: float = SECONDS) -> Result:
        """The result of `work`. Raises what it raises, and StateError if it takes longer than `seconds`, or at once
        while others have taken longer. The work itself is not broken off: it ends by its own time limits."""
        if len(self._overdue) >= self._hung:
            raise StateError(TOO_LONG)
        future = self._pool.submit(copy_context().run, work)  # the request's id goes along
        try:
            return await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(future)), seconds)
        except asyncio.TimeoutError:
            if not future.cancel():
                self._overdue.add(future)
                future.add_done_callback(self._overdue.discard)
            raise StateError(TOO_LONG) from None
