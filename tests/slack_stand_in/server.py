"""Slack's Web API and Socket Mode on loopback, for tests: it checks every call, and breaks down on demand."""

from __future__ import annotations

import asyncio
import itertools
import json
import secrets
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.slack_stand_in.shapes import call_faults
from tests.slack_stand_in.workspace import APP_TOKEN, BOT, BOT_ID, BOT_TOKEN, TEAM, Post, Trouble, Workspace

READS = frozenset(("conversations.history", "conversations.replies"))
ON_THE_WAY = 0.3  # seconds; calls that were sent before the app knew of a limit
NO_POSTS = frozenset(("C0ALIEN",))  # channels that the app is not in


@dataclass
class Envelope:
    """Something sent through Socket Mode, and how it was acknowledged."""

    id: str
    acknowledged: threading.Event = field(default_factory=threading.Event)
    payload: Any = None


@dataclass
class SlackServer:
    """A running stand-in. `url` is what WAYMARK_SLACK_API_URL is set to."""

    workspace: Workspace
    port: int
    loop: asyncio.AbstractEventLoop
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    tickets: set[str] = field(default_factory=set)
    envelopes: dict[str, Envelope] = field(default_factory=dict)
    connections: int = 0
    _ids: Any = field(default_factory=itertools.count)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.base}/api/"

    def response_url(self, channel: str, user: str) -> str:
        """The address that a command or a click of `user` in `channel` brings along."""
        id = secrets.token_hex(8)
        self.workspace.urls[id] = (channel, user)
        return f"{self.base}/respond/{id}"

    # --- Socket Mode

    def send(self, kind: str, payload: Mapping[str, Any], link: int = -1) -> Envelope:
        """Send an envelope through the newest connection, or another."""
        envelope = Envelope(f"envelope-{next(self._ids)}")
        self.envelopes[envelope.id] = envelope
        self.repeat(envelope, kind, payload, link)
        return envelope

    def repeat(self, envelope: Envelope, kind: str, payload: Mapping[str, Any], link: int = -1) -> None:
        """Send an envelope once more, as Slack does if it was not acknowledged."""
        body = {"type": kind, "envelope_id": envelope.id, "payload": payload, "accepts_response_payload": True}
        self.say(body, link)

    def say(self, body: Mapping[str, Any], link: int = -1) -> None:
        """Send anything through a connection."""
        asyncio.run_coroutine_threadsafe(self.sockets[link].send_str(json.dumps(body)), self.loop).result(5)

    def hang_up(self, link: int = -1) -> None:
        """Close a connection without a warning."""
        asyncio.run_coroutine_threadsafe(self.sockets[link].close(), self.loop).result(5)

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self.tickets:
            raise web.HTTPForbidden
        self.tickets.discard(ticket)
        connection = web.WebSocketResponse()
        await connection.prepare(request)
        await connection.send_str(json.dumps({"type": "hello", "num_connections": 1, "connection_info": {}}))
        self.sockets.append(connection)
        self.connections += 1
        async for message in connection:
            if message.type is WSMsgType.TEXT:
                said = json.loads(message.data)
                envelope = self.envelopes.get(said.get("envelope_id", ""))
                if envelope is None:
                    self.workspace.faults.append(f"an acknowledgement of nothing: {said}")
                else:
                    envelope.payload = said.get("payload")
                    envelope.acknowledged.set()
        if connection in self.sockets:
            self.sockets.remove(connection)
        return connection

    async def _seen(self, request: web.Request) -> web.Response:
        """What the app did, for tests in another process; with ?channel=…&user=… a response_url."""
        if "channel" in request.query:
            return web.json_response(self.response_url(request.query["channel"], request.query["user"]))
        with self.workspace.lock:
            posts = [[post.channel, post.ts, post.body, post.seen_by] for post in self.workspace.posts]
            return web.json_response({"posts": posts, "faults": self.workspace.faults})

    # --- the Web API

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method, space = request.match_info["method"], self.workspace
        body, error = await self._body(request, method)
        token = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
        if request.headers.get("Authorization") != f"Bearer {token}":
            error = "invalid_auth"
        with space.lock:
            space.calls[method] += 1
            if error is None:
                faults = list(call_faults(method, body))
                space.faults += [f"{method}: {fault}" for fault in faults]
                error = "invalid_arguments" if faults else None
        if error is not None:
            return web.json_response({"ok": False, "error": error})
        channel = body.get("channel")
        trouble = self._due(method, channel)
        if trouble is None:
            return web.json_response(self._do(method, body), headers={"X-OAuth-Scopes": space.scopes})
        if trouble.what in ("lose", "late"):
            done = self._do(method, body)
            if trouble.what == "late":
                await asyncio.sleep(trouble.seconds)
                return web.json_response(done)
        return await self._fail(request, trouble, channel or method)

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        id, space = request.match_info["id"], self.workspace
        body = json.loads(await request.read())
        trouble = self._due("response_url", None)
        if id not in space.urls:
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        with space.lock:
            space.calls["response_url"] += 1
            space.faults += [f"response_url: {fault}" for fault in call_faults("response_url", body)]
            if "Authorization" in request.headers:
                space.faults.append("response_url: the token was sent along")
            channel, user = space.urls[id]
            kind = body.get("response_type", "ephemeral")
            if trouble is None or trouble.what == "lose":
                space.posts.append(Post(channel, space.ts(), body, None if kind == "in_channel" else user, kind))
        return web.Response(text="ok") if trouble is None else await self._fail(request, trouble, "response_url")

    async def _body(self, request: web.Request, method: str) -> tuple[dict[str, Any], str | None]:
        if method in READS:
            return dict(request.query), None if request.method == "GET" else "invalid_arguments"
        if request.content_type == "application/json":
            return json.loads(await request.read()), None
        return dict(await request.post()), None if method == "apps.connections.open" else "invalid_form_data"

    def _due(self, method: str, channel: str | None) -> Trouble | None:
        space = self.workspace
        with space.lock:
            key = channel or "" if method == "chat.postMessage" else method
            since, until = space.pauses.get(key, (0.0, 0.0))
            if since + ON_THE_WAY < time.monotonic() < until:
                space.faults.append(f"{method}: called {until - time.monotonic():.2f} s before Retry-After was over")
        return space.trouble(method, channel)

    async def _fail(self, request: web.Request, trouble: Trouble, key: str) -> web.StreamResponse:
        if trouble.what == "429":
            self.workspace.pauses[key] = (time.monotonic(), time.monotonic() + trouble.seconds)
            headers = {"Retry-After": f"{trouble.seconds:g}"}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        if trouble.what == "500":
            return web.Response(status=500, text="<html>down</html>")
        if trouble.what == "hang":
            await asyncio.sleep(trouble.seconds)
        if trouble.what in ("drop", "lose", "hang"):
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        return web.json_response({"ok": False, "error": trouble.what})

    def _do(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        space = self.workspace
        with space.lock:
            if method == "auth.test":
                return {
                    "ok": True,
                    "user_id": BOT,
                    "bot_id": BOT_ID,
                    "team_id": TEAM,
                    "team": "School",
                    "user": "waymark",
                }
            if method == "apps.connections.open":
                ticket = secrets.token_hex(8)
                self.tickets.add(ticket)
                return {"ok": True, "url": f"ws://127.0.0.1:{self.port}/link?ticket={ticket}"}
            if method == "chat.postMessage":
                return self._post(body)
            if method == "views.publish":
                space.views[body["user_id"]] = body["view"]
            elif method.startswith("assistant."):
                space.assistant.append((method, body))
            elif method in ("conversations.history", "conversations.replies"):
                return self._posts(method, body)
            elif method in ("chat.update", "chat.delete"):
                return self._change(method, body)
            return {"ok": True}

    def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        space, channel = self.workspace, body["channel"]
        if channel in NO_POSTS:
            return {"ok": False, "error": "not_in_channel"}
        if channel.startswith("U"):
            channel = f"D{channel[1:]}"
        ts = space.ts()
        space.posts.append(Post(channel, ts, body))
        return {"ok": True, "channel": channel, "ts": ts, "message": {"text": body["text"], "bot_id": BOT_ID}}

    def _posts(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        thread = body.get("ts")
        found = [p for p in self.workspace.answers(body["channel"]) if float(p.ts) >= float(body.get("oldest", 0))]
        found = [p for p in found if (p.thread == thread if thread else p.thread is None)]
        with_metadata = body.get("include_all_metadata") == "true"
        messages = [
            {
                "type": "message",
                "ts": p.ts,
                "bot_id": BOT_ID,
                "text": p.text,
                **({"metadata": p.body["metadata"]} if with_metadata and "metadata" in p.body else {}),
            }
            for p in found
        ]
        start = int(body.get("cursor") or 0)
        page = 2  # small, so that the tests see that pages are followed
        cursor = str(start + page) if start + page < len(messages) else ""
        metadata = {"response_metadata": {"next_cursor": cursor}}
        return {"ok": True, "messages": messages[start : start + page], "has_more": bool(cursor), **metadata}

    def _change(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        space = self.workspace
        for post in space.posts:
            if (post.channel, post.ts) == (body["channel"], body["ts"]):
                if method == "chat.delete":
                    space.posts.remove(post)
                    space.deleted.append((post.channel, post.ts))
                else:
                    post.body = {**post.body, **body}
                return {"ok": True, "channel": post.channel, "ts": post.ts}
        return {"ok": False, "error": "message_not_found"}


@contextmanager
def slack_server(workspace: Workspace | None = None, port: int = 0) -> Iterator[SlackServer]:
    """A stand-in on a port of loopback (0: a free one), in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    listener = socket.socket()
    listener.bind(("127.0.0.1", port))
    server = SlackServer(workspace or Workspace(), listener.getsockname()[1], loop)

    async def start() -> web.AppRunner:
        app = web.Application(client_max_size=4 * 2**20)
        app.router.add_route("*", "/api/{method}", server._api)
        app.router.add_post("/respond/{id}", server._respond)
        app.router.add_get("/link", server._link)
        app.router.add_get("/seen", server._seen)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.SockSite(runner, listener, shutdown_timeout=0.1).start()
        return runner

    runner = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()
