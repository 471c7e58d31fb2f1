"""What the channel does by itself: it forgets in time, and a failure does not end it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import Engine

import settings
from channels import background
from channels.background import Background
from channels.turns import State
from state import handoffs, messages
from state.conversations import exists, spoken_by, touch, transaction
from state.database import open_state
from state.errors import StateError

NOW = datetime.now(timezone.utc)
CONFIG = {"WAYMARK_KEEP_DAYS": "7", "WAYMARK_HANDOFF_HOURS": "2", "WAYMARK_CONTACT": "room 12"}


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_state(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def work(engine: Engine) -> Background:
    return Background(State(engine), settings.load(CONFIG))


def begin(engine: Engine, name: str, age: timedelta, *, said: bool = True) -> None:
    with transaction(engine) as connection:
        touch(connection, name, "web", NOW - age)
        if said:
            messages.add(connection, name, "user", "hello", now=NOW - age)


def left(engine: Engine) -> list[str]:
    with transaction(engine) as connection:
        return [name for name in ("web-old", "web-young", "web-empty", "web-new") if exists(connection, name)]


async def test_conversations_are_kept_so_many_days_after_their_last_use(engine: Engine, work: Background) -> None:
    begin(engine, "web-old", timedelta(days=7, minutes=1))
    begin(engine, "web-young", timedelta(days=6, hours=23))
    begin(engine, "web-empty", timedelta(days=1, minutes=1), said=False)
    begin(engine, "web-new", timedelta(hours=1), said=False)
    assert await work.forget() == 2
    assert left(engine) == ["web-young", "web-new"]
    assert await work.forget() == 0


async def test_to_whom_nobody_comes_in_time_the_bot_comes_back(engine: Engine, work: Background) -> None:
    for name, hours in (("web-old", 3), ("web-young", 1)):
        begin(engine, name, timedelta(hours=hours))
        with transaction(engine) as connection:
            wish = {"via": "slack", "email": "sam@example.edu", "now": NOW - timedelta(hours=hours)}
            handoffs.open_(connection, name, **wish)  # type: ignore[arg-type]
    assert await work.end_overdue() == 1
    with transaction(engine) as connection:
        assert [spoken_by(connection, name) for name in ("web-old", "web-young")] == ["bot", "waiting"]


async def until(test: Callable[[], bool]) -> bool:
    for _ in range(200):
        if test():
            return True
        await asyncio.sleep(0.05)
    return False


async def test_it_goes_on_after_a_failure_and_ends_when_told(
    engine: Engine, work: Background, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(background, "FORGET_SECONDS", 0.05)
    failures = iter([StateError("away"), RuntimeError("broken")])
    original = background.conversations.forget_idle

    def fail_twice(*arguments: object) -> int:
        failure = next(failures, None)
        if failure is not None:
            raise failure
        return original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(background.conversations, "forget_idle", fail_twice)
    begin(engine, "web-old", timedelta(days=8))
    begin(engine, "web-young", timedelta(0))
    work.start()
    assert await until(lambda: left(engine) == ["web-young"])
    await work.stop()
    begin(engine, "web-old", timedelta(days=8))
    await asyncio.sleep(0.3)
    assert left(engine) == ["web-old", "web-young"]
    assert "away" in caplog.text
    assert "RuntimeError" in caplog.text
