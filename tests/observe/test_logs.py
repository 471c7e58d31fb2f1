"""What stands in a line of the log, and what never does."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from observe import logs, request_ids
from observe.redaction import MARK, redactor

SECRET = "a-password-of-the-database"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzIjoiYWJjIn0.c2lnbmF0dXJlLW9mLWl0"


class Log:
    """What was written."""

    def __init__(self, form: str) -> None:
        self.stream = io.StringIO()
        logs.configure("DEBUG", form, [SECRET, "ab"], self.stream)

    def lines(self) -> list[str]:
        return self.stream.getvalue().splitlines()

    def last(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.lines()[-1])
        return found


@pytest.fixture(params=["json"])
def log(request: pytest.FixtureRequest) -> Iterator[Log]:
    root = logging.getLogger()
    names = ("", *logs.APART)
    before = {name: (logging.getLogger(name).handlers, logging.getLogger(name).level) for name in names}
    request_ids.use("")
    yield Log(request.param)
    for name, (handlers, _) in before.items():
        logging.getLogger(name).handlers = handlers
    root.setLevel(before[""][1])
    logging.captureWarnings(False)
    request_ids.use("")


def test_an_entry_has_time_level_logger_words_id_and_fields(log: Log) -> None:
    request_ids.use("edge-0123456789")
    logging.getLogger("channels.guard").info("answered %d", 3, extra=logs.with_fields(kind="answer", ms=1.5))
    entry = log.last()
    assert entry.pop("time").endswith("Z")
    assert entry == {
        "level": "INFO",
        "logger": "channels.guard",
        "message": "answered 3",
        "request_id": "edge-0123456789",
        "kind": "answer",
        "ms": 1.5,
    }


def test_a_field_cannot_take_the_place_of_what_every_entry_has(log: Log) -> None:
    logging.getLogger("channels").info("words", extra=logs.with_fields(message="mine", level="NONE", logger="x"))
    assert (log.last()["message"], log.last()["level"], log.last()["logger"]) == ("words", "INFO", "channels")


@pytest.mark.parametrize("log", ["text", "json"], indirect=True)
def test_of_an_exception_only_type_and_place_are_written(log: Log) -> None:
    for name in ("actions.running", "sanic.error", "asyncio"):
        try:
            raise ValueError("My name is Xylander")
        except ValueError as error:
            logging.getLogger(name).exception("it failed")
            logging.getLogger(name).error(error)
    assert "Xylander" not in log.stream.getvalue()
    assert log.stream.getvalue().count("ValueError < test_logs.py:") + log.stream.getvalue().count("ValueError") >= 6


def test_what_a_task_raised_is_not_quoted(log: Log) -> None:
    async def fail() -> None:
        raise ValueError("My name is Xylander")

    async def forget() -> None:
        task = asyncio.ensure_future(fail())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        del task

    asyncio.run(forget())
    written = log.stream.getvalue()
    assert "Task exception was never retrieved" in written
    assert "ValueError" in written
    assert "Xylander" not in written


@pytest.mark.parametrize("log", ["text", "json"], indirect=True)
@pytest.mark.parametrize(
    "text",
    [
        f"connecting to postgresql://waymark:{SECRET}@db/state",
        f"postgresql://waymark:another@db {SECRET}",
        f"Authorization: Bearer {TOKEN}",
        f"token {TOKEN}",
        "xoxb-1234567890-abcdefghij and xapp-1-A0-123456789",
        "https://hooks.slack.com/commands/T0/12345/abcdefghijk",
        "redis://:hunter22hunter@cache:6379/0",
    ],
)
def test_no_secret_is_written(text: str, log: Log) -> None:
    logging.getLogger("state").error(text)
    logging.getLogger("state").error("%s", text, extra=logs.with_fields(more=text))
    written = log.stream.getvalue()
    for secret in (SECRET, TOKEN, "another", "1234567890-abc", "1-A0-123456789", "abcdefghijk", "hunter22hunter"):
        assert secret not in written
    assert MARK in written


def test_ordinary_words_stay(log: Log) -> None:
    text = "the model ab was trained at 2026-11-21T10:00:00Z; see https://bot.example.edu/a?b=c"
    logging.getLogger("tools").info(text)
    assert log.last()["message"] == text
    assert redactor()("Bearer of news") == "Bearer of news"


@pytest.mark.parametrize("log", ["text", "json"], indirect=True)
def test_what_is_logged_cannot_forge_a_line(log: Log) -> None:
    logging.getLogger("channels").warning("a\n2026-11-21T00:00:00.000Z ERROR state  forged\r\x1b[31m")
    assert len(log.lines()) == 1


def test_of_libraries_only_warnings_are_kept_and_only_their_first_line(log: Log) -> None:
    logging.getLogger("urllib3").info("GET /person?name=Xylander")
    logging.getLogger("aiohttp.server").error("Error handling request\nbody: Xylander")
    assert [json.loads(line)["message"] for line in log.lines()] == ["Error handling request"]


def test_threads_work_under_the_id_of_who_gave_them_the_work() -> None:
    request_ids.use("edge-0123456789")
    with request_ids.Threads(1) as threads:
        first: Future[str] = threads.submit(request_ids.current)
        assert first.result(5) == "edge-0123456789"
        request_ids.use("")
        second: Future[str] = threads.submit(request_ids.current)
        assert second.result(5) == ""


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("0123456789abcdef0123456789abcdef", True),
        ("6f1c2f2e-6f0e-4a39-8d3a-0d6f3f9f2a11", True),
        ("Root=1-67891233-abcdef012345678912345678", True),
        ("post:C0GENERAL:1732190400.000100", True),
        ("short", False),
        ("a" * 129, False),
        ("with space in it", False),
        ("line\nbreak-in-it", False),
        ('"quoted-0123"', False),
        ("-begins-with-a-dash", False),
        (None, False),
        (b"0123456789abcdef", False),
    ],
)
def test_what_may_be_an_id(text: object, good: bool) -> None:
    assert request_ids.is_id(text) is good


def test_every_new_id_may_be_one_and_is_new() -> None:
    made = {request_ids.new() for _ in range(100)}
    assert len(made) == 100
    assert all(request_ids.is_id(one) for one in made)
