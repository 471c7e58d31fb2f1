"""The publisher whose word a question asks for: "according to the BLS, …", "what does GetEducated say coders make".

Pure; no Rasa. The words that name it are blanked, so that the message is read by its question; every other character
keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from components.blanking import blanked

_SAYS = r"(?:say|claim|report|state|quote|estimate|mention|think|write|put|list|show|project|predict)"
_SAID = r"(?:says|said|claims|reports|states|puts|lists|shows|projects|predicts)"
_PAGES = r"(?:web ?site|site|pages?|articles?|figures?|numbers?|data|stats|statistics|handbook|survey)"
_FIGURE = r"(?:figures?|numbers?|salar\w+|pay|estimates?|median|average|mean|wages?|data|projections?|forecast|outlook)"
_NUMBERS = r"(?:figures?|numbers?|salar(?:y|ies)|estimates?|median|average|mean|wages?|data|projections?|forecast)"
_GIVES = r"(?:give|have|cite|use|publish|post|print|name|offer|go with)"  # a figure, or of a school something else
_OF_PAY = re.compile(rf"\b(?:{_NUMBERS}|pay|earnings|earn|make)\b", re.I)
_OF_STUDY = re.compile(r"\b(?:tuition|costs?|fees?|classes|courses?|programs?|degrees?|number of|how many)\b", re.I)
LEAST = 2  # words of a question beside the name: "does the BLS say that?" asks for the source of the last answer


@dataclass(frozen=True)
class Attributed:
    """A message without the words that name a publisher, as long as before; `publisher` as the knowledge names it."""

    text: str
    publisher: str
    start: int  # where the words stood
    end: int


class Attribution:
    """Finds the publishers of the knowledge base. `names`: what they are called, in lower case -> the publisher."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._publishers = {_bare(name): publisher for name, publisher in names.items()}
        called = "|".join(sorted(map(_loosely, names), key=len, reverse=True)) or r"(?!)"
        whose = rf"(?:the )?(?P<name>{called})(?!\w)"
        patterns = (
            rf"[,;]?\s*\b(?:according to|based on|going by|per)\s+{whose}(?:['’]s?)?(?:\s+{_PAGES}\b)?\s*,?",
            rf"\b(?:do|does|did|would|will)\s+{whose}\s+{_SAYS}\b(?:\s+that\b)?",
            rf"\b{whose}\s+{_SAID}\b(?:\s+that\b)?",
            rf"\b{whose}['’]s?\s+(?=(?:\w+\s+){{0,2}}{_FIGURE}\b)",
            rf"\b(?:from|in|on|at)\s+{whose}(?:['’]s?)?\s+{_PAGES}\b",
            rf"\b{whose}\s+(?=(?:\w+\s+)?{_NUMBERS}\b)",
        )
        self._patterns = [re.compile(pattern, re.I) for pattern in patterns]
        self._gives = re.compile(rf"\b(?:do|does|did|would|will)\s+{whose}\s+{_GIVES}\b", re.I)

    def find(self, text: str) -> Attributed | None:
        """None if no publisher's word is asked for, or nothing else is."""
        of_pay = bool(_OF_PAY.search(text)) and not _OF_STUDY.search(text)
        for pattern in (*self._patterns, *([self._gives] if of_pay else [])):
            match = pattern.search(text)
            if match is None:
                continue
            left = blanked(text, *match.span())
            if len(re.findall(r"\w+", left)) > LEAST:
                return Attributed(left, self._publishers[_bare(match.group("name"))], match.start(), match.end())
        return None


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _loosely(name: str) -> str:
    """ "career igniter" -> also "careerigniter"; "study.com" -> also "study com"."""
    return r"[\s.*]*".join(re.escape(word) for word in re.findall(r"[a-z0-9]+", name.lower()))
