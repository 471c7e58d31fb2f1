"""Pay in two years side by side: a table, both sources cited, the change computed."""

from __future__ import annotations

import re

from actions import wording
from actions.asking import Desk, statistic_of
from actions.context import Context
from actions.draft import Line, Reply
from actions.pairs import row
from actions.pay_wording import at, other_figure, sentence, where
from actions.turn import Turn
from knowledge.scope import COUNTRY, UNSTATED
from knowledge.statement import Statement

SINCE = re.compile(
    r"\b(since|chang\w+|compar\w+|versus|vs|against|than|r[io]sen?|grown|grew|increased?|went up|gone up|trends?"
    r"|over time|over the years|history|now|today|nowadays|these days|currently)\b",
    re.I,
)

_PAY = r"(?:pay|pays|paid|salar(?:y|ies)|wages?|earnings|incomes?|paychecks?|money|rates?)"
_CHANGED = (
    r"(?:going (?:up|down)|gone (?:up|down)|went (?:up|down)|ris(?:ing|en)|rose|fall(?:ing|en)|dropp(?:ing|ed)"
    r"|chang(?:ed|ing)|grow(?:n|ing)|grew|increas(?:ed|ing)|improv(?:ed|ing)|trend(?:s|ing)?|stagna\w+|history"
    r"|over the (?:last|past) \w+|over the years|over time|recent years)"
)
_HOW_OLD = re.compile(
    r"\b(?:from|dated?|data|published|updated|newe(?:r|st)|latest|recent|current|old|older|outdated|as of)\b", re.I
)
_IS_IT = re.compile(r"\W*(?:(?:and|so|ok)\W+)?(?:is|are) (?:that|this|it|those|these)\b", re.I)  # "is that of 2024?"
# How pay changed of late, without a year: "is pay going up", "pay trends"; not with experience, nor against prices.
_TREND = re.compile(rf"\b{_PAY}\b.*\b{_CHANGED}\b|\b{_CHANGED}\b.*\b{_PAY}\b", re.I)
_OTHER_CHANGE = re.compile(
    r"\b(?:inflation|experience\w*|senior\w*|certif\w+|degrees?|with|after|if|when|once|as you|prices|jobs?|demand"
    r"|field|because|why|rate of|employment|growth)\b",
    re.I,
)


def is_trend(text: str) -> bool:
    """Whether a question on pay asks how it changed of late, without naming a year."""
    return bool(_TREND.search(text)) and not _OTHER_CHANGE.search(text)


def then(context: Context, turn: Turn) -> bool:
    """Whether a message asks for the pay talked of in another year, and not how old that figure is."""
    of_age = _HOW_OLD.search(turn.text) or _IS_IT.match(turn.text)
    return context.topic == "pay" and bool(turn.values("period")) and not of_age


def pair_of_years(desk: Desk) -> tuple[str | None, str | None] | None:
    """The years that a question on pay sets against each other, the earlier first: both named, or one "since" which
    pay changed (None: until the newest figure), or neither ("is pay going up": the newest two). None if it asks for
    no such thing."""
    context = desk.context
    if context.period and context.second_period:
        first, second = sorted((context.period, context.second_period))
        return first, second
    if context.period and SINCE.search(context.question or ""):
        return context.period, None
    if context.period is None and is_trend(context.question or ""):
        return None, None
    return None


def compose(desk: Desk, earlier: str | None, later: str | None) -> Reply:
    """The change of pay from one year (None: the last before) to another (None: the newest)."""
    hourly = desk.context.pay_period == "hour"
    known = _by_year(desk, "pay.hourly" if hourly else "pay.annual")
    later = later or max(known, default="")
    older: tuple[Line, ...] = ()
    if earlier is None:
        earlier = _before(desk, known, later)
        if earlier is None:
            near = [Line(sentence(desk, known[later]), (known[later],))] if later else []
            return desk.nothing(f"how the pay of {desk.plural}{at(desk)} has changed", near, detail="pay-trend")
        others = [known[year] for year in sorted(known, reverse=True) if year not in (earlier, later)]
        older = tuple(Line(other_figure(desk, statement), (statement,)) for statement in others)
    missing = next((year for year in (earlier, later) if year not in known), None)
    if missing is not None or earlier == later:
        near = [Line(sentence(desk, known[year]), (known[year],)) for year in sorted(known, reverse=True)[:2]]
        year = missing or earlier
        return desk.nothing(f"pay in {year} for {desk.plural}{at(desk)}", near, detail=f"pay-{year}")
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
                _alike(a, b),
            )
        )
    notes: tuple[Line, ...] = ()
    if unlike := [one for one in (old, new) if one.scope.statistic == UNSTATED]:
        text = "The source of one figure does not say which average it is, so I don't work out a difference."
        notes = (Line(text, tuple(unlike)),)
    if desk.publisher(old.edition) != desk.publisher(new.edition):
        text = "The two figures come from different publishers, so they may not have been counted in the same way."
        notes = (*notes, Line(text, (old, new)))
    columns = ["", wording.dated(old.scope.period), wording.dated(new.scope.period)]
    return desk.draft(
        _headline(desk, old, new),
        points,
        table={"columns": columns, "rows": rows},
        others_note="Older figures from other sources:" if older else "",
        others=older,
        notes=(*notes, *desk.notes(desk.ask(("pay.annual",)))),
    )


def _before(desk: Desk, known: dict[str, Statement], later: str) -> str | None:
    """The last year before another of which the same publisher has a figure, else any; None if there is none."""
    years = sorted((year for year in known if year < later), reverse=True)
    own = [year for year in years if desk.publisher(known[year].edition) == desk.publisher(known[later].edition)]
    return next(iter((*own, *years)), None)


def _headline(desk: Desk, old: Statement, new: Statement) -> Line:
    who = f"{wording.capital(desk.plural)}{where(desk, new)} earned"
    alike = _alike(old, new)
    first, second = [
        " ".join(f"{wording.statistic(one)} {wording.figure(one)} {per} {wording.when(one.scope.period)}".split())
        for one, per in ((old, wording.per(old.unit or "")), (new, ""))
    ]
    after = second.removeprefix(f"{wording.statistic(new)} ") if alike else second
    return Line(f"{who} {first} and {after}{_change(old, new)}.", (old, new), alike)


def _alike(old: Statement, new: Statement) -> bool:
    """Whether two figures are of the same statistic, so that their difference says something."""
    return old.scope.statistic == new.scope.statistic


def _change(old: Statement, new: Statement) -> str:
    """ ": $890 more, or 1.8% (computed)": how far two figures lie apart."""
    if not _alike(old, new):
        return ""
    before, after = old.number or 0, new.number or 0
    if before == after:
        return ": the same"
    amount = wording.money(abs(after - before), new.unit or "")
    share = wording.percent(round(abs(after - before) / before * 100, 1))
    return f": {amount} {'more' if after > before else 'less'}, or {share} (computed)"


def _by_year(desk: Desk, indicator: str) -> dict[str, Statement]:
    """Year -> the figure of the asked statistic (else the median), place and employer; the best source's of each. Where
    no statistic is asked for, that of a year with no other may be one whose source does not say which it is."""
    name, percentile = statistic_of(desk.context.statistic or "median")
    place = desk.context.place or COUNTRY
    found: dict[str, Statement] = {}
    unstated: dict[str, Statement] = {}
    for finding in desk.ask((indicator,)).findings:
        employer = desk.context.employer_type or finding.lead.scope.employer_type
        for statement in finding.statements:
            scope = statement.scope
            if scope.place != place or scope.employer_type != employer or scope.period == UNSTATED:
                continue
            if (scope.statistic, scope.percentile) == (name, percentile) and statement.number:
                found.setdefault(scope.period[:4], statement)
            elif scope.statistic == UNSTATED and not desk.context.statistic and statement.number:
                unstated.setdefault(scope.period[:4], statement)
    return {**unstated, **found}
