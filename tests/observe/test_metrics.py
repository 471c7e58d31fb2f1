"""What an answer counts as."""

from __future__ import annotations

from typing import Any

import pytest

from observe import metrics


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"type": "answer", "topic": "pay"}, ("answer", "pay")),
        ({"type": "no_source", "topic": "tuition"}, ("no_source", "tuition")),
        ({"type": "handoff", "failure": True}, ("failed", "")),
        ({"type": "smalltalk", "topic": "out_of_scope"}, ("out_of_scope", "out_of_scope")),
        ({"type": "answer", "topic": "My name is Xylander"}, ("answer", "")),
        ({"type": "answer", "topic": ["pay"]}, ("answer", "")),
        ({"type": "made up"}, ("other", "")),
        (None, ("other", "")),
        ("answer", ("other", "")),
    ],
)
def test_an_answer_counts_as_what_it_says_it_is(payload: Any, expected: tuple[str, str]) -> None:
    assert metrics.kind_and_topic(payload) == expected


def test_what_is_only_one_at_a_time_forgets_the_last() -> None:
    metrics.only(metrics.KNOWLEDGE_INFO, "old")
    metrics.only(metrics.KNOWLEDGE_INFO, "new")
    written = metrics.exposition(metrics.SERVER).decode()
    assert 'waymark_knowledge_info{facts="new"} 1.0' in written
    assert '"old"' not in written
