"""`python -m tests.evaluation.fit_gate`: fits actions/gate.json, the decision whether any source answers a message.

There are two gates. That of a message **alone** learns from the development questions on which it decides: those that
are answered if it opens, and not if it does not. What gets no answer anyway, or one in any case, tells nothing of it;
nor does a question that no gate can help to a right answer. The rule for its threshold: of all development questions
that no source answers, at most ALLOWED are answered because it opens, in ten-fold cross-validation; the lowest
threshold that keeps to it is taken.

That of a message that **leans** on what was said before it learns from the later turns of the development dialogues for
which it is asked. The rule: of those that no source answers, at most ALLOWED_LEANING pass, in ten-fold cross-validation
over whole dialogues.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from actions.actions import service, turn_of_message
from actions.context import Context
from actions.gate import ALONE, FILE, LEANING, Gate
from actions.understanding import ease
from knowledge.embedding import unpack
from tests.evaluation import judge, sets
from tests.evaluation.assistant import Assistant, Reply

PENALTY = 0.05  # the inverse: how little is believed of the few questions that there are
STEP = 1e-4  # a threshold is just above the last that must not pass
ALLOWED, ALLOWED_LEANING = 0.025, 0.1
TRIED = (0.02, 0.025, 0.03, 0.05, 0.07, 0.1, 0.15)
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


class Recording:
    """A gate that decides as another does, and keeps what it was asked."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self.asked: list[dict[str, float]] = []

    def opens(self, figures: Mapping[str, float]) -> bool:
        self.asked.append(dict(figures))
        return self._gate.opens(figures)


@dataclass(frozen=True)
class Later:
    """A later turn of a development dialogue for which the gate of leaning messages is asked, with its figures."""

    dialogue: str
    text: str
    figures: dict[str, float]
    answered: bool


def later_turns() -> list[Later]:
    """The turns on which the gate of leaning messages decides; one that is read as several questions is left out."""
    assistant, asked = Assistant(), service().reading
    recording: Any = Recording(asked.leaning_gate)
    asked.leaning_gate = recording
    found = []
    for name, turns in sets.dialogues("development"):
        for turn in turns:
            recording.asked.clear()
            assistant.ask(turn["user"], f"leaning-{name}")
            kind = turn["expect"].get("type", "answer")
            if len(recording.asked) == 1 and kind in ("answer", "no_answer", "no_source"):
                found.append(Later(name, turn["user"], recording.asked[0], kind == "answer"))
    return found


def cross_validated(x: Any, y: Any, groups: Sequence[str] | None = None) -> Any:
    """The probability of each row by a model that has not seen it, nor any other row of its group."""
    from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict

    own = np.unique(groups, return_inverse=True)[1] if groups is not None else np.arange(len(y))
    folds = [StratifiedGroupKFold(10, shuffle=True, random_state=seed) for seed in range(5)]
    kept = [cross_val_predict(_model(), x, y, groups=own, cv=fold, method="predict_proba")[:, 1] for fold in folds]
    return np.mean(kept, axis=0)


def fitted(names: Sequence[str], x: Any, y: Any, threshold: float) -> dict[str, Any]:
    """A gate as gate.json has it: the weights of the figures as they are."""
    model = _model().fit(x, y)
    scaled = model[1].coef_[0] / model[0].scale_
    return {
        "weights": {name: round(float(weight), 4) for name, weight in zip(names, scaled)},
        "intercept": round(float(model[1].intercept_[0] - scaled @ model[0].mean_), 4),
        "threshold": round(threshold, 4),
    }


def _model() -> Any:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(C=PENALTY, max_iter=2000))


def alone() -> dict[str, Any]:
    """The gate of a message by itself."""
    every = rows()
    missing = sum(row.group == "uncovered" for row in every)
    decided = [row for row in every if row.decided]
    names = list(decided[0].figures)
    x, y = np.array([[row.figures[name] for name in names] for row in decided]), np.array([r.answered for r in decided])
    uncovered = np.array([row.group == "uncovered" for row in decided])
    certainty = cross_validated(x, y) / np.array([row.ease for row in decided])  # as the gate compares it
    passing = np.sort(certainty[uncovered])[::-1]
    threshold = min(float(passing[int(ALLOWED * missing)]) + STEP, 1 - STEP)
    print(
        f"alone: the gate decides on {y.sum()} that a source answers, {uncovered.sum()} of {missing} that none does, "
        f"{(~y & ~uncovered).sum()} out of scope"
    )
    for allowed in TRIED:
        at = passing[int(allowed * missing)] + STEP
        print(
            f"  letting {allowed:.1%} pass (threshold {at:.3f}) keeps {np.mean(certainty[y] >= at):.1%}, "
            f"and lets {np.mean(certainty[~y & ~uncovered] >= at):.0%} of those out of scope pass"
        )
    _misses([row.text for row in decided], certainty, y, threshold)
    return fitted(names, x, y, threshold)


def leaning() -> dict[str, Any]:
    """The gate of a message that leans on what was said before it."""
    turns = later_turns()
    names = list(turns[0].figures)
    x, y = np.array([[turn.figures[name] for name in names] for turn in turns]), np.array([t.answered for t in turns])
    certainty = cross_validated(x, y, [turn.dialogue for turn in turns])
    passing = np.sort(certainty[~y])[::-1]
    threshold = min(float(passing[int(ALLOWED_LEANING * len(passing))]) + STEP, 1 - STEP)
    print(f"leaning: the gate is asked of {y.sum()} turns that a source answers, {(~y).sum()} that none does")
    for allowed in TRIED:
        at = passing[int(allowed * len(passing))] + STEP
        print(f"  letting {allowed:.1%} pass (threshold {at:.3f}) keeps {np.mean(certainty[y] >= at):.1%}")
    _misses([turn.text for turn in turns], certainty, y, threshold)
    return fitted(names, x, y, threshold)


def _misses(texts: Sequence[str], certainty: Any, y: Any, threshold: float) -> None:
    """With --misses: what is on the wrong side."""
    if "--misses" in sys.argv:
        for index in np.argsort(certainty):
            if y[index] == (certainty[index] < threshold):
                print(f"{'answered' if y[index] else 'not     '} {certainty[index]:.2f} {texts[index][:140]}")


def main() -> int:
    content = {ALONE: alone(), LEANING: leaning()}
    FILE.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
