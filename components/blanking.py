"""A stretch of a message that is not to be read, blanked: every other character keeps its place. Pure; no Rasa."""

from __future__ import annotations

Name = tuple[str, int, int]  # kind, start, end of a name in a message


def blanked(text: str, start: int, end: int) -> str:
    """A text of the same length with spaces from `start` to before `end`."""
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"
