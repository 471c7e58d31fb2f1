"""A state database of each kind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from state.conversations import touch, transaction
from state.database import open_state


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_state(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def talk(engine: Engine) -> str:
    """A conversation that has begun, and another one beside it."""
    with transaction(engine) as connection:
        touch(connection, "web-a", "web")
        touch(connection, "web-b", "web")
    return "web-a"
