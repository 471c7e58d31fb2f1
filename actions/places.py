"""Which place a turn is about: the one that it names or points at ("there", "same state"), or the one before. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from actions.plain_pay import says_no_more
from actions.turn import Turn
from knowledge.scope import COUNTRY

if TYPE_CHECKING:
    from actions.context import Context

CARRIED_PLACE = frozenset(("pay", "outlook", "comparison"))  # topics of figures, that know places
THERE = re.compile(
    r"(?<!is )(?<!are )(?<!be )(?<!were )\bthere\b(?!['’]| (?:is|are|will|would|was|were|any|a|an|more|many|enough)\b)"
    r"|\b(?:that|this|my|our|(?:the )?same) (?:state|city|area|place|town|region)\b|\bhere\b(?!['’]| (?:is|are)\b)"
    r"|\b(?:locally|around here)\b",
    re.I,
)
_OVER_THERE = re.compile(
    r"(?<!is )(?<!are )(?<!be )(?<!were )(?<!was )\bthere\b"
    r"(?=\W*$|\s+(?:too|also|now|though|tho|instead|then|as well)\b)",
    re.I,
)
AT_HOME = re.compile(
    r"\bwhere (?:i|we)(?:['’]?m| am| are|['’]?re)?(?: (?:live|work|currently|come from))?\b(?: now)?\W*$|\bback home\b"
    r"|\bhere now\b|\bmy (?:current|present|old|home) (?:city|state|area|place|town)\b",
    re.I,
)
_BACK_HOME = re.compile(r"\bback home\b|\bmy (?:old|home) (?:city|state|area|place|town)\b", re.I)
RANKING = frozenset(("states", "cities", "best-places", "worst-places"))  # cues
_WHICH_STATE = re.compile(r"\b(?:which|what|best|worst|top) states?\b", re.I)
WHICH_PLACE = re.compile(
    r"\b(?:which|what|best|worst|top) (?:states?|cit(?:y|ies)|places?|areas?|metros?)\b"
    r"(?!.*\b(?:jobs|openings?|employ\w*|hir\w+|demand|grow\w*|need\w*|licen\w+|certif\w+)\b)",
    re.I,
)
_HOW_MANY = re.compile(r"\bhow many\b", re.I)
_AND = re.compile(r"^\W*(?:ok |okay |so |oh )*and\b", re.I)


def leaves_ranking(context: Context, turn: Turn) -> bool:
    """Whether a place follows the question where pay is best: its figure is asked for ("and hawaii?"). After the best
    cities a state is where to look for them."""
    places, cues = turn.values("place"), set(turn.values("cue"))
    within = "cities" in context.cues and all(place.startswith("US-") for place in places)
    return bool(RANKING & set(context.cues) and places) and not within and not cues & RANKING - {"states"}


def with_place(new: Context, context: Context, turn: Turn, follow_up: bool, topic: str | None, named: bool) -> Context:
    """The new context with the place that the turn is about: named, pointed at, or that of the question before.
    `named`: whether the turn names an occupation."""
    places = turn.values("place")
    of_two = new.second_occupation is not None  # "sorry, I meant all of Ohio", after who earns more in Dayton
    apart = topic == "comparison" and len(places) == 1 and not of_two
    if apart and context.place not in (None, places[0]) and not named:
        return replace(new, place=context.place, second_place=places[0])
    if places:
        return replace(new, place=places[0], second_place=places[1] if len(places) > 1 else None)
    if _WHICH_STATE.search(turn.text):
        return replace(new, place=None)
    apart = not (context.employer_type or context.school or context.topic == "work_setting")  # which "there" may mean
    if (context.second_place or apart) and _OVER_THERE.search(turn.text):  # the one that was named last
        context = replace(context, place=context.last("place") or context.place)
        new = replace(new, place=context.place)
    before = context.last("place", context.place, COUNTRY) if _BACK_HOME.search(turn.text) else None
    home = context.home or before  # or else where it was before
    if home and topic in CARRIED_PLACE and AT_HOME.search(turn.text):
        return replace(new, place=home)
    there = THERE.search(turn.text) or (topic == context.topic and _AND.match(turn.text))
    weighed = any(m.kind == "occupation" and m.implied for m in turn.mentions)  # "would that be a pay cut"
    same = weighed or topic == context.topic or "employment" in turn.values("cue")
    same = same or (topic == "pay" and says_no_more(turn))
    lives_there = topic == "pay" and context.home is not None and context.home == context.place
    # Another occupation's pay: its figure stands beside the country's.
    both = topic == context.topic == "pay" and not _HOW_MANY.search(turn.text)
    asked = same and (both or not named)
    if follow_up or lives_there or there or weighed or asked or topic not in CARRIED_PLACE:
        return new
    return replace(new, place=None)
