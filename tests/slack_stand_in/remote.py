"""A stand-in of Slack in another process: for tests whose environment lacks what it is made with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from tests.slack_stand_in.workspace import Post, Workspace
from tools import processes, servers
from tools.environment import PYTHON, ROOT, child_environment


@dataclass
class RemoteServer:
    """As server.SlackServer, as far as sending needs it. `workspace` only counts; `seen` is what the app did."""

    port: int
    workspace: Workspace = field(default_factory=Workspace)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.base}/api/"

    def _get(self, **query: str) -> Any:
        with requests.Session() as session:
            session.trust_env = False
            return session.get(f"{self.base}/seen", params=query, timeout=10).json()

    def response_url(self, channel: str, user: str) -> str:
        return str(self._get(channel=channel, user=user))

    def posts(self, channel: str) -> list[Post]:
        """The app's posts in a channel; fails if the app did something that Slack refuses."""
        seen = self._get()
        assert not seen["faults"]
        return [Post(*post) for post in seen["posts"] if post[0] == channel]


@contextmanager
def remote_server(folder: Path) -> Iterator[RemoteServer]:
    """A stand-in on a free port, in a process of its own."""
    server = RemoteServer(servers.free_ports(1)[0])
    command = [PYTHON, "-m", "tests.slack_stand_in", str(server.port)]
    child = processes.start("slack", command, log=folder / "slack.log", env=child_environment(), cwd=ROOT)
    try:
        server.workspace.wait(lambda: servers.answers(f"{server.base}/seen"), 30)
        yield server
    finally:
        processes.stop([child])
