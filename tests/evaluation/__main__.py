"""`make evaluate`: the held-out questions and dialogues through the trained model and the real knowledge base.

Prints the figures beside those recorded last (docs/evaluation/<side>.json). Held-out misses are not shown: who reads
them while mending has no held-out set any more.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import settings
from settings import ROOT
from tests.evaluation import measure, plots, sets
from tests.evaluation.assistant import Assistant

RECORDED = ROOT / "docs" / "evaluation"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0; figures are for reading, not for passing."""
    parser = argparse.ArgumentParser(prog="make evaluate", description=__doc__)
    parser.add_argument("--side", choices=sets.SIDES, default="held_out")
    parser.add_argument("--misses", action="store_true", help="list what went wrong (development only)")
    parser.add_argument("--record", action="store_true", help="write figures and plots to docs/evaluation/")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    options = parser.parse_args(arguments)
    if options.misses and options.side == "held_out":
        parser.error("the misses of the held-out side are not for reading; use --side development")
    assistant = Assistant()
    asked, talked = measure.ask_all(assistant, options.side), measure.talk_all(assistant, options.side)
    figures = measure.figures(asked, talked, _places())
    before = RECORDED / f"{options.side}.json"
    show(figures, json.loads(before.read_text(encoding="utf-8")) if before.is_file() else {})
    if options.misses:
        show_misses(asked, talked)
    text = json.dumps(figures, indent=1) + "\n"
    if options.json:
        options.json.write_text(text, encoding="utf-8")
    if options.record:
        RECORDED.mkdir(exist_ok=True)
        before.write_text(text, encoding="utf-8")
        plots.confusion(measure.confusion(asked), RECORDED / f"confusion-{options.side}.png")
        answerable = [one for one in asked if one.group in measure.ANSWERED]
        plots.confidence(measure.bins(measure.confidences(answerable)), RECORDED / f"confidence-{options.side}.png")
    return 0


def _places() -> dict[str, str]:
    from knowledge.query import KnowledgeBase

    places = KnowledgeBase(settings.load().knowledge_url).catalog.places
    return {place.name: id for id, place in places.items()}


def flat(figures: Mapping[str, Any], prefix: str = "") -> dict[str, float]:
    """Nested figures as "by_topic.pay.correct": 0.97."""
    found: dict[str, float] = {}
    for key, value in figures.items():
        if isinstance(value, Mapping):
            found.update(flat(value, f"{prefix}{key}."))
        elif value is not None:
            found[f"{prefix}{key}"] = value
    return found


def show(figures: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """Every figure, and how it changed since it was recorded."""
    old = flat(before)
    for name, value in flat(figures).items():
        change = value - old[name] if name in old else 0.0
        said = f"{value:.1%}" if isinstance(value, float) else str(value)
        moved = (
            "" if abs(change) < 0.0005 else f"   ({change:+.1%})" if isinstance(value, float) else f"   ({change:+})"
        )
        print(f"{name:44} {said:>8}{moved}")


def show_misses(asked: Sequence[measure.Asked], talked: Sequence[measure.Talked]) -> None:
    """What went wrong, for mending."""
    for one in asked:
        if one.faults:
            expected = ",".join(one.topics) or str(one.entry.get("type"))
            print(
                f"- {one.group} | {one.entry['text'][:150]} | {expected} | {one.reply.intent} "
                f"{one.reply.confidence:.2f} | {', '.join(one.faults)} | {one.reply.text.splitlines()[0][:170]}"
            )
    for dialogue in talked:
        for user, found, reply in dialogue.wrong:
            print(
                f"- {dialogue.name} | {user[:120]} | {reply.intent} | {', '.join(found)} | "
                f"{reply.text.splitlines()[0][:150]}"
            )


if __name__ == "__main__":
    sys.exit(main())
