"""What is typed fast is compared as it would be written with care."""

from __future__ import annotations

import pytest

from knowledge.shorthand import run_together, written_out
from knowledge.vectors import text_key


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("whats a coder gotta know", "what's a coder have to know"),
        ("i dont wanna move, wher else can u train", "i don't want to move, where else can you train"),
        ("im a cna n i cant afford it tho", "i'm a cna n i can't afford it though"),
        ("what’s the pay", "what's the pay"),
        ("pay in MO and the U.S. for an RN", "pay in MO and the U.S. for an RN"),
        ("r&d, a.k.a. u.s. work", "r&d, a.k.a. u.s. work"),
        ("its hours", "its hours"),
    ],
)
def test_shorthand_is_written_out(typed: str, written: str) -> None:
    assert written_out(typed) == written


def test_a_text_and_the_same_in_shorthand_have_one_embedding() -> None:
    assert text_key("do nurses gotta lift people") == text_key("do nurses have to lift people")


@pytest.mark.parametrize(
    ("halves", "written"),
    [(("got", "ta"), ("have", "to", " ")), (("ca", "nt"), ("ca", "n't", "")), (("can", "not"), None)],
)
def test_halves_of_a_word(halves: tuple[str, str], written: tuple[str, str, str] | None) -> None:
    assert run_together(*halves) == written
