"""The small tables of a knowledge database, read once: editions, indicators, occupations, places, credentials."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection, Row

from knowledge import models
from knowledge.importers.titles import singular
from knowledge.statement import Edition, Indicator, Source
from knowledge.vocabulary import Topic, load_vocabulary


@dataclass(frozen=True)
class Occupation:
    """An occupation; `soc` without hyphen; `stands_in` answers where this one has no statement of its own."""

    id: str
    name: str
    plural: str
    official: str | None
    soc: str | None
    depth: str
    stands_in: str | None = None
    stands_in_reason: str | None = None
    stands_in_statement: str | None = None


@dataclass(frozen=True)
class Place:
    """A place: level is country, state, metro or nonmetro."""

    id: str
    level: str
    parent: str | None
    name: str
    abbreviation: str | None
    area: str | None


@dataclass(frozen=True)
class Named:
    """A credential (`short` is its abbreviation) or an employer type (`short` is its phrase: "in hospitals")."""

    id: str
    name: str
    short: str


@dataclass(frozen=True)
class Catalog:
    """Everything small. `industries`: employer type -> industry code; industry codes -> names in `industry_names`."""

    editions: Mapping[str, Edition]
    indicators: Mapping[str, Indicator]
    topics: Mapping[str, Topic]
    occupations: Mapping[str, Occupation]
    places: Mapping[str, Place]
    credentials: Mapping[str, Named]
    employers: Mapping[str, Named]
    industries: Mapping[str, str | None]
    industry_names: Mapping[str, str]
    by_soc: Mapping[str, str]
    corrections: Mapping[str, tuple[str, str]]  # statement id -> what its source prints, why that is wrong

    @cached_property
    def parents(self) -> dict[str, str | None]:
        return {place.id: place.parent for place in self.places.values()}

    @cached_property
    def in_depth(self) -> tuple[str, ...]:
        """The occupations that statements describe, and not statistics alone."""
        return tuple(known.id for known in self.occupations.values() if known.depth == "facts")

    @cached_property
    def stood_in(self) -> dict[str, str]:
        """Occupation -> another that some sources hold to be the same."""
        return {known.id: known.stands_in for known in self.occupations.values() if known.stands_in}

    @cached_property
    def topic_of(self) -> dict[str, str]:
        """Indicator -> its topic."""
        return {id: indicator.topic for id, indicator in self.indicators.items()}

    @cached_property
    def by_words(self) -> dict[frozenset[str], str]:
        """The words of an occupation's name, in the singular -> its id; of several with the same words the first."""
        found: dict[frozenset[str], str] = {}
        for occupation in self.occupations.values():
            found.setdefault(frozenset(singular(word) for word in occupation.name.split()), occupation.id)
        return found

    @property
    def areas(self) -> dict[str, str]:
        return {place.id: place.area for place in self.places.values() if place.area}

    def employer(self, id: str) -> Named:
        """An employer type, or an industry ("industry:622000") under its statistical name."""
        if id in self.employers:
            return self.employers[id]
        name = self.industry_names.get(id.removeprefix("industry:"), id).lower()
        return Named(id, name, f"in {name}")

    def narrower(self, one: str, other: str) -> str | None:
        """The one of two employer types whose industry is a part of the other's; None if neither is."""
        codes = [(self.industries.get(id) or "").rstrip("0") for id in (one, other)]
        if not all(codes) or codes[0] == codes[1]:
            return None
        return one if codes[0].startswith(codes[1]) else other if codes[1].startswith(codes[0]) else None


def load_catalog(connection: Connection) -> Catalog:
    """Read the small tables; topics come from the vocabulary file, which holds no facts."""
    sources = {row.id: Source(**row._mapping) for row in _all(connection, models.SourceRow)}
    editions = {}
    for row in _all(connection, models.EditionRow):
        fields = dict(row._mapping)
        editions[row.id] = Edition(source=sources[fields.pop("source_id")], **fields)
    indicators = {}
    for row in _all(connection, models.IndicatorRow):
        entry: dict[str, Any] = json.loads(row.definition)
        entry["range"] = tuple(tuple(bounds) for bounds in entry["range"])
        entry = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
        indicators[row.id] = Indicator(**entry)
    occupations = {row.id: Occupation(**row._mapping) for row in _all(connection, models.OccupationRow)}
    employers = _all(connection, models.EmployerRow)
    return Catalog(
        editions=editions,
        indicators=indicators,
        topics=load_vocabulary().topics,
        occupations=occupations,
        places={row.id: Place(**row._mapping) for row in _all(connection, models.PlaceRow)},
        credentials={row.id: Named(row.id, row.name, row.short) for row in _all(connection, models.CredentialRow)},
        employers={row.id: Named(row.id, row.name, row.phrase) for row in employers},
        industries={row.id: row.industry for row in employers},
        industry_names={row.code: row.name for row in _all(connection, models.IndustryRow)},
        by_soc={o.soc: o.id for o in occupations.values() if o.soc},
        corrections={
            row.statement_id: (row.published, row.reason)
            for row in _all(connection, models.CorrectionRow)
            if row.statement_id
        },
    )


def _all(connection: Connection, model: type) -> list[Row]:
    return list(connection.execute(select(model.__table__)))  # type: ignore[attr-defined]
