"""What the tests of the knowledge share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from knowledge.query import KnowledgeBase
from tests.knowledge import samples

TODAY = date(2026, 10, 1)
_numbers = count(1)


@pytest.fixture(scope="session")
def knowledge(knowledge_url: str) -> KnowledgeBase:
    """The real knowledge, as on 1 October 2026."""
    return KnowledgeBase(knowledge_url, today=TODAY)


@pytest.fixture(scope="session")
def postgres_socket() -> Iterator[Path]:
    """The socket folder of a PostgreSQL server that lives as long as the tests."""
    try:
        with samples.postgres() as folder:
            yield folder
    except (FileNotFoundError, KeyError) as error:
        pytest.skip(f"no PostgreSQL: {error}")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind. A wait for a lock ends after five seconds, so that it fails and does not hang."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'database' / 'knowledge.sqlite'}"
        return
    folder = request.getfixturevalue("postgres_socket")
    name = f"waymark_{next(_numbers)}"
    server = create_engine(f"postgresql://waymark@/postgres?host={folder}", future=True, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield f"postgresql://waymark@/{name}?host={folder}&options=-clock_timeout%3D5s"
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()
