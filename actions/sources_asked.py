"""The publisher whose word a question asks for: what it says leads, and if it says nothing, that is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from actions.draft import Draft
from knowledge.gazetteer import SOURCE_CUE
from knowledge.resolve import Finding
from knowledge.scope import UNSTATED
from knowledge.statement import Statement

FIGURES = "pay."  # the figures of one publisher say nothing of another's


def publisher_asked(cues: Sequence[str]) -> str | None:
    """The publisher that the question's cues name (components/attribution.py); None if it names none."""
    return next((cue.removeprefix(SOURCE_CUE) for cue in cues if cue.startswith(SOURCE_CUE)), None)


def said_first(findings: Sequence[Finding], own: Callable[[Statement], bool]) -> list[Finding]:
    """What a publisher says, led by its own statements, and then what others say, but no figures of theirs.

    `own`: whether a statement is the publisher's."""
    found, others = [], []
    for finding in findings:
        said = next((one for one in finding.statements if own(one)), None)
        if said is not None:
            found.append(finding if own(finding.lead) else led_by(finding, said))
        elif not finding.lead.indicator.startswith(FIGURES):
            others.append(finding)
    return [*found, *others]


def with_own_first(draft: Draft, own: Callable[[Statement], bool]) -> Draft:
    """The answer with the publisher's own lines before all others, whatever fits the question's words better."""
    lines = [draft.headline, *draft.points]
    said = [line for line in lines if any(map(own, line.statements[:1]))]
    if not said or said[0] is draft.headline:
        return draft
    rest = [line for line in lines if not any(line is one for one in said)]
    return replace(draft, headline=said[0], points=(*said[1:], *rest), verdict=None)


def led_by(finding: Finding, lead: Statement) -> Finding:
    """A finding with another of its statements as what an answer says; those of earlier periods are older than it, and
    it is stale if there is a later one."""
    rest = tuple(one for one in finding.statements if one is not lead)
    if lead.number is None:
        return replace(finding, lead=lead, agreeing=tuple(one for one in rest if one in finding.support))
    earlier = tuple(one for one in rest if one.scope.period[:4] < lead.scope.period[:4])
    others = tuple(one for one in rest if one not in earlier)
    later = lead.scope.period == UNSTATED or any(one.scope.period[:4] > lead.scope.period[:4] for one in others)
    return Finding(lead, older=earlier, differing=others, fallbacks=finding.fallbacks, stale=later)
