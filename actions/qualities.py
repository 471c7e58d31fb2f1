"""What is known of one of several by which a message may pick it out (picked_out.py): figures, and what sources say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from actions.asking import Desk
from actions.comparison_rows import official
from actions.context import Context
from actions.pairs import owner
from actions.picked_out import GROWTH, OPENINGS, PATIENTS, PAY, SCHOOLING
from actions.schooling import credential_findings
from actions.wording import LEVEL_NAMES
from knowledge.query import KnowledgeBase
from knowledge.scope import COUNTRY
from knowledge.statement import Statement
from knowledge.vectors import Matrix

_INDICATORS = {
    SCHOOLING: "education.requirement",
    GROWTH: "outlook.growth",
    OPENINGS: "outlook.openings",
    PATIENTS: "setting.patient_contact",
}
_CONTACT = ("none", "no-direct-care", "some", "regular")
_SAYING = ("duties.", "definition.", "setting.", "fit.", "education.", "skills.")


class Qualities:
    """Of the occupations, credentials and places of a conversation."""

    def __init__(self, knowledge: KnowledgeBase, context: Context, default_occupation: str) -> None:
        self._knowledge = knowledge
        self._default = default_occupation
        self._context = replace(context, occupation=context.occupation or default_occupation)

    def measure(self, aspect: str, kind: str, id: str) -> float | None:
        """How much of something one has, in whatever unit; None if that is not known."""
        if aspect == PAY and kind in ("occupation", "place"):
            return self._pay(id, COUNTRY) if kind == "occupation" else self._pay(self._context.occupation or "", id)
        if kind != "occupation" or aspect not in _INDICATORS:
            return None
        indicator, desk = _INDICATORS[aspect], self._desk(id)
        if aspect != PATIENTS:
            found = official(desk, id, indicator)
            return _size(found.lead) if found else None
        said = desk.ask((indicator,), topic="work_setting", occupation=id).findings
        return _size(said[0].lead) if said else None

    def texts(self, kind: str, id: str) -> Sequence[str]:
        """What the sources say of one."""
        if kind == "credential":
            return [f.lead.text or "" for f in credential_findings(self._desk(self._context.occupation or ""), id)]
        if kind != "occupation":
            return ()
        indicators = (name for name in self._knowledge.catalog.indicators if name.startswith(_SAYING))
        return [one.text for name in indicators for one in self._knowledge.statements(id, name) if one.text]

    def likeness(self, vector: Matrix) -> Callable[[str, str], float]:
        """How near each one is to what the embedding of a few words says of work: as the sources put it, and as people
        ask about it."""

        def near(kind: str, id: str) -> float:
            if kind not in ("occupation", "credential"):
                return 0.0
            occupation = id if kind == "occupation" else self._context.occupation or ""
            own = id if kind == "credential" else None
            names = self._knowledge.catalog.indicators
            indicators = {name for name in names if name.startswith("certification." if own else _SAYING)}
            texts, asked = self._knowledge.similar(occupation, vector), self._knowledge.asked_like(occupation, vector)
            said = (one for name in indicators for one in self._knowledge.statements(occupation, name))
            of_it = (texts.get(one.id, 0.0) for one in said if one.scope.qualifier("credential") == own)
            like = (
                cosine
                for target, cosine in asked.items()
                if (target.occupation, dict(target.qualifiers).get("credential")) == (occupation, own)
                and target.indicator in indicators
            )
            return float(max(of_it, default=0.0)) + float(max(like, default=0.0))

        return near

    def credentials(self) -> list[str]:
        """All credentials of the occupation talked of that sources name."""
        said = self._knowledge.statements(self._context.occupation or "", "certification.credential")
        return list(dict.fromkeys(id for one in said if (id := one.scope.qualifier("credential"))))

    def _desk(self, occupation: str) -> Desk:
        return Desk(self._knowledge, Context(occupation=occupation, topic=self._context.topic))

    def _pay(self, occupation: str, place: str) -> float | None:
        record = self._knowledge.wage(owner(self._desk(occupation)), place)
        found = record.statement("annual_median") if record else None
        return found.number if found else None


def _size(one: Statement) -> float | None:
    level = one.scope.qualifier("level")
    if one.number is not None:
        return one.number
    scale = tuple(LEVEL_NAMES) if one.indicator == "education.requirement" else _CONTACT
    value = level if one.indicator == "education.requirement" else one.item
    return float(scale.index(value)) if value in scale else None
