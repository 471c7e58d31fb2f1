"""Rasa component: the intent of a message, and of each of its parts if it asks several things (intents.py).

It learns from the training phrases and from the questions beside the statements of the knowledge base
(knowledge/asked/).
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Dict, List, Optional, Text

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

import settings
from components.intents import Example, Strengths, Vector, train
from components.knowledge_entities import MARKS, PLAIN, knowledge_reader, marks, questions_within
from components.learned import Learned
from components.sentence_embeddings import EMBEDDING
from knowledge.vectors import KnownQuestion, known_questions

UNCOVERED = "ask_uncovered"
RANKING_LENGTH = 40  # all: the gate (actions/gate.py) wants to know how likely "uncovered" is


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(Learned):
    """`embedding`, `words`, `marks`: how much each kind of feature counts."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"embedding": 3.2, "words": 2.2, "marks": 1.0, "penalty": 1.0}

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[Text]:
        """The questions of the knowledge base are training data too."""
        content = [(known.question, known.topic, known.covered) for known in _known()]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    def configure(self, config: Dict[Text, Any]) -> None:
        self._strengths = Strengths(**{name: float(config[name]) for name in self.get_default_config()})

    def train(self, training_data: TrainingData) -> Resource:
        messages = [m for m in training_data.intent_examples if m.get(TEXT) and m.get(INTENT)]
        examples, intents = [_example(m) for m in messages], [m.get(INTENT) for m in messages]
        reader = knowledge_reader(m.get(TEXT) for m in training_data.training_examples)
        for known in _known():
            reading = reader.read(known.question)
            examples.append(Example(known.vector, reading.plain, tuple(marks(reading))))
            intents.append(f"ask_{known.topic}" if known.covered else UNCOVERED)
        return self._keep(train(examples, intents, self._strengths))

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            if self._model is None or message.get(EMBEDDING) is None:
                continue
            ranking = self._rank(_example(message))
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking[:RANKING_LENGTH], add_to_output=True)
            for part in questions_within(message):
                found = self._rank(Example(part.pop(EMBEDDING), part.pop(PLAIN), tuple(part.pop(MARKS))))
                part[INTENT], part["intent_ranking"] = found[0], found[:RANKING_LENGTH]
        return messages

    def _rank(self, example: Example) -> List[Dict[Text, Any]]:
        assert self._model is not None
        return [{"name": name, "confidence": share} for name, share in self._model.rank(example)]


def _known() -> List[KnownQuestion]:
    return known_questions(settings.load().knowledge_url)


def embedding_of(message: Message) -> Vector:
    """The embedding of a message, also of one of the training data, which has it as a feature only."""
    vector: Optional[Vector] = message.get(EMBEDDING)
    if vector is None:
        dense = message.get_dense_features(TEXT)[1]
        assert dense is not None, "SentenceEmbeddings must come before"
        vector = dense.features[0]
    return vector


def _example(message: Message) -> Example:
    return Example(embedding_of(message), message.get(PLAIN) or message.get(TEXT), tuple(message.get(MARKS) or ()))
