"""Ours as the product uses it: with the nearness to asked questions (actions/routing.py) and the gate (gate.py)."""

from __future__ import annotations

import settings
from actions.gate import TOLD, Gate, features
from actions.matching import matches
from actions.routing import FALLBACK, UNCOVERED, likeliest, route
from actions.turn import Turn
from bench.classifiers.data import Seen
from bench.classifiers.linear import Logistic
from bench.classifiers.verdicts import Verdict, verdict
from knowledge.query import KnowledgeBase


class Product:
    """`unsure`: the least confidence, and the least lead over the second, of Rasa's FallbackClassifier."""

    def __init__(self, logistic: Logistic, unsure: tuple[float, float]) -> None:
        config = settings.load()
        self._logistic, self._unsure = logistic, unsure
        self._knowledge, self._gate = KnowledgeBase(config.knowledge_url), Gate.load()
        self._occupation = config.default_occupation
        self._topics = {id: indicator.topic for id, indicator in self._knowledge.catalog.indicators.items()}

    def judge(self, seen: Seen) -> Verdict:
        ranking = self._logistic.rank(seen)
        occupation = (*seen.values("occupation"), self._occupation)[0]
        vector = seen.example.vector
        found = matches(
            self._knowledge.asked_like(occupation, vector),
            self._knowledge.unanswered_like(occupation, vector),
            seen.values("credential"),
            (*seen.values("school"), None)[0],
        )
        near = max(self._knowledge.similar(occupation, vector).values(), default=0.0)
        kinds = frozenset(kind for kind, _ in seen.named)
        anyone, crowds = self._knowledge.asked_of_anyone(vector), self._knowledge.crowds(vector)
        words = self._knowledge.words(seen.rest, vector, [target for target, _ in found.covered[:TOLD]])
        open_ = features(ranking, found.best, anyone, found.doubts, near, kinds, crowds, words)
        plain = verdict(ranking)
        intent = FALLBACK if self._is_unsure(ranking) else plain.intent
        turn = Turn(intent, seen.mended, (), ranking[plain.intent], tuple(ranking.items()))
        covered = found.by(self._topics)
        routed = route(turn, covered, max(found.doubts, default=0.0), self._gate.opens(open_))
        likely = {i.removeprefix("ask_"): p for i, p in ranking.items() if i != UNCOVERED and i.startswith("ask_")}
        topic = likeliest({t: p for t, p in likely.items() if t in set(self._topics.values())}, covered)
        return Verdict(routed.intent, topic or plain.topic, 1 - self._gate.probability(open_))

    def _is_unsure(self, ranking: dict[str, float]) -> bool:
        first, second, *_ = sorted(ranking.values(), reverse=True)
        return first < self._unsure[0] or first - second < self._unsure[1]
