"""Staff learn by e-mail that a student asks for a person: once, in spite of failures, and with what was agreed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import update
from sqlalchemy.engine import Engine

import settings
from channels import handoff_mail, person
from channels.turns import State
from state import handoffs, messages
from state.conversations import forget, spoken_by, touch, transaction
from state.database import open_state
from state.models import handoff
from tests.channels import mail_server
from tests.channels.conftest import Client, Visitor

WISH = {"email": "sam@example.edu", "name": "Sam Lee", "question": "Is my credit\nvalid?", "consent": True}


def until(test: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not test() and time.monotonic() < deadline:
        time.sleep(0.05)
    return test()


def closed(one: Visitor) -> bool:
    return bool(one.call("GET", "person").json()["person"]["status"] == "closed")


def test_a_wish_reaches_staff_and_the_bot_goes_on(client: Client) -> None:
    one = client.visitor("mail")
    one.said("hello there")
    client.mailbox.letters.clear()
    asked = one.call("POST", "person", {**WISH, "share_transcript": True})
    assert asked.json()["via"] == "email"
    assert until(lambda: closed(one))
    (letter,) = client.mailbox.letters
    assert (letter["To"], letter["Reply-To"]) == ("careers@example.edu", "sam@example.edu")
    body = letter.get_content().replace("\r\n", "\n")
    for part in ("Sam Lee", "Is my credit\nvalid?", "hello there", "Example College", "30 days"):
        assert part in body
    assert [part["role"] for part in one.said("and the pay?")] == ["user", "assistant"]
    assert [role for role, _ in one.history()][:3] == ["user", "assistant", "notice"]


def test_what_was_said_stays_private_if_the_student_wants_that(client: Client) -> None:
    one = client.visitor("mail")
    one.said("something private")
    client.mailbox.letters.clear()
    one.call("POST", "person", {"email": "sam@example.edu", "consent": True})
    assert until(lambda: closed(one))
    body = client.mailbox.letters[-1].get_content()
    assert "something private" not in body
    assert "did not share" in body


@pytest.fixture
def config(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], settings.Settings]:
    def make(url: str) -> settings.Settings:
        environ = {
            "WAYMARK_HANDOFF_EMAIL": "careers@example.edu",
            "WAYMARK_SMTP_URL": url,
            "WAYMARK_CONTACT": "room 12",
        }
        return settings.load(environ)

    return make


@pytest.fixture
def engine(database_url: str) -> Engine:
    engine = open_state(database_url)
    with transaction(engine) as connection:
        touch(connection, "web-a", "web")
        handoffs.open_(connection, "web-a", via="email", email="sam@example.edu", name="Zoë\u202e <b>")
    return engine


def due_again(engine: Engine) -> None:
    """The time until the next attempt has passed."""
    with transaction(engine) as connection:
        connection.execute(update(handoff).values(next_attempt="2020-01-01T00:00:00.000Z"))


@pytest.mark.parametrize("failing", ["451 try later", "550 no such user", "hang up"])
async def test_a_letter_that_was_not_taken_is_sent_again(
    failing: str, engine: Engine, config: Callable[[str], settings.Settings]
) -> None:
    with mail_server.running() as box:
        box.failing = failing
        assert await handoff_mail.deliver(State(engine), config(box.url)) == 0
        assert (box.tries, await handoff_mail.deliver(State(engine), config(box.url))) == (1, 0)  # not at once
        box.failing = ""
        due_again(engine)
        assert await handoff_mail.deliver(State(engine), config(box.url)) == 1
        assert await handoff_mail.deliver(State(engine), config(box.url)) == 0
        assert len(box.letters) == 1
    engine.dispose()


async def test_a_mail_server_that_is_away_stops_nothing(
    engine: Engine, config: Callable[[str], settings.Settings]
) -> None:
    assert await handoff_mail.deliver(State(engine), config("smtp://127.0.0.1:1")) == 0
    with transaction(engine) as connection:
        asked = handoffs.current(connection, "web-a")
    assert asked is not None
    assert (asked.status, asked.attempts, asked.notified) == ("waiting", 1, None)
    engine.dispose()


async def test_nobody_is_told_of_a_conversation_that_was_deleted(
    engine: Engine, config: Callable[[str], settings.Settings]
) -> None:
    forget(engine, "web-a")
    with mail_server.running() as box:
        assert await handoff_mail.deliver(State(engine), config(box.url)) == 0
        assert box.tries == 0
    engine.dispose()


def test_outside_of_this_machine_details_go_out_encrypted_only(
    config: Callable[[str], settings.Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = handoffs.Handoff(
        "1", "web-a", "waiting", "email", "sam@example.edu", None, None, False, "2026-11-21T19:46:09Z"
    )
    with mail_server.running() as box:
        monkeypatch.setattr(handoff_mail, "LOOPBACK", ())
        with pytest.raises(handoff_mail.smtplib.SMTPNotSupportedError):
            handoff_mail.send(box.url, handoff_mail.compose(asked, None, config(box.url)))
        assert box.tries == 0


def test_a_request_keeps_its_message_id_so_that_a_second_letter_is_known_as_such(
    config: Callable[[str], settings.Settings],
) -> None:
    asked = handoffs.Handoff(
        "42", "web-a", "waiting", "email", "sam@example.edu", None, None, False, "2026-11-21T19:46:09Z"
    )
    one, two = (handoff_mail.compose(asked, None, config("smtp://127.0.0.1:1")) for _ in range(2))
    assert one["Message-ID"] == two["Message-ID"] == "<42@example.edu>"


def test_to_whom_nobody_comes_the_bot_comes_back(engine: Engine) -> None:
    later = datetime.now(timezone.utc) + timedelta(hours=1)
    with transaction(engine) as connection:
        touch(connection, "web-b", "web")
        handoffs.open_(connection, "web-b", via="slack", email="max@example.edu")
        taken, _ = handoffs.open_(connection, "web-b", via="slack", email="max@example.edu")
        assert person.end_overdue(connection, later, "Ms Ito, room 12") == 2
        assert spoken_by(connection, "web-b") == "bot"
        (notice,) = messages.history(connection, "web-b")
        assert (notice.role, "Ms Ito, room 12" in notice.text) == ("notice", True)
        assert notice.payload == {"type": "notice", "notice": "person_overdue", "contact": "Ms Ito, room 12"}
        assert person.end_overdue(connection, later, "Ms Ito, room 12") == 0
        assert not person.end(connection, taken, "student", "x")
    engine.dispose()
