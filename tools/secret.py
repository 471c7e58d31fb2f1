"""The secret that signs visitors' sessions, for an assistant on this machine only: made once, in var/secret.

A deployment sets WAYMARK_SECRET itself: replicas need the same one, and it must not lie in a container's file system.
"""
from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

import settings
from tools.console import ToolError
from tools.environment import ROOT

FILE = ROOT / "var" / "secret"


def session_secret(path: Path = FILE) -> str:
    """WAYMARK_SECRET if it is set, else what is in `path`, which only its owner may read and which is made if missing.

    Raises ToolError if the file cannot be used.
    """
    given = settings.load().secret
    if given:
        return ",".join(given)
    try:
        if not path.is_file():
            _make(path)
        path.chmod(0o600)
        text = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise ToolError(
            f"{path.name}, which signs sessions, cannot be used ({reason}). Set WAYMARK_SECRET instead.") from None
    if len(text) < settings.MIN_SECRET:
        raise ToolError(f"{path} is too short for a secret; delete it, and a new one is made (open sessions then end)")
    return text


def _make(path: Path) -> None:
    """Whole or not at all: of two processes that make it at once, one wins and both read the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    with suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()
