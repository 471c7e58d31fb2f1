"""Limits over all replicas: counted once in Redis, by each process while Redis is away, and never an error."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from channels.shared_limits import SharedBuckets
from replicas.link import Link
from tests.redis_server import RedisServer


@pytest.fixture
async def links(redis_server: RedisServer) -> AsyncIterator[list[Link]]:
    """Two processes."""
    made = [Link(redis_server.url, pause=0.2) for _ in range(2)]
    yield made
    for one in made:
        await one.close()


def client(link: Link) -> Any:
    return link._redis


async def test_two_processes_count_together(links: list[Link]) -> None:
    first, second = (SharedBuckets(link, "address", 6) for link in links)
    waits = [await (first, second)[number % 2].take("198.51.100.7") for number in range(8)]
    assert waits[:6] == [0] * 6
    assert all(9 <= wait <= 10 for wait in waits[6:])  # six a minute: one in ten seconds
    assert await first.take("198.51.100.8") == 0
    assert await SharedBuckets(links[1], "session", 6).take("198.51.100.7") == 0


async def test_of_many_at_one_moment_no_more_get_through(links: list[Link]) -> None:
    buckets = [SharedBuckets(link, "address", 20) for link in links]
    waits = await asyncio.gather(*(buckets[number % 2].take("a") for number in range(60)))
    assert waits.count(0) == 20


async def test_it_fills_evenly_and_asking_costs_nothing(links: list[Link]) -> None:
    bucket = SharedBuckets(links[0], "address", 5, 0.5)
    assert [await bucket.take("a") for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    until = time.monotonic() + 0.12
    while time.monotonic() < until:
        await bucket.take("a")
    served = 0
    for _ in range(3):
        await asyncio.sleep(0.11)
        served += await bucket.take("a") == 0
    assert served == 3


async def test_what_is_over_is_gone_from_redis_and_addresses_are_never_there(links: list[Link]) -> None:
    bucket = SharedBuckets(links[0], "address", 10, 0.3)
    await bucket.take("198.51.100.7")
    (key,) = await client(links[0]).keys("*")
    assert b"198" not in key
    await asyncio.sleep(0.1)
    assert await client(links[0]).keys("*") == []


async def test_while_redis_is_away_each_process_counts_and_then_they_do_together_again(
    links: list[Link], redis_server: RedisServer
) -> None:
    first, second = (SharedBuckets(link, "address", 3) for link in links)
    assert await first.take("a") == 0
    redis_server.stop()
    begun = time.monotonic()
    for bucket in (first, second):
        assert [await bucket.take("a") > 0 for _ in range(4)] == [False, False, False, True]
    assert time.monotonic() - begun < 1.0
    redis_server.start()
    await asyncio.sleep(0.3)
    waits = [await bucket.take("b") for bucket in (first, second, first, second)]
    assert [wait > 0 for wait in waits] == [False, False, False, True]


async def test_without_redis_it_is_a_bucket_of_this_process() -> None:
    bucket = SharedBuckets(Link(""), "address", 2)
    assert [await bucket.take("a") for _ in range(3)] == [0, 0, 30]


async def test_a_redis_that_refuses_us_is_as_one_that_is_away(
    redis_server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    link = Link(redis_server.url.replace("//", "//:hunter2@"))  # it has no password: it says so and refuses
    try:
        assert await SharedBuckets(link, "address", 2).take("a") == 0
    finally:
        await link.close()
    assert "AuthenticationError" in caplog.text
    assert "hunter2" not in caplog.text
