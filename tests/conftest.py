"""What all tests share: the real knowledge, built once, and the shared folder where it is at hand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

import settings
from knowledge.database import sqlite_path
from knowledge.load import build
from tests.knowledge import samples
from tests.redis_server import RedisServer

_numbers = count(1)
SHARED = settings.ROOT.parent / "shared"


@pytest.fixture(scope="session")
def knowledge_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A SQLite database with the project's knowledge and the installed pay statistics; for reading only."""
    path = tmp_path_factory.mktemp("knowledge") / "knowledge.sqlite"
    developers = sqlite_path(settings.load({}).knowledge_url)
    if developers is not None and developers.is_file():
        shutil.copy(developers, path)  # a build takes over the embeddings of the last one: seconds, not a minute
    build(f"sqlite:///{path}")
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ../shared with articles and data; without it the test is skipped."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not here")
    return SHARED


@pytest.fixture(scope="session")
def postgres_socket() -> Iterator[Path]:
    """The socket folder of a PostgreSQL server that lives as long as the tests."""
    try:
        with samples.postgres() as folder:
            yield folder
    except (FileNotFoundError, KeyError) as error:
        pytest.skip(f"no PostgreSQL: {error}")


@pytest.fixture(scope="session")
def redis_running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A Redis that lives as long as the tests. Who stops it starts it again: `redis_server` sees to that."""
    try:
        server = RedisServer(tmp_path_factory.mktemp("redis"))
    except FileNotFoundError as error:
        pytest.skip(str(error))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis_server(redis_running: RedisServer) -> Iterator[RedisServer]:
    """Redis, running at the beginning of the test and at its end."""
    yield redis_running
    redis_running.stop()
    redis_running.start()


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
