"""Occupations called by a word of their name, or by what is done in them: "the pharmacy one", "what would records pay".

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from actions.connectives import CONNECTIVES
from actions.context import Context, words
from actions.routing import FALLBACK
from actions.turn import Mention, Turn
from knowledge.catalog import Catalog, Occupation
from knowledge.importers.titles import singular

NICKNAMES: Mapping[str, str] = {  # words that people use for an occupation beside those of its name
    "medical-records-technician": "coding coder billing biller records",
    "registered-nurse": "nursing",
    "medical-transcriptionist": "transcription transcribing",
    "health-services-manager": "administrator administration management",
}
_RARER: Mapping[str, str] = {"medical-transcriptionist": "typing typist", "medical-records-technician": "code"}
_TALK = frozenset(("affirm", "deny", "smalltalk", "out_of_scope", FALLBACK))
_NICKNAME = re.compile(
    r"(?<!\bmy )\b(\w+) (?:ones?|jobs?|thing|work|role|field|side|career|people|kinds?|type|path|route|track"
    r"|version|positions?|openings?|folks|crowd)\b",
    re.I,
)
_NOT_NAMES = frozenset(
    "one ones job jobs thing work role field side career part option kind kinds type path route track version the that"
    " this records'".split()
)
_GENERAL = frozenset(("medical", "health", "care", "services", "service"))  # "medical jobs" are jobs of any kind
# Words for the work that may stand for the occupation where they are what is asked about, not what somebody does
# ("what would records pay", but "do they keep records").
_IT = r"(?:the\s+)?(?:medical\s+)?(?P<name>coding|billing|records)(?:\s*(?:&|/|\band\b|\bn\b)\s*(?:coding|billing))?"
_THEN = (
    r"(?=\W*$|\s*[,.;:!?]|\s+(?:is|isn['’]?t|was|it(?:['’]?s| is)|pays?|makes?|earns?|takes?|needs?|requires?|has"
    r"|have|grows?"
    r"|growing|looks?|sounds?|safer|better|worse|harder|easier|longer|shorter|at|also|too|any|even|still|really"
    r"|then|instead"
    r"|again|more|less|hard|easy|boring|stressful|there|here|in|for|be|would|will|does|worth|though|tho|with"
    r"|without|as|if"
    r"|now|over|please|pls)\b)"
)
_STARTS = r"(?:^|[.;:!?]\s+)(?:(?:ok|okay|so|oh|well|yeah|and|but|then|alright|fine|hm+|what if|how about)\W+)*"
_MEANT = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_STARTS}(?:(?:do|does|is|would|will|can|could|should|did|has)\s+)?{_IT}{_THEN}",
        rf"\b(?:is|does|did|will|would|could|should|has|now (?:and|or)|(?:that|this|it|mine|job) (?:and"
        rf"|or))\s+{_IT}{_THEN}",
        r"\b(?:back to|return(?:ing)? to|go(?:ing)? (?:back )?(?:in)?to|switch(?:ing)?(?: over)? to|over to"
        r"|stick(?:ing)? with"
        r"|stay(?:ing)? with|go(?:ing)? with|(?:what|how) about|than|versus|vs\.?|against|compared? (?:to|with)|into"
        rf"|choos(?:e|ing)|chose|pick(?:ed|ing)?|prefer|i mean|meant)\s+{_IT}{_THEN}",
        rf"\bdo(?:ing)?\s+{_IT}\s+(?:instead|then)\b",
        r"\b(?:pay|pays|salary|money|outlook|demand|openings|jobs?|careers?|same(?: question"
        r"| thing)?)\s+(?:\w+\s+){0,2}"
        rf"(?:for|of|in)\s+{_IT}{_THEN}",
        rf"\b(?:school(?:ing)?|degree|training|hours)\s+(?:\w+\s+){{0,2}}for\s+{_IT}{_THEN}",
        r"\b(?:degree|diploma|certificat\w+|certified|licen[sc]ed?|school|college|training|experience|qualified"
        r"|takes?|long"
        r"|hard|learn\w*|start\w*|able)\s+(?:\w+\s+){0,2}to\s+(?P<name>code)\b",
    )
)
# "coding" alone is the occupation where another is named: "is coding safer than medical assisting?"
_CODING = re.compile(
    r"(?<!software )(?<!computer )(?<![\w-])(?:coding|billing)(?![\w-])(?! (?:exam|school|class|program|language))",
    re.I,
)


def nicknamed(catalog: Catalog, context: Context, turn: Turn) -> Turn:
    """A turn that calls an occupation by one word of its name: "the pharmacy one", "records?", "and a medical one"."""
    if turn.values("occupation"):
        return turn
    known = [catalog.occupations[id] for id in catalog.in_depth]
    for match in _NICKNAME.finditer(turn.text):
        word = match.group(1).lower()
        if word in CONNECTIVES:
            continue
        id = _sibling(catalog, context, singular(word)) or _called(known, {word}, context.spoken("occupation"))
        id = id or _spoken_of(catalog, context, singular(word))
        if id:
            return _with(turn, id, match.span(1))
    asked = _asked_by_its_work(known, context, turn)
    if asked is not turn:
        return asked
    if context.topic is None or turn.settled or turn.kinds - {"place", "pay_period", "statistic"}:
        return turn
    left = set(words(turn.rest)) - CONNECTIVES - _NOT_NAMES
    id = _called(known, left) if 0 < len(left) <= 2 else None
    if id is None:
        return turn
    names = tuple(m for m in turn.mentions if m.kind != "cue")
    return replace(turn, intent="follow_up", mentions=(*names, Mention("occupation", id)), settled=True)


def _with(turn: Turn, id: str, span: tuple[int, int]) -> Turn:
    """The turn with an occupation where it is called by a word ("the pharmacy one" is no employer)."""
    start, end = span
    others = tuple(m for m in turn.mentions if m.kind != "employer_type" or m.end <= start or end <= m.start)
    intent = "follow_up" if turn.intent in _TALK else turn.intent
    return replace(turn, intent=intent, mentions=(*others, Mention("occupation", id, (), start, end)))


def _asked_by_its_work(known: Iterable[Occupation], context: Context, turn: Turn) -> Turn:
    """ "what would records pay", "is coding growing", "a degree to code": where another occupation is talked of."""
    if context.occupation is None or turn.settled:
        return turn
    for pattern in _MEANT:
        match = pattern.search(turn.text)
        id = _called(known, {match.group("name").lower()}) if match else None
        if match and id and (id != context.occupation or context.second_occupation):
            return _with(turn, id, match.span("name"))
    return turn


def _called(known: Iterable[Occupation], said: set[str], spoken: Sequence[str] = ()) -> str | None:
    """The one occupation with all of the words in its name; of several the one that was talked of last."""
    named = [o.id for o in known if said <= set(f"{o.name} {NICKNAMES.get(o.id, '')} {_RARER.get(o.id, '')}".split())]
    if len(named) < 2 or said <= _GENERAL:
        return named[0] if said and len(named) == 1 else None
    return next((id for id in reversed(spoken) if id in named), None)


def _spoken_of(catalog: Catalog, context: Context, word: str) -> str | None:
    """The one of the two that were compared, or else of those that were talked of, with a word in its name."""
    for names in (context.options, context.recent):
        ids = dict.fromkeys(id for kind, _, id in (name.partition(":") for name in names) if kind == "occupation")
        known = (catalog.occupations[id] for id in ids if id in catalog.occupations)
        having = [one.id for one in known if word in {singular(part) for part in one.name.split()}]
        if len(having) == 1 and (names is context.options or word not in _GENERAL):
            return having[0]
    return None


def _sibling(catalog: Catalog, context: Context, word: str) -> str | None:
    """The occupation named like the current one but for a word: "a medical one" after dental assistants."""
    now = catalog.occupations.get(context.occupation or "")
    if now is None:
        return None
    current = [singular(one) for one in now.name.split()]
    if len(current) != 2:
        return None
    wanted = [frozenset((word, other)) for other in reversed(current)]
    return next((id for words in wanted if (id := catalog.by_words.get(words)) and id != now.id), None)


def with_coding(turn: Turn, coding: str) -> Turn:
    """A turn that names another occupation beside "coding": with both. `coding`: the occupation that it is."""
    named = turn.values("occupation")
    asked = any(m.kind == "occupation" and turn.text[m.start : m.end].strip() for m in turn.mentions)
    match = _CODING.search(turn.text if asked else turn.whole)
    inside = match and any(m.start <= match.start() < m.end for m in turn.mentions if m.kind != "cue")
    if match is None or inside or coding in named or len(named) != 1:
        return turn
    mention = Mention("occupation", coding, (), match.start(), match.end())
    return replace(turn, mentions=tuple(sorted((*turn.mentions, mention), key=lambda m: m.start)))
