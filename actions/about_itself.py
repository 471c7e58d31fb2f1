"""Questions about the assistant's own sources, where nothing has been answered yet that they could be about. Pure.

What is said comes from the editions of the knowledge base: who publishes them, how old they are, which leads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from actions import wording
from actions.payload import Message, uncited
from knowledge.statement import Edition

OFFICIAL = 1  # the authority of official statistics (Source.authority)


def reply(intent: str, editions: Mapping[str, Edition], suggestions: Sequence[str]) -> Message | None:
    """What the sources are (ask_source), how recent (ask_currency) or what happens where they differ
    (ask_disagreement); None for any other intent, and where there are none."""
    if intent not in SAID or not editions:
        return None
    text, payload = uncited("smalltalk", f"{SAID[intent](editions)} What would you like to know?", suggestions)
    return text, {**payload, "topic": "capabilities"}


def _which(editions: Mapping[str, Edition]) -> str:
    sources = [edition.source for edition in editions.values()]
    official = sorted({wording.the(one.publisher) for one in sources if one.authority == OFFICIAL})
    publishers = len({one.publisher for one in sources})
    named = f", {wording.joined(official)} among them" if official else ""
    return f"What I say comes from {publishers} publishers{named}; every answer names its own sources."


def _how_recent(editions: Mapping[str, Edition]) -> str:
    published = [edition.published for edition in editions.values() if edition.published != "unknown"]
    newest = f"The newest of my sources was published in {wording.date(max(published)[:7])}" if published else ""
    collected = f"the last were collected in {wording.date(max(one.retrieved for one in editions.values())[:7])}"
    both = f"{newest}; {collected}" if newest else f"My sources have no dates; {collected}"
    return f"{both}. Ask about an answer, and I say how old its figures are."


def _where_they_differ(_: Mapping[str, Edition]) -> str:
    return (
        "Where my sources differ, an answer usually leads with official statistics, then official handbooks, then "
        "schools and career websites, and says what the others say."
    )


SAID: Mapping[str, Callable[[Mapping[str, Edition]], str]] = {
    "ask_source": _which,
    "ask_currency": _how_recent,
    "ask_disagreement": _where_they_differ,
}
