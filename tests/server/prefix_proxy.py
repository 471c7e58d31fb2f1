"""A reverse proxy as a school may have it: the assistant is one path of its site, and any replica gets a request."""

from __future__ import annotations

import http.client
import itertools
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DROPPED = ("connection", "keep-alive", "transfer-encoding", "host")


@contextmanager
def running(prefix: str, ports: Sequence[int]) -> Iterator[str]:
    """The address of the proxy, prefix included; requests go to the ports in turn."""
    turn = itertools.cycle(ports)

    class Forward(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def forward(self) -> None:
            if not self.path.startswith(prefix):
                self.send_error(404)
                return
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name: value for name, value in self.headers.items() if name.lower() not in DROPPED}
            came = self.headers.get("X-Forwarded-For")
            headers["X-Forwarded-For"] = f"{came}, {self.client_address[0]}" if came else self.client_address[0]
            headers["Host"] = self.headers["Host"]
            backend = http.client.HTTPConnection("127.0.0.1", next(turn), timeout=20)
            backend.request(self.command, self.path.removeprefix(prefix), body or None, headers)
            reply = backend.getresponse()
            content = reply.read()
            self.send_response_only(reply.status)
            for name, value in reply.getheaders():
                if name.lower() not in (*DROPPED, "content-length"):
                    self.send_header(name, value)
            if reply.status not in (204, 304):
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            backend.close()

        do_GET = do_POST = do_PUT = do_DELETE = do_OPTIONS = forward

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Forward)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
