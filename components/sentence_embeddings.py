"""Rasa component: the sentence embedding of a message (see minilm.py), for the intent classifier."""
from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
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

from components.knowledge_entities import MENDED
from components.minilm import SHA256, MiniLM

CACHED_TEXTS = 10_000


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEmbeddings(Featurizer[npt.NDArray[np.float32]], GraphComponent):
    """One dense sentence feature of 384 numbers. `scale` sets how strongly a classifier with a fixed penalty
    (Rasa's logistic regression: C = 1) may use them: a scale of s acts like C = s²."""

    @staticmethod
    def required_packages() -> List[Text]:
        return ["onnxruntime", "tokenizers"]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"alias": None, "scale": 3.2, "threads": 1}

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        if not float(config.get("scale", 1)) > 0:
            raise ValueError("SentenceEmbeddings: scale must be above 0")

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[Text]:
        return SHA256["model.onnx"]

    @classmethod
    def create(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> SentenceEmbeddings:
        return cls(execution_context.node_name, {**cls.get_default_config(), **config})

    def __init__(self, name: Text, config: Dict[Text, Any]) -> None:
        super().__init__(name, config)
        self._model: Optional[MiniLM] = None
        self._encode = lru_cache(maxsize=CACHED_TEXTS)(self._encode_text)

    def _encode_text(self, text: Text) -> npt.NDArray[np.float32]:
        if self._model is None:
            self._model = MiniLM(int(self._config["threads"]))
        return self._model.encode([text])[0] * np.float32(self._config["scale"])

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(MENDED) or message.get(TEXT)
            if text:
                vector = self._encode(text).reshape(1, -1)
                message.add_features(Features(vector, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Two texts at a time: the model leaves the interpreter free while it computes."""
        texts = {m.get(MENDED) or m.get(TEXT) for m in training_data.training_examples} - {None, ""}
        with ThreadPoolExecutor(max_workers=2) as pool:
            list(pool.map(self._encode, sorted(texts)))
        self.process(training_data.training_examples)
        return training_data
