"""What a turn asks: the names that it means, its topic, and whether any source answers it.

Everything before the answer: the words and the conversation decide first (`meant`), then the knowledge base has a
second thought (`routed`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Any

from actions.across_jobs import best_of_all
from actions.against import in_passing, set_against
from actions.any_of_them import any_of_all
from actions.asides import at_a_practice, without_asides
from actions.asking import Desk, topic_of_strict_cue, topics_of_cues
from actions.at_the_head import at_the_head
from actions.by_work import named_by_work
from actions.career_change import changed
from actions.choosing import akin, placed
from actions.comparison_rows import official
from actions.connectives import CONNECTIVES
from actions.context import STEP_UP, TOPIC_INTENTS, Context, between_both, of_the_school
from actions.context import words as words_of
from actions.gate import TOLD, Gate, features
from actions.leaning import in_context
from actions.matching import SAME, Matches, matches
from actions.mine import of_own
from actions.named_benefits import named_benefits
from actions.nicknames import NICKNAMES, nicknamed, with_coding
from actions.occupations import POINTS, about_whom, before_a_side_question
from actions.other_jobs import asks_of_several
from actions.picked_out import resolved
from actions.picking import described, picked
from actions.plain_pay import ASKS_PAY, asks_how_much, asks_something_else, is_plain, of_one_employer
from actions.plain_questions import (
    asks_for_an_offer,
    asks_for_pay,
    beyond_figures,
    names_two,
    of_a_year,
    of_public_aid,
    of_two_employers,
)
from actions.qualities import Qualities
from actions.ranking import employs_most
from actions.relevance import stems
from actions.requests import asks_for_schools
from actions.routing import CLEARLY, FALLBACK, GUESS, NEAR, START_OVER, SURE, UNCOVERED, route
from actions.rungs import next_level
from actions.short_questions import FIGURES, SAID_OF, UNSURE, of_schooling
from actions.stories import asked_about, comes_from, without
from actions.together import OF_THE_WAY, PLAIN, leans, of_the_credential, of_the_step, together
from actions.topic_words import asks_who_pays, blanked
from actions.turn import Mention, Turn, asked_plainly
from actions.unanswered import insists
from actions.unknown_jobs import unknown_job
from actions.whose_pay import beyond_the_figures
from actions.years import is_trend
from knowledge.asked import ANY, Missing, Target
from knowledge.embedding import pack, unpack
from knowledge.query import KnowledgeBase
from knowledge.statement import Statement

SHORT = 12  # words up to which a message leans on what was said before: "part time possible?"
LONGER = 20  # the same, where it is not taken for what no source answers
CERTAIN = 0.8  # a confidence in a follow-up whose words might ask something of their own, or against plain pay
LONG, TELLING = 30, 0.6  # a message that tells a story, and what share is enough for it: its question is but a part
UNSURE_OF_PAY = ("ask_pay", "ask_experience", UNCOVERED, FALLBACK)  # "what would a new clerk start at"
OF_MONEY = ("ask_pay", "ask_comparison", UNCOVERED)  # "do the ones in eye care earn more than those in surgery"
LIKE_ENOUGH = 0.66  # a cosine with a known question for one that follows on what no source answers
LEANING = 0.4  # what share of the usual certainty is enough for one that does
LESS_LEANING = 0.5  # the same where a question that no source answers is nearer than all that are answered
OVERRULED = 0.25  # what share it must lack where a message that the conversation gives a topic has no source after all
PLAINLY = 0.3  # the same for one that sets two known things against each other, or asks for nothing but pay
DOUBTED = 0.1  # unless a question that no source answers is this much nearer than all that are answered
NEARER = 0.04  # by how much, where what is near is asked of any occupation


_WHAT = frozenset("what whats what's is the s and a an of for it's that hourly yearly annual actual overall".split())


def _is_statistic(turn: Turn) -> bool:
    """Whether a message is nothing but the name of a statistic, with or without an occupation."""
    if turn.kinds - {"occupation", "place", "pay_period"} != {"statistic"}:
        return False
    return not set(words_of(blanked(turn.text, turn.mentions))) - _WHAT - CONNECTIVES


class Understanding:
    """Reads turns with one knowledge base. `gate` decides whether a source answers (gate.py); `default` is the
    occupation that is taken where none is named."""

    def __init__(self, knowledge: KnowledgeBase, default_occupation: str) -> None:
        self._knowledge = knowledge
        self.default = default_occupation
        self.gate = Gate.load()

    def meant(self, context: Context, turn: Turn) -> Turn:
        """The turn as it is meant in the conversation: what it chooses, points back at or leaves unsaid."""
        catalog = self._knowledge.catalog
        turn = at_the_head(turn)
        best = best_of_all(catalog, context, turn, self._schooling)
        one = best if best is not turn else self._any(context, turn)
        turn = one if one is not turn else self.described(context, self.singled_out(context, turn))
        chosen = picked(catalog, context, at_a_practice(turn))
        vector = unpack(chosen.vector) if context.pending and chosen.vector else None
        if vector is not None:
            chosen = described(context, chosen, self._knowledge.likeliest_of_each(vector), catalog.stood_in)
        named = akin(catalog, context, placed(catalog, context, chosen))
        named = next_level(context, named, self._levels_beside)
        own = of_own(context, nicknamed(catalog, context, named))
        return in_context(context, set_against(context, in_passing(context, own, self.in_depth)))

    def _schooling(self, occupation: str) -> str | None:
        """The level of schooling that the best source calls typical of an occupation, or required."""
        desk = Desk(self._knowledge, Context(occupation=occupation, topic="education"))
        found = official(desk, occupation, "education.requirement")
        return found.lead.scope.qualifier("level") if found else None

    def _any(self, context: Context, turn: Turn) -> Turn:
        """The turn with the occupation that has what it asks of any (any_of_them.py)."""
        vector = unpack(turn.vector) if turn.vector and not context.pending else None
        if vector is None:
            return turn
        likeliest = partial(self._knowledge.likeliest_of_each, vector)
        return any_of_all(context, turn, likeliest, self._knowledge.catalog.stood_in)

    def singled_out(self, context: Context, turn: Turn) -> Turn:
        """The turn with the one that it picks out by what it is like: "the lower-paid one" (picked_out.py)."""
        if turn.picked is None:
            return turn
        like = unpack(turn.picked.like) if turn.picked.like else None
        if like is not None and nicknamed(self._knowledge.catalog, context, turn) is not turn:
            return turn  # "the pharmacy one"
        qualities = Qualities(self._knowledge, context, self.default)
        near, known = (qualities.likeness(like), qualities.credentials()) if like is not None else (None, ())
        return resolved(context, turn, qualities.measure, qualities.texts, near, known)

    def _levels_beside(self, credential: str) -> dict[str, list[Statement]]:
        """What sources say of the levels of a credential and of those that the same occupations have."""
        found: dict[str, list[Statement]] = {}
        for holder in filter(lambda id: self.holds(id, credential), self._knowledge.catalog.in_depth):
            for indicator in ("certification.credential", "certification.level"):
                for one in self._knowledge.statements(holder, indicator):
                    said = found.setdefault(one.scope.qualifier("credential") or "", [])
                    said += [one] if indicator == "certification.level" else []
        return found

    def described(self, context: Context, turn: Turn) -> Turn:
        """The turn with the occupation that it describes by its work: "that job where you count pills" (by_work.py)."""
        work = unpack(turn.described.vector) if turn.described and not context.pending else None
        if work is None:
            return turn
        return named_by_work(context, turn, self._knowledge.likeliest_of_each(work), self._knowledge.catalog.stood_in)

    def chosen(self, context: Context, turn: Turn) -> Turn:
        """A message that asks several things with the occupation that it describes, or calls by a word, beside them:
        "fine, coding then. what do I study and what does it pay"."""
        return nicknamed(self._knowledge.catalog, context, self.described(context, turn))

    def routed(self, context: Context, turn: Turn, *, leaning: bool | None = None) -> Turn:
        """The turn with a second thought on its topic and on whether any source answers it (routing.py).

        `leaning`: whether it leans on what was said before; None: as its length and the conversation tell. One that
        could lean only on what no source answers (False) must be like a known question itself."""
        of_pay = context.topic in (None, "pay", "comparison", "definition")
        if of_pay and not turn.settled and _is_statistic(turn):  # "median?", "what is the mean": no word to explain
            return turn.settled_as("ask_pay")
        if not turn.settled and (unknown_job(turn) or (turn.intent == "ask_pay" and of_one_employer(turn))):
            return replace(turn, intent=UNCOVERED)
        if turn.intent in OF_MONEY and beyond_the_figures(context, turn):
            return replace(turn, ranking=(("ask_pay", 1.0),)).settled_as(UNCOVERED)
        if not turn.settled and of_public_aid(turn.text):
            return replace(turn, intent=UNCOVERED)
        if turn.intent == START_OVER and turn.confidence < SURE and not turn.settled:
            turn = replace(turn, intent=FALLBACK)  # "could I start with the easier one"
        turn = self._of_the_job_beside(context, self._credited(context, self._returned(context, self.told(turn))))
        vector = unpack(turn.vector) if turn.vector else None
        turn = self._said_beside(context, turn, vector)
        if vector is None:
            return turn
        if turn.settled:
            return replace(turn, intent=UNCOVERED) if self._is_gap(context, turn, vector) else turn
        if context.left and (left := insists(context, turn, self._nearness(context, turn, vector))):
            return left
        if leaning is not False and leans(context, turn) and (asked := self._together(context, turn)):
            return asked
        if turn.intent == "follow_up":
            return self._followed(context, turn, leaning)
        if turn.intent == "ask_pay" and not turn.values("pay_period") and asks_who_pays(turn.text):
            turn = replace(turn, intent="ask_benefits")  # "would my job pay for it"
        turn, known, found, figures = self.weighed(context, turn, vector)
        topics = self._knowledge.catalog.topic_of
        unsure = turn.confidence < CERTAIN or turn.intent in UNSURE_OF_PAY
        elsewhere = passed_by(found) and asks_something_else(turn) and not asks_for_pay(turn)
        plain = is_plain(turn) or is_trend(turn.text) or (of_pay and asks_how_much(turn))
        if unsure and turn.intent != "ask_comparison" and plain and not elsewhere:
            return replace(turn, intent="ask_pay")
        if unsure and (asks_for_an_offer(turn) or of_two_employers(turn)):
            return replace(turn, intent="ask_pay")
        if of_a_year(turn) and turn.intent in (*UNSURE_OF_PAY, "ask_outlook", "ask_currency"):
            return replace(turn, intent="ask_pay")
        if unsure and employs_most(turn.text, " ".join(m.value for m in turn.mentions if m.kind == "occupation")):
            return replace(turn, intent="ask_outlook")
        words = len(turn.text.split())
        alone = leaning is False and not turn.kinds
        if leaning is None:
            few = words <= (SHORT if turn.intent == UNCOVERED else LONGER)
            named = any(m.kind == "credential" and not m.implied for m in turn.mentions)
            leaning = context.occupation is not None and few and not named
        # in a conversation a near question is enough
        clear = bool(leaning) and found.clear and "foreign" not in turn.kinds
        opens = found.same or clear or self.gate.opens(figures, ease(turn, found, bool(leaning)))
        if elsewhere:
            opens = False
        if alone and found.best < LIKE_ENOUGH:  # "what does it run?" after what no source answers
            opens = False
        cued = topics_of_cues(turn.values("cue")) if leaning else ()  # "is it shrinking?"
        uncovered, silent = max(found.doubts, default=0.0), self._silent(known)
        meant = of_schooling(context, route(turn, found.by(topics), uncovered, opens, silent, cued))
        likelier = [target for target, cosine in found.covered if cosine >= uncovered]
        if meant.intent == UNCOVERED and (topic := topic_of_strict_cue(turn.values("cue"), likelier)):
            return replace(turn, intent=f"ask_{topic}")  # "my neighbor swears chatgpt will do all the billing"
        plainly = turn.values("place") or (leaning and turn.confidence >= SURE)  # "ok what do those get paid"
        paid = turn.intent == "ask_pay" and plainly and ASKS_PAY.search(turn.rest)
        perk = turn.intent == "ask_benefits" and named_benefits(turn.rest)  # "do they get dental": no dental assistants
        if (paid or perk) and meant.intent in TOPIC_INTENTS:  # "what do coders pull in up there? thinking of moving"
            return turn
        return meant

    def of_content(self, context: Context, turn: Turn) -> Turn | None:
        """A turn that was taken for the question which source the last answer is from, as a question of its own: it
        only speaks of sources ("anything in your sources about lifting"), or is plainly like a known question ("where
        can I look up a state's projection"). None if it asks for the source."""
        vector = unpack(turn.vector) if turn.vector and not turn.settled and turn.intent == "ask_source" else None
        if vector is None:
            return None
        found = self.weighed(context, turn, vector)[2]
        own = found.best if found.covered and found.covered[0][0].occupation != ANY else 0.0
        known = own >= max(NEAR, max(found.doubts, default=0.0) + DOUBTED)
        return replace(turn, intent=FALLBACK) if known or SAID_OF.search(turn.text) else None

    def _nearness(self, context: Context, turn: Turn, vector: Any) -> float:
        """How near a turn is by itself to a question that is answered."""
        return self.matches(context.occupation or self.default, vector, turn).best

    def _is_gap(self, context: Context, turn: Turn, vector: Any) -> bool:
        """Whether a message that the conversation gives a topic asks by words of its own for what no source says: "what
        does the night shift add per hour", after the hours. Words that all messages have tell nothing of it."""
        if turn.intent not in TOPIC_INTENTS or asked_plainly(turn.values("cue")):
            return False
        _, _, found, figures = self.weighed(context, turn, vector)
        if turn.intent == "ask_pay" and beyond_figures(turn.text):  # "are they paid over the summer"
            return not self.gate.opens(figures)
        nearer = max(found.doubts, default=0.0) - found.best >= CLEARLY and figures["missed"] > figures["told"]
        return nearer and not self.gate.opens(figures, OVERRULED)

    def _together(self, context: Context, turn: Turn) -> Turn | None:
        """The turn as what it asks together with the question before it (together.py); None if that tells nothing."""
        occupation = context.occupation or self.default
        vector = between_both(context, turn)
        if context.vector is None or turn.vector is None or vector is None:
            return None
        if context.topic == STEP_UP and (step := self._of_the_step(context, turn, occupation)):
            return step
        if turn.confidence >= PLAIN:
            return None
        before, alone, both = (
            self.matches(occupation, unpack(one), turn) for one in (context.vector, turn.vector, vector)
        )
        topics = self._knowledge.catalog.topic_of
        unfit = {indicator for indicator, topic in topics.items() if topic in (*FIGURES, "definition")}
        asked = together(before, alone, both, unfit) or of_the_credential(context, turn, alone, both)
        if asked is None:
            return None
        topic = asked.topic if isinstance(asked, Missing) else topics[asked.indicator]
        own = TOPIC_INTENTS.get(turn.intent)
        # "who hires them", after how long the school is
        plain = turn.confidence >= CERTAIN and own is not None and turn.intent not in OF_THE_WAY
        fits = turn.confidence < UNSURE or topic in ((own,) if plain else (context.topic, own))
        if not fits and not isinstance(asked, Missing):
            return None
        meant = replace(turn, vector=vector, ranking=((f"ask_{topic}", 1.0),))
        return meant.settled_as(UNCOVERED if isinstance(asked, Missing) else f"ask_{topic}")

    def _of_the_step(self, context: Context, turn: Turn, occupation: str) -> Turn | None:
        """The turn as a question of the step up that was talked of: "can they prescribe", after nurse practitioners."""
        before, alone = unpack(context.vector or ""), unpack(turn.vector or "")
        if before is None or alone is None:
            return None
        known = self._knowledge.asked_like
        target = of_the_step(known(occupation, before), known(occupation, alone))
        if target is None:
            return None
        asked = replace(turn, vector=pack(self._knowledge.as_asked(target, alone)))
        return replace(asked, ranking=((f"ask_{STEP_UP}", 1.0),)).settled_as(f"ask_{STEP_UP}")

    def told(self, turn: Turn) -> Turn:
        """The turn with the names that it asks about alone (stories.py)."""
        named = with_coding(without_asides(turn), self.default)
        left = changed(named, asked_about(named, self.in_depth, self._within, self._leads))
        return replace(left, beside=self._aim(named, left) or turn.beside)

    def _aim(self, turn: Turn, left: Turn) -> str | None:
        """The job of which only statistics are known and to which one wants to move on: "can an RN become an NP"."""
        if comes_from(turn) not in left.values("occupation"):
            return None
        aims = [m.value for m in turn.mentions if m.kind == "occupation" and m not in left.mentions]
        return aims[0] if aims and not self.in_depth(aims[0]) else None

    def _leads(self, start: str, end: str) -> bool:
        """Whether sources say that people move up from the first occupation to the second."""
        return any(one.item == end for one in self._knowledge.statements(start, "advancement.role"))

    def weighed(self, context: Context, turn: Turn, vector: Any) -> tuple[Turn, str, Matches, dict[str, float]]:
        """A turn with the occupation that it is about, that occupation, the questions that it is like, and the gate's
        figures (gate.py)."""
        turn = self._about_whom(context, turn, vector)
        occupation = (*turn.values("occupation"), context.occupation, self.default)
        known = next(id for id in occupation if id)
        found = self.matches(known, vector, turn, context.school if of_the_school(context, turn) else None)
        figures = features(
            dict(turn.ranking),
            found.best,
            self._knowledge.asked_of_anyone(vector),
            found.doubts,
            max(self._knowledge.similar(known, vector).values(), default=0.0),
            frozenset(mention.kind for mention in turn.mentions),
            self._knowledge.crowds(vector),
            self._knowledge.words(
                turn.rest,
                vector,
                [target for target, _ in found.covered[:TOLD]],
                next((missing for missing, _ in found.missing), None),
            ),
        )
        return turn, known, found, figures

    def _about_whom(self, context: Context, turn: Turn, vector: Any) -> Turn:
        """The turn with the occupation that its question is like, if it names none or several."""
        same = self._knowledge.catalog.stood_in
        likeliest = self._knowledge.likeliest_of_each(vector)
        default = self.default
        unanswered = max(self._knowledge.unanswered_like(default, vector).values(), default=0.0)
        return about_whom(
            turn, likeliest, context.occupation, default, same, hinted(turn), unanswered, partial(self._says, default)
        )

    def _says(self, occupation: str, target: Target) -> bool:
        """Whether sources say of an occupation what a target says of another."""
        same = replace(target, occupation=occupation)
        return any(Target.of(one) == same for one in self._knowledge.statements(occupation, target.indicator))

    def _followed(self, context: Context, turn: Turn, leaning: bool | None) -> Turn:
        """A follow-up; if it names nothing and is not surely one, or asks something of its own of what it names, the
        question that it may be."""
        named = any(mention.kind != "cue" for mention in turn.mentions)
        asks = len([word for word in words_of(turn.text) if word not in CONNECTIVES]) > 2  # "where do they work"
        own = named and asks_something_else(turn)  # "do savannah hospitals take new grads"
        first = (context.topic or context.unanswered) is None  # there is nothing to follow up on
        if first and turn.kinds == {"occupation"} and set(words_of(turn.rest)) <= CONNECTIVES:
            return turn.settled_as("ask_definition")  # "how about medical assistants"
        if not first and ((named and not own) or turn.confidence >= (CERTAIN if asks or own else SURE)):
            return turn
        routed = self.routed(context, replace(turn, intent=FALLBACK), leaning=leaning)
        likely = dict(turn.ranking).get(UNCOVERED, 0.0) >= GUESS if named else turn.confidence < SURE
        unanswered = likely and not first  # "and after taxes?"
        return routed if routed.intent in (*TOPIC_INTENTS, *((UNCOVERED,) if unanswered else ())) else turn

    def _returned(self, context: Context, turn: Turn) -> Turn:
        """After a side question on a job that only statistics know: what they do not know, of the one before."""
        held, unclear = context.occupation, turn.intent in (UNCOVERED, FALLBACK) and not turn.kinds
        if held is None or self.in_depth(held) or not (unclear or turn.intent in TOPIC_INTENTS):
            return turn
        asked = TOPIC_INTENTS.get(turn.intent) or likely_topic(turn)
        before = before_a_side_question(context, turn, self.in_depth) if asked in self._silent(held) else None
        return replace(turn, mentions=(*turn.mentions, Mention("occupation", before, implied=True))) if before else turn

    def _said_beside(self, context: Context, turn: Turn, vector: Any) -> Turn:
        """ "Does a nurse practitioner need a master's?": a question on a job that only statistics know, of what they do
        not tell, where the statements of the job talked of (or of one known in depth) say it of that job."""
        named = [m for m in turn.mentions if m.kind == "occupation" and not m.implied]
        if vector is None or turn.settled or turn.intent not in (*TOPIC_INTENTS, UNCOVERED):
            return turn
        if len(named) != 1 or named[0].candidates or self.in_depth(named[0].value):
            return turn
        asked = TOPIC_INTENTS.get(turn.intent) or likely_topic(turn)
        if asked not in self._silent(named[0].value):
            return turn
        talked = (context.occupation, *reversed(context.spoken("occupation")))
        spoken = [id for id in talked if id and self.in_depth(id)]
        for holder in dict.fromkeys(spoken or self._knowledge.likeliest_of_each(vector)):
            about = self._topic_speaking_of(holder, turn.text[named[0].start : named[0].end], turn, vector)
            if about:
                beside = replace(without(turn, named), beside=named[0].value)
                of_it = replace(beside, mentions=(*beside.mentions, Mention("occupation", holder, implied=True)))
                settled = about == STEP_UP or asked in self._silent(holder)
                return of_it.settled_as(f"ask_{about}") if settled else of_it
        return turn

    def _of_the_job_beside(self, context: Context, turn: Turn) -> Turn:
        """ "What do they make?", "what degree is that?", after who becomes a nurse practitioner: of that job,
        where its figures or what sources say of it answer."""
        job, talked = context.beside, context.occupation
        if job is None or talked is None or turn.kinds & {"occupation", "credential"} or not POINTS.search(turn.text):
            return turn
        if asks_of_several(turn):  # "what do those pay", of all the jobs that the answer named
            return turn
        if TOPIC_INTENTS.get(turn.intent) in FIGURES and turn.intent != "ask_comparison":
            return replace(turn, mentions=(*turn.mentions, Mention("occupation", job, implied=True)))
        if turn.settled or turn.intent not in (*TOPIC_INTENTS, UNCOVERED, FALLBACK, "follow_up"):
            return turn
        name = self._knowledge.catalog.occupations[job].name
        for packed in (turn.vector, between_both(context, turn)):
            vector = unpack(packed) if packed else None
            about = self._topic_speaking_of(talked, name, turn, vector) if vector is not None else None
            if about:
                return replace(turn, vector=packed, beside=job).settled_as(f"ask_{about}")
        return turn

    def _topic_speaking_of(self, holder: str, job: str, turn: Turn, vector: Any) -> str | None:
        """The topic of the statement of an occupation that answers a question and says it of another job, by the name
        of that; None if there is none."""
        found = self.matches(holder, vector, turn)
        doubted = max(found.doubts, default=0.0)
        said = stems(job)
        for target, cosine in found.covered:
            if cosine < max(LIKE_ENOUGH, doubted):
                return None
            statements = self._knowledge.statements(holder, target.indicator)
            texts = (one.text or "" for one in statements if Target.of(one) == target)
            if said and any(said <= stems(text) for text in texts):
                return self._knowledge.catalog.topic_of.get(target.indicator)
        return None

    def _credited(self, context: Context, turn: Turn) -> Turn:
        """ "dental assistant 7 yrs, RHIT or CPC?": a question on credentials with an occupation that has them, where
        only the statistics know the one that is named or talked of."""
        named, wanted = turn.values("occupation"), turn.values("credential")
        holders = named or ((context.occupation,) if context.occupation else ())
        if not wanted or not holders or any(self.in_depth(id) for id in holders):
            return turn
        default, known = self.default, self._knowledge.catalog.in_depth
        spoken = (id for id in reversed(context.spoken("occupation")) if id in known)
        one = next((id for id in (*spoken, default, *known) if self.holds(id, wanted[0])), None)
        if one is None:
            return turn
        beside = without(turn, [m for m in turn.mentions if m.kind == "occupation"])
        if context.occupation is None:  # the question tells whose it is (occupations.py)
            return beside
        return replace(beside, mentions=(*beside.mentions, Mention("occupation", one, implied=True)))

    def holds(self, occupation: str, credential: str) -> bool:
        """Whether a credential is among those of an occupation."""
        said = self._knowledge.statements(occupation, "certification.credential")
        return any(one.scope.qualifier("credential") == credential for one in said)

    def in_depth(self, occupation: str) -> bool:
        known = self._knowledge.catalog.occupations.get(occupation)
        return known is not None and known.depth == "facts"

    def _silent(self, occupation: str) -> frozenset[str]:
        """The topics on which no source says anything of an occupation; a comparison is made of others."""
        known = self._knowledge.catalog.occupations[occupation]
        said = {"comparison", *self._knowledge.covered(occupation)}
        if known.stands_in:
            said |= set(self._knowledge.covered(known.stands_in))
        if known.soc:
            said.add("outlook")  # how many are employed
        return frozenset(TOPIC_INTENTS.values()) - said

    def _within(self, place: str, wider: str) -> bool:
        known = self._knowledge.catalog.places.get(place)
        return known is not None and known.parent == wider

    def matches(self, occupation: str, vector: Any, turn: Turn, school: str | None = None) -> Matches:
        return matches(
            self._knowledge.asked_like(occupation, vector),
            self._knowledge.unanswered_like(occupation, vector),
            turn.values("credential"),
            next(iter(turn.values("school")), school),
            turn.values("level"),
            unsaid=not turn.values("school"),
            any_school="credential" in turn.kinds and asks_for_schools(turn.text),
        )


def likely_topic(turn: Turn) -> str:
    """The likeliest topic of a turn, whatever it is taken for."""
    return next((TOPIC_INTENTS[intent] for intent, _ in turn.ranking if intent in TOPIC_INTENTS), "definition")


def hinted(turn: Turn) -> list[str]:
    """The occupations of which a message says a word ("billing")."""
    words = set(re.findall(r"[a-z]+", replace(turn, text=turn.whole).rest.lower()))
    return [id for id, nicknames in NICKNAMES.items() if words & set(nicknames.split())]


def doubted(found: Matches) -> bool:
    """Whether a question that no source answers is clearly nearer than all that are answered."""
    return max(found.doubts, default=0.0) - found.best >= DOUBTED


def passed_by(found: Matches) -> bool:
    """Whether nothing but a question that is asked of any occupation is near, and what no source says is nearer."""
    of_anyone = bool(found.covered) and found.covered[0][0].occupation == ANY
    return of_anyone and max(found.doubts, default=0.0) >= max(LIKE_ENOUGH, found.best + NEARER)


def ease(turn: Turn, found: Matches, leaning: bool = False) -> float:
    """What share of the usual certainty is enough (gate.py): less for what leans on what was said before, sets two
    things against each other, or tells a story; all of it where a question is doubted ("can you do it from home")."""
    if leaning and likely_topic(turn) == "pay" and beyond_figures(turn.text):  # "how much per line then"
        return 1.0
    if leaning:  # of few words, which are near to much: the doubt must be of the topic that they are surely of
        topic = TOPIC_INTENTS.get(turn.intent) or likely_topic(turn)
        gap, cosine = found.missing[0] if doubted(found) else (None, 0.0)
        if gap is not None and (gap.topic == topic or cosine >= SAME):  # that gap in other words
            return 1.0
        return LESS_LEANING if max(found.doubts, default=0.0) > found.best else LEANING
    if not doubted(found) and (names_two(turn) or asks_for_pay(turn)):
        return PLAINLY
    return TELLING if len(turn.text.split()) >= LONG else 1.0
