"""Percentiles of what was measured."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class Spread:
    """How a list of times is spread, in milliseconds."""

    count: int
    median: float
    p95: float
    p99: float


def percentile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the `ordered` values do not exceed; not a number without values."""
    if not ordered:
        return float("nan")
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def spread(seconds: Sequence[float]) -> Spread:
    """Of times in seconds."""
    ordered = sorted(seconds)
    return Spread(len(ordered), *(1000 * percentile(ordered, share) for share in (0.5, 0.95, 0.99)))


def median(values: Sequence[float]) -> float:
    return percentile(sorted(values), 0.5)
