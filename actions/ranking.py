"""The best- and worst-paying states, cities and employers for an occupation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions import wording
from actions.asking import Desk, asked_column
from actions.draft import Line, Reply
from actions.pairs import owner
from knowledge.importers.titles import singular
from knowledge.scope import COUNTRY
from knowledge.statement import Statement
from knowledge.wages import WageRecord

SHOWN = 5
JOBS = "employment"  # the column of the pay statistics that counts them
_PLACES = r"(?:places?|states?|cit(?:y|ies)|metros?|areas?|towns?|regions?|parts? of the (?:country|nation|u\.?s\.?a?))"
_MOST = r"(?:the )?(?:most|fewest|least|(?:highest|largest|biggest|greatest|lowest|smallest) (?:number|amount|count)s?)"
# "which state has the most nurses", "what cities employ the most", "in which state do most coders work"
_MOST_JOBS = re.compile(
    rf"\b{_PLACES}\b.{{0,40}}\b(?:employ\w*|hires?|has|have|had|having|with|got)\b.{{0,20}}?\b{_MOST}\b"
    # "which state has more nurses than any other", "in what city are coders most common"
    rf"|\b{_PLACES}\b.{{0,30}}\b(?:employ\w*|hires?|has|have|got|do|are) more\b.{{0,60}}\bthan (?:any|all|every)"
    rf"|\btop (?:\w+ )?{_PLACES} (?:by|for|in) (?:the )?(?:number|head ?count|employment|jobs|total)"
    r"|\bwhere in (?:the )?(?:u\.?s\.?a?|country|nation|states|america)\b.{0,40}?\bmost\b"
    r"|\bwhere are (?:the )?most\b.{0,60}\b(?:employed|located|found|concentrated)\b"
    rf"|\b{_PLACES}\b.{{0,40}}\bmost (?:numerous|common|plentiful|concentrated)\b"
    rf"|\b(?:which|what) {_PLACES} (?:do|are|is) (?:the )?(?:most|majority|(?:largest|greatest|biggest|highest) "
    r"(?:number|share|amount))\b",
    re.I,
)
_NOT_JOBS = re.compile(
    r"\b(?:pay(?!roll)\w*|paid|salar\w+|wages?|earn\w*|makes?|money|openings?|hiring|grow\w*|demand|schools?|programs?|colleges?"
    r"|classes|need|needs|shortages?|opportunit\w+|remote|cheap\w*|expensive|competit\w+|per capita|cost|strict\w*"
    r"|benefits|(?:more|most) (?:experienced|flexible)|overtime|hours|unions?)\b",
    re.I,
)
_KINDS_TOO = re.compile(r"\b(?:wh(?:ich|at) places?|where)\b", re.I)
_AREAS = re.compile(r"\b(?:cit(?:y|ies)|metros?|areas?|towns?)\b", re.I)
_FEWEST = re.compile(r"\b(?:fewest|least|lowest|smallest)\b", re.I)


def places(desk: Desk, *, lowest: bool, cities: bool) -> Reply:
    """The five best (or worst) paying states, or areas; areas of one state where the question names it."""
    column, occupation = asked_column(desk.context), owner(desk)
    within, level, kind, where = _asked_places(desk, cities)
    records = desk.knowledge.ranking(occupation, column, level=level, within=within, lowest=lowest, limit=SHOWN)
    if not records:
        return desk.nothing(f"pay by place for {desk.plural}", detail="ranking")
    pairs = _figures(records, column)
    first = pairs[0][1]
    best = "lowest-paying" if lowest else "best-paying"
    names, shown = _ranked(desk, pairs)
    headline = Line(
        f"The {best} {kind} for {desk.plural}{where} {wording.when(first.scope.period)} were {names}, "
        f"by {wording.statistic_name(first)} {'hourly' if first.unit == 'USD/hour' else 'yearly'} pay.",
        shown,
    )
    points = [
        Line(f"{n}. {wording.capital(_name(desk, s))}: {wording.figure(s)} {wording.per(s.unit or '')}", (s,))
        for n, (_, s) in enumerate(pairs, 1)
    ]
    statement = _national(desk, column)
    if statement:
        points.append(
            Line(
                f"For comparison, the United States: {wording.figure(statement)} {wording.per(statement.unit or '')}",
                (statement,),
            )
        )
    older = () if lowest or within else _older(desk, level, column)
    return desk.draft(
        headline,
        points,
        others_note="An older list differs:" if older else "",
        others=older,
        notes=desk.notes(desk.ask(("pay.annual",))),
        chart=_chart(desk, pairs),
    )


def employers(desk: Desk, *, lowest: bool = False) -> Reply:
    """The pay of the industries that employ most of the occupation, the best-paying of them first, or the worst."""
    column, occupation = asked_column(desk.context), owner(desk)
    pairs = _figures(desk.knowledge.industries(occupation, column, SHOWN), column)
    if not pairs:
        return desk.nothing(f"pay by employer for {desk.plural}", detail="industries")
    pairs.sort(key=lambda pair: pair[1].number or 0, reverse=not lowest)
    first = pairs[0][1]
    headline = Line(
        f"Of the employers with the most {desk.plural}, those "
        f"{desk.catalog.employer(first.scope.employer_type).short} paid {'least' if lowest else 'best'}: "
        f"a {wording.statistic_name(first)} of {wording.figure(first)} {wording.per(first.unit or '')} "
        f"{wording.when(first.scope.period)}.",
        (first,),
    )
    points = [
        Line(
            f"{wording.capital(desk.catalog.employer(s.scope.employer_type).short)}: {wording.figure(s)} "
            f"{wording.per(s.unit or '')}",
            (s,),
        )
        for _, s in pairs
    ]
    return desk.draft(headline, points, chart=_chart(desk, pairs))


def employing(desk: Desk) -> Reply:
    """The five states, or areas, that employ most of an occupation; areas of one state where the question names it."""
    occupation, asked = owner(desk), desk.context.question or ""
    within, level, kind, where = _asked_places(desk, bool(_AREAS.search(asked)))
    fewest = bool(_FEWEST.search(asked))
    records = desk.knowledge.ranking(occupation, JOBS, level=level, within=within, lowest=fewest, limit=SHOWN)
    pairs = _figures(records, JOBS)
    if not pairs:
        return desk.nothing(f"how many {desk.plural} each place employs", detail="ranking-jobs")
    names, shown = _ranked(desk, pairs)
    when = wording.when(pairs[0][1].scope.period)
    share = "fewest" if fewest else "most"
    headline = Line(
        f"The {kind}{where} that employed the {share} {desk.plural} {when} were {names}.",
        shown,
    )
    points = [
        Line(f"{n}. {wording.capital(_name(desk, s))}: about {wording.figure(s)} jobs", (s,))
        for n, (_, s) in enumerate(pairs, 1)
    ]
    statement = _national(desk, JOBS)
    if statement:
        points.append(Line(f"In the whole United States: about {wording.figure(statement)} jobs", (statement,)))
    if _KINDS_TOO.search(asked) and not fewest:
        points = [*_by_kind(desk), *points]
    return desk.draft(headline, points, notes=desk.notes(desk.ask(("outlook.employment",))))


def _by_kind(desk: Desk) -> list[Line]:
    """The kinds of employers that have the most jobs: "places" may be states or these."""
    pairs = _figures(desk.knowledge.industries(owner(desk), JOBS, 3), JOBS)
    named = [f"{desk.catalog.employer(s.scope.employer_type).short} ({wording.figure(s)})" for _, s in pairs]
    if not pairs:
        return []
    when = wording.when(pairs[0][1].scope.period)
    said = f"By kind of employer, the largest numbers of jobs {when} were {wording.joined(named)}."
    return [Line(said, tuple(s for _, s in pairs))]


def employs_most(text: str, occupation: str = "") -> bool:
    """Whether a question asks which states or areas employ most of an occupation, and not where pay is best.
    `occupation`: its name, whose words ask nothing ("school bus drivers")."""
    words = {singular(word) for word in re.findall(r"[a-z]+", occupation.lower())}
    asks = " ".join(word for word in text.split() if singular(word.lower().strip(".,?!")) not in words)
    return bool(_MOST_JOBS.search(text)) and not _NOT_JOBS.search(asks)


def _asked_places(desk: Desk, areas: bool) -> tuple[str | None, str, str, str]:
    """Which places are ranked: the state whose areas they are, or None; their level; what they are called; " in" that
    state. `areas`: whether areas are asked for and not states."""
    place = desk.catalog.places.get(desk.context.place or "")
    if place and place.level == "state":
        return place.id, "M", "areas", f" in {place.name}"
    return (None, "M", "areas", "") if areas else (None, "S", "states", "")


def _ranked(desk: Desk, pairs: Sequence[tuple[WageRecord, Statement]]) -> tuple[str, tuple[Statement, ...]]:
    """The first three places with their figures, as one text, and the statements of these."""
    shown = tuple(statement for _, statement in pairs[:3])
    return wording.joined([f"{_name(desk, s)} ({wording.figure(s)})" for s in shown]), shown


def _national(desk: Desk, column: str) -> Statement | None:
    record = desk.knowledge.wage(owner(desk))
    return record.statement(column) if record else None


def _figures(records: Sequence[WageRecord], column: str) -> list[tuple[WageRecord, Statement]]:
    pairs = [(record, record.statement(column)) for record in records]
    return [(record, statement) for record, statement in pairs if statement is not None]


def _name(desk: Desk, statement: Statement) -> str:
    return desk.place_name(statement.scope.place)


def _older(desk: Desk, level: str, column: str) -> tuple[Line, ...]:
    """What older sources give for states (or areas): the five highest of them, so that a change is seen."""
    if desk.context.occupation != owner(desk):
        return ()
    indicator = "pay.hourly" if column.startswith("hourly") else "pay.annual"
    listed = [
        s
        for s in desk.knowledge.statements(desk.context.occupation or "", indicator)
        if s.scope.place != COUNTRY and s.scope.place.startswith("US-" if level == "S" else "M") and s.number
    ]
    by_edition: dict[str, list[Statement]] = {}
    for statement in sorted(listed, key=lambda s: -(s.number or 0)):
        by_edition.setdefault(statement.edition, []).append(statement)
    lines = []
    for edition, statements in by_edition.items():
        names = [f"{_name(desk, s)} ({wording.figure(s)})" for s in statements[:SHOWN]]
        lines.append(
            Line(
                f"{desk.publisher(edition)} ({wording.dated(statements[0].scope.period)}): {wording.joined(names)}",
                tuple(statements[:SHOWN]),
            )
        )
    return tuple(lines)


def _chart(desk: Desk, pairs: Sequence[tuple[WageRecord, Statement]]) -> dict[str, object]:
    first = pairs[0][1]
    same_place = len({s.scope.place for _, s in pairs}) == 1
    return {
        "kind": "bars",
        "unit": first.unit,
        "points": [
            {
                "label": desk.catalog.employer(s.scope.employer_type).name if same_place else _name(desk, s),
                "value": s.number,
                "statement": s.id,
            }
            for _, s in pairs
        ],
    }
