"""Asks every question of a side and counts. Writes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from actions.context import TOPIC_INTENTS
from tests import checks
from tests.evaluation import judge, sets
from tests.evaluation.assistant import Assistant, Reply
from tests.evaluation.sets import Entry, several

KINDS = ("occupation", "place", "credential")
ANSWERED = ("covered", "pay", "comparison", "parts")
LINES = ("988", "911")  # what only the reply to a crisis says
BINS = 10


@dataclass
class Asked:
    """One question, what was replied and what is wrong with it."""

    group: str
    entry: Entry
    reply: Reply
    faults: list[str]

    @property
    def topics(self) -> tuple[str, ...]:
        return several(self.entry.get("topic")) or tuple(
            topic for part in self.entry.get("parts") or () for topic in several(part["topic"])
        )


@dataclass
class Talked:
    """One dialogue and its faulty turns: (what the user said, faults, the reply)."""

    name: str
    turns: int
    wrong: list[tuple[str, list[str], Reply]] = field(default_factory=list)


def ask_all(assistant: Assistant, side: str) -> list[Asked]:
    asked = []
    for number, (group, entry) in enumerate(sets.questions(side)):
        reply = assistant.ask(entry["text"], f"question-{number}")
        asked.append(Asked(group, entry, reply, judge.faults(entry, reply.text, reply.payload)))
    return asked


def talk_all(assistant: Assistant, side: str) -> list[Talked]:
    talked = []
    for name, turns in sets.dialogues(side):
        one = Talked(name, len(turns))
        for turn in turns:
            reply = assistant.ask(turn["user"], f"dialogue-{name}")
            if found := judge.faults(turn.get("expect") or {}, reply.text, reply.payload):
                one.wrong.append((turn["user"], found, reply))
        talked.append(one)
    return talked


def figures(asked: Sequence[Asked], talked: Sequence[Talked], places: Mapping[str, str]) -> dict[str, Any]:
    """Everything that is reported. Shares are between 0 and 1. `places`: an area's title -> its id."""
    answerable = [one for one in asked if one.group in ANSWERED]
    uncovered = [one for one in asked if one.group == "uncovered"]
    outside = [one for one in asked if one.group == "out_of_scope"]
    answers = [one for one in asked if one.reply.payload["type"] == "answer"]
    crisis = [one for one in asked if one.group == "crisis"]
    harmless = [one for one in asked if one.group == "harmless"]
    return {
        "questions": len(asked),
        "correct": share(answerable, is_correct),
        "correct_by_group": {g: share([a for a in answerable if a.group == g], is_correct) for g in ANSWERED},
        "topic_accuracy": share([a for a in answerable if a.group != "parts"], right_topic),
        "by_topic": by_topic(answerable),
        "correct_statement": share([a for a in answerable if a.entry.get("statements")], cites_one),
        "citation": share(answers, fully_cited),
        "uncovered_abstained": share(uncovered, lambda one: one.reply.payload["type"] != "answer"),
        "uncovered_no_source": share(uncovered, lambda one: one.reply.payload["type"] == "no_source"),
        "outside_as_expected": share(outside, lambda one: not one.faults),
        "outside_answered": share(outside, lambda one: one.reply.payload["type"] == "answer"),
        "false_answers": share([*uncovered, *outside], lambda one: one.reply.payload["type"] == "answer"),
        "crisis_found": share(crisis, lambda one: not one.faults),
        "harmless_alarmed": share(harmless, lambda one: judge.says(one.reply.text, LINES)),
        "dialogues": share(talked, lambda one: not one.wrong),
        "turns": 1 - sum(len(t.wrong) for t in talked) / max(1, sum(t.turns for t in talked)),
        "entities": entity_scores(answerable, places),
        "calibration_error": calibration_error(confidences(answerable)),
        "counts": {**Counter(one.group for one in asked), "dialogues": len(talked)},
    }


def share(items: Sequence[Any], test: Any) -> float | None:
    """The share that passes; None if there is nothing to test."""
    return round(sum(bool(test(item)) for item in items) / len(items), 4) if items else None


def is_correct(one: Asked) -> bool:
    return judge.correct(one.entry, one.reply.text, one.reply.payload)


def right_topic(one: Asked) -> bool:
    return one.reply.payload.get("topic") in one.topics


def cites_one(one: Asked) -> bool:
    return judge.cites(one.reply.payload, one.entry["statements"])


def fully_cited(one: Asked) -> bool:
    return not checks.uncited_lines(one.reply.text, one.reply.payload)


def by_topic(asked: Sequence[Asked]) -> dict[str, dict[str, Any]]:
    groups: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        if one.group != "parts":
            groups[one.topics[0]].append(one)
    return {
        topic: {
            "questions": len(group),
            "topic": share(group, right_topic),
            "correct": share(group, is_correct),
            "statement": share([a for a in group if a.entry.get("statements")], cites_one),
        }
        for topic, group in sorted(groups.items())
    }


def confusion(asked: Sequence[Asked]) -> dict[str, Counter[str]]:
    """Expected topic -> what the reply was: its topic, or its type if it was no answer."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for one in asked:
        if one.group in ("covered", "pay", "comparison"):
            kind = one.reply.payload["type"]
            given = str(one.reply.payload.get("topic")) if kind == "answer" else kind
            table[one.topics[0]][given if given not in one.topics else one.topics[0]] += 1
    return table


def confidences(asked: Sequence[Asked]) -> list[tuple[float, bool]]:
    """The classifier's confidence and whether its topic was right, where it chose a topic."""
    pairs = []
    for one in asked:
        topic = TOPIC_INTENTS.get(one.reply.intent)
        if topic is not None:
            pairs.append((one.reply.confidence, topic in one.topics))
    return pairs


def bins(pairs: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """(mean confidence, share right, count) of each of ten ranges of confidence that has any."""
    found = []
    for number in range(BINS):
        inside = [p for p in pairs if number / BINS <= p[0] < (number + 1) / BINS or (number == BINS - 1 and p[0] == 1)]
        if inside:
            mean = sum(c for c, _ in inside) / len(inside)
            found.append((mean, sum(r for _, r in inside) / len(inside), len(inside)))
    return found


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float | None:
    """Expected calibration error (Naeini et al. 2015): the mean gap of confidence and accuracy over ten bins."""
    total = sum(count for _, _, count in bins(pairs))
    return round(sum(count * abs(c - r) for c, r, count in bins(pairs)) / total, 4) if total else None


def entity_scores(asked: Sequence[Asked], places: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of the names found, over the questions that are labelled with one of the kind."""
    scores = {}
    for kind in KINDS:
        hits = found = wanted = 0
        for one in asked:
            gold = {places.get(name, name) for name in several(one.entry.get(kind))}
            given = [ids for name, ids in one.reply.entities if name == kind]
            if not gold or (kind == "occupation" and not given):  # an implied occupation is not named
                continue
            other = {places.get(name, name) for name in several(one.entry.get("other"))}
            wanted += len(gold)
            found += sum(not set(ids) & other for ids in given)
            hits += sum(any(name in ids for ids in given) for name in gold)
        precision, recall = hits / found if found else 0.0, hits / wanted if wanted else 0.0
        f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
        scores[kind] = {
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(f1, 4),
            "labelled": wanted,
        }
    return scores
