"""The whole assistant and a school's website on another origin, started once; a browser for each test.

Every test also fails if a page breaks its content security policy or throws an error that nobody caught.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.chat import PAY, Chat
from tests.browser.school import School
from tests.slack_stand_in.remote import RemoteServer, remote_server
from tests.slack_stand_in.running import slack_environment
from tests.slack_stand_in.workspace import STAFF
from tools import servers

WATCH = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) => {
  violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});
"""


@dataclass(frozen=True)
class Assistant:
    """The running assistant: its channel's address, the school's website, the file of the state database."""

    bot: str
    school: School
    state: Path


@pytest.fixture(scope="session")
def slack_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteServer]:
    """A stand-in of Slack, where staff answer."""
    with remote_server(tmp_path_factory.mktemp("slack")) as server:
        yield server


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory, slack_server: RemoteServer) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("assistant")
    (port,) = servers.free_ports(1)
    env = {
        "WAYMARK_STATE_URL": f"sqlite:///{folder / 'state.sqlite'}",
        "WAYMARK_PUBLIC_URL": "",
        "WAYMARK_CONTACT": "the career office",
        "WAYMARK_ORIGINS": f"http://127.0.0.1:{port}",
        "WAYMARK_SCHOOL": "Example Community College",
        "WAYMARK_SUGGESTIONS": f"{PAY}|What does a medical records technician do?",
        "WAYMARK_PRIVACY_URL": "https://www.example.edu/privacy",
        "WAYMARK_ADDRESS_SESSIONS": "1000",
        "WAYMARK_ADDRESS_MESSAGES": "10000",
        "WAYMARK_SESSION_MESSAGES": "1000",
        **slack_environment(slack_server),
        "WAYMARK_SLACK_STAFF_CHANNEL": STAFF,
    }
    with servers.running(env=env, logs=folder) as addresses:
        bot = f"{addresses.base}/webhooks/web/"
        school = School(port, bot)
        try:
            yield Assistant(bot, school, folder / "state.sqlite")
        finally:
            school.shutdown()
            school.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("there is no Chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, assistant: Assistant) -> Iterator[Callable[..., BrowserContext]]:
    """`visit(**options)` is a visitor with a browser of their own: storage, window size, preferences."""
    visitors: list[BrowserContext] = []
    errors: list[str] = []

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))

    def new(**options: Any) -> BrowserContext:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        context.set_default_timeout(10_000)
        context.add_init_script(WATCH)
        context.on("page", watch)
        visitors.append(context)
        return context

    yield new
    violations = [
        found for visitor in visitors for page in visitor.pages for found in page.evaluate("window.violations")
    ]
    for visitor in visitors:
        visitor.close()
    assert violations == []
    assert errors == []


@pytest.fixture
def site(assistant: Assistant) -> School:
    """The school's website."""
    assistant.school.put("/programs")
    assistant.school.put("/aid")
    return assistant.school


@pytest.fixture
def chat(visit: Callable[..., BrowserContext], site: School) -> Chat:
    """A visitor on the school's page, with the chat open."""
    page = visit().new_page()
    page.goto(f"{site.origin}/programs")
    return Chat(page).open()
