"""Names of occupations that mean something else in some messages: a "vet" who left the army, the "principal" diagnosis,
the "data entry" that a coder does, the "tutor" that somebody needs. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ENTRY = re.compile(
    r"\b(?:is|it's|its|do|did|done|doing|just|mostly|only|basically|mainly|any|some|all|lots? of|of|electronic"
    r"|glorified|pure|patients?|records?)\s+$",
    re.I,
)
_WANTED = re.compile(
    r"\b(?:get|need|needs|hire|hiring|find|see|seeing|call|ask|talk(?:ing)? to|tell|told|my|our)\s+(?:an?\s+|my\s+"
    r"|the\s+)?$",
    re.I,
)
# What stands before a name that is then no occupation of its own: "a coding auditor" is no accountant.
_AFTER_WORDS: Mapping[str, re.Pattern[str]] = {
    "auditor": re.compile(r"\b(?:coding|medical|charts?|records?|billing|claims?|compliance|him|clinical)\s+$", re.I),
    "abstractor": re.compile(
        r"(?:/|\b(?:data|cancer|tumor|charts?|clinical|quality|medical|records?|coders?(?: or| and)?))\s*$", re.I
    ),
    "editor": re.compile(r"\b(?:transcription|transcript|medical|speech|recognition|documents?)\s+$", re.I),
    "server": re.compile(r"\b(?:ehr|file|web|data|cloud|computer|network|sql|hospital)\s+$", re.I),
    "model": re.compile(r"\b(?:business|care|payment|pricing|language|data|role|new|old|billing|staffing)\s+$", re.I),
    "buyer": re.compile(r"\b(?:home|house|first[- ]time)\s+$", re.I),
    "manager": re.compile(r"\bhiring\s+$", re.I),
    "tech": re.compile(r"\b(?:vo|voc|vocational|high|big|low|bio|ed|info)[\s-]*$", re.I),  # "a vo tech"
    "data entry": _ENTRY,
    "claim processing": _ENTRY,
    **dict.fromkeys(("tutor", "therapist", "lawyer", "life coach"), _WANTED),
    **dict.fromkeys(("career counselor", "guidance counselor", "school counselor"), _WANTED),
}
# What somebody gets for what they are: "the caregiver money I get".
_BENEFIT = re.compile(
    r"\s+(?:money|benefits?|checks?|payments?|stipends?|allowances?|support|leave|discounts?|credits?|subsid\w+|waivers?"
    r"|pay (?:i|we) (?:get|have|receive))\b",
    re.I,
)
# The same for what follows it: "the principal diagnosis", "an accounting class", "a pilot program".
_BEFORE_WORDS: Mapping[str, re.Pattern[str]] = {
    "principal": re.compile(
        r"\s+(?:diagnos\w+|procedures?|dut\w+|tasks?|differences?|reasons?|responsib\w+|sources?|employers?)\b", re.I
    ),
    "accounting": re.compile(
        r"\s+(?:class\w*|courses?|degrees?|skills?|software|background|experience|department|major)\b", re.I
    ),
    "caregiver": _BENEFIT,
    "pilot": re.compile(r"\s+(?:programs?|projects?|stud\w+|tests?|phases?)\b", re.I),
}
# The same for a word anywhere in the message.
_WITH_WORDS: Mapping[str, re.Pattern[str]] = {
    "vet": re.compile(
        r"\b(?:army|navy|air force|marines?|military|combat|disabled|g\.?i\.? bill|the va|veterans?|deploy\w*|infantry"
        r"|coast guard|served|vet benefits)\b",
        re.I,
    ),
}
# "im unemployed rn": right now, after what somebody is or does
_I_AM = re.compile(
    r"\b(?:i['’]?m|i am|we['’]?re|i (?:work|live|make))\s+(?!(?:[\w'’]+\s+){0,3}(?:an?|the|as)\s)"
    r"(?:(?!(?:should|can|could|do|want|wanna|how|what|is|would|gonna)\s)[\w'’]+\s+){0,4}?"
    r"(?!(?:about|at|in|into|to|for|of|on|be|become|vs|or|and|than|between|versus|new|former|ex|not|my|registered|do|go|want"
    r"|wanna|get|currently|both|licensed|already|almost|still|your|our|his|her|then)\s)"
    r"(?:working|(?!\w+ing\b)[\w'’]+)\s+$",
    re.I,
)
_AS_ME = re.compile(r"\b(?:same|like|as|that['’]?s|is|it['’]?s|just) (?:as )?(?:me|us)\s+$", re.I)  # "same as me rn"
_CLAUSE_ENDS = re.compile(r"\W*$|\s*[,.;!?]|\s+(?:and|but|so|can|could|what|how|is|do|would|should)\b", re.I)


def _is_now(text: str, start: int, end: int) -> bool:
    """Whether "rn" at its place in a message is short for "right now"."""
    shouted = text[start:end] != "rn"
    before = text[:start]
    return not shouted and bool((_I_AM.search(before) or _AS_ME.search(before)) and _CLAUSE_ENDS.match(text[end:]))


def other_sense(name: str, text: str, start: int, end: int) -> bool:
    """Whether a name of an occupation (singular, in lower case), at its place in a message, means something else."""
    if name == "rn" and _is_now(text, start, end):
        return True
    before, after, beside = _AFTER_WORDS.get(name), _BEFORE_WORDS.get(name), _WITH_WORDS.get(name)
    return bool(
        (before and before.search(text[:start]))
        or (after and after.match(text[end:]))
        or (beside and beside.search(text))
    )
