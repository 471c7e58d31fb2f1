"""What every request to Rasa's server gets, at any address: an id, security headers, a line in the log, a count."""

from __future__ import annotations

import logging
from time import perf_counter
from typing import Any

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

import settings
from channels.addresses import is_trusted
from channels.edge import HEADERS
from observe import metrics, request_ids
from observe.logs import with_fields

logger = logging.getLogger(__name__)
MAX_BODY = 1_000_000  # bytes, at any address; Sanic's own limit is a hundred times that. Channels have tighter ones
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
# what is fetched all the time and says nothing: only at DEBUG, unless it failed
QUIET = ("/health", "/ready", "/metrics", "web/health", "web/widget", "web/config", "web/demo", "web/page")


def watch(app: Sanic, config: settings.Settings) -> None:
    """For every request: an id, a trusted proxy's own (X-Request-ID) or a new one; a limit to its body."""

    async def begin(request: Request) -> None:
        if getattr(request.ctx, "began", None) is None:  # sanic runs this again before it answers an error
            request.ctx.began = perf_counter()
            given = request.headers.get(request_ids.HEADER)
            taken = request_ids.is_id(given) and is_trusted(request.ip or "", config.trusted_proxies)
            request.ctx.request_id = given if taken else request_ids.new()
        request_ids.use(request.ctx.request_id)

    async def end(request: Request, response: HTTPResponse) -> None:
        if getattr(request.ctx, "began", None) is None or response is None:
            return
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers[request_ids.HEADER] = request.ctx.request_id
        route, status = route_of(request), response.status
        method = request.method if request.method in METHODS else "other"
        metrics.REQUESTS.labels(method, route, str(status)).inc()
        level = logging.DEBUG if status < 400 and route.startswith(QUIET) else logging.INFO
        ms = round(1000 * (perf_counter() - request.ctx.began), 1)
        logger.log(level, "request", extra=with_fields(method=method, route=route, status=status, ms=ms))

    async def executor(_app: Sanic, loop: Any) -> None:
        loop.set_default_executor(request_ids.Threads(thread_name_prefix="work"))

    app.config.REQUEST_MAX_SIZE = MAX_BODY
    app.register_middleware(begin, "request")
    app.register_middleware(end, "response")
    app.register_listener(executor, "before_server_start")


def route_of(request: Request) -> str:
    """The pattern that the address fits ("web/messages"), never the address itself: that may hold an id or a name."""
    known = getattr(request.ctx, "route", None)
    if known:
        return str(known)
    route = getattr(request, "route", None)
    return "none" if route is None else f"/{route.path}".replace("//", "/")
