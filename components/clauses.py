"""Where the question of a sentence begins that tells a story first: "cook, 34, bad back, how long is nursing school".

Pure; no Rasa. A question begins with its words ("how long", "do I need", "tell me") after a comma, a joining word or,
where only a question has such words, after any; a sentence that begins as a question has no story before it.
"""

from __future__ import annotations

import re

from components.lists import is_bare, topic_of
from components.question_forms import wanted

_LEAD = (
    r"(?:(?:so|and|but|or|then|now|ok|okay|well|anyways?|also|plus|like|um|uh|just|idk|honestly|basically|maybe|please"
    r"|pls|hey|hi|hello|question|my question is)\b[\s,:]*)*"
)
_AUX = r"(?:do|does|did|is|are|can|could|will|would|should|must|may|might)"
_PRONOUN = r"(?:i|you|u|ya|we|they|it|he|she|that|this|those|these|there|any|anyone|anybody|most|someone|somebody)"
_PEOPLE = (  # whom a question may ask of without an article
    r"(?:employers?|people|hospitals?|clinics|schools?|medical|nurs(?:es?|ing)|cod(?:ers?|ing)|bill(?:ers?|ing)|health"
    r"|pharm\w*|rns?|lpns?|cnas?|mas?|techs?|technicians?|transcription\w*|records|the (?:job|jobs|pay|school|schools"
    r"|training|program|programs|work|exam|test|classes|field|degree|certificate|hours|nurses|coders|techs|mas)"
    r"|both|either|being|becoming|getting|having|going|all (?:of )?(?:them|those|the))"
)
_THING_NEEDED = (
    r"(?:an?|the|my) (?:\w+[ -]){1,4}?(?:needed|required|necessary|enough|worth|better|hard|paid|possible)\b"
)
_HOW = r"how(?:'?s)? (?!i\b|my\b|we\b|they\b|he\b|she\b|it\b|you\b)\w"
_WHAT = r"(?:what|wat)(?:'?s|s| is| are)? (?!i\b|i'|im\b|you\b|we\b|they\b|he\b|she\b|my\b|it'?s\b)\w"
_WHERE = rf"(?:where|when|why) (?:{_AUX}|else|to)\b"
_WHICH = (
    r"which (?:ones?\b|of\b|(?:is|has|pays?|makes|takes|needs|costs?|gets) (?:more|less|better|the|faster|easier"
    rf"|cheaper|quicker|a)\b|(?!(?:is|are|was|were|has|have|had|means?|meant|makes?|made|pays?|paid|i|he|she|we"
    rf"|they|you|my)\b)\w+ (?:\w+ )?(?:{_AUX}|have|\w+s)\b)"
)
_WHO = rf"who (?:hires|employs|gives|runs|issues|makes more|gets paid|{_AUX} (?:i|you|they))\b"
_REQUEST = (
    r"(?:can|could) (?:you|u) (?:tell|show|give|explain|list)\b|(?:tell|give|show|walk) me\b"
    r"|(?:explain|compare|describe)\b"
    r"|(?:i(?:'?m| am)? )?(?:just )?(?:wonder(?:ing)?|curious)\b|(?:i )?(?:just |also |really )?(?:want|wanna|need|like"
    r"|love|trying)(?: to)? (?:know|find out|figure out)\b|any (?:idea|tips|advice|chance)\b"
    r"|(?:i(?:'?m| am)? )?(?:looking for|need) (?:some |any )?info\w*\b"
    r"|(?:the )?diff(?:erence)? between\b"
)
# After a comma or a joining word.
_BEGINS = re.compile(
    rf"{_LEAD}(?:{_HOW}|(?:hows|howd) \w|{_WHAT}|{_WHERE}|{_WHICH}|{_WHO}|(?!did it\b){_AUX} (?:{_PRONOUN}|{_PEOPLE})\b"
    rf"|do (?:\w+ )?(?:\w+ )?\w+s (?!at\b|for\b|in\b|and\b|on\b|with\b|all\b)\w"
    rf"|(?:is|are) {_THING_NEEDED}|(?:am|have|did) i\b|{_REQUEST})",
    re.I,
)
# After any word but those that make it part of what is told ("I know how much").
_BEGINS_ANYWHERE = re.compile(
    r"(?:how (?:do|does|can|could|would|should|long|much|many|hard)|what (?:else|do|does|is|are|can|would|should"
    r"|kinds?|types?|sort)|what'?s|hows|where (?:do|can|would|should) (?:i|you|they|people)|which one|which of"
    r"|do (?:i|you|u) (?:need|have)|is (?:it|that|there) (?:an?\b|any\b|hard|worth|possible|growing)|are there"
    r"|(?:can|should|could) i)\b(?=\s+\w+\s+\w)",
    re.I,
)
_LEADS_IN = frozenset(  # words before which such a stretch is a part of what is told, or of a question begun before
    """
    a about all am and are ask asked asking at be been but by care curious depends did do does exactly explain for from
    hate her him idea in is just know knew know knows learn learned like love matter me mean means more nor not of on
    only or out people really said say says see seen show so sure tell telling than that the them this thought to
    understand us was were what where which who why with wonder wondering worry you
    """.split()
)
_COMMA = r"\s*(?:[,:;…]|\.{2,}|\s[-–—]+(?=\s))\s*"
_COMMAS = re.compile(_COMMA)
_JOINTS = re.compile(rf"{_COMMA}|\s+(?=(?:so|and|but|or)\s)", re.I)
_WORD = re.compile(r"[\w'’]+")

_SECOND = re.compile(rf"(?:and|or|also|plus)\b|{_AUX} {_PRONOUN}\b|{_AUX} the\b", re.I)  # one question after another

TELLS = 5  # the least words of a story; "medical biller at a clinic, what is the pay" has but a subject before it
LONG_TELLS = 6  # the same without a comma in it
_TELLING = re.compile(
    r"\b(?:i|i['’]?m|i['’]?ve|my|me|we|we['’]?re|our|he|she|wife|husband|hubby|mom|dad|cousin|sister|brother|friend"
    r"|partner|daughter|son|fianc[ée]e?|boyfriend|girlfriend|grandma|aunt|uncle|niece|nephew|roommate|neighbou?r|buddy"
    r"|counselor|boss|manager|supervisor|gf|bf|kids|pregnant|years?|yrs?|months|laid[- ]off|let go|fired|furloughed"
    r"|retired|quit|bored|burn(?:ed|t)|tired|sick of|fed up|stuck|cut|replaced|former|ex|formerly"
    r"|looking (?:at|into|for)|thinking|thought|considering|torn|single|disabled|laid|lost|saving|moving|leaving"
    r"|used to|been|always|never|everyone|everybody|here|got|did|worked|saw|heard|wants?|wanted|wanna|loves?|hates?"
    r"|who likes?)\b",
    re.I,
)
_CONDITION = re.compile(
    r"^\W*(?:and |so |but |ok |now )*(?:if|when|once|after|before|since|unless|without|with|per|under|in|for|at|on|as"
    r"|to|back|go(?:ing)? (?:back|from)|suppose|say|assuming)\b",
    re.I,
)
# "medical assistant, pharmacy tech or phlebotomist, which pays more": what the question is about
_THING = r"(?:[\w'’./-]+\s+){0,4}[\w'’./-]+"
_ALTERNATIVES = re.compile(
    rf"^\W*{_LEAD}{_THING}(?:\s*,\s*{_THING})*\s*,?\s*(?:\b(?:or|and|vs\.?|versus)\b|[&/])\s*{_THING}\s*[,:;?.–-]*\s*$",
    re.I,
)
_OF_THEM = re.compile(
    r"^(?:which|who|what(?:['’]?s| is) the diff|(?:compare|rank|how do(?:es)?) (?:them|they|those|these))", re.I
)
_ASKS_ALREADY = re.compile(
    rf"^\W*{_LEAD}(?:(?:do|does|is|are|can|could|will|would|should|must|may|might|isn't|aren't|were can|were do)\b"
    r"|(?:what|how|which|who|where|why)(?:'?s)?\b(?! (?:i|i'm|im|we|they|my|he|she)\b))|\?\s*$",
    re.I,
)
# What a question may have that says nothing of what it asks: "would that work", "could I still be one".
_EMPTY = frozenset(
    """
    i me my mine you u your we us they them he she it its that this these those there here one ones someone somebody
    anyone people person work working works field line position role a an the is are was were
    am be been being do does did done doing can could will would should must may might have has had get gets getting
    got go going into in as at for from of on to up with without by about or and but so then than if not no yes too old
    still even ever really actually right wrong true false possible real realistic good bad great fine ok okay hard easy
    tough crazy dumb stupid late low high fair worth enough fit match matches suit suits help helps count
    counts matter matters normal like likely way chance option options idea sense become becoming hire
    hires hired let accept want wants handle okay something anything thing things anyway though tho sounds sound
    seem seems lol please pls just any think well myself him his many much talking now soon today
    """.split()
)
_OPEN = re.compile(rf"^\W*{_LEAD}(?:wha?t|how|wher|wh?ich|who|why|wh?en|wut|where|(?:is|are) there)", re.I)
# whether something holds for the one who asks depends on what they told: "will they hire me", "would I be too old"; not
# what the job asks of everybody: "will I have to lift people", but "would I have to start over"
_OF_ALL = (
    r"(?!\w+ (?:i|we|you|he|she|they) (?:\w+ )?(?:have|need) to\b"
    r"(?!.*\b(?:again|over|still|whole|redo|retake|repeat|tell|start|go|do|be)\b))"
)
_ABOUT_ME = re.compile(
    rf"^\W*{_LEAD}{_OF_ALL}(?:can|could|will|would|should|may|might|must|am|is|are)\b.*\b(?:i|me|my|he|him|she|her|us|we)\b",
    re.I,
)
_STEPS = re.compile(
    r"\bhow (?:do|does|did|can|could|would|should) (?:i|you|u|we|people|they|someone|somebody|a person|he|she)"
    r"(?: like (?:me|us|him|her|them|that))?\s+(?:become|be|get|start|break)\b",
    re.I,
)
_STANDS_FOR = re.compile(
    r"(?:(?<=become )|(?<=be )|(?<=being )|(?<=as ))one\b|\b(?:it|they|them|those|this|he|she)\b(?: people)?"
    r"|\bthat(?=\W*$|\s+(?:field|jobs?|work|career|line|takes?|requires?|needs?|pays?)\b)",
    re.I,
)
# "how do people find one": not the job, but what the story named beside it
_ANOTHER = re.compile(r"(?<!become )(?<!be )(?<!being )(?<!as )(?<!which )(?<!that )(?<!this )\bone\b(?! of)", re.I)
_IS_THAT = re.compile(
    rf"^\W*{_LEAD}(?:is|was|are|were|would|will) (?:that|this|those|these)\b(?! (?:field|job|work|line|career))", re.I
)
# what somebody should know of a job depends on what was told of them: "what should she know about nursing"
_TO_KNOW = re.compile(
    r"\b(?:what|anything)(?: else)? (?:(?:should|would|must|do) (?:i|we|she|he|they)"
    r"|(?:i|we|she|he|they) (?:should|must|need to|ought to)) (?:\w+ )?(?:know|consider|think|be aware|watch)\b",
    re.I,
)
# an "it" that stands for nothing told: "is it true that coders work at home"
_EMPTY_IT = re.compile(
    r"\bis it (?:really )?(?:true|possible|common|usual|normal|likely)(?= (?:that|for|to|\w+ \w+))", re.I
)
_POINTS = re.compile(
    r"\b(?:it|that|this|those|these|them|he|she|him|her)\b"
    r"(?=\W*$|\s+(?:for|at|in|then|too|or|any\w*|even|still|really|right|true|correct|wrong)\b)"
    r"|^\W*(?:\w+\s)?(?:does|would|is|will|did|was|could) (?:that|this)\b",
    re.I,
)


def tells(text: str) -> bool:
    """Whether what stands before a question tells a story, and is neither what it is about nor its condition."""
    words = len(_WORD.findall(text))
    clauses = "," in text.strip(" ,") and (_TELLING.search(text) or not _notes(text))
    told = (words >= TELLS and clauses) or (words >= LONG_TELLS and _TELLING.search(text))
    if ":" in text:
        return False  # "federal jobs, VA and so on: what do they pay"
    return bool(told) and not _CONDITION.match(text) and not _ASKS_ALREADY.search(text.strip(" ,;:-–—"))


def filled(question: str, name: str) -> str:
    """A question with the name that its "it" or "they" stands for: "how would I become one" -> "… become MA"; before it
    if there is no such word, or it stands for something else."""
    found = [*_STANDS_FOR.finditer(question)]
    if not found:
        return f"{name} {question}"
    last = found[-1]
    person = last.group().lower() in ("he", "she", "one") and not name.endswith("s")
    return f"{question[: last.start()]}{'a ' if person else ''}{name}{question[last.end() :]}"


def _notes(text: str) -> bool:
    """Whether one of the things between commas is but a topic: "hours, pay, schooling of a coder"."""
    return any((topic := topic_of(piece)) and is_bare(piece, topic) for piece in _COMMAS.split(text))


def asks_for_steps(question: str) -> bool:
    """Whether a question is how to get into a job, whoever asks: "how do I start"."""
    return bool(_STEPS.search(question))


def asks_what_to_know(question: str) -> bool:
    """Whether a question is what somebody should know of a job, which depends on who they are."""
    return bool(_TO_KNOW.search(question))


def asks_for_steps_into_it(question: str) -> bool:
    """Whether a question is how to get into what the story named: "how would I become one"."""
    return asks_for_steps(question) and bool(re.search(r"\b(?:one|it|that|this|them)\W*$", question, re.I))


def leans(question: str, unnamed: str | None = None, names: bool = False) -> bool:
    """Whether a question cannot be understood without the story before it: "is that low", "would they take me".

    `unnamed`: the question without the names in it; `names`: whether it has some, so that its "it" is something else in
    the story.
    """
    if _STEPS.search(question):
        return False
    if asks_what_to_know(question):
        return True
    if not begins(question) and not _starts(question) and not _OPEN.match(question):
        return True  # "fast track into nursing?"
    rest = _telling(re.sub(r"\bmakes? sense\b", "", question if unnamed is None else unnamed))
    if (names and points(question)) or _ANOTHER.search(question) or _IS_THAT.match(question):
        return True
    if _OPEN.match(question):
        asking = not re.match(rf"^\W*{_LEAD}(?:is|are) there", question, re.I)
        return len(rest) < 1 + asking and not names  # "how would that go" has but the word that asks
    return not rest or bool(_ABOUT_ME.search(question))


def _telling(text: str) -> list[str]:
    """The words of a text that say what it asks."""
    return [word for word in _WORD.findall(text.lower().replace("’", "'")) if word.replace("'", "") not in _EMPTY]


def opens_alone(question: str) -> bool:
    """Whether a question that names nothing can be understood by itself: "do you need a degree", "how do I get in"."""
    return bool(_STEPS.search(question)) or not re.search(
        r"\b(?:it|its|that|this|they|them|those|these|there|one)\b", question, re.I
    )


def depends(question: str, unnamed: str) -> bool:
    """Whether the answer to a yes-or-no question depends on what was told before it: "is that enough", "would they take
    me". `unnamed`: the question without the names in it."""
    return not _telling(unnamed) or bool(_IS_THAT.match(question) or _ABOUT_ME.search(question))


def is_open(question: str) -> bool:
    """Whether a question asks what, how or where, and not whether."""
    return bool(_OPEN.match(question))


def asks_of_another(question: str) -> bool:
    """Whether a question is about "one" of what the words before it name beside the job: "how do people find one"."""
    return bool(_ANOTHER.search(question))


def asks_of_them(question: str) -> bool:
    """Whether an open question is about what "they" do: a name in the story tells who they are."""
    return bool(_OPEN.match(question) and re.search(r"\b(?:they|he|she)\b", question, re.I))


def points(question: str) -> bool:
    """Whether a question has an "it" or a "that" which the words before it may explain."""
    return bool(_POINTS.search(_EMPTY_IT.sub("is", question)))


def judges(question: str) -> bool:
    """Whether a question is whether what was said before it is so, or is enough: "is he right", "would that do"."""
    return points(question) and not _OPEN.match(question)


def begins(text: str) -> bool:
    """Whether a text begins as a question or a request does."""
    return bool(_BEGINS.match(text.lstrip(" \t\"'(").replace("’", "'")))


def asks_late(text: str) -> bool:
    """Whether a question begins after the first words of a text: "for the CCS how much experience do I need"."""
    return bool(_starts(text))


def question_start(sentence: str) -> int:
    """Where the question of a sentence begins after its story; 0 if there is no story before it, or no question."""
    starts = _starts(sentence)
    for before, start in zip([0, *starts], starts):
        if before and _SECOND.match(sentence, start):  # "im 17, what should i take now, and what kind of school after"
            return 0
        if wanted(sentence[:start]):  # "my aunt asked me what they do and how they get there"
            return 0
        if tells(sentence[:start]) and not offers(sentence, start):
            return start
    return 0


def offers(sentence: str, start: int) -> bool:
    """Whether what stands before a question is but what it chooses among."""
    before = sentence[:start]
    return bool(_OF_THEM.match(sentence[start:]) and _ALTERNATIVES.match(before) and not _TELLING.search(before))


def _starts(sentence: str) -> list[int]:
    """Where in a sentence a question may begin that does not begin as one."""
    plain = sentence.replace("’", "'")
    if begins(plain):
        return []
    starts = [match.end() for match in _JOINTS.finditer(plain) if _BEGINS.match(plain, match.end())]
    for match in _BEGINS_ANYWHERE.finditer(plain):
        before = _WORD.findall(plain[: match.start()].lower())
        if before and before[-1] not in _LEADS_IN and plain[match.start() - 1].isspace():
            starts.append(match.start())
    return sorted(starts)


def clause_before(sentence: str, start: int) -> int:
    """Where the clause before the one that begins at `start` begins."""
    joints = [match.end() for match in _COMMAS.finditer(sentence) if match.end() < start]
    return joints[-1] if joints else 0
