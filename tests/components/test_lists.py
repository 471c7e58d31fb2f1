"""Messages in note form: which topics they list, and what they are about."""

from __future__ import annotations

import pytest

from components.lists import is_bare, topic_of
from components.parts import parts


def noted(message: str) -> tuple[str, list[tuple[str, str | None]]]:
    found = parts(message)
    return (found[0].about if found else ""), [(part.text, part.topic) for part in found]


@pytest.mark.parametrize(
    ("message", "about", "expected"),
    [
        (
            "dental assistant - schooling, wages in Utah, demand?",
            "dental assistant",
            [("schooling", "education"), ("wages in Utah", "pay"), ("demand", "outlook")],
        ),
        (
            "lpn: training / weekends? / top pay",
            "lpn",
            [("training", "education"), ("weekends", "work_setting"), ("top pay", "pay")],
        ),
        # what names no topic, but has a question mark of its own
        (
            "baker - up at dawn? hours? allergies?",
            "baker",
            [("up at dawn", None), ("hours", "work_setting"), ("allergies", None)],
        ),
        ("vet tech: pay? bites? right?", "vet tech", [("pay", "pay"), ("bites", None)]),
        (
            "surgical tech.\n1) license\n2) salary in Iowa\n3) shifts",
            "surgical tech.",
            [("license", "certification"), ("salary in Iowa", "pay"), ("shifts", "work_setting")],
        ),
        (
            "Info for a talk on coders:\n- duties\n- growth",
            "Info for a talk on coders:",
            [("duties", "duties"), ("growth", "outlook")],
        ),
        (
            "lpn wages in maine, need a license or not",
            "",
            [("lpn wages in maine", "pay"), ("need a license or not", "certification")],
        ),
        ("coder: hours, dress code?", "coder", [("hours", "work_setting"), ("dress code", None)]),
        (
            "lpn, number of jobs now / number in ten years",
            "lpn",
            [("number of jobs now", "outlook"), ("number in ten years", "outlook")],
        ),
        ("biller. classes? $? growth?", "biller", [("classes", "education"), ("$", "pay"), ("growth", "outlook")]),
        ("wages, perks, shifts?", "", [("wages", "pay"), ("perks", "benefits"), ("shifts", "work_setting")]),
        ("nursing in Dayton, OH: pay, growth", "nursing in Dayton OH", [("pay", "pay"), ("growth", "outlook")]),
        (
            "Tell me about paralegals: who hires them, salary, usual degree.",
            "paralegals",
            [("who hires them", "work_setting"), ("salary", "pay"), ("usual degree", "education")],
        ),
        ("coder: pay/school thanks!", "coder", [("pay", "pay"), ("school", "education")]),
    ],
)
def test_notes_are_read_with_what_they_are_about(
    message: str, about: str, expected: list[tuple[str, str | None]]
) -> None:
    assert noted(message) == (about, expected)


@pytest.mark.parametrize(
    "message",
    [
        "medical billing and coding pay",
        "nurse pay, Ohio and Texas",
        "coding or billing, which pays more",
        "I hate my hours. I want money. Help.",
        "RN in Fresno, hourly",
        "billing college near Fresno, which ones",
        "is nursing school worth the money and time",
        "College freshman here. Is coding a dead end or not",
        "high school senior. are nurses paid well",
    ],
)
def test_what_is_no_list_is_not_taken_apart(message: str) -> None:
    assert parts(message) == []


@pytest.mark.parametrize(
    ("text", "topic", "bare"),
    [
        ("school needed?", "education", True),
        ("typical pay", "pay", True),
        ("$", "pay", True),
        ("openings per yr", "outlook", True),
        ("pay for the night crew", "pay", False),
        ("exam fees abroad", "certification", False),
    ],
)
def test_whether_a_note_says_more_than_its_topic(text: str, topic: str, bare: bool) -> None:
    assert topic_of(text) == topic
    assert is_bare(text, topic) is bare


def test_notes_take_no_time() -> None:
    import time

    for text in ("pay / " * 160, "- pay\n" * 160, "1. pay " * 140, "pay, and " * 110, "? pay " * 160):
        started = time.process_time()
        parts(text[:1000])
        assert time.process_time() - started < 0.3, text[:20]
