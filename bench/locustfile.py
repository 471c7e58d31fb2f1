"""Students on the web channel or over REST, for locust (in .venv-e2e): loopback only, without a pause between messages.

A student of the web does what the widget does: reads the settings, opens a session, sends each message with the number
of the last one it has, and at the end reads the conversation once more, as after a reload. Each has an address of its
own (X-Forwarded-For: the server must trust 127.0.0.1 as a proxy), so that the limits by address stay as they are.

bench/generator.py runs it. It writes one JSON file: for every message when it was sent, how long it took (seconds) and
what came back (bench/replies.py).
"""
from __future__ import annotations

import itertools
import json
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from locust import FastHttpUser, constant, events, task

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.replies import kind, web_kind

REPLY_SECONDS = 60.0
WEB = "/webhooks/web"
messages: list[tuple[float, float, str]] = []
failed_calls: list[str] = []
addresses = itertools.count(1)


@events.init_command_line_parser.add_listener
def options(parser: Any) -> None:
    parser.add_argument("--conversations", required=True, help="JSON file: a list of lists of messages")
    parser.add_argument("--channel", choices=("web", "rest"), required=True)
    parser.add_argument("--out", required=True, help="JSON file to write")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds between two messages of a student")


@events.init.add_listener
def prepare(environment: Any, **_more: Any) -> None:
    chosen = environment.parsed_options
    read = json.loads(Path(chosen.conversations).read_text(encoding="utf-8"))
    environment.conversations = itertools.cycle(read)
    Student.wait_time = constant(chosen.pause)


@events.quitting.add_listener
def write(environment: Any, **_more: Any) -> None:
    content = {"messages": messages, "failed_calls": failed_calls}
    Path(environment.parsed_options.out).write_text(json.dumps(content), encoding="utf-8")
    environment.process_exit_code = 0  # what went wrong is in the file


class Student(FastHttpUser):
    """One after another: a student has one conversation, then the next one comes."""

    network_timeout = connection_timeout = REPLY_SECONDS

    def on_start(self) -> None:
        self.turns = self.conversation()

    @task
    def turn(self) -> None:
        if next(self.turns, None) is None:
            self.turns = self.conversation()
            next(self.turns, None)

    def conversation(self) -> Iterator[bool]:
        texts = next(self.environment.conversations)
        return self.web(texts) if self.environment.parsed_options.channel == "web" else self.rest(texts)

    def rest(self, texts: list[str]) -> Iterator[bool]:
        sender = f"bench-{uuid.uuid4()}"
        for text in texts:
            begin = time.time()
            body = {"sender": sender, "message": text}
            answer = self.client.post("/webhooks/rest/webhook", json=body, name="message")
            note(begin, kind(answer.status_code, answer.content or b""))
            yield True

    def web(self, texts: list[str]) -> Iterator[bool]:
        number = next(addresses)
        headers = {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}
        self.call(self.client.get(f"{WEB}/config", headers=headers, name="config"), 200)
        opened = self.call(self.client.post(f"{WEB}/sessions", json={}, headers=headers, name="session"), 201)
        if opened is None:
            yield True
            return
        headers["Authorization"] = f"Bearer {opened['token']}"
        cursor = 0
        for text in texts:
            body = {"id": str(uuid.uuid4()), "text": text, "after": cursor}
            begin = time.time()
            answer = self.client.post(f"{WEB}/messages", json=body, headers=headers, name="message")
            found, seen = web_kind(answer.status_code, answer.content or b"")
            note(begin, found)
            cursor = max(cursor, seen)
            yield True
        self.call(self.client.get(f"{WEB}/messages?after=0", headers=headers, name="history"), 200)

    @staticmethod
    def call(answer: Any, status: int) -> Any:
        """The content of an answer, None if it is not what it should be."""
        if answer.status_code != status:
            failed_calls.append(f"{answer.status_code} instead of {status}")
            return None
        return json.loads(answer.content)


def note(begin: float, found: str) -> None:
    messages.append((begin, time.time() - begin, found))
