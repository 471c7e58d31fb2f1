"""A job that a message describes by its work instead of naming it: "that job where you count pills". Pure; no Rasa.

Which occupation is meant, the questions beside the statements on duties tell (actions/by_work.py). So the work is
read as a message of its own, and what is asked beside it as another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from components.question_forms import asks

_NOUN = (
    r"(?:jobs?|careers?|positions?|roles?|gigs?|professions?|occupations?|ones?|persons?|people|folks|workers?|someone"
    r"|somebody|lad(?:y|ies)|guys?|girls?|m[ae]n|wom[ae]n|employees?|staff)"
)
_ASKS_NAME = (
    r"(?:what|wha?ts|what['’]?s|who|whos|who['’]?s)(?:\s+(?:is|are|was|do (?:you|u|they|we|people)(?: call)?))?"
)
_HEAD = (
    rf"(?:\b(?:the|that|those|these)\s+(?:\w+\s+)?{_NOUN}|(?:\b{_ASKS_NAME}\s+an?|\bcall|^)\s*{_NOUN}"
    r"|(?P<asks>\b(?:what|where|how(?: much| long| many \w+)?) (?:do|does|did|would|will|can) )"
    r"(?:people|someone|somebody|a person)"
    r"|\b(?:what|whats|what['’]?s)\s+(?:is\s+)?it\s+called\b)"
)
_ENDS = (  # where the description ends and the question about it goes on
    r"(?=\W*$|\s*[,;:?!–—]|\s*\.(?:\s|$)"
    r"|\s+(?:and|but|so)\s+(?:now\s+)?(?:i wonder\s+)?(?:what|whats|how|hows|when|why|which)\b"
    r"|\s+(?:what|how|which|where)"
    r"\s+(?:do|does|is|are|can|could|would|should|long|much|many|hard|degree|school|kind)\b"
    r"|\s+(?:(?:and|but|so)\s+)?(?:is|are|do|does|can|could|would|will)\s+(?:it|they|that|those|this|you|u|i)\b"
    r"|\s+(?:called|do|make|makes|earn|earns|gets? paid|start|train|go to school|get (?:in|hired|started))"
    r"(?=\W*$|\s+(?:in|an?|per|on|all day|every day|exactly|around|here)\b))"
)
_DESCRIBED = re.compile(
    rf"{_HEAD}\s+(?P<link>where|when|if|in which|who|that|which)(?:['’]?s)?\s+(?P<work>\S+(?:\s+\S+){{0,13}}?){_ENDS}",
    re.I,
)
# What is said of the one that is wished, or picked out of several, and not of its work: "the one that pays more".
_NO_WORK = re.compile(
    r"(?:(?:you|u|they|people)\s+)?(?:pay|make|earn|need|require|hire|grow|get|let|cost|offer|want|accept|last)s?\b"
    r"(?!\s+(?:sure|up|appointments|copies)\b)"
    r"|(?:(?:you|u|they|people)\s+)?(?:is|are|was|were|has|have(?! to)|had|can|can['’]?t|cannot|could|do|does"
    r"|don['’]?t|doesn['’]?t|won['’]?t|isn['’]?t|aren['’]?t|never|only|just|mostly|would|will|should|might)\b"
    r"|work(?:s|ed|ing)?\b(?! (?:with|on) (?!me\b))"  # where, or when, somebody works
    r"|(?:you|u)\s+(?:said|mention\w*|told|listed|gave|named|talked|showed|meant)\b"
    r"|(?:hold|pass|finish|complete|know|live|like|love|hate|quit|leave|left|graduate|start|began|speak|stud(?:y|ied)|took"
    r"|drop(?:ped)?|retire|switch)(?:s|es|ed)?\b"
    r"|takes?\s+(?:less|more|no|longer|fewer|only|a|\d|the (?:least|most|shortest|longest))\b"
    r"|(?:i|i['’]?m|i['’]?d|im|my|me|we|he|she|it|there|that|this)\b",
    re.I,
)
_PEOPLE = re.compile(r"(?:you|u|they|people|someone|a person)\b", re.I)
_REFUSED = re.compile(r"\b(?:but\s+)?(?:not|isn['’]?t|aren['’]?t|without being)\s+(?:an?\s+|the\s+)?$", re.I)
_WHETHER = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|then|well)\W+)*"
    r"(?:do|does|did|is|are|was|were|can|could|will|would|should|has|have)\b",
    re.I,
)
_ASKS_NAME_ALONE = re.compile(
    rf"^\W*(?:(?:and|but|so|ok|okay|then|well|hi|hey|um|what about|how about)\W+)*(?:{_ASKS_NAME})?"
    r"(?:\s+(?:is |are )?the name (?:of|for))?\W*$",
    re.I,
)


@dataclass(frozen=True)
class Description:
    """The work that a message describes, and the message without it ("" if it asks no more than what that is)."""

    work: str
    question: str


def description(text: str) -> Description | None:
    """The job that a message describes by its work; None if there is none."""
    match = _DESCRIBED.search(text)
    if match is None or _NO_WORK.match(match.group("work")):
        return None
    start = match.end("asks") if match.group("asks") else match.start()
    before, after = text[:start], re.sub(r"^[\s,.;:?!–—]+", "", text[match.end() :])
    if _WHETHER.match(before):  # "are the people who teach it paid well"
        return None
    work = match.group("work").strip(" ,;:.?!")
    linked = match.group("link").lower() in ("who", "that", "which") and not _PEOPLE.match(work)
    question = ""
    if not _ASKS_NAME_ALONE.match(before) and asks(before):
        question = f"{before}that job {after}".strip()
    elif not re.fullmatch(r"\W*(?:called\W*)?", after):
        question = re.sub(r"^(?:(?:and|but|so|now)\s+)+", "", after)
    return Description(f"who {work}" if linked else work, question)


def refused(text: str, start: int) -> bool:
    """Whether a description says that what it names at `start` is not meant: "takes vitals but is not a nurse"."""
    return bool(_REFUSED.search(text[:start]))
