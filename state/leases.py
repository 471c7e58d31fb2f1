"""What the queues of the state database share: one process at a time takes work, for a limited time."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.engine import Connection

LOCK = 5_721_467  # PostgreSQL: of two processes that take work at one moment, one waits


def alone(connection: Connection) -> None:
    """Be the only one who takes work until the transaction ends. SQLite has only one writer in any case: it takes the
    write lock here, so that what is read afterwards is not changed by another before it is written."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
