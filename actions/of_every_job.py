"""Which of the occupations known in depth are of a kind: need no degree, can be done from home, involve no patients."""

from __future__ import annotations

from dataclasses import replace

from actions import wording
from actions.across_jobs import FREE_OF_DEGREE, HIGH_SCHOOL
from actions.asking import Desk
from actions.comparison_rows import official
from actions.draft import Draft, Line, NoSource, line
from actions.turn import EVERY_JOB
from knowledge.statement import Statement

_OF_WORK = {  # aspect -> its indicator, the items that are meant, and what is missing where no source says it
    "remote": ("setting.remote", ("possible", "common", "regular", "some"), "which jobs can be done from home"),
    "no-patients": ("setting.patient_contact", ("none", "no-direct-care"), "which jobs involve no patients"),
}
_OF_SCHOOLING = {FREE_OF_DEGREE: "no college degree", HIGH_SCHOOL: "no more than a high school diploma"}


def compose(desk: Desk) -> Draft | NoSource | None:
    """The jobs of a kind: what sources say of each; None if none such is asked for."""
    about = next((cue.removeprefix(EVERY_JOB) for cue in desk.context.cues if cue.startswith(EVERY_JOB)), None)
    if about is None:
        return None
    return _of_schooling(desk, about) if about in _OF_SCHOOLING else _of_work(desk, about)


def _of_work(desk: Desk, about: str) -> Draft | NoSource:
    indicator, items, what = _OF_WORK[about]
    found: list[tuple[bool, Line]] = []
    for id in desk.catalog.in_depth:
        answer = desk.ask((indicator,), topic="work_setting", occupation=id)
        own = [f for f in answer.findings if f.lead.occupation == id and f.lead.text and f.lead.indicator == indicator]
        meant = [f for f in own if f.lead.item in items]
        found += [(len(meant) < len(own), line(f)) for f in meant[:1]]
    lines = [one for _, one in sorted(found, key=lambda pair: pair[0])]  # those that no source gainsays first
    if not lines:
        return desk.nothing(what, detail=f"every-job-{about}")
    return replace(desk.draft(lines[0], lines[1:]), occupation=lines[0].statements[0].occupation)


def _of_schooling(desk: Desk, about: str) -> Draft | NoSource:
    context = desk.context
    ids = context.compared("occupation") or ((context.occupation,) if context.occupation else ())
    by_level: dict[str, list[tuple[str, Statement]]] = {}
    for id in ids:
        if (found := official(desk, id, "education.requirement")) is not None:
            level = found.lead.scope.qualifier("level") or ""
            by_level.setdefault(level, []).append((desk.catalog.occupations[id].plural, found.lead))
    levels = [level for level in wording.LEVEL_NAMES if level in by_level]
    if not levels:
        return desk.nothing("which jobs need no more schooling than that", detail=f"every-job-{about}")
    groups = [(wording.joined([name for name, _ in by_level[one]]), wording.LEVEL_NAMES[one]) for one in levels]
    cited = [(name, statement) for one in levels for name, statement in by_level[one]]
    need = f"typically need {_OF_SCHOOLING[about]}"
    if about == HIGH_SCHOOL:
        said = f"Of the jobs I know best, {groups[0][0]} {need}."
    else:
        named = "; ".join(f"{names} ({level})" for names, level in groups)
        said = f"Of the jobs I know best, these {need}: {named}."
    points = [Line(f"{wording.capital(name)}: {_level(one)}", (one,)) for name, one in cited]
    return desk.draft(Line(said, tuple(one for _, one in cited)), points)


def _level(statement: Statement) -> str:
    return wording.LEVEL_NAMES[statement.scope.qualifier("level") or ""]
