"""The assistant that the fault tests break, and where they write their figures."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from knowledge.database import sqlite_path
from settings import load
from tests.faults.school import School, Visitor, school
from tests.slack_stand_in.running import slack_environment
from tests.slack_stand_in.server import SlackServer, slack_server
from tools.prepare import ensure_knowledge

Record = Callable[..., None]


@pytest.fixture(scope="session")
def figures() -> Iterator[dict[str, Any]]:
    """What the tests measured, by fault. Written to the file WAYMARK_FAULTS_RECORD, beside what is there, if it is
    set; tests.faults.table makes the table of docs/faults.md of it."""
    found: dict[str, Any] = {}
    yield found
    file = os.environ.get("WAYMARK_FAULTS_RECORD")
    if file and found:
        known = json.loads(Path(file).read_text(encoding="utf-8")) if os.path.isfile(file) else {}
        Path(file).write_text(json.dumps({**known, **found}, indent=1, sort_keys=True) + "\n", encoding="utf-8")


@pytest.fixture
def record(figures: dict[str, Any], request: pytest.FixtureRequest) -> Record:
    """`record("what is broken", lost=0, recovery=0.3)`: a figure of this test."""

    def note(fault: str, **values: Any) -> None:
        rounded = {key: round(value, 2) if isinstance(value, float) else value for key, value in values.items()}
        figures[fault] = {**rounded, "test": request.node.nodeid.removeprefix("tests/faults/").split("[")[0]}
        print(f"{fault}: {rounded}")

    return note


@pytest.fixture(scope="session")
def slack() -> Iterator[SlackServer]:
    with slack_server() as server:
        yield server


@pytest.fixture(scope="session")
def one(tmp_path_factory: pytest.TempPathFactory, slack: SlackServer) -> Iterator[School]:
    """One process with SQLite and Slack, as `make run` starts it, with knowledge that may be broken. A test leaves it
    working."""
    ensure_knowledge()
    folder = tmp_path_factory.mktemp("faults")
    known = sqlite_path(load({}).knowledge_url)
    assert known is not None
    url = f"sqlite:///{shutil.copy(known, folder / 'knowledge.sqlite')}"
    with school(folder, WAYMARK_KNOWLEDGE_URL=url, **slack_environment(slack)) as started:
        yield started


@pytest.fixture
def visitor(one: School) -> Visitor:
    return Visitor(one).open()


def full() -> bool:
    """WAYMARK_FAULTS_FULL=1: as large as docs/faults.md says, which takes the better part of an hour."""
    return os.environ.get("WAYMARK_FAULTS_FULL", "") not in ("", "0")
