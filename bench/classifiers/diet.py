"""Rasa's DIET on word counts and a dense feature: the sentence embedding, or spaCy's word vectors.

DIET takes no sentence feature without a feature of each word, so both kinds have the counts of `rasa init`'s pipeline.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.diet_classifier import DIETClassifier
from rasa.nlu.featurizers.dense_featurizer.spacy_featurizer import SpacyFeaturizer
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bench.classifiers.data import Lessons, Seen
from bench.classifiers.verdicts import Verdict, verdict
from tools.console import ToolError

# Only the vectors: nothing here reads tags, names or lemmas, which take most of such a model's time.
UNUSED = ("tok2vec", "tagger", "parser", "senter", "ner", "attribute_ruler", "lemmatizer")
CONTEXT = ExecutionContext(GraphSchema({}), model_id="comparison", node_name="comparison")
COUNTS, DIET = Resource("counts"), Resource("diet")


class Sentences:
    """The sentence embedding as a dense feature, as SentenceEmbeddings gives it with `feature: true`."""

    def add(self, messages: Sequence[Message], seen: Sequence[Seen]) -> None:
        for message, one in zip(messages, seen):
            vector = one.example.vector.reshape(1, -1)
            message.add_features(Features(vector, FEATURE_TYPE_SENTENCE, TEXT, "embedding"))


class Vectors:
    """A vector of every word and their mean, from the folder of a spaCy model that has vectors."""

    def __init__(self, model: Path) -> None:
        import spacy

        try:
            language = spacy.load(model, exclude=list(UNUSED))
        except (OSError, ValueError) as error:
            raise ToolError(f"{model} is not the folder of a spaCy model: {error}") from error
        if not len(language.vocab.vectors):
            raise ToolError(f"the spaCy model in {model} has no vectors; take one of the md or lg kind")
        self._model = SpacyModel(language, str(model))
        self._reader = SpacyNLP(self._model, SpacyNLP.get_default_config())
        self._featurizer = SpacyFeaturizer({**SpacyFeaturizer.get_default_config(), "alias": "vectors"}, "vectors")

    def add(self, messages: Sequence[Message], seen: Sequence[Seen]) -> None:
        self._featurizer.process(self._reader.process(list(messages), self._model))


class Diet:
    """Trained in `folder`, or loaded from it."""

    def __init__(self, dense: Sentences | Vectors, counts: Any, diet: Any) -> None:
        self._dense, self._counts, self._diet = dense, counts, diet
        self._tokenizer = WhitespaceTokenizer(WhitespaceTokenizer.get_default_config())

    @classmethod
    def fit(cls, lessons: Lessons, dense: Sentences | Vectors, folder: Path, epochs: int) -> None:
        """Write the trained components into `folder`."""
        storage = LocalModelStorage(folder)
        counts = CountVectorsFeaturizer.create(_counts(), storage, COUNTS, CONTEXT)
        diet = DIETClassifier.create(_diet(epochs), storage, DIET, CONTEXT)
        own = cls(dense, counts, diet)
        messages = [Message.build(one.mended, intent) for one, intent in zip(lessons.seen, lessons.intents)]
        data = own._tokenizer.process_training_data(TrainingData(messages))
        counts.train(data)
        counts.process_training_data(data)
        dense.add(data.training_examples, lessons.seen)
        diet.train(data)

    @classmethod
    def load(cls, dense: Sentences | Vectors, folder: Path, epochs: int) -> Diet:
        storage = LocalModelStorage(folder)
        counts = CountVectorsFeaturizer.load(_counts(), storage, COUNTS, CONTEXT)
        return cls(dense, counts, DIETClassifier.load(_diet(epochs), storage, DIET, CONTEXT))

    def judge(self, seen: Seen) -> Verdict:
        messages = self._tokenizer.process([Message({TEXT: seen.mended})])
        self._counts.process(messages)
        self._dense.add(messages, [seen])
        self._diet.process(messages)
        return verdict({one["name"]: one["confidence"] for one in messages[0].get("intent_ranking")})


def _counts() -> dict[str, Any]:
    return {**CountVectorsFeaturizer.get_default_config(), "alias": "counts"}


def _diet(epochs: int) -> dict[str, Any]:
    own = {"epochs": epochs, "entity_recognition": False, "constrain_similarities": True, "ranking_length": 0}
    return {**DIETClassifier.get_default_config(), **own, "random_seed": 42}
