"""Which of the names in a message it asks about: not the job that someone has, nor the place they leave. Pure.

What it only tells is kept apart (Turn.told): "would that be a pay cut" asks of it later.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from actions.amounts import AMOUNT, HOURS, amount
from actions.connectives import CONNECTIVES, PAY_APART
from actions.plain_pay import ASKS_PAY
from actions.turn import Mention, Turn

_KIN = (
    r"mom|mother|dad|father|sister|brother|cousin|wife|husband|friend|aunt|uncle|neighbou?r|daughter|son|boss|roommate|"
    r"grandma|grandmother|partner|fianc[ée]e?|in law"
)
_WISHES = r"(?:wants?|wanted|hop|think|plan|try|going|train|study|start|could|would|might|should|says?|said)\w*\b"
_HAS = re.compile(
    rf"(?:\bi(?:['’]?m| am| was|['’]?ve been| have been| had been| work(?:ed)? as| used to be| do)|\bbeen"
    r"|\bi have|\bi(?:['’]ve)? got"
    rf"|\bcurrently|\bwork(?:ing|ed)? as|\bmy (?:\w+ )?(?:{_KIN})(?:['’]s| is| was| works as)?"
    # "my son is at CVS as a cashier"
    rf"|\bmy (?:\w+ )?(?:{_KIN})\b(?: (?!{_WISHES})\w+){{0,5}}(?<!same)(?<!much)(?<!well) as"
    r"|\bafter \w+ years as|\b(?:former|ex)(?:-|\b))"
    # not "my cousin says vet techs make 60k", "my niece wants to teach kindergarten"
    r"\s*(?:an?\b|the\b)?\s*(?:(?!(?:says?|said|claim|tells?|told|think|thought|swears?|swore|insist|heard|reckon|wants?"
    r"|wanted|hop(?:es|ing)|plan|try|ask|how|what|that)\w*\b)[\w-]+\s+){0,2}$"
    # "I drive a truck", "I've driven a semi": called by what is done
    r"|\b(?:i|we)(?:['’]ve| have| also| just| still| currently| now| used to)*\s+$",
    re.I,
)
_AGAINST = re.compile(
    r"(?:\bnot|\binstead of|\bother than|\bbesides|\brather than|\bhate|\bquit(?:ting)?|\bleav(?:e|ing)|\btired of"
    r"|\bdone with|\bburned out (?:on|as|of))\s+(?:being\s+)?(?:an?\s+|the\s+)?(?:\w+\s+)?$",
    re.I,
)
# "I already have a BSN", "with the nursing degree": what someone brings along
_BRINGS = re.compile(
    r"\b(?:with|have|has|got|holds?|us(?:e|ing))\s+(?:only |just |already )?(?:an?|my|the|her|his)?\s*$", re.I
)
_SCHOOLED = re.compile(r"^\s*(?:degree|diploma|background|license|experience|training)\b", re.I)
_DEGREES = frozenset(("bsn", "adn"))
_DISMISSED = re.compile(
    r"^\s*(?:is|are|was)?\s*(?:off the table|not for (?:me|her|him|us)|isn['’]?t for|out of the question)", re.I
)
# "from coder to nurse", "an RN now, aiming for manager": where someone comes from, and where they want to go
_FROM = re.compile(
    r"(?:\b(?:from|out of|lost|losing)|\bmy (?:old |current |last )?|\bburned[ -]out)\s+(?:being\s+|(?:a"
    r"|an|the|my|our)\s+)*"
    r"(?:\w+\s+)?$",
    re.I,
)
_NOW = re.compile(
    r"^\s*(?:job|work|career|position)?\s*(?:now\b|here\b|right now\b|currently\b|today\b|at the moment\b"
    r"|for (?:the (?:last|past) )?\w+ years?\b|\w+ years?\b|(?:has |is )?dried up|to software|to ai\b)",
    re.I,
)
_TOWARD = re.compile(
    r"\b(?:(?:in)?to|become|becoming|be|aim(?:ing)? (?:for|at|to)|want(?:s|ing)?|switch(?:ing)?(?: over)? to"
    r"|mov(?:e|ing) (?:in)?to"
    r"|get(?:ting)? into|train(?:ing)? (?:into|as|for)|transition(?:ing)? (?:in)?to|chang(?:e|ing) (?:over )?to"
    r"|go(?:ing)? (?:in)?to"
    r"|towards?|consider(?:ing)?|think(?:ing)? (?:of|about)|interested in|look(?:ing)? (?:at|into)|try(?:ing)?"
    r"|is|goal(?: is)?:?)"
    r"\s+(?:to be\s+|being\s+|becoming\s+|an?\s+|the\s+|more\s+)*(?:\w+\s+)?$",
    re.I,
)
_TO = re.compile(r"^\s*(?:work |job |career )?(?:to|into|->|→|=>|2)\s+(?:an?\s+|being\s+)?$", re.I)
_BECOMES = re.compile(r"^\s*(?:ever |later |then )*(?:becomes?|turn into|go on to be(?:come)?)\b", re.I)
# "once I'm a coder, can I become a manager": whether one moves up, and not by what steps
_MAY = re.compile(
    r"(?<!how )(?<!what )\b(?:can|could|might|would|will|may) (?:i|you|u|we|they|he|she|people|someone)\b[^.?!]*$", re.I
)
_WEIGHED = re.compile(
    r"\b(?:more than|less than|than|versus|vs\.?|differ\w*|compared?|better|raise|pay ?cut|pay ?bump|worth)\b|\bor\b",
    re.I,
)
_OR = re.compile(r"\s*(?:,|/|&|(?:,\s*)?\b(?:and|or|vs\.?|versus)\b)\s*(?:an?\s+|the\s+|being\s+)*", re.I)
# what joins two occupations that are asked about together: "a dental assistant or a medical assistant"
_JOINED = re.compile(r"^\s*(?:,\s*)?(?:or|and|vs\.?|versus|against|&|/)\s*(?:being\s+|an?\s+|the\s+)*$", re.I)
# "I'm stuck between plumber and electrician" has neither
_BETWEEN = re.compile(r"\b(?:between|torn|decid\w+|choos\w+|choice of)\b[^.?!]{0,30}$", re.I)
# what somebody brings along to a credential: "is a nursing degree enough for the RHIT"
_BROUGHT = re.compile(r"^\s+(?:degrees?|diplomas?|licen[sc]es?|background|majors?|credits?|experience)\b", re.I)
_THAN = re.compile(r"\b(?:than|vs\.?|versus|compared (?:to|with))\b", re.I)
_DEARER = re.compile(rf"{PAY_APART}|\bstep (?:up|down) in pay\b", re.I)
_EARNS_MORE = re.compile(  # "I flip burgers. would I make more as a coder"
    r"\b(?:makes?|earns?|pays?|paid|gets?)(?: \w+){0,2}? (?:more|better|less)(?: money)?"
    r"(?: (?:as|in|doing|with) [\w -]{1,40}| than (?:that|this|i do))?\W*$",
    re.I,
)
_LEFT = re.compile(r"\b(?:from|leaving|left|out of|live in|living in)\s+(?:\w+\s+)?$", re.I)
_HOME = re.compile(
    r"\b(?:i['’]?m|i am|we['’]?re|we are|currently|now|here|based|stationed|live|living|work|working|born|raised"
    r"|grew up)"
    r"\s+(?:in|at|near|by|around|close to|outside(?: of)?)\s+(?:the\s+)?$",
    re.I,
)
_ALL_OF = re.compile(r"\b(?:all of|whole|entire|state of|statewide|overall)\b", re.I)
_LONG_AGO = re.compile(r"\b(?:born|raised|grew up)\s+\w+\s+(?:the\s+)?$", re.I)
_HERE = re.compile(r"\bhere\b|\bmy (?:area|city|state|town)\b", re.I)
_AGAINST_EACH = re.compile(
    r"\b(?:than|vs\.?|versus|compared?|differen\w+|more|less|better|worse|both|each|cheaper|higher|lower)\b", re.I
)
STORY = 12  # words from which a message tells more than it asks
# A job that someone has, in their own words: "I'm a nurse", "welder, 28, …", "RN for 12 years".
_MINE = re.compile(
    r"\b(?:i(?:['’]?m| am| was|['’]?ve been| have been| had been| used to be)|(?:i )?work(?:ed|ing)? as|been)\s+"
    r"(?:an?\s+|the\s+)?(?:(?!not\b|thinking\b|looking\b|trying\b|going\b|interested\b)[\w-]+\s+){0,2}$"
    r"|(?<!should )(?<!can )(?<!could )(?<!do )(?<!did )(?<!would )(?<!will )(?<!must )"
    r"(?<!if )(?<!once )(?<!when )(?<!before )(?<!unless )(?<!until )(?<!after )"
    r"\bi(?:['’]ve| have| also| just| still| currently| now| already| do)*\s+$"
    r"|(?<!need )(?<!take )(?<!takes )(?<!require )(?<!requires )(?<!make after )(?<!earn after )(?<!get after )"
    r"\b(?:\d+|(?!many\b)\w+) (?:years|yrs) (?:in|at|as|of|on|with|for) (?:an?\s+|the\s+)?$",
    re.I,
)
# What someone studied, which may be called like an occupation: "mine is in accounting".
_FIELD = re.compile(
    r"\b(?:mine|it|that|one|my (?:\w+[\s-]+)?(?:degree|major|minor|diploma))"
    r"(?:['’]?s| is| was|['’]d be| would be| will be)(?: a degree)? in\s+$",
    re.I,
)
_AT_FIRST = re.compile(r"^\W*(?:(?!not\b|no\b|ok\w*\b|so\b)[\w-]+\W+){0,2}$", re.I)
_FOR_YEARS = re.compile(r"^\W*(?:(?:for|of|about|over|almost|nearly) )*(?:\d+\+?|[a-z]+) (?:years|yrs)\b", re.I)
_EARNS_AS = re.compile(  # "i make 17 an hour as a CNA", "that's about what I make now driving a bus"
    r"\b(?:what|than|like) (?:i|we) (?:make|earn|get|have|made|earned|got)(?: (?!to\b|if\b|when\b)\w+){0,2}?"
    r"(?: (?:as|being|doing))?(?: (?:an?|the))?\s+$"
    r"|(?<!would )(?<!could )(?<!can )(?<!will )(?<!do )\bi (?:make|earn|get) [^.?!,]{0,12}\d[^.?!,]{0,20}"
    r" (?:as|being)\s+(?:an?\s+|the\s+)?$",
    re.I,
)
_HOLDS = re.compile(
    r"(?<!should )(?<!would )(?<!could )(?<!can )(?<!will )(?<!do )(?<!if )(?<!once )"
    r"\b(?:i(?: already| just| only| do)? (?:have|hold|got|earned|passed)|i['’]ve(?: already| just)?"
    r"(?: got| had| passed)?|i['’]?m an?|my|with my)\s+(?:(?:an?|the|my|current)\s+)*$",
    re.I,
)
_THAT_I_HAVE = re.compile(
    r"^\s*(?:cert\w* |credential )?(?:that )?(?:i|we)(?: already)? (?:have|hold|got|earned)\b", re.I
)
_AND_SO_ON = re.compile(r"^\s*(?:[,.;–-]|\d|here\b|now\b|for\b|at\b|with\b|in\b|since\b|trying\b|looking\b|want)", re.I)
_OF_THOSE = re.compile(r"\b(?:what|how much)\b.{0,30}?\b(?:(?P<kin>s?he)|they|those|these|that)\b", re.I)
_THEIRS = re.compile(rf"\bmy (?:\w+[\s-]+)?(?:{_KIN})\b[^.?!;]*$", re.I)

_SENTENCE_END = re.compile(r"[.!?;\n]")


def question_of(story: str, start: int, end: int) -> str:
    """A message whose story is blanked, every character of its question in its place; sums of money and
    hours a week are left, so that the figures can be set beside them."""
    kept = [(start, end), *(match.span() for match in AMOUNT.finditer(story) if amount(match.group()))]
    kept += [match.span() for match in HOURS.finditer(story)]
    return "".join(c if any(a <= i < b for a, b in kept) else " " for i, c in enumerate(story))


def asked_about(
    turn: Turn,
    known: Callable[[str], bool],
    within: Callable[[str, str], bool],
    leads: Callable[[str, str], bool] = lambda one, other: False,
) -> Turn:
    """The turn without the names that it only tells of.

    `known`: whether an occupation is known in depth; `within`: whether the first place lies in the second; `leads`:
    whether sources say that one moves up from the first occupation to the second.
    """
    weighs = _DEARER.search(turn.whole) or (_EARNS_MORE.search(turn.whole) and own_job(turn))
    if weighs and len(turn.values("occupation")) == 2:  # "she is a nurse; would coding be a pay cut?"
        return turn
    if _set_apart(turn):
        return turn
    if brings := _held(turn):
        return without(turn, brings)
    start = _start(turn)
    aims = [m for m in turn.mentions if m.kind == "occupation" and m not in start]
    if start:  # "from nurse to nurse practitioner", "can coders become managers": asked of those who move up, if known
        moves_up = _BECOMES.match(turn.whole[start[-1].end :]) and turn.intent != "ask_how_to_become"
        moves_up = moves_up or (
            len(aims) == 1 and _MAY.search(turn.whole[: aims[0].start]) and leads(start[0].value, aims[0].value)
        )
        of_start = known(start[0].value) and (moves_up or not any(known(m.value) for m in aims))
        return without(turn, aims if of_start else start)
    if dict(turn.ranking).get("ask_comparison", 0.0) >= 0.5:
        return turn
    dropped = [*_occupations(turn, known), *_places(turn, within)]
    return without(turn, dropped) if dropped else turn


def without(turn: Turn, told: list[Mention]) -> Turn:
    """The turn without names that it only tells of."""
    left = tuple(mention for mention in turn.mentions if mention not in told)
    return replace(turn, mentions=left, told=(*turn.told, *told))


def own_job(turn: Turn) -> str | None:
    """The occupation that someone says they have."""
    for mention in sorted((*turn.told, *turn.mentions), key=lambda m: m.start):
        before, after = turn.whole[: mention.start], turn.whole[mention.end :]
        if mention.kind != "occupation" or mention.end <= mention.start or mention.candidates or _THEIRS.search(before):
            continue
        told = mention in turn.told and _AND_SO_ON.match(after)
        first = (told or _FOR_YEARS.match(after)) and _AT_FIRST.match(before)
        if first or _MINE.search(before) or _EARNS_AS.search(before):
            return mention.value
    return None


def own_credential(turn: Turn) -> str | None:
    """The credential that someone says they have: "the RHIT I have", "I got my CCA"."""
    for mention in (*turn.told, *turn.mentions):
        if mention.kind != "credential" or mention.end <= mention.start:
            continue
        if _HOLDS.search(turn.whole[: mention.start]) or _THAT_I_HAVE.match(turn.whole[mention.end :]):
            return mention.value
    return None


def _held(turn: Turn) -> list[Mention]:
    """The credential that someone says they have, where another is asked about: "I got my CCA. What's the CCS?"."""
    own, named = own_credential(turn), [m for m in turn.mentions if m.kind == "credential"]
    asks = own and len({m.value for m in named}) == 2 and turn.intent != "ask_comparison"
    return [m for m in named if m.value == own] if asks and not _AGAINST_EACH.search(turn.whole) else []


def own_place(turn: Turn) -> str | None:
    """The place where a message says that someone lives, or comes from, though it asks of another."""
    asked = turn.values("place")
    clear = not any(m.candidates for m in turn.mentions if m.kind == "place")
    if clear and len(asked) == 1 and _HERE.search(turn.whole):  # "laid off in Tulsa, what does it pay here"
        return asked[0]
    lives = [m for m in turn.mentions if m.kind == "place" and _HOME.search(turn.whole[: m.start])]
    if clear and len(asked) == 1 and lives and not _LONG_AGO.search(turn.whole[: lives[0].start]):
        return asked[0]  # "I live in Fresno. How long does it take?"
    told = {m.value for m in turn.told if m.kind == "place" and not m.candidates and m.value not in asked}
    return told.pop() if len(told) == 1 and asked else None


def subject(turn: Turn) -> Mention | None:
    """The one occupation, or else the one credential, that a message names without only telling of it; None if there
    is none, or several."""
    for kind in ("occupation", "credential"):
        named = [mention for mention in turn.mentions if mention.kind == kind and len(mention.candidates) < 2]
        asked = {m.value: m for m in named if kind == "credential" or not _told(turn.whole, m)}
        if asked:
            return next(iter(asked.values())) if len(asked) == 1 else None
    return None


def turned_to(turn: Turn) -> Mention | None:
    """The occupation or credential that a sentence of a message names and says nothing else: "Billing then. Is that
    desk work?"; None if there is none."""
    named = subject(turn)
    if named is None or named.end <= named.start:
        return None
    before, after = turn.whole[: named.start], turn.whole[named.end :]
    beside = f"{_SENTENCE_END.split(before)[-1]} {_SENTENCE_END.split(after)[0]}"
    return None if set(re.findall(r"[a-z']+", beside.lower())) - CONNECTIVES else named


def _occupations(turn: Turn, known: Callable[[str], bool]) -> list[Mention]:
    named = [mention for mention in turn.mentions if mention.kind == "occupation" and not mention.implied]
    fields = [m for m in named if not known(m.value) and _FIELD.search(turn.whole[: m.start])]
    if fields:
        return fields
    long = len(turn.whole.split()) >= STORY
    beside = [mention for mention in named if long and known(mention.value)]
    joined = {m for a, b in pairwise(named) if _JOINED.match(turn.whole[a.end : b.start]) for m in (a, b)}
    told = [
        m
        for m in named
        if _told(turn.whole, m) or (beside and not known(m.value) and m not in joined and not _joined(turn, m, beside))
    ]
    if turn.values("credential"):
        brought = [m for m in named if _BROUGHT.match(turn.whole[m.end :])]
        if brought:
            return brought
    if len(told) < len(named):
        return told
    if turn.values("credential") and all(_brings(turn.whole, m) for m in named):  # "can I get the RHIT with a BSN"
        return told
    return [m for m in told if long and not known(m.value) and not _of_kin(turn, m)]


def _of_kin(turn: Turn, mention: Mention) -> bool:
    """Whether a question is about the job that somebody's kin has: "my dad's a trucker, what do those make?"."""
    if not _THEIRS.search(turn.whole[: mention.start]):
        return False
    asked = _OF_THOSE.search(turn.text)
    return bool(asked and (asked.group("kin") or ASKS_PAY.search(turn.text)))


def together(turn: Turn) -> bool:
    """Whether a message names two occupations in one breath: "medical assistants and pharmacy technicians"."""
    named = [m for m in turn.mentions if m.kind == "occupation" and m.end > m.start]
    return any(a.value != b.value and _JOINED.match(turn.whole[a.end : b.start]) for a, b in pairwise(named))


def _joined(turn: Turn, one: Mention, others: list[Mention]) -> bool:
    """Whether an occupation is named in one breath with another: "between phlebotomist and medical assistant"."""
    between = (turn.whole[min(one.end, other.end) : max(one.start, other.start)] for other in others)
    return any(_OR.fullmatch(text) for text in between)


def _set_apart(turn: Turn) -> bool:
    """Whether two occupations are named with "than" or "vs" between them: "does an RN make more than an LPN"."""
    named = [mention for mention in turn.mentions if mention.kind == "occupation"]
    two = len({mention.value for mention in named}) == 2
    return two and bool(_THAN.search(turn.whole[named[0].end : named[-1].start]))


def comes_from(turn: Turn) -> str | None:
    """The one of two occupations that someone leaves for the other; None if they ask of no such change."""
    return next((mention.value for mention in _start(turn)), None)


def _start(turn: Turn) -> list[Mention]:
    """The occupation that someone leaves for another one named: it is about that one, unless it weighs them."""
    named = [mention for mention in turn.mentions if mention.kind == "occupation"]
    if len({mention.value for mention in named}) != 2 or _WEIGHED.search(turn.whole):
        return []
    left = {mention.value for mention in named if _leaves(turn.whole, mention)}
    between = turn.whole[named[0].end : named[-1].start]
    steps = _TO.match(between) or _BECOMES.match(between)
    if not left and steps:
        left = {named[0].value}
    aims = {m.value for m in named if m.value not in left and _TOWARD.search(turn.whole[: m.start])}
    if len(left) != 1 or not (aims or steps):
        return []
    return [mention for mention in named if mention.value in left]


def _leaves(text: str, mention: Mention) -> bool:
    before, after = text[: mention.start], text[mention.end :]
    return _told(text, mention) or bool(_FROM.search(before) or _NOW.match(after))


def _told(text: str, mention: Mention) -> bool:
    before, after = text[: mention.start], text[mention.end :]
    if _BETWEEN.search(before):
        return False
    own = _brings(text, mention) or _HAS.search(before)
    return bool(own or _AGAINST.search(before) or _DISMISSED.match(after))


def _brings(text: str, mention: Mention) -> bool:
    """Whether a name is that of schooling which someone has: "I have a BSN", "with the nursing degree"."""
    schooling = _SCHOOLED.match(text[mention.end :]) or text[mention.start : mention.end].lower() in _DEGREES
    return bool(schooling and _BRINGS.search(text[: mention.start]))


def _places(turn: Turn, within: Callable[[str, str], bool]) -> list[Mention]:
    named = [mention for mention in turn.mentions if mention.kind == "place"]
    if len({mention.value for mention in named}) != 2:
        return []
    for one in named:
        wider = [m for m in named if any(within(id, m.value) for id in (one.candidates or (one.value,)))]
        whole = bool(wider) and wider[0].end < one.start and _ALL_OF.search(turn.whole[: wider[0].start])
        if whole and _HOME.search(turn.whole[: one.start]):
            return [one]  # "I meant all of Washington, we live near Yakima"
        if wider:
            return wider  # "Rochester, the New York one"
    said = {mention.value: turn.whole[: mention.start] for mention in reversed(named)}
    left = {id for id, before in said.items() if _LEFT.search(before)}
    home = {id for id, before in said.items() if _HOME.search(before) and not _LONG_AGO.search(before)}
    if _HERE.search(turn.whole[named[-1].end :]) and len(home) == 1:  # "from Ohio, living in Texas now, what … here"
        left = set(said) - home
    elif len(left) != 1 and not _AGAINST_EACH.search(turn.whole):
        again = named[-1].value in [mention.value for mention in named[:-1]]  # "Phoenix or Tampa, what … in Phoenix"
        left = set(said) - {named[-1].value} if again else {id for id in home if id != named[-1].value}
    return [mention for mention in named if mention.value in left] if len(left) == 1 else []
