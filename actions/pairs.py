"""Two credentials, places or employers side by side; the shared pieces of every comparison."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions import wording
from actions.asking import CUE_WORDS, Desk, asked_column, cues_for
from actions.aspects import SCHOOL_WORDS
from actions.draft import MAX_HEADLINE, Line, Reply, line, unique
from actions.pay_wording import sentence
from actions.schooling import credential_findings
from knowledge.resolve import Finding
from knowledge.scope import COUNTRY
from knowledge.statement import Statement

ROWS = (
    "certification.issuer",
    "certification.level",
    "certification.eligibility",
    "certification.experience",
    "certification.covers",
    "certification.use",
    "certification.exam",
)


# What tells two credentials apart, best first: the headline says the first that is known of both.
TELLING = ("certification.level", "certification.covers", "certification.use", "certification.eligibility")
_PLAIN = ("certification.use", "certification.eligibility", "certification.credential")
# Words that ask for a row: "which one needs a degree", "what does one show that the other doesn't".
_ROWS_OF = {
    rf"{SCHOOL_WORDS}|\b(?:bachelor\w*|associate\w*|sit for|eligible|qualify|take)\b": ("certification.eligibility",),
    r"\b(?:shows?|proves?|demonstrat\w+|covers?|stands? for|says? about|know(?:ledge)?|skills?)\b": (
        "certification.level",
        "certification.covers",
    ),
}
# what no source says of any credential: the cue whose words name it
_UNKNOWN_OF = {
    r"\b(?:costs?|cheap(?:er|est)?|expensive|pric(?:e[sdy]?|ier|iest))\b": "exam-fee",
    r"\b(?:hard(?:er|est)?|tough(?:er|est)?|difficult)\b"
    r"(?!.*\b(?:to (?:get|earn|qualify|become|renew|keep|find|use)|get in)\b)"
    r"(?! (?:skills?|work|jobs?)\b)": "pass-rate",
}
_MORE_THAN = re.compile(
    r"\b(?:pa(?:id|ys?)|earn\w*|makes?|making|gets?|money|salar\w+|wages?)\b.*\b(?:more|less|better|higher|lower)\b.*\bthan\b"
    r"|\b(?:more|less|better|higher|lower)\b.*\b(?:pay|money|salar\w+|wages?)\b.*\bthan\b",
    re.I,
)
# "do RHIAs really make more", "and does that one pay better"
_PAID_MORE = re.compile(
    r"(?!.*\bhow much\b)(?=.*\b(?:(?:pa(?:id|ys?)|earns?)\b.{0,12}\b(?:more|better|higher)\b(?! than\b)"
    r"|makes?\b.{0,12}\bmore\b(?=\W*$| money| if| with)))",
    re.I,
)
UNKNOWN: dict[str, object] = {"text": "not in my sources", "statement": None}  # a cell of a table


def pay_line(desk: Desk, first: str, second: str, a: Statement, b: Statement) -> Line:
    """Which of two figures is higher, and by how much (computed)."""
    if (a.number or 0) < (b.number or 0):
        first, second, a, b = second, first, b, a
    unit = a.unit or ""
    difference = wording.money(abs((a.number or 0) - (b.number or 0)), unit)
    where = f" {wording.in_place(desk.place_name(a.scope.place))}" if a.scope.place != COUNTRY else ""
    kind = f"the {wording.statistic_name(a)} was" if a.scope.statistic == "percentile" else wording.statistic(a)
    text = (
        f"{wording.capital(first)} earned more{where} {wording.when(a.scope.period)}: {kind} "
        f"{wording.figure(a)} {wording.per(unit)}, against {wording.figure(b)} for {second}, "
        f"a difference of {difference} (computed)."
    )
    if a.number == b.number:
        text = f"{wording.capital(first)} and {second} earned the same{where}: {wording.figure(a)} {wording.per(unit)}."
    return Line(text, (a, b), True)


def pay_with(desk: Desk, names: Sequence[str]) -> list[Line]:
    """What sources say of pay with a credential that is named by one of these names, of any occupation."""
    asked = [desk.ask(("pay.comparison",), topic="pay", occupation=id) for id in desk.catalog.in_depth]
    found = [f for answer in asked for f in answer.findings]
    return list(unique([line(f) for f in found if any(name in (f.lead.text or "") for name in names)]))


def paid_with(desk: Desk) -> list[Line]:
    """What sources say of pay with a credential, where the question sets it against pay without: "are RHITs paid more
    than billers?"; nothing if it asks for no such thing."""
    context, question = desk.context, desk.context.question or ""
    more = _MORE_THAN.search(question) or (not context.place and _PAID_MORE.match(question))
    if not context.credential or context.second_credential or not more:
        return []
    return pay_with(desk, [desk.catalog.credentials[context.credential].short])


def row(title: str, texts: Sequence[str], statements: Sequence[Statement | None]) -> dict[str, object]:
    return {"title": title, "cells": [{"text": t, "statement": s.id} for t, s in zip(texts, statements) if s]}


def fitting(one: Line) -> list[Line]:
    """A pay line that fits a headline: where the names are long, the difference becomes a line of its own."""
    room = MAX_HEADLINE - len(" [1][2]")
    said, _, difference = one.text.partition(", a difference of ")
    if len(one.text) < room or not difference:
        return [one]
    said = f"{said}."
    if len(said) >= room:
        said = f"{said.rpartition(' for ')[0]} for the other."
    return [Line(said, one.statements), Line(f"The difference is {difference}", one.statements, True)]


def credentials(desk: Desk, ids: Sequence[str]) -> Reply:
    """Issuer, eligibility, level and use of two or more credentials; what the question asks for comes first."""
    every = [(desk.catalog.credentials[id], credential_findings(desk, id)) for id in ids]
    described = [(name, findings) for name, findings in every if findings]
    if len(described) < 2 or (len(ids) == 2 and len(described) < len(ids)):
        missing = next(name for name, findings in every if not findings)
        near = [line(f) for _, findings in described for f in findings[:2]]
        return desk.nothing(f"the {missing.short} credential", near, detail=missing.id)
    names, known = [name for name, _ in described], [findings for _, findings in described]
    gaps = [cue.id for cue in cues_for(desk.context, "certification") if cue.strict and not cue.indicators]
    gaps += [gap for words, gap in _UNKNOWN_OF.items() if re.search(words, desk.context.question or "", re.I)]
    if gaps:
        return desk.nothing(CUE_WORDS[gaps[0]], detail=gaps[0])
    rows, points = [], []
    asked, wanted = _asked(desk)
    for indicator in dict.fromkeys((*asked, "certification.eligibility", *ROWS)):
        found = [_telling(findings, indicator) for findings in known]
        for name, finding in zip(names, found):
            if finding:
                text = finding.lead.text or ""
                points.append(line(finding, text if name.short in text else f"{name.short}: {text}"))
        if any(found):
            cells = [{"text": f.lead.text or "", "statement": f.lead.id} if f else UNKNOWN for f in found]
            rows.append({"title": desk.catalog.indicators[indicator].title, "cells": cells})
    same = next((name for name in (*asked, *TELLING) if _of_all(known, name)), None)
    each = [
        (_telling(findings, same) if same else None)
        or _telling(findings, "certification.level")
        or next((f for f in findings if f.lead.indicator in _PLAIN), None)
        for findings in known
    ]
    named = [f for findings in known for f in findings if all(n.short in (f.lead.text or "") for n in names)]
    first = points[0].statements[0].indicator if points else None
    of_one = first is not None and first == wanted and not _of_all(known, wanted)
    if of_one:  # what the question asks for, though it is known of one alone
        headline, *points = points
    elif named and not any(_of_all(known, name) for name in asked):  # what a source says of all in one sentence
        headline = line(named[0])
        apart = points[:2] if not asked else []  # who may take either tells them apart
        points = [p for p in (*apart, *[line(f) for f in named[1:]], *points) if p.text != headline.text]
    elif all(each):
        lines = [line(f, limit=2) for f in each if f]
        text = " ".join(one.text for one in lines)
        headline, *rest = [Line(text, tuple(s for one in lines for s in one.statements))]
        if len(text) >= MAX_HEADLINE - len(" [1][2]") * len(lines):
            headline, *rest = [line(f) for f in each if f]
        points = [*rest, *[p for p in points if p.text not in {f.lead.text for f in each if f}]]
    else:
        headline, *points = points or [line(findings[0]) for findings in known]
    table = {"columns": ["", *(name.short for name in names)], "rows": rows} if rows else None
    return desk.draft(headline, unique(points), table=table)


def _asked(desk: Desk) -> tuple[list[str], str | None]:
    """The rows that the question asks for, by its words for schooling and skills and by its cues; then the one that it
    asks for first, if that is not only which is best."""
    question, cues = desk.context.question or "", cues_for(desk.context, "certification")
    words = [name for pattern, names in _ROWS_OF.items() if re.search(pattern, question, re.I) for name in names]
    words += [name for cue in cues for name in cue.indicators if name in ROWS and cue.id != "which-best"]
    best = [name for cue in cues for name in cue.indicators if name in ROWS and cue.id == "which-best"]
    return list(dict.fromkeys((*words, *best))), next(iter(words), None)


def _of_all(known: Sequence[Sequence[Finding]], indicator: str) -> bool:
    return all(any(f.lead.indicator == indicator for f in findings) for findings in known)


def _telling(findings: Sequence[Finding], indicator: str) -> Finding | None:
    """The finding of an indicator that tells credentials apart best: the one that names a degree, else the first."""
    own = [f for f in findings if f.lead.indicator == indicator]
    return next(
        (f for f in own if re.search(r"degree|bachelor|associate", f.lead.text or "", re.I)), own[0] if own else None
    )


def places(desk: Desk, one: str, other: str) -> Reply:
    """The pay of one occupation in two places."""
    pair = [desk.knowledge.wage(owner(desk), place) for place in (one, other)]
    found = [r.statement(asked_column(desk.context)) if r else None for r in pair]
    if not found[0] or not found[1]:
        missing = desk.place_name(one if not found[0] else other)
        near = [Line(sentence(desk, s), (s,)) for s in found if s]
        return desk.nothing(f"the pay of {desk.plural} {wording.in_place(missing)}", near, detail="place")
    names = [f"{desk.plural} {wording.in_place(desk.place_name(place))}" for place in (one, other)]
    line_ = pay_line(desk, names[0], names[1], found[0], found[1])
    text = line_.text
    for place in (one, other):  # the sentence names both places already
        where = wording.in_place(desk.place_name(place))
        text = text.replace(f" earned more {where}", " earned more").replace(
            f" earned the same {where}:", " earned the same:"
        )
    text = text.replace(f" for {desk.plural} in ", " in ")
    rows = [row(wording.pay_title(found[0]), [wording.figure(s) for s in found if s], found)]
    table = {"columns": ["", *[desk.place_name(p) for p in (one, other)]], "rows": rows}
    points = []
    for place, record in zip((one, other), pair):
        low, high = (record.statement("annual_p10"), record.statement("annual_p90")) if record else (None, None)
        if low and high and not desk.context.statistic:
            points.append(
                Line(
                    f"{wording.capital(desk.place_name(place))}: the lowest-paid tenth earned less than "
                    f"{wording.figure(low)} a year, "
                    f"the highest-paid tenth more than {wording.figure(high)}.",
                    (low, high),
                )
            )
    headline, *rest = fitting(Line(text, line_.statements, True))
    return desk.draft(headline, [*rest, *points], table=table)


def employers(desk: Desk, one: str, other: str) -> Reply:
    """The pay of one occupation with two kinds of employer."""
    column = asked_column(desk.context)
    pair = [desk.knowledge.wage(owner(desk), COUNTRY, employer) for employer in (one, other)]
    found = [r.statement(column) if r else None for r in pair]
    if not found[0] or not found[1]:
        missing = desk.catalog.employer(one if not found[0] else other)
        return desk.nothing(f"the pay of {desk.plural} {missing.short}", detail="employer")
    names = [f"{desk.plural} {desk.catalog.employer(e).short}" for e in (one, other)]
    line_ = pay_line(desk, names[0], names[1], found[0], found[1])
    text = line_.text.replace(f" for {desk.plural} ", " ")  # the sentence names the occupation already
    headline, *rest = fitting(Line(text, line_.statements, True))
    return desk.draft(
        headline,
        rest,
        table={
            "columns": ["", *[desk.catalog.employer(e).name for e in (one, other)]],
            "rows": [row(wording.pay_title(found[0]), [wording.figure(s) for s in found if s], found)],
        },
    )


def owner(desk: Desk) -> str:
    """The occupation whose statistics answer: its own, or those of the one that stands in for it."""
    return desk.occupation.id if desk.occupation.soc else desk.occupation.stands_in or desk.occupation.id
