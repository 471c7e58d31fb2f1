"""The clock jumps: nobody is locked out for good, nothing is deleted too early, nothing is kept too long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import Engine

import settings
from channels.background import Background
from channels.limits import Buckets
from channels.session_tokens import ExpiredToken, issue, new_session, read
from channels.turns import State
from state import conversations, handoffs, messages
from state.conversations import exists, in_use, touch, transaction
from state.database import open_state
from state.steady import WAIT, SteadyClock
from tests.faults.conftest import Record

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
YEAR, DAY, HOUR = 365 * 86_400.0, 86_400.0, 3600.0
SECRETS = ("a secret that is long enough to sign sessions with",)


class Clock:
    """A machine's clock that somebody sets, and the counter that nobody can."""

    def __init__(self) -> None:
        self.wall, self.count = NOW.timestamp(), 1000.0

    def pass_(self, seconds: float) -> None:
        self.wall += seconds
        self.count += seconds

    def steady(self) -> SteadyClock:
        return SteadyClock(lambda: self.wall, lambda: self.count)

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.wall, timezone.utc)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = open_state(database_url)
    yield made
    made.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def start(engine: Engine, clock: Clock) -> Background:
    config = settings.load({"WAYMARK_KEEP_DAYS": "30", "WAYMARK_HANDOFF_HOURS": "2"})
    return Background(State(engine), config, clock.steady())


def say(engine: Engine, name: str, now: datetime) -> None:
    with transaction(engine) as connection:
        touch(connection, name, "web", now)
        messages.add(connection, name, "user", "hello", now=now)


def there(engine: Engine, *names: str) -> list[str]:
    with transaction(engine) as connection:
        return [name for name in names if exists(connection, name)]


@pytest.mark.parametrize("jump", [YEAR, 31 * DAY, -YEAR])
async def test_a_jump_while_the_server_runs_deletes_nothing(
    jump: float, engine: Engine, clock: Clock, record: Record
) -> None:
    work = start(engine, clock)
    say(engine, "web-a", clock.now)
    assert await work.forget() == 0
    clock.wall += jump
    for _ in range(3):
        clock.pass_(HOUR)
        assert await work.forget() == 0
    clock.wall -= jump
    clock.pass_(HOUR)
    assert await work.forget() == 0
    assert there(engine, "web-a") == ["web-a"]
    record(f"the clock jumps by {jump / DAY:.0f} days and back while the server runs", deleted_too_early=0)


@pytest.mark.parametrize("jump", [YEAR, -YEAR])
async def test_a_start_with_a_wrong_clock_deletes_nothing(jump: float, engine: Engine, clock: Clock) -> None:
    say(engine, "web-a", clock.now)
    clock.wall += jump
    work = start(engine, clock)
    for _ in range(5):
        assert await work.forget() == 0
        clock.pass_(HOUR)
    assert there(engine, "web-a") == ["web-a"]


async def test_what_is_due_is_deleted_all_the_same_after_a_day(engine: Engine, clock: Clock) -> None:
    """A school that comes back after the summer: the clock is right, and everything is old."""
    say(engine, "web-a", clock.now - timedelta(days=60))
    work = start(engine, clock)
    assert await work.forget() == 0
    clock.pass_(WAIT - 1)
    assert await work.forget() == 0
    clock.pass_(2)
    assert await work.forget() == 1


async def test_without_a_jump_everything_is_deleted_in_time(engine: Engine, clock: Clock) -> None:
    work = start(engine, clock)
    say(engine, "web-a", clock.now)
    deleted = []
    for _ in range(32):
        deleted.append(await work.forget())
        clock.pass_(DAY)
    assert deleted.index(1) in (30, 31)


async def test_what_was_said_while_the_clock_was_wrong_is_kept_as_long_as_the_rest(
    engine: Engine, clock: Clock
) -> None:
    say(engine, "web-late", clock.now)
    say(engine, "web-late", clock.now - timedelta(days=365))  # the clock was behind
    say(engine, "web-ahead", clock.now + timedelta(days=3650))
    work = start(engine, clock)
    await work.forget()
    clock.pass_(WAIT + 1)
    say(engine, "web-now", clock.now)
    assert await work.forget() == 0
    assert there(engine, "web-late", "web-ahead", "web-now") == ["web-late", "web-ahead", "web-now"]
    clock.pass_(31 * DAY)
    assert await work.forget() == 3


async def test_students_who_wait_for_a_person_are_not_sent_away_by_a_jump(engine: Engine, clock: Clock) -> None:
    work = start(engine, clock)
    say(engine, "web-a", clock.now)
    with transaction(engine) as connection:
        handoffs.open_(connection, "web-a", via="slack", email="sam@example.edu", now=clock.now)
    assert await work.end_overdue() == 0
    clock.wall += 30 * HOUR
    assert await work.end_overdue() == 0
    clock.wall -= 30 * HOUR
    clock.pass_(60)
    with transaction(engine) as connection:
        known = handoffs.current(connection, "web-a")
    assert known is not None and known.is_open


def test_a_message_that_was_claimed_before_the_clock_was_set_back_is_answered(engine: Engine) -> None:
    with transaction(engine) as connection:
        touch(connection, "web-a", "web", NOW)
        taken = messages.take(connection, "web-a", "hello", "c1", 5.5, NOW)
    assert taken.mine  # and its process dies
    back = NOW - timedelta(days=365)
    with transaction(engine) as connection:
        assert messages.take(connection, "web-a", "hello", "c1", 5.5, back).mine
        assert not messages.take(connection, "web-a", "hello", "c1", 5.5, back + timedelta(seconds=1)).mine


def test_staff_are_told_of_a_request_from_before_the_clock_was_set_back(engine: Engine) -> None:
    with transaction(engine) as connection:
        touch(connection, "web-a", "web", NOW)
        handoffs.open_(connection, "web-a", via="email", email="sam@example.edu", now=NOW)
        assert handoffs.claim_notice(connection, "email", 60, NOW - timedelta(days=365)) is not None


def test_use_never_makes_a_conversation_older(engine: Engine) -> None:
    with transaction(engine) as connection:
        touch(connection, "web-a", "web", NOW)
        assert in_use(connection, "web-a", NOW - timedelta(days=400))
        touch(connection, "web-a", "web", NOW - timedelta(days=400))
        newest = conversations.newest(connection)
    assert newest is not None and newest.startswith("2026-11-22T12")


def test_sessions_and_limits_survive_a_jump() -> None:
    """A token that a jump ahead made look old is good again when the clock is; limits do not look at the clock."""
    session = new_session()
    token, _ = issue(SECRETS, session, 30, NOW)
    with pytest.raises(ExpiredToken):
        read(SECRETS, token, NOW + timedelta(days=365))
    assert read(SECRETS, token, NOW) == session
    assert read(SECRETS, token, NOW - timedelta(days=365)) == session  # made "in the future"
    counter = [0.0]
    bucket = Buckets(1, clock=lambda: counter[0])
    assert (bucket.take("a"), bucket.take("a") > 0) == (0, True)
    counter[0] = 60.0
    assert bucket.take("a") == 0
