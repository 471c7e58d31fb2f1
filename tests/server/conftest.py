"""The assistant as it runs: Rasa with the trained model, the action server, both on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
import requests

from tools import processes, servers
from tools.prepare import ensure_knowledge, ensure_model
from tools.processes import Child
from tools.servers import Addresses

SECONDS = 15.0  # how long a test waits for any reply; the assistant promises less
_numbers = count(1)


@dataclass(frozen=True)
class Reply:
    """What the assistant said to one message: its texts as one, and the payload."""

    text: str
    payload: dict[str, Any]


@dataclass(frozen=True)
class Assistant:
    """The running assistant, as a client sees it."""

    addresses: Addresses
    session: requests.Session
    gaps_url: str
    env: Mapping[str, str] = field(default_factory=dict)  # what its servers were started with
    restarted: list[Child] = field(default_factory=list)  # what a test started in place of what it killed

    def post(self, body: Any, seconds: float = SECONDS) -> requests.Response:
        return self.session.post(self.addresses.rest, json=body, timeout=seconds)

    def get(self, path: str, accept: str = "application/json") -> requests.Response:
        return self.session.get(f"{self.addresses.base}{path}", headers={"Accept": accept}, timeout=SECONDS)

    def say(self, text: str, sender: str, seconds: float = SECONDS) -> Reply:
        """One message and its reply; fails if the reply is not one text and one payload."""
        response = self.post({"sender": sender, "message": text}, seconds)
        assert response.status_code == 200, response.text
        parts: list[dict[str, Any]] = response.json()
        assert {part["recipient_id"] for part in parts} == {sender}
        texts, payloads = ([part[key] for part in parts if part.get(key)] for key in ("text", "custom"))
        assert (len(texts), len(payloads)) == (1, 1), parts
        return Reply(texts[0], payloads[0])


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Built if need be, started once for all tests; gaps go to a database of its own."""
    ensure_knowledge()
    ensure_model()
    folder = tmp_path_factory.mktemp("assistant")
    state = f"sqlite:///{folder / 'state.sqlite'}"
    env = {"WAYMARK_STATE_URL": state, "WAYMARK_PUBLIC_URL": "", "WAYMARK_CONTACT": "the career office in room 12"}
    with servers.running(env=env, logs=folder, actions="apart") as addresses, requests.Session() as session:
        session.trust_env = False
        running = Assistant(addresses, session, state, env)
        try:
            yield running
        finally:
            processes.stop(running.restarted)


@pytest.fixture
def talk(assistant: Assistant) -> Callable[[str], Reply]:
    """A conversation of the test's own: `talk(text)` is one turn."""
    sender = f"student-{next(_numbers)}"
    return lambda text: assistant.say(text, sender)
