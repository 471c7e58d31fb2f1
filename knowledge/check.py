"""The linter of facts: every fault names the file, the entry and the mend. Pure but for `article_shingles`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from knowledge.errors import Problem
from knowledge.facts import Facts
from knowledge.scope import STATISTICS, UNSTATED, Period
from knowledge.statement import RANKS, VALUE_KINDS, Indicator, Statement

MAX_TEXT = 240
SHARED_WORDS = 8
_SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_DATE = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")


def check(facts: Facts, *, today: date | None = None, articles: Mapping[str, set[str]] | None = None) -> list[Problem]:
    """Every fault in `facts`, reading faults first. `articles`: name -> shingles (see `article_shingles`)."""
    today = today or date.today()
    problems = list(facts.problems)
    seen: dict[str, str] = {}
    for statement, entry in zip(facts.statements, facts.entries):
        for fault, mend in _faults(statement, facts, today, articles or {}):
            problems.append(Problem(statement.file or "", entry, fault, mend))
        where = f"{statement.file}, {entry}"
        if statement.id in seen:
            problems.append(
                Problem(statement.file or "", entry, f"says the same as {seen[statement.id]}", "Delete one of the two")
            )
        seen.setdefault(statement.id, where)
    for edition in facts.editions.values():
        for name in ("published", "retrieved"):
            value = getattr(edition, name)
            if value == "unknown" and name == "published":
                continue
            if not _DATE.match(value):
                problems.append(
                    Problem(
                        "sources",
                        edition.id,
                        f"{name} {value!r} is no date",
                        "Write 2025, 2025-08 or 2025-08-28, or unknown",
                    )
                )
            elif value > today.isoformat()[: len(value)]:
                problems.append(
                    Problem("sources", edition.id, f"{name} {value} lies in the future", "Correct the date")
                )
    for correction in facts.corrections:
        for edition_id in filter(None, (correction.edition, correction.shown_by)):
            if edition_id not in facts.editions:
                problems.append(
                    Problem("corrections", correction.id, f"unknown edition {edition_id!r}", "Use an id from sources/")
                )
    return problems


def _faults(
    statement: Statement, facts: Facts, today: date, articles: Mapping[str, set[str]]
) -> Iterable[tuple[str, str]]:
    vocabulary = facts.vocabulary
    if statement.occupation not in vocabulary.occupations:
        yield f"unknown occupation {statement.occupation!r}", "Use an id from vocabulary/occupations.yml"
    if not statement.edition:
        yield "has no edition", "Name the edition of the source that says it (sources/*.yml)"
    elif statement.edition not in facts.editions:
        yield f"unknown edition {statement.edition!r}", "Use an id from sources/*.yml, or add the edition there"
    if not statement.locator:
        yield "has no locator", "Say where in the source it stands: heading > paragraph"
    if statement.value_kind not in VALUE_KINDS:
        yield f"kind {statement.value_kind!r} is unknown", f"Use one of {', '.join(VALUE_KINDS)}"
    if statement.rank not in RANKS:
        yield f"rank {statement.rank!r} is unknown", f"Use one of {', '.join(RANKS)}"
    elif statement.rank != "normal" and not statement.reason:
        yield f"rank {statement.rank} has no reason", "Add `reason:`"
    indicator = vocabulary.indicators.get(statement.indicator)
    if indicator is None:
        yield f"unknown indicator {statement.indicator!r}", "Use an id from vocabulary/indicators.yml"
        return
    yield from _value_faults(statement, indicator, facts)
    yield from _scope_faults(statement, indicator, facts, today)
    if statement.text:
        yield from _text_faults(statement.text, articles)


def _value_faults(statement: Statement, indicator: Indicator, facts: Facts) -> Iterable[tuple[str, str]]:
    if indicator.type == "number":
        if statement.value_kind == "value" and not statement.has_figure:
            yield "has no figure", "Add `value:`, or `low:` and `high:`"
        if statement.unit not in indicator.units:
            yield f"unit {statement.unit!r} is not allowed", f"Use one of {', '.join(indicator.units)}"
        bounds = {unit: (low, high) for unit, low, high in indicator.range}.get(statement.unit or "")
        for figure in (statement.number, statement.low, statement.high):
            if bounds and figure is not None and not bounds[0] <= figure <= bounds[1]:
                yield (
                    f"{figure:g} {statement.unit} is outside the plausible range {bounds[0]:g} to {bounds[1]:g}",
                    "Check the figure against the source; if it is right, widen `range` in indicators.yml",
                )
        if statement.low is not None and statement.high is not None and statement.low > statement.high:
            yield f"low {statement.low:g} is above high {statement.high:g}", "Swap them"
        return
    if not statement.text:
        yield "has no text", "Say it in your own words"
    if statement.has_figure:
        yield "has a figure, but its indicator is a text", "Use an indicator of type number, or drop the figure"
    if indicator.type == "choice":
        if statement.item not in indicator.values:
            yield f"item {statement.item!r} is not a choice", f"Use one of {', '.join(indicator.values)}"
    elif statement.item is not None and not _SLUG.match(statement.item):
        yield f"item {statement.item!r} is not a slug", "Use lower case, digits and hyphens"
    elif indicator.multivalued and statement.item is None:
        yield "has no item", "Add a slug, the same as other sources that say the same thing"


def _scope_faults(statement: Statement, indicator: Indicator, facts: Facts, today: date) -> Iterable[tuple[str, str]]:
    scope, vocabulary = statement.scope, facts.vocabulary
    if scope.statistic not in STATISTICS:
        yield f"statistic {scope.statistic!r} is unknown", f"Use one of {', '.join(STATISTICS)}"
    if scope.statistic == "percentile" and scope.percentile is None:
        yield "is a percentile without its number", "Add `percentile: 10` (or 25, 75, 90 …)"
    if scope.percentile is not None and scope.statistic != "percentile":
        yield (
            f"has percentile {scope.percentile}, but its statistic is {scope.statistic}",
            "Write `statistic: percentile`",
        )
    if scope.percentile is not None and not 0 < scope.percentile < 100:
        yield f"percentile {scope.percentile} is not between 1 and 99", "Correct it"
    if scope.place != UNSTATED and scope.place not in vocabulary.places:
        yield f"unknown place {scope.place!r}", "Use an id from vocabulary/places.yml, or unstated"
    if scope.employer_type != UNSTATED and scope.employer_type not in vocabulary.employers:
        yield f"unknown employer_type {scope.employer_type!r}", "Use an id from vocabulary/employers.yml"
    start = Period(scope.period).start
    if start != UNSTATED and start > today.isoformat()[: len(start)]:
        yield f"period {scope.period} begins in the future", "Correct it"
    given = dict(scope.qualifiers)
    for name in indicator.qualifiers:
        if name not in given and name not in ("statistic", "employer_type"):  # reading sees to these two
            yield f"lacks the qualifier {name}", f"Add `qualifiers: {{{name}: …}}`"
    for name, value in given.items():
        if name not in indicator.qualifiers + indicator.optional:
            allowed = ", ".join(indicator.qualifiers + indicator.optional) or "none"
            yield f"qualifier {name} is not known for {indicator.id}", f"Allowed: {allowed}"
        elif not _qualifier_allowed(name, value, facts):
            yield f"qualifier {name}: {value!r} is unknown", "Use a value that vocabulary/qualifiers.yml allows"


def _qualifier_allowed(name: str, value: str, facts: Facts) -> bool:
    rule = facts.vocabulary.qualifiers.get(name, {})
    if isinstance(rule, list):
        return value in rule
    if rule.get("from"):
        return value in getattr(facts.vocabulary, rule["from"])
    if rule.get("type") == "integer":
        return value.isdigit()
    return bool(_SLUG.match(value))


def _text_faults(text: str, articles: Mapping[str, set[str]]) -> Iterable[tuple[str, str]]:
    if len(text) > MAX_TEXT:
        yield f"its text has {len(text)} characters", f"Keep it to {MAX_TEXT}: split it or say it shorter"
    own = shingles(text)
    for name, theirs in articles.items():
        shared = own & theirs
        if shared:
            yield (f"repeats {SHARED_WORDS} words of {name}: “{sorted(shared)[0]}”", "Say it in your own words")


def shingles(text: str, size: int = SHARED_WORDS) -> set[str]:
    """Every run of `size` consecutive words of `text`, lower case, without punctuation."""
    words = re.findall(r"[a-z0-9$%]+(?:['’][a-z]+)?", text.lower().replace("’", "'"))
    return {" ".join(words[i : i + size]) for i in range(len(words) - size + 1)}


def article_shingles(folder: Path) -> dict[str, set[str]]:
    """The shingles of every article text in `folder`; empty if the folder is not there."""
    return {path.stem: shingles(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))}
