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
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

import settings
from components.antecedents import named_before
from components.attribution import Attribution
from components.by_the_way import without_by_the_way
from components.clauses import clause_before, filled, judges, leans, opens_alone, points
from components.corrections import meant
from components.crisis import sentences
from components.describing import Description, description, refused
from components.framing import unframed
from components.joints import Part
from components.lists import is_bare
from components.parts import LONG, asking, parts
from components.pointing import PickedOut, picked_out
from components.question_forms import asks
from components.reading import Mention, Reader, Reading
from components.remarks import set_apart
from components.told import (
    NAMED,
    SUBJECTS,
    beside,
    called,
    is_own,
    leans_on,
    named_beside_remarks,
    named_in,
    near,
    needs_remark,
    of_the_teller,
    within,
)
from knowledge.gazetteer import PUBLISHER, SOURCE_CUE, Name, read_abbreviations, read_cues, read_names

MENDED = "waymark_mended"
PLAIN = "waymark_plain"
MARKS = "waymark_marks"
# in the output: the message without what it takes back and the frame around its question, every character in its place
MEANT = "waymark_meant"
LOCAL = ("pay", "outlook")  # topics with figures of places
PARTS = "waymark_parts"  # in the output: the questions of a message that asks several
ALONE = "waymark_alone"  # in the output: the one question of a message without what is told beside it, in a list
ASKED = "waymark_asked"  # in the output: where the question of a message begins and ends that tells a story beside it
TOLD = "waymark_told"  # in the output: the names that only the story around the question has
SAID = "waymark_said"  # the whole message and its sentences -> as it is embedded, then the embedding (safety.py)
PICKED = "waymark_picked"  # in the output: a message read without the words that pick one out (pointing.py), as a list
# in the output: the work by which a message describes a job, and its question without that (describing.py), as a list
DESCRIBED = "waymark_described"
FILE = "names.json"
FAMILIAR = 3
# what may stand for a school or a credential; not in a question of pay and work, where it stands for the job
_STANDS_FOR = re.compile(
    r"\b(?:they|them|it|(?<!is )(?<!are )(?<!was )(?<!does )there(?!['’]?s| is| are)|that|this|their"
    r"|the (?:program|exam|test|school))\b",
    re.I,
)
_OF_WORK = re.compile(r"\b(?:pays?|paid|earn\w*|makes?|salary|wages?|jobs?|hir\w+|work\w*|career)\b", re.I)
_CLASSES = re.compile(r"\b(?:class|classes|courses|subjects)\b.*\b(?:take|help|pick|choose|now)\b", re.I)
# "what kinds of patients can you work with", but not "can you tell me"
_CAN_YOU = re.compile(
    r"(?<=\w )(can|could) (?:you|u)\b(?! (?:please|pls|tell|explain|show|give|list|help|find|say|compare|recommend"
    r"|suggest|also|just|answer|look|check|point|send|walk|describe|provide|share|clarify|repeat|talk|speak|expand)\b)",
    re.I,
)
_FOR_IT = re.compile(r"\bfor (?:it|that)\b", re.I)
MAX_BEFORE = 12  # words of what comes before it that help to understand a question
FEW = 8  # words of a question that may say too little without what comes before it


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
        self._attribution: Optional[Attribution] = None

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[Text]:
        """The names are training data too: when they change, Rasa must not reuse a cached training."""
        names, cues = _known()
        known = [[asdict(name) for name in names], cues, read_abbreviations(settings.load().knowledge_url)]
        return hashlib.sha256(json.dumps(known).encode()).hexdigest()

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
        self._familiar = _familiar(m.get(TEXT) for m in training_data.training_examples)
        self._reader = self._attribution = None
        with self._model_storage.write_to(self._resource) as folder:
            content = {"names": [asdict(name) for name in self._names], "cues": self._cues, "familiar": self._familiar}
            (folder / FILE).write_text(json.dumps(content), encoding="utf-8")
        return self._resource

    @property
    def reader(self) -> Reader:
        if self._reader is None:
            self._reader = _reader(self._names, self._cues, self._familiar)
        return self._reader

    @property
    def attribution(self) -> Attribution:
        if self._attribution is None:
            self._attribution = Attribution({n.text: n.target for n in self._names if n.kind == PUBLISHER})
        return self._attribution

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
            message.set(SAID, {text: reading.mended, **{one: one for one in sentences(reading.text)}})
            attributed = self.attribution.find(text)
            voice: List[Dict[Text, Any]] = []  # whose word is asked for
            if attributed:
                text, reading = attributed.text, self.reader.read(attributed.text)
                message.set(MEANT, text, add_to_output=True)
                cue = f"{SOURCE_CUE}{attributed.publisher}"
                word = Mention("cue", cue, attributed.start, attributed.end, attributed.publisher)
                voice = _entities(replace(reading, mentions=(word,)))
                message.set(ENTITIES, message.get(ENTITIES, []) + voice, add_to_output=True)
            for left_of in (unframed, without_by_the_way, meant):
                left = left_of(text, [(m.kind, m.start, m.end) for m in reading.mentions if m.kind != "cue"])
                if left:
                    text, reading = left, self.reader.read(left)
                    message.set(MEANT, left, add_to_output=True)
            whole, questions = reading, parts(text)
            subjects = [m.start for m in whole.mentions if m.kind in SUBJECTS]
            question = questions[0] if len(questions) == 1 else None if questions else asking(text, subjects)
            story = len(text.split()) >= LONG and question is not None
            remark = None if questions or story else self._beside_remarks(whole)
            question = remark or question
            whole = near(whole, question) if question else whole
            if question:  # a message that tells a story is understood by the one question in it
                apart = remark is not None
                leaning = not apart and leans_on(whole, question)
                reading = named_beside_remarks(whole, question) if apart else named_in(whole, question, leaning)
                asked = self._apart(question, reading) if apart else self._one(question, whole, reading, leaning)
                _annotate(message, asked)
                if (apart or beside(whole, question)) and not leaning:
                    message.set(ASKED, [question.start, question.end], add_to_output=True)
            else:
                _annotate(message, whole)
            if len(questions) < 2 and (alone := self._alone(whole)) and alone[MENDED] != message.get(MENDED):
                message.set(ALONE, [alone], add_to_output=True)
            told = tuple(m for m in whole.mentions if m.kind in NAMED and m not in reading.mentions)
            if told:
                message.set(TOLD, _entities(replace(whole, mentions=told)), add_to_output=True)
            message.set(ENTITIES, message.get(ENTITIES, []) + _entities(reading), add_to_output=True)
            if len(questions) > 1:
                ends = [0, *(one.end for one in questions)]
                said = ["", *(one.text for one in questions)]
                meant_by = [replace(one, text=named_before(one.text, last)) for one, last in zip(questions, said)]
                known = [self._part(one, reading, end) for one, end in zip(meant_by, ends)]
                for end, part in zip(ends[1:], known):  # "per the BLS, what …, and how many …": of both
                    if attributed and attributed.start < end:
                        part[ENTITIES] = [*part[ENTITIES], *voice]
                message.set(PARTS, known, add_to_output=True)
            one = picked_out(whole.text, [(m.kind, m.start, m.end) for m in whole.mentions])
            if one and len(parts(one.question)) < 2:
                message.set(PICKED, self._picked(one), add_to_output=True)
            if job := description(whole.text):
                message.set(DESCRIBED, self._described(job), add_to_output=True)
        return messages

    def _one(self, question: Part, whole: Reading, reading: Reading, leaning: bool) -> Reading:
        """The one question of a message by itself: with the name that it leaves to the story ("how do I become one"),
        or else with what comes before it ("What's that?"); the whole message where that is short, or leans on it."""
        long = len(whole.text.split()) >= LONG
        if not long and (leaning or not beside(whole, question)):
            return self.reader.read(question.text) if reading is not whole else whole
        asked = self.reader.read(question.text)
        named = within(whole, question, SUBJECTS)
        if leaning:
            before = points(question.text) or (not named and leans(question.text))
            return self._with_before(question, whole) if before else asked
        if named:
            return asked
        if name := called(reading, question):
            last = question.text[clause_before(question.text, len(question.text)) :]
            return self.reader.read(filled(last if len(last.split()) > 1 else question.text, name))
        few = len(question.text.split()) <= FEW and not any(m.kind == "cue" for m in asked.mentions)
        return asked if not few or opens_alone(question.text) else self._with_before(question, whole)

    @staticmethod
    def _beside_remarks(whole: Reading) -> Optional[Part]:
        """The question of a short message that has but remarks beside it, if it can be understood without them."""
        question = set_apart(whole.text, [(m.kind, m.start, m.end) for m in whole.mentions])
        return None if question is None or needs_remark(whole, question) else question

    def _picked(self, one: PickedOut) -> List[Dict[Text, Any]]:
        """A message read without the words that pick one out; what these words say that it is like."""
        asked = {**_known_of(self.reader.read(one.question)), "phrase": one.phrase}
        return [asked, *([_known_of(self.reader.read(f"work with {one.like}"))] if one.like else [])]

    def _described(self, job: Description) -> List[Dict[Text, Any]]:
        """The work by which a message describes a job, with the names that it says are not meant; its question."""
        work = self.reader.read(job.work)
        others = [m.value for m in work.mentions if m.kind == "occupation" and refused(job.work, m.start)]
        question = [_known_of(self.reader.read(job.question))] if job.question else []
        return [{**_known_of(work), "not": others}, *question]

    def _alone(self, whole: Reading) -> Optional[Dict[Text, Any]]:
        """The question of a message that tells something beside it, as a message of its own: what is read if nothing
        answers the whole; None if it needs what is told, as every question on the teller does."""
        question = set_apart(whole.text, [(m.kind, m.start, m.end) for m in whole.mentions])
        question = question or asking(whole.text, [m.start for m in whole.mentions if m.kind in SUBJECTS])
        if question is None or of_the_teller(question.text):
            return None
        asked = self._apart(question, named_beside_remarks(whole, question))
        return _known_of(asked)

    def _apart(self, question: Part, reading: Reading) -> Reading:
        """A question beside a remark by itself, with the name that the remark chooses for it."""
        name = called(reading, question) if not within(reading, question, SUBJECTS) else ""
        return self.reader.read(filled(question.text, name) if name else question.text)

    def _with_before(self, question: Part, whole: Reading, since: int = 0) -> Reading:
        """A question with the sentence before it, or of a long one the last clause, unless that asks something, too.

        `since`: where the question before it ends."""
        said = re.split(r"(?<=[.?!;])\s+", whole.text[since : question.start].strip(" ,;:-–—?"))[-1]
        if len(said.split()) > MAX_BEFORE:
            said = said[clause_before(said, len(said)) :]
        return self.reader.read(f"{said} {question.text}" if said and not asks(said) else question.text)

    def _part(self, part: Part, whole: Reading, since: int) -> Dict[Text, Any]:
        """One of several questions, with what the components after this one need to understand it.

        A note ("growth") gets the name of what it is about; `topic` is the one that it names, `bare` whether it says
        nothing else. `since`: where the question before it ends, as after that something may be said that it means: "my
        uncle says bakers earn more. is he right?".
        """
        reading = self.reader.read(part.text)
        bare = part.topic is not None and is_bare(_without_names(reading), part.topic)
        if judges(part.text) and not part.about and whole.text[since : part.start].strip(" ,;:.?!-–—"):
            reading = self._with_before(part, whole, since)
        kinds = {mention.kind for mention in reading.mentions}
        school = _school(self.reader.read(part.about)) if part.about and "school" not in kinds else ""
        if kinds & set(SUBJECTS) and school:
            reading = self.reader.read(f"{school} {part.text}")
        if not kinds & set(SUBJECTS):
            if part.about or part.topic:
                there = "place" not in kinds
                reading = self.reader.read(_with_subject(part, self.reader.read(part.about), whole, there))
            else:
                said = _with_antecedent(replace(part, text=reading.text), whole)
                reading = self.reader.read(_of_the_job(said, whole))
        elif part.about and "occupation" not in kinds and not school:
            reading = self.reader.read(_with_subject(part, _jobs(self.reader.read(part.about)), whole, False))
        if _still_at_school(part, reading, whole):
            reading = self.reader.read(f"{reading.text.rstrip(' ?.!')} in high school")
        if place := _place_after(part, reading, whole):
            reading = self.reader.read(f"{reading.text.rstrip(' ?.!')} in {place}")
        named = {"topic": part.topic, "bare": bare} if part.topic else {}
        return {**_known_of(reading), **named}


def knowledge_reader(texts: Iterable[Optional[Text]]) -> Reader:
    """A reader of the names in the knowledge database; `texts` are the training phrases."""
    names, cues = _known()
    return _reader(names, cues, _familiar(texts))


def _reader(names: List[Name], cues: Dict[Text, List[Text]], familiar: List[Text]) -> Reader:
    """The components of one training share a reader: its dictionary takes seconds to make."""
    return _made(tuple(names), tuple((cue, tuple(phrases)) for cue, phrases in cues.items()), tuple(familiar))


@lru_cache(maxsize=1)
def _made(
    names: tuple[Name, ...], cues: tuple[tuple[Text, tuple[Text, ...]], ...], familiar: tuple[Text, ...]
) -> Reader:
    return Reader(names, dict(cues), familiar)


def familiar_words(texts: Iterable[Optional[Text]]) -> List[Text]:
    """Words that at least three training phrases use: a word that common is no misspelling."""
    found = Counter(word for text in texts if text for word in set(re.findall(r"[a-z]{3,}", text.lower())))
    return sorted(word for word, count in found.items() if count >= FAMILIAR)


def _familiar(texts: Iterable[Optional[Text]]) -> List[Text]:
    """Words that are no misspellings: those of the training phrases, and abbreviations of the sources ("ACLS")."""
    return sorted({*familiar_words(texts), *read_abbreviations(settings.load().knowledge_url)})


def _known() -> tuple[List[Name], Dict[Text, List[Text]]]:
    cues = {id: list(cue["phrases"]) for id, cue in read_cues().items()}
    return read_names(settings.load().knowledge_url), cues


def _jobs(reading: Reading) -> Reading:
    """A reading with the occupations alone of what it names."""
    return replace(reading, mentions=tuple(m for m in reading.mentions if m.kind == "occupation"))


def _without_names(reading: Reading) -> Text:
    """The text without the names and figures in it."""
    text = reading.text
    for mention in sorted(reading.mentions, key=lambda m: -m.start):
        if mention.kind != "cue":
            text = f"{text[: mention.start]} {text[mention.end :]}"
    return text


def _with_antecedent(part: Part, whole: Reading) -> Text:
    """A question with the school or the credential named before it that its "they" or "it" stands for."""
    before = [m for m in whole.mentions if m.kind in ("school", "credential") and m.end <= part.start]
    if not before or not _STANDS_FOR.search(part.text) or _OF_WORK.search(part.text):
        return part.text
    named = before[-1]
    later = any(m.kind == "occupation" and named.end <= m.start < part.start for m in whole.mentions)
    if named.kind == "credential" and later and _FOR_IT.search(part.text):
        return part.text  # "with the CCA, can I become a manager? do I need a degree for it": for the job
    at = "at" if named.kind == "school" else "for the"
    levels = [m for m in whole.mentions if m.kind == "level" and m.end <= part.start] if named.kind == "school" else []
    level = f" for the {levels[-1].text}" if levels else ""
    return f"{part.text.rstrip(' ?.!')} {at} {named.text}{level}"


def _of_the_job(question: Text, whole: Reading) -> Text:
    """ "What can you specialize in", beside a question that names the one job of the message: asked of that, and not of
    the assistant."""
    jobs = {m.value: m.text for m in whole.mentions if m.kind == "occupation" and not m.candidates}
    if len(jobs) != 1:
        return question
    return _CAN_YOU.sub(lambda match: f"{match.group(1)} {next(iter(jobs.values()))}", question, count=1)


def _still_at_school(part: Part, reading: Reading, whole: Reading) -> bool:
    """Whether a question is which classes to take, of somebody who said before that they are in high school."""
    if not _CLASSES.search(part.text) or any(m.kind == "level" for m in reading.mentions):
        return False
    return any(m.kind == "level" and m.value == "high-school" and m.end <= part.start for m in whole.mentions)


def _place_after(part: Part, reading: Reading, whole: Reading) -> Text:
    """The one place of a message, named at the end of its notes, for the figures asked for before it: "RN pay, openings
    - Ohio"; empty if there is none."""
    if part.topic not in LOCAL or any(mention.kind == "place" for mention in reading.mentions):
        return ""
    places = [mention for mention in whole.mentions if mention.kind == "place"]
    last = len(places) == 1 and not whole.text[places[0].end :].strip(" ?.!") and part.end <= places[0].start
    return places[0].text if last else ""


def _school(about: Reading) -> Text:
    """The school that a text names, as it writes it; empty if it names none."""
    return next((mention.text for mention in about.mentions if mention.kind == "school"), "")


def _with_subject(part: Part, about: Reading, whole: Reading, there: bool) -> Text:
    """A note with the names of what it is about: those before the notes, else the one occupation of the message.

    `there`: whether its figures are of the place named there; not if it names one itself ("openings nationwide").
    """
    names = [m.text for m in about.mentions if m.kind in SUBJECTS and not is_own(about, m)]
    if not names:
        occupations = {m.value: m.text for m in whole.mentions if m.kind == "occupation"}
        names = list(occupations.values()) if len(occupations) == 1 else []
    places = [mention.text for mention in about.mentions if mention.kind == "place"]
    local = part.topic in LOCAL or re.search(r"\bhow much\b|\b(?:pay|make|earn)\b", part.text, re.I)
    where = f" in {places[0]}" if places and local and there else ""
    return f"{' '.join(dict.fromkeys(names))} {part.text}{where}".strip()


def _known_of(reading: Reading) -> Dict[Text, Any]:
    """A text with what the components after this one need to understand it."""
    known = {MENDED: reading.mended, PLAIN: reading.plain, MARKS: marks(reading)}
    return {TEXT: reading.text, ENTITIES: _entities(reading), **known}


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


def questions_within(message: Message) -> List[Dict[Text, Any]]:
    """What of a message is understood as a message of its own: its questions, the one without what is told beside it,
    the one without what picks out what it is about, and the work by which it describes a job."""
    return [one for key in (PARTS, ALONE, PICKED, DESCRIBED) for one in message.get(key) or ()]


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
