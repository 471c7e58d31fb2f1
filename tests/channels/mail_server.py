"""A mail server on loopback that keeps what it is handed, and fails when told to."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Mailbox:
    """What arrived. `failing`: how the server answers instead of taking a letter (an SMTP code), or "hang up"."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    failing: str = ""
    arrived: threading.Event = field(default_factory=threading.Event)
    tries: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


@contextmanager
def running() -> Iterator[Mailbox]:
    """The server, while the block runs."""
    box = Mailbox()

    class Talk(socketserver.StreamRequestHandler):
        timeout = 20

        def handle(self) -> None:
            self.say("220 ready")
            for line in self.rfile:
                word = line.split()[0].upper().decode() if line.split() else ""
                if word == "MAIL":
                    box.tries += 1
                    if box.failing == "hang up":
                        return
                    if box.failing:
                        self.say(box.failing)
                        continue
                if word == "DATA":
                    self.say("354 go on")
                    self.take()
                elif word == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

        def take(self) -> None:
            lines = []
            for line in self.rfile:
                if line == b".\r\n":
                    break
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            letter = message_from_bytes(b"".join(lines), policy=policy.default)
            assert isinstance(letter, EmailMessage)
            box.letters.append(letter)
            box.arrived.set()
            self.say("250 taken")

        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Server(("127.0.0.1", 0), Talk) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join(10)
