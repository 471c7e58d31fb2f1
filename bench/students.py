"""What the students of a load ask: conversations of ten turns that hardly ever repeat a message to the letter.

The questions stand in questions.txt with places for names; occupations, states and cities come from the knowledge
database, and the first words vary. So nothing that remembers texts makes the figures better than they are.
"""
from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.query import KnowledgeBase
from tools.console import ToolError

QUESTIONS = Path(__file__).with_name("questions.txt")
SEED = 2025
Conversations = Sequence[Sequence[str]]
LEADS = (
    "", "ok so ", "hi, ", "hmm, ", "well, ", "right, ", "alright, ", "one question: ", "please tell me, ", "hey, ",
    "um, ", "also, ", "just wondering, ", "quick question, ", "sorry, ", "one more thing: ", "oh and ", "good, ",
    "now, ", "yes but ", "fine, ", "excuse me, ", "great, ", "honestly, ",
)


@dataclass(frozen=True)
class Names:
    """What the places in the questions are filled with: {job} and {jobs} are known in depth, {occupation} and
    {occupations} any, {state} and {city} in the United States."""

    job: Sequence[str]
    jobs: Sequence[str]
    occupation: Sequence[str]
    occupations: Sequence[str]
    state: Sequence[str]
    city: Sequence[str]


def read_names(url: str) -> Names:
    """Of the knowledge database at `url`."""
    catalog = KnowledgeBase(url).catalog
    deep = [known for known in catalog.occupations.values() if known.depth == "facts"]
    simple = [known for known in catalog.occupations.values() if re.fullmatch(r"[a-z ]{4,40}", known.name)]
    places = catalog.places.values()
    cities = {re.split(r"[-,/]", place.name)[0] for place in places if place.level == "metro"}
    return Names(
        [known.name for known in deep], [known.plural for known in deep],
        [known.name for known in simple], [known.plural for known in simple],
        [place.name for place in places if place.level == "state"], sorted(cities))


def read_questions(path: Path = QUESTIONS) -> Conversations:
    """The conversations of a file: a question a line, a blank line between conversations, # for comments."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    groups = [list(group) for filled, group in itertools.groupby(lines, key=bool) if filled]
    if not groups:
        raise ToolError(f"{path.name} holds no questions")
    return groups


def feed(questions: Conversations, names: Names, seed: int = SEED) -> Iterator[Sequence[str]]:
    """Conversations without an end, the same ones for the same seed."""
    pick = random.Random(seed)

    def filled(text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: pick.choice(getattr(names, found.group(1))), text)

    while True:
        for conversation in questions:
            yield [pick.choice(LEADS) + filled(text) for text in conversation]


def check_unseen(conversations: Conversations, training: Sequence[Path]) -> None:
    """Raises ToolError if messages are also training phrases: both would be measured on what they know by heart."""
    known = {
        line.strip().removeprefix("- ").strip().lower()
        for path in training for line in path.read_text(encoding="utf-8").splitlines()}
    seen = [text for one in conversations for text in one if text.lower() in known]
    if seen:
        raise ToolError(f"bench/{QUESTIONS.name}: ask in other words what is training data too: {'; '.join(seen)}")
