"""The things that the last question spoke of, whatever it asked of them."""

from __future__ import annotations

import pytest

from components.antecedents import subjects


@pytest.mark.parametrize(
    ("question", "text", "topics"),
    [
        ("does a license raise the salary", "is that hard to get", ["certification"]),
        ("do people with a bachelor's make more", "how long is it", ["education"]),
        ("what do coders make", "is that a lot", []),
        ("does a license raise the salary", "and in Ohio", []),  # which points back at nothing
    ],
)
def test_a_thing_spoken_of_is_pointed_back_at(question: str, text: str, topics: list[str]) -> None:
    assert subjects(question, text) == topics
