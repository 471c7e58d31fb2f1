"""What stands beside a figure of pay: the amount that the question names, the place where only its employers have a
figure, the other rural areas of a state."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions import wording
from actions.amounts import amount
from actions.asking import Desk
from actions.draft import Line
from actions.pay_wording import column_of, sentence
from knowledge.resolve import Finding
from knowledge.scope import ALL_EMPLOYERS, COUNTRY, UNSTATED
from knowledge.statement import Statement

RURAL = re.compile(
    r"\b(?:rural|countryside|non-?metro\w*|small[ -]towns?|outside (?:of )?the (?:cities|metro)"
    r"|boonies|backwoods|the sticks|middle of nowhere|farm country)\b",
    re.I,
)
_WEIGHED = re.compile(r"\b(?:more|less|better|worse|higher|lower)\b", re.I)  # "do they make more in hospitals"
MOST = 4


def beside(desk: Desk, lead: Finding) -> list[Line]:
    """The figure for the place, all employers together, where the lead is the employer's of the whole country, or where
    it is asked who pays more."""
    context, scope = desk.context, lead.lead.scope
    wanted = context.place or COUNTRY
    weighed = wanted == COUNTRY and _WEIGHED.search(context.question or "")
    if (wanted in (COUNTRY, scope.place) and not weighed) or scope.employer_type in (ALL_EMPLOYERS, UNSTATED):
        return []
    record, column = desk.knowledge.wage(lead.lead.occupation, wanted), column_of(lead.lead)
    local = record.statement(column) if record and column else None
    return [Line(f"{sentence(desk, local)[:-1]}, with all employers together.", (local,))] if local else []


def elsewhere(desk: Desk, lead: Finding) -> list[Line]:
    """The other nonmetropolitan areas of a state, for a question about its rural parts."""
    place = desk.catalog.places.get(lead.lead.scope.place)
    column = column_of(lead.lead)
    if place is None or place.level != "nonmetro" or column is None or not RURAL.search(desk.context.question or ""):
        return []
    others = [p for p in desk.catalog.places.values() if p.level == "nonmetro" and p.parent == place.parent]
    lines = []
    for other in others:
        record = desk.knowledge.wage(lead.lead.occupation, other.id) if other.id != place.id else None
        found = record.statement(column) if record else None
        if found is not None:
            lines.append(
                Line(f"{wording.capital(wording.in_place(other.name))}, it was {wording.figure(found)}.", (found,))
            )
    return lines[:MOST]


def statewide(desk: Desk, lead: Finding) -> list[Line]:
    """The figure of the whole state beside that of one of its rural regions, whose name may stand for more than it."""
    place = desk.catalog.places.get(lead.lead.scope.place)
    column = column_of(lead.lead)
    if place is None or place.level != "nonmetro" or column is None or not place.parent:
        return []
    record = desk.knowledge.wage(lead.lead.occupation, place.parent)
    found = record.statement(column) if record else None
    if found is None:
        return []
    said = f"{wording.before_figure(found)} {wording.figure(found)}"
    return [Line(f"Across {desk.place_name(place.parent)}, {said}.", (found,))]


def set_beside(desk: Desk, findings: Sequence[Finding], lead: Finding) -> list[Line]:
    """Where the amount that the question names lies among the published figures of the same place and employers."""
    named = amount(desk.context.question or "")
    if named is None or lead.lead.scope.period == UNSTATED:
        return []
    steps = steps_of(findings, lead, "pay.hourly" if named.hourly else "pay.annual")
    if len(steps) < 2:
        return []
    below = [step for step in steps if step[0] <= named.number]
    above = [step for step in steps if step[0] > named.number]
    per = wording.per(steps[0][2].unit or "")
    if not below:
        _, name, first = above[0]
        return [Line(f"The amount you name is below {name} of {wording.figure(first)} {per}.", (first,))]
    if not above:
        _, name, last = below[-1]
        return [Line(f"The amount you name is not below {name} of {wording.figure(last)} {per}.", (last,))]
    (_, low, one), (_, high, two) = below[-1], above[0]
    return [
        Line(
            f"The amount you name lies between {low} of {wording.figure(one)} {per} and {high} of "
            f"{wording.figure(two)}.",
            (one, two),
        )
    ]


def steps_of(findings: Sequence[Finding], lead: Finding, indicator: str) -> list[tuple[float, str, Statement]]:
    """The published figures of the same place, employers and year, the lowest first: number, name, statement."""
    scope = lead.lead.scope
    steps: list[tuple[float, str, Statement]] = []
    for finding in findings:
        own, other = finding.lead, finding.lead.scope
        same = (other.place, other.employer_type, other.period) == (scope.place, scope.employer_type, scope.period)
        published = same and own.edition == lead.lead.edition and other.statistic in ("median", "percentile")
        if published and own.indicator == indicator and own.number is not None:
            name = "the median" if other.statistic == "median" else f"the {wording.statistic_name(own)}"
            steps.append((own.number, name, own))
    return sorted(steps, key=lambda step: step[0])
