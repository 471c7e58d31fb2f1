"""What the tests of the components share."""

from __future__ import annotations

import pytest

from components.reading import Reader
from knowledge.gazetteer import read_cues, read_names


@pytest.fixture(scope="session")
def reader(knowledge_url: str) -> Reader:
    """A reader that knows every name of the real knowledge."""
    return Reader(read_names(knowledge_url), {id: list(cue["phrases"]) for id, cue in read_cues().items()})
