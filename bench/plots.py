"""Charts for docs/performance.md, as SVG with text as text: small, and readable on light and dark pages."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.console import say
from tools.environment import ROOT

COLOURS, MARKERS = ("#1b6ca8", "#4aa3a2", "#c2571a", "#7a5195"), "os^D"
STYLE = {
    "svg.fonttype": "none", "svg.hashsalt": "waymark", "font.family": "sans-serif", "font.size": 10,
    "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True, "grid.color": "#dddddd",
    "grid.linewidth": 0.6, "savefig.facecolor": "white"}


def lines(
    path: Path, title: str, under: str, places: Sequence[float], series: Mapping[str, Sequence[float]], *,
    log: bool = False,
) -> None:
    """One line a series, the places at equal distances. `log`: a logarithmic scale upwards."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    with matplotlib.rc_context(STYLE):
        figure, axes = pyplot.subplots(figsize=(6.4, 3.6))
        shown = range(len(places))
        for colour, marker, (name, values) in zip(COLOURS, MARKERS, series.items()):
            axes.plot(shown, values, color=colour, marker=marker, markersize=4, linewidth=1.6, label=name)
        axes.set_xticks(shown)
        axes.set_xticklabels([f"{place:g}" for place in places])
        if log:
            axes.set_yscale("log")
            axes.yaxis.set_major_formatter(matplotlib.ticker.FuncFormatter(lambda value, _: f"{value:g}"))
        else:
            axes.set_ylim(0, 1.1 * max(max(values) for values in series.values()))
        axes.set_title(title, loc="left", fontsize=11)
        axes.set_xlabel(under)
        if len(series) > 1:
            axes.legend(frameon=False)
        figure.tight_layout()
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, metadata={"Date": None})
        pyplot.close(figure)
    say(f"drawn: {path.relative_to(ROOT)}")
