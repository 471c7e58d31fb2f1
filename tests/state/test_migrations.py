"""The state database: its migrations make what the tables say, keep what version 0.1.0 wrote, and run once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from state.database import HEAD, MIGRATIONS, open_state, version
from state.errors import StateError
from state.gaps import list_gaps
from state.models import metadata

OLD_GAP = """CREATE TABLE gap (id {key}, topic VARCHAR NOT NULL, occupation VARCHAR NOT NULL, place VARCHAR NOT NULL,
  credential VARCHAR NOT NULL, detail VARCHAR NOT NULL, question_text TEXT, count INTEGER NOT NULL,
  first_seen VARCHAR NOT NULL, last_seen VARCHAR NOT NULL,
  CONSTRAINT gap_key UNIQUE (topic, occupation, place, credential, detail))"""
OLD_ROW = """INSERT INTO gap (topic, occupation, place, credential, detail, question_text, count, first_seen, last_seen)
  VALUES ('pay', '', 'US-OH', '', '', 'how much', 3, '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z')"""
START = "import sys; from state.database import open_state; open_state(sys.argv[1])"


def _ours(_item: Any, name: str, *_more: Any) -> bool:
    return name != "sqlite_sequence"  # SQLite's own


def test_migrations_make_the_tables_of_the_code(database_url: str) -> None:
    engine = open_state(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _ours})
        assert compare_metadata(context, metadata) == []
        assert version(connection) == HEAD
    engine.dispose()


def test_the_head_is_the_newest_migration() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_gaps_of_the_first_version_are_taken_over(database_url: str) -> None:
    if database_url.startswith("sqlite"):
        Path(database_url.removeprefix("sqlite:///")).parent.mkdir()
    engine = create_engine(database_url, future=True)
    key = "SERIAL PRIMARY KEY" if engine.dialect.name == "postgresql" else "INTEGER NOT NULL PRIMARY KEY"
    with engine.begin() as connection:
        connection.execute(text(OLD_GAP.format(key=key)))
        connection.execute(text(OLD_ROW))
    engine.dispose()
    state = open_state(database_url)
    (found,) = list_gaps(state)
    assert (found.gap.topic, found.gap.place, found.count, found.gap.question_text) == ("pay", "US-OH", 3, "how much")
    with state.begin() as connection:  # the next id is free
        connection.execute(
            text(OLD_ROW.replace("question_text, ", "").replace("'how much', ", "").replace("US-OH", "US"))
        )
    assert len(list_gaps(state)) == 2
    state.dispose()


def test_processes_that_start_together_migrate_once(database_url: str) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", START, database_url], stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert [(one.wait(60), one.stderr.read() if one.stderr else "") for one in started] == [(0, "")] * 4


def test_a_database_of_a_newer_version_is_refused_and_kept(database_url: str) -> None:
    engine = open_state(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StateError, match="another version of Waymark"):
        open_state(database_url)
    assert inspect(engine).has_table("conversation")
    engine.dispose()
