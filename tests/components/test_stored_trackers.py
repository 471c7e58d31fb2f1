"""The tracker store: what was said in a turn outlives the process, and another process goes on from it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from sqlalchemy import text

from components.stored_trackers import StoredTrackers
from settings import ROOT
from state.conversations import forget
from state.database import open_state


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(str(ROOT / "domain.yml"))


@pytest.fixture
def stores(domain: Domain, database_url: str) -> Iterator[list[StoredTrackers]]:
    """Two stores on one database, as two processes have."""
    made = [StoredTrackers(domain, url=database_url) for _ in range(2)]
    yield made
    for store in made:
        store._engine.dispose()


async def turn(store: StoredTrackers, sender: str, channel: str = "rest", **slots: Any) -> None:
    tracker = await store.retrieve(sender) or store.init_tracker(sender)
    tracker.update(UserUttered("hello", input_channel=channel))
    for name, value in slots.items():
        tracker.update(SlotSet(name, value))
    tracker.update(BotUttered("hi", {"custom": {"type": "answer"}}))
    tracker.update(ActionExecuted("action_listen"))
    await store.save(tracker)


def slot(tracker: Any, name: str) -> Any:
    assert tracker is not None
    return tracker.get_slot(name)


async def test_another_process_goes_on_where_the_last_one_ended(stores: list[StoredTrackers]) -> None:
    first, second = stores
    await turn(first, "a", place="US-TX")
    found = await second.retrieve("a")
    assert slot(found, "place") == "US-TX"
    assert found is not None and found.latest_action_name == "action_listen"
    await turn(second, "a", place="US-OH")
    assert slot(await first.retrieve("a"), "place") == "US-OH"
    await turn(first, "a", place=None)
    assert slot(await second.retrieve("a"), "place") is None
    assert await second.retrieve("b") is None


async def test_two_turns_at_one_moment_leave_one_state_that_both_processes_see(stores: list[StoredTrackers]) -> None:
    """As if there were no lock between them: the later one counts, and neither goes on from something else."""
    first, second = stores
    await turn(first, "a", place="US-TX")
    here, there = await first.retrieve("a"), await second.retrieve("a")
    assert here is not None and there is not None
    here.update(SlotSet("place", "US-OH"))
    there.update(SlotSet("place", "US-NJ"))
    await first.save(here)
    await second.save(there)
    assert [slot(await store.retrieve("a"), "place") for store in stores] == ["US-NJ", "US-NJ"]


async def test_a_process_that_knows_the_latest_state_keeps_it(stores: list[StoredTrackers]) -> None:
    first, _ = stores
    await turn(first, "a", place="US-TX")
    assert await first.retrieve("a") is await first.retrieve("a")


async def test_a_deleted_conversation_is_forgotten_by_every_process(stores: list[StoredTrackers]) -> None:
    first, second = stores
    await turn(first, "a", place="US-TX")
    await second.retrieve("a")
    forget(first._engine, "a")
    assert await first.retrieve("a") is None
    assert await second.retrieve("a") is None


async def test_another_process_drops_a_deleted_conversation_also_if_nobody_asks_for_it(
    stores: list[StoredTrackers],
) -> None:
    first, second = stores
    for name in ("a", "b"):
        await turn(first, name, place="US-TX")
        await second.retrieve(name)
    forget(first._engine, "a")
    assert "a" in second._kept
    second._sweep_at = 0.0
    await turn(second, "b", place="US-OH")
    assert second._sweep is not None
    await second._sweep
    assert ("a" in second._kept, "b" in second._kept) == (False, True)
    assert slot(await second.retrieve("b"), "place") == "US-OH"


async def test_a_web_conversation_that_was_deleted_is_not_written_again(stores: list[StoredTrackers]) -> None:
    await turn(stores[0], "web-gone", channel="web", place="US-TX")
    assert await stores[0].retrieve("web-gone") is None
    assert await stores[1].retrieve("web-gone") is None


async def test_a_slot_that_the_domain_lost_is_dropped(stores: list[StoredTrackers], domain: Domain) -> None:
    first, second = stores
    await turn(first, "a", place="US-TX")
    second.domain = Domain.from_dict({**domain.as_dict(), "slots": {}})
    found = await second.retrieve("a")
    assert found is not None and "place" not in found.slots


async def test_conversations_go_on_from_memory_while_the_database_is_away(domain: Domain, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'state.sqlite'}"
    store = StoredTrackers(domain, url=url)
    await turn(store, "a", place="US-TX")
    with closing(open_state(url).raw_connection()) as other:
        other.execute("BEGIN EXCLUSIVE")
        await turn(store, "a", place="US-OH")  # waits a second, then goes on
        begun = asyncio.get_running_loop().time()
        assert slot(await store.retrieve("a"), "place") == "US-OH"
        assert asyncio.get_running_loop().time() - begun < 0.5
        other.rollback()
    store._rest_until = 0.0
    await turn(store, "a", credential="rhit")
    again = StoredTrackers(domain, url=url)
    assert slot(await again.retrieve("a"), "place") == "US-OH"


async def test_what_is_stored_is_small_and_holds_no_message(stores: list[StoredTrackers]) -> None:
    await turn(stores[0], "a", place="US-TX")
    with stores[0]._engine.connect() as connection:
        (data,) = connection.execute(text("SELECT data FROM tracker")).one()
    assert len(bytes(data)) < 500


async def test_what_was_said_long_ago_reaches_the_actions(stores: list[StoredTrackers]) -> None:
    """Rasa gives an action a copy of the tracker, made from its events alone."""
    first, second = stores
    await turn(first, "a", place="US-TX")
    for number in range(30):
        await turn(first, "a", credential=f"c{number}")
    for store in (first, second):
        found = await store.retrieve("a")
        assert found is not None
        assert (slot(found.copy(), "place"), slot(found.copy(), "credential")) == ("US-TX", "c29")
        assert len(found.events) < 10
