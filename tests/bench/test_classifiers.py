"""The comparison of classifiers: every kind learns from a few questions, and the figures count what they say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.classifiers import report, worker
from bench.classifiers.data import Data, Lessons, Question, Seen, whole
from bench.classifiers.diet import Size
from bench.classifiers.kinds import KINDS, Options
from bench.classifiers.verdicts import Verdict, difference, hits, share, threshold, verdict
from components.intents import Example
from components.knowledge_entities import knowledge_reader
from knowledge.embedding import MiniLM
from tools.console import ToolError

PHRASES = {
    "ask_pay": [
        "what is the salary",
        "how much do they earn",
        "what is the pay a year",
        "how high is the salary there",
    ],
    "ask_duties": ["what are the duties", "what do they do all day", "which tasks do they have", "what are the tasks"],
    "ask_uncovered": [
        "where can I park",
        "is there a cafeteria",
        "where is the car park",
        "when does the cafeteria open",
    ],
    "smalltalk": ["tell me a joke", "how was your weekend", "you are funny", "tell me another joke"],
}
ASKED = [
    ("pay", ("pay",), "what salary do they earn"),
    ("covered", ("duties",), "what tasks do they do"),
    ("uncovered", (), "where do I park my car"),
    ("out_of_scope", (), "tell me a funny joke"),
]
LINEAR = [name for name in KINDS if not name.startswith("diet") and name != "product"]


@pytest.fixture(scope="module")
def data() -> Data:
    model = MiniLM()

    def seen(text: str) -> Seen:
        return Seen(text, Example(model.encode([text])[0], text, ("short",)))

    pairs = [(intent, text) for intent, texts in PHRASES.items() for text in texts]
    # five of each at least: the SVM's sigmoids are fitted on five folds
    known = [("ask_pay", "what pay is usual"), *((i, f"{t[0]} now") for i, t in PHRASES.items() if i != "ask_pay")]
    return Data(
        Lessons([seen(text) for _, text in pairs], [intent for intent, _ in pairs]),
        Lessons([seen(text) for _, text in known], [intent for intent, _ in known]),
        [Question(group, topics, seen(text)) for group, topics, text in ASKED],
    )


@pytest.mark.parametrize("name", [*LINEAR, "diet-embedding"])
def test_a_kind_learns_from_a_few_questions(name: str, data: Data, tmp_path: Path) -> None:
    kind, options = KINDS[name], Options(Size(epochs=40))
    assert worker.fit(kind, data, True, tmp_path, options) > 0
    found = worker.test(kind, data.questions, tmp_path, options)
    assert found.hits.topic == [True, True]
    assert found.hits.outright == [True, True]
    assert found.hits.uncovered == [True]
    assert found.hits.outside == [True]
    assert found.ms >= found.own_ms > 0


def test_the_product_routes_with_the_real_knowledge(
    knowledge_url: str, data: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYMARK_KNOWLEDGE_URL", knowledge_url)
    kind, model = KINDS["product"], MiniLM()
    kind.fit(data.phrases + data.known, tmp_path, Options())
    reading = whole(knowledge_reader([]), "How much does a medical records technician earn in Texas?")
    named = tuple((mention.kind, mention.value) for mention in reading.mentions)
    seen = Seen(reading.mended, Example(model.encode([reading.mended])[0], reading.plain), named)
    assert seen.values("occupation") == ("medical-records-technician",)
    assert kind.load(tmp_path, Options()).judge(seen).topic == "pay"


def test_spacy_vectors_are_asked_for_by_name(data: Data, tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="--vectors FOLDER"):
        worker.fit(KINDS["diet-spacy"], data, True, tmp_path, Options())
    with pytest.raises(ToolError, match="not the folder of a spaCy model"):
        worker.fit(KINDS["diet-spacy"], data, True, tmp_path, Options(vectors=tmp_path))


def test_the_threshold_calls_one_in_twenty_covered_questions_uncovered() -> None:
    doubts = [n / 100 for n in range(100)]
    assert sum(doubt > threshold(doubts) for doubt in doubts) == 5
    assert sum(doubt > threshold([1.0] * 40) for doubt in [1.0] * 40) == 0  # ties are not let over it


def test_a_topic_counts_apart_from_the_likeliest_intent(data: Data) -> None:
    doubtful = verdict({"smalltalk": 0.5, "ask_pay": 0.3, "ask_uncovered": 0.2})
    assert doubtful == Verdict("smalltalk", "pay", 0.2)
    plain = [
        doubtful,
        Verdict("ask_pay", "pay", 0.1),
        Verdict("ask_uncovered", "pay", 0.9),
        Verdict("ask_pay", "pay", 0),
    ]
    found = hits(data.questions, plain)
    assert (found.topic, found.outright) == ([True, False], [False, False])
    assert (found.uncovered, found.outside) == ([True], [False])


def test_a_difference_is_sure_only_if_questions_agree() -> None:
    better, mixed = [True] * 40, [True, False] * 20
    low, high = difference(better, mixed)
    assert 0.3 < low < 0.5 < high < 0.7
    low, high = difference(mixed, mixed[::-1])
    assert low < 0 < high
    assert difference(better, better) == (0.0, 0.0)


def measured(name: str, asked: bool, topic: Sequence[bool]) -> dict[str, object]:
    right = {"topic": topic, "outright": topic, "uncovered": [True], "outside": [False]}
    return {
        "kind": name,
        "asked": asked,
        "hits": right,
        "ms": 5.0,
        "p95": 6.0,
        "own_ms": 0.4,
        "memory": 12.3,
        "seconds": 2,
    }


def test_the_table_takes_the_place_between_its_markers(data: Data) -> None:
    runs = [measured("svm", False, [True, False]), measured("product", True, [True, True])]
    found = report.figures(runs, data, "2026-01-31", Size())
    assert [(row["kind"], row["asked"]) for row in found["kinds"]] == [("product", True), ("svm", False)]
    assert found["kinds"][1]["topic"] == share([True, False]) == 0.5
    assert "hits" not in str(found)
    old = f"before\n{report.BEGIN}\nold table\n{report.END}\nafter\n"
    new = report.filled(old, found)
    assert new.startswith("before\n") and new.endswith("\nafter\n") and "old table" not in new
    assert report.filled(new, found) == new
    rows = [line for line in new.splitlines() if line.startswith("|")]
    assert len({row.count("|") for row in rows}) == 1
    with pytest.raises(ToolError, match=report.BEGIN):
        report.filled("a document without markers", found)
