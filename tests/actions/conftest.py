"""The assistant without its servers: the real knowledge base, and the service on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

import pytest

import settings
from actions.answering import reply
from actions.context import Context
from actions.draft import Reply
from actions.service import Outcome, Service
from actions.turn import Mention, Turn
from knowledge.embedding import MiniLM, pack
from knowledge.query import Evidence, KnowledgeBase

TODAY = date(2026, 10, 1)


@pytest.fixture(scope="session")
def knowledge(knowledge_url: str) -> KnowledgeBase:
    """The real knowledge, as on a fixed day: nothing grows stale while the tests stay as they are."""
    return KnowledgeBase(knowledge_url, today=TODAY)


@pytest.fixture(scope="session")
def service(knowledge: KnowledgeBase) -> Service:
    return Service(knowledge, settings.load())


@pytest.fixture(scope="session")
def find(knowledge: KnowledgeBase) -> Callable[[str], Evidence | None]:
    """The evidence behind a citation, each read once."""
    return lru_cache(maxsize=None)(knowledge.evidence)


@pytest.fixture(scope="session")
def replies(knowledge: KnowledgeBase) -> Callable[..., Reply]:
    """The reply to a question on a topic, asked about an occupation at the start of a conversation."""
    model = MiniLM()

    def ask(question: str, topic: str, occupation: str = "medical-records-technician", **named: object) -> Reply:
        vector = pack(model.encode([question])[0])
        context = Context(topic=topic, occupation=occupation, question=question, vector=vector, **named)  # type: ignore[arg-type]
        return reply(knowledge, context)

    return ask


@pytest.fixture
def ask(service: Service) -> Callable[..., Outcome]:
    """One turn: ask("pay", place="US-TX"); `after` is the outcome it follows, `said` its words."""

    def turn(
        topic: str, *, after: Outcome | None = None, said: str = "Tell me about it.", **named: str | list[str]
    ) -> Outcome:
        mentions = tuple(
            Mention(kind, value)
            for kind, values in named.items()
            for value in ([values] if isinstance(values, str) else values)
        )
        intent = "follow_up" if topic == "follow_up" else f"ask_{topic}"
        return service.topic(after.context if after else Context(), Turn(intent, said, mentions))

    return turn
