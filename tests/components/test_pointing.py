"""The words that pick one out of several, and what a message asks without them."""

from __future__ import annotations

import pytest

from components.pointing import picked_out


@pytest.mark.parametrize(
    ("text", "phrase", "question"),
    [
        ("and the higher paid one, where would I train", "the higher paid one", "where would I train"),
        (
            "how many openings for the one with less school",
            "the one with less school",
            "how many openings for that one",
        ),
        ("the one that earns more is it stressful", "the one that earns more", "is it stressful"),
        ("does the quicker one need math", "the quicker one", "does that one need math"),
        ("ok the one where you don't see patients?", "the one where you don't see patients", "ok that one?"),
        ("the lower paying state, how many work there", "the lower paying state", "how many work there"),
        ("the least schooled of the three, what do they do", "the least schooled of the three", "what do they do"),
        ("whichever grows faster, what are the hours", "whichever grows faster", "what are the hours"),
    ],
)
def test_what_picks_one_out_is_set_apart_from_what_is_asked(text: str, phrase: str, question: str) -> None:
    found = picked_out(text)
    assert found is not None
    assert (found.phrase, found.question) == (phrase, question)


@pytest.mark.parametrize(
    "text",
    [
        "which is the one that pays more",
        "which has the better job growth",
        "what would the lowest paid ones get there",
        "and the second one, what does it pay",
        "what does a coder make",
    ],
)
def test_what_is_asked_for_or_counted_picks_none_out(text: str) -> None:
    assert picked_out(text) is None


def test_one_that_is_named_is_not_picked_out_by_what_it_is_like() -> None:
    text = "the one in Ohio, how long is it"
    assert picked_out(text, [("place", 11, 15)]) is None


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("what would the needle work one pay", "needle work"),
        ("ok tell me more on the friendly one", "friendly"),
        ("the cheaper one, is it long", None),  # compared, not described
        ("the one with fewer needles", None),
    ],
)
def test_one_may_be_picked_out_by_what_it_is_like_in_any_words(text: str, like: str | None) -> None:
    found = picked_out(text)
    assert found is not None
    assert found.like == like


@pytest.mark.parametrize("text", ["the first one", "what about the only one", "the same one again", "the real one"])
def test_one_that_is_counted_or_pointed_at_is_like_nothing(text: str) -> None:
    assert picked_out(text) is None


def test_a_kind_of_employer_may_be_what_one_is_like() -> None:
    text = "the clinic one, who gives it"
    found = picked_out(text, [("employer_type", 4, 10)])
    assert found is not None and found.like == "clinic"
    assert picked_out(text, [("level", 4, 10)]) is None
