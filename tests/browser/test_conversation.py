"""A student talks with the assistant on a school's page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.chat import COMPARE, PAY, RANKING, UNCOVERED, Chat
from tests.browser.conftest import Assistant
from tests.browser.school import School

Visit = Callable[..., BrowserContext]


def test_a_question_gets_an_answer_with_its_sources(chat: Chat) -> None:
    answer = chat.ask(PAY)
    expect(answer.locator(".headline")).to_contain_text("earned a median of $51,140 a year in May 2025.")
    expect(chat.questions).to_have_text(re.compile(re.escape(PAY)))
    expect(answer.locator("li")).not_to_have_count(0)
    assert not re.search(r"\[\d", answer.inner_text()), "a marker stands as text"
    top, question = chat.element.locator(".scroll").bounding_box(), chat.questions.bounding_box()
    assert top is not None and question is not None
    assert 0 <= question["y"] - top["y"] < 30, "the question stands at the top, its answer below it"


def test_a_citation_opens_its_source(chat: Chat, assistant: Assistant) -> None:
    chat.ask(PAY).get_by_role("button", name="Source 1", exact=True).first.click()
    expect(chat.sheet).to_contain_text("U.S. Bureau of Labor Statistics")
    expect(chat.sheet).to_contain_text("Occupational Employment and Wage Statistics, May 2025")
    expect(chat.sheet).to_contain_text("15 May 2026")
    expect(chat.sheet).to_contain_text("series OEUN000000000000029207213")
    expect(chat.sheet.get_by_role("link", name="Open the source")).to_have_attribute("href", "https://www.bls.gov/oes/")
    evidence = chat.sheet.get_by_role("link", name="See the evidence")
    expect(evidence).to_have_attribute("href", f"{assistant.bot}evidence/oews2025-N0000000-000000-292072-13")
    with chat.page.context.expect_page() as opened:
        evidence.click()
    expect(opened.value.locator("body")).to_contain_text("51,140")
    opened.value.close()


def test_what_other_sources_say_is_a_notice_that_opens(chat: Chat) -> None:
    box = chat.ask(PAY).locator("details.box")
    expect(box.locator("summary")).to_contain_text("Older or different figures")
    box.locator("summary").click()
    expect(box).to_contain_text("Herzing University: median $42,630 a year (2019)")


def test_percentiles_of_pay_are_drawn_and_can_be_read(chat: Chat) -> None:
    table = chat.ask(PAY).get_by_role("table", name="Pay a year")
    expect(table.get_by_role("rowheader")).to_have_text(["Lowest 10%", "Lowest 25%", "Median", "Top 25%", "Top 10%"])
    expect(table.get_by_role("link")).to_have_text(["$37,000", "$43,490", "$51,140", "$64,820", "$81,150"])
    widths = [bar.bounding_box()["width"] for bar in table.locator("svg rect").all()]  # type: ignore[index]
    assert widths == sorted(widths)
    assert abs(widths[2] / widths[4] - 51140 / 81150) < 0.02
    expect(table.get_by_role("link", name="$43,490")).to_have_attribute("href", re.compile("evidence/oews2025-.*-12$"))


def test_a_comparison_is_a_table_with_bars(chat: Chat) -> None:
    table = chat.ask(COMPARE).get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(["pharmacy technicians", "medical assistants"])
    pay = table.get_by_role("row").filter(has_text=re.compile(r"\$45,"))
    expect(pay.locator("svg")).to_have_count(2)
    expect(table.get_by_role("row").filter(has_text="diploma").locator("svg")).to_have_count(0)


def test_a_ranking_is_drawn_and_not_said_twice(chat: Chat) -> None:
    answer = chat.ask(RANKING)
    expect(answer.get_by_role("table")).to_contain_text("Rhode Island")
    expect(answer.locator("li").filter(has_text="Rhode Island")).to_have_count(0)


def test_no_source_says_so_and_shows_what_is_near(chat: Chat) -> None:
    answer = chat.ask(UNCOVERED)
    expect(answer).to_contain_text("I have no source that covers")
    answer.get_by_role("button", name="Source 1", exact=True).first.click()
    expect(chat.sheet).to_contain_text("DeVry University")


def test_suggestions_ask(chat: Chat) -> None:
    expect(chat.chips).to_have_text([PAY, "What does a medical records technician do?"])
    chat.chips.first.click()
    expect(chat.answers).to_have_count(1)
    assert chat.focused() == "Your question"
    expect(chat.chips).not_to_have_count(0)
    assert PAY not in chat.chips.all_inner_texts()


def test_the_conversation_goes_on_after_a_reload_on_other_pages_and_in_other_tabs(chat: Chat, site: School) -> None:
    chat.ask(PAY)
    chat.page.reload()
    expect(chat.answers).to_have_count(1)
    expect(chat.panel).to_be_visible()
    chat.page.goto(f"{site.origin}/aid")
    expect(chat.answers).to_contain_text("$51,140")

    other = Chat(chat.page.context.new_page())
    other.page.goto(f"{site.origin}/programs")
    expect(other.panel).to_be_hidden()  # another tab is not opened by itself
    other.open()
    expect(other.answers).to_have_count(1)
    other.ask(COMPARE)
    expect(chat.answers).to_have_count(2)
    expect(chat.questions.last).to_contain_text(COMPARE)
    chat.ask("And in Texas?")
    expect(other.questions).to_have_count(3)
    assert [q.inner_text() for q in other.questions.all()] == [q.inner_text() for q in chat.questions.all()]


def test_two_visitors_do_not_see_each_other(visit: Visit, site: School) -> None:
    first, second = (Chat(visit().new_page()) for _ in range(2))
    for one in (first, second):
        one.page.goto(f"{site.origin}/programs")
        one.open()
    first.ask(PAY)
    second.ask("What does a pharmacy technician do?")
    for one in (first, second):
        one.page.reload()
        expect(one.answers).to_have_count(1)
    expect(first.log).not_to_contain_text("pharmacy")
    expect(second.log).not_to_contain_text("$51,140")


def test_an_answer_that_comes_when_closed_is_counted(chat: Chat) -> None:
    chat.field.fill(PAY)
    chat.page.evaluate("""() => {
        document.querySelector("waymark-chat").panel.ask("What is the pay in Ohio?", "api");
        document.querySelector("waymark-chat").close();
    }""")
    expect(chat.launcher).to_have_accessible_name("Ask about careers New messages: 1")
    chat.open()
    chat.page.keyboard.press("Escape")
    expect(chat.launcher).to_have_accessible_name("Ask about careers")


def test_feedback_is_kept_and_can_be_taken_back(chat: Chat, assistant: Assistant) -> None:
    with chat.page.expect_response(re.compile("/feedback/")) as reply:
        chat.ask(PAY).get_by_role("button", name="Not helpful").click()
    assert reply.value.status == 200
    chat.answers.get_by_label("What was missing or wrong?").fill("The year is missing")
    with chat.page.expect_response(re.compile("/feedback/")) as reply:
        chat.answers.get_by_role("button", name="Send").click()
    assert reply.value.json()["comment"] == "The year is missing"
    expect(chat.bar).to_have_text("Thank you.")
    chat.page.reload()
    down = chat.answers.get_by_role("button", name="Not helpful")
    expect(down).to_have_attribute("aria-pressed", "true")
    with chat.page.expect_response(re.compile("/feedback/")) as reply:
        down.click()
    assert reply.value.status == 204
    chat.page.reload()
    expect(down).to_have_attribute("aria-pressed", "false")


def test_an_answer_can_be_copied(visit: Visit, site: School) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto(f"{site.origin}/programs")
    chat = Chat(page).open()
    chat.ask(PAY).get_by_role("button", name="Copy").click()
    expect(chat.bar).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "$51,140" in copied
    assert "Sources:" in copied


@pytest.mark.parametrize("format", ["json", "text"])
def test_the_conversation_can_be_downloaded(format: str, chat: Chat) -> None:
    chat.ask(PAY)
    with chat.page.expect_download() as download:
        chat.menu(f"Download ({format})")
    content = download.value.path().read_text(encoding="utf-8")
    assert PAY in content
    assert "$51,140" in content
    if format == "json":
        assert [m["role"] for m in json.loads(content)["messages"]] == ["user", "assistant"]


def test_a_deleted_conversation_is_gone(chat: Chat, site: School) -> None:
    chat.ask(PAY)
    token = chat.page.evaluate("JSON.parse(Object.values(localStorage)[0]).token")
    other = Chat(chat.page.context.new_page())
    other.page.goto(f"{site.origin}/aid")
    other.open()
    expect(other.answers).to_have_count(1)
    chat.menu("Delete this conversation")
    expect(chat.sheet).to_contain_text("for good")
    expect(chat.answers).to_have_count(1)  # not before it is confirmed
    chat.sheet.get_by_role("button", name="Delete this conversation").click()
    for one in (chat, other):
        expect(one.log.locator("article")).to_have_count(0)
    status = chat.page.evaluate(
        "([url, token]) => fetch(url, { headers: { Authorization: `Bearer ${token}` } }).then((r) => r.status)",
        [f"{site.bot}messages?after=0", token],
    )
    assert status == 401
    chat.ask(COMPARE)
    expect(chat.answers).to_have_count(1)


def test_a_new_conversation_begins_empty(chat: Chat) -> None:
    chat.ask(PAY)
    chat.menu("New conversation")
    chat.sheet.get_by_role("button", name="New conversation").click()
    expect(chat.log.locator("article")).to_have_count(0)
    expect(chat.chips.first).to_have_text(PAY)
    chat.ask(COMPARE)
    chat.page.reload()
    expect(chat.answers).to_have_count(1)
    expect(chat.questions).to_contain_text(COMPARE)


def test_long_messages_are_cut_at_the_limit_and_lines_are_kept(chat: Chat) -> None:
    expect(chat.field).to_have_attribute("maxlength", "1000")
    chat.field.press("Shift+Enter")
    chat.field.fill("What do they earn?\nMedical records technicians, I mean")
    chat.field.press("Enter")
    expect(chat.answers).to_have_count(1)
    expect(chat.questions.locator(".body")).to_have_css("white-space", re.compile("pre-line|preserve-breaks"))
    chat.field.fill("   ")
    chat.field.press("Enter")
    expect(chat.questions).to_have_count(1)
