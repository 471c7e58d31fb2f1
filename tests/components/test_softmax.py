"""The logistic regression finds what scikit-learn's finds, with dense and sparse features side by side."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix, hstack, random
from sklearn.linear_model import LogisticRegression

from components.softmax import fit


@pytest.fixture(scope="module")
def problem() -> tuple[np.ndarray, csr_matrix, list[str]]:
    generator = np.random.default_rng(3)
    dense = generator.normal(size=(300, 12))
    sparse = random(300, 40, density=0.1, random_state=3, format="csr")
    scores = dense[:, :3] + sparse[:, :3].toarray() + generator.normal(scale=0.3, size=(300, 3))
    return dense, sparse, [f"class {n}" for n in scores.argmax(axis=1)]


@pytest.mark.parametrize("penalty", [0.1, 1.0, 10.0])
@pytest.mark.parametrize("balanced", [True, False])
def test_it_finds_what_scikit_learn_finds(problem: tuple[np.ndarray, csr_matrix, list[str]], penalty: float,
                                          balanced: bool) -> None:
    dense, sparse, labels = problem
    counts = None if balanced else [1.0 + n % 3 for n in range(len(labels))]
    found = fit(dense, sparse, labels, counts=counts, penalty=penalty, iterations=1000)
    known = LogisticRegression(C=penalty, class_weight="balanced" if balanced else None, max_iter=1000)
    known.fit(hstack([csr_matrix(dense), sparse]).tocsr(), labels, sample_weight=counts)
    assert list(found.classes) == list(known.classes_)
    assert np.allclose(found.weights, known.coef_.T, atol=0.01)
    assert np.allclose(found.bias - found.bias.mean(), known.intercept_ - known.intercept_.mean(), atol=0.01)


def test_a_class_is_told_from_the_only_other_one(problem: tuple[np.ndarray, csr_matrix, list[str]]) -> None:
    dense, sparse, labels = problem
    two = ["yes" if label == "class 0" else "no" for label in labels]
    found = fit(dense, sparse, two)
    scores = dense @ found.weights[:12] + sparse @ found.weights[12:] + found.bias
    right = np.array(found.classes)[np.asarray(scores).argmax(axis=1)] == np.array(two)
    assert right.mean() > 0.85


def test_it_is_the_same_each_time(problem: tuple[np.ndarray, csr_matrix, list[str]]) -> None:
    assert np.array_equal(fit(*problem).weights, fit(*problem).weights)
