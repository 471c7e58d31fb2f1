"""Numbers, dates, places and citations as text. Pure: every figure comes in as an argument."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.scope import UNSTATED
from knowledge.statement import Statement

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
LEVEL_NAMES = {
    "high-school": "a high school diploma",
    "certificate": "a certificate",
    "associate": "an associate degree",
    "bachelor": "a bachelor's degree",
    "master": "a master's degree",
    "doctoral": "a doctoral degree",
}


def money(value: float, unit: str) -> str:
    """51140 USD/year -> "$51,140"; 24.59 USD/hour -> "$24.59"."""
    return f"${value:,.2f}" if unit == "USD/hour" else f"${value:,.0f}"


def per(unit: str) -> str:
    return "an hour" if unit == "USD/hour" else "a year"


def count(value: float) -> str:
    return f"{value:,.0f}"


def percent(value: float) -> str:
    return f"{value:g}%"


def when(period: str) -> str:
    """ "2025-05" -> "in May 2025"; "2024/2034" -> "from 2024 to 2034"; "" if unstated."""
    start, _, end = period.partition("/")
    if start == UNSTATED:
        return f"by {date(end)}" if end else ""
    return f"from {date(start)} to {date(end)}" if end else f"in {date(start)}"


def dated(period: str) -> str:
    """A period in brackets after a figure: "2019", "May 2024", "2024–34", "year not stated"."""
    start, _, end = period.partition("/")
    if start == UNSTATED:
        return f"until {date(end)}" if end else "year not stated"
    return f"{date(start)}–{end[2:4]}" if end else date(start)


def date(text: str) -> str:
    """ "2025-05" -> "May 2025"; "2026-05-15" -> "15 May 2026"; other texts stay."""
    parts = text.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) not in (2, 3):
        return text
    month = MONTHS[int(parts[1]) - 1]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{int(parts[2])} {month} {parts[0]}"


def statistic(statement: Statement) -> str:
    """ "a median of", "an average (mean) of" …: what comes before the figure."""
    scope = statement.scope
    if scope.statistic == "median":
        return "a median of"
    if scope.statistic == "mean":
        return "an average (mean) of"
    if scope.statistic == "entry":
        return "starting pay of about"
    if scope.statistic == "percentile":
        return {10: "less than", 25: "less than", 90: "more than", 75: "more than"}.get(scope.percentile or 0, "")
    return ""


def statistic_name(statement: Statement) -> str:
    """The statistic as a noun, for lists: "median", "average", "10th percentile", "" if unstated."""
    scope = statement.scope
    if scope.statistic == "percentile":
        return f"{ordinal(scope.percentile or 0)} percentile"
    return {"median": "median", "mean": "average", "entry": "starting pay", "range": "range"}.get(scope.statistic, "")


def pay_title(statement: Statement) -> str:
    """The title of a row of pay: "Median pay"."""
    return f"{capital(statistic_name(statement))} pay"


def ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def figure(statement: Statement) -> str:
    """A statement's figure with its unit, as published: "$51,140", "7%", "14,200", "$25,810 to $64,610", "1 year"."""
    low, high, unit = statement.low, statement.high, statement.unit or ""
    if statement.number is not None:
        return _one(statement.number, unit)
    if low is not None and high is not None:
        return f"{_one(low, unit)} to {_one(high, unit)}"
    if low is not None:
        return f"{_one(low, unit)} or more"
    return f"{_one(high, unit)} or less" if high is not None else ""


def bounded(statement: Statement) -> str:
    """The figure with the bound that the source puts on it: "more than $100,000", "about $30,000"."""
    match = re.match(
        r"(?:highest|lowest)?.*?\b(more than|less than|over|under|around|about|at least|up to)\b",
        statement.original or "",
        re.I,
    )
    return f"{match.group(1).lower()} {figure(statement)}" if match else figure(statement)


def _one(value: float, unit: str) -> str:
    if unit.startswith("USD"):
        return money(value, unit)
    if unit == "percent":
        return percent(value)
    if unit in ("month", "year", "week"):
        return f"{value:g} {unit}{'' if value == 1 else 's'}"
    return count(value)


def joined(parts: Sequence[str], word: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """A sentence as the end of another: "Medical …" -> "medical …"; acronyms and names keep their capital."""
    words = [word.strip(",.;:'’()").removesuffix("'s") for word in text.split(" ", 2)[:2]]
    first = words[0]
    named = first in BEGINS_A_NAME and words[-1][:1].isupper() and len(words) > 1
    keep = (first.isupper() and len(first) > 1) or first in NAMES or named or any(c.isupper() for c in first[1:])
    return text if keep else text[:1].lower() + text[1:]


NAMES = frozenset(("Herzing", "Study.com", "English", "Medicare"))
# Names if the next word has a capital too: "Registered Health Information Technicians", but "registered nurses".
BEGINS_A_NAME = frozenset(
    ("American", "Career", "Certified", "Commission", "Nationally", "Occupational", "Registered", "Bureau", "United")
)


def the(publisher: str) -> str:
    """A publisher within a sentence: "the U.S. Bureau of Labor Statistics", "Herzing University"."""
    return f"the {publisher}" if publisher.startswith("U.S. ") else publisher


def share(statement: Statement) -> str:
    """Whose pay a percentile is, as a student would say it: "the lowest-paid tenth earned less than"; "" if none."""
    if statement.scope.statistic != "percentile":
        return ""
    return {
        10: "the lowest-paid tenth earned less than",
        25: "the lowest-paid quarter earned less than",
        75: "the highest-paid quarter earned more than",
        90: "the highest-paid tenth earned more than",
    }.get(statement.scope.percentile or 0, "")


def before_figure(statement: Statement) -> str:
    """What stands before the figure in a sentence: "the lowest-paid tenth earned less than", "the median was"."""
    return share(statement) or f"the {statistic_name(statement) or 'figure'} was"


def in_place(name: str) -> str:
    """ "in Texas", "in the United States"."""
    if "nonmetropolitan area" in name:
        return f"in the {name}"
    return f"in {name}" if name.startswith("the ") or "," not in name else f"in the {name} area"


def a(word: str) -> str:
    """ "a" or "an" before a word or an abbreviation read letter by letter ("an RHIT", "a CCA")."""
    if word.isupper():
        return "an" if word[0] in "AEFHILMNORSX" else "a"
    return "an" if word[:1].lower() in "aeiou" else "a"


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word and marked; never used on a sentence with its citation."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
