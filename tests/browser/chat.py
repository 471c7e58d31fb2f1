"""The widget as a person sees it, for the tests."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

ANSWER_MS = 15_000  # the assistant promises less
PAY = "How much do medical records technicians earn?"
COMPARE = "Compare pharmacy technicians and medical assistants"
RANKING = "Which state pays medical records technicians best?"
UNCOVERED = "how much does the RHIT exam cost"


class Chat:
    """One widget on one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.element = page.locator("waymark-chat")
        self.launcher = self.element.locator(".launcher")
        self.panel = self.element.locator(".panel")
        self.log = self.element.get_by_role("log")
        self.field = self.element.locator(".composer textarea")
        self.answers = self.element.locator("article.assistant")
        self.questions = self.element.locator("article.user")
        self.chips = self.element.locator(".chip")
        self.bar = self.element.locator("div.bar")
        self.sheet = self.element.locator(".sheet")

    def open(self) -> Chat:
        self.launcher.click()
        self.panel.wait_for()
        return self

    def ask(self, text: str) -> Locator:
        """Type a question, send it, wait for the answer; the answer."""
        before = self.answers.count()
        self.field.fill(text)
        self.field.press("Enter")
        answer = self.answers.nth(before)
        answer.wait_for(timeout=ANSWER_MS)
        return answer

    def menu(self, choice: str) -> None:
        """Choose among the options."""
        self.element.get_by_role("button", name="Options").click()
        self.sheet.get_by_role("button", name=choice, exact=True).click()

    def focused(self) -> str:
        """What has the focus inside the widget: its label or text."""
        found: str = self.page.evaluate("""() => {
            const at = document.querySelector("waymark-chat").shadowRoot.activeElement;
            return at ? at.getAttribute("aria-label") || at.textContent.trim() || at.localName : "";
        }""")
        return found

    def announced(self) -> None:
        """From now on, remember what a screen reader is told of: additions to the log and status texts."""
        self.page.evaluate("""() => {
            const root = document.querySelector("waymark-chat").shadowRoot;
            window.heard = [];
            for (const region of root.querySelectorAll("[role=log], [role=status]")) {
                new MutationObserver((records) => {
                    if (region.getAttribute("aria-live") === "off") return;
                    const added = records.flatMap((record) => [...record.addedNodes]);
                    window.heard.push(...added.map((node) => node.textContent));
                }).observe(region, { childList: true });
            }
        }""")

    def heard(self) -> list[str]:
        found: list[str] = self.page.evaluate("() => window.heard")
        return found
