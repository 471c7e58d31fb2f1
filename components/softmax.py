"""Multinomial logistic regression with a quadratic penalty, for features of which some are dense and the others sparse.

The same problem as scikit-learn's LogisticRegression(solver="lbfgs"), minimised by scipy's L-BFGS. scikit-learn takes
one matrix: embeddings in a sparse one cost ten times the time that they take in one of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
TOLERANCE = 1e-4  # of the gradient, as in scikit-learn


@dataclass(frozen=True)
class Fitted:
    """`weights`: a row a feature, the dense ones first, a column a class; `bias`: one a class."""

    classes: tuple[str, ...]
    weights: Matrix
    bias: Matrix


def fit(
    dense: Matrix,
    sparse: Any,
    labels: Sequence[str],
    *,
    counts: Sequence[float] | None = None,
    penalty: float = 1.0,
    iterations: int = 100,
) -> Fitted:
    """Rows of `dense` and of `sparse` (any scipy matrix) are the examples. `counts`: what each example counts; None:
    every class the same in all. `penalty`: its inverse strength, as C in scikit-learn. Deterministic."""
    from scipy.optimize import minimize
    from scipy.special import log_softmax

    classes, target = np.unique(np.asarray(labels, dtype=str), return_inverse=True)
    share = len(labels) / (len(classes) * np.bincount(target))
    weight = share[target] if counts is None else np.asarray(counts, dtype=np.float64)
    examples, width = dense.shape
    dense, rows = np.ascontiguousarray(dense, dtype=np.float64), sparse.tocsr().astype(np.float64)
    columns, every = rows.T.tocsr(), np.arange(examples)
    size = width + rows.shape[1]

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        both = flat.reshape(size + 1, len(classes))
        logs = log_softmax(dense @ both[:width] + rows @ both[width:size] + both[size], axis=1)
        error = np.exp(logs)
        error[every, target] -= 1.0
        error *= weight[:, None]
        gradient = np.vstack([dense.T @ error, columns @ error, error.sum(axis=0)])
        gradient[:size] += both[:size] / penalty
        value = -(weight @ logs[every, target]) + 0.5 / penalty * float(np.sum(both[:size] ** 2))
        return value, gradient.ravel()

    options = {"maxiter": iterations, "gtol": TOLERANCE}
    found = minimize(loss, np.zeros((size + 1) * len(classes)), jac=True, method="L-BFGS-B", options=options)
    both = found.x.reshape(size + 1, len(classes))
    return Fitted(tuple(classes.tolist()), both[:size], both[size])
