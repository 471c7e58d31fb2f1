"""Pick the best statement, keep the others, report fall-backs, conflict and staleness. Pure: no I/O.

The order (docs/knowledge.md): drop deprecated rows; match the scope, recording every fall-back taken; then
rank, authority of the source, period, date of publication. Nothing is averaged and nothing is dropped
silently: older figures become history, figures of the same scope that lie too far apart a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.scope import (
    ALL_EMPLOYERS,
    COUNTRY,
    STATISTIC_ORDER,
    UNSTATED,
    Fallback,
    Scope,
    period,
    period_sort_key,
    wider_places,
)
from knowledge.statement import RANKS, Edition, Indicator, Statement


@dataclass(frozen=True)
class Finding:
    """One thing that is known, with every statement that speaks of it.

    `lead` is what an answer says; `agreeing` say the same; `differing` say otherwise of the same scope;
    `older` are earlier figures, newest first. `stale`: the lead is older than its indicator allows.
    """

    lead: Statement
    agreeing: tuple[Statement, ...] = ()
    differing: tuple[Statement, ...] = ()
    older: tuple[Statement, ...] = ()
    fallbacks: tuple[Fallback, ...] = ()
    stale: bool = False

    @property
    def support(self) -> tuple[Statement, ...]:
        return (self.lead, *self.agreeing)

    @property
    def statements(self) -> tuple[Statement, ...]:
        return (*self.support, *self.differing, *self.older)


class Resolver:
    """Resolves statements by the editions they come from and the places they speak of."""

    def __init__(
        self,
        editions: Mapping[str, Edition],
        indicators: Mapping[str, Indicator],
        parents: Mapping[str, str | None],
        today: date | None = None,
    ) -> None:
        self._editions = editions
        self._indicators = indicators
        self._parents = parents
        self._today = today or date.today()

    def _order(self, statement: Statement) -> tuple[object, ...]:
        """Sorts the best first: rank, authority, then the latest period and publication."""
        edition = self._editions[statement.edition]
        year, month, end = period_sort_key(statement.scope.period)
        return (
            RANKS.index(statement.rank),
            edition.source.authority,
            -year,
            -month,
            -end,
            -_date_number(edition.published),
        )

    def best_first(self, statements: Iterable[Statement]) -> list[Statement]:
        usable = [s for s in statements if s.rank != "deprecated"]
        return sorted(usable, key=self._order) if len(usable) > 1 else usable

    def number(self, statements: Sequence[Statement], wanted: Scope) -> Finding | None:
        """The figure for `wanted`, with history and conflict; None if there is none at any wider place.

        An unstated place, statistic or employer type in `wanted` means "not asked": the US, the first of
        STATISTIC_ORDER that exists, all employers. A statistic that was asked for is never replaced.
        """
        usable = [s for s in statements if s.rank != "deprecated" and s.has_figure and s.value_kind == "value"]
        if wanted.statistic != UNSTATED:
            usable = [
                s for s in usable if (s.scope.statistic, s.scope.percentile) == (wanted.statistic, wanted.percentile)
            ]
        if wanted.period != UNSTATED:
            usable = [s for s in usable if period(s.scope.period).year == period(wanted.period).year]
        for key, value in wanted.qualifiers:
            usable = [s for s in usable if s.scope.qualifier(key) == value]
        employer = ALL_EMPLOYERS if wanted.employer_type == UNSTATED else wanted.employer_type
        place = COUNTRY if wanted.place == UNSTATED else wanted.place
        for employer_step in dict.fromkeys((employer, ALL_EMPLOYERS)):
            for place_step in wider_places(place, self._parents):
                matching = [s for s in usable if _speaks_of(s.scope, place_step, employer_step)]
                if matching:
                    fallbacks = _fallbacks(("place", place, place_step), ("employer_type", employer, employer_step))
                    return self._finding(matching, fallbacks)
        return None

    def _finding(self, matching: Sequence[Statement], fallbacks: tuple[Fallback, ...]) -> Finding:
        matching = self.best_first(matching)
        lead = min(matching, key=lambda s: (RANKS.index(s.rank), _statistic_order(s)))
        peers = [
            s
            for s in matching
            if s is not lead
            and s.scope.statistic == lead.scope.statistic
            and s.scope.percentile == lead.scope.percentile
            and s.scope.qualifiers == lead.scope.qualifiers
            and s.unit == lead.unit
        ]
        agreeing, differing, older = [], [], []
        for peer in peers:
            if (
                period_sort_key(peer.scope.period)[:2] < period_sort_key(lead.scope.period)[:2]
                and peer.scope.period != UNSTATED
            ):
                older.append(peer)
            elif self._agree(lead, peer):
                agreeing.append(peer)
            else:
                differing.append(peer)
        older.sort(key=lambda s: period_sort_key(s.scope.period), reverse=True)
        return Finding(lead, tuple(agreeing), tuple(differing), tuple(older), fallbacks, self.stale(lead))

    def _agree(self, one: Statement, other: Statement) -> bool:
        if one.figure is None or other.figure is None:
            return (one.number, one.low, one.high) == (other.number, other.low, other.high)
        tolerance = self._indicators[one.indicator].tolerance
        if one.unit == "percent" and _rounds_alike(one.figure, other.figure):
            return True
        largest = max(abs(one.figure), abs(other.figure))
        return largest == 0 or abs(one.figure - other.figure) / largest <= tolerance

    def relation(self, one: Statement, other: Statement) -> str:
        """How `other` stands to `one`, if both speak of the same thing: it "agrees", "differs", is "older" or "newer"
        (a figure of another time), or says it in other words ("also")."""
        if not (one.has_figure and other.has_figure):
            if one.item is None and other.item is None:
                return "also"
            return "agrees" if one.item == other.item else "differs"
        mine, theirs = (period_sort_key(s.scope.period)[:2] for s in (one, other))
        if mine != theirs and UNSTATED not in (one.scope.period, other.scope.period):
            return "older" if theirs < mine else "newer"
        return "agrees" if self._agree(one, other) else "differs"

    def choice(self, statements: Sequence[Statement]) -> Finding | None:
        """The choice of the best source; every source with another choice differs."""
        usable = self.best_first(statements)
        if not usable:
            return None
        lead, rest = usable[0], usable[1:]
        return Finding(
            lead,
            agreeing=tuple(s for s in rest if s.item == lead.item),
            differing=tuple(s for s in rest if s.item != lead.item),
        )

    def texts(self, statements: Sequence[Statement]) -> list[Finding]:
        """One finding an item: the same thing said by several sources is said once, with all of them cited.

        What more sources say comes first; among equals the better source, then the order of the files.
        """
        groups: dict[tuple[object, ...], list[Statement]] = {}
        for statement in statements:
            if statement.rank != "deprecated":
                own = statement.item or statement.id
                groups.setdefault((statement.indicator, own, statement.scope.qualifiers), []).append(statement)
        findings = []
        for group in groups.values():
            ordered = self.best_first(group)
            findings.append(Finding(ordered[0], agreeing=tuple(ordered[1:])))
        findings.sort(key=lambda f: (RANKS.index(f.lead.rank), -self._publishers(f), self.authority(f.lead)))
        return findings

    def authority(self, statement: Statement) -> int:
        return self._editions[statement.edition].source.authority

    def _publishers(self, finding: Finding) -> int:
        return len({self._editions[s.edition].source.id for s in finding.support})

    def stale(self, statement: Statement) -> bool:
        """Older than its indicator's max_age in years, counted from the figure's period (or publication)."""
        max_age = self._indicators[statement.indicator].max_age
        year = period(statement.scope.period).year
        if max_age is None:
            return False
        if year is None:
            published = self._editions[statement.edition].published
            if published == "unknown":
                return statement.has_figure
            year = int(published[:4])
        return self._today.year - year > max_age


def same_thing(one: Statement, other: Statement, indicator: Indicator) -> bool:
    """Whether two statements say something, alike or not, of the same thing: figures of the same statistic, place and
    employers at any time; a choice (such as a level of education); texts on the same item, or summaries."""
    if one.id == other.id or (one.occupation, one.indicator) != (other.occupation, other.indicator):
        return False
    mine, theirs = one.scope, other.scope
    if mine.qualifiers != theirs.qualifiers or other.rank == "deprecated":
        return False
    if indicator.type == "choice":
        return True
    if indicator.type != "number":
        return one.item == other.item and (one.item is not None or not indicator.multivalued)
    return (
        (mine.statistic, mine.percentile, one.unit) == (theirs.statistic, theirs.percentile, other.unit)
        and (mine.place if mine.place != UNSTATED else COUNTRY)
        == (theirs.place if theirs.place != UNSTATED else COUNTRY)
        and _employers(mine) == _employers(theirs)
    )


def _employers(scope: Scope) -> str:
    return ALL_EMPLOYERS if scope.employer_type == UNSTATED else scope.employer_type


def _rounds_alike(one: float, other: float) -> bool:
    """Whether one figure may be the other, rounded: 14.7 and 15, not 14.2 and 15."""
    decimals = min(len(f"{figure:g}".partition(".")[2]) for figure in (one, other))
    return abs(one - other) <= 0.5 * 10**-decimals


def _date_number(text: str) -> int:
    """20250828 for 2025-08-28 and 20250000 for 2025; 0 if unknown."""
    digits = text.replace("-", "")
    return int(digits.ljust(8, "0")) if digits.isdigit() else 0


def _statistic_order(statement: Statement) -> int:
    return STATISTIC_ORDER.index(statement.scope.statistic)


def _speaks_of(scope: Scope, place: str, employer: str) -> bool:
    place_fits = scope.place == place or (scope.place == UNSTATED and place == COUNTRY)
    employer_fits = scope.employer_type == employer or (scope.employer_type == UNSTATED and employer == ALL_EMPLOYERS)
    return place_fits and employer_fits


def _fallbacks(*steps: tuple[str, str, str]) -> tuple[Fallback, ...]:
    return tuple(Fallback(kind, wanted, used) for kind, wanted, used in steps if wanted != used)
