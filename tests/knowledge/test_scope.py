"""Scopes: canonical keys, periods and their order, and which wider place may stand in."""

from __future__ import annotations

import pytest

from knowledge.scope import Period, Scope, period, period_sort_key, qualifier_pairs, wider_places

PARENTS = {"M41940": "US-CA", "US-CA": "US", "US-NJ": "US", "US": None}


@pytest.mark.parametrize(
    ("text", "year", "start", "end"),
    [
        ("2019", 2019, "2019", None),
        ("2025-05", 2025, "2025-05", None),
        ("2024/2034", 2024, "2024", "2034"),
        ("2024-05/2034-05", 2024, "2024-05", "2034-05"),
        ("unstated/2030", None, "unstated", "2030"),
        ("unstated", None, "unstated", None),
    ],
)
def test_a_period_is_read(text: str, year: int | None, start: str, end: str | None) -> None:
    assert (Period(text).year, Period(text).start, Period(text).end) == (year, start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "19",
        "May 2025",
        "2025-5",
        "2024-2034",
        "2024–34",
        "2024/",
        "/2034",
        "2025 ",
        "unstated-05",
        "2025-05-28",
        "2024/2034/2044",
        "all",
    ],
)
def test_what_is_no_period_is_refused_and_quoted(text: str) -> None:
    with pytest.raises(ValueError, match="is none of 2019, 2025-05, 2024/2034, unstated") as caught:
        Period(text)
    assert repr(text) in str(caught.value)


def test_later_periods_sort_higher_and_unstated_ones_lowest() -> None:
    ordered = [
        "unstated",
        "unstated/2030",
        "unstated/2034",
        "2019",
        "2021/2031",
        "2024",
        "2024/2033",
        "2024/2034",
        "2024-05",
        "2025",
        "2025-05",
    ]
    mixed = ordered[5:] + ordered[:5]
    assert sorted(mixed, key=period_sort_key) == ordered
    assert sorted(mixed, key=lambda text: period(text).sort_key) == ordered


BASE = Scope("US", "2025-05", "median", None, "all", (("level", "bachelor"),))


@pytest.mark.parametrize(
    "other",
    [
        Scope("US-NJ", "2025-05", "median", None, "all", (("level", "bachelor"),)),
        Scope("unstated", "2025-05", "median", None, "all", (("level", "bachelor"),)),
        Scope("US", "2025-05", "mean", None, "all", (("level", "bachelor"),)),
        Scope("US", "2025-05", "percentile", 50, "all", (("level", "bachelor"),)),
        Scope("US", "2025-05", "median", None, "unstated", (("level", "bachelor"),)),
        Scope("US", "2025-05", "median", None, "hospitals", (("level", "bachelor"),)),
        Scope("US", "2025-05", "median", None, "all", (("level", "master"),)),
        Scope("US", "2025-05", "median", None, "all"),
    ],
)
def test_another_place_statistic_employer_or_qualifier_is_another_subject(other: Scope) -> None:
    assert other.subject != BASE.subject
    assert other.key != BASE.key


def test_another_period_is_the_same_subject_under_another_key() -> None:
    older = Scope("US", "2019", "median", None, "all", (("level", "bachelor"),))
    assert older.subject == BASE.subject
    assert older.key != BASE.key


def test_each_percentile_is_its_own_subject() -> None:
    subjects = {Scope("US", statistic="percentile", percentile=p).subject for p in (10, 25, 75, 90)}
    assert len(subjects) == 4


def test_the_order_of_qualifiers_does_not_matter() -> None:
    one, other = ({"school": "herzing", "level": "associate"}, {"level": "associate", "school": "herzing"})
    assert qualifier_pairs(one) == qualifier_pairs(other)
    assert Scope(qualifiers=qualifier_pairs(one)).key == Scope(qualifiers=qualifier_pairs(other)).key


def test_a_qualifier_is_found_by_its_key() -> None:
    scope = Scope(qualifiers=qualifier_pairs({"step": 2, "level": "bachelor"}))
    assert scope.qualifier("level") == "bachelor"
    assert scope.qualifier("step") == "2", "a number in YAML is the same qualifier as its text"
    assert scope.qualifier("school") is None
    assert qualifier_pairs(None) == ()


@pytest.mark.parametrize(
    ("place", "chain"),
    [
        ("M41940", ["M41940", "US-CA", "US"]),
        ("US-NJ", ["US-NJ", "US"]),
        ("US", ["US"]),
        ("M99999", ["M99999"]),
    ],
)
def test_the_wider_places_of_a_place(place: str, chain: list[str]) -> None:
    assert list(wider_places(place, PARENTS)) == chain


def test_a_circle_of_places_ends() -> None:
    assert list(wider_places("a", {"a": "b", "b": "c", "c": "a"})) == ["a", "b", "c"]


def test_moving_a_scope_changes_the_place_alone() -> None:
    moved = BASE.at("US-NJ")
    assert moved.place == "US-NJ"
    assert moved.at("US") == BASE
