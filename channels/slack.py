"""The Slack channel: POST /webhooks/slack/webhook for everything that Slack sends, and the images of charts.

Without WAYMARK_SLACK_BOT_TOKEN it is off. docs/slack.md says how it works and why it is not Rasa's own or slack-bolt.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from typing import Any, Awaitable, Callable, Dict, Optional, Text
from urllib.parse import parse_qsl

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse
from slack_sdk.signature import SignatureVerifier

import settings
from channels import charts
from channels.problems import problem
from channels.slack_runtime import Runtime
from knowledge.query import KnowledgeBase
from observe import metrics
from state.errors import StateError

logger = logging.getLogger(__name__)
MAX_BODY = 1_000_000  # bytes; what Slack sends is far smaller
FORM = "application/x-www-form-urlencoded"


def parse(body: bytes, content_type: str) -> tuple[str, Mapping[str, Any]]:
    """(kind, payload) of a request's body. Raises ValueError if it is none that Slack sends."""
    try:
        return _parsed(body.decode(), content_type)  # UnicodeDecodeError is a ValueError
    except RecursionError:
        raise ValueError("nested too deep") from None


def _parsed(text: str, content_type: str) -> tuple[str, Mapping[str, Any]]:
    if not content_type.startswith(FORM):
        payload, kind = json.loads(text), "events_api"
    else:
        form = dict(parse_qsl(text, keep_blank_values=True))
        if "payload" in form:
            payload, kind = json.loads(form["payload"]), "interactive"
        else:
            payload, kind = form, "slash_commands"
    if not isinstance(payload, dict):
        raise ValueError("no object")
    return kind, payload


class SlackChannel(InputChannel):
    """See the module."""

    @classmethod
    def name(cls) -> Text:
        return "slack"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> SlackChannel:
        return cls()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        config = settings.load()
        routes = Blueprint("waymark_slack", __name__)
        if not config.slack_bot_token:
            return routes
        metrics.expect(self.name())
        runtime = Runtime(config, on_new_message, KnowledgeBase(config.knowledge_url))
        key = charts.key_of(config.slack_signing_secret or config.slack_bot_token)

        @routes.listener("before_server_start")
        async def prepare(*_: Any) -> None:
            await runtime.prepare()

        @routes.listener("after_server_start")
        async def start(*_: Any) -> None:
            await runtime.start()

        @routes.listener("before_server_stop")
        async def stop(*_: Any) -> None:
            await runtime.stop()

        @routes.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.route("/charts/<name>", methods=["GET"])
        async def chart(request: Request, name: str) -> HTTPResponse:
            found = charts.read(name[: -len(".png")], key) if name.endswith(".png") else None
            if found is None:
                return problem(404, "Not found", "There is no such chart.")
            image = await asyncio.get_running_loop().run_in_executor(None, charts.png, found)
            headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
            return response.raw(image, content_type="image/png", headers=headers)

        if config.slack_signing_secret:
            verifier = SignatureVerifier(config.slack_signing_secret)

            @routes.route("/webhook", methods=["POST"])
            async def receive(request: Request) -> HTTPResponse:
                if len(request.body) > MAX_BODY:
                    return problem(413, "Too large", f"A body may have {MAX_BODY} bytes.")
                if not _signed(verifier, request):
                    return problem(401, "Not from Slack", "The signature is missing, wrong or too old.")
                try:
                    reply = await runtime.receive(*parse(request.body, request.headers.get("content-type", "")))
                except ValueError as error:
                    logger.warning("a request from Slack that cannot be read: %s", type(error).__name__)
                    return problem(400, "Not understood", "The body is none that Slack sends.")
                except StateError as error:
                    logger.error("%s", error)
                    return problem(503, "Not available", "The event could not be stored; please send it again.")
                return response.json(reply) if reply else response.empty(200)

        return routes


def _signed(verifier: SignatureVerifier, request: Request) -> bool:
    try:
        return verifier.is_valid_request(request.body, dict(request.headers))
    except (ValueError, TypeError, OverflowError):  # a time that is no number, or too large; a body that is no text
        return False
