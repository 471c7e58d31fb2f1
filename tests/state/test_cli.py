"""The operator's commands, run as an operator runs them."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from settings import ROOT
from state import backups, handoffs, messages
from state.conversations import exists, forget, touch, transaction
from state.database import open_state
from state.errors import StateError


def state(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "WAYMARK_STATE_URL": url, "WAYMARK_KEEP_DAYS": "7"}
    return subprocess.run(
        [sys.executable, "-m", "state", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def begin(url: str, name: str, days_ago: float = 0, said: str = "hello") -> None:
    moment = datetime.now(timezone.utc) - timedelta(days=days_ago)
    engine = open_state(url)
    with transaction(engine) as connection:
        touch(connection, name, "web", moment)
        if said:
            messages.add(connection, name, "user", said, now=moment)
    engine.dispose()


def known(url: str, *names: str) -> list[str]:
    engine = open_state(url)
    with transaction(engine) as connection:
        found = [name for name in names if exists(connection, name)]
    engine.dispose()
    return found


def test_old_conversations_expire_and_others_stay(database_url: str) -> None:
    begin(database_url, "web-old", 8)
    begin(database_url, "web-young", 6)
    begin(database_url, "web-empty", 2, said="")
    begin(database_url, "web-just-opened", 0, said="")
    done = state(database_url, "expire")
    assert (done.returncode, done.stdout) == (0, "2 conversations deleted\n")
    assert known(database_url, "web-old", "web-young", "web-empty", "web-just-opened") == [
        "web-young",
        "web-just-opened",
    ]
    assert state(database_url, "expire", "--days", "5").stdout == "1 conversations deleted\n"
    assert state(database_url, "expire", "--days", "0").returncode == 2


def test_one_conversation_can_be_shown_and_deleted(database_url: str) -> None:
    begin(database_url, "web-a1", said="Zoë asks")
    begin(database_url, "web-b2", said="other")
    shown = state(database_url, "export", "a1")
    assert [one["text"] for one in json.loads(shown.stdout)["messages"]] == ["Zoë asks"]
    assert state(database_url, "delete", "a1").returncode == 0
    assert known(database_url, "web-a1", "web-b2") == ["web-b2"]
    for command in ("export", "delete"):
        gone = state(database_url, command, "a1")
        assert (gone.returncode, gone.stderr) == (1, "state: there is no such conversation\n")


def test_it_shows_how_much_is_kept_but_no_words_and_no_password(database_url: str) -> None:
    begin(database_url, "web-a", said="very private")
    engine = open_state(database_url)
    with transaction(engine) as connection:
        handoffs.open_(connection, "web-a", via="email", email="sam@example.edu")
    engine.dispose()
    shown = state(database_url, "show").stdout
    assert "1 conversation\n" in shown
    assert "1 message\n" in shown
    assert "1 for a person" in shown
    assert "private" not in shown
    assert "sam@" not in shown


def test_a_password_is_not_shown() -> None:
    done = state("postgresql://waymark:hunter2@127.0.0.1:1/none", "show")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "hunter2" not in done.stdout + done.stderr


def test_a_backup_brings_everything_back(tmp_path: Path) -> None:
    url, copy = f"sqlite:///{tmp_path / 'state.sqlite'}", tmp_path / "copy.sqlite"
    begin(url, "web-a")
    assert state(url, "backup", str(copy)).returncode == 0
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    engine = open_state(url)
    forget(engine, "web-a")
    engine.dispose()
    begin(url, "web-b")
    refused = state(url, "restore", str(copy))
    assert refused.returncode == 1
    assert "--yes" in refused.stderr
    assert known(url, "web-a", "web-b") == ["web-b"]
    assert state(url, "restore", str(copy), "--yes").returncode == 0
    assert known(url, "web-a", "web-b") == ["web-a"]


def test_a_backup_is_whole_while_the_database_is_written(tmp_path: Path) -> None:
    """Every copy holds a state between two transactions: two rows that are written together are both there or not."""
    url, copy = f"sqlite:///{tmp_path / 'state.sqlite'}", tmp_path / "copy.sqlite"
    engine, done = open_state(url), threading.Event()

    def write() -> None:
        number = 0
        while not done.is_set():
            number += 1
            with transaction(engine) as connection:
                touch(connection, f"web-{number}", "web")
                messages.add(connection, f"web-{number}", "user", "x" * 500)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(5):
            backups.backup(url, copy)
            with closing(sqlite3.connect(copy)) as database:
                (begun,), (said,) = (
                    database.execute(f"SELECT count(*) FROM {table}").fetchone()
                    for table in ("conversation", "message")
                )
            assert begun == said
    finally:
        done.set()
        writer.join()
        engine.dispose()


def test_what_is_no_backup_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'state.sqlite'}"
    begin(url, "web-a")
    text, empty, newer = tmp_path / "notes.txt", tmp_path / "empty.sqlite", tmp_path / "newer.sqlite"
    text.write_text("not a database")
    sqlite3.connect(empty).close()
    empty.touch()
    backups.backup(url, newer)
    with closing(sqlite3.connect(newer)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    for copy in (text, empty, newer, tmp_path / "missing"):
        with pytest.raises(StateError):
            backups.restore(copy, url, sure=True)
    assert known(url, "web-a") == ["web-a"]


def test_postgresql_is_referred_to_its_own_tools() -> None:
    for command in (["backup", "x"], ["restore", "x"]):
        assert "pg_" in state("postgresql://waymark@/x", *command).stderr


def test_a_backup_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    url, copy = f"sqlite:///{tmp_path / 'state.sqlite'}", tmp_path / "folder"
    begin(url, "web-a")
    copy.mkdir()
    with pytest.raises(StateError):
        backups.backup(url, copy)
    assert copy.is_dir()
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".new")] == []
    with pytest.raises(StateError, match="nothing to back up"):
        backups.backup(f"sqlite:///{tmp_path / 'none.sqlite'}", tmp_path / "copy")
