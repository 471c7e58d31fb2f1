"""Every name in the knowledge base, for the assistant to find in what people write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from knowledge.database import open_engine
from knowledge.models import LabelRow, PlaceRow, WageRow
from knowledge.vocabulary import FOLDER, read_yaml


@dataclass(frozen=True)
class Name:
    """A name of something. `kind`: occupation, credential, place, abbreviation,
    initials, employer_type, foreign, cue.
    `weight`: for places the number of jobs there, so that the largest Portland can be told."""

    kind: str
    target: str
    text: str
    weight: float = 0.0


def read_names(url: str) -> list[Name]:
    """All names of a knowledge database, in a stable order. Raises as SQLAlchemy does if it cannot be read."""
    engine = open_engine(url, read_only=True)
    try:
        with engine.connect() as connection:
            jobs: dict[str, float] = {
                row.id: float(row.employment or 0)
                for row in connection.execute(
                    select(PlaceRow.id, WageRow.employment)
                    .join(WageRow, WageRow.area == PlaceRow.area)
                    .where(WageRow.soc == "000000", WageRow.industry == "000000")
                )
            }
            rows = connection.execute(
                select(LabelRow.kind, LabelRow.target, LabelRow.text).order_by(
                    LabelRow.kind, LabelRow.text, LabelRow.target
                )
            )
            return [Name(row.kind, row.target, row.text, jobs.get(row.target, 0.0)) for row in rows]
    finally:
        engine.dispose()


def read_cues(folder: Path = FOLDER) -> Mapping[str, Mapping[str, Any]]:
    """The cues of vocabulary/cues.yml: id -> phrases, topics, strict, yes_item."""
    content: Mapping[str, Mapping[str, Any]] = read_yaml(folder / "vocabulary" / "cues.yml")
    return content
