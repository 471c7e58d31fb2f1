"""Requests as no client of ours sends them, over REST, web and Slack: no crash, no 500,
nothing told of the inside, no
hang, and the server is as large as before."""

from __future__ import annotations

import json
import random
import re
import socket
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import jwt

from tests.faults.conftest import Record, full
from tests.faults.school import SECRET, School, Visitor, whole
from tests.slack_stand_in import workspace
from tests.slack_stand_in.sending import signed

PATIENCE = 8.0  # seconds within which every request has its answer
# what would tell how the server is made: a trace, a path, a program and its version, a query
TELLS = re.compile(
    rb"Traceback|File \"|site-packages|/home/|/root/|/tmp/|\.py\b|sanic|aiohttp|python/\d|sqlite3?\.|sqlalchemy|"
    rb"psycopg|SELECT |INSERT |rasa/|\bat 0x[0-9a-f]+|Server: ",
    re.I,
)
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
MARK = "zqxjvk"  # stands in what is sent; no answer may repeat it in an error
PATHS = (
    "/webhooks/rest/webhook", "/webhooks/rest/", "/webhooks/web/sessions", "/webhooks/web/messages",
    "/webhooks/web/messages?after=0", "/webhooks/web/feedback/00ff", "/webhooks/web/person", "/webhooks/web/health",
    "/webhooks/web/conversation", "/webhooks/web/conversation?format=text", "/webhooks/web/config",
    "/webhooks/web/evidence/oews2025-N0000000-000000-292072-13", "/webhooks/web/widget/waymark.js",
    "/webhooks/web/openapi.json", "/webhooks/slack/webhook", "/webhooks/slack/charts/x.png", "/webhooks/slack/", "/",
)  # fmt: skip
METHODS = ("POST",) * 6 + ("GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "post", "BREW", "")
TYPES = (
    ("application/json",) * 5 + ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "",
    "a/b/c",
    "application/json; charset=utf-7", "application/json; charset=" + "x" * 3000, "multipart/form-data; boundary=",
    "application/json\x00", "application/xml")
)  # fmt: skip


@dataclass
class Mutator:
    """Makes raw requests. `chance` makes them the same in every run."""

    chance: random.Random
    token: str
    tried: Counter[str] = field(default_factory=Counter)
    whole: bool = True  # whether the last request's length is as it says

    def request(self) -> bytes:
        kind = self.chance.choice(
            (self.plain, self.plain, self.plain, self.slack, self.slack, self.framing, self.noise)
        )
        self.tried[kind.__name__] += 1
        self.whole = kind.__name__ in ("plain", "slack")
        return kind()

    # --- values

    def text(self) -> str:
        pieces = (
            "pay?", "What do nurses do?", MARK, "", " ", "\x00", "\u202e", "\ud800", "🙂" * 50, "a" * 1001,
            "a" * 20_000,
            "' OR 1=1 --", "../../../../etc/passwd", "%00", "{{7*7}}", "${jndi:ldap://x}", "<script>", "/restart",
            '/ask_pay{"occupation": 1}', "\r\nX: y", "NaN", "0" * 400, "web-" + "0" * 32, "slack-T-C", "é" * 129,
        )  # fmt: skip
        return self.chance.choice(pieces)

    def value(self, depth: int = 0) -> object:
        kinds = [self.text] * 4 + [
            lambda: self.chance.choice(
                (None, True, False, 0, -1, 1e308, 2**63, 10**300, 0.1, float("nan"), float("inf"))
            )
        ]
        if depth < 3:
            kinds += [
                lambda: [self.value(depth + 1) for _ in range(self.chance.randrange(4))],
                lambda: {self.text(): self.value(depth + 1) for _ in range(self.chance.randrange(4))},
            ]
        return self.chance.choice(kinds)()

    def body(self) -> bytes:
        names = ("sender", "message", "id", "text", "after", "helpful", "comment", "email", "consent", "name",
        "question",
                 "share_transcript", "metadata", "input_channel")  # fmt: skip
        body = {name: self.value() for name in self.chance.sample(names, self.chance.randrange(1, 6))}
        if self.chance.random() < 0.6:  # nearly right
            body |= self.chance.choice((
                {"sender": self.chance.choice((MARK, "x")), "message": self.chance.choice((MARK, self.text()))},
                {"id": "0b8f4c0e-6f3a-4a5e-9f59-" + f"{self.chance.randrange(16**12):012x}", "text": self.text()},
                {"helpful": True, "comment": self.text()},
                {"email": "a@example.edu", "consent": True, "question": self.text()},
            ))  # fmt: skip
        raw = json.dumps(body, ensure_ascii=self.chance.random() < 0.5).encode("utf-8", "surrogatepass")
        return self.chance.choice((
            raw, raw, raw, raw, raw[: self.chance.randrange(len(raw) + 1)], raw + raw, b"\xef\xbb\xbf" + raw,
            raw.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass"), b"", b"null", b"[]",
            b"\xff\xfe\xfd",
            b"[" * 15_000, b'{"a":' * 5_000, b'{"message": ' + b"9" * 10_000 + b"}", b'{"a":1,"a":2}', b"x" * 40_000,
            urlencode({"payload": raw[:2000]}).encode(), self.chance.randbytes(300),
        ))  # fmt: skip

    def authorization(self) -> str:
        now = int(time.time())
        claims = {"sub": "0" * 32, "aud": "waymark-web", "iat": now, "exp": now + 3600}
        head, payload, signature = self.token.split(".")
        forged = (
            self.token, self.token, self.token, "", "x", "..", "a.b.c", self.token[:-2] + "AA", f"{head}.{payload}.",
            jwt.encode(claims, "another secret that is long enough too", algorithm="HS256"),
            jwt.encode({**claims, "exp": now - 10}, SECRET, algorithm="HS256"),
            jwt.encode({**claims, "exp": "soon"}, SECRET, algorithm="HS256", ),
            jwt.encode({**claims, "sub": ["x"]}, SECRET, algorithm="HS256"),
            jwt.encode({**claims, "aud": "other"}, SECRET, algorithm="HS256"),
            jwt.encode({"sub": "0" * 32}, SECRET, algorithm="HS256"),
            jwt.encode({**claims, "exp": 10**30}, SECRET, algorithm="HS256"),
            jwt.encode(claims, SECRET, algorithm="HS512"), jwt.encode(claims, "", algorithm="none"),
            f"{payload}.{head}.{signature}", "é" * 20, "A" * 6000,
        )  # fmt: skip
        return self.chance.choice(("Bearer ", "Bearer ", "bearer ", "Basic ", "")) + self.chance.choice(forged)

    def path(self) -> str:
        path = self.chance.choice(PATHS)
        return self.chance.choice((
            path, path, path, path, path + "/", path + "?" + quote(self.text(), errors="replace"), path.upper(),
            path + "/" + quote(self.text()[:500], errors="replace"), path.replace("/web", "/web/..", 1), "//" + path,
            path + "?after=" + self.chance.choice(("-1", "1e5", "9" * 30, "%00", "", "0&after=1")),
            path + "%", path + "%ff", path + "#x", "http://example.org" + path,
        ))  # fmt: skip

    # --- requests

    def write(self, method: str, path: str, headers: list[tuple[str, str]], body: bytes) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers)]
        return "\r\n".join(lines).encode("utf-8", "surrogatepass") + b"\r\n\r\n" + body

    def headers(self, body: bytes) -> list[tuple[str, str]]:
        found = [("Host", "127.0.0.1"), ("Content-Length", str(len(body))), ("Connection", "close")]
        found.append(("Content-Type", self.chance.choice(TYPES)))
        if self.chance.random() < 0.7:
            found.append(("Authorization", self.authorization()))
        for _ in range(self.chance.choice((0, 0, 0, 1, 2))):
            found.append(self.chance.choice((
                ("Origin", self.chance.choice(("null", "https://evil.example", "x" * 2000, "http://127.0.0.1", "é"))),
                ("X-Forwarded-For", self.chance.choice(("1.2.3.4", "x", "::1," * 300, ""))), ("Host", "evil.example"),
                ("Accept", self.chance.choice(("text/html", "*/*;q=x", "," * 900))), ("Content-Type", "text/html"),
                ("Authorization", "Bearer x"), ("Expect", "100-continue"), ("Cookie", "a=b; " * 300),
                ("Accept-Encoding", "gzip;q=-1"), ("Range", "bytes=9-1,-,0-"), ("If-None-Match", '"' * 90),
                ("X-HTTP-Method-Override", "DELETE"), ("Upgrade", "websocket"), (MARK, MARK), ("X" * 3000, "y"),
            )))  # fmt: skip
        return found

    def plain(self) -> bytes:
        body = self.body()
        return self.write(self.chance.choice(METHODS), self.path(), self.headers(body), body)

    def slack(self) -> bytes:
        """Signed rightly or not, new or replayed, with an event, a command or a click that Slack would not send."""
        event = {"type": "event_callback", "event_id": self.value(2), "team_id": "T1", "event": {
            "type": self.chance.choice(("message", "app_mention", "app_home_opened", "x", None)),
            "channel": self.value(2),
            "user": self.value(2), "ts": self.chance.choice((f"{time.time():.6f}", self.value(2))),
            "text": self.text(),
            "tab": "home", "thread_ts": self.value(2), "subtype": self.chance.choice((None, None,
            "message_changed", 5)),
            "message": self.value(1),
        }}  # fmt: skip
        click = {"type": "block_actions", "actions": [{"action_id": self.text(), "value": self.value(2)}],
                 "user": {"id": self.value(2)}, "container": self.value(1), "team": self.value(1)}  # fmt: skip
        command = {"command": "/career", "text": self.text(), "team_id": "T1", "user_id": self.text()[:100],
                   "channel_id": "C1", "trigger_id": self.text()[:100], "response_url": "x"}  # fmt: skip
        kind = "application/x-www-form-urlencoded"
        body, type_ = self.chance.choice((
            (json.dumps(event).encode(), "application/json"), (json.dumps(event).encode(), "application/json"),
            (urlencode({"payload": json.dumps(click)}).encode(), kind),
            (urlencode(command, errors="replace").encode(), kind), (self.body(), "application/json"),
        ))  # fmt: skip
        moment = self.chance.choice((None, None, None, None, time.time() - 301, time.time() + 301, 0.0, 1e300))
        secret = self.chance.choice((workspace.SECRET, workspace.SECRET, workspace.SECRET, "wrong"))
        headers = signed(body, secret, moment) if moment != 1e300 else {"X-Slack-Request-Timestamp": "9" * 400}
        if self.chance.random() < 0.2:
            headers["X-Slack-Signature"] = self.chance.choice(("", "v0=", "v1=00", "é", "v0=" + "0" * 64))
        listed = [("Host", "x"), ("Content-Length", str(len(body))), ("Content-Type", type_), ("Connection", "close")]
        return self.write("POST", "/webhooks/slack/webhook", [*listed, *headers.items()], body)

    def framing(self) -> bytes:
        """Bodies whose length is told wrongly, twice or in pieces that are none."""
        body, path = self.body()[:2000], self.chance.choice(PATHS)
        length, chunked = f"Content-Length: {len(body)}", "Transfer-Encoding: chunked"
        lines = self.chance.choice((
            [length, "Content-Length: 5"], ["Content-Length: -1"], ["Content-Length: 1e3"], ["Content-Length:"],
            ["Content-Length: " + "9" * 40], ["Content-Length: +5"], [length, chunked], [chunked], [chunked, chunked],
            ["Transfer-Encoding: gzip, chunked"], ["Transfer-Encoding: x"], [length, " folded: line"], ["no colon"],
            [": no name"], [length, "Host"], ["Expect: x", length], ["Content-Length: ١٢"],
        ))  # fmt: skip
        pieces = self.chance.choice((
            body, b"0\r\n\r\n", b"5\r\nabcde\r\n0\r\n\r\n", b"ffffffffffffffff\r\n", b"-5\r\nabc",
            b"5;ext=" + b"x" * 999,
            b"zz\r\nabc\r\n", b"5\r\nabcdefgh\r\n0\r\n\r\n", b"1\r\na\r\n" * 400 + b"0\r\n\r\n", b"",
        ))  # fmt: skip
        head = "\r\n".join([f"POST {path} HTTP/1.1", "Host: x", "Content-Type: application/json", *lines, "", ""])
        return head.encode() + pieces

    def noise(self) -> bytes:
        return self.chance.choice((
            self.chance.randbytes(self.chance.randrange(1, 3000)) + b"\r\n\r\n", b"\r\n" * 50,
            b"GET / HTTP/9.9\r\n\r\n",
            b"GET\r\n\r\n", b"GET  / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200,
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n",
            b"GET / HTTP/1.0\r\n\r\n",
            b"GET / HTTP/1.1\nHost: x\n\n", b"POST /webhooks/rest/webhook HTTP/1.1\r\nHost: x\r\n\r\n{}",
            b"GET /webhooks/web/health HTTP/1.1\r\n" + b"".join(b"X%d: y\r\n" % n for n in range(900)) + b"\r\n",
        ))  # fmt: skip


def exchange(school: School, raw: bytes, whole: bool) -> tuple[bytes, float]:
    """What comes back until the server closes. What is not `whole` is cut off by us, or it would be waited for."""
    started, got = time.monotonic(), b""
    with socket.create_connection(("127.0.0.1", school.addresses.rasa_port), timeout=PATIENCE) as connection:
        with suppress(OSError):
            connection.sendall(raw)
            if not whole:
                connection.shutdown(socket.SHUT_WR)
        with suppress(ConnectionError, TimeoutError):
            while time.monotonic() - started < PATIENCE and (more := connection.recv(65536)):
                got += more
    return got, time.monotonic() - started


def faults(answer: bytes, status: int) -> list[str]:
    """What is wrong with an answer."""
    head, _, body = answer.partition(b"\r\n\r\n")
    found = [f"tells {told.group()!r}" for told in [TELLS.search(head + (body if status >= 400 else b""))] if told]
    if status >= 500 and status not in (501, 503):
        found.append(f"is {status}")
    if status >= 400 and MARK.encode() in answer:
        found.append("repeats what was sent")
    return found


def test_malformed_requests(one: School, visitor: Visitor, record: Record) -> None:
    visitor.ask()
    mutator, times = Mutator(random.Random(5), visitor.token), 10_000 if full() else 600
    statuses: Counter[str] = Counter()
    longest, wrong = 0.0, []
    for _ in range(times // 10):  # what the first ones fill does not count: caches, buffers, threads
        exchange(one, mutator.request(), mutator.whole)
    memory, files = one.memory(), one.files()
    for number in range(times):
        raw = mutator.request()
        answer, took = exchange(one, raw, mutator.whole)
        answer = answer.removeprefix(CONTINUE)
        status = answer.split(b" ", 2)[1][:3].decode("ascii", "replace") if answer.startswith(b"HTTP/1.1 ") else "none"
        statuses[status] += 1
        longest = max(longest, took)
        found = faults(answer, int(status) if status.isdigit() else 0)
        if took >= PATIENCE:
            found.append("took too long")
        if found:
            wrong.append((number, found, raw[:300], answer[:600]))
    assert not wrong, f"{len(wrong)} of {times}: {wrong[:5]}"
    assert one.child().process.poll() is None
    grown = one.memory() - memory
    assert grown < 0.05 * memory, f"{grown:.0f} MB more"
    assert one.files() <= files + 10
    assert Visitor(one).open().ask().failed == ()
    assert MARK not in one.log()
    with suppress(AssertionError):  # a request may have deleted it, with its own token
        assert whole(visitor.history())
    record(
        "malformed requests over REST, web and Slack", requests=times, crashes=0, told_too_much=0,
        longest_call=longest,
        memory_grown_mb=grown, answers=dict(sorted(statuses.items())),
    )  # fmt: skip
