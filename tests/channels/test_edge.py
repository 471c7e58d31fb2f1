"""What happens before and around a call: slow and broken clients, a database that is away; that all is described."""

from __future__ import annotations

import re
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from channels.web_calls import Calls
from channels.web_pages import Pages, describe
from settings import ROOT, load
from tests.channels.conftest import MOST, Client

LIMIT = 1.0  # seconds that the tests' server waits for a request


def send(client: Client, *parts: bytes, pause: float = 0.0) -> tuple[bytes, float]:
    """What comes back for raw bytes, and how long it took until the server closed or answered."""
    host, port = urlsplit(client.base).netloc.split(":")
    started = time.monotonic()
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        for part in parts:
            connection.sendall(part)
            time.sleep(pause)
        got = b""
        while b"\r\n\r\n" not in got:
            more = connection.recv(65536)
            if not more:
                break
            got += more
    return got, time.monotonic() - started


POST = b"POST /webhooks/web/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    "begin", [b"GET /webhooks/web/health HTTP/1.1\r\nHost: x\r\nX-", POST + b"Content-Length: 100\r\n\r\n{"]
)
def test_who_sends_too_slowly_is_not_waited_for(begin: bytes, client: Client) -> None:
    got, took = send(client, begin)
    assert got.startswith(b"HTTP/1.1 408")
    assert b"application/problem+json" in got
    assert LIMIT * 0.5 < took < LIMIT + 4


@pytest.mark.parametrize("begin", [b"GET /webhooks/web/health HTTP/1.1\r\nX-Slow: ", b"GET /webhooks/rest/"])
def test_byte_by_byte_is_too_slow_as_well(begin: bytes, client: Client) -> None:
    """Sanic itself counts anew with every byte."""
    host, port = urlsplit(client.base).netloc.split(":")
    started = time.monotonic()
    with socket.create_connection((host, int(port)), timeout=0.2) as connection:
        connection.sendall(begin)
        while time.monotonic() - started < LIMIT + 4:
            try:
                got = connection.recv(100)
                break
            except TimeoutError:
                connection.sendall(b"x")
    assert got.startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (POST + b"Content-Length: abc\r\n\r\nx", 400),
        (POST + b"Content-Length: -1\r\n\r\nx", 400),
        (POST + b"Content-Length: +1\r\n\r\nx", 400),
        (POST + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400),
        (POST + b"Content-Length: 99999999999\r\n\r\nx", 413),
        (POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nxxx", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 400),
        (b"nonsense\r\n\r\n", 400),
        (b"\x00\xff\r\n\r\n", 400),
        (b"GET /webhooks/web/health HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 20_000 + b"\r\n\r\n", 413),
        (b"GET /webhooks/web/" + b"a" * 4_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        (b"GET /webhooks/web/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \xff\xfe\r\n\r\n", 401),
        (b"GET /webhooks/web/messages HTTP/1.1\r\nHost: x\r\nOrigin: \xff\r\n\r\n", 403),
    ],
)
def test_broken_requests_get_a_problem_that_repeats_nothing(raw: bytes, status: int, client: Client) -> None:
    got, _ = send(client, raw)
    assert got.startswith(f"HTTP/1.1 {status}".encode()), got[:200]
    assert b"application/problem+json" in got
    assert b"Traceback" not in got
    assert b"aaaa" not in got
    assert client.get("/web/health").status_code == 200


def test_an_address_in_a_header_line_of_its_own_counts_too(client: Client) -> None:
    """A client may send the header, and a proxy may add a second one instead of a longer one."""
    begin = b"POST /webhooks/limited/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nX-Forwarded-For: 198.51.100."
    got = [send(client, begin + b"%d\r\nX-Forwarded-For: 192.0.2.99\r\n\r\n" % number)[0] for number in range(5)]
    assert [reply.split()[1] for reply in got] == [b"201"] * 4 + [b"429"]


def test_a_crowd_that_asks_for_nothing_keeps_nobody_out(client: Client) -> None:
    host, port = urlsplit(client.base).netloc.split(":")
    with ExitStack() as stack:
        crowd = [stack.enter_context(socket.create_connection((host, int(port)), timeout=20)) for _ in range(2 * MOST)]
        assert client.session.get(f"{client.base}/web/health", headers={"Connection": "close"}).status_code == 200
        with pytest.raises(OSError):  # the first to come is the first to go
            crowd[0].sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            if not crowd[0].recv(100):
                raise ConnectionResetError


@contextmanager
def locked(url: str) -> Iterator[None]:
    """The database as it is while somebody else writes and does not come to an end."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def test_while_the_database_is_away_clients_are_told_to_come_back(client: Client) -> None:
    one = client.visitor()
    with locked(client.state_url):
        for reply in (one.say("hello"), one.call("DELETE", "conversation"), one.call("POST", "sessions", {})):
            assert reply.status_code == 503
            assert reply.json()["code"] == "unavailable"
            assert int(reply.headers["Retry-After"]) > 0
            assert "sqlite" not in reply.text
    assert [part["role"] for part in one.said("hello")] == ["user", "assistant"]


# --- the description


def described() -> set[tuple[str, str]]:
    return {
        (method.upper(), path.strip("/"))
        for path, calls in describe()["paths"].items()
        for method in calls
        if method != "parameters"
    }


def test_every_call_is_described_and_every_description_is_a_call() -> None:
    config: Any = load({"WAYMARK_SECRET": "x" * 32})
    state: Any = None
    routes = [*Calls(state, state, config, state).routes(), *Pages(state, state, config).routes()]
    found = {(method, path) for method, path in described() for route in routes if fits(route, method, path)}
    assert found == described()
    files = ("", "demo", "embed", "page.css", "widget/x.js", "demo/x")
    undescribed = [
        route.pattern.pattern
        for route in routes
        if not any(fits(route, method, path) for method, path in described())
        and not any(route.pattern.fullmatch(name) for name in files)
    ]
    assert undescribed == []


def fits(route: Any, method: str, path: str) -> bool:
    example = re.sub(r"\{answer_id\}|\{statement\}", "00ff", path)
    return bool(route.method == method and route.pattern.fullmatch(example))


def test_every_code_of_a_problem_is_described() -> None:
    from channels.problems import KINDS

    schema = yaml.safe_load((ROOT / "channels" / "openapi.yml").read_text(encoding="utf-8"))
    assert schema["components"]["schemas"]["Problem"]["properties"]["code"]["enum"] == sorted(KINDS)
