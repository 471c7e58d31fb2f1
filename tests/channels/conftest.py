"""A real web server with our channels, and in Rasa's place a handler that says back what it is told."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from channels.rest import RestChannel
from channels.web import WebChannel


async def echo(message: UserMessage) -> None:
    """Says back what Rasa would get."""
    assert message.output_channel is not None
    await message.output_channel.send_text_message(message.sender_id, message.text or "")


@dataclass(frozen=True)
class Client:
    """Asks one server, by the shortest way."""

    base: str
    session: requests.Session

    def get(self, path: str, **headers: str) -> requests.Response:
        return self.session.get(f"{self.base}{path}", headers=headers, timeout=20, allow_redirects=False)

    def post(self, path: str, body: Any) -> requests.Response:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.session.post(
            f"{self.base}{path}", data=data, headers={"Content-Type": "application/json"}, timeout=20
        )


@pytest.fixture(scope="session")
def client(knowledge_url: str) -> Iterator[Client]:
    """The REST and the web channel on loopback. One server for all tests: Sanic 21.12 starts only one in a process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WAYMARK_KNOWLEDGE_URL", knowledge_url)
        app = Sanic("waymark_channels")
        for channel in (RestChannel(), WebChannel()):
            app.blueprint(channel.blueprint(echo), url_prefix=f"/webhooks/{channel.name()}")
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def start(listener: socket.socket) -> Any:
        server = await app.create_server(sock=listener, return_asyncio_server=True, access_log=False)
        assert server is not None
        await server.startup()
        await server.start_serving()
        return server

    async def stop(server: Any) -> None:
        server.close()
        await server.wait_closed()

    with closing(socket.socket()) as listener, requests.Session() as session:
        session.trust_env = False
        listener.bind(("127.0.0.1", 0))
        server = asyncio.run_coroutine_threadsafe(start(listener), loop).result(30)
        yield Client(f"http://127.0.0.1:{listener.getsockname()[1]}/webhooks", session)
        asyncio.run_coroutine_threadsafe(stop(server), loop).result(30)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()
