"""Pay in two years side by side: a table, both sources cited, the change computed."""

from __future__ import annotations

import re

from actions import wording
from actions.asking import Desk, statistic_of
from actions.draft import Line, Reply
from actions.pairs import row
from actions.pay_wording import sentence, where
from knowledge.scope import COUNTRY, UNSTATED
from knowledge.statement import Statement

SINCE = re.compile(
    r"\b(since|chang\w+|compar\w+|versus|vs|against|than|r[io]sen?|grown|grew|increased?|went up|gone up|trends?"
    r"|over time|over the years|history)\b",
    re.I,
)


def pair_of_years(desk: Desk) -> tuple[str, str | None] | None:
    """The years that a question on pay sets against each other, the earlier first: both named, or one "since" which
    pay changed (None: until the newest figure). None if it asks for no such thing."""
    context = desk.context
    if context.period and context.second_period:
        first, second = sorted((context.period, context.second_period))
        return first, second
    if context.period and SINCE.search(context.question or ""):
        return context.period, None
    return None


def compose(desk: Desk, earlier: str, later: str | None) -> Reply:
    """The change of pay from one year to another (None: the newest)."""
    hourly = desk.context.pay_period == "hour"
    known = _by_year(desk, "pay.hourly" if hourly else "pay.annual")
    later = later or max(known, default="")
    missing = next((year for year in (earlier, later) if year not in known), None)
    if missing is not None or earlier == later:
        near = [Line(sentence(desk, known[year]), (known[year],)) for year in sorted(known, reverse=True)[:2]]
        at = f" {wording.in_place(desk.place_name(desk.context.place))}" if desk.context.place else ""
        year = missing or earlier
        return desk.nothing(f"pay in {year} for {desk.plural}{at}", near, detail=f"pay-{year}")
    old, new = known[earlier], known[later]
    rows = [
        row(
            wording.pay_title(old),
            [wording.figure(old), wording.figure(new)],
            (old, new),
        )
    ]
    twins = _by_year(desk, "pay.annual" if hourly else "pay.hourly")
    points = []
    if earlier in twins and later in twins:
        a, b = twins[earlier], twins[later]
        rows.append(row("Per year" if hourly else "Per hour", [wording.figure(a), wording.figure(b)], (a, b)))
        per = "Per year" if hourly else "Per hour"
        points.append(
            Line(
                f"{per}, it was {wording.figure(a)} {wording.when(a.scope.period)} and {wording.figure(b)} "
                f"{wording.when(b.scope.period)}{_change(a, b)}.",
                (a, b),
                True,
            )
        )
    notes: tuple[Line, ...] = ()
    if desk.publisher(old.edition) != desk.publisher(new.edition):
        text = "The two figures come from different publishers, so they may not have been counted in the same way."
        notes = (Line(text, (old, new)),)
    columns = ["", wording.dated(old.scope.period), wording.dated(new.scope.period)]
    return desk.draft(
        _headline(desk, old, new),
        points,
        table={"columns": columns, "rows": rows},
        notes=(*notes, *desk.notes(desk.ask(("pay.annual",)))),
    )


def _headline(desk: Desk, old: Statement, new: Statement) -> Line:
    who = f"{wording.capital(desk.plural)}{where(desk, new)} earned"
    before = (
        f"{wording.statistic(new)} {wording.figure(old)} {wording.per(old.unit or '')} {wording.when(old.scope.period)}"
    )
    after = f"{wording.figure(new)} {wording.when(new.scope.period)}{_change(old, new)}"
    return Line(f"{who} {before} and {after}.", (old, new), True)


def _change(old: Statement, new: Statement) -> str:
    """ ": $890 more, or 1.8% (computed)": how far two figures lie apart."""
    before, after = old.number or 0, new.number or 0
    if before == after:
        return ": the same"
    amount = wording.money(abs(after - before), new.unit or "")
    share = wording.percent(round(abs(after - before) / before * 100, 1))
    return f": {amount} {'more' if after > before else 'less'}, or {share} (computed)"


def _by_year(desk: Desk, indicator: str) -> dict[str, Statement]:
    """Year -> the figure of the asked statistic (else the median), place and employer; the best source's of each."""
    name, percentile = statistic_of(desk.context.statistic or "median")
    wanted = (name, percentile, desk.context.place or COUNTRY)
    found: dict[str, Statement] = {}
    for finding in desk.ask((indicator,)).findings:
        employer = desk.context.employer_type or finding.lead.scope.employer_type
        for statement in finding.statements:
            scope = statement.scope
            same = (scope.statistic, scope.percentile, scope.place) == wanted and scope.employer_type == employer
            if same and scope.period != UNSTATED and statement.number:
                found.setdefault(scope.period[:4], statement)
    return found
