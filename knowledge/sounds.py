"""How a word roughly sounds: "pharmacy" and "farmasy" are the same. Pure."""

from __future__ import annotations

import re

_HEARD = (
    (r"ph", "f"),
    (r"ch(?=[nrl])", "k"),
    (r"c(?=[eiy])", "s"),
    (r"ck|c|q", "k"),
    (r"^kn", "n"),
    (r"(.)\1", r"\1"),
)


def sound(word: str) -> str:
    """A word roughly as it is heard."""
    for pattern, heard in _HEARD:
        word = re.sub(pattern, heard, word)
    return word
