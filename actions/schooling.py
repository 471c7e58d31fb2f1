"""Schooling and certification: what is needed, how sources differ, what each credential is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions import wording
from actions.asking import CUE_WORDS, Desk, cue_indicators, cues_for, focused, unanswered_cue
from actions.draft import Line, Reply, line, unique
from actions.requests import asks_enough
from actions.texts import (
    NEED,
    VERDICTS,
    arrange,
    asks_without,
    disagreements,
    judged,
    other_views,
    said,
    verdict_of,
    verdict_on,
)
from knowledge.query import Answer
from knowledge.resolve import Finding

LEVELS = ("high-school", "certificate", "associate", "bachelor", "master", "doctoral")
CREDENTIAL_INDICATORS = (
    "certification.credential",
    "certification.issuer",
    "certification.eligibility",
    "certification.exam",
    "certification.experience",
    "certification.level",
    "certification.covers",
    "certification.use",
    "certification.requirement",
    "certification.advice",
)
_OF_NEED = ("certification.requirement", "certification.summary")  # what says whether a certification is needed
_ENOUGH = re.compile(r"\b(enough|just|only|all (?:i|you|they) need|suffic\w+)\b", re.I)
# Whether a level is enough, by what sources say of its need; of one above what is typical, it is.
_ENOUGH_VERDICTS = {
    "required": "Usually",
    "typical": "Usually",
    "one-of": "It can be",
    "preferred": "It can be",
    "optional": "Sometimes",
}
_WANTED = re.compile(rf"{NEED.pattern}|\b(?:want|prefer|expect|ask|look|insist|care|demand|hir)\w*\b", re.I)
_DEGREE = re.compile(r"\b(degree|college|university|school|schooling|education|diploma)\b", re.I)


def education(desk: Desk) -> Reply:
    """Schooling: the level asked about, or what the best source says, with every other view."""
    answer = desk.ask(cue_indicators(desk))
    if not answer.found:
        return desk.nothing(f"the schooling for {desk.plural}")
    requirements = sorted(answer.of("education.requirement"), key=_rank)
    first, _ = focused(desk, answer)
    if desk.context.level and not first:
        return _level(desk, answer, requirements)
    headline, points, verdict = arrange(desk, answer)
    if not first:
        lines = [_requirement(f) for f in requirements]
        points = list(unique([*lines, *points]))
        asked = desk.context.question or ""
        if desk.context.yes_no and _DEGREE.search(asked) and (NEED.search(asked) or asks_without(asked)):
            verdict = _any_degree(requirements)
            headline = _needed_line(headline, requirements) if verdict else headline
            if verdict and asks_without(asked):
                verdict = "Usually not" if verdict == "Usually" else "Yes"
            if verdict:
                headline = judged(verdict, headline)
    if "training" in desk.context.cues:  # in school, or on the job
        points = [*(line(f) for f in desk.ask(("experience.training",), topic="experience").findings[:1]), *points]
    points = [p for p in points if p.text != headline.text]
    note, others = ("", ()) if first else disagreements(desk, answer)
    return desk.draft(
        headline,
        points,
        verdict=verdict,
        notes=desk.notes(answer),
        fallbacks=answer.fallbacks,
        others_note=note and "Sources differ on the schooling that is needed.",
        others=others,
    )


def _requirement(finding: Finding) -> Line:
    return line(finding)


def _rank(finding: Finding) -> int:
    """The place of a finding's level in LEVELS; the last where it names none."""
    return LEVELS.index(finding.lead.scope.qualifier("level") or LEVELS[-1])


def _level(desk: Desk, answer: Answer, requirements: Sequence[Finding]) -> Reply:
    """Whether one level is needed."""
    level = desk.context.level or ""
    own = [f for f in requirements if f.lead.scope.qualifier("level") == level]
    about = [f for f in answer.findings if f.lead.scope.qualifier("level") == level and f not in own]
    higher = _higher(level, requirements)
    if not own and not about and higher and _ENOUGH.search(desk.context.question or ""):
        rest = [line(f) for f in (*answer.of("education.summary"), *requirements) if f is not higher]
        return desk.draft(judged("Usually not", line(higher)), unique(rest), verdict="Usually not")
    if not own and not about:
        nearby = [line(f) for f in answer.of("education.summary")[:1]]
        return desk.nothing(f"whether {desk.plural} need {wording.LEVEL_NAMES[level]}", nearby, detail=level)
    lead = own[0] if own else desk.ranked(about)[0][1]
    verdict = verdict_of(desk, lead) if own else None
    if own and desk.context.yes_no and asks_enough(desk.context.question):
        verdict = _enough(lead, requirements)
    elif verdict == VERDICTS["one-of"]:
        verdict = _needed(lead, requirements)
    headline = said(desk, lead)
    if verdict:
        headline = judged(verdict, headline)
    points = [said(desk, f) for _, f in desk.ranked(about) if f is not lead]
    points = [line(f) for f in answer.of("education.summary")[:1]] + points
    points += [_requirement(f) for f in requirements if f not in own]
    others = other_views(desk, own)
    note = f"Sources differ on whether {wording.LEVEL_NAMES[level]} is needed." if others else ""
    return desk.draft(
        headline,
        unique(points),
        verdict=verdict,
        notes=desk.notes(answer),
        fallbacks=answer.fallbacks,
        others_note=note,
        others=others,
    )


def _higher(level: str, requirements: Sequence[Finding]) -> Finding | None:
    """The finding that a higher level is typical or required; None if none is."""
    above = LEVELS[LEVELS.index(level) + 1 :]
    wanted = [f for f in requirements if f.lead.scope.qualifier("level") in above]
    return next((f for f in wanted if f.lead.item in ("typical", "required")), None)


def _needed(finding: Finding, requirements: Sequence[Finding]) -> str:
    """The verdict on one of several ways in: "usually not" where a lower level is typical."""
    lower = [f for f in requirements if _rank(f) < _rank(finding)]
    if any(f.lead.item in ("typical", "required") for f in lower if _is_school(f)):
        return "Usually not"
    return VERDICTS["one-of"]


def _enough(finding: Finding, requirements: Sequence[Finding]) -> str | None:
    """The verdict on whether one level is enough: certainly where a lower one is."""
    level = _rank(finding)
    usual = [_rank(f) for f in requirements if f.lead.item in ("typical", "required")]
    if usual and max(usual) > level:
        return {"one-of": "It can be", "optional": "Sometimes"}.get(finding.lead.item or "")
    if usual and max(usual) < level:
        return "Yes"
    return _ENOUGH_VERDICTS.get(finding.lead.item or "")


def _is_school(finding: Finding) -> bool:
    return finding.lead.scope.qualifier("level") != "high-school"


def _needed_line(headline: Line, requirements: Sequence[Finding]) -> Line:
    """The headline to judge whether a degree is needed: one that says what is, if the one at hand does not."""
    says = any(s.indicator in ("education.requirement", "education.summary") for s in headline.statements)
    typical = next((f for f in requirements if f.lead.item in ("typical", "required") and _is_school(f)), None)
    return headline if says or typical is None else _requirement(typical)


def _any_degree(requirements: Sequence[Finding]) -> str | None:
    """Whether any college degree is typical: by the level that the best source calls typical or required."""
    typical = [f.lead.scope.qualifier("level") for f in requirements if f.lead.item in ("typical", "required")]
    if not typical:
        return None
    return (
        "Usually"
        if any(level in ("associate", "bachelor", "master", "doctoral") for level in typical)
        else "Not necessarily"
    )


# "which exams are there", "what kinds of certifications can you get", but not "what certification is best"
_WHICH_ONES = re.compile(
    r"\b(?:which|what)(?: (?:kinds?|types?|sorts?) of)?(?: (?:other|different|all|the|medical|professional|national))*"
    r" (?:certs|certifications|certificates|credentials|exams|tests)\b"
    r"(?!.*\b(?:best|prefer\w*|easiest|hardest|most|needs?|requir\w+|must|have to)\b)",
    re.I,
)


def certification(desk: Desk) -> Reply:
    """Certification in general, or one credential."""
    if desk.context.credential:
        return credential(desk, desk.context.credential)
    answer = desk.ask(cue_indicators(desk))
    cue = unanswered_cue(desk, answer)
    if cue or not answer.found:
        what = CUE_WORDS.get(cue.id) if cue else None
        return desk.nothing(what or f"certification for {desk.plural}", detail=cue.id if cue else "")
    requirement = [f for f in answer.of("certification.requirement") if not f.lead.scope.qualifier("credential")]
    first, _ = focused(desk, answer)
    headline, points, verdict = arrange(desk, answer)
    known = _credentials_line(desk, answer)
    if not first or not desk.context.yes_no:
        points = ([known] if known else []) + points
    licensed = "licens" in headline.text and "certif" not in headline.text  # the verdict is on certification
    if desk.context.yes_no and requirement and not first and not licensed and _asks_of_certification(desk, answer):
        verdict = verdict_on(desk, requirement[0].lead.item)
        if verdict and not any(s.indicator in _OF_NEED for s in headline.statements):
            headline, points = line(requirement[0]), [headline, *points]  # yes or no is said of what is needed
        headline = judged(verdict, headline) if verdict else headline
    if known and not verdict and _WHICH_ONES.search(desk.context.question or "") and set(desk.context.cues) <= {"exam"}:
        headline, points = known, [headline, *points]
    others = other_views(desk, requirement)
    return desk.draft(
        headline,
        unique([p for p in points if p.text != headline.text]),
        verdict=verdict,
        notes=desk.notes(answer),
        fallbacks=answer.fallbacks,
        others_note="Sources differ on whether certification is needed." if others else "",
        others=others,
    )


def _asks_of_certification(desk: Desk, answer: Answer) -> bool:
    """Whether the question is on certification itself, to which yes or no may be said; "is a background check needed"
    is not."""
    return desk.asks_of([*answer.of("certification.requirement"), *answer.of("certification.summary")])


def _credentials_line(desk: Desk, answer: Answer) -> Line | None:
    """The credentials that sources name for the occupation, by name."""
    found: dict[str, Finding] = {}
    for finding in answer.findings:
        id = finding.lead.scope.qualifier("credential")
        if id and finding.lead.indicator == "certification.credential":
            found.setdefault(id, finding)
    if len(found) < 2:
        return None
    names = [desk.catalog.credentials[id].short for id in found]
    return Line(f"Certifications that sources name: {wording.joined(names)}.", tuple(f.lead for f in found.values()))


def credential_findings(desk: Desk, id: str, indicators: Sequence[str] = CREDENTIAL_INDICATORS) -> list[Finding]:
    """What is known of a credential, whichever occupation's file holds it; the asked occupation's first."""
    order = [desk.context.occupation or ""] + [o.id for o in desk.catalog.occupations.values() if o.depth == "facts"]
    findings: list[Finding] = []
    for occupation in dict.fromkeys(order):
        answer = desk.ask(indicators, topic="certification", occupation=occupation, qualifiers={"credential": id})
        seen = {f.lead.text for f in findings}
        findings += [
            f
            for f in answer.findings
            if f.lead.scope.qualifier("credential") == id and f.lead.text not in seen and not answer.fallbacks
        ]
    return findings


def credential(desk: Desk, id: str) -> Reply:
    """One credential: what the cue asks for, else what it is, who gives it and who may sit the exam."""
    named = desk.catalog.credentials[id]
    findings, mistakes = apart(desk, credential_findings(desk, id))
    cues = cues_for(desk.context, "certification")
    strict = next((cue for cue in cues if cue.strict), None)
    if not findings or strict:
        what = CUE_WORDS[strict.id] if strict and strict.id in CUE_WORDS else "that credential"
        nearby = [line(f) for f in findings[:2]]
        return desk.nothing(
            f"{what} ({named.short})" if strict else f"the {named.short} credential",
            nearby,
            detail=strict.id if strict else id,
        )
    wanted = [name for cue in cues for name in cue.indicators]
    by_kind = ([f for f in findings if f.lead.indicator == name] for name in wanted)
    asked = [f for found in by_kind for _, f in desk.ranked(found)]
    requirement = [f for f in findings if f.lead.indicator == "certification.requirement"]
    if not wanted and desk.context.yes_no and requirement:
        asked = requirement
    if wanted and not asked:
        nearby = [line(f) for f in findings[:2]]
        if {"issuer", "eligibility", "exam", "experience-for-exam"} & {cue.id for cue in cues}:
            topics = {
                "issuer": "who issues the",
                "exam": "the exam for the",
                "eligibility": "who may sit the exam for the",
                "experience-for-exam": "the experience needed for the",
            }
            what = next(topics[cue.id] for cue in cues if cue.id in topics)
            return desk.nothing(f"{what} {named.short}", nearby, detail=f"{id}-{cues[0].id}")
    asked = list(dict.fromkeys(asked))
    order = asked or [f for name in CREDENTIAL_INDICATORS for f in findings if f.lead.indicator == name]
    if not asked:
        own = [f for f in order if f.lead.indicator == "certification.credential"]
        order = [*own[:1], *[f for f in order if f not in own], *own[1:]]
    needs = desk.context.yes_no and bool(_WANTED.search(desk.context.question or ""))  # not "can I take it later"
    verdict = verdict_on(desk, order[0].lead.item) if needs and order[0] in requirement else None
    headline = line(order[0])
    if verdict:
        headline = judged(verdict, headline)
    rest = [f for f in (*order[1:], *findings) if f is not order[0]]
    points = [one for one in unique([line(f) for f in rest]) if one.text != headline.text]
    others = other_views(desk, asked)
    mistakes = [] if asked else mistakes
    note = f"Sources differ on the {named.short}." if others else "Known mistakes in sources:" if mistakes else ""
    return desk.draft(headline, points, verdict=verdict, others=(*others, *mistakes), others_note=note)


def apart(desk: Desk, findings: Sequence[Finding]) -> tuple[list[Finding], list[Line]]:
    """Findings without those whose wording is known to be wrong, and each known mistake as a line that says why."""
    wrong = desk.catalog.corrections
    mistakes = []
    for statement in (s for f in findings for s in f.support if s.id in wrong):
        printed, reason = wrong[statement.id]
        mistakes.append(Line(f"{desk.publisher(statement.edition)} prints “{printed}”. {reason}", (statement,)))
    return [f for f in findings if f.lead.id not in wrong], mistakes
