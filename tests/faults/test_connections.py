"""Slow, silent, half-open and vanishing clients: others do not notice, and what they held is given back."""

from __future__ import annotations

import json
import selectors
import socket
import statistics
import struct
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from channels.connections import HEADER_SECONDS, REQUEST_SECONDS
from channels.edge import BODY_SECONDS
from tests.faults.conftest import Record, full
from tests.faults.school import NURSE, School, Visitor, whole

GRACE = 9.0  # seconds: the server looks at its connections every seven and a half
POST = "POST /webhooks/{} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 400\r\n"
HEADERS = (POST.format("web/sessions") + "X-Slow: " + "a" * 4000).encode()
BODY = (POST.format("web/sessions") + "\r\n{" + " " * 399).encode()
REST_BODY = (POST.format("rest/webhook") + "\r\n{" + " " * 399).encode()


def connect(school: School) -> socket.socket:
    return socket.create_connection(("127.0.0.1", school.addresses.rasa_port), timeout=10)


@contextmanager
def meanwhile(school: School) -> Iterator[list[float]]:
    """A visitor asks on and on; the seconds that each answer took."""
    took: list[float] = []
    failed: list[BaseException] = []
    stop = threading.Event()

    def ask() -> None:
        try:
            visitor = Visitor(school).open()
            while not stop.is_set():
                answered = visitor.ask()
                assert not answered.failed
                took.append(answered.seconds)
                time.sleep(0.1)
            assert whole(visitor.history())
        except BaseException as error:  # noqa: BLE001 - raised again in the test's own thread
            failed.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield took
    finally:
        stop.set()
        thread.join(30)
    if failed:
        raise failed[0]


def drip(school: School, kinds: dict[str, tuple[bytes, int, float]], count: int, seconds: float) -> dict[str, float]:
    """`count` clients of each kind send the first `size` bytes at once, then one every `pause` seconds. When the last
    of each kind was let go."""
    started = time.monotonic()
    let_go: dict[str, float] = {}
    with selectors.DefaultSelector() as selector:
        for kind in kinds:
            for _ in range(count):
                selector.register(connect(school), selectors.EVENT_READ, [kind, 0, 0.0])
        while selector.get_map() and time.monotonic() - started < seconds:
            for key, _events in selector.select(0.2):
                kind, _, _ = key.data
                with suppress(OSError):
                    if key.fileobj.recv(65536):  # type: ignore[union-attr]
                        continue  # the problem; then it closes
                let_go[kind] = time.monotonic() - started
                selector.unregister(key.fileobj)
                key.fileobj.close()  # type: ignore[union-attr]
            now = time.monotonic()
            for key in list(selector.get_map().values()):
                kind, sent, since = key.data
                data, size, pause = kinds[kind]
                if now - since >= pause and sent < len(data):
                    piece = data[sent : sent + 1] if sent else data[:size]
                    with suppress(OSError):
                        key.fileobj.send(piece)  # type: ignore[union-attr]
                    key.data[1:] = [sent + len(piece), now]
        left = [key.data[0] for key in selector.get_map().values()]
        for key in list(selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
    assert not left or not full(), (
        f"still connected after {seconds} s: { {kind: left.count(kind) for kind in set(left)} }"
    )
    return let_go


def test_slow_clients_are_let_go_and_hold_nobody_up(one: School, record: Record) -> None:
    kinds = {
        "headers": (HEADERS, 1, 0.5),
        "body": (BODY, BODY.index(b"{"), 0.5),  # the headers at once, then the body
    }
    if full():
        kinds["REST body"] = (REST_BODY, REST_BODY.index(b"{"), 0.5)  # half a minute
    files, count = one.files(), 30
    with meanwhile(one) as took:
        let_go = drip(one, kinds, count, 60 if full() else 4)
    if full():  # tests/channels/test_edge.py has the limits as seconds
        assert let_go["headers"] < HEADER_SECONDS + GRACE
        assert let_go["body"] < BODY_SECONDS + GRACE
        assert let_go["REST body"] < REQUEST_SECONDS + GRACE
    assert len(took) > 10
    assert statistics.quantiles(took, n=20)[18] < 1.0
    settle(lambda: one.files() <= files + 4)
    record(
        "slow clients (headers or body byte by byte)",
        clients=len(kinds) * count,
        requests_failed=0,
        p95_of_others=statistics.quantiles(took, n=20)[18],
        seconds_until_let_go=max(let_go.values(), default=0.0),
    )


def settle(fits: Callable[[], bool], seconds: float = 25.0) -> float:
    """Wait until it is so; how long that took."""
    started = time.monotonic()
    while not fits():
        assert time.monotonic() - started < seconds
        time.sleep(0.1)
    return time.monotonic() - started


def test_idle_and_half_open_connections_hold_nobody_up(one: School, record: Record) -> None:
    """Half open: the client has vanished without a word, so that for the server the connection is still there."""
    idle = [connect(one) for _ in range(500)]
    for number, connection in enumerate(idle):
        if number % 2:
            connection.sendall(HEADERS[:40])
    try:
        with meanwhile(one) as took:
            time.sleep(2)
    finally:
        for connection in idle:
            connection.close()
    assert statistics.quantiles(took, n=20)[18] < 1.0
    record(
        "idle and half-open connections (500)", requests_failed=0, p95_of_others=statistics.quantiles(took, n=20)[18]
    )


def vanish(school: School, visitor: Visitor, text: str, pause: float) -> None:
    """Send a message and break the connection off (RST) after a moment."""
    body = json.dumps({"id": str(uuid.uuid4()), "text": text}).encode()
    head = "POST /webhooks/web/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    head += f"Authorization: Bearer {visitor.token}\r\nContent-Length: {len(body)}\r\n\r\n"
    with connect(school) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.sendall(head.encode() + body)
        time.sleep(pause)


@pytest.mark.parametrize("pause", [0.0, 0.01])
def test_who_leaves_in_the_middle_finds_the_answer_afterwards(
    pause: float, one: School, visitor: Visitor, record: Record
) -> None:
    files = one.files()
    for _ in range(20):
        vanish(one, visitor, NURSE, pause)
    least = 40 if pause else 0  # without a pause the server may not have read what was sent
    settle(lambda: len(said := visitor.history()) >= least and whole(said) and one.files() <= files + 4)
    follow_up = visitor.ask("How much do they earn?")
    assert (follow_up.payload["type"], follow_up.failed) == ("answer", ())
    record("clients that break off in the middle of a turn (20)", answers_lost=0, half_turns=0)


def test_running_out_of_files_passes(one: School, visitor: Visitor, record: Record) -> None:
    import resource

    if not hasattr(resource, "prlimit"):
        pytest.skip("prlimit is Linux's")
    pid = one.child().process.pid
    before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (one.files() + 20, before[1]))
    crowd = []
    try:
        for _ in range(60):
            crowd.append(connect(one))
        time.sleep(1.0)
    finally:
        for connection in crowd:
            connection.close()
        resource.prlimit(pid, resource.RLIMIT_NOFILE, before)
    answered = visitor.ask()
    assert answered.seconds < 10
    assert whole(visitor.history())
    record("no more open files (60 connections, room for 20)", recovery=answered.seconds, answers_lost=0)
