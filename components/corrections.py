"""What a correction takes back: "no, not the pay, the schooling", "LPN not RN". Pure; no Rasa.

The stretch that is taken back is blanked, so that the message is read, and understood, by what is left of it; every
other character keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from components.blanking import Name, blanked

LONG = 12  # words from which "not" belongs to a sentence of its own more often than to a correction
_LEAD = re.compile(
    r"^\W*(?:(?:no+|nope|nah|oh|oops|sorry|wait|hold on|hang on|actually|my bad|my mistake|well|ok|okay|hm+|um+|uh+"
    r"|but|and|i (?:said|mean|meant))\b\W*)*",
    re.I,
)
_SMALL = r"(?:(?:the|an?|for|in|at|of|about|their|its|your|my|that)\s+)*"
_NOT = re.compile(
    rf"\b(?:not|i (?:don['’]?t|do not|didn['’]?t|did not) mean|i (?:was ?n['’]?t|was not|am not|['’]?m not)"
    rf" (?:asking|talking) (?:for|about)|forget(?: about)?|never ?mind)\s+{_SMALL}",
    re.I,
)
_SAYS_IT_IS = re.compile(r"\b(?:that|if|because|cuz|since|though) (?:it|this|mine|he|she)(?:['’]?s| is| was)\s+$", re.I)
_INSTEAD = re.compile(rf"\b(?:instead of|rather than|as opposed to)\s+{_SMALL}", re.I)
_THING = (
    r"(?:(?:job|work|starting|average|career|exam|degree)\s+)?(?:pay|salary|salaries|wages?|money|earnings|income|school(?:ing|s)?"
    r"|education|degrees?|training|classes|courses?|programs?|certifications?|certificates?|certs?|credentials?|licen[cs]es?"
    r"|exams?|tests?|outlook|growth|demand|future|openings|duties|tasks|responsibilities|hours|schedules?|shifts?|skills?"
    r"|benefits|perks|costs?|price|tuition|fees?|requirements?|experience|internships?|promotions?|sources?|names?)"
)
_ASKING = r"(?:what|how|where|when|who|which|why)\b[^,;.!?–—]{0,40}?"
_WHAT = rf"(?:{_ASKING}|{_THING})"
_BREAK = r"\s*(?:[,;.!–—]|-+\s|\bbut\b(?: rather)?)"
_BEFORE = re.compile(  # "not the pay, the schooling"; "not what they do, how you get there"
    rf"{_NOT.pattern}(?:{_WHAT}{_BREAK}|{_THING}\s+(?=i (?:mean|meant|want|wanted|said|asked)\b))\s*(?=\w)",
    re.I,
)
_AFTER = re.compile(  # "the schooling not the pay"; "what they do, not how much"
    rf"(?:[,;]\s*(?:and\s+)?not\s+{_SMALL}|\s(?:and\s+)?not\s+(?:the|their|about|for|its)\s+){_WHAT}\W*$", re.I
)


def meant(text: str, names: Sequence[Name] = ()) -> str | None:
    """The message with what it takes back blanked, as long as before; None if it takes nothing back, or all."""
    stretch = _name(text, names) or (_thing(text) if len(text.split()) <= LONG else None)
    if stretch is None:
        return None
    start, end = stretch
    lead = _LEAD.match(text)
    if lead and lead.end() >= start:
        start = 0
    left = blanked(text, start, end)
    return left if re.search(r"\w", left) else None


def _name(text: str, names: Sequence[Name]) -> tuple[int, int] | None:
    """A name after "not", where another name of its kind is left; after "instead of" for employers only, because
    "coder instead of nurse?" compares the two."""
    for pattern, kinds in ((_NOT, None), (_INSTEAD, ("employer_type",))):
        for match in pattern.finditer(text):
            if _SAYS_IT_IS.search(text[: match.start()]):
                continue  # "do hospitals care that it's not a bachelor's": told, and not taken back
            for kind, start, end in names:
                others = any(k == kind and text[s:e].lower() != text[start:end].lower() for k, s, e in names)
                if start == match.end() and others and (kinds is None or kind in kinds) and kind != "cue":
                    return match.start(), end
    return None


def _thing(text: str) -> tuple[int, int] | None:
    """What is asked about and taken back; a "not" before the question counts only at the start of the message."""
    lead = _LEAD.match(text)
    match = _BEFORE.match(text, lead.end() if lead else 0)
    if match is None:
        match = _AFTER.search(text)
        if match is None or not re.search(r"\w", text[: match.start()]):
            return None
    return match.start(), match.end()
