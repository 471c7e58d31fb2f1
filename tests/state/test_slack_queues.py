"""What came from Slack and what goes there, in the state database: stored once, taken by one, never lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import Engine

from state import slack_calls, slack_events
from state.clock import stamp
from state.conversations import forget, touch, transaction
from state.database import open_state
from state.slack_calls import NewCall, add_calls, take_calls
from state.slack_events import NewEvent, Outcome, finish, give_back, receive, take_events

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=timezone.utc)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_state(database_url)
    yield engine
    engine.dispose()


def event(n: int, conversation: str = "slack-T-D1", **more: object) -> NewEvent:
    new = NewEvent(f"Ev{n}", f"post:{n}", "ask", conversation, {"n": n}, stamp(NOW, plus=n))
    return replace(new, **more)


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_an_event_is_stored_once_whatever_its_id(engine: Engine) -> None:
    assert receive(engine, [event(1), event(1)]) == 1
    assert receive(engine, [replace(event(2), dedupe="post:1"), event(1)]) == 0
    assert [e.id for e in take_events(engine, 9, 10, NOW)] == ["Ev1"]


def test_events_of_a_conversation_are_taken_one_after_the_other_in_slacks_order(engine: Engine) -> None:
    receive(engine, [event(3), event(1), event(2), event(4, "slack-T-D2")])
    first = take_events(engine, 9, 10, NOW)
    assert [e.id for e in first] == ["Ev1", "Ev4"]
    assert take_events(engine, 9, 10, NOW) == []
    assert finish(engine, first[0], Outcome())
    assert [e.id for e in take_events(engine, 9, 10, NOW)] == ["Ev2"]


def test_what_a_dead_process_had_is_taken_when_its_time_is_over(engine: Engine) -> None:
    receive(engine, [event(1)])
    (dead,) = take_events(engine, 1, 10, NOW)
    assert take_events(engine, 1, 10, later(9)) == []
    (taken,) = take_events(engine, 1, 10, later(11))
    assert (taken.id, taken.attempts) == ("Ev1", 2)
    call = NewCall("answer:Ev1", "D1", "chat.postMessage", {})
    assert not finish(engine, dead, Outcome((call,)))  # it was not dead after all, but too late
    assert slack_calls.unsent(engine) == 0
    assert finish(engine, taken, Outcome((call,)))
    assert not finish(engine, taken, Outcome((call,)))
    assert slack_calls.unsent(engine) == 1


def test_an_event_that_ends_the_process_each_time_is_given_up(engine: Engine) -> None:
    receive(engine, [event(1)])
    for n in range(slack_events.MAX_ATTEMPTS):
        assert len(take_events(engine, 1, 10, later(20 * n))) == 1
    assert take_events(engine, 1, 10, later(1000)) == []
    assert slack_events.unfinished(engine) == 0


def test_a_process_that_stops_gives_its_work_back_uncounted(engine: Engine) -> None:
    receive(engine, [event(1)])
    give_back(engine, take_events(engine, 1, 10, NOW))
    (again,) = take_events(engine, 1, 10, NOW)
    assert again.attempts == 1


def test_of_many_who_take_at_once_each_event_has_one(engine: Engine) -> None:
    receive(engine, [event(n, f"slack-T-D{n % 7}") for n in range(60)])

    def take(_: int) -> list[str]:
        found = []
        while slack_events.unfinished(engine):
            for one in take_events(engine, 3, 30):
                finish(engine, one, Outcome((NewCall(f"answer:{one.id}", "D1", "m", {}),)))
                found.append(one.id)
        return found

    with ThreadPoolExecutor(4) as pool:
        ids = [id for found in pool.map(take, range(4)) for id in found]
    assert sorted(ids) == sorted(f"Ev{n}" for n in range(60))
    assert slack_calls.unsent(engine) == 60


def test_a_reply_counts_only_in_a_conversation_that_has_begun(engine: Engine) -> None:
    assert receive(engine, [event(1, if_known=True)]) == 0
    receive(engine, [event(2)])
    assert receive(engine, [event(3, if_known=True)]) == 1


@pytest.mark.parametrize(
    "broken",
    [{"id": "E" * 81}, {"id": "E\x00"}, {"dedupe": "d" * 121}, {"conversation_id": "c" * 161}, {"thread": "\n"}],
)
def test_an_id_that_slack_would_not_send_is_refused(broken: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(broken))):
        event(1, **broken)


# --- calls


def add(engine: Engine, *calls: NewCall) -> None:
    with transaction(engine) as connection:
        add_calls(connection, calls, NOW)


def call(n: int, lane: str = "C1") -> NewCall:
    return NewCall(f"call:{n}", lane, "chat.postMessage", {"n": n})


def test_calls_of_a_lane_are_sent_in_order_and_lanes_do_not_wait_for_each_other(engine: Engine) -> None:
    add(engine, call(1), call(2), call(3, "C2"), call(1))
    first = take_calls(engine, 9, 10, NOW)
    assert [c.dedupe for c in first] == ["call:1", "call:3"]
    assert take_calls(engine, 9, 10, NOW) == []
    with transaction(engine) as connection:
        assert slack_calls.sent(connection, first[0], {"ts": "1.2"})
        assert not slack_calls.sent(connection, first[0], {"ts": "1.2"})
        assert slack_calls.result_of(connection, "call:1") == {"ts": "1.2"}
    assert [c.dedupe for c in take_calls(engine, 9, 10, NOW)] == ["call:2"]


def test_a_call_that_waits_holds_its_lane(engine: Engine) -> None:
    add(engine, call(1), call(2))
    (head,) = take_calls(engine, 9, 10, NOW)
    with transaction(engine) as connection:
        slack_calls.later(connection, head, 30, uncertain=False, now=NOW)
    assert take_calls(engine, 9, 10, later(29)) == []
    (again,) = take_calls(engine, 9, 10, later(31))
    assert (again.dedupe, again.uncertain, again.attempts) == ("call:1", False, 2)


def test_whether_an_attempt_may_have_arrived_is_known_afterwards(engine: Engine) -> None:
    add(engine, call(1), call(2, "C2"))
    dead, unclear = take_calls(engine, 9, 10, NOW)
    assert not dead.uncertain
    with transaction(engine) as connection:
        slack_calls.later(connection, unclear, 5, uncertain=True, now=NOW)
    assert [(c.dedupe, c.uncertain) for c in take_calls(engine, 9, 10, later(6))] == [("call:2", True)]
    assert [(c.dedupe, c.uncertain) for c in take_calls(engine, 9, 10, later(11))] == [("call:1", True)]


def test_a_call_that_slack_refused_makes_room_and_can_be_added_anew(engine: Engine) -> None:
    add(engine, call(1), call(2))
    (head,) = take_calls(engine, 9, 10, NOW)
    with transaction(engine) as connection:
        slack_calls.failed(connection, head, "not_in_channel")
        assert slack_calls.result_of(connection, "call:1") is None
    assert [c.dedupe for c in take_calls(engine, 9, 10, NOW)] == ["call:2"]
    with transaction(engine) as connection:
        slack_calls.revive(connection, "call:1")
    add(engine, call(1))
    assert slack_calls.unsent(engine) == 2


def test_a_call_may_change_its_form(engine: Engine) -> None:
    add(engine, call(1))
    (head,) = take_calls(engine, 9, 10, NOW)
    with transaction(engine) as connection:
        slack_calls.later(connection, head, 0, uncertain=False, method="chat.update", body={"x": 1}, now=NOW)
    (again,) = take_calls(engine, 9, 10, NOW)
    assert (again.method, again.body) == ("chat.update", {"x": 1})


def test_what_was_said_goes_when_it_is_done_and_the_rest_after_a_time(engine: Engine) -> None:
    receive(engine, [event(1, "slack-T-D1"), event(2, None), event(3, None)])
    for one in take_events(engine, 2, 10, NOW):
        finish(engine, one, Outcome())
    add(engine, call(1))
    (sent,) = take_calls(engine, 9, 10, NOW)
    with transaction(engine) as connection:
        slack_calls.sent(connection, sent, {})
    with engine.connect() as connection:
        bodies = [row.body for row in connection.exec_driver_sql("SELECT body FROM slack_event WHERE status = 'done'")]
        bodies += [row.body for row in connection.exec_driver_sql("SELECT body FROM slack_call WHERE status = 'done'")]
    assert bodies == [None] * 3
    for table in (slack_events, slack_calls):
        table.forget_done(engine, later(3600))
    with engine.connect() as connection:
        events = [row.id for row in connection.exec_driver_sql("SELECT id FROM slack_event ORDER BY id")]
        calls = list(connection.exec_driver_sql("SELECT id FROM slack_call"))
    assert events == ["Ev1", "Ev3"]  # one of a conversation, one that is not done
    assert not calls


def test_with_a_conversation_goes_what_was_to_be_said_in_it(engine: Engine) -> None:
    receive(engine, [event(1)])
    (taken,) = take_events(engine, 1, 10, NOW)
    with transaction(engine) as connection:
        touch(connection, "slack-T-D1", "slack")
        add_calls(connection, [replace(call(1), conversation_id="slack-T-D1")], NOW)
    assert forget(engine, "slack-T-D1")
    assert not finish(engine, taken, Outcome((call(2),)))
    assert take_calls(engine, 9, 10, NOW) == []
