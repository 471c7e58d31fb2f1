"""One answer to a message that asks several things: each part with its headline and its most important points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.draft import MAX_POINTS, Draft, Line, NoSource, unique

PART_POINTS = {1: MAX_POINTS, 2: 2, 3: 1}  # points beside its headline that each of so many parts may show


def merged(parts: Sequence[Draft | NoSource]) -> Draft:
    """The parts as one draft, led by the first that has an answer. Raises ValueError if none has."""
    answered = [part for part in parts if isinstance(part, Draft)]
    if not answered:
        raise ValueError("no part has an answer")
    first = answered[0]
    each = PART_POINTS.get(len(answered), 0)
    room = MAX_POINTS - len(answered) + 1  # of more parts, one for as many as it goes whose headline says but little
    points: list[Line] = []
    sections: list[int] = []
    for part in answered:
        if part is not first:
            sections.append(len(points))
            points.append(part.headline)
        more = each or int(room > 0 and not _sums_up(part))
        room -= more
        points += [point for point in part.points if point.text != first.headline.text][:more]
    notes = [note for part in answered for note in part.notes]
    notes += [Line(f"I have no source that covers {part.what}.") for part in parts if isinstance(part, NoSource)]
    return replace(
        first,
        points=tuple(points),
        sections=tuple(sections),
        others=first.others[:2],
        notes=unique(notes),
        fallbacks=tuple(dict.fromkeys(step for part in answered for step in part.fallbacks)),
        chart=next((part.chart for part in answered if part.chart), None),
        table=next((part.table for part in answered if part.table), None),
        suggestions=answered[-1].suggestions,
        verdict=first.verdict,
    )


def _sums_up(part: Draft) -> bool:
    """Whether a part's headline is the summary of its topic."""
    return any(statement.indicator.endswith(".summary") for statement in part.headline.statements)
