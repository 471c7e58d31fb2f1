"""What the judgement on crises (crisis.py) is learned from, embedded. No Rasa.

The messages of data/safety, the training phrases, what people say in the middle of a conversation (data/follow_ups)
and the questions of the knowledge base, which are no crisis. Of what is none, the sentences are none either, and are
learned too: a message is judged by its worst sentence.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import yaml

from components.crisis import KINDS, OTHER, sentences
from components.follow_up_lessons import read_follow_ups
from components.intents import Vector
from components.knowledge_entities import knowledge_reader
from components.nearest import Nearest
from knowledge.embedding import MiniLM, encode_parallel
from knowledge.vectors import KnownQuestion

FOLDER = Path(__file__).parent.parent / "data" / "safety"
FILES = ("crisis.yml", "harmless.yml")
HARMLESS = "harmless"
EVERYDAY = ("out_of_scope", "smalltalk", "thanks", "goodbye")  # intents of messages that ask nothing on careers
ALIKE = 2.0  # what counts double: a message that only sounds like a crisis
KNOWN = 15_000  # what all known questions count together: more of them must not make crises rarer
Lesson = tuple[list[str], Vector, list[str], list[float]]


def read_messages(folder: Path = FOLDER) -> list[tuple[str, str]]:
    """(message, its kind or OTHER) of the two training files. Raises ValueError where one is not of that form."""
    found = []
    for name in FILES:
        content = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
        for kind, lines in content.items():
            if kind not in (*KINDS, HARMLESS) or not isinstance(lines, str):
                raise ValueError(f"data/safety/{name}: {kind!r} is none of {', '.join((*KINDS, HARMLESS))} with a text")
            for line in lines.splitlines():
                if not line.startswith("- "):
                    raise ValueError(f"data/safety/{name}: {line!r} does not begin with '- '")
                found.append((line[2:].strip(), OTHER if kind == HARMLESS else kind))
    return found


def spoken() -> list[str]:
    """What people say after an answer, and is no crisis: remarks and questions in few words."""
    return list(dict.fromkeys(one.text for one in read_follow_ups() if one.intent not in KINDS))


def examples(
    phrases: Sequence[tuple[str, str]], known: Sequence[KnownQuestion], embedded: Vector | None = None
) -> Lesson:
    """(texts, their embeddings, their kinds, what each counts). `phrases`: (text, intent) of Rasa's training data;
    `embedded`: their embeddings, if they are known."""
    own = read_messages()
    own += [(text, OTHER) for text in spoken()]
    pieces = [piece for text, kind in own if kind == OTHER for piece in sentences(text)]
    pieces += [piece for text, intent in phrases if intent not in KINDS for piece in sentences(text)]
    reader = knowledge_reader(text for text, _ in phrases)
    unread = own if embedded is not None else [*own, *phrases]
    vectors = encode_parallel(MiniLM(), [*(reader.read(text).mended for text, _ in unread), *pieces])
    parts = np.split(vectors, [len(own), len(unread)])
    labelled = [*own, *((text, intent if intent in KINDS else OTHER) for text, intent in phrases)]
    known = known[:: math.ceil(len(known) / KNOWN)] if known else known
    texts = [*(text for text, _ in labelled), *pieces]
    kinds = [*(kind for _, kind in labelled), *[OTHER] * (len(pieces) + len(known))]
    alike = {text for text, kind in read_messages() if kind == OTHER}
    weights = [ALIKE if text in alike else 1.0 for text in texts] + [KNOWN / max(1, len(known))] * len(known)
    texts += [one.question for one in known]
    in_order = (parts[0], parts[1] if embedded is None else embedded, parts[2], *(one.vector for one in known))
    return texts, np.vstack([part for part in in_order if len(part)]), kinds, weights


def nearest(texts: Sequence[str], vectors: Vector, kinds: Sequence[str], everyday: Iterable[str]) -> Nearest:
    """The crises of a lesson, and what of it is neither a crisis nor a question on careers: the harmless messages of
    data/safety, the `everyday` ones, and the sentences of both."""
    harmless = {*everyday, *(text for text, kind in read_messages() if kind == OTHER)}
    harmless |= {piece for text in harmless for piece in sentences(text)}
    crises = [row for row, kind in enumerate(kinds) if kind != OTHER]
    others = [row for row, (text, kind) in enumerate(zip(texts, kinds)) if kind == OTHER and text in harmless]
    return Nearest(vectors[crises], vectors[others])
