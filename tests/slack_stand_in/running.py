"""A running app beside a stand-in of Slack, for tests."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from tests.slack_stand_in.sending import Slack
from tests.slack_stand_in.workspace import APP_TOKEN, BOT_TOKEN, SECRET
from tools import processes, servers
from tools.environment import PYTHON, ROOT, child_environment
from tools.processes import Child

if TYPE_CHECKING:  # the browser's tests have other packages
    from tests.slack_stand_in.remote import RemoteServer
    from tests.slack_stand_in.server import SlackServer

_numbers = count(1)
NO_PROXY = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"), "")


def slack_environment(server: SlackServer | RemoteServer, *, socket_mode: bool = False) -> dict[str, str]:
    """The settings of the Slack channel for one of the two modes."""
    way = {"WAYMARK_SLACK_APP_TOKEN": APP_TOKEN} if socket_mode else {"WAYMARK_SLACK_SIGNING_SECRET": SECRET}
    return {**NO_PROXY, "WAYMARK_SLACK_BOT_TOKEN": BOT_TOKEN, "WAYMARK_SLACK_API_URL": server.url, **way}


@dataclass
class App:
    """A process with the Slack channel; `slack` talks to it."""

    port: int
    folder: Path
    environment: Mapping[str, str]
    server: SlackServer
    child: Child = field(init=False)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def slack(self) -> Slack:
        return Slack(self.server, f"{self.base}/webhooks/slack/webhook")

    def start(self) -> None:
        """Start it and wait until it answers."""
        module = "tests.slack_stand_in.app"
        command = [PYTHON, "-m", module, str(self.port), self.folder / "heard"]
        log = self.folder / f"app-{next(_numbers)}.log"
        self.child = processes.start("app", command, log=log, env=child_environment(self.environment), cwd=ROOT)
        self.server.workspace.wait(self._alive, 30)

    def _alive(self) -> bool:
        assert self.child.process.poll() is None, "\n".join(self.child.tail(30))
        return servers.answers(f"{self.base}/webhooks/slack/")

    def kill(self) -> None:
        """kill -9: no time to put anything in order."""
        with suppress(ProcessLookupError):
            os.killpg(self.child.process.pid, signal.SIGKILL)
        self.child.process.wait(5)

    def heard(self) -> list[tuple[str, str]]:
        """(conversation, text) of every message that reached the handler in Rasa's place."""
        file = self.folder / "heard"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return [(sender, text) for sender, text in map(json.loads, lines)]

    def log(self) -> str:
        return self.child.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def running_app(
    server: SlackServer, folder: Path, *, socket_mode: bool = False, state: str | None = None, **more: str
) -> Iterator[App]:
    """An app in a process of its own. `more`: further settings."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        **slack_environment(server, socket_mode=socket_mode),
        "WAYMARK_STATE_URL": state or f"sqlite:///{folder / 'state.sqlite'}",
        "WAYMARK_CONTACT": "the career office in room 12",
        "WAYMARK_SECRET": "a secret of the tests that is long enough to sign with",
        **more,
    }
    app = App(servers.free_ports(1)[0], folder, environment, server)
    app.start()
    try:
        yield app
    finally:
        processes.stop([app.child])
