"""Hostile words, strict policies, closed doors: nothing that is said becomes code, nothing goes anywhere else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.chat import COMPARE, PAY, RANKING, Chat
from tests.browser.conftest import Assistant
from tests.browser.school import School
from tools.environment import ROOT

Visit = Callable[..., BrowserContext]
HOSTILE = (
    "<img src=x onerror=\"window.pwned='img'\">",
    "<script>window.pwned='script'</script>",
    "<svg onload=\"window.pwned='svg'\"><a xlink:href=\"javascript:window.pwned='a'\"><text>x</text></a></svg>",
    "\"'><iframe srcdoc=\"<script>parent.pwned='frame'</script>\">",
    "{{constructor.constructor('window.pwned=1')()}} ${window.pwned='template'}",
    "[1](javascript:alert(1)) https://example.edu/\"onmouseover=\"window.pwned='attribute'",
    '/restart /session_start{"a": 1}',
)


def nothing_ran(chat: Chat) -> None:
    """No hostile text has become an element, an address or a script."""
    state = chat.page.evaluate("""() => {
        const root = document.querySelector("waymark-chat").shadowRoot;
        return [window.pwned ?? null, root.querySelectorAll("script, iframe, img, object, embed, form[action]").length,
            [...root.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => /^on/.test(a.name))).length,
            [...root.querySelectorAll("a")].filter((a) => a.hasAttribute("href") && !/^https?:/.test(a.href)).length];
    }""")
    assert state == [None, 0, 0, 0]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_message_stays_text(text: str, chat: Chat) -> None:
    chat.ask(text)
    nothing_ran(chat)
    chat.page.reload()
    expect(chat.answers).to_have_count(1)
    nothing_ran(chat)
    if not text.startswith("/"):
        expect(chat.questions).to_contain_text(text[:20])


def poisoned(value: Any, text: str) -> Any:
    """The same answer, as if every word of the knowledge base were hostile."""
    if isinstance(value, dict):
        kept = ("type", "kind", "role", "id", "answer_id", "time", "unit")
        return {k: v if k in kept else poisoned(v, text) for k, v in value.items()}
    if isinstance(value, list):
        return [poisoned(v, text) for v in value]
    if not isinstance(value, str):
        return value
    if value.startswith(("http", "/webhooks", "evidence/")):
        return "javascript:window.pwned='link'"
    return " ".join([text, *re.findall(r"\[\d+\]", value)])


@pytest.mark.parametrize("text", HOSTILE[:4])
def test_knowledge_stays_text(text: str, chat: Chat) -> None:
    def poison(route: Route) -> None:
        if route.request.method != "POST":
            return route.fallback()
        answer = route.fetch()
        return route.fulfill(response=answer, body=json.dumps(poisoned(answer.json(), text)))

    chat.page.route("**/messages", poison)
    for question in (PAY, COMPARE, RANKING):
        answer = chat.ask(question)
        expect(answer.locator(".headline")).to_contain_text(text)
        nothing_ran(chat)
        for summary in answer.locator("summary").all():
            summary.click()
        answer.locator(".cite").first.click()
        expect(chat.sheet).to_contain_text(text)
        nothing_ran(chat)
        expect(chat.sheet.get_by_text("Open the source")).not_to_have_attribute("href", re.compile("."))
        chat.page.keyboard.press("Escape")
    expect(chat.chips.first).to_contain_text(text)


def test_a_strict_policy_is_enough_for_everything(visit: Visit, site: School) -> None:
    """`default-src 'none'` with script-src and connect-src of the assistant; violations fail every test of this folder,
    here one is provoked to show that they would be seen."""
    page = visit().new_page()
    page.goto(f"{site.origin}/programs")
    Chat(page).open().ask(PAY)
    assert page.evaluate("window.violations") == []
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate("document.querySelector('h1').setAttribute('style', 'color: red')")
    assert any("style-src" in found for found in page.evaluate("window.violations.splice(0)"))


def test_no_cookie_and_nobody_else_is_asked(visit: Visit, site: School) -> None:
    context = visit()
    asked: set[str] = set()
    page = context.new_page()
    page.on("request", lambda request: asked.add("/".join(request.url.split("/")[:3])))
    page.goto(f"{site.origin}/programs")
    chat = Chat(page).open()
    chat.ask(PAY)
    chat.answers.get_by_role("button", name="Helpful", exact=True).click()
    expect(chat.bar).to_have_text("Thank you.")
    assert context.cookies() == []
    assert asked == {site.origin, "/".join(site.bot.split("/")[:3]), "blob:null"} - {"blob:null"}
    kept = page.evaluate("[Object.keys(localStorage), Object.values(localStorage), Object.values(sessionStorage)]")
    assert len(kept[0]) == 1
    assert "51,140" not in json.dumps(kept)
    assert PAY not in json.dumps(kept), "what was said is not kept in the browser"


def test_nothing_is_asked_for_before_the_chat_is_opened(visit: Visit, site: School) -> None:
    page = visit().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.origin}/programs")
    expect(Chat(page).launcher).to_be_visible()
    assert [url for url in asked if "/widget/" not in url and not url.startswith(site.origin)] == []
    Chat(page).open()
    expect(Chat(page).chips).not_to_have_count(0)
    assert not any(url.endswith("/sessions") for url in asked), "a session begins with the first message"


@pytest.mark.parametrize("area", ["localStorage", "both"])
def test_it_works_where_storage_is_blocked(area: str, visit: Visit, site: School) -> None:
    context = visit()
    names = ["localStorage", "sessionStorage"] if area == "both" else [area]
    context.add_init_script(
        f"const names = {json.dumps(names)};"
        "const get = () => { throw new DOMException('no', 'SecurityError'); };"
        "for (const name of names) Object.defineProperty(window, name, { get });"
    )
    page = context.new_page()
    page.goto(f"{site.origin}/programs")
    chat = Chat(page).open()
    chat.ask(PAY)
    expect(chat.ask("And in Texas?")).to_contain_text("Texas")  # the same session


def test_another_website_may_not_use_the_assistant(assistant: Assistant, visit: Visit) -> None:
    """The origin is not on the list: the page may load the files, but gets no session."""
    port = assistant.school.server_port
    stranger = f"http://localhost:{port}"  # the same server under another name is another origin
    assistant.school.put("/stranger")
    page = visit().new_page()
    page.goto(f"{stranger}/stranger")
    page.on("console", lambda message: None)
    chat = Chat(page).open()
    chat.field.fill(PAY)
    chat.field.press("Enter")
    expect(chat.bar).to_have_text("That did not work. Please try again in a minute.", timeout=30_000)
    expect(chat.answers).to_have_count(0)


@pytest.mark.parametrize("file", sorted(path.name for path in (ROOT / "widget").glob("*.js")))
def test_no_module_turns_text_into_code(file: str) -> None:
    source = (ROOT / "widget" / file).read_text(encoding="utf-8")
    banned = (
        r"\.(?:inner|outer)HTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser"
        r"|createContextualFragment|setHTML"
    )
    assert not re.search(banned, source)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)[\w.]", source), "no address of anybody else"
    assert file == "dom.js" or not re.search(r'["\']?href["\']?\s*[:,]', source), (
        "links are made by dom.js, which checks them"
    )
