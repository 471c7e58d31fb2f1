"""The occupational projections table of the BLS workbook, read cell by cell as printed."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl

from knowledge.errors import KnowledgeError

MISSING = "—"
# name -> heading; {base} and {end} are the years of the period, {span} is "2024-34"
COLUMNS: Mapping[str, str] = {
    "title": "{base} National Employment Matrix title",
    "code": "{base} National Employment Matrix code",
    "employment": "Employment, {base}",
    "employment_projected": "Employment, {end}",
    "change": "Employment change, numeric, {span}",
    "change_percent": "Employment change, percent, {span}",
    "openings": "Occupational openings, {span} annual average",
    "education": "Typical education needed for entry",
    "experience": "Work experience in a related occupation",
    "training": "Typical on-the-job training needed to attain competency in the occupation",
}
_HEADING = re.compile(
    r"^(Table [\d.]+) Occupational projections, (\d{4})-(\d{2,4}), and worker characteristics\b.*$", re.IGNORECASE
)
_THOUSANDS = "(Employment in thousands)"
_CODE = re.compile(r"^\d\d-\d{4}$")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
)

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """The table. `rows`: SOC code -> column name -> cell (value, number_format); `headings` as printed."""

    name: str
    period: str
    headings: Mapping[str, str]
    rows: Mapping[str, Row]

    def figure(self, row: Row, column: str) -> Decimal | None:
        """A figure in the table's own unit, with as many decimals as it prints; None where it prints a dash.

        Raises KnowledgeError for a cell that is no number.
        """
        value = row[column].value
        if isinstance(value, str) and value.strip() == MISSING:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise KnowledgeError(f"{self.locator(row, column)}: {value!r} is no number. Download the workbook again.")
        decimals = re.search(r"0\.(0+)", row[column].number_format or "")
        if decimals is None:
            return Decimal(repr(value))
        return Decimal(repr(value)).quantize(Decimal(1).scaleb(-len(decimals[1])), ROUND_HALF_UP)

    def words(self, row: Row, column: str) -> str:
        """The words of a cell, without spaces around them."""
        return _plain(row[column].value)

    def locator(self, row: Row, column: str) -> str:
        """Where a cell stands: "Table 1.2, row 29-2072 Medical records specialists, column Employment, 2024"."""
        code, title = _plain(row["code"].value), _plain(row["title"].value)
        return f"{self.name}, row {code} {title}, column {self.headings[column]}"


def read_table(file: Path, period: str) -> Table:
    """The table of `period` ("2024/2034") in the workbook `file`.

    Raises KnowledgeError if the file is missing or no workbook, or if the sheet, a column or the period is wrong.
    """
    name, title, rows = _find_sheet(file)
    heading = _HEADING.match(_dashes(title))
    assert heading is not None
    base, end = heading[2], heading[3]
    end = base[: len(base) - len(end)] + end
    if f"{base}/{end}" != period:
        raise KnowledgeError(
            f"{file}: {name} has the projections {base}–{end[2:]}, but the edition says "
            f"{period.replace('/', '–')}. Download that workbook, or add the edition of this one."
        )
    if _THOUSANDS not in title:
        raise KnowledgeError(
            f"{file}: the heading of {name} does not say {_THOUSANDS!r} any more. "
            "Check the unit, then correct the importer."
        )
    printed = {_compare(_plain(cell.value)): (position, _plain(cell.value)) for position, cell in enumerate(rows[1])}
    wanted = {column: text.format(base=base, end=end, span=f"{base}-{end[2:]}") for column, text in COLUMNS.items()}
    lacking = [text for text in wanted.values() if _compare(text) not in printed]
    if lacking:
        raise KnowledgeError(
            f"{file}: {name} lacks the column(s) “{'”, “'.join(lacking)}”. "
            "Download the workbook again; if BLS renamed it, correct importers/projections_table.py."
        )
    where = {column: printed[_compare(text)][0] for column, text in wanted.items()}
    last = max(where.values())
    found = {}
    for row in rows[2:]:
        if len(row) > last and _CODE.match(code := _plain(row[where["code"]].value)):
            found[code] = {column: row[position] for column, position in where.items()}
    return Table(name, period, {column: printed[_compare(text)][1] for column, text in wanted.items()}, found)


def _find_sheet(file: Path) -> tuple[str, str, list[tuple[Any, ...]]]:
    """The table's number, its heading and its rows of cells (heading, column headings, then the figures)."""
    try:
        with open(file, "rb") as stream:
            book = openpyxl.load_workbook(stream, read_only=True)
            for sheet in book.worksheets:
                first = next(sheet.iter_rows(max_row=1, values_only=True), ())
                title = _plain(first[0]) if first else ""
                match = _HEADING.match(_dashes(title))
                if match:
                    rows = list(sheet.iter_rows())
                    return match[1], title, rows if len(rows) > 1 else [*rows, ()]
            names = ", ".join(book.sheetnames)
    except OSError as error:
        raise KnowledgeError(
            f"{file}: {error.strerror or error}. Download occupation.xlsx from "
            "https://www.bls.gov/emp/tables.htm and give its path."
        ) from error
    except _BROKEN as error:
        raise KnowledgeError(
            f"{file}: is not an Excel workbook, or is damaged ({type(error).__name__}: {error}). "
            "Download occupation.xlsx again."
        ) from error
    raise KnowledgeError(
        f"{file}: no sheet is headed “Table … Occupational projections …, and worker characteristics” "
        f"(usually Table 1.2); it has the sheets {names}. Use the workbook occupation.xlsx."
    )


def _plain(value: object) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def _dashes(text: str) -> str:
    return text.replace("–", "-").replace("‒", "-")


def _compare(heading: str) -> str:
    """A column heading without footnote marks, case or the kind of its dashes."""
    return re.sub(r"\[\d+\]", "", _dashes(heading)).lower().strip()
