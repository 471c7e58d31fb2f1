"""Which statement leads, what becomes history or a conflict, and which fall-backs are recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from knowledge.resolve import Finding, Resolver
from knowledge.scope import Fallback, Scope
from knowledge.statement import Edition, Indicator, Source, Statement

TODAY = date(2026, 10, 1)
PARENTS = {"M41940": "US-CA", "US-CA": "US", "US-NJ": "US", "US": None}
INDICATORS = {
    "pay": Indicator("pay", "Pay", "pay", "number", units=("USD/year",), tolerance=0.02, max_age=2),
    "growth": Indicator("growth", "Growth", "outlook", "number", units=("percent",), tolerance=0.02, max_age=3),
    "share": Indicator("share", "Share", "setting", "number", units=("percent",)),
    "degree": Indicator("degree", "Degree", "education", "choice", values=("typical", "not-required")),
    "task": Indicator("task", "Task", "duties", "text", multivalued=True),
}


def edition(id: str, authority: int, published: str = "2025-01-01") -> Edition:
    source = Source(id, id.upper(), id, f"https://{id}.example", "kind", authority, "reason", "licence")
    return Edition(id, source, "1", id, source.url, published, "2026-01-01", id)


EDITIONS = {
    e.id: e
    for e in (
        edition("official", 1),
        edition("official-new", 1, "2026-05-15"),
        edition("handbook", 2),
        edition("school", 4),
        edition("school-undated", 4, "unknown"),
        edition("site", 5),
        edition("site-month", 5, "2024-06"),
        edition("site-year", 5, "2024"),
    )
}
RESOLVER = Resolver(EDITIONS, INDICATORS, PARENTS, TODAY)


def figure(
    number: float | None,
    by: str = "official",
    *,
    indicator: str = "pay",
    place: str = "US",
    period: str = "2025-05",
    statistic: str = "median",
    percentile: int | None = None,
    employer: str = "all",
    rank: str = "normal",
    qualifiers: tuple[tuple[str, str], ...] = (),
    low: float | None = None,
    high: float | None = None,
) -> Statement:
    return Statement(
        "clerk",
        indicator,
        by,
        "table",
        Scope(place, period, statistic, percentile, employer, qualifiers),
        number=number,
        low=low,
        high=high,
        unit=INDICATORS[indicator].units[0],
        rank=rank,
    )


def text(item: str | None, by: str, words: str = "words", rank: str = "normal", indicator: str = "task") -> Statement:
    return Statement("clerk", indicator, by, "table", item=item, text=words, rank=rank)


def lead(finding: Finding | None) -> float | None:
    assert finding is not None
    return finding.lead.number


def numbers(statements: Sequence[Statement]) -> list[float | None]:
    return [statement.number for statement in statements]


# --- which one leads


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        # rank before all else
        (figure(1, "site", period="2015", rank="preferred"), figure(2, "official")),
        # then the authority of the source, though it is older
        (figure(1, "official", period="2019"), figure(2, "handbook", period="2025")),
        (figure(1, "handbook", period="2019"), figure(2, "site", period="2025")),
        # then the period
        (figure(1, period="2025"), figure(2, period="2024")),
        (figure(1, period="2025-05"), figure(2, period="2025")),
        (figure(1, period="2025-05"), figure(2, period="2025-04")),
        (figure(1, period="2024/2034"), figure(2, period="2024/2033")),
        (figure(1, period="2015"), figure(2, period="unstated")),
        # then the date of publication
        (figure(1, "official-new"), figure(2, "official")),
        (figure(1, "site-month"), figure(2, "site-year")),
        (figure(1, "school"), figure(2, "school-undated")),
    ],
)
def test_the_better_statement_leads_in_any_order_of_the_files(better: Statement, worse: Statement) -> None:
    for statements in ([better, worse], [worse, better]):
        assert RESOLVER.best_first(statements) == [better, worse]
        assert lead(RESOLVER.number(statements, Scope())) == 1


def test_a_deprecated_statement_is_dropped() -> None:
    old = figure(1, rank="deprecated")
    assert RESOLVER.number([old], Scope()) is None
    finding = RESOLVER.number([old, figure(2, "site")], Scope())
    assert finding is not None and finding.statements == (finding.lead,) and lead(finding) == 2
    assert RESOLVER.choice([text("typical", "official", rank="deprecated", indicator="degree")]) is None
    assert RESOLVER.texts([text("a", "official", rank="deprecated")]) == []


# --- statistics


@pytest.mark.parametrize(
    ("order", "leads"),
    [
        (("mean", "median"), "median"),
        (("unstated", "mean"), "mean"),
        (("entry", "unstated"), "unstated"),
        (("range", "entry"), "entry"),
        (("percentile", "range"), "range"),
    ],
)
def test_when_no_statistic_is_asked_for_the_median_comes_first(order: tuple[str, str], leads: str) -> None:
    finding = RESOLVER.number([figure(1, statistic=name) for name in order], Scope())
    assert finding is not None and finding.lead.scope.statistic == leads
    assert finding.statements == (finding.lead,), "another statistic neither agrees nor differs"


@pytest.mark.parametrize(
    ("wanted", "there"),
    [("median", "mean"), ("mean", "median"), ("median", "unstated"), ("mean", "unstated"), ("entry", "median")],
)
def test_a_statistic_that_was_asked_for_is_never_replaced(wanted: str, there: str) -> None:
    assert RESOLVER.number([figure(1, statistic=there)], Scope(statistic=wanted)) is None


def test_one_percentile_never_stands_in_for_another() -> None:
    statements = [figure(float(p), statistic="percentile", percentile=p) for p in (10, 25, 75, 90)]
    assert lead(RESOLVER.number(statements, Scope(statistic="percentile", percentile=75))) == 75
    assert RESOLVER.number(statements, Scope(statistic="percentile", percentile=50)) is None


# --- places and employers


@pytest.mark.parametrize(
    ("there", "wanted", "fallbacks"),
    [
        ("M41940", "M41940", ()),
        ("US-CA", "M41940", (Fallback("place", "M41940", "US-CA"),)),
        ("US", "M41940", (Fallback("place", "M41940", "US"),)),
        ("US", "US-CA", (Fallback("place", "US-CA", "US"),)),
        ("US", "US", ()),
        ("US", "unstated", ()),
        ("unstated", "unstated", ()),
        ("unstated", "US", ()),
        ("unstated", "US-CA", (Fallback("place", "US-CA", "US"),)),
    ],
)
def test_a_wider_place_stands_in_and_is_recorded(there: str, wanted: str, fallbacks: tuple[Fallback, ...]) -> None:
    finding = RESOLVER.number([figure(1, place=there)], Scope(wanted))
    assert finding is not None and finding.fallbacks == fallbacks


@pytest.mark.parametrize(
    ("there", "wanted"), [("US-CA", "US"), ("US-CA", "US-NJ"), ("M41940", "US-CA"), ("US-CA", "unstated")]
)
def test_a_narrower_or_another_place_never_stands_in(there: str, wanted: str) -> None:
    assert RESOLVER.number([figure(1, place=there)], Scope(wanted)) is None


def test_the_narrowest_place_wins_even_from_a_weaker_source() -> None:
    finding = RESOLVER.number([figure(1, "official", place="US"), figure(2, "site", place="US-CA")], Scope("M41940"))
    assert finding is not None and lead(finding) == 2
    assert finding.fallbacks == (Fallback("place", "M41940", "US-CA"),)


@pytest.mark.parametrize(
    ("there", "wanted", "fallbacks"),
    [
        ("hospitals", "hospitals", ()),
        ("all", "hospitals", (Fallback("employer_type", "hospitals", "all"),)),
        ("unstated", "hospitals", (Fallback("employer_type", "hospitals", "all"),)),
        ("all", "unstated", ()),
        ("unstated", "all", ()),
    ],
)
def test_all_employers_stand_in_for_one_kind_and_are_recorded(
    there: str, wanted: str, fallbacks: tuple[Fallback, ...]
) -> None:
    finding = RESOLVER.number([figure(1, employer=there)], Scope(employer_type=wanted))
    assert finding is not None and finding.fallbacks == fallbacks


def test_one_kind_of_employer_never_stands_in_for_all() -> None:
    assert RESOLVER.number([figure(1, employer="hospitals")], Scope()) is None
    assert RESOLVER.number([figure(1, employer="hospitals")], Scope(employer_type="insurance")) is None


def test_both_fallbacks_are_recorded() -> None:
    finding = RESOLVER.number([figure(1)], Scope("US-CA", employer_type="hospitals"))
    assert finding is not None
    assert set(finding.fallbacks) == {Fallback("place", "US-CA", "US"), Fallback("employer_type", "hospitals", "all")}


def test_qualifiers_and_the_year_that_were_asked_for_are_kept_to() -> None:
    statements = [
        figure(1, qualifiers=(("level", "associate"),)),
        figure(2, period="2019", qualifiers=(("level", "bachelor"),)),
    ]
    assert lead(RESOLVER.number(statements, Scope(qualifiers=(("level", "bachelor"),)))) == 2
    assert RESOLVER.number(statements, Scope(qualifiers=(("level", "master"),))) is None
    assert lead(RESOLVER.number(statements, Scope(period="2019"))) == 2
    assert lead(RESOLVER.number(statements, Scope(period="2025"))) == 1, "a month lies in its year"
    assert RESOLVER.number(statements, Scope(period="2021")) is None


def test_what_is_no_figure_is_no_answer() -> None:
    unknown = replace(figure(None), value_kind="unknown")
    assert RESOLVER.number([unknown, figure(None)], Scope()) is None
    assert RESOLVER.number([], Scope()) is None


# --- history, agreement, conflict


def test_earlier_figures_are_history_newest_first() -> None:
    statements = [figure(1, "site", period="2015"), figure(3, period="2025-05"), figure(2, "school", period="2019")]
    finding = RESOLVER.number(statements, Scope())
    assert finding is not None and lead(finding) == 3
    assert numbers(finding.older) == [2, 1]
    assert (finding.agreeing, finding.differing) == ((), ())


def test_an_undated_figure_is_no_history() -> None:
    finding = RESOLVER.number([figure(50000), figure(40000, "site", period="unstated")], Scope())
    assert finding is not None
    assert (numbers(finding.differing), finding.older) == ([40000], ())


def test_a_later_figure_of_a_weaker_source_differs() -> None:
    finding = RESOLVER.number([figure(50000, period="2024"), figure(60000, "site", period="2025")], Scope())
    assert finding is not None
    assert (lead(finding), numbers(finding.differing), finding.older) == (50000, [60000], ())


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (50000, 50000, True),
        (50000, 50900, True),
        (50000, 49000, True),
        (50000, 51100, False),
        (50000, 48900, False),
        (0, 0, True),
    ],
)
def test_figures_further_apart_than_the_tolerance_are_a_conflict(one: float, other: float, agree: bool) -> None:
    finding = RESOLVER.number([figure(one), figure(other, "site")], Scope())
    assert finding is not None and lead(finding) == one
    assert numbers(finding.agreeing if agree else finding.differing) == [other]
    assert not (finding.differing if agree else finding.agreeing)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (14.7, 15, True),
        (15, 14.7, True),
        (14.2, 15, False),
        (7.1, 7, True),
        (6.4, 7, False),
        (-4.9, -5, True),
        (-4.9, 5, False),
        (4.94, 4.9, True),
        (4.84, 4.9, True),
        (4.7, 4.9, False),
        (0.4, 0, True),
        (9, 8, False),
        (3.1, 3.1, True),
    ],
)
def test_a_percentage_agrees_with_its_own_rounding(one: float, other: float, agree: bool) -> None:
    finding = RESOLVER.number([figure(one, indicator="growth"), figure(other, "site", indicator="growth")], Scope())
    assert finding is not None
    assert bool(finding.agreeing) is agree and bool(finding.differing) is not agree


def test_a_range_agrees_only_with_itself() -> None:
    own = figure(None, low=40000, high=50000, statistic="range")
    same = replace(own, edition="site")
    other = replace(own, edition="school", high=55000.0)
    finding = RESOLVER.number([own, same, other], Scope())
    assert finding is not None
    assert (finding.agreeing, finding.differing) == ((same,), (other,))


def test_nothing_is_averaged_or_lost() -> None:
    statements = [
        figure(50000),
        figure(50500, "site"),
        figure(60000, "school"),
        figure(42000, "handbook", period="2019"),
    ]
    finding = RESOLVER.number(statements, Scope())
    assert finding is not None
    assert set(finding.statements) == set(statements)
    assert (numbers(finding.agreeing), numbers(finding.differing), numbers(finding.older)) == (
        [50500],
        [60000],
        [42000],
    )
    assert finding.support == (statements[0], statements[1])


def test_other_qualifiers_are_no_conflict() -> None:
    finding = RESOLVER.number(
        [figure(1, qualifiers=(("level", "associate"),)), figure(9, "site", qualifiers=(("level", "bachelor"),))],
        Scope(),
    )
    assert finding is not None and finding.statements == (finding.lead,)


# --- staleness


@pytest.mark.parametrize(
    ("statement", "stale"),
    [
        (figure(1, period="2025-05"), False),
        (figure(1, period="2024"), False),
        (figure(1, period="2023"), True),
        (figure(1, period="2023/2033"), True),
        # without a period it is as old as its publication, and if that is unknown too, it counts as old
        (figure(1, "official-new", period="unstated"), False),
        (figure(1, "official", period="unstated"), False),
        (figure(1, "site-year", period="unstated"), False),
        (figure(1, "school-undated", period="unstated"), True),
        # no max_age, or no figure: never
        (figure(1, indicator="share", period="1990"), False),
        (text("a", "school-undated"), False),
    ],
)
def test_an_old_figure_is_stale(statement: Statement, stale: bool) -> None:
    assert RESOLVER.stale(statement) is stale
    if statement.has_figure:
        finding = RESOLVER.number([statement], Scope())
        assert finding is not None and finding.stale is stale


def test_what_is_fresh_today_is_stale_later() -> None:
    statement = figure(1, period="2025-05")
    assert not Resolver(EDITIONS, INDICATORS, PARENTS, date(2027, 12, 31)).stale(statement)
    assert Resolver(EDITIONS, INDICATORS, PARENTS, date(2028, 1, 1)).stale(statement)


# --- choices and texts


def test_the_choice_of_the_best_source_leads_and_the_others_differ() -> None:
    best = text("typical", "official", indicator="degree")
    same, other = text("typical", "site", indicator="degree"), text("not-required", "school", indicator="degree")
    finding = RESOLVER.choice([other, same, best])
    assert finding is not None
    assert (finding.lead, finding.agreeing, finding.differing) == (best, (same,), (other,))
    assert RESOLVER.choice([]) is None


def test_the_same_item_of_several_sources_is_one_finding_in_the_best_words() -> None:
    best, same = text("file", "handbook", "File charts."), text("file", "site", "Put charts away.")
    other = text("code", "official", "Assign codes.")
    findings = RESOLVER.texts([same, other, best])
    assert [(f.lead, f.agreeing) for f in findings] == [(best, (same,)), (other, ())], "most sources first"


def test_one_source_twice_is_not_two_sources() -> None:
    findings = RESOLVER.texts(
        [
            text("file", "site", "File charts."),
            text("file", "site", "Put charts away."),
            text("code", "official", "Assign codes."),
        ]
    )
    assert [f.lead.item for f in findings] == ["code", "file"]


def test_texts_are_merged_only_within_their_qualifiers_and_item() -> None:
    scope = Scope(qualifiers=(("credential", "rhit"),))
    statements = [
        text("fee", "site"),
        replace(text("fee", "school"), scope=scope),
        text(None, "site", "One."),
        text(None, "site", "Two."),
        text("fee", "school", indicator="degree"),
    ]
    assert len(RESOLVER.texts(statements)) == 5


def test_a_preferred_text_comes_first_and_equals_keep_the_order_of_the_files() -> None:
    statements = [text("a", "site"), text("b", "site"), text("c", "site", rank="preferred"), text("d", "handbook")]
    assert [f.lead.item for f in RESOLVER.texts(statements)] == ["c", "d", "a", "b"]
