"""Questions of which less certainty is asked, because what they name is known to the sources. Pure."""

from __future__ import annotations

import re

from actions.amounts import amount
from actions.context import DEGREES
from actions.plain_pay import ASKS_PAY, CODING
from actions.routing import SURE, UNCOVERED
from actions.turn import Turn
from actions.years import SINCE, is_trend

PLAIN = 0.5  # a confidence in a comparison of two names, or in pay
SOMEWHAT = 0.3  # the same where the message names an amount
# What sources say of every occupation: "what schooling do medical assistants and pharmacy technicians need".
ASKED_OF_BOTH = frozenset(("ask_education", "ask_outlook", "ask_certification"))
# whether a sum can be had: "could I expect 60k as a nurse"
_EXPECTED = re.compile(
    r"\b(?:(?:un)?realistic|reasonable|attainable|doable|feasible|within reach|expect(?:ed)?)\b", re.I
)
# what no table of pay has a row for
_BEYOND_FIGURES = re.compile(
    r"\b(?:raises?|bonus\w*|overtime|differentials?|gs[- ]?\d*|steps?|union\w*|after tax\w*"
    r"|(?:per|a|each|every) (?:chart|line|page|record|word|claim|case|call|visit|patient|prescription|script|shift)"
    r"|(?:over|during|in|for|through) (?:the |their |your |school )*"
    r"(?:summers?(?! (?:camps?|jobs?|programs?|work|classes))|(?:\w+ )?breaks?|vacations?|holidays?|snow days?)"
    r"|sign[- ]?on|shifts?|contract|travel|per diem|years? (?:of|as|in)|\d+ years)\b",
    re.I,
)
_PRICES = re.compile(r"\b(?:inflation|prices?|cost of living|purchasing power|adjusted|exam|tuition|fees?)\b", re.I)
_FIGURE = re.compile(r"\b(?:figures?|amounts?|going rate)\b", re.I)
# "just got my RHIT, what would they offer me", "what offer is fair"
_OFFERED = re.compile(
    r"\b(?:what|how much)\b(?: \w+){0,3} offers?\b.{0,30}\b(?:expect|fair|realistic\w*|count on|hope for|get|ask for)\b"
    r"|\b(?:what|how much)\b.{0,20}\b(?:offer|pay|start) (?:me|her|him|us)\b",
    re.I,
)
_HEADCOUNT = re.compile(r"\b(?:employment|growth|grow\w*|openings?|demand|how many|number of)\b", re.I)
_EITHER = re.compile(r"\b(?:or|vs\.?|versus|than|compared|(?:pay|salary|wage) ?(?:cut|raise|bump))\b", re.I)
_APART = re.compile(rf"{_EITHER.pattern}|\b(?:separat\w+|apart|distinguish\w*|differ\w*|same|between|each)\b", re.I)
# "would that touch my food stamps", "do I lose the money the county gives me"
_AID = re.compile(
    r"\b(?:mess(?:es)? with|affects?|lose|losing|cuts? (?:off)?|hurts?|counts? against|(?<!in )touch|jeopardi[sz]e"
    r"|keep(?! up| in| a\b)|end|stop(?! \w+ing))\b"
    r"(?: (?:my|our|the|his|her|their|any|all|of|off|getting|drawing|a|some))*"
    r" (?:\w+ )?(?:food stamps|snap|(?:medicaid|medicare)(?! (?:billing|rules|claims|cuts))|ssi|ssdi"
    r"|disability(?! insurance)|section 8|voucher|unemployment|welfare|survivor\w*"
    r"|(?:money|check|aid|assistance) (?:that )?(?:i|we|she|he|they) (?:get|draw|receive)s?"
    r"|(?:money|check|aid) (?:from )?the (?:state|county|government))\b",
    re.I,
)


def of_public_aid(text: str) -> bool:
    """Whether a message asks what a job does to the aid that somebody draws, of which no source tells."""
    return bool(_AID.search(text))


def beyond_figures(text: str) -> bool:
    """Whether a message asks for money for which no table of pay has a row: by the line, over the summer."""
    return bool(_BEYOND_FIGURES.search(text))


def names_two(turn: Turn) -> bool:
    """Whether two things that the sources know are set against each other; what they do not say, they do not say."""
    ranking = dict(turn.ranking)
    pay = ranking.get("ask_pay", 0.0) >= PLAIN
    since = turn.values("period") and SINCE.search(turn.text)
    if pay and (len(turn.values("period")) == 2 or since or is_trend(turn.text)):
        return True
    if len(turn.values("credential")) > 1 and _APART.search(turn.text):
        return True
    several = any(len(turn.values(kind)) > 1 for kind in ("credential", "occupation"))
    names = {turn.whole[m.start : m.end].lower() for m in turn.mentions if m.kind == "occupation"}
    degrees = len(names & set(DEGREES)) == 2
    two = several or degrees  # "ADN vs BSN"
    of_both = turn.intent in ASKED_OF_BOTH and turn.confidence >= SURE and ranking.get(UNCOVERED, 0.0) < 0.25
    if of_both and len(turn.values("occupation")) > 1 and not turn.told:
        return True
    least = SOMEWHAT / 2 if _EITHER.search(turn.text) else PLAIN
    return two and ranking.get("ask_comparison", 0.0) >= least


def of_a_year(turn: Turn) -> bool:
    """Whether a question asks for the pay of a year, or of two: of which there is a figure, or the answer says that
    there is none."""
    ranking = dict(turn.ranking)
    figure = turn.kinds >= {"place", "occupation"} and _FIGURE.search(turn.text)  # "what was the figure there"
    asks = (
        figure
        or ranking.get("ask_pay", 0.0) >= SOMEWHAT
        or (ASKS_PAY.search(turn.text) and (turn.values("occupation") or ranking.get(UNCOVERED, 0.0) < PLAIN))
    )
    medians = len(turn.values("period")) == 2 and turn.values("statistic")  # "did the median move from 2024 to 2025"
    beyond = turn.values("credential") or any(
        words.search(turn.text) for words in (_BEYOND_FIGURES, _PRICES, _HEADCOUNT)
    )
    return bool(turn.values("period") and (asks or medians) and not beyond and not turn.kinds & {"foreign", "school"})


def of_two_employers(turn: Turn) -> bool:
    """Whether a question sets the pay of two kinds of employer side by side."""
    asks = ASKS_PAY.search(turn.text) and dict(turn.ranking).get("ask_pay", 0.0) >= SOMEWHAT
    beyond = _BEYOND_FIGURES.search(turn.text) or turn.kinds & {"foreign", "school", "credential"}
    return bool(len(turn.values("employer_type")) == 2 and asks and not beyond)


def asks_for_an_offer(turn: Turn) -> bool:
    """Whether somebody new asks what they would be offered, whatever credential they have."""
    return (
        "starting" in turn.values("cue") and bool(_OFFERED.search(turn.text)) and not turn.kinds & {"foreign", "school"}
    )


def asks_for_pay(turn: Turn) -> bool:
    """Whether nothing but the pay of a known occupation, or with a known kind of employer, can be meant."""
    ranking = dict(turn.ranking)
    figure = any(turn.values(kind) for kind in ("period", "pay_period", "statistic", "employer_type", "place"))
    pay, uncovered = ranking.get("ask_pay", 0.0), ranking.get(UNCOVERED, 0.0)
    named = bool(turn.values("occupation") or turn.values("employer_type") or CODING.search(turn.text))
    if _BEYOND_FIGURES.search(turn.text):
        figure = False
    elif named and amount(turn.text) and uncovered < 0.55 and (pay >= SOMEWHAT or _EXPECTED.search(turn.text)):
        return True
    cues = set(turn.values("cue"))
    ranked = cues & {"best-places", "worst-places"} and cues & {"states", "cities"}
    if ranked and turn.values("occupation") and pay >= SOMEWHAT and uncovered < 0.35:  # "what state is the stingiest"
        return True
    who_and_where = turn.values("occupation") and turn.values("employer_type")
    least = 0.35 if figure and (turn.values("pay_period") or who_and_where) else PLAIN
    return named and pay >= least and uncovered < (0.35 if figure else 0.25)
