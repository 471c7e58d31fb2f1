"""What is asked of one school that sources speak of: its programs, their length, classes, online study, help with jobs.

Only what is said of that school answers; what is said of schools in general stands beside it at most. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.asking import Desk
from actions.connectives import CONNECTIVES, LINK
from actions.context import Context, words
from actions.draft import Draft, Line, NoSource, line, unique
from actions.texts import judged
from actions.turn import OF_SCHOOL, Mention, Turn
from knowledge.resolve import Finding

_BESIDE = "beside-school:"  # the other of two schools
_TOPICS = ("programs", "education", "tuition")
_OFFERED, _LENGTH, _COURSE, _MODE = "programs.offered", "education.length", "education.course", "education.mode"
_PRICES = "tuition.information"  # where a school states them
_ONLINE_TEXT = re.compile(r"\bonline\b", re.I)
_TRANSFER_TEXT = re.compile(r"\btransfer\w*\b", re.I)
_POINTS_AT_IT = re.compile(
    r"\b(?:it|its|that|this|they|their|theirs|there|those|them|one"
    r"|the (?:school|program|degree|certificate|associate|bachelor|classes|courses))\b",
    re.I,
)
# what a school makes another question of: "how long is a session", "do they want me online at certain hours"
_NO_LENGTH = re.compile(
    r"\b(?:sessions?|terms?|semesters?|quarters?|class|classes|courses?|exams?|tests?|after|before|wait|open|founded|been"
    r"|ago|pay|loan|jobs?|training|hired?|work|week|day)\b",
    re.I,
)


@dataclass(frozen=True)
class _Aspect:
    """`asked`: how it is asked; `but`: words that make it another question; `what`: what is missing where no source
    says it; `yes`: a question that it answers with yes."""

    id: str
    intent: str
    asked: re.Pattern[str]
    what: str
    but: re.Pattern[str] | None = None
    yes: re.Pattern[str] | None = None


_ASPECTS = (
    _Aspect(
        "length",
        "ask_education",
        re.compile(
            r"\bhow (?:long|many (?:years|months|weeks))\b|\bhow (?:soon|fast|quick\w*) .*\b(?:finish|done|graduate)\b",
            re.I,
        ),
        "how long that program takes at that school",
        but=_NO_LENGTH,
    ),
    _Aspect(
        "online",
        "ask_programs",
        re.compile(r"\b(?:online|on[- ]line|remotely|from home|at home)\b", re.I),
        "online study at that school",
        but=re.compile(
            r"\b(?:jobs?|work|hired?|camera|platform|live|zoom|times?|hours|fees?|cost|price|exam|test)\b", re.I
        ),
        yes=re.compile(r"^(?!.*\b(?:all|only|every\w*|fully|entire\w*|100|campus|person|or)\b)", re.I),
    ),
    _Aspect(
        "classes",
        "ask_education",
        re.compile(
            r"\b(?:what|which)(?:['’]?s| are| is| kinds? of| sorts? of)*(?: the| their| its)? "
            r"(?:classes|courses|subjects|coursework|curriculum)\b"
            r"|\bwhat (?:do|does|would|will|can) [\w ]{1,24} (?:learn|study|teach|cover)\b",
            re.I,
        ),
        "the classes at that school",
        but=re.compile(r"\b(?:transfer\w*|count|credits?|cost|price|online|easiest|hardest|fail|times?)\b", re.I),
    ),
    _Aspect(
        "career-services",
        "ask_programs",
        re.compile(
            r"\b(?:help|helps|assist|assists|support)\b.*\b(?:find|finding|get|getting|land|landing|with|look\w*)\b.*"
            r"\b(?:jobs?|work|hired|careers?|employment|internships?|externships?)\b"
            r"|\bjob placement\b|\bcareer services?\b|\bplace (?:students|grad\w*|you|me|people)\b",
            re.I,
        ),
        "help from that school in finding a job",
        but=re.compile(r"\b(?:guarantee\w*|promise\w*|rates?|percent|how many|will it|would it)\b", re.I),
        yes=re.compile(""),
    ),
    _Aspect(
        "transfer",
        "ask_programs",
        re.compile(r"\btransfer\w*\b.*\bcredits?\b|\bcredits?\b.*\btransfer\w*\b|\btake transfers?\b", re.I),
        "transferring credits to that school",
    ),
    _Aspect(
        "good",
        "ask_programs",
        re.compile(
            r"\b(?:is|are|was) (?:the |that )?\w+(?: university| \w+ly| really| even| actually)? (?:an? |any )?"
            r"(?:good|great|legit\w*|scam|decent|reputable|respected|real|bad)"
            r"(?: (?:school|college|university|place|one|program))?\W*$"
            r"|\bwhat do (?:people|students|others|they) (?:say|think) (?:about|of)\b|\breputation\b|\breviews?\b",
            re.I,
        ),
        "how good that school is",
    ),
    _Aspect(
        "offered",
        "ask_programs",
        re.compile(
            r"\b(?:what|which) (?:(?:kinds?|types?|sorts?) of )?(?:other )?"
            r"(?:degrees?|programs?|majors?|options|certificates?)\b.*\b(?:have|has|offers?|there|got|are they)\b"
            r"|\bwhat (?:do|does) [\w ]{1,20} (?:offer|have)\W*$",
            re.I,
        ),
        "the programs of that school",
        but=re.compile(r"\b(?:online|cost|aid|fees?|prices?|exams?)\b", re.I),
    ),
    _Aspect(
        "price",
        "ask_tuition",
        re.compile(
            r"\bhow much (?:is|are|does|do|would|will)\b|\bwhat (?:do|does|would|will) [\w ]{1,30} (?:cost|charge)\b"
            r"|\b(?:tuition|prices?|costs?)\W*$|\b(?:expensive|cheap|pricey)\W*$",
            re.I,
        ),
        "the prices of that school",
        but=re.compile(
            r"\b(?:where|states?|find|page|website|site|look|see|aid|scholarships?|exams?|tests?|certifications?|loans?|pays?|paid|waived?|cover|earn|make|jobs?|help"
            r"|grad\w*|time|math|experience)\b",
            re.I,
        ),
    ),
)
_OF_SCHOOLS_ALONE = ("transfer", "career-services")  # asked of nothing else, though no word points at the school
_ABOUT = re.compile(
    rf"{LINK}(?:(?:can|could|would) you )?(?:please )?(?:tell me|info|information|what do you know|talk)"
    r"(?: more| some\w*)?(?: (?:about|on))?\b|^\W*what(?:['’]?s| is)\W",
    re.I,
)
_TWO = re.compile(r"\b(?:or|vs\.?|versus|and|than|compare[ds]?|between)\b", re.I)
_WEIGHS = re.compile(r"\b(?:better|best|easier|should|worth|good|recommend)\b", re.I)
_THAT = re.compile(r"\b(?:that|it|this|them)\b", re.I)
_OF_PRICE = re.compile(r"\b(?:cheap\w*|expensive|costs?|price\w*|tuition|afford\w*)\b", re.I)
_OF_TIME = re.compile(r"\b(?:faster|quicker|shorter|longer|how long)\b", re.I)
_SAID_OF_TWO = frozenset(
    "which one is better school schools college good should i choose pick go to best between".split()
)
BARE = 3  # words up to which a message points at the school talked of without a word for it: "how long?"
SPARE = 3  # words of its own that a question which of two schools is better may have


def of_a_school(context: Context, turn: Turn) -> Turn | None:
    """A plain question on the school that is named or talked of; None if it is none, or asks something else of it."""
    named = turn.values("school")
    if turn.kinds - {"school", "level", "occupation", "credential"} or len(turn.values("occupation")) > 1:
        return None
    if pair := _two(context, turn, named):
        return pair
    held = context.school if context.topic in _TOPICS and turn.kinds <= {"level"} else None
    school = named[0] if len(named) == 1 else held
    aspect = next((one for one in _ASPECTS if _asks(one, turn.text)), None)
    alone = aspect and (aspect.id in _OF_SCHOOLS_ALONE or len(turn.text.split()) <= BARE)
    if school is None or "credential" in turn.kinds or not (named or alone or _POINTS_AT_IT.search(turn.text)):
        return None
    id, intent = (aspect.id, aspect.intent) if aspect else ("", "")
    if aspect is None and _nothing_more(context, turn):
        id, intent = "offered", "ask_programs"
    if not id:
        return None
    mentions = tuple(m for m in turn.mentions if m.kind != "cue")
    of_it = () if named else (Mention("school", school, implied=True),)
    return replace(turn, mentions=mentions).settled_as(intent, *of_it, Mention("cue", f"{OF_SCHOOL}{id}"))


def _asks(aspect: _Aspect, text: str) -> bool:
    return bool(aspect.asked.search(text)) and not (aspect.but and aspect.but.search(text))


def _nothing_more(context: Context, turn: Turn) -> bool:
    """Whether a message says no more than the name of a school: "tell me about herzing", "what about devry"."""
    if turn.kinds != {"school"}:
        return False
    bare = set(words(_ABOUT.sub(" ", turn.rest))) <= CONNECTIVES
    told = bool(_ABOUT.match(turn.text)) or context.topic is None
    elsewhere = context.school is None or f"{OF_SCHOOL}offered" in context.cues
    return bare and (told or (context.topic == "programs" and elsewhere))


def _two(context: Context, turn: Turn, named: Sequence[str]) -> Turn | None:
    """ "Herzing or DeVry", "which is better, that or herzing": both schools."""
    held = context.school if context.topic in _TOPICS else None
    beside = held and len(named) == 1 and held != named[0] and _THAT.search(turn.text)
    ids = tuple(named) if len(named) == 2 else (held, named[0]) if beside else ()
    if not ids or not _TWO.search(turn.text):
        return None
    left = set(words(turn.rest)) - CONNECTIVES - _SAID_OF_TWO
    aspect = next(
        (id for id, asked in (("price", _OF_PRICE), ("length", _OF_TIME)) if asked.search(turn.text)),
        "better" if _WEIGHS.search(turn.text) else "offered",
    )
    if aspect == "better" and len(left) > SPARE:
        return None
    mentions = tuple(m for m in turn.mentions if m.kind not in ("cue", "school"))
    return replace(turn, mentions=mentions).settled_as(
        "ask_programs",
        Mention("school", ids[0] or "", implied=not named),
        Mention("cue", f"{OF_SCHOOL}{aspect}"),
        Mention("cue", f"{_BESIDE}{ids[1]}"),
    )


def compose(desk: Desk) -> Draft | NoSource | None:
    """The answer to what is asked of a school; None if nothing of the kind is, or no source speaks of it beside the
    occupation."""
    context = desk.context
    cue = next((cue for cue in context.cues if cue.startswith(OF_SCHOOL)), None)
    if cue is None or context.school is None:
        return None
    other = next((cue.removeprefix(_BESIDE) for cue in context.cues if cue.startswith(_BESIDE)), None)
    found = _of(desk, context.school)
    if not found:
        return None
    id = cue.removeprefix(OF_SCHOOL)
    if other is not None:
        return _of_both(desk, id, (found, _of(desk, other)))
    offered = [line(f) for f in _at_level(found, context.level) if f.lead.indicator == _OFFERED]
    asked = [f for f in _at_level(found, context.level) if _says(id, f)]
    aspect = next(one for one in _ASPECTS if one.id == id)
    if not asked:
        if id == "length":
            general = _at_level(desk.ask((_LENGTH,), topic="education").findings, context.level)
            near = [line(f) for f in general if not f.lead.scope.qualifier("school")][:1]
        else:
            near = [line(f) for f in found if f.lead.indicator == _PRICES][:1] if id == "price" else offered[:2]
        return desk.nothing(aspect.what, near, detail=f"{context.school}-{id}")
    headline = line(asked[0])
    says_yes = context.yes_no and aspect.yes is not None and aspect.yes.search(context.question or "")
    lead = judged("Yes", headline) if says_yes else headline
    rest = [line(f) for f in asked[1:]]
    beside = [line(f) for f in found if f not in asked] if id == "offered" else []
    points = [one for one in unique([*rest, *beside]) if one.text != headline.text]
    return desk.draft(lead, points, verdict="Yes" if says_yes else None)


def _of_both(desk: Desk, id: str, both: tuple[list[Finding], list[Finding]]) -> Draft | NoSource | None:
    if not all(both):
        return None
    wanted = "length" if id == "length" else "offered"
    lines = [[line(f) for f in found if _says(wanted, f)] for found in both]
    if id in ("price", "better") or not all(lines):
        what = {"price": "the prices of those schools", "length": "how long the programs of both schools take"}.get(
            id, "which of those schools is better"
        )
        near = [of_one[0] for of_one in lines if of_one]
        return desk.nothing(what, near, detail=f"schools-{id}")
    first, second = lines
    points: list[Line] = [second[0]]
    for i in range(1, max(len(first), len(second))):
        points += [of_one[i] for of_one in lines if len(of_one) > i]
    return desk.draft(first[0], unique(points))


def _of(desk: Desk, school: str) -> list[Finding]:
    """What sources say of a school, its programs first."""
    of_schools = [name for name in desk.catalog.indicators if name.split(".")[0] in _TOPICS]
    found = desk.ask(of_schools, topic="programs")
    if found.fallbacks:
        return []
    own = [
        f
        for f in found.findings
        if f.lead.scope.qualifier("school") == school and f.lead.text and f.lead.id not in desk.catalog.corrections
    ]
    return sorted(own, key=lambda f: f.lead.indicator != _OFFERED)


def _says(id: str, finding: Finding) -> bool:
    lead = finding.lead
    if id == "length":
        return lead.indicator == _LENGTH
    if id == "online":
        return lead.indicator == _MODE or bool(_ONLINE_TEXT.search(lead.text or ""))
    if id == "classes":
        return lead.indicator == _COURSE
    if id == "career-services":
        return lead.item == id
    if id == "transfer":
        return bool(_TRANSFER_TEXT.search(lead.text or ""))
    return id == "offered" and lead.indicator == _OFFERED  # of prices none is known in dollars


def _at_level(findings: Sequence[Finding], level: str | None) -> list[Finding]:
    """Findings of a level, where one is named: those that name it."""
    if level is None:
        return list(findings)
    return [f for f in findings if f.lead.scope.qualifier("level") == level]
