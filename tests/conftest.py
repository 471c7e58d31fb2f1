"""What all tests share: the real knowledge, built once, and the shared folder where it is at hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import settings
from knowledge.database import sqlite_path
from knowledge.load import build

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
