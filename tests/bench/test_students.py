"""What the students of a load ask, and how what they see becomes figures."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from bench import generator, page, replies, students
from bench.curves import Curves, Point, aims, markdown, rows
from bench.figures import Spread
from bench.generator import Seen
from bench.machine import Machine
from bench.soak import minutes
from bench.students import Names
from tools.console import ToolError

NAMES = Names(["coder"], ["coders"], ["plumber", "baker"], ["plumbers", "bakers"], ["Ohio", "Utah"], ["Boise", "Reno"])


def take(seed: int, count: int) -> list[list[str]]:
    questions = students.read_questions()
    return [list(one) for one in itertools.islice(students.feed(questions, NAMES, seed), count)]


def test_conversations_are_filled_varied_and_the_same_for_the_same_seed() -> None:
    asked = take(1, 200)
    assert asked == take(1, 200) and asked != take(2, 200)
    texts = [text for one in asked for text in one]
    assert all("{" not in text for text in texts) and {len(one) for one in asked} == {10}
    assert len(set(texts)) > len(texts) / 3  # with two names of a kind; the knowledge base has hundreds


def test_a_question_that_is_training_data_is_refused(tmp_path: Path) -> None:
    known = tmp_path / "nlu.yml"
    known.write_text("- what do coders earn\n", encoding="utf-8")
    students.check_unseen([["what do bakers earn"]], [known])
    with pytest.raises(ToolError, match="What do coders earn"):
        students.check_unseen([["What do coders earn"]], [known])


def test_questions_of_an_empty_file_are_an_error(tmp_path: Path) -> None:
    empty = tmp_path / "questions.txt"
    empty.write_text("# nothing\n\n", encoding="utf-8")
    with pytest.raises(ToolError, match="holds no questions"):
        students.read_questions(empty)


@pytest.mark.parametrize(
    ("status", "content", "kind", "cursor"),
    [
        (200, {"cursor": 4, "messages": [{"role": "assistant", "payload": {"type": "answer"}}]}, "answer", 4),
        (200, {"cursor": 4, "messages": [{"role": "assistant", "payload": {"failure": True}}]}, replies.FAILURE, 4),
        (200, {"cursor": 3, "messages": [{"role": "user", "payload": None}]}, replies.EMPTY, 3),
        (200, {"cursor": 4, "messages": [{"role": "assistant", "payload": None}]}, replies.OTHER, 4),
        (200, ["no", "object"], replies.ERROR, 0),
        (429, {"code": "rate_limited"}, replies.ERROR, 0),
    ],
)
def test_what_a_reply_on_the_web_is(status: int, content: object, kind: str, cursor: int) -> None:
    assert replies.web_kind(status, json.dumps(content).encode()) == (kind, cursor)


def test_the_generators_first_seconds_do_not_count(tmp_path: Path) -> None:
    sent = [(100 + second, 1.5, "answer") for second in range(10)] + [(108.9, 2.0, "error"), (110.5, 1.0, "answer")]
    out = tmp_path / "seen.json"
    out.write_text(json.dumps({"messages": sent, "failed_calls": ["500 instead of 200"]}), encoding="utf-8")
    seen = generator.read(out, ramp=2, seconds=8)
    assert (len(seen.kinds), seen.errors) == (9, 2)  # sent from second 102 to 110
    assert seen.throughput == 8 / 8  # answered then: those of 101 to 108
    assert seen.spread.median == pytest.approx(1500) and seen.spread.p99 == pytest.approx(2000)


def test_a_generator_that_got_nothing_through_is_an_error(tmp_path: Path) -> None:
    out = tmp_path / "seen.json"
    out.write_text('{"messages": [], "failed_calls": []}', encoding="utf-8")
    with pytest.raises(ToolError, match="no message"):
        generator.read(out, ramp=2, seconds=8)


def test_a_soak_is_told_minute_by_minute() -> None:
    seen = Seen([1, 59, 61, 130], [0.1, 0.2, 0.3, 0.4], ["answer", "answer", "error", "answer"], 0, 3, 131)
    found = list(minutes(seen, [1.0] * 13 + [2.0] * 13))
    assert [(one.number, one.messages, one.errors, one.memory) for one in found] == [
        (1, 2, 0, 1.0),
        (2, 1, 1, 2.0),
        (3, 1, 0, 2.0),
    ]


def curves(ours: float, p95: float, errors: int = 0) -> Curves:
    def points(throughput: float, p95: float, errors: int = 0) -> list[Point]:
        return [
            Point(count, Spread(100, p95 / 2, p95, p95), throughput, [throughput], errors, 100) for count in (10, 50)
        ]

    series = {
        "Waymark, web channel": points(ours, p95, errors),
        "Waymark, REST": points(ours, p95),
        "stock Rasa, REST": points(15, 3000),
    }
    where = Machine("Linux", "a processor", 2, 24, "3.10", "3.6.21", 0.0)
    return Curves("2026-11-21", True, where, 2, 15, 600, series, {"Waymark": 0.95, "stock Rasa": 1.4})


def test_the_aims_are_judged_at_fifty_students() -> None:
    good, slow = list(aims(curves(95, 700))), list(aims(curves(70, 1200, errors=1)))
    assert [row[2] for row in good[1:]] == ["yes"] * 7
    assert [row[2] for row in slow[1:]] == ["yes", "**no**", "yes", "**no**", "**no**", "**no**", "yes"]
    assert "6.3 times" in good[2][1] and slow[5][1] == "1.20 s"
    text = markdown(curves(95, 700))
    assert "| 50 | 95.0 | 95.0 | 15.0 | 350 / 700 | 350 / 700 | 1500 / 3000 |" in text
    assert len(list(rows(curves(95, 700)))) == 3 and "{" not in text


def test_the_page_holds_every_part_as_it_was_measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(page, "ROOT", tmp_path)
    monkeypatch.setattr(page, "DOCUMENT", tmp_path / "performance.md")
    monkeypatch.setattr(page, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(page, "TRIALS", tmp_path / "trials")
    page.write("load", "the curves", {"figures": [1]})
    text = page.DOCUMENT.read_text(encoding="utf-8")
    assert "the curves" in text and "`make soak`" in text and "<!--" not in text
    page.write("load", "a trial", {}, trial=True)
    assert page.DOCUMENT.read_text(encoding="utf-8") == text


def test_the_page_in_docs_is_what_its_parts_say() -> None:
    assert page.DOCUMENT.read_text(encoding="utf-8") == page.text(), "run: python -m bench.page"
