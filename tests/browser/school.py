"""A school's website: pages from memory on an origin of its own, with a strict content security policy."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PROXIED = "/careers/bot/"  # what stands below it comes from the assistant, as behind a school's own proxy
PAGE = """<!doctype html>
<html lang="{lang}" dir="{dir}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>{head}</head><body><h1>{title}</h1>{body}</body></html>"""


class School(ThreadingHTTPServer):
    """Serves `pages` by path; every page allows scripts and connections of the assistant only, and no inline style."""

    daemon_threads = True

    def __init__(self, port: int, bot: str) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.bot = bot  # the channel's address, with a slash at its end
        self.origin = f"http://127.0.0.1:{port}"
        self.pages: dict[str, str] = {}
        origin = "/".join(bot.split("/")[:3])
        self.policy = (
            f"default-src 'none'; script-src {origin}; connect-src {origin}; base-uri 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def tag(self, attributes: str = "", bot: str = "") -> str:
        """The line that a webmaster pastes."""
        return f'<script type="module" src="{bot or self.bot}widget/waymark.js" {attributes}></script>'

    def put(
        self, path: str, body: str = "", *, attributes: str = "", lang: str = "en", dir: str = "ltr", bot: str = ""
    ) -> str:
        """A page with the widget's tag; its address."""
        head = self.tag(attributes, bot)
        self.pages[path] = PAGE.format(title="Programs", lang=lang, dir=dir, head=head, body=body)
        return self.origin + path


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: School

    def log_message(self, *_: Any) -> None:
        """Nothing: the tests' output is for the tests."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if self.path.startswith(PROXIED):
            self._pass_on()
        elif path in self.server.pages:
            headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": self.server.policy}
            self._send(200, self.server.pages[path].encode(), headers)
        else:
            self._send(404, b"", {})

    def do_POST(self) -> None:
        self._pass_on()

    do_PUT = do_DELETE = do_POST

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        sent = {name: self.headers[name] for name in ("Authorization", "Content-Type", "Accept") if self.headers[name]}
        url = self.server.bot + self.path.removeprefix(PROXIED)
        request = urllib.request.Request(url, body or None, sent, method=self.command)
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=20) as answer:
                self._send(answer.status, answer.read(), {"Content-Type": answer.headers["Content-Type"] or ""})
        except urllib.error.HTTPError as error:
            self._send(error.code, error.read(), {"Content-Type": error.headers["Content-Type"] or ""})

    def _send(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
