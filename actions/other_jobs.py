"""The jobs that an occupation's statements name beside it: what one of them is, and what they pay.

"Respiratory therapists care for people who find it hard to breathe, typically with an associate's degree" stands among
the careers related to nurses. It is all that the sources say of that job, and it answers what the job is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from actions import wording
from actions.asking import Desk, asked_column, cues_for
from actions.context import STEP_UP, Context, words
from actions.draft import Draft, Line, unique
from actions.named_jobs import jobs_of
from actions.side_by_side import best_paid
from actions.turn import Turn
from knowledge.importers.titles import singular
from knowledge.query import KnowledgeBase
from knowledge.statement import Statement

RELATED = "related.occupation"
NEXT_STEPS = f"{STEP_UP}.role"
SHOWN = 5
NAMED_IN = frozenset((STEP_UP, "related_careers"))  # topics whose answers name other jobs
_THOSE_PAY = re.compile(
    r"\b(?:those|these)\b(?! (?:states?|cit(?:y|ies)|places?|years?|numbers?|figures?|certs?|certifications?|degrees?"
    r"|programs?|schools?))|\b(?:they|that) pay",
    re.I,
)
# "the highest they can make", "what do they start at", "how much more with a degree": of the occupation itself
_OF_THE_OCCUPATION = re.compile(
    r"\bstart(?:s|ing)?\b|\bbeginn\w+|\bentry\b|\b(?:highest|most|max\w*|least|lowest)\b.*\b(?:can|could|ever|would)\b"
    r"|\bhow much more\b.*\bwith\b",
    re.I,
)
_THAT_JOB = re.compile(r"\bthat (?:new |next )?(?:job|position|role|one)\b", re.I)
_IT = re.compile(r"\b(?:it|that|this|they|them|one)\b", re.I)  # after a step up, the job that it leads to
_THEY = re.compile(r"\b(?:they|them)\b", re.I)
_SCHOOLING = re.compile(r"\bdegree\b|\baward\b", re.I)
# What a question may say beside the name, if the one sentence is to answer all of it.
_PLAIN = frozenset(
    "what whats is are a an the do does they she he it job jobs work like exactly actually really please so and or then"
    " who tell me about mean means kind of thing for to in i you be being become want need needs needed have has get"
    " one require required requires typical typically usually take takes first again know".split()
)
_DOES = frozenset("day duties tasks all responsible handle doing done describe".split())
_STUDIES = frozenset(
    "degree degrees school schooling education educational college level diploma background qualification"
    " qualifications much which how associate associates associate's bachelor bachelors bachelor's master masters"
    " master's doctorate doctoral".split()
)
_TOPICS = {"duties": _PLAIN | _DOES, "definition": _PLAIN | _DOES, "education": _PLAIN | _STUDIES}


def described(desk: Desk) -> Draft | None:
    """What sources say of an occupation that only statistics know, for a question that asks nothing beyond it."""
    plain = _TOPICS.get(desk.topic)
    if desk.occupation.depth != "statistics" or plain is None or cues_for(desk.context):
        return None
    names = {singular(word) for word in words(f"{desk.occupation.name} {desk.plural}")}
    asked = {singular(word) for word in words(desk.context.question or "") if word not in plain}
    beyond = asked - names - {"tech"}
    if len(beyond) > (0 if asked & names else 1):  # "what does a CNA do" names it by one word of its own
        return None
    about = [
        s
        for id in desk.catalog.in_depth
        for s in desk.knowledge.statements(id, RELATED)
        if s.text and desk.occupation.id in jobs_of(desk.catalog, s)
    ]
    fitting = [s for s in about if desk.topic != "education" or _SCHOOLING.search(s.text or "")]
    lines = unique([Line(s.text or "", (s,)) for s in sorted(fitting, key=lambda s: -len(s.text or ""))])
    return desk.draft(lines[0], lines[1:]) if lines else None


def narrower(desk: Desk, found: Draft) -> Draft:
    """An answer on what a job is with what sources say of the kind of it that the question names first: "what does a
    cancer registrar do", of medical registrars; itself where they say nothing of such a kind."""
    own = {singular(word) for word in words(f"{desk.occupation.name} {desk.plural}")}
    heads = {singular(words(name)[-1]) for name in desk.plural.split(" and ")}  # technologists and medical registrars
    asked = [singular(word.strip("'")) for word in words(desk.context.question or "")]
    kinds = {f"{a} {b}s" for a, b in pairwise(asked) if b in heads and a not in own | _PLAIN}
    if not kinds:
        return found
    beside = [s for id in desk.catalog.in_depth for s in desk.knowledge.statements(id, RELATED)]
    about = [s for s in beside if (s.text or "").lower().startswith(tuple(kinds))]
    tasks = desk.knowledge.statements(desk.occupation.id, "duties.task")
    about += [s for s in tasks if any(kind in (s.text or "").lower() for kind in kinds)]
    lines = unique([*(Line(s.text or "", (s,)) for s in about), found.headline, *found.points])
    return replace(found, headline=lines[0], points=lines[1:]) if about else found


def asks_for_their_pay(context: Context, turn: Turn) -> bool:
    """Whether a message asks what the jobs pay that the last answer named: "and what do those make"."""
    names = turn.kinds - {"place", "pay_period", "statistic"}
    return (
        context.topic in NAMED_IN
        and turn.intent in ("ask_pay", "ask_comparison")
        and not names
        and (asks_of_several(turn) or not _OF_THE_OCCUPATION.search(turn.text))
        and bool(_THOSE_PAY.search(turn.text) or _THAT_JOB.search(turn.text) or _of_the_step(context, turn))
    )


def _of_the_step(context: Context, turn: Turn) -> bool:
    """Whether a message after a step up points at it: "what does it pay", after nurse anesthetists."""
    return context.topic == STEP_UP and bool(_IT.search(turn.text))


def asks_of_several(turn: Turn) -> bool:
    """Whether a message speaks of several jobs, and not of "that job"."""
    return bool(_THOSE_PAY.search(turn.text))


def may_be_of_several(context: Context, turn: Turn) -> bool:
    """The same where it may be one as well: "do they get paid more", after a step up."""
    return asks_of_several(turn) or (context.topic == STEP_UP and bool(_THEY.search(turn.text)))


def the_job(knowledge: KnowledgeBase, context: Context, turn: Turn, last: Draft) -> str | None:
    """The one job that the last answer led with, or that alone is a next step: "what does that job pay in Ohio"; None
    if several are asked about."""
    if asks_of_several(turn):
        return None
    desk, own = Desk(knowledge, context), context.occupation or ""
    named = context.topic == STEP_UP and _THAT_JOB.search(turn.text)
    steps = knowledge.statements(own, NEXT_STEPS) if named else ()
    found = _jobs(desk, last.headline.statements, own) or _jobs(desk, steps, own)
    return found[0] if len(found) == 1 else None


def their_pay(knowledge: KnowledgeBase, context: Context, last: Draft) -> Draft | None:
    """The pay of the jobs that the last answer named, the best-paying first, in the place of the context; None where
    the statistics have fewer than two of them."""
    desk = Desk(knowledge, context)
    lines = (last.headline, *last.points)
    named = [s for one in lines for s in one.statements]
    ids = _jobs(desk, [*named, *knowledge.statements(desk.occupation.id, NEXT_STEPS)], desk.occupation.id)
    if context.topic == "related_careers":
        ids = _jobs(desk, named, desk.occupation.id)
    found = [(id, statement) for id in ids if (statement := _pay(desk, id)) is not None]
    if len(found) < 2:
        return None
    headline, *points = best_paid(desk, found, {id: desk.catalog.occupations[id].plural for id, _ in found})
    own, points = _pay(desk, desk.occupation.id), points[: SHOWN - 1]
    if own is not None:
        said = f"{wording.figure(own)} {wording.per(own.unit or '')}"
        points.append(Line(f"For comparison, {desk.plural}: {said}", (own,)))
    return Draft("pay", desk.occupation.id, headline, tuple(points))


def _jobs(desk: Desk, statements: Iterable[Statement], but: str) -> list[str]:
    ids = dict.fromkeys(id for s in statements for id in jobs_of(desk.catalog, s))
    return [id for id in ids if id != but]


def _pay(desk: Desk, occupation: str) -> Statement | None:
    known = desk.catalog.occupations[occupation]
    record = desk.knowledge.wage(occupation, desk.context.place or "US") if known.soc else None
    found = record.statement(asked_column(desk.context)) if record else None
    return found if found is not None and found.number is not None else None
