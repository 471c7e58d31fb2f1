"""The topic that all signs together suggest: what the classifier thinks, what is near, whether a source answers."""

from __future__ import annotations

import pytest

from actions.routing import likeliest, route
from actions.turn import Mention, Turn

PAY_OR_OUTLOOK = (("ask_pay", 0.5), ("ask_outlook", 0.4), ("ask_uncovered", 0.05))


def turn(intent: str, confidence: float = 0.5, *ranking: tuple[str, float]) -> Turn:
    return Turn(intent, "a question", confidence=confidence, ranking=ranking or ((intent, confidence),))


@pytest.mark.parametrize(
    ("said", "covered", "uncovered", "opens", "intent"),
    [
        # a topic
        pytest.param(turn("ask_pay"), {"pay": 0.8}, 0.3, True, "ask_pay", id="all agree"),
        pytest.param(turn("ask_pay"), {}, 0.3, True, "ask_pay", id="no question like it"),
        pytest.param(
            turn("ask_pay", 0.5, *PAY_OR_OUTLOOK), {"outlook": 0.9, "pay": 0.5}, 0.3, True, "ask_outlook",
            id="two topics: the one with such a question",
        ),
        pytest.param(
            turn("ask_pay", 0.99, ("ask_pay", 0.99), ("ask_outlook", 0.01)), {"outlook": 0.6, "pay": 0.55}, 0.3, True,
            "ask_pay", id="a little nearer does not overrule a sure classifier",
        ),
        pytest.param(turn("ask_pay", 0.9), {"pay": 0.8}, 0.9, False, "ask_uncovered", id="no source answers it"),
        # what no source answers
        pytest.param(turn("ask_uncovered"), {"duties": 0.5}, 0.9, False, "ask_uncovered", id="nor did it seem so"),
        pytest.param(
            turn("ask_uncovered", 0.4, ("ask_uncovered", 0.4), ("ask_duties", 0.3)), {"duties": 0.9}, 0.4, True,
            "ask_duties", id="a source answers it after all",
        ),
        # not understood
        pytest.param(turn("nlu_fallback", 0.2), {"duties": 0.3}, 0.3, False, "nlu_fallback", id="like nothing known"),
        pytest.param(
            turn("nlu_fallback", 0.2), {"duties": 0.3}, 0.65, False, "ask_uncovered", id="like what no source says"
        ),
        pytest.param(turn("nlu_fallback", 0.2), {"duties": 0.65}, 0.3, True, "ask_duties", id="like what one says"),
        pytest.param(
            turn("nlu_fallback", 0.3, ("nlu_fallback", 0.3), ("ask_duties", 0.25)), {"duties": 0.5}, 0.2, True,
            "ask_duties", id="a guess that a source answers",
        ),
        pytest.param(
            turn("nlu_fallback", 0.3, ("nlu_fallback", 0.3), ("ask_duties", 0.1)), {"duties": 0.5}, 0.2, True,
            "nlu_fallback", id="too little for a guess",
        ),
        pytest.param(
            Turn(
                "nlu_fallback", "does the CCS cover zorbing", (Mention("credential", "ccs"),), 0.2,
                (("nlu_fallback", 0.3), ("ask_certification", 0.25), ("ask_uncovered", 0.2)),
            ),
            {"certification": 0.5}, 0.3, False, "ask_uncovered", id="asks of a credential in unknown words",
        ),
        pytest.param(
            Turn(
                "nlu_fallback", "ccs blurb", (Mention("credential", "ccs"),), 0.2,
                (("nlu_fallback", 0.3), ("ask_certification", 0.25), ("ask_pay", 0.22), ("ask_uncovered", 0.2)),
            ),
            {"certification": 0.5}, 0.3, False, "nlu_fallback", id="which may mean other things as well",
        ),
        # small talk
        pytest.param(turn("smalltalk", 0.4), {"duties": 0.8}, 0.2, True, "ask_duties", id="a question after all"),
        pytest.param(turn("smalltalk", 0.9), {"duties": 0.8}, 0.2, True, "smalltalk", id="surely small talk"),
        pytest.param(turn("smalltalk", 0.4), {"duties": 0.5}, 0.2, True, "smalltalk", id="near to no question"),
        pytest.param(turn("out_of_scope", 0.4), {"duties": 0.8}, 0.9, False, "out_of_scope", id="nor answered by any"),
        # what is never rerouted
        pytest.param(turn("greet", 0.3), {"duties": 0.9}, 0.2, True, "greet", id="a greeting"),
        pytest.param(turn("distress", 0.3), {"duties": 0.9}, 0.2, True, "distress", id="distress"),
        pytest.param(turn("ask_source", 0.3), {"duties": 0.9}, 0.2, True, "ask_source", id="about the last answer"),
    ],
)  # fmt: skip
def test_the_topic_by_all_signs(
    said: Turn, covered: dict[str, float], uncovered: float, opens: bool, intent: str
) -> None:
    assert route(said, covered, uncovered, opens).intent == intent


def test_nothing_but_the_intent_changes() -> None:
    said = turn("ask_pay", 0.5, *PAY_OR_OUTLOOK)
    found = route(said, {"outlook": 0.9}, 0.3, True)
    assert (found.text, found.ranking, found.confidence) == (said.text, said.ranking, said.confidence)


@pytest.mark.parametrize(
    ("confidence", "covered", "topic"),
    [
        ({}, {}, None),
        ({}, {"": 0.9}, None),
        ({"pay": 0.5}, {}, "pay"),
        ({}, {"outlook": 0.7, "duties": 0.6}, "outlook"),
        ({"pay": 0.5, "outlook": 0.5}, {"outlook": 0.7, "pay": 0.6}, "outlook"),
        ({"pay": 0.5, "outlook": 0.5}, {"outlook": 0.7, "pay": 0.7}, "outlook"),  # the same at every call
    ],
)
def test_the_likeliest_topic(confidence: dict[str, float], covered: dict[str, float], topic: str | None) -> None:
    assert likeliest(confidence, covered) == topic


def test_a_sure_topic_that_no_source_has_is_not_swapped_for_another_that_is_far() -> None:
    said = turn("ask_benefits", 0.9, ("ask_benefits", 0.9), ("ask_pay", 0.05))
    assert route(said, {"pay": 0.5}, 0.5, True, {"benefits"}).intent == "ask_benefits"
    assert route(said, {"pay": 0.6}, 0.5, True).intent == "ask_pay"
    assert route(said, {"pay": 0.9}, 0.5, True, {"benefits"}).intent == "ask_pay"  # the same question, as a statement's
    # what no source says is as near as that other topic
    assert route(said, {"pay": 0.75}, 0.8, True, {"benefits"}).intent == "ask_benefits"


def test_a_word_that_speaks_of_a_topic_counts_beside_the_rest_where_the_classifier_is_in_doubt() -> None:
    doubtful = turn("ask_duties", 0.4, ("ask_duties", 0.4), ("ask_outlook", 0.2))
    assert route(doubtful, {"duties": 0.6, "outlook": 0.55}, 0.3, True, (), ("outlook",)).intent == "ask_outlook"
    near = {"duties": 0.8, "outlook": 0.5}  # "why do they care so much about privacy"
    assert route(doubtful, near, 0.3, True, (), ("outlook",)).intent == "ask_duties"
    surer = turn("ask_duties", 0.6, ("ask_duties", 0.6), ("ask_outlook", 0.2))
    assert route(surer, {"duties": 0.6, "outlook": 0.6}, 0.3, True, (), ("outlook",)).intent == "ask_duties"


def test_a_topic_without_a_question_among_the_nearest_is_not_taken_to_be_far_from_all() -> None:
    assert likeliest({"comparison": 0.99}, {"related_careers": 0.58}) == "comparison"
    assert likeliest({"comparison": 0.3}, {"related_careers": 0.8}) == "related_careers"
