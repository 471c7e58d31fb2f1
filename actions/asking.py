"""From a context to questions for the knowledge base: cues, scope, what lies outside the sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from actions.context import Context, of_what_was_said
from actions.draft import Draft, Line, NoSource
from actions.matching import Matches, matches, with_holders
from actions.relevance import Fit, fullest, ranked
from actions.requests import asks_for_schools, of_a_program
from actions.sources_asked import publisher_asked, said_first
from knowledge.asked import Target
from knowledge.catalog import Catalog, Occupation
from knowledge.embedding import unpack
from knowledge.gazetteer import read_cues
from knowledge.query import Answer, KnowledgeBase, Question
from knowledge.resolve import Finding
from knowledge.scope import UNSTATED, qualifier_pairs
from knowledge.statement import Statement

KNOWN = 0.62  # a cosine from which a known question may be the one that is asked
NEARER = 0.15  # by how much a known question must be nearer than another to be what is asked instead
ALL_JOBS = "all-occupations"  # what figures of all occupations together are of
IN_HIGH_SCHOOL = "education.preparation"  # which no program teaches
PSEUDO = frozenset(("ranking", "industries", "entry", "range"))


@dataclass(frozen=True)
class Cue:
    """A cue of vocabulary/cues.yml for one topic: the indicators that it asks for."""

    id: str
    indicators: tuple[str, ...]
    strict: bool
    yes_item: str | None
    items: tuple[str, ...]


@lru_cache(maxsize=1)
def _all_cues() -> Mapping[str, Mapping[str, Any]]:
    return read_cues()


def cues_for(context: Context, topic: str | None = None) -> tuple[Cue, ...]:
    """The context's cues that mean something in its topic, in the order of the message."""
    topic = topic or context.topic
    found = []
    for id in context.cues:
        entry = _all_cues().get(id)
        if entry and topic in entry["topics"]:
            found.append(
                Cue(
                    id,
                    tuple(entry["topics"][topic]),
                    bool(entry.get("strict")),
                    entry.get("yes_item"),
                    tuple(entry.get("items", ())),
                )
            )
    return tuple(found)


def topic_of_cues(cues: Sequence[str], likely: Mapping[str, float]) -> str | None:
    """The topic that a message's cues speak of: the likeliest of those they belong to, else the first one's first."""
    topics = topics_of_cues(cues)
    known = [topic for topic in topics if topic in likely]
    return max(known, key=lambda topic: likely[topic]) if known else (topics[0] if topics else None)


def topics_of_cues(cues: Sequence[str]) -> list[str]:
    """The topics that a message's cues speak of and that sources say something on, in their order."""
    entries = [_all_cues().get(id, {}) for id in cues]
    return [
        topic
        for entry in entries
        for topic, indicators in entry.get("topics", {}).items()
        if indicators or not entry.get("strict")
    ]


def all_topics_of_cues(cues: Sequence[str]) -> list[str]:
    """All topics that a message's cues speak of, strict or not, in their order."""
    return list(dict.fromkeys(topic for id in cues for topic in _all_cues().get(id, {}).get("topics", {})))


def topic_of_strict_cue(cues: Sequence[str], near: Sequence[Target]) -> str | None:
    """The topic of a strict cue of a message that one of the statements near it answers; None if there is none."""
    for topic in all_topics_of_cues(cues):
        for cue in cues_for(Context(cues=tuple(cues)), topic):
            if cue.strict and any(one.indicator in cue.indicators and one.item in cue.items for one in near):
                return topic
    return None


class Desk:
    """What every composer needs: the knowledge base, the context and short names for both."""

    def __init__(self, knowledge: KnowledgeBase, context: Context) -> None:
        self.knowledge = knowledge
        one_voice = publisher_asked(context.cues) is not None  # its own words answer: no verdict over all sources
        self.context = replace(context, yes_no=False) if one_voice else context
        self.catalog: Catalog = knowledge.catalog
        self.topic = context.topic or "definition"

    @property
    def occupation(self) -> Occupation:
        return self.catalog.occupations[self.context.occupation or ""]

    @property
    def plural(self) -> str:
        return self.occupation.plural

    def place_name(self, place: str | None) -> str:
        known = self.catalog.places.get(place or "US")
        return known.name if known else "the United States"

    def publisher(self, statement_edition: str) -> str:
        whose = self._whose(statement_edition)
        return {"U.S. Bureau of Labor Statistics": "BLS", "O*NET, U.S. Department of Labor": "O*NET"}.get(whose, whose)

    def ask(
        self,
        indicators: Sequence[str] = (),
        *,
        topic: str | None = None,
        occupation: str | None = None,
        place: str | None = None,
        qualifiers: Mapping[str, str] | None = None,
        everyone: bool = False,
    ) -> Answer:
        """The knowledge base's answer in the context's place and employer; the composer picks the statistic. What the
        publisher says that the question names leads, or of figures is all there is, unless `everyone` is asked."""
        context = self.context
        answer = self.knowledge.answer(
            Question(
                topic=topic or self.topic,
                occupation=occupation or context.occupation or "",
                place=place or context.place or UNSTATED,
                employer_type=context.employer_type or UNSTATED,
                indicators=tuple(indicators),
                qualifiers=qualifier_pairs(qualifiers),
            )
        )
        if self.publisher_asked is None or everyone:
            return replace(answer, findings=tuple(map(self._in_its_words, answer.findings)))
        return replace(answer, findings=tuple(said_first(answer.findings, self.is_asked)))

    def _in_its_words(self, finding: Finding) -> Finding:
        """A finding in the words of the source that says most of what the question says."""
        text = self.catalog.indicators[finding.lead.indicator].type == "text"
        known = text and not any(s.id in self.catalog.corrections for s in finding.support)
        return fullest(self.context.question or "", finding) if known else finding

    @cached_property
    def publisher_asked(self) -> str | None:
        """The publisher whose word the question asks for, if it does."""
        return publisher_asked(self.context.cues)

    def is_asked(self, statement: Statement) -> bool:
        """Whether a statement is of the publisher whose word the question asks for."""
        return self._whose(statement.edition) == self.publisher_asked

    def _whose(self, edition: str) -> str:
        return self.catalog.editions[edition].source.publisher

    @cached_property
    def scores(self) -> Mapping[str, float]:
        """How near the question is to each statement of the occupation (and of the one that stands in for it)."""
        vector = unpack(self.context.vector) if self.context.vector else None
        if vector is None:
            return {}
        scores = self.knowledge.similar(self.occupation.id, vector)
        if self.occupation.stands_in:
            scores = {**self.knowledge.similar(self.occupation.stands_in, vector), **scores}
        return scores

    @cached_property
    def matches(self) -> Matches:
        """The questions that are like this one: what answers them, and what no source says."""
        vector = unpack(self.context.vector) if self.context.vector else None
        if vector is None:
            return Matches()
        context = self.context
        credentials = [id for id in (context.credential, context.second_credential) if id]
        covered = self.knowledge.asked_like(self.occupation.id, vector)
        if of_a_program(context.question):
            covered = {target: cosine for target, cosine in covered.items() if target.indicator != IN_HIGH_SCHOOL}
        if credentials and self.topic == "certification":
            others = [id for id in self.catalog.in_depth if id != self.occupation.id]
            covered = with_holders(covered, [self.knowledge.asked_like(id, vector) for id in others], credentials)
        missing = self.knowledge.unanswered_like(self.occupation.id, vector)
        unsaid = bool(context.school) and of_what_was_said(context.question or "", context.school or "")
        levels = [context.level] if context.level else []
        any_school = bool(credentials) and asks_for_schools(context.question)
        return matches(covered, missing, credentials, context.school, levels, unsaid, any_school)

    @cached_property
    def _asked(self) -> Mapping[Target, float]:
        return dict(self.matches.covered)

    def asks_of(self, found: Sequence[Finding]) -> bool:
        """Whether the question may be about what findings answer: no known question of something else, answered or
        not, is plainly the one."""
        own = max((self._asked.get(Target.of(s), 0.0) for f in found for s in f.support), default=0.0)
        nearest = max((self.matches.best, *self.matches.doubts))
        return nearest < KNOWN or own >= nearest - NEARER

    def ranked(self, findings: Sequence[Finding]) -> list[tuple[Fit, Finding]]:
        """Findings by how well they fit the question, best first."""
        near = {
            s.id: max(self.scores.get(s.id, 0.0), self._asked.get(Target.of(s), 0.0))
            for finding in findings
            for s in finding.support
        }
        return ranked(self.context.question or "", findings, near)

    def notes(self, answer: Answer) -> tuple[Line, ...]:
        """Why another occupation's facts answer, where they do."""
        for step in answer.fallbacks:
            if step.kind == "occupation":
                wanted = self.catalog.occupations[step.wanted]
                used = self.catalog.occupations[step.used]
                evidence = self.knowledge.evidence(wanted.stands_in_statement) if wanted.stands_in_statement else None
                cited = (evidence.statement,) if evidence else ()
                return (Line(f"These are the facts for {used.plural}: {wanted.stands_in_reason}.", cited),)
        return ()

    def nothing(self, what: str, nearby: Sequence[Line] = (), detail: str = "") -> NoSource:
        return NoSource(self.topic, self.context.occupation, what, tuple(nearby), detail)

    def draft(self, headline: Line, points: Sequence[Line] = (), **more: Any) -> Draft:
        return Draft(self.topic, self.context.occupation, headline, tuple(points), **more)


def statistic_of(text: str | None) -> tuple[str, int | None]:
    """ "percentile:90" -> ("percentile", 90); "median" -> ("median", None); None -> unstated."""
    if not text:
        return UNSTATED, None
    name, _, number = text.partition(":")
    return name, int(number) if number else None


def asked_column(context: Context) -> str:
    """The column of the pay statistics that a question asks for: its unit and statistic, else the yearly median."""
    unit = "hourly" if context.pay_period == "hour" else "annual"
    name, percentile = statistic_of(context.statistic)
    kind = f"p{percentile}" if percentile in (10, 25, 75, 90) else "mean" if name == "mean" else "median"
    return f"{unit}_{kind}"


def focused(desk: Desk, answer: Answer) -> tuple[tuple[Finding, ...], Cue | None]:
    """The findings that the question's cues ask for, and the first cue that had any; () if none."""
    left_out = {*PSEUDO, IN_HIGH_SCHOOL} if of_a_program(desk.context.question) else PSEUDO
    for cue in cues_for(desk.context):
        wanted = [name for name in cue.indicators if name not in left_out]
        found = [
            f
            for name in wanted
            for f in answer.findings
            if f.lead.indicator == name and (not cue.items or f.lead.item in cue.items or name == wanted[0])
        ]
        if found:
            return tuple(found), cue
    return (), None


def cue_indicators(desk: Desk) -> tuple[str, ...]:
    """The topic's indicators, those that cues ask for (also of other topics) first."""
    extra = [
        name
        for cue in cues_for(desk.context)
        for name in cue.indicators
        if name not in PSEUDO and name in desk.catalog.indicators
    ]
    if desk.context.school:
        extra += [
            name
            for name in desk.catalog.indicators
            if name.startswith(("education.", "programs.")) and "summary" not in name
        ]
    return tuple(dict.fromkeys((*extra, *desk.catalog.topics[desk.topic].indicators)))


def unanswered_cue(desk: Desk, answer: Answer) -> Cue | None:
    """A strict cue that no finding answers: then the question has no source, whatever lies near it."""
    for cue in cues_for(desk.context):
        if cue.strict:
            found = [
                f
                for f in answer.findings
                if f.lead.indicator in cue.indicators and (not cue.items or f.lead.item in cue.items)
            ]
            if not found:
                return cue
    return None


CUE_WORDS = {
    "why": "the reasons for that",
    "school-cost": "what that schooling costs in dollars",
    "exam-fee": "what the exam or the certification costs",
    "renewal": "how a certification is renewed",
    "pass-rate": "pass rates, study material or how hard the exam is",
    "online": "online study for that job",
    "automation": "whether artificial intelligence or automation will change this job",
    "remote": "working from home in this job",
    "gender": "how pay or employment differs between men and women, or by age",
    "tips-overtime": "the size of raises or bonuses, extra pay for overtime or shifts, or paydays",
}
