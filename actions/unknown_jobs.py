"""Whether a question is about an occupation of which nothing is known: "how do I become an astronaut". Pure.

Without this, the one that is taken where a message names none would answer it.
"""

from __future__ import annotations

import re

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


def unknown_job(turn: Turn) -> str | None:
    """The occupation that a message asks about and that the gazetteer does not know; None if there is none."""
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
