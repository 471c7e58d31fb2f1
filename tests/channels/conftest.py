"""A real web server with our channels, and in Rasa's place a handler that says back what it is told."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

import settings
from channels.requests import watch
from channels.rest import RestChannel
from channels.web import WebChannel
from tests.channels import mail_server

SECRET = "a secret of the tests that is long enough to sign with"
SITE = "https://www.example.edu"
# the web channel with other settings, each under a name of its own
VARIANTS: Mapping[str, Mapping[str, str]] = {
    "web": {
        "WAYMARK_SLACK_BOT_TOKEN": "xoxb-none",
        "WAYMARK_SLACK_SIGNING_SECRET": "none",
        "WAYMARK_SLACK_STAFF_CHANNEL": "C1",
    },
    "mail": {"WAYMARK_HANDOFF_EMAIL": "careers@example.edu", "WAYMARK_SCHOOL": "Example College"},
    "alone": {"WAYMARK_CONTACT": "Ms Ito, room 12"},
    "limited": {
        "WAYMARK_SESSION_MESSAGES": "3",
        "WAYMARK_ADDRESS_MESSAGES": "5",
        "WAYMARK_ADDRESS_SESSIONS": "4",
        "WAYMARK_TRUSTED_PROXIES": "127.0.0.1",
    },
    "public": {
        "WAYMARK_PUBLIC_URL": "https://bot.example.edu/careers",
        "WAYMARK_LOGO": "https://img.example.edu/a.svg",
    },
    "hasty": {"WAYMARK_ANSWER_SECONDS": "0.2"},
    "rotated": {"WAYMARK_SECRET": f"a new secret of the tests that is long enough,{SECRET}"},
    "foreign": {"WAYMARK_SECRET": "the secret of another school that is long enough"},
}


async def echo(message: UserMessage) -> None:
    """Says back what Rasa would get; "answer …" comes with a payload, "hang" never comes, "fail" fails."""
    assert message.output_channel is not None
    text = message.text or ""
    if text == "hang":
        await asyncio.Event().wait()
    if text == "fail":
        raise RuntimeError(text)
    if text.startswith("slow"):
        await asyncio.sleep(0.5)
    await message.output_channel.send_text_message(message.sender_id, text)
    if text.startswith("answer"):
        payload = {
            "type": "answer",
            "topic": "pay",
            "headline": text,
            "answer_id": "00112233445566aa",
            "suggestions": [],
        }
        link = {"n": 1, "evidence": "/webhooks/web/evidence/abc"}
        await message.output_channel.send_custom_json(message.sender_id, {**payload, "citations": [link]})


@dataclass
class Visitor:
    """One browser: its session and what it asks."""

    client: Client
    channel: str = "web"
    token: str = ""
    session: str = ""
    origin: str | None = SITE
    more: dict[str, str] = field(default_factory=dict)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> requests.Response:
        sent = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        sent |= {"Origin": self.origin} if self.origin else {}
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        sent |= {"Content-Type": "application/json"} if data is not None else {}
        return self.client.session.request(
            method,
            f"{self.client.base}/{self.channel}/{path}",
            data=data,
            headers={**sent, **self.more, **headers},
            timeout=20,
            allow_redirects=False,
        )

    def open(self) -> Visitor:
        opened = self.call("POST", "sessions", {})
        assert opened.status_code == 201, opened.text
        self.token, self.session = opened.json()["token"], opened.json()["session"]
        return self

    def say(self, text: str, id: str | None = None, **more: Any) -> requests.Response:
        return self.call("POST", "messages", {"id": id or str(uuid.uuid4()), "text": text, **more})

    def said(self, text: str) -> list[dict[str, Any]]:
        """The messages of one turn."""
        reply = self.say(text)
        assert reply.status_code == 200, reply.text
        found: list[dict[str, Any]] = reply.json()["messages"]
        return found

    def history(self) -> list[tuple[str, str]]:
        return [(one["role"], one["text"]) for one in self.call("GET", "messages").json()["messages"]]


@dataclass(frozen=True)
class Client:
    """Asks one server, by the shortest way."""

    base: str
    session: requests.Session
    state_url: str
    mailbox: mail_server.Mailbox

    def get(self, path: str, **headers: str) -> requests.Response:
        return self.session.get(f"{self.base}{path}", headers=headers, timeout=20, allow_redirects=False)

    def post(self, path: str, body: Any) -> requests.Response:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.session.post(
            f"{self.base}{path}", data=data, headers={"Content-Type": "application/json"}, timeout=20
        )

    def visitor(self, channel: str = "web", **more: str) -> Visitor:
        """Somebody who has opened a session."""
        return Visitor(self, channel, more=more).open()


def channel(name: str) -> WebChannel:
    """The web channel under another name."""
    made = WebChannel()
    made.name = lambda: name  # type: ignore[method-assign]
    return made


MOST = 150  # connections that the tests' server holds


@pytest.fixture(scope="session")
def client(knowledge_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """The REST and the web channel on loopback. One server for all tests: Sanic 21.12 starts only one in a process."""
    folder: Path = tmp_path_factory.mktemp("channels")
    state_url = f"sqlite:///{folder / 'state.sqlite'}"
    with mail_server.running() as mailbox, pytest.MonkeyPatch.context() as patch:
        app = Sanic("waymark_channels")
        watch(app, settings.load({"WAYMARK_TRUSTED_PROXIES": "127.0.0.9"}))
        app.blueprint(RestChannel().blueprint(echo), url_prefix="/webhooks/rest")
        plain = {
            "WAYMARK_KNOWLEDGE_URL": knowledge_url,
            "WAYMARK_STATE_URL": state_url,
            "WAYMARK_SECRET": SECRET,
            "WAYMARK_ORIGINS": f"{SITE},https://*.example.org",
            **{f"WAYMARK_{name}": "100000" for name in ("SESSION_MESSAGES", "ADDRESS_MESSAGES", "ADDRESS_SESSIONS")},
        }
        for name, more in VARIANTS.items():
            mail = {"WAYMARK_SMTP_URL": mailbox.url} if "WAYMARK_HANDOFF_EMAIL" in more else {}
            with pytest.MonkeyPatch.context() as variant:
                for key, value in {**plain, **mail, **more}.items():
                    variant.setenv(key, value)
                app.blueprint(channel(name).blueprint(echo), url_prefix=f"/webhooks/{name}")
        patch.setattr("channels.connections.HEADER_SECONDS", 1)
        patch.setattr("channels.connections.MOST", MOST)
        patch.setattr("channels.edge.BODY_SECONDS", 1.0)
        yield from _serve(app, state_url, mailbox)


def _serve(app: Sanic, state_url: str, mailbox: mail_server.Mailbox) -> Iterator[Client]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def start(listener: socket.socket) -> Any:
        server = await app.create_server(sock=listener, return_asyncio_server=True, access_log=False)
        assert server is not None
        await server.startup()
        await server.before_start()
        await server.start_serving()
        return server

    async def stop(server: Any) -> None:
        await server.before_stop()
        server.close()
        await server.wait_closed()
        for connection in list(server.connections):
            connection.abort()
        await asyncio.sleep(0.05)

    with closing(socket.socket()) as listener, requests.Session() as session:
        session.trust_env = False
        listener.bind(("127.0.0.1", 0))
        server = asyncio.run_coroutine_threadsafe(start(listener), loop).result(30)
        yield Client(f"http://127.0.0.1:{listener.getsockname()[1]}/webhooks", session, state_url, mailbox)
        asyncio.run_coroutine_threadsafe(stop(server), loop).result(30)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()
