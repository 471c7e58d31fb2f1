"""The last line of defence: what looks like a secret does not get into the log, whoever wrote the line. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

MARK = "(secret)"
SHORTEST = 6  # a shorter "secret" would black out ordinary words
# session tokens (JWT), Slack's tokens and its addresses that need no token, Authorization, user:password@ in an address
_SHAPES = (
    r"eyJ[\w-]{8,}\.[\w-]+\.[\w-]+",
    r"x(?:ox[a-z]|app)-[\w-]{6,}",
    r"(?<=hooks\.slack\.com/)[\w/-]{8,}",
    r"(?:(?<=earer )|(?<=EARER ))[\w.~+/=-]{8,}",
    r"(?<=://)[^\s/@:]*:[^\s/@]+(?=@)",
)
# one of these is in every text that has such a shape; looking for them is much quicker
_SIGNS = ("eyJ", "xox", "xapp", "hooks.slack", "earer ", "EARER ", "://")


def redactor(secrets: Sequence[str] = ()) -> Callable[[str], str]:
    """A function that replaces these secrets, and what is shaped like one, by "(secret)"."""
    exact = sorted({re.escape(secret) for secret in secrets if len(secret) >= SHORTEST}, key=len, reverse=True)
    pattern = re.compile("|".join([*exact, *_SHAPES]))
    signs = (*(secret for secret in secrets if len(secret) >= SHORTEST), *_SIGNS)

    def redact(text: str) -> str:
        return pattern.sub(MARK, text) if any(sign in text for sign in signs) else text

    return redact
