"""Three or more occupations, places or kinds of employer side by side; places also by how many they employ.

Two that are compared by what they are paid, learn and do stand in comparison.py and pairs.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from actions import comparison, wording
from actions.asking import Desk, asked_column
from actions.aspects import ENTRY_WORDS, GROWTH_WORDS, PAY_WORDS, SCHOOL_WORDS, TIME_WORDS, asked_rows
from actions.comparison_rows import ROWS, cell, lengths_of, official
from actions.draft import Line, Reply, line, unique
from actions.pairs import UNKNOWN, owner
from actions.ranking import JOBS
from knowledge.resolve import Finding
from knowledge.scope import COUNTRY
from knowledge.statement import Statement

Figures = Sequence[tuple[str, Statement]]  # what is compared -> what stands in its cell
SCHOOLING, GROWTH = (title for title, _ in ROWS)
_LEAST = re.compile(r"\b(?:least|less|lowest|lower|worst|smallest|fewest|fewer|slowest|slower|bottom)\b", re.I)
# of schooling the least is also what is over soonest
_SOONEST = re.compile(r"\b(?:short\w*|quick\w*|fast\w*|soon\w*|eas(?:y|i\w+)|without|skip|no)\b", re.I)
_MOST = re.compile(r"\b(?:most|more|long\w*|high\w*(?! school))\b", re.I)
_LEVELS = tuple(wording.LEVEL_NAMES)  # the least first
# How a headline says that one has the most of something, or the least.
_PHRASES = {
    GROWTH: ("fastest projected growth", "slowest projected growth"),
    "Openings each year": ("most projected openings each year", "fewest projected openings each year"),
    "Jobs added": ("most jobs added over the projection", "fewest jobs added over the projection"),
    "Number of jobs": ("most jobs", "fewest jobs"),
}
_OF_THESE = "Of these, "
_COUNT = re.compile(r"\b(?:how many|head ?count|number of|employ(?:s|ed)?)\b", re.I)
# what the statistics of places do not know
_FUTURE = re.compile(
    r"\b(?:growth|grow\w*|outlook|demand|openings?|future|hiring|prospects?|projected|expand\w*)\b", re.I
)


def compose(desk: Desk, *, of_pay: bool = False, of_jobs: bool = False) -> Reply:
    """What a question sets side by side, however many. `of_pay`, `of_jobs`: pay, or how many are employed, is asked
    for, whatever its words say."""
    question = (desk.context.question or "").lower()
    jobs, where, at = (desk.context.compared(kind) for kind in ("occupation", "place", "employer_type"))
    if len(jobs) > 2:
        return _occupations(desk, jobs, question, of_pay=of_pay)
    rows = {indicator for _, indicator in asked_rows(question)}
    of_number = _COUNT.search(question) or "outlook.employment" in rows  # "which of the two has more jobs"
    counted = bool((of_jobs or of_number) and not re.search(PAY_WORDS, question))
    if where and not jobs:
        if counted and _FUTURE.search(question) and not _COUNT.search(question):
            near = [_employed(desk, s) for _, s in _of_places(desk, where, JOBS)]
            return desk.nothing(f"the job outlook for {desk.plural} by state", near, detail="outlook-state")
        if counted or len(where) > 2:
            return _places(desk, where, counted=counted)
    if (len(at) > 2 or (at and counted)) and not jobs and not where:
        return _employers(desk, at, counted=counted)
    return comparison.compose(desk, of_pay=of_pay)


def _occupations(desk: Desk, ids: Sequence[str], question: str, *, of_pay: bool) -> Reply:
    """Which has the most (or least) of what is asked, then the other figures of all; without such a question what each
    of them is."""
    names = {id: desk.catalog.occupations[id].plural for id in ids}
    paid = comparison.pay_of(desk, ids)
    pay = wording.pay_title(paid[0][1]) if paid else ""
    asked_for = asked_rows(question)
    rows = {pay: paid, **{title: _official(desk, ids, name) for title, name in (*ROWS, *asked_for)}}
    rows = {title: figures for title, figures in rows.items() if len(figures) > 1}
    asked = _asked(question, pay if of_pay else "", pay, [title for title, _ in asked_for])
    least = bool(_LEAST.search(question))
    lengths = lengths_of(desk, ids) if re.search(TIME_WORDS, question) and asked in ("", SCHOOLING) else []
    described = [] if asked else [line(f) for id in ids for f in _definition(desk, id)]
    if len(lengths) == len(ids):
        led, lines = "", lengths
    elif asked and asked == pay and asked in rows:
        led, lines = asked, best_paid(desk, paid, names, least)
    elif asked in rows:
        led, lines = asked, _ranked(asked, rows[asked], names, question)
    elif len(described) == len(ids):
        led, lines = "", described
    elif rows:
        led = next(iter(rows))
        lines = best_paid(desk, paid, names, least) if led == pay else [_all(led, rows[led], names)]
    else:
        return desk.nothing(f"how {wording.joined(list(names.values()))} compare", detail="comparison")
    lines += [_all(title, figures, names) for title, figures in rows.items() if title != led]
    pairs = [(one, other) for n, one in enumerate(ids) for other in ids[n + 1 :]]
    lines += [line(f) for pair in pairs for f in comparison.differences(desk, *pair, ("comparison.summary",))[:1]]
    lead, *rest = unique(lines)
    if set(ids) == {id for id in desk.catalog.in_depth if id not in desk.catalog.stood_in}:
        lead = replace(lead, text=lead.text.replace(_OF_THESE, "Of the jobs I know best, "))
    table = _table(ids, names, rows)
    return desk.draft(lead, rest, table=table, notes=comparison.stand_in_notes(desk, ids))


def _asked(question: str, of_pay: str, pay: str, more: Sequence[str]) -> str:
    """The title of the row that a question asks for; "" if it asks for none in particular."""
    if more:
        return more[0]
    if of_pay or re.search(PAY_WORDS, question):
        return of_pay or pay
    if re.search(GROWTH_WORDS, question):
        return GROWTH
    schooling = (SCHOOL_WORDS, TIME_WORDS, ENTRY_WORDS)
    return SCHOOLING if any(re.search(said, question) for said in schooling) else ""


def _definition(desk: Desk, id: str) -> Sequence[Finding]:
    return desk.ask(("definition.summary",), topic="definition", occupation=id).of("definition.summary")[:1]


def _official(desk: Desk, ids: Sequence[str], indicator: str) -> Figures:
    found = [(id, official(desk, id, indicator)) for id in ids]
    return [(id, f.lead) for id, f in found if f is not None]


def _said(statement: Statement) -> str:
    """What a figure reads like in a list."""
    if statement.indicator.startswith("pay."):
        return f"{wording.figure(statement)} {wording.per(statement.unit or '')}"
    return _bare(statement)


def _all(title: str, figures: Figures, names: Mapping[str, str]) -> Line:
    """One row as a sentence; those with the same in their cells together."""
    groups: dict[str, list[str]] = {}
    for id, statement in figures:
        groups.setdefault(_said(statement), []).append(names[id])
    dated = f" ({wording.dated(figures[0][1].scope.period)})" if figures[0][1].indicator.startswith("pay.") else ""
    said = "; ".join(f"{wording.joined(group)}, {text}" for text, group in groups.items())
    return Line(f"{title}{dated}: {said}.", tuple(statement for _, statement in figures))


def _ranked(title: str, figures: Figures, names: Mapping[str, str], question: str) -> list[Line]:
    """The one with the most of something, or the least, then the others in their order."""
    if title == SCHOOLING:
        return _schooled(figures, names, question)
    least = bool(_LEAST.search(question))
    (best, figure), *others = _ordered(figures, least)
    headline = Line(f"Of these, {names[best]} have the {_PHRASES[title][least]}: {_said(figure)}.", (figure,))
    return [headline, *_listed(others, names)]


def _schooled(figures: Figures, names: Mapping[str, str], question: str) -> list[Line]:
    """Which typically needs the least schooling, or the most, where one does; else the schooling of all."""
    every = _all(SCHOOLING, sorted(figures, key=lambda pair: _level(pair[1])), names)
    least = bool(_LEAST.search(question) or _SOONEST.search(question))
    if not least and not _MOST.search(question):
        return [every]
    ordered = sorted(figures, key=lambda pair: _level(pair[1]) * (1 if least else -1))
    if _level(ordered[0][1]) == _level(ordered[1][1]):
        return [every]
    (best, statement), share = ordered[0], "least" if least else "most"
    said = f"Of these, {names[best]} typically need the {share} schooling: {_said(statement)}."
    return [Line(said, (statement,)), every]


def _level(statement: Statement) -> int:
    level = statement.scope.qualifier("level") or ""
    return _LEVELS.index(level) if level in _LEVELS else 0


def best_paid(desk: Desk, figures: Figures, names: Mapping[str, str], least: bool = False) -> list[Line]:
    """Which of several occupations earns most, or least, then the others in their order."""
    (best, figure), *others = _ordered(figures, least)
    where = wording.in_place(desk.place_name(figure.scope.place))
    headline = Line(
        f"Of these, {names[best]} earned {'least' if least else 'most'} {where} {wording.when(figure.scope.period)}: "
        f"{wording.statistic(figure)} {wording.figure(figure)} {wording.per(figure.unit or '')}.",
        (figure,),
    )
    return [headline, *_listed(others, names)]


def _ordered(figures: Figures, least: bool) -> list[tuple[str, Statement]]:
    return sorted(figures, key=lambda pair: (pair[1].number or 0) * (1 if least else -1))


def _listed(figures: Figures, names: Mapping[str, str]) -> list[Line]:
    return [Line(f"{wording.capital(names[id])}: {_said(statement)}", (statement,)) for id, statement in figures]


def _table(ids: Sequence[str], names: Mapping[str, str], rows: Mapping[str, Figures]) -> dict[str, object]:
    shown = []
    for title, figures in rows.items():
        known = dict(figures)
        cells = [{"text": _bare(known[id]), "statement": known[id].id} if id in known else UNKNOWN for id in ids]
        shown.append({"title": title, "cells": cells})
    return {"columns": ["", *(names[id] for id in ids)], "rows": shown}


def _bare(statement: Statement) -> str:
    """What stands in a cell; a count of jobs has its period in the headline."""
    plain = statement.indicator.startswith(("pay.", "outlook.employment"))
    return wording.figure(statement) if plain else cell(statement.indicator, statement)


def _of_places(desk: Desk, places: Sequence[str], column: str) -> Figures:
    records = [(place, desk.knowledge.wage(owner(desk), place)) for place in places]
    found = [(place, record.statement(column) if record else None) for place, record in records]
    return [(place, statement) for place, statement in found if statement is not None]


def _employed(desk: Desk, statement: Statement) -> Line:
    where = wording.in_place(desk.place_name(statement.scope.place))
    when = wording.when(statement.scope.period)
    return Line(f"About {wording.figure(statement)} {desk.plural} were employed {where} {when}.", (statement,))


def _places(desk: Desk, places: Sequence[str], *, counted: bool) -> Reply:
    """Where one occupation is paid best, or where most of it are employed; the other places after it."""
    figures = _of_places(desk, places, JOBS if counted else asked_column(desk.context))
    names = {place: desk.place_name(place) for place in places}
    missing = [names[place] for place in places if place not in dict(figures)]
    if len(figures) < 2:
        what = f"how many {desk.plural} are employed" if counted else f"the pay of {desk.plural}"
        near = [_employed(desk, s) for _, s in figures if counted]
        return desk.nothing(f"{what} {wording.in_place(missing[0])}", near, detail="place")
    least = bool(_LEAST.search(desk.context.question or ""))
    (best, figure), *others = _ordered(figures, least)
    when = wording.when(figure.scope.period)
    if counted:
        share = "fewest" if least else "most"
        said = f"Of these places, {names[best]} employed the {share} {desk.plural} {when}: about {_said(figure)}."
    else:
        share = "least" if least else "most"
        amount = f"{wording.statistic(figure)} {_said(figure)}"
        said = f"Of these places, {names[best]} paid {desk.plural} {share} {when}: {amount}."
    title = "Number of jobs" if counted else wording.pay_title(figure)
    notes = [Line(f"I have no figure for {wording.joined(missing)}.")] if missing else []
    table = _table([id for id, _ in figures], names, {title: figures})
    return desk.draft(Line(said, (figure,)), _listed(others, names), table=table, notes=notes)


def _employers(desk: Desk, kinds: Sequence[str], *, counted: bool) -> Reply:
    """With which of several kinds of employer one occupation is paid best, or which of them employ most of it."""
    column = JOBS if counted else asked_column(desk.context)
    records = [(kind, desk.knowledge.wage(owner(desk), COUNTRY, kind)) for kind in kinds]
    found = [(kind, record.statement(column) if record else None) for kind, record in records]
    figures = [(kind, statement) for kind, statement in found if statement is not None]
    short = {kind: desk.catalog.employer(kind).short for kind in kinds}
    missing = [short[kind] for kind, statement in found if statement is None]
    if len(figures) < 2:
        what = "the number" if counted else "the pay"
        return desk.nothing(f"{what} of {desk.plural} {missing[0]}", detail="employer")
    least = bool(_LEAST.search(desk.context.question or ""))
    (best, figure), *others = _ordered(figures, least)
    when = wording.when(figure.scope.period)
    if counted:
        said = f"The {'fewest' if least else 'most'} {desk.plural} worked {short[best]} {when}: about {_said(figure)}."
    else:
        amount = f"{wording.statistic(figure)} {_said(figure)}"
        said = f"Of these, {desk.plural} earned {'least' if least else 'most'} {short[best]} {when}: {amount}."
    names = {kind: desk.catalog.employer(kind).name for kind in kinds}
    title = "Number of jobs" if counted else wording.pay_title(figure)
    table = _table([kind for kind, _ in figures], names, {title: figures})
    notes = [Line(f"I have no figure for {desk.plural} {wording.joined(missing)}.")] if missing else []
    return desk.draft(Line(said, (figure,)), _listed(others, short), table=table, notes=notes)
