"""Pay figures as sentences. Pure: figures and names come in as arguments."""

from __future__ import annotations

from actions import wording
from actions.asking import Desk
from knowledge.scope import ALL_EMPLOYERS, UNSTATED, Fallback
from knowledge.statement import Statement


def sentence(desk: Desk, statement: Statement) -> str:
    """ "Medical records technicians in Texas earned a median of $48,860 a year in May 2025."."""
    plural, place, time = wording.capital(desk.plural), where(desk, statement), when(statement)
    amount, per = wording.figure(statement), wording.per(statement.unit or "")
    scope = statement.scope
    if statement.note == "at or above":
        limit = wording.money(statement.low or 0, statement.unit or "")
        name = wording.statistic_name(statement)
        pay = f"The {name} pay of {desk.plural}{place} was {limit} {per} or more{time}"
        return f"{pay}; the exact figure is not published."
    if scope.statistic == "percentile" and scope.percentile in (10, 25):
        share = "tenth" if scope.percentile == 10 else "quarter"
        return f"The lowest-paid {share} of {desk.plural}{place} earned less than {amount} {per}{time}."
    if scope.statistic == "percentile" and scope.percentile in (75, 90):
        share = "tenth" if scope.percentile == 90 else "quarter"
        return f"The highest-paid {share} of {desk.plural}{place} earned more than {amount} {per}{time}."
    if scope.statistic == "range":
        return f"{plural}{place} earned from {amount} {per}{time}, {desk.publisher(statement.edition)} says."
    return f"{plural}{place} {earned(statement)} {wording.statistic(statement)} {amount} {per}{time}.".replace(
        "  ", " "
    )


def earned(statement: Statement) -> str:
    return "earned" if statement.scope.period != UNSTATED else "earn"


def where(desk: Desk, statement: Statement) -> str:
    employer = statement.scope.employer_type
    phrase = f" {desk.catalog.employer(employer).short}" if employer not in (ALL_EMPLOYERS, UNSTATED) else ""
    place = statement.scope.place
    return phrase + (f" {wording.in_place(desk.place_name(place))}" if place != UNSTATED else "")


def when(statement: Statement) -> str:
    text = wording.when(statement.scope.period)
    return f" {text}" if text else ""


def other_figure(desk: Desk, statement: Statement) -> str:
    name = wording.share(statement).removeprefix("the ").partition(" earned ")[0] or wording.statistic_name(statement)
    kind = f"{name} " if name else ""
    unit = "an hour" if statement.unit == "USD/hour" else "a year"
    dated = wording.dated(statement.scope.period)
    return f"{desk.publisher(statement.edition)}: {kind}{wording.bounded(statement)} {unit} ({dated})"


def fallback_text(desk: Desk, step: Fallback) -> str:
    if step.kind == "place":
        return (
            f"I have no such figure for {desk.plural} {wording.in_place(desk.place_name(step.wanted))}, so this is for "
            f"{desk.place_name(step.used)}."
        )
    wanted = desk.catalog.employer(step.wanted).short
    return f"I have no such figure for {desk.plural} {wanted}, so this is for all employers."


def column_of(statement: Statement) -> str | None:
    """The column of the pay statistics that holds a figure like this one."""
    unit = "hourly" if statement.indicator == "pay.hourly" else "annual"
    scope = statement.scope
    kind = f"p{scope.percentile}" if scope.statistic == "percentile" else scope.statistic
    return f"{unit}_{kind}" if kind in ("median", "mean", "p10", "p25", "p75", "p90") else None


def newest_first(period: str) -> str:
    return "".join(chr(ord("9") - ord(c) + ord("0")) if c.isdigit() else c for c in period)


def at(desk: Desk) -> str:
    """ " in Ohio", for the place that is asked about; empty if there is none."""
    return f" {wording.in_place(desk.place_name(desk.context.place))}" if desk.context.place else ""
