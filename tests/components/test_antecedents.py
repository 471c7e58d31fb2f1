"""What a later question of a message means by its pronoun, where the one before it has the word."""

from __future__ import annotations

import pytest

from components.antecedents import named_before


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("what diploma do aides want", "where do I get it in Ohio", "where do I get the diploma in Ohio"),
        ("is a license needed", "will it expire", "will the license expire"),
        ("which degrees fit", "how long do they take", "how long do the degrees take"),
        ("which state pays vets best", "which one has the most vets", "which state has the most vets"),
        ("what cities pay most", "which ones pay least", "which cities pay least"),
        # nothing to stand for, or something else
        ("what do vets do", "where do I get it", "where do I get it"),
        ("which degree fits", "how long do they take", "how long do they take"),
        ("is a degree needed", "does it pay well", "does it pay well"),
        ("is a degree needed", "can I earn it with a certificate", "can I earn it with a certificate"),
        ("which of the two is longer", "which one pays more", "which one pays more"),
    ],
)
def test_what_a_pronoun_stands_for(before: str, question: str, expected: str) -> None:
    assert named_before(question, before) == expected
