"""Which questions a message asks: "what do they do and how much do they make?" asks two. Pure; no Rasa.

A part is a stretch of the message that asks something. A list of things before one name ("duties and salary of a
coder") is not taken apart here by words alone: each thing becomes a part with the name put to it. What is written as
notes ("coder: pay, growth, school?") is read by lists.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from components.clauses import clause_before, leans, offers, question_start, tells
from components.lists import notes, topic_of

MAX_PARTS = 6
LONG = 20  # words from which the question is looked for among the rest
LEAST = 4  # words of a question that can be understood without the rest
_WH = r"(?:what|what's|whats|which|who|whom|where|when|why|how|hows|how's)"
_AUX = (
    r"(?:do|does|did|is|are|was|were|can|could|will|would|should|must|may|have|has|am|isn't|aren't|don't|doesn't|can't)"
)
_SUBJECT = (
    r"(?:i|you|u|we|they|it|he|she|there|that|this|these|those|the|a|an|my|your|their|most|any|all|people|someone|either|both"
    r"|anyone|employers?|hospitals?|medical|health|nurses?|nursing|coders?|billers?|techs?|technicians?|rns?|pharmacy)"
)
_ASKED_OF = (  # what a second question without a comma before it may be about
    r"(?:certifications?|certs?|experience|schools?|schooling|degrees?|programs?|jobs|pay|salar(?:y|ies)|wages|licens\w+"
    r"|ai|automation|robots?|computers|technology|math|remote|outsourcing)"
)
_AND = r"(?:and|also|plus|n|&|\+)"
_PLAIN_AUX = r"(?:do|does|is|are|can|could|will|would|should)"
_ASKS = re.compile(
    rf"^(?:(?:and|also|but|so|or|plus|then|ok|okay|hi|hello|hey|well|um|please|oh|like|just)\b[\s,]*)*"
    rf"(?:{_WH}\b|{_AUX}\s+\w|whether\b|(?:the )?diff(?:erence)?s?\b|(?:tell|give|show|explain|describe|list|compare)\b"
    rf"|(?:i(?:'m| am)? )?(?:wonder(?:ing|s)?|curious|wanna know)\b"
    rf"|(?:(?:i|we|he|she|they|my \w+)(?:['’]d| would)? )?(?:also |just )*(?:would )?(?:like|love|needs?|wants?) to"
    rf" (?:know|find out|hear|ask)\b"
    rf"|any (?:idea|chance|tips)\b)",
    re.I,
)
# "clinic manager in Denver what does it pay": a question after the name that it is about
_ASKS_LATE = re.compile(
    rf"(?<!know )(?<!learn )\b(?:what|where|when|how(?: much| many| long| hard)?) {_AUX}"
    r" (?:it|they|i|you|u|one|that|those)\b",
    re.I,
)
# where one question may end and the next begin
_SENTENCE = re.compile(r"(?<=[?!.;\n])\s+|\n+")
_JOINT = re.compile(
    rf"(?:,\s*(?:and|or|but|also|plus|&)?\s*|\s+(?:{_AND}|but)\s+(?:also\s+)?)"
    rf"(?={_WH}\b|whether\b|{_AUX}\s+{_SUBJECT}\b)"
    rf"|\s+{_AND}\s+(?=(?:is|are|does|will|would|should)\s+{_ASKED_OF}\b)"
    rf"|,\s*(?:and|or|also|plus)?\s*(?={_PLAIN_AUX}\s+(?!not\b)\w+\s+\w+\s*\w)"  # "is X needed, is math needed"
    rf"|,?\s+{_AND}\s+(?=if\s+\w+\s+\w)",  # "know where they work, and if school is paid for"
    re.I,
)
# "…, was a clerk for six years": a story that leaves out its "I"
_TOLD_OF = re.compile(
    r"^(?:was|were|had|have|has|did|am)\s+(?:an?|the|my|in|at|on|to|been|no|some|\d\w*|\w+ing)\b(?!.*\?)", re.I
)
_TELLS = re.compile(r"(?:i|i['’]?m|i['’]?ve|my|we|our|he|she)\b", re.I)
_IF = re.compile(r"^if\s+", re.I)
_WHAT_ABOUT = re.compile(
    r"^\W*(?:(?:so|and|but|or|ok|okay|hm+|well|then|now|oh|actually)\W+)*(?:what|how) about\s", re.I
)
_OF_IT = re.compile(
    r"\b(?:it|that|this|they|them|those|these|one|there)\b"
    r"|^\W*(?:how['’]?s|what['’]?s|how is|what is|and|any)\s+(?:the )?\w+\W*$",
    re.I,
)
_CLAUSE = re.compile(r"\s*[:;,]\s+|\s+[-–—]+\s+")  # "CCA - do I need experience, and is it …"
_VERSUS = re.compile(r"^(?:[\w'’-]+\s+){1,4}(?:vs\.?|versus)\s+\w", re.I)  # "RHIT vs RHIA, and which pays more"
# "I'm making a handout: pay and growth of coders"
_TOLD_BEFORE = re.compile(r"^(?:i|i['’]?m|we|we['’]?re|my)\s.*:\s+", re.I)
_SUBJECT_BEFORE = re.compile(r"\s*(?:[:;]|\s[-–—]+)\s+")
# what may be listed before one name
_THINGS: dict[str, str] = {
    "duties": r"(?:job |daily |day[- ]to[- ]day )?(?:duties|tasks|responsibilities)",
    "pay": r"(?:(?:average|median|mean|starting|typical|hourly|annual|yearly) )*(?:pay|salary|salaries|wages?|earnings"
    r"|income)",
    "outlook": r"(?:(?:job|career|projected|yearly|annual) )*(?:outlook|growth|demand|prospects|openings)",
    "education": r"(?:education requirements?|education|schooling|degrees?|training)",
    "certification": r"(?:certifications?|certificates?|credentials?|licen[sc]es?)",
    "skills": r"skills?",
    "work_setting": r"(?:work(?:ing)? (?:environment|setting|conditions|hours)|hours|schedules?)",
    "experience": r"(?:work )?experience(?: ne\w+d\w*| req\w+)?",
    "advancement": r"(?:advancement|promotions?|career path)",
    "benefits": r"(?:benefits|perks)",
    "tuition": r"(?:tuition|cost of school|costs?)",
}
_THING = "|".join(f"(?:{pattern})" for pattern in _THINGS.values())
_LIST = re.compile(
    rf"\b(?:{_THING})(?:\s*,\s*(?:and\s+)?(?:the\s+)?(?:{_THING})|\s*(?:and|&|\+|/|plus)\s*(?:the\s+)?(?:{_THING}))+\b",
    re.I,
)
_EACH = re.compile(rf"\b(?:{_THING})\b", re.I)


@dataclass(frozen=True)
class Part:
    """A question in a message. `text` may have words from elsewhere in the message; `start` and `end` are its place.

    `about`: words before it that may name what it is about; `topic`: the one that a note in a list names.
    """

    text: str
    start: int
    end: int
    about: str = ""
    topic: str | None = None


def asks(text: str) -> bool:
    """Whether a stretch of text reads like a question or a request."""
    return text.rstrip().endswith("?") or bool(_ASKS.match(text.strip()))


def _asks_inside(text: str) -> bool:
    clauses = (text, *_CLAUSE.split(text))
    return bool(_VERSUS.match(text)) or any(asks(one) and not _TOLD_OF.match(one) for one in clauses)


def parts(text: str) -> list[Part]:
    """The questions of a message in its order: two to six if it asks several; one if it is long and asks one thing
    somewhere; none if the message is best taken as a whole."""
    sentences = _pieces(text, _SENTENCE)
    found = [_after_story(sentence) for sentence in sentences]
    first = next((one.start for one in found if _asks_inside(one.text)), 0)
    story = found != sentences or tells(text[:first])
    written = None if story else notes(text, _ASKS)
    if written is not None and (written.about or len(written.items) > len(_listed(Part(text, 0, len(text))))):
        return [Part(n.text, n.start, n.end, written.about, n.topic) for n in written.items][:MAX_PARTS]
    found = [_without_subject(part) for sentence in found for part in _joined(sentence)]
    questions = [
        part
        for part in found
        if (_asks_inside(part.text) or (len(found) > 1 and _ASKS_LATE.search(part.text))) and len(part.text.split()) > 1
    ]
    if len(questions) == 2 and _introduces(*questions):
        return []
    if len(questions) == 1 or not questions:
        listed = _listed(questions[0] if questions else Part(text, 0, len(text)))
        if listed:
            return listed[:MAX_PARTS]
    if len(questions) == 1:
        whole = len(text.split()) < LONG or len(questions[0].text.split()) < LEAST
        return [] if whole else questions
    return questions[:MAX_PARTS]


def _introduces(first: Part, second: Part) -> bool:
    """Whether the first question but says what the second is about: "what about a desk job, what does that pay?"."""
    return bool(
        _WHAT_ABOUT.match(first.text) and topic_of(first.text) is None and _OF_IT.search(second.text)
    ) and not _WHAT_ABOUT.match(second.text)


def asking(text: str, named: Sequence[int] = ()) -> Part | None:
    """The one sentence or clause of a message that asks, where the rest only tells; None if nothing but it is there, or
    several ask. `named`: where the message names what a question can be about, which a short one needs itself."""
    sentences = _pieces(text, _SENTENCE)
    found = [one for one in map(_after_story, sentences) if _asks_inside(one.text)]
    alone = len(found) == 1 and (len(sentences) > 1 or found[0] != sentences[0])
    if not alone:
        return None
    one = found[0]
    if len(one.text.split()) >= LEAST or any(one.start <= at < one.end for at in named):
        return one
    if offers(text, one.start):
        return None
    start = clause_before(text, one.start) if not leans(one.text) else 0
    return Part(text[start : one.end].rstrip(), start, one.end) if start else None


def _pieces(text: str, boundary: re.Pattern[str], offset: int = 0) -> list[Part]:
    found, start = [], 0
    for match in [*boundary.finditer(text), None]:
        end = match.start() if match else len(text)
        if text[start:end].strip():
            found.append(Part(text[start:end].strip(), offset + start, offset + end))
        start = match.end() if match else end
    return found


def _after_story(sentence: Part) -> Part:
    """A sentence without the story before its question: "cook, 34, bad back, how long is nursing school"."""
    start = question_start(sentence.text)
    if not start:
        return sentence
    if len(sentence.text[start:].split()) < LEAST:
        if leans(sentence.text[start:]):
            return sentence
        start = clause_before(sentence.text, start)  # "CCA vs CCS, whats the difference"
    return Part(sentence.text[start:], sentence.start + start, sentence.end) if start else sentence


def _without_subject(part: Part) -> Part:
    """ "CCA - is it entry level" -> "is it entry level", about "CCA"."""
    match = _SUBJECT_BEFORE.search(part.text)
    if match is None or not _ASKS.match(part.text[match.end() :]) or _ASKS.match(part.text):
        return part
    return Part(part.text[match.end() :], part.start + match.end(), part.end, part.text[: match.start()])


def _joined(sentence: Part) -> list[Part]:
    """A sentence taken apart where a second question follows a first."""
    pieces = _pieces(sentence.text, _JOINT, sentence.start)
    asks = [bool(_asks_inside(one.text) or _ASKS_LATE.search(one.text)) for one in pieces[:2]]
    if len(pieces) > 2 and _TELLS.match(pieces[0].text) and not asks[0]:  # "im 17, what should i take and where after"
        pieces, asks = pieces[1:], asks[1:]
    if len(pieces) < 2 or not asks[0]:
        return [sentence]
    return [pieces[0], *(replace(one, text=_IF.sub("whether ", one.text)) for one in pieces[1:])]


def _listed(part: Part) -> list[Part]:
    """ "duties and salary of a coder" -> "duties of a coder", "salary of a coder"; [] if the part lists nothing."""
    match = _LIST.search(part.text)
    if match is None:
        return []
    things = [one.group() for one in _EACH.finditer(match.group())]
    if len(things) < 2:
        return []
    before, after = _TOLD_BEFORE.sub("", part.text[: match.start()]), part.text[match.end() :]
    return [Part(" ".join(f"{before}{thing}{after}".split()), part.start, part.end) for thing in things]
