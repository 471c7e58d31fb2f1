"""`make smoke URL=…`: what an operator runs after each deployment. Looks at a running assistant as its visitors do.

    python -m tools.smoke https://bot.example.edu [--patience SECONDS]

Each check is one line: ok, warn (worth a look) or FAILED with what to do. 0 if nothing failed, 1 if something did,
2 for a wrong call. It opens one conversation and deletes it again; what is asked is a question that anybody asks.
"""
from __future__ import annotations

import ipaddress
import socket
import ssl
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests

from tools.console import guarded

SECONDS = 10.0  # the time limit of each call
QUESTION = "How much do registered nurses earn?"
SLOW = 2.0  # seconds; an answer that takes longer is worth a look
CERTIFICATE_DAYS = 14
ELSEWHERE = "https://smoke-test.invalid"  # an origin that no school has
# what must not answer to the public
CLOSED = ("metrics", "ready", "version", "status", "domain", "conversations/x/tracker", "model/parse", "actions")
PAGES = {"demo/": "text/html", "widget/waymark.js": "text/javascript", "config": "application/json"}
PAGE_HEADERS = {"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff",
                "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer"}


class Failed(Exception):
    """A check did not pass; the message says what was seen, and the mend."""


class Warned(Exception):
    """A check passed, but something is worth a look."""


class Smoke:
    """The checks of one deployment at `base` ("https://bot.example.edu/")."""

    def __init__(self, base: str, patience: float = SECONDS) -> None:
        self.base, self.patience = base.rstrip("/") + "/", patience
        self.web = urljoin(self.base, "webhooks/web/")
        self.local = is_loopback(urlsplit(base).hostname or "")
        self.http = requests.Session()
        self.http.trust_env = not self.local
        self.http.verify = ssl.get_default_verify_paths().cafile or True  # the system's, or a school's own
        self.token = ""

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> requests.Response:
        """One call to the web channel. Raises Failed if there is no answer."""
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        try:
            return self.http.request(method, urljoin(self.web, path), json=body, headers=headers, timeout=self.patience,
                                     allow_redirects=False)
        except requests.RequestException as error:
            raise Failed(f"no answer from {urljoin(self.web, path)} ({type(error).__name__}). Does the server run, and "
                         "does the proxy pass /webhooks/web/ on to it?") from None

    def checks(self) -> Iterator[tuple[str, Callable[[], str]]]:
        """Every check with its name; a check returns what it saw."""
        yield "health", self.health
        yield "transport", self.transport
        yield "pages", self.pages
        yield "headers", self.headers
        yield "other websites", self.other_websites
        yield "a conversation", self.conversation
        yield "its deletion", self.deletion
        yield "what must be closed", self.closed
        yield "the REST channel", self.rest

    def health(self) -> str:
        reply = self.call("GET", "health")
        found = as_json(reply)
        if reply.status_code != 200 or found.get("status") != "ok":
            raise Failed(f"/webhooks/web/health says {reply.status_code} {reply.text[:200]!r}; see /ready and the logs")
        return "the channel and its databases answer"

    def transport(self) -> str:
        parts = urlsplit(self.base)
        if parts.scheme != "https":
            if self.local:
                return "plain HTTP on this machine only"
            raise Failed("plain HTTP: sessions and messages can be read on the way. Put a proxy with TLS before it")
        host, port = parts.hostname or "", parts.port or 443
        days = certificate_days(host, port, self.patience)
        if "max-age" not in self.call("GET", "health").headers.get("Strict-Transport-Security", ""):
            raise Warned("no Strict-Transport-Security: set WAYMARK_PUBLIC_URL to the https address")
        if days < CERTIFICATE_DAYS:
            raise Warned(f"the certificate ends in {days:.0f} days")
        return f"TLS, the certificate is good for {days:.0f} days"

    def pages(self) -> str:
        for path, kind in PAGES.items():
            reply = self.call("GET", path)
            got = reply.headers.get("Content-Type", "")
            if reply.status_code != 200 or not got.startswith(kind):
                raise Failed(f"/webhooks/web/{path} gives {reply.status_code} {got}, not {kind}")
        return "the demo page, the widget and its settings are there"

    def headers(self) -> str:
        reply = self.call("GET", "demo/")
        missing = [name for name, value in PAGE_HEADERS.items() if value not in reply.headers.get(name, "")]
        if missing:
            raise Failed(f"the demo page lacks {', '.join(missing)}: does the proxy remove or replace headers?")
        server = reply.headers.get("Server", "")
        if any(letter.isdigit() for letter in server):
            raise Warned(f"Server: {server} tells a version (nginx: server_tokens off)")
        if not reply.headers.get("X-Request-ID"):
            raise Failed("no X-Request-ID: does the proxy remove it, or is this no Waymark?")
        return "security headers and a request id"

    def other_websites(self) -> str:
        reply = self.call("POST", "sessions", {}, Origin=ELSEWHERE)
        if reply.status_code != 403 or reply.headers.get("Access-Control-Allow-Origin"):
            raise Failed(f"a page of {ELSEWHERE} may open a session ({reply.status_code}): check WAYMARK_ORIGINS, and "
                         "that the proxy adds no Access-Control headers")
        return "a website that is not named is refused"

    def conversation(self) -> str:
        opened = self.call("POST", "sessions", {})
        if opened.status_code != 201:
            raise Failed(f"no session: {opened.status_code} {opened.text[:200]!r}")
        self.token = str(as_json(opened).get("token") or "")
        began = time.monotonic()
        reply = self.call("POST", "messages", {"id": str(uuid.uuid4()), "text": QUESTION})
        took = time.monotonic() - began
        said = [one for one in as_json(reply).get("messages") or () if one.get("role") == "assistant"]
        payload = (said[-1].get("payload") or {}) if said else {}
        citations = payload.get("citations") or []
        if payload.get("type") != "answer" or not citations:
            raise Failed(f"{QUESTION!r} got no cited answer ({reply.status_code}, type {payload.get('type')!r}): see "
                         "/ready and the logs")
        evidence = self.call("GET", f"evidence/{citations[0]['statement']}")
        if evidence.status_code != 200:
            raise Failed(f"the evidence behind the answer gives {evidence.status_code}")
        if took > SLOW:
            raise Warned(f"the answer took {took:.1f} s")
        return f"an answer with {len(citations)} citations in {1000 * took:.0f} ms, and the evidence behind it"

    def deletion(self) -> str:
        if not self.token:
            raise Failed("there was no conversation to delete")
        reply = self.call("DELETE", "conversation")
        after = self.call("GET", "messages")
        self.token = ""
        if reply.status_code != 204 or after.status_code != 401:
            raise Failed(f"the conversation is still there ({reply.status_code}, then {after.status_code})")
        return "the conversation is gone"

    def closed(self) -> str:
        open_ = []
        for path in CLOSED:
            reply = self.call("GET", urljoin(self.base, path))
            if reply.status_code < 400:
                open_.append(f"/{path}")
        if "/ready" in open_ and self.local:
            open_.remove("/ready")
        if open_:
            raise Failed(f"{', '.join(open_)} can be read: let the proxy pass /webhooks/web/ and /webhooks/slack/ only")
        root = self.call("GET", self.base)
        if "rasa" in root.text.lower()[:200]:
            raise Failed("/ says that this is Rasa: it was not started by tools/rasa_server.py")
        return "metrics and Rasa's own interface are closed"

    def rest(self) -> str:
        reply = self.call("POST", urljoin(self.base, "webhooks/rest/webhook"), {"message": ""})
        if reply.status_code in (403, 404, 405):
            return "closed"
        if self.local:
            return "open on this machine, as it is meant"
        raise Failed("it answers the public, without sessions and limits: let the proxy pass /webhooks/web/ only")


def as_json(reply: requests.Response) -> dict[str, Any]:
    """The body as an object; {} if it is none."""
    try:
        found = reply.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def certificate_days(host: str, port: int, seconds: float) -> float:
    """How long the certificate is still good, in days. Raises Failed if it does not verify."""
    try:
        with closing(socket.create_connection((host, port), timeout=seconds)) as plain, \
                ssl.create_default_context().wrap_socket(plain, server_hostname=host) as secured:
            ends = str((secured.getpeercert() or {}).get("notAfter"))
    except (OSError, ssl.SSLError) as error:
        raise Failed(f"TLS with {host} fails: {getattr(error, 'verify_message', '') or type(error).__name__}") from None
    return (ssl.cert_time_to_seconds(ends) - time.time()) / 86400


def run(smoke: Smoke) -> int:
    """Every check, a line each; the number of those that failed."""
    failed = 0
    for name, check in smoke.checks():
        try:
            print(f"ok      {name}: {check()}", flush=True)
        except Warned as warning:
            print(f"warn    {name}: {warning}", flush=True)
        except Failed as failure:
            failed += 1
            print(f"FAILED  {name}: {failure}", flush=True)
    return failed


def main() -> int:
    """Look at the address given."""
    arguments = sys.argv[1:]
    patience = SECONDS
    if "--patience" in arguments[1:-1]:
        at = arguments.index("--patience")
        patience = float(arguments[at + 1])
        del arguments[at : at + 2]
    address = urlsplit(arguments[0] if len(arguments) == 1 else "")
    if address.scheme not in ("http", "https") or not address.hostname:
        print("usage: python -m tools.smoke https://bot.example.edu [--patience SECONDS]", file=sys.stderr)
        return 2
    failed = run(Smoke(arguments[0], patience))
    print(f"{failed} failed" if failed else "all is well", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(guarded(main))
