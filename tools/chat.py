"""`make chat`: talk to the assistant in the terminal, over its REST channel."""
from __future__ import annotations

import json
import shutil
import sys
import textwrap
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import settings
from tools.console import ToolError, guarded
from tools.environment import LOOPBACK
from tools.prepare import ensure_knowledge, ensure_model
from tools.servers import answers, running

SECONDS = 10.0
QUIT = frozenset(("/quit", "/exit", "/q"))
MAX_WIDTH = 100


@dataclass(frozen=True)
class Choice:
    """A suggestion or button: what is shown and what is sent when it is chosen."""

    title: str
    message: str


def send(url: str, sender: str, message: str, seconds: float = SECONDS) -> list[dict[str, Any]]:
    """Send one message; returns the replies. Raises ToolError if none comes within `seconds`."""
    body = json.dumps({"sender": sender, "message": message}).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=seconds) as response:
            replies = json.loads(response.read())
    except TimeoutError:
        raise ToolError(f"no answer within {seconds:g} s. Is the machine busy? The logs are in var/log/.") from None
    except (urllib.error.URLError, ConnectionError, ValueError) as error:
        if isinstance(getattr(error, "reason", None), TimeoutError):
            raise ToolError(f"no answer within {seconds:g} s. Is the machine busy? The logs are in var/log/.") from None
        raise ToolError(f"the assistant cannot be reached at {url} ({error}). Start it: make run") from error
    return [reply for reply in replies if isinstance(reply, dict)] if isinstance(replies, list) else []


def choices(replies: list[dict[str, Any]]) -> list[Choice]:
    """The buttons and suggestions of the replies, in order, each once."""
    found: dict[str, Choice] = {}
    for reply in replies:
        for button in reply.get("buttons") or ():
            title = str(button.get("title", ""))
            found.setdefault(title, Choice(title, str(button.get("payload") or title)))
        custom = reply.get("custom")
        for suggestion in (custom.get("suggestions") or ()) if isinstance(custom, dict) else ():
            title = str(suggestion.get("title", "")) if isinstance(suggestion, dict) else str(suggestion)
            payload = str(suggestion.get("payload") or title) if isinstance(suggestion, dict) else title
            found.setdefault(title, Choice(title, payload))
    return [choice for title, choice in found.items() if title]


def wrap(text: str, width: int) -> str:
    """The text at `width` columns; its own line breaks stay, lists keep a hanging indent."""
    lines = []
    for line in text.splitlines():
        marker = line[: len(line) - len(line.lstrip(" -*•"))]
        lines.append(textwrap.fill(
            line, width, subsequent_indent=" " * len(marker), break_long_words=False, break_on_hyphens=False))
    return "\n".join(lines)


def show(replies: list[dict[str, Any]], width: int) -> str:
    """What the terminal shows for the replies: texts, then the numbered choices."""
    texts = [wrap(str(reply["text"]), width) for reply in replies if reply.get("text")]
    numbered = [wrap(f"  {number}. {choice.title}", width) for number, choice in enumerate(choices(replies), 1)]
    return "\n\n".join(part for part in [*texts, "\n".join(numbered)] if part) or "(no answer)"


def resolve(typed: str, offered: list[Choice]) -> str:
    """What to send for what was typed: a number chooses one of what was offered last."""
    if typed.isdecimal() and 1 <= int(typed) <= len(offered):
        return offered[int(typed) - 1].message
    return typed


def converse(url: str, read: Callable[[str], str], write: Callable[[str], None], width: int) -> None:
    """Read, send and show until /quit or the end of input. A failure is told, and the talk goes on."""
    sender = f"terminal-{uuid.uuid4().hex}"
    offered: list[Choice] = []
    while True:
        try:
            typed = read("you> ").strip()
        except EOFError:
            write("")
            return
        if typed.lower() in QUIT:
            return
        if not typed:
            continue
        try:
            replies = send(url, sender, resolve(typed, offered))
        except ToolError as error:
            write(f"! {error}\n")
            continue
        offered = choices(replies)
        write(f"\n{show(replies, width)}\n")


@contextmanager
def assistant(config: settings.Settings) -> Iterator[str]:
    """The REST address of the assistant that runs, or of one that is started for this talk."""
    base = f"http://{LOOPBACK}:{config.rasa_port}"
    if answers(f"{base}/webhooks/rest/"):
        yield f"{base}/webhooks/rest/webhook"
        return
    ensure_knowledge()
    ensure_model()
    with running(rasa_port=config.rasa_port, actions_port=config.actions_port) as addresses:
        yield addresses.rest


def main() -> int:
    """Talk until the user has had enough."""
    if sys.stdin.isatty():
        import readline  # noqa: F401 (line editing and history for input())
    width = min(shutil.get_terminal_size().columns, MAX_WIDTH)
    with assistant(settings.load()) as url:
        print("Ask about careers. A number chooses a suggestion; /quit or Ctrl-D ends.\n", flush=True)
        converse(url, input, lambda text: print(text, flush=True), width)
    return 0


if __name__ == "__main__":
    code = guarded(main, (settings.SettingError,))
    sys.exit(0 if code == 130 else code)  # Ctrl-C is a way to leave
