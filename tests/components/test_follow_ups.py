"""Short messages in their conversation: what they are learned from, and what they mean after each topic."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.follow_up_lessons import FollowUp, read_follow_ups
from components.following import ANY, both, crossed, example, outvoted, share
from components.intents import IntentModel, Strengths, train
from knowledge.embedding import MiniLM

LESSONS = {
    "tuition": {"ask_tuition": ["how much", "how much is it", "how much then"], "follow_up": ["and in ohio", "ohio?"]},
    "duties": {"ask_pay": ["how much", "how much is it", "how much then"], "follow_up": ["and in ohio", "ohio?"]},
}


@pytest.fixture(scope="module")
def encoder() -> MiniLM:
    return MiniLM()


@pytest.fixture(scope="module")
def model(encoder: MiniLM) -> IntentModel:
    examples, intents = [], []
    for topic, means in LESSONS.items():
        for intent, texts in means.items():
            examples += [example(vector, text, (), topic) for vector, text in zip(encoder.encode(texts), texts)]
            intents += [intent] * len(texts)
    return train(examples, intents, Strengths(), crossed)


@pytest.mark.parametrize(("topic", "intent"), [("tuition", "ask_tuition"), ("duties", "ask_pay")])
def test_the_same_words_mean_what_was_talked_of(topic: str, intent: str, model: IntentModel, encoder: MiniLM) -> None:
    text = "ok how much tho"
    assert model.rank(example(encoder.encode([text])[0], text, (), topic))[0][0] == intent


def test_what_means_the_same_after_every_topic_is_learned_without_one(encoder: MiniLM) -> None:
    said = "who says that"
    vector = encoder.encode([said])[0]
    alone = example(vector, said, ("short",), ANY)
    assert set(crossed(alone.plain)) == {"who", "says", "that", "who says", "says that"}
    assert alone.marks == ("short",)
    assert "after:duties says" in crossed(example(vector, said, (), "duties").plain)


def test_it_is_the_same_after_it_was_stored(model: IntentModel, encoder: MiniLM, tmp_path: Path) -> None:
    model.save(tmp_path)
    seen = example(encoder.encode(["how much"])[0], "how much", ("short",), "duties")
    assert IntentModel.load(tmp_path, crossed).rank(seen) == model.rank(seen)


def test_both_readings_count() -> None:
    alone = {"follow_up": 0.5, "ask_pay": 0.4, "thanks": 0.1}
    after = {"ask_pay": 0.7, "follow_up": 0.3}
    assert both(alone, after, 0.0)[0][0] == "follow_up"
    assert both(alone, after, 1.0)[0][0] == "ask_pay"
    ranking = both(alone, after, 0.5)
    assert ranking[0][0] == "ask_pay"
    assert sum(value for _, value in ranking) == pytest.approx(1.0)
    assert {intent for intent, _ in ranking} == {"follow_up", "ask_pay", "thanks"}


def write(folder: Path, content: str) -> Path:
    (folder / "pay.yml").write_text(content, encoding="utf-8")
    return folder


def test_examples_are_read_in_their_order(tmp_path: Path) -> None:
    folder = write(tmp_path, "after: pay\nmeans:\n  follow_up:\n  - and texas\n  ask_outlook:\n  - growing?\n")
    assert read_follow_ups(folder) == [
        FollowUp("and texas", "pay", "follow_up"),
        FollowUp("growing?", "pay", "ask_outlook"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("- a list", "must have `after`"),
        ("after: pay\nmeans: {follow_up: [and texas]}\nmore: 1\n", "must have `after`"),
        ("after: [pay]\nmeans: {follow_up: [and texas]}\n", "`after` must be the id of a topic"),
        ("after: pay\nmeans: {deny: no thanks}\n", "deny: must be a list"),
        ("after: pay\nmeans: {deny: [no]}\n", "False is no text; put it in quotes"),
        ("after: pay\nmeans: {thanks: [Ok], affirm: [ok]}\n", "'ok' is listed twice, under thanks and affirm"),
    ],
)
def test_a_mistake_is_named_with_its_mend(content: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^data/follow_ups/pay\.yml: ") as raised:
        read_follow_ups(write(tmp_path, content))
    assert said in str(raised.value)


def test_a_certain_reading_counts_more_than_an_uncertain_one() -> None:
    certain, unsure = {"ask_pay": 0.95, "thanks": 0.05}, {"ask_pay": 0.3, "thanks": 0.3, "deny": 0.4}
    assert share(unsure, 0.5, 0.3) < 0.5 < share(certain, 0.5, 0.3) < 1.0
    assert share(certain, 0.5, 0.0) == share(unsure, 0.5, 0.0) == 0.5
    assert share(certain, 0.9, 0.9) == 1.0


def test_a_conversation_does_not_make_the_same_again_of_a_sure_question() -> None:
    assert outvoted({"ask_skills": 0.95, "follow_up": 0.02}, [("follow_up", 0.6), ("ask_skills", 0.3)])
    assert not outvoted({"ask_skills": 0.7, "follow_up": 0.1}, [("follow_up", 0.6), ("ask_skills", 0.3)])
    assert not outvoted({"ask_education": 0.95}, [("ask_certification", 0.8), ("ask_education", 0.1)])
    assert not outvoted({"follow_up": 0.95}, [("follow_up", 0.9)])
