"""Which questions a message asks: "what do they do and how much do they make?" asks two. Pure; no Rasa.

A part is a stretch of the message that asks something (question_forms.py, joints.py). A list of things before one name
("duties and salary of a coder") is not taken apart here by words alone: each thing becomes a part with the name put to
it. What is written as notes ("coder: pay, growth, school?") is read by lists.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from components.clauses import asks_late, clause_before, leans, offers, question_start, tells
from components.joints import Part, joined, pieces
from components.lists import NOTE, Notes, notes, topic_of
from components.question_forms import BEGINS, asks_inside, wanted

MAX_PARTS = 6
LONG = 20  # words from which the question is looked for among the rest
LEAST = 4  # words of a question that can be understood without the rest
MORE = 10  # words of what a sentence adds to the question before it
_SENTENCE = re.compile(r"(?<=[?!.;\n])\s+|\n+")  # where one question may end and the next begin
# "And the top tenth of coders", "also if I went through an agency": after a question, as much again
_MORE = re.compile(
    r"^(?:and|also|plus|same)\s+"
    r"(?!(?:i|i'm|im|i've|my|we|he|she|thanks?|thx|that's|then|please|pls|don['’]?t|no|sorry|be|question)\b)\w",
    re.I,
)
# "why?", and "do you?" after "he asked whether you need a license"
_TOO_LITTLE = re.compile(
    r"^(?:and\s+)?(?:\S+|(?:do|does|is|are|can|could|will|would) (?:i|you|they|we|he|she|it))\W*$", re.I
)
_LIKED = re.compile(
    r"\b(?:sounds?|looks?|seems?|is|might be)(?: (?:so|really|pretty|kind ?of|kinda|like))*"
    r" (?:good|nice|great|better|best|fun|cool|interesting|perfect|doable|right|me|a (?:good )?fit)"
    r"(?:,? (?:to me|for me|actually|though|tho|then|i (?:think|guess)|honestly|tbh|lol))*\W*$"
    r"|\bit is(?: then)?\W*$",
    re.I,
)
_WHAT_ABOUT = re.compile(
    r"^\W*(?:(?:so|and|but|or|ok|okay|hm+|well|then|now|oh|actually)\W+)*(?:what|how) about\s", re.I
)
# "what if i just do medical assisting instead, how long is that": supposes what the question is about
_WHO = r"(?:i|we|you|u|s?he|they|my \w+)"
_TAKES_UP = (
    r"(?:do|did|be|become|became|were|was|try|tried|start|go|went|pick|choose|chose|took?|take|study|get|switch\w*"
    r"|end(?:ed)? up)"
)
_MEANWHILE = r"(?:(?:till|until|before) then|meanwhile|in the meantime|for now|for a while|at first|first|instead)"
_SUPPOSES = re.compile(
    rf"\b(?:what if|suppose|supposing|let['’]?s say|imagine) {_WHO}(?: (?!have|had)\w+){{0,2}}? {_TAKES_UP}\b"
    r"(?! (?:it|that)\b)"
    rf"|^(?=.*\b{_MEANWHILE}\b).*\b(?:could|can|might|maybe|may|would)(?: {_WHO})?(?: \w+)?? (?:be|become|do|work as"
    r"|start)\b",
    re.I,
)
_OPEN = re.compile(r"^\W*(?:(?:so|and|but|ok|okay|well)\W+)*(?:what(?! if)|which|how|where|who|why)\b", re.I)
_OF_IT = re.compile(
    r"\b(?:it|that|this|they|them|those|these|one|there)\b"
    r"|^\W*(?:how['’]?s|what['’]?s|(?:how|what) (?:is|are)|how|what|and|any)\s+(?:the )?\w+\W*$",
    re.I,
)
# "I'm making a handout: pay and growth of coders"
_TOLD_BEFORE = re.compile(r"^(?:i|i['’]?m|we|we['’]?re|my)\s.*:\s+", re.I)
_SUBJECT_BEFORE = re.compile(r"\s*(?:[:;]|\s[-–—]+)\s+")
# what may be listed before one name
_THINGS: dict[str, str] = {
    "duties": r"(?:duties|tasks|responsibilities)",
    "pay": r"(?:pay|salary|salaries|wages?|earnings|income"
    r"|(?:hourly|annual(?:ly)?|yearly)(?=\s*(?:$|[,;.?!+&/]|(?:and|or|plus|for|in|of)\b)))",
    "outlook": r"(?:outlook|growth|demand|prospects|(?:number of |how many )?(?:openings|jobs)|future)",
    "education": r"(?:education requirements?|education|schooling|degrees?|training)",
    "how_to_become": r"(?:(?:entry |job |hiring )?requirements|prereq(?:uisite)?s|steps)",
    "certification": r"(?:certifications?|certificates?|credentials?|licen[sc]es?)",
    "skills": r"skills?",
    "work_setting": r"(?:work(?:ing)? (?:environment|setting|conditions|hours)|hours|schedules?)",
    "experience": r"(?:work )?experience(?: ne\w+d\w*| req\w+)?",
    "advancement": r"(?:advancement|promotions?|career path)",
    "benefits": r"(?:benefits|perks)",
    "tuition": r"(?:tuition|cost of school|costs?)",
}
_KIND = (
    r"(?:(?:job|career|daily|day[- ]to[- ]day|average|median|mean|starting|typical|usual|normal|common|main|required"
    r"|hourly|annual|yearly|projected|expected|current) )*"
)
_THING = "|".join(f"(?:{_KIND}{pattern})" for pattern in _THINGS.values())
_LIST = re.compile(
    rf"\b(?:{_THING})(?:\s*,\s*(?:and\s+)?(?:the\s+)?(?:{_THING})|\s*(?:and|&|\+|/|plus)\s*(?:the\s+)?(?:{_THING}))+\b",
    re.I,
)
_EACH = re.compile(rf"\b(?:{_THING})\b", re.I)


def parts(text: str) -> list[Part]:
    """The questions of a message in its order: two to six if it asks several; one if it is long and asks one thing
    somewhere; none if the message is best taken as a whole."""
    if not text.strip():
        return []
    sentences = pieces(text, _SENTENCE)
    found = [_after_story(sentence) for sentence in sentences]
    first = next((one.start for one in found if asks_inside(one.text)), 0)
    story = found != sentences or tells(text[:first])
    written = _after_telling(text, sentences) or (None if story else notes(text, BEGINS))
    if written is not None and any(_LIKED.search(item.text) for item in written.items):
        written = None  # "School nurse sounds good, how much is that": what is liked is no note
    if written is not None and (written.about or len(written.items) > len(_listed(Part(text, 0, len(text))))):
        return _noted(written)
    questions = _questions([part for sentence in found for part in _with_subject(joined(sentence))], text)
    if len(questions) == 2 and _introduces(*questions):
        return []
    if len(questions) > 2 and _supposes(questions[0]):
        about = questions[0].text
        questions = [replace(part, about=part.about or about) for part in questions[1:]]
    if len(questions) < 2:
        if listed := _listed(questions[0] if questions else Part(text, 0, len(text))):
            return listed[:MAX_PARTS]
        whole = not questions or len(text.split()) < LONG or len(questions[0].text.split()) < LEAST
        return [] if whole else questions
    return [_without_asker(part) for part in questions[:MAX_PARTS]]


def _after_telling(text: str, sentences: Sequence[Part]) -> Notes | None:
    """The notes after what somebody tells, which names what they are about: "I'm looking at nursing. pay, growth?"."""
    first = next((n for n, one in enumerate(sentences) if asks_inside(one.text) or _is_brief(one.text)), 0)
    if not first or not any(tells(one.text) for one in sentences[:first]):
        return None
    start = sentences[first].start
    written = notes(text[start:], BEGINS)
    if written is None or written.about or any(item.topic is None or asks_inside(item.text) for item in written.items):
        return None
    items = tuple(replace(one, start=one.start + start, end=one.end + start) for one in written.items)
    return Notes(text[:start].strip(), items)


def _is_brief(sentence: str) -> bool:
    return len(sentence.split()) <= NOTE and topic_of(sentence) is not None and not tells(sentence)


def _noted(written: Notes) -> list[Part]:
    return [Part(n.text, n.start, n.end, written.about, n.topic) for n in written.items][:MAX_PARTS]


def _questions(found: list[Part], text: str) -> list[Part]:
    """What asks something among the clauses of a message, each with what it chooses among."""
    questions: list[Part] = []
    last: Part | None = None  # the clause before, if it asks nothing
    for part in found:
        many = len(found) > 1
        if (part.thing or not _TOO_LITTLE.match(part.text)) and (
            asks_inside(part.text) or (many and (part.thing or asks_late(part.text)))
        ):
            if last and not questions and offers(text[: part.end], part.start):
                part = replace(part, text=f"{last.text} {part.text}")
            questions.append(part)
            last = None
        elif questions and last is None and _MORE.match(part.text) and len(part.text.split()) <= MORE:
            questions.append(part)
        else:
            last = part
    return questions


def _introduces(first: Part, second: Part) -> bool:
    """Whether the first question but says what the second is about: "what about a desk job, what does that pay?",
    "school nurse sounds good, how much is that"."""
    remark = _LIKED.search(first.text) and not _OPEN.match(first.text) and not asks_inside(first.text)
    if not _OF_IT.search(second.text) and not remark:
        return False
    says = _LIKED.search(first.text) or (_WHAT_ABOUT.match(first.text) and topic_of(first.text) is None)
    return _supposes(first) or (bool(says) and not _WHAT_ABOUT.match(second.text))


def _supposes(part: Part) -> bool:
    """Whether a question only supposes what those after it are about: "what if I did nursing"."""
    return topic_of(part.text) is None and bool(_SUPPOSES.search(part.text)) and not _OPEN.match(part.text)


def asking(text: str, named: Sequence[int] = ()) -> Part | None:
    """The one sentence or clause of a message that asks, where the rest only tells; None if nothing but it is there, or
    several ask. `named`: where the message names what a question can be about, which a short one needs itself."""
    sentences = pieces(text, _SENTENCE)
    found = [one for one in map(_after_story, sentences) if asks_inside(one.text)]
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
    if match is None or not BEGINS.match(part.text[match.end() :]) or BEGINS.match(part.text):
        return part
    return Part(part.text[match.end() :], part.start + match.end(), part.end, part.text[: match.start()])


def _with_subject(found: list[Part]) -> list[Part]:
    """The questions of a sentence without the subject that stands before the first of them, which those after it are
    about as well: "cancer registrar: what do they do, which certification"."""
    first, *later = [_without_subject(part) for part in found]
    return [first, *(replace(part, about=part.about or first.about) for part in later)]


def _without_asker(part: Part) -> Part:
    """ "a client wants to know what they do" -> "what they do"."""
    start = wanted(part.text)
    if not start or len(part.text[start:].split()) < LEAST:
        return part
    return replace(part, text=part.text[start:], start=part.start + start)


def _listed(part: Part) -> list[Part]:
    """ "duties and salary of a coder" -> "duties of a coder", "salary of a coder"; [] if the part lists nothing."""
    match = _LIST.search(part.text)
    if match is None:
        return []
    things = [one.group() for one in _EACH.finditer(match.group())]
    if len(things) < 2:
        return []
    before, after = _TOLD_BEFORE.sub("", part.text[: match.start()]), part.text[match.end() :]
    *told, last = pieces(before, _SENTENCE) or [Part("", 0, 0)]
    if told and before[-1:].isspace():  # "I'm making a handout on coders. I need the duties and pay."
        about = before[: last.start]
        return [Part(f"{last.text} {thing}{after}", part.start, part.end, about, topic_of(thing)) for thing in things]
    return [Part(" ".join(f"{before}{thing}{after}".split()), part.start, part.end) for thing in things]
