"""Rasa component: the entities of a message, by the gazetteer of the knowledge base.

Entities: occupation, credential, place, foreign, employer_type, level, statistic, pay_period, period, cue; the
value is an id of the vocabulary, `candidates` the ids an ambiguous name may mean. It also gives the message its
mended and plain texts for the featurizers that follow. Trained, so that a model carries the names it knows.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

import settings
from components.crisis import sentences
from components.parts import parts
from components.reading import Reader, Reading
from knowledge.gazetteer import Name, read_cues, read_names

MENDED = "waymark_mended"
PLAIN = "waymark_plain"
MARKS = "waymark_marks"
PARTS = "waymark_parts"  # in the output: the questions of a message that asks several
SAID = "waymark_said"  # the whole message and its sentences -> as it is embedded, then the embedding (safety.py)
FILE = "names.json"
FAMILIAR = 3


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=True,
)
class KnowledgeEntities(GraphComponent):
    """Finds the names of the knowledge base in messages."""

    @staticmethod
    def required_packages() -> List[Text]:
        return ["spacy", "symspellpy"]

    def __init__(
        self,
        model_storage: ModelStorage,
        resource: Resource,
        names: Optional[List[Name]] = None,
        cues: Optional[Dict[Text, List[Text]]] = None,
        familiar: Optional[List[Text]] = None,
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._names = names or []
        self._cues = cues or {}
        self._familiar = familiar or []
        self._reader: Optional[Reader] = None

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[Text]:
        """The names are training data too: when they change, Rasa must not reuse a cached training."""
        names, cues = _known()
        return hashlib.sha256(json.dumps([[asdict(name) for name in names], cues]).encode()).hexdigest()

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> KnowledgeEntities:
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> KnowledgeEntities:
        with model_storage.read_from(resource) as folder:
            content = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return cls(
            model_storage, resource, [Name(**name) for name in content["names"]], content["cues"], content["familiar"]
        )

    def train(self, training_data: TrainingData) -> Resource:
        """Take the names from the knowledge database and keep them with the model."""
        self._names, self._cues = _known()
        self._familiar = familiar_words(m.get(TEXT) for m in training_data.training_examples)
        self._reader = None
        with self._model_storage.write_to(self._resource) as folder:
            content = {"names": [asdict(name) for name in self._names], "cues": self._cues, "familiar": self._familiar}
            (folder / FILE).write_text(json.dumps(content), encoding="utf-8")
        return self._resource

    @property
    def reader(self) -> Reader:
        if self._reader is None:
            self._reader = Reader(self._names, self._cues, self._familiar)
        return self._reader

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        for message in training_data.training_examples:
            if message.get(TEXT):
                _annotate(message, self.reader.read(message.get(TEXT)))
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            if not message.get(TEXT):
                continue
            text = message.get(TEXT)
            reading = self.reader.read(text)
            _annotate(message, reading)
            message.set(SAID, {text: reading.mended, **{one: one for one in sentences(reading.text)}})
            message.set(ENTITIES, message.get(ENTITIES, []) + _entities(reading), add_to_output=True)
            questions = parts(text)
            if len(questions) == 1:  # a long message is understood by the one question in it
                _annotate(message, self.reader.read(questions[0].text))
            elif questions:
                message.set(PARTS, [self._part(one.text) for one in questions], add_to_output=True)
        return messages

    def _part(self, text: Text) -> Dict[Text, Any]:
        """One of several questions, with what the components after this one need to understand it."""
        reading = self.reader.read(text)
        known = {MENDED: reading.mended, PLAIN: reading.plain, MARKS: marks(reading)}
        return {TEXT: text, ENTITIES: _entities(reading), **known}


def knowledge_reader(texts: Iterable[Optional[Text]]) -> Reader:
    """A reader of the names in the knowledge database; `texts` are the training phrases."""
    names, cues = _known()
    return Reader(names, cues, familiar_words(texts))


def familiar_words(texts: Iterable[Optional[Text]]) -> List[Text]:
    """Words that at least three training phrases use: a word that common is no misspelling."""
    found = Counter(word for text in texts if text for word in set(re.findall(r"[a-z]{3,}", text.lower())))
    return sorted(word for word, count in found.items() if count >= FAMILIAR)


def _known() -> tuple[List[Name], Dict[Text, List[Text]]]:
    cues = {id: list(cue["phrases"]) for id, cue in read_cues().items()}
    return read_names(settings.load().knowledge_url), cues


def _entities(reading: Reading) -> List[Dict[Text, Any]]:
    return [
        {
            "entity": mention.kind,
            "value": mention.value,
            "start": mention.start,
            "end": mention.end,
            "extractor": "KnowledgeEntities",
            **({"candidates": list(mention.candidates)} if mention.candidates else {}),
        }
        for mention in reading.mentions
    ]


def _annotate(message: Message, reading: Reading) -> None:
    message.set(MENDED, reading.mended)
    message.set(PLAIN, reading.plain)
    message.set(MARKS, marks(reading))


def marks(reading: Reading) -> List[Text]:
    """What kinds of thing a message names, for the classifier: "credential", "two:occupation", "cue:hours" …"""
    found: Dict[Text, None] = {}
    for mention in reading.mentions:
        found["cue:" + mention.value if mention.kind == "cue" else mention.kind] = None
    for kind in ("occupation", "credential", "place"):
        if len({mention.value for mention in reading.mentions if mention.kind == kind}) > 1:
            found["two:" + kind] = None
    if len(reading.text.split()) <= 3:
        found["short"] = None
    return list(found)
