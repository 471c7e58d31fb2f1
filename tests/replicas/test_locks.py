"""Turns of one conversation over several processes: one at a time, in order, never stuck, with and without Redis."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from replicas.link import PAUSE, Link
from replicas.locks import WAITING, Locks
from tests.redis_server import RedisServer

SECONDS = 1.5  # how long a turn may take here


@pytest.fixture
async def replicas(redis_server: RedisServer) -> AsyncIterator[list[Locks]]:
    """Three processes, as Redis sees them."""
    links = [Link(redis_server.url, pause=0.2) for _ in range(3)]
    yield [Locks(one, SECONDS) for one in links]
    for one in links:
        await one.close()


class Talk:
    """Counts who is in the conversation at one moment, and in which order they came."""

    def __init__(self) -> None:
        self.here, self.most, self.order = 0, 0, list[int]()

    async def turn(self, locks: Locks, number: int, seconds: float = 0.02, name: str = "a") -> None:
        async with locks.hold(name):
            self.here += 1
            self.most = max(self.most, self.here)
            self.order.append(number)
            await asyncio.sleep(seconds)
            self.here -= 1


async def test_turns_come_one_after_the_other_in_the_order_in_which_they_came(replicas: list[Locks]) -> None:
    talk, turns = Talk(), []
    for number in range(12):
        turns.append(asyncio.ensure_future(talk.turn(replicas[number % 3], number)))
        await asyncio.sleep(0.01)
    begun = time.monotonic()
    await asyncio.gather(*turns)
    assert talk.most == 1
    in_each = [[n for n in talk.order if n % 3 == replica] for replica in range(3)]
    assert in_each == [sorted(numbers) for numbers in in_each]
    assert talk.order[:3] == [0, 1, 2]
    assert time.monotonic() - begun < 2.0  # Rasa's own store takes a second for each that waits


async def test_two_processes_that_ask_at_one_moment_are_served_in_order(replicas: list[Locks]) -> None:
    for _ in range(5):
        talk = Talk()
        first = asyncio.ensure_future(talk.turn(replicas[0], 1, 0.1))
        await asyncio.sleep(0.03)
        second = asyncio.ensure_future(talk.turn(replicas[1], 2))
        await asyncio.sleep(0.03)
        await asyncio.gather(first, second, talk.turn(replicas[2], 3))
        assert (talk.order, talk.most) == ([1, 2, 3], 1)


async def test_another_conversation_is_not_held_up(replicas: list[Locks]) -> None:
    talk = Talk()
    long = asyncio.ensure_future(talk.turn(replicas[0], 1, 0.5))
    await asyncio.sleep(0.05)
    begun = time.monotonic()
    await talk.turn(replicas[1], 2, 0.0, name="b")
    assert time.monotonic() - begun < 0.4
    await long


async def test_who_has_the_conversation_can_take_it_again(replicas: list[Locks]) -> None:
    async def turn_within_a_turn() -> str:  # as Rasa's lock store within a turn of the web channel
        async with replicas[0].hold("a"), replicas[1].hold("a"):
            return "done"

    assert await asyncio.wait_for(turn_within_a_turn(), 1) == "done"


async def test_a_killed_process_holds_up_the_conversation_for_a_turns_time_only(replicas: list[Locks]) -> None:
    talk = Talk()
    assert await replicas[0]._enter("a") is not None  # and nothing more is ever heard of it
    begun = time.monotonic()
    await talk.turn(replicas[1], 1)
    assert SECONDS - 0.5 < time.monotonic() - begun < SECONDS + 0.5


async def test_a_killed_process_that_was_waiting_is_passed_over(replicas: list[Locks]) -> None:
    talk = Talk()
    first = asyncio.ensure_future(talk.turn(replicas[0], 1, WAITING + 0.5))
    await asyncio.sleep(0.05)
    waiting = asyncio.ensure_future(replicas[1]._enter("a"))
    await asyncio.sleep(0.05)
    replicas[1]._leave = None  # type: ignore[assignment, method-assign] # killed: it cannot even say that it goes
    waiting.cancel()
    begun = time.monotonic()
    await asyncio.gather(first, talk.turn(replicas[2], 3), waiting, return_exceptions=True)
    assert talk.order == [1, 3]
    assert time.monotonic() - begun < WAITING + 1.5


async def test_who_gives_up_waiting_leaves_the_queue(replicas: list[Locks]) -> None:
    talk = Talk()
    first = asyncio.ensure_future(talk.turn(replicas[0], 1, 0.6))
    await asyncio.sleep(0.05)
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(talk.turn(replicas[1], 2), 0.05)
    begun = time.monotonic()
    await asyncio.gather(first, talk.turn(replicas[2], 3))
    assert talk.order == [1, 3]
    assert time.monotonic() - begun < WAITING - 0.5  # for which its entry would have stood


async def test_while_redis_is_away_each_process_keeps_its_own_order(
    replicas: list[Locks], redis_server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    talk = Talk()
    await talk.turn(replicas[0], 0)
    redis_server.stop()
    begun = time.monotonic()
    await asyncio.gather(*(talk.turn(replicas[0], number) for number in range(1, 6)))
    assert (talk.order, talk.most) == ([0, 1, 2, 3, 4, 5], 1)
    assert time.monotonic() - begun < 1.0
    redis_server.start()
    await asyncio.sleep(0.3)
    await asyncio.gather(*(talk.turn(replicas[number % 3], number) for number in range(6)))
    assert talk.most == 1
    said = [record.message for record in caplog.records if record.name == "replicas.link"]
    assert next(text for text in said if "away" in text).startswith("Redis is away (ConnectionError")
    assert any("back" in text for text in said)


async def test_a_redis_that_hangs_costs_half_a_second_and_then_nothing(
    replicas: list[Locks], redis_server: RedisServer
) -> None:
    talk = Talk()
    await talk.turn(replicas[0], 0)
    replicas[0]._link._pause = PAUSE
    redis_server.freeze(True)
    try:
        begun = time.monotonic()
        await talk.turn(replicas[0], 1)
        first = time.monotonic() - begun
        await talk.turn(replicas[0], 2)
        second = time.monotonic() - begun - first
    finally:
        redis_server.freeze(False)
    assert 0.3 < first < 1.2
    assert second < 0.1


async def test_redis_restarted_in_the_middle_of_a_turn(replicas: list[Locks], redis_server: RedisServer) -> None:
    talk = Talk()
    long = asyncio.ensure_future(talk.turn(replicas[0], 1, 0.5))
    await asyncio.sleep(0.05)
    redis_server.stop()
    redis_server.start()
    await long
    await asyncio.sleep(0.3)
    await asyncio.gather(*(talk.turn(replicas[number % 3], number, name="b") for number in range(6)))
    assert talk.order[0] == 1 and sorted(talk.order[1:]) == list(range(6))


async def test_nothing_stays_in_redis(replicas: list[Locks], redis_server: RedisServer) -> None:
    talk = Talk()
    await asyncio.gather(*(talk.turn(replicas[number % 3], number) for number in range(9)))
    assert await replicas[0]._link._redis.keys("*") == []  # type: ignore[union-attr]
