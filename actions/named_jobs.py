"""Which occupations a statement of a related career, or of a next step, is about. Pure."""

from __future__ import annotations

from knowledge.catalog import Catalog
from knowledge.importers.titles import singular
from knowledge.statement import Statement

_SEVERAL = {"emt-or-paramedic": ("emergency-medical-technicians", "paramedics")}  # an item of two occupations


def jobs_of(catalog: Catalog, statement: Statement) -> tuple[str, ...]:
    """The occupations that a statement of a related career or of a next step is about; () for none that is known."""
    item = statement.item or ""
    if item in catalog.occupations:
        return (item,)
    if item in _SEVERAL:
        return _SEVERAL[item]
    named = catalog.by_words.get(frozenset(singular(word) for word in item.split("-")))
    if named is not None:
        return (named,)
    text = (statement.text or "").lower()
    return tuple(id for id, known in catalog.occupations.items() if text.startswith(f"{known.plural.lower()} "))[:1]
