"""Whether a question is about an occupation of which nothing is known: "how do I become an astronaut", or about the
pay of a rank of one that is: "what does a charge nurse make". Pure.

Without this, the one that is taken where a message names none, or the whole occupation, would answer it.
"""

from __future__ import annotations

import re

from actions.plain_pay import ASKS_PAY
from actions.stories import own_job
from actions.turn import Turn

_NAME = r"(?P<job>(?:[a-z'’-]+ ){0,2}?[a-z'’-]+)"
_BECOME = re.compile(
    r"\b(?:becom(?:e|ing)|(?:work|working|hired|career|job|life|start|train|training) (?:as|of)|(?:want|wants|like"
    r"|love|going|train|trained|learn|study|studying) to (?:be|become)) an? "
    rf"{_NAME}(?=\W*$|[,.?!;:]|\s+(?:in|at|for|with|without|and|or|if|is|do"
    r"|does|can|need|take|pay|how|what|who|right|from|near|make|earn|later|someday|eventually|one|too|then|there)\b)",
    re.I,
)
_EARNS = re.compile(
    rf"\b(?:do|does|did|would|can|could|will|should) (?:an? |the (?:average|typical) |your (?:average|typical) ){_NAME}"
    r" (?:make|earn|get paid|bring home|take home|pull in|get (?:an|per) hour|do all day|do for a living|do at work)\b",
    re.I,
)
# How the names of those who do something end.
_ONE_WHO = re.compile(
    r"(?:[^aeiou]ers?|[a-z]{3,}(?:tor|sor|ist|ian|aut|man|woman|lady|guy|smith|star|tuber|maker|keeper|scout|spy)s?)$",
    re.I,
)
# What ends like that and names nobody's occupation, or one of this field; and what only qualifies ours.
_NOBODY = frozenset(
    """
    beginner beginners newcomer newcomers starter learner user member worker workers employer employers officer other
    number semester quarter computer paper career order answer offer never newer older younger higher lower better
    remember former customer helper leader supervisor director manager administrator instructor educator trainer auditor
    consultant contractor freelancer executive coordinator examiner abstractor registrar specialist generalist
    technologist
    technician clinician transcriber coder biller typist scribe assessor senior junior minor major doctor-approved
    teenager foreigner veteran civilian mother father sister brother partner homemaker stay-at-home high-schooler
    schooler dropper career-changer changer switcher job-hopper outsider insider volunteer
    """.split()
)
_OURS = frozenset(
    """
    coding billing records record medical health healthcare him hit mrt transcription pharmacy nursing hospital clinic
    clinical cancer tumor data information informatics certified credentialed licensed registered insurance claims
    """.split()
)


# Ranks within an occupation, of which the statistics give no figures: "lead coder", "nursing supervisor".
_RANK_BEFORE = re.compile(
    r"(?:^|\b(?:an?|the|do|does|would|as|for|of|and)\s+)(?P<rank>(?:charge|lead|head|chief)\s+)$", re.I
)
_RANK_AFTER = re.compile(
    r"^\s+(?:(?:team|shift|floor|unit|department)\s+)?"
    r"(?:supervisor|lead(?=\W*$|s\b|\s+(?:make|earn|get|salar|pay|in\b|at\b))|leader|chief|director|educator"
    r"|instructor|teacher|professor|specialist|trainer|preceptor|officer|tech|helper|aide)s?\b",
    re.I,
)
# The same where the occupation is called by its work: "what do coding supervisors make"
_RANKED = re.compile(
    r"\b(?:do|does|did|would|can|could|will)\s+(?:an?\s+|the\s+)?(?P<job>(?:(?!your\b|my\b|the\b)[a-z]+\s+){0,2}?"
    r"(?:supervisor|team lead|team leader|director|educator|instructor|trainer|preceptor)s?)\s+"
    r"(?:(?:make|bring home)(?!\s+(?:me|you|us|them|him|her|people|the|sure|it|an?|anyone|someone|my|your)\b)"
    r"|earn|get paid|get (?:an|per) hour|get(?=\W*$))",
    re.I,
)
# Letters that stand for people and that nothing knows: "what do CNSs make", "and APRNs?".
_LETTERS = re.compile(
    r"\b(?:do|does|did|would|can|could|will)\s+(?:an?\s+|the\s+)?(?P<job>[A-Z]{2,6}s?)\s+"
    r"(?:make|earn|get paid|bring home)\b(?!\s+\w+\s+\w)"
    r"|^\W*(?:and\s+)?(?:(?:what|how) about\s+|and\s+)(?P<people>[A-Z]{2,6}s)\W*$"
    # "what's a CNS paid", "how much is an APRN making"
    r"|\b(?:[Ww]hat|[Hh]ow much|[Hh]ow well)(?:['’]?s|\s+is|\s+are)\s+(?:an?\s+|the\s+)?(?P<paid>[A-Z]{2,6}s?)\s+"
    r"(?:(?:getting|being|usually|typically)\s+)?(?:paid|making|earning)\b",
)


def unknown_job(turn: Turn) -> str | None:
    """The occupation, or the rank of one, that a message asks about and of which nothing is known; None if there is
    none."""
    return _named(turn) or _rank(turn) or _letters(turn)


def _rank(turn: Turn) -> str | None:
    """The rank of an occupation whose pay is asked for: "what does a nursing supervisor earn"."""
    named = [m for m in turn.mentions if m.kind == "occupation" and m.end > m.start]
    if not named and (ranked := _RANKED.search(turn.text)):
        return ranked.group("job").lower()
    if len({m.value for m in named}) != 1 or not ASKS_PAY.search(turn.text) or own_job(turn):
        return None
    for one in named:
        before, after = _RANK_BEFORE.search(turn.text[: one.start]), _RANK_AFTER.match(turn.text[one.end :])
        if before or after:
            start = before.start("rank") if before else one.start
            return turn.text[start : one.end + (after.end() if after else 0)].strip().lower()
    return None


def _letters(turn: Turn) -> str | None:
    """Letters that stand for the people of an occupation which is not known."""
    known = turn.text.isupper() or turn.values("credential")  # "RHITs" are those who hold it
    found = None if known else _LETTERS.search(turn.text)
    name = found and next(group for group in ("job", "people", "paid") if found.group(group))
    if not found or not name or any(m.start < found.end(name) and found.start(name) < m.end for m in turn.mentions):
        return None
    return found.group(name)


def _named(turn: Turn) -> str | None:
    """The occupation by a name that the gazetteer does not know."""
    if turn.kinds & {"occupation", "credential"}:
        return None
    for pattern in (_BECOME, _EARNS):
        match = pattern.search(turn.text)
        if match is None:
            continue
        name = match.group("job").lower()
        words = name.split()
        if _ONE_WHO.search(words[-1]) and words[-1] not in _NOBODY and not set(words) & _OURS:
            return name
    return None
