"""The plainest questions and the commonest follow-ups, over REST: what the first line of the reply says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.server.conftest import Reply

FILE = Path(__file__).parent / "plain_questions.yml"
ENTRIES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.get('after', '')} / {entry['asked']}".strip(" /"))
def test_a_plain_question_gets_what_it_asks_for_in_the_first_line(
    entry: dict[str, Any], talk: Callable[[str], Reply]
) -> None:
    if "after" in entry:
        before = talk(entry["after"])
        assert before.payload["type"] in ("answer", "no_source")
    reply = talk(entry["asked"])
    first = reply.text.splitlines()[0]
    if "no_source" in entry:
        assert reply.payload["type"] == "no_source", first
        assert (entry["no_source"] or "I have no source that covers") in first
    else:
        assert reply.payload["type"] == "answer", first
        assert any(said in first for said in entry["says"]), first
