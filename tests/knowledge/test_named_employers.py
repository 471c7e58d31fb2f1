"""Employers called by their names, which end in the word for a kind."""

from __future__ import annotations

import pytest

from knowledge.named_employers import is_by_name, named_in


def by_name(text: str, kind: str) -> bool:
    words, sought = text.split(), kind.split()
    start = next(i for i in range(len(words)) if words[i : i + len(sought)] == sought)
    return is_by_name(words, start, start + len(sought))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("what does Harborview Hospital start nurses at", "Hospital"),
        ("do coders at Willow Clinic get more", "Clinic"),
        ("is Lakeside Nursing Home hiring", "Nursing Home"),
    ],
)
def test_a_name_that_ends_in_a_kind_is_one_employer(text: str, kind: str) -> None:
    assert by_name(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("what does a hospital start nurses at", "hospital"),
        ("do coders in Texas Hospitals get more", "Hospitals"),  # several are a kind
        ("Hospital or clinic, who pays more", "Hospital"),
        ("What Does A Big Hospital Pay Nurses", "Hospital"),  # every word has a capital
        ("WHO PAYS MORE, SOME HOSPITAL OR A CLINIC", "HOSPITAL"),
        ("is it better in a Rural Hospital", "Hospital"),
        ("what does an RHIT Hospital job pay", "Hospital"),
        ("what does a Certified Pharmacy Technician make", "Pharmacy"),
    ],
)
def test_a_kind_stays_a_kind(text: str, kind: str) -> None:
    assert not by_name(text, kind)


def test_where_a_text_names_one() -> None:
    assert named_in("would Mercy Clinic or some hospital pay more") == [12]
