"""Rasa's DIET on one vector a message: the sentence embedding, or the mean of spaCy's word vectors.

DIET takes no feature of a sentence without one of its words, so the vector is given as the only word as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.diet_classifier import DIETClassifier
from rasa.nlu.featurizers.dense_featurizer.spacy_featurizer import SpacyFeaturizer
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bench.classifiers.data import Lessons, Seen
from bench.classifiers.verdicts import Verdict, verdict
from tools.console import ToolError

# Only the vectors: nothing here reads tags, names or lemmas, which take most of such a model's time.
UNUSED = ("tok2vec", "tagger", "parser", "senter", "ner", "attribute_ruler", "lemmatizer")
CONTEXT = ExecutionContext(GraphSchema({}), model_id="comparison", node_name="comparison")
DIET = Resource("diet")
# One layer of 128 units where Rasa's default is two of 256, which take more than twice as long to train.
SMALL = {"transformer_size": 128, "number_of_transformer_layers": 1}
SEED = 42


@dataclass(frozen=True)
class Size:
    """`epochs`: how often DIET sees the training data; `stock`: as in a stock Rasa project, with the transformer of
    its defaults and a spaCy vector of every word, which takes an hour."""

    epochs: int = 30
    stock: bool = False

    def config(self) -> dict[str, Any]:
        own = {"epochs": self.epochs, "entity_recognition": False, "constrain_similarities": True, "ranking_length": 0}
        return {**DIETClassifier.get_default_config(), **own, **({} if self.stock else SMALL), "random_seed": SEED}


class Sentences:
    """The sentence embedding, as SentenceEmbeddings gives it with `feature: true`."""

    def add(self, messages: Sequence[Message], seen: Sequence[Seen]) -> None:
        for message, one in zip(messages, seen):
            _alone(message, one.example.vector)


class Vectors:
    """The mean of the words' vectors from the folder of a spaCy model, with `words` every word's vector as well."""

    def __init__(self, model: Path, words: bool) -> None:
        import spacy

        try:
            language = spacy.load(model, exclude=list(UNUSED))
        except (OSError, ValueError) as error:
            raise ToolError(f"{model} is not the folder of a spaCy model: {error}") from error
        if not len(language.vocab.vectors):
            raise ToolError(f"the spaCy model in {model} has no vectors; take one of the md or lg kind")
        self._model, self._words = SpacyModel(language, str(model)), words
        self._reader = SpacyNLP(self._model, SpacyNLP.get_default_config())
        self._featurizer = SpacyFeaturizer({**SpacyFeaturizer.get_default_config(), "alias": "vectors"}, "vectors")

    def add(self, messages: Sequence[Message], seen: Sequence[Seen]) -> None:
        read = self._reader.process([Message({TEXT: one.mended}) for one in seen], self._model)
        for message, found in zip(messages, self._featurizer.process(read)):
            sequence, sentence = found.get_dense_features(TEXT)
            if self._words:
                message.add_features(sequence)
                message.add_features(sentence)
            else:
                _alone(message, sentence.features[0])


def _alone(message: Message, vector: npt.NDArray[np.float32]) -> None:
    for kind in (FEATURE_TYPE_SEQUENCE, FEATURE_TYPE_SENTENCE):
        message.add_features(Features(vector.reshape(1, -1), kind, TEXT, "vector"))


class Diet:
    """Trained in a folder, or loaded from it."""

    def __init__(self, dense: Sentences | Vectors, diet: Any) -> None:
        self._dense, self._diet = dense, diet

    @classmethod
    def fit(cls, lessons: Lessons, dense: Sentences | Vectors, folder: Path, size: Size) -> None:
        """Write the trained component into `folder`."""
        messages = [Message.build(one.mended, intent) for one, intent in zip(lessons.seen, lessons.intents)]
        dense.add(messages, lessons.seen)
        DIETClassifier.create(size.config(), LocalModelStorage(folder), DIET, CONTEXT).train(TrainingData(messages))

    @classmethod
    def load(cls, dense: Sentences | Vectors, folder: Path, size: Size) -> Diet:
        return cls(dense, DIETClassifier.load(size.config(), LocalModelStorage(folder), DIET, CONTEXT))

    def judge(self, seen: Seen) -> Verdict:
        messages = [Message({TEXT: seen.mended})]
        self._dense.add(messages, [seen])
        self._diet.process(messages)
        return verdict({one["name"]: one["confidence"] for one in messages[0].get("intent_ranking")})
