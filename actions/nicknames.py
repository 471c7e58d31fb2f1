"""Occupations called by a word of their name, or by what is done in them: "the pharmacy one", "what would records pay".

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from actions.against import stands_beside
from actions.connectives import CONNECTIVES
from actions.context import Context, ids_of, words
from actions.routing import FALLBACK
from actions.stories import own_job, without
from actions.turn import Mention, Turn
from knowledge.catalog import Catalog, Occupation
from knowledge.importers.titles import singular

NICKNAMES: Mapping[str, str] = {  # words that people use for an occupation beside those of its name
    "medical-records-technician": "coding coder billing biller records",
    "registered-nurse": "nursing",
    "medical-transcriptionist": "transcription transcribing dictation dictated dictates dictate",
    "health-services-manager": "administrator administration management",
}
_RARER: Mapping[str, str] = {"medical-transcriptionist": "typing typist", "medical-records-technician": "code"}
_TALK = frozenset(("affirm", "deny", "smalltalk", "out_of_scope", FALLBACK))
_NICKNAME = re.compile(
    r"(?<!\bmy )\b(\w+) (?:ones?|jobs?|thing|work|roles?|field|side|career|people|kinds?|type|path|route|track"
    r"|version|positions?|openings?|folks|crowd)\b",
    re.I,
)
# The same after a comparison: "how many technologist positions", "touch patients in records", "I'm leaning billing".
_HALF = re.compile(
    r"\b(?P<before>\w+) (?:positions?|openings?|workers?|spots?|gigs?|folks)\b"
    r"|\b(?:in|into|leaning(?: towards?)?|rather do|choosing|picking) (?:the )?(?P<after>\w+)(?=\W*$|\s*[,.;?!])",
    re.I,
)
_MENDED = re.compile(
    r"\b(?:i (?:mean|meant)|scratch that|or rather|(?:sorry|oops|wait|no)\W+(?:no\W+|wait\W+)?(?=(?:the|an?|for)\b))",
    re.I,
)
_NOT_NAMES = frozenset(
    "one ones job jobs thing work role field side career part option kind kinds type path route track version the that"
    " this records'".split()
)
_GENERAL = frozenset(("medical", "health", "care", "services", "service"))  # "medical jobs" are jobs of any kind
_OF_BOTH = frozenset(("and", "information"))  # words of such names that name neither
_OF_TWO = re.compile(
    r"\b(?:which|both|either|neither|each|two(?![ -](?:years?|yrs?|months?|semesters?)\b)"
    r"|differen\w+|than|vs\.?|versus|or|compare\w*|them|those|these)\b",
    re.I,
)
# Words for the work that may stand for the occupation where they are what is asked about, not what somebody does
# ("what would records pay", but "do they keep records").
_IT = (
    r"(?:the\s+)?(?:medical\s+)?(?P<name>coding|billing|records|transcription|pharmacy|management)"
    r"(?:\s*(?:&|/|\band\b|\bn\b)\s*(?:coding|billing))?"
)
_THEN = (
    r"(?=\W*$|\s*[,.;:!?]|\s+(?:is|isn['’]?t|was|it(?:['’]?s| is)|pays?|makes?|earns?|takes?|needs?|requires?|has"
    r"|have|grows?"
    r"|(?:safe|hard|easi|long|short|strict|quick|fast|slow|cheap|calm|busi|high|low|clos|clean)er"
    r"|growing|looks?|sounds?|better|worse|at|also|too|even|still|really"
    r"|then|instead|different|differ|similar|like|close|compares?|comparable|any|the same"
    r"|again|more|less|hard|easy|boring|stressful|there|here|in|for|be|would|will|does|worth|though|tho|with"
    r"|without|as|if"
    r"|now|later|someday|over|please|pls|what|how|which|where|when|who|can|could|should|do|lets?|offers?|allows?|wins?)\b)"
)
_STARTS = r"(?:^|[.;:!?]\s+)(?:(?:ok|okay|so|oh|well|yeah|and|but|then|alright|fine|hm+|what if|how about)\W+)*"
_MEANT = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_STARTS}(?:(?:do|does|is|would|will|can|could|should|did|has)\s+)?{_IT}{_THEN}",
        rf"\b(?:is|does|did|will|would|could|should|has|now (?:and|or)|(?:that|this|it|mine|job) (?:and"
        rf"|or))\s+{_IT}{_THEN}",
        r"\b(?:back to|over to|(?:return|switch|chang|mov|jump|cross|shift|transition)(?:s|e|es|ed|d|ing)?(?: over)? to"
        r"|(?:go|goes|going|went|gone)(?: (?:back )?(?:to|with|for|into))?|(?:stick|stay)(?:s|ed|ing)? with|stuck with"
        r"|(?:what|how) about|than|versus|vs\.?|against|compared? (?:(?:it|that|this|those|them) )?(?:to|with|against)"
        r"|into|(?:train|stud|prepar)\w* (?:for|in)|(?:th(?:ink|inking|ought)|ask(?:ed|ing)?) (?:about|of)"
        r"|consider(?:ed|ing|s)?|interested in|look(?:ed|ing)? (?:at|into)|sorry,?|no,"
        r"|(?:try|tri|choos|pick|lean|prefer)(?:y|ied|e|s|ed|ing)?(?: (?:toward|to)s?)?|chose|took up|i mean|meant)"
        rf"\s+{_IT}{_THEN}",
        rf"\bdo(?:ing)?\s+{_IT}\s+(?:instead|then)\b",
        # "any blood in coding", but not "a degree in coding"
        r"(?<!degree )(?<!major )(?<!class )(?<!classes )(?<!course )(?<!courses )(?<!certificate )(?<!cert )"
        rf"(?<!background )(?<!experience )(?<!work )(?<!years )(?<!interested )(?<!is )(?<!are )\bin\s+{_IT}(?=\W*$)",
        rf"\b{_IT}\s+it is\b",
        r"\b(?:pay|pays|salary|money|outlook|demand|openings|jobs?|careers?|same(?: question"
        r"| thing)?)\s+(?:\w+\s+){0,2}"
        rf"(?:for|of|in)\s+{_IT}{_THEN}",
        rf"\b(?:school(?:ing)?|degree|training|hours)\s+(?:\w+\s+){{0,2}}for\s+{_IT}{_THEN}",
        r"\b(?:degree|diploma|certificat\w+|certified|licen[sc]ed?|school|college|training|experience|qualified"
        r"|takes?|long"
        r"|hard|learn\w*|start\w*|able)\s+(?:\w+\s+){0,2}to\s+(?P<name>code)\b",
    )
)
# "back to the technologist": called by what its name ends with, as nobody does at first
_HEAD = re.compile(r"\b(?:the|an?|those|back to|about|for|do|does|are)\s+(?P<name>[a-z]{4,})\b(?!['’-])", re.I)
_BESIDE = frozenset(("place", "pay_period", "statistic", "level", "school"))  # what may be named beside one of the two
# Chosen in a remark beside the question: "think ill go pharmacy. do I …", "coding it is, then", "sorry, pharmacy".
_CHOSEN = re.compile(
    r"(?<!n['’]t )(?<!nt )(?<!\bnot )(?<!never )"
    r"\b(?:go(?:es|ing)?|went|pick(?:s|ed|ing)?|choos\w+|chose|prefer\w*|rather|lean\w*|decided|settled|thought"
    r"|think(?:s|ing)?|consider\w*|interested|lik(?:es?|ed|ing)|loves?|want(?:s|ed)?|wanna|sa(?:y|id)|mean[st]?|back|stick\w*|switch\w*|sorry|ok(?:ay)?|no(?=,)|nah)[\s,]+"
    r"(?:(?:with|for|into|on|about|of|towards?|in|to|do|be|being|doing|going|more|maybe|also|then|the|an?|idea|sound|medical)"
    r"\s+)*(?P<name>[a-z]+)"
    r"(?=\W*$|\s*[,.;:!?]|\s+(?:then|instead|too|better|it is|i guess|i think|job|one|thing|side|path|route|track)\b)"
    r"|\b(?P<it>[a-z]+)(?: it is\b| (?:wins|sounds (?:good|better|great|nice|right|like))\b|,? then\s*[.,;!])",
    re.I,
)
# in the clause before a word for some work: it is not wanted, or is what somebody else did
_REFUSED = re.compile(
    r"(?:n['’]t|\b(?:not|never|no|decided against|without|hate[sd]?|instead of|rather than|dont|wont|wouldnt|isnt"
    r"|cant))\b"
    r"|\bmy (?:\w+ )?\w+ (?:went|works?|worked|did|is in|was in|used to)\b"
    r"|\b(?:people|they|he|she) (?:says?|said|went|did)\b",
    re.I,
)
_CLAUSE = re.compile(r"[.,;:!?]|\bbut\b", re.I)
_AT_THE = re.compile(r"\bthe\s+(?:medical\s+)?$|\b(?:go|going|went) to\s+$", re.I)  # the place, or its people
SHORT = 20  # words up to which what stands beside a question is a remark, and no story
_IN_A_LIST = re.compile(r"(?:,|\b(?:and|or|vs\.?|versus))\s*(?:medical\s+)?$", re.I)
_I_CODE = re.compile(
    r"\bi(?: already| currently| still| just| now)* (?:do|did) (?:\w+ )?(?P<work>coding|billing)\b", re.I
)
# "coding" alone is the occupation where another is named: "is coding safer than medical assisting?"
_CODING = re.compile(
    r"(?<!software )(?<!computer )(?<![\w-])(?:coding|billing)(?![\w-])(?! (?:exam|school|class|program|language))",
    re.I,
)


def nicknamed(catalog: Catalog, context: Context, turn: Turn) -> Turn:
    """A turn that calls an occupation by one word of its name: "the pharmacy one", "records?", "and a medical one"."""
    known = [catalog.occupations[id] for id in catalog.in_depth]
    said = turn.whole if len(turn.whole.split()) < SHORT else turn.text
    if turn.values("occupation"):
        return _beside_names(catalog, context, turn) or _beside_own(known, context, turn, said)
    if called := _by_nickname(catalog, context, turn, said):
        return called
    halved = context.options and not turn.settled and not _OF_TWO.search(turn.text)
    half = _HALF.search(turn.text) if halved else None
    if half and half.lastgroup and (id := _of_compared(catalog, context, singular(half.group(half.lastgroup).lower()))):
        return _with(turn, id, half.span(half.lastgroup))
    asked = _asked_by_its_work(known, context, turn, said)
    if asked is not turn:
        return asked
    if chosen := _chosen(known, context, turn, said):
        return chosen
    if headed := _headed(catalog, context, turn, said):
        return headed
    one = _one_compared(catalog, context, turn)
    if one:
        return _with(turn, one, (0, 0))
    if context.topic is None or turn.settled or turn.kinds - {"place", "pay_period", "statistic"}:
        return turn
    left = set(words(turn.rest)) - CONNECTIVES - _NOT_NAMES
    id = _called(known, left) if 0 < len(left) <= 2 else None
    if id is None:
        return turn
    names = tuple(m for m in turn.mentions if m.kind != "cue")
    return replace(turn, intent="follow_up", mentions=(*names, Mention("occupation", id)), settled=True)


def _by_nickname(catalog: Catalog, context: Context, turn: Turn, said: str, start: int = 0) -> Turn | None:
    """The turn about the one that it calls by a word from `start` on: "the pharmacy one", "the dictation people"."""
    known = [catalog.occupations[id] for id in catalog.in_depth]
    for match in _NICKNAME.finditer(said, start):
        word = match.group(1).lower()
        if word in CONNECTIVES:
            continue
        if context.topic == "advancement" and match.group().lower().endswith(" ones"):
            continue  # "do the management ones need a degree": of the jobs that one can move up to
        id = _sibling(catalog, context, singular(word)) or _called(known, {word}, context.spoken("occupation"))
        id = id or _spoken_of(catalog, context, singular(word))
        if id:
            return _with(turn, id, match.span(1))
    return None


def _beside_names(catalog: Catalog, context: Context, turn: Turn) -> Turn | None:
    """The turn about the one that its question calls by a word, or says instead: "my aunt is a nurse. Do the dictation
    people …", "for a nurse, sorry, the pharmacy one"; None if the names are what it asks about."""
    names = [mention for mention in turn.mentions if mention.kind == "occupation"]
    mended = _MENDED.search(turn.text, min(name.end for name in names))
    before = [name for name in names if name.end <= mended.start()] if mended else names
    if mended and len(before) < len(names):
        return without(turn, before)
    if not mended and not all(stands_beside(turn, name) for name in names):
        return None
    start = mended.end() if mended else max(name.end for name in names)
    return _by_nickname(catalog, context, without(turn, names), turn.text, start)


def _with(turn: Turn, id: str, span: tuple[int, int]) -> Turn:
    """The turn with an occupation where it is called by a word ("the pharmacy one" is no employer)."""
    start, end = span
    others = tuple(m for m in turn.mentions if m.kind != "employer_type" or m.end <= start or end <= m.start)
    intent = "follow_up" if turn.intent in _TALK else turn.intent
    return replace(turn, intent=intent, mentions=(*others, Mention("occupation", id, (), start, end)))


def _beside_own(known: Iterable[Occupation], context: Context, turn: Turn, said: str) -> Turn:
    """ "sorry, pharmacy. I'm already an MA": the turn with the one that it asks about, without the job that someone
    says they have; itself if it names another."""
    own = own_job(turn)
    if own is None or set(turn.values("occupation")) != {own}:
        return turn
    beside = without(turn, [m for m in turn.mentions if m.kind == "occupation"])
    asked = _asked_by_its_work(known, context, beside, said)
    return turn if asked is beside else asked


def _chosen(known: Iterable[Occupation], context: Context, turn: Turn, said: str) -> Turn | None:
    """The turn about the occupation that a remark beside its question chooses by a word: "think ill go pharmacy"."""
    leans = turn.intent in (*_TALK, "follow_up")
    if turn.settled or not (turn.story or turn.parts or leans):
        return None
    for match in _CHOSEN.finditer(said):
        word = "name" if match.group("name") else "it"
        if _is_refused(said, match.start(word)):
            continue
        beside = _beside(turn, match.group(word), *match.span(word))
        id = _called(known, {match.group(word).lower()}, context.spoken("occupation"))
        if id and id != context.occupation and (beside or leans):
            return _with(turn, id, match.span(word))
    return None


def _beside(turn: Turn, word: str, start: int, end: int) -> bool:
    """Whether a word stands beside the question of a message, or its questions."""
    if turn.parts:
        return not any(re.search(rf"\b{word}\b", part.text, re.I) for part in turn.parts)
    return not turn.text[start:end].strip()


def _asked_by_its_work(known: Iterable[Occupation], context: Context, turn: Turn, said: str) -> Turn:
    """ "what would records pay", "is coding growing", "a degree to code": where another occupation is talked of."""
    if context.occupation is None or turn.settled:
        return turn
    for match in (match for pattern in _MEANT for match in pattern.finditer(said)):
        word, start = match.group("name").lower(), match.start("name")
        if _is_where(context, turn, word, said[:start]) or _is_refused(said, start):
            continue
        id = _called(known, {word})
        if id and (id != context.occupation or context.second_occupation):
            return _with(turn, id, match.span("name"))
    return turn


def _headed(catalog: Catalog, context: Context, turn: Turn, said: str) -> Turn | None:
    """The turn about the one of those talked of whose name ends with a word of it, if that is not the current one."""
    if turn.settled or context.occupation is None:
        return None
    spoken = (*context.spoken("occupation"), *ids_of(context.options, "occupation"), context.occupation)
    ends = {id: singular(catalog.occupations[id].name.split()[-1]) for id in spoken if id in catalog.occupations}
    for match in _HEAD.finditer(said):
        word = singular(match.group("name").lower())
        having = [id for id, end in ends.items() if end == word]
        if len(having) == 1 and having[0] != context.occupation and not _is_refused(said, match.start("name")):
            return _with(turn, having[0], match.span("name"))
    return None


def _is_refused(text: str, start: int) -> bool:
    """Whether a word at `start` is not wanted, or only told of somebody else: "decided against coding"."""
    return bool(_REFUSED.search(_CLAUSE.split(text[:start])[-1]))


def _is_where(context: Context, turn: Turn, word: str, before: str) -> bool:
    """Whether a word is a workplace, or its people, rather than the work: "and what about pharmacy", after hospitals;
    "is the management nice"."""
    if word in ("pharmacy", "management") and _AT_THE.search(before):
        return True
    named = len(turn.values("employer_type")) > 1 or context.employer_type is not None
    return word == "pharmacy" and named


def _one_compared(catalog: Catalog, context: Context, turn: Turn) -> str | None:
    """ "would I be touching patients in records", after it was compared with another: the one of the two of whose name
    alone the question says a word."""
    ids = ids_of(context.options, "occupation")
    if len(ids) != 2 or turn.settled or turn.kinds - _BESIDE or _OF_TWO.search(turn.text):
        return None
    said = {singular(word) for word in re.findall(rf"\b([a-z]+){_THEN}", turn.text.lower())} - _GENERAL - _OF_BOTH
    names = [
        {singular(word) for word in f"{catalog.occupations[id].name} {NICKNAMES.get(id, '')}".split()} for id in ids
    ]
    having = [id for id, own, other in zip(ids, names, reversed(names)) if said & (own - other)]
    return having[0] if len(having) == 1 and having[0] != context.occupation else None


def _called(known: Iterable[Occupation], said: set[str], spoken: Sequence[str] = ()) -> str | None:
    """The one occupation with all of the words in its name; of several the one that was talked of last."""
    called = {singular(word) for word in said}
    named = [o.id for o in known if called <= _words_of(o)]
    if len(named) < 2 or said <= _GENERAL:
        return named[0] if said and len(named) == 1 else None
    return next((id for id in reversed(spoken) if id in named), None)


def _words_of(one: Occupation) -> set[str]:
    """The words by which an occupation is called, in the singular."""
    called = f"{one.name} {NICKNAMES.get(one.id, '')} {_RARER.get(one.id, '')}"
    return {singular(word) for word in called.split()}


def _spoken_of(catalog: Catalog, context: Context, word: str) -> str | None:
    """The one of those that were compared, or else of those that were talked of, with a word in its name."""
    if (compared := _of_compared(catalog, context, word)) or word in _GENERAL:
        return compared
    ids = [id for id in dict.fromkeys(context.spoken("occupation")) if id in catalog.occupations]
    having = [id for id in ids if word in {singular(part) for part in catalog.occupations[id].name.split()}]
    return having[0] if len(having) == 1 else None


def _of_compared(catalog: Catalog, context: Context, word: str) -> str | None:
    """The one of those compared last that is called by a word; None if none is, or several are."""
    ids = [id for id in ids_of(context.options, "occupation") if id in catalog.occupations]
    names = {id: f"{catalog.occupations[id].name} {NICKNAMES.get(id, '')}".split() for id in ids}
    having = [id for id, own in names.items() if word in {singular(part) for part in own}]
    return having[0] if len(having) == 1 else None


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
    if not named and (mine := _I_CODE.search(turn.whole)):  # "I already do coding": whose job is asked about later
        return replace(turn, mentions=(*turn.mentions, Mention("occupation", coding, (), *mine.span("work"))))
    asked = any(m.kind == "occupation" and turn.text[m.start : m.end].strip() for m in turn.mentions)
    match = _CODING.search(turn.text if asked else turn.whole)
    listed = match and len(named) == 2 and _IN_A_LIST.search(turn.text[: match.start()])
    inside = match and any(m.start <= match.start() < m.end for m in turn.mentions if m.kind != "cue")
    if match is None or inside or coding in named or not (len(named) == 1 or listed):
        return turn
    mention = Mention("occupation", coding, (), match.start(), match.end())
    return replace(turn, mentions=tuple(sorted((*turn.mentions, mention), key=lambda m: m.start)))
