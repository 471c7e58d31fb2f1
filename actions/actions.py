"""The rasa-sdk actions: thin edges around service.py. One a topic, a few about the conversation."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.engine import Engine

import settings
from actions.context import TOPIC_INTENTS, Context
from actions.routing import OUT_OF_SCOPE
from actions.service import Outcome, Service, mentions_of
from actions.stories import question_of
from actions.turn import Described, Mention, Picked, Turn
from knowledge.errors import KnowledgeError
from knowledge.query import KnowledgeBase
from state.errors import StateError
from state.gaps import Gap, open_state, record_gap
from state.threads import Threads

logger = logging.getLogger(__name__)
Step = TypeVar("Step", Outcome, "Outcome | None")
GAP_SECONDS = 0.7  # what an answer waits for its gap to be recorded; slower, it is recorded afterwards


@lru_cache(maxsize=1)
def service() -> Service:
    """Made on the first call, not at import: loading this module has no side effects."""
    config = settings.load()
    return Service(KnowledgeBase(config.knowledge_url), config)


@lru_cache(maxsize=1)
def _state() -> Engine:
    return open_state(settings.load().state_url)


def open_gaps() -> None:
    """Open the database in which gaps are recorded. Raises StateError."""
    _state()


@lru_cache(maxsize=1)
def _threads() -> Threads:
    return Threads(count=4)


def turn_of(tracker: Tracker) -> Turn:
    """The latest message as the NLU pipeline understood it."""
    message = tracker.latest_message
    parts = tuple(turn_of_message(part) for part in message.get("waymark_parts") or ())
    picked = _picked(message.get("waymark_picked") or ())
    alone = next((turn_of_message(one) for one in message.get("waymark_alone") or ()), None)
    described = _described(message.get("waymark_described") or ())
    return replace(turn_of_message(message), parts=parts, picked=picked, alone=alone, described=described)


def _picked(found: Sequence[dict[str, Any]]) -> Picked | None:
    """The one of several that a message picks out, as the pipeline gives it."""
    if not found:
        return None
    asked, *like = found
    return Picked(turn_of_message(asked), str(asked["phrase"]), like[0].get("waymark_vector") if like else None)


def _described(found: Sequence[dict[str, Any]]) -> Described | None:
    """The job that a message describes by its work, as the pipeline gives it."""
    if not found or not found[0].get("waymark_vector"):
        return None
    work, *questions = found
    question = next((turn_of_message(one) for one in questions), None)
    return Described(str(work["waymark_vector"]), tuple(map(str, work.get("not") or ())), question)


def turn_of_message(message: dict[str, Any]) -> Turn:
    """A message as the pipeline gives it."""
    intent = message.get("intent") or {}
    mentions = tuple(_mention(entity) for entity in mentions_of(message))
    ranking = tuple((str(item["name"]), float(item["confidence"])) for item in message.get("intent_ranking") or [])
    said = str(message.get("waymark_meant") or message.get("text") or "")
    asked = message.get("waymark_asked")
    return Turn(
        str(intent.get("name")),
        question_of(said, *asked) if asked else said,
        mentions,
        float(intent.get("confidence") or 0),
        ranking,
        message.get("waymark_vector"),
        named=message.get("topic"),
        bare=bool(message.get("bare")),
        told=tuple(_mention(entity) for entity in message.get("waymark_told") or ()),
        story=said if asked else None,
    )


def _mention(entity: dict[str, Any]) -> Mention:
    return Mention(
        str(entity["entity"]),
        str(entity["value"]),
        tuple(entity.get("candidates") or ()),
        int(entity.get("start") or 0),
        int(entity.get("end") or 0),
    )


async def _record(gap: Gap, sender: str) -> None:
    """Record a gap off the event loop. A gap that cannot be stored at once is logged; the student's answer stands."""
    config = settings.load()
    try:
        await _threads().run(
            lambda: record_gap(_state(), gap, keep_text=config.gap_text, conversation_id=sender), GAP_SECONDS
        )
    except StateError as error:
        logger.error("gap not recorded (%s/%s): %s", gap.topic, gap.detail, error)


async def _run(
    step: Callable[[Service, Context, Turn], Outcome], dispatcher: CollectingDispatcher, tracker: Tracker
) -> list[Any]:
    context, turn = Context.from_slots(tracker.slots), turn_of(tracker)
    try:
        outcome = service().whole(lambda s: _several(s, context, turn) or _stepped(s, step, context, turn))
    except KnowledgeError as error:
        logger.error("%s", error)
        outcome = service().failure(context)
    return await _say(outcome, context, dispatcher, tracker)


def _understood(context: Context, turn: Turn) -> Outcome | None:
    """The answer to a message that sounds like talk, if it is a question after all."""
    try:
        return service().whole(lambda s: _several(s, context, turn) or _stepped(s, Service.talk, context, turn))
    except KnowledgeError as error:
        logger.error("%s", error)
        return None


def _stepped(service: Service, step: Callable[[Service, Context, Turn], Step], context: Context, turn: Turn) -> Step:
    """What a step gives, or else the answer to the question of the message alone."""
    outcome = step(service, context, turn)
    return service.by_its_question(context, turn, outcome) or outcome


def _several(service: Service, context: Context, turn: Turn) -> Outcome | None:
    return service.several(context, turn) if turn.parts else None


async def _say(outcome: Outcome, context: Context, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Any]:
    text, payload = outcome.message
    dispatcher.utter_message(text=text, json_message=payload)
    if outcome.gap is not None:
        await _record(outcome.gap, tracker.sender_id)
    return _changed(context, outcome.context)


async def _outside(context: Context, turn: Turn, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Any]:
    """The domain's response to what is out of scope; a person for the second such message in a row."""
    outcome = service().outside(context, turn)
    if outcome is not None:
        return await _say(outcome, context, dispatcher, tracker)
    dispatcher.utter_message(response=f"utter_{OUT_OF_SCOPE}")
    return _changed(context, replace(service().noted(context, turn), misses=context.misses + 1))


def _is_outside(context: Context, turn: Turn) -> bool:
    """Whether a message that was not understood is out of scope."""
    try:
        return service().whole(lambda s: s.is_outside(context, turn))
    except KnowledgeError as error:
        logger.error("%s", error)
        return False


def _changed(before: Context, after: Context) -> list[Any]:
    """The slots that differ."""
    slots = before.to_slots()
    return [SlotSet(name, value) for name, value in after.to_slots().items() if value != slots[name]]


class _TopicAction(Action, ABC):
    """Answers a question on the topic of the latest message, or a follow-up on the last one."""

    @abstractmethod  # abstract: rasa-sdk registers every other subclass of Action
    def name(self) -> str: ...

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        return await _run(Service.topic, dispatcher, tracker)


class _AboutAction(Action, ABC):
    """Answers a question about the last answer."""

    @abstractmethod  # abstract: rasa-sdk registers every other subclass of Action
    def name(self) -> str: ...

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        return await _run(Service.about, dispatcher, tracker)


def _named(base: type[Action], name: str) -> type[Action]:
    """An action class of its own for rasa-sdk, which finds actions by class."""
    title = "".join(part.title() for part in name.split("_"))
    return type(title, (base,), {"name": lambda self: name, "__module__": __name__, "__doc__": base.__doc__})


TOPIC_ACTIONS = tuple(_named(_TopicAction, f"action_answer_{TOPIC_INTENTS[intent]}") for intent in TOPIC_INTENTS)
ABOUT_ACTIONS = tuple(
    _named(_AboutAction, f"action_{name}") for name in ("more", "sources", "currency", "disagreement")
)


class ActionFollowUp(_TopicAction):
    """ "And for nurses?": the last topic with what the message changes."""

    def name(self) -> str:
        return "action_follow_up"


class ActionUncovered(Action):
    """A question of the domain that no source is likely to answer."""

    def name(self) -> str:
        return "action_uncovered"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        return await _run(Service.uncovered, dispatcher, tracker)


class ActionUnsure(Action):
    """The message was not understood, or is most likely small talk."""

    def name(self) -> str:
        return "action_unsure"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        context, turn = Context.from_slots(tracker.slots), turn_of(tracker)
        if _is_outside(context, turn):
            return await _outside(context, turn, dispatcher, tracker)
        return await _run(Service.unsure, dispatcher, tracker)


class ActionHandoff(Action):
    """The student wants a person."""

    def name(self) -> str:
        return "action_handoff"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        return await _run(lambda s, *said: s.talk(*said) or s.handoff(*said), dispatcher, tracker)


class ActionTalk(Action):
    """Small talk and what is out of scope: the domain's response, unless the conversation shows a question in it."""

    def name(self) -> str:
        return "action_talk"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        context, turn = Context.from_slots(tracker.slots), turn_of(tracker)
        if language := tracker.latest_message.get("waymark_language"):
            return await _say(service().foreign(context, str(language)), context, dispatcher, tracker)
        outcome = _understood(context, turn)
        if outcome is not None:
            return await _say(outcome, context, dispatcher, tracker)
        if turn.intent == OUT_OF_SCOPE:
            return await _outside(context, turn, dispatcher, tracker)
        dispatcher.utter_message(response=f"utter_{turn.intent}")
        return _changed(context, replace(service().noted(context, turn), misses=0))


class ActionStartOver(Action):
    """Forgets what the conversation was about."""

    def name(self) -> str:
        return "action_start_over"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
        context, turn = Context.from_slots(tracker.slots), turn_of(tracker)
        outcome = _understood(context, turn)  # "the other one again", "the bottom?" after a figure of pay
        if outcome is not None:
            return await _say(outcome, context, dispatcher, tracker)
        dispatcher.utter_message(response="utter_start_over")
        return _changed(context, Context())
