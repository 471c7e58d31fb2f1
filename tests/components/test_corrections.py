"""What a correction takes back, so that a message is understood by what is left of it."""

from __future__ import annotations

import pytest

from components.corrections import Name, meant


def left(text: str, *named: tuple[str, str]) -> str | None:
    """What is left of a message, with single spaces; `named`: the names in it by kind, as written."""
    names: list[Name] = [(kind, text.index(name), text.index(name) + len(name)) for kind, name in named]
    found = meant(text, names)
    if found is None:
        return None
    assert len(found) == len(text)
    assert all(a in (b, " ") for a, b in zip(found, text))
    return " ".join(found.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no, not the hours, the benefits", "the benefits"),
        ("not how long it takes, how hard it is", "how hard it is"),
        ("sorry not the wages I meant the skills", "I meant the skills"),
        ("the outlook, not the pay", "the outlook"),
        ("never mind the cost, where can I study", "where can I study"),
        ("i wasn't asking about the exam, what do they do", "what do they do"),
    ],
)
def test_the_thing_that_is_not_meant_is_blanked(text: str, expected: str) -> None:
    assert left(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "do they not need a degree",
        "I'm not good at math, can I still do it",
        "why not nurses",
        "not sure",
        "no that's not it",
        "is it not the same thing as a biller?",
        "not the pay",
        "I am not worried about the pay, since my family helps me out, but what would I be doing all day long",
        "",
    ],
)
def test_other_messages_with_not_in_them_stay_whole(text: str) -> None:
    assert left(text) is None


@pytest.mark.parametrize(
    ("text", "named", "expected"),
    [
        ("NO NOT OHIO IOWA", [("place", "OHIO"), ("place", "IOWA")], "IOWA"),
        ("Iowa, not Ohio", [("place", "Iowa"), ("place", "Ohio")], "Iowa,"),
        ("the CPC not the CCS", [("credential", "CPC"), ("credential", "CCS")], "the CPC"),
        ("coders, not nurses", [("occupation", "coders"), ("occupation", "nurses")], "coders,"),
        (
            "at a clinic instead of a hospital",
            [("employer_type", "clinic"), ("employer_type", "hospital")],
            "at a clinic",
        ),
        ("not nurses", [("occupation", "nurses")], None),
        ("nurses, not in Ohio", [("occupation", "nurses"), ("place", "Ohio")], None),
        ("coder instead of nurse?", [("occupation", "coder"), ("occupation", "nurse")], None),
    ],
)
def test_a_name_is_taken_back_where_another_of_its_kind_is_left(
    text: str, named: list[tuple[str, str]], expected: str | None
) -> None:
    assert left(text, *named) == expected


def test_what_is_told_with_a_not_in_it_is_not_taken_back() -> None:
    text = "will they mind that it's not a bachelor's, i have an associate"
    assert left(text, ("level", "bachelor's"), ("level", "associate")) is None
