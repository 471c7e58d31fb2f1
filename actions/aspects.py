"""Which aspect of what it compares a question asks for: its words for pay, schooling, time, growth and jobs. Pure."""

from __future__ import annotations

import re

PAY_WORDS = (
    r"\b(pay|pays|paid|paying|salar(?:y|ies)|money|earn(?:s|ing|ings)?|wages?|income|paychecks?|compensation|cash"
    r"|(?:who|which|how much|what (?:do|does|would|will|can|could))\b.{0,60}\bmak(?:es?|ing)"
    r"(?! (?:more |better )?(?:sense|sure|it\b|me|us|you|them|people))"
    r"|makes? (?:more|less|the (?:same|most))"
    r"|(?:brings?|takes?) (?:home|in)|pulls? (?:in|down))\b|\$"
)
SCHOOL_WORDS = (
    r"\b(school(?:ing)?|education|degrees?|diploma|college|train(?:ing)?|study(?:ing)?|classes|courses?|semesters?)\b"
)
TIME_WORDS = (
    r"\b(shorter|longer|faster|quicker|sooner|shortest|longest|quickest|soonest|how long"
    r"|how many (?:months|years|semesters)|(?:less|more|least|most) time"
    r"|lengths?)\b(?!.*\b(?:hours|days?|shifts?|weeks?)\b)"
)
# "which is harder to get into": the schooling, unless a source says more of it
ENTRY_WORDS = (
    r"\b(?:hard(?:er|est)?|eas(?:y|ier|iest)|tough(?:er|est)?|simpl(?:e|er|est)|difficult)"
    r" (?:(?:one|job|career|thing) )?to (?:get (?:in(?:to)?|started|hired)|enter|become|start|break into|qualify)\b"
)
GROWTH_WORDS = (
    r"\b(growth|grow(?:s|ing)?|outlook|demand|openings?|future|expand(?:s|ing)?|booming|shrink(?:s|ing)?"
    r"|declin(?:e|ing)|(?<!with )dying(?! (?:patients?|people|person))|disappear(?:s|ing)?|los(?:e|es|ing) jobs)\b"
)
# Rows that only a question about them gets: title, indicator, its words.
ASKED_FOR = (
    (
        "Openings each year",
        "outlook.openings",
        r"\b(?:openings?|open positions|(?:spots?|jobs|positions?) (?:that )?(?:open|come) up|hiring"
        r"|vacanc(?:y|ies))\b",
    ),
    (
        "Jobs added",
        "outlook.new_jobs",
        r"\b(?:new|extra|additional) (?:jobs|positions)\b|\badd(?:s|ing)? (?:\w+ )?jobs\b",
    ),
    (
        "Number of jobs",
        "outlook.employment",
        r"\bhow many\b.*\b(?:jobs|people|workers|employed|are there)\b|\bmore (?:jobs|people|workers) (?:are|work|in)\b"
        r"|\b(?:bigger|larger|biggest|largest) (?:field|occupation|profession|job)\b"
        r"|\b(?:field|occupation|profession|job)(?: is|['’]?s)? (?:the )?(?:bigger|larger|biggest|largest)\b"
        r"|\b(?:has|have|got) (?:the )?(?:more|most) (?:jobs|people|workers)\b",
    ),
)


def asked_rows(question: str) -> list[tuple[str, str]]:
    """Title and indicator of the rows that a question (in lower case) asks for, beside those of every comparison."""
    return [(title, indicator) for title, indicator, words in ASKED_FOR if re.search(words, question)]


def names_aspect(question: str) -> bool:
    """Whether a question says what it compares: pay, schooling, growth, the number of jobs."""
    return any(
        re.search(words, question, re.I)
        for words in (PAY_WORDS, SCHOOL_WORDS, TIME_WORDS, GROWTH_WORDS, *(words for _, _, words in ASKED_FOR))
    )
