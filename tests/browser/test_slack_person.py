"""From a student's browser to the staff's channel in Slack and back, through the whole assistant."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.chat import PAY, Chat
from tests.browser.conftest import Assistant
from tests.slack_stand_in.remote import RemoteServer
from tests.slack_stand_in.sending import Slack
from tests.slack_stand_in.workspace import BOB, STAFF, Post

LOOK_MS = 15_000  # the widget asks every few seconds


@pytest.fixture
def slack(assistant: Assistant, slack_server: RemoteServer) -> Slack:
    return Slack(slack_server, assistant.bot.replace("/web/", "/slack/webhook"))


def until(what: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + 15
    while not (found := what()):
        assert time.monotonic() < deadline, "not in Slack within 15 s"
        time.sleep(0.1)
    return found


def test_a_student_and_staff_talk_and_the_assistant_keeps_quiet(
    chat: Chat, slack: Slack, slack_server: RemoteServer
) -> None:
    before = {post.ts for post in slack_server.posts(STAFF)}

    def cards() -> list[Post]:
        return [post for post in slack_server.posts(STAFF) if post.thread is None and post.ts not in before]

    def under(card: Post) -> list[str]:
        return [post.text for post in slack_server.posts(STAFF) if post.thread == card.ts]

    chat.ask(PAY)
    chat.menu("Talk to a person")
    chat.sheet.get_by_label("Name").fill("Robin")
    chat.sheet.get_by_label("E-mail address").fill("robin@example.edu")
    chat.sheet.get_by_label("Your question").fill("Is there evening tuition?")
    chat.sheet.get_by_label("Share this conversation").check()
    chat.sheet.get_by_label("I agree").check()
    chat.sheet.get_by_role("button", name="Send").click()
    expect(chat.sheet).to_be_hidden()

    (card,) = until(cards)
    shown = json.dumps(card.body["blocks"])
    assert "Robin" in shown and "robin@example.edu" in shown and "Is there evening tuition?" in shown
    (transcript,) = until(lambda: under(card))
    assert PAY in transcript and "$51,140" in transcript

    chat.field.fill("Are you there?")
    chat.field.press("Enter")
    until(lambda: under(card)[1:] == ["Student: Are you there?"])
    slack.say(STAFF, BOB, "Yes, on Tuesdays &amp; Thursdays", card.ts)
    reply = chat.log.locator("article.staff")
    expect(reply).to_contain_text("Yes, on Tuesdays & Thursdays", timeout=LOOK_MS)
    expect(chat.bar).to_contain_text("You are talking with a person.")
    expect(chat.answers).to_have_count(1)

    slack.click(BOB, card, "Close the talk")
    expect(chat.bar).to_be_empty(timeout=LOOK_MS)
    chat.ask("How much do registered nurses earn?")
    until(lambda: not cards()[0].buttons())
    slack.say(STAFF, BOB, "Too late", card.ts)
    until(lambda: "This talk is over" in under(card)[-1])
    expect(chat.log).not_to_contain_text("Too late")


def test_what_a_student_deletes_is_gone_from_slack(chat: Chat, slack: Slack, slack_server: RemoteServer) -> None:
    before = {post.ts for post in slack_server.posts(STAFF)}
    chat.ask(PAY)
    chat.menu("Talk to a person")
    chat.sheet.get_by_label("E-mail address").fill("kim@example.edu")
    chat.sheet.get_by_label("I agree").check()
    chat.sheet.get_by_role("button", name="Send").click()
    expect(chat.sheet).to_be_hidden()

    def seen() -> str:
        return json.dumps([post.body for post in slack_server.posts(STAFF) if post.ts not in before])

    until(lambda: "kim@example.edu" in seen())
    chat.menu("Delete this conversation")
    chat.sheet.get_by_role("button", name="Delete").click()
    until(lambda: "deleted the conversation" in seen())
    assert "kim@example.edu" not in seen()
