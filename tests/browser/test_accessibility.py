"""WCAG 2.2 AA: rules of axe-core, keys, focus, what a screen reader is told, small and enlarged windows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chat import COMPARE, PAY, RANKING, UNCOVERED, Chat
from tests.browser.conftest import Assistant
from tests.browser.school import School

Visit = Callable[..., BrowserContext]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
PAGE_RULES = {"landmark-one-main", "region"}  # of the school's page, which is a heading and nothing else here


def faults(page: Page) -> list[str]:
    """What axe finds, as lines."""
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found
        if rule["id"] not in PAGE_RULES
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(scheme: str, visit: Visit, site: School) -> None:
    page = visit(color_scheme=scheme, reduced_motion="reduce").new_page()
    page.goto(f"{site.origin}/programs")
    chat = Chat(page)
    assert faults(page) == []
    chat.open()
    assert faults(page) == []
    for question in (PAY, COMPARE, RANKING, UNCOVERED, "I want to talk to a person"):
        chat.ask(question)
    for summary in chat.element.locator("summary").all():
        summary.click()
    assert faults(page) == []
    chat.answers.first.get_by_role("button", name="Not helpful").click()
    expect(chat.answers.first.get_by_label("What was missing or wrong?")).to_be_visible()
    assert faults(page) == []
    chat.answers.first.get_by_role("button", name="Source 1", exact=True).first.click()
    expect(chat.sheet).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    chat.element.get_by_role("button", name="Options").click()
    assert faults(page) == []
    chat.sheet.get_by_role("button", name="Talk to a person").click()
    assert faults(page) == []


@pytest.mark.parametrize("name", ["demo/", "demo/visit.html", "demo/embed.html"])
def test_axe_finds_nothing_on_the_demo_pages(name: str, visit: Visit, assistant: Assistant) -> None:
    page = visit().new_page()
    page.goto(f"{assistant.bot}{name}")
    expect(Chat(page).element).to_have_count(1)
    page.wait_for_timeout(500)
    assert faults(page) == []


@pytest.mark.parametrize("accent", ["#ffcc00", "#7a0019", "#00aa55", "#ffffff", "#000000"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_any_colour_of_a_school_leaves_text_readable_on_it(
    scheme: str, accent: str, visit: Visit, site: School
) -> None:
    """On the school's colour; whether that colour is readable on white is the school's choice in light."""
    page = visit(color_scheme=scheme).new_page()
    page.goto(f"{site.origin}/programs")
    page.evaluate("(c) => document.querySelector('waymark-chat').style.setProperty('--waymark-accent', c)", accent)
    Chat(page).open().ask(PAY)
    on_accent = Axe().run(page, {"include": [["waymark-chat", ".user .body"]]}, {"runOnly": ["color-contrast"]})
    assert [node["failureSummary"] for rule in on_accent.response["violations"] for node in rule["nodes"]] == []


def test_everything_can_be_done_with_the_keyboard(visit: Visit, site: School) -> None:
    page = visit().new_page()
    page.goto(f"{site.origin}/programs")
    chat = Chat(page)
    keys = page.keyboard
    keys.press("Tab")
    keys.press("Enter")
    assert chat.focused() == "Your question"
    keys.type(PAY)
    keys.press("Enter")
    expect(chat.answers).to_have_count(1)
    assert chat.focused() == "Your question", "the composer keeps the focus"
    chat.ask(COMPARE)

    while "earned" not in chat.focused() and "Compare" not in chat.focused():  # back to the transcript
        keys.press("Shift+Tab")
        if chat.focused() == "Conversation":
            keys.press("ArrowUp")
    keys.press("Home")
    assert chat.focused() == f"You{PAY}"
    keys.press("ArrowDown")
    assert "earned a median" in chat.focused()
    keys.press("End")
    keys.press("ArrowUp")
    assert chat.focused() == f"You{COMPARE}"
    keys.press("ArrowUp")
    keys.press("Tab")
    assert chat.focused() == "Source 1"
    keys.press("Enter")
    expect(chat.sheet).to_be_visible()
    assert chat.focused() == "Source 1"  # its title
    for _ in range(6):  # stays within the sheet, or leaves the widget; never behind the sheet
        keys.press("Tab")
        assert chat.focused() in ("Close", "See the evidence", "Open the source", "")
    chat.sheet.get_by_role("button", name="Close").focus()
    keys.press("Escape")
    expect(chat.sheet).to_be_hidden()
    assert chat.focused() == "Source 1"
    keys.press("Escape")
    assert chat.focused() == "Your question"
    keys.press("Escape")
    expect(chat.panel).to_be_hidden()
    assert chat.focused() == "Ask about careers"


def test_a_screen_reader_hears_additions_and_not_the_history(chat: Chat) -> None:
    chat.page.wait_for_timeout(400)
    chat.announced()
    chat.ask(PAY)
    heard = chat.heard()
    assert heard[0] == f"You{PAY}"
    assert any("earned a median of $51,140" in text for text in heard)
    assert sum(PAY in text for text in heard) == 1, "the question is not read out twice"

    chat.page.reload()
    chat.announced()
    expect(chat.answers).to_have_count(1)
    assert [text for text in chat.heard() if "$51,140" in text or PAY in text] == []
    chat.page.wait_for_timeout(400)
    expect(chat.log).to_have_attribute("aria-live", "polite")


def test_an_answer_reads_well(chat: Chat) -> None:
    answer = chat.ask(PAY)
    tree = answer.aria_snapshot()
    assert "Career assistant" in tree
    assert "earned a median of $51,140 a year in May 2025." in tree
    assert 'button "Source 1"' in tree
    assert 'table "Pay a year"' in tree
    assert 'rowheader "Median"' in tree
    assert 'button "Not helpful"' in tree
    assert "img" not in tree, "pictures say nothing that the text does not"
    expect(answer.locator(".body")).to_have_attribute("lang", "en")
    expect(answer.locator(".tools")).to_have_attribute("aria-live", "off")


def test_opening_by_itself_takes_no_focus(visit: Visit, site: School) -> None:
    site.put("/open", '<p><label>Search <input id="search" autofocus></label></p>', attributes="data-open")
    page = visit().new_page()
    page.goto(f"{site.origin}/open")
    expect(Chat(page).panel).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "search"


def test_what_happens_elsewhere_does_not_take_the_focus(chat: Chat, site: School) -> None:
    chat.ask(PAY)
    other = Chat(chat.page.context.new_page())
    other.page.goto(f"{site.origin}/aid")
    other.open()
    chip = chat.chips.last
    chip.focus()
    other.answers.get_by_role("button", name="Helpful", exact=True).click()
    other.page.keyboard.press("Escape")
    chat.page.evaluate("dispatchEvent(new Event('online'))")
    chat.page.wait_for_timeout(300)
    expect(chip).to_be_focused()


def small_targets(page: Page) -> list[str]:
    """Controls that are smaller than 24 by 24 pixels, except links within sentences."""
    found: list[str] = page.evaluate("""() => [...document.querySelector("waymark-chat").shadowRoot
        .querySelectorAll("button, summary, input, textarea, a.main, a.plain")].filter((made) => {
            const { width, height } = made.getBoundingClientRect();
            return width && (width < 24 || height < 24);
        }).map((made) => made.outerHTML.slice(0, 120))""")
    return found


def test_targets_are_large_enough(chat: Chat) -> None:
    chat.ask(PAY)
    chat.ask("I want to talk to a person")
    assert small_targets(chat.page) == []
    chat.menu("Talk to a person")
    assert small_targets(chat.page) == []


@pytest.mark.parametrize(
    ("width", "height"),
    [(320, 640), (640, 400), (320, 256), (390, 844)],
    ids=["320 px", "200 % of 1280x800", "400 % of 1280x1024", "phone"],
)
def test_nothing_is_cut_off_in_a_small_window(width: int, height: int, visit: Visit, site: School) -> None:
    page = visit(viewport={"width": width, "height": height}).new_page()
    page.goto(f"{site.origin}/programs")
    chat = Chat(page).open()
    for question in (PAY, COMPARE, "Compare RHIT and RHIA"):
        chat.ask(question)
    wide = page.evaluate("""() => {
        const root = document.querySelector("waymark-chat").shadowRoot;
        const scroll = root.querySelector(".scroll");
        const out = [...root.querySelectorAll(".scroll *")].filter((made) =>
            !made.closest(".sr") && made.getBoundingClientRect().right > innerWidth + 1
        ).map((made) => made.outerHTML.slice(0, 200));
        return [scroll.scrollWidth - scroll.clientWidth, document.documentElement.scrollWidth - innerWidth, ...out];
    }""")
    assert wide == [0, 0], "something is wider than the window"
    log = chat.element.locator(".scroll").bounding_box()
    assert log is not None and log["height"] >= 90, "no room to read"
    for part in (chat.field, chat.element.get_by_role("button", name="Close").first):
        expect(part).to_be_in_viewport(ratio=1)
    chat.answers.first.get_by_role("button", name="Source 1", exact=True).first.click()
    expect(chat.sheet.get_by_role("button", name="Close")).to_be_in_viewport(ratio=1)
    chat.sheet.get_by_role("link", name="Open the source").scroll_into_view_if_needed()
    expect(chat.sheet.get_by_role("link", name="Open the source")).to_be_in_viewport(ratio=1)


def test_on_a_phone_the_chat_covers_the_page_and_gives_it_back(visit: Visit, site: School) -> None:
    site.put("/phone", '<p><a href="/aid" id="aid">Aid</a></p>')
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    page.goto(f"{site.origin}/phone")
    chat = Chat(page).open()
    box = chat.panel.bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    reach = "() => { document.getElementById('aid').focus(); return document.activeElement.id; }"
    assert page.evaluate(reach) != "aid"
    chat.element.get_by_role("button", name="Close").first.click()
    assert page.evaluate(reach) == "aid"
    chat.open().ask(PAY)
    page.goto(f"{site.origin}/aid")
    expect(chat.launcher).to_be_visible()
    expect(chat.panel).to_be_hidden()  # a page that was asked for is not covered


def test_right_to_left(visit: Visit, site: School) -> None:
    site.put("/rtl", dir="rtl")
    page = visit().new_page()
    page.goto(f"{site.origin}/rtl")
    chat = Chat(page)
    box = chat.launcher.bounding_box()
    assert box is not None and box["x"] < 40
    chat.open().ask(PAY)
    panel, question = chat.panel.bounding_box(), chat.questions.bounding_box()
    assert panel is not None and question is not None
    assert panel["x"] < 40
    assert question["x"] - panel["x"] < 40, "the student's side is the left"
    expect(chat.answers.locator(".body")).to_have_css("direction", "ltr")  # the answer is English


def test_motion_can_be_turned_off(visit: Visit, site: School) -> None:
    for motion, name in (("reduce", "none"), ("no-preference", "rise")):
        page = visit(reduced_motion=motion).new_page()
        page.goto(f"{site.origin}/programs")
        chat = Chat(page).open()
        chat.element.get_by_role("button", name="Options").click()
        expect(chat.sheet).to_have_css("animation-name", name)


def test_forced_colours_keep_edges_and_bars(visit: Visit, site: School) -> None:
    page = visit(forced_colors="active").new_page()
    page.goto(f"{site.origin}/programs")
    chat = Chat(page).open()
    answer = chat.ask(PAY)
    colours = page.evaluate(
        """([bar, button, user]) => [getComputedStyle(bar).fill, getComputedStyle(button).borderTopColor,
            getComputedStyle(user).borderTopStyle, getComputedStyle(document.body).backgroundColor]""",
        [
            answer.locator("svg.bar rect").first.element_handle(),
            answer.locator(".cite").first.element_handle(),
            chat.questions.locator(".body").element_handle(),
        ],
    )
    assert colours[0] != colours[3]
    assert colours[1] != colours[3]
    assert colours[2] == "solid"


def test_spanish(visit: Visit, site: School) -> None:
    site.put("/es", lang="es-MX")
    page = visit().new_page()
    page.goto(f"{site.origin}/es")
    chat = Chat(page)
    expect(chat.launcher).to_have_accessible_name("Pregunta sobre carreras")
    chat.open()
    expect(chat.panel).to_have_attribute("lang", "es")
    expect(chat.field).to_have_accessible_name("Tu pregunta")
    answer = chat.ask(PAY)
    expect(answer.locator(".body")).to_have_attribute("lang", "en")
    expect(answer.get_by_role("button", name="Útil", exact=True)).to_be_visible()
    answer.get_by_role("button", name="Fuente 1", exact=True).first.click()
    expect(chat.sheet).to_contain_text("mayo de 2025")


def test_both_languages_say_the_same_things(assistant: Assistant, chat: Chat) -> None:
    keys = chat.page.evaluate(
        """(url) => import(url).then(({ en, es }) => [Object.keys(en), Object.keys(es),
            Object.keys(es).filter((key) => !es[key])])""",
        f"{assistant.bot}widget/strings.js",
    )
    assert keys[0] == keys[1]
    assert keys[2] == []
