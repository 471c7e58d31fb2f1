"""The evidence of a statement as a page to read: no script, one style sheet, everything escaped."""

from __future__ import annotations

from html import escape

from channels.evidence import Names
from knowledge.query import Evidence, Other
from knowledge.scope import UNSTATED
from knowledge.statement import Edition, Statement

MONTHS = "January February March April May June July August September October November December".split()
PER = {"USD/year": "a year", "USD/hour": "an hour", "jobs/year": "a year"}
RELATIONS = {
    "agrees": "agrees",
    "differs": "differs",
    "older": "older figure",
    "newer": "newer figure",
    "also": "also says",
}
Rows = list[tuple[str, str | None]]


def render(evidence: Evidence, names: Names) -> str:
    """The page. Its links to other evidence and to the style sheet are relative."""
    statement, edition = evidence.statement, evidence.edition
    title = f"{capital(names.occupation)}: {names.indicator}"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<meta name="robots" content="noindex"><title>{escape(title)} – Evidence</title>'
        '<link rel="stylesheet" href="../page.css"></head><body><main>'
        f'<p class="kicker">Evidence</p><h1>{escape(title)}</h1>'
        f"{_said(statement, names)}{_corrections(evidence)}{_source(statement, edition)}{_others(evidence)}"
        f"{_more(statement, edition)}</main></body></html>"
    )


def _said(statement: Statement, names: Names) -> str:
    """The statement itself, and what it is about."""
    shown = figure(statement)
    lines = [f'<p class="figure">{escape(shown)}</p>'] if shown else []
    lines += [f"<p>{escape(statement.text)}</p>"] if statement.text else []
    if not lines:
        lines = [f"<p>{escape((statement.item or statement.value_kind).replace('-', ' '))}</p>"]
    scope = statement.scope
    rows: Rows = [
        ("Figure", statistic(statement)),
        ("Place", names.place),
        ("Time", period(scope.period)),
        ("Employers", names.employers),
        *((capital(key.replace("_", " ")), value) for key, value in names.qualifiers.items()),
        ("As printed", statement.original),
        ("Note", statement.note),
    ]
    return f'<section class="said">{"".join(lines)}{_list(rows)}</section>'


def _source(statement: Statement, edition: Edition) -> str:
    title = edition.title if edition.version in edition.title else f"{edition.title} ({edition.version})"
    rows: Rows = [
        ("Publisher", f"{edition.source.publisher} ({edition.source.kind})"),
        ("Title", title),
        ("Where in it", statement.locator),
        ("Published", published(edition)),
        ("Read on", date(edition.retrieved)),
    ]
    return (
        f'<section class="source"><h2>The source</h2>{_list(rows)}'
        f'<p><a class="button" href="{escape(edition.url, quote=True)}" rel="noreferrer">Open the source</a></p>'
        "</section>"
    )


def _corrections(evidence: Evidence) -> str:
    """Where the source is known to be wrong."""
    return "".join(
        '<section class="warning"><h2>Known mistake in the source</h2>'
        f"{_list([('It says', said), ('Right is', right), ('Because', reason)])}</section>"
        for said, right, reason in evidence.corrections
    )


def _others(evidence: Evidence) -> str:
    """What other sources say of the same thing; that there are none is said too."""
    if not evidence.others:
        return (
            '<section><h2>What other sources say</h2><p class="quiet">No other source that is recorded here speaks of '
            "exactly this.</p></section>"
        )
    items = "".join(_other(other) for other in evidence.others)
    return f'<section><h2>What other sources say</h2><ul class="others">{items}</ul></section>'


def _other(other: Other) -> str:
    statement, edition = other.statement, other.edition
    shown = figure(statement) or statement.text or (statement.item or statement.value_kind).replace("-", " ")
    when = period(statement.scope.period)
    time = f" <span>({escape(when)})</span>" if when and statement.has_figure else ""
    source = f"{edition.source.publisher}, {edition.title} ({date(edition.dated)})"
    return (
        f'<li><span class="tag {other.relation}">{RELATIONS[other.relation]}</span> '
        f'<a href="{escape(statement.id, quote=True)}">{escape(shown)}</a>{time}'
        f'<span class="quiet">{escape(source)}</span></li>'
    )


def _more(statement: Statement, edition: Edition) -> str:
    rows: Rows = [
        ("Rank of the source", f"{edition.source.authority} (of 1, the best, to 5). {edition.source.authority_reason}"),
        ("Licence", edition.source.licence),
        ("Id of the statement", statement.id),
    ]
    return f'<section class="more"><h2>About this entry</h2>{_list(rows)}</section>'


def _list(rows: Rows) -> str:
    shown = [(name, value) for name, value in rows if value]
    return f"<dl>{''.join(f'<dt>{escape(name)}</dt><dd>{escape(value)}</dd>' for name, value in shown)}</dl>"


def figure(statement: Statement) -> str:
    """ "$51,140 a year", "7%", "$25,810 to $64,610 a year", "at least $239,200 a year"; "" if there is none."""
    unit, low, high = statement.unit or "", statement.low, statement.high
    if statement.number is not None:
        shown = amount(statement.number, unit)
    elif low is not None and high is not None:
        shown = f"{amount(low, unit)} to {amount(high, unit)}"
    elif low is not None:
        shown = f"at least {amount(low, unit)}"
    elif high is not None:
        shown = f"at most {amount(high, unit)}"
    else:
        return ""
    return f"{shown} {PER[unit]}" if unit in PER else shown


def amount(value: float, unit: str) -> str:
    """One number with its unit."""
    if unit.startswith("USD"):
        return f"${value:,.2f}" if unit == "USD/hour" else f"${value:,.0f}"
    if unit == "percent":
        return f"{value:g}%"
    number = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
    unit = unit.partition("/")[0]
    return f"{number} {unit}{'s' if value != 1 and not unit.endswith('s') else ''}" if unit else number


def statistic(statement: Statement) -> str | None:
    """ "median", "mean (average)", "90th percentile"; None if the source does not say, or there is no figure."""
    scope = statement.scope
    if scope.statistic == UNSTATED or not statement.has_figure:
        return None
    if scope.percentile is not None:
        return f"{scope.percentile}th percentile: {scope.percentile} of 100 earn less"
    return {"mean": "mean (average)", "median": "median: half earn more, half less"}.get(
        scope.statistic, scope.statistic
    )


def period(text: str) -> str:
    """ "2025-05" -> "May 2025"; "2024/2034" -> "2024 to 2034"; "" if unstated."""
    start, _, end = text.partition("/")
    if start == UNSTATED:
        return f"until {date(end)}" if end else ""
    return f"{date(start)} to {date(end)}" if end else date(start)


def published(edition: Edition) -> str:
    """The date of publication, or why there is only an estimate of it."""
    if edition.published != "unknown":
        return date(edition.published)
    if edition.published_estimate:
        return f"not stated ({edition.published_estimate}: {edition.estimate_reason})"
    return "not stated"


def date(text: str) -> str:
    """ "2026-05-15" -> "15 May 2026", "2025-05" -> "May 2025"; other texts stay."""
    parts = text.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) not in (2, 3) or not 1 <= int(parts[1]) <= 12:
        return text
    month = f"{MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return month if len(parts) == 2 else f"{int(parts[2])} {month}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
