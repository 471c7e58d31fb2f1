"""Sums of money and hours of work that a message names: "is 40k low", "forty thousand", "25 hours a week". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_SMALL = {word: n for n, word in enumerate(f"{_ONES} eighteen nineteen".split(), 1)}
_TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_TENS["fourty"] = 40
_ANY_SMALL = "|".join(sorted(_SMALL, key=len, reverse=True))  # "sixteen" before "six"
_WORD = rf"(?:{'|'.join(_TENS)}|{_ANY_SMALL}|hundred)"
_WORDS = (  # of more words it is not certain what they come to: "nineteen fifty", "one twenty k"
    rf"(?:(?:(?:{'|'.join(_TENS)})(?:[ -](?:one|two|three|four|five|six|seven|eight|nine)\b)?"
    rf"|{_ANY_SMALL})(?: hundred\b)?|(?:an? )?hundred)"
    rf"(?![ -](?:and )?{_WORD}\b)"
)
_NUMBER_BEFORE = re.compile(rf"\b{_WORD}[ -](?:and )?$", re.I)
AMOUNT = re.compile(
    rf"(?:\$\s?)?(?:(?<![\w.,])(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)|\b(?P<words>{_WORDS})\b)\s?"
    r"(?P<thousand>k\b|grand\b|thousand\b|figures?\b)?"
    r"\s*(?P<money>bucks|dollars|usd)?\s*"
    r"(?P<per>(?:(?:an?|per|/|a|each|every)\s?(?:hours?|hr|h|years?|yr|annum)"
    r"|(?:hr|hour|year|yr)(?!s|[ -](?:shift|day|week))|annually|yearly|hourly)\b)?",
    re.I,
)
HOURS = re.compile(
    rf"\b(?:(?P<number>\d{{1,2}})|(?P<words>{_WORDS}))[ -](?:hours?|hrs?)(?: of work)? ?(?:/ ?|an? |per |each |every )"
    r"(?:single )?w(?:ee)?k\b",
    re.I,
)
MOSTHOURS = 39  # of part time; the pay of a whole week is what is published


@dataclass(frozen=True)
class Amount:
    """A sum of money that a message names, in USD an hour or a year."""

    number: float
    hourly: bool


def amount(text: str) -> Amount | None:
    """The pay that a message names, to be set beside the figures: "is 40k low", "$26/hr", "forty thousand"; None if it
    names none."""
    for match in AMOUNT.finditer(text):
        if _NUMBER_BEFORE.search(text[: match.start()]):
            continue
        per = (match.group("per") or "").lower()
        thousand = (match.group("thousand") or "").lower()
        number = _number(match)
        if thousand.startswith("figure"):
            number = 100_000 if number == 6 else 0
        elif thousand:
            number *= 1000
        written = match.group("number") or ""
        money = bool("$" in match.group() or match.group("money") or thousand)
        if re.search(r"h(?:ou)?r|\bh\b", per) and 5 <= number <= 300:
            return Amount(number, hourly=True)
        if number >= 10_000 and (money or per or "," in written or number % 500 == 0):
            return Amount(number, hourly=False)
        if money and not per and 7 <= number <= 150:
            return Amount(number, hourly=True)
    return None


def hours_a_week(text: str) -> int | None:
    """How many hours a week somebody means to work part time: "at 25 hours a week"; None if it is not said."""
    match = HOURS.search(text)
    hours = int(_number(match)) if match else 0
    return hours if 0 < hours <= MOSTHOURS else None


def _number(match: re.Match[str]) -> float:
    if match.group("number"):
        return float(match.group("number").replace(",", ""))
    total = 0
    for word in re.findall(r"[a-z]+", match.group("words").lower()):
        total = max(total, 1) * 100 if word == "hundred" else total + _TENS.get(word, _SMALL.get(word, 0))
    return float(total)
