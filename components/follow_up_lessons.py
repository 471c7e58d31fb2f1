"""What short messages mean after an answer: the training examples of data/follow_ups. No Rasa.

A file has `after`, the topic of the answer ("any": whichever it was), and `means`: intent -> messages. The same words
may mean different things after different topics: "how much?" asks for the pay after the duties, and for the cost after
the schooling.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent.parent / "data" / "follow_ups"


@dataclass(frozen=True)
class FollowUp:
    """A message, the topic of the answer before it, and the intent that it has there."""

    text: str
    after: str
    intent: str


def read_follow_ups(folder: Path = FOLDER) -> list[FollowUp]:
    """Every example in the order of the files. Raises ValueError, naming the file and the entry, where one is not of
    that form or says the same twice."""
    found: list[FollowUp] = []
    for path in sorted(folder.glob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        name = f"data/follow_ups/{path.name}"
        if not isinstance(content, Mapping) or set(content) != {"after", "means"}:
            raise ValueError(f"{name}: must have `after` (a topic) and `means` (intent -> messages), nothing else")
        after, means = content["after"], content["means"]
        if not isinstance(after, str) or not isinstance(means, Mapping):
            raise ValueError(f"{name}: `after` must be the id of a topic, `means` a mapping of intent to messages")
        said: dict[str, str] = {}
        for intent, texts in means.items():
            if not isinstance(texts, list):
                raise ValueError(f"{name}: {intent}: must be a list of messages")
            for text in texts:
                if not isinstance(text, str) or not text.strip():
                    raise ValueError(f"{name}: {intent}: {text!r} is no text; put it in quotes")
                same = text.strip().lower()
                if same in said:
                    raise ValueError(f"{name}: {text!r} is listed twice, under {said[same]} and {intent}; keep one")
                said[same] = intent
                found.append(FollowUp(text.strip(), after, intent))
    return found
