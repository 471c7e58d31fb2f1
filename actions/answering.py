"""One context -> one reply. The only place that knows which module answers which topic."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from actions import (
    of_a_school,
    of_every_job,
    other_jobs,
    outlook,
    pay,
    ranking,
    schooling,
    side_by_side,
    texts,
    way,
    wording,
)
from actions.asking import ALL_JOBS, CUE_WORDS, Desk
from actions.context import Ambiguity, Context
from actions.conversation import MORE
from actions.direct import direct, findings
from actions.draft import THAT_QUESTION, Clarify, Draft, Line, NoSource, Reply, line, unique
from actions.pairs import paid_with
from actions.ranking import employs_most
from actions.sources_asked import with_own_first
from actions.texts import DOWNSIDES, weighs_against
from actions.years import pair_of_years
from knowledge.asked import ANY
from knowledge.query import KnowledgeBase
from knowledge.scope import Fallback

COMPOSERS: Mapping[str, Callable[[Desk], Reply]] = {
    "education": schooling.education,
    "certification": schooling.certification,
    "pay": pay.compose,
    "outlook": outlook.compose,
    "comparison": side_by_side.compose,
}
NEARBY_ASKED = 0.62  # the same for the questions beside statements
SAME_GAP = 0.72  # a cosine with a question that no source answers from which its words name what is missing
SAME_GAP_IN_FIGURES = 0.85  # questions on pay are all alike: "pay in 2019" is near "pay in the UK"
NEARBY = 0.5  # a cosine from which a statement is worth naming beside "no source"
WEIGHED = re.compile(r"\b(?:vs\.?|versus|than|differen(?:t|ce|ces)|compared?|comparing)\b|\bshould i\b.*\bor\b", re.I)
# topics under which somebody may ask where most work
OF_JOBS = ("pay", "outlook", "work_setting", "duties", "definition", "comparison")
# topics under which a step from one job to another may be asked about
OF_STEPS = ("experience", "how_to_become", "education", "related_careers", "comparison", "definition", "fit", "duties")
# What one asks next, by topic; {jobs} and {a_job} are filled in.
NEXT: Mapping[str, str] = {
    "duties": "What do {jobs} do?",
    "definition": "What is {a_job}?",
    "education": "What schooling do {jobs} need?",
    "programs": "Where can I study to be {a_job}?",
    "certification": "Which certifications do {jobs} need?",
    "pay": "How much do {jobs} earn?",
    "outlook": "What is the job outlook for {jobs}?",
    "skills": "What skills do {jobs} need?",
    "work_setting": "Where do {jobs} work?",
    "how_to_become": "How do I become {a_job}?",
    "experience": "Do {jobs} need experience?",
    "advancement": "How do {jobs} move up?",
    "related_careers": "Which careers are like {a_job}?",
    "fit": "Is {a_job} a good fit for me?",
    "benefits": "What benefits do {jobs} get?",
    "tuition": "What does the schooling cost?",
}
# What the pay statistics answer for every occupation.
OF_STATISTICS = ("Which states pay {jobs} best?", "How many {jobs} are employed?")
FOLLOWING: Mapping[str, tuple[str, ...]] = {
    "duties": ("pay", "skills", "how_to_become"),
    "definition": ("duties", "pay", "how_to_become"),
    "education": ("certification", "programs", "pay"),
    "programs": ("education", "tuition", "certification"),
    "certification": ("education", "experience", "pay"),
    "pay": ("outlook", "education", "advancement"),
    "outlook": ("pay", "related_careers", "how_to_become"),
    "skills": ("fit", "duties", "education"),
    "work_setting": ("duties", "benefits", "pay"),
    "how_to_become": ("education", "certification", "pay"),
    "experience": ("how_to_become", "certification", "advancement"),
    "advancement": ("pay", "related_careers", "education"),
    "related_careers": ("pay", "outlook", "duties"),
    "comparison": ("pay", "education", "outlook"),
    "fit": ("skills", "duties", "work_setting"),
    "benefits": ("pay", "work_setting", "outlook"),
    "tuition": ("programs", "education", "pay"),
}


def reply(knowledge: KnowledgeBase, context: Context) -> Reply:
    """The reply to a context, with suggestions that have an answer. Raises KnowledgeError if there is no database."""
    desk = Desk(knowledge, context)
    plain = of_a_school.compose(desk) or of_every_job.compose(desk)
    if plain is not None:
        return replace(plain, suggestions=suggestions(desk, plain))
    if weighs_against(desk):
        context = replace(context, cues=(*context.cues, DOWNSIDES))
        desk = Desk(knowledge, context)
    found = direct(
        desk, _compose(desk), lambda topic: _compose(Desk(knowledge, replace(context, topic=topic, cues=())))
    )
    if isinstance(found, Clarify):
        return found
    if isinstance(found, Draft) and desk.topic in ("definition", "duties") and not context.second_occupation:
        found = other_jobs.narrower(desk, found)
    if isinstance(found, Draft) and desk.publisher_asked:
        found = with_own_first(found, desk.is_asked)
    return replace(found, suggestions=suggestions(desk, found))


def missing(knowledge: KnowledgeBase, context: Context, *, doubted: bool = False) -> NoSource:
    """That no source covers a question, with the nearest things that sources do say. `doubted`: a question that is as
    near to what they say, so that what is missing is named only where that is nearer."""
    desk = Desk(knowledge, context)
    figures = desk.topic in ("pay", "outlook")
    if context.foreign or (context.period and figures):
        composed = _compose(desk)
        if isinstance(composed, NoSource):  # says what is missing in its own words
            return replace(composed, suggestions=suggestions(desk, composed))
    answer = desk.ask(desk.catalog.topics[desk.topic].indicators)
    near = [f for fit, f in desk.ranked(answer.findings) if fit.near >= NEARBY and f.lead.text][:2]
    like = [target for target, cosine in desk.matches.covered if cosine >= NEARBY_ASKED and target.occupation != ANY]
    near = [*(f for target in like[:2] for f in findings(desk, target)[:1] if f.lead.text), *near][:2]
    if context.credential:
        near = schooling.apart(desk, schooling.credential_findings(desk, context.credential))[0][:2]
    words = [CUE_WORDS[id] for id in context.cues if id in CUE_WORDS]
    detail = f"uncovered-{desk.topic}"
    for gap, cosine in desk.matches.missing[:1]:
        same = cosine >= (SAME_GAP_IN_FIGURES if figures else SAME_GAP)
        if not words and same and not (doubted and cosine < desk.matches.best):
            words, detail = [gap.what], gap.kind
    lines = _figure(desk) if figures else tuple(line(f) for f in near)
    found = desk.nothing(words[0] if words else THAT_QUESTION, unique(lines), detail=detail)
    return replace(found, suggestions=suggestions(desk, found))


def _compose(desk: Desk) -> Reply:
    context = desk.context
    if context.foreign:
        what = f"{desk.catalog.topics[desk.topic].phrase} for {desk.plural} in {context.foreign}"
        return desk.nothing(what, _home(desk), detail="foreign")
    if desk.topic == "tuition" and context.credential and not context.school:
        return schooling.certification(
            Desk(desk.knowledge, replace(context, topic="certification", cues=("exam-fee",)))
        )
    if (
        desk.topic == "pay"
        and desk.occupation.soc is None
        and desk.occupation.stands_in
        and not context.second_occupation
    ):
        return _stand_in(desk, desk.occupation.stands_in)
    if desk.topic in OF_JOBS and employs_most(context.question or "", desk.plural):
        return ranking.employing(Desk(desk.knowledge, replace(context, topic="outlook")))
    if desk.topic in ("pay", "comparison") and (paid := paid_with(desk)):
        return Desk(desk.knowledge, replace(context, topic="pay")).draft(paid[0], paid[1:])
    second = context.second_occupation or context.second_place or context.second_credential
    if desk.topic == "comparison" and not second and pair_of_years(desk) is not None:
        return pay.compose(Desk(desk.knowledge, replace(context, topic="pay")))
    if len(context.compared("employer_type")) == 2 and not WEIGHED.search(context.question or ""):
        kept = desk.catalog.narrower(*context.compared("employer_type"))
        if kept is not None:  # "at an elementary school, … working in schools"
            return _compose(Desk(desk.knowledge, replace(context, employer_type=kept, second_employer_type=None)))
    if desk.topic == "outlook" and context.second_occupation == ALL_JOBS:  # whose growth stands beside that of each
        return outlook.compose(Desk(desk.knowledge, replace(context, second_occupation=None)))
    of_both = Desk(desk.knowledge, replace(context, topic="comparison"))
    asked = context.question or ""
    stepped = desk.topic in OF_STEPS and way.asks_for_step(asked) and not WEIGHED.search(asked)
    if (desk.topic == "advancement" or stepped) and (moved := way.compose(desk)):
        return moved  # "how would I get from one to the other?", "does being a coder help towards becoming a manager"
    if context.second_occupation and WEIGHED.search(context.question or ""):  # "more college than a clerk?"
        return side_by_side.compose(of_both, of_pay=desk.topic == "pay")
    figures = desk.topic in ("pay", "outlook")  # nothing else is known of a place, or an employer
    where = context.second_place or (context.second_employer_type and context.employer_type)
    several = context.second_occupation or (figures and where)
    if several and desk.topic in (
        "pay",
        "outlook",
        "education",
        "duties",
        "definition",
        "fit",
        "related_careers",
        "advancement",
    ):
        return side_by_side.compose(of_both, of_pay=desk.topic == "pay", of_jobs=desk.topic == "outlook")
    found = COMPOSERS.get(desk.topic, texts.compose)(desk)
    return (isinstance(found, NoSource) and other_jobs.described(desk)) or found


def _stand_in(desk: Desk, other: str) -> Reply:
    """Pay of an occupation that statistics count with another: the other's, saying so first."""
    own = desk.ask(("pay.comparison", "pay.factor"))
    note = desk.notes(desk.ask(("pay.annual",)))
    found = pay.compose(Desk(desk.knowledge, replace(desk.context, occupation=other)))
    if not isinstance(found, Draft):
        return found
    stated = tuple(line(f) for f in own.findings if f.lead.occupation == desk.occupation.id)
    step = Fallback("occupation", desk.occupation.id, other)
    return replace(
        found,
        occupation=desk.occupation.id,
        points=unique((*found.points[:2], *note, *stated, *found.points[2:])),
        fallbacks=(step, *found.fallbacks),
    )


def _figure(desk: Desk) -> tuple[Line, ...]:
    """The figure that pay or outlook leads with, as what is known near a question that no source answers."""
    plain = replace(desk.context, cues=(), yes_no=False, question=None, vector=None)
    found = _compose(Desk(desk.knowledge, plain))
    return (found.headline,) if isinstance(found, Draft) else ()


def _home(desk: Desk) -> tuple[Line, ...]:
    """What is known at home, for a question about another country."""
    home = replace(desk.context, foreign=None, place=None, cues=())
    found = COMPOSERS.get(desk.topic, texts.compose)(Desk(desk.knowledge, home))
    if not isinstance(found, Draft):
        return ()
    if "United States" in found.headline.text:
        return (found.headline,)
    return (Line(f"For the United States: {wording.lower_first(found.headline.text)}", found.headline.statements),)


def suggestions(desk: Desk, found: Draft | NoSource) -> tuple[str, ...]:
    """Up to three next questions that the knowledge base can answer, never the one just asked."""
    occupation = desk.occupation
    covered = set(desk.knowledge.covered(occupation.id))
    if occupation.stands_in:
        covered |= set(desk.knowledge.covered(occupation.stands_in))
    wanted = [*FOLLOWING.get(desk.topic, ()), "duties", "pay", "outlook"]
    asked = [topic for topic in dict.fromkeys(wanted) if topic in covered and topic != desk.topic and topic in NEXT]
    texts_ = [question(topic, occupation.plural, occupation.name) for topic in asked]
    if occupation.depth == "statistics" and occupation.soc:
        texts_ += [text.format(jobs=occupation.plural) for text in OF_STATISTICS]
    if isinstance(found, Draft) and found.has_more:
        texts_.insert(0, MORE)
    if isinstance(found, NoSource):
        return (*texts_[:2], "Talk to a person")
    return tuple(texts_[:3])


def question(topic: str, plural: str, name: str) -> str:
    single = name if name != plural else plural
    a_job = f"{wording.a(single)} {single}" if single != plural else plural
    return NEXT[topic].format(jobs=plural, a_job=a_job)


def clarify(knowledge: KnowledgeBase, context: Context, unclear: Ambiguity) -> Clarify:
    """Asks which of several things a name means; each option is a message that says it in full."""
    catalog = knowledge.catalog
    if unclear.kind == "place":
        names = [catalog.places[id].name for id in unclear.candidates if id in catalog.places]
        plural = catalog.occupations[context.occupation or ""].plural
        topic = {"outlook": "How many {} are employed", "comparison": "How much do {} earn"}.get(
            context.topic or "pay", "How much do {} earn"
        )
        return Clarify("Which place do you mean?", tuple(f"{topic.format(plural)} in {name}?" for name in names))
    known = [catalog.occupations[id] for id in unclear.candidates if id in catalog.occupations]
    about = context.topic if context.topic and context.topic in NEXT else "duties"
    return Clarify("Which of these do you mean?", tuple(question(about, one.plural, one.name) for one in known))
