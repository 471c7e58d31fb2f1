"""Questions in note form: "nurse: schooling / night shifts? / pay in Ohio", bullets, numbered lines. Pure; no Rasa.

Such a message names its subject once and then lists topics, so each topic becomes a question about the subject.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# What a note asks for, by topic; the first that fits counts.
_TOPICS: tuple[tuple[str, str], ...] = (
    ("tuition", r"tuition|(?:school|class|program|schooling) costs?|costs? of (?:school|classes|the program)|price"),
    ("benefits", r"benefits?|perks?|vacation|pto|paid time off|health insurance|retirement"),
    (
        "certification",
        r"certs?|certifi\w+|credentials?|licen[sc]\w+|(?:board |licensing )?exams?|cert\w* needed|boards",
    ),
    (
        "pay",
        r"pay|pays|salar(?:y|ies)|wages?|earnings|incomes?|money|\$+|compensation|paychecks?|(?:hourly|pay) rate"
        r"|(?:best|top|worst|highest|lowest)[ -](?:paid|paying)|going rate"
        r"|(?:hourly|annual(?:ly)?|yearly)(?=\s*(?:$|[,;.?!+&/]|(?:and|or|plus|for|in|of)\b))"
        r"|(?:what|how much) (?:\w+ ){1,3}?(?:makes?|earns?|pays?|gets? paid)",
    ),
    (
        "outlook",
        r"outlook|future|dying|dead[- ]end|growth|growing|demand|prospects?|openings?|vacanc(?:y|ies)|headcount|hiring"
        r"|jobs? (?:count|numbers?|market|security)|how many (?:jobs?|employed|are there|people)|number of jobs",
    ),
    ("experience", r"(?:work |prior |job )?experience|internships?|externships?"),
    (
        "duties",
        r"job descriptions?|duties|tasks?|responsibilit(?:y|ies)|day[ -]to[ -]day|typical day|daily \w+"
        r"|what (?:they|you|do (?:they|you)|it) (?:actually |really )?do(?:es)?(?: all day)?",
    ),
    (
        "work_setting",
        r"hours|schedules?|(?:night |day |weekend )?shifts?|nights?|weekends?|holidays|on[ -]call|remote(?:ly)?|wfh"
        r"|(?:work(?:ing)? )?(?:from|at) home|full[ -]?time|part[ -]?time|who (?:hires|employs)(?: (?:them|you))?"
        r"|where (?:(?:the |most )?jobs|most(?: of them)?|they|you|do (?:they|you)) (?:are|works?)"
        r"|who (?:they|you) work for"
        r"|employers?|work(?:ing)? (?:environment|setting|conditions)"
        r"|workplaces?|environment|patients?(?: contact)?|stress(?:ful)?",
    ),
    ("skills", r"(?:soft |computer |technical )?skills?|strengths|(?:personal )?qualities|personality"),
    (
        "advancement",
        r"advancement|advance|promotions?|career (?:path|ladder)|mov(?:e|ing) up|climb(?:ing)?|room to grow"
        r"|next steps?",
    ),
    (
        "education",
        r"education(?:al)?|school|schooling|degrees?|train(?:ing)?|college|class(?:es)?|courses?|coursework|study"
        r"|diplomas?|associates?(?:'s)?|bachelor'?s?|master'?s?|how long|length|years of \w+|time to finish",
    ),
    (
        "how_to_become",
        r"steps?|how to (?:become|be|get in|get into|get hired|start)\b.*|getting (?:in|started)|requirements?"
        r"|prereq(?:uisite)?s",
    ),
    (
        "related_careers",
        r"(?:similar|related) (?:jobs?|careers?)|(?:jobs|careers) (?:like|close to|similar to|related to)(?= \w)",
    ),
    (
        "definition",
        r"what (?:it|that) is|definition|(?:occupation(?:al)?|soc|job) codes?|meaning|job titles?|other names?",
    ),
)
_TOPIC = tuple((topic, re.compile(rf"(?<![\w$])(?:{words})(?![\w$])", re.I)) for topic, words in _TOPICS)
# Words that a note may have beside its topic and names without asking anything else.
_BESIDE = frozenset(
    """
    a about after again all also an and any are around as at average avg bottom by city cities current currently do
    does end expected for from get good highest how i in info information is it its job jobs just kind later level
    like long lowest many me median much n national nationally nationwide need needed needs now of ok on one or overall
    paid per pls please possible projected rate required requirement requirements some start starting state states
    stuff that the their them there these they things to too top type typical typically u usa us usual usually want
    what whats which with wise work worker workers would y year yearly years yr you your chances chance allowed offered
    """.split()
)
# Things that one may ask for in a note and that are no topic: a question of its own, whatever answers it.
_OTHER_THING = re.compile(
    r"(?:dress codes?|uniforms?|scrubs|drug tests?|drug testing|background checks?|age (?:limits?|requirements?)"
    r"|unions?|drop-?out rates?|pass(?:ing)? rates?|over ?time|bonus(?:es)?|raises|parking|visas?|relocation|tattoos?"
    r"|burn-?out|turnover"
    r"|automation|ai|layoffs?|deadlines?|gpa|commut\w+|travel|lifting|typing (?:speeds?|tests?)|sick (?:days|leave)"
    r"|maternity leave|student loans?|scholarships?|grants?|financial aid)",
    re.I,
)
_WORDS = re.compile(r"[a-z']+")
_BULLET = re.compile(r"^\s*(?:[-*•·–—>]+|\(?\d{1,2}\s?[.):]|\(?[a-h][.)])\s+", re.I)
_NUMBER = re.compile(r"(?:^|(?<=\s))\(?([1-9])\s?[.)]\s*(?=[A-Za-z$])")
# "pay / school", "pay/school" (not "$20/hr"), "pay; school", "pay? school?", "pay... school", "nurse - pay"
_STRONG = re.compile(
    r"\s*(?:[?!;|•\n]+|\.{2,}|…|(?<!\bst)(?<!\bmt)(?<!\bft)(?<!\bdr)(?<!\bvs)\.(?=\s|$)|:(?=\s|$)|\s/\s?|/\s"
    r"|(?<=\w{3})/(?=\w{3})|\s[-–—]{1,3}\s)\s*",
    re.I,
)
_WEAK = re.compile(r"\s*(?:,|\+|&|\b(?:and|plus)\b|(?<=\s)n(?=\s))\s*(?:(?:and|also|plus|&)\b\s*)*", re.I)
_THANKS = re.compile(r"\W*\b(?:thanks?(?: you)?|thx|ty|please|pls|plz|y/n|yes or no)\W*$", re.I)
_AGAINST = re.compile(r"\b(?:vs\.?|versus|differen\w+|compare\w*|than|between|or(?! (?:no|not|nah|nope)\b))\b", re.I)
_TOLD = re.compile(
    r"^(?:(?:oh|ok|okay|so|hm+|huh|wow|well|lol|haha|good|nice|great)\W+)*"
    r"(?:(?:just )?asking|i|i'm|im|i've|my|we|he|she|they|it|it's|its|this|that|that's|thats)\b",
    re.I,
)
# What was just said, judged: "crazy money", "not bad pay".
_JUDGES = re.compile(
    r"^(?:(?:wow|ok|damn|dang|oh|not|so|that's|thats|some|really|pretty)\W+)*(?:crazy|insane|good|great|nice|decent|bad|low|high"
    r"|terrible|awful|lousy|huge|solid|serious|big|real|poor|amazing|long|short|wild|easy|sweet|rough|tough)\s+\w+\W*$",
    re.I,
)
# Who somebody is, which is no note on school: "college freshman here".
_WHO_ONE_IS = re.compile(
    r"\b(?:freshman|freshmen|sophomore|junior|senior|student|grad|graduate|dropout|teacher|counselor|parent|mom|dad)s?\b"
    r"(?!\s+(?:program|loans?|aid|jobs?))|\bhere\W*$",
    re.I,
)
_SUBJECT_ONLY = re.compile(r"^(?:for|of|in|about|as|near|at)\b", re.I)
_COURTESY = re.compile(
    r"^(?:hi|hello|hey|ok|okay|so|please|pls|plz|thanks?(?: you)?|thx|ty|lol|etc|asap|y|yes|no|and|also|btw|um"
    r"|which ones?)$",
    re.I,
)
_TAG = re.compile(
    r"^(?:(?:or|and|so|but)\s)?(?:right|correct|true|really|seriously|huh|eh|yeah|yea|why|how|what|how come|any|both"
    r"|else|anything(?: else)?|not|no|if so|thoughts|ideas?|idk|help|anyone|question|quick question|possible|worth it"
    r"|what about|how about|ok|good|bad)\W*$",
    re.I,
)
# What stands before the first of several things: "I'm looking for info on"; its words ask for nothing themselves.
_LEAD_IN = re.compile(
    r"^(?:(?:please|can you|could you|pls|so|hi|hello)\W+)*"
    r"(?:(?:tell|give|show) me|info(?:rmation)?|(?:i(?:['’]?m| am|['’]d| would)?\s+)?(?:just\s+|also\s+)?"
    r"(?:needs?|looking (?:for|into)|(?:like|want|wanna|trying|hoping)(?=\s+(?:to\s+)?(?:know|find|learn|info))))\b"
    r"(?:\s+(?:to\s+)?(?:know|find out|learn|find))?(?:\s+(?:some|any|more))?(?:\s+(?:info(?:rmation)?|details|facts))?"
    r"(?:\s+(?:a few|a couple(?: of)?|two|three|several|some) (?:quick )?(?:things|questions|facts))?"
    r"(?:\s+(?:about|on|for|regarding))?(?:\s+the)?\s*",
    re.I,
)
NOTE, SUBJECT, JOINED = 7, 8, 2  # words: of a note, of a subject before notes, of a note that may be but half of one
THING = 4  # words between two strong marks that ask for something although they name no topic
BRIEF = 5  # words of "who hires them" at the head of notes


@dataclass(frozen=True)
class Note:
    """One thing that a list asks for. `topic`: the one its words name, if any; `start` and `end` are its place."""

    text: str
    topic: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Notes:
    """A message in note form: the words before the notes, which name the subject, and the notes."""

    about: str
    items: tuple[Note, ...]


@lru_cache(maxsize=512)  # the pieces of a message are looked at again and again
def topic_of(text: str) -> str | None:
    """The topic that a note names; None if it names none."""
    return next((topic for topic, words in _TOPIC if words.search(text)), None)


def is_bare(text: str, topic: str) -> bool:
    """Whether a note, its names taken out, says nothing but its topic: "school needed?", "pay (top)"."""
    rest = dict(_TOPIC)[topic].sub(" ", text)
    return set(_WORDS.findall(rest.lower().replace("’", "'"))) <= _BESIDE


def notes(text: str, asks: re.Pattern[str]) -> Notes | None:
    """The message as notes; None if it is not written as such. `asks` matches what begins like a question."""
    text = _THANKS.sub("", text)
    return _bullets(text) or _inline(text, asks)


def _note(text: str, start: int) -> Note:
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    return Note(text, topic_of(text), start + lead, start + lead + len(text))


def _bullets(text: str) -> Notes | None:
    """Lines that begin with a bullet or a number, or numbers 1, 2 … within a line."""
    about: list[str] = []
    items: list[Note] = []
    place = 0
    for line in text.split("\n"):
        mark = _BULLET.match(line)
        if mark and line[mark.end() :].strip():
            items.append(_note(line[mark.end() :], place + mark.end()))
        elif line.strip() and not items:
            about.append(line.strip())
        place += len(line) + 1
    if len(items) < 2:
        marks = list(_NUMBER.finditer(text))
        if len(marks) < 2 or [match.group(1) for match in marks] != [str(n) for n in range(1, len(marks) + 1)]:
            return None
        about = [text[: marks[0].start()]]
        ends = [*(match.start() for match in marks[1:]), len(text)]
        items = [_note(text[match.end() : end], match.end()) for match, end in zip(marks, ends)]
    return Notes(" ".join(about).strip(), tuple(item for item in items if item.text))


def _inline(text: str, asks: re.Pattern[str]) -> Notes | None:
    """ "nurse - pay, growth, school?": every stretch names a topic or asks; before the first stands the subject."""
    about: list[str] = []
    items: list[Note] = []
    telegraphic = False
    for start, end in _stretches(text, _STRONG, 0, len(text)):
        stretch = text[start:end]
        asking = bool(asks.match(stretch)) and not _LEAD_IN.match(stretch)
        pieces = _stretches(text, _WEAK, start, end)
        several = bool(about) and _all_brief(text, pieces)  # "LPN vs RN: pay difference, length of school, growth"
        against = bool(_AGAINST.search(stretch))
        if (against and asking) or ((against or asking) and not several):
            pieces = [(start, end)]
        for first, last in _whole(text, pieces):
            piece = text[first:last]
            words = len(piece.split())
            if _COURTESY.match(piece) or (items and _TAG.match(piece) and text[last:].lstrip().startswith("?")):
                continue
            lead = None if items else _LEAD_IN.match(piece)
            wanted = piece[lead.end() :] if lead else piece
            if asks.match(wanted) and (asking or items):
                items.append(Note(piece, topic_of(piece) if words <= NOTE else None, first, last))
            elif _is_note(wanted, first=not items) and (items or not _is_remark(text, last, wanted)):
                telegraphic = True
                items.append(Note(wanted, topic_of(wanted), last - len(wanted), last))
            elif about and words <= NOTE and (first, last) == (start, end) and _is_asked(text, first, last):
                telegraphic = True  # "baker - nights? customers?"
                items.append(Note(piece, _as_before(items[-1], piece) if items else None, first, last))
            elif (
                (words <= NOTE and _SUBJECT_ONLY.match(piece))
                if items
                else (len(wanted.split()) <= SUBJECT and not _TOLD.match(wanted))
            ):
                about.append(wanted if lead else piece)
            elif (items and _OTHER_THING.fullmatch(piece)) or (
                items and JOINED < words <= THING and (first, last) == (start, end) and not _TOLD.match(piece)
            ):
                items.append(Note(piece, _as_before(items[-1], piece), first, last))
            elif items and words <= JOINED:  # "pay in Dayton, OH"
                before = items[-1]
                items[-1] = Note(text[before.start : last], before.topic, before.start, last)
            else:
                return None
    return Notes(" ".join(about), tuple(items)) if len(items) >= 2 and telegraphic else None


def _is_remark(text: str, end: int, piece: str) -> bool:
    """Whether the first piece of a message judges the answer before it, and asks for nothing: "crazy money."."""
    return bool(_JUDGES.match(piece)) and text[end:].lstrip()[:1] in (".", "!")


def _is_note(piece: str, first: bool) -> bool:
    """Whether a piece of few words names a topic, and does not tell who somebody is."""
    tells = _TOLD.match(piece) or (first and _WHO_ONE_IS.search(piece))
    return len(piece.split()) <= NOTE and topic_of(piece) is not None and not tells


def _is_asked(text: str, start: int, end: int) -> bool:
    """Whether a stretch that names no topic is asked for all the same: a question mark of several follows it. No tag
    ("right?"), and nothing that is told or but says where."""
    piece = text[start:end]
    said = _TOLD.match(piece) or _TAG.match(piece) or _SUBJECT_ONLY.match(piece)
    return text.count("?") > 1 and text[end:].lstrip().startswith("?") and not said


def _as_before(before: Note, piece: str) -> str | None:
    """The topic of a note that names none but begins like the one before: "number of jobs today / number in 2034"."""
    same = before.text.split()[0].lower() == piece.split()[0].lower()
    return before.topic if same else None


def _all_brief(text: str, pieces: list[tuple[int, int]]) -> bool:
    """Whether a stretch that begins like a question is notes after all: "who hires them, growth, typical degree"."""
    brief = all(len(text[start:end].split()) <= BRIEF for start, end in pieces)
    return len(pieces) > 1 and brief and all(topic_of(text[start:end]) for start, end in pieces)


def _stretches(text: str, boundary: re.Pattern[str], start: int, end: int) -> list[tuple[int, int]]:
    """(start, end) of what stands between boundaries, without the blanks around it."""
    found, first = [], start
    for match in [*boundary.finditer(text, start, end), None]:
        last = match.start() if match else end
        piece = text[first:last]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            found.append((first + lead, first + lead + len(piece.strip())))
        first = match.end() if match else last
    return found


def _whole(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pieces, but those as one that name one thing between them: "education and training", "billing and coding"."""
    found: list[tuple[int, int]] = []
    for start, end in pieces:
        if found:
            before, piece = text[found[-1][0] : found[-1][1]], text[start:end]
            short = len(before.split()) <= JOINED and len(piece.split()) <= JOINED
            same = topic_of(before) == topic_of(piece) is not None
            if (short and same) or (
                topic_of(before) is None and len(found) == 1 and "," not in text[found[-1][1] : start]
            ):
                found[-1] = (found[-1][0], end)
                continue
        found.append((start, end))
    return found
