"""What a webmaster can do: the tag and its attributes, inline, openers, events, methods, looks, the demo pages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.chat import COMPARE, PAY, Chat
from tests.browser.conftest import Assistant
from tests.browser.school import PROXIED, School

Visit = Callable[..., BrowserContext]
EVENTS = """
window.events = [];
for (const name of ["open", "close", "message", "answer", "feedback", "handoff", "error"]) {
  addEventListener(`waymark:${name}`, (event) => events.push([name, event.detail]));
}
"""


@pytest.fixture
def page(visit: Visit) -> Page:
    context = visit()
    context.add_init_script(EVENTS)
    return context.new_page()


def test_the_tag_says_how_it_looks(page: Page, site: School) -> None:
    site.put(
        "/tag",
        attributes='data-school="North Campus" data-name="Ada" data-greeting="Welcome!" data-button="Careers" '
        'data-suggestions="What does a pharmacy technician do?|How do I become a nurse?" '
        'data-theme="dark" data-position="start"',
    )
    page.goto(f"{site.origin}/tag")
    chat = Chat(page)
    expect(chat.launcher).to_have_accessible_name("Careers")
    box = chat.launcher.bounding_box()
    assert box is not None and box["x"] < 40
    chat.open()
    expect(chat.panel).to_have_accessible_name("Ada")
    expect(chat.panel).to_contain_text("North Campus")
    expect(chat.panel).to_contain_text("Welcome!")
    expect(chat.chips).to_have_text(["What does a pharmacy technician do?", "How do I become a nurse?"])
    expect(chat.panel).to_have_css("color-scheme", "dark")
    expect(chat.panel).to_have_css("background-color", re.compile(r"22, 24, 29"))


def test_part_of_the_page(page: Page, site: School) -> None:
    site.put("/inline", '<waymark-chat mode="inline"></waymark-chat>')
    page.goto(f"{site.origin}/inline")
    chat = Chat(page)
    expect(chat.element).to_have_count(1)
    expect(chat.panel).to_be_visible()
    expect(chat.launcher).to_have_count(0)
    expect(chat.element.get_by_role("button", name="Close")).to_have_count(0)
    assert page.evaluate("document.activeElement === document.body"), "it takes no focus"
    box = chat.panel.bounding_box()
    assert box is not None and box["height"] == 640
    chat.ask(PAY)
    page.keyboard.press("Escape")
    expect(chat.panel).to_be_visible()
    expect(page.locator("waymark-chat section")).to_have_accessible_name("Career assistant")


def test_elements_of_the_page_open_it_and_ask(page: Page, site: School) -> None:
    site.put("/openers", f'<button data-waymark-open>Ask us</button> <a href="/aid" data-waymark-open="{PAY}">Pay</a>')
    page.goto(f"{site.origin}/openers")
    chat = Chat(page)
    page.get_by_role("button", name="Ask us").click()
    expect(chat.panel).to_be_visible()
    assert chat.focused() == "Your question"
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Ask us")).to_be_focused()
    page.get_by_role("link", name="Pay").click()
    expect(chat.answers).to_contain_text("$51,140")
    assert page.url == f"{site.origin}/openers"


def test_methods_and_events(page: Page, site: School) -> None:
    page.goto(f"{site.origin}/programs")
    chat = Chat(page)
    expect(chat.launcher).to_be_visible()
    page.evaluate("document.querySelector('waymark-chat').open()")
    expect(chat.panel).to_be_visible()
    page.evaluate("(text) => document.querySelector('waymark-chat').ask(text)", PAY)
    expect(chat.answers).to_have_count(1)
    chat.answers.get_by_role("button", name="Helpful", exact=True).click()
    expect(chat.bar).to_have_text("Thank you.")
    page.evaluate("document.querySelector('waymark-chat').toggle()")
    expect(chat.panel).to_be_hidden()
    page.evaluate("document.querySelector('waymark-chat').reset()")
    chat.open()
    expect(chat.answers).to_have_count(0)
    events: list[tuple[str, dict[str, Any]]] = page.evaluate("window.events")
    assert [name for name, _ in events] == ["open", "message", "answer", "feedback", "close", "open"]
    details = dict(events)
    assert details["message"] == {"source": "api"}
    assert details["answer"] == {"type": "answer", "topic": "pay", "occupation": "medical-records-technician"}
    assert details["feedback"]["helpful"] is True
    assert PAY not in str(events), "what was said stays out of the events"
    assert "$51,140" not in str(events)


def test_events_hold_the_words_if_the_page_asks_for_them(page: Page, site: School) -> None:
    site.put("/words", attributes="data-event-text")
    page.goto(f"{site.origin}/words")
    Chat(page).open().ask(PAY)
    details = dict(page.evaluate("window.events"))
    assert details["message"]["text"] == PAY
    assert "$51,140" in details["answer"]["text"]


def test_colours_and_parts(page: Page, site: School, visit: Visit) -> None:
    page.goto(f"{site.origin}/programs")
    page.evaluate("""() => {
        const style = new CSSStyleSheet();
        style.replaceSync(`
            waymark-chat { --waymark-accent: rgb(122, 0, 25); --waymark-radius: 3px; --waymark-width: 500px }
            waymark-chat::part(header) { background: rgb(1, 2, 3) }`);
        document.adoptedStyleSheets = [style];
    }""")
    page.emulate_media(color_scheme="light")
    chat = Chat(page)
    expect(chat.launcher).to_have_css("background-color", "rgb(122, 0, 25)")
    chat.open()
    expect(chat.panel).to_have_css("border-radius", "3px")
    expect(chat.element.locator("header").first).to_have_css("background-color", "rgb(1, 2, 3)")
    box = chat.panel.bounding_box()
    assert box is not None and box["width"] == 500


def test_styles_of_the_page_stay_outside(page: Page, site: School) -> None:
    page.goto(f"{site.origin}/programs")
    page.evaluate("""() => {
        const style = new CSSStyleSheet();
        style.replaceSync(`* { letter-spacing: 9px; text-transform: uppercase }
            html { font-size: 40px; line-height: 3 }`);
        document.adoptedStyleSheets = [style];
    }""")
    chat = Chat(page).open()
    expect(chat.field).to_have_css("font-size", "15px")
    expect(chat.element.locator(".headline")).to_have_css("text-transform", "none")
    expect(chat.element.locator(".headline")).to_have_css("letter-spacing", "normal")


def test_it_works_behind_a_proxy_under_a_prefix(page: Page, site: School) -> None:
    """The widget finds the assistant by its own address."""
    bot = f"{site.origin}{PROXIED}"
    site.put("/proxied", bot=bot)
    policy, site.policy = site.policy, f"default-src 'none'; script-src {site.origin}; connect-src {site.origin}"
    try:
        page.goto(f"{site.origin}/proxied")
        chat = Chat(page).open()
        answer = chat.ask(PAY)
        answer.get_by_role("button", name="Source 1", exact=True).first.click()
        link = chat.sheet.get_by_role("link", name="See the evidence")
        expect(link).to_have_attribute("href", re.compile(f"^{re.escape(bot)}evidence/"))
    finally:
        site.policy = policy


def test_the_element_can_be_moved_and_removed(page: Page, site: School) -> None:
    page.goto(f"{site.origin}/programs")
    chat = Chat(page).open()
    chat.ask(PAY)
    page.evaluate("document.body.prepend(document.querySelector('waymark-chat'))")
    chat.ask(COMPARE)
    expect(chat.answers).to_have_count(2)
    page.evaluate("document.querySelector('waymark-chat').remove()")
    expect(chat.element).to_have_count(0)


def test_a_button_without_words_still_has_a_name(page: Page, site: School) -> None:
    site.put("/icon", attributes='data-button=""')
    page.goto(f"{site.origin}/icon")
    expect(Chat(page).launcher).to_have_accessible_name("Ask about careers")


def test_where_no_person_can_be_asked_none_is_offered(page: Page, site: School) -> None:
    def without(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=json.dumps({**answer.json(), "handoff": False}))

    page.route("**/config", without)
    page.goto(f"{site.origin}/programs")
    chat = Chat(page).open()
    expect(chat.chips).not_to_have_count(0)
    expect(chat.element.get_by_role("button", name="Options")).to_be_hidden()
    answer = chat.ask("I want to talk to a person")
    expect(answer.get_by_role("button", name="Talk to a person")).to_have_count(0)
    chat.element.get_by_role("button", name="Options").click()
    expect(chat.sheet.get_by_role("button")).to_have_text(
        ["", "Download (json)", "Download (text)", "New conversation", "Delete this conversation"]
    )


def test_a_phones_back_gesture_closes_the_chat(visit: Visit, site: School) -> None:
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    page.goto(f"{site.origin}/programs")
    chat = Chat(page).open()
    page.evaluate("document.querySelector('waymark-chat').shadowRoot.querySelector('dialog').close()")  # as it does
    expect(chat.launcher).to_be_visible()
    chat.open()


# --- the demo pages


def test_the_conversation_goes_on_from_one_demo_page_to_the_other(page: Page, assistant: Assistant) -> None:
    page.goto(f"{assistant.bot}demo/")
    chat = Chat(page)
    page.get_by_role("button", name="How much do medical records technicians earn?").click()
    expect(chat.answers).to_have_count(1)
    page.get_by_role("link", name="Costs and visits").click()
    expect(page).to_have_title(re.compile("Costs and visits"))
    expect(chat.panel).to_be_visible()
    expect(chat.answers).to_contain_text("$51,140")
    chat.ask("And in Texas?")
    page.get_by_role("link", name="Health Information").click()
    expect(chat.answers).to_have_count(2)


def test_the_embed_page_writes_the_tag_and_the_policy(page: Page, assistant: Assistant) -> None:
    page.goto(f"{assistant.bot}embed")
    tag, policy = page.locator("#tag"), page.locator("#policy")
    server = "/".join(assistant.bot.split("/")[:3])
    expect(tag).to_have_text(f'<script type="module" src="{assistant.bot}widget/waymark.js"></script>')
    expect(policy).to_contain_text(f"script-src {server};")
    page.get_by_label("School").fill('The "Best" <College>')
    page.get_by_label("Logo").fill("https://www.example.edu/logo.svg")
    page.get_by_label("First questions").fill("What is coding?\nWhat does it pay?")
    page.get_by_label("Light or dark").select_option("dark")
    page.get_by_label("Light or dark").blur()
    expect(tag).to_contain_text('data-school="The &quot;Best&quot; &lt;College>"')
    expect(tag).to_contain_text('data-suggestions="What is coding?|What does it pay?" data-theme="dark"')
    expect(policy).to_contain_text("img-src https://www.example.edu")
    preview = Chat(page)
    expect(preview.panel).to_contain_text('The "Best" <College>')
    page.get_by_label("Part of the page").check()
    expect(tag).to_contain_text('<waymark-chat mode="inline"')
    page.get_by_label("Logo").fill("")
    page.get_by_label("Logo").blur()
    page.evaluate("window.violations.splice(0)")  # the preview's picture came from another site


def test_what_the_embed_page_writes_works(page: Page, assistant: Assistant, site: School) -> None:
    page.goto(f"{assistant.bot}embed")
    page.get_by_label("Greeting").fill("Good day.")
    page.get_by_label("Greeting").blur()
    expect(page.locator("#tag")).to_contain_text("Good day.")
    site.pages["/pasted"] = f"<!doctype html><html lang=en><title>x</title><body>{page.locator('#tag').inner_text()}"
    page.goto(f"{site.origin}/pasted")
    chat = Chat(page).open()
    expect(chat.panel).to_contain_text("Good day.")
    chat.ask(PAY)
