"""What a later question means by "it", "they" or "which one", where the question before it has the word:
"what degree do they want, and where can I get it?". Pure; no Rasa."""

from __future__ import annotations

import re

_SCHOOLING = r"(?:degree|diploma|certificate|certification|licen[sc]e|program)"
_NAMED = re.compile(rf"\b(?P<word>{_SCHOOLING})(?P<many>s?)\b", re.I)
# what is done with schooling and not with a job: "where do I get it", "does it expire"
_GOT = re.compile(
    r"\b(?:get|getting|earn|earning|study for|sign up for|renew|renewing|transfer) (?P<it>it|one|that|them|those)\b"
    r"(?! is|'s| of\b| to\b| (?:job|work|position|career|pay|salary|raise|promotion|done|started)s?\b)"
    r"|\b(?:does|will) (?P<its>it|that) (?:expire|transfer|run out)\b"
    r"|\bhow long (?:do|would) (?P<they>they|those|these) (?:take|last|run)\b",
    re.I,
)
_KINDS = re.compile(
    r"\b(?:which|what) (?P<kind>state|cit(?:y|ies)|metro(?: area)?|area|place|school|college|employer|industr(?:y|ies))"
    r"(?P<many>s?)\b",
    re.I,
)
_WHICH_ONE = re.compile(r"\b(?P<which>which|what) ones?\b(?! of\b)", re.I)

_POINTS = re.compile(r"\b(?:it|that|this|one|ones|them|those|these)\b", re.I)
_SUBJECTS = {  # topics of things, by the words for them
    "certification": re.compile(r"\b(?:certif\w+|certs?|credential\w*|licen[sc]\w*|exams?)\b", re.I),
    "education": re.compile(
        r"\b(?:degrees?|diplomas?|certificates?|associate(?:['’]?s)?|bachelor(?:['’]?s)?|master(?:['’]?s)?|school\w*"
        r"|training|class(?:es)?|courses?)\b",
        re.I,
    ),
}


def subjects(question: str, text: str) -> list[str]:
    """The topics of the things that the last question speaks of, whatever it asked of them, where a message points
    back at one: "how tough is that to get", after "do certified coders earn more"."""
    if not _POINTS.search(text):
        return []
    return [topic for topic, words in _SUBJECTS.items() if words.search(question)]


def named_before(question: str, before: str) -> str:
    """A question with the word that its pronoun stands for, if the one before it says it; else as it is."""
    if (one := _WHICH_ONE.search(question)) and (kinds := [*_KINDS.finditer(before)]):
        word = kinds[-1].group("kind") + kinds[-1].group("many")
        return f"{question[: one.start()]}{one.group('which')} {word}{question[one.end() :]}"
    got, words = _GOT.search(question), [*_NAMED.finditer(before)]
    if got is None or not words or _NAMED.search(question):
        return question
    name = next(kind for kind in ("it", "its", "they") if got.group(kind))
    word, many = words[-1].group("word"), words[-1].group("many")
    if name == "they" and not many:
        return question
    return f"{question[: got.start(name)]}the {word}{many}{question[got.end(name) :]}"
