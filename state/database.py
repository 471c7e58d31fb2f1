"""The engine of the state database, and its migrations (Alembic, in state/migrations)."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from state import postgres, writers
from state.errors import StateError, unusable

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
HEAD = "0001"  # the newest migration; a test holds it to the files
LOCK = 5_721_466  # PostgreSQL: of two processes that start together one migrates, the other waits
WAIT = 2  # seconds that a writer waits for another (SQLite)
PAUSE = 0.02  # seconds between two tries of what SQLite does not wait for
PATIENCE = 30_000  # SQLite: how many milliseconds to wait for another process that migrates
INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def open_state(url: str) -> Engine:
    """An engine for the state database at `url` (SQLite or PostgreSQL), its schema brought up to date.

    A SQLite file is created if missing, in WAL mode; a writer waits at most two seconds for another.
    Raises StateError if it cannot be opened, or was written by a newer Waymark.
    """
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
        if backend not in INSERTS:
            raise StateError(f"The state database cannot be {backend}. Use one of {', '.join(INSERTS)}.")
        if backend == "sqlite":
            if parsed.database and parsed.database != ":memory:":
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(
                url, future=True, poolclass=QueuePool, connect_args={"timeout": WAIT, "check_same_thread": False}
            )
            event.listen(engine, "connect", _prepare_sqlite)
        else:
            postgres.limit_waiting()
            engine = create_engine(url, future=True, pool_pre_ping=True, pool_timeout=2, connect_args=postgres.OPTIONS)
        _bring_up_to_date(engine)
        if backend == "sqlite" and parsed.database:
            writers.queue(engine, str(Path(parsed.database).resolve()))
    except (SQLAlchemyError, OSError) as error:
        raise unusable(error) from error
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Readers do not block the writer; the last moments may be lost in a power cut, never the file."""
    _write_ahead(connection)
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")


def _write_ahead(connection: Any) -> None:
    """SQLite itself does not wait for the lock that the change needs once: processes that start together do it here."""
    deadline = time.monotonic() + WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(PAUSE)


def version(connection: Connection) -> str | None:
    """The migration that the database is at; None for one that Alembic has not seen."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def _bring_up_to_date(engine: Engine) -> None:
    with engine.connect() as connection:
        if version(connection) == HEAD:
            return
    with engine.connect() as connection, connection.begin():
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        upgrade(connection)
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA busy_timeout={1000 * WAIT}")


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing. Raises StateError if the database is newer than this Waymark."""
    from alembic import command  # only now: a start without a migration need not load it
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StateError(
            f"The state database was written by another version of Waymark ({error}). "
            "Start the version that wrote it, or restore the backup that was made before the upgrade."
        ) from error
