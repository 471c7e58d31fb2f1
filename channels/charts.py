"""Charts of the payload (docs/payload.md) as a PNG, as text, and as words for those who see neither.

The address of a chart holds what it shows and a signature, so that nobody can have other things drawn in our name, and
any process can draw it without asking anything.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
import threading
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

MAX_POINTS = 10
MAX_TITLE, MAX_LABEL = 120, 40
MAX_TOKEN = 1500  # Slack takes addresses of up to 3,000 characters
MAX_CONTENT = 4000
WIDTH = 24  # of the longest text bar, in characters
MEDIAN_NAME = "Median"
UNITS = {"USD/year": "US dollars a year", "USD/hour": "US dollars an hour"}
INK, BAR, MEDIAN = "#1d1c1d", "#7fa7c9", "#1f5f95"
_drawing = threading.Lock()  # matplotlib is not made for several threads


@dataclass(frozen=True)
class Chart:
    """Bars: (label, value) in `unit`, and a title. `marked` is the label of the bar that stands out."""

    title: str
    unit: str
    points: tuple[tuple[str, float], ...]
    marked: str = ""


def of_payload(payload: Mapping[str, Any], title: str) -> Chart | None:
    """The chart of an answer; None if it has none that can be drawn."""
    chart = payload.get("chart") or {}
    points = []
    for point in (chart.get("points") or ())[:MAX_POINTS]:
        value = point.get("value")
        percentile = point.get("percentile")
        label = str(point.get("label") or (MEDIAN_NAME if percentile == 50 else f"{percentile}th percentile"))
        if isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0:
            points.append((label[:MAX_LABEL], float(value)))
    if len(points) < 2:
        return None
    marked = MEDIAN_NAME if chart.get("kind") == "percentiles" else points[0][0]
    return Chart(title[:MAX_TITLE], str(chart.get("unit") or ""), tuple(points), marked)


def figure(value: float, unit: str) -> str:
    """A value as people write it: $51,140, $24.59, 4.9%, 12,300."""
    number = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
    if unit.startswith("USD"):
        return f"${number}"
    return f"{value:,g}%" if unit == "percent" else number


def describe(chart: Chart) -> str:
    """The chart in words."""
    return f"{chart.title}: " + ", ".join(f"{label} {figure(value, chart.unit)}" for label, value in chart.points)


def bars(chart: Chart) -> str:
    """The chart as lines of text in a font of one width; the first says what the figures are, if that is known."""
    top = max(value for _, value in chart.points) or 1.0
    labels = max(len(label) for label, _ in chart.points)
    figures = max(len(figure(value, chart.unit)) for _, value in chart.points)
    lines = [
        f"{label:<{labels}}  {figure(value, chart.unit):>{figures}}  {'█' * max(1, round(WIDTH * value / top))}"
        for label, value in chart.points
    ]
    return "\n".join([*filter(None, [UNITS.get(chart.unit)]), *lines])


def token(chart: Chart, key: bytes) -> str:
    """The chart and a signature, for its address. Raises ValueError if it would be too long for one."""
    content = json.dumps([chart.title, chart.unit, chart.points, chart.marked], separators=(",", ":"))
    packed = base64.urlsafe_b64encode(zlib.compress(content.encode(), 9)).decode().rstrip("=")
    made = f"{packed}.{_sign(packed, key)}"
    if len(made) > MAX_TOKEN:
        raise ValueError(f"a chart with an address of {len(made)} characters")
    return made


def read(text: str, key: bytes) -> Chart | None:
    """The chart of a token that we signed; None for anything else."""
    packed, _, signature = text.partition(".")
    if len(text) > MAX_TOKEN or not hmac.compare_digest(signature.encode(), _sign(packed, key).encode()):
        return None
    content = zlib.decompressobj().decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)), MAX_CONTENT)
    title, unit, points, marked = json.loads(content)
    return Chart(title, unit, tuple((label, value) for label, value in points), marked)


def key_of(secret: str) -> bytes:
    """A key for charts from a secret that is there for something else."""
    return hmac.new(secret.encode(), b"waymark chart", hashlib.sha256).digest()


def _sign(packed: str, key: bytes) -> str:
    return hmac.new(key, packed.encode(), hashlib.sha256).hexdigest()[:32]


@lru_cache(maxsize=256)
def png(chart: Chart) -> bytes:
    """The chart as a PNG of 1200 pixels' width, about 30 KB. Takes 0.2 s the first time: not on the event loop."""
    with _drawing:
        # only now: most processes never draw, and matplotlib takes half a second to load
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        drawn = Figure(figsize=(8, 1.1 + 0.42 * len(chart.points)), dpi=150)
        FigureCanvasAgg(drawn)
        axes = drawn.add_subplot()
        labels, values = zip(*chart.points)
        rows = range(len(values), 0, -1)  # the first at the top
        axes.barh(list(rows), values, color=[MEDIAN if label == chart.marked else BAR for label in labels], height=0.62)
        axes.set_yticks(list(rows), [_plain(label) for label in labels], color=INK, fontsize=11)
        for row, value in zip(rows, values):
            axes.annotate(
                _plain(figure(value, chart.unit)), (value, row), (4, 0), textcoords="offset points", va="center"
            )
        axes.set_xlim(0, (max(values) or 1) * 1.18)
        axes.xaxis.set_visible(False)
        for side in ("top", "right", "bottom"):
            axes.spines[side].set_visible(False)
        drawn.suptitle(
            _plain(_wrapped(chart.title)),
            x=0.02,
            ha="left",
            fontsize=12,
            color=INK,
        )
        drawn.tight_layout(rect=(0, 0, 1, 0.99))
        out = io.BytesIO()
        drawn.savefig(out, format="png", facecolor="white", metadata={"Software": None})
        return out.getvalue()


def _plain(text: str) -> str:
    """A text for matplotlib, to which "$" would start a formula."""
    return text.replace("$", r"\$")


def _wrapped(title: str, width: int = 88) -> str:
    lines, line = [], ""
    for word in title.split():
        if len(line) + len(word) >= width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line])
