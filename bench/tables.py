"""Tables in Markdown."""
from __future__ import annotations

from collections.abc import Iterable, Sequence

Row = Sequence[str]


def table(rows: Iterable[Row]) -> str:
    """The first row is the head."""
    head, *body = rows
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *body))
