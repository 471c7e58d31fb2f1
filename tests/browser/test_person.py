"""A student asks for a person, who answers in the chat."""

from __future__ import annotations

import re
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.browser.chat import PAY, Chat
from tests.browser.conftest import Assistant

BY_CHAT = "A person has been asked."


@pytest.fixture
def staff(assistant: Assistant) -> Iterator[sqlite3.Connection]:
    """The state database, through which the staff's channel brings their words."""
    with closing(sqlite3.connect(assistant.state, timeout=10, isolation_level=None)) as connection:
        yield connection


def say(staff: sqlite3.Connection, text: str) -> None:
    """A member of staff joins the newest talk and writes."""
    handoff, conversation = staff.execute(
        "SELECT id, conversation_id FROM handoff WHERE status <> 'closed' ORDER BY created DESC"
    ).fetchone()
    staff.execute("UPDATE handoff SET status = 'talking' WHERE id = ?", (handoff,))
    staff.execute(
        "INSERT INTO message (id, conversation_id, role, text, to_person, created)"
        " VALUES (?, ?, 'staff', ?, 0, '2026-01-01')",
        (str(uuid.uuid4()), conversation, text),
    )


def ask_for_a_person(chat: Chat) -> None:
    """Fill the form in and send it."""
    chat.menu("Talk to a person")
    chat.sheet.get_by_label("E-mail address").fill("student@example.edu")
    chat.sheet.get_by_label("Your question").fill("Is there evening tuition?")
    chat.sheet.get_by_label("Share this conversation").check()
    chat.sheet.get_by_label("I agree").check()
    chat.sheet.get_by_role("button", name="Send").click()
    expect(chat.sheet).to_be_hidden()


def test_the_form_needs_an_address_and_consent(chat: Chat) -> None:
    chat.ask("I want to talk to a person")
    chat.answers.get_by_role("button", name="Talk to a person").click()
    expect(chat.sheet).to_contain_text(re.compile("The career office", re.IGNORECASE))
    expect(chat.sheet.get_by_role("link", name="Privacy")).to_have_attribute("href", "https://www.example.edu/privacy")
    send = chat.sheet.get_by_role("button", name="Send")
    asked: list[str] = []
    chat.page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/person") else None)
    send.click()
    assert chat.focused() != "Send", "the first field that is wrong has the focus"
    chat.sheet.get_by_label("E-mail address").fill("nobody")
    send.click()
    chat.sheet.get_by_label("E-mail address").fill("student@example.edu")
    send.click()  # still without consent
    assert asked == []
    chat.sheet.get_by_label("E-mail address").fill("student@example")
    chat.sheet.get_by_label("I agree").check()
    send.click()
    expect(chat.sheet.get_by_role("alert")).to_contain_text("e-mail")  # the server is stricter, and says why
    expect(chat.sheet.get_by_label("E-mail address")).to_have_value("student@example")


def test_a_person_answers_in_the_chat(chat: Chat, staff: sqlite3.Connection) -> None:
    chat.ask(PAY)
    ask_for_a_person(chat)
    expect(chat.bar).to_contain_text(BY_CHAT)
    expect(chat.log.locator("article.notice")).to_have_count(1)
    chat.field.fill("Are you there?")
    chat.field.press("Enter")
    expect(chat.questions).to_have_count(2)
    expect(chat.element.locator(".typing")).to_be_empty()
    expect(chat.chips).to_have_count(0)
    chat.announced()
    say(staff, "Yes, on Tuesdays: https://www.example.edu/evenings. <b>Come!</b>")
    reply = chat.log.locator("article.staff")
    expect(reply).to_contain_text("Yes, on Tuesdays", timeout=15_000)
    expect(reply).to_contain_text("Staff")
    expect(reply).to_contain_text("<b>Come!</b>")
    expect(reply.get_by_role("link")).to_have_attribute("href", "https://www.example.edu/evenings")
    expect(chat.bar).to_contain_text("You are talking with a person.")
    assert any("Yes, on Tuesdays" in text for text in chat.heard())
    expect(chat.element.locator("header").first).to_be_in_viewport(ratio=1)
    assert chat.panel.evaluate("(panel) => panel.scrollTop") == 0
    expect(chat.answers).to_have_count(1)  # the assistant keeps quiet

    chat.page.keyboard.press("Escape")
    say(staff, "Bring your records.")
    expect(chat.launcher).to_have_accessible_name("Ask about careers New messages: 1", timeout=15_000)
    chat.open()
    chat.bar.get_by_role("button", name="End").click()
    expect(chat.bar).to_be_empty()
    chat.ask("How much do registered nurses earn?")


def test_the_server_is_asked_for_replies_only_while_a_person_is_there(chat: Chat) -> None:
    asked: list[str] = []
    chat.page.on("request", lambda request: asked.append(request.url) if "messages?" in request.url else None)
    chat.ask(PAY)
    chat.page.wait_for_timeout(4000)
    assert asked == []
    ask_for_a_person(chat)
    asked.clear()
    chat.page.wait_for_timeout(8500)
    assert 1 <= len(asked) <= 2, "after 3 s, then less and less often"
    chat.page.evaluate("""() => {
        Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    asked.clear()
    chat.page.wait_for_timeout(6000)
    assert asked == [], "nobody looks"
    chat.page.evaluate("""() => {
        Object.defineProperty(document, "hidden", { get: () => false });
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    chat.page.wait_for_timeout(500)
    assert len(asked) == 1
