"""Numbers and addresses that identify a person, taken out of a message before anything reads, stores or logs it. Pure.

What is looked for: e-mail addresses, telephone numbers, Social Security and payment card numbers, numbers of medical
records, patients, members, students and the like, dates of birth. What careers are made of stays: pay, years, ranges,
ZIP codes, occupation codes (29-2072). Names are not looked for: they cannot be told from titles with certainty.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

NUMBER, EMAIL, DATE = "[number removed]", "[e-mail removed]", "[date removed]"
_DASH = "[-\u2010-\u2015\u2212. ]"  # hyphens, dashes, dots, spaces
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_IS = r"\W{0,5}(?:(?:number|numbers|no|nr|num|id|code|is|was|are|on|of|and|my|it|it's|its|the)\b\W{0,5}){0,5}"

_EMAIL = re.compile(r"[\w.%+\-']{1,64}@[\w\-]{1,63}(?:\.[\w\-]{2,63})+")
_SSN = re.compile(rf"(?<![\d$.,\-])\d{{3}}({_DASH})\d{{2}}\1\d{{4}}(?![\d\-])")
_SSN_PLAIN = re.compile(r"(?<![\d$.,\-])\d{9}(?![\d,])")
_SSN_WORD = re.compile(r"\b(?:ssn|social security|social sec|soc(?:ial)? ?(?:number|num|no|#)|tax ?id|itin)\b", re.I)
_CARD = re.compile(r"(?<![\d$.,\-])\d(?:[ \-]?\d){12,18}(?![\d])")
_PHONE = re.compile(
    rf"(?<![\w$.,\-+])(?:\+?1{_DASH}?)?(?:\([2-9]\d\d\)\s?|[2-9]\d\d{_DASH}?)[2-9]\d\d{_DASH}?\d{{4}}(?:\s?(?:x|ext\.?)\s?\d{{1,5}})?(?![\w\-])"
)
_PHONE_ABROAD = re.compile(r"(?<![\w$+])(?:\+|00)[1-9]\d{0,2}(?:[ .\-()/]{0,2}\d){7,12}(?![\w])")
_PHONE_SHORT = re.compile(
    r"\b(?:call|phone|text|telephone|tel|cell|mobile|fax)\b[^.?!\d]{0,25}?(?<![\d$])([2-9]\d\d[- .]\d{4})(?![\d\-])",
    re.I,
)
_RECORD = re.compile(
    r"\b(?:mrn|npi|medical records? ?(?:number|no|num|nr|#|id)|(?:patient|chart|member|policy|subscriber|insurance"
    r"|account|case|claim|student|employee|medicare|medicaid|passport)(?:'?s)? ?(?:number|no\.|num|nr|#|id)"
    r"|driver'?s? licen[cs]e|passport)(?!\w)" + _IS + r"(?=[A-Z\d\-]*\d)([A-Z]{0,4}-?\d[A-Z\d\-]{3,19})(?![\w])",
    re.I,
)
_BORN = re.compile(
    r"\b(?:d\.?o\.?b\.?|date of birth|birth ?dates?|birth ?days?|born)\b\.?" + _IS + r"("
    r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{2,4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+\d{{2,4}}"
    r"|\d{8}|\d{6})(?!\d)",
    re.I,
)
_YEARS = re.compile(r"(?:(?:19|20)\d\d[ \-]?)+")


@dataclass(frozen=True)
class Masked:
    """A text, and whether something was taken out of it."""

    text: str
    changed: bool


def mask(text: str, *, contact: bool = False) -> Masked:
    """`text` with what identifies a person replaced by a mark. A masked text stays as it is when masked again.

    `contact`: the text is meant to say how its writer can be reached; e-mail addresses and telephone numbers stay.
    """
    masked = text if contact else _EMAIL.sub(EMAIL, text)
    masked = _part(_BORN, masked, DATE)
    masked = _part(_RECORD, masked, NUMBER)
    masked = _if(_CARD, masked, _is_card)
    masked = _SSN.sub(NUMBER, masked)
    if _SSN_WORD.search(masked):
        masked = _SSN_PLAIN.sub(NUMBER, masked)
    if not contact:
        masked = _PHONE_ABROAD.sub(NUMBER, masked)
        masked = _PHONE.sub(NUMBER, masked)
        masked = _part(_PHONE_SHORT, masked, NUMBER)
    return Masked(masked, masked != text)


def _part(pattern: re.Pattern[str], text: str, mark: str) -> str:
    """Replaces the first group only: the words around it stay."""
    return pattern.sub(
        lambda m: m.group(0)[: m.start(1) - m.start(0)] + mark + m.group(0)[m.end(1) - m.start(0) :], text
    )


def _if(pattern: re.Pattern[str], text: str, test: Callable[[str], bool]) -> str:
    return pattern.sub(lambda m: NUMBER if test(m.group(0)) else m.group(0), text)


def _is_card(text: str) -> bool:
    """Whether digits are a payment card's: a known first digits, a right check digit (Luhn), no row of years."""
    digits = "".join(str(int(c)) for c in text if c.isdigit())
    if not re.match(r"4|5[1-5]|2(?:2[2-9]|[3-6]\d|7[01]|720)|3[0-9]|6[0245]", digits) or _YEARS.fullmatch(text):
        return False
    doubled = (int(c) * (1 + position % 2) for position, c in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0
