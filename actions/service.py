"""A turn of the conversation -> the reply and the new context. What the rasa-sdk actions call; no rasa-sdk here."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from actions import asking_back, conversation, wording
from actions.against import in_passing, set_against
from actions.answering import NEXT, clarify, missing, question, reply
from actions.asides import at_a_practice, without_asides
from actions.asking import topic_of_cues, topic_of_strict_cue, topics_of_cues
from actions.career_change import changed
from actions.choosing import akin, placed
from actions.connectives import CONNECTIVES
from actions.context import MY_WORK, TOPIC_INTENTS, Ambiguity, Context, ambiguity, of_the_school, understand
from actions.context import words as words_of
from actions.draft import THAT_QUESTION, Clarify, Draft, NoSource, Reply
from actions.gate import TOLD, Gate, features
from actions.leaning import in_context
from actions.matching import Matches, matches
from actions.mine import of_own
from actions.nicknames import NICKNAMES, nicknamed, with_coding
from actions.notes import (
    OF_SCHOOLS,
    about_whole,
    again,
    around,
    beforehand,
    by_cue,
    is_their_pay,
    note,
    of_named,
    of_school,
    of_two,
    there,
)
from actions.occupations import about_whom, before_a_side_question
from actions.other_jobs import asks_for_their_pay, their_pay
from actions.payload import Message, Renderer
from actions.picking import described, picked
from actions.plain_pay import ASKS_PAY, is_plain
from actions.plain_questions import asks_for_an_offer, asks_for_pay, names_two, of_a_year, of_two_employers
from actions.ranking import employs_most
from actions.references import leader
from actions.routing import FALLBACK, SURE, UNCOVERED, route
from actions.several import merged
from actions.short_questions import HOW_MUCH, of_schooling
from actions.sides import OF_EACH
from actions.stories import asked_about, own_job, without
from actions.topic_words import beside_names, named_topic
from actions.turn import Mention, Turn
from actions.unknown_jobs import unknown_job
from actions.years import is_trend, then
from knowledge.asked import Target
from knowledge.embedding import unpack
from knowledge.importers.titles import slug
from knowledge.query import KnowledgeBase, Other
from knowledge.scope import COUNTRY
from settings import Settings
from state.gaps import Gap

logger = logging.getLogger(__name__)
Done = TypeVar("Done")
SHORT = 12  # words up to which a message leans on what was said before: "part time possible?"
LONGER = 20  # the same, where it is not taken for what no source answers
CERTAIN = 0.8  # a confidence in a follow-up whose words might ask something of their own, or against plain pay
LONG, TELLING = 30, 0.6  # a message that tells a story, and what share is enough for it: its question is but a part
UNSURE_OF_PAY = ("ask_pay", "ask_experience", UNCOVERED, FALLBACK)  # "what would a new clerk start at"
COMPARED = 3  # statements of a headline whose contradictions are looked for
QUOTED = 80  # characters of a part of a message that the reply repeats
_MAKES = re.compile(r"\b(?:make[sd]?|making|study)\b", re.I)  # "which study makes you say so" names no topic
_THAT_PAYS = re.compile(r"\b(?:that|those|these|they|it|them)\b", re.I)
LIKE_ENOUGH = 0.66  # a cosine with a known question for one that follows on what no source answers
SOMEWHAT = 0.55  # the same for one that asks for more of something that it names
LEANING = 0.3  # what share of the usual certainty is enough for one that does
PLAINLY = 0.3  # the same for one that sets two known things against each other, or asks for nothing but pay
DOUBTED = 0.1  # unless a question that no source answers is this much nearer than all that are answered
FOLLOWED = frozenset(("pay", "outlook", "tuition"))  # topics whose gaps are followed up: another year, another place
ABOUT_TOPIC = frozenset(("ask_source", "ask_disagreement"))  # what "why?" may turn out to mean
# asked of an answer or of the assistant, where one of several questions is more likely to be of the job
OF_ANSWERS = frozenset(("ask_disagreement", "ask_more", "ask_capabilities", "out_of_scope", FALLBACK))
ASKING = frozenset((*TOPIC_INTENTS, "follow_up", UNCOVERED))
# Kinds of name of which the last question may be asked again.
NAMED = frozenset(("occupation", "place", "employer_type", "credential", "school"))
START_SUGGESTIONS = (
    "What do medical records technicians do?",
    "How much do medical records technicians earn?",
    "Which certifications do medical records technicians need?",
)


@dataclass(frozen=True)
class Outcome:
    """What to say, the context from now on, and the gap to record, if any."""

    message: Message
    context: Context
    gap: Gap | None = None


class Service:
    """Answers turns from one knowledge base."""

    def __init__(self, knowledge: KnowledgeBase, settings: Settings) -> None:
        self._knowledge = knowledge
        self._settings = settings
        self.gate = Gate.load()

    def warm_up(self) -> None:
        """Open the knowledge base; read the occupations known in depth and the words of all questions, which takes a
        quarter of a second that nobody should wait for."""
        for occupation in self._knowledge.catalog.in_depth:
            self._knowledge.statements(occupation, "duties.task")
        self._knowledge.read_questions()

    def whole(self, work: Callable[[Service], Done]) -> Done:
        """What `work` gives, all of it from one state of the knowledge (KnowledgeBase.whole)."""
        return self._knowledge.whole(lambda: work(self))

    @property
    def _renderer(self) -> Renderer:
        return Renderer(self._knowledge.catalog.editions, lambda path: f"{self._settings.public_url}{path}")

    def topic(self, context: Context, turn: Turn) -> Outcome:
        """A question on a topic, or one that follows up on the last."""
        turn = self.routed(context, self._meant(context, turn))
        if turn.intent in ABOUT_TOPIC:
            return self.about(context, turn)
        return self.uncovered(context, turn) if turn.intent == UNCOVERED else self._on(context, turn)

    def _on(self, context: Context, turn: Turn) -> Outcome:
        """The answer on the topic of a turn that has been routed."""
        if asks_for_their_pay(context, turn) and (theirs := self._their_pay(context, turn)):
            return theirs
        unclear = ambiguity(context, turn)
        new = understand(context, turn, self._settings.default_occupation)
        if unclear is not None:
            return self._unclear(context, new, unclear)
        if new.topic is None:
            return self.unsure(context, turn)
        found = (turn.settled and self._of_each(new)) or reply(self._knowledge, new)
        if isinstance(found, NoSource) and new.credential and not self._was_named(context, turn, new.credential):
            several = replace(new, credential=None)  # the last answer but led with it
            others = reply(self._knowledge, several)
            found, new = (others, several) if isinstance(others, Draft) else (found, new)
        return self._said(found, self._led(found, self._answered(found, new)))

    @staticmethod
    def _was_named(context: Context, turn: Turn, credential: str) -> bool:
        """Whether it was the person who brought a credential up, not an answer."""
        said = [m.value for m in turn.mentions if m.kind == "credential" and not m.implied]
        return credential in (*said, *context.spoken("credential"))

    def _their_pay(self, context: Context, turn: Turn) -> Outcome | None:
        """ "What do those pay?", after the jobs that one can move on to: the conversation stays with them."""
        last = reply(self._knowledge, context)
        where = (*turn.values("place"), context.place)[0]
        asked = replace(context, place=where, statistic=None, pay_period=(*turn.values("pay_period"), None)[0])
        found = their_pay(self._knowledge, asked, last) if isinstance(last, Draft) else None
        return self._said(found, replace(context, place=where, unanswered=None)) if found else None

    def _of_each(self, context: Context) -> Draft | None:
        """ "Do both need a license?": the answer for the one, then for the other; None for what is compared in figures,
        or where neither has an answer."""
        ids = context.compared("occupation")
        silent = context.topic in ("outlook", "education", "duties", "definition") and not all(map(self._in_depth, ids))
        if len(set(ids)) < 2 or not (silent or context.topic in OF_EACH):
            return None
        alone = replace(context, second_occupation=None, further=())
        found = [reply(self._knowledge, replace(alone, occupation=id)) for id in ids]
        known = [one for one in found if not isinstance(one, Clarify)]
        return merged(known) if any(isinstance(one, Draft) for one in known) else None

    @staticmethod
    def _answered(found: Reply, context: Context) -> Context:
        """The context with the topic and the credential that the answer led with: "why is that?" asks about it."""
        if not isinstance(found, Draft) or "comparison" in (found.topic, context.topic):
            return context
        if found.topic != context.topic and found.topic in TOPIC_INTENTS.values():
            context = replace(context, topic=found.topic, cues=())
        named = {s.scope.qualifier("credential") for s in found.headline.statements}
        one = named.pop() if len(named) == 1 else None
        if one and found.topic == "certification" and context.credential is None:
            context = replace(context, credential=one)
        return context

    @staticmethod
    def _led(found: Reply, context: Context) -> Context:
        """After "which of them pays more?" the one that does is talked of: "ok, where can I study that?"; after "how is
        it different from what I do?" the other: "what degree is that?"."""
        if not isinstance(found, Draft):
            return context
        two = (context.credential, context.second_credential)
        named = {s.scope.qualifier("credential") for s in found.headline.statements}
        if two[1] and len(named) == 1 and not named.isdisjoint(two):  # "which one takes a degree?"
            one = named.pop()
            context = replace(context, credential=one, second_credential=two[one == two[0]])
        several = context.compared("occupation")
        if len(set(several)) < 2:  # "coder or biller?" are two names of one
            return context
        one = leader(found.headline.statements, context.question or "", several)
        if one is None and len(several) == 2 and context.own in several and MY_WORK.search(context.question or ""):
            one = several[several[0] == context.own]
        if one is None:
            return context
        other, *further = (id for id in several if id != one)
        names = tuple(f"occupation:{id}" for id in further)
        return replace(context, occupation=one, second_occupation=other, further=names)

    def several(self, context: Context, turn: Turn) -> Outcome | None:
        """One answer to the several questions of a message; None if they are but one, or must be asked back about."""
        found: list[Draft | NoSource] = []
        about: dict[tuple[object, ...], None] = {}
        spoken, context = context.topic is not None, about_whole(context, turn)
        default = self._settings.default_occupation
        hinted = default if default in self._hinted(turn) else None  # "no experience, which coding cert"
        told = self.told(turn)
        outside = around(told)
        for part in turn.parts:
            if found and isinstance(found[-1], NoSource) and HOW_MUCH.match(part.text):
                continue  # "holiday pay for nurses, how much": of what no source says
            part = of_school(context, part) if found else of_two(told, of_named(context, turn, part, hinted))
            answered = bool(found) and isinstance(found[-1], Draft)
            # on what no source answers nothing leans
            leaning = answered if found and (answered or not spoken) else None
            meant = note(part) or (beforehand(context, part) if answered else None)
            meant = meant or (again(context, part) if found else None)
            meant = meant or self._of_part(context, part, leaning)
            meant = self._of_knowledge(context, by_cue(meant, context) if answered else meant)
            meant = there(meant, outside, turn.parts)
            if meant.intent == "ask_pay" and found:
                meant = self._of_next_step(meant, found[-1])
            if meant.intent not in ASKING or ambiguity(context, meant) is not None:
                continue
            said, new = self._part(context, meant)
            key = (
                new.occupation,
                None if new.place == COUNTRY else new.place,
                said.headline.text if isinstance(said, Draft) else said,
            )
            if isinstance(said, Clarify) or key in about:
                continue
            about[key], context = None, new
            if isinstance(said, NoSource) and said.what == THAT_QUESTION:  # say which of the parts
                said = replace(said, what=f"“{wording.shorten(part.text.strip(' ?.!,'), QUOTED)}”")
            found.append(said)
        if len(found) < 2 or not any(isinstance(part, Draft) for part in found):
            return None
        text, payload = self._renderer.answer(merged(found))
        gaps = [self._gap(part, context) for part in found if isinstance(part, NoSource)]
        return Outcome((text, payload), context, gaps[0] if gaps else None)

    def _of_part(self, context: Context, part: Turn, leaning: bool | None) -> Turn:
        """One of several questions as it is meant after those before it."""
        meant = self._meant(context, part)
        if leaning is False and meant.intent == "ask_pay" and is_their_pay(context, meant):
            return meant
        return self.routed(context, meant, leaning=leaning)

    def _of_knowledge(self, context: Context, part: Turn) -> Turn:
        """A part that is taken for talk, or for a question about an answer, as the question of the knowledge that it
        is, or as one that no source answers: what is asked is answered or named, not passed over."""
        if part.intent not in OF_ANSWERS and (part.intent in ASKING or part.confidence >= CERTAIN):
            return part
        found = self.routed(context, replace(part, intent=FALLBACK), leaning=False)
        return replace(found, intent=UNCOVERED) if found.intent == FALLBACK else found

    def _of_next_step(self, turn: Turn, before: Draft | NoSource) -> Turn:
        """ "... and how much does that pay?" after what one can become: the pay of that."""
        if not isinstance(before, Draft) or before.topic != "advancement" or turn.values("occupation"):
            return turn
        if not _THAT_PAYS.search(turn.text):
            return turn
        steps = [s.item for line in (before.headline, *before.points) for s in line.statements]
        steps += [s.item for s in self._knowledge.statements(before.occupation or "", "advancement.role")]
        known = next((item for item in steps if item in self._knowledge.catalog.occupations), None)
        return replace(turn, mentions=(*turn.mentions, Mention("occupation", known))) if known else turn

    def _part(self, context: Context, turn: Turn) -> tuple[Reply, Context]:
        if turn.intent == UNCOVERED:
            new = understand(context, replace(turn, intent="follow_up"), self._settings.default_occupation)
            asked = replace(new, topic=self._likely_topic(turn), question=turn.text, vector=turn.vector)
            return missing(self._knowledge, asked), new
        new = understand(context, turn, self._settings.default_occupation)
        if context.school and not new.school and new.topic in OF_SCHOOLS and new.occupation == context.occupation:
            new = replace(new, school=context.school)
        if new.school and new.school == context.school and new.topic in OF_SCHOOLS and not new.level:
            new = replace(new, level=context.level)  # "does Herzing have the associate online, and how long is it?"
        return reply(self._knowledge, replace(new, topic=new.topic or "definition")), new

    @staticmethod
    def _likely_topic(turn: Turn) -> str:
        return next((TOPIC_INTENTS[intent] for intent, _ in turn.ranking if intent in TOPIC_INTENTS), "definition")

    def routed(self, context: Context, turn: Turn, *, leaning: bool | None = None) -> Turn:
        """The turn with a second thought on its topic and on whether any source answers it (routing.py).

        `leaning`: whether it leans on what was said before; None: as its length and the conversation tell. One that
        could lean only on what no source answers (False) must be like a known question itself."""
        if not turn.settled and unknown_job(turn):
            return replace(turn, intent=UNCOVERED)
        turn = self._credited(context, self._returned(context, self.told(turn)))
        vector = unpack(turn.vector) if turn.vector else None
        if vector is None or turn.settled:
            return turn
        if turn.intent == "follow_up":
            return self._followed(context, turn, leaning)
        turn, known, found, figures = self.weighed(context, turn, vector)
        topics = self._knowledge.catalog.topic_of
        unsure = turn.confidence < CERTAIN or turn.intent in UNSURE_OF_PAY
        if unsure and turn.intent != "ask_comparison" and (is_plain(turn) or is_trend(turn.text)):
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
        opens = found.same or self.gate.opens(figures, LEANING if leaning else ease(turn, found))
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
        if paid and meant.intent in TOPIC_INTENTS:  # "what do coders pull in up there? thinking of moving"
            return turn
        return meant

    def told(self, turn: Turn) -> Turn:
        """The turn with the names that it asks about alone (stories.py)."""
        named = with_coding(without_asides(turn), self._settings.default_occupation)
        return changed(named, asked_about(named, self._in_depth, self._within))

    def weighed(self, context: Context, turn: Turn, vector: Any) -> tuple[Turn, str, Matches, dict[str, float]]:
        """A turn with the occupation that it is about, that occupation, the questions that it is like, and the gate's
        figures (gate.py)."""
        turn = self._about_whom(context, turn, vector)
        occupation = (*turn.values("occupation"), context.occupation, self._settings.default_occupation)
        known = next(id for id in occupation if id)
        found = self._matches(known, vector, turn, context.school if of_the_school(context, turn) else None)
        figures = features(
            dict(turn.ranking),
            found.best,
            self._knowledge.asked_of_anyone(vector),
            found.doubts,
            max(self._knowledge.similar(known, vector).values(), default=0.0),
            frozenset(mention.kind for mention in turn.mentions),
            self._knowledge.crowds(vector),
            self._knowledge.words(turn.rest, vector, [target for target, _ in found.covered[:TOLD]]),
        )
        return turn, known, found, figures

    def _about_whom(self, context: Context, turn: Turn, vector: Any) -> Turn:
        """The turn with the occupation that its question is like, if it names none or several."""
        same = self._knowledge.catalog.stood_in
        likeliest = self._knowledge.likeliest_of_each(vector)
        hinted = self._hinted(turn)
        default = self._settings.default_occupation
        unanswered = max(self._knowledge.unanswered_like(default, vector).values(), default=0.0)
        return about_whom(
            turn, likeliest, context.occupation, default, same, hinted, unanswered, partial(self._says, default)
        )

    def _says(self, occupation: str, target: Target) -> bool:
        """Whether sources say of an occupation what a target says of another."""
        same = replace(target, occupation=occupation)
        return any(Target.of(one) == same for one in self._knowledge.statements(occupation, target.indicator))

    @staticmethod
    def _hinted(turn: Turn) -> list[str]:
        """The occupations of which a message says a word ("billing")."""
        words = set(re.findall(r"[a-z]+", replace(turn, text=turn.whole).rest.lower()))
        return [id for id, nicknames in NICKNAMES.items() if words & set(nicknames.split())]

    def _followed(self, context: Context, turn: Turn, leaning: bool | None) -> Turn:
        """A follow-up; if it names nothing and is not surely one, the question that it may be."""
        named = any(mention.kind != "cue" for mention in turn.mentions)
        asks = len([word for word in words_of(turn.text) if word not in CONNECTIVES]) > 2  # "where do they work"
        first = context.topic is None  # there is nothing to follow up on
        if not first and (named or turn.confidence >= (CERTAIN if asks else SURE)):
            return turn
        routed = self.routed(context, replace(turn, intent=FALLBACK), leaning=leaning)
        return routed if routed.intent in TOPIC_INTENTS else turn

    def _returned(self, context: Context, turn: Turn) -> Turn:
        """After a side question on a job that only statistics know: what they do not know, of the one before."""
        held, unclear = context.occupation, turn.intent in (UNCOVERED, FALLBACK) and not turn.kinds
        if held is None or self._in_depth(held) or not (unclear or turn.intent in TOPIC_INTENTS):
            return turn
        asked = TOPIC_INTENTS.get(turn.intent) or self._likely_topic(turn)
        before = before_a_side_question(context, turn, self._in_depth) if asked in self._silent(held) else None
        return replace(turn, mentions=(*turn.mentions, Mention("occupation", before, implied=True))) if before else turn

    def _credited(self, context: Context, turn: Turn) -> Turn:
        """ "dental assistant 7 yrs, RHIT or CPC?": a question on credentials with an occupation that has them, where
        only the statistics know the one that is named or talked of."""
        named, wanted = turn.values("occupation"), turn.values("credential")
        holders = named or ((context.occupation,) if context.occupation else ())
        if not wanted or not holders or any(self._in_depth(id) for id in holders):
            return turn
        default, known = self._settings.default_occupation, self._knowledge.catalog.in_depth
        spoken = (id for id in reversed(context.spoken("occupation")) if id in known)
        one = next((id for id in (*spoken, default, *known) if self._has(id, wanted[0])), None)
        if one is None:
            return turn
        beside = without(turn, [m for m in turn.mentions if m.kind == "occupation"])
        if context.occupation is None:  # the question tells whose it is (occupations.py)
            return beside
        return replace(beside, mentions=(*beside.mentions, Mention("occupation", one, implied=True)))

    def _has(self, occupation: str, credential: str) -> bool:
        said = self._knowledge.statements(occupation, "certification.credential")
        return any(one.scope.qualifier("credential") == credential for one in said)

    def _in_depth(self, occupation: str) -> bool:
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

    def _matches(self, occupation: str, vector: Any, turn: Turn, school: str | None = None) -> Matches:
        return matches(
            self._knowledge.asked_like(occupation, vector),
            self._knowledge.unanswered_like(occupation, vector),
            turn.values("credential"),
            next(iter(turn.values("school")), school),
            turn.values("level"),
            unsaid=not turn.values("school"),
        )

    def _unclear(self, context: Context, new: Context, unclear: Ambiguity) -> Outcome:
        """Ask back. The question waits in the context, without the unclear name, for the answer."""
        kept = (
            replace(new, pending=unclear.candidates, occupation=context.occupation)
            if unclear.kind == "occupation"
            else replace(new, pending=unclear.candidates, place=context.place)
        )
        kept = replace(kept, recent=context.recent, options=context.options)
        asked = clarify(self._knowledge, new, unclear)
        if context.pending == unclear.candidates:  # the same was asked just before
            return Outcome(asking_back.which(asked.options, self._settings.contact), kept)
        return self._said(asked, kept)

    def _meant(self, context: Context, turn: Turn) -> Turn:
        """The turn as it is meant in the conversation: what it chooses, points back at or leaves unsaid."""
        catalog = self._knowledge.catalog
        chosen = picked(catalog, context, at_a_practice(turn))
        vector = unpack(chosen.vector) if context.pending and chosen.vector else None
        if vector is not None:
            chosen = described(context, chosen, self._knowledge.likeliest_of_each(vector), catalog.stood_in)
        named = akin(catalog, context, placed(catalog, context, chosen))
        own = of_own(context, nicknamed(catalog, context, named))
        return in_context(context, set_against(context, in_passing(context, own)))

    def about(self, context: Context, turn: Turn) -> Outcome:
        """A question about the last answer: its source, its age, why sources differ, or more of it."""
        meant = self._meant(context, turn)
        if meant.settled and meant.intent not in ABOUT_TOPIC:  # "compared to 2019?" asks for more than the age
            return self.topic(context, meant)
        if turn.intent == "ask_more" and context.topic and (one := self._one_of_them(context, turn)):
            return one
        if turn.intent == "ask_currency" and then(context, turn):  # "what was it back in 2019?"
            return self.topic(context, turn.settled_as("follow_up"))
        context = self._differing_on(context, turn)
        if (context.topic or context.unanswered) is None or context.occupation is None:
            routed = self.routed(context, replace(turn, intent=FALLBACK))
            if routed.intent == UNCOVERED:
                return self.uncovered(context, routed)
            return self.topic(context, routed) if routed.intent in TOPIC_INTENTS else self._nothing_yet(context)
        context = replace(context, misses=0)
        if context.unanswered:  # "who says that?", of what was shown instead
            found: Reply = missing(self._knowledge, replace(context, topic=context.unanswered))
        else:
            found = reply(self._knowledge, context)
        if isinstance(found, NoSource) and found.nearby:
            found = Draft(found.topic or "", found.occupation, found.nearby[0], found.nearby[1:])
        if not isinstance(found, Draft):
            return self._said(found, context)
        editions = self._knowledge.catalog.editions
        if turn.intent == "ask_more":
            page = conversation.more(found, context.page + 1)
            if page is None:
                return self._no_more(found, context)
            return self._said(page, replace(context, page=context.page + 1))
        shown = conversation.more(found, context.page) or found if context.page else found
        if turn.intent == "ask_currency":
            return self._said(conversation.currency(shown, editions), context)
        if turn.intent == "ask_disagreement":
            differing = self._disagreement(context, found)
            return self._said(differing or conversation.agreement(found, editions), context)
        return self._said(conversation.sources(shown, editions), context)

    def _one_of_them(self, context: Context, turn: Turn) -> Outcome | None:
        """ "Tell me more about the anatomy one": what is known of that; None if no known question is like it."""
        vector = unpack(turn.vector) if turn.vector and conversation.names_one(turn.text) else None
        if vector is None:
            return None
        occupation = context.occupation or self._settings.default_occupation
        near = self._matches(occupation, vector, turn).by(self._knowledge.catalog.topic_of)
        like = near.get(context.topic or "", 0.0) >= SOMEWHAT
        return self._on(context, replace(turn, intent=f"ask_{context.topic}", settled=True)) if like else None

    def _differing_on(self, context: Context, turn: Turn) -> Context:
        """The context of "why do the numbers on growth differ?": that topic, whatever was talked of."""
        named = named_topic(_MAKES.sub(" ", beside_names(turn)), limit=None)
        cues = tuple(cue for cue in turn.values("cue") if context.topic in topics_of_cues((cue,)))
        if turn.intent == "ask_disagreement" and cues and not set(cues) & set(context.cues):
            return replace(context, question=None, vector=None, cues=cues)  # "I read 13 percent", of headcounts
        if turn.intent != "ask_disagreement" or named in (None, context.topic) or context.topic == "comparison":
            return context
        new = understand(context, replace(turn, intent=f"ask_{named}"), self._settings.default_occupation)
        return replace(new, question=None, vector=None, cues=())

    def _disagreement(self, context: Context, found: Draft) -> Draft | None:
        """Why sources differ; on a figure that one source alone has for a place, on that of the whole country."""
        editions = self._knowledge.catalog.editions
        differing = conversation.disagreement(conversation.contradicted(found, self._others(found)), editions)
        if differing is not None or context.place is None or context.second_place is not None:
            return differing
        country = reply(self._knowledge, replace(context, place=None, question=None, vector=None, cues=()))
        return conversation.disagreement(country, editions) if isinstance(country, Draft) else None

    def _others(self, draft: Draft) -> dict[str, tuple[Other, ...]]:
        """What other editions say of the headline's statements."""
        found = ((s.id, self._knowledge.evidence(s.id)) for s in draft.headline.statements[:COMPARED])
        return {id: evidence.others for id, evidence in found if evidence is not None}

    def talk(self, context: Context, turn: Turn) -> Outcome | None:
        """A message that sounds like small talk or out of scope: its answer if the conversation or a near statement
        says that it is a question after all ("who runs it?" after a credential); else None."""
        if asking_back.let_down(turn.text):
            return self._let_down(context)
        if context.topic and not turn.values("occupation") and asking_back.complains(turn.text):
            return self._missed(context, asking_back.MISSED, self._likely_questions(context, turn))
        meant = self.routed(context, self._meant(context, turn))
        if meant.intent == turn.intent:
            leans = context.topic is not None and turn.confidence < SURE
            topic = topic_of_cues(turn.values("cue"), {context.topic or "": 1.0}) if leans else None
            return self.topic(context, replace(turn, intent=f"ask_{topic}", settled=True)) if topic else None
        return self.about(context, meant) if meant.intent in ABOUT_TOPIC else self.topic(context, meant)

    def uncovered(self, context: Context, turn: Turn) -> Outcome:
        """A question of the domain that sources seldom answer: a gap, unless they do after all."""
        routed = self.routed(context, self._meant(context, turn))
        if routed.intent in ABOUT_TOPIC:
            return self.about(context, routed)
        if routed.intent != UNCOVERED:
            return self._on(context, routed)
        turn = routed
        if job := unknown_job(turn):
            return self._said(NoSource(self._likely_topic(turn), None, f"“{job}” as an occupation", (), "job"), context)
        new = understand(context, replace(turn, intent="follow_up"), self._settings.default_occupation)
        asked = replace(
            new,
            topic=self._likely_topic(turn),
            question=turn.text,
            vector=turn.vector,
            cues=turn.values("cue"),
            pending=(),
        )
        found = missing(self._knowledge, asked)
        figures = asked.topic if asked.topic in FOLLOWED else None  # "ok then now?" after pay in the future
        told = [self._knowledge.catalog.topic_of.get(one.indicator) for line in found.nearby for one in line.statements]
        topic = "certification" if turn.values("credential") else next(iter(told), None) or context.topic or figures
        return self._said(found, replace(asked, topic=topic, unanswered=asked.topic))

    def unsure(self, context: Context, turn: Turn) -> Outcome:
        """Not understood: a statement that is near; else the same question of what it names; else the two likeliest
        readings as buttons, then a person."""
        if asking_back.let_down(turn.text):
            return self._let_down(context)
        routed = self.routed(context, self._meant(context, turn))
        if routed.intent in ABOUT_TOPIC:
            return self.about(context, routed)
        if routed.intent != turn.intent and (routed.intent in TOPIC_INTENTS or routed.intent == "follow_up"):
            return self.topic(context, routed)
        if routed.intent == UNCOVERED:
            return self.uncovered(context, turn)
        topic = topic_of_cues(turn.values("cue"), {context.topic: 1.0}) if context.topic else None
        if topic:
            return self.topic(context, replace(turn, intent=f"ask_{topic}"))
        if context.topic and routed.kinds & NAMED and len(turn.text.split()) <= SHORT:  # "and cashiers like me?"
            return self.topic(context, routed.settled_as("follow_up"))
        told = self._introduced(context, turn)
        return self._missed(told, asking_back.UNSURE, self._likely_questions(told, turn))

    def _introduced(self, context: Context, turn: Turn) -> Context:
        """The context after somebody says who they are before they ask: "hi, I'm a pharmacy tech in Ohio"."""
        turn = self.told(turn)
        jobs, places = turn.values("occupation"), turn.values("place")
        unclear = any(len(mention.candidates) > 1 for mention in turn.mentions)
        if context.topic is not None or unclear or len(jobs) > 1 or len(places) > 1:
            return context
        own = own_job(turn) or context.own
        return replace(
            context,
            own=own,
            occupation=next(iter(jobs), context.occupation),
            place=next(iter(places), context.place),
        )

    def _let_down(self, context: Context) -> Outcome:
        """A person, for somebody who says that the assistant is of no use."""
        message = asking_back.sorry(START_SUGGESTIONS, self._settings.contact)
        return Outcome(message, replace(context, misses=0))

    def _likely_questions(self, context: Context, turn: Turn) -> list[str]:
        """What a message may have meant, likeliest first, as questions that have an answer."""
        plural, name = self._names(context)
        likely = [TOPIC_INTENTS[intent] for intent, _ in turn.ranking if intent in TOPIC_INTENTS]
        covered = self._knowledge.covered(context.occupation or self._settings.default_occupation)
        return [question(topic, plural, name) for topic in likely if topic in covered and topic in NEXT]

    def _missed(self, context: Context, text: str, options: Sequence[str]) -> Outcome:
        """A message that was not understood: a question back, or a person if the one before was not either."""
        new = replace(context, misses=context.misses + 1)
        shown = list(dict.fromkeys((*options, *START_SUGGESTIONS)))[: asking_back.BUTTONS]
        return Outcome(asking_back.ask_back(text, shown, new.misses, self._settings.contact), new)

    def outside(self, context: Context) -> Outcome | None:
        """Out of scope for the second time in a row: a person. None for the first, which the domain's response answers
        (`missed` counts it)."""
        new = self.missed(context)
        if new.misses < asking_back.PATIENCE:
            return None
        return Outcome(asking_back.outside(START_SUGGESTIONS, self._settings.contact), new)

    @staticmethod
    def missed(context: Context) -> Context:
        """The context after a message that has no answer of its own."""
        return replace(context, misses=context.misses + 1)

    def foreign(self, context: Context, language: str) -> Outcome:
        """A message in another language: that only English is understood so far."""
        text = (
            f"That looks like {language} to me. I only understand English so far, sorry. "
            f"Please ask me in English, or ask "
            f"{self._settings.contact}."
        )
        payload = {"type": "smalltalk", "headline": text, "citations": [], "suggestions": list(START_SUGGESTIONS)}
        return Outcome((text, payload), context)

    def handoff(self, context: Context) -> Outcome:
        """A person to talk to."""
        context = replace(context, misses=0)
        text = f"Of course. You can reach a person at {self._settings.contact}."
        return Outcome((text, {"type": "handoff", "headline": text, "citations": [], "suggestions": []}), context)

    def failure(self, context: Context) -> Outcome:
        """The knowledge base cannot be read: say so, lose nothing."""
        text = (
            "I can't look that up right now: my knowledge base is not available. Please try again in a minute, or ask "
            f"{self._settings.contact}."
        )
        return Outcome(
            (text, {"type": "handoff", "headline": text, "citations": [], "suggestions": [], "failure": True}), context
        )

    def _names(self, context: Context) -> tuple[str, str]:
        id = context.occupation or self._settings.default_occupation
        known = self._knowledge.catalog.occupations[id]
        return known.plural, known.name

    def _nothing_yet(self, context: Context) -> Outcome:
        return self._missed(context, asking_back.NOTHING_YET, ())

    def _no_more(self, found: Draft, context: Context) -> Outcome:
        text = "That is all that my sources say on this. You can ask about something else."
        suggestions = [s for s in found.suggestions if s != conversation.MORE]
        return Outcome(
            (text, {"type": "smalltalk", "headline": text, "citations": [], "suggestions": suggestions}), context
        )

    def _said(self, found: Reply, context: Context) -> Outcome:
        renderer = self._renderer
        if isinstance(found, Draft):
            return Outcome(renderer.answer(found), context)
        if isinstance(found, Clarify):
            return Outcome(renderer.clarify(found), context)
        return Outcome(renderer.no_source(found, self._settings.contact), context, self._gap(found, context))

    @staticmethod
    def _gap(found: NoSource, context: Context) -> Gap:
        return Gap(
            topic=found.topic or "",
            occupation=found.occupation or "",
            place=context.foreign or (context.place or "" if found.topic in ("pay", "outlook") else ""),
            credential=context.credential or "",
            detail=slug(found.detail),
            question_text=" ".join(context.question.split()) if context.question else None,
        )


def ease(turn: Turn, found: Matches) -> float:
    """What share of the usual certainty is enough for a message that leans on none before it (gate.py)."""
    doubted = max(found.doubts, default=0.0) - found.best >= DOUBTED  # "do coders get paid per chart"
    if not doubted and (names_two(turn) or asks_for_pay(turn)):
        return PLAINLY
    return TELLING if len(turn.text.split()) >= LONG else 1.0


def mentions_of(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [entity for entity in message.get("entities") or [] if entity.get("extractor") == "KnowledgeEntities"]
