"""What a message says by the way: "(last month it was vet)", "… like cashiers do". Pure; no Rasa.

Such a stretch is blanked, as a frame is (framing.py), so that no name in it becomes what the message is about.
Somebody's own job stays where it is told: "would that be a pay cut" asks of it later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from components.blanking import Name, blanked

_BRACKETS = re.compile(r"\s*\((?P<inside>[^()]{3,})\)|\s*\[(?P<square>[^\[\]]{3,})\]")
# what is in brackets tells, and does not say which one is meant: "(coder)", "(in Ohio)"
_TELLS = re.compile(
    r"\b(?:was|were|had|did|used to|wanted|said|says|told|thought|last (?:week|month|year|time)|before that|he|she|they"
    r"|we|my|our|me|i|i['’]?(?:m|ve|d)|l+o+l+|haha\w*)\b",
    re.I,
)
_OWN = re.compile(r"\b(?:i|we)(?:['’]?(?:m|ve|re))?\b(?! (?:thought|wanted|heard|read|guess|think|mean))", re.I)
_ASKS = re.compile(
    r"\?|^\W*(?:and |or |so |but )*(?:what|how|which|who|where|when|why|is|are|do|does|can|could|would|will)\b", re.I
)
# "do they get a discount like cashiers do", "the way teachers have": others, to whom what is asked about is likened
_LIKENED = re.compile(
    r",?\s+(?:just )?(?:like|the way|the same way|same as)\s+(?:(?:the|an?|most|all|other|some|regular|those)\s+)*"
    r"(?:[\w'’-]+\s+){0,2}?$",
    re.I,
)
_AS_THEY_DO = re.compile(
    r"^\s+(?:(?:in|at) \w+ )?(?:do|does|did|are|is|were|was|have|has|had|can|could|will|would|get|gets|got)"
    r"(?=\W*$|[,.;!?])",
    re.I,
)
_WEIGHED = re.compile(
    r"\b(?:as (?:much|many|long|well|hard|good|high|low|little|few)|pa(?:y|id|ys)|earn\w*|mak(?:e|es))\b", re.I
)
_COMPARES = re.compile(r"\b(?:than|more|less|both|same|each|either|better|versus|vs|compar\w+|differ\w+)\b", re.I)
_SAYS = 2  # the least words that a message must have left


def without_by_the_way(text: str, names: Sequence[Name] = ()) -> str | None:
    """The message with what it says by the way blanked, as long as before; None if nothing is."""
    left = text
    jobs = [start for kind, start, _ in names if kind == "occupation"]
    for match in _BRACKETS.finditer(text):
        inside = match.group("inside") or match.group("square")
        within = [match.start() <= start < match.end() for start in jobs]
        rest = f"{text[: match.start()]} {text[match.end() :]}"
        named = any(within) and not all(within) and not _COMPARES.search(rest)  # the question names its own
        if named and _TELLS.search(inside) and not _OWN.search(inside) and not _ASKS.search(inside):
            left = blanked(left, match.start(), match.end())
    for kind, start, end in names:
        before, after = _LIKENED.search(text[:start]), _AS_THEY_DO.match(text[end:])
        if kind == "occupation" and before and after and not _WEIGHED.search(text[: before.end()]):
            left = blanked(left, before.start(), end + after.end())
    return left if left != text and len(re.findall(r"\w+", left)) >= _SAYS else None
