"""`python -m tests.evaluation.fit_verification`: fits actions/verification.json, the last look at an answer to a
follow-up (some ten minutes).

The weights are learned from the newest development dialogues (FRESH), whose misses are the least mended for: from each
follow-up that is answered rightly, or although no source does.

The rule for the threshold: of the follow-ups of these and of OLDER other development dialogues that are answered
rightly, at most ALLOWED are refused; the highest threshold that keeps to it is taken.

It says as well what becomes of details asked after an answer (tests/questions/details.jsonl), of which readers said
whether a source answers them. They are hard ones, chosen for being near to a statement.
"""

from __future__ import annotations

import json
import random
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import numpy as np

from actions.actions import service
from actions.verification import FILE, Reading, Verification
from knowledge.asked import Target
from knowledge.load import read_checked
from tests.evaluation import judge, sets
from tests.evaluation.assistant import Assistant, Reply

DETAILS = Path(__file__).parents[1] / "questions" / "details.jsonl"
FRESH = "j-"  # how the names of the newest dialogues begin
OLDER, ASKED, SEED = 300, 300, 7  # so many other dialogues and details, drawn at random
PENALTY = 0.1
ALLOWED = 0.01
OF_FIGURES = ("pay", "outlook", "comparison")


@dataclass(frozen=True)
class Noted(Verification):
    """Lets every answer pass and keeps what was read of it."""

    read: list[Reading] = field(default_factory=list)

    def holds(self, readings: Iterable[Reading]) -> bool:
        self.read.extend(deque(readings, maxlen=1))
        return True

    def taken(self) -> Reading | None:
        """The reading of the last message, if its answer was read."""
        last = self.read[-1] if self.read else None
        self.read.clear()
        return last


def details(assistant: Assistant, noted: Noted) -> Iterator[tuple[Reading, bool]]:
    """The reading of each answer to a detail, and whether the answer is right."""
    statements = {s.id: Target.of(s) for s in read_checked()[0].statements}
    entries = [json.loads(line) for line in DETAILS.read_text(encoding="utf-8").splitlines()]
    for entry in random.Random(SEED).sample(entries, ASKED):
        sender = uuid4().hex
        assistant.ask(entry["before"], sender)
        noted.taken()
        reply = assistant.ask(entry["question"], sender)
        reading = noted.taken()
        if reading is None or reply.payload["type"] != "answer":
            continue
        right = _right(entry, reply, statements)
        if right or entry["verdict"] == "none":
            yield reading, right


def _right(entry: dict[str, object], reply: Reply, statements: dict[str, Target]) -> bool:
    if entry["verdict"] == "figures":
        return reply.payload["topic"] in OF_FIGURES
    near, places = entry["near"], entry["answered_by"]
    assert isinstance(near, list) and isinstance(places, list)
    right = {near[place] for place in places}
    return any(str(statements.get(cited["statement"])) in right for cited in reply.payload["citations"])


def follow_ups(
    assistant: Assistant, noted: Noted, dialogues: Iterable[tuple[str, list[sets.Entry]]]
) -> Iterator[tuple[Reading, bool]]:
    """The reading of each follow-up that is answered, and whether it is rightly; those are left out of which a source
    says something else than what was answered."""
    for _, turns in dialogues:
        sender = uuid4().hex
        for turn in turns:
            noted.taken()
            reply = assistant.ask(turn["user"], sender)
            reading = noted.taken()
            if reading is None or reply.payload["type"] != "answer":
                continue
            right = not judge.faults(turn["expect"], reply.text, reply.payload)
            if right or turn["expect"].get("type") == "no_answer":
                yield reading, right


def main() -> int:
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score

    assistant, noted = Assistant(), Noted(0.0, 0.0, 0.0, 0.0, 0.0)
    service().verification = noted
    every = list(sets.dialogues("development"))
    fresh = [one for one in every if one[0].startswith(FRESH)]
    older = random.Random(SEED).sample([one for one in every if one not in fresh], OLDER)
    rows = list(follow_ups(assistant, noted, fresh))
    x = np.array([[one.following, one.alone, one.gate] for one, _ in rows])
    y = np.array([right for _, right in rows])
    model = LogisticRegression(C=PENALTY, max_iter=1000).fit(x, y)
    following, alone, gate = (round(float(weight), 4) for weight in model.coef_[0])
    fitted = Verification(following, alone, gate, round(float(model.intercept_[0]), 4), 0.0)
    others = [one for one, right in follow_ups(assistant, noted, older) if right]
    kept = np.sort([fitted.certainty(one) for one in (*(one for one, right in rows if right), *others)])
    missing = np.array([fitted.certainty(one) for one, right in rows if not right])
    asked = list(details(assistant, noted))
    certain, known = np.array([fitted.certainty(one) for one, _ in asked]), np.array([right for _, right in asked])
    print(
        f"{y.sum()} follow-ups answered rightly, {(~y).sum()} that no source answers; of details {known.sum()} and "
        f"{(~known).sum()}, area under the curve {roc_auc_score(known, certain):.3f}"
    )
    for allowed in (0.0025, 0.005, 0.01, 0.015, 0.02):
        at = kept[int(allowed * len(kept))]
        refused = [np.mean(found < at) for found in (missing, certain[~known], certain[known])]
        print(
            f"  refusing {allowed:.2%} of {len(kept)} (threshold {at:.3f}) refuses {refused[0]:.0%} of those without a "
            f"source, {refused[1]:.0%} of such details, {refused[2]:.1%} of the others"
        )
    content = {"following": following, "alone": alone, "gate": gate, "intercept": fitted.intercept}
    content["threshold"] = round(float(kept[int(ALLOWED * len(kept))]), 4)
    FILE.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
