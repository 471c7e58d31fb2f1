"""A person is asked for once, told once, and the bot keeps quiet just as long as the talk lasts."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import Connection, Engine

from state import handoffs, messages
from state.conversations import forget, spoken_by, touch, transaction
from state.errors import Gone
from tests.state.test_messages import together

NOON = datetime(2026, 3, 1, 12, 0, 0, tzinfo=timezone.utc)
THREAD = "C1:1700.1"


def ask(connection: Connection, conversation: str = "web-a", via: str = "slack") -> handoffs.Handoff:
    return handoffs.open_(connection, conversation, via=via, email="sam@example.edu", question="Why?", now=NOON)[0]


def test_a_person_is_asked_for_once(engine: Engine, talk: str) -> None:
    with transaction(engine) as connection:
        first = ask(connection)
        again, new = handoffs.open_(connection, talk, via="slack", email="other@example.edu")
        assert (again, new) == (first, False)
        assert handoffs.current(connection, talk) == first
        assert (first.status, first.email, first.question, first.is_open) == (
            "waiting",
            "sam@example.edu",
            "Why?",
            True,
        )
        assert handoffs.current(connection, "web-b") is None


def test_the_bot_keeps_quiet_from_the_wish_to_the_end(engine: Engine, talk: str) -> None:
    with transaction(engine) as connection:
        asked = ask(connection)
        assert spoken_by(connection, talk) == "waiting"
        assert handoffs.set_thread(connection, asked.id, THREAD)
        assert handoffs.talk(connection, asked.id)
        assert spoken_by(connection, talk) == "talking"
        assert handoffs.close(connection, asked.id, "staff")
        assert spoken_by(connection, talk) == "bot"
        assert not handoffs.close(connection, asked.id, "staff")
        assert not handoffs.talk(connection, asked.id)
        ended = handoffs.current(connection, talk)
        assert ended is not None
        assert (ended.status, ended.is_open) == ("closed", False)
        again = ask(connection)
        assert again.id != asked.id
        assert spoken_by(connection, talk) == "waiting"


def test_by_email_the_bot_goes_on(engine: Engine, talk: str) -> None:
    with transaction(engine) as connection:
        asked = ask(connection, via="email")
        handoffs.talk(connection, asked.id)
        assert spoken_by(connection, talk) == "bot"
        assert not messages.add(connection, talk, "user", "And the pay?").to_person


def test_one_process_tells_staff_and_after_a_failure_it_is_tried_again(engine: Engine, talk: str) -> None:
    with transaction(engine) as connection:
        asked = ask(connection)

    def claim(_number: int) -> object:
        with transaction(engine) as connection:
            return handoffs.claim_notice(connection, "slack", 30.0, NOON)

    claimed = [one for one in together(claim, 4) if one is not None]
    assert len(claimed) == 1
    with transaction(engine) as connection:
        assert handoffs.claim_notice(connection, "email", 30.0, NOON) is None
        assert handoffs.claim_notice(connection, "slack", 30.0, NOON + timedelta(seconds=29)) is None
        handoffs.retry_notice(connection, asked.id, 10.0, NOON)
        again = handoffs.claim_notice(connection, "slack", 30.0, NOON + timedelta(seconds=10))
        assert again is not None
        assert again.attempts == 2
        handoffs.notified(connection, asked.id)
        assert handoffs.claim_notice(connection, "slack", 30.0, NOON + timedelta(days=9)) is None


def test_nobody_is_told_of_a_talk_that_is_over(engine: Engine, talk: str) -> None:
    with transaction(engine) as connection:
        handoffs.close(connection, ask(connection).id, "student")
        assert handoffs.claim_notice(connection, "slack", 30.0) is None


def test_a_thread_leads_to_its_talk(engine: Engine, talk: str) -> None:
    with transaction(engine) as connection:
        asked = ask(connection)
        handoffs.set_thread(connection, asked.id, THREAD)
        found = handoffs.from_thread(connection, THREAD)
        assert found is not None
        assert (found.id, found.thread, bool(found.notified)) == (asked.id, THREAD, True)
        assert handoffs.from_thread(connection, "C1:1700.2") is None


def test_the_students_messages_reach_the_thread_once_and_only_those_of_this_talk(engine: Engine, talk: str) -> None:
    with transaction(engine) as connection:
        messages.add(connection, talk, "user", "to the bot")
        old = ask(connection)
        messages.add(connection, talk, "user", "of an older talk")
        handoffs.close(connection, old.id, "staff")
        asked = ask(connection)
        said = messages.add(connection, talk, "user", "hello?")
        assert handoffs.to_relay(connection) == []  # no thread yet
        handoffs.set_thread(connection, asked.id, THREAD)
        (open_talk,) = handoffs.to_relay(connection)
        assert messages.for_staff(connection, talk, open_talk.relayed) == [said]
        handoffs.set_relayed(connection, asked.id, said.seq)
        assert handoffs.to_relay(connection) == []
        handoffs.set_relayed(connection, asked.id, said.seq - 1)  # late: changes nothing
        assert handoffs.to_relay(connection) == []


@pytest.mark.parametrize("reason", ["student", "overdue", "deleted"])
def test_staff_learn_in_the_thread_that_it_is_over(reason: str, engine: Engine, talk: str) -> None:
    with transaction(engine) as connection:
        asked = ask(connection)
        handoffs.set_thread(connection, asked.id, THREAD)
        if reason != "deleted":
            handoffs.close(connection, asked.id, reason)
    if reason == "deleted":
        forget(engine, talk)
    with transaction(engine) as connection:
        assert handoffs.ended_threads(connection) == [handoffs.EndedThread(THREAD, reason)]
        assert handoffs.forget_ended(connection, THREAD)
        assert not handoffs.forget_ended(connection, THREAD)
        assert handoffs.ended_threads(connection) == []


def test_a_thread_that_comes_too_late_is_closed_at_once(engine: Engine, talk: str) -> None:
    with transaction(engine) as connection:
        asked = ask(connection)
    forget(engine, talk)
    with transaction(engine) as connection:
        assert not handoffs.set_thread(connection, asked.id, THREAD)
        assert handoffs.ended_threads(connection) == [handoffs.EndedThread(THREAD, "deleted")]
        with pytest.raises(Gone):
            ask(connection)


def test_who_waits_for_long_is_known(engine: Engine, talk: str) -> None:
    with transaction(engine) as connection:
        touch(connection, "web-c", "web")
        handoffs.talk(connection, ask(connection, "web-b").id)
        asked = ask(connection)
        assert handoffs.waiting_since(connection, NOON) == []
        assert handoffs.waiting_since(connection, NOON + timedelta(seconds=1)) == [asked]
