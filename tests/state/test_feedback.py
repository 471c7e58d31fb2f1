"""Feedback: one an answer and person, the last click wins, and only for answers of the conversation."""

from __future__ import annotations

import pytest
from sqlalchemy.engine import Engine

from state import feedback, messages
from state.conversations import forget, transaction
from state.errors import Gone

ID = "00ff00ff00ff00ff"


@pytest.fixture
def answered(engine: Engine, talk: str) -> str:
    with transaction(engine) as connection:
        question = messages.add(connection, talk, "user", "hello")
        messages.reply(connection, question, "text", {"type": "answer", "topic": "pay", "answer_id": ID})
    return talk


def test_the_last_click_wins(engine: Engine, answered: str) -> None:
    with transaction(engine) as connection:
        feedback.put(connection, answered, ID, False, "wrong place")
        feedback.put(connection, answered, ID, True)
        (found,) = feedback.of_conversation(connection, answered)
        assert (found.helpful, found.comment, found.topic) == (True, None, "pay")


def test_each_person_has_a_say(engine: Engine, answered: str) -> None:
    with transaction(engine) as connection:
        feedback.put(connection, answered, ID, True, person="U1")
        feedback.put(connection, answered, ID, False, person="U2")
        assert feedback.remove(connection, answered, ID, "U2")
        assert not feedback.remove(connection, answered, ID, "U2")
        assert [one.person for one in feedback.of_conversation(connection, answered)] == ["U1"]


def test_nobody_judges_an_answer_of_another_conversation(engine: Engine, answered: str) -> None:
    with transaction(engine) as connection:
        assert feedback.put(connection, "web-b", ID, False) is None
        assert feedback.put(connection, answered, "ffffffffffffffff", False) is None
        assert feedback.of_conversation(connection, "web-b") == []
    forget(engine, answered)
    with pytest.raises(Gone), transaction(engine) as connection:
        feedback.put(connection, answered, ID, True)
