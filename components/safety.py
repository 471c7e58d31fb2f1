"""Rasa component: a message of a person in a crisis is never taken for anything else (crisis.py decides).

The replies are fixed (utter_distress, utter_emergency, utter_abuse), whatever else the message asks. It learns from
data/safety, from the training phrases, data/follow_ups and the questions beside the statements of the knowledge base.

Nor is a message without a word taken for a question (wordless.py); nor one that gives the assistant orders or plays its
part ("SYSTEM: …", "ignore all previous instructions"): it gets the fixed reply to what is out of scope. There is no
language model that it could talk into anything; but an answer to it would look as if there were.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Dict, List, Optional, Text

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

import settings
from components.crisis import KINDS, crisis, likelihoods, spelled, train_crisis
from components.crisis_lessons import EVERYDAY, examples, nearest, read_messages, spoken
from components.intent_classifier import embedding_of
from components.knowledge_entities import SAID
from components.language import LANGUAGE
from components.learned import Learned
from components.nearest import Nearest
from components.wordless import wordless
from knowledge.vectors import known_questions

OUTSIDE = "out_of_scope"
# what a farewell, an image or a cry for help is taken for: however sure that is, it says nothing against a crisis
MAY_HIDE = frozenset((*EVERYDAY, "talk_to_person", DEFAULT_NLU_FALLBACK_INTENT_NAME))
LEARNED = (None, "Spanish")  # languages of data/safety; None: English
ASKS = 0.5  # a confidence from which a message is a question on careers
SURE = 0.8  # a confidence from which a message is such talk
UNDERSTOOD = 0.3  # as in config.yml: a message that is less likely anything is not understood
_ORDERS = re.compile(
    r"^\W*(?:system|assistant|developer|admin|root)(?: (?:prompt|message|note|override))?\s*[:>\]]"
    r"|</?\s*(?:system|assistant|user|inst|instructions?|prompt)\s*>|\[/?inst\]|<\|[a-z_]+\|>"
    r"|\b(?:ignore|disregard|forget|override|bypass) (?:all |any |the |every |your |my )*"
    r"(?:previous|prior|above|earlier|preceding|other|system|safety)?\s*(?:instruction|prompt|rule|guideline|polic)\w*"
    r"|\b(?:system|hidden|initial|secret) prompt\b|\bjailbreak\w*|\bdan mode\b|\bdeveloper mode\b"
    r"|\byou are now (?:a|an|in|dan)\b|\bfrom now on,? you (?:are|will|must)\b",
    re.IGNORECASE,
)


def gives_orders(text: str) -> bool:
    """Whether a message speaks to a language model's instructions."""
    return bool(_ORDERS.search(text))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Safety(Learned):
    """Sets the intent to the kind of crisis, or to out of scope; leaves every other message alone.

    `threshold`: how likely a crisis must be; `agreed`: the same if the classifier of intents sees one, too;
    `beside`: the same if that sees a question on careers, or is sure of a turn in a conversation ("and in Ohio?").
    """

    @staticmethod
    def features(plain: Text) -> List[Text]:
        return spelled(plain)

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"threshold": 0.25, "agreed": 0.12, "beside": 0.55}

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[Text]:
        """data/safety, data/follow_ups and the questions of the knowledge base are training data too."""
        asked = [known.question for known in known_questions(settings.load().knowledge_url)]
        return hashlib.sha256(json.dumps([read_messages(), spoken(), asked]).encode()).hexdigest()

    def configure(self, config: Dict[Text, Any]) -> None:
        self._threshold, self._agreed, self._beside = (float(config[key]) for key in ("threshold", "agreed", "beside"))
        self._near: Optional[Nearest] = None  # until it has been trained or loaded, as the model

    def train(self, training_data: TrainingData) -> Resource:
        messages = [m for m in training_data.intent_examples if m.get(TEXT) and m.get(INTENT)]
        phrases = [(m.get(TEXT), m.get(INTENT)) for m in messages]
        embedded = np.stack([embedding_of(m) for m in messages])
        lesson = examples(phrases, known_questions(settings.load().knowledge_url), embedded)
        self._near = nearest(*lesson[:3], (text for text, intent in phrases if intent in EVERYDAY))
        resource = self._keep(train_crisis(*lesson))
        with self._model_storage.write_to(resource) as folder:
            self._near.save(folder)
        return resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Safety:
        component = super().load(config, model_storage, resource, execution_context, **kwargs)
        with model_storage.read_from(resource) as folder:
            component._near = Nearest.load(folder)
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            unknown = message.get(LANGUAGE) not in LEARNED
            said = {} if unknown else message.get(SAID) or {}
            intent = message.get(INTENT) or {}
            suspected = intent.get("name") in KINDS
            likely = likelihoods(self._model, self._near, said) if self._model and self._near else []
            kind = crisis(text, likely, needed(intent, self._threshold, self._agreed, self._beside))
            taken_for = kind or (OUTSIDE if gives_orders(text) else wordless(text))
            if taken_for:
                message.set(INTENT, {"name": taken_for, "confidence": 1.0}, add_to_output=True)
            elif suspected:
                message.set(INTENT, _otherwise(message.get("intent_ranking") or []), add_to_output=True)
        return messages


def needed(intent: Mapping[Text, Any], threshold: float, agreed: float, beside: float) -> float:
    """How likely a crisis must be in a message that the classifier of intents takes for `intent` (name, confidence)."""
    name = intent.get("name") or ""
    if name in KINDS:
        return agreed
    if name in MAY_HIDE:
        return threshold
    confidence = float(intent.get("confidence") or 0.0)
    return beside if confidence >= (ASKS if name.startswith("ask_") else SURE) else threshold


def _otherwise(ranking: Sequence[Mapping[Text, Any]]) -> Dict[Text, Any]:
    """What a message is that sounded like a crisis to the classifier of intents and is none."""
    others = [one for one in ranking if one["name"] not in KINDS]
    best = max((float(one["confidence"]) for one in others), default=0.0)
    share = best / (sum(float(one["confidence"]) for one in others) or 1.0)
    if share < UNDERSTOOD:
        return {"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": share}
    return {"name": next(one["name"] for one in others if one["confidence"] == best), "confidence": share}
