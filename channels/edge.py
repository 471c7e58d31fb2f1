"""What every request to the web channel goes through: origin, limits, body, errors as problems, headers.

One handler of the server takes everything below the channel's address, so that nothing gets past this module.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from sanic import Sanic, response
from sanic.exceptions import PayloadTooLarge, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

import settings
from channels import connections, origins
from channels.addresses import client_address
from channels.problems import DETAILS, Problem, of_status
from channels.shared_limits import SharedBuckets
from channels.web_bodies import MAX_BODY
from observe.logs import place
from replicas.link import link

logger = logging.getLogger(__name__)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
BODY_SECONDS = 10.0
OTHER_CALLS = 10  # how many times more often than messages an address may call anything else
STRICT = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": STRICT,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
CORS = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "7200",
}


@dataclass(frozen=True)
class Call:
    """A request that was let in. `address`: the client's, for counting; `words`: the groups of the route's pattern."""

    request: Request
    words: tuple[str, ...]
    body: bytes
    address: str

    def header(self, name: str) -> str | None:
        value: str | None = self.request.headers.get(name)
        return value

    def query(self, name: str) -> str | None:
        """A query parameter; "" if it is there without a value."""
        value: str | None = self.request.get_args(keep_blank_values=True).get(name)
        return value


Handler = Callable[[Call], Awaitable[HTTPResponse]]


@dataclass(frozen=True)
class Route:
    """`pattern` is matched against the whole path below the channel's address. `open_to_all`: other sites' pages may
    load it, as scripts must be."""

    method: str
    pattern: re.Pattern[str]
    handler: Handler
    open_to_all: bool = False

    @property
    def label(self) -> str:
        """What the log and the metrics call it: the pattern up to its first group, "web/feedback"."""
        return "web/" + re.split(r"[(\[]", self.pattern.pattern)[0].replace("\\", "").strip("/")


class Edge:
    """Lets requests in and answers out."""

    def __init__(self, routes: Sequence[Route], config: settings.Settings) -> None:
        self._routes, self._config = routes, config
        self._calls = SharedBuckets(link(config.redis_url), "calls", config.address_messages * OTHER_CALLS)
        secure = config.public_url.startswith("https://")
        self._headers = HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if secure else {})

    async def serve(self, request: Request, path: str = "") -> HTTPResponse:
        """The server's handler."""
        route = None
        try:
            route, found = self._route(request, unquote(path), preflight=request.method == "OPTIONS")
            request.ctx.route = route.label
            self._check_origin(request, route)
            if request.method == "OPTIONS":
                return self._finish(request, response.empty(headers=CORS), route)
            forwarded = ",".join(request.headers.getall("x-forwarded-for", []))  # some proxies add a line of their own
            address = client_address(request.ip or "", forwarded, self._config.trusted_proxies)
            refuse(await self._calls.take(address))
            call = Call(request, found.groups(), await read_body(request), address)
            answer = await route.handler(call)
        except Problem as error:
            answer = error.response()
        except SanicException as error:
            answer = of_status(error.status_code)
        except Exception as error:  # noqa: BLE001 - whatever it was, its text does not leave, and may hold a message
            logger.error("a request could not be answered: %s", place(error))
            answer = of_status(500)
        return self._finish(request, answer, route)

    def _route(self, request: Request, path: str, *, preflight: bool) -> tuple[Route, re.Match[str]]:
        method = "GET" if request.method == "HEAD" else request.method
        matches = [(route, route.pattern.fullmatch(path)) for route in self._routes]
        fitting = [(route, found) for route, found in matches if found is not None]
        if not fitting:
            raise Problem("not_found", DETAILS["not_found"])
        for route, found in fitting:
            if preflight or route.method == method:
                return route, found
        allow = ", ".join(sorted({route.method for route, _ in fitting} | {"OPTIONS"}))
        raise Problem("method_not_allowed", DETAILS["method_not_allowed"], {"Allow": allow})

    def _is_allowed(self, request: Request) -> bool:
        host = request.headers.get("host", "")
        own = self._config.public_origin
        return origins.allowed(request.headers.get("origin"), self._config.origins, host=host, own=own)

    def _check_origin(self, request: Request, route: Route) -> None:
        if not route.open_to_all and not self._is_allowed(request):
            raise Problem(
                "origin_not_allowed", "This website may not use the assistant (WAYMARK_ORIGINS names those that may)."
            )

    def _finish(self, request: Request, answer: HTTPResponse, route: Route | None) -> HTTPResponse:
        for name, value in self._headers.items():
            answer.headers.setdefault(name, value)
        if route is not None and route.open_to_all:
            answer.headers["Access-Control-Allow-Origin"] = "*"
            answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            return answer
        answer.headers.setdefault("Vary", "Origin")
        origin = request.headers.get("origin")
        if origin is not None and self._is_allowed(request):
            answer.headers["Access-Control-Allow-Origin"] = origin
            answer.headers["Access-Control-Expose-Headers"] = "Retry-After, Content-Disposition, X-Request-ID"
        return answer


def refuse(wait: int) -> None:
    """Raises Problem rate_limited if there is a time to wait."""
    if wait:
        raise Problem("rate_limited", f"Too many requests. Please wait {wait} s.", {"Retry-After": str(wait)})


async def read_body(request: Request) -> bytes:
    """The body, if it is short and comes soon. Raises Problem too_large or timeout; the connection is then closed."""
    stream: Any = request.stream
    if stream is None or not stream.request_body:
        return b""
    stream.request_max_size = MAX_BODY
    parts: list[bytes] = []

    async def read() -> None:
        async for part in stream:
            parts.append(bytes(part))

    try:
        if int(request.headers.get("content-length") or 0) > MAX_BODY:
            raise PayloadTooLarge("")
        await asyncio.wait_for(read(), BODY_SECONDS)
    except (PayloadTooLarge, asyncio.TimeoutError) as error:
        stream.request_body, stream.keep_alive = None, False  # what is still on its way is not waited for
        code = "too_large" if isinstance(error, PayloadTooLarge) else "timeout"
        raise Problem(code, DETAILS[code]) from None
    return b"".join(parts)


def guard_server(app: Sanic) -> None:
    """For what goes wrong before a request reaches a handler, on any address: time limits, and problems that repeat
    nothing."""
    connections.limit(app)

    def as_problem(request: Request, error: Exception) -> HTTPResponse:
        status = error.status_code if isinstance(error, SanicException) else 500
        if isinstance(error, (ValueError, UnicodeError)):
            status = 400  # a header that is no number, or no text
        elif status >= 500:
            logger.error("a request could not be handled: %s", place(error))
        answer = of_status(status)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        allowed: Mapping[str, str] = getattr(error, "headers", None) or {}
        if status == 405 and "Allow" in allowed:
            answer.headers["Allow"] = allowed["Allow"]
        return answer

    app.error_handler.add(Exception, as_problem)
