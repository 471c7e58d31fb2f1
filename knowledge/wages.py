"""Pay statistics (OEWS) as statements: reads the wide `wage` table; never explodes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection, Row

from knowledge.importers.oews import ALL_INDUSTRIES, COLUMNS, EDITION, area_place_id
from knowledge.models import IndustryRow, PlaceRow, WageRow
from knowledge.scope import ALL_EMPLOYERS, COUNTRY, Scope
from knowledge.statement import Statement

PERIOD = "2025-05"
NATION = "0000000"
_ID = re.compile(r"^oews2025-([NSM])(\d{7})-([\d-]{6})-(\d{6})-(\d{2})$")
_WAGES = WageRow.__table__
# Built once: building it takes as long as running it.
_ONE_ROW = select(_WAGES).where(
    _WAGES.c.soc == bindparam("soc"), _WAGES.c.industry == bindparam("industry"), _WAGES.c.area == bindparam("area")
)

# column of `wage` -> (indicator, unit, statistic, percentile)
FIGURES: Mapping[str, tuple[str, str, str, int | None]] = {
    "employment": ("outlook.employment", "jobs", "unstated", None),
    "hourly_mean": ("pay.hourly", "USD/hour", "mean", None),
    "annual_mean": ("pay.annual", "USD/year", "mean", None),
    **{f"hourly_p{p}": ("pay.hourly", "USD/hour", "percentile", p) for p in (10, 25, 75, 90)},
    **{f"annual_p{p}": ("pay.annual", "USD/year", "percentile", p) for p in (10, 25, 75, 90)},
    "hourly_median": ("pay.hourly", "USD/hour", "median", None),
    "annual_median": ("pay.annual", "USD/year", "median", None),
}
TOP_CODED = "5"


@dataclass(frozen=True)
class WageRecord:
    """One occupation in one place and industry. `place` and `employer_type` are ids of the vocabulary;
    an industry that the vocabulary does not name stays as `industry:<code>`."""

    occupation: str
    place: str
    employer_type: str
    row: Row

    def value(self, column: str) -> float | None:
        value = self.row._mapping[column]
        return None if value is None else float(value)

    def footnote(self, column: str) -> str | None:
        """The footnote code of a column ("5": at or above the top code; "8": not released), if any."""
        number = str(COLUMNS.index(column) + 1)
        notes = dict(pair.split(":") for pair in (self.row.footnotes or "").split())
        return notes.get(number)

    def statement(self, column: str) -> Statement | None:
        """A published figure as a statement; None if it was not published (see `footnote`)."""
        value = self.value(column)
        if value is None:
            return None
        return self._statement(column, number=value, kind="value")

    def top_coded(self, column: str) -> Statement | None:
        """The statement that a wage is at or above the published ceiling, which it words; None if it is not."""
        if self.value(column) is not None or self.footnote(column) != TOP_CODED:
            return None
        _, unit, _, _ = FIGURES[column]
        ceiling = 115.0 if unit == "USD/hour" else 239200.0
        return self._statement(column, low=ceiling, kind="value", note="at or above")

    def _statement(
        self, column: str, *, kind: str, number: float | None = None, low: float | None = None, note: str | None = None
    ) -> Statement:
        indicator, unit, statistic, percentile = FIGURES[column]
        row = self.row
        code = f"{COLUMNS.index(column) + 1:02}"
        return Statement(
            occupation=self.occupation,
            indicator=indicator,
            edition=EDITION,
            value_kind=kind,
            number=number,
            low=low,
            unit=unit,
            note=note,
            locator=f"series OEU{row.level}{row.area}{row.industry}{row.soc}{code} (area {row.area}, "
            f"industry {row.industry}, occupation {row.soc[:2]}-{row.soc[2:]}, data type {code})",
            scope=Scope(self.place, PERIOD, statistic, percentile, self.employer_type),
            given_id=f"oews2025-{row.level}{row.area}-{row.industry}-{row.soc}-{code}",
        )


class WageTable:
    """Look-ups in `wage`. `industries` maps an employer type to its industry code, and back."""

    def __init__(self, employers: Mapping[str, str | None], areas: Mapping[str, str]) -> None:
        self._industry = {**employers, ALL_EMPLOYERS: ALL_INDUSTRIES}
        self._employer = {code: id for id, code in self._industry.items() if code}
        self._area = dict(areas)
        self._place = {area: place for place, area in areas.items()}

    def record(
        self, connection: Connection, occupation: str, soc: str, place: str = COUNTRY, employer: str = ALL_EMPLOYERS
    ) -> WageRecord | None:
        """The row of exactly this place and employer type, or None. Industries exist for the US only."""
        area, industry = self._area.get(place), self.industry_of(employer)
        if area is None or industry is None:
            return None
        found = connection.execute(_ONE_ROW, {"soc": soc, "industry": industry, "area": area}).first()
        return None if found is None else self._record(occupation, found)

    def industry_of(self, employer: str) -> str | None:
        if employer.startswith("industry:"):
            return employer.removeprefix("industry:")
        return self._industry.get(employer)

    def ranking(
        self,
        connection: Connection,
        occupation: str,
        soc: str,
        column: str,
        *,
        level: str,
        within: str | None = None,
        lowest: bool = False,
        limit: int = 5,
    ) -> Sequence[WageRecord]:
        """The best (or worst) paying states (`level` "S") or areas ("M"), those not published left out.

        `within`: a state's place id, for the areas of that state.
        """
        figure = _WAGES.c[column]
        query = select(_WAGES).where(
            _WAGES.c.soc == soc, _WAGES.c.industry == ALL_INDUSTRIES, _WAGES.c.level == level, figure.is_not(None)
        )
        if within:
            query = query.join(PlaceRow, PlaceRow.area == _WAGES.c.area).where(PlaceRow.parent == within)
        query = query.order_by(figure.asc() if lowest else figure.desc(), _WAGES.c.area).limit(limit)
        return [self._record(occupation, row) for row in connection.execute(query)]

    def industries(
        self, connection: Connection, occupation: str, soc: str, column: str = "annual_median", limit: int = 5
    ) -> Sequence[WageRecord]:
        """The industry groups (3- and 4-digit) that employ most of the occupation, with a published figure."""
        query = (
            select(_WAGES)
            .join(IndustryRow, IndustryRow.code == _WAGES.c.industry)
            .where(
                _WAGES.c.soc == soc,
                _WAGES.c.area == NATION,
                _WAGES.c[column].is_not(None),
                _WAGES.c.employment.is_not(None),
                IndustryRow.display_level == 3,
            )
            .order_by(_WAGES.c.employment.desc())
            .limit(limit)
        )
        return [self._record(occupation, row) for row in connection.execute(query)]

    def by_id(self, connection: Connection, statement_id: str, occupations: Mapping[str, str]) -> Statement | None:
        """The statement behind an id made by `WageRecord.statement`; `occupations`: SOC code -> occupation id."""
        match = _ID.match(statement_id)
        if match is None:
            return None
        _, area, industry, soc, code = match.groups()
        row = connection.execute(
            select(_WAGES).where(_WAGES.c.soc == soc, _WAGES.c.industry == industry, _WAGES.c.area == area)
        ).first()
        column = COLUMNS[int(code) - 1] if 0 < int(code) <= len(COLUMNS) else ""
        if row is None or soc not in occupations or column not in FIGURES:
            return None
        record = self._record(occupations[soc], row)
        return record.statement(column) or record.top_coded(column)

    def _record(self, occupation: str, row: Row) -> WageRecord:
        place = self._place.get(row.area) or area_place_id(row.area)
        employer = self._employer.get(row.industry, f"industry:{row.industry}")
        return WageRecord(occupation, place, employer, row)
