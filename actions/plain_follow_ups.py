"""Plain questions on the answer before, which no model of a single message can tell: "how many years is that", "is that
the same everywhere", "so yes or no". Pure.

Each rule gives the message as it is meant, or None (leaning.py).
"""

from __future__ import annotations

import re
from dataclasses import replace

from actions.connectives import CONNECTIVES, LINK
from actions.context import STEP_UP, Context, between_both, ids_of, words
from actions.pay_asked import ADDS
from actions.plain_schooling import OF_SCHOOLING
from actions.routing import FALLBACK, SURE, TALK, UNCOVERED
from actions.said_there import BY_STATE
from actions.short_questions import FIGURES, again, brief
from actions.topic_words import WORDS, named_topic
from actions.turn import Mention, Turn

LIKELY = 0.6  # a confidence that leaves the last word to what is known
_YES_OR_NO = re.compile(r"\b(?:yes or (?:a )?no|yea or nay)\b", re.I)
_HOW_LONG = re.compile(r"\bhow (?:many (?:years|months|weeks)|long)\b", re.I)
_ITS_AGE = re.compile(r"\b(?:old|ago|recent|date|since|updated?|out of date|outdated)\b", re.I)
_TAKES = re.compile(
    rf"{LINK}how (?:long|many years) (?:does|do|would|will|might) (?:that|it|this)(?: usually| typically)? take"
    r"(?: (?:usually|typically|me|you))?\W*$",
    re.I,
)
_EXPLAIN = re.compile(
    rf"{LINK}(?:(?:can|could|would|will) (?:you|u|ya) )?(?:please |pls |just )?"
    r"(?:explain|elaborate|expand|go (?:into|in)(?: more)? detail)"
    r"(?: (?:on|about))?(?: (?:that|it|this))?(?: (?:more|further|please|pls|a (?:bit|little)(?: more)?|to me|again))*"
    r"\W*$",
    re.I,
)
_WHICH_IS_BEST = re.compile(
    rf"{LINK}(?:which|what)(?: (?:one|of (?:them|these|those)))?(?:['’]?s| is| are| would be)"
    r" (?:the )?(?:very )?(?:best|better)(?: one)?(?: for (?:me|us|you))?\W*$",
    re.I,
)
_OF_SEVERAL = ("certification", "programs", "tuition")  # topics in which one of several may be the best
_GET_IT = re.compile(rf"{LINK}how (?:do|can|would|could|should) (?:i|you|u|we|one|someone) get (?:it|that)\W*$", re.I)
_OF_A_JOB = ("duties", "definition", "pay", "outlook", "skills", "work_setting", "fit", "benefits")
_HOW_FAST = re.compile(rf"{LINK}(?:by )?how (?:fast|quickly|quick)(?: is (?:it|that))?\W*$", re.I)
_A_LOT = re.compile(
    rf"{LINK}(?:is|are|was|isn['’]?t) (?:that|it|this|those|they) (?:considered )?"
    r"(?:really |pretty |kind of |kinda |very )?"
    r"(?:a lot|alot|a long time|too (?:much|long|many)|much|normal|typical|average|usual|standard)\W*$",
    re.I,
)
# "is that the same everywhere", "does it vary by state"
_EVERYWHERE = re.compile(
    r"\b(?:is|are) (?:that|it|this|those|they|these) (?:all )?(?:just )?(?:the )?(?:same|true|like that|so|the case)"
    r" (?:everywhere|anywhere|all over|nationwide|no matter where\b.*|across (?:the )?(?:country|states|us|board)"
    r"|(?:in|for) (?:every|all|each|any)(?: of)?(?: the)?(?: (?:50|fifty))? (?:states?|places?|cit(?:y|ies)))\W*$"
    r"|\b(?:does|do|would|will|can) (?:that|it|this|they|those|these)(?: \w+)? (?:vary|differ|change|depend)\w*"
    r"(?: a lot| much)?(?: (?:on|by|from|across|in|with|between))?(?: (?:the|what|which|every|each|different))?"
    r" (?:states?|places?|where\b.*|cit(?:y|ies)|location)(?: to (?:state|place|city))?\W*$",
    re.I,
)
_WHOLE_COUNTRY = re.compile(
    rf"{LINK}(?:(?:is|are|was) (?:that|this|it|those|these) )?(?:(?:for|of|across|in|about) )?"
    r"(?:(?:the )?(?:whole|entire) (?:country|us|usa|nation|united states|states)|nationwide|nationally"
    r"|all of (?:america|the us|the country))\W*$",
    re.I,
)
_THAT_OR = re.compile(
    r"\b(?:that|this|it)(?: one| job)? (?:or|vs\.?|versus)\b"
    r"|\bbetween (?:that|this|it)(?: one| job)? and\b"
    r"|\b(?:or|vs\.?|versus) (?:that|this|it)(?: one| job)?\W*$",
    re.I,
)
_WORTH_IT = re.compile(
    rf"{LINK}(?:is|would|will) (?:it|that|this)(?: be)?(?: even| really| all| actually)* worth it(?: though| tho)?\W*$",
    re.I,
)
_WHAT_ELSE = re.compile(rf"{LINK}what else (?:do|would|will) (?:they|you|i|u|those)(?: have to| get to)? do\W*$", re.I)
_SAFE = re.compile(
    rf"{LINK}(?:is|are) (?:it|that|this|they|the (?:job|work))(?: (?:job|work))?(?: a)?(?: really| even| very)?"
    r" (?:safe|unsafe|dangerous|risky|hazardous)(?: (?:job|work))?\W*$",
    re.I,
)
_SOFTWARE = re.compile(
    r"\b(?:what|which) (?:kinds? of )?(?:(?:computer|software) programs?|software|apps?)\b.*\b(?:they|you|i) .*\buse\b",
    re.I,
)
_BEST_PLACE = re.compile(
    rf"{LINK}which (?P<kind>state|city|town|area|metro|place) (?:is|would be) (?:the )?(?:very )?best"
    r"(?: (?:for (?:it|that|them|this)|to (?:work|be) in|to do (?:it|that) in))?\W*$",
    re.I,
)
_KIND_OF_TOWN = re.compile(
    rf"{LINK}(?:in |for )?(?:an? |the )?(?:small|smaller|big|bigger|large|larger|rural|little) "
    r"(?:towns?|cit(?:y|ies)|areas?|places?|communit(?:y|ies))\W*$",
    re.I,
)
_WITH_EXPERIENCE = re.compile(
    rf"{LINK}(?:with|after|if (?:i|you|they) (?:have|got|get))"
    r"(?: (?:more|some|a lot of|lots of|a few years(?: of)?|years of))? experience\W*$",
    re.I,
)
_THEIRS = frozenset("their there's any so job".split())
_BEST_PAYING = re.compile(
    rf"{LINK}(?:which|who|what)(?: (?:one|place|of (?:those|them|these)|ones?))?"
    r" pays?(?: the)? (?:best|most|better|more)(?: money)?\W*$",
    re.I,
)
_OF_TWO = ("ask_comparison", "ask_pay", "ask_outlook", "follow_up", FALLBACK, UNCOVERED)


def yes_or_no(context: Context, turn: Turn) -> Turn | None:
    """ "So is it yes or no": the last answer, which says it."""
    return turn.settled_as("follow_up") if _YES_OR_NO.search(turn.text) and brief(turn) and not turn.kinds else None


def years_of_that(context: Context, turn: Turn) -> Turn | None:
    """ "How many years is that", after what somebody does: the length of the schooling, not the age of the source."""
    length = turn.intent == "ask_currency" and "length" in turn.values("cue") and _HOW_LONG.search(turn.text)
    if not length or turn.kinds or context.topic == "outlook" or _ITS_AGE.search(turn.text):
        return None
    return turn.settled_as("ask_education")


def to_move_up(context: Context, turn: Turn) -> Turn | None:
    """ "How long does that take", after how one moves up: not how long the schooling takes."""
    up = context.topic == STEP_UP and "length" in turn.values("cue") and _TAKES.match(turn.text)
    if not up or turn.kinds:
        return None
    return replace(turn, ranking=((f"ask_{STEP_UP}", 1.0),), beside=context.beside).settled_as(UNCOVERED)


def explained(context: Context, turn: Turn) -> Turn | None:
    """ "Can you explain that": more of what was answered."""
    return turn.settled_as("ask_more") if _EXPLAIN.match(turn.text) and not turn.kinds else None


def best_of_what(context: Context, turn: Turn) -> Turn | None:
    """ "Which one is the best", where there are no several: no source says it."""
    several = context.options or context.second_occupation or context.topic in (*_OF_SEVERAL, "comparison")
    if several or turn.kinds or not _WHICH_IS_BEST.match(turn.text):
        return None
    return replace(turn, ranking=((f"ask_{context.topic}", 1.0),)).settled_as(UNCOVERED)


def how_to_get_it(context: Context, turn: Turn) -> Turn | None:
    """ "How do I get it", after what a job is like: into that job."""
    of_job = context.topic in _OF_A_JOB and context.credential is None
    if not of_job or turn.kinds or not _GET_IT.match(turn.text):
        return None
    return turn.settled_as("ask_how_to_become")


def how_fast(context: Context, turn: Turn) -> Turn | None:
    """ "How fast?", after growth: how much it is."""
    grows = context.topic == "outlook" and _HOW_FAST.match(turn.text)
    return turn.settled_as("ask_outlook", Mention("cue", "growth")) if grows and not turn.kinds else None


def a_lot(context: Context, turn: Turn) -> Turn | None:
    """ "Is that a lot", after what no figure is: no source judges it."""
    if context.topic in FIGURES or turn.kinds or not _A_LOT.match(turn.text):
        return None
    return replace(turn, ranking=((f"ask_{context.topic}", 1.0),)).settled_as(UNCOVERED)


def everywhere(context: Context, turn: Turn) -> Turn | None:
    """ "Is that the same everywhere", "does it vary by state": of pay, where it is best; else what sources say of
    states beside what they just said."""
    if not _EVERYWHERE.search(turn.text) or not brief(turn) or turn.kinds - {"place"}:
        return None
    left = replace(turn, mentions=())
    if context.topic == "pay":
        return left.settled_as("ask_pay", Mention("cue", "best-places"), Mention("cue", "states"))
    if context.topic in FIGURES:
        return replace(left, ranking=((f"ask_{context.topic}", 1.0),)).settled_as(UNCOVERED)
    return again(context, replace(left, vector=between_both(context, turn)), Mention("cue", BY_STATE))


def whole_country(context: Context, turn: Turn) -> Turn | None:
    """ "Is that for the whole country", after what no figure is: which source says it."""
    if context.topic in FIGURES or turn.kinds - {"place"} or not _WHOLE_COUNTRY.match(turn.text):
        return None
    return replace(turn, mentions=()).settled_as("ask_source")


def that_or_another(context: Context, turn: Turn) -> Turn | None:
    """ "Which is better paid, that or a nurse": both, as if both had been named."""
    named = turn.values("occupation")
    held = context.occupation
    one = held is not None and len(named) == 1 and named[0] != held and turn.kinds <= {"occupation", "place"}
    if not one or turn.intent not in _OF_TWO or not _THAT_OR.search(turn.text):
        return None
    return replace(turn, mentions=(Mention("occupation", str(held), implied=True), *turn.mentions)).settled_as(
        "ask_comparison"
    )


def worth_it(context: Context, turn: Turn) -> Turn | None:
    """ "Is it worth it", after what a job is or pays: no source weighs that for anybody."""
    credential = context.topic in ("certification", "education", "programs", "tuition") or context.credential
    if credential or turn.kinds or not _WORTH_IT.match(turn.text):
        return None
    return replace(turn, ranking=(("ask_fit", 1.0),), mentions=()).settled_as(UNCOVERED)


def what_else(context: Context, turn: Turn) -> Turn | None:
    """ "What else do they do": more of the duties."""
    if turn.kinds or not _WHAT_ELSE.match(turn.text):
        return None
    return turn.settled_as("ask_more" if context.topic == "duties" else "ask_duties")


def of_the_work(context: Context, turn: Turn) -> Turn | None:
    """ "Is it safe", "what computer programs do they use": of the work, whatever was talked of; of a job that stays,
    after how it grows."""
    safe = context.topic != "outlook" and _SAFE.match(turn.text)
    likely = "work_setting" if safe else "skills" if _SOFTWARE.search(turn.text) else None
    if turn.kinds or turn.settled or likely is None:
        return None
    ranking = ((f"ask_{likely}", LIKELY), ("ask_fit", 1 - LIKELY))
    return replace(turn, intent=f"ask_{likely}", confidence=LIKELY, ranking=ranking)


def best_paying_employer(context: Context, turn: Turn) -> Turn | None:
    """ "Which pays best", after what a kind of employer pays."""
    if context.topic != "pay" or context.employer_type is None or turn.kinds or not _BEST_PAYING.match(turn.text):
        return None
    left, several = replace(turn, mentions=()), dict.fromkeys(context.spoken("employer_type"))
    if len(several) > 1:  # those that were asked about
        return left.settled_as("ask_pay", *(Mention("employer_type", id, implied=True) for id in several))
    return left.settled_as("ask_pay", Mention("cue", "employers"), Mention("cue", "best-places"))


def best_place(context: Context, turn: Turn) -> Turn | None:
    """ "Which city is best", whatever was talked of: by pay, which is all that is known of places."""
    found = _BEST_PLACE.match(turn.text)
    if not found or turn.kinds:
        return None
    cue = "cities" if found.group("kind").lower() in ("city", "town", "area", "metro") else "states"
    left = replace(turn, mentions=())
    return left.settled_as("ask_pay", Mention("cue", "best-places"), Mention("cue", cue))


def kind_of_town(context: Context, turn: Turn) -> Turn | None:
    """ "What about small towns": no source tells places apart by their size."""
    if turn.kinds or not _KIND_OF_TOWN.match(turn.text):
        return None
    return replace(turn, mentions=(), ranking=((f"ask_{context.topic}", 1.0),)).settled_as(UNCOVERED)


def topic_of_both(context: Context, turn: Turn) -> Turn | None:
    """ "And the outlook", "what about the schooling", after two occupations were compared: of both."""
    pair = ids_of(context.options, "occupation")
    two = context.topic == "comparison" or context.second_occupation is not None
    if not two or len(set(pair)) != 2 or turn.kinds:
        return None
    topic = named_topic(turn.text)
    bare = topic is not None and set(words(turn.text)) - CONNECTIVES - _THEIRS <= set(WORDS[topic])
    if not bare or (turn.intent in TALK and turn.confidence >= SURE):
        return None
    return turn.settled_as(f"ask_{topic}", *(Mention("occupation", id, implied=True) for id in pair))


def with_experience(context: Context, turn: Turn) -> Turn | None:
    """ "With experience?", after pay: what experience adds to it, not what one needs to start."""
    if context.topic != "pay" or turn.kinds or not _WITH_EXPERIENCE.match(turn.text):
        return None
    cues = (Mention("cue", "pay-factor"), Mention("cue", f"{ADDS}experience"))
    return replace(turn, mentions=()).settled_as("ask_pay", *cues)


PLAIN = (
    *OF_SCHOOLING,
    yes_or_no,
    years_of_that,
    to_move_up,
    explained,
    best_of_what,
    how_to_get_it,
    how_fast,
    a_lot,
    everywhere,
    whole_country,
    that_or_another,
    worth_it,
    what_else,
    of_the_work,
    best_paying_employer,
    best_place,
    kind_of_town,
    topic_of_both,
    with_experience,
)
