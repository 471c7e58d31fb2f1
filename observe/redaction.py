"""The last line of defence: what looks like a secret does not get into the log, whoever wrote the line. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

MARK = "(secret)"
SHORTEST = 6  # a shorter "secret" would black out ordinary words
# session tokens (JWT), Slack's tokens and its addresses that need no token, Authorization, user:password@ in an address
_SHAPES = (
    r"eyJ[\w-]{8,}\.[\w-]+\.[\w-]+",
    r"x(?:ox[a-z]|app)-[\w-]{6,}",
    r"(?<=hooks\.slack\.com/)[\w/-]{8,}",
    r"(?i:(?<=bearer ))[\w.~+/=-]{8,}",
    r"(?<=://)[^\s/@:]*:[^\s/@]+(?=@)",
)


def redactor(secrets: Iterable[str] = ()) -> Callable[[str], str]:
    """A function that replaces these secrets, and what is shaped like one, by "(secret)"."""
    exact = sorted({re.escape(secret) for secret in secrets if len(secret) >= SHORTEST}, key=len, reverse=True)
    pattern = re.compile("|".join([*exact, *_SHAPES]))
    return lambda text: pattern.sub(MARK, text)
