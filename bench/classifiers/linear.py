"""Linear classifiers, nearest neighbours, and their combinations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from actions.context import TOPIC_INTENTS
from bench.classifiers.data import UNCOVERED, Lessons, Seen
from bench.classifiers.verdicts import Verdict, verdict
from components.intents import MAX_ITER, Columns, IntentModel, Strengths, train

Ranking = dict[str, float]
NEIGHBOURS = 15  # of the combination


def _vectors(seen: Sequence[Seen]) -> npt.NDArray[np.float32]:
    return np.stack([one.example.vector for one in seen])


class Logistic:
    """Ours: logistic regression on the embedding, words and marks (components/intents.py)."""

    def __init__(self, lessons: Lessons, strengths: Strengths) -> None:
        self._model: IntentModel = train([one.example for one in lessons.seen], lessons.intents, strengths)

    def rank(self, seen: Seen) -> Ranking:
        return dict(self._model.rank(seen.example))

    def judge(self, seen: Seen) -> Verdict:
        return verdict(self.rank(seen))


class Support:
    """A linear support vector machine on the same features; sigmoids fitted on five folds make probabilities."""

    def __init__(self, lessons: Lessons, strengths: Strengths) -> None:
        from sklearn.calibration import CalibratedClassifierCV
        from sklearn.svm import LinearSVC

        self._columns = Columns(strengths)
        matrix = self._columns.fit([one.example for one in lessons.seen])
        machine = LinearSVC(C=0.1, class_weight="balanced", random_state=42)  # C: the best on the development questions
        self._model: Any = CalibratedClassifierCV(machine, cv=5, ensemble=False)
        self._model.fit(matrix, np.array(lessons.intents))

    def judge(self, seen: Seen) -> Verdict:
        shares = self._model.predict_proba(self._columns.of([seen.example]))[0]
        return verdict(dict(zip(map(str, self._model.classes_), shares.tolist())))


class Embedding:
    """Logistic regression on the embedding alone, weighted as in ours."""

    def __init__(self, lessons: Lessons, strengths: Strengths) -> None:
        from sklearn.linear_model import LogisticRegression

        penalty = strengths.penalty * strengths.embedding**2
        model = LogisticRegression(C=penalty, class_weight="balanced", max_iter=MAX_ITER, random_state=42)
        model.fit(_vectors(lessons.seen), list(lessons.intents))
        self._weights, self._bias = model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)
        self._intents = [str(intent) for intent in model.classes_]

    def judge(self, seen: Seen) -> Verdict:
        logits = seen.example.vector @ self._weights + self._bias
        shares = np.exp(logits - logits.max())
        return verdict(dict(zip(self._intents, (shares / shares.sum()).tolist())))


class Nearest:
    """The k messages with the nearest embeddings vote, each with its cosine."""

    def __init__(self, lessons: Lessons, k: int) -> None:
        self._k = k
        self._matrix = _vectors(lessons.seen)
        self._intents = list(lessons.intents)
        self._uncovered = np.array([intent == UNCOVERED for intent in lessons.intents])
        self._topics = np.array([intent in TOPIC_INTENTS for intent in lessons.intents])

    def rank(self, seen: Seen) -> Ranking:
        return self._votes(self._matrix @ seen.example.vector)

    def judge(self, seen: Seen) -> Verdict:
        """The doubt is by how much the k nearest uncovered questions are nearer than the k nearest others: finer than
        votes, of which one neighbour has only two."""
        cosines = self._matrix @ seen.example.vector
        doubt = self._top(cosines[self._uncovered]) - self._top(cosines[self._topics])
        return verdict(self._votes(cosines), doubt)

    def _votes(self, cosines: npt.NDArray[np.float32]) -> Ranking:
        votes: Ranking = {}
        for index in np.argsort(-cosines, kind="stable")[: self._k]:
            intent = self._intents[index]
            votes[intent] = votes.get(intent, 0.0) + max(0.0, float(cosines[index]))
        total = sum(votes.values()) or 1.0
        return {intent: vote / total for intent, vote in votes.items()}

    def _top(self, cosines: npt.NDArray[np.float32]) -> float:
        return float(np.sort(cosines)[-self._k :].mean()) if len(cosines) else 0.0


@dataclass
class Averaged:
    """The mean of ours and of the neighbours' votes."""

    logistic: Logistic
    nearest: Nearest

    def judge(self, seen: Seen) -> Verdict:
        one, other = self.logistic.rank(seen), self.nearest.rank(seen)
        return verdict({intent: (value + other.get(intent, 0.0)) / 2 for intent, value in one.items()})
