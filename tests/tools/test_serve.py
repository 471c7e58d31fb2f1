"""What containers and services start: one process in the foreground, or one line that says what is wrong."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tools.environment import PYTHON, ROOT
from tools.servers import free_ports


def serve(*what: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [str(PYTHON), "-m", "tools.serve", *what]
    given = {**os.environ, **env}
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=30, check=False)


@pytest.mark.parametrize("what", [(), ("all",), ("rasa", "actions"), ("check",), ("check", "redis")])
def test_what_it_does_not_know_is_one_line_that_names_what_it_does(what: tuple[str, ...]) -> None:
    done = serve(*what)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert "rasa|actions|migrate|check" in done.stderr


def test_a_check_fails_if_nothing_answers() -> None:
    (port,) = free_ports(1)
    assert serve("check", "rasa", WAYMARK_RASA_PORT=str(port)).returncode == 1
    assert serve("check", "actions", WAYMARK_ACTIONS_PORT=str(port)).returncode == 1


def test_a_migration_makes_the_database_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite"
    done = serve("migrate", WAYMARK_STATE_URL=f"sqlite:///{file}")
    assert (done.returncode, file.is_file()) == (0, True)
    assert serve("migrate", WAYMARK_STATE_URL="mysql://x/y").returncode == 1


def test_a_wrong_setting_stops_it_before_anything_starts() -> None:
    done = serve("rasa", WAYMARK_REDIS_URL="redis.example.edu", WAYMARK_SECRET="x" * 40)
    assert done.returncode == 1
    assert "WAYMARK_REDIS_URL" in done.stderr
