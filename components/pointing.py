"""Which one of several a message picks out by what it is like: "the lower-paid one", "the one with less school". Pure.

What such a phrase says is not asked: "the one that pays less, is it growing" asks about growth. So the message is also
read without it; which one is meant, the conversation tells (actions/picked_out.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NOUN = r"(?:one|option|job|career|kind|role|cert\w*|credential|exam|state|city|place|area)"
_ASKING = r"(?:(?:what|how|where|when|why|who)\b|(?:is|are|do|does|can|could|would|will)\s+(?:it|they|you|i|u)\b)"
_ENDS = (  # where what is said of the one ends
    r"(?=\W*$|\s*[,.;:?!–—]|(?<!\bi)(?<!\byou)(?<!\bthey)(?<!\bthat)(?<!\bwho)(?<!\bwhere)\s+(?:what|whats|how|where|when|why|who|which"
    r"|is|are|do|does|did|can|could|would|will|should|pays?|makes?|needs?|requires?|takes?|earns?|has|have|gets?|grows?)\b)"
)
_CLAUSE = (
    r"(?:that(?:['’]?s)?|which|who(?:['’]?s)?|with|without|where|you|i|at|in|for)\b"
    rf"(?:\s+[\w'’/-]+){{1,7}}?{_ENDS}"
)
_MEASURE = (
    r"(?:low|high|bett|long|short|quick|fast|slow|eas|hard|small|bigg|larg|saf|calm|quiet|few|cheap)(?:ier|er|est|iest)"
    r"|less|least|more|most|best|worst|worse"
)
_LIKE_THIS = r"desk|office|computer|paperwork|hands[- ]on|(?:non[- ]?)?clinical"
_ONE = re.compile(
    rf"\b(?:the|that|whichever)\s+(?:one|job|option|kind|career|cert\w*|exam|state|city)\s+{_CLAUSE}"
    rf"|\b(?:the|whichever)\s+(?:(?:{_MEASURE})(?:[ -](?:[a-z]+ed|paid|[a-z]+ing|school|pay|salary))?|{_LIKE_THIS})"
    rf"\s+{_NOUN}\b(?!\s+(?:growth|outlook|market|security|prospects|satisfaction|openings?|offers?|titles?|pay|training"
    r"|benefits|descriptions?)\b)"
    rf"|\bthe\s+(?:{_MEASURE})(?:[ -](?:paid|paying|growing|schooled))?\s+(?:one\s+)?of\s+(?:those|these|them|the"
    r" (?:two|three|four|bunch|lot))\b"
    r"|\bwhichever(?:\s+(?:one|job))?\s+(?:pays?|makes?|needs?|takes?|has|is|earns?|grows?)\b"
    rf"(?:\s+[\w'’/-]+){{1,5}}?{_ENDS}",
    re.I,
)
# "the pill counting one": in any words but those that count, compare or only link
_NO_LIKENESS = (
    r"(?!(?:first|second|third|fourth|1st|2nd|3rd|4th|next|last|latter|former|latest|other|others|same|only|right|wrong|whole|new"
    r"|newer|newest|old|older|oldest|original|previous|real|actual|usual|normal|regular|main|one|two|three|four|this|that|these"
    r"|those|is|are|was|were|be|do|does|did|has|have|had|can|could|will|would|should|and|or|but|for|to|of|in|on|at|by|from|with"
    r"|without|as|than|a|an|the|my|your|his|her|their|our|which|what|who|how|when|where|why|if|i|you|they|we|it|he|she|not|no"
    rf"|any|every|each|some|all|both|more|less|most|least|{_MEASURE})\b)"
)
_LIKE = re.compile(
    rf"\bthe\s+(?P<like>{_NO_LIKENESS}[a-z][\w'’-]*(?:\s+{_NO_LIKENESS}[a-z][\w'’-]*){{0,2}})\s+one\b(?!\s+(?:day|year|time)\b)",
    re.I,
)
_LINKS = re.compile(r"\W*(?:(?:and|but|so|ok|okay|then|well|what about|how about|for|of)\W+)*$", re.I)
_NAMES = frozenset(("occupation", "credential", "school", "place", "employer_type"))
_NAMES_BESIDE = _NAMES - {"employer_type"} | {"level"}  # "the hospital one" may be a credential
_ASKED_FOR = re.compile(r"\b(?:which|what|who)(?:['’]?s| is| are| was| has| have| would be)\W*$", re.I)


@dataclass(frozen=True)
class PickedOut:
    """The words that pick one out of several, and the message as it asks without them; `like`: what the one is like,
    where these words neither compare nor say a clause of it."""

    phrase: str
    question: str
    like: str | None = None


def picked_out(text: str, names: Sequence[tuple[str, int, int]] = ()) -> PickedOut | None:
    """The one that a message picks out by what it is like; None if there is none, if it is named ("the one in Ohio"),
    or asked for ("which is the one that pays more")."""
    match = _ONE.search(text) or _LIKE.search(text)
    if match is None or _ASKED_FOR.search(text[: match.start()]):
        return None
    like = match.groupdict().get("like")
    own = _NAMES_BESIDE if like else _NAMES
    if any(kind in own and start < match.end() and match.start() < end for kind, start, end in names):
        return None
    before, after = text[: match.start()], text[match.end() :]
    opens = _LINKS.fullmatch(before) is not None
    alone = opens and re.search(r"\w", after) and re.match(rf"\s*[,.;:–—]|\s+{_ASKING}", after, re.I)
    question = re.sub(r"^[\s,.;:–—]+", "", after) if alone else f"{before}that one{after}"
    return PickedOut(match.group(), question, like)
