"""A person takes over: a student on the website or in Slack, staff in a channel, and the assistant keeps quiet."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
import requests

from state.conversations import forget
from state.database import open_state
from tests.slack_stand_in.running import App, running_app
from tests.slack_stand_in.sending import Slack
from tests.slack_stand_in.server import slack_server
from tests.slack_stand_in.workspace import ANN, BOB, BOT, EVE, STAFF, TEAM, Post, Trouble, Workspace

SETTLED = 1.8  # seconds after which nothing more comes: the two sides look every second
_numbers = count(1)


@dataclass
class Student:
    """A student on the website, over the web channel's HTTP."""

    base: str
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headers = {"Authorization": f"Bearer {self.call('POST', 'sessions', {})['token']}"}

    def call(self, verb: str, path: str, body: Any = None) -> Any:
        reply = requests.request(verb, f"{self.base}{path}", json=body, headers=self.headers, timeout=20)
        assert reply.ok, (reply.status_code, reply.text)
        return reply.json() if reply.content else None

    def say(self, text: str) -> list[dict[str, Any]]:
        """What comes back at once, without the student's own message."""
        sent = self.call("POST", "messages", {"id": str(uuid.uuid4()), "text": text})
        return [message for message in sent["messages"] if message["role"] != "user"]

    def ask_for_person(self, **more: Any) -> Any:
        form = {"name": "Ann Ito", "email": "ann@student.example", "question": "Which school?", "consent": True}
        return self.call("POST", "person", {**form, "share_transcript": False, **more})

    def reads(self, role: str) -> list[str]:
        return [m["text"] for m in self.call("GET", "messages?after=0")["messages"] if m["role"] == role]

    def status(self) -> str:
        person = self.call("GET", "person")["person"]
        return str(person and person["status"])


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("staff")
    limits = {f"WAYMARK_{name}": "10000" for name in ("SESSION_MESSAGES", "ADDRESS_MESSAGES", "ADDRESS_SESSIONS")}
    with slack_server() as server, running_app(server, folder, WAYMARK_SLACK_STAFF_CHANNEL=STAFF, **limits) as running:
        yield running


@pytest.fixture
def slack(app: App) -> Slack:
    return app.slack


@pytest.fixture
def space(app: App) -> Iterator[Workspace]:
    with app.server.workspace.lock:
        app.server.workspace.posts.clear()
    yield app.server.workspace
    assert not app.server.workspace.faults


@pytest.fixture
def student(app: App) -> Student:
    return Student(f"{app.base}/webhooks/web/")


def cards(space: Workspace) -> list[Post]:
    return [post for post in space.answers(STAFF) if post.thread is None]


def the_card(space: Workspace) -> Post:
    (card,) = space.wait(lambda: cards(space))
    return card


def under(space: Workspace, card: Post) -> list[str]:
    return [post.text for post in space.answers(STAFF, card.ts)]


def test_from_the_website_to_staff_and_back(student: Student, slack: Slack, space: Workspace, app: App) -> None:
    assert student.say("pay?")[0]["role"] == "assistant"
    assert student.ask_for_person()["status"] == "waiting"
    card = the_card(space)
    shown = json.dumps(card.body["blocks"], ensure_ascii=False)
    for part in ("Ann Ito", "ann@student.example", "Which school?", "Close the talk"):
        assert part in shown
    heard = len(app.heard())
    assert student.say("Is anybody there?") == []
    space.wait(lambda: under(space, card) == ["Student: Is anybody there?"])
    assert slack.say(STAFF, BOB, "Yes. Try &lt;our&gt; evening class: <https://school.example/x>", card.ts)
    space.wait(lambda: student.reads("staff") == ["Yes. Try <our> evening class: https://school.example/x"])
    assert student.status() == "talking"
    student.say("Thank you")
    slack.say(STAFF, EVE, "I am here as well", card.ts)  # two of the staff
    space.wait(lambda: len(student.reads("staff")) == 2 and len(under(space, card)) == 2)
    assert len(app.heard()) == heard  # the assistant kept quiet
    slack.click(BOB, card, "Close the talk")
    slack.click(EVE, card, "Close the talk")
    space.wait(lambda: student.status() == "closed")
    space.wait(lambda: "Closed." in json.dumps(card.body["blocks"]))
    assert not card.buttons()
    assert student.reads("notice")[-1] == "The talk with a person has ended. You can ask me again."
    assert student.say("pay again?")[0]["role"] == "assistant"
    slack.say(STAFF, BOB, "One more thing", card.ts)
    space.wait(lambda: "This talk is over" in under(space, card)[-1])
    assert len(student.reads("staff")) == 2


def test_the_transcript_is_shown_only_if_the_student_agreed(app: App, space: Workspace) -> None:
    for agreed in (True, False):
        student = Student(f"{app.base}/webhooks/web/")
        student.say("a question of mine")
        student.ask_for_person(share_transcript=agreed)
        card = the_card(space)
        space.quiet(SETTLED)
        text = "\n".join(under(space, card))
        assert ("a question of mine" in text) is agreed
        if agreed:
            assert "Student: a question of mine" in text and "Assistant: You asked: a question of mine" in text
        space.posts.clear()


def test_a_staff_reply_that_slack_delivers_twice_reaches_the_student_once(
    student: Student, slack: Slack, space: Workspace
) -> None:
    student.ask_for_person()
    card = the_card(space)
    event = slack.message(STAFF, BOB, "Hello", card.ts)
    for _ in range(3):
        slack.deliver(event)
    space.wait(lambda: student.reads("staff"))
    space.quiet(SETTLED)
    assert student.reads("staff") == ["Hello"]


def test_what_is_said_elsewhere_in_the_staff_channel_stays_there(
    student: Student, slack: Slack, space: Workspace
) -> None:
    student.ask_for_person()
    card = the_card(space)
    slack.say(STAFF, BOB, "Who takes this one?")
    slack.say(STAFF, BOB, "in another thread", "1700000000.000001")
    slack.say(STAFF, BOB, f"<@{BOT}> pay?", card.ts)  # asks the assistant
    space.wait(lambda: any("You asked: pay?" in text for text in under(space, card)))
    space.quiet(SETTLED)
    assert student.reads("staff") == []
    assert student.status() == "waiting"


def test_files_and_very_long_texts_of_staff_are_not_lost_silently(
    student: Student, slack: Slack, space: Workspace
) -> None:
    student.ask_for_person()
    card = the_card(space)
    slack.say(STAFF, BOB, "", card.ts, subtype="file_share", files=[{"id": "F1"}])
    space.wait(lambda: any("no files" in text for text in under(space, card)))
    slack.say(STAFF, BOB, "see the file", card.ts, subtype="file_share", files=[{"id": "F1"}])
    space.wait(lambda: student.reads("staff") == ["see the file"])


def test_a_student_who_ends_the_talk_has_the_assistant_back(student: Student, slack: Slack, space: Workspace) -> None:
    student.ask_for_person()
    card = the_card(space)
    student.call("DELETE", "person")
    space.wait(lambda: "The student ended the talk." in json.dumps(card.body["blocks"]))
    space.wait(lambda: under(space, card) == ["The student ended the talk."])
    assert not card.buttons()
    assert student.say("pay?")[0]["role"] == "assistant"


def test_a_deleted_conversation_leaves_nothing_in_slack(student: Student, slack: Slack, space: Workspace) -> None:
    student.say("something personal")
    student.ask_for_person(share_transcript=True)
    card = the_card(space)
    student.say("more that is personal")
    space.wait(lambda: len(under(space, card)) == 2)
    student.call("DELETE", "conversation")
    space.wait(lambda: "deleted the conversation" in json.dumps(card.body["blocks"]))
    space.wait(lambda: [text[:11] for text in under(space, card)] == ["The student"])
    left = json.dumps([post.body for post in space.answers(STAFF)])
    for gone in ("Ann Ito", "ann@student", "Which school", "personal"):
        assert gone not in left
    slack.say(STAFF, BOB, "are you there?", card.ts)
    space.quiet(SETTLED)
    assert len(under(space, card)) == 1


def test_a_conversation_that_is_deleted_before_the_card_arrives_is_cleared_too(
    student: Student, space: Workspace
) -> None:
    space.troubles.append(Trouble("late", 1, "chat.postMessage", STAFF, seconds=3))
    student.ask_for_person()
    space.wait(lambda: cards(space))
    student.call("DELETE", "conversation")
    space.wait(lambda: "Ann Ito" not in json.dumps(the_card(space).body))


def test_what_is_on_its_way_to_staff_when_a_conversation_is_deleted_goes_again(
    student: Student, space: Workspace
) -> None:
    student.ask_for_person()
    card = the_card(space)
    space.troubles.append(Trouble("late", 1, "chat.postMessage", STAFF, seconds=2.5))
    student.say("something personal")
    space.wait(lambda: under(space, card))
    student.call("DELETE", "conversation")
    space.wait(lambda: [text[:11] for text in under(space, card)] == ["The student"])


def test_a_card_that_staff_delete_comes_again_while_the_student_waits(
    student: Student, slack: Slack, space: Workspace
) -> None:
    student.ask_for_person()
    first = the_card(space)
    space.posts.remove(first)
    slack.say(STAFF, BOB, "", subtype="message_deleted", deleted_ts=first.ts)
    second = the_card(space)
    assert second.ts != first.ts
    assert "still waits" in json.dumps(second.body)
    slack.say(STAFF, BOB, "I am here now", second.ts)
    space.wait(lambda: student.reads("staff") == ["I am here now"])
    slack.click(BOB, second, "Close the talk")
    space.wait(lambda: student.status() == "closed")
    gone = {"subtype": "message_changed", "message": {"subtype": "tombstone", "ts": second.ts}}
    slack.say(STAFF, BOB, "", **gone)
    space.quiet(SETTLED)
    assert len(cards(space)) == 1


@pytest.mark.parametrize("seconds", [0.5, 3.0])
def test_a_reply_to_a_card_that_slack_has_not_confirmed_yet_reaches_the_student(
    student: Student, slack: Slack, space: Workspace, seconds: float
) -> None:
    """Slack shows the card before it answers us; when it takes long, it is asked to send the reply again."""
    space.troubles.append(Trouble("late", 1, "chat.postMessage", STAFF, seconds=seconds))
    student.ask_for_person()
    event = slack.message(STAFF, BOB, "Here I am", the_card(space).ts)
    assert slack.deliver(event).status_code == (200 if seconds < 1 else 503)
    space.wait(lambda: slack.deliver(event).status_code == 200)
    space.wait(lambda: student.reads("staff") == ["Here I am"])
    space.quiet(SETTLED)
    assert student.reads("staff") == ["Here I am"]


def test_staff_that_cannot_be_told_are_told_when_slack_is_back(student: Student, space: Workspace) -> None:
    space.troubles.append(Trouble("500", 2, "chat.postMessage", STAFF))
    student.ask_for_person()
    assert the_card(space)
    space.quiet(SETTLED)
    assert len(cards(space)) == 1


# --- somebody in Slack asks for a person


@pytest.mark.parametrize("place", ["direct", "channel"])
def test_from_a_conversation_in_slack_to_staff_and_back(slack: Slack, space: Workspace, app: App, place: str) -> None:
    channel = f"{'D' if place == 'direct' else 'C'}0TALK{next(_numbers)}"
    ts = slack.say(channel, ANN, f"<@{BOT}> pay?")
    root = None if place == "direct" else ts
    (answer,) = space.wait(lambda: space.answers(channel))
    assert "staff" in answer.buttons()["Ask a person"]["confirm"]["text"]["text"]
    slack.click(ANN, answer, "Ask a person")
    slack.click(ANN, answer, "Ask a person")
    card = the_card(space)
    assert json.dumps(card.body["blocks"]).count(ANN) == 1
    assert "pay?" in json.dumps(card.body["blocks"])
    passed = space.wait(lambda: [p for p in space.answers(channel) if "passed this on" in p.text])
    assert len(passed) == 1
    heard = len(app.heard())
    slack.say(channel, ANN, "it is about evening classes", root)
    space.wait(lambda: under(space, card) == ["Student: it is about evening classes"])
    slack.say(STAFF, BOB, "We have some", card.ts)
    space.wait(lambda: space.answers(channel)[-1].text == "Staff: We have some")
    assert space.answers(channel)[-1].thread == root
    assert len(app.heard()) == heard
    slack.click(ANN, passed[0], "End the talk")
    space.wait(lambda: "You have ended the talk" in space.answers(channel)[-1].text)
    space.wait(lambda: not card.buttons())
    slack.say(channel, ANN, "pay in Ohio?", root)
    space.wait(lambda: "You asked: pay in Ohio?" in space.answers(channel)[-1].text)


def test_from_a_private_answer_the_contact_is_named(slack: Slack, space: Workspace) -> None:
    slack.command(ANN, "C0CMD", "pay?")
    (answer,) = space.wait(lambda: space.private(ANN))
    slack.click(ANN, answer, "Ask a person")
    told = space.wait(lambda: space.private(ANN)[1:])
    assert "room 12" in told[0].text
    space.quiet(SETTLED)
    assert not cards(space)


def test_a_conversation_in_slack_can_be_forgotten_in_the_middle_of_a_talk(
    slack: Slack, space: Workspace, app: App
) -> None:
    slack.say("D0FORGET", ANN, "pay?")
    (answer,) = space.wait(lambda: space.answers("D0FORGET"))
    slack.click(ANN, answer, "Ask a person")
    card = the_card(space)
    engine = open_state(app.environment["WAYMARK_STATE_URL"])
    assert forget(engine, f"slack-{TEAM}-D0FORGET")
    engine.dispose()
    space.wait(lambda: ANN not in json.dumps(card.body["blocks"]))
    slack.say("D0FORGET", ANN, "and in Ohio?")
    space.wait(lambda: "You asked: and in Ohio?" in space.answers("D0FORGET")[-1].text)
