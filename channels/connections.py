"""How long and how many connections of clients the server holds, and requests whose length is not clear.

Sanic 21.12 takes a Content-Length of -1 at its word, and then turns in a circle for ever: one such request would stop
the server. It also reads a request with two lengths, of which a proxy before us may have believed the other.

Sanic counts its time limits anew with every byte, so that a client that sends one byte a second is never too slow, and
Rasa lets a connection idle for two minutes and an answer take an hour. Here only the first byte of a request counts,
and if connections run short, those that have nothing to say go first.
"""

from __future__ import annotations

import logging
import re
import resource
from contextlib import suppress
from typing import Any

from sanic import Sanic
from sanic.exceptions import InvalidUsage
from sanic.http import Stage
from sanic.request import Request
from sanic.server.protocols.http_protocol import HttpProtocol

logger = logging.getLogger(__name__)
HEADER_SECONDS = 15  # from a request's first byte to the end of its headers
REQUEST_SECONDS = 30  # from its first byte to the end of the answer; the longest wait in channels/turns.py is 11 s
IDLE_SECONDS = 75  # nginx closes what it keeps open to us after 60: it should be the first, or it would lose a request
LAST_WORDS = 2.0  # seconds in which a client that was too slow may read that it was
RESERVED = 256  # open files that are not clients' connections: databases, the model, logs
MOST = 10_000  # connections, whatever the system allows
WISHED = 65_536  # open files; many systems start a service with 1,024 and let it have more
SHARE = 10  # one in so many connections goes when there is no room
LENGTH = re.compile(r"[0-9]{1,15}")
UNSAID = (Stage.IDLE, Stage.REQUEST)
_made, _received, _checked = HttpProtocol.connection_made, HttpProtocol.data_received, HttpProtocol.check_timeouts


class StrictRequest(Request):
    """Refuses what leaves open where the body ends; the connection is closed, as what follows may be anything."""

    def __init__(self, url_bytes: bytes, headers: Any, version: str, method: str, transport: Any, *more: Any,
                 **named: Any) -> None:  # fmt: skip
        super().__init__(url_bytes, headers, version, method, transport, *more, **named)
        lengths, codings = headers.getall("content-length", []), headers.getall("transfer-encoding", [])
        clear = not codings or (codings == ["chunked"] and not lengths)
        if clear and (not lengths or (len(lengths) == 1 and LENGTH.fullmatch(lengths[0]))):
            return
        http = getattr(transport.get_protocol(), "_http", None) if transport is not None else None
        if http is not None:
            http.keep_alive = False
        raise InvalidUsage("It is not clear where the body ends.")


def limit(app: Sanic) -> None:
    """Set the limits, for this process. To be called before the server listens."""
    app.request_class = StrictRequest
    app.config.REQUEST_TIMEOUT = HEADER_SECONDS
    app.config.RESPONSE_TIMEOUT = REQUEST_SECONDS
    app.config.KEEP_ALIVE_TIMEOUT = IDLE_SECONDS
    app.ctx.most_connections = max(1, min(MOST, _open_files() - RESERVED))
    HttpProtocol.connection_made = _connection_made
    HttpProtocol.data_received = _data_received
    HttpProtocol.check_timeouts = _check_timeouts


def _connection_made(protocol: Any, transport: Any) -> None:
    if len(protocol.connections) >= protocol.app.ctx.most_connections:
        _make_room(protocol.connections)
    _made(protocol, transport)


def _data_received(protocol: Any, data: bytes) -> None:
    """As Sanic's, but in the middle of a request more bytes do not start the clock anew."""
    http, since = getattr(protocol, "_http", None), protocol._time
    _received(protocol, data)
    if http is not None and http.stage in (Stage.REQUEST, Stage.HANDLER):
        protocol._time = since


def _check_timeouts(protocol: Any) -> None:
    """As Sanic's, but after the answer that it took too long the rest of a body is not waited for."""
    _checked(protocol)
    if getattr(getattr(protocol, "_http", None), "exception", None) is not None:
        protocol.loop.call_later(LAST_WORDS, protocol.abort)


def _make_room(connections: set[Any]) -> None:
    """Close some connections: of those whose request is not there yet, the oldest."""
    waiting = [one for one in connections if (http := getattr(one, "_http", None)) is None or http.stage in UNSAID]
    waiting.sort(key=lambda one: one._time)
    closed = waiting[: max(1, len(connections) // SHARE)]
    logger.warning("%d connections at once: %d that ask for nothing are closed", len(connections), len(closed))
    for one in closed:
        one.abort()


def _open_files() -> int:
    """How many files this process may have open, after asking for enough."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wished = WISHED if hard == resource.RLIM_INFINITY else min(WISHED, hard)
    if soft != resource.RLIM_INFINITY and soft < wished:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wished, hard))
            soft = wished
    return WISHED if soft == resource.RLIM_INFINITY else soft
