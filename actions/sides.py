"""Messages that set several things side by side, most of which the conversation named: "which of them pays more?",
"add nurses to that", "do both need a license". Pure.

Each rule gives the message as it is meant, or None.
"""

from __future__ import annotations

import re
from dataclasses import replace

from actions.aspects import names_aspect
from actions.connectives import ASIDE, CONNECTIVES, LINK
from actions.context import TOPIC_INTENTS, Context, ids_of, words
from actions.places import CARRIED_PLACE, RANKING
from actions.references import compared, each, held
from actions.routing import FALLBACK, SURE
from actions.short_questions import UNSURE
from actions.topic_words import beside_names, named_topic
from actions.turn import Mention, Turn
from actions.way import MOVES

SIDE_BY_SIDE = frozenset("pay outlook education comparison duties definition fit related_careers advancement".split())
# what is said of one occupation after the other, where both are asked about
OF_EACH = frozenset("certification skills work_setting experience benefits how_to_become programs".split())
OF_JOBS = frozenset("definition duties comparison fit".split())  # in which the whole of two jobs is set side by side
# what "which is the quickest to get into" is taken for, as if it were asked of one
_OF_ONE = frozenset(("ask_how_to_become", "ask_education", "ask_experience", "ask_programs", "ask_duties", FALLBACK))
_BY_HOW_MUCH = re.compile(r"\bhow (?:much|far)\b", re.I)
_EITHER = re.compile(r"\beither\b", re.I)
_DIFFERS = re.compile(r"\b(?:differ\w*|same|diff|compar\w+|vs|versus)\b", re.I)
# what may be said beside two names in a question of how they differ, in general
_IN_GENERAL = CONNECTIVES | frozenset(
    "is are s what's whats does do was from than difference differences differ different diff between thing jobs career"
    " careers role roles as any really basically exactly actually these those they two each other vs versus kind main"
    " big biggest that this it makes compare compared comparing comparison with against how how's explain me"
    " please like i i'm im am so get getting keep mix mixing mixed up them confuse confused confusing always".split()
)
# "same two cities but for pharmacy technicians"
_THE_TWO = re.compile(r"\b(?:same|those|these|both (?:of )?(?:those|these)) (?:two|2|three|3)\b(?! [a-z]+s\b)", re.I)
_THE_PLACES = re.compile(
    r"\b(?:same|those|these|both(?: of (?:those|these|the))?|the) (?:(?:two|2|three|3|same) )?"
    r"(?:cities|towns|states|places|areas|metros)\b(?! (?:that|where|with|which|pay|overall))",
    re.I,
)
_OF_FIGURES = frozenset(("ask_pay", "ask_comparison", "follow_up", FALLBACK))
# "between a, b and c, whats the quickest to get into": one of those that are named
_THE_MOST = re.compile(
    r"\b(?:what|which|who)(?:['’]?s| is| are| one| ones| of (?:them|those|these)| job| would| has| takes| needs| pays)*"
    r"\s+(?:the\s+)?(?:best|most|least|[a-z]{3,}(?<!inter)(?<!requ)(?<!hon)est)\b"
    r"(?!\s+(?:\w+\s+)?(?:ways?|routes?|paths?|schools?|programs?|colleges?|courses?|class(?:es)?|places?|steps?)\b)",
    re.I,
)
_ENDS = (
    r"(?:most|least|fewest|best|worst|highest|lowest|biggest|smallest|largest|fastest|slowest|quickest|longest|shortest"
    r"|easiest|hardest|cheapest)"
)
_SUPERLATIVE = re.compile(rf"\b{_ENDS}\b", re.I)
_END_ALONE = re.compile(
    rf"{LINK}(?:the |which (?:one )?(?:has|is)? ?(?:the )?)?(?P<end>{_ENDS})"
    r"(?: (?:one|ones|then|though|of (?:them|those|these|all|the (?:two|three|four|lot|bunch))))*\W*$",
    re.I,
)
_ADDED = re.compile(r"\b(?:add|include|throw in)\b|\b(?:too|as well|also)\W*$", re.I)
_LIKENESS = (
    r"(?:same|alike|similar\w*|identical|match(?:es|ed|ing)?|resembl\w+|equal(?:s|ed)?|equivalent|compar(?:es?|ed|able)"
    r"|beats?|differ\w*|diff|close to|(?:any|no)where near|vs|versus|anything like|something like|a lot like|much like"
    r"|just like|line up|in line|stack up)"
)
_MORE = r"(?:better|worse|more|less|fewer|higher|lower|longer|shorter|faster|slower|harder|easier|safer)"
# what stands before a name by which something is measured: "is that the same as", "does it match what"
_BY = re.compile(
    rf"\b(?:{_LIKENESS}\b(?:(?: (?!(?:for|in|of|with|about|on|but|just|only|now)\b)\w+){{0,3}}?"
    r" (?:as|from|than|to|with|against|by))?"
    rf"|{_MORE}\b(?: \w+){{0,3}}? than|as \w+ as)"
    r"(?: (?:what|how|that of|those of|the ones?|ones?|it is|they do|being|do|does|is|are|most|other|an?|the))*\s*$"
    r"|\b(?:as|than|from)(?: (?:what|it is|they are))? (?:for|with|of|in)(?: (?:an?|the|most))?\s*$",
    re.I,
)
# "what's it like being a nurse", "is there one like that but more like nursing", "more info about nurses"
_NO_STANDARD = re.compile(
    r"\bwhat(?:['’]?s| is| was)? (?:it|that|this) (?:\w+ )?like\b"
    r"|\b(?:is|are) there (?:an?|one|any)\b"
    r"|\b(?:not|isn['’]?t) for me\b"
    r"|\b(?:more|same|different|any) (?:info\w*|questions?|things?|about|on)\b",
    re.I,
)
_A_JOB = re.compile(r"\b(?:as|from|than|to|with|like) an?\s*$", re.I)
# "would managers have fewer": measured by the one talked of, which is left unsaid
_UNSAID = re.compile(
    r"\b(?:more|less|fewer|better|worse|higher|lower|longer|shorter|faster|slower|quicker|harder|easier|safer|stricter"
    r"|bigger|smaller)(?: though| tho| then| at all)?\W*$",
    re.I,
)
_ASKS_HOW = re.compile(r"\b(?:how|why|when|where|who|can|could)\b", re.I)
_FEW = 4  # words that such a message may have beside the name
_THAT = r"\b(?:that|this|it|they|them|those|these|theirs)\b"
_SUBJECT = re.compile(rf"{_THAT}|^\W*(?:\w+\W+){{0,2}}?(?:any|same|more|less|better|worse|different)\b", re.I)
_BY_THAT = re.compile(
    rf"\b(?:than|close to|similar to|equal to|beat) {_THAT}(?! (?:job|one|much)\b)"
    rf"|\bdiffer\w* (?:from|than|to)\b.*{_THAT}|\bcompar\w+ (?:to|with) {_THAT}"
    r"|\bas (?:that|this|those|these)\b(?! (?:job|one|much)\b)",
    re.I,
)


def set_apart(context: Context, turn: Turn) -> Turn | None:
    """ "Is an LPN different from an RN?", "what does the CCS show that mine doesn't": of both, in any conversation."""
    if two := held(context, turn):
        cues = tuple(mention for mention in turn.mentions if mention.kind == "cue")
        return replace(turn, intent="ask_comparison", mentions=(*cues, *two), settled=True)
    in_general = set(words(turn.rest)) <= _IN_GENERAL
    if len(turn.values("occupation")) == 2 and in_general and _DIFFERS.search(turn.rest):
        return turn.settled_as("ask_comparison")
    if len(turn.values("credential")) == 2 and turn.kinds == {"credential"} and in_general:  # "RHIT vs CPC"
        if turn.confidence >= SURE and not _DIFFERS.search(turn.rest) and turn.intent != "ask_comparison":
            return None  # "how do I get a CPC and a CCS"
        return turn.settled_as("ask_comparison")
    if len(turn.values("occupation")) > 1 and turn.intent in _OF_ONE and _THE_MOST.search(turn.text):
        return turn.settled_as("ask_comparison")
    return None


def which(context: Context, turn: Turn) -> Turn | None:
    """ "which of them pays more?": the two that were talked of, side by side."""
    several = compared(context, turn)
    of_places = any(mention.kind == "place" for mention in several)  # "which of the two cities pays coders more"
    cues = tuple(m for m in turn.mentions if m.kind == "cue" or (of_places and m.kind == "occupation"))
    intent = "ask_comparison"
    if several and _BY_HOW_MUCH.search(turn.text) and not names_aspect(turn.text):  # of what was compared before
        intent = "follow_up" if names_aspect(context.question or "") else "ask_pay"
    return replace(turn, intent=intent, mentions=(*cues, *several), settled=True) if several else None


def measured(context: Context, turn: Turn) -> Turn | None:
    """ "does it match what nurses do", "is that anything like what coders need": what was asked last, of the one talked
    of and of the one that it is measured by."""
    named = [mention for mention in turn.mentions if mention.kind == "occupation"]
    held = context.occupation
    if len(named) != 1 or held in (None, named[0].value) or turn.kinds != {"occupation"} or named[0].implied:
        return None
    before = turn.text[: named[0].start]
    standard = _BY.search(before) and _SUBJECT.search(before) and not _NO_STANDARD.search(turn.text)
    unsaid = context.topic in CARRIED_PLACE and _UNSAID.search(turn.text) and not _ASKS_HOW.search(turn.text)
    unsaid = unsaid and len(set(words(turn.rest)) - CONNECTIVES) <= _FEW
    if not (standard or unsaid or _BY_THAT.search(turn.text)):
        return None
    if context.unanswered:  # nor does a source say it of the other
        return turn.settled_as("follow_up")
    own = named_topic(beside_names(turn), limit=None)
    topic = own or context.topic
    whole = _A_JOB.search(before) and topic not in CARRIED_PLACE  # "is that the same as a physician assistant?"
    if whole or topic not in SIDE_BY_SIDE | OF_EACH or topic in OF_JOBS:
        return turn.settled_as("ask_comparison")
    other = Mention("occupation", str(held), implied=True)
    both = (other, named[0]) if standard else (named[0], other)
    left = tuple(mention for mention in turn.mentions if mention.kind == "cue")
    intent = f"ask_{own}" if own not in (None, context.topic) else "follow_up"
    return replace(turn, mentions=(*left, *both), intent=intent, settled=True)


def added(context: Context, turn: Turn) -> Turn | None:
    """ "add nurses to that", after a comparison: with those that were compared."""
    for kind in ("occupation", "credential", "place"):
        named, several = turn.values(kind), context.compared(kind)
        # "whether the MA ends up drawing blood as well" adds nothing to what is compared
        more = len([word for word in words(turn.rest) if word not in CONNECTIVES]) > 3
        if several and len(named) == 1 and turn.kinds == {kind} and _ADDED.search(turn.text):
            if more and not names_aspect(turn.text):
                continue
            before = tuple(Mention(kind, id, implied=True) for id in several)
            intent = "ask_comparison" if names_aspect(turn.text) else "follow_up"
            return replace(turn, intent=intent, mentions=(*before, *turn.mentions), settled=True)
    return None


def same_places(context: Context, turn: Turn) -> Turn | None:
    """ "and medical assistants", after the pay of one occupation in several places, "same two cities for nurses" later
    on, "same two but hourly": the same places."""
    if "place" not in turn.kinds and turn.intent in _OF_FIGURES:
        of_places = any(name.startswith("place:") for name in context.options)
        if _THE_PLACES.search(turn.text) or (of_places and _THE_TWO.search(turn.text)):
            return _in_those(context, turn)
    places = context.compared("place")
    bare = turn.kinds == {"occupation"} and set(words(ASIDE.sub(" ", turn.rest))) <= CONNECTIVES
    if not places or context.second_occupation or len(turn.values("occupation")) != 1 or not bare:
        return None
    return turn.settled_as("follow_up", *(Mention("place", id, implied=True) for id in places))


def other_end(context: Context, turn: Turn) -> Turn | None:
    """ "And the fewest?", "the worst one", after "which of the three has the most openings": the same of all of them,
    from the other end."""
    found = _END_ALONE.match(turn.text)
    before = context.question or ""
    if not found or len(context.options) < 2 or context.topic != "comparison" or not _SUPERLATIVE.search(before):
        return None
    asked = _SUPERLATIVE.sub(found.group("end"), before, count=1)
    names = (name.partition(":") for name in context.options)
    several = tuple(Mention(kind, id, implied=True) for kind, _, id in names)
    return replace(turn, text=asked, vector=context.vector, intent="ask_comparison", mentions=several, settled=True)


def _in_those(context: Context, turn: Turn) -> Turn | None:
    """What "the same two cities" asks: in the places talked of last."""
    several = list(dict.fromkeys(reversed(context.spoken("place"))))
    if len(several) < 2:
        return None
    three = len(several) > 2 and re.search(r"\bthree\b", turn.text, re.I)
    places = several[: 3 if three else 2][::-1]
    left = tuple(m for m in turn.mentions if m.value not in RANKING)
    asked = replace(turn, mentions=(*left, *(Mention("place", id, implied=True) for id in places)))
    return asked.settled_as("ask_pay" if context.topic not in CARRIED_PLACE else "follow_up")


def moves(context: Context, turn: Turn) -> Turn | None:
    """ "how could I get from one to the other", after two occupations were compared: of both."""
    two = ids_of(context.options, "occupation")
    if len(two) != 2 or turn.values("occupation") or not MOVES.search(turn.text):
        return None
    return turn.settled_as("ask_advancement", *(Mention("occupation", id, implied=True) for id in two))


def of_each(context: Context, turn: Turn) -> Turn | None:
    """ "pay for both in Ohio": the two side by side; "do both need a license": what is asked, of one and the other."""
    pair, topic = each(context, turn), TOPIC_INTENTS.get(turn.intent)
    if not pair or (topic is not None and topic not in SIDE_BY_SIDE | OF_EACH):
        return None
    if turn.confidence < UNSURE and (topic in OF_EACH or _EITHER.search(turn.text)):
        return None
    if topic is None and _EITHER.search(turn.text):  # "does either of them get paternity leave"
        return None
    intent = turn.intent if topic else "ask_comparison"
    return replace(turn, intent=intent, mentions=(*turn.mentions, *pair), settled=True)
