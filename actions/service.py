"""A turn of the conversation -> the reply and the new context. What the rasa-sdk actions call; no rasa-sdk here."""
from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from actions import conversation
from actions.answering import NEXT, clarify, question, reply
from actions.context import TOPIC_INTENTS, Ambiguity, Context, Turn, ambiguity, understand
from actions.draft import Clarify, Draft, NoSource, Reply
from actions.payload import Message, Renderer
from knowledge.gaps import Gap
from knowledge.importers.titles import slug
from knowledge.query import KnowledgeBase
from settings import Settings

logger = logging.getLogger(__name__)
START_SUGGESTIONS = (
    "What do medical records technicians do?", "How much do medical records technicians earn?",
    "Which certifications do medical records technicians need?")


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
        unclear = ambiguity(context, turn)
        new = understand(context, turn, self._settings.default_occupation)
        if unclear is not None:
            return self._unclear(context, new, unclear)
        if new.topic is None:
            return self.unsure(context, turn)
        found = reply(self._knowledge, new)
        return self._said(found, new)

    def _unclear(self, context: Context, new: Context, unclear: Ambiguity) -> Outcome:
        return self._said(clarify(self._knowledge, new, unclear), replace(context, topic=new.topic))

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
            return self._said(conversation.currency(shown, editions, date.today().isoformat()), context)
        if turn.intent == "ask_disagreement":
            differing = conversation.disagreement(found, editions)
            return self._said(differing or conversation.agreement(found, editions), context)
        return self._said(conversation.sources(shown, editions), context)

    def unsure(self, context: Context, turn: Turn) -> Outcome:
        """Not understood: the two likeliest readings as buttons, then a person; never a guess."""
        plural, name = self._names(context)
        likely = [TOPIC_INTENTS[intent] for intent, _ in turn.ranking if intent in TOPIC_INTENTS and TOPIC_INTENTS[intent] in NEXT]
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
        text = ("I can't look that up right now: my knowledge base is not available. Please try again in a minute, or ask "
                f"{self._settings.contact}.")
        return Outcome((text, {"type": "handoff", "headline": text, "citations": [], "suggestions": [], "failure": True}), context)

    def _names(self, context: Context) -> tuple[str, str]:
        id = context.occupation or self._settings.default_occupation
        known = self._knowledge.catalog.occupations[id]
        return known.plural, known.name

    def _nothing_yet(self, context: Context) -> Outcome:
        text = "I haven't told you anything yet that this could be about. What would you like to know?"
        return Outcome((text, {"type": "clarify", "headline": text, "citations": [], "suggestions": list(START_SUGGESTIONS)}), context)

    def _no_more(self, found: Draft, context: Context) -> Outcome:
        text = "That is all that my sources say on this. You can ask about something else."
        suggestions = [s for s in found.suggestions if s != "Tell me more"]
        return Outcome((text, {"type": "smalltalk", "headline": text, "citations": [], "suggestions": suggestions}), context)

    def _said(self, found: Reply, context: Context) -> Outcome:
        renderer = self._renderer
        if isinstance(found, Draft):
            return Outcome(renderer.answer(found), context)
        if isinstance(found, Clarify):
            return Outcome(renderer.clarify(found), context)
        return Outcome(renderer.no_source(found, self._settings.contact), context, self._gap(found, context))

    @staticmethod
    def _gap(found: NoSource, context: Context) -> Gap:
        return Gap(topic=found.topic or "", occupation=found.occupation or "", place=context.place or context.foreign or "",
                   credential=context.credential or "", detail=slug(found.detail), question_text=context.question)


def mentions_of(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [entity for entity in message.get("entities") or [] if entity.get("extractor") == "KnowledgeEntities"]
