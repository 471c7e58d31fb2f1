"""The state database of one machine: locked, gone, its disk full, and the process killed while it writes."""

from __future__ import annotations

import os
import random
import resource
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from tests.faults.conftest import Record, full
from tests.faults.crowd import asking
from tests.faults.school import NURSE, School

AWAY = 10.0 if full() else 3.0  # seconds
TRY = 9.0  # seconds that one call may take at the most


def file(school: School) -> Path:
    return Path(school.env["WAYMARK_STATE_URL"].removeprefix("sqlite:///"))


@contextmanager
def locked(school: School) -> Iterator[None]:
    """Another program writes and does not come to an end, a backup tool for example."""
    with closing(sqlite3.connect(file(school), isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


@contextmanager
def moved(school: School) -> Iterator[None]:
    """Its file is somewhere else for a while, as when a volume is not mounted. SQLite calls it read-only then."""
    place = file(school)
    away = place.with_name("elsewhere")
    os.rename(place, away)
    try:
        yield
    finally:
        os.replace(away, place)


@contextmanager
def disk_full(school: School) -> Iterator[None]:
    """Nothing that the server writes fits any more: the database, its log, the program's own log."""
    pid = school.child().process.pid
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="prlimit is Linux's")
@pytest.mark.parametrize(("kind", "fault"), [
    (locked, "SQLite: another program holds the write lock"),
    (moved, "SQLite: its file is not there"),
    (disk_full, "the disk is full"),
])  # fmt: skip
def test_while_the_state_database_cannot_be_written(kind: object, fault: str, one: School, record: Record) -> None:
    breaking: AbstractContextManager[None] = kind(one)  # type: ignore[operator]
    sender = f"rest-{fault}"
    assert one.say(NURSE, sender)[0]["type"] == "answer"
    with asking(one) as crowd:
        time.sleep(0.5)
        with breaking:
            payload, took = one.say("How much do they earn?", sender)  # REST goes on from memory
            assert (payload["type"], payload["occupation"]) == ("answer", "registered-nurse")
            assert took < 3.0
            time.sleep(AWAY - took)
            assert one.child().process.poll() is None
        back = time.monotonic()
        time.sleep(1.5)
    assert crowd.lost() == 0
    assert crowd.half_turns() == 0
    felt = crowd.failed["unavailable"] > 0 or crowd.longest > 1.0  # a short lock is waited for
    assert felt or kind is moved
    assert crowd.longest < TRY
    assert crowd.last_failure - back < TRY
    payload, _ = one.say("and in Texas?", sender)
    assert (payload["topic"], payload["occupation"]) == ("pay", "registered-nurse")
    record(
        fault, requests_failed=sum(crowd.failed.values()), answers_lost=0,
        longest_call=crowd.longest, recovery=max(0.0, crowd.last_failure - back),
    )  # fmt: skip


def test_killed_while_it_writes(one: School, record: Record) -> None:
    """kill -9 at moments of their own, while four visitors ask: no answer that arrived is lost, no turn is half."""
    kills, start = 10 if full() else 1, []
    with asking(one, 4) as crowd:
        for _ in range(kills):
            time.sleep(random.uniform(1.0, 3.0))
            one.kill()
            one.start()
            start.append(one.wait())
            time.sleep(1.0)
    assert crowd.answered > 5 * kills
    assert crowd.lost() == 0
    assert crowd.half_turns() == 0
    with closing(sqlite3.connect(file(one))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    record(
        f"the server is killed (kill -9, {kills} times) while four visitors ask",
        requests_failed=sum(crowd.failed.values()), answers_lost=0, half_turns=0, recovery=max(start),
    )  # fmt: skip
