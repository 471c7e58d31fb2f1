"""What a message points back at: "the first one", "the other", "which of them". Pure.

Two things that were compared are meant first; else what was talked of, in its order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.aspects import GROWTH_WORDS, PAY_WORDS, SCHOOL_WORDS, TIME_WORDS, names_aspect
from actions.connectives import LINK, PAY_APART
from actions.context import Context, ids_of
from actions.routing import FALLBACK
from actions.turn import Mention, Turn
from knowledge.statement import Statement

_OWN = frozenset(("credential", "occupation", "place", "foreign", "employer_type", "school", "period"))
_NOUNS = {
    "place": r"city|state|place|area|town",
    "credential": r"cert(?:ification|ificate)?|credential|exam|test",
    "occupation": r"career|occupation|role|position",
}
_NOUN = rf"(?:one|option|kind|type|{'|'.join(_NOUNS.values())})"
_FOLLOWS = (  # what may come after "the other" for it to stand alone
    r"(?:\W*$|\s*[,.?!;]|\s+(?:is|are|does|do|did|pays?|makes?|needs?|takes?|requires?|ha(?:s|ve)|earns?|grows?|growing|leads?"
    r"|in|for|at|and|or|now|there|here|again|instead|then|too|also|again|would|will|can|could|should|later|please|pls|though|tho"
    r"|work(?:s|ing)?|means?|involves?|lets?|be|more|less|better|worse|harder|easier|faster|quicker|slower|cheaper|safer"
    r"|longer|shorter|higher|lower|tougher|riskier"
    r"|of (?:them|those|these|the two|both)|i|you|what|how|where|which|who)\b)"
)
_POINTS = re.compile(
    rf"\b(?:the|that|this)\s+(?:(?P<first>first|1st|former|original)|(?P<second>second|2nd|latter)|(?P<third>third|3rd)|(?P<other>other)|(?P<last>last))"
    rf"(?:\s+(?P<noun>{_NOUN})\b|(?={_FOLLOWS}))"
    rf"|\b(?:the|that|this)\s+other\s+(?P<job>job)\b"
    r"|\b(?:back to|return to|about|for)\s+the\s+(?:(?P<first_job>first)|(?P<second_job>second))\s+job\b"
    r"|\bthe\s+(?:(?P<first_said>first|1st)|(?P<second_said>second|2nd))\s+(?:job|career|one|thing)\s+(?:that\s+)?"
    r"(?:i|we|you|u)\s+(?:(?:was|were)\s+)?(?:ask|said|say|mention|talk|told|nam|list|look|brought|bring|start)\w*"
    r"(?:\s+(?:you|me|u))?(?:\s+(?:about|abt|of|with|up|at|on))*",
    re.I,
)
_ALONE = re.compile(
    rf"{LINK}(?:(?P<first>first|1st|former)|(?P<second>second|2nd|latter)|(?P<third>third|3rd)|(?P<other>other))"
    r"(?: one)?\W*$",
    re.I,
)
_ALL = r"(?:both|(?:all )?(?:the|those|these|them) (?:two|three|four)|all (?:of (?:them|these|those)|three|four))"
_WHICH = re.compile(
    rf"\b(?:which|what)\s+(?:one|of (?:{_ALL}|them|['’]?em|these|those)"
    r"|(?:job|career|cert\w*)(?= (?:is|has|pays|makes|needs|takes|leads)))\b"
    r"|\bwhich\b(?=\s+(?:is|are|has|pays?|brings?|makes?|earns?|needs?|takes?|requires?|leads?|gets?|grows?|will|would"
    r"|gives?|costs?)\b)"
    r"|\bwho\b(?=\s+(?:makes?|earns?|gets?|needs?)\b)",
    re.I,
)
# of credentials also without a word that weighs them: "which could I sit for with my degree"
_WHICH_MAY = re.compile(r"\bwhich\b(?=\s+(?:can|could|do|does|did|should|am|will|may)\b)", re.I)
_OF_EITHER = re.compile(r"\b(?:n?either|both)\b", re.I)  # of two credentials: "can I take either without a degree"
# "how do they compare", "put those side by side", of the two talked of last
_SIDE_BY_SIDE = re.compile(
    r"\bhow (?:do|would|does) (?:they|those|these|the two|both|the jobs)(?: two)? (?:compare|stack up|differ)\b"
    r"|\bcompare (?:them|those|these|the two|both)\b|\bhow (?:are|is) (?:they|those|these|the two) different\b"
    r"|\bdifferences? between (?:them|the two|those|these|both)(?=\W*$|\s+(?:two|jobs|careers|in|for)\b)",
    re.I,
)
_OF_BOTH = re.compile(rf"\bof (?:{_ALL}|them|these|those)\b|\b{_ALL}\b(?=\W*$)", re.I)
_OF_KIND = re.compile(
    r"\bwhich of (?:the|those|these)(?: two| three)? (?P<noun>city|cities|states?|places?|areas?|towns?|careers?"
    r"|occupations?|roles?|positions?|certs?|credentials?|exams?)\b",
    re.I,
)
_BOTH = re.compile(
    r"\b(?:first|1st|former)\b.*\b(?:second|2nd|latter)\b|\b(?:second|2nd|latter)\b.*\b(?:first|1st|former)\b", re.I
)
# "pay for both", "the growth of the two", "all three", "side by side"
_EACH = re.compile(
    r"\b(?:both|all (?:of (?:them|these|those)|(?:the )?(?:three|four)))\b(?=\W*$|\s*[,.;?!]"
    r"|\s+(?:in|of|for|at|here|there|now|please|needs?|requires?|pays?|makes?|earns?|ha(?:s|ve)|get"
    r"|take|works?|grow(?:ing)?|do|does|are|is|be|start|look|seem|expected|an hour|a year|per|hourly|jobs|careers|roles"
    r"|positions|fields)\b)|\bside by side\b|\b(?:the|those|these|them) (?:two|three|four)(?: jobs| careers| roles)?"
    r"(?=\W*$|\s*[,.;?!]|\s+(?:in|of|for|at|here|there|are|is|do|does|need|require|pay|make|have|side)\b)"
    r"|\beach (?:one|job|of (?:them|(?:those|these|the)(?: (?:two|three|four))?))\b"
    r"|\b(?:for|of|do|does|would) each(?=\W*$|\s+(?:in|at|here|there|now|please)\b)"
    r"|\b(?:do|does|is|are|can|could|will|would|for|in|with|of|at|as|need|become)(?: (?:i|you|u|they))? either\b",
    re.I,
)
_HELD = re.compile(
    r"\b(?:that|which|than) (?:mine|(?:the )?(?:first|other)(?: one)?"
    r"|(?:what|the one) (?:i|he|she|we)(?:['’]ve)? ?(?:have|has|hold|got)?)"
    r"(?:\s+(?:already|now))?\s*(?:doesn['’]?t|does not|don['’]?t|won['’]?t|can['’]?t|lacks?|\W*$)",
    re.I,
)
# "how is that different from the RHIT", "does it pay better than the RHIT I have", after another credential
_MEASURED = re.compile(
    r"\b(?:it|that|this|that one|this one)\b.*\b(?:differ\w*|same|better|more|less|higher|compare[sd]?"
    r"|stack up)\b.*\b(?:than|from|as|to|with|against|between)\s+(?:the|my|an?)?\s*$",
    re.I,
)
_DIFFERENCE = re.compile(r"\bdifferences?\b(?!.*\b(?:sources?|numbers?|figures?)\b)", re.I)
_DEGREE = re.compile(
    r"\b(?:more|less|better|worse|faster|slower|higher|lower|longer|shorter|easier|harder|quicker|sooner|most|least|best|fewer"
    r"|bigger|safer|cheaper|tougher|riskier|busier|calmer|without|fastest|quickest|easiest|highest|lowest|shortest)\b",
    re.I,
)
# "same amount of schooling?", "how far apart are they on pay", "how much more is it"
_ALIKE = re.compile(
    r"\bsame (?:amount|kind|level|length|years?|pay|salary|money|school\w*|training|degree|growth|outlook)\b"
    r"|\bhow (?:far|much) apart\b|\bby how much\b|\bhow much (?:more|less|better|higher|lower)\b|\bgap (?:in|between)\b"
    r"|\b(?:big|much of a) gap\b"
    r"|\b(?:rank|sort|order) (?:them|these|those|all)\b|\bin order of\b|\bof the (?:bunch|lot|group)\b",
    re.I,
)
_WEIGHED = re.compile(PAY_APART, re.I)
_LESS = re.compile(
    r"\b(?:less|worse|lower|shorter|easier|quicker|sooner|least|fewer|fastest|quickest|easiest|lowest|shortest|faster)\b",
    re.I,
)
# what "is the second better paid" is taken for
_OF_ONE_ASPECT = frozenset((FALLBACK, "ask_pay", "ask_outlook", "ask_education", "ask_how_to_become"))
_OF_JOBS = re.compile("|".join((GROWTH_WORDS, SCHOOL_WORDS, TIME_WORDS)), re.I)  # in which no two places differ
_OF_THOSE = re.compile(r"\b(?:of )?(?:those|these|them)\b", re.I)
_LISTED = frozenset(("certification", "programs", "skills", "duties", "related_careers", "advancement"))
_LEVELS = ("none", "high-school", "certificate", "some-college", "associate", "bachelor", "master", "doctoral")


def _ids(context: Context, kind: str) -> list[str]:
    """What was talked of of a kind, each once, in its order."""
    return list(dict.fromkeys(context.spoken(kind)))


def _kind(context: Context, noun: str | None) -> str | None:
    """The kind of thing pointed at: what the noun says, what was compared, else what changed last."""
    for kind, pattern in _NOUNS.items():
        if noun and re.fullmatch(pattern, noun, re.I):
            return kind
    if context.options:
        return context.options[0].partition(":")[0]
    several = [name.partition(":")[0] for name in reversed(context.recent)]
    return next((kind for kind in several if len(_ids(context, kind)) > 1), None)


def _kind_compared(context: Context, turn: Turn, kind: str | None) -> str | None:
    """The kind of thing that "which one has the better outlook" weighs: places differ in pay alone, so that anything
    else is asked of the occupations talked of; of what an answer only listed, none is known."""
    several = len(_ids(context, "occupation")) > 1
    if kind == "place" and several and _OF_JOBS.search(turn.text) and not re.search(PAY_WORDS, turn.text, re.I):
        return "occupation"
    listed = kind == "occupation" and not context.options and context.topic in _LISTED
    return None if listed and _OF_THOSE.search(turn.text) and not names_aspect(turn.text) else kind


def _pair(context: Context, kind: str) -> list[str]:
    """What "first" and "second" count: the two that were compared, else all that was talked of."""
    if context.options and context.options[0].startswith(f"{kind}:"):
        return ids_of(context.options, kind)
    return _ids(context, kind)


def _other(context: Context, kind: str, known: Sequence[str]) -> str | None:
    """The one that is not being talked of; after a comparison the one that it did not put first."""
    second = getattr(context, f"second_{kind}")
    if second:
        return str(second)
    now = getattr(context, kind)
    return next((id for id in (*reversed(context.spoken(kind)), *reversed(known)) if id in known and id != now), None)


def pointed(context: Context, turn: Turn) -> Turn:
    """The turn with what "the first one" or "the other" means as its last mention; itself if it points at nothing."""
    match = _POINTS.search(turn.text) or _ALONE.match(turn.text)
    if match is None:
        return turn
    found = match.groupdict()
    job = any(found.get(name) for name in ("job", "first_job", "second_job", "first_said", "second_said"))
    kind = "occupation" if job else _kind(context, found.get("noun"))
    if kind is None or turn.values(kind):
        return turn
    said = found.get("first_said") or found.get("second_said")  # counted over all of the conversation
    known = _ids(context, kind) if said else _pair(context, kind)
    if found.get("other") or found.get("job"):
        id = _other(context, kind, known)
    elif found.get("last"):
        id = known[-1] if context.options else getattr(context, kind)
    else:
        first = any(found.get(name) for name in ("first", "first_job", "first_said"))
        place = 0 if first else 2 if found.get("third") else 1
        id = known[place] if len(known) > place else None
    if id is None or (len(known) < 2 and not found.get("last")):
        return turn
    start, end = match.span()
    cues = [m for m in turn.mentions if m.kind == "cue" and start <= m.start and m.end <= end]  # "first" is no cue here
    left = tuple(m for m in turn.mentions if m not in cues)
    return replace(turn, mentions=(*left, Mention(kind, id, (), start, end)))


def weighed_with_other(context: Context, named: Turn) -> Turn | None:
    """ "Is the second one harder to get into", after two occupations were compared: of that one and the other."""
    two, one = ids_of(context.options, "occupation"), named.values("occupation")
    of_two = named.intent == "ask_comparison" or (named.intent in _OF_ONE_ASPECT and names_aspect(named.text))
    weighs = of_two and _DEGREE.search(named.text)
    if len(two) != 2 or len(one) != 1 or one[0] not in two or not weighs:
        return None
    other = two[two[0] == one[0]]
    return named.settled_as("ask_comparison", Mention("occupation", other, implied=True))


def compared(context: Context, turn: Turn) -> tuple[Mention, ...]:
    """All that "which of them pays more" sets side by side; () if it names something itself, or there are none."""
    of = _OF_KIND.search(turn.text)
    kind = _kind(context, re.sub("ies$", "y", of.group("noun").lower()).removesuffix("s") if of else None)
    of_places = kind == "place" and of  # "which of the two cities pays coders more"
    names = [
        m
        for m in turn.mentions
        if m.kind in _OWN and m.value != "schools" and not (of_places and m.kind == "occupation")  # "has less school"
    ]
    apart = bool(context.options and (_DIFFERENCE.search(turn.text) or _ALIKE.search(turn.text)))
    both = bool(context.options and _BOTH.search(turn.text))
    apart = apart or bool(ids_of(context.options, "occupation") and _WEIGHED.search(turn.text))
    if context.topic == "certification" and len(_ids(context, "credential")) > 1:
        kind = "credential"
    of_two = kind == "credential" and context.topic in ("certification", "comparison", "tuition")
    which = _WHICH.search(turn.text) or (
        of_two and (_WHICH_MAY.search(turn.text) or _OF_EITHER.search(turn.text))
    )
    side_by_side = _SIDE_BY_SIDE.search(turn.text)
    apart = apart or bool(side_by_side)
    if not (which or apart or both) or names:
        return ()
    kind = kind if side_by_side else _kind_compared(context, turn, kind)
    if kind is None or (kind == "credential" and not context.credential):
        return ()
    two = both or (context.options and _OF_BOTH.search(turn.text))
    weighed = context.options and names_aspect(turn.text)  # "which one is growing", after two were compared
    if kind != "credential" and not (apart or two or weighed or _DEGREE.search(turn.text)):
        return ()
    return tuple(Mention(kind, id, implied=True) for id in _compared(context, kind))


def _compared(context: Context, kind: str) -> list[str]:
    """All that were compared last; else the last two talked of."""
    compared_last = bool(context.options) and context.options[0].startswith(f"{kind}:")
    return _pair(context, kind) if compared_last else _pair(context, kind)[-2:]


def held(context: Context, turn: Turn) -> tuple[Mention, ...]:
    """ "What does the CCS show that mine doesn't", after somebody told which one they have; "how is that different from
    the RHIT", after another: the two credentials; () if a message asks for no such thing."""
    asked, told = turn.values("credential"), [m.value for m in turn.told if m.kind == "credential"]
    if len(asked) > 1:
        return ()
    now = context.credential
    if asked and now not in (None, asked[0]) and not turn.values("occupation"):
        mention = next(m for m in turn.mentions if m.kind == "credential")
        if _MEASURED.search(turn.text[: mention.start]):
            return Mention("credential", str(now), implied=True), mention
    one = asked[0] if asked else now
    other = next((id for id in reversed((*context.spoken("credential"), *told)) if id != one), None)
    if not _HELD.search(turn.text) or one is None or other is None:
        return ()
    return Mention("credential", one, implied=True), Mention("credential", other, implied=True)


def each(context: Context, turn: Turn) -> tuple[Mention, ...]:
    """The occupations that "pay for both" is asked of: those compared last, or the last two talked of; () if there are
    none, or it names one itself."""
    if not _EACH.search(turn.text) or turn.kinds & (_OWN - {"place"}):
        return ()
    several = _compared(context, "occupation")
    if context.options and not context.options[0].startswith("occupation:"):
        return ()  # two credentials, or two places
    return tuple(Mention("occupation", id, implied=True) for id in several) if len(several) > 1 else ()


def leader(statements: Sequence[Statement], question: str, several: Sequence[str]) -> str | None:
    """Which of several occupations a comparison's headline names as the answer to "which …": the one with the higher
    figure or level, or the lower for "less"; None if it does not tell, or none was asked for."""
    if not re.search(r"\bwh(?:ich|o)\b", question, re.I) or not _DEGREE.search(question):
        return None
    sizes: dict[str, float] = {}
    for one in statements:
        level = one.scope.qualifier("level")
        size = one.number if one.number is not None else _LEVELS.index(level) if level in _LEVELS else None
        if size is not None and one.occupation in several:
            sizes.setdefault(one.occupation, float(size))
    if len(sizes) == 1 and len(several) > 2:  # the headline names the one
        return next(iter(sizes))
    if len(sizes) != 2 or len(set(sizes.values())) != 2:
        return None
    schooling = any(one.number is None for one in statements)
    less = re.search(r"\b(?:less|worse|lower|least|fewer|lowest)\b", question, re.I) or (
        schooling and _LESS.search(question)
    )
    return (min if less else max)(sizes, key=sizes.__getitem__)
