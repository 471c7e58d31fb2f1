"""Names that a message says by the way: who told somebody something, the country that somebody comes from, the doctor
whom somebody works for. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.stories import without
from actions.turn import Mention, Turn

# "the recruiter told me coders start at $60k", "a nurse at my clinic swears by it": their pay is not asked for
_SPOKE = re.compile(
    r"^\s*(?:(?:at|from|in|with|of) (?:[\w'’-]+ ){1,4}?|(?:who|that) [^,.;!?]{1,30} )?"
    r"(?:(?:just|there|here|kept|keeps?|also|has|had|once|always|recently|is|was)\s+)*"
    r"(?:told|tells|said|says|saying|telling|swears|swore|claim(?:s|ed)|mention(?:s|ed)|suggest(?:s|ed)|recommend(?:s|ed)"
    r"|push(?:es|ed|ing)|thinks|thought|warn(?:s|ed)|promis(?:es|ed)|insist(?:s|ed)|advis(?:es|ed)|reckons|emailed"
    r"|pitched|texted)\b",
    re.I,
)
# somebody whom one has met is told of, too: "the recruiter at a billing school was awfully pushy"
_MET = re.compile(r"\b(?:the|my|our|this|that|some|her|his|their)\s+(?:\w+\s+)?$", re.I)
_WAS = re.compile(
    r"^(?: (?:at|from|in|with) (?:[\w'’-]+ ){1,4}?| )(?:was|were|seemed|sounded|got|gave|showed|made|called|wanted)\b"
    r"(?! (?:making|earning|paid|hired)\b)",
    re.I,
)
# "I am from Nigeria and will join my husband in Houston"
_ORIGIN = re.compile(
    r"\b(?:i['’]?m|i am|we['’]?re|we are|i|we|he|she|husband|wife|family|parents)\s+(?:is |are |was |were )?"
    r"(?:(?:just|here|back|over|originally|recently|newly|come|came|comes|move|moved|moving|arrived?|emigrated"
    r"|immigrated|immigrant|born|raised|grew up)\s+)*(?:from|in)\s+(?:the\s+)?$",
    re.I,
)
# "at a hospital or at like a family doctor": where someone works, called by whom they work for
_AT = re.compile(r"\b(?P<how>at|for|with)\s+(?:like\s+)?(?:an?|the|my|your|some|our)\s+$", re.I)
_WORKPLACES = {
    **dict.fromkeys(
        (
            *("family-medicine-physicians", "general-internal-medicine-physicians", "pediatricians-general"),
            *("physicians-all-other", "dermatologists", "cardiologists", "surgeons-all-other"),
            *("orthopedic-surgeons-except-pediatric", "ophthalmologists-except-pediatric"),
        ),
        "physician-offices",
    ),
    "dentists-general": "dentist-offices",
    "chiropractors": "chiropractors",
    "optometrists": "optometrists",
}
# "do they always work under a physician": whom somebody works for is not asked about
_UNDER = re.compile(
    r"\b(?:under|alongside|supervised by|overseen by|directed by|(?:report|answer|listen)(?:s|ing)? to|orders from"
    r"|assist(?:s|ing)?)\s+(?:(?:an?|the|their|any|some|other|licensed|real|actual)\s+)*$",
    re.I,
)
_OF_THEM = re.compile(
    r"\b(?:they|he|she)\b|\b(?:do|does|did|would|will|can|could|should|must|am|are) (?:you|u|we|i)\b(?! have any)", re.I
)
_FIGURES = ("ask_pay", "ask_outlook", "ask_comparison")
_ENDS = re.compile(r"[.!]\s+\S")  # a sentence, before the one that asks
_BACK = re.compile(r"\b(?:there|back home|that country)\b", re.I)
_BROUGHT = re.compile(r"\b(?:degrees?|diplomas?|licen[sc]ed?|transcripts?|credits|studied|trained|schooling)\b", re.I)


def without_asides(turn: Turn) -> Turn:
    """The turn without the occupation of somebody who is only quoted, or for whom one works; and without the country
    that somebody comes from, where figures for a place in the United States are asked, or where it is told in a
    sentence of its own and nothing is brought from there."""
    if turn.settled:
        return turn
    quoted = [m for m in turn.mentions if m.kind == "occupation" and m.end and _by_the_way(turn, m)]
    asks = turn.values("place") and turn.intent in _FIGURES
    foreign = [m for m in turn.mentions if m.kind == "foreign" and _ORIGIN.search(turn.whole[: m.start])]
    brought = _BROUGHT.search(turn.whole)
    origin = [m for m in foreign if asks or not (brought or _asked_of(turn.whole, m.end))]
    return without(turn, [*quoted, *origin]) if quoted or origin else turn


def _asked_of(text: str, end: int) -> bool:
    """Whether a country named before `end` is where the question asks about: in its sentence, or as "there"."""
    return not _ENDS.search(text[end:]) or bool(_BACK.search(text[end:]))


def at_a_practice(turn: Turn) -> Turn:
    """The turn with "at a family doctor" as the kind of employer that it is; "for" or "with" one only beside another
    employer, as one may also shop for a doctor."""
    mentions = []
    for mention in turn.mentions:
        way = _AT.search(turn.text[: mention.start]) if mention.kind == "occupation" and mention.end else None
        at = way and (way.group("how").lower() == "at" or turn.values("employer_type"))
        employer = _WORKPLACES.get(mention.value) if at else None
        mentions.append(replace(mention, kind="employer_type", value=employer, candidates=()) if employer else mention)
    return replace(turn, mentions=tuple(mentions))


def _by_the_way(turn: Turn, named: Mention) -> bool:
    """Whether a name is that of somebody who is quoted, or for whom those work who are asked about."""
    others = any(m.kind == "occupation" and m.end <= named.start for m in turn.mentions if m is not named)
    before = turn.whole[: named.start]
    works_for = bool(_UNDER.search(before)) and bool(others or _OF_THEM.search(before))
    return works_for or _quoted(turn.whole, named)


def _quoted(text: str, named: Mention) -> bool:
    """Whether a name is that of somebody who said something, or whom one has met."""
    after = text[named.end :]
    return bool(_SPOKE.match(after) or (_MET.search(text[: named.start]) and _WAS.match(after)))
