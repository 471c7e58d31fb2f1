"""YAML -> tables, in one transaction: the new knowledge replaces the old whole, or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from knowledge import models
from knowledge.asked import OTHER, Asked, Missing, named_occupation, read_asked
from knowledge.check import article_shingles, check
from knowledge.database import rebuild
from knowledge.errors import FaultyKnowledge, KnowledgeError
from knowledge.facts import Correction, Facts, read
from knowledge.importers import oews
from knowledge.scope import COUNTRY
from knowledge.statement import Statement
from knowledge.vectors import encode_new, known_vectors, write_vectors
from knowledge.vocabulary import FOLDER

Progress = Callable[[str], None]


def build(
    url: str,
    *,
    folder: Path = FOLDER,
    oews_file: str | None = "",
    articles: Path | None = None,
    vectors: bool = True,
    progress: Progress = lambda line: None,
) -> dict[str, int]:
    """Check the files and build the database at `url`. Returns counts by table.

    `oews_file`: "" the installed package, None no pay statistics. `vectors`: embed statements and questions, for the
    search among them (those of the last build are reused). Raises FaultyKnowledge with every fault,
    or KnowledgeError; the old database is then as it was.
    """
    facts, asked = read_checked(folder, articles)
    progress(f"{len(facts.statements)} statements from {len(facts.editions)} editions checked")
    package = None if oews_file is None else oews.find_package(oews_file)
    if package is not None:
        if oews.EDITION not in facts.editions:
            raise KnowledgeError(
                f"sources/bls-oews.yml: no edition {oews.EDITION!r}. Add it: the pay statistics cite it."
            )
        oews.verify(package, facts.editions[oews.EDITION])
    known = known_vectors(url) if vectors else {}
    texts = [*(s.text for s in facts.statements if s.text), *asked.questions] if vectors else []
    with ThreadPoolExecutor(1) as aside, rebuild(url) as connection:
        embedded = aside.submit(encode_new, texts, known)  # half of the work, meanwhile
        counts = _write(connection, facts, folder)
        counts["asked"] = _write_asked(connection, asked, facts, folder)
        if package is not None:
            counts["wage"] = oews.load_oews(connection, package, facts.vocabulary, progress)
        if vectors:
            number = write_vectors(connection, texts, known, lambda _: embedded.result())
            progress(f"{number} new texts embedded")
    return counts


def read_checked(folder: Path = FOLDER, articles: Path | None = None) -> tuple[Facts, Asked]:
    """All files below `folder`; `articles` has the texts that no statement may repeat. Raises FaultyKnowledge with
    every fault."""
    facts = read(folder)
    problems = check(facts, articles=article_shingles(articles) if articles else None)
    asked = read_asked(facts.vocabulary, facts.statements, folder)
    problems += asked.problems
    if problems:
        raise FaultyKnowledge(problems)
    return facts, asked


def _write(connection: Connection, facts: Facts, folder: Path) -> dict[str, int]:
    vocabulary = facts.vocabulary
    _insert(
        connection,
        models.SourceRow,
        [asdict(source) for source in {e.source.id: e.source for e in facts.editions.values()}.values()],
    )
    _insert(
        connection,
        models.EditionRow,
        [
            {**{k: v for k, v in asdict(edition).items() if k != "source"}, "source_id": edition.source.id}
            for edition in facts.editions.values()
        ],
    )
    _insert(
        connection,
        models.UnitRow,
        [{"id": unit} for unit in sorted({u for i in vocabulary.indicators.values() for u in i.units})],
    )
    _insert(
        connection,
        models.IndicatorRow,
        [
            {"id": i.id, "topic": i.topic, "title": i.title, "definition": json.dumps(asdict(i))}
            for i in vocabulary.indicators.values()
        ],
    )
    _write_names(connection, facts)
    statements = [_row(statement, position) for position, statement in enumerate(facts.statements)]
    _insert(connection, models.StatementRow, statements)
    _insert(
        connection,
        models.QualifierRow,
        [
            {"statement_id": s.id, "key": key, "value": value}
            for s in facts.statements
            for key, value in s.scope.qualifiers
        ],
    )
    _insert(connection, models.CorrectionRow, [_correction_row(c, facts) for c in facts.corrections])
    _insert(connection, models.Meta, [{"name": "facts_hash", "value": folder_hash(folder)}])
    return {
        "statement": len(statements),
        "source": len({e.source.id for e in facts.editions.values()}),
        "edition": len(facts.editions),
        "correction": len(facts.corrections),
    }


def _write_asked(connection: Connection, asked: Asked, facts: Facts, folder: Path) -> int:
    indicators = facts.vocabulary.indicators
    rows = [
        {
            "question": text,
            "occupation": target.occupation,
            "topic": indicators[target.indicator].topic,
            "indicator": target.indicator,
            "item": target.item,
            "qualifiers": ",".join(f"{key}={value}" for key, value in target.qualifiers),
            "what": "",
        }
        for text, target in asked.covered
    ]
    named = named_occupation(facts.vocabulary, folder)

    def asked_of(text: str, missing: Missing) -> str:
        return named(text) or (whose if (whose := named(missing.what)) != OTHER else "")

    rows += [
        {
            "question": text,
            "occupation": asked_of(text, missing),
            "topic": missing.topic,
            "indicator": "",
            "item": missing.kind,
            "qualifiers": "",
            "what": missing.what,
        }
        for text, missing in asked.uncovered
    ]
    _insert(connection, models.AskedRow, rows)
    return len(rows)


def _insert(connection: Connection, model: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(model), rows)


def _write_names(connection: Connection, facts: Facts) -> None:
    """Occupations, credentials, employer types and places, with every name they go by."""
    vocabulary = facts.vocabulary
    labels: list[dict[str, Any]] = []
    occupations, codes = [], []
    for id, entry in vocabulary.occupations.items():
        stands_in = entry.get("stands_in") or {}
        witness = next(
            (s.id for s in facts.statements if s.occupation == id and s.edition == stands_in.get("edition")), None
        )
        occupations.append(
            {
                "id": id,
                "name": entry["name"],
                "plural": entry["plural"],
                "official": entry.get("official"),
                "soc": str(entry["soc"]).replace("-", "") if entry.get("soc") else None,
                "depth": "facts",
                "stands_in": stands_in.get("occupation"),
                "stands_in_reason": stands_in.get("reason"),
                "stands_in_statement": witness,
            }
        )
        codes += [
            {"occupation_id": id, "system": system.upper(), "value": entry[system]}
            for system in ("soc", "onet")
            if entry.get(system)
        ]
        names = [
            entry["name"],
            entry["plural"],
            entry.get("official", ""),
            *entry["aliases"],
            *entry.get("ambiguous", ()),
        ]
        labels += [{"kind": "occupation", "target": id, "text": name} for name in _lower(names)]
        labels += [{"kind": "initials", "target": id, "text": name} for name in _lower(entry.get("initials", ()))]
    _insert(connection, models.OccupationRow, occupations)
    _insert(connection, models.CodeRow, codes)
    for id, entry in vocabulary.credentials.items():
        connection.execute(insert(models.CredentialRow), {"id": id, "name": entry["name"], "short": entry["short"]})
        names = [entry["name"], entry["short"], *entry["aliases"], *entry.get("misnomers", ())]
        labels += [{"kind": "credential", "target": id, "text": name} for name in _lower(names)]
    for id, entry in vocabulary.employers.items():
        connection.execute(
            insert(models.EmployerRow),
            {
                "id": id,
                "name": entry["name"],
                "phrase": entry.get("phrase", f"in {entry['name']}"),
                "industry": entry.get("industry", "000000" if id == "all" else None),
            },
        )
        labels += [{"kind": "employer_type", "target": id, "text": name} for name in _lower(entry.get("aliases", ()))]
    for id, entry in vocabulary.places.items():
        connection.execute(
            insert(models.PlaceRow),
            {
                "id": id,
                "level": entry["level"],
                "parent": entry.get("parent"),
                "name": entry["name"],
                "abbreviation": entry.get("abbreviation"),
                "area": "0000000" if id == COUNTRY else None,
            },
        )
        names = [entry["name"].removeprefix("the "), *entry.get("aliases", ())]
        labels += [{"kind": "place", "target": id, "text": name} for name in _lower(names)]
        if entry.get("abbreviation"):
            labels.append({"kind": "abbreviation", "target": id, "text": entry["abbreviation"].lower()})
    for id, entry in vocabulary.schools.items():
        labels += [{"kind": "school", "target": id, "text": name} for name in _lower(entry["aliases"])]
    for entry in vocabulary.foreign:
        labels += [{"kind": "foreign", "target": entry["name"], "text": name} for name in _lower(entry["aliases"])]
    _insert(connection, models.LabelRow, labels)


def _lower(names: Any) -> list[str]:
    return list(dict.fromkeys(str(name).lower() for name in names if name))


def _row(statement: Statement, position: int) -> dict[str, Any]:
    scope = statement.scope
    return {
        "id": statement.id,
        "occupation": statement.occupation,
        "indicator": statement.indicator,
        "edition": statement.edition,
        "locator": statement.locator,
        "value_kind": statement.value_kind,
        "number": statement.number,
        "low": statement.low,
        "high": statement.high,
        "unit": statement.unit,
        "item": statement.item,
        "text": statement.text,
        "original": statement.original,
        "place": scope.place,
        "period": scope.period,
        "statistic": scope.statistic,
        "percentile": scope.percentile,
        "employer_type": scope.employer_type,
        "rank": statement.rank,
        "reason": statement.reason,
        "note": statement.note,
        "scope_key": scope.key,
        "qualifiers": ",".join(f"{key}={value}" for key, value in scope.qualifiers),
        "file": statement.file,
        "position": position,
    }


def _correction_row(correction: Correction, facts: Facts) -> dict[str, Any]:
    applies = correction.applies_to or {}
    wanted = {str(k): str(v) for k, v in (applies.get("qualifiers") or {}).items()}
    match = next(
        (
            s.id
            for s in facts.statements
            if s.edition == correction.edition
            and s.indicator == applies.get("indicator")
            and (not applies.get("item") or s.item == applies["item"])
            and all(s.scope.qualifier(key) == value for key, value in wanted.items())
        ),
        None,
    )
    return {
        "id": correction.id,
        "edition": correction.edition,
        "locator": correction.locator,
        "published": correction.published,
        "corrected": correction.corrected,
        "reason": correction.reason,
        "statement_id": match,
        "shown_by": correction.shown_by,
        "shown_by_locator": correction.shown_by_locator,
    }


def folder_hash(folder: Path = FOLDER) -> str:
    """A hash of every YAML file below `folder`: the database is up to date while it stays the same."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yml")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
