"""The id and the headers of every request, and the checks behind /ready."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest
import requests
from requests.adapters import HTTPAdapter

from channels.edge import HEADERS
from channels.readiness import Checks, is_ready
from tests.channels.conftest import Client

EDGE = "edge-0123456789abcdef"
PROXY = "127.0.0.9"  # which the tests' server trusts


class From(HTTPAdapter):
    """Sends from one loopback address."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *arguments: object, **more: object) -> None:
        super().init_poolmanager(*arguments, source_address=(self._address, 0), **more)  # type: ignore[arg-type]


def get(client: Client, path: str, address: str, given: str | None = None) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        session.mount("http://", From(address))
        headers = {} if given is None else {"X-Request-ID": given}
        return session.get(f"{client.base}{path}", headers=headers, timeout=10)


def test_a_trusted_proxys_id_is_kept_and_in_the_problem(client: Client) -> None:
    reply = get(client, "/web/messages", PROXY, EDGE)
    assert (reply.status_code, reply.headers["X-Request-ID"]) == (401, EDGE)
    assert reply.json()["request_id"] == EDGE


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("127.0.0.1", EDGE),
        ("127.0.0.1", None),
        (PROXY, None),
        (PROXY, "two words"),
        (PROXY, "short"),
        (PROXY, "x" * 200),
    ],
)
def test_everybody_elses_id_is_made_here(address: str, given: str | None, client: Client) -> None:
    reply = get(client, "/web/messages", address, given)
    made = reply.headers["X-Request-ID"]
    assert made != given
    assert len(made) == 32
    assert reply.json()["request_id"] == made
    assert get(client, "/web/messages", address, given).headers["X-Request-ID"] != made


@pytest.mark.parametrize("path", ["/web/health", "/web/none", "/rest/", "/rest/none", "/none"])
def test_every_answer_has_an_id_and_the_security_headers(path: str, client: Client) -> None:
    reply = get(client, path, "127.0.0.1")
    assert reply.headers["X-Request-ID"]
    assert {name for name in HEADERS if name not in reply.headers} == set()
    assert "Server" not in reply.headers


# --- readiness


def passes() -> None:
    return None


def fails() -> None:
    raise OSError("postgresql://user:password@host is away")


async def test_each_check_is_named_and_says_nothing_else() -> None:
    found = await Checks({"model": passes, "state": fails}).run()
    assert found == {"model": "ok", "state": "unavailable"}
    assert not is_ready(found)


async def test_a_check_that_hangs_holds_up_nothing_and_is_not_started_again() -> None:
    release, started = threading.Event(), []

    def hangs() -> None:
        started.append(1)
        release.wait(20)

    checks = Checks({"knowledge": hangs, "model": passes}, seconds=0.2)
    began = time.monotonic()
    for _ in range(2):
        assert await checks.run() == {"knowledge": "timeout", "model": "ok"}
        checks._until = 0.0  # as if the result were old
    assert time.monotonic() - began < 1.5
    assert len(started) == 1
    release.set()
    await asyncio.sleep(0.1)
    assert await checks.run() == {"knowledge": "ok", "model": "ok"}


def test_without_actions_or_redis_a_replica_still_serves() -> None:
    assert is_ready({"model": "ok", "actions": "unavailable", "redis": "timeout"})
    assert not is_ready({"model": "unavailable", "actions": "ok"})
