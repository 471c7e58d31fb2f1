"""The topic that a short message names outright: "wut abt teh outlok", "sorry, repeat just the pay". Pure.

For messages in a conversation only, where the classifier, which reads each message by itself, sees too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from actions.connectives import CONNECTIVES
from actions.turn import Mention, Turn

WORDS: Mapping[str, tuple[str, ...]] = {
    "pay": (
        *(
            "pay",
            "pays",
            "paid",
            "salary",
            "salaries",
            "wage",
            "wages",
            "earnings",
            "earning",
            "earn",
            "earns",
            "income",
        ),
        *("paycheck", "money", "make", "makes", "making"),
    ),
    "outlook": ("outlook", "prospects", "growth", "demand", "openings", "future", "growing", "shrinking"),
    "education": ("school", "schooling", "education", "degree", "degrees", "classes", "coursework", "study", "college"),
    "certification": (
        *("certification", "certifications", "certificates", "certified", "certs", "credentials", "license", "licence"),
        *("licensed", "licensing"),
    ),
    "skills": ("skills", "strengths"),
    "duties": ("duties", "tasks", "responsibilities"),
    "work_setting": ("hours", "schedule", "weekends", "nights", "shifts", "workplace"),
    "benefits": ("benefits", "perks"),
    "tuition": ("tuition", "price", "prices", "cost", "costs", "fees"),
    "programs": ("programs", "schools", "colleges"),
    "advancement": ("advancement", "promotion", "promotions"),
    "experience": ("internship", "internships"),
}
_GET = re.compile(r"\bwhat (?:do|does|would|will|did) (?:they|you|i|we|one|he|she|those|these) (?:all )?get\W*$", re.I)
# "does a hospital pay for your degree" asks for no pay, "right out of school" for no schooling
_PAYS_FOR = re.compile(
    r"\bpa(?:y|ys|id|ying)\s+(?:\w+\s+)?(?:for|towards?|back|off)\s+(?:(?:my|your|ur|his|her|their|our|the|a|an|any|some|more)\s+)*"
    r"(?:school\w*|college|degrees?|tuition|class(?:es)?|courses?|(?:re)?training|education|programs?|bsn|loans?"
    r"|(?:associate|bachelor|master)\S*)\b"
    r"|\bpa(?:y|ys|id|ying)\s+(?:for|towards?|off)\s+(?:my|your|ur|his|her|their|our)\s*$"  # the name is taken out
    r"|\b(?:would|will|does|do|can|could) (?:the |my |their )?(?:gi bill|va|army|fafsa|grants?|loans?|scholarships?"
    r"|employers?|hospitals?)\b.{0,20}\bpay (?:for )?(?:it|that)\b",
    re.I,
)
# "who pays for the exam", "do they pay your fee": of what is bought, not of what is earned
_BUYS = re.compile(
    r"\bwho(?:['’]s|['’]ll|s| will| would| does| is)?(?: the one)?(?: who)? pa(?:y|ys|id|ying)\b"
    r"|\bpa(?:y|ys|id|ying)\s+(?:for\s+|back\s+)?(?:(?:my|your|ur|his|her|their|our|the|that|this|a|an|any)\s+)*"
    r"(?:\w+\s+)?(?:exams?|tests?|fees?|certificat\w+|certs?|licen[sc]\w*|boards|books|scrubs|uniforms?|parking"
    r"|(?:child|day) ?care|moving|relocat\w+)\b",
    re.I,
)
# "would the VA pay for that", "nobody makes me take math" and "makes it easier" ask for no pay
_PAID_BY = re.compile(r"^(?!.*\b(?:what|how)\b).*\bpa(?:y|ys|ying)\s+(?:for\s+)?(?:it|that|this)\W*$", re.I)
_MADE_TO = re.compile(
    r"\bmak(?:e|es|ing)\s+(?:(?:me|you|u|him|her|them|us|people)\s+(?!an?\b|more|less|good|\W*\d)"
    r"|(?:it|that|this|things)\s+(?:\w+\s+){0,2}(?=\w*(?:er|easy|hard|worth|possible|likely)\b))\w+",
    re.I,
)
# "does the job pay for it", "would insurance pay for my retraining", but not "what does it pay for a year"
_FOR_SOMETHING = re.compile(
    r"^(?!.*\b(?:what|how|which)\b)(?!.*\b(?:get|gets|getting|is|are|am|be|being)\s+paid\s+for\b)"
    r".*\bpa(?:y|ys|id|ying)\s+(?:for|towards?|back)\s+"
    r"(?:(?:my|your|ur|his|her|their|our|the|that|this|it)\b|(?:re)?training\b)"
    r"(?!\s+(?:\w+\s+)?(?:jobs?|work|position|role|overtime|breaks?|hours|shift|experience|effort|skills?)\b)",
    re.I,
)
_FRESH = re.compile(r"\bout(?:ta| of| from)?\s+(?:of\s+)?(?:high\s*)?(?:school|college|hs|nursing school)\b", re.I)
SHORT = 8  # words; a longer message says more than its topic
LIKE, LONG_ENOUGH = 0.8, 5  # how alike a misspelt word must be, and how many letters it needs for that
# The kinds of name that may stand beside a topic ("pay for trauma registrars"); others say more than who and where.
BESIDE = ("occupation", "place", "credential", "employer_type")


def asks_who_pays(text: str) -> bool:
    """Whether a message asks if somebody pays for something, and not what one earns."""
    return any(words.search(text) for words in (_FOR_SOMETHING, _PAYS_FOR, _BUYS))


def named_topic(text: str, limit: int | None = SHORT) -> str | None:
    """The one topic that a message of few words (`limit`; None: of any length) names; None if there is none, or more
    than one."""
    text = _MADE_TO.sub(" ", _PAID_BY.sub(" ", _FRESH.sub(" ", _BUYS.sub(" ", _PAYS_FOR.sub(" tuition ", text)))))
    words = re.findall(r"[a-z]+", text.lower())
    if not words or (limit is not None and len(words) > limit):
        return None
    found = {topic for word in words for topic in _topics(word)}
    if not found and _GET.search(text):
        return "pay"
    return found.pop() if len(found) == 1 else None


def beside_names(turn: Turn) -> str:
    """The message without the occupations, places and credentials in it."""
    return blanked(turn.text, (one for one in turn.mentions if one.kind in BESIDE))


def blanked(text: str, mentions: Iterable[Mention]) -> str:
    """A text of the same length with spaces where mentions stand in it."""
    for one in mentions:
        if one.end > one.start:
            text = f"{text[: one.start]}{' ' * (one.end - one.start)}{text[one.end :]}"
    return text


def only_topic(turn: Turn) -> str | None:
    """The topic of a message that is nothing but a topic and a name: "pay for trauma registrars", "coder outlook"."""
    left = [word for word in re.findall(r"[a-z']+", beside_names(turn).lower()) if word not in CONNECTIVES]
    return named_topic(" ".join(left)) if len(left) == 1 else None


def _topics(word: str) -> set[str]:
    """The topics that a word names; those that it is only like, if it is spelt like none."""
    exact = {topic for topic, names in WORDS.items() if word in names}
    return exact or {topic for topic, names in WORDS.items() if any(_same(word, name) for name in names)}


def _same(word: str, name: str) -> bool:
    long_enough = len(name) > LONG_ENOUGH and len(word) >= LONG_ENOUGH and word[0] == name[0]
    return long_enough and SequenceMatcher(None, word, name).ratio() >= LIKE
