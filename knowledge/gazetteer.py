"""Every name in the knowledge base, for the assistant to find in what people write."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from knowledge.database import open_engine
from knowledge.models import AskedRow, CodeRow, LabelRow, PlaceRow, SourceRow, StatementRow, WageRow
from knowledge.vocabulary import FOLDER, read_yaml

PUBLISHER = "publisher"  # the kind of name of one: it is asked for its word, not talked of (components/attribution.py)
SOURCE_CUE = "source:"  # begins the cue of a question that asks for the word of a publisher
_ABBREVIATION = re.compile(r"\b[A-Z]{4,6}\b")  # shorter words are not mended anyway
LONGEST_TITLE = 5  # words of a title by which a source is called


@dataclass(frozen=True)
class Name:
    """A name of something. `kind`: occupation, credential, place, abbreviation,
    initials, letters, employer_type, foreign, publisher, cue.
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
            named = [Name(row.kind, row.target, row.text, jobs.get(row.target, 0.0)) for row in rows]
            codes = connection.execute(select(CodeRow.occupation_id, CodeRow.value).order_by(CodeRow.value))
            named += [Name("occupation", row.occupation_id, row.value) for row in codes]
            sources = connection.execute(select(SourceRow.publisher, SourceRow.title).order_by(SourceRow.id))
            published = {name: row.publisher for row in sources for name in publisher_names(row.publisher, row.title)}
            return [*named, *(Name(PUBLISHER, target, text) for text, target in sorted(published.items()))]
    finally:
        engine.dispose()


def read_abbreviations(url: str) -> list[str]:
    """The abbreviations, in lower case, that the statements of a knowledge database use, or two of its questions."""
    engine = open_engine(url, read_only=True)
    try:
        with engine.connect() as connection:
            said = [row.text for row in connection.execute(select(StatementRow.text)) if row.text]
            asked = [row.question for row in connection.execute(select(AskedRow.question))]
    finally:
        engine.dispose()
    found = {word for text in said for word in _ABBREVIATION.findall(text)}
    times = Counter(word for text in asked if not text.isupper() for word in set(_ABBREVIATION.findall(text)))
    return sorted(word.lower() for word in {*found, *(word for word, count in times.items() if count > 1)})


def read_cues(folder: Path = FOLDER) -> Mapping[str, Mapping[str, Any]]:
    """The cues of vocabulary/cues.yml: id -> phrases, topics, strict, yes_item."""
    content: Mapping[str, Mapping[str, Any]] = read_yaml(folder / "vocabulary" / "cues.yml")
    return content


def publisher_names(publisher: str, title: str = "") -> list[str]:
    """What a publisher is called, in lower case: its name, without its country and what it is part of, a university by
    its own name alone, the title of its work if that is short, and the initials of each of three words or more."""
    name = publisher.partition(",")[0].removeprefix("U.S. ").strip()
    own = re.sub(r"\s+(?:University|College|Institute)$", "", name)
    found = [name, own, re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)]
    found += [title] if 1 < len(title.split()) <= LONGEST_TITLE else []
    initials = ["".join(word[0] for word in one.split() if word[0].isupper()) for one in (name, *found[3:])]
    return [one.lower() for one in dict.fromkeys((*found, *(one for one in initials if len(one) > 2))) if one]
