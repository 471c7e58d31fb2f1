"""The answer to a message that asks several things: each part as it is meant after those before it."""

from __future__ import annotations

import re
from dataclasses import replace

from actions import wording
from actions.answering import missing, reply
from actions.context import TOPIC_INTENTS, Context, ambiguity, understand
from actions.draft import THAT_QUESTION, Clarify, Draft, NoSource, Reply
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
from actions.routing import FALLBACK, UNCOVERED
from actions.said_there import only_place
from actions.short_questions import HOW_MUCH
from actions.turn import Mention, Turn
from actions.understanding import CERTAIN, Understanding, hinted, likely_topic
from knowledge.query import KnowledgeBase
from knowledge.scope import COUNTRY

QUOTED = 80  # characters of a part of a message that the reply repeats
_THAT_PAYS = re.compile(r"\b(?:that|those|these|they|it|them)\b", re.I)
# "would I need a degree for that", "how long is the school to be one": of the job that one moves up to
_FOR_THAT = re.compile(
    r"\b(?:for|to (?:do|be(?:come)?|get(?: to)?)|into|as) (?:that|it|this|those|one|them|there)\b(?=\W*$)"
    r"|^\W*(?:and |so )?(?:does|would|will) (?:that|this|it) (?:take|need|require|mean)\b"
    r"|\bis (?:that|it)\W*$",
    re.I,
)
_OF_STEPS = frozenset(("ask_education", "ask_how_to_become", "ask_certification", "ask_experience"))
# asked of an answer or of the assistant, where one of several questions is more likely to be of the job
OF_ANSWERS = frozenset(("ask_disagreement", "ask_more", "ask_capabilities", "out_of_scope", FALLBACK))
# "no degree? are you sure": doubts what was said, and is no question of its own
_DOUBTS = re.compile(
    r"^\W*(?:(?:are|r) (?:you|u|ya) (?:\w+ly )?(?:sure|certain|serious|positive)(?: about (?:that|this|it))?|really"
    r"|for real|seriously|is that (?:right|true|so|for real)|you sure)\W*$",
    re.I,
)
ASKING = frozenset((*TOPIC_INTENTS, "follow_up", UNCOVERED))


class Parts:
    """Answers the parts of messages from one knowledge base, read by `reading`."""

    def __init__(self, knowledge: KnowledgeBase, reading: Understanding) -> None:
        self._knowledge = knowledge
        self._reading = reading

    def replies(self, context: Context, turn: Turn) -> tuple[list[Draft | NoSource], Context]:
        """What is said to each part that asks something of its own, and the context after the last of them."""
        found: list[Draft | NoSource] = []
        about: dict[tuple[object, ...], None] = {}
        spoken, context = context.topic is not None, about_whole(context, self._reading.chosen(context, turn))
        default = self._reading.default
        hint = default if default in hinted(turn) else None  # "no experience, which coding cert"
        told = self._reading.told(turn)
        outside = around(told)
        last: Context | None = None
        left: tuple[str, ...] = ()
        aim: str | None = None  # the job that the question before asks about moving up to
        for part in turn.parts:
            if found and isinstance(found[-1], NoSource) and HOW_MUCH.match(part.text):
                continue  # "holiday pay for nurses, how much": of what no source says
            if _DOUBTS.match(part.text):
                continue
            if found:
                part = of_school(context, part)
            else:
                part = of_two(told, of_named(context, turn, part, hint, self._reading.holds))
            answered = bool(found) and isinstance(found[-1], Draft)
            # on what no source answers nothing leans
            leaning = answered if found and (answered or not spoken) else None
            meant = note(part) or (beforehand(context, part) if answered else None)
            meant = meant or (again(context, part) if found else None)
            meant = meant or self._of_part(context, part, leaning)
            meant = self._of_knowledge(context, by_cue(meant, context) if answered else meant)
            meant = there(meant, outside, turn.parts)
            if found:
                meant = self._of_next_step(meant, found[-1], aim)
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
            aim = next((id for id in part.values("occupation") if id != new.occupation), None)
            if isinstance(said, NoSource) and said.what == THAT_QUESTION:  # say which of the parts
                said = replace(said, what=f"“{wording.shorten(part.text.strip(' ?.!,'), QUOTED)}”")
            if isinstance(said, NoSource) and part.vector:
                left = (said.topic or likely_topic(part), part.text, part.vector)
            found.append(said)
            last = new if isinstance(said, Draft) else last
        return found, replace(self._talked_of(context, last), left=left)

    def _talked_of(self, context: Context, answered: Context | None) -> Context:
        """The context after all parts. Where the last asks of a job that only statistics know, "they" are afterwards
        those of which a part was answered: "do coders talk to doctors, or is that the receptionist?"."""
        aside = context.occupation and not self._reading.in_depth(context.occupation)
        if not aside or answered is None or not answered.occupation or not self._reading.in_depth(answered.occupation):
            return context
        return replace(answered, recent=context.recent)

    def _of_part(self, context: Context, part: Turn, leaning: bool | None) -> Turn:
        """One of several questions as it is meant after those before it."""
        meant = self._reading.meant(context, part)
        if leaning is False and meant.intent == "ask_pay" and is_their_pay(context, meant):
            return meant
        return self._reading.routed(context, meant, leaning=leaning)

    def _of_knowledge(self, context: Context, part: Turn) -> Turn:
        """A part that is taken for talk, or for a question about an answer, as the question of the knowledge that it
        is, or as one that no source answers: what is asked is answered or named, not passed over."""
        if part.intent not in OF_ANSWERS and (part.intent in ASKING or part.confidence >= CERTAIN):
            return part
        found = self._reading.routed(context, replace(part, intent=FALLBACK), leaning=False)
        return replace(found, intent=UNCOVERED) if found.intent == FALLBACK else found

    def _of_next_step(self, turn: Turn, before: Draft | NoSource, aim: str | None) -> Turn:
        """ "... and how much does that pay?" or "would I need a degree for that?" after what one can become: asked of
        that. `aim`: the job that the question before names, if it is not the one that was answered of."""
        if not isinstance(before, Draft) or before.topic != "advancement" or turn.values("occupation"):
            return turn
        pay = turn.intent == "ask_pay" and _THAT_PAYS.search(turn.text)
        if not pay and not (aim and turn.intent in _OF_STEPS and _FOR_THAT.search(turn.text)):
            return turn
        steps = [s.item for line in (before.headline, *before.points) for s in line.statements]
        steps += [s.item for s in self._knowledge.statements(before.occupation or "", "advancement.role")]
        known = next((item for item in (aim, *steps) if item in self._knowledge.catalog.occupations), None)
        return replace(turn, mentions=(*turn.mentions, Mention("occupation", known))) if known else turn

    def _part(self, context: Context, turn: Turn) -> tuple[Reply, Context]:
        if turn.intent == UNCOVERED:
            new = understand(context, replace(turn, intent="follow_up"), self._reading.default)
            asked = replace(new, topic=likely_topic(turn), question=turn.text, vector=turn.vector)
            return missing(self._knowledge, asked), new
        if only_place(context, turn):  # of several questions, the one that is about a place
            turn = turn.settled_as("ask_pay")
        new = understand(context, turn, self._reading.default)
        if context.school and not new.school and new.topic in OF_SCHOOLS and new.occupation == context.occupation:
            new = replace(new, school=context.school)
        if new.school and new.school == context.school and new.topic in OF_SCHOOLS and not new.level:
            new = replace(new, level=context.level)  # "does Herzing have the associate online, and how long is it?"
        return reply(self._knowledge, replace(new, topic=new.topic or "definition")), new
