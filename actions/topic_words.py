"""The topic that a short message names outright: "wut abt teh outlok", "sorry, repeat just the pay". Pure.

For messages in a conversation only, where the classifier, which reads each message by itself, sees too little.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

WORDS: Mapping[str, tuple[str, ...]] = {
    "pay": ("pay", "salary", "salaries", "wage", "wages", "earnings", "earn", "income", "paycheck"),
    "outlook": ("outlook", "prospects", "growth", "demand", "openings"),
    "education": ("schooling", "education", "degree", "classes", "coursework"),
    "certification": ("certification", "certifications", "certificates", "credentials", "license"),
    "skills": ("skills", "strengths"),
    "duties": ("duties", "tasks", "responsibilities"),
    "work_setting": ("hours", "schedule", "weekends", "nights", "shifts", "workplace"),
    "benefits": ("benefits", "perks"),
    "tuition": ("tuition",),
    "programs": ("programs", "schools", "colleges"),
    "advancement": ("advancement", "promotion", "promotions"),
    "experience": ("internship", "internships"),
}
SHORT = 8  # words; a longer message says more than its topic
LIKE, LONG_ENOUGH = 0.8, 6  # how alike a misspelt word must be, and how many letters it needs for that


def named_topic(text: str) -> str | None:
    """The one topic that a message of few words names; None if there is none, or more than one."""
    words = re.findall(r"[a-z]+", text.lower())
    if not 0 < len(words) <= SHORT:
        return None
    found = {topic for word in words for topic, names in WORDS.items() if any(_same(word, name) for name in names)}
    return found.pop() if len(found) == 1 else None


def _same(word: str, name: str) -> bool:
    if word == name:
        return True
    long_enough = len(name) >= LONG_ENOUGH and len(word) >= LONG_ENOUGH and word[0] == name[0]
    return long_enough and SequenceMatcher(None, word, name).ratio() >= LIKE
