"""The terminal client, against a small stand-in of Rasa's REST channel."""
from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tools import chat
from tools.chat import Choice, choices, converse, resolve, send, show, wrap
from tools.console import ToolError

ANSWER: list[dict[str, Any]] = [
    {"recipient_id": "x", "text": "Coders earn $51,140 a year [1].\n\n- median, May 2025"},
    {"recipient_id": "x", "custom": {"type": "answer", "suggestions": ["And per hour?", "In Texas?"]}},
    {"recipient_id": "x", "text": "Which one?", "buttons": [{"title": "Nurse", "payload": "registered nurse"}]},
]


class Channel(BaseHTTPRequestHandler):
    seen: list[dict[str, Any]] = []
    delay = 0.0

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Channel.seen.append(body)
        time.sleep(Channel.delay)
        reply = json.dumps(ANSWER if body["message"] != "silence" else []).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Channel, "seen", [])
    monkeypatch.setattr(Channel, "delay", 0.0)
    with ThreadingHTTPServer(("127.0.0.1", 0), Channel) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/webhooks/rest/webhook"
        server.shutdown()


def talk(url: str, *typed: str) -> list[str]:
    lines = iter(typed)
    written: list[str] = []

    def read(_: str) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    converse(url, read, written.append, 60)
    return written


def test_a_number_chooses_a_suggestion(url: str) -> None:
    talk(url, "pay?", "2", "3", "9", "/quit", "never sent")
    assert [body["message"] for body in Channel.seen] == ["pay?", "In Texas?", "registered nurse", "9"]


def test_one_sender_a_run_and_another_the_next(url: str) -> None:
    talk(url, "a", "b")
    talk(url, "c")
    senders = [body["sender"] for body in Channel.seen]
    assert senders[0] == senders[1] != senders[2]


def test_empty_lines_are_not_sent_and_the_end_of_input_ends(url: str) -> None:
    talk(url, "", "  ")
    assert Channel.seen == []


def test_what_is_shown(url: str) -> None:
    assert show(ANSWER, 60) == (
        "Coders earn $51,140 a year [1].\n\n- median, May 2025\n\nWhich one?\n\n"
        "  1. And per hour?\n  2. In Texas?\n  3. Nurse")
    assert talk(url, "silence") == ["\n(no answer)\n", ""]


def test_an_answer_that_does_not_come_is_said_and_the_talk_goes_on(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Channel, "delay", 1.0)
    with pytest.raises(ToolError, match=r"no answer within 0\.2 s"):
        send(url, "x", "pay?", seconds=0.2)
    written = talk("http://127.0.0.1:9/webhooks/rest/webhook", "pay?", "again")
    assert len(written) == 3
    assert "make run" in written[0]


def test_wrapping_keeps_lines_lists_and_addresses() -> None:
    text = "one two three four\n\n- five six seven eight\nhttps://example.org/a/very/long/address"
    assert wrap(text, 14) == "one two three\nfour\n\n- five six\n  seven eight\nhttps://example.org/a/very/long/address"


@pytest.mark.parametrize("custom", [None, "x", {}, {"suggestions": None}, {"suggestions": []}])
def test_payloads_without_suggestions(custom: Any) -> None:
    replies: list[dict[str, Any]] = [{"custom": custom}]
    assert choices(replies) == []


def test_choices_are_listed_once() -> None:
    replies: list[dict[str, Any]] = [
        {"custom": {"suggestions": ["A", "B", "A"]}}, {"buttons": [{"title": "B", "payload": "other"}]}]
    assert choices(replies) == [Choice("A", "A"), Choice("B", "B")]
    assert resolve("0", choices(replies)) == "0"


def test_a_running_assistant_is_used(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "answers", lambda _: True)
    monkeypatch.setattr(chat, "running", lambda **_: pytest.fail("started a second one"))
    from settings import load

    with chat.assistant(load({"WAYMARK_RASA_PORT": "6005"})) as address:
        assert address == "http://127.0.0.1:6005/webhooks/rest/webhook"
