"""What a student sees when the network or the server fails, and that nothing is sent twice."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.chat import COMPARE, PAY, Chat
from tests.browser.school import School

Visit = Callable[..., BrowserContext]


def problem(route: Route, status: int, code: str, detail: str = "", **headers: str) -> None:
    """Answer in the server's place, as the server would if it were in trouble."""
    route.fulfill(
        status=status,
        headers={
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Expose-Headers": "Retry-After",
            "Content-Type": "application/problem+json",
            **headers,
        },
        body=json.dumps({"title": code, "status": status, "code": code, "detail": detail}),
    )


def is_post(route: Route) -> bool:
    return route.request.method == "POST"


def test_what_is_written_offline_is_sent_when_the_network_is_back(chat: Chat) -> None:
    chat.ask(PAY)
    chat.page.context.set_offline(True)
    expect(chat.bar).to_contain_text("You are offline")
    chat.field.fill(COMPARE)
    chat.field.press("Enter")
    expect(chat.questions).to_have_count(2)
    expect(chat.answers).to_have_count(1)
    chat.page.context.set_offline(False)
    expect(chat.answers).to_have_count(2)
    expect(chat.questions).to_have_count(2)
    expect(chat.bar).to_be_empty()


def test_an_answer_lost_on_the_way_is_asked_for_again_and_answered_once(chat: Chat) -> None:
    chat.ask(PAY)
    lost: list[str] = []

    def lose(route: Route) -> None:
        if not is_post(route) or len(lost) == 2:
            return route.fallback()
        route.fetch()  # the server takes the message and answers; the answer does not arrive
        lost.append(json.loads(route.request.post_data or "{}")["id"])
        return route.abort()

    chat.page.route("**/messages", lose)
    chat.ask(COMPARE)
    assert len(lost) == 2
    assert len(set(lost)) == 1, "a retry is the same message"
    chat.page.reload()
    expect(chat.questions).to_have_count(2)
    expect(chat.answers).to_have_count(2)


def test_a_message_interrupted_by_a_reload_is_not_lost_or_doubled(chat: Chat) -> None:
    chat.ask(PAY)
    chat.page.route("**/messages", lambda route: (route.fetch(), None)[1] if is_post(route) else route.fallback())
    chat.field.fill(COMPARE)
    with chat.page.expect_request(lambda request: request.method == "POST"):
        chat.field.press("Enter")
    chat.page.wait_for_timeout(500)
    chat.page.unroute("**/messages")
    chat.page.reload()
    expect(chat.answers).to_have_count(2)
    expect(chat.questions).to_have_count(2)


def test_a_message_that_cannot_be_sent_can_be_tried_again(chat: Chat) -> None:
    chat.page.route(
        "**/messages",
        lambda route: problem(route, 500, "internal", "Something broke.") if is_post(route) else route.fallback(),
    )
    chat.field.fill(PAY)
    chat.field.press("Enter")
    expect(chat.questions).to_contain_text("Not sent. Something broke.")
    expect(chat.bar).to_have_text("That did not work. Please try again in a minute.")
    chat.page.unroute("**/messages")
    chat.questions.get_by_role("button", name="Try again").click()
    expect(chat.answers).to_have_count(1)
    expect(chat.questions).to_have_count(1)
    expect(chat.questions).not_to_contain_text("Not sent")
    expect(chat.bar).to_be_empty()


def test_too_many_messages_wait_as_long_as_the_server_asks(chat: Chat) -> None:
    refused: list[float] = []

    def refuse(route: Route) -> None:
        now = chat.page.evaluate("performance.now()")
        if not is_post(route) or (refused and now - refused[0] > 1900):
            return route.fallback()
        refused.append(now)
        return problem(route, 429, "rate_limited", **{"Retry-After": "2"})

    chat.page.route("**/messages", refuse)
    chat.ask(PAY)
    assert len(refused) == 1, "it did not wait"


def test_an_expired_session_goes_on_as_a_new_one(chat: Chat) -> None:
    chat.ask(PAY)
    chat.page.evaluate("""() => {
        const [key] = Object.keys(localStorage);
        localStorage[key] = JSON.stringify({ ...JSON.parse(localStorage[key]), token: "made-up" });
    }""")
    chat.field.fill(COMPARE)
    chat.field.press("Enter")
    expect(chat.answers).to_have_count(1)
    expect(chat.questions).to_have_text(["You" + COMPARE])


def test_a_page_without_the_assistant_still_works(visit: Visit, site: School) -> None:
    page = visit().new_page()
    page.route("**/config", lambda route: route.abort())
    page.goto(f"{site.origin}/programs")
    chat = Chat(page).open()
    expect(chat.panel).to_contain_text("Ask me what a job is")
    expect(chat.ask(PAY)).to_contain_text("$51,140")


def test_a_typing_sign_shows_while_the_answer_is_awaited(chat: Chat) -> None:
    held: list[Route] = []
    chat.page.route("**/messages", lambda route: held.append(route) if is_post(route) else route.fallback())
    chat.field.fill(PAY)
    chat.field.press("Enter")
    sign = chat.element.locator(".typing")
    expect(sign).to_have_text("Looking it up…")
    assert chat.focused() == "Your question"
    for _ in range(100):  # the request may come a moment after the sign
        if held:
            break
        chat.page.wait_for_timeout(50)
    held.pop().continue_()
    expect(chat.answers).to_have_count(1)
    expect(sign).to_be_empty()
