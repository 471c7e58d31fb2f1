"""Copies of a SQLite state database, made and put back while it may be in use. PostgreSQL has pg_dump for that."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from state.database import HEAD, open_state
from state.errors import StateError


def backup(url: str, target: Path) -> None:
    """Write a copy of the database, as of one moment, to `target`, readable by its owner only. An old copy of that name
    stays until the new one is whole. Raises StateError."""
    source = _file(url, "pg_dump --format=custom --file=state.dump")
    if not source.is_file():
        raise StateError(f"There is no state database {source.name} yet: nothing to back up.")
    fresh = target.with_name(f".{target.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _copy(source, fresh)
        _check(fresh)
        os.replace(fresh, target)
    except (OSError, sqlite3.Error) as error:
        fresh.unlink(missing_ok=True)
        raise StateError(
            f"The copy could not be written ({error}). Is there room, may {target.parent} be written?"
        ) from error


def restore(copy: Path, url: str, *, sure: bool) -> None:
    """Put a copy in the database's place, its schema brought up to date. Raises StateError, then nothing changed."""
    target = _file(url, "pg_restore --clean --dbname=… state.dump")
    if not copy.is_file():
        raise StateError(f"There is no file {copy}.")
    if target.is_file() and not sure:
        raise StateError("What is in the database now would be lost. Back it up, then add --yes.")
    try:
        _check(copy)
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(copy, target)
    except (OSError, sqlite3.Error) as error:
        raise StateError(f"The copy could not be put back ({error}).") from error
    open_state(url).dispose()


def _file(url: str, instead: str) -> Path:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise StateError(f"This is for a SQLite file. For PostgreSQL use its own tools: {instead}")
    return Path(parsed.database)


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _check(file: Path) -> None:
    """Raises StateError if the file is no whole state database of this version or an older one."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
            (version,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.Error, TypeError) as error:
        raise StateError(f"{file.name} is no state database ({error}).") from error
    if verdict != "ok" or version > HEAD:
        raise StateError(f"{file.name} cannot be used: {verdict if verdict != 'ok' else 'it is of a newer Waymark'}.")
