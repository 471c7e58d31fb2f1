"""A judgement on the last figure of pay: "is that good", "so 21 an hour is low then", "is that what beginners get".

No source says what is good; which other figure it is above or below, they do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actions import wording
from actions.amounts import AMOUNT, amount
from actions.asking import ALL_JOBS, Desk
from actions.connectives import CONNECTIVES
from actions.context import TOPIC_INTENTS, Context, words
from actions.draft import Line
from actions.pairs import owner
from actions.pay_places import steps_of
from actions.pay_wording import column_of, when, where
from actions.places import RANKING
from actions.routing import SURE, UNCOVERED
from actions.turn import Mention, Turn
from knowledge.resolve import Finding
from knowledge.scope import ALL_EMPLOYERS, COUNTRY, UNSTATED
from knowledge.statement import Statement

RANKS = RANKING | {"employers"}  # cues of a list, in which no figure is the one
JUDGED, OF_WHOM = "judged", "of-whom"  # cues that the conversation tells, not a word of a message
_JUDGES = re.compile(
    r"\b(?:good|great|decent|ok|okay|high(?:er)?|low(?:er)?|bad|poor|fair|normal|typical|above|below|under|over|alot|lot|lots|little"
    r"|reasonable|competitive|solid|average|usual|much|better|worse|terrible|crappy|nothing)\b",
    re.I,
)
# what may stand beside such a word; one word more may ask for what no source says ("enough to live on")
_BESIDE = CONNECTIVES | frozenset(
    """
    is are was isn't isnt aren't would be it that this these those they its it's that's thats they're sound sounds
    seem seems look looks like feel feels pretty kinda kind sort considered think you u do does i me or s very really
    average the national nation country us usa america overall general most other all jobs people everyone everybody
    workers others than compared average pay paid paying money salary wage number figure amount an a hour year hourly
    yearly annually per hr yr honestly guess huh right any good bad high low above below typical normal decent side end
    of for what to in as such ya lol supposed count counts call called find
    they i'm im my offered offer offering get got getting make making makes starting start
    """.split()
)
# "is that what beginners get or everyone", "is that starting pay"
_WHO = re.compile(
    r"\b(?:beginners?|starting|start(?:s|er)?|entry[- ]?level|new (?:people|hires?|grads?|ones)|newbies?|rookies?|fresh"
    r"|experienced|with (?:\w+ ){0,2}?experience|veterans?|everyone|everybody|all of them|senior)\b",
    re.I,
)
_THAT = re.compile(
    r"^\W*(?:\w+\W+){0,3}?(?:is|are|was|isn['’]?t|would|do|does)\b.{0,14}\b(?:that|this|it|those|these)\b"
    r"|^\W*(?:(?:so|and|but|ok|hm+|wow)\W+)*(?:that['’]?s|thats|that (?:is|seems|sounds|looks)|this is|it['’]?s|its)\b",
    re.I,
)
_GROWS = re.compile(r"\b(?:go(?:es)? up|ris(?:e|es)|increas\w+|rais\w+|grows?|climbs?)\b", re.I)  # "does it go up"
_HOW_MUCH = re.compile(r"^\W*(?:(?:and|so|but|ok|okay)\W+)*(?:how much|what|whats|what['’]s)\b", re.I)  # asks it
_OF_THE_JOB = frozenset("good bad decent high low jobs".split())  # "is it a good job for beginners"
_WHICH_STATISTIC = re.compile(
    r"\b(?:is|was|are) (?:that|this|it|those) (?:like |just )?(?:the |an? )?(?:average|mean|median)\b", re.I
)
_ALL_JOBS = re.compile(r"\$([\d,]+)(?: a year)? (?:for|of) all (?:US )?occupations", re.I)
_DOLLARS = re.compile(r"\$([\d,]+)")
MOST = 12  # words
ON_GROWTH = ("ask_outlook", "ask_comparison")
_OF_ANOTHER = frozenset("job jobs career careers me start starting starts hour hourly for".split())  # "good for me"
AGAINST_ALL = "is it growing faster than all occupations together"  # what a judgement on growth asks for
_JUDGES_GROWTH = re.compile(
    rf"{_JUDGES.pattern}|\b(?:fast(?:er)?|slow(?:er)?|quick(?:er)?|strong|healthy|big|small)\b", re.I
)
_OF_ALL_JOBS = re.compile(
    r"\b(?:all|most|every|than (?:other|any)|the average|the typical|a normal|a typical)(?: of)?(?: the)?"
    r"(?: other| us)? (?:jobs?|occupations?|careers?|fields?|professions?|lines of work|else)\b|\beverything else\b"
    r"|\b(?:what|whats|what['’]s|what is)(?: the)? (?:normal|average|typical|usual|norm)\b",
    re.I,
)
_OF_PAY = frozenset(
    "pay paid paying money salary wage offer offered offering get getting got make makes making".split()
)
_OF_GROWTH = frozenset(
    "what's whats how hows how's compare compares compared percent grow growing growth rate together combined and so"
    " then about against vs faster slower more less same increase outlook jobs fast".split()
)
_TO_LIVE_ON = re.compile(
    r"\bliv(?:e|ing) (?:on|off|alone|by (?:my|your|one)sel\w+)\b|\bliv(?:e)?able\b|\bafford\w*|\bmortgage\b|\brent\b"
    r"|\b(?:buy|own|pay for|cover|get) (?:a|my own|the) (?:house|home|apartment|condo|place)\b|\bget by\b|\bends meet\b"
    r"|\b(?:support|raise|feed) (?:a|my|the|us|two|three|\d)\b|\bthe bills\b|\bgroceries\b|\bliv\w+ comfortably\b",
    re.I,
)


def to_live_on(context: Context, turn: Turn) -> Turn | None:
    """ "And is that livable in Boise", "would it cover a mortgage", after a figure of pay: what no source says; "can I
    live on that" wherever it is asked."""
    of_pay = context.topic == "pay" or re.search(r"\bliv(?:e|ing) (?:on|off)\b", turn.text, re.I)
    asked = of_pay and turn.yes_no and _TO_LIVE_ON.search(turn.text)
    if not asked or turn.kinds - {"place", "occupation"} or len(turn.text.split()) > MOST:
        return None
    if turn.intent in TOPIC_INTENTS and turn.intent != "ask_pay" and turn.confidence >= SURE:
        return None
    return replace(turn, ranking=(("ask_pay", 1.0),)).settled_as(UNCOVERED)


def judged(context: Context, turn: Turn) -> Turn | None:
    """The turn as a question which other figure the last one is above or below, or whose figure it is; None if it asks
    for no such thing."""
    two = context.second_occupation or context.second_place or context.second_employer_type
    if context.topic != "pay" or two or context.unanswered or RANKS & set(context.cues):
        return None
    others = turn.kinds - {"pay_period", "statistic", "occupation"}
    another = set(turn.values("occupation")) - {context.occupation}
    cue = None if others or another or len(turn.text.split()) > MOST else _kind(turn)
    if cue is None:
        return None
    kept = tuple(m for m in turn.mentions if m.kind == "pay_period")
    same = (Mention("cue", one) for one in context.cues if one not in (JUDGED, OF_WHOM))
    return replace(turn, mentions=kept).settled_as("follow_up", Mention("cue", cue), *same)


def growth_judged(context: Context, turn: Turn) -> Turn | None:
    """ "Is 7% good?", "and all jobs together?", "what's normal", after how an occupation grows: how it does beside all
    of them together, which is what the sources say of it."""
    grows = context.topic == "outlook" and not {"employment", "openings"} & set(context.cues)
    if not grows or context.second_occupation or context.unanswered or context.place not in (None, COUNTRY):
        return None
    elsewhere = turn.intent in TOPIC_INTENTS and turn.intent not in ON_GROWTH and turn.confidence >= SURE
    if elsewhere or "$" in turn.text:  # "what other jobs are like this", "is it a good job for me"
        return None
    others = turn.kinds - {"occupation", "statistic"} or set(turn.values("occupation")) - {context.occupation, ALL_JOBS}
    if others or len(turn.text.split()) > MOST:
        return None
    judges = _JUDGES_GROWTH.search(turn.text) and (_THAT.search(turn.text) or re.search(r"\d", turn.text))
    if not judges and not _OF_ALL_JOBS.search(turn.text):
        return None
    left = set(words(_JUDGES_GROWTH.sub(" ", _OF_ALL_JOBS.sub(" ", turn.text))))
    if left & _OF_ANOTHER or left - (_BESIDE - _OF_PAY) - _OF_GROWTH:
        return None
    asked = replace(turn, text=AGAINST_ALL, vector=context.vector, mentions=())
    return asked.settled_as("ask_outlook", Mention("cue", "growth"))


def _kind(turn: Turn) -> str | None:
    that = _THAT.search(turn.text)
    if _HOW_MUCH.search(turn.text):
        return None
    of_whom = set(words(_WHO.sub(" ", AMOUNT.sub(" ", turn.rest)))) <= _BESIDE - _OF_THE_JOB
    if that and of_whom and _WHO.search(turn.text) and not _GROWS.search(turn.text):
        return OF_WHOM
    left = set(words(_JUDGES.sub(" ", AMOUNT.sub(" ", turn.rest))))
    judges = _JUDGES.search(turn.text) and not _WHICH_STATISTIC.search(turn.text)
    return JUDGED if judges and left <= _BESIDE and (that or amount(turn.text)) else None


def judgement(desk: Desk, findings: Sequence[Finding], lead: Finding) -> list[Line]:
    """What the answer to such a question begins with: what the figure is above or below (computed), or whose it is."""
    if OF_WHOM in desk.context.cues:
        return [_of_whom(desk, lead.lead)] if lead.lead.scope.period != UNSTATED else []
    if JUDGED not in desk.context.cues:
        return []
    lines = (
        _amount_judged(desk, findings, lead),
        _beside_median(findings, lead),
        _in_the_country(desk, lead.lead),
        _among_all(desk, lead.lead),
    )
    return [line for line in lines if line is not None]


def _of_whom(desk: Desk, one: Statement) -> Line:
    half = " Half of them earned more, half less." if one.scope.statistic == "median" else ""
    said = f"The {wording.statistic_name(one)} of {wording.figure(one)} {wording.per(one.unit or '')}"
    return Line(
        f"{said} is of all {desk.plural}{where(desk, one)}, those who start and those with experience together.{half}",
        (one,),
    )


def _amount_judged(desk: Desk, findings: Sequence[Finding], lead: Finding) -> Line | None:
    """Whether the amount that the question names is above or below the median, and the figure on its other side."""
    named = amount(desk.context.question or "")
    steps = steps_of(findings, lead, "pay.hourly" if named and named.hourly else "pay.annual") if named else []
    middle = next((step for step in steps if step[2].scope.statistic == "median"), None)
    if named is None or middle is None:
        return None
    number, _, median = middle
    per = wording.per(median.unit or "")
    side = "above" if named.number > number else "below" if named.number < number else "the same as"
    text = (
        f"The amount you name is {side} the median of {wording.figure(median)} {per} for {desk.plural}"
        f"{where(desk, median)}{when(median)}"
    )
    below = [step for step in steps if step[0] <= named.number and step is not middle]
    above = [step for step in steps if step[0] > named.number and step is not middle]
    if side == "below":
        _, name, other = below[-1] if below else steps[0]
        text += f", and {'above' if below else 'even below'} {name} of {wording.figure(other)}"
    elif side == "above" and steps[-1] is not middle:
        _, name, other = above[0] if above else steps[-1]
        text += f", and {'below' if above else 'even above'} {name} of {wording.figure(other)}"
    else:
        other = median
    return Line(f"{text}.", tuple(dict.fromkeys((median, other))), True)


def _beside_median(findings: Sequence[Finding], lead: Finding) -> Line | None:
    """A figure of those who earn little or much against that of the middle."""
    one = lead.lead
    steps = steps_of(findings, lead, one.indicator)
    median = next((other for _, _, other in steps if other.scope.statistic == "median"), None)
    if median is None or median is one or median.number is None or one.number is None:
        return None
    per = wording.per(one.unit or "")
    return Line(
        f"The {wording.statistic_name(one)} of {wording.figure(one)} {per} is {_side(one.number, median.number)} the "
        f"median of {wording.figure(median)} (computed).",
        (one, median),
        True,
    )


def _in_the_country(desk: Desk, one: Statement) -> Line | None:
    """The figure of a place or of a kind of employer against that of the whole country."""
    column = column_of(one)
    record = desk.knowledge.wage(one.occupation, COUNTRY) if column else None
    country = record.statement(column) if record and column else None
    local = one.scope.place not in (COUNTRY, UNSTATED) or one.scope.employer_type not in (ALL_EMPLOYERS, UNSTATED)
    if not local or country is None or country.number is None or one.number is None:
        return None
    if country.scope.period != one.scope.period:
        return None
    apart = wording.money(abs(one.number - country.number), one.unit or "")
    said = (
        f"{wording.figure(one)} {wording.per(one.unit or '')} is {_side(one.number, country.number)} the "
        f"{wording.statistic_name(one)} of all {desk.plural} in the United States, {wording.figure(country)}"
    )
    return Line(f"{said}{f', by {apart}' if one.number != country.number else ''} (computed).", (one, country), True)


def _among_all(desk: Desk, one: Statement) -> Line | None:
    """The figure of the country against the median of all occupations together, of the same year where a source gives
    both."""
    own = _of_all_jobs(desk, desk.occupation.id)
    every = own or next((s for id in desk.catalog.in_depth if (s := _of_all_jobs(desk, id))), None)
    record = desk.knowledge.wage(owner(desk), COUNTRY)
    yearly = record.statement("annual_median") if record else None
    if every is None or one.scope.statistic != "median":
        return None
    found = _ALL_JOBS.search(every.text or "")
    middle = found.group(1) if found else ""
    numbers = [number for number in _DOLLARS.findall(every.text or "") if number != middle]
    if own and numbers:
        return Line(
            f"The median of {desk.plural} is {_side(_number(numbers[0]), _number(middle))} that of all US occupations "
            f"together: ${numbers[0]} a year against ${middle}{_dated(own)} (computed).",
            (own,),
            True,
        )
    if yearly is None or yearly.number is None:
        return None
    return Line(
        f"The median of {desk.plural}, {wording.figure(yearly)} a year{when(yearly)}, is "
        f"{_side(yearly.number, _number(middle))} the ${middle} of all US occupations{_dated(every)} (computed).",
        (yearly, every),
        True,
    )


def _of_all_jobs(desk: Desk, occupation: str) -> Statement | None:
    said = desk.knowledge.statements(occupation, "pay.comparison")
    return next((one for one in said if _ALL_JOBS.search(one.text or "")), None)


def _dated(one: Statement) -> str:
    """ " in May 2024", as the text of a statement says it."""
    found = re.search(r"\bin [A-Z][a-z]+ \d{4}\b", one.text or "", re.I)
    return f" {wording.lower_first(found.group())}" if found else ""


def _number(written: str) -> float:
    return float(written.replace(",", ""))


def _side(one: float, other: float) -> str:
    return "above" if one > other else "below" if one < other else "the same as"
