"""Read sources, facts and corrections from YAML into dataclasses, collecting every fault on the way."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator, Mapping

from knowledge.errors import FaultyKnowledge, Problem
from knowledge.scope import ALL_EMPLOYERS, UNSTATED, Period, Scope, qualifier_pairs
from knowledge.shapes import is_text
from knowledge.statement import Edition, Source, Statement
from knowledge.vocabulary import FOLDER, Vocabulary, load_vocabulary, read_yaml

STATEMENT_FIELDS = frozenset(
    (
        "indicator",
        "edition",
        "locator",
        "item",
        "text",
        "value",
        "low",
        "high",
        "unit",
        "kind",
        "statistic",
        "percentile",
        "place",
        "period",
        "employer_type",
        "qualifiers",
        "original",
        "rank",
        "reason",
        "note",
    )
)
SOURCE_FIELDS = ("id", "publisher", "title", "url", "kind", "authority", "authority_reason", "licence", "editions")
AUTHORITIES = (1, 2, 3, 4, 5)
EDITION_FIELDS = ("id", "version", "published", "retrieved")
CORRECTION_FIELDS = ("id", "edition", "locator", "published", "corrected", "reason")


@dataclass(frozen=True)
class Correction:
    """What a source prints wrongly, what is right and why; `applies_to` picks the statement it explains."""

    id: str
    edition: str
    locator: str
    published: str
    corrected: str
    reason: str
    applies_to: Mapping[str, Any] | None = None
    shown_by: str | None = None
    shown_by_locator: str | None = None


@dataclass
class Facts:
    """Everything in the YAML files, with the faults that reading them found."""

    vocabulary: Vocabulary
    editions: dict[str, Edition] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(folder: Path = FOLDER) -> Facts:
    """All of `folder`. Broken files are listed in `problems`; only a broken vocabulary stops at once."""
    facts = Facts(load_vocabulary(folder))
    for path, content in _files(folder, "sources/*.yml", facts.problems):
        _read_source(path, content, facts)
    for path, content in _files(folder, "facts/**/*.yml", facts.problems):
        _read_facts(path, content, facts)
    for path, content in _files(folder, "corrections/*.yml", facts.problems):
        _read_corrections(path, content, facts)
    return facts


def _files(folder: Path, pattern: str, problems: list[Problem]) -> Iterator[tuple[str, Any]]:
    for path in sorted(folder.glob(pattern)):
        name = path.relative_to(folder).as_posix()
        try:
            yield name, read_yaml(path)
        except FaultyKnowledge as error:
            problems += [Problem(name, found.entry, found.fault, found.mend) for found in error.problems]


def _read_source(path: str, content: Any, facts: Facts) -> None:
    if not isinstance(content, Mapping):
        facts.problems.append(Problem(path, "", "a source file is a mapping", "Start it with `id: …`"))
        return
    missing = [name for name in SOURCE_FIELDS if not content.get(name)]
    if missing:
        facts.problems.append(Problem(path, str(content.get("id", "")), f"lacks {', '.join(missing)}", "Add it"))
        return
    if content["authority"] not in AUTHORITIES:
        facts.problems.append(
            Problem(
                path,
                str(content["id"]),
                f"authority {content['authority']!r} is unknown",
                "Use 1 (official statistics) to 5 (career site)",
            )
        )
        return
    wrong = [name for name in SOURCE_FIELDS if name not in ("authority", "editions") and not is_text(content[name])]
    if wrong:
        fault = f"{', '.join(wrong)} must be a text"
        facts.problems.append(Problem(path, str(content["id"])[:80], fault, "Correct it"))
        return
    source = Source(**{name: content[name] for name in SOURCE_FIELDS if name != "editions"})
    for entry in content["editions"] if isinstance(content["editions"], list) else [content["editions"]]:
        if not isinstance(entry, Mapping):
            facts.problems.append(Problem(path, str(entry)[:80], "an edition is a mapping", "Start it with `- id: …`"))
            continue
        missing = [name for name in EDITION_FIELDS if not entry.get(name)]
        if missing:
            facts.problems.append(Problem(path, str(entry.get("id", "")), f"lacks {', '.join(missing)}", "Add it"))
            continue
        if not is_text(entry["id"]):
            facts.problems.append(Problem(path, str(entry["id"])[:80], "an edition's id is no text", "Correct it"))
            continue
        if entry["id"] in facts.editions:
            facts.problems.append(Problem(path, entry["id"], "this edition id is used twice", "Rename one of them"))
        title = str(entry.get("title") or source.title)
        published = str(entry["published"])
        facts.editions[entry["id"]] = Edition(
            id=entry["id"],
            source=source,
            version=str(entry["version"]),
            title=title,
            url=str(entry.get("url") or source.url),
            published=published,
            retrieved=str(entry["retrieved"]),
            citation=str(
                entry.get("citation")
                or ", ".join(
                    (source.publisher, title, *([] if str(entry["version"]) in title else [str(entry["version"])]))
                )
            ),
            sha256=_text(entry.get("sha256")),
            published_estimate=_text(entry.get("published_estimate")),
            estimate_reason=_text(entry.get("estimate_reason")),
        )


def _read_facts(path: str, content: Any, facts: Facts) -> None:
    if not isinstance(content, Mapping) or not isinstance(content.get("statements"), list):
        facts.problems.append(
            Problem(path, "", "a facts file has `occupation: …` and a list `statements:`", "Add what is missing")
        )
        return
    occupation = str(content.get("occupation", ""))
    for number, entry in enumerate(content["statements"], 1):
        label = f"statement {number}"
        if not isinstance(entry, Mapping):
            facts.problems.append(Problem(path, label, "is not a mapping", "Start it with `- indicator: …`"))
            continue
        label = " ".join(str(part) for part in (label, entry.get("indicator"), entry.get("item")) if part)
        unknown = sorted(set(entry) - STATEMENT_FIELDS, key=str)
        if unknown:
            facts.problems.append(
                Problem(
                    path,
                    label,
                    f"has unknown field(s) {', '.join(map(str, unknown))}",
                    f"Known fields: {', '.join(sorted(STATEMENT_FIELDS))}",
                )
            )
        indicator = facts.vocabulary.indicators.get(str(entry.get("indicator")))
        for name in ("statistic", "employer_type"):  # they have a default, which must not stand in for what is required
            if (
                indicator
                and name in indicator.qualifiers
                and name not in {**entry, **_mapping(entry.get("qualifiers"))}
            ):
                facts.problems.append(Problem(path, label, f"lacks {name}", f"Add `{name}:`, or `{name}: unstated`"))
        try:
            facts.statements.append(_statement(occupation, entry, path, facts.vocabulary))
            facts.entries.append(label)
        except (ValueError, TypeError, AttributeError, OverflowError) as error:
            facts.problems.append(
                Problem(path, label, str(error), "Give the field a value of its kind (docs/editor.md)")
            )


def _statement(occupation: str, entry: Mapping[str, Any], path: str, vocabulary: Vocabulary) -> Statement:
    indicator = vocabulary.indicators.get(str(entry.get("indicator")))
    numeric = indicator is not None and indicator.type == "number"
    period = str(entry.get("period", UNSTATED))
    Period(period)
    qualifiers = dict(entry.get("qualifiers") or {})
    employer = str(entry.get("employer_type", qualifiers.pop("employer_type", ALL_EMPLOYERS if numeric else UNSTATED)))
    scope = Scope(
        place=str(entry.get("place", UNSTATED)),
        period=period,
        statistic=str(entry.get("statistic", UNSTATED)),
        percentile=_integer(entry.get("percentile")),
        employer_type=employer,
        qualifiers=qualifier_pairs(qualifiers),
    )
    return Statement(
        occupation=occupation,
        indicator=str(entry.get("indicator", "")),
        edition=str(entry.get("edition", "")),
        locator=_text(entry.get("locator")) or "",
        scope=scope,
        value_kind=str(entry.get("kind", "value")),
        number=_number(entry, "value"),
        low=_number(entry, "low"),
        high=_number(entry, "high"),
        unit=_text(entry.get("unit")) or (indicator.units[0] if indicator and len(indicator.units) == 1 else None),
        item=_text(entry.get("item")),
        text=_text(entry.get("text")),
        original=_text(entry.get("original")),
        rank=str(entry.get("rank", "normal")),
        reason=_text(entry.get("reason")),
        note=_text(entry.get("note")),
        file=path,
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str | None:
    return None if value is None else " ".join(str(value).split())


def _integer(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or int(value) != value:
        raise ValueError(f"percentile {value!r} is not a whole number")
    return int(value)


def _number(entry: Mapping[str, Any], name: str) -> float | None:
    value = entry.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{name} {value!r} is not a number")
    if not math.isfinite(value):
        raise ValueError(f"{name} {value!r} is not a number that something can have")
    return float(value)


def _read_corrections(path: str, content: Any, facts: Facts) -> None:
    for entry in content if isinstance(content, list) else [content]:
        if not isinstance(entry, Mapping) or [name for name in CORRECTION_FIELDS if not entry.get(name)]:
            facts.problems.append(
                Problem(path, "", f"a correction has {', '.join(CORRECTION_FIELDS)}", "Add what is missing")
            )
            continue
        applies = entry.get("applies_to") or {}
        if not isinstance(applies, Mapping) or not isinstance(applies.get("qualifiers") or {}, Mapping):
            fault = "applies_to has indicator, item and qualifiers (a mapping)"
            facts.problems.append(Problem(path, str(entry["id"])[:80], fault, "Correct it"))
            continue
        shown_by = entry.get("shown_by") or {}
        if not isinstance(shown_by, Mapping):
            shown_by = {"edition": shown_by}
        facts.corrections.append(
            Correction(
                **{name: _text(entry[name]) or "" for name in CORRECTION_FIELDS},
                applies_to=applies or None,
                shown_by=_text(shown_by.get("edition")),
                shown_by_locator=_text(shown_by.get("locator")),
            )
        )
