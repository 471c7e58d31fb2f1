"""The calls of the web channel that need no session: the widget's settings and files, demo pages, evidence, health."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from sanic import response
from sanic.response import HTTPResponse

import settings
from channels import evidence, evidence_page, guard, person, texts
from channels.edge import Call, Handler, Route
from channels.evidence import Names
from channels.problems import DETAILS, Problem
from channels.static_files import File, Folder
from channels.turns import State
from knowledge.errors import KnowledgeError
from knowledge.query import Evidence, KnowledgeBase
from state import conversations, handoffs

HERE = Path(__file__).resolve().parent
LOCALES = ["en", "es"]
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:{logo}; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
EVIDENCE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
LASTING = "public, max-age=3600"
CHECKED = "no-cache"


class Pages:
    """See the module."""

    def __init__(self, state: State, knowledge: KnowledgeBase, config: settings.Settings) -> None:
        self._state, self._knowledge, self._config = state, knowledge, config
        self._widget = Folder(settings.ROOT / "widget", (".js", ".svg"))
        self._demo = Folder(HERE / "demo")
        self._style = Folder(HERE / "pages", (".css",))
        self._description = describe()
        logo = urlsplit(config.logo)
        self._policy = PAGE_POLICY.format(logo=f" {logo.scheme}://{logo.netloc}" if logo.netloc else "")

    def routes(self) -> Sequence[Route]:
        """Address of each page."""
        pages: list[tuple[str, Handler, bool]] = [
            ("", self.health, False),
            ("health", self.health, False),
            ("config", self.config, False),
            (r"openapi\.json", self.openapi, False),
            (r"evidence/([\w.:-]{1,100})", self.evidence, False),
            (r"(page\.css)", self.style, False),
            (r"widget/([\w./-]{1,200})", self.widget, True),
            (r"(demo|embed)", self.to_demo, False),
            (r"demo/([\w./-]{0,200})", self.demo, False),
        ]
        return [Route("GET", re.compile(pattern), handler, free) for pattern, handler, free in pages]

    async def health(self, call: Call) -> HTTPResponse:
        """Whether the channel can take messages: its databases answer."""
        loop = asyncio.get_running_loop()
        found = {"state": "ok", "knowledge": "ok"}
        try:
            await self._state.run(lambda c: conversations.exists(c, ""))
        except Problem:
            found["state"] = "unavailable"
        try:
            await loop.run_in_executor(None, lambda: self._knowledge.catalog)
        except KnowledgeError:
            found["knowledge"] = "unavailable"
        up = set(found.values()) == {"ok"}
        return response.json({"status": "ok" if up else "unavailable", **found}, status=200 if up else 503)

    async def config(self, call: Call) -> HTTPResponse:
        """What the widget needs to know of the school."""
        config, via = self._config, person.via(self._config)
        content = {
            "school": config.school,
            "logo": config.logo,
            "greeting": config.greeting,
            "suggestions": list(config.suggestions),
            "contact": config.contact,
            "notice": config.notice or texts.NOTICE.format(days=config.keep_days),
            "privacy_url": config.privacy_url,
            "keep_days": config.keep_days,
            "max_message": guard.MAX_MESSAGE,
            "handoff": via is not None,
            "handoff_via": None if via is None else "email" if via == handoffs.EMAIL else "chat",
            "locales": LOCALES,
        }
        return response.json(content, headers={"Cache-Control": "public, max-age=60"})

    async def openapi(self, call: Call) -> HTTPResponse:
        """The description of all this."""
        return response.json(self._description, headers={"Cache-Control": CHECKED})

    async def evidence(self, call: Call) -> HTTPResponse:
        """The statement behind a citation: a page for browsers, JSON for programs."""
        (statement,) = call.words
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(None, self._knowledge.whole, lambda: self._known(statement))
        except KnowledgeError:
            detail = "The knowledge base is not available; try again in a minute."
            raise Problem("unavailable", detail, {"Retry-After": "60"}) from None
        if found is None:
            raise Problem("not_found", "No statement has this id.")
        known, names = found
        headers = {"Cache-Control": CHECKED, "Vary": "Accept, Origin"}
        if "text/html" in (call.header("accept") or ""):
            headers["Content-Security-Policy"] = EVIDENCE_POLICY
            return response.html(evidence_page.render(known, names), headers=headers)
        return response.json(evidence.as_json(known), headers=headers)

    def _known(self, statement: str) -> tuple[Evidence, Names] | None:
        found = self._knowledge.evidence(statement)
        return None if found is None else (found, evidence.names(self._knowledge.catalog, found))

    async def style(self, call: Call) -> HTTPResponse:
        """The evidence page's style sheet."""
        return _file(call, self._style.get(call.words[0]), CHECKED)

    async def widget(self, call: Call) -> HTTPResponse:
        """A module of the widget; any page may load it."""
        return _file(call, self._widget.get(call.words[0]), LASTING)

    async def to_demo(self, call: Call) -> HTTPResponse:
        """The demo pages begin one level down, so that their links are relative."""
        target = {"demo": "demo/", "embed": "demo/embed.html"}[call.words[0]]
        headers = {"Location": target, "Cache-Control": CHECKED}
        return response.text(f"See {target}", status=308, headers=headers)

    async def demo(self, call: Call) -> HTTPResponse:
        """A file of the demo pages; "visit" is visit.html, "" is index.html."""
        name = call.words[0] or "index.html"
        found = self._demo.get(name) or self._demo.get(f"{name}.html")
        return _file(call, found, CHECKED, {"Content-Security-Policy": self._policy})


def _file(call: Call, file: File | None, cache: str, more: Mapping[str, str] | None = None) -> HTTPResponse:
    if file is None:
        raise Problem("not_found", DETAILS["not_found"])
    headers = {"ETag": file.etag, "Cache-Control": cache, **(more or {})}
    known = {tag.strip().removeprefix("W/") for tag in (call.header("if-none-match") or "").split(",")}
    if file.etag in known:
        return response.raw(b"", status=304, headers=headers, content_type=file.type)
    return response.raw(file.content, headers=headers, content_type=file.type)


def describe() -> dict[str, Any]:
    """The OpenAPI description, from openapi.yml."""
    content: dict[str, Any] = yaml.safe_load((HERE / "openapi.yml").read_text(encoding="utf-8"))
    json.dumps(content)  # dates of YAML would not pass
    return content
