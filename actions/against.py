"""A job set against one that the message does not name, and names said in passing. Pure.

"Would that be a pay cut?" is asked of the job that someone has; "do coders make more than that?" of the one talked of.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from actions.connectives import ASIDE, PAY_APART
from actions.context import TOPIC_INTENTS, Context, between_both
from actions.routing import FALLBACK, UNCOVERED
from actions.stories import own_job, without
from actions.turn import Mention, Turn
from actions.way import ONTO

# What such a question is taken for without its conversation.
WEIGHING = frozenset(
    (
        "ask_pay",
        "ask_comparison",
        "ask_advancement",
        "ask_outlook",
        "ask_fit",
        "follow_up",
        "affirm",
        "deny",
        "out_of_scope",
    )
) | {FALLBACK, UNCOVERED}
_OWN = re.compile(
    r"\b(?:pay|salary|wage) ?cut\b|\b(?:pay|salary|wage) ?(?:raise|bump|jump|increase)\b"
    r"|\b(?:take|taking|be|getting?|mean) (?:a |an |much of a )?(?:cut|raise|hit|step (?:up|down)|less than i)\b"
    r"|\bstep (?:up|down) in pay\b"
    r"|\bwhat (?:i|i['’]?m|im|i am) (?:do|make|earn|get|have|making|earning|getting|doing|paid|on)\b(?! to\b)"
    r"|\b(?:how much|any|a lot|much) (?:more|less|better) (?:would|will|could|can) i\b"
    r"|\bi (?:make|earn|get|be making|be earning|be paid) (?:any |much |a lot )?(?:more|less|better)\b"
    r"|\bthan (?:me|mine|i (?:do|make|earn|get|have)|i['’]?m (?:making|earning|getting))\b"
    r"|\bmy (?:current|present|old|own|day) (?:job|work|pay|career|position|one|salary)\b|\bmy job(?: now)?\W*$",
    re.I,
)
_THAN_THAT = re.compile(
    r"\b(?:than|as) (?:that|this|it|those|them|these|they do|the (?:other|first|last) one|the others?)\b(?! much)", re.I
)
_PAY = r"(?:make|makes|making|earn|earns|earning|pay|pays|paid|get|gets)"
_PAYS = re.compile(rf"\b(?:{_PAY}|salary|wages?|money(?:[- ]?wise)?|income|dollars|financially)\b", re.I)
_MORE = re.compile(
    rf"\b(?:{_PAY}|do|be|fare|bring in|take home|come out)\s+"
    r"(?:any |much |a lot |way |a bit |lots |even |a whole lot )?(?:more|less|better|worse|higher|lower)"
    r"(?:\s+(?:money|then|though|tho|or less|at all))*\W*$",
    re.I,
)
_HOW_MUCH = re.compile(r"\bhow much (?:more|less)\b", re.I)
_THAN_STAYING = re.compile(
    r"\bthan (?:(?:just|by) )?(?:staying|remaining|sticking|keeping|if i (?:stay|stuck|kept)\w*)\b", re.I
)
_COMPARES = re.compile(r"\b(?:compares?|compared|stacks? up)\b", re.I)
# "thats barely more than me.. whats the top end": a remark, and a question of something else
_SENTENCES = re.compile(r"(?<=[?!.;\n])\s+")
_ASKING = (
    r"(?:wh(?:at|o|ich|ere|en|y)(?:['’]?s)?|how(?:['’]?s)?|do|does|did|is|are|can|could|would|will|should)\b"
)
ASKS = re.compile(rf"^\W*(?:(?:and|but|so|ok|okay|well|then|also|hm+)\W+)*{_ASKING}", re.I)
# "I'm a hairdresser, who gives that exam": the same without a full stop
_CLAUSES = re.compile(
    rf"{_SENTENCES.pattern}|,\s+(?=(?:(?:and|but|so|ok|then)\s+)*{_ASKING}.*\b(?:that|it|this|there|those|they)\b)",
    re.I,
)
# without one of these the job that someone has is asked about itself: "and what I do now, customer service rep"
WEIGHS = re.compile(
    r"\b(?:more(?! (?:experience|school|schooling|training|education|years|time|classes|practice)\b)"
    r"|less|better|worse|higher|lower|than|vs\.?|versus|against|compar\w+|cut|raise|bump|hit|step (?:up|down)"
    r"|instead)\b",
    re.I,
)
_MEASURED = re.compile(
    r"\b(?:more|less|better|worse|higher|lower|same|as much)\b.{0,25}\b(?:than|as)\s+(?:what\s+)?(?:being\s+)?"
    r"(?:an?\s+|the\s+|most\s+)?$|\bcompare[sd]? (?:to|with|against)\s+(?:what\s+)?(?:being\s+|doing\s+)?"
    r"(?:an?\s+|the\s+)?$",
    re.I,
)
_ASKS_HOW = re.compile(r"\b(?:how|what|why|which|where|who|can|could)\b", re.I)
# "could I start in records and work up to it": about what it leads to
_START_IN = re.compile(
    r"\b(?:start(?:ed|ing)?(?: out| off)?|begin|come|coming|go|going|get there|from|first)"
    r"(?:\s+(?:in|as|with|from|being|out))*\s+(?:an?\s+|the\s+)?$",
    re.I,
)
_UP_TO = re.compile(
    r"\b(?:work|move|get|go|climb|grow|build|switch|advance|lead)s?(?:\s+(?:my|your|her|his) way)?(?:\s+(?:up"
    r"|over|on|in))?"
    r"\s+(?:in)?to\s+(?:it|that|this|one)\b",
    re.I,
)
_LEADS = re.compile(
    r"\s*(?:job |work |experience )?"
    r"(?:(?:first|for a (?:while|bit|few years)),? (?:and )?(?:then )?(?:do|become|go into|move (?:in)?to|switch to)"
    r" (?:it|that|this)\b"
    rf"|{_UP_TO.pattern}|(?:be |is )?(?:an? )?(?:\w+ )?(?:way|path|start|step"
    rf"|route|stepping stone)"
    r"\b.*\b(?:in)?to (?:it|that|this|one)\b)",
    re.I,
)
# "can i get there from medical records": where someone starts, on the way to what is talked of
_THERE_FROM = re.compile(
    r"\b(?:there|(?:in)?to (?:it|that|this|one)|that job|(?:do|become) (?:that|it|one))\s+"
    r"(?:coming |straight |right |starting )?(?:from|out of)\s+(?:being\s+|doing\s+)?(?:an?\s+|the\s+)?$",
    re.I,
)
# "can they become managers", "is it possible to get promoted to manager": asked of the job that leads there
_UPWARD = (
    r"(?:promot|advanc|mov|ris|rose|step|climb|graduat)\w*(?: (?:on|up|over))? (?:in)?to|work\w*(?: \w+ way)? up to"
)
_ENDS_UP = (
    rf"(?:{_UPWARD}|becom\w+|be|being|end(?:s|ed|ing)? up(?: as)?|turn into"
    r"|(?:get|go|switch|transfer)(?: over| up)? (?:in)?to)"
)
_THEY = r"(?:they|them|those|these|ones?|people|someone|somebody|most|some|any|many)"
_FROM_HERE = r"from (?:it|that|this|there|here)"
_A_JOB = r"(?: (?:be|being|become|becoming|an?|the|some))* (?:\w+ )?$"
_BECOMES = re.compile(rf"\b(?:{_UPWARD}|(?:{_THEY}|{_FROM_HERE})\b[^.?!]*\b{_ENDS_UP}){_A_JOB}", re.I)
_ENDS_WITH = re.compile(rf"\b{_ENDS_UP}{_A_JOB}", re.I)
_FROM_IT = re.compile(rf"[^.?!]*\b{_FROM_HERE}\b", re.I)
# "can I switch to nursing later": from the job that is talked of
_SWITCHES = re.compile(
    r"\b(?:switch|transition|cross over|move over|change(?: over)?|transfer(?: over)?)(?: \w+)? (?:in)?to"
    r"(?: (?:be|being|become|becoming|an?|the))*\s*$",
    re.I,
)
# what such a question is taken for
_OF_MOVES = frozenset(("ask_advancement", "ask_related_careers", "ask_outlook", "ask_comparison", UNCOVERED, FALLBACK))
# "what do those do that records people don't": both are asked about
_BUT_NOT = re.compile(r"^(?:['’]?s)?(?: \w+)? (?:do|does|can|is|are|would|will|ca|wo)(?:n['’]?t| ?not)\b", re.I)
_THAT = re.compile(r"\bthat (?:an?|the|most)?\s*$", re.I)
_HOLDS = re.compile(
    r"(?:\b(?:have|has|hold|holds|got|earned|passed|with)|['’]ve)\s+(?:already\s+)?(?:got\s+)?(?:an?\s+|the\s+"
    r"|my\s+|her\s+|his\s+)?$",
    re.I,
)
# "nursing wouldn't count?", "does being a medic help me there": of the schooling for what is talked of
_COUNTS = re.compile(
    r"^[^.?!,;]*\b(?:(?:counts?|qualif(?:y|ies)|enough|transfers?|carry over|matters?)\b"
    r"|helps?(?:\W*$| (?:me|at all|any|there|here|with (?:that|it))\b))",
    re.I,
)
# "would my time as a cna count", "can I use my nursing degree": what someone brings along
_MY = re.compile(
    r"\bmy\s+(?:\w+\s+){0,3}?(?:(?:time|years|experience|background|work|training|days|job|career)\s+"
    r"(?:as|in|of|being|working as|doing)\s+(?:being\s+)?)?(?:an?\s+|the\s+)?$",
    re.I,
)
COUNTED = re.compile(
    r"\b(?:counts?|qualif(?:y|ies)|enough|transfers?|carr(?:y|ies) over|matters?|help(?:s|ful)?|useful|relevant|a plus"
    r"|advantage|an edge|leg up|head start|look good|(?:use|take|accept|apply) my|gets? me|worth anything"
    r"|shorten)\b",
    re.I,
)
# what somebody has, without a name: "mine is in business, does that count", "is my experience worth anything"
MINE = re.compile(
    r"\b(?:mine|my (?:degree|experience|background|diploma|time|years|credits?|classes|training|major"
    r"|schooling)"
    r"|i(?:['’]ve| have| already)? (?:had|have|did|done|got|studied|majored|worked|spent)"
    r"(?= (?:\w+ ){0,4}?(?:degree|experience|years?|yrs?|credits?|class\w*|diploma|training|school\w*|bachelor\w*"
    r"|associate\w*|major|background)\b))\b",
    re.I,
)
_DEGREE = re.compile(
    r"\b(?:mine|degree|diploma|credits?|class\w*|major\w*|studied|school\w*|bachelor\w*|associate\w*)\b", re.I
)
# "phlebotomy came up. is that a related job?": asked of the job that is talked of
_IS_RELATED = re.compile(r"\b(?:related|similar|connected|close|in the same (?:field|line|area))\b", re.I)
# "people call me a PA, is that the same thing", "is that the same job as a PA"
_SAME_AS = re.compile(r"\bsame\b(?: (?:thing|job|work))? as(?: an?| the| being)*\s*$", re.I)
_OF_SAMENESS = ("ask_definition", "ask_duties", "ask_comparison", "follow_up", UNCOVERED, FALLBACK)
_SAME_JOB = re.compile(
    r"\b(?:is|are|was|isn['’]?t) (?:that|it|this|they|those) (?:the )?same\W*"
    r"(?:thing|job|as (?:me|us|mine|that|this))?\W*$",
    re.I,
)
_OF_LIKENESS = ("ask_related_careers", "ask_comparison", "follow_up", UNCOVERED, FALLBACK)
_STUDIED = re.compile(
    r"^\s*(?:\w+\s+)?(?:degree|bachelor\w*|associate\w*|master\w*|diploma|license|school\w*|class\w*|credits?"
    r"|certificat\w+)\b",
    re.I,
)
_SCHOOLING = frozenset(("education", "experience", "how_to_become", "certification", "programs"))
_OF_ENTRY = frozenset(f"ask_{topic}" for topic in _SCHOOLING)
_IF = re.compile(r"\b(?:if|once|when|since|after|because|already|help|count|matter|enough)s?\b", re.I)
# "do i have to be a coder first?"
_FIRST_BE = re.compile(
    r"\b(?:needs?|ha(?:ve|s)|got|gotta|required|must|supposed)(?: to)?(?: \w+)?"
    r" (?:be|become|have been|start(?: out)?(?: as| in)?|work(?:ed)? (?:as|in)|been|do)\s+(?:an?\s+)?$",
    re.I,
)
_FIRST = re.compile(
    r"^\s*(?:first|before(?: (?:that|this|it))?|for (?:that|this|it)"
    r"|to (?:do|become|be|get|go) (?:(?:in)?to )?(?:that|this|it|one))\b",
    re.I,
)
# people of an occupation, of whom somebody tells: "every nurse I know", "the nurses at my clinic say"
_PEOPLE_BEFORE = re.compile(
    r"\b(?:every|all|most|half|many|lots|plenty|a lot|a few|some|none|tons)(?: of)?(?: (?:the|my|our|these|those))?"
    r"(?: other)?\s+$|\b(?:my|our|a) (?:\w+ )?(?:friends?|neighbou?rs?|co-?workers?) (?:who (?:is|are)|that (?:is|are))"
    r" (?:an? )?$",
    re.I,
)
_PEOPLE_AFTER = re.compile(
    r"^s?\s+(?:(?:that |who |whom )?(?:i|we)(?:['’]?ve)? (?:know|knew|met|meet|talk\w*|work\w*|see|ask\w*)\b"
    r"|(?:at|from|in) (?:my|our|the) (?:\w+ )?(?:clinic|hospital|office|work|job|school|church|street|family)\b"
    r"|(?:friend|neighbou?r|buddy)s?\b)",
    re.I,
)
_OF_ME = re.compile(r"\b(?:we|us|our|mine|my (?:job|pay|work|field|line))\b", re.I)  # of the job that someone has
_PAYS_APART = re.compile(PAY_APART, re.I)
_OF_CREDENTIALS = ("certification", "comparison", "experience")
_OF_EXAMS = ("ask_certification", "ask_experience", "ask_comparison")


def set_against(context: Context, turn: Turn) -> Turn:
    """A question of pay that sets a job against the one that someone has, or against the one talked of, with both."""
    named = turn.values("occupation")
    other_kinds = turn.kinds - {"occupation", "place", "pay_period", "statistic"}
    if context.occupation is None or turn.settled or len(named) > 1 or other_kinds or turn.intent not in WEIGHING:
        return turn
    if context.topic not in ("pay", "comparison") and not (_PAYS.search(turn.text) or _HOW_MUCH.search(turn.text)):
        return turn
    one = named[0] if named else context.occupation
    asked = _asking(turn.text)
    if context.own and _OWN.search(asked):
        if one == context.own and named and not WEIGHS.search(asked):
            return turn
        other = context.own if context.own != one else context.last("occupation", one)
        if other and one == context.own:  # what is talked of from now on comes first
            one, other = other, one
    elif _THAN_STAYING.search(turn.text) and one == context.occupation:  # what was talked of before, against it
        one, other = context.last("occupation", one) or one, one
        other = other if one != other else None
    elif named and (_weighs(turn.text) or _measure(turn)):
        other = context.occupation if context.occupation != one else context.last("occupation", one)
        if other and _measure(turn):  # it is asked of the other one
            one, other = other, one
    else:
        return turn
    if other is None:
        return turn
    rest = tuple(m for m in turn.mentions if m.kind not in ("occupation", "cue"))
    both = (Mention("occupation", one, implied=True), Mention("occupation", other, implied=True))
    return replace(turn, mentions=rest).settled_as("ask_pay", *both)


def _asking(text: str) -> str:
    """The sentences of a message that ask, where others only tell; all of it where none is clearly a question."""
    asked = [one for one in _SENTENCES.split(text) if one.rstrip().endswith("?") or ASKS.match(one)]
    return " ".join(asked) or text


def _weighs(text: str) -> bool:
    """Whether a question sets the job that it names against another: "do coders make more than that?"."""
    more = _MORE.search(text) and not _ASKS_HOW.search(text)
    return bool(more or _THAN_THAT.search(text) or _COMPARES.search(ASIDE.sub(" ", text)))


def _measure(turn: Turn) -> bool:
    """Whether the one job that a question names is what another is measured by: "do they make more than coders"."""
    named = next(m for m in turn.mentions if m.kind == "occupation")
    return bool(_MEASURED.search(turn.text[: named.start]))


def in_passing(context: Context, turn: Turn, known: Callable[[str], bool] = lambda id: True) -> Turn:
    """ "Could I start out in medical records and work up to it?", "what if I hold the CCA already?": the turn without
    the one that is only said to lead to what is talked of, or only told of beside the question.

    `known`: whether an occupation is known in depth, so that sources may say what it leads to."""
    named = [m for m in turn.mentions if m.kind == "occupation"]
    if context.topic and context.occupation and len(named) == 1 and _only_told(context, turn, named[0]):
        turn, named = without(turn, named), []
    brings = MINE.search(turn.text) and COUNTED.search(turn.text)
    if context.occupation and not turn.kinds - {"level"} and brings:
        return _brought(context, turn, bool(_DEGREE.search(turn.text)))
    if context.occupation is None and len(named) == 1:
        return _from_there(turn, named[0], known)
    if context.occupation and len(named) == 1 and named[0].value != context.occupation:
        before, after = turn.text[: named[0].start], turn.text[named[0].end :]
        studied = _STUDIED.match(after)
        counts = (studied or context.topic in _SCHOOLING) and _COUNTS.match(after) and not _ASKS_HOW.search(before)
        if counts:
            left = without(turn, named)
            topic = context.topic if context.topic in _SCHOOLING else "education"
            return left if turn.intent in TOPIC_INTENTS else left.settled_as(f"ask_{topic}")
        own = named[0].value in (context.own, own_job(turn)) or _MY.search(before)
        if own and COUNTED.search(turn.text):
            return _brought(context, without(turn, named), bool(studied))
        if not known(named[0].value) and turn.intent in _OF_LIKENESS and _IS_RELATED.search(turn.text):
            return without(turn, named).settled_as("ask_related_careers")
        same = _SAME_JOB.search(after) or _SAME_AS.search(before)
        if same and not known(named[0].value) and turn.intent in _OF_SAMENESS:
            one = Mention("occupation", context.occupation, implied=True)
            return replace(turn, mentions=(one, *turn.mentions)).settled_as("ask_comparison")
        if _THAT.search(before) and _BUT_NOT.match(after):
            one = Mention("occupation", context.occupation, implied=True)
            return replace(turn, mentions=(one, *turn.mentions)).settled_as("ask_comparison")
        upward = _BECOMES.search(before) or (_ENDS_WITH.search(before) and _FROM_IT.match(after))
        if upward and turn.intent in _OF_MOVES and (turn.yes_no or turn.intent == "ask_advancement"):
            return without(turn, named).settled_as("ask_advancement")
        if _SWITCHES.search(before) and turn.intent in _OF_MOVES and turn.yes_no:
            both = (Mention("occupation", id, implied=True) for id in (context.occupation, named[0].value))
            return without(turn, named).settled_as("ask_advancement", *both)
        if _FIRST_BE.search(before) and _FIRST.match(after):  # what is talked of is meant, and what it takes
            return without(turn, named).settled_as("ask_experience")
        way = _THERE_FROM.search(before) or (_START_IN.search(before) and _UP_TO.search(after))
        if way or _LEADS.match(after):
            cues = [m for m in turn.mentions if m.kind == "cue" and m.value == "starting"]
            left = without(turn, [*named, *cues])
            if turn.intent == "ask_advancement" and ONTO.search(turn.text):  # the step from the one to the other
                both = (Mention("occupation", id, implied=True) for id in (context.occupation, named[0].value))
                return left.settled_as("ask_advancement", *both)
            return left.settled_as("ask_experience")
    return _held_already(context, turn)


def _only_told(context: Context, turn: Turn, job: Mention) -> bool:
    """Whether a name beside the question is that of the job that someone has ("I'm a hairdresser. Who gives that
    exam?") or of people whom they know ("every nurse I know is leaving. Are there jobs in it?"), while the conversation
    is about another."""
    if job.value == context.occupation or job.implied or not stands_beside(turn, job):
        return False
    before, after = turn.whole[: job.start], turn.whole[job.end :]
    people = _PEOPLE_BEFORE.search(before) or _PEOPLE_AFTER.match(after)
    own = own_job(turn) == job.value and not _OWN.search(turn.text) and not COUNTED.search(turn.text)
    weighed = WEIGHS.search(turn.text) or _PAYS_APART.search(turn.text)
    return bool(people or (own and not weighed)) and not _OF_ME.search(turn.text)


def stands_beside(turn: Turn, name: Mention) -> bool:
    """Whether a name stands beside the question of a message, in a sentence that asks nothing."""
    if not turn.text[name.start : name.end].strip():
        return True
    ends = [match.end() for match in _CLAUSES.finditer(turn.text)]
    start, end = (
        max((e for e in ends if e <= name.start), default=0),
        min((e for e in ends if e >= name.end), default=-1),
    )
    own = turn.text[start:end].strip()
    later = any(ASKS.match(one) for one in _CLAUSES.split(turn.text[end:])) if end > 0 else False
    return later and not own.endswith("?") and not ASKS.match(own)


def _held_already(context: Context, turn: Turn) -> Turn:
    """ "What if I hold the CCA already?", after what the CCS takes: asked of that one, by who holds the other."""
    held = [m for m in turn.mentions if m.kind == "credential"]
    wanted = context.credential
    other = wanted and len(held) == 1 and held[0].value != wanted and _HOLDS.search(turn.text[: held[0].start])
    if not other or context.topic not in _OF_CREDENTIALS or not _IF.search(turn.text):
        return turn
    if turn.intent not in (*_OF_EXAMS, UNCOVERED, FALLBACK, "follow_up"):
        return without(turn, held) if context.topic == "certification" else turn
    asked = replace(without(turn, held), vector=between_both(context, turn))
    return asked.settled_as("ask_certification", Mention("credential", wanted or "", implied=True))


def _from_there(turn: Turn, aim: Mention, known: Callable[[str], bool]) -> Turn:
    """ "My mom is a medical assistant. Can she become a manager from there?": what her job leads to; of a job of which
    nothing is known but statistics, what the aim takes."""
    if not (_ENDS_WITH.search(turn.text[: aim.start]) and _FROM_IT.match(turn.text[aim.end :])):
        return turn
    start = [m for m in turn.told if m.kind == "occupation" and m.value != aim.value]
    if not start:
        return turn
    if not known(start[-1].value):
        return turn.settled_as("ask_experience")
    left = without(turn, [aim])
    return replace(left, mentions=(*left.mentions, *start[-1:])).settled_as("ask_advancement")


def _brought(context: Context, turn: Turn, studied: bool) -> Turn:
    """A question whether something that someone brings along counts, as one about schooling or about experience; after
    what it takes, read together with the question that it follows up."""
    intent = turn.intent if turn.intent in _OF_ENTRY else "ask_education" if studied else "ask_experience"
    after = context.topic in _SCHOOLING and turn.intent != "ask_certification"
    if turn.intent in _OF_ENTRY and not after:
        return turn
    if studied:  # of what somebody studied, sources say which is accepted
        return turn.settled_as("ask_education" if after else intent)
    vector = between_both(context, turn) if after else turn.vector
    return replace(turn, vector=vector).settled_as(intent)
