"""The web channel: the demo page, and the evidence of every statement that an answer cites."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, Awaitable, Callable, Dict, Optional, Text

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

import settings
from channels import evidence
from channels.rest import problem
from knowledge.errors import KnowledgeError
from knowledge.query import KnowledgeBase

DEMO = Path(__file__).resolve().parent / "demo"
FILES = {
    "": ("index.html", "text/html; charset=utf-8"),
    "demo.js": ("demo.js", "text/javascript; charset=utf-8"),
    "demo.css": ("demo.css", "text/css; charset=utf-8"),
}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class WebChannel(InputChannel):
    """Pages for people who try the assistant or check a citation."""

    def __init__(self) -> None:
        self._knowledge = KnowledgeBase(settings.load().knowledge_url)

    @classmethod
    def name(cls) -> Text:
        return "web"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> WebChannel:
        return cls()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        routes = Blueprint("waymark_web", __name__)

        @routes.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.route("/demo", methods=["GET"])
        async def demo(request: Request) -> HTTPResponse:
            return _file("")

        @routes.route("/demo/<name>", methods=["GET"])
        async def demo_file(request: Request, name: str) -> HTTPResponse:
            return _file(name) if name in FILES else problem(404, "Not found", "There is no such page.")

        @routes.route("/evidence/<statement_id>", methods=["GET"])
        async def show(request: Request, statement_id: str) -> HTTPResponse:
            try:
                found = await asyncio.get_running_loop().run_in_executor(None, self._knowledge.evidence, statement_id)
            except KnowledgeError:
                return problem(503, "Not available", "The knowledge base is not available; try again in a minute.")
            if found is None:
                return problem(404, "Not found", "No statement has this id.")
            if "text/html" in request.headers.get("accept", ""):
                return response.html(evidence.as_page(found), headers=HEADERS)
            return response.json(evidence.as_json(found), headers=HEADERS)

        return routes


def _file(name: str) -> HTTPResponse:
    file, kind = FILES[name]
    return response.text((DEMO / file).read_text(encoding="utf-8"), content_type=kind, headers=HEADERS)
