"""`make screenshots`: the pictures in docs/screenshots, taken of the demo page with the whole assistant running.

Runs in .venv-e2e, with the system's Chromium.
"""
from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tools.console import ToolError, guarded, say
from tools.environment import ROOT
from tools.servers import running

FOLDER = ROOT / "docs" / "screenshots"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PAY = "How much do medical records technicians earn?"
RANKING = "Which state pays medical records technicians best?"
COMPARISON = "Compare pharmacy technicians and medical assistants"
DESKTOP = {"width": 1280, "height": 800}
SETTLED = 600  # ms, until what moves has come to rest


def visit(browser: Browser, demo: str, question: str, **options: Any) -> Page:
    """The demo page with the chat open and a question answered."""
    page = browser.new_context(**{"viewport": DESKTOP, **options}).new_page()
    page.goto(demo)
    page.locator("waymark-chat .launcher").click()
    field = page.locator("waymark-chat .composer textarea")
    field.fill(question)
    field.press("Enter")
    page.locator("waymark-chat article.assistant").wait_for()
    page.wait_for_timeout(SETTLED)
    return page


def take(browser: Browser, demo: str) -> None:
    """All pictures."""
    visit(browser, demo, PAY).screenshot(path=FOLDER / "desktop.png")
    phone = {"width": 390, "height": 844}
    visit(browser, demo, COMPARISON, viewport=phone, has_touch=True).screenshot(path=FOLDER / "phone.png")
    dark = visit(browser, demo, COMPARISON, color_scheme="dark")
    dark.locator("waymark-chat dialog").screenshot(path=FOLDER / "dark.png")
    chart = visit(browser, demo, RANKING)
    chart.locator("waymark-chat dialog").screenshot(path=FOLDER / "chart.png")
    source = visit(browser, demo, PAY)
    source.locator("waymark-chat .cite").first.click()
    source.wait_for_timeout(SETTLED)
    source.locator("waymark-chat dialog").screenshot(path=FOLDER / "source.png")


def main() -> int:
    """Take them anew."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        raise ToolError("there is no Chromium; install it, e.g. apt-get install chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        env = {"WAYMARK_STATE_URL": f"sqlite:///{Path(folder) / 'state.sqlite'}", "WAYMARK_PUBLIC_URL": ""}
        with running(env=env, logs=Path(folder)) as addresses, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            take(browser, f"{addresses.demo}/")
            browser.close()
    for file in sorted(FOLDER.glob("*.png")):
        say(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
