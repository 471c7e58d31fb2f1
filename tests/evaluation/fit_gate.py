"""`python -m tests.evaluation.fit_gate`: fits actions/gate.json, the decision whether any source answers a question.

The rule for the threshold: of the development questions that no source answers, at most ALLOWED pass in ten-fold
cross-validation; the lowest threshold that keeps to it is taken.
"""

from __future__ import annotations

import asyncio
import json
import sys

import numpy as np

import settings
from actions.actions import turn_of_message
from actions.context import Context
from actions.gate import FILE
from actions.service import Service
from knowledge.embedding import unpack
from knowledge.query import KnowledgeBase
from settings import ROOT
from tests.evaluation import sets

ALLOWED = 0.03
GROUPS = ("covered", "pay", "comparison", "uncovered")


def rows() -> tuple[list[dict[str, float]], list[bool], list[str]]:
    """Features, whether a source answers it, and text of every development question."""
    import structlog
    from rasa.core.agent import Agent

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    config = settings.load()
    service = Service(KnowledgeBase(config.knowledge_url), config)
    agent = Agent.load(str(ROOT / "models" / "waymark.tar.gz"))
    loop = asyncio.new_event_loop()
    table, answered, texts = [], [], []
    for group, entry in sets.questions("development"):
        if group not in GROUPS:
            continue
        parsed = loop.run_until_complete(agent.parse_message(entry["text"]))
        turn = service.told(turn_of_message(parsed))
        *_, figures = service.weighed(Context(), turn, unpack(parsed["waymark_vector"]))
        table.append(figures)
        answered.append(group != "uncovered")
        texts.append(entry["text"])
    return table, answered, texts


def main() -> int:
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    table, answered, texts = rows()
    names = list(table[0])
    x, y = np.array([[row[name] for name in names] for row in table]), np.array(answered)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=2000))
    folds = [StratifiedKFold(10, shuffle=True, random_state=seed) for seed in range(5)]
    probability = np.mean([cross_val_predict(model, x, y, cv=fold, method="predict_proba") for fold in folds], axis=0)[
        :, 1
    ]
    threshold = float(np.quantile(probability[~y], 1 - ALLOWED))
    print(f"{y.sum()} that a source answers, {(~y).sum()} that none does")
    for allowed in (0.02, 0.03, 0.05, ALLOWED, 0.1, 0.15):
        at = np.quantile(probability[~y], 1 - allowed)
        print(f"  letting {allowed:.0%} pass (threshold {at:.3f}) keeps {np.mean(probability[y] >= at):.1%}")
    if "--misses" in sys.argv:
        for index in np.argsort(probability):
            if y[index] == (probability[index] < threshold):
                print(f"{'answered' if y[index] else 'not     '} {probability[index]:.2f} {texts[index][:140]}")
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
