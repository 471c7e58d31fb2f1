"""Misspelt words are mended towards the names of the knowledge base; good words stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.spelling import Speller

SPELLER = Speller("hha technician coder medical records rhit phlebotomist transcriptionist roofing nj ccs-p".split())


@pytest.mark.parametrize(
    ("word", "mended"),
    [
        ("technicain", "technician"),
        ("techncian", "technician"),
        ("medicl", "medical"),
        ("phlebotmist", "phlebotomist"),
        ("transcriptonist", "transcriptionist"),
        ("recrds", "records"),
        ("salry", "salary"),
        ("certifcation", "certification"),
        ("flebotomist", "phlebotomist"),  # as it sounds
        ("transkriptionist", "transcriptionist"),
        ("wat", "what"),
        ("u", "you"),
        ("avg", "average"),
        ("teachin", "teaching"),
        ("hirin", "hiring"),
        ("hwo", "how"),
        ("wht", "what"),
        ("certs", "certifications"),
        ("dont", "don't"),
        ("medicalcoder", "medical coder"),
        ("medicalrecordstechnician", "medical records technician"),
    ],
)
def test_a_misspelt_word_is_mended(word: str, mended: str) -> None:
    assert SPELLER.mend(word) == mended


@pytest.mark.parametrize(
    "word",
    [
        "technician",
        "coder",
        "rhit",
        "phlebotomist",  # the domain's own
        "nurse",
        "hospital",
        "salary",
        "weekend",
        "the",  # English
        "cpc",
        "abc",
        "xyz",
        "nj",
        "a",
        "",  # too short to guess
        "2019",
        "$50,000",
        "ccs-p",
        "10%",
        "...",
        "😀",
        "co2x",  # no words
        "qwrtzpsdfg",
        "haha",  # no home health aide
        "rooming",  # rare, but a word: "rooming patients" has nothing to do with roofing
        "zzzzzzzzzzzzzzzzzzz",  # nothing is near
    ],
)
def test_what_is_known_or_cannot_be_guessed_stays(word: str) -> None:
    assert SPELLER.mend(word) == word


@pytest.mark.parametrize(("word", "known"), [("technician", True), ("nurse", True), ("technicain", False), ("", False)])
def test_known_words(word: str, known: bool) -> None:
    assert SPELLER.knows(word) is known


def test_the_domain_wins_over_a_common_english_word() -> None:
    assert Speller([]).mend("codr") == "code"
    assert SPELLER.mend("codr") == "coder"


@given(st.text(max_size=40))
def test_any_word_is_mended_to_something_and_for_good(word: str) -> None:
    mended = SPELLER.mend(word)
    assert bool(mended) is bool(word)
    assert SPELLER.mend(word) == mended
