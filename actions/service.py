"""A turn of the conversation -> the reply and the new context. What the rasa-sdk actions call; no rasa-sdk here."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import Any

from actions import conversation
from actions.answering import NEXT, clarify, missing, question, reply
from actions.asking import topic_of_cues
from actions.context import TOPIC_INTENTS, Ambiguity, Context, ambiguity, in_context, understand
from actions.draft import Clarify, Draft, NoSource, Reply
from actions.payload import Message, Renderer
from actions.relevance import stems
from actions.routing import NEAR, SURE, UNCOVERED, route
from actions.turn import Mention, Turn
from knowledge.embedding import unpack
from knowledge.importers.titles import slug
from knowledge.query import KnowledgeBase
from settings import Settings
from state.gaps import Gap

logger = logging.getLogger(__name__)
ABOUT_TOPIC = frozenset(("ask_source", "ask_disagreement"))  # what "why?" may turn out to mean
VERY_NEAR = 0.74  # a cosine at which a statement says what was asked, whatever the classifier thinks
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

    def warm_up(self) -> None:
        """Open the knowledge base and read the occupations known in depth."""
        for occupation in self._knowledge.catalog.occupations.values():
            if occupation.depth == "facts":
                self._knowledge.statements(occupation.id, "duties.task")

    @property
    def _renderer(self) -> Renderer:
        return Renderer(self._knowledge.catalog.editions, lambda path: f"{self._settings.public_url}{path}")

    def topic(self, context: Context, turn: Turn) -> Outcome:
        """A question on a topic, or one that follows up on the last."""
        turn = self.routed(context, in_context(context, self._settled(context, turn)))
        if turn.intent in ABOUT_TOPIC:
            return self.about(context, turn)
        unclear = ambiguity(context, turn)
        new = understand(context, turn, self._settings.default_occupation)
        if unclear is not None:
            return self._unclear(context, new, unclear)
        if new.topic is None:
            return self.unsure(context, turn)
        found = reply(self._knowledge, new)
        return self._said(found, new)

    def routed(self, context: Context, turn: Turn) -> Turn:
        """The turn with a second thought on its topic (routing.py)."""
        vector = unpack(turn.vector) if turn.vector else None
        if vector is None:
            return turn
        occupations = turn.values("occupation") or (context.occupation or self._settings.default_occupation,)
        near = self._knowledge.nearest_by_topic(occupations[0], vector)
        credentials = turn.values("credential")
        return route(turn, {"certification": NEAR} if credentials and not near else near)

    def _unclear(self, context: Context, new: Context, unclear: Ambiguity) -> Outcome:
        """Ask back. The question waits in the context, without the unclear name, for the answer."""
        kept = (
            replace(new, pending=unclear.candidates, occupation=context.occupation)
            if unclear.kind == "occupation"
            else replace(new, pending=unclear.candidates, place=context.place)
        )
        return self._said(clarify(self._knowledge, new, unclear), kept)

    def _settled(self, context: Context, turn: Turn) -> Turn:
        """A turn that answers a question back, with the candidate that it names: "the one in Missouri", "pharmacy"."""
        if not context.pending:
            return turn
        catalog = self._knowledge.catalog
        words = stems(turn.text)
        states = turn.values("place")
        for id in context.pending:
            place, occupation = catalog.places.get(id), catalog.occupations.get(id)
            if place is not None and (place.parent in states or id in states):
                return replace(turn, intent="follow_up", mentions=(Mention("place", id),))
            if occupation is not None and words & stems(occupation.name):
                return replace(turn, intent="follow_up", mentions=(Mention("occupation", id),))
        return turn

    def about(self, context: Context, turn: Turn) -> Outcome:
        """A question about the last answer: its source, its age, why sources differ, or more of it."""
        if context.topic is None or context.occupation is None:
            return self._nothing_yet(context)
        found = reply(self._knowledge, context)
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
            differing = conversation.disagreement(found, editions)
            return self._said(differing or conversation.agreement(found, editions), context)
        return self._said(conversation.sources(shown, editions), context)

    def talk(self, context: Context, turn: Turn) -> Outcome | None:
        """A message that sounds like small talk or out of scope: its answer if the conversation or a near statement
        says that it is a question after all ("who runs it?" after a credential); else None."""
        meant = self.routed(context, in_context(context, self._settled(context, turn)))
        if meant.intent == turn.intent:
            likely = {context.topic: 1.0} if context.topic else {}
            topic = topic_of_cues(turn.values("cue"), likely) if turn.confidence < SURE else None
            return self.topic(context, replace(turn, intent=f"ask_{topic}")) if topic else None
        return self.about(context, meant) if meant.intent in ABOUT_TOPIC else self.topic(context, meant)

    def uncovered(self, context: Context, turn: Turn) -> Outcome:
        """A question of the domain that sources seldom answer: a statement that is very near; else a gap."""
        topic = topic_of_cues(turn.values("cue"), {TOPIC_INTENTS[i]: c for i, c in turn.ranking if i in TOPIC_INTENTS})
        if topic in ("pay", "outlook") and not turn.values("foreign"):
            return self.topic(context, replace(turn, intent=f"ask_{topic}"))
        new = understand(context, replace(turn, intent="follow_up"), self._settings.default_occupation)
        vector = unpack(turn.vector) if turn.vector else None
        if vector is not None and new.occupation:
            near = self._knowledge.nearest_by_topic(new.occupation, vector)
            best = max(near, key=lambda topic: near[topic], default=None)
            if best and near[best] >= VERY_NEAR:
                return self.topic(context, replace(turn, intent=f"ask_{best}"))
        topic = next((TOPIC_INTENTS[intent] for intent, _ in turn.ranking if intent in TOPIC_INTENTS), "definition")
        asked = replace(new, topic=topic, question=turn.text, vector=turn.vector, cues=turn.values("cue"), pending=())
        found = missing(self._knowledge, asked)
        if not isinstance(found, NoSource):
            return self._said(found, asked)
        return self._said(found, replace(asked, topic=context.topic))

    def unsure(self, context: Context, turn: Turn) -> Outcome:
        """Not understood: a statement that is near; else the two likeliest readings as buttons, then a person."""
        routed = self.routed(context, in_context(context, self._settled(context, turn)))
        if routed.intent in ABOUT_TOPIC:
            return self.about(context, routed)
        if routed.intent != turn.intent and (routed.intent in TOPIC_INTENTS or routed.intent == "follow_up"):
            return self.topic(context, routed)
        if routed.intent == UNCOVERED:
            return self.uncovered(context, turn)
        topic = topic_of_cues(turn.values("cue"), {context.topic: 1.0}) if context.topic else None
        if topic:
            return self.topic(context, replace(turn, intent=f"ask_{topic}"))
        plural, name = self._names(context)
        likely = [
            TOPIC_INTENTS[intent]
            for intent, _ in turn.ranking
            if intent in TOPIC_INTENTS and TOPIC_INTENTS[intent] in NEXT
        ]
        options = [question(topic, plural, name) for topic in likely[:2]]
        text = "I'm not sure that I understood. Did you mean one of these? You can also ask me in other words."
        payload = {"type": "clarify", "headline": text, "citations": [], "suggestions": [*options, "Talk to a person"]}
        return Outcome((text, payload), context)

    def handoff(self, context: Context) -> Outcome:
        """A person to talk to."""
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
        text = "I haven't told you anything yet that this could be about. What would you like to know?"
        return Outcome(
            (text, {"type": "clarify", "headline": text, "citations": [], "suggestions": list(START_SUGGESTIONS)}),
            context,
        )

    def _no_more(self, found: Draft, context: Context) -> Outcome:
        text = "That is all that my sources say on this. You can ask about something else."
        suggestions = [s for s in found.suggestions if s != "Tell me more"]
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
            question_text=context.question,
        )


def mentions_of(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [entity for entity in message.get("entities") or [] if entity.get("extractor") == "KnowledgeEntities"]
