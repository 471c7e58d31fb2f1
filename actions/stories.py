"""Which of the names in a message it asks about: not the job that someone has, nor the place they leave. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from actions.turn import Mention, Turn

_KIN = (
    r"mom|mother|dad|father|sister|brother|cousin|wife|husband|friend|aunt|uncle|neighbou?r|daughter|son|boss|roommate|"
    r"grandma|grandmother|partner|fianc[ée]e?|in law"
)
_HAS = re.compile(
    rf"(?:\bi(?:['’]?m| am| was|['’]?ve been| have been| had been| work(?:ed)? as| used to be| do)|\bbeen"
    r"|\bi have|\bi(?:['’]ve)? got"
    rf"|\bcurrently|\bwork(?:ing|ed)? as|\bmy (?:\w+ )?(?:{_KIN})(?:['’]s| is| was| works as)?"
    r"|\bafter \w+ years as|\b(?:former|ex)-?)"
    r"\s*(?:an?\b|the\b)?\s*(?:[\w-]+\s+){0,2}$",
    re.I,
)
_AGAINST = re.compile(
    r"(?:\bnot|\binstead of|\bother than|\bbesides|\brather than|\bhate|\bquit(?:ting)?|\bleav(?:e|ing)|\btired of"
    r"|\bdone with|\bburned out (?:on|as|of))\s+(?:being\s+)?(?:an?\s+|the\s+)?(?:\w+\s+)?$",
    re.I,
)
_DISMISSED = re.compile(
    r"^\s*(?:is|are|was)?\s*(?:off the table|not for (?:me|her|him|us)|isn['’]?t for|out of the question)", re.I
)
_LEFT = re.compile(r"\b(?:from|leaving|left|out of|live in|living in)\s+(?:\w+\s+)?$", re.I)
STORY = 12  # words from which a message tells more than it asks


def asked_about(turn: Turn, known: Callable[[str], bool], within: Callable[[str, str], bool]) -> Turn:
    """The turn without the names that it only tells of.

    `known`: whether an occupation is known in depth; `within`: whether the first place lies in the second.
    """
    if dict(turn.ranking).get("ask_comparison", 0.0) >= 0.5:
        return turn
    dropped = {*_occupations(turn, known), *_places(turn, within)}
    if not dropped:
        return turn
    return replace(turn, mentions=tuple(mention for mention in turn.mentions if mention not in dropped))


def _occupations(turn: Turn, known: Callable[[str], bool]) -> list[Mention]:
    named = [mention for mention in turn.mentions if mention.kind == "occupation"]
    long = len(turn.text.split()) >= STORY
    beside = long and any(known(mention.value) for mention in named)
    told = [m for m in named if _told(turn.text, m) or (beside and not known(m.value))]
    if len(told) < len(named):
        return told
    return [mention for mention in told if long and not known(mention.value)]


def _told(text: str, mention: Mention) -> bool:
    before, after = text[: mention.start], text[mention.end :]
    return bool(_HAS.search(before) or _AGAINST.search(before) or _DISMISSED.match(after))


def _places(turn: Turn, within: Callable[[str, str], bool]) -> list[Mention]:
    named = [mention for mention in turn.mentions if mention.kind == "place"]
    if len(named) != 2:
        return []
    for one, other in (named, named[::-1]):
        if any(within(id, other.value) for id in (one.candidates or (one.value,))):
            return [other]  # "Rochester, the New York one"
    left = [mention for mention in named if _LEFT.search(turn.text[: mention.start])]
    return left if len(left) == 1 else []
