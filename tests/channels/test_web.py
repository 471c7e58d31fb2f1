"""The web channel over HTTP: sessions kept apart, each message once, what a client may and may not do."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest
import requests
from sqlalchemy import func, select

from channels.session_tokens import conversation_of, issue
from channels.texts import MASKED
from state import handoffs, messages
from state.conversations import touch, transaction
from state.database import open_state
from state.models import conversation, metadata
from tests.channels.conftest import SECRET, SITE, Client, Visitor

ANSWER = "00112233445566aa"
CALLS: dict[str, Callable[[Visitor], requests.Response]] = {
    "send": lambda one: one.say("hello"),
    "read": lambda one: one.call("GET", "messages"),
    "judge": lambda one: one.call("PUT", f"feedback/{ANSWER}", {"helpful": True}),
    "take back": lambda one: one.call("DELETE", f"feedback/{ANSWER}"),
    "ask for a person": lambda one: one.call("POST", "person", {"email": "a@example.edu", "consent": True}),
    "see a person": lambda one: one.call("GET", "person"),
    "end a person": lambda one: one.call("DELETE", "person"),
    "export": lambda one: one.call("GET", "conversation"),
    "export text": lambda one: one.call("GET", "conversation?format=text"),
    "delete": lambda one: one.call("DELETE", "conversation"),
}


def code(reply: requests.Response) -> tuple[int, str]:
    """Status and code of a problem, whose form is checked."""
    assert reply.headers["Content-Type"] == "application/problem+json"
    body = reply.json()
    assert set(body) == {"type", "title", "status", "detail", "code", "request_id"}
    assert body["status"] == reply.status_code
    return reply.status_code, body["code"]


# --- a turn


def test_a_turn_is_the_students_message_and_one_answer(client: Client) -> None:
    one = client.visitor()
    asked, answered = one.said("answer me")
    assert (asked["role"], asked["text"], asked["payload"]) == ("user", "answer me", None)
    assert (answered["role"], answered["text"], answered["feedback"]) == ("assistant", "answer me", None)
    assert answered["payload"]["answer_id"] == ANSWER
    assert answered["seq"] > asked["seq"]
    assert datetime.fromisoformat(answered["time"].replace("Z", "+00:00")).tzinfo is timezone.utc
    assert one.history() == [("user", "answer me"), ("assistant", "answer me")]


def test_links_to_evidence_hold_behind_any_path(client: Client) -> None:
    citation = client.visitor().said("answer me")[1]["payload"]["citations"][0]
    assert citation["evidence"] == "evidence/abc"


def test_a_message_is_words_never_a_command(client: Client) -> None:
    assert [part["text"] for part in client.visitor().said('/ask_pay{"place": "US-TX"}')] == [
        'ask_pay{"place": "US-TX"}'
    ] * 2


def test_personal_numbers_are_gone_before_anything_is_stored_and_that_is_said_once(client: Client) -> None:
    one = client.visitor()
    assert [(part["role"], part["text"]) for part in one.said("my ssn is 123-45-6789")] == [
        ("user", "my ssn is [number removed]"),
        ("notice", MASKED),
        ("assistant", "my ssn is [number removed]"),
    ]
    assert [part["role"] for part in one.said("again 123-45-6789")] == ["user", "assistant"]
    assert "6789" not in one.call("GET", "conversation").text


@pytest.mark.parametrize("text", ["hang", "fail"])
def test_a_fault_is_a_polite_answer_that_stays(text: str, client: Client) -> None:
    one, id = client.visitor(), str(uuid.uuid4())
    first = one.say(text, id).json()["messages"]
    assert first[1]["payload"]["failure"] is True
    assert one.say(text, id).json()["messages"] == first


# --- each message once


def test_a_message_that_is_sent_again_gets_the_same_answer(client: Client) -> None:
    one, id = client.visitor(), str(uuid.uuid4())
    first = one.say("answer one", id)
    assert one.say("something else", id).json() == first.json()
    assert one.say("answer one", id.upper()).json() == first.json()
    assert len(one.history()) == 2


def test_a_message_that_is_sent_again_while_it_is_answered_waits_for_the_answer(client: Client) -> None:
    one, id = client.visitor(), str(uuid.uuid4())
    found: list[Any] = []
    threads = [threading.Thread(target=lambda: found.append(one.say("slow", id).json()["messages"])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 4
    assert all(part == found[0] for part in found)
    assert one.history() == [("user", "slow"), ("assistant", "slow")]


def test_a_client_that_goes_away_finds_the_answer_when_it_comes_back(client: Client) -> None:
    one, id = client.visitor(), str(uuid.uuid4())
    with pytest.raises(requests.Timeout):
        client.session.post(
            f"{client.base}/web/messages",
            json={"id": id, "text": "slow one"},
            headers={"Authorization": f"Bearer {one.token}"},
            timeout=0.1,
        )
    time.sleep(1)
    assert one.history() == [("user", "slow one"), ("assistant", "slow one")]


def test_what_a_killed_process_left_is_answered_when_it_is_asked_again(client: Client) -> None:
    one, id = client.visitor(), str(uuid.uuid4())
    engine = open_state(client.state_url)
    with transaction(engine) as connection:  # as a process leaves it that dies in the middle of a turn
        left = messages.add(connection, conversation_of(one.session), "user", "hello", client_id=id)
        assert messages.claim(connection, left, 0.6)
    engine.dispose()
    started = time.monotonic()
    assert [part["text"] for part in one.say("hello", id).json()["messages"]] == ["hello", "hello"]
    assert 0.3 < time.monotonic() - started < 4
    assert len(one.history()) == 2


def test_what_takes_too_long_elsewhere_can_be_asked_for_again(client: Client) -> None:
    one, id = client.visitor("hasty"), str(uuid.uuid4())
    engine = open_state(client.state_url)
    with transaction(engine) as connection:  # another replica is at it, and stays at it
        messages.claim(
            connection, messages.add(connection, conversation_of(one.session), "user", "x", client_id=id), 60
        )
    engine.dispose()
    refused = one.say("x", id)
    assert code(refused) == (409, "conflict")
    assert refused.headers["Retry-After"] == "1"


def test_turns_of_one_session_come_in_order(client: Client) -> None:
    one = client.visitor()
    threads = [threading.Thread(target=one.say, args=(f"slow {number}",)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    history = one.history()
    assert [role for role, _ in history] == ["user", "assistant"] * 3
    assert all(history[number][1] == history[number + 1][1] for number in (0, 2, 4))


def test_a_client_that_names_its_cursor_misses_nothing(client: Client) -> None:
    tab, other = client.visitor(), None
    first = tab.say("one").json()
    other = Visitor(client, token=tab.token)
    other.say("from the other tab")
    got = tab.say("two", after=first["cursor"]).json()
    assert [part["text"] for part in got["messages"]] == ["from the other tab"] * 2 + ["two"] * 2
    assert got["cursor"] == got["messages"][-1]["seq"]
    assert tab.call("GET", f"messages?after={got['cursor']}").json() == {
        "messages": [],
        "cursor": got["cursor"],
        "more": False,
        "person": None,
    }


def test_a_long_history_comes_in_parts(client: Client) -> None:
    one = client.visitor()
    engine = open_state(client.state_url)
    with transaction(engine) as connection:
        for number in range(601):
            messages.add(connection, conversation_of(one.session), "user", str(number))
    engine.dispose()
    first = one.call("GET", "messages").json()
    rest = one.call("GET", f"messages?after={first['cursor']}").json()
    assert (len(first["messages"]), first["more"], rest["more"]) == (500, True, False)
    assert [part["text"] for part in first["messages"] + rest["messages"]] == [str(number) for number in range(601)]


# --- sessions


@pytest.mark.parametrize("name", sorted(CALLS))
def test_nothing_works_without_a_good_token(name: str, client: Client) -> None:
    opened = client.visitor()
    head, body, signature = opened.token.split(".")
    bad = {
        "none": "",
        "nonsense": "x",
        "unsigned": f"{head}.{body}.",
        "changed": f"{head}.{body[:-2]}AA.{signature}",
        "of another school": client.visitor("foreign").token,
    }
    for what, token in bad.items():
        assert code(CALLS[name](Visitor(client, token=token))) == (401, "no_session"), what
    old, _ = issue([SECRET], opened.session, -1)
    assert code(CALLS[name](Visitor(client, token=old))) == (401, "session_expired")


@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_deleted_conversation_takes_no_call(name: str, client: Client) -> None:
    one = client.visitor()
    one.said("answer me")
    assert one.call("DELETE", "conversation").status_code == 204
    assert code(CALLS[name](one)) == (401, "no_session")


def test_a_session_is_carried_on_with_a_fresh_token_or_replaced(client: Client) -> None:
    one = client.visitor()
    again = Visitor(client, token=one.token).open()
    assert again.session == one.session
    again.said("hello")
    assert one.history() == again.history() != []
    again.call("DELETE", "conversation")
    assert Visitor(client, token=one.token).open().session != one.session
    assert Visitor(client, token="nonsense").open().session != one.session


def test_a_new_secret_signs_and_the_old_one_is_still_good(client: Client) -> None:
    one = client.visitor()
    assert one.said("hello")
    moved = Visitor(client, "rotated", token=one.token)
    assert moved.history() == one.history()
    moved.open()
    assert moved.session == one.session
    assert code(Visitor(client, token=moved.token).call("GET", "messages")) == (401, "no_session")


def test_no_session_can_read_or_change_anothers(client: Client) -> None:
    """Every call of one visitor leaves another's conversation as it was, whatever ids it names."""
    mine, other = client.visitor(), client.visitor()
    asked, answered = mine.said("answer me")
    mine.call("PUT", f"feedback/{ANSWER}", {"helpful": True, "comment": "good"})
    before = mine.call("GET", "conversation").json()
    for path in (f"feedback/{ANSWER}", f"feedback/{answered['id']}"):
        assert code(other.call("PUT", path, {"helpful": False})) == (404, "not_found")
        assert code(other.call("DELETE", path)) == (404, "not_found")
    assert other.history() == []
    for path in (f"messages?after=0&session={mine.session}", f"messages?conversation=web-{mine.session}"):
        assert other.call("GET", path).json()["messages"] == []
    sent = other.call(
        "POST", "messages", {"id": asked["id"], "text": "x", "session": mine.session, "sender": mine.session}
    )
    assert [part["text"] for part in sent.json()["messages"]] == ["x", "x"]
    other.call("POST", "person", {"email": "b@example.edu", "consent": True})
    other.call("DELETE", "person")
    other.call("DELETE", "conversation")
    after = mine.call("GET", "conversation").json()
    assert {**after, "exported": ""} == {**before, "exported": ""}


def test_the_rest_channel_cannot_speak_in_a_session(client: Client) -> None:
    one = client.visitor()
    for prefix in ("web-", "slack-"):
        assert client.post("/rest/webhook", {"sender": f"{prefix}{one.session}", "message": "x"}).status_code == 400


# --- what is no message


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"text": "x"}, "not_a_message"),
        ({"id": "1", "text": "x"}, "not_a_message"),
        ({"id": None, "text": "x"}, "not_a_message"),
        ({"id": "00000000-0000-4000-8000-00000000000g", "text": "x"}, "not_a_message"),
        ({"id": "{id}"}, "not_a_message"),
        ({"id": "{id}", "text": ""}, "not_a_message"),
        ({"id": "{id}", "text": " \n "}, "not_a_message"),
        ({"id": "{id}", "text": "///"}, "not_a_message"),
        ({"id": "{id}", "text": "\ud800\x00"}, "not_a_message"),
        ({"id": "{id}", "text": ["x"]}, "not_a_message"),
        ({"id": "{id}", "text": "x" * 1001}, "too_long"),
        ({"id": "{id}", "text": "x", "after": -1}, "invalid"),
        ({"id": "{id}", "text": "x", "after": True}, "invalid"),
        ({"id": "{id}", "text": "x", "after": "1"}, "invalid"),
        (b"", "invalid"),
        (b"{", "invalid"),
        (b"[]", "invalid"),
        (b"[" * 30_000, "invalid"),
        (b'{"id": NaN}', "invalid"),
        (b"\xff\xfe", "invalid"),
    ],
)
def test_what_is_no_message_is_a_problem_that_repeats_nothing(body: Any, expected: str, client: Client) -> None:
    one = client.visitor()
    if isinstance(body, dict):
        body = {key: str(uuid.uuid4()) if value == "{id}" else value for key, value in body.items()}
    reply = one.call("POST", "messages", body)
    assert code(reply) == (400, expected)
    assert "xxx" not in reply.text
    assert one.history() == []


def test_only_json_is_read_and_only_a_little_of_it(client: Client) -> None:
    one = client.visitor()
    form = one.call("POST", "messages", b"id=1", **{"Content-Type": "application/x-www-form-urlencoded"})
    assert code(form) == (415, "unsupported_media_type")
    assert code(one.call("POST", "messages", b"x" * 33_000)) == (413, "too_large")
    parts = iter([b"x" * 8_000] * 10)
    large = client.session.post(
        f"{client.base}/web/messages", data=parts, headers={"Content-Type": "application/json"}, timeout=20
    )
    assert code(large) == (413, "too_large")


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "99999999999999", "%00", "٣"])
def test_a_cursor_is_a_number(after: str, client: Client) -> None:
    assert code(client.visitor().call("GET", f"messages?after={after}")) == (400, "invalid")


def test_a_cursor_beyond_all_numbers_finds_nothing(client: Client) -> None:
    assert client.visitor().call("GET", "messages?after=9999999999").json()["messages"] == []


# --- feedback


def test_the_last_feedback_counts_and_can_be_taken_back(client: Client) -> None:
    one = client.visitor()
    one.said("answer me")
    shown = lambda: one.call("GET", "messages").json()["messages"][1]["feedback"]  # noqa: E731
    no = one.call("PUT", f"feedback/{ANSWER}", {"helpful": False, "comment": " call 555-234-5678 \x00"})
    assert no.json() == {"answer_id": ANSWER, "helpful": False, "comment": "call [number removed]"}
    assert shown() is False
    assert one.call("PUT", f"feedback/{ANSWER}", {"helpful": True}).json()["comment"] is None
    assert shown() is True
    assert one.call("DELETE", f"feedback/{ANSWER}").status_code == 204
    assert one.call("DELETE", f"feedback/{ANSWER}").status_code == 204
    assert shown() is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, "invalid"),
        ({"helpful": "yes"}, "invalid"),
        ({"helpful": 1}, "invalid"),
        ({"helpful": True, "comment": 5}, "invalid"),
        ({"helpful": True, "comment": "x" * 501}, "too_long"),
    ],
)
def test_feedback_is_yes_or_no(body: Any, expected: str, client: Client) -> None:
    one = client.visitor()
    one.said("answer me")
    assert code(one.call("PUT", f"feedback/{ANSWER}", body)) == (400, expected)


@pytest.mark.parametrize("id", ["ffffffffffffffff", "x", "%00", "..%2f", "a" * 2000])
def test_there_is_feedback_on_answers_only(id: str, client: Client) -> None:
    one = client.visitor()
    one.said("answer me")
    assert code(one.call("PUT", f"feedback/{id}", {"helpful": True})) == (404, "not_found")


# --- export and deletion


def test_the_export_has_everything(client: Client) -> None:
    one = client.visitor()
    one.said("answer Zoë")
    one.call("PUT", f"feedback/{ANSWER}", {"helpful": False, "comment": "too long"})
    one.call("POST", "person", {"email": "sam@example.edu", "name": "Sam", "question": "Why?", "consent": True})
    data = one.call("GET", "conversation?format=json")
    assert 'attachment; filename="conversation.json"' in data.headers["Content-Disposition"]
    content = data.json()
    assert content["session"] == one.session
    assert [part["role"] for part in content["messages"]] == ["user", "assistant", "notice"]
    assert [(part["helpful"], part["comment"]) for part in content["feedback"]] == [(False, "too long")]
    assert [(part["email"], part["name"], part["question"]) for part in content["person"]] == [
        ("sam@example.edu", "Sam", "Why?")
    ]
    text = one.call("GET", "conversation?format=text")
    assert text.headers["Content-Type"].startswith("text/plain")
    assert text.encoding == "utf-8"
    for part in ("answer Zoë", "Student:", "Assistant:", "too long", "sam@example.edu", one.session):
        assert part in text.text
    assert code(one.call("GET", "conversation?format=pdf")) == (400, "invalid")


def test_a_deleted_conversation_is_gone_from_every_table(client: Client) -> None:
    one, other = client.visitor(), client.visitor()
    for visitor in (one, other):
        visitor.said("answer me, my ssn is 123-45-6789")
        visitor.call("PUT", f"feedback/{ANSWER}", {"helpful": True})
        visitor.call("POST", "person", {"email": "sam@example.edu", "consent": True})
    engine = open_state(client.state_url)

    def rows(session: str) -> dict[str, int]:
        name = conversation_of(session)
        tables = [table for table in metadata.sorted_tables if "conversation_id" in table.c]
        with transaction(engine) as connection:
            found = {
                table.name: connection.execute(
                    select(func.count()).select_from(table).where(table.c.conversation_id == name)
                ).scalar()
                for table in tables
            }
            query = select(func.count()).select_from(conversation).where(conversation.c.id == name)
            return {**found, "conversation": connection.execute(query).scalar()}

    kept = rows(other.session)
    assert {table: rows(one.session)[table] for table in ("message", "feedback", "handoff", "conversation")} == {
        "message": 4,
        "feedback": 1,
        "handoff": 1,
        "conversation": 1,
    }
    assert one.call("DELETE", "conversation").status_code == 204
    assert set(rows(one.session).values()) == {0}
    assert rows(other.session) == kept
    engine.dispose()


def test_a_conversation_that_is_deleted_while_it_is_answered_stays_deleted(client: Client) -> None:
    one = client.visitor()
    found: list[requests.Response] = []
    turn = threading.Thread(target=lambda: found.append(one.say("slow")))
    turn.start()
    time.sleep(0.2)
    assert one.call("DELETE", "conversation").status_code == 204
    turn.join(30)
    assert code(found[0]) == (401, "no_session")
    engine = open_state(client.state_url)
    with transaction(engine) as connection:
        assert messages.history(connection, conversation_of(one.session)) == []
    engine.dispose()


# --- a person


def test_while_a_person_is_asked_for_the_bot_keeps_quiet_until_the_student_ends_it(client: Client) -> None:
    one = client.visitor()
    one.said("hello")
    assert one.call("GET", "person").json() == {"person": None}
    asked = one.call("POST", "person", {"email": "sam@example.edu", "consent": True, "share_transcript": True})
    assert asked.status_code == 201
    assert (asked.json()["status"], asked.json()["via"]) == ("waiting", "chat")
    got = one.say("are you there?").json()
    assert [part["role"] for part in got["messages"]] == ["user"]
    assert got["person"]["status"] == "waiting"
    assert one.call("DELETE", "person").status_code == 204
    assert one.call("DELETE", "person").status_code == 204
    assert [role for role, _ in one.history()] == ["user", "assistant", "notice", "user", "notice"]
    assert one.call("GET", "person").json()["person"]["status"] == "closed"
    assert [part["role"] for part in one.said("hello")] == ["user", "assistant"]


def test_what_staff_say_reaches_the_student(client: Client) -> None:
    one = client.visitor()
    one.call("POST", "person", {"email": "sam@example.edu", "consent": True})
    name = conversation_of(one.session)
    engine = open_state(client.state_url)
    with transaction(engine) as connection:
        asked = handoffs.current(connection, name)
        assert asked is not None
        handoffs.set_thread(connection, asked.id, "C1:1700.1")
        handoffs.talk(connection, asked.id)
        messages.add(connection, name, "staff", "Hello Sam.")
    cursor = one.call("GET", "messages").json()
    assert cursor["person"]["status"] == "talking"
    assert cursor["messages"][-1]["role"] == "staff"
    one.say("Hi! my phone is 555-234-5678")
    with transaction(engine) as connection:
        (relay,) = [one for one in handoffs.to_relay(connection) if one.conversation_id == name]
        said = messages.for_staff(connection, name, relay.relayed)
    assert [part.text for part in said] == ["Hi! my phone is [number removed]"]
    engine.dispose()


def test_asking_twice_is_asking_once(client: Client) -> None:
    one = client.visitor()
    first = one.call("POST", "person", {"email": "sam@example.edu", "consent": True})
    again = one.call("POST", "person", {"email": "sam@example.edu", "consent": True})
    assert (again.status_code, again.json()) == (200, first.json())
    assert code(one.call("POST", "person", {"email": "max@example.edu", "consent": True})) == (409, "conflict")
    assert [role for role, _ in one.history()] == ["notice"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"email": "sam@example.edu"}, "invalid"),
        ({"email": "sam@example.edu", "consent": False}, "invalid"),
        ({"email": "sam@example.edu", "consent": "true"}, "invalid"),
        ({"consent": True}, "invalid"),
        ({"email": "sam", "consent": True}, "invalid"),
        ({"email": "sam@example", "consent": True}, "invalid"),
        ({"email": "sam@example.edu\nBcc: all@example.edu", "consent": True}, "invalid"),
        ({"email": "a@b.example, c@d.example", "consent": True}, "invalid"),
        ({"email": f"{'a' * 300}@example.edu", "consent": True}, "invalid"),
        ({"email": "sam@example.edu", "consent": True, "share_transcript": "no"}, "invalid"),
        ({"email": "sam@example.edu", "consent": True, "name": "x" * 101}, "too_long"),
        ({"email": "sam@example.edu", "consent": True, "question": "x" * 1001}, "too_long"),
        ({"email": "sam@example.edu", "consent": True, "name": 5}, "invalid"),
    ],
)
def test_a_person_needs_consent_and_an_address(body: Any, expected: str, client: Client) -> None:
    one = client.visitor()
    reply = one.call("POST", "person", body)
    assert code(reply) == (400, expected)
    assert "example" not in reply.json()["detail"]
    assert one.call("GET", "person").json() == {"person": None}


def test_where_nobody_can_be_told_that_is_said(client: Client) -> None:
    one = client.visitor("alone")
    assert client.get("/alone/config").json()["handoff"] is False
    reply = one.call("POST", "person", {"email": "sam@example.edu", "consent": True})
    assert code(reply) == (409, "unsupported")
    assert "Ms Ito, room 12" in reply.json()["detail"]


# --- limits


def test_a_session_may_only_say_so_much(client: Client) -> None:
    one = client.visitor("limited", **{"X-Forwarded-For": "192.0.2.1"})
    assert [one.say("x").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = one.say("x")
    assert code(refused) == (429, "rate_limited")
    assert 1 <= int(refused.headers["Retry-After"]) <= 20


def test_an_address_may_only_say_and_open_so_much_whatever_it_claims(client: Client) -> None:
    """The client's address is what the trusted proxy saw; what stands left of it is made up."""
    visitors = [client.visitor("limited", **{"X-Forwarded-For": f"198.51.100.{n}, 192.0.2.2"}) for n in range(4)]
    refused = Visitor(client, "limited", more={"X-Forwarded-For": "203.0.113.9, 192.0.2.2"}).call(
        "POST", "sessions", {}
    )
    assert code(refused) == (429, "rate_limited")
    assert [visitors[n % 4].say("x").status_code for n in range(6)] == [200] * 5 + [429]
    neighbour = client.visitor("limited", **{"X-Forwarded-For": "192.0.2.2, 192.0.2.3"})
    assert neighbour.say("x").status_code == 200


def test_nobody_is_asked_for_a_person_all_the_time(client: Client) -> None:
    one = client.visitor("limited", **{"X-Forwarded-For": "192.0.2.4"})
    wish = {"email": "sam@example.edu", "consent": True}
    assert [one.call("POST", "person", wish).status_code for _ in range(6)] == [409] * 5 + [429]


def test_no_address_may_call_all_the_time(client: Client) -> None:
    one = Visitor(client, "limited", more={"X-Forwarded-For": "192.0.2.5"})
    assert [one.call("GET", "config").status_code for _ in range(52)][48:] == [200, 200, 429, 429]


# --- origins and headers


@pytest.mark.parametrize("origin", [SITE, "https://careers.example.org", None])
def test_allowed_sites_may_use_it(origin: str | None, client: Client) -> None:
    one = Visitor(client, origin=origin).open()
    reply = one.say("hello")
    assert reply.status_code == 200
    assert reply.headers.get("Access-Control-Allow-Origin") == origin
    assert reply.headers["Vary"] == "Origin"
    assert "Access-Control-Allow-Credentials" not in reply.headers
    assert reply.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://www.example.edu",
        "https://www.example.edu.evil.example",
        "null",
        "https://example.org",
    ],
)
def test_other_sites_may_not(origin: str, client: Client) -> None:
    good = client.visitor()
    bad = Visitor(client, token=good.token, origin=origin)
    for call in (*CALLS.values(), lambda one: one.call("POST", "sessions", {}), lambda one: one.call("GET", "config")):
        reply = call(bad)
        assert code(reply) == (403, "origin_not_allowed")
        assert "Access-Control-Allow-Origin" not in reply.headers
    assert code(bad.call("OPTIONS", "messages")) == (403, "origin_not_allowed")
    assert good.history() == []


def test_its_own_pages_may_use_it(client: Client) -> None:
    own = client.base.removesuffix("/webhooks")
    assert Visitor(client, origin=own).open().say("hello").status_code == 200
    public = Visitor(client, "public", origin="https://bot.example.edu").open()
    assert public.say("hello").status_code == 200
    assert code(Visitor(client, "public", origin=own).call("POST", "sessions", {})) == (403, "origin_not_allowed")


def test_a_preflight_says_what_is_allowed(client: Client) -> None:
    reply = Visitor(client).call("OPTIONS", "messages", **{"Access-Control-Request-Method": "POST"})
    assert (reply.status_code, reply.content) == (204, b"")
    assert reply.headers["Access-Control-Allow-Origin"] == SITE
    assert "Authorization" in reply.headers["Access-Control-Allow-Headers"]
    assert {"GET", "POST", "PUT", "DELETE"} <= set(reply.headers["Access-Control-Allow-Methods"].split(", "))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "health", 200),
        ("GET", "config", 200),
        ("GET", "openapi.json", 200),
        ("GET", "demo/", 200),
        ("GET", "page.css", 200),
        ("GET", "nothing", 404),
        ("GET", "evidence/none", 404),
        ("PATCH", "messages", 405),
        ("BREW", "messages", 405),
        ("GET", "messages", 401),
        ("POST", "messages", 415),
    ],
)
def test_every_response_has_the_headers_that_keep_browsers_safe(
    method: str, path: str, status: int, client: Client
) -> None:
    reply = client.session.request(method, f"{client.base}/web/{path}", timeout=20)
    assert reply.status_code == status
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Referrer-Policy"] == "no-referrer"
    policy = {rule.split()[0]: rule.split()[1:] for rule in reply.headers["Content-Security-Policy"].split("; ")}
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert not any("unsafe" in value for values in policy.values() for value in values)
    if status >= 400:
        code(reply)
    if status == 405:
        assert "POST" in reply.headers["Allow"]


def test_over_https_browsers_are_told_to_stay_there(client: Client) -> None:
    assert "max-age" in client.get("/public/health").headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in client.get("/web/health").headers


def test_the_settings_of_the_widget(client: Client) -> None:
    found = client.get("/mail/config").json()
    assert found["school"] == "Example College"
    assert (found["handoff"], found["handoff_via"]) == (True, "email")
    assert (found["keep_days"], found["max_message"], found["locales"]) == (30, 1000, ["en", "es"])
    assert "30 days" in found["notice"]
    assert "secret" not in str(found).lower()


def test_caches_keep_what_they_may(client: Client) -> None:
    statement = "/web/evidence/oews2025-N0000000-000000-292072-13"
    program, person = client.get(statement), client.get(statement, Accept="text/html")
    assert program.headers["Vary"] == person.headers["Vary"] == "Accept, Origin"
    assert client.get("/web/config").headers["Cache-Control"] == "public, max-age=60"


def test_health_names_what_it_needs(client: Client) -> None:
    assert client.get("/web/health").json() == {"status": "ok", "state": "ok", "knowledge": "ok"}
    assert client.get("/web").json()["status"] == "ok"
    assert client.session.head(f"{client.base}/web/health", timeout=20).status_code == 200


def test_a_session_that_nobody_opened_here_is_none(client: Client) -> None:
    """A good signature is not enough: the conversation must have begun and not be deleted."""
    token, _ = issue([SECRET], "0" * 32, 1)
    assert code(Visitor(client, token=token).call("GET", "messages")) == (401, "no_session")
    engine = open_state(client.state_url)
    with transaction(engine) as connection:
        touch(connection, conversation_of("0" * 32), "web")
    engine.dispose()
    assert Visitor(client, token=token).call("GET", "messages").status_code == 200
