"""What the tests of the knowledge share."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.query import KnowledgeBase

TODAY = date(2026, 10, 1)


@pytest.fixture(scope="session")
def knowledge(knowledge_url: str) -> KnowledgeBase:
    """The real knowledge, as on 1 October 2026."""
    return KnowledgeBase(knowledge_url, today=TODAY)
