"""The action server: rasa-sdk's protocol over HTTP, by aiohttp.

rasa-sdk's own server answers an error with the whole request, the conversation included, and lets anyone call it. This
one says what went wrong and no more, and asks for the shared secret if there is one (WAYMARK_ACTIONS_SECRET).
"""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from actions import actions
from actions.running import run as run_action
from observe import metrics, request_ids
from observe.logs import place
from state.errors import StateError

logger = logging.getLogger(__name__)
MAX_BODY = 4 * 1024 * 1024  # a tracker has some tens of kilobytes
SECRET_HEADER = "X-Waymark-Secret"


def executor() -> ActionExecutor:
    """rasa-sdk's executor with Waymark's actions."""
    made = ActionExecutor()
    made.register_package(actions)
    return made


def may_pass(given: str, secrets: Sequence[str]) -> bool:
    """Whether a caller showed one of the secrets, in a time that tells nothing about them."""
    return any(hmac.compare_digest(given.encode(errors="replace"), secret.encode()) for secret in secrets)


def make_app(run: ActionExecutor, secrets: Sequence[str] = (), metrics_tokens: Sequence[str] = ()) -> web.Application:
    """GET /health, /actions and, with the token, /metrics; POST /webhook (Rasa's action call -> events and responses).

    With secrets, /actions and /webhook ask for one of them.
    """

    def refused() -> web.Response:
        return web.json_response({"error": "the shared secret is missing or wrong"}, status=401)

    async def health(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def measured(request: web.Request) -> web.Response:
        if not metrics_tokens:
            raise web.HTTPNotFound
        kind, _, given = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not may_pass(given.strip(), metrics_tokens):
            return web.json_response({"error": "the token is missing or wrong"}, status=401)
        body = metrics.exposition(metrics.EVERYWHERE)
        return web.Response(body=body, headers={"Content-Type": metrics.CONTENT_TYPE})

    async def names(request: web.Request) -> web.Response:
        if secrets and not may_pass(request.headers.get(SECRET_HEADER, ""), secrets):
            return refused()
        return web.json_response([{"name": name} for name in run.actions])

    async def webhook(request: web.Request) -> web.Response:
        if secrets and not may_pass(request.headers.get(SECRET_HEADER, ""), secrets):
            return refused()
        given = request.headers.get(request_ids.HEADER, "")  # Rasa's, which has shown the secret
        request_ids.use(given if request_ids.is_id(given) else request_ids.new())
        try:
            call = json.loads(await request.read())
            name = str(call["next_action"])
            str(call["tracker"]["sender_id"])
        except (ValueError, LookupError, TypeError):
            return web.json_response({"error": "the body is no action call"}, status=400)
        try:
            return web.json_response(await run_action(run, call))
        except ActionExecutionRejection as error:
            return web.json_response({"error": error.message, "action_name": error.action_name}, status=400)
        except ActionNotFoundException as error:
            return web.json_response({"error": error.message, "action_name": error.action_name}, status=404)
        except Exception:  # noqa: BLE001 - noted by run_action; whatever it is, it must not quote the conversation
            return web.json_response({"error": "the action failed", "action_name": name}, status=500)

    app = web.Application(client_max_size=MAX_BODY, middlewares=[discreet])
    app.add_routes(
        [
            web.get("/health", health),
            web.get("/metrics", measured),
            web.get("/actions", names),
            web.post("/webhook", webhook),
        ]
    )
    return app


@web.middleware
async def discreet(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """aiohttp's own errors say which address was asked for; ours only what kind of error it is. No server's name."""
    request_ids.use(request_ids.new())
    try:
        answer = await handler(request)
    except web.HTTPException as error:
        answer = web.json_response({"error": error.reason}, status=error.status)
    answer.headers["Server"] = "waymark"
    answer.headers[request_ids.HEADER] = request_ids.current()
    return answer


def warm_up() -> None:
    """Open the knowledge base before the first question, so that it is not slower, and the state database while its
    file is there: opened by the first gap while that is away, it would be made anew beside the conversations."""
    try:
        actions.service().warm_up()
    except Exception as error:  # noqa: BLE001 - the server starts all the same and says so on every question
        logger.error("the knowledge base could not be opened: %s", place(error))
    try:
        actions.open_gaps()
    except StateError as error:  # gaps are not recorded until it can be; answers are given all the same
        logger.error("the state database could not be opened: %s", error)
