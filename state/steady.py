"""Whether the machine's clock can be believed when something is deleted because of its age.

A clock that jumps a year ahead makes every conversation old. Within a process a jump shows against the clock that only
counts on; when a process starts, it shows against what is in the database: it would all be due at once, or lie ahead.
After such a sight nothing is deleted by age until the clock has run evenly for a day: time for somebody, or for the
time service, to set it right. What was due is deleted then.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

logger = logging.getLogger(__name__)
JUMP = 3600.0  # seconds; summer time is none, as all times are UTC
WAIT = 24 * 3600.0  # seconds


class SteadyClock:
    """One for each process. `clock`: seconds since 1970, `counter`: seconds that only count on."""

    def __init__(self, clock: Callable[[], float] = time.time, counter: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._counter = clock, counter
        self._offset: float | None = None
        self._doubted: float | None = None

    def now(self) -> datetime:
        """The time as the machine says it."""
        return datetime.fromtimestamp(self._clock(), timezone.utc)

    def trusted(self, newest: str | None, keep: timedelta) -> bool:
        """Whether things may be deleted that were not used for `keep`. `newest`: when anything was used last, as
        state.clock.stamp writes it; None if there is nothing."""
        counter, offset = self._counter(), self._clock() - self._counter()
        if self._offset is None:
            if newest is not None and not -JUMP < self._age(newest) < keep.total_seconds():
                self._doubt(counter, "all that is kept would be due at once, or lies ahead")
        elif abs(offset - self._offset) > JUMP:
            self._doubt(counter, f"it jumped by {(offset - self._offset) / 3600:.0f} hours")
        self._offset = offset
        if self._doubted is not None and counter - self._doubted >= WAIT:
            self._doubted = None
        return self._doubted is None

    def _age(self, newest: str) -> float:
        return (self.now() - datetime.fromisoformat(newest.replace("Z", "+00:00"))).total_seconds()

    def _doubt(self, counter: float, why: str) -> None:
        self._doubted = counter
        logger.error("is the clock right? %s. Nothing is deleted because of its age for %.0f hours", why, WAIT / 3600)
