"""A school's assistant that tests break, and a visitor who does not give up, as the widget does not."""

from __future__ import annotations

import os
import signal
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from channels.session_tokens import conversation_of
from tools import processes, servers
from tools.environment import PYTHON, ROOT
from tools.prepare import MODEL, ensure_knowledge, ensure_model
from tools.processes import Child
from tools.servers import Addresses

SECRET = "a secret of the fault tests that is long enough to sign with"
SECONDS = 15.0  # the longest that any reply may take, whatever is broken
NO_LIMITS = {
    "WAYMARK_SESSION_MESSAGES": "1000000",
    "WAYMARK_ADDRESS_MESSAGES": "1000000",
    "WAYMARK_ADDRESS_SESSIONS": "1000000",
}
NURSE = "What do registered nurses do?"


@dataclass
class School:
    """The running assistant. `env`: what its servers were started with; `child(name)`: the process that serves now."""

    addresses: Addresses
    env: Mapping[str, str]
    folder: Path
    restarted: dict[str, Child] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"{self.addresses.base}/webhooks/web"

    def child(self, name: str = "rasa") -> Child:
        return self.restarted.get(name) or self.addresses.children[name]

    def signal(self, number: int, name: str = "rasa") -> None:
        os.killpg(self.child(name).process.pid, number)

    def kill(self, name: str = "rasa") -> None:
        """kill -9: no time to put anything in order."""
        self.signal(signal.SIGKILL, name)
        self.child(name).process.wait(10)

    def start(self, name: str = "rasa") -> None:
        """A new process in the place of one that was killed; returns at once."""
        module = {"actions": ["actions"], "rasa": ["tools.rasa_server", str(MODEL)]}[name]
        log = self.folder / f"{name}-{uuid.uuid4().hex[:6]}.log"
        environment = servers.server_environment(self.addresses, self.env)
        self.restarted[name] = processes.start(name, [PYTHON, "-m", *module], log=log, env=environment, cwd=ROOT)

    def wait(self, seconds: float = 60.0) -> float:
        """Wait until it answers; how long that took."""
        started = time.monotonic()
        while not servers.answers(f"{self.addresses.base}/"):
            assert time.monotonic() - started < seconds, "\n".join(self.child().tail(30))
            time.sleep(0.05)
        return time.monotonic() - started

    def say(self, text: str, sender: str) -> tuple[dict[str, Any], float]:
        """One message over REST: the payload, and how long it took."""
        started = time.monotonic()
        with requests.Session() as session:
            session.trust_env = False
            reply = session.post(self.addresses.rest, json={"sender": sender, "message": text}, timeout=SECONDS)
        assert reply.status_code == 200, reply.text
        (payload,) = [part["custom"] for part in reply.json() if part.get("custom")]
        return payload, time.monotonic() - started

    def log(self) -> str:
        """Everything that its processes have logged."""
        return "".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))

    def memory(self, name: str = "rasa") -> float:
        """MB of resident memory."""
        status = Path(f"/proc/{self.child(name).process.pid}/status").read_text(encoding="ascii")
        (line,) = [line for line in status.splitlines() if line.startswith("VmRSS")]
        return int(line.split()[1]) / 1024

    def files(self, name: str = "rasa") -> int:
        """How many files and connections its process has open."""
        return len(os.listdir(f"/proc/{self.child(name).process.pid}/fd"))


@contextmanager
def school(folder: Path, *, actions: str = "inside", **env: str) -> Iterator[School]:
    """The assistant in processes of its own, with a state database of its own, and without limits unless `env` says."""
    ensure_knowledge()
    ensure_model()
    settings = {
        "WAYMARK_STATE_URL": f"sqlite:///{folder / 'state.sqlite'}",
        "WAYMARK_SECRET": SECRET,
        "WAYMARK_PUBLIC_URL": "",
        "WAYMARK_CONTACT": "the career office in room 12",
        **NO_LIMITS,
        **env,
    }
    with servers.running(env=settings, logs=folder, actions=actions) as addresses:
        started = School(addresses, settings, folder)
        try:
            yield started
        finally:
            processes.stop(list(started.restarted.values()))


@dataclass(frozen=True)
class Answered:
    """A turn that got its answer. `seconds`: of all tries; `longest`: of one; `failed`: why others got none."""

    message: dict[str, Any]
    seconds: float
    longest: float
    failed: tuple[str, ...]

    @property
    def payload(self) -> dict[str, Any]:
        found: dict[str, Any] = self.message["payload"]
        return found


class Visitor:
    """A student in the widget: a session, messages with an id each, sent again with the same id until answered."""

    def __init__(self, school: School) -> None:
        self.school, self.token, self.name = school, "", ""
        self.http = requests.Session()
        self.http.trust_env = False

    def call(self, method: str, path: str, body: Any = None, seconds: float = SECONDS) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        url = f"{self.school.base}/{path}"
        return self.http.request(method, url, json=body, headers=headers, timeout=seconds, allow_redirects=False)

    def open(self) -> Visitor:
        opened = self.call("POST", "sessions", {})
        assert opened.status_code == 201, opened.text
        self.token, self.name = opened.json()["token"], conversation_of(opened.json()["session"])
        return self

    def try_once(self, text: str, id: str, seconds: float = SECONDS) -> dict[str, Any] | str:
        """The assistant's message, or why there is none: a problem's code, "failure" or the connection's error."""
        try:
            reply = self.call("POST", "messages", {"id": id, "text": text}, seconds)
        except requests.RequestException as error:
            return type(error).__name__
        if reply.status_code != 200:
            return str(reply.json()["code"])
        said = [one for one in reply.json()["messages"] if one["role"] == "assistant"]
        if not said:
            return "silent"
        found: dict[str, Any] = said[-1]
        return "failure" if found["payload"].get("failure") else found

    def ask(self, text: str = NURSE, seconds: float = 60.0, pause: float = 0.2) -> Answered:
        """One question, until it is answered."""
        started, id, failed, longest = time.monotonic(), str(uuid.uuid4()), [], 0.0
        while True:
            begun = time.monotonic()
            found = self.try_once(text, id)
            took, longest = time.monotonic() - started, max(longest, time.monotonic() - begun)
            if isinstance(found, dict):
                return Answered(found, took, longest, tuple(failed))
            assert took < seconds, failed
            if found == "failure":  # that is an answer to this message; a student asks again
                id = str(uuid.uuid4())
            failed.append(found)
            time.sleep(pause)

    def history(self) -> list[dict[str, Any]]:
        """All that was said."""
        found: list[dict[str, Any]] = []
        after, more = 0, True
        while more:
            reply = self.call("GET", f"messages?after={after}")
            assert reply.status_code == 200, reply.text
            found += reply.json()["messages"]
            after, more = reply.json()["cursor"], reply.json()["more"]
        return found


def whole(history: list[dict[str, Any]]) -> bool:
    """Whether every question of a conversation has one answer behind it."""
    roles = [one["role"] for one in history if one["role"] != "notice"]
    return roles == ["user", "assistant"] * (len(roles) // 2)
