"""Two occupations, credentials, places or employers side by side: a table, both sides cited."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actions import wording
from actions.asking import Desk, statistic_of
from actions.draft import MAX_HEADLINE, Line, Reply, line, unique
from actions.schooling import credential_findings
from actions.texts import MARGIN, SPECIFIC
from knowledge.resolve import Finding
from knowledge.scope import COUNTRY
from knowledge.statement import Statement

PAY_WORDS = r"\b(pay|pays|paid|salary|money|earns?|wages?|makes? more|income)\b|\$"
GROWTH_WORDS = r"\b(growth|grow|growing|outlook|demand|openings?|future)\b"
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
    findings = [f for _, f in desk.ranked(answer.findings)]
    summaries = [f for f in findings if f.lead.indicator == "comparison.summary"] or findings
    return desk.draft(line(summaries[0]), [p for p in unique([line(f) for f in findings]) if p.text != summaries[0].lead.text],
                      notes=desk.notes(answer))


def occupations(desk: Desk, one: str, other: str) -> Reply:
    """Pay, schooling and outlook of both from the official sources, then the differences that sources state."""
    names = [desk.catalog.occupations[id] for id in (one, other)]
    rows: list[dict[str, object]] = []
    points: list[Line] = []
    pay = _pay_of_both(desk, one, other)
    headline: Line | None = None
    if pay[0] and pay[1] and pay[0].id != pay[1].id and pay[0].number is not None and pay[1].number is not None:
        headline, *points = _fitting(_pay_line(desk, names[0].plural, names[1].plural, pay[0], pay[1]))
        rows.append(_row(f"{wording.capital(wording.statistic_name(pay[0]))} pay", [wording.figure(s) for s in pay if s], pay))
    for title, indicator in (("Typical schooling", "education.requirement"), ("Projected growth", "outlook.growth")):
        found = [_official(desk, id, indicator) for id in (one, other)]
        if found[0] and found[1] and found[0] is not found[1]:
            texts = [_cell(indicator, f.lead) for f in found if f]
            rows.append(_row(title, texts, [f.lead for f in found if f]))
            text = (f"{title}: {names[0].plural}, {texts[0]}; {names[1].plural}, {texts[1]}.")
            points.append(Line(text, tuple(f.lead for f in found if f)))
    stated = _stated(desk, one, other)
    summary = [f for f in stated if f.lead.indicator == "comparison.summary"]
    scored = desk.ranked([f for f in stated if f not in summary])
    lines = [line(f) for _, f in scored]
    views = [line(f) for f in summary]
    asked = (desk.context.question or "").lower()
    growth = next((p for p in points if p.text.startswith("Projected growth")), None)
    if growth and re.search(GROWTH_WORDS, asked):
        lead, rest = growth, [*([headline] if headline else []), *points, *views, *lines]
    elif headline and re.search(PAY_WORDS, asked):
        lead, rest = headline, [*points, *views, *lines]
    elif scored and scored[0][0].near >= SPECIFIC and (not summary or scored[0][0].total > desk.ranked(summary)[0][0].total + MARGIN):
        lead, rest = lines[0], [*views[:1], *([headline] if headline else []), *points, *lines[1:]]
    else:
        rest = [*views[:1], *([headline] if headline else []), *points, *lines]
        if not rest:
            return replace(desk.nothing(f"how {names[0].plural} and {names[1].plural} compare"), detail="comparison")
        lead, rest = rest[0], rest[1:]
    others = _other_views(lead, views[1:])
    table = {"columns": ["", names[0].plural, names[1].plural], "rows": rows} if rows else None
    return desk.draft(lead, [p for p in unique(rest) if p.text != lead.text and p not in views[1:]], table=table,
                      notes=_stand_in_notes(desk, (one, other)), others=others,
                      others_note="Other sources see it differently:" if others else "")


def _pay_of_both(desk: Desk, one: str, other: str) -> list[Statement | None]:
    """The pay of both in the context's place; in the United States if either has no figure there: like with like."""
    local = [_pay(desk, id, desk.context.place or COUNTRY) for id in (one, other)]
    return local if all(local) else [_pay(desk, id, COUNTRY) for id in (one, other)]


def _other_views(lead: Line, views: Sequence[Line]) -> tuple[Line, ...]:
    """The views of other editions than the headline's, one an edition."""
    known = {s.edition: lead for s in lead.statements}
    for view in views:
        known.setdefault(view.statements[0].edition, view)
    return tuple(view for view in known.values() if view is not lead)


def _pay(desk: Desk, occupation: str, place: str) -> Statement | None:
    """The median of the pay statistics (the asked statistic and unit, if any) in a place."""
    known = desk.catalog.occupations[occupation]
    owner = occupation if known.soc else known.stands_in
    if owner is None:
        return None
    unit = "hourly" if desk.context.pay_period == "hour" else "annual"
    name, percentile = statistic_of(desk.context.statistic)
    column = f"{unit}_{f'p{percentile}' if percentile in (10, 25, 75, 90) else 'mean' if name == 'mean' else 'median'}"
    record = desk.knowledge.wage(owner, place)
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


def _fitting(one: Line) -> list[Line]:
    """A pay line that fits a headline: where the names are long, the difference becomes a line of its own."""
    room = MAX_HEADLINE - len(" [1][2]")
    said, _, difference = one.text.partition(", a difference of ")
    if len(one.text) < room or not difference:
        return [one]
    said = f"{said}."
    if len(said) >= room:
        said = f"{said.rpartition(' for ')[0]} for the other."
    return [Line(said, one.statements), Line(f"The difference is {difference}", one.statements, True)]


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
            evidence = desk.knowledge.evidence(known.stands_in_statement) if known.stands_in_statement else None
            lines.append(Line(f"Official statistics count {known.plural} with {desk.catalog.occupations[known.stands_in].plural}, "
                              "so they have no pay figure of their own.", (evidence.statement,) if evidence else ()))
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
    named = [f for findings in known for f in findings if all(n.short in (f.lead.text or "") for n in names)]
    if named:  # what a source says of both in one sentence
        headline = line(named[0])
        points = [p for p in (*[line(f) for f in named[1:]], *points) if p.text != headline.text]
    elif both[0] and both[1]:
        text = f"{both[0].lead.text} {both[1].lead.text}"
        headline = Line(text, (*line(both[0], limit=2).statements, *line(both[1], limit=2).statements))
        points = [p for p in points if p.text not in (both[0].lead.text, both[1].lead.text)]
        if len(text) >= MAX_HEADLINE - len(" [1][2][3][4]"):
            headline, points = line(both[0]), [line(both[1]), *points]
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
        where = wording.in_place(desk.place_name(place))
        text = text.replace(f" earned more {where}", " earned more").replace(f" earned the same {where}:", " earned the same:")
    text = text.replace(f" for {desk.plural} in ", " in ")
    rows = [_row("Median pay", [wording.figure(s) for s in found if s], found)]
    table = {"columns": ["", *[desk.place_name(p) for p in (one, other)]], "rows": rows}
    points = []
    for place, record in zip((one, other), pair):
        low, high = (record.statement("annual_p10"), record.statement("annual_p90")) if record else (None, None)
        if low and high:
            points.append(Line(f"{wording.capital(desk.place_name(place))}: the lowest-paid tenth earned less than {wording.figure(low)} a year, "
                               f"the highest-paid tenth more than {wording.figure(high)}.", (low, high)))
    headline, *rest = _fitting(Line(text, line_.statements, True))
    return desk.draft(headline, [*rest, *points], table=table)


def employers(desk: Desk, one: str, other: str) -> Reply:
    """The pay of one occupation with two kinds of employer."""
    column = "hourly_median" if desk.context.pay_period == "hour" else "annual_median"
    pair = [desk.knowledge.wage(_owner(desk), COUNTRY, employer) for employer in (one, other)]
    found = [r.statement(column) if r else None for r in pair]
    if not found[0] or not found[1]:
        missing = desk.catalog.employer(one if not found[0] else other)
        return desk.nothing(f"the pay of {desk.plural} {missing.short}", detail="employer")
    names = [f"{desk.plural} {desk.catalog.employer(e).short}" for e in (one, other)]
    line_ = _pay_line(desk, names[0], names[1], found[0], found[1])
    text = line_.text.replace(f" for {desk.plural} ", " ")  # the sentence names the occupation already
    headline, *rest = _fitting(Line(text, line_.statements, True))
    return desk.draft(headline, rest, table={"columns": ["", *[desk.catalog.employer(e).name for e in (one, other)]],
                             "rows": [_row("Median pay", [wording.figure(s) for s in found if s], found)]})


def _owner(desk: Desk) -> str:
    return desk.occupation.id if desk.occupation.soc else desk.occupation.stands_in or desk.occupation.id

