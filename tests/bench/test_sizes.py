"""The larger knowledge that `make sizes` measures is read like any other."""

from __future__ import annotations

from pathlib import Path

from bench.sizes import grow
from knowledge.database import sqlite_path
from knowledge.query import KnowledgeBase


def test_knowledge_that_was_made_larger_can_be_read(knowledge_url: str, tmp_path: Path) -> None:
    source, target = sqlite_path(knowledge_url), tmp_path / "larger.sqlite"
    assert source is not None
    grow(source, target, 2)
    before, after = KnowledgeBase(knowledge_url), KnowledgeBase(f"sqlite:///{target}")
    deep = [id for id, known in before.catalog.occupations.items() if known.depth == "facts"]
    assert set(after.catalog.occupations) - set(before.catalog.occupations) == {f"synthetic-1-{id}" for id in deep}
    for id in deep:
        assert len(after.statements(f"synthetic-1-{id}", "duties.task")) == len(before.statements(id, "duties.task"))
