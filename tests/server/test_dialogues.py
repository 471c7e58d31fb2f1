"""The held-out dialogues, turn by turn, over REST.

Every turn must keep the contract; whether it is understood is measured by `make evaluate`. Those dialogues that are
understood in full are listed in passing_dialogues.yml, and must stay so.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from settings import ROOT
from tests import checks
from tests.evaluation.judge import faults
from tests.server.conftest import Reply

DIALOGUES = sorted((ROOT / "tests" / "dialogues" / "development").glob("*.yml"))
PASSING: list[str] = yaml.safe_load((Path(__file__).parent / "passing_dialogues.yml").read_text(encoding="utf-8"))


def turns(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["turns"]
    return found


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
def test_every_turn_of_a_dialogue_keeps_the_contract(path: Path, talk: Callable[[str], Reply]) -> None:
    missed = []
    for turn in turns(path):
        reply = talk(turn["user"])
        assert not checks.shape_faults(reply.text, reply.payload), turn["user"]
        assert (reply.payload["type"] == "answer") == bool(reply.payload["citations"])
        assert not reply.payload.get("failure"), turn["user"]
        missed += [f"{turn['user']}: {fault}" for fault in faults(turn.get("expect") or {}, reply.text, reply.payload)]
    if path.stem in PASSING:
        assert not missed


def test_the_list_names_dialogues_that_there_are() -> None:
    assert len(set(PASSING)) == len(PASSING) > 0
    assert set(PASSING) <= {path.stem for path in DIALOGUES}
