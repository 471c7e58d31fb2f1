"""Rasa component: the intent of a short message in its conversation, where the words alone say too little.

"how long?" asks for the length of the schooling after an answer on schooling, and how long a credential is valid after
one on a credential. A logistic regression learns it from data/follow_ups; what it finds is weighed with what the
classifier of single messages found (`both`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import astuple
from typing import Any, Dict, List, Optional, Sequence, Text, Union

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.antecedents import subjects
from components.follow_up_lessons import read_follow_ups
from components.following import both, crossed, example, outvoted, share
from components.intent_classifier import embedding_of
from components.intents import Strengths, train
from components.knowledge_entities import MARKS, MENDED, PLAIN, knowledge_reader, marks
from components.learned import Learned
from knowledge.embedding import MiniLM, encode_parallel

RANKING = "intent_ranking"
TOPIC, LAST = "topic", "last_question"  # slots
Conversations = Union[None, DialogueStateTracker, Sequence[Optional[DialogueStateTracker]]]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FollowUps(Learned):
    """`share`: what the conversation counts beside the message by itself, between 0 and 1, where its reading is half
    certain; `certain`: how much more it counts where that is certain; `longest`: the words of a message up to which it
    counts at all; `embedding`, `words`, `marks`, `penalty`: as in IntentClassifier."""

    @staticmethod
    def features(plain: Text) -> List[Text]:
        return crossed(plain)

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        strengths = {"embedding": 3.2, "words": 3.2, "marks": 1.0, "penalty": 1.0}
        return {"share": 0.6, "certain": 0.6, "longest": 16, **strengths}

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[Text]:
        """data/follow_ups is training data that Rasa does not know of."""
        return hashlib.sha256(json.dumps([astuple(one) for one in read_follow_ups()]).encode()).hexdigest()

    def configure(self, config: Dict[Text, Any]) -> None:
        self._share, self._certain = float(config["share"]), float(config["certain"])
        self._longest = int(config["longest"])
        self._strengths = Strengths(*(float(config[name]) for name in ("embedding", "words", "marks", "penalty")))

    def train(self, training_data: TrainingData) -> Resource:
        known = read_follow_ups()
        reader = knowledge_reader(m.get(TEXT) for m in training_data.training_examples)
        readings = [reader.read(one.text) for one in known]
        vectors = encode_parallel(MiniLM(), [reading.mended for reading in readings])
        lessons = [
            example(vector, reading.plain, marks(reading), one.after)
            for one, reading, vector in zip(known, readings, vectors)
        ]
        return self._keep(train(lessons, [one.intent for one in known], self._strengths, crossed))

    def process(self, messages: List[Message], tracker: Conversations = None) -> List[Message]:
        """`tracker`: the conversation of the messages, or that of each (tools/rasa_processor.py)."""
        each = [tracker] * len(messages) if tracker is None or isinstance(tracker, DialogueStateTracker) else tracker
        for message, conversation in zip(messages, each):
            topic = _topic(conversation)
            text = message.get(MENDED) or message.get(TEXT) or ""
            ranking = message.get(RANKING)
            if topic is None or self._model is None or not ranking or len(text.split()) > self._longest:
                continue
            alone = {one["name"]: float(one["confidence"]) for one in ranking}
            after = self._read_after([topic, *_subjects(conversation, text)], message, text)
            found = both(alone, after, share(after, self._share, self._certain))
            if outvoted(alone, found):
                continue
            weighed = [{"name": name, "confidence": value} for name, value in found]
            message.set(INTENT, weighed[0], add_to_output=True)
            message.set(RANKING, weighed, add_to_output=True)
        return messages

    def _read_after(self, topics: Sequence[Text], message: Message, text: Text) -> Dict[Text, float]:
        """Intent -> probability after the one of several topics that makes it the surest."""
        assert self._model is not None
        seen = (embedding_of(message), message.get(PLAIN) or text, message.get(MARKS) or ())
        readings = [dict(self._model.rank(example(*seen, topic))) for topic in dict.fromkeys(topics)]
        return max(readings, key=lambda reading: max(reading.values()))


def _subjects(tracker: Optional[DialogueStateTracker], text: Text) -> List[Text]:
    """The topics of the things that the last question spoke of, where a message points back at one."""
    last = tracker.get_slot(LAST) if tracker is not None else None
    question = last.get("question") if isinstance(last, Mapping) else None
    return subjects(question, text) if question else []


def _topic(tracker: Optional[DialogueStateTracker]) -> Optional[Text]:
    """The topic of the last answer; None if there is none or a question back is open."""
    if tracker is None:
        return None
    slots = tracker.current_slot_values()
    last = slots.get(LAST)
    pending = last.get("pending") if isinstance(last, Mapping) else None
    topic = slots.get(TOPIC)
    return topic if isinstance(topic, str) and not pending else None
