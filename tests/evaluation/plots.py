"""The confusion matrix and the confidence plot, as PNG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

NOT_ANSWERED = ("no_source", "clarify", "smalltalk", "handoff")


def _axes(size: tuple[float, float]) -> tuple[Any, Any]:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    return pyplot, pyplot.subplots(figsize=size, dpi=110)


def confusion(table: Mapping[str, Mapping[str, int]], path: Path) -> None:
    """Rows: the topic asked for; columns: the topic answered, or what was said instead."""
    topics = sorted(table)
    columns = [*topics, *sorted({c for row in table.values() for c in row} - {*topics, *NOT_ANSWERED}), *NOT_ANSWERED]
    shares = [[table[t].get(c, 0) / max(1, sum(table[t].values())) for c in columns] for t in topics]
    pyplot, (figure, axes) = _axes((10, 7.5))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for y, topic in enumerate(topics):
        for x, column in enumerate(columns):
            if count := table[topic].get(column, 0):
                axes.text(x, y, str(count), ha="center", va="center", color="white" if shares[y][x] > 0.5 else "black")
    axes.set_xticks(range(len(columns)), columns, rotation=60, ha="right")
    axes.set_yticks(range(len(topics)), topics)
    axes.set_xlabel("replied")
    axes.set_ylabel("asked")
    figure.tight_layout()
    figure.savefig(path)
    pyplot.close(figure)


def confidence(bins: Sequence[tuple[float, float, int]], path: Path) -> None:
    """How often the classifier's topic is right, by how sure it is; the size of a dot is how often that occurs."""
    pyplot, (figure, axes) = _axes((5.5, 5))
    axes.plot([0, 1], [0, 1], linestyle="--", color="grey", label="as right as it is sure")
    total = sum(count for _, _, count in bins) or 1
    axes.scatter([c for c, _, _ in bins], [r for _, r, _ in bins], s=[900 * n / total + 15 for _, _, n in bins])
    axes.set(xlim=(0, 1.02), ylim=(0, 1.05), xlabel="confidence in the topic", ylabel="share that is right")
    axes.legend(loc="lower right")
    figure.tight_layout()
    figure.savefig(path)
    pyplot.close(figure)
