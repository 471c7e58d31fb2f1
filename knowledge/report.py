"""What the knowledge base holds, for staff: counts, conflicts, statements. Plain text; reads through KnowledgeBase."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from knowledge.facts import Correction
from knowledge.query import Evidence, KnowledgeBase, Question
from knowledge.resolve import Finding, Resolver
from knowledge.scope import ALL_EMPLOYERS, COUNTRY, UNSTATED, Scope
from knowledge.statement import Statement
from state.gaps import RecordedGap

TEXT_WIDTH = 60


def table(rows: Sequence[Sequence[object]], right: Iterable[int] = ()) -> list[str]:
    """Rows as aligned lines, the first row being the heading; the columns in `right` are set flush right."""
    cells = [[str(cell) for cell in row] for row in rows]
    flush = set(right)
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    return [
        "  ".join(
            cell.rjust(width) if column in flush else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]


def stats(knowledge: KnowledgeBase, corrections: Sequence[Correction]) -> list[str]:
    """How many statements each source has on each topic, with totals. Pay statistics are not statements here."""
    catalog = knowledge.catalog
    statements = knowledge.all_statements()
    counts = Counter((catalog.indicators[s.indicator].topic, catalog.editions[s.edition].source.id) for s in statements)
    sources = sorted({source for _, source in counts})
    rows: list[list[object]] = [["topic", *sources, "total"]]
    for topic in [t for t in catalog.topics if any(counts[t, source] for source in sources)]:
        own = [counts[topic, source] for source in sources]
        rows.append([topic, *own, sum(own)])
    totals = [sum(count for (_, other), count in counts.items() if other == source) for source in sources]
    rows.append(["total", *totals, sum(totals)])
    occupations = len({s.occupation for s in statements})
    return [
        *table(rows, range(1, len(rows[0]))),
        "",
        (
            f"{len(statements)} statements on {occupations} occupations; {len(sources)} sources with statements, "
            f"{len(catalog.editions)} editions, {len(corrections)} corrections"
        ),
    ]


def conflicts(knowledge: KnowledgeBase) -> list[Finding]:
    """Every disagreement: those that an answer shows, then those inside a scope that no general answer leads with."""
    catalog = knowledge.catalog
    resolver = Resolver(catalog.editions, catalog.indicators, catalog.parents)
    groups: dict[tuple[str, str], list[Statement]] = {}
    for statement in knowledge.all_statements():
        if catalog.indicators[statement.indicator].type != "text":
            groups.setdefault((statement.occupation, statement.indicator), []).append(statement)
    found: list[Finding] = []
    for (occupation, name), own in groups.items():
        indicator = catalog.indicators[name]
        shown = knowledge.answer(Question(indicator.topic, occupation, indicators=(name,))).findings
        candidates = [finding for finding in shown if finding.lead.occupation == occupation]
        if indicator.type == "number":
            candidates += [finding for finding in map(resolver.number, *_same_scope(own)) if finding]
        seen: list[set[str]] = []
        for finding in candidates:
            ids = {s.id for s in (*finding.support, *finding.differing)}
            if finding.differing and not any(ids <= other for other in seen):
                seen.append(ids)
                found.append(finding)
    return found


def _same_scope(statements: Sequence[Statement]) -> tuple[list[list[Statement]], list[Scope]]:
    """Statements of one scope and period together, and that scope. An unstated place or employer is the general one."""
    groups: dict[tuple[str, str | None], tuple[list[Statement], Scope]] = {}
    for statement in statements:
        scope = replace(
            statement.scope,
            place=COUNTRY if statement.scope.place == UNSTATED else statement.scope.place,
            employer_type=ALL_EMPLOYERS if statement.scope.employer_type == UNSTATED else statement.scope.employer_type,
        )
        groups.setdefault((scope.key, statement.unit), ([], scope))[0].append(statement)
    return [members for members, _ in groups.values()], [scope for _, scope in groups.values()]


def conflict_lines(knowledge: KnowledgeBase, corrections: Sequence[Correction]) -> list[str]:
    """Conflicts with every source, value and locator; then what is known to be wrong in a source."""
    found = conflicts(knowledge)
    lines: list[str] = []
    for finding in found:
        lead = finding.lead
        lines.append(f"{lead.occupation}: {lead.indicator}{_qualifiers(lead)}")
        rows = [["  leads", *_cited(lead)]]
        rows += [["  agrees", *_cited(s)] for s in finding.agreeing]
        rows += [["  differs", *_cited(s)] for s in finding.differing]
        lines += [*table([["  ", "value", "scope", "edition", "locator"], *rows]), ""]
    lines.append(f"{len(found)} conflicts")
    for correction in corrections:
        lines += [
            "",
            f"correction {correction.id}: {correction.edition}, {correction.locator}",
            f"  printed:  {correction.published}",
            f"  right:    {correction.corrected}",
            f"  because:  {correction.reason}",
        ]
        if correction.shown_by:
            shown = ", ".join(filter(None, (correction.shown_by, correction.shown_by_locator)))
            lines.append(f"  shown by: {shown}")
    return [*lines, "", f"{len(corrections)} corrections"]


def _cited(statement: Statement) -> list[str]:
    return [value(statement), _scope(statement), statement.edition, statement.locator]


def value(statement: Statement) -> str:
    """What a statement says, in one line: its figure and unit, its item, or the beginning of its text."""
    if statement.number is not None:
        said = f"{_figure(statement.number)} {statement.unit}"
    elif statement.low is not None and statement.high is not None:
        said = f"{_figure(statement.low)} to {_figure(statement.high)} {statement.unit}"
    elif statement.low is not None:
        said = f"at least {_figure(statement.low)} {statement.unit}"
    elif statement.high is not None:
        said = f"at most {_figure(statement.high)} {statement.unit}"
    else:
        said = statement.item or textwrap.shorten(statement.text or "", TEXT_WIDTH, placeholder=" …")
    return said if statement.value_kind == "value" else f"{said} ({statement.value_kind})"


def _figure(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:,.2f}".rstrip("0")


def _scope(statement: Statement) -> str:
    scope = statement.scope
    if not statement.has_figure:
        return ""
    statistic = f"p{scope.percentile}" if scope.percentile is not None else scope.statistic
    stated = (scope.place, statistic, scope.period, "" if scope.employer_type == ALL_EMPLOYERS else scope.employer_type)
    return ", ".join(part for part in stated if part and part != UNSTATED)


def _qualifiers(statement: Statement) -> str:
    pairs = ", ".join(f"{key}: {text}" for key, text in statement.scope.qualifiers)
    return f" ({pairs})" if pairs else ""


def statements(knowledge: KnowledgeBase, occupation: str, topics: Sequence[str]) -> list[str]:
    """An occupation's statements on some topics, with those of the pay statistics that a general answer uses."""
    catalog = knowledge.catalog
    own = [s for s in knowledge.all_statements() if s.occupation == occupation]
    lines: list[str] = []
    count = 0
    for topic in topics:
        listed = [s for s in own if catalog.indicators[s.indicator].topic == topic]
        known = {s.id for s in own}
        listed += [
            s
            for finding in knowledge.answer(Question(topic, occupation)).findings
            for s in finding.statements
            if s.occupation == occupation and s.id not in known
        ]
        if not listed:
            continue
        count += len(listed)
        rows = [["id", "indicator", "value", "scope", "edition", "locator"]]
        rows += [[s.id, s.indicator + _qualifiers(s), *_cited(s)] for s in listed]
        lines += [topic, *table(rows), ""]
    return [*lines, f"{count} statements on {occupation}"]


def evidence(found: Evidence) -> list[str]:
    """Everything about one statement, one field a line."""
    statement, edition = found.statement, found.edition
    fields: Mapping[str, str | None] = {
        "id": statement.id,
        "occupation": statement.occupation,
        "indicator": statement.indicator + _qualifiers(statement),
        "value": value(statement),
        "text": statement.text,
        "scope": _scope(statement),
        "printed": statement.original,
        "rank": f"{statement.rank} ({statement.reason})" if statement.reason else None,
        "note": statement.note,
        "edition": edition.id,
        "citation": edition.citation,
        "published": edition.dated,
        "address": edition.url,
        "locator": statement.locator,
        "file": statement.file,
    }
    rows = [[name, text] for name, text in fields.items() if text]
    rows += [
        ["correction", f"printed: {printed}; right: {right}; because: {reason}"]
        for printed, right, reason in found.corrections
    ]
    return table(rows)


def gaps(recorded: Sequence[RecordedGap]) -> list[str]:
    """The gaps as a table, the most asked first."""
    rows: list[list[object]] = [
        ["count", "topic", "occupation", "place", "credential", "detail", "first seen", "last seen", "question"]
    ]
    for entry in recorded:
        gap = entry.gap
        rows.append(
            [
                entry.count,
                gap.topic,
                gap.occupation or "-",
                gap.place or "-",
                gap.credential or "-",
                gap.detail or "-",
                entry.first_seen,
                entry.last_seen,
                gap.question_text or "-",
            ]
        )
    return table(rows, [0])
