"""Writers of one SQLite file take turns within a process.

SQLite lets one connection write at a time. A second one asks again and again, with pauses that grow from one to a
hundred milliseconds, while the first needs one: under load a fifth of a turn's time went there. So the threads of a
process wait for each other here, and one of them only asks SQLite itself.
"""

from __future__ import annotations

import threading
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from state.errors import StateError

SECONDS = 2.0  # as long as SQLite itself waits for another process
BUSY = "The state database is busy: others have been writing to it for two seconds."
_locks: dict[str, threading.Lock] = {}
_thread = threading.local()


def queue(engine: Engine, file: str) -> None:
    """Let every transaction on `engine` that writes wait for its turn at `file`; `release` ends it."""
    lock = _locks.setdefault(file, threading.Lock())

    def before(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if getattr(_thread, "lock", None) is None and not statement.startswith("SELECT"):
            if not lock.acquire(timeout=SECONDS):
                raise StateError(BUSY)
            _thread.lock = lock

    event.listen(engine, "before_cursor_execute", before)


def release() -> None:
    """To be called after a transaction of this thread has ended, however it did."""
    lock = getattr(_thread, "lock", None)
    if lock is not None:
        _thread.lock = None
        lock.release()
