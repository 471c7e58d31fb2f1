"""Statements: an id is what is said and by which edition, so that a citation survives a re-import."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.scope import Scope
from knowledge.statement import Edition, Source, Statement

SCOPE = Scope("US", "2025-05", "median", None, "all", (("level", "associate"),))
PAY = Statement(
    "medical-records-technician",
    "pay.annual",
    "bls-oews-2025",
    "Table 1",
    SCOPE,
    number=51140.0,
    unit="USD/year",
    original="$51,140",
    file="facts/pay.yml",
)


def test_the_same_content_has_the_same_id_in_every_run() -> None:
    assert PAY.id == replace(PAY).id
    assert PAY.id == "a7963a3546b9bf19", "ids that were handed out in answers must stay valid"


@pytest.mark.parametrize(
    "change",
    [
        {"locator": "Table 2, 3rd row"},
        {"file": "facts/other.yml"},
        {"note": "Read from a chart."},
        {"original": "51,140 dollars"},
        {"rank": "preferred", "reason": "newest"},
    ],
)
def test_where_it_stands_and_how_it_is_ranked_do_not_enter_the_id(change: dict[str, str]) -> None:
    assert replace(PAY, **change).id == PAY.id  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        replace(PAY, edition="bls-oews-2024"),
        replace(PAY, occupation="registered-nurse"),
        replace(PAY, indicator="pay.hourly"),
        replace(PAY, value_kind="unknown"),
        replace(PAY, number=51141.0),
        replace(PAY, number=None, low=51140.0),
        replace(PAY, number=None, high=51140.0),
        replace(PAY, unit="USD/hour"),
        replace(PAY, item="low"),
        replace(PAY, text="Half earn more."),
        replace(PAY, scope=replace(SCOPE, place="US-NJ")),
        replace(PAY, scope=replace(SCOPE, place="unstated")),
        replace(PAY, scope=replace(SCOPE, period="2024-05")),
        replace(PAY, scope=replace(SCOPE, statistic="mean")),
        replace(PAY, scope=replace(SCOPE, statistic="percentile", percentile=90)),
        replace(PAY, scope=replace(SCOPE, employer_type="unstated")),
        replace(PAY, scope=replace(SCOPE, qualifiers=())),
    ],
)
def test_another_edition_value_or_scope_has_another_id(changed: Statement) -> None:
    assert changed.id != PAY.id


def test_two_fields_cannot_be_mistaken_for_one_another() -> None:
    assert replace(PAY, item="ab", text="c").id != replace(PAY, item="a", text="bc").id


def test_a_given_id_is_kept() -> None:
    assert replace(PAY, given_id="oews2025-N0000000-000000-292072-13").id == "oews2025-N0000000-000000-292072-13"


@pytest.mark.parametrize(
    ("statement", "has_figure", "figure"),
    [
        (PAY, True, 51140.0),
        (replace(PAY, number=0.0), True, 0.0),
        (replace(PAY, number=None, low=10.0, high=20.0), True, None),
        (replace(PAY, number=None, low=115.0), True, None),
        (replace(PAY, number=None), False, None),
    ],
)
def test_a_range_is_a_figure_but_no_single_one(statement: Statement, has_figure: bool, figure: float | None) -> None:
    assert (statement.has_figure, statement.figure) == (has_figure, figure)


@pytest.mark.parametrize(
    ("published", "estimate", "dated"),
    [
        ("2025-08-28", None, "2025-08-28"),
        ("2025-08-28", "about 2025", "2025-08-28"),
        ("unknown", "about 2018", "undated (about 2018)"),
        ("unknown", None, "undated"),
    ],
)
def test_an_edition_is_dated_or_says_that_it_is_not(published: str, estimate: str | None, dated: str) -> None:
    source = Source("bls", "BLS", "Wages", "https://www.bls.gov", "statistics", 1, "official", "public domain")
    edition = Edition(
        "bls-1", source, "1", "Wages", source.url, published, "2026-01-01", "BLS, Wages", published_estimate=estimate
    )
    assert edition.dated == dated
