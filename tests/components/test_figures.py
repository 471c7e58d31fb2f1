"""Which figure a message wants: statistic, percentile, pay period, year, level."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.figures import LEVELS, find
from knowledge.vocabulary import load_vocabulary


def values(text: str, kind: str) -> list[str]:
    return list(dict.fromkeys(value for found, value, _, _ in find(text) if found == kind))


@pytest.mark.parametrize(
    ("text", "statistics"),
    [
        ("what is the median", ["median"]),
        ("the average pay", ["mean"]),
        ("avg salary", ["mean"]),
        ("mean wage", ["mean"]),
        ("the midpoint", ["median"]),
        ("top 10%", ["percentile:90"]),
        ("the top 10 percent", ["percentile:90"]),
        ("highest paid 25%", ["percentile:75"]),
        ("bottom 10%", ["percentile:10"]),
        ("lowest-paid 25 per cent", ["percentile:25"]),
        ("lowest ten percent", ["percentile:10"]),
        ("top twenty-five percent", ["percentile:75"]),
        ("upper quarter of", ["percentile:75"]),
        ("lower quartile", ["percentile:25"]),
        ("the top quartile", ["percentile:75"]),
        ("bottom quarter pay", ["percentile:25"]),
        ("top decile", ["percentile:90"]),
        ("the best-paid tenth", ["percentile:90"]),
        ("what do the best paid health services managers make", ["percentile:90"]),
        ("pay of the top transcriptionists", ["percentile:90"]),
        ("lowest paid tenth", ["percentile:10"]),
        ("the bottom tenth", ["percentile:10"]),
        ("90th percentile", ["percentile:90"]),
        ("25 percentile", ["percentile:25"]),
        ("the 1st percentile", ["percentile:1"]),
        ("top 3%", ["percentile:97"]),
        ("maximum pay", ["percentile:90"]),
        ("what do top earners get", ["percentile:90"]),
        ("minimum pay", ["percentile:10"]),
        ("pay near the bottom", ["percentile:10"]),
        ("someone near the top", ["percentile:90"]),
        ("middle of the road pay", ["median"]),
        ("average and median", ["median", "mean"]),
        ("what do the top ones get", ["percentile:90"]),
        ("the highest-paid technicians", ["percentile:90"]),
        ("what do the worst paid nurses make", ["percentile:10"]),
        ("how much would I make at least", ["percentile:10"]),
        ("better than three quarters of other welders", ["percentile:75"]),
        ("what pay puts me ahead of 90% of nurses", ["percentile:90"]),
        ("nine in ten roofers make more than how much", ["percentile:10"]),
        ("a quarter of clerks earn less than what", ["percentile:25"]),
        ("half of all bakers get more than", ["median"]),
        ("upper quarter, roofers in Boise", ["percentile:75"]),
        ("the best paid fourth", ["percentile:75"]),
        # what is none
        ("do more than half of coders work in hospitals", []),
        ("pay went up more than 7% in a year", []),
        ("top 0%", []),
        ("0th percentile", []),
        ("100% remote", []),
        ("10% off", []),
        ("the average joe", []),
        ("what does it mean for me", []),
        ("top jobs", []),
        ("is it at least growing", []),
        ("do they let you sit down at least", []),
        ("and at least?", ["percentile:10"]),
        ("do coders at least earn more", []),
        ("pay", []),
        ("", []),
    ],
)
def test_the_statistic_that_is_asked_for(text: str, statistics: list[str]) -> None:
    assert sorted(values(text, "statistic")) == sorted(statistics)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("pay per hour", ["hour"]),
        ("hourly", ["hour"]),
        ("$ an hour", ["hour"]),
        ("24/hr", ["hour"]),
        ("PER HOUR", ["hour"]),
        ("a year", ["year"]),
        ("annual pay", ["year"]),
        ("annually", ["year"]),
        ("yearly", ["year"]),
        ("/yr", ["year"]),
        ("salary", ["year"]),
        ("per month", ["month"]),
        ("monthly", ["month"]),
        ("each week", ["week"]),
        ("weekly", ["week"]),
        ("happy hours", []),
        ("how many years does it take", []),
        ("this month", []),
        ("pay", []),
    ],
)
def test_the_pay_period_that_is_asked_for(text: str, period: list[str]) -> None:
    assert values(text, "pay_period") == period


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("pay in 2019", ["2019"]),
        ("by 2034?", ["2034"]),
        ("1998", ["1998"]),
        ("2019 and 2025", ["2019", "2025"]),
        ("since 2019.", ["2019"]),
        ("$2019", []),
        ("2,019", []),
        ("20190", []),
        ("12019", []),
        ("2019.5", []),
        ("1,2019", []),
        ("1776", []),
        ("3019", []),
        ("2019,000", []),
    ],
)
def test_a_year_is_no_sum_of_money(text: str, years: list[str]) -> None:
    assert values(text, "period") == years


def test_the_levels_are_those_of_the_vocabulary() -> None:
    assert list(LEVELS) == load_vocabulary().qualifiers["level"]
    phrases = [phrase for names in LEVELS.values() for phrase in names]
    assert len(phrases) == len(set(phrases)), "no phrase means two levels"


@given(st.text(max_size=200))
def test_every_find_lies_inside_the_text(text: str) -> None:
    for kind, value, start, end in find(text):
        assert kind and value
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("will there be coders in 30 years", ["2055"]),
        ("nurses needed within the next twenty years", ["2045"]),
        ("how many coders 25 years from now", ["2050"]),
        ("growth over the next ten years", []),
        ("I was there in 20 years of service", []),
        ("how many by 2050", ["2050"]),
    ],
)
def test_years_far_ahead(text: str, years: list[str]) -> None:
    assert values(text, "period") == years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("what was it in 2017, before all that", ["2017"]),
        ("back in '17", ["2017"]),
        ("class of '99", []),
        ("a sum of 2,017", []),
        ("for $2017, really", []),
    ],
)
def test_years_as_people_write_them(text: str, years: list[str]) -> None:
    assert values(text, "period") == years
