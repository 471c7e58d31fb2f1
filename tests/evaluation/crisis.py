"""What each threshold of components/safety.py finds and alarms, by five-fold cross-validation of its training data.

`python -m tests.evaluation.crisis` after `make knowledge`; --misses lists the messages. config.yml has the threshold.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

import numpy as np
import yaml

import settings
from components.crisis import OTHER, crisis, likelihoods, sentences, train_crisis
from components.crisis_lessons import EVERYDAY, examples, nearest, read_messages, spoken
from components.intents import IntentModel, Vector
from components.nearest import Nearest
from knowledge.vectors import known_questions

FOLDS = 5
THRESHOLDS = (0.05, 0.08, 0.12, 0.2, 0.25, 0.35, 0.5, 0.7)
SHOWN = 0.25
Said = Mapping[str, Vector]


def phrases() -> list[tuple[str, str]]:
    """(text, intent) of the training phrases."""
    entries = [
        entry
        for path in sorted((settings.ROOT / "data" / "nlu").glob("*.yml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    ]
    return [(line[2:].strip(), entry["intent"]) for entry in entries for line in entry["examples"].splitlines()]


def judged(model: IntentModel, near: Nearest, said: Said, threshold: float) -> str | None:
    """As components/safety.py does: the words, or the likeliest of the message's sentences."""
    return crisis(next(iter(said)), likelihoods(model, near, said), threshold)


def main() -> int:
    texts, vectors, kinds, weights = examples(phrases(), known_questions(settings.load().knowledge_url))
    of_text = dict(zip(texts, vectors))
    own = {text for text, _ in read_messages()}
    everyday = [text for text, intent in phrases() if intent in EVERYDAY]
    # A message is never judged by what has learned its own sentences.
    told = [*(text for text, _ in [*read_messages(), *phrases()]), *spoken()]
    whole = {piece: text for text in told for piece in sentences(text)}
    drawn = dict(zip(texts, np.random.default_rng(7).integers(0, FOLDS, len(texts))))
    folds = np.array([drawn[whole.get(text, text)] for text in texts])
    found: list[tuple[str, str, list[str | None]]] = []
    for fold in range(FOLDS):
        rows = np.flatnonzero(folds != fold)
        taught = [texts[i] for i in rows], vectors[rows], [kinds[i] for i in rows], [weights[i] for i in rows]
        model, near = train_crisis(*taught), nearest(*taught[:3], everyday)
        for i in np.flatnonzero(folds == fold):
            said = {texts[i]: vectors[i], **{s: of_text[s] for s in sentences(texts[i]) if s in of_text}}
            found.append((texts[i], kinds[i], [judged(model, near, said, threshold) for threshold in THRESHOLDS]))
    for column, threshold in enumerate(THRESHOLDS):
        crises = [(kind, said[column]) for text, kind, said in found if kind != OTHER]
        alike = [said[column] for text, kind, said in found if kind == OTHER and text in own]
        others = [said[column] for text, kind, said in found if kind == OTHER and text not in own]
        print(
            f"at {threshold:.2f}: {np.mean([said is not None for _, said in crises]):.1%} of {len(crises)} crises,"
            f" {np.mean([kind == said for kind, said in crises]):.1%} of the right kind; alarms:"
            f" {np.mean([said is not None for said in alike]):.1%} of {len(alike)} that sound alike,"
            f" {np.mean([said is not None for said in others]):.2%} of {len(others)} ordinary questions"
        )
    if "--misses" in sys.argv:
        for text, kind, said in found:
            if (kind == OTHER) == (said[THRESHOLDS.index(SHOWN)] is not None):
                print(f"{kind:9} {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
