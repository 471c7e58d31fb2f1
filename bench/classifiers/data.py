"""What the classifiers learn from and are tested on, read once as the components before a classifier read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rasa.shared.nlu.training_data.loading import load_data

import settings
from actions.turn import Mention, Turn
from components.intents import Example
from components.knowledge_entities import knowledge_reader, marks
from components.parts import parts
from components.reading import Reader, Reading
from knowledge.embedding import MiniLM, encode_parallel
from knowledge.vectors import known_questions
from settings import ROOT
from tests.evaluation import sets

UNCOVERED = "ask_uncovered"
COVERED = ("covered", "pay", "comparison")  # the groups that have one topic
OUTSIDE = "out_of_scope"


@dataclass(frozen=True)
class Seen:
    """A message with its spelling mended, as the classifier sees it, and the names in it (kind, id)."""

    mended: str
    example: Example
    named: tuple[tuple[str, str], ...] = ()
    rest: str = ""  # the message without those names

    def values(self, kind: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for name, value in self.named if name == kind))


@dataclass(frozen=True)
class Lessons:
    """Messages and the intent of each."""

    seen: Sequence[Seen]
    intents: Sequence[str]

    def __add__(self, other: Lessons) -> Lessons:
        return Lessons([*self.seen, *other.seen], [*self.intents, *other.intents])


@dataclass(frozen=True)
class Question:
    """A test question: its group, and the topics that are right (none if no topic is)."""

    group: str
    topics: tuple[str, ...]
    seen: Seen


@dataclass(frozen=True)
class Data:
    """`phrases`: data/nlu/; `known`: the questions of knowledge/asked/; `questions`: the test."""

    phrases: Lessons
    known: Lessons
    questions: Sequence[Question]


def prepare(side: str) -> Data:
    """Everything, embedded. Raises KnowledgeError if the knowledge database is not built."""
    written = load_data(str(ROOT / "data" / "nlu")).intent_examples
    texts = [message.get("text") for message in written]
    reader, model = knowledge_reader(texts), MiniLM()
    phrases = Lessons(embedded(model, [reader.read(text) for text in texts]), [m.get("intent") for m in written])
    known = known_questions(settings.load().knowledge_url)
    beside = Lessons(
        [seen(reader.read(one.question), one.vector) for one in known],
        [f"ask_{one.topic}" if one.covered else UNCOVERED for one in known],
    )
    entries = [(group, entry) for group, entry in sets.questions(side) if group != "parts"]
    asked = embedded(model, [whole(reader, entry["text"]) for _, entry in entries])
    questions = [
        Question(group, sets.several(entry.get("topic")) if group in COVERED else (), one)
        for (group, entry), one in zip(entries, asked)
    ]
    return Data(phrases, beside, questions)


def whole(reader: Reader, text: str) -> Reading:
    """A long message is understood by the one question in it, as KnowledgeEntities does."""
    found = parts(text)
    return reader.read(found[0].text if len(found) == 1 else text)


def embedded(model: MiniLM, readings: Sequence[Reading]) -> list[Seen]:
    vectors = encode_parallel(model, [reading.mended for reading in readings])
    return [seen(reading, vector) for reading, vector in zip(readings, vectors)]


def seen(reading: Reading, vector: np.ndarray) -> Seen:  # type: ignore[type-arg]
    named = tuple((mention.kind, mention.value) for mention in reading.mentions)
    mentions = tuple(Mention(one.kind, one.value, start=one.start, end=one.end) for one in reading.mentions)
    rest = Turn("", reading.text, mentions).rest
    return Seen(reading.mended, Example(vector, reading.plain, tuple(marks(reading))), named, rest)
