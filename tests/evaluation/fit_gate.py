"""`python -m tests.evaluation.fit_gate`: fits actions/gate.json, the decision whether any source answers a question.

It learns from the development questions on which the gate decides: those that are answered if it opens, and not if it
does not. What gets no answer anyway, or one in any case, tells nothing of it; nor does a question that no gate can help
to a right answer.

The rule for the threshold: of all development questions that no source answers, at most ALLOWED are answered because it
opens, in ten-fold cross-validation; the lowest threshold that keeps to it is taken.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass

import numpy as np

from actions.actions import service, turn_of_message
from actions.context import Context
from actions.gate import FILE, Gate
from actions.understanding import ease
from knowledge.embedding import unpack
from tests.evaluation import judge, sets
from tests.evaluation.assistant import Assistant, Reply

PENALTY = 0.05  # the inverse: how little is believed of the few questions that there are
STEP = 1e-4  # a threshold is just above the last that must not pass
ALLOWED = 0.025
GROUPS = ("covered", "pay", "comparison", "uncovered", "out_of_scope")
OPEN, CLOSED = Gate({}, 30.0, 0.5), Gate({}, -30.0, 0.5)


@dataclass(frozen=True)
class Row:
    """A development question with the gate's figures. `answered`: whether a source answers it; `ease`: what share of
    the usual certainty is enough; `decided`: whether the gate alone decides if it gets an answer (one that is right, if
    a source answers it)."""

    group: str
    text: str
    figures: dict[str, float]
    ease: float
    decided: bool

    @property
    def answered(self) -> bool:
        return self.group not in ("uncovered", "out_of_scope")


def rows() -> list[Row]:
    """Every development question, asked with the gate open and with the gate closed."""
    assistant, asked = Assistant(), service().reading
    found = []
    for number, (group, entry) in enumerate(sets.questions("development")):
        if group not in GROUPS:
            continue
        parsed = assistant.understood(entry["text"])
        turn = asked.told(turn_of_message(parsed))
        turn, _, like, figures = asked.weighed(Context(), turn, unpack(parsed["waymark_vector"]))
        replies = []
        for gate in (OPEN, CLOSED):
            asked.gate = gate
            replies.append(assistant.ask(entry["text"], f"{'open' if gate is OPEN else 'closed'}-{number}"))
        found.append(Row(group, entry["text"], figures, ease(turn, like), _decides(group, entry, *replies)))
    return found


def _decides(group: str, entry: sets.Entry, opened: Reply, closed: Reply) -> bool:
    if group in ("uncovered", "out_of_scope"):
        return opened.payload["type"] == "answer" != closed.payload["type"]
    right, wrong = (judge.faults(entry, reply.text, reply.payload) for reply in (opened, closed))
    return not right and bool(wrong)


def main() -> int:
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    every = rows()
    missing = sum(row.group == "uncovered" for row in every)
    decided = [row for row in every if row.decided]
    names = list(decided[0].figures)
    x, y = np.array([[row.figures[name] for name in names] for row in decided]), np.array([r.answered for r in decided])
    uncovered = np.array([row.group == "uncovered" for row in decided])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=PENALTY, max_iter=2000))
    folds = [StratifiedKFold(10, shuffle=True, random_state=seed) for seed in range(5)]
    probability = [cross_val_predict(model, x, y, cv=fold, method="predict_proba")[:, 1] for fold in folds]
    certainty = np.mean(probability, axis=0) / np.array([row.ease for row in decided])  # as the gate compares it
    passing = np.sort(certainty[uncovered])[::-1]
    threshold = min(float(passing[int(ALLOWED * missing)]) + STEP, 1 - STEP)
    print(
        f"the gate decides on {y.sum()} that a source answers, {uncovered.sum()} of {missing} that none does, "
        f"{(~y & ~uncovered).sum()} out of scope"
    )
    for allowed in (0.02, 0.025, 0.03, 0.05, 0.1, 0.15):
        at = passing[int(allowed * missing)] + STEP
        print(
            f"  letting {allowed:.0%} pass (threshold {at:.3f}) keeps {np.mean(certainty[y] >= at):.1%}, "
            f"and lets {np.mean(certainty[~y & ~uncovered] >= at):.0%} of those out of scope pass"
        )
    if "--misses" in sys.argv:
        for index in np.argsort(certainty):
            if y[index] == (certainty[index] < threshold):
                kind = "answered" if y[index] else "not     "
                print(f"{kind} {certainty[index]:.2f} {decided[index].text[:140]}")
    model.fit(x, y)
    scaled = model[1].coef_[0] / model[0].scale_
    content = {
        "weights": {name: round(float(weight), 4) for name, weight in zip(names, scaled)},
        "intercept": round(float(model[1].intercept_[0] - scaled @ model[0].mean_), 4),
        "threshold": round(threshold, 4),
    }
    FILE.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
