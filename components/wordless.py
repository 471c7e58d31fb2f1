"""Messages without a word: links alone, or pictures alone. Pure."""

from __future__ import annotations

import re
import unicodedata

LINKS, PICTURES = "out_of_scope", "smalltalk"  # what they are taken for
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|io|ly|be)(?:/\S*)?(?!\S)", re.I
)


def wordless(text: str) -> str | None:
    """The intent of a message that is nothing but links, or nothing but pictures ("👍"); None for any with a word."""
    left = _LINK.sub(" ", text)
    if left != text and not any(character.isalnum() for character in left):
        return LINKS
    said = [character for character in left if not character.isspace()]
    pictured = any(unicodedata.category(character) == "So" for character in said)
    return PICTURES if pictured and not any(character.isalnum() for character in said) else None
