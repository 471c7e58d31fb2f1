"""The one of several that a message picks out by what it is like: "the lower-paid one", "the one with less school".

Of those that were compared last, or else talked of: the one with the most or the least of something that is known of
all of them, or the one of which the sources say such a thing. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from actions.aspects import GROWTH_WORDS, PAY_WORDS, SCHOOL_WORDS, TIME_WORDS
from actions.context import Context, ids_of
from actions.leaning import OF_A_CREDENTIAL
from actions.relevance import stems
from actions.short_questions import WHO
from actions.turn import Mention, Turn

PAY, SCHOOLING, GROWTH, OPENINGS, PATIENTS = "pay", "schooling", "growth", "openings", "patients"
Measure = Callable[[str, str, str], "float | None"]  # aspect, kind, id -> how much of it, None if that is not known
Texts = Callable[[str, str], Sequence[str]]  # kind, id -> what the sources say of it
Likeness = Callable[[str, str], float]  # kind, id -> how near it is to what a phrase says
NEAR, AHEAD = 1.1, 0.1  # the least of it, of two cosines, and by how much the nearest must be ahead
_KINDS = ("occupation", "credential", "place")
_WORDS = (  # which aspect a phrase speaks of, the first that fits
    (PATIENTS, r"\b(?:patients?|hands[- ]on|clinical|blood|needles?|touch\w*|bodily)\b"),
    (OPENINGS, r"\b(?:openings?|hir\w+|jobs|demand)\b"),
    (GROWTH, rf"{GROWTH_WORDS}|\b(?:shrink\w*|declin\w*|disappear\w*)\b"),
    (PAY, rf"{PAY_WORDS}|\b(?:rich\w*|poor\w*|well[- ]paid|making)\b"),
    (SCHOOLING, rf"{SCHOOL_WORDS}|{TIME_WORDS}|\b(?:quick\w*|fast\w*|short\w*|long\w*|eas\w+|hard\w*|schooled)\b"),
)
_AWAY = re.compile(r"\b(?:desk|office|computer|paperwork|non[- ]?clinical)\b", re.I)  # from the patients
_LEAST = re.compile(
    r"\b(?:less|least|low\w*|worse|worst|few\w*|small\w*|slow\w*|shrink\w*|declin\w*|cheap\w*|poor\w*)\b", re.I
)
_SOONEST = re.compile(r"\b(?:short\w*|quick\w*|fast\w*|soon\w*|eas(?:y|i\w+))\b", re.I)  # the least of schooling
_NOT = re.compile(r"n['’]?t\b|\b(?:not|no|never|without|dont|doesnt|isnt|wont|hardly|barely|away from|zero)\b", re.I)
_BARE = re.compile(
    r"\b(?:the|whichever)\s+(?:high\w*|low\w*|bett\w*|best|wors\w*|big\w+|small\w*|slow\w*|fast\w*|less|more|least|most)\s+\w+$",
    re.I,
)
_NOUNS = (
    ("place", re.compile(r"\b(?:state|city|place|area)\b", re.I)),
    ("credential", re.compile(r"\b(?:cert\w*|credential|exam)\b", re.I)),
    ("occupation", re.compile(r"\b(?:job|career|role)\b", re.I)),
)
_SUPERLATIVE = re.compile(r"\b(?:best|worst|most|least|[a-z]+est)\b", re.I)
_OF_THEM = re.compile(r"\b(?:ones?|option|kind|of (?:those|these|them|the))\b", re.I)
_BEST = re.compile(r"\b(?:best|worst)\b(?![ -](?:paid|paying))", re.I)
_FILLER = frozenset(
    "one thats that's job option kind career cert certification credential exam whichever someone people person mostly"
    " thing need needs require requires take takes want wants ask asks have has get gets you use uses is are".split()
)


def resolved(
    context: Context,
    turn: Turn,
    measure: Measure,
    texts: Texts,
    likeness: Likeness | None = None,
    credentials: Sequence[str] = (),
) -> Turn:
    """The turn without the words that pick one out, and with the one that they mean; itself if it picks none, or the
    conversation does not tell which. `credentials`: those that may be meant where one is talked of at most."""
    picked = turn.picked
    if picked is None or context.topic is None:
        return turn
    for kind, ids in _several(context, picked.phrase, credentials if picked.like else ()):
        if picked.like and kind != "credential" and turn.values("employer_type"):
            continue  # "the hospital one", of two jobs: where they work
        one = _by_measure(context, picked.phrase, kind, ids, measure) or _by_texts(picked.phrase, kind, ids, texts)
        one = one or (_by_likeness(kind, ids, likeness) if likeness else None)
        if one:
            asked = replace(picked.turn, told=turn.told)
            asked = replace(asked, mentions=(*asked.mentions, Mention(kind, one)))
            return _of_credential(asked) if kind == "credential" else asked
    return turn


def _of_credential(turn: Turn) -> Turn:
    """What is asked of a credential that the question does not name: "the one for beginners, who gives it"."""
    if turn.intent not in OF_A_CREDENTIAL:
        return turn
    return turn.settled_as("ask_certification", *((Mention("cue", "issuer"),) if WHO.search(turn.text) else ()))


def _kinds(phrase: str) -> Sequence[str]:
    """The kinds of thing that the noun of a phrase may stand for."""
    if re.search(r"\bones?\b", phrase, re.I):
        return _KINDS
    return next(((kind,) for kind, nouns in _NOUNS if nouns.search(phrase)), _KINDS[:2])


def _several(context: Context, phrase: str, credentials: Sequence[str] = ()) -> list[tuple[str, list[str]]]:
    """What may be meant, by its kind: those compared last, else the last two talked of, or the credentials listed."""
    found = []
    kinds = _kinds(phrase)
    loose = _SUPERLATIVE.search(phrase) and not _OF_THEM.search(phrase)  # "is this the best career for me"
    if loose and (not context.options or _BEST.search(phrase)):
        return []
    for kind in _KINDS:
        if kind not in kinds:
            continue
        compared = ids_of(context.options, kind)
        ids = compared or list(dict.fromkeys(reversed(context.spoken(kind))))[:2]
        if kind == "credential" and len(ids) < 2 and context.topic == "certification":
            ids = list(credentials)
        if len(ids) > 1 and (compared or not context.options):
            found.append((kind, ids))
    if context.topic == "certification":  # two credentials of one occupation, talked of one after the other
        found.sort(key=lambda pair: pair[0] != "credential")
    return found


def _by_measure(context: Context, phrase: str, kind: str, ids: Sequence[str], measure: Measure) -> str | None:
    aspect = _aspect_of(phrase)
    if _BARE.search(phrase):  # "the lower one", of what was compared
        aspect = _aspect_of(context.question or "") or aspect
    if aspect is None:
        return None
    amounts = {id: measure(aspect, kind, id) for id in ids}
    known = [amount for amount in amounts.values() if amount is not None]
    if len(known) < len(ids):
        return None
    least = _LEAST.search(phrase) or (aspect == PATIENTS and _AWAY.search(phrase))
    least = least or (aspect == SCHOOLING and _SOONEST.search(phrase))
    end = min(known) if bool(least) != bool(_NOT.search(phrase)) else max(known)
    ones = [id for id, amount in amounts.items() if amount == end]
    return ones[0] if len(ones) == 1 else None


def _aspect_of(text: str) -> str | None:
    named = next((name for name, pattern in _WORDS if re.search(pattern, text, re.I)), None)
    return named or (PATIENTS if _AWAY.search(text) else None)


def _by_likeness(kind: str, ids: Sequence[str], likeness: Likeness) -> str | None:
    """The one of which the sources say what is most like a phrase: "the pill counting one"."""
    near = {id: likeness(kind, id) for id in ids}
    first, *others = sorted(near, key=lambda id: -near[id])
    ahead = near[first] - max((near[id] for id in others), default=0.0)
    return first if near[first] >= NEAR and ahead >= AHEAD else None


def _by_texts(phrase: str, kind: str, ids: Sequence[str], texts: Texts) -> str | None:
    """The one of which the sources say most of what a phrase does: "the one that needs a bachelor's"."""
    wanted = stems(" ".join(word for word in phrase.lower().split() if word not in _FILLER))
    if not wanted or _LEAST.search(phrase):
        return None
    said = {id: max((len(wanted & stems(text)) for text in texts(kind, id)), default=0) for id in ids}
    most = max(said.values())
    saying = [id for id in ids if said[id] == most]
    if most and _NOT.search(phrase):
        saying = [id for id in ids if id not in saying]
    return saying[0] if most and len(saying) == 1 else None
