"""Logistic regression over a sentence embedding, TF-IDF of one- and two-word phrases, and marks. No Rasa.

scikit-learn makes the features and softmax.py trains it; reading a message is plain numpy, which takes a tenth of the
time of scipy's sparse matrices for one row. Weights are kept as numpy arrays and JSON, never pickled.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from components.softmax import fit

Vector = npt.NDArray[np.float32]
_WORD = re.compile(r"(?u)\b\w+\b")
MAX_ITER = 45  # as accurate as 150 on the development questions, in a quarter of the time
ARRAYS, WORDS = "weights.npz", "words.json"


@dataclass(frozen=True)
class Example:
    """What the classifier sees of a message: the embedding (384 numbers, a unit vector), the plain text, the marks."""

    vector: Vector
    plain: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Strengths:
    """How much each kind of feature counts, and the inverse of the penalty."""

    embedding: float = 3.2
    words: float = 2.2
    marks: float = 1.0
    penalty: float = 1.0


def phrases(text: str) -> list[str]:
    """One- and two-word phrases, in lower case."""
    words = _WORD.findall(text.lower())
    return [*words, *(f"{a} {b}" for a, b in pairwise(words))]


Features = Callable[[str], list[str]]  # what is counted of a plain text


class IntentModel:
    """Trained weights; `rank` gives every intent's probability, the likeliest first."""

    def __init__(
        self,
        intents: Sequence[str],
        words: Mapping[str, int],
        marks: Mapping[str, int],
        idf: Vector,
        weights: Vector,
        bias: Vector,
        strengths: Strengths,
        features: Features = phrases,
    ) -> None:
        self._features = features
        self._intents = list(intents)
        self._words, self._marks, self._idf = dict(words), dict(marks), idf
        self._bias, self._strengths = bias, strengths
        size = weights.shape[0] - len(words) - len(marks)
        self._embedding = np.ascontiguousarray(weights[:size] * strengths.embedding)
        self._phrases = weights[size : size + len(words)] * strengths.words
        self._kinds = weights[size + len(words) :] * strengths.marks
        self._weights = weights

    def rank(self, example: Example) -> list[tuple[str, float]]:
        """(intent, probability), best first."""
        logits = self._bias + example.vector @ self._embedding
        found = self._counts(example.plain)
        if found:
            rows = np.fromiter(found, dtype=np.intp)
            values = (1.0 + np.log(np.fromiter(found.values(), dtype=np.float32))) * self._idf[rows]
            logits = logits + (values / np.linalg.norm(values)) @ self._phrases[rows]
        for mark in example.marks:
            if mark in self._marks:
                logits = logits + self._kinds[self._marks[mark]]
        shares = np.exp(logits - logits.max())
        shares /= shares.sum()
        order = np.argsort(-shares)
        return [(self._intents[index], float(shares[index])) for index in order]

    def _counts(self, plain: str) -> dict[int, int]:
        found: dict[int, int] = {}
        for phrase in self._features(plain):
            index = self._words.get(phrase)
            if index is not None:
                found[index] = found.get(index, 0) + 1
        return found

    def save(self, folder: Path) -> None:
        np.savez(folder / ARRAYS, idf=self._idf, weights=self._weights, bias=self._bias)
        content = {
            "intents": self._intents,
            "words": list(self._words),
            "marks": list(self._marks),
            "strengths": vars(self._strengths),
        }
        (folder / WORDS).write_text(json.dumps(content), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, features: Features = phrases) -> IntentModel:
        """`features`: as it was trained with."""
        content = json.loads((folder / WORDS).read_text(encoding="utf-8"))
        with np.load(folder / ARRAYS, allow_pickle=False) as arrays:
            words = {word: index for index, word in enumerate(content["words"])}
            marks = {mark: index for index, mark in enumerate(content["marks"])}
            strengths = Strengths(**content["strengths"])
            idf, weights, bias = arrays["idf"], arrays["weights"], arrays["bias"]
            return cls(content["intents"], words, marks, idf, weights, bias, strengths, features)


class Columns:
    """The features of messages side by side, as a sparse matrix for scikit-learn: embedding, words, marks."""

    def __init__(self, strengths: Strengths, features: Features = phrases) -> None:
        from sklearn.feature_extraction import DictVectorizer
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._strengths = strengths
        self.words = TfidfVectorizer(analyzer=features, min_df=2, sublinear_tf=True)
        self.marks = DictVectorizer()

    def learn(self, examples: Sequence[Example]) -> None:
        """Learn which words and marks there are."""
        self.words.fit([one.plain for one in examples])
        self.marks.fit([_marked(one) for one in examples])

    def fit(self, examples: Sequence[Example]) -> Any:
        """The same; returns the matrix, one row an example."""
        self.learn(examples)
        return self.of(examples)

    def of(self, examples: Sequence[Example]) -> Any:
        """The matrix of further examples."""
        from scipy.sparse import csr_matrix, hstack

        return hstack([csr_matrix(self.dense(examples)), self.sparse(examples)]).tocsr()

    def dense(self, examples: Sequence[Example]) -> npt.NDArray[np.float64]:
        """Its columns of the embedding."""
        return np.stack([one.vector for one in examples]).astype(np.float64) * self._strengths.embedding

    def sparse(self, examples: Sequence[Example]) -> Any:
        """Its other columns: words and marks."""
        from scipy.sparse import hstack

        words = self.words.transform([one.plain for one in examples]) * self._strengths.words
        return hstack([words, self.marks.transform([_marked(one) for one in examples]) * self._strengths.marks]).tocsr()


def _marked(example: Example) -> dict[str, float]:
    return dict.fromkeys(example.marks, 1.0)


def train(
    examples: Sequence[Example],
    intents: Sequence[str],
    strengths: Strengths,
    features: Features = phrases,
    weights: Sequence[float] | None = None,
) -> IntentModel:
    """Fit on labelled examples; every intent weighs the same in all, unless examples have weights. Deterministic."""
    columns = Columns(strengths, features)
    columns.learn(examples)
    dense, sparse = columns.dense(examples), columns.sparse(examples)
    found = fit(dense, sparse, intents, counts=weights, penalty=strengths.penalty, iterations=MAX_ITER)
    names = {word: int(index) for word, index in columns.words.vocabulary_.items()}
    return IntentModel(
        found.classes,
        dict(sorted(names.items(), key=lambda item: item[1])),
        {str(mark): index for index, mark in enumerate(columns.marks.feature_names_)},
        columns.words.idf_.astype(np.float32),
        found.weights.astype(np.float32),
        found.bias.astype(np.float32),
        strengths,
        features,
    )
