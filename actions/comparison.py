"""Two occupations, credentials, places or employers side by side: a table, both sides cited."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions import wording
from actions.asking import Desk, statistic_of
from actions.draft import Line, Reply, line, unique
from actions.relevance import ranked
from actions.schooling import credential_findings
from knowledge.resolve import Finding
from knowledge.scope import COUNTRY
from knowledge.statement import Statement

ROWS = ("certification.issuer", "certification.level", "certification.eligibility", "certification.experience",
        "certification.covers", "certification.use", "certification.exam")


def compose(desk: Desk) -> Reply:
    """Compares what the question names two of; with one occupation, what sources compare it with."""
    context = desk.context
    if context.credential and context.second_credential:
        return credentials(desk, context.credential, context.second_credential)
    if context.second_occupation and context.second_occupation != context.occupation:
        return occupations(desk, context.occupation or "", context.second_occupation)
    if context.place and context.second_place:
        return places(desk, context.place, context.second_place)
    if context.employer_type and context.second_employer_type:
        return employers(desk, context.employer_type, context.second_employer_type)
    answer = desk.ask(("comparison.summary", "comparison.difference"), topic="comparison")
    if not answer.found:
        return desk.nothing(f"how {desk.plural} compare with other jobs")
    findings = [f for _, f in ranked(context.question or "", answer.findings)]
    summaries = [f for f in findings if f.lead.indicator == "comparison.summary"] or findings
    return desk.draft(line(summaries[0]), [p for p in unique([line(f) for f in findings]) if p.text != summaries[0].lead.text],
                      notes=desk.notes(answer))


def occupations(desk: Desk, one: str, other: str) -> Reply:
    """Pay, schooling and outlook of both from the official sources, then the differences that sources state."""
    names = [desk.catalog.occupations[id] for id in (one, other)]
    rows, points = [], []
    pay = [_pay(desk, id) for id in (one, other)]
    headline: Line | None = None
    if pay[0] and pay[1] and pay[0].id != pay[1].id and pay[0].number is not None and pay[1].number is not None:
        headline = _pay_line(desk, names[0].plural, names[1].plural, pay[0], pay[1])
        rows.append(_row("Median pay", [wording.figure(s) for s in pay if s], pay))
    for title, indicator in (("Typical schooling", "education.requirement"), ("Projected growth", "outlook.growth")):
        found = [_official(desk, id, indicator) for id in (one, other)]
        if found[0] and found[1] and found[0] is not found[1]:
            texts = [_cell(indicator, f.lead) for f in found if f]
            rows.append(_row(title, texts, [f.lead for f in found if f]))
            text = (f"{title}: {names[0].plural}, {texts[0]}; {names[1].plural}, {texts[1]}.")
            points.append(Line(text, tuple(f.lead for f in found if f)))
    stated = _stated(desk, one, other)
    summary = [f for f in stated if f.lead.indicator == "comparison.summary"]
    differences = [f for f in stated if f not in summary]
    asks_pay = any(word in (desk.context.question or "").lower() for word in
                   ("pay", "paid", "salary", "money", "earn", "wage", "make more", "makes more", "$"))
    lines = [line(f) for _, f in ranked(desk.context.question or "", differences)]
    if summary and not asks_pay:
        rest = [line(f) for f in summary[1:2]] + ([headline] if headline else []) + points + lines
        headline = line(summary[0])
    else:
        rest = points + [line(f) for f in summary[:2]] + lines
    if headline is None:
        if not rest:
            return replace(desk.nothing(f"how {names[0].plural} and {names[1].plural} compare"), detail="comparison")
        headline, rest = rest[0], rest[1:]
    table = {"columns": ["", names[0].plural, names[1].plural], "rows": rows} if rows else None
    return desk.draft(headline, [p for p in unique(rest) if p.text != headline.text], table=table, notes=_stand_in_notes(desk, (one, other)))


def _pay(desk: Desk, occupation: str) -> Statement | None:
    """The median of the pay statistics (the asked statistic and unit, if any), in the context's place."""
    known = desk.catalog.occupations[occupation]
    owner = occupation if known.soc else known.stands_in
    if owner is None:
        return None
    unit = "hourly" if desk.context.pay_period == "hour" else "annual"
    name, percentile = statistic_of(desk.context.statistic)
    column = f"{unit}_{f'p{percentile}' if percentile in (10, 25, 75, 90) else 'mean' if name == 'mean' else 'median'}"
    record = desk.knowledge.wage(owner, desk.context.place or COUNTRY) or desk.knowledge.wage(owner)
    return record.statement(column) if record else None


def _pay_line(desk: Desk, first: str, second: str, a: Statement, b: Statement) -> Line:
    """Which of two figures is higher, and by how much (computed)."""
    if (a.number or 0) < (b.number or 0):
        first, second, a, b = second, first, b, a
    unit = a.unit or ""
    difference = wording.money(abs((a.number or 0) - (b.number or 0)), unit)
    where = f" {wording.in_place(desk.place_name(a.scope.place))}" if a.scope.place != COUNTRY else ""
    text = (f"{wording.capital(first)} earned more{where} {wording.when(a.scope.period)}: {wording.statistic(a)} "
            f"{wording.figure(a)} {wording.per(unit)}, against {wording.figure(b)} for {second}, a difference of {difference} (computed).")
    if a.number == b.number:
        text = f"{wording.capital(first)} and {second} earned the same{where}: {wording.figure(a)} {wording.per(unit)}."
    return Line(text, (a, b), True)


def _official(desk: Desk, occupation: str, indicator: str) -> Finding | None:
    """The best finding of an indicator: for schooling the level that is typical or required."""
    answer = desk.ask((indicator,), topic=indicator.split(".")[0], occupation=occupation, place=COUNTRY)
    findings = [f for f in answer.findings if indicator != "education.requirement" or f.lead.item in ("typical", "required")]
    order = {edition: e.source.authority for edition, e in desk.catalog.editions.items()}
    return min(findings, key=lambda f: order[f.lead.edition], default=None)


def _cell(indicator: str, statement: Statement) -> str:
    if indicator == "education.requirement":
        return wording.LEVEL_NAMES.get(statement.scope.qualifier("level") or "", "")
    return f"{wording.figure(statement)} ({wording.dated(statement.scope.period)})"


def _row(title: str, texts: Sequence[str], statements: Sequence[Statement | None]) -> dict[str, object]:
    return {"title": title, "cells": [{"text": t, "statement": s.id} for t, s in zip(texts, statements) if s]}


def _stated(desk: Desk, one: str, other: str) -> list[Finding]:
    """Differences that sources state between the two, written under either."""
    found: list[Finding] = []
    for a, b in ((one, other), (other, one)):
        answer = desk.ask(("comparison.summary", "comparison.difference"), topic="comparison", occupation=a, qualifiers={"with": b})
        if not answer.fallbacks:
            found += [f for f in answer.findings if f.lead.text not in {g.lead.text for g in found}]
    return found


def _stand_in_notes(desk: Desk, ids: Sequence[str]) -> tuple[Line, ...]:
    lines: list[Line] = []
    for id in ids:
        known = desk.catalog.occupations[id]
        if known.stands_in and not known.soc:
            lines.append(Line(f"Official statistics count {known.plural} with {desk.catalog.occupations[known.stands_in].plural}, "
                              "so they have no pay figure of their own."))
    return tuple(lines)


def credentials(desk: Desk, one: str, other: str) -> Reply:
    """Issuer, eligibility, level and use of two credentials."""
    names = [desk.catalog.credentials[id] for id in (one, other)]
    known = [credential_findings(desk, id) for id in (one, other)]
    if not known[0] or not known[1]:
        missing = names[0] if not known[0] else names[1]
        return desk.nothing(f"the {missing.short} credential", [line(f) for f in (known[0] or known[1])[:2]], detail=missing.id)
    rows, points = [], []
    for indicator in ROWS:
        found = [next((f for f in findings if f.lead.indicator == indicator), None) for findings in known]
        for name, finding in zip(names, found):
            if finding:
                text = finding.lead.text or ""
                points.append(line(finding, text if name.short in text else f"{name.short}: {text}"))
        if found[0] and found[1]:
            rows.append(_row(desk.catalog.indicators[indicator].title, [f.lead.text or "" for f in found if f],
                             [f.lead for f in found if f]))
    both = [next((f for f in findings if f.lead.indicator == "certification.level"), None)
            or next((f for f in findings if f.lead.indicator in ("certification.use", "certification.eligibility", "certification.credential")), None)
            for findings in known]
    if both[0] and both[1]:
        text = f"{both[0].lead.text} {both[1].lead.text}"
        headline = Line(text, (*line(both[0], limit=2).statements, *line(both[1], limit=2).statements))
        points = [p for p in points if p.text not in (both[0].lead.text, both[1].lead.text)]
    else:
        headline, points = points[0], points[1:]
    table = {"columns": ["", names[0].short, names[1].short], "rows": rows} if rows else None
    return desk.draft(headline, unique(points), table=table)


def places(desk: Desk, one: str, other: str) -> Reply:
    """The pay of one occupation in two places."""
    pair = [desk.knowledge.wage(_owner(desk), place) for place in (one, other)]
    found = [r.statement("hourly_median" if desk.context.pay_period == "hour" else "annual_median") if r else None for r in pair]
    if not found[0] or not found[1]:
        missing = desk.place_name(one if not found[0] else other)
        return desk.nothing(f"the pay of {desk.plural} {wording.in_place(missing)}", detail="place")
    names = [f"{desk.plural} {wording.in_place(desk.place_name(place))}" for place in (one, other)]
    line_ = _pay_line(desk, names[0], names[1], found[0], found[1])
    text = line_.text
    for place in (one, other):  # the sentence names both places already
        text = text.replace(f" earned more {wording.in_place(desk.place_name(place))}", " earned more")
    rows = [_row("Median pay", [wording.figure(s) for s in found if s], found)]
    table = {"columns": ["", *[desk.place_name(p) for p in (one, other)]], "rows": rows}
    points = []
    for place, record in zip((one, other), pair):
        low, high = (record.statement("annual_p10"), record.statement("annual_p90")) if record else (None, None)
        if low and high:
            points.append(Line(f"{wording.capital(desk.place_name(place))}: the lowest-paid tenth earned less than {wording.figure(low)} a year, "
                               f"the highest-paid tenth more than {wording.figure(high)}.", (low, high)))
    return desk.draft(Line(text, line_.statements, True), points, table=table)


def employers(desk: Desk, one: str, other: str) -> Reply:
    """The pay of one occupation with two kinds of employer."""
    column = "hourly_median" if desk.context.pay_period == "hour" else "annual_median"
    pair = [desk.knowledge.wage(_owner(desk), COUNTRY, employer) for employer in (one, other)]
    found = [r.statement(column) if r else None for r in pair]
    if not found[0] or not found[1]:
        missing = desk.catalog.employer(one if not found[0] else other)
        return desk.nothing(f"the pay of {desk.plural} {missing.short}", detail="employer")
    names = [f"{desk.plural} {desk.catalog.employer(e).short}" for e in (one, other)]
    return desk.draft(_pay_line(desk, names[0], names[1], found[0], found[1]),
                      table={"columns": ["", *[desk.catalog.employer(e).name for e in (one, other)]],
                             "rows": [_row("Median pay", [wording.figure(s) for s in found if s], found)]})


def _owner(desk: Desk) -> str:
    return desk.occupation.id if desk.occupation.soc else desk.occupation.stands_in or desk.occupation.id

