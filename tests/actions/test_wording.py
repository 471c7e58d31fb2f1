"""Figures, dates, places and lists as text."""

from __future__ import annotations

import pytest

from actions import wording
from knowledge.scope import Scope
from knowledge.statement import Statement


def statement(
    number: float | None = None,
    unit: str | None = None,
    *,
    low: float | None = None,
    high: float | None = None,
    statistic: str = "median",
    percentile: int | None = None,
) -> Statement:
    return Statement(
        "registered-nurse",
        "pay.annual",
        "an-edition",
        "page 1",
        Scope("US", "2025-05", statistic, percentile),
        number=number,
        low=low,
        high=high,
        unit=unit,
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (statement(51140, "USD/year"), "$51,140"),
        (statement(24.59, "USD/hour"), "$24.59"),
        (statement(24.5, "USD/hour"), "$24.50"),
        (statement(7.1, "percent"), "7.1%"),
        (statement(7, "percent"), "7%"),
        (statement(-4.9, "percent"), "-4.9%"),
        (statement(194100, "jobs"), "194,100"),
        (statement(14200, "jobs/year"), "14,200"),
        (statement(1, "year"), "1 year"),
        (statement(2, "year"), "2 years"),
        (statement(1.5, "year"), "1.5 years"),
        (statement(18, "month"), "18 months"),
        (statement(unit="USD/year", low=25810, high=64610), "$25,810 to $64,610"),
        (statement(unit="USD/year", low=239200), "$239,200 or more"),
        (statement(unit="USD/hour", high=15), "$15.00 or less"),
        (statement(unit="month", low=9, high=24), "9 months to 24 months"),
        (statement(), ""),
    ],
)
def test_a_figure_with_its_unit(said: Statement, expected: str) -> None:
    assert wording.figure(said) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05-15", "15 May 2026"),
        ("2025-05", "May 2025"),
        ("2019", "2019"),
        ("2023-12-01", "1 December 2023"),
        ("unknown", "unknown"),
        ("undated (about 2018)", "undated (about 2018)"),
    ],
)
def test_a_date_as_people_write_it(text: str, expected: str) -> None:
    assert wording.date(text) == expected


@pytest.mark.parametrize(
    ("period", "sentence", "bracket"),
    [
        ("2025-05", "in May 2025", "May 2025"),
        ("2019", "in 2019", "2019"),
        ("2024/2034", "from 2024 to 2034", "2024–34"),
        ("unstated", "", "year not stated"),
        ("unstated/2030", "by 2030", "until 2030"),
    ],
)
def test_a_period_in_a_sentence_and_in_brackets(period: str, sentence: str, bracket: str) -> None:
    assert (wording.when(period), wording.dated(period)) == (sentence, bracket)


@pytest.mark.parametrize(
    ("parts", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list(parts: list[str], expected: str) -> None:
    assert wording.joined(parts) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Texas", "in Texas"),
        ("the United States", "in the United States"),
        ("Boise City, ID", "in the Boise City, ID area"),
        ("Upper Peninsula of Michigan nonmetropolitan area", "in the Upper Peninsula of Michigan nonmetropolitan area"),
    ],
)
def test_a_place_in_a_sentence(name: str, expected: str) -> None:
    assert wording.in_place(name) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("RHIT", "an"),
        ("CCA", "a"),
        ("nurse", "a"),
        ("assistant", "an"),
        ("NRCCS", "an"),
        ("CPC", "a"),
        ("electrician", "an"),
    ],
)
def test_an_article_by_how_a_word_is_read(word: str, expected: str) -> None:
    assert wording.a(word) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (10, "10th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (25, "25th"),
        (90, "90th"),
    ],
)
def test_an_ordinal(number: int, expected: str) -> None:
    assert wording.ordinal(number) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Most people need one.", "most people need one."),
        ("AHIMA offers it.", "AHIMA offers it."),
        ("Herzing's page says so.", "Herzing's page says so."),
        ("O*NET lists it.", "O*NET lists it."),
        ("DeVry offers one.", "DeVry offers one."),
        ("A degree helps.", "a degree helps."),
        ("RHITs need it.", "RHITs need it."),
    ],
)
def test_a_sentence_as_the_end_of_another_keeps_names(text: str, expected: str) -> None:
    assert wording.lower_first(text) == expected


@pytest.mark.parametrize(
    ("statistic", "percentile", "name"),
    [
        ("median", None, "median"),
        ("mean", None, "average"),
        ("percentile", 10, "10th percentile"),
        ("unstated", None, ""),
        ("entry", None, "starting pay"),
    ],
)
def test_a_statistic_has_a_name_and_a_mean_is_never_called_a_median(
    statistic: str, percentile: int | None, name: str
) -> None:
    said = statement(1, "USD/year", statistic=statistic, percentile=percentile)
    assert wording.statistic_name(said) == name
    assert ("median" in wording.statistic(said)) == (statistic == "median")


@pytest.mark.parametrize("limit", [10, 20, 40])
def test_a_text_is_cut_at_a_word_and_marked(limit: int) -> None:
    text = "Medical records technicians check patients' records."
    cut = wording.shorten(text, limit)
    assert len(cut) <= limit
    assert cut.endswith("…")
    assert text.startswith(cut[:-1])
    assert text[len(cut) - 1] in " ,"
    assert wording.shorten(text, len(text)) == text


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Registered nurses must have a license.", "registered nurses must have a license."),
        ("Registered Health Information Technicians code.", "Registered Health Information Technicians code."),
        ("Career advancement takes time.", "career advancement takes time."),
        ("Career Igniter lists five.", "Career Igniter lists five."),
        ("Study.com lists a diploma.", "Study.com lists a diploma."),
        ("DeVry's certificate covers it.", "DeVry's certificate covers it."),
        ("At Herzing, it takes 20 months.", "at Herzing, it takes 20 months."),
        ("RHIT candidates sit an exam.", "RHIT candidates sit an exam."),
        ("The United States has none.", "the United States has none."),
        ("A degree helps.", "a degree helps."),
    ],
)
def test_a_sentence_goes_on_after_a_verdict_with_the_capitals_of_names_alone(said: str, expected: str) -> None:
    assert wording.lower_first(said) == expected


def test_a_publisher_within_a_sentence() -> None:
    assert wording.the("U.S. Bureau of Labor Statistics") == "the U.S. Bureau of Labor Statistics"
    assert wording.the("Herzing University") == "Herzing University"
