"""Whether a reply is what an entry expects. Pure.

An entry may have: `type`, `topic`, `occupation` (one or several that are right), `must_say` or `says` (one of the
texts occurs in the reply), `says_not` or `not_says`, `statements` (the answer cites one of them), `parts` (each has
`topic` and `must_say`; one that no source answers has none).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests import checks
from tests.evaluation.sets import several

Payload = Mapping[str, Any]


def body(text: str) -> str:
    """The reply without its list of sources, in lower case."""
    return "\n".join(checks.body(text)).lower()


def says(text: str, wanted: Sequence[Any]) -> bool:
    """Whether one of the texts occurs in the reply."""
    said = body(text)
    return not wanted or any(str(one).lower() in said for one in wanted)


def cites(payload: Payload, statements: Sequence[str]) -> bool:
    """Whether the answer cites one of the statements."""
    return bool({c["statement"] for c in payload["citations"]} & set(statements))


def faults(entry: Mapping[str, Any], text: str, payload: Payload) -> list[str]:
    """What is wrong with a reply, in words; empty if nothing is."""
    found = []
    answers = entry.get("must_say") or entry.get("topic") or entry.get("parts")
    types = several(entry.get("type")) or (("answer",) if answers else ())
    if "no_answer" in types:
        if payload["type"] == "answer":
            found.append("answered")
    elif types and payload["type"] not in types:
        found.append(f"type {payload['type']}")
    if payload["type"] == "answer":
        for key in ("topic", "occupation"):
            wanted = several(entry.get(key))
            if wanted and "answer" in types and payload.get(key) not in wanted:
                found.append(f"{key} {payload.get(key)}")
        if not payload["citations"]:
            found.append("no citation")
    if not found or payload["type"] == "answer" or not answers:
        found += _unsaid(entry, text)
    return found


def _unsaid(entry: Mapping[str, Any], text: str) -> list[str]:
    found = []
    if not says(text, entry.get("must_say") or entry.get("says") or ()):
        found.append("does not say it")
    parts = enumerate(entry.get("parts") or (), 1)
    found += [f"part {n} is missing" for n, part in parts if not says(text, part.get("must_say", ()))]
    found += [f"says {one!r}" for one in entry.get("says_not") or entry.get("not_says") or () if says(text, [one])]
    return found


def correct(entry: Mapping[str, Any], text: str, payload: Payload) -> bool:
    """Whether the reply is a cited answer for the right occupation that says what was asked, under whatever topic."""
    return not [fault for fault in faults(entry, text, payload) if not fault.startswith("topic ")]
