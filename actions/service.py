"""A turn of the conversation -> the reply and the new context. What the rasa-sdk actions call; no rasa-sdk here."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from actions import about_itself, asking_back, conversation
from actions.against import WEIGHS
from actions.answering import NEXT, clarify, missing, question, reply
from actions.asking import Desk, topic_of_cues, topics_of_cues
from actions.context import MY_WORK, TOPIC_INTENTS, Ambiguity, Context, ambiguity, understand
from actions.draft import Clarify, Draft, NoSource, Reply
from actions.each_part import Parts
from actions.matching import Matches
from actions.noted import noted
from actions.other_jobs import asks_for_their_pay, may_be_of_several, the_job, their_pay
from actions.payload import Message, Renderer, uncited
from actions.plain_pay import asks_something_else
from actions.read_together import readings
from actions.references import leader
from actions.routing import FALLBACK, OUT_OF_SCOPE, SURE, UNCOVERED
from actions.said_there import said_there, wanted
from actions.several import merged
from actions.sides import OF_EACH
from actions.texts import disagreements
from actions.texts import said as said_of
from actions.topic_words import beside_names, named_topic
from actions.turn import Mention, Turn, asked_plainly
from actions.unanswered import answered_by, lost, repeated, repeats
from actions.understanding import LONG, SHORT, Understanding, likely_topic
from actions.unknown_jobs import unknown_job
from actions.verification import Verification, to_read
from actions.years import then
from knowledge.cross_encoder import cross_encoder
from knowledge.embedding import unpack
from knowledge.errors import KnowledgeError
from knowledge.importers.titles import slug
from knowledge.query import KnowledgeBase, Other
from settings import Settings
from state.gaps import Gap

logger = logging.getLogger(__name__)
Done = TypeVar("Done")
COMPARED = 3  # statements of a headline whose contradictions are looked for
COMPARED_POINTS = 8  # points of an answer, if there are none of its headline
WHY = "driver"  # the cue of "why" itself
_MAKES = re.compile(r"\b(?:make[sd]?|making|study)\b", re.I)  # "which study makes you say so" names no topic
SOMEWHAT = 0.55  # the same for one that asks for more of something that it names
FOLLOWED = frozenset(("pay", "outlook", "tuition"))  # topics whose gaps are followed up: another year, another place
REFUSALS = frozenset(("no_source", "clarify"))  # what a message gets that is not answered
ABOUT_ANSWERS = frozenset(("ask_source", "ask_currency", "ask_disagreement"))  # questions about the last answer
# what "why?" and "can you explain that" may turn out to mean
ABOUT_TOPIC = frozenset(("ask_source", "ask_disagreement", "ask_more"))
ALSO_SAID_IN = {"how_to_become": ("education",)}  # topic -> others in which sources choose what it tells as well
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
        self.reading = Understanding(knowledge, settings.default_occupation)
        self._parts = Parts(knowledge, self.reading)
        self.verification = Verification.load()

    def warm_up(self) -> None:
        """Open the knowledge base; read the occupations known in depth, the words of all questions and the model that
        reads answers, which takes half a second that nobody should wait for."""
        for occupation in self._knowledge.catalog.in_depth:
            self._knowledge.statements(occupation, "duties.task")
        self._knowledge.read_questions()
        cross_encoder()

    def whole(self, work: Callable[[Service], Done]) -> Done:
        """What `work` gives, all of it from one state of the knowledge (KnowledgeBase.whole)."""
        return self._knowledge.whole(lambda: work(self))

    @property
    def _renderer(self) -> Renderer:
        return Renderer(self._knowledge.catalog.editions, lambda path: f"{self._settings.public_url}{path}")

    def topic(self, context: Context, turn: Turn) -> Outcome:
        """A question on a topic, or one that follows up on the last."""
        turn = self.reading.routed(context, self.reading.meant(context, turn))
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
        if repeats(context, turn):
            return self._asked_again(context, turn)
        if new.topic is None:
            return self.unsure(context, turn)
        if self._lost(context, new):
            return self._without_source(context, new)
        found = (turn.settled and self._of_each(new)) or reply(self._knowledge, new)
        if isinstance(found, NoSource) and new.credential and not self._was_named(context, turn, new.credential):
            several = replace(new, credential=None)  # the last answer but led with it
            others = reply(self._knowledge, several)
            found, new = (others, several) if isinstance(others, Draft) else (found, new)
        said = wanted(context, turn, new, self._knowledge.catalog)
        if isinstance(found, Draft):
            told = said_there(found, said) if said else found
            if told is None or not self._holds(context, turn, told):
                return self._without_source(context, new, doubted=True)
            found = told
        return self._said(found, self._led(found, self._answered(found, new)))

    def _holds(self, context: Context, turn: Turn, found: Draft) -> bool:
        """Whether an answer says what a follow-up asks, as far as reading both together tells (verification.py). One
        that names its occupation stands for itself, and is taken as it would be at the start."""
        vector = unpack(turn.vector) if turn.vector else None
        named = any(m.kind == "occupation" and not m.implied for m in turn.mentions)
        if context.question is None or vector is None or named or asked_plainly(turn.values("cue")):
            return True
        _, _, _, figures = self.reading.weighed(context, turn, vector)
        return self.verification.holds(
            readings(turn.text, context.question, to_read(found), self.reading.gate.probability(figures))
        )

    def _lost(self, context: Context, new: Context) -> bool:
        """Whether the last question, asked again of another occupation, has no answer there."""
        vector = unpack(new.vector) if new.vector and new.question == context.question else None
        before, now = context.occupation, new.occupation
        if vector is None or before is None or now in (None, before) or new.topic in (*FOLLOWED, "comparison"):
            return False
        asked = (self.reading.matches(id, vector, Turn("follow_up", new.question or "")) for id in (before, str(now)))
        return lost(*asked)

    @staticmethod
    def _was_named(context: Context, turn: Turn, credential: str) -> bool:
        """Whether it was the person who brought a credential up, not an answer."""
        said = [m.value for m in turn.mentions if m.kind == "credential" and not m.implied]
        return credential in (*said, *context.spoken("credential"))

    def _their_pay(self, context: Context, turn: Turn) -> Outcome | None:
        """ "What do those pay?", after the jobs that one can move on to: the conversation stays with them."""
        last = reply(self._knowledge, context)
        one = the_job(self._knowledge, context, turn, last) if isinstance(last, Draft) else None
        if one:
            intent = "ask_comparison" if WEIGHS.search(turn.text) else "ask_pay"
            return self._on(context, turn.settled_as(intent, Mention("occupation", one)))
        if not may_be_of_several(context, turn):
            return None
        where = (*turn.values("place"), context.place)[0]
        asked = replace(context, place=where, statistic=None, pay_period=(*turn.values("pay_period"), None)[0])
        found = their_pay(self._knowledge, asked, last) if isinstance(last, Draft) else None
        return self._said(found, replace(context, place=where, unanswered=None)) if found else None

    def _of_each(self, context: Context) -> Draft | None:
        """ "Do both need a license?": the answer for the one, then for the other; None for what is compared in figures,
        or where neither has an answer."""
        ids = context.compared("occupation")
        silent = context.topic in ("outlook", "education", "duties", "definition") and not all(
            map(self.reading.in_depth, ids)
        )
        if len(set(ids)) < 2 or not (silent or context.topic in OF_EACH):
            return None
        alone = replace(context, second_occupation=None, further=())
        found = [reply(self._knowledge, replace(alone, occupation=id)) for id in ids]
        known = [one for one in found if not isinstance(one, Clarify)]
        return merged(known) if any(isinstance(one, Draft) for one in known) else None

    @staticmethod
    def _answered(found: Reply, context: Context) -> Context:
        """The context with the topic, the credential and the school that the answer led with: "why is that?" asks about
        it."""
        if not isinstance(found, Draft) or "comparison" in (found.topic, context.topic):
            return context
        if found.topic != context.topic and found.topic in TOPIC_INTENTS.values():
            context = replace(context, topic=found.topic, cues=())
        named = {s.scope.qualifier("credential") for s in found.headline.statements}
        one = named.pop() if len(named) == 1 else None
        if one and found.topic == "certification" and context.credential is None:
            context = replace(context, credential=one)
        schools = {s.scope.qualifier("school") for s in found.headline.statements}
        if context.school is None and len(schools) == 1 and (school := schools.pop()):
            of_schools = found.topic in ("programs", "education", "tuition")  # "do the credits count toward a degree"
            context = replace(context, school=school, credential=None if of_schools else context.credential)
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
        if self.reading.singled_out(context, turn) is not turn:
            return None  # "the one with less school, what does it pay": one question
        found, new = self._parts.replies(context, turn)
        if len(found) < 2 or not any(isinstance(part, Draft) for part in found):
            return None
        text, payload = self._renderer.answer(merged(found))
        gaps = [self._gap(part, new) for part in found if isinstance(part, NoSource)]
        return Outcome((text, payload), new, gaps[0] if gaps else None)

    def by_its_question(self, context: Context, turn: Turn, outcome: Outcome | None) -> Outcome | None:
        """The answer to the question of a message without what it tells beside it; None if the whole message got an
        answer (`outcome`), or its question gets none either."""
        asked = turn.alone
        if outcome is None:  # small talk; a long one tells much beside its question
            answered = turn.confidence >= SURE and len(turn.whole.split()) < LONG
        else:
            answered = outcome.message[1]["type"] not in REFUSALS
        if asked is None or answered:
            return None
        meant = self.reading.routed(context, self.reading.meant(context, asked), leaning=False)  # it must be clear
        if meant.intent not in (*TOPIC_INTENTS, *ABOUT_ANSWERS):
            return None
        found = self.about(context, meant) if meant.intent in ABOUT_ANSWERS else self._on(context, meant)
        return found if found.message[1]["type"] == "answer" else None

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

    def about(self, context: Context, turn: Turn) -> Outcome:
        """A question about the last answer: its source, its age, why sources differ, or more of it."""
        meant = self.reading.meant(context, turn)
        if meant.settled and meant.intent not in ABOUT_TOPIC:  # "compared to 2019?" asks for more than the age
            return self.topic(context, meant)
        if meant.settled:  # "can you explain that" asks for more
            turn = replace(turn, intent=meant.intent)
        if asked := self.reading.of_content(context, meant):
            return self.topic(context, asked)
        if turn.intent == "ask_more" and context.topic and (one := self._one_of_them(context, turn)):
            return one
        if turn.intent == "ask_currency" and then(context, turn):  # "what was it back in 2019?"
            return self.topic(context, turn.settled_as("follow_up"))
        context = self._differing_on(context, turn)
        if (context.topic or context.unanswered) is None or context.occupation is None:
            if turn.confidence >= SURE and not turn.kinds and (own := self._of_itself(context, turn)):
                return own
            routed = self.reading.routed(context, replace(turn, intent=FALLBACK))
            if routed.intent == UNCOVERED:
                return self.uncovered(context, routed)
            if routed.intent in TOPIC_INTENTS:
                return self.topic(context, routed)
            return self._of_itself(context, turn) or self._nothing_yet(context)
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
        near = self.reading.matches(occupation, vector, turn).by(self._knowledge.catalog.topic_of)
        like = near.get(context.topic or "", 0.0) >= SOMEWHAT
        return self._on(context, replace(turn, intent=f"ask_{context.topic}", settled=True)) if like else None

    def _differing_on(self, context: Context, turn: Turn) -> Context:
        """The context of "why do the numbers on growth differ?", "which source are the Ohio wages from?": that topic
        and place, whatever was talked of."""
        named = named_topic(_MAKES.sub(" ", beside_names(turn)), limit=None)
        if turn.intent == "ask_source":
            places = turn.values("place")
            elsewhere = named in FOLLOWED and (named != context.topic or (places and places[0] != context.place))
            return self._of_topic(context, turn, named) if named and elsewhere else context
        own = (cue for cue in turn.values("cue") if cue != WHY)  # what "why" alone asks for is none of the answer's
        cues = tuple(cue for cue in own if context.topic in topics_of_cues((cue,)))
        if turn.intent == "ask_disagreement" and cues and not set(cues) & set(context.cues):
            return replace(context, question=None, vector=None, cues=cues)  # "I read 13 percent", of headcounts
        if turn.intent != "ask_disagreement" or named is None or context.topic in (named, "comparison"):
            return context
        return self._of_topic(context, turn, named)

    def _of_topic(self, context: Context, turn: Turn, topic: str) -> Context:
        """The context as if a turn had asked for a topic, in no words of its own."""
        new = understand(context, replace(turn, intent=f"ask_{topic}"), self._settings.default_occupation)
        return replace(new, question=None, vector=None, cues=())

    def _disagreement(self, context: Context, found: Draft) -> Draft | None:
        """Why sources differ on what an answer leads with, or on what it says besides; on a figure that one source
        alone has for a place, on that of the whole country."""
        editions, topics = self._knowledge.catalog.editions, self._knowledge.catalog.topic_of
        differing = conversation.disagreement(conversation.contradicted(found, self._others(found)), editions)
        if differing is None and context.place is not None and context.second_place is None:
            country = reply(self._knowledge, replace(context, place=None, question=None, vector=None, cues=()))
            differing = conversation.disagreement(country, editions) if isinstance(country, Draft) else None
        beside = [p for p in found.points if p.statements and topics.get(p.statements[0].indicator) == found.topic]
        for said in (conversation.led_by(found, point) for point in beside[:COMPARED_POINTS]):
            if differing is not None:
                break
            differing = conversation.disagreement(conversation.contradicted(said, self._others(said)), editions)
        return differing or self._differing_in_topic(context, found) or self._differing_of_stand_in(context)

    def _differing_of_stand_in(self, context: Context) -> Draft | None:
        """The same of the occupation that some sources hold to be the one talked of."""
        other = self._knowledge.catalog.stood_in.get(context.occupation or "")
        if other is None or context.second_occupation:
            return None
        alike = replace(context, occupation=other)
        found = reply(self._knowledge, alike)
        differing = self._disagreement(alike, found) if isinstance(found, Draft) else None
        return replace(differing, occupation=context.occupation) if differing else None

    def _differing_in_topic(self, context: Context, found: Draft) -> Draft | None:
        """What sources choose differently in the topic of an answer that does not say it itself: whether an employer
        may ask for certification, after what certification is."""
        catalog = self._knowledge.catalog
        if found.topic not in catalog.topics or found.topic in FOLLOWED or context.second_occupation:
            return None
        asked = (found.topic, *ALSO_SAID_IN.get(found.topic, ()))
        desk = Desk(self._knowledge, replace(context, topic=found.topic, question=None, vector=None, cues=()))
        of_topic = tuple(indicator for topic in asked for indicator in catalog.topics[topic].indicators)
        _, others = disagreements(desk, desk.ask(of_topic))
        if not others:
            return None
        indicators = {statement.indicator for line in others for statement in line.statements}
        first = next((f for f in desk.ask(tuple(indicators)).findings if f.differing), None)
        if first is None:
            return None
        said = conversation.led_by(found, said_of(desk, first))
        own = tuple(line for line in others if line.statements[0] in first.differing)
        return conversation.disagreement(replace(said, others=own), catalog.editions)

    def _others(self, draft: Draft) -> dict[str, tuple[Other, ...]]:
        """What other editions say of the headline's statements."""
        found = ((s.id, self._knowledge.evidence(s.id)) for s in draft.headline.statements[:COMPARED])
        return {id: evidence.others for id, evidence in found if evidence is not None}

    def talk(self, context: Context, turn: Turn) -> Outcome | None:
        """A message that sounds like small talk or out of scope: its answer if the conversation or a near statement
        says that it is a question after all ("who runs it?" after a credential); else None."""
        if asking_back.let_down(turn.text):
            return self._let_down(context)
        if turn.intent == "goodbye" and asking_back.takes_leave(turn.whole):
            return None
        if context.topic and not turn.values("occupation") and asking_back.complains(turn.text):
            return self._missed(context, asking_back.MISSED, self._likely_questions(context, turn))
        meant = self.reading.routed(context, self.reading.meant(context, turn))
        if meant.intent == turn.intent:
            leans = context.topic is not None and turn.confidence < SURE
            topic = topic_of_cues(turn.values("cue"), {context.topic or "": 1.0}) if leans else None
            return self.topic(context, replace(turn, intent=f"ask_{topic}", settled=True)) if topic else None
        return self.about(context, meant) if meant.intent in ABOUT_TOPIC else self.topic(context, meant)

    def uncovered(self, context: Context, turn: Turn) -> Outcome:
        """A question of the domain that sources seldom answer: a gap, unless they do after all."""
        routed = self.reading.routed(context, self.reading.meant(context, turn))
        if routed.intent in ABOUT_TOPIC:
            return self.about(context, routed)
        if routed.intent != UNCOVERED:
            return self._on(context, routed)
        turn = routed
        if job := unknown_job(turn):
            return self._said(NoSource(likely_topic(turn), None, f"“{job}” as an occupation", (), "job"), context)
        new = understand(context, replace(turn, intent="follow_up"), self._settings.default_occupation)
        named = {m.value for m in turn.mentions if m.kind == "occupation" and not m.candidates}
        asked = replace(
            new,
            topic=likely_topic(turn),
            occupation=named.pop()
            if len(named) == 1
            else new.occupation,  # not set against the last, as in a follow-up
            question=turn.text,
            vector=turn.vector,
            cues=turn.values("cue"),
            pending=(),
        )
        return self._without_source(context, asked, of_credential=bool(turn.values("credential")))

    def _without_source(
        self, context: Context, asked: Context, *, of_credential: bool = False, doubted: bool = False
    ) -> Outcome:
        """That no source covers a question, which stays the last one; its topic is from now on that of what is shown
        instead, else what was talked of before (`context`). `doubted`: there was an answer, which was not believed."""
        found = missing(self._knowledge, asked, doubted=doubted)
        figures = asked.topic if asked.topic in FOLLOWED else None  # "ok then now?" after pay in the future
        told = [self._knowledge.catalog.topic_of.get(one.indicator) for line in found.nearby for one in line.statements]
        topic = "certification" if of_credential else next(iter(told), None) or context.topic or figures
        return self._said(found, replace(asked, topic=topic, unanswered=asked.topic))

    def _asked_again(self, context: Context, turn: Turn) -> Outcome:
        """The question that had no answer, of another name: answered if a source does for that one."""
        asked = repeated(context, turn, self._settings.default_occupation)
        vector = unpack(asked.vector) if asked.vector else None
        occupation = asked.occupation or self._settings.default_occupation
        near = self.reading.matches(occupation, vector, turn) if vector is not None else Matches()
        target = answered_by(near)
        if target is not None:
            new = replace(asked, topic=self._knowledge.catalog.topic_of.get(target.indicator, asked.topic))
            found = reply(self._knowledge, new)
            if isinstance(found, Draft):
                return self._said(found, self._answered(found, new))
        return self._without_source(context, asked)

    def unsure(self, context: Context, turn: Turn) -> Outcome:
        """Not understood: a statement that is near; else the same question of what it names; else the two likeliest
        readings as buttons, then a person."""
        if asking_back.let_down(turn.text):
            return self._let_down(context)
        routed = self.reading.routed(context, self.reading.meant(context, turn))
        if routed.intent in ABOUT_TOPIC:
            return self.about(context, routed)
        if routed.intent != turn.intent and (routed.intent in TOPIC_INTENTS or routed.intent == "follow_up"):
            return self.topic(context, routed)
        if routed.intent == UNCOVERED:
            return self.uncovered(context, turn)
        topic = topic_of_cues(turn.values("cue"), {context.topic: 1.0}) if context.topic else None
        if topic:
            return self.topic(context, replace(turn, intent=f"ask_{topic}"))
        asks = asks_something_else(turn)  # "is Fresno safe", which is not the last question
        if context.topic and routed.kinds & NAMED and len(turn.text.split()) <= SHORT and not asks:
            # "and cashiers like me?"
            return self.topic(context, routed.settled_as("follow_up"))
        told = self.noted(context, turn)
        return self._missed(told, asking_back.UNSURE, self._likely_questions(told, turn))

    def noted(self, context: Context, turn: Turn) -> Context:
        """The context after a message that gets no answer (noted.py): of the names that it asks about, not tells of."""
        try:
            return noted(context, self.reading.told(turn))
        except KnowledgeError as error:  # the knowledge base cannot be read
            logger.error("%s", error)
            return context

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

    def is_outside(self, context: Context, turn: Turn) -> bool:
        """Whether a first message that was not understood is most likely out of scope: it names nothing that is known,
        and no known question is near to it."""
        likeliest = next((intent for intent, _ in turn.ranking if intent != FALLBACK), None)
        if likeliest != OUT_OF_SCOPE or turn.kinds - {"cue"} or turn.parts or context.topic or context.pending:
            return False
        return self.reading.routed(context, self.reading.meant(context, turn)).intent == FALLBACK

    def outside(self, context: Context, turn: Turn) -> Outcome | None:
        """Out of scope for the second time in a row: a person. None for the first, which the domain's response answers
        (the action counts it)."""
        new = replace(self.noted(context, turn), misses=context.misses + 1)
        if new.misses < asking_back.PATIENCE:
            return None
        return Outcome(asking_back.outside(START_SUGGESTIONS, self._settings.contact), new)

    def foreign(self, context: Context, language: str) -> Outcome:
        """A message in another language: that only English is understood so far."""
        text = (
            f"That looks like {language} to me. I only understand English so far, sorry. "
            f"Please ask me in English, or ask "
            f"{self._settings.contact}."
        )
        return Outcome(uncited("smalltalk", text, START_SUGGESTIONS), context)

    def handoff(self, context: Context, turn: Turn) -> Outcome:
        """A person to talk to."""
        context = replace(self.noted(context, turn), misses=0)
        text = f"Of course. You can reach a person at {self._settings.contact}."
        return Outcome(uncited("handoff", text), context)

    def failure(self, context: Context) -> Outcome:
        """The knowledge base cannot be read: say so, lose nothing."""
        text = (
            "I can't look that up right now: my knowledge base is not available. Please try again in a minute, or ask "
            f"{self._settings.contact}."
        )
        _, payload = uncited("handoff", text)
        return Outcome((text, {**payload, "failure": True}), context)

    def _names(self, context: Context) -> tuple[str, str]:
        id = context.occupation or self._settings.default_occupation
        known = self._knowledge.catalog.occupations[id]
        return known.plural, known.name

    def _of_itself(self, context: Context, turn: Turn) -> Outcome | None:
        """ "How recent is your data?", before anything was answered: what the sources are as a whole."""
        message = about_itself.reply(turn.intent, self._knowledge.catalog.editions, START_SUGGESTIONS)
        return Outcome(message, replace(context, misses=0)) if message else None

    def _nothing_yet(self, context: Context) -> Outcome:
        return self._missed(context, asking_back.NOTHING_YET, ())

    def _no_more(self, found: Draft, context: Context) -> Outcome:
        text = "That is all that my sources say on this. You can ask about something else."
        suggestions = [s for s in found.suggestions if s != conversation.MORE]
        return Outcome(uncited("smalltalk", text, suggestions), context)

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


def mentions_of(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [entity for entity in message.get("entities") or [] if entity.get("extractor") == "KnowledgeEntities"]
