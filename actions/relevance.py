"""How well findings fit the words of a question: the specific ones come first. Pure.

Inverse document frequency over the findings of one answer: a word that all of them share (the occupation)
weighs nothing, a word that one of them has weighs most. Source: Spärck Jones 1972, idf = log(N / n).
"""
from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from knowledge.importers.titles import singular
from knowledge.resolve import Finding

_STOP = frozenset("""a about all also am an and any are as at be because been but by can could did do does for from get
 give had has have he her his how i if in into is it its just kind know like long lot make many me more most much my
 need of on one or other our out people really should show so some someone sort tell than that the their them then
 there they thing things think this those to too up us use used very want was way we well were what when where which
 who why will with work worker would year you your job career medical record records technician tech coder biller
 specialist health information pay help take go going good""".split())
STRONG = 0.55


def stems(text: str) -> set[str]:
    """The content words of a text, singular and cut to six letters."""
    words = re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower().replace("’", "'"))
    return {singular(word)[:6] for word in words if word not in _STOP and singular(word) not in _STOP}


def ranked(question: str, findings: Sequence[Finding]) -> list[tuple[float, Finding]]:
    """Each finding with the share (0 to 1) of the question's weight that its words cover, best first.

    Findings that fit equally keep their order.
    """
    asked = stems(question)
    own = [stems(" ".join(f"{s.text or ''} {s.item or ''} {s.indicator.split('.')[1]}" for s in f.support)) for f in findings]
    frequency = Counter(stem for words in own for stem in words)
    weight = {stem: math.log((len(findings) + 1) / (frequency[stem] or 1)) for stem in asked}
    total = sum(weight.values())
    scored = [(sum(weight[s] for s in asked & words) / total if total else 0.0, f) for words, f in zip(own, findings)]
    return sorted(scored, key=lambda pair: -round(pair[0], 6))
