"""Who leads a place of care, by what they lead instead of a title: "the boss of a hospital", "whoever runs a nursing
home". Pure.

The kind of employer that such words name is what somebody manages, not where another occupation is paid.
"""

from __future__ import annotations

import re
from dataclasses import replace

from actions.turn import Mention, Turn

MANAGER = "health-services-manager"
# The employers of the statistics that managers of health services lead; not a pharmacy, a school or an insurer.
_OF_CARE = frozenset(
    "hospitals general-hospitals specialty-hospitals psychiatric-hospitals private-hospitals outpatient-centers"
    " physician-offices nursing-care skilled-nursing assisted-living home-health mental-health-centers".split()
)
_LED = re.compile(
    r"(?:(?<!my )(?<!our )(?<!your )(?<!his )(?<!her )(?<!their )"
    r"\b(?:boss(?:es)?|heads?|chiefs?|ceos?|presidents?|directors?|administrators?|managers?|leaders?) (?:of|at|over)"
    r"|\bin charge of|\b(?:runs?|running|manag(?:e|es|ing)|head(?:s|ing) up|overse(?:e|es|eing)))"
    r"(?:\s+(?:an?|the|any|one|whole|entire|big|large|small|local))*\s+$",
    re.I,
)


_VERB = re.compile(r"\b(?:run|manag(?:e|es|ing)\b|head(?:s|ing) up|overse|in charge)", re.I)
_OF_OTHERS = re.compile(r"\b(?:they|he|she|these|those)\b", re.I)
# what may follow the place itself: "the boss of a hospital makes how much", not "manage hospital records"
_THE_PLACE = re.compile(
    r"\W*(?:$|[.?!,;:]|(?:in|at|of|for|or|and|is|are|do|does|make[sn]?|earns?|gets?|paid|who|that|needs?|have|has|to|on"
    r"|with|without|would|should|like|pay|one|here|there|instead|someday|one day)\b)",
    re.I,
)
# "I'd like to become the director of a clinic. How much school is that?", but not "my aunt runs one"
_WISHED = re.compile(r"\b(?:be|being|become|becoming|to|into|as|for)(?:\s+(?:an?|the))?\s*$", re.I)


def at_the_head(turn: Turn) -> Turn:
    """The turn with "the boss of a hospital" as the managers that such people are; itself if it names an occupation, or
    nobody who leads."""
    if turn.values("occupation"):
        return turn
    for one in turn.mentions:
        if led := _led(turn.text, one):
            manager = Mention("occupation", MANAGER, start=led.start(), end=one.end)
            return replace(turn, mentions=(*(m for m in turn.mentions if m is not one), manager))
    told = ((one, _led(turn.whole, one)) for one in turn.told)
    if any(led and _WISHED.search(turn.whole[: led.start()]) for _, led in told):
        return replace(turn, mentions=(*turn.mentions, Mention("occupation", MANAGER, implied=True)))
    return turn


def _led(text: str, one: Mention) -> re.Match[str] | None:
    """The words before an employer that name whoever leads it; None if there are none, or it is no place of care."""
    if one.kind != "employer_type" or one.value not in _OF_CARE or not _THE_PLACE.match(text, one.end):
        return None
    found = _LED.search(text[: one.start])
    if found and _VERB.search(found.group()) and _OF_OTHERS.search(text[: found.start()]):  # "do they run hospitals"
        return None
    return found
