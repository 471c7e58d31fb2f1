"""The classifier: it learns from examples, ranks every intent, and is the same after it was stored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from components.intents import Example, IntentModel, Strengths, phrases, train
from knowledge.embedding import MiniLM

PHRASES = {
    "ask_pay": ["what do they earn", "how much is the pay", "yearly pay of nurses", "what is the wage", "pay in texas"],
    "ask_duties": [
        "what do they do",
        "what are the tasks",
        "daily tasks of nurses",
        "what is the work",
        "tasks at work",
    ],
    "greet": ["hello", "hello there", "good morning", "hi there", "good evening"],
}
UNSEEN = {"what would the pay be": "ask_pay", "which tasks are daily": "ask_duties", "good day there": "greet"}


@pytest.fixture(scope="module")
def encoder() -> MiniLM:
    return MiniLM()


def examples(encoder: MiniLM, texts: Sequence[str], *marks: str) -> list[Example]:
    return [Example(vector, text, marks) for vector, text in zip(encoder.encode(texts), texts)]


@pytest.fixture(scope="module")
def labelled(encoder: MiniLM) -> tuple[list[Example], list[str]]:
    """The phrases above; those of pay also have a mark."""
    found: list[Example] = []
    intents: list[str] = []
    for intent, texts in PHRASES.items():
        found += examples(encoder, texts, *(("place",) if intent == "ask_pay" else ("short",)))
        intents += [intent] * len(texts)
    return found, intents


@pytest.fixture(scope="module")
def model(labelled: tuple[list[Example], list[str]]) -> IntentModel:
    return train(*labelled, Strengths())


def test_it_recognises_what_it_has_not_seen(model: IntentModel, encoder: MiniLM) -> None:
    for text, intent in UNSEEN.items():
        assert model.rank(examples(encoder, [text])[0])[0][0] == intent


def test_every_intent_has_its_share(model: IntentModel, encoder: MiniLM) -> None:
    ranking = model.rank(examples(encoder, ["pay"])[0])
    assert {intent for intent, _ in ranking} == set(PHRASES)
    assert sum(share for _, share in ranking) == pytest.approx(1)
    assert [share for _, share in ranking] == sorted((share for _, share in ranking), reverse=True)


@pytest.mark.parametrize("text", ["", "???", "zzzz qqqq", "pay pay pay", "¿cuánto ganan?"])
def test_a_text_of_unknown_words_has_a_ranking_too(text: str, model: IntentModel, encoder: MiniLM) -> None:
    assert sum(share for _, share in model.rank(examples(encoder, [text])[0])) == pytest.approx(1)


def test_marks_count(model: IntentModel, encoder: MiniLM) -> None:
    plain, marked, unknown = (
        examples(encoder, ["and there"], *marks)[0] for marks in ((), ("place",), ("never seen",))
    )
    assert dict(model.rank(marked))["ask_pay"] > dict(model.rank(plain))["ask_pay"]
    assert model.rank(unknown) == model.rank(plain)


def test_what_was_stored_ranks_the_same(
    model: IntentModel, labelled: tuple[list[Example], list[str]], encoder: MiniLM, tmp_path: Path
) -> None:
    model.save(tmp_path)
    loaded = IntentModel.load(tmp_path)
    for example in [*labelled[0], *examples(encoder, list(UNSEEN))]:
        assert loaded.rank(example) == model.rank(example)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".npz"]  # nothing that is pickled


def test_training_again_gives_the_same(labelled: tuple[list[Example], list[str]], model: IntentModel) -> None:
    again = train(*labelled, Strengths())
    for example in labelled[0]:
        assert again.rank(example) == model.rank(example)


def test_reading_a_message_agrees_with_scikit_learn(
    labelled: tuple[list[Example], list[str]], model: IntentModel, encoder: MiniLM
) -> None:
    """`rank` does by hand what the trained pipeline would do."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    seen, intents = labelled
    asked = examples(encoder, [*UNSEEN, "pay pay tasks"], "place")
    strengths = Strengths()
    words, marks = TfidfVectorizer(analyzer=phrases, min_df=2, sublinear_tf=True), DictVectorizer()
    words.fit([one.plain for one in seen])
    marks.fit([dict.fromkeys(one.marks, 1.0) for one in seen])

    def columns(some: list[Example]) -> csr_matrix:
        return hstack(
            [
                csr_matrix(np.stack([one.vector for one in some]) * strengths.embedding),
                words.transform([one.plain for one in some]) * strengths.words,
                marks.transform([dict.fromkeys(one.marks, 1.0) for one in some]) * strengths.marks,
            ]
        ).tocsr()

    usual = LogisticRegression(C=strengths.penalty, class_weight="balanced", max_iter=1000, random_state=42)
    usual.fit(columns(seen), intents)
    for example, shares in zip(asked, usual.predict_proba(columns(asked))):
        ranked = dict(model.rank(example))
        assert [ranked[str(name)] for name in usual.classes_] == pytest.approx(list(shares), abs=2e-3)


def test_an_intent_with_many_examples_is_not_preferred(encoder: MiniLM) -> None:
    """The questions of the knowledge base are many for some topics and few for others."""
    many = [f"hello number {n}" for n in range(40)]
    few = ["what is the wage", "pay of a nurse"]
    model = train(examples(encoder, [*many, *few]), ["greet"] * len(many) + ["ask_pay"] * 2, Strengths())
    assert model.rank(examples(encoder, ["the wage of a nurse"])[0])[0][0] == "ask_pay"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What's the pay?", ["what", "s", "the", "pay", "what s", "s the", "the pay"]),
        ("pay", ["pay"]),
        ("", []),
        ("?!", []),
    ],
)
def test_phrases(text: str, expected: list[str]) -> None:
    assert phrases(text) == expected
