"""Engines for the knowledge database, and its atomic replacement when it is a SQLite file."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Iterator

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool

from knowledge.errors import KnowledgeError
from knowledge.models import Base
from knowledge.seal import seal
from state import postgres


def sqlite_path(url: str) -> Path | None:
    """The file of a SQLite url; None for another backend or for an in-memory database."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return None
    return Path(parsed.database)


def open_engine(url: str, *, read_only: bool = False) -> Engine:
    """An engine in 2.0 style. A read-only SQLite file is opened as such: no lock, no write, no new file."""
    path = sqlite_path(url)
    if path is not None and read_only:
        location = path.resolve().as_uri().removeprefix("file://")
        url = f"sqlite:///file:{location}?mode=ro&uri=true"
        return create_engine(
            url, future=True, poolclass=QueuePool, connect_args={"check_same_thread": False, "timeout": 1}
        )
    options: dict[str, Any] = {}
    if make_url(url).get_backend_name() == "postgresql":
        options = {"pool_pre_ping": True, "connect_args": {"connect_timeout": 2}}
        if read_only:  # a build may take as long as it needs
            postgres.limit_waiting()
            options["connect_args"] = postgres.OPTIONS
    engine = create_engine(url, future=True, **options)
    if path is not None:
        event.listen(engine, "connect", _fast_build)
    return engine


def _fast_build(connection: Any, _record: Any) -> None:
    """A build is thrown away if it fails, so it need not be safe against a crash while it runs."""
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")


@contextmanager
def rebuild(url: str) -> Iterator[Connection]:
    """A connection to an empty schema that replaces the old knowledge only when the block succeeds.

    SQLite: a new file beside the old one, moved over it at the end. PostgreSQL: one transaction that builds in a
    schema of its own and moves its tables over at the end, so that readers are locked out for a moment only.
    Raises KnowledgeError if there is no room or no right to write.
    """
    path = sqlite_path(url)
    if path is None:
        engine = open_engine(url)
        try:
            with engine.begin() as connection:
                yield from _rebuild_in_transaction(connection)
        finally:
            engine.dispose()
        return
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    engine = open_engine(f"sqlite:///{fresh}")
    held = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path)
        held = _hold(fresh)
        with engine.begin() as connection:
            Base.metadata.create_all(connection)
            yield connection
        engine.dispose()
        seal(fresh)
        os.replace(fresh, path)
    except (OSError, OperationalError) as error:
        cause = error.orig if isinstance(error, OperationalError) else error.strerror
        raise KnowledgeError(
            f"{path}: the knowledge database could not be written ({cause}). "
            "Make room or give the right to write there, then run the build again; the old one is untouched."
        ) from error
    finally:
        engine.dispose()
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        if held is not None:
            os.close(held)


def _rebuild_in_transaction(connection: Connection) -> Iterator[Connection]:
    if connection.dialect.name != "postgresql":
        Base.metadata.drop_all(connection)
        Base.metadata.create_all(connection)
        yield connection
        return
    connection.execute(text("CREATE SCHEMA waymark_build"))
    connection.execute(text("SET LOCAL search_path TO waymark_build"))
    Base.metadata.create_all(connection)
    yield connection
    connection.execute(text("SET LOCAL search_path TO DEFAULT"))
    Base.metadata.drop_all(connection)
    schema = connection.execute(text("SELECT current_schema()")).scalar()
    for table in Base.metadata.sorted_tables:
        connection.execute(text(f'ALTER TABLE waymark_build."{table.name}" SET SCHEMA "{schema}"'))
    connection.execute(text("DROP SCHEMA waymark_build"))


def _hold(fresh: Path) -> int:
    """Create the file and mark it as one that is being built; the mark goes with the process."""
    file = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o644)
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


def _sweep(path: Path) -> None:
    """Remove what killed builds have left: each is as large as the database."""
    for left in path.parent.glob(f".{path.name}.*.new"):
        with suppress(OSError), open(left, "rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # an OSError if somebody is building it
            left.unlink(missing_ok=True)
