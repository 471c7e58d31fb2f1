"""How often somebody may ask: token buckets, in the memory of one process.

shared_limits.py counts over all replicas where there is a Redis; this is what counts without one.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

KEYS = 20_000


class Buckets:
    """At most `count` in `seconds` for each key, as a bucket that holds `count` and fills evenly.

    The `keys` used last are remembered; a key that was forgotten starts full, as does a new one.
    """

    def __init__(
        self, count: float, seconds: float = 60.0, *, keys: int = KEYS, clock: Callable[[], float] = monotonic
    ) -> None:
        self._count, self._rate = float(count), count / seconds
        self._keys, self._clock = keys, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> int:
        """Take one. 0 if there was one, else the whole seconds until there is."""
        now = self._clock()
        left, then = self._left.get(key, (self._count, now))
        left = min(self._count, left + max(0.0, now - then) * self._rate)
        wait = 0 if left >= 1 else math.ceil((1 - left) / self._rate)
        self._left[key] = (left if wait else left - 1, now)
        self._left.move_to_end(key)
        while len(self._left) > self._keys:
            self._left.popitem(last=False)
        return wait

    def __len__(self) -> int:
        return len(self._left)
