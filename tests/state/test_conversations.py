"""Conversations: what belongs to one goes with it, from every table, and only with it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Boolean, Integer, LargeBinary, func, select
from sqlalchemy.engine import Engine

from state import trackers
from state.clock import stamp
from state.conversations import exists, forget, forget_idle, touch, transaction
from state.models import gap, metadata

NOON = datetime(2026, 3, 1, 12, 0, 0, 1_999, tzinfo=timezone.utc)
BELONGING = [table for table in metadata.sorted_tables if "conversation_id" in table.c]


def fill(engine: Engine, conversation_id: str, now: datetime) -> None:
    """A conversation with a row in every table that refers to it."""
    with transaction(engine) as connection:
        touch(connection, conversation_id, "web", now)
        if connection.execute(select(func.count()).select_from(gap)).scalar() == 0:
            row: dict[str, Any] = {column.name: "x" for column in gap.c if not isinstance(column.type, Integer)}
            connection.execute(gap.insert().values(**row, count=1))
        for table in BELONGING:
            values = {
                column.name: sample(column, conversation_id) for column in table.c if column.autoincrement is not True
            }
            connection.execute(
                table.insert().values(**{name: value for name, value in values.items() if name != "seq"})
            )


def sample(column: Any, conversation_id: str) -> Any:
    if column.name == "conversation_id":
        return conversation_id
    if column.name == "asked":
        return stamp()
    if column.name == "gap_id":
        return 1
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, Integer):
        return 1
    return b"x" if isinstance(column.type, LargeBinary) else conversation_id[:8]


def rows(engine: Engine, conversation_id: str) -> dict[str, int]:
    with transaction(engine) as connection:
        found = {
            table.name: connection.execute(
                select(func.count()).select_from(table).where(table.c.conversation_id == conversation_id)
            ).scalar()
            for table in BELONGING
        }
        return {**found, "conversation": int(exists(connection, conversation_id))}


def test_a_deleted_conversation_is_gone_from_every_table_and_others_stay(engine: Engine) -> None:
    fill(engine, "web-a", NOON)
    fill(engine, "web-b", NOON)
    assert len(BELONGING) >= 7
    assert set(rows(engine, "web-a").values()) == {1}
    assert forget(engine, "web-a")
    assert set(rows(engine, "web-a").values()) == {0}
    assert set(rows(engine, "web-b").values()) == {1}
    assert not forget(engine, "web-a")


def test_idle_conversations_are_forgotten(engine: Engine) -> None:
    for number in range(7):
        fill(engine, f"web-{number}", NOON - timedelta(days=number))
    assert forget_idle(engine, NOON - timedelta(days=2, hours=1), batch=2) == 4
    left = [number for number in range(7) if rows(engine, f"web-{number}")["conversation"]]
    assert left == [0, 1, 2]
    assert set(rows(engine, "web-6").values()) == {0}


def test_a_turn_that_ends_after_the_deletion_brings_nothing_back(engine: Engine) -> None:
    fill(engine, "web-a", NOON)
    forget(engine, "web-a")
    assert trackers.save(engine, "web-a", "web", 1, b"x") == 0
    assert set(rows(engine, "web-a").values()) == {0}
    assert trackers.save(engine, "over-rest", "rest", 0, b"x") == 1


def test_times_sort_as_text() -> None:
    assert stamp(NOON) == "2026-03-01T12:00:00.001Z"
    assert stamp(NOON) < stamp(NOON, plus=0.5) < stamp(NOON, plus=60)
    assert stamp(NOON.astimezone(timezone(timedelta(hours=-5)))) == stamp(NOON)
