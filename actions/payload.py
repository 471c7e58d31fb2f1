"""Draft -> numbered citations -> the text that stands alone and the JSON payload (docs/payload.md). Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from actions import wording
from actions.draft import MAX_POINTS, THAT_QUESTION, Clarify, Draft, Line, NoSource
from knowledge.scope import UNSTATED
from knowledge.statement import Edition, Statement

EVIDENCE = "/webhooks/web/evidence/{id}"
Message = tuple[str, dict[str, Any]]


def uncited(type_: str, text: str, suggestions: Sequence[str] = ()) -> Message:
    """A reply that states no fact of an occupation, so that it needs no citation."""
    return text, {"type": type_, "headline": text, "citations": [], "suggestions": list(suggestions)}


class Citations:
    """Numbers statements in the order they are first cited."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.statements: list[Statement] = []

    def number(self, statement: Statement) -> int:
        if statement.id not in self._numbers:
            self._numbers[statement.id] = len(self._numbers) + 1
            self.statements.append(statement)
        return self._numbers[statement.id]

    def known(self, statement_id: str) -> int | None:
        """The number of a statement that is cited already."""
        return self._numbers.get(statement_id)

    def numbers(self, statements: Sequence[Statement]) -> list[int]:
        return list(dict.fromkeys(self.number(statement) for statement in statements))

    def marked(self, line: Line) -> tuple[str, list[int]]:
        """The line's text with its markers at the end: "… $51,140 a year in May 2025. [1]"."""
        numbers = self.numbers(line.statements)
        marks = "".join(f"[{n}]" for n in numbers)
        return (f"{line.text} {marks}" if marks else line.text), numbers


class Renderer:
    """Renders drafts against one set of editions; `address` turns a path into what a client can open."""

    def __init__(self, editions: Mapping[str, Edition], address: Callable[[str], str] = lambda path: path) -> None:
        self._editions = editions
        self._address = address

    def answer(self, draft: Draft) -> Message:
        """An answer: headline, points, what others say, notes, sources. No blank line: Rasa sends what stands between
        two of them as messages of their own."""
        citations = Citations()
        headline, _ = citations.marked(draft.headline)
        points = [citations.marked(line) for line in draft.shown]
        others = [citations.marked(line) for line in draft.others[:MAX_POINTS]]
        notes = [citations.marked(line) for line in draft.notes]
        if draft.stale:
            notes.append(citations.marked(self._stale(draft.headline.statements[0])))
        lines = [headline, *_bullets([text for text, _ in points], draft.sections)]
        if others:
            lines += [draft.others_note, *_bullets([text for text, _ in others])]
        if notes:
            lines += [text for text, _ in notes]
        lines += self.sources(citations.statements)
        payload: dict[str, Any] = {
            "type": "answer",
            "topic": draft.topic,
            "occupation": draft.occupation,
            "headline": headline,
            "points": [{"text": text, "citations": numbers} for text, numbers in points],
            "facts": self._facts((draft.headline, *draft.shown), citations),
            "conflict": self._conflict(draft, others, citations),
            "stale": draft.stale,
            "fallbacks": [{"kind": f.kind, "wanted": f.wanted, "used": f.used} for f in draft.fallbacks],
            "notes": [{"text": text, "citations": numbers} for text, numbers in notes],
            "chart": self._chart(draft.chart, citations),
            "table": self._table(draft.table, citations),
            "verdict": draft.verdict,
            "computed": any(line.computed for line in (draft.headline, *draft.shown)),
            "sections": [index for index in draft.sections if index < len(points)],
        }
        payload["citations"] = [self._citation(n, s) for n, s in enumerate(citations.statements, 1)]
        payload["suggestions"] = list(draft.suggestions)
        payload["answer_id"] = _answer_id(payload)
        return "\n".join(lines), payload

    def no_source(self, missing: NoSource, contact: str) -> Message:
        """What is not covered, what is known nearby, and a person to ask."""
        meant = "it" if missing.what == THAT_QUESTION else "that"
        known = f"I have no source that covers {missing.what}, so I can't answer {meant}."
        lines = [known]
        near: list[dict[str, Any]] = []
        if missing.nearby:
            citations = Citations()
            marked = [citations.marked(line) for line in missing.nearby]
            lines += ["What I do have:", *_bullets([text for text, _ in marked])]
            near = [
                {"text": text, "sources": [self._citation(n, citations.statements[n - 1]) for n in numbers]}
                for text, numbers in marked
            ]
            lines += self.sources(citations.statements)
        lines.append(f"I have noted the question as a gap. {wording.capital(contact)} may be able to help.")
        payload = {
            "type": "no_source",
            "topic": missing.topic,
            "occupation": missing.occupation,
            "missing": missing.what,
            "headline": known,
            "nearby": near,
            "citations": [],
            "suggestions": list(missing.suggestions),
        }
        payload["answer_id"] = _answer_id(payload)
        return "\n".join(lines), payload

    @staticmethod
    def clarify(question: Clarify) -> Message:
        return question.question, {
            "type": "clarify",
            "headline": question.question,
            "citations": [],
            "suggestions": list(question.options),
        }

    def sources(self, statements: Sequence[Statement]) -> list[str]:
        """The sources list: publisher, title, date, address; statements of one edition share a line."""
        groups: dict[str, list[int]] = {}
        for number, statement in enumerate(statements, 1):
            groups.setdefault(statement.edition, []).append(number)
        lines = ["Sources:"] if groups else []
        for edition_id, numbers in groups.items():
            edition = self._editions[edition_id]
            lines.append(
                f"[{', '.join(map(str, numbers))}] {edition.source.publisher}, {edition.title} "
                f"({wording.date(edition.dated)}). {edition.url}"
            )
        return lines

    def _citation(self, number: int, statement: Statement) -> dict[str, Any]:
        edition = self._editions[statement.edition]
        return {
            "n": number,
            "statement": statement.id,
            "source": edition.id,
            "publisher": edition.source.publisher,
            "title": edition.title,
            "url": edition.url,
            "published": edition.published,
            "dated": wording.date(edition.dated),
            "period": statement.scope.period,
            "locator": statement.locator,
            "evidence": self._address(EVIDENCE.format(id=statement.id)),
        }

    @staticmethod
    def _fact(statement: Statement, citations: Citations) -> dict[str, Any]:
        value: Any = statement.number
        if value is not None and float(value).is_integer():
            value = int(value)
        if value is None and (statement.low is not None or statement.high is not None):
            value = {"low": statement.low, "high": statement.high}
        scope = statement.scope
        fact = {
            "statement": statement.id,
            "indicator": statement.indicator,
            "value": statement.item if value is None else value,
            "unit": statement.unit,
            "statistic": f"{scope.statistic}:{scope.percentile}" if scope.percentile else scope.statistic,
            "place": scope.place,
            "period": scope.period,
            "employer_type": scope.employer_type,
            "citations": [citations.number(statement)],
        }
        if statement.text:
            fact["text"] = statement.text
        return fact

    def _facts(self, lines: Sequence[Line], citations: Citations) -> list[dict[str, Any]]:
        unique = {s.id: s for line in lines for s in line.statements}
        return [self._fact(statement, citations) for statement in unique.values()]

    def _conflict(
        self, draft: Draft, others: Sequence[tuple[str, list[int]]], citations: Citations
    ) -> dict[str, Any] | None:
        if not others:
            return None
        facts = [
            {**self._fact(line.statements[0], citations), "said": text}
            for line, (text, _) in zip(draft.others, others)
            if line.statements
        ]
        return {"note": draft.others_note, "facts": facts}

    def _chart(self, chart: Mapping[str, Any] | None, citations: Citations) -> dict[str, Any] | None:
        return None if chart is None else {**chart, "points": [self._linked(p, citations) for p in chart["points"]]}

    def _table(self, table: Mapping[str, Any] | None, citations: Citations) -> dict[str, Any] | None:
        if table is None:
            return None
        rows = [{**row, "cells": [self._linked(cell, citations) for cell in row["cells"]]} for row in table["rows"]]
        return {"columns": table["columns"], "rows": rows}

    def _linked(self, cell: Mapping[str, Any], citations: Citations) -> dict[str, Any]:
        """A point or cell with its citation, where the text cites it too, and in any case with its evidence."""
        id = cell["statement"]
        number = citations.known(id) if id else None
        return {
            **cell,
            "citations": [number] if number else [],
            "evidence": self._address(EVIDENCE.format(id=id)) if id else None,
        }

    @staticmethod
    def _stale(statement: Statement) -> Line:
        period = statement.scope.period
        age = "has no date" if period.startswith(UNSTATED) else f"is from {wording.dated(period)}"
        return Line(f"Note: this figure {age}; newer ones may exist.", (statement,))


def _bullets(texts: Sequence[str], headings: Sequence[int] = ()) -> list[str]:
    """The texts as bullets; those that head a further part of the answer stand without."""
    return [text if index in headings else f"• {text}" for index, text in enumerate(texts)]


def _answer_id(payload: Mapping[str, Any]) -> str:
    """The same answer always has the same id, so that feedback on it can be counted."""
    content = repr((payload["headline"], payload.get("points"), payload.get("missing"), payload.get("page")))
    return hashlib.sha256(content.encode()).hexdigest()[:16]
