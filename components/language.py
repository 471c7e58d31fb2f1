"""Rasa component: a message in another language than English is told by its name, instead of being misread.

py3langid tells languages apart, but not the slang and misspellings of English from Dutch: a message counts as foreign
only if most of its words are in no training phrase, or its letters are not Latin.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

LANGUAGE = "waymark_language"  # in the output: the English name of the language
INTENT_OF_OTHERS = "out_of_scope"
SURE = 0.7  # a probability from which a language is named
KNOWN = 0.5  # the share of known words from which a message counts as English
FILE = "words.json"
NAMES = {
    "es": "Spanish",
    "fr": "French",
    "pt": "Portuguese",
    "de": "German",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "ru": "Russian",
    "uk": "Ukrainian",
    "ar": "Arabic",
    "fa": "Persian",
    "ur": "Urdu",
    "hi": "Hindi",
    "mr": "Hindi or Marathi",
    "ne": "Nepali",
    "bn": "Bengali",
    "pa": "Punjabi",
    "gu": "Gujarati",
    "ta": "Tamil",
    "te": "Telugu",
    "zh": "Chinese",
    "ja": "Japanese",
    "ko": "Korean",
    "vi": "Vietnamese",
    "tl": "Tagalog",
    "ht": "Haitian Creole",
    "so": "Somali",
    "sw": "Swahili",
    "am": "Amharic",
    "tr": "Turkish",
    "el": "Greek",
    "he": "Hebrew",
    "th": "Thai",
    "km": "Khmer",
    "lo": "Lao",
    "id": "Indonesian",
    "ro": "Romanian",
    "hy": "Armenian",
}
OTHER = "another language"


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)


def language_of(text: str, known: Collection[str]) -> str | None:
    """The name of the language of a text that is not English; None for English and for what cannot be told.

    `known`: English words in lower case.
    """
    letters = [character for character in text if character.isalpha()]
    if len(letters) < 3:
        return None
    latin = sum("LATIN" in unicodedata.name(character, "") for character in letters) / len(letters)
    if latin < KNOWN:
        code, _ = _identifier().classify(text)
        return NAMES.get(code, OTHER)
    words = re.findall(r"[^\W\d_]+", text.lower())
    english = sum(word in known for word in words)
    if len(words) < 2 or english / len(words) >= KNOWN:
        return None
    code, probability = _identifier().classify(text.lower())
    if code == "en" or probability < SURE:
        return None
    return NAMES.get(code, OTHER if not english else None)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Language(GraphComponent):
    """Sets the intent and the language's name where a message is not English; leaves every other message alone."""

    def __init__(self, model_storage: ModelStorage, resource: Resource, words: Optional[List[Text]] = None) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._words = frozenset(words or ())

    @staticmethod
    def required_packages() -> List[Text]:
        return ["py3langid"]

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Language:
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Language:
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, json.loads((folder / FILE).read_text(encoding="utf-8")))

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the words of the training phrases."""
        texts = [m.get(TEXT) for m in training_data.training_examples if m.get(TEXT)]
        words = sorted({word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower())})
        with self._model_storage.write_to(self._resource) as folder:
            (folder / FILE).write_text(json.dumps(words), encoding="utf-8")
        self._words = frozenset(words)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            language = language_of(message.get(TEXT) or "", self._words)
            if language:
                message.set(LANGUAGE, language, add_to_output=True)
                message.set(INTENT, {"name": INTENT_OF_OTHERS, "confidence": 1.0}, add_to_output=True)
                message.set("waymark_parts", None, add_to_output=True)
                message.set("waymark_alone", None, add_to_output=True)
        return messages
