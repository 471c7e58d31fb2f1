"""The evidence behind a citation: the statement, its source and place in it, what others say, known mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from knowledge.catalog import Catalog
from knowledge.query import Evidence, Other
from knowledge.scope import ALL_EMPLOYERS, UNSTATED


@dataclass(frozen=True)
class Names:
    """What the ids of a statement are called: occupation and indicator, the place and employers that it speaks of, and
    the value that it chooses, if it is a choice."""

    occupation: str
    indicator: str
    place: str = ""
    employers: str = ""
    qualifiers: Mapping[str, str] = field(default_factory=dict)


def names(catalog: Catalog, evidence: Evidence) -> Names:
    """The names, from the vocabulary; an id that it does not know stands for itself."""
    statement, scope = evidence.statement, evidence.statement.scope
    occupation = catalog.occupations.get(statement.occupation)
    indicator = catalog.indicators.get(statement.indicator)
    place = catalog.places.get(scope.place)
    credentials = {key: named.name for key, named in catalog.credentials.items()}
    return Names(
        occupation=occupation.plural if occupation else statement.occupation,
        indicator=indicator.title if indicator else statement.indicator,
        place=place.name if place else "" if scope.place == UNSTATED else scope.place,
        employers=""
        if scope.employer_type in (UNSTATED, ALL_EMPLOYERS)
        else catalog.employer(scope.employer_type).name,
        qualifiers={key: credentials.get(value, value.replace("-", " ")) for key, value in scope.qualifiers},
    )


def as_json(evidence: Evidence) -> dict[str, Any]:
    """The evidence of one statement, for programs."""
    statement, edition = evidence.statement, evidence.edition
    scope = statement.scope
    return {
        "statement": statement.id,
        "occupation": statement.occupation,
        "indicator": statement.indicator,
        "text": statement.text,
        "item": statement.item,
        "value": statement.number,
        "low": statement.low,
        "high": statement.high,
        "unit": statement.unit,
        "original": statement.original,
        "place": scope.place,
        "period": scope.period,
        "statistic": scope.statistic,
        "percentile": scope.percentile,
        "employer_type": scope.employer_type,
        "qualifiers": dict(scope.qualifiers),
        "locator": statement.locator,
        "note": statement.note,
        "source": {
            "id": edition.source.id,
            "publisher": edition.source.publisher,
            "kind": edition.source.kind,
            "authority": edition.source.authority,
            "authority_reason": edition.source.authority_reason,
            "licence": edition.source.licence,
        },
        "edition": {
            "id": edition.id,
            "title": edition.title,
            "version": edition.version,
            "url": edition.url,
            "published": edition.published,
            "published_estimate": edition.published_estimate,
            "estimate_reason": edition.estimate_reason,
            "retrieved": edition.retrieved,
            "sha256": edition.sha256,
        },
        "corrections": [{"published": p, "corrected": c, "reason": r} for p, c, r in evidence.corrections],
        "others": [_other(other) for other in evidence.others],
    }


def _other(other: Other) -> dict[str, Any]:
    statement, edition = other.statement, other.edition
    return {
        "statement": statement.id,
        "relation": other.relation,
        "text": statement.text,
        "item": statement.item,
        "value": statement.number,
        "low": statement.low,
        "high": statement.high,
        "unit": statement.unit,
        "period": statement.scope.period,
        "publisher": edition.source.publisher,
        "title": edition.title,
        "published": edition.published,
        "url": edition.url,
    }
