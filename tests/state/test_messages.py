"""Messages: in order, each once, each answered once; none of another conversation."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import Connection, Engine

from state import messages
from state.conversations import forget, set_spoken_by, transaction
from state.database import open_state
from state.errors import Gone

NOON = datetime(2026, 3, 1, 12, 0, 0, tzinfo=timezone.utc)
ANSWER = {"type": "answer", "topic": "pay", "answer_id": "00ff00ff00ff00ff", "headline": "£ “quoted” \U0001f600"}


def together(work: Callable[[int], object], count: int) -> list[object]:
    """What `count` threads get that start `work` at one moment."""
    barrier = threading.Barrier(count)
    found: list[object] = [None] * count

    def run(number: int) -> None:
        barrier.wait()
        found[number] = work(number)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


def test_a_conversation_reads_as_it_was_said(engine: Engine, talk: str) -> None:
    with transaction(engine) as connection:
        question = messages.add(connection, talk, "user", "What is the pay?", client_id="c1")
        messages.add(connection, "web-b", "user", "someone else")
        answer = messages.reply(connection, question, "It is £ 1.", ANSWER)
        messages.add(connection, talk, "staff", "Hello, Zoë here.")
    with transaction(engine) as connection:
        history = messages.history(connection, talk)
        assert [(one.role, one.text) for one in history] == [
            ("user", "What is the pay?"),
            ("assistant", "It is £ 1."),
            ("staff", "Hello, Zoë here."),
        ]
        assert history[1].payload == ANSWER
        assert history[1].answer_id == ANSWER["answer_id"]
        assert [one.seq for one in history] == sorted({one.seq for one in history})
        assert messages.history(connection, talk, after=answer.seq) == history[2:]
        assert messages.history(connection, talk, limit=1) == history[:1]
        assert messages.last_seq(history) == history[2].seq
        assert messages.last_seq([], 7) == 7


def test_a_message_that_is_sent_twice_is_taken_once(engine: Engine, talk: str) -> None:
    def send(connection: Connection, conversation: str) -> messages.Message:
        return messages.add(connection, conversation, "user", "hello", client_id="same")

    with transaction(engine) as connection:
        first = send(connection, talk)
    with transaction(engine) as connection:
        assert send(connection, talk) == first
        assert send(connection, "web-b") != first  # ids are the clients' own


def test_processes_that_get_a_message_at_once_take_it_once_and_one_answers(engine: Engine, talk: str) -> None:
    def turn(number: int) -> object:
        with transaction(engine) as connection:
            question = messages.add(connection, talk, "user", "hello", client_id="same")
            return messages.claim(connection, question, 5.0)

    assert sorted(map(bool, together(turn, 4))) == [False, False, False, True]
    with transaction(engine) as connection:
        assert len(messages.history(connection, talk)) == 1


def test_what_a_dead_process_was_answering_is_free_again(engine: Engine, talk: str) -> None:
    with transaction(engine) as connection:
        question = messages.add(connection, talk, "user", "hello", client_id="c1")
        assert messages.claim(connection, question, 5.0, NOON)
        assert not messages.claim(connection, question, 5.0, NOON + timedelta(seconds=4.9))
        assert messages.claim(connection, question, 5.0, NOON + timedelta(seconds=5))


def test_messages_of_a_conversation_are_answered_one_after_the_other(engine: Engine, talk: str) -> None:
    """Also if the lock between replicas fails: the second is ours only when the first is answered or given up."""

    def take(conversation: str, id: str, seconds: float = 0.0) -> messages.Taken:
        with transaction(engine) as connection:
            return messages.take(connection, conversation, id, id, 5.0, NOON + timedelta(seconds=seconds))

    first, second = take(talk, "c1"), take(talk, "c2", 1)
    assert (first.mine, second.mine, second.done) == (True, False, False)
    assert take("web-b", "c1").mine
    assert not take(talk, "c2", 2).mine
    with transaction(engine) as connection:
        messages.reply(connection, first.question, "one", None)
    assert take(talk, "c1", 3).done
    assert take(talk, "c2", 3).mine
    assert not take(talk, "c3", 4).mine
    assert take(talk, "c3", 8).mine  # the process that had the second one died


def test_of_two_messages_at_one_moment_one_is_taken_first(engine: Engine, talk: str) -> None:
    def turn(number: int) -> bool:
        with transaction(engine) as connection:
            return messages.take(connection, talk, "hello", f"c{number}", 5.0).mine

    assert sorted(together(turn, 4)) == [False, False, False, True]


def test_a_message_has_one_reply(engine: Engine, talk: str) -> None:
    with transaction(engine) as connection:
        question = messages.add(connection, talk, "user", "hello", client_id="c1")
        assert messages.reply_to(connection, question) is None
        first = messages.reply(connection, question, "one", None)
        assert messages.reply(connection, question, "two", None) == first
        assert messages.reply_to(connection, question) == first


def test_numbers_become_visible_in_order(database_url: str, engine: Engine, talk: str) -> None:
    """A reader who asks for what came after the last number that it saw misses nothing."""
    writers, each = 3, 12

    def write(number: int) -> None:
        for turn in range(each):
            with transaction(engine) as connection:
                messages.add(connection, talk, "user", f"{number} {turn}")

    reader, seen, cursor = open_state(database_url), [], 0
    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    alive = True
    while alive:
        alive = any(thread.is_alive() for thread in threads)
        with transaction(reader) as connection:
            new = messages.history(connection, talk, after=cursor)
        seen += [one.text for one in new]
        cursor = messages.last_seq(new, cursor)
    reader.dispose()
    assert len(seen) == len(set(seen)) == writers * each


def test_what_is_said_while_a_person_talks_is_for_the_person(engine: Engine, talk: str) -> None:
    with transaction(engine) as connection:
        messages.add(connection, talk, "user", "to the bot")
        set_spoken_by(connection, talk, "waiting")
        messages.add(connection, talk, "user", "one")
        messages.add(connection, talk, "staff", "from staff")
        set_spoken_by(connection, talk, "talking")
        two = messages.add(connection, talk, "user", "two")
        assert not messages.claim(connection, two, 5.0)
        assert [one.text for one in messages.for_staff(connection, talk)] == ["one", "two"]
        assert [one.text for one in messages.for_staff(connection, talk, two.seq - 1)] == ["two"]
        assert messages.for_staff(connection, "web-b") == []


def test_a_deleted_conversation_takes_no_message(engine: Engine, talk: str) -> None:
    with transaction(engine) as connection:
        question = messages.add(connection, talk, "user", "hello", client_id="c1")
    forget(engine, talk)
    for work in (
        lambda connection: messages.add(connection, talk, "user", "again"),
        lambda connection: messages.reply(connection, question, "late", None),
    ):
        with pytest.raises(Gone), transaction(engine) as connection:
            work(connection)
    with transaction(engine) as connection:
        assert messages.history(connection, talk) == []


def test_only_answers_of_the_conversation_are_found(engine: Engine, talk: str) -> None:
    with transaction(engine) as connection:
        question = messages.add(connection, talk, "user", "hello")
        answer = messages.reply(connection, question, "text", ANSWER)
        assert messages.with_answer(connection, talk, "00ff00ff00ff00ff") == answer
        assert messages.with_answer(connection, "web-b", "00ff00ff00ff00ff") is None
        assert messages.with_answer(connection, talk, "%") is None
