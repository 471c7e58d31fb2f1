"""Rasa's lock store, as Rasa makes and uses it."""

from __future__ import annotations

import asyncio
import time

import pytest
import yaml
from rasa.core.lock_store import LockStore, RedisLockStore
from rasa.utils.endpoints import EndpointConfig

from components.lock_store import ConversationLocks
from settings import ROOT
from tests.redis_server import RedisServer


def as_configured() -> EndpointConfig:
    return EndpointConfig.from_dict(yaml.safe_load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))["lock_store"])


async def in_turn(stores: list[LockStore], turns: int, seconds: float) -> tuple[list[int], float]:
    """The order in which turns of one conversation were taken, and how long all of them took (seconds)."""
    order: list[int] = []

    async def turn(number: int) -> None:
        async with stores[number % len(stores)].lock("a"):
            order.append(number)
            await asyncio.sleep(seconds)

    begun = time.monotonic()
    tasks = []
    for number in range(turns):
        tasks.append(asyncio.ensure_future(turn(number)))
        await asyncio.sleep(0.005)
    await asyncio.gather(*tasks)
    return order, time.monotonic() - begun


async def test_rasa_makes_it_from_the_endpoints_and_turns_come_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYMARK_REDIS_URL", raising=False)
    store = LockStore.create(as_configured())
    assert isinstance(store, ConversationLocks)
    order, took = await in_turn([store], 6, 0.02)
    assert order == list(range(6))
    assert took < 0.5
    assert not store.is_someone_waiting("a")


async def test_with_redis_two_replicas_wait_for_each_other_and_not_a_second(redis_server: RedisServer) -> None:
    stores: list[LockStore] = [ConversationLocks(url=redis_server.url) for _ in range(2)]
    order, took = await in_turn(stores, 6, 0.02)
    assert sorted(order) == list(range(6))
    assert took < 1.0
    assert not any(store.is_away for store in stores)  # type: ignore[attr-defined]
    _, stock = await in_turn([RedisLockStore(port=redis_server.port) for _ in range(2)], 2, 0.02)
    assert stock > 1.0  # why there is one of our own
