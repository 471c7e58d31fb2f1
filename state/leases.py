"""What the queues of the state database share: one process at a time takes work, for a limited time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import or_, text
from sqlalchemy.engine import Connection

from state.clock import stamp

LOCK = 5_721_467  # PostgreSQL: of two processes that take work at one moment, one waits


LONGEST = 2 * 3600.0  # seconds; no lease and no pause is longer


def over(until: Any, now: datetime | None = None) -> Any:
    """The condition that a lease or a pause (the column `until`) is over. One that ends too far ahead is over as well:
    it was made by a clock that has been set back since, and would last until that time comes again."""
    return or_(until <= stamp(now), until > stamp(now, plus=LONGEST))


def alone(connection: Connection) -> None:
    """Be the only one who takes work until the transaction ends. SQLite has only one writer in any case: it takes the
    write lock here, so that what is read afterwards is not changed by another before it is written."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
