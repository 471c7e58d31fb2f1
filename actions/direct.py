"""A specific question gets the statement that answers it: the one whose own questions are nearest to it. Pure.

"Does the RHIT have prerequisites?" is about certification, but the answer is not what certification is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from actions.against import WEIGHS
from actions.amounts import amount
from actions.asking import Desk, cues_for
from actions.draft import Draft, Line, NoSource, Reply, unique
from actions.judging import JUDGED, OF_WHOM
from actions.pairs import paid_with
from actions.ranking import employs_most
from actions.relevance import stems
from actions.requests import against_all, asks_for_list, asks_for_schools
from actions.texts import DOWNSIDES, LISTED, against, judged, said, sentence, verdict_of
from actions.years import pair_of_years
from knowledge.asked import ANY, Target
from knowledge.resolve import Finding
from knowledge.scope import COUNTRY, UNSTATED
from knowledge.statement import Statement

LIKE = 0.6  # a cosine from which a question counts as the same question in other words
SOMEWHAT = 0.5  # a cosine from which a statement of the topic is said besides, though it may not lead
SAID = 0.55  # the same for the nearest of all, of whatever topic
CLEAR = 0.7  # from which it may take the place of a topic's summary although it shares no word with the question
ANOTHER = 0.6  # from which a statement of another topic may answer
BETTER = 0.03  # by how much it must be nearer than what the topic's own answer says
SAME = 0.85  # a cosine at which a statement answers although the topic's answer is that there is none
LEVEL = 0.04  # by how much two statements of a kind may differ in nearness and be as good as level
BESIDE = 0.08  # how far behind the nearest another statement may be to stand beside it
ELSEWHERE = 0.1  # by how much a statement of another topic must be nearer than any of the topic that was understood
BEHIND = 0.15  # the same for those that come before the rest of the topic
FIGURES = ("pay", "outlook", "comparison")  # topics with an order of their own
SCHOOLING = ("education", "programs")
OF_A_SCHOOL = ("education", "programs", "tuition")  # one topic where a school is talked of
OF_WORK = ("setting.hours", "benefits.flexibility", "fit.consideration")
TRAINING = "experience.training"  # on the job
LENGTH = "education.length"
PAIRS = ("comparison.", "related.")  # indicators that set two occupations beside each other
# Topics that a statement of another seldom answers; LISTING asks for all of them at once.
STRICT = {"pay": SAME, "outlook": SAME, "definition": 0.75, "related_careers": 0.75}
FIGURE = 0.03  # the questions of any occupation name others, which makes them less near than they are
MOST = 3
PAIR = 2
_OF_PAY = stems(
    "earn earns earning earned paid paying pays wage wages salary salaries income money annual yearly"
    " per hour hourly hr"
)
_OF_TWO = re.compile(r"\b(?:more|less|better|worse|higher|lower|most|best|than|or|vs)\b", re.I)
_QUICKER = re.compile(r"\b(?:quick|fast|short|long|soon)er\b|\b(?:quick|fast|short|long|soon)est\b", re.I)
_ALIKE = re.compile(r"\b(?:similar|like|alike|relate[sd]?|resembl\w+|close|comparable|other)\b", re.I)
LISTING = "related_careers"  # asks for all of them at once, which no statement's own questions are like


def direct(desk: Desk, found: Reply, compose: Callable[[str], Reply] | None = None) -> Reply:
    """`found`, or an answer led by the statements that answer the very question, what `found` says after them.

    What is somewhat like the question comes before the rest of the topic. `compose`: topic -> the answer on it, for
    what follows where the statements are of another topic than `found`.
    """
    if len(desk.context.compared("occupation")) > PAIR:  # no statement is of so many
        return found
    return _besides(desk, _led(desk, found, compose))


def _besides(desk: Desk, found: Reply) -> Reply:
    """A draft whose points begin with what is nearest to the question, whatever its topic, then the topic's statements
    that are somewhat like it."""
    if not isinstance(found, Draft) or desk.context.foreign:
        return found
    if found.topic == "programs" and asks_for_schools(desk.context.question):
        return found  # which names them
    targets = dict.fromkeys((*_nearest(desk, found), *_somewhat_like(desk, found)))
    lead = {statement.id for statement in found.headline.statements}
    first = [
        said(desk, finding)
        for target in targets
        for finding in findings(desk, target)
        if finding.lead.id not in lead
        and finding.lead.text
        and (DOWNSIDES not in desk.context.cues or against([finding]))
    ]
    numbered = {s.id for point in found.points for s in point.statements if s.indicator == "steps.step"}
    first = [one for one in first if numbered.isdisjoint(s.id for s in one.statements)]  # a list keeps its order
    return replace(found, points=_but(found.headline, (*first, *found.points))) if first else found


def _nearest(desk: Desk, found: Draft) -> list[Target]:
    """What is nearest to the question of all that the sources say: it is said even under another topic."""
    two = desk.context.second_occupation or desk.context.second_credential
    least = CLEAR if found.topic == "comparison" else LIKE if found.topic in FIGURES or two else SAID
    (nearest, cosine), *_ = desk.matches.covered or ((None, 0.0),)
    if nearest is None or nearest.occupation == ANY or cosine < least:
        return []
    if _of_school(desk, nearest) or _of_unnamed(desk, nearest) or _of_a_third(desk, nearest):
        return []
    if desk.topic in SCHOOLING and _of_work(desk, nearest):
        return []
    if found.topic in FIGURES and nearest.indicator.startswith("definition."):
        return []
    context = desk.context
    part = _summary(nearest) and (cues_for(context) or context.credential)
    return [] if part else [nearest]  # "why does the field grow": not that it does


def _somewhat_like(desk: Desk, found: Draft) -> list[Target]:
    """The topic's own; topics with figures keep their order, and of two things neither comes first."""
    context = desk.context
    if found.topic in FIGURES or context.second_occupation or context.second_credential:
        return []
    topics = desk.catalog.topic_of
    like = [
        (target, cosine)
        for target, cosine in desk.matches.covered
        if topics.get(target.indicator) == found.topic and target.occupation != ANY
    ]
    if like and not _summary(like[0][0]):  # a question for the whole gets every source's word on it
        like = [one for one in like if not _summary(one[0])]
    return [target for target, cosine in like[:MOST] if cosine >= max(SOMEWHAT, like[0][1] - BEHIND)]


def _summary(target: Target) -> bool:
    """Whether a target is a topic's summary, which every source has: the composer says where they stand."""
    return target.indicator.endswith(".summary")


def _led(desk: Desk, found: Reply, compose: Callable[[str], Reply] | None) -> Reply:
    context = desk.context
    topics = desk.catalog.topic_of
    in_topic = {
        target
        for target, _ in desk.matches.covered
        if topics.get(target.indicator) == desk.topic or _of_that_school(desk, target)
    }
    nearest = max((cosine for target, cosine in desk.matches.covered if target in in_topic), default=0.0)
    candidates = [
        (target, cosine)
        for target, cosine in desk.matches.covered
        if cosine >= LIKE
        and not _of_unnamed(desk, target)
        and (
            target in in_topic
            or (
                not (desk.topic in SCHOOLING and _of_work(desk, target))
                and not _of_school(desk, target)
                and not (desk.topic == LISTING and _ALIKE.search(context.question or ""))
                and cosine >= max(_elsewhere(desk, topics[target.indicator]), nearest + _margin(desk, target))
            )
        )
    ]
    figures = desk.topic in FIGURES
    pair = context.second_credential or (figures and (context.second_employer_type or context.second_place))
    if not candidates or context.foreign or pair:
        return found
    best = candidates[0][1]
    candidates = _siblings_by_words(desk, candidates)
    if best < SAME and _sets_figures(desk):
        return found
    if context.second_occupation and (best < _between(desk) or candidates[0][0].indicator.startswith(PAIRS)):
        return found  # both are asked about
    if isinstance(found, Draft) and _said_already(desk, found) >= best - BETTER:
        return replace(found, headline=_whole(desk, found.headline))
    if isinstance(found, NoSource) and (best < SAME or context.period):  # "how many in 2050" is like "in 2034"
        return found
    somewhere = context.place not in (None, COUNTRY) or (isinstance(found, Draft) and _at_the_employer(desk, found))
    if isinstance(found, Draft) and desk.topic == "pay" and somewhere and best < SAME and not context.cues:
        return found  # "what do they make there?": the figure of the place, or of the kind of employer
    plain = best < SAME or context.pay_period  # of an hour, which a statement on yearly pay does not tell
    if isinstance(found, Draft) and desk.topic == "pay" and plain and _asks_pay_alone(desk):
        return found
    if isinstance(found, Draft) and (_general(desk, candidates[0][0]) or _ranked_by(found, candidates[0], desk)):
        return found
    if isinstance(found, Draft) and best < SAME and _enumerates(found):
        return found
    of_one = context.credential and "school" in dict(candidates[0][0].qualifiers)  # the one that prepares for it
    a_school = of_one and asks_for_schools(context.question)
    listed = desk.topic in LISTED and asks_for_list(context.question) and not a_school
    if isinstance(found, Draft) and best < SAME and listed and _leads_with_summary(found):
        return found  # the statement is of one of the things that are asked for
    if isinstance(found, Draft) and _outweighed(desk, found, candidates[0][0]):
        return found
    if isinstance(found, Draft) and best < SAME and _of_the_credential(desk, found, candidates[0][0]):
        return found
    if isinstance(found, Draft) and _how_long(desk, found, candidates[0]):
        return found
    if isinstance(found, Draft) and best < SAME and _of_the_level(desk, found, candidates[0][0]):
        return found
    hits = [finding for target, cosine in candidates if cosine >= best - BESIDE for finding in findings(desk, target)]
    hits = against(hits) if DOWNSIDES in context.cues else hits
    if not hits or candidates[0][0].occupation == ANY:
        return found
    lead, rest = hits[0], hits[1:MOST]
    if isinstance(found, Draft) and best < CLEAR and _fits_better(desk, found, lead):
        return found
    step = lead.lead.indicator == "steps.step" and best < SAME
    if isinstance(found, Draft) and step and not _shared(desk, lead.support):
        return found  # all the steps in their order: "how do I get my first job"
    headline = sentence(desk, lead)
    verdict = verdict_of(desk, lead)
    if verdict:
        headline = judged(verdict, headline)
    topic = desk.catalog.indicators[lead.lead.indicator].topic
    if compose and topic != desk.topic and desk.topic != "definition" and topic in desk.catalog.topics:
        other = compose(topic)
        found = replace(other, others=(), others_note="") if isinstance(other, Draft) else found
    same = said(desk, lead).text
    points = [said(desk, finding) for finding in rest]
    if isinstance(found, Draft):
        more = (found.headline, *found.points) if found.verdict is None else found.points
        figure = {statement.id for statement in lead.support} if not lead.lead.text else set()
        more = tuple(p for p in more if p.text != same and not ({s.id for s in p.statements} & figure))
        return replace(
            found,
            topic=topic,
            headline=headline,
            points=_but(headline, (*points, *more)),
            verdict=verdict,
            others=found.others if verdict else (),
            others_note=found.others_note if verdict else "",
            stale=False,
        )
    return replace(desk.draft(headline, _but(headline, points), verdict=verdict), topic=topic)


def _siblings_by_words(desk: Desk, candidates: list[tuple[Target, float]]) -> list[tuple[Target, float]]:
    """The candidates, of the nearest and those of its kind that are as good as level with it the one first that says
    most of the question's words."""
    nearest, best = candidates[0]
    level = [
        one
        for one in candidates
        if one[0].indicator == nearest.indicator and one[0].occupation != ANY and one[1] >= best - LEVEL
    ]
    if len(level) < 2:
        return candidates
    said = [_shared(desk, [s for finding in findings(desk, target) for s in finding.support]) for target, _ in level]
    first = level[said.index(max(said))]  # the nearest of those that say as many
    return [first, *(one for one in candidates if one is not first)]


def _shared(desk: Desk, statements: Sequence[Statement]) -> int:
    """How many content words of the question statements say, the occupation's name not counted."""
    said = stems(" ".join(f"{s.text} {s.item}" for s in statements))
    return len((stems(desk.context.question or "") & said) - name_of(desk))


def name_of(desk: Desk) -> frozenset[str]:
    """The stems of the words of the occupation's name."""
    return stems(f"{desk.occupation.name} {desk.plural}")


def _how_long(desk: Desk, found: Draft, nearest: tuple[Target, float]) -> bool:
    """Whether an answer leads with how long schooling takes, where it is asked what is quicker, or how long the level
    takes that was talked of and a target is of another."""
    context, (target, cosine) = desk.context, nearest
    if not any(statement.indicator == LENGTH for statement in found.headline.statements):
        return False
    other = target.indicator == LENGTH and dict(target.qualifiers).get("level", context.level) != context.level
    quicker = cosine < SAME and _QUICKER.search(context.question or "") is not None
    return quicker or bool(context.level and other)


def _of_work(desk: Desk, target: Target) -> bool:
    """Whether a target is of the work where the schooling is asked about: "at night?", "what training?"."""
    return target.indicator in OF_WORK or (target.indicator == TRAINING and "training" in desk.context.cues)


def _of_that_school(desk: Desk, target: Target) -> bool:
    """Whether a target is of the school that is talked of, whose programs, classes and prices are one topic."""
    one = desk.context.school if desk.topic in OF_A_SCHOOL and not desk.context.credential else None
    return bool(one) and dict(target.qualifiers).get("school") == one


def _of_school(desk: Desk, target: Target) -> bool:
    """Whether a target is of the schooling where what one learns on the job is asked about: "how long is that?"."""
    at_work = desk.topic == "experience" and "on-the-job" in desk.context.cues
    return at_work and desk.catalog.indicators[target.indicator].topic in SCHOOLING


def _between(desk: Desk) -> float:
    """From which cosine one statement answers a question on two occupations: sooner how one leads to the other."""
    return CLEAR if desk.topic == "advancement" else SAME


def _elsewhere(desk: Desk, topic: str) -> float:
    """The least cosine of a statement of another topic than the one that was understood: high between what is asked
    in like words (what a name means, which jobs are alike), for one step of the way in, and for a credential, which the
    topic is about."""
    if topic in (LISTING, "definition", "how_to_become") or desk.context.credential:
        return SAME
    return STRICT.get(desk.topic, ANOTHER)


def _margin(desk: Desk, target: Target) -> float:
    """By how much a statement of another topic must be nearer than any of the topic that was understood; little where
    the question's words ask for such a thing: "length of the training"."""
    topic = desk.catalog.indicators[target.indicator].topic
    asked = any(target.indicator in cue.indicators for cue in cues_for(desk.context, topic))
    return BETTER if asked else ELSEWHERE


def _whole(desk: Desk, line: Line) -> Line:
    """The line as a sentence, where it is an item of a list in the facts: "Give patients medicine."."""
    item = next((s for s in line.statements[:1] if s.text == line.text), None)
    return replace(line, text=sentence(desk, Finding(item)).text) if item else line


def findings(desk: Desk, target: Target) -> list[Finding]:
    """What the sources say in answer to a question's target; nothing where only statistics answer, for any
    occupation."""
    if target.occupation == ANY:
        return []
    topic = desk.catalog.indicators[target.indicator].topic
    answer = desk.ask((target.indicator,), topic=topic, occupation=target.occupation, place=UNSTATED)
    return [f for f in answer.findings if any(Target.of(s) == target for s in f.support)]


def _outweighed(desk: Desk, found: Draft, target: Target) -> bool:
    """Whether the answer's headline is what other sources say of a target's very question: that coders see no patients,
    where one source says that they do."""
    same = any(statement.indicator == target.indicator for statement in found.headline.statements)
    return same and not findings(desk, target)


def _of_unnamed(desk: Desk, target: Target) -> bool:
    """Whether a target sets pay against that of an occupation which the question does not name."""
    other = dict(target.qualifiers).get("with")
    if target.indicator != "pay.comparison" or not other or other == desk.context.second_occupation:
        return False
    asked = desk.context.question or ""
    own = set(desk.occupation.name.split())
    return not WEIGHS.search(asked) and not stems(asked) & stems(" ".join(set(other.split("-")) - own))


def _of_a_third(desk: Desk, target: Target) -> bool:
    """Whether a target sets one of two that are compared beside an occupation that is none of them."""
    other = dict(target.qualifiers).get("with")
    two = desk.context.compared("occupation")
    return bool(two and other) and not {other, target.occupation} <= set(two)


def _of_the_credential(desk: Desk, found: Draft, target: Target) -> bool:
    """Whether the answer is of the credential talked of, where a target is of all: "does that one need experience"."""
    one = desk.context.credential
    of_it = one and any(s.scope.qualifier("credential") == one for s in found.headline.statements)
    return bool(of_it) and not dict(target.qualifiers).get("credential")


def _asks_pay_alone(desk: Desk) -> bool:
    """Whether a question names the occupation and its pay, and nothing on which that depends."""
    asked = desk.context.question or ""
    if desk.context.cues or _OF_TWO.search(asked):
        return False
    said, named = stems(asked), name_of(desk)
    return bool(said & named) and not said - named - _OF_PAY


def _at_the_employer(desk: Desk, found: Draft) -> bool:
    """Whether the answer is a figure of the kind of employer that the question names."""
    there = desk.context.employer_type
    return bool(there) and any(s.has_figure and s.scope.employer_type == there for s in found.headline.statements)


def _of_the_level(desk: Desk, found: Draft, target: Target) -> bool:
    """Whether the answer is of the level that a question on programs names, where a target is of all."""
    level = desk.context.level if desk.topic == "programs" else None
    of_it = level and any(s.scope.qualifier("level") == level for s in found.headline.statements)
    return bool(of_it) and dict(target.qualifiers).get("level") != level


def _general(desk: Desk, target: Target) -> bool:
    """Whether a target is the topic's summary although the question asks for a part of it, or a figure leads."""
    summary = target.indicator in desk.catalog.topics[desk.topic].lead or _summary(target)
    part = cues_for(desk.context) or (desk.topic == "duties" and desk.context.employer_type)
    return summary and (bool(part) or desk.topic in ("pay", "outlook"))


def _sets_figures(desk: Desk) -> bool:
    """Whether a question asks for figures that no statement gives as well: of a year or a statistic, beside a sum that
    it names, of two years, of those who start, of pay with a credential and without, of the states that employ most."""
    asked = desk.context.question or ""
    if employs_most(asked, desk.plural) or (desk.topic == "outlook" and against_all(asked)):
        return True
    if desk.topic not in ("pay", "comparison"):
        return False
    starting = desk.topic == "pay" and "starting" in desk.context.cues
    judged = {JUDGED, OF_WHOM, "why"} & set(desk.context.cues)
    named = desk.context.period or desk.context.statistic or amount(asked) or starting or judged
    return bool(named or pair_of_years(desk) or paid_with(desk))


def _ranked_by(found: Draft, nearest: tuple[Target, float], desk: Desk) -> bool:
    """Whether an answer lists where pay is best, which no statement says as well: least of all one on kinds of
    employers, where the states are listed."""
    if found.topic != "pay" or found.chart is None or found.chart.get("kind") != "bars":
        return False
    target, cosine = nearest
    of_states = "employers" not in desk.context.cues and target.indicator == "pay.factor"
    return cosine < SAME or of_states


def _enumerates(found: Draft) -> bool:
    """Whether an answer leads with several things by name, of which a statement tells but one."""
    return len({statement.scope.qualifiers for statement in found.headline.statements}) > 2


def _shares_words(desk: Desk, statements: Sequence[Statement]) -> bool:
    """Whether statements say a content word of the question."""
    return bool(stems(desk.context.question or "") & stems(" ".join(f"{s.text} {s.item}" for s in statements)))


def _fits_better(desk: Desk, found: Draft, lead: Finding) -> bool:
    """Whether `found` is the better answer by its words: a summary, or what shares words that `lead` does not have."""
    if _shares_words(desk, lead.support):
        return False
    return _leads_with_summary(found) or _shares_words(desk, found.headline.statements)


def _leads_with_summary(draft: Draft) -> bool:
    """Whether a draft gives the topic's general answer, which stands unless something answers the question clearly."""
    lead = draft.headline.statements[0] if draft.headline.statements else None
    return lead is not None and lead.indicator.endswith(".summary")


def _said_already(desk: Desk, draft: Draft) -> float:
    """How near the question is to those that the draft's headline answers."""
    cosines = dict(desk.matches.covered)
    own = [cosines.get(Target.of(s), 0.0) for s in draft.headline.statements]
    if draft.verdict:  # what other sources say to the same question of yes or no is answered by it, too
        known = desk.catalog.indicators
        asked = {s.indicator for s in draft.headline.statements if known[s.indicator].type == "choice"}
        own += [cosine for target, cosine in cosines.items() if target.indicator in asked]
    if draft.topic in ("pay", "outlook") and any(s.has_figure for s in draft.headline.statements):
        own += [cosine + FIGURE for target, cosine in cosines.items() if target.occupation == ANY]
    return max(own, default=0.0)


def _but(headline: Line, lines: tuple[Line, ...] | list[Line]) -> tuple[Line, ...]:
    return tuple(one for one in unique(lines) if one.text != headline.text)
