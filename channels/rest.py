"""The REST channel: POST /webhooks/rest/webhook with {"sender", "message"} -> a list of messages.

As Rasa's own, but it always answers within the time limit, gives every client without a sender a conversation of
its own, refuses what is no message, and lets no text through as a command.
"""

from __future__ import annotations

from typing import Any, Awaitable, Callable, Dict, Optional, Text

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

import settings
from channels import guard
from channels.problems import problem
from observe import metrics


def read_message(body: Any) -> tuple[str, str] | str:
    """(sender, text) of a request body, or what is wrong with it."""
    if not isinstance(body, dict):
        return 'The body must be a JSON object such as {"sender": "…", "message": "…"}.'
    text, sender = body.get("message"), body.get("sender")
    if not isinstance(text, str) or not guard.clean_text(text):
        return "`message` must be a text that is not empty."
    if len(text) > guard.MAX_MESSAGE:
        return f"`message` has {len(text)} characters; at most {guard.MAX_MESSAGE} are read. Please shorten it."
    if sender is not None and (not isinstance(sender, str) or not 0 < len(sender) <= guard.MAX_SENDER):
        return f"`sender` must be a text of 1 to {guard.MAX_SENDER} characters, or left out."
    if sender is not None and sender.startswith(guard.RESERVED):
        return "`sender` must not begin like the conversations of other channels. Choose another."
    return sender or guard.new_sender(), guard.clean_text(text)


class RestChannel(InputChannel):
    """See the module."""

    @classmethod
    def name(cls) -> Text:
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> RestChannel:
        return cls()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        config = settings.load()
        metrics.expect(self.name())
        routes = Blueprint("waymark_rest", __name__)

        @routes.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            try:
                body = request.json
            except Exception:  # noqa: BLE001 - sanic raises its own for a broken body
                body = None
            read = read_message(body)
            if isinstance(read, str):
                return problem(400, "Not a message", read)
            sender, text = read
            said = await guard.answer(
                on_new_message, text, sender, self.name(), seconds=config.answer_seconds, contact=config.contact
            )
            return response.json(said)

        return routes
