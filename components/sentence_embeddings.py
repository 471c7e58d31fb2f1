"""Rasa component: the sentence embedding of a message (see knowledge/embedding.py), for the intent classifier."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, Dict, List, Optional, Text

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.knowledge_entities import MENDED, SAID, questions_within
from knowledge.embedding import IDENTITY, MiniLM, encode_parallel, pack

CACHED_TEXTS = 10_000
VECTOR = "waymark_vector"
EMBEDDING = "waymark_embedding"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEmbeddings(Featurizer[npt.NDArray[np.float32]], GraphComponent):
    """The embedding of a message, of its parts and of its sentences: 384 numbers, a unit vector.

    `feature`: give it to Rasa's own classifiers too, as a dense sentence feature; `scale` then sets how strongly one
    with a fixed penalty may use it (a scale of s acts like C = s²).
    """

    @staticmethod
    def required_packages() -> List[Text]:
        return ["onnxruntime", "tokenizers"]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"alias": None, "scale": 1.0, "threads": 1, "feature": False}

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        if not float(config.get("scale", 1)) > 0:
            raise ValueError("SentenceEmbeddings: scale must be above 0")

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[Text]:
        return IDENTITY

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEmbeddings:
        return cls(execution_context.node_name, {**cls.get_default_config(), **config})

    def __init__(self, name: Text, config: Dict[Text, Any]) -> None:
        super().__init__(name, config)
        self._model: Optional[MiniLM] = None
        self._known: OrderedDict[Text, npt.NDArray[np.float32]] = OrderedDict()

    @property
    def model(self) -> MiniLM:
        if self._model is None:
            self._model = MiniLM(int(self._config["threads"]))
        return self._model

    def _vectors(self, texts: Iterable[Text]) -> Dict[Text, npt.NDArray[np.float32]]:
        """The embedding of each text; those that are not remembered are computed."""
        wanted = dict.fromkeys(texts)
        found = {text: self._known[text] for text in wanted if text in self._known}
        fresh = [text for text in wanted if text not in found]
        found.update(zip(fresh, self.model.encode(fresh)) if fresh else ())
        for text in wanted:
            self._known[text] = found[text]
            self._known.move_to_end(text)
        while len(self._known) > CACHED_TEXTS:
            self._known.popitem(last=False)
        return found

    def process(self, messages: List[Message]) -> List[Message]:
        texts = {index: message.get(MENDED) or message.get(TEXT) for index, message in enumerate(messages)}
        parts = [part for message in messages for part in questions_within(message)]
        said = [text for message in messages for text in (message.get(SAID) or {}).values()]
        vectors = self._vectors(filter(None, (*texts.values(), *(part[MENDED] for part in parts), *said)))
        for index, message in enumerate(messages):
            text = texts[index]
            if text:
                vector = vectors[text]
                message.set(VECTOR, pack(vector), add_to_output=True)  # for the search among statements
                message.set(EMBEDDING, vector)
                message.set(SAID, {one: vectors[mended] for one, mended in (message.get(SAID) or {}).items()})
                if self._config["feature"]:
                    self._add(message, vector)
        for part in parts:
            part[EMBEDDING] = vectors[part.pop(MENDED)]
            part[VECTOR] = pack(part[EMBEDDING])
        return messages

    def _add(self, message: Message, vector: npt.NDArray[np.float32]) -> None:
        scaled = (vector * np.float32(self._config["scale"])).reshape(1, -1)
        message.add_features(Features(scaled, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        messages = [m for m in training_data.training_examples if m.get(TEXT)]
        for message, vector in zip(
            messages, encode_parallel(self.model, [m.get(MENDED) or m.get(TEXT) for m in messages])
        ):
            self._add(message, vector)
        return training_data
