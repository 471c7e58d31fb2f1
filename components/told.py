"""Which names of a message that tells a story belong to the question in it, and which the story only tells of. Pure.

"Cook, 34, wife is an MA, what do they make in Reno": asked of medical assistants in Reno, told by a cook.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from components.clauses import (
    TELLS,
    asks_for_steps,
    asks_for_steps_into_it,
    asks_of_another,
    asks_of_them,
    asks_what_to_know,
    depends,
    is_open,
    leans,
)
from components.joints import Part
from components.parts import LEAST, LONG
from components.question_forms import BEGINS, asks_inside
from components.reading import Mention, Reading
from components.remarks import names_work, only_reacts

SUBJECTS = ("occupation", "credential", "school")  # kinds of name that tell what a question is about
# kinds of which those beside the question are a story, if it names one itself
NAMED = ("occupation", "credential", "place", "school", "employer_type")
_SETS = (
    r"than|more(?! (?:experience|school|schooling|training|education|years|time|classes|practice)\b)|less|better|worse"
    r"|higher|lower|faster|compared?|versus|vs|differen\w+|raise|cut|same|either|both|each"
)  # A question that sets what it names against something: the story may say against what.
_WEIGHS = re.compile(
    rf"\b(?:{_SETS}|also|too|instead|switch\w*|chang(?:e|ing)|mov(?:e|ing)|go(?:ing)? (?:from|back))\b", re.I
)
# The same in words that leave no other sense: "where can I move up to" sets nothing against anything.
_AGAINST = re.compile(rf"\b(?:{_SETS})\b", re.I)
_THERE = re.compile(r"\bthere\b", re.I)
# "in all states? we may move to Ohio": the question says itself where
_EVERYWHERE = re.compile(
    r"\b(?:all|every|each|any|most|which|what|how many|some|other|different)(?: of)?(?: the)?(?: \w+)?"
    r" (?:states?|cit(?:y|ies)|places)\b|\beverywhere\b|\bnationwide\b|\bnationally\b",
    re.I,
)
# "is that enough", "with my degree": what somebody brings along is asked about
_BROUGHT = re.compile(r"\b(?:that|this|it|my|mine|have|got|already|enough|counts?|with)\b", re.I)
# a job that somebody has: "I'm a nurse", "cashier at a drugstore, …", "my wife is a nurse"
_OWN = (
    r"^\W*(?:[\w'’/-]+\s+){0,2}$"
    # "what I make now driving a bus", "I get 15 as a cashier"
    r"|\b(?:what|than|and|but|like|^) ?(?:i|we) (?:make|earn|get|made|earned|got|clear|do)(?: (?!to\b)[\w$.,]+){0,5}?"
    r"(?: as(?: an?)?| being an?| doing)?\s+$"
    r"|\b(?:i['’]?m|i am|i was|been|i work(?:ed)? as|used to be|former|ex)[\s-]+(?:an?\s+|the\s+)?"
    r"(?:(?!not\b|think|look|try|going\b|interest|consider|into\b|at\b|of\b|about\b|to\b)[\w-]+\s+){0,2}$"
)
_MINE = re.compile(_OWN, re.I)
_HAD = re.compile(
    rf"{_OWN}|\b(?:wife|husband|mom|dad|sister|brother|son|daughter)(?:['’]s| is| was| works as)"
    r"[\s-]+(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}$",
    re.I,
)
_OF_ONE = re.compile(r"\b(?:i|me|my|we|us|he|him|his|she|her)\b", re.I)  # what suits whom depends on what was told
# "do certificates come like that", "in places like mine", "how would that go"
_LIKE_THAT = re.compile(
    r"\blike (?:that|this|me|us|him|her)\b|\bmine\b"
    r"|^\W*(?:\w+\s){0,2}(?:does|would|is|will|did|was|could) (?:that|this)\b",
    re.I,
)
# "do I need it", "do hospitals care about those", "how long are they": what the remark told of, not the job talked of
_OF_WHAT_WAS_TOLD = re.compile(
    r"(?<!is )(?<!are )(?<!does )(?<!about )\b(?:it|them)\b"
    r"(?=\W*$|\s+(?:for|at|in|a lot|much|often|or|too|even|still|anyway)\b)"
    r"|\babout (?:it|them|those|these)\W*$|\bhow (?:long|big|hard|old) (?:are|is) (?:they|those|these|it)\W*$",
    re.I,
)
_FIGURE = re.compile(r"\b(?:that|this|those|these) (?:numbers?|figures?|data|averages?|medians?|stats?)\b", re.I)
_FOR_ME = re.compile(r"^\W*(?:\w+\s+){0,2}do(?:es)?\b.*\b(?:i|me|my)\b", re.I)  # "do I need a car"
_AND_MORE = re.compile(r"\b(?:but|and|with|because|cuz|since|though)\b", re.I)  # "… be a nurse but have a record"
# somebody does not want what is named: "I hate nursing", "not in a hospital"; and "nursing isn't for me"
_REFUSED = re.compile(
    r"(?:\b(?:not(?! (?:decide|choose|pick|know|tell|figure|see|understand)\b)|no|never|hate[sd]?|quit|anything but"
    r"|instead of|sick of|tired of|done with|rejected from)"
    r"|\b(?:do|does|did|wo|would)n['’]?t (?:like|love|enjoy|wanna|want(?! to (?:leave|quit|give up))))\b"
    r"(?! (?:sure|only|just|bad)\b)[^.,;!?]*$",
    re.I,
)
_NOT_FOR_ME = re.compile(r"^\s*(?:(?:is|are)\s?n['’]?t|is not|are not|aint|ain['’]?t) (?:for|my)\b", re.I)
_TELLS = re.compile(r"\b(?:i|i['’]?m|i['’]?ve)\b", re.I)
_THAT = re.compile(
    r"\b(?:that|this)\b(?=\W*$|\s+(?:for|at|in|then|too|or|any\w*|even|still|really|right|more|less)\b)", re.I
)
_TURNS = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|alright|fine|so|no|nah|sorry|and|then|well|hm+|actually|maybe|the|an?)\b\W*)+$", re.I
)
_TURNED = re.compile(r"^\s*(?:then|it is|for now|instead|wins|sounds|i guess|i think)\b", re.I)
_SHARED = frozenset(("medical", "health", "technician", "tech", "techs", "assistant"))  # words of several occupations
_JOINED = re.compile(r"\s*(?:,|/|&|(?:,\s*)?\b(?:and|or|vs\.?|versus)\b)\s*(?:an?\s+|the\s+)*", re.I)
_PAID = re.compile(r"\b(?:pa(?:ys?|id)|earn\w*|makes?|offer\w*|salar\w+|wages?|money|expect|get)\b", re.I)
_THEN = re.compile(r"\b(?:was|were|did|had|then|that year|back then|since)\b", re.I)  # asks of a year told before it
# a question that comes back to the country of its story: "would that count", "with my diploma", "do they take it"
_FROM_THERE = re.compile(
    r"\b(?:there|back home|abroad|overseas|foreign|transfer\w*|accept\w*|recogni\w+|evaluat\w+|equivalent|valid|counts?"
    r"|from (?:another|other|outside)|th(?:is|at) one)\b"
    r"|\b(?:that|this|it|those|them|mine|hers|his)\b"
    r"(?=\W*$|\s+(?:here|in|for|be|is|still|now|over|any\w*|help\w*|work\w*|enough)\b)"
    r"|\b(?:is|are|would|will|does|do|can|could) (?:that|this|it|those|mine|hers)\b"
    r"|\b(?:my|his|her|their|our|that|this) (?:[\w-]+ ){0,2}(?:degrees?|diplomas?|licen[sc]es?|school\w*|educat\w+"
    r"|training|experience|years|credits?|certificat\w+|papers|studies|transcripts?|classes|courses)\b",
    re.I,
)
# where somebody is, or will be, and not where they came from: "I live in London", "we're moving to Canada"
_STAYS = re.compile(
    r"\b(?:liv(?:e|es|ing)|based|mov(?:e|es|ing)(?: back)?|going(?: back)?|stay(?:s|ing)?|am|is|are|im|it['’]?s)"
    r"(?: \w+){0,2} (?:in|to) (?:the )?$|['’](?:m|re|s) (?:\w+ ){0,2}(?:in|to) (?:the )?$",
    re.I,
)
_HERE = re.compile(r"\b(?:here|in the (?:us|u\.s\.|usa|states)|in america)\b", re.I)
# What belongs to the question itself, so that in a long message it counts where the question is.
OF_THE_QUESTION = frozenset(("cue", "employer_type", "statistic", "pay_period", "period"))


def named_in(reading: Reading, question: Part, leaning: bool = False) -> Reading:
    """A message's reading without the names of the story around its question, where that names one of their kind
    itself: "we're leaving Boise for Tulsa. what do nurses make in tulsa"; and without what belongs to the question
    alone, where the story is long. Itself if there are none, or the question may set them against each other.

    `leaning`: whether the question cannot be understood without the story (clauses.py).
    """
    inside = _inside(reading, question)
    weighs, kinds = bool(_WEIGHS.search(question.text)), {m.kind for m in inside}
    told: list[Mention] = []
    for kind in NAMED:
        own = [m for m in inside if m.kind == kind]
        clear = bool(own) and not any(m.candidates for m in own) and (len(own) > 1 or not weighs)
        told += [m for m in reading.mentions if m.kind == kind and m not in own] if clear else []
    if beside(reading, question) and (not leaning or len(reading.text.split()) >= LONG):
        around = [m for m in reading.mentions if m not in inside]
        there = bool(_THERE.search(question.text)) and not any(m.kind == "place" for m in around)
        kept = {"employer_type"} if there or _two_employers(reading, weighs) else set()
        kept |= {"period"} if _THEN.search(question.text) else set()
        paid = bool(_PAID.search(question.text))
        told += [m for m in around if m.kind in OF_THE_QUESTION - kept and not (paid and _is_new(m))]
        told += [m for m in around if m.kind == "level" and ("level" in kinds or not _BROUGHT.search(question.text))]
        told += [m for m in around if m.kind == "foreign" and any(one.kind == "place" for one in reading.mentions)]
        if "credential" in kinds and "occupation" not in kinds:
            told += [m for m in around if m.kind == "occupation" and _HAD.search(reading.text[: m.start])]
        elif not kinds & {*SUBJECTS} and not leaning:
            meant = meant_by(reading, question)
            told += [m for m in around if m.kind == "occupation" and m not in meant] if not weighs or meant[1:] else []
    return replace(reading, mentions=tuple(m for m in reading.mentions if m not in told)) if told else reading


def _is_new(named: Mention) -> bool:
    """Whether somebody says that they are new ("no experience"), which counts where pay is asked; not "they'd start
    me at 19"."""
    return named.kind == "cue" and named.value == "starting" and not re.search(r"\bstart", named.text, re.I)


def _two_employers(reading: Reading, weighs: bool) -> bool:
    """Whether a question weighs the two employers of its message: "one lead is an insurer, one a clinic. Which pays
    more?"."""
    return weighs and len({m.value for m in reading.mentions if m.kind == "employer_type"}) == 2


def _inside(reading: Reading, question: Part) -> list[Mention]:
    return [m for m in reading.mentions if question.start <= m.start < question.end]


def meant_by(reading: Reading, question: Part) -> list[Mention]:
    """The occupations of a story that a question may mean by "one" or "they": those named last before it, and none
    that somebody is said to have, if there are others; none if a credential was named after them."""
    before = [m for m in reading.mentions if m.kind in ("occupation", "credential") and m.end <= question.start]
    jobs = [m for m in before if m.kind == "occupation"]
    wanted = [m for m in jobs if not _HAD.search(reading.text[: m.start])] or jobs
    own = wanted is jobs and (before[-1:] != jobs[-1:] or asks_for_steps_into_it(question.text))
    if not wanted or own:
        return []
    last = [wanted[-1]]
    for one in reversed(wanted[:-1]):
        if not _JOINED.fullmatch(reading.text[one.end : last[0].start]):
            break
        last.insert(0, one)
    words = set(re.findall(r"[a-z]{4,}", question.text.lower())) - _SHARED
    said = [m for m in last if words & set(re.findall(r"[a-z]{4,}", m.text.lower()))]
    return said if len(said) == 1 else last  # "records or medical assistant. start with records, what's the job"


def near(reading: Reading, question: Part) -> Reading:
    """A message's reading without a country or a year that only its story has, where the question does not come back to
    it: "she was a nurse in Chile. does she need a license here", but "would they take her degree"."""
    stays = any(m.kind == "foreign" and _STAYS.search(reading.text[: m.start]) for m in reading.mentions)
    of_there = _FROM_THERE.search(question.text) or (stays and not _HERE.search(question.text))
    far = set() if of_there else {"foreign"}
    far |= {"period"} if not _THEN.search(question.text) and not _FIGURE.search(question.text) else set()
    apart = question.start > 0 or question.end < len(reading.text.rstrip(" .!?"))
    told = [m for m in reading.mentions if m.kind in far and not question.start <= m.start < question.end]
    return replace(reading, mentions=tuple(m for m in reading.mentions if m not in told)) if apart and told else reading


def within(reading: Reading, question: Part, kinds: Collection[str]) -> bool:
    """Whether a question has a name of one of the kinds itself."""
    return any(m.kind in kinds for m in _inside(reading, question))


def beside(reading: Reading, question: Part) -> bool:
    """Whether a message tells a story around its question."""
    return len(reading.text.split()) - len(question.text.split()) >= TELLS


def called(reading: Reading, question: Part) -> str:
    """What a question that names no subject itself is about, as the story before it writes it: "RHIT vs RHIA"; empty if
    nothing is named."""
    before = [m for m in reading.mentions if m.kind in SUBJECTS and m.end <= question.start]
    if not before:
        return ""
    last = before[-1]
    if last.kind == "occupation" and _MINE.search(reading.text[: last.start]):
        return ""  # what the asker is
    kind = [m for m in before if m.kind == last.kind]
    first = kind[-2] if len(kind) > 1 and _JOINED.fullmatch(reading.text[kind[-2].end : last.start]) else last
    return reading.text[first.start : last.end]


def is_own(reading: Reading, mention: Mention) -> bool:
    """Whether a name is the job that the asker has, told before something else is named: "nurse here, a flyer on …"."""
    later = [m.start for m in reading.mentions if m.kind == "occupation" and m.start >= mention.end]
    apart = bool(later) and not _JOINED.fullmatch(reading.text[mention.end : later[0]])
    return mention.kind == "occupation" and apart and bool(_MINE.search(reading.text[: mention.start]))


def leans_on(reading: Reading, question: Part) -> bool:
    """Whether a question cannot be understood without the story around it (clauses.py): because of what it says;
    because it weighs something against what only the story names; or because, in a short message, nothing tells its
    subject."""
    inside = _inside(reading, question)
    pair = len(meant_by(reading, question)) > 1 or any(
        len({m.value for m in inside if m.kind == kind}) > 1 for kind in NAMED
    )
    if _AGAINST.search(question.text) and not pair:
        return True
    if asks_of_them(question.text) and called(reading, question):
        return False
    if leans(question.text, _unnamed(question, inside), within(reading, question, SUBJECTS)):
        return True
    short = len(reading.text.split()) < LONG
    return short and not within(reading, question, SUBJECTS) and not called(reading, question)


def needs_remark(reading: Reading, question: Part) -> bool:
    """Whether the question of a short message needs the remark beside it (remarks.py): "she did CPR with the scouts, is
    that any use". What it is about the conversation tells, and a remark that but reacts to the last answer says nothing
    more."""
    text, inside = question.text, _inside(reading, question)
    if asks_what_to_know(text):
        return True
    named = any(m.kind in NAMED for m in reading.mentions if m not in inside)
    if not named and only_reacts(reading.text, question):
        return False
    opens = not re.search(r"\w", reading.text[: question.start])  # then it points at what was said before the message
    first = opens and not _TELLS.search(reading.text[question.end :])  # "is that enough? i only have a GED"
    if not BEGINS.match(text):  # "and in Ohio?", but not "true?"
        leans = opens and len(text.split()) > 1  # "in all states? we move a lot"
        return not (leans or names_work(text) or any(m.kind in NAMED for m in inside))
    few = len(text.split()) < LEAST and not any(m.kind in NAMED for m in inside)
    if named and (few or (_AGAINST.search(text) and len(meant_by(reading, question)) < 2)):
        return True  # "dental assistant here. do medical assistants earn more"
    chosen = named or names_work(f"{reading.text[: question.start]} {reading.text[question.end :]}")
    if _LIKE_THAT.search(text) or asks_of_another(text):
        return True
    if not named and asks_for_steps(text):
        return False  # "good, i'm shy. how do i start"
    more = not is_open(text) and bool(_AND_MORE.search(reading.text[: question.start]))
    if not first and _THAT.search(text) and (more or not chosen):
        return True
    if not chosen and ((not first and _of_what_was_told(text)) or _FOR_ME.match(text)):
        return True
    if is_open(text):
        return not chosen and bool(_OF_ONE.search(text))
    return few or depends(text, _unnamed(question, inside))


def of_the_teller(question: str) -> bool:
    """Whether a question is of somebody of whom its message tells, so that its answer may depend on that."""
    rest = _FIGURE.sub(" ", question)
    return bool(_OF_ONE.search(rest) or _LIKE_THAT.search(rest))


def _of_what_was_told(question: str) -> bool:
    """Whether a question's "it" or "them" is what a remark told of; "who hires them" is of people."""
    match = _OF_WHAT_WAS_TOLD.search(question)
    return match is not None and not (is_open(question) and match.group().lower() == "them")


def named_beside_remarks(reading: Reading, question: Part) -> Reading:
    """A message's reading without what the remarks around its question only tell: names of a kind that the question
    has, somebody's own job where it names another thing, what belongs to the question itself, and what is refused.
    What else they name is chosen."""
    inside = _inside(reading, question)
    kinds = {m.kind for m in inside}
    names = bool(kinds & set(SUBJECTS)) or not asks_inside(question.text)
    kept = [
        m
        for m in reading.mentions
        if m in inside
        or not (
            m.kind in kinds
            or _is_refused(reading, m)
            or _is_own_beside(reading, m, names)
            or _is_told_beside(reading, m, question)
        )
        or (_is_new(m) and _PAID.search(question.text))
    ]
    return replace(reading, mentions=tuple(kept))


def _is_refused(reading: Reading, named: Mention) -> bool:
    """Whether a remark says that something is not wanted: "I hate nursing", "nursing isn't for me"."""
    before, after = reading.text[: named.start], reading.text[named.end :]
    return bool(_REFUSED.search(before) or _NOT_FOR_ME.match(after))


def _is_told_beside(reading: Reading, named: Mention, question: Part) -> bool:
    """Whether a remark has what would belong to a question, and does not turn to it: "my mom makes 20 an hour"."""
    if named.kind == "level":
        return not _BROUGHT.search(question.text)
    if named.kind == "place":
        return bool(_EVERYWHERE.search(question.text))
    if named.kind == "employer_type" and (_turns(reading, named) or _THERE.search(question.text)):
        return False
    return named.kind in OF_THE_QUESTION


def _turns(reading: Reading, named: Mention) -> bool:
    """Whether a remark turns to what it names: "ok pharmacy tech then", "hospitals it is"."""
    return bool(_TURNS.match(reading.text[: named.start]) or _TURNED.match(reading.text[named.end :]))


def _is_own_beside(reading: Reading, named: Mention, asked: bool) -> bool:
    """Whether a remark names somebody's own job, and does not turn to it: "ok pharmacy tech then. do they …"."""
    own = named.kind == "occupation" and bool(_HAD.search(reading.text[: named.start]))
    return asked and own and not _turns(reading, named)


def _unnamed(question: Part, inside: list[Mention]) -> str:
    """A question without the names in it."""
    rest = question.text
    for m in sorted((m for m in inside if m.kind in (*SUBJECTS, "place", "employer_type")), key=lambda m: -m.start):
        rest = f"{rest[: m.start - question.start]} {rest[m.end - question.start :]}"
    return rest
