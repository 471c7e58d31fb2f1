"""What a question on pay asks beyond one published figure: what part time comes to in a week, between which figures the
middle half lies, both ends at once, and whether something raises it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions import wording
from actions.amounts import hours_a_week
from actions.asking import Desk
from actions.draft import Line, NoSource
from actions.pay_wording import earned, sentence, when, where
from knowledge.resolve import Finding
from knowledge.statement import Statement

_MIDDLE_HALF = re.compile(
    r"\b(?:middle|central) (?:half|fifty|50)\b|\binter ?quartile\b|\b25th (?:to|and|through) (?:the )?75th\b"
    r"|\bbetween (?:what|which)\b.{0,30}\bhalf\b",
    re.I,
)
# What may raise pay, by the words for it; "do certified nurses make more", "is the pay better with a degree"
_FACTORS = {
    "what certification adds to pay": r"\b(?:certif\w*|credential\w*)",
    "what a degree adds to pay": r"\b(?:degrees?|bachelor\w*|master['’]?s|associate['’]?s?|education|schooling)\b",
    "what experience adds to pay": r"\bexperienced?\b",
}
ADDS = "adds:"  # a cue that the conversation tells: what of these "does it pay more" was asked of, as an item
_ITEMS = {
    "certification": "what certification adds to pay",
    "education": "what a degree adds to pay",
    "experience": "what experience adds to pay",
}
_SAME_CLAUSE = r"(?:(?! and )[^,.;?!])*?"
_PAYS = r"\b(?:pa(?:y|ys|id|ying)|mak(?:e|es|ing)|earn\w*|salar\w+|wages?|money|income|gets?)\b"
_MORE = r"\b(?:more|better|higher|extra)\b"


def _raised_by(factor: str) -> re.Pattern[str]:
    """Whether a question asks if something raises pay."""
    return re.compile(
        rf"{factor}{_SAME_CLAUSE}{_PAYS}(?: \w+){{0,2}}? {_MORE}"
        rf"|(?:{_PAYS}(?: \w+){{0,3}}? {_MORE}|\bhow much more\b|\bmore money\b){_SAME_CLAUSE}"
        rf"\b(?:if|with|once|when|after|having|without|for)\b{_SAME_CLAUSE}{factor}"
        rf"|{factor}{_SAME_CLAUSE}\b(?:rais|increas|boost|bump|affect|improv|chang)\w*{_SAME_CLAUSE}{_PAYS}",
        re.I,
    )


_ASKS = {what: _raised_by(factor) for what, factor in _FACTORS.items()}
_OF_ANOTHER = re.compile(r"\bthan\b(?! (?:those |the ones |people |someone |somebody )?(?:with|who|that|if)\b)", re.I)


def untold_factor(desk: Desk, factors: Sequence[Finding]) -> NoSource | None:
    """That no source says whether something raises pay, where a question asks that and none of `factors` speaks of it;
    None if it does not, or one does."""
    context = desk.context
    asked = context.question or ""
    meant = next((_ITEMS.get(cue.removeprefix(ADDS)) for cue in context.cues if cue.startswith(ADDS)), None)
    other = context.second_occupation or context.employer_type or context.credential or _OF_ANOTHER.search(asked)
    for what, asks in () if other and not meant else _ASKS.items():
        told = any(re.search(_FACTORS[what], s.text or "", re.I) for one in factors for s in one.support)
        if (what == meant or asks.search(asked)) and not told:
            return desk.nothing(what, detail="pay-factor")
    return None


def part_time(desk: Desk, lead: Finding) -> list[Line]:
    """What an hourly figure comes to in a week of the hours that the question names, before taxes (computed)."""
    hours, pay = hours_a_week(desk.context.question or ""), lead.lead
    if not hours or pay.indicator != "pay.hourly" or pay.number is None:
        return []
    week = wording.money(round(pay.number * hours), "USD/year")
    text = (
        f"At {wording.figure(pay)} an hour, {hours} hours a week come to about {week} a week, before taxes "
        f"(computed: {hours} times the hourly pay)."
    )
    return [Line(text, (pay,), True)]


def middle_half(desk: Desk, findings: Sequence[Finding], lead: Finding) -> Line | None:
    """Between which two figures the middle half earns, where the question asks for that; None if it does not, or they
    are not published."""
    if not _MIDDLE_HALF.search(desk.context.question or ""):
        return None
    low, high = (_quartile(findings, lead, percentile) for percentile in (25, 75))
    if low is None or high is None:
        return None
    text = (
        f"The middle half of {desk.plural}{where(desk, low)} {earned(low)} between {wording.figure(low)} and "
        f"{wording.figure(high)} {wording.per(low.unit or '')}{when(low)}."
    )
    return Line(text, (low, high))


def both_ends(desk: Desk, together: Sequence[Finding]) -> Line | None:
    """What the lowest-paid and the highest-paid tenth earn, in one sentence, where a question asks for both."""
    ends = {one.lead.scope.percentile: one.lead for one in together if one.lead.note is None}
    if ends.keys() != {10, 90}:
        return None
    text = f"{sentence(desk, ends[10])[:-1]}, the highest-paid tenth more than {wording.figure(ends[90])}."
    return Line(text, (ends[10], ends[90]))


def _quartile(findings: Sequence[Finding], lead: Finding, percentile: int) -> Statement | None:
    def beside(one: Statement) -> tuple[object, ...]:
        return one.indicator, one.scope.place, one.scope.employer_type, one.scope.period

    of_the_lead = (finding.lead for finding in findings if beside(finding.lead) == beside(lead.lead))
    published = (one for one in of_the_lead if one.number is not None and one.note is None)
    return next((one for one in published if one.scope.percentile == percentile), None)
