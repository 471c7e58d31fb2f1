"""The action server: rasa-sdk's protocol over HTTP, by aiohttp.

rasa-sdk's own server answers an error with the whole request, the conversation included, and lets anyone call it. This
one says what went wrong and no more, and asks for the shared secret if there is one (WAYMARK_ACTIONS_SECRET).
"""

from __future__ import annotations

import hmac
import json
import logging

from aiohttp import web
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from actions import actions

logger = logging.getLogger(__name__)
MAX_BODY = 4 * 1024 * 1024  # a tracker has some tens of kilobytes
SECRET_HEADER = "X-Waymark-Secret"


def executor() -> ActionExecutor:
    """rasa-sdk's executor with Waymark's actions."""
    made = ActionExecutor()
    made.register_package(actions)
    return made


def make_app(run: ActionExecutor, secret: str = "") -> web.Application:
    """GET /health and /actions, POST /webhook (Rasa's action call -> events and responses)."""

    async def health(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def names(_request: web.Request) -> web.Response:
        return web.json_response([{"name": name} for name in run.actions])

    async def webhook(request: web.Request) -> web.Response:
        if secret and not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
            return web.json_response({"error": "the shared secret is missing or wrong"}, status=401)
        try:
            call = json.loads(await request.read())
            name = str(call["next_action"])
            sender = str(call["tracker"]["sender_id"])
        except (ValueError, LookupError, TypeError):
            return web.json_response({"error": "the body is no action call"}, status=400)
        try:
            return web.json_response(await run.run(call))
        except ActionExecutionRejection as error:
            return web.json_response({"error": error.message, "action_name": error.action_name}, status=400)
        except ActionNotFoundException as error:
            return web.json_response({"error": error.message, "action_name": error.action_name}, status=404)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not quote the conversation
            logger.error("%s failed for %s…: %s", name, sender[:12], type(error).__name__)
            return web.json_response({"error": "the action failed", "action_name": name}, status=500)

    app = web.Application(client_max_size=MAX_BODY)
    app.add_routes([web.get("/health", health), web.get("/actions", names), web.post("/webhook", webhook)])
    return app


def warm_up() -> None:
    """Open the knowledge base before the first question, so that it is not slower."""
    try:
        actions.service().warm_up()
    except Exception as error:  # noqa: BLE001 - the server starts all the same and says so on every question
        logger.error("the knowledge base could not be opened: %s", error)
