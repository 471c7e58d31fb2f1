"""What a student reads while the action server hangs or is gone, and that it passes. Runs last: it breaks things."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from tests import checks
from tests.server.conftest import Assistant, Reply
from tools import processes, servers
from tools.environment import PYTHON, ROOT

PROMISED = 3.0  # seconds within which there is always a reply
QUESTION = "What do registered nurses do?"
Breaking = Callable[[Assistant], AbstractContextManager[None]]


def answers_again(assistant: Assistant, sender: str) -> Reply:
    """The first reply that is an answer, within the time that a restart may take."""
    deadline = time.monotonic() + 40
    while True:
        reply = assistant.say(QUESTION, sender)
        if reply.payload["type"] == "answer" or time.monotonic() > deadline:
            return reply
        time.sleep(0.2)


@contextmanager
def hung(assistant: Assistant) -> Iterator[None]:
    """The action server takes connections and does nothing with them."""
    group = assistant.addresses.children["actions"].process.pid
    os.killpg(group, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(group, signal.SIGCONT)


@contextmanager
def gone(assistant: Assistant) -> Iterator[None]:
    """The action server is dead; a new one is there afterwards."""
    old = assistant.addresses.children["actions"]
    processes.stop([old])
    try:
        yield
    finally:
        environment = servers.server_environment(assistant.addresses, assistant.env)
        new = processes.start("actions", [PYTHON, "-m", "actions"], log=old.log, env=environment, cwd=ROOT)
        assistant.restarted.append(new)


@pytest.mark.parametrize("broken", [hung, gone])
def test_a_failure_is_polite_and_in_time_and_passes(broken: Breaking, assistant: Assistant) -> None:
    sender = f"student-{id(broken)}"
    assert assistant.say(QUESTION, sender).payload["type"] == "answer"
    with broken(assistant):
        for who in (sender, f"{sender}-new"):
            reply = assistant.say("How much do they earn?", who, PROMISED)  # requests raises if it takes longer
            assert reply.payload["type"] == "handoff"
            assert reply.payload["failure"] is True
            assert "room 12" in reply.text
            assert not checks.shape_faults(reply.text, reply.payload)
        assert assistant.get("/webhooks/web/evidence/oews2025-N0000000-000000-292072-13").status_code == 200
        assert assistant.post({"message": ""}).status_code == 400
    assert answers_again(assistant, sender).payload["type"] == "answer"
    pay = assistant.say("How much do they earn?", sender).payload
    assert (pay["type"], pay["occupation"]) == ("answer", "registered-nurse")
