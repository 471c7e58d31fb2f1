"""Whether a message is one of a person in a crisis, and what kind of help it needs first. Pure.

Words that leave no doubt decide alone. Everything else is judged by a classifier of its own (the model of intents.py),
made to miss nothing. It sees the whole message and each of its sentences: "how do I become a nurse? my dad hits me" is
above all the second. By itself it would take many a story of tired, hurt or dismissed people for a crisis ("my plant
just closed"), so a second witness counts, too: whether a known crisis or a harmless message is nearer (nearest.py).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from components.intents import Example, IntentModel, Strengths, Vector, phrases, train
from components.nearest import Nearest

KINDS = ("emergency", "distress", "abuse")  # intents; the first comes first where a message speaks of several
OTHER = "other"
MAX_SENTENCES = 12
LONG = 12  # words from which a sentence is taken apart at its commas and joining words
SHORT = 4  # the least words of such a piece
LETTERS = 4
STRENGTHS = Strengths(embedding=5.0, words=4.2, penalty=2.0)  # by tests/evaluation/crisis.py
MANY = 4  # sentences beyond which a text is a long one
LEANING = 12.0  # what a cosine counts beside the logarithm of the odds; by tests/evaluation/crisis.py
CERTAINTY = 1e-9  # the least doubt of a likelihood
_WORD = re.compile(r"\b\w+\b")
_END = re.compile(r"(?<=[.!?;])\s+|\n+|\s+[-–—]+\s+")
_JOINT = re.compile(r",\s+|\s+(?=(?:and|but|because|so|also|bc|cuz|then|y|pero|porque) )", re.I)

_SELF = r"(?:my ?self|me self)"
_KIN = (
    r"(?:my (?:\w+'s )?(?:step)?-?\w+|he|she|they|dad|mom|mum|stepdad|stepmom)"  # "my mom's boyfriend", "my step-dad"
)
_HURT = (
    r"(?:hits?|hitting|beats?|beating|chok(?:es?|ed|ing)|rap(?:es?|ed|ing)|molest(?:s|ed|ing)?|abus(?:es?|ed|ing)"
    r"|strangl(?:es?|ed|ing)|punch(?:es|ed)|slap(?:s|ped)|kick(?:s|ed))"
)
# Told of oneself or of one's own people; of patients and of what one learns for work it would not be certain.
_CERTAIN: Mapping[str, re.Pattern[str]] = {
    "emergency": re.compile(
        rf"\b(?:i|i've|{_KIN}) (?:just )?(?:took|swallowed|taken) "
        rf"(?:too many|a (?:bunch|handful|bottle|whole bottle) of|all (?:of )?(?:my|his|her|the)) "
        r"(?:\w+ )?(?:pills|meds|tablets)\b"
        rf"|\b(?:i|i've|{_KIN}|just) (?:just |has )?(?:overdosed|od'?e?d)\b|\b{_KIN}(?: is|'s) overdosing\b"
        rf"|\b(?:i'?m|i am|{_KIN}(?: is|'s))(?: thinks?| think i'?m)? having (?:a |an )?"
        rf"(?:heart attack|stroke|seizure)\b"
        rf"|\b{_KIN} (?:stopped breathing|(?:is not|isn'?t|'s not) breathing|is unconscious)\b"
        r"|\bwon'?t stop bleeding\b|\bi'?m bleeding (?:out|to death|badly)\b"
        r"|\bi (?:just )?(?:drank|swallowed) (?:some )?(?:bleach|poison|antifreeze|detergent)\b"
        r"|\bno (?:puedo respirar|respira)\b|\bme tom[eé] (?:todas las|muchas) pastillas\b"
    ),
    "distress": re.compile(
        rf"\bkms\b|\bkill {_SELF}\b(?! (?:with|over|working|for|trying|by))|\bunaliv(?:e|ing) {_SELF}\b"
        rf"|\b(?:about|of) (?:killing|hanging|hurting) {_SELF}\b"
        rf"|\b(?:want|wanna|going|gonna|about|need) (?:to )?(?:hurt|harm|cut|hang|shoot) {_SELF}\b"
        r"|\bi(?:'?m| am|'?ve been| have been| feel)(?: \w+)? (?:suicidal|sucidal|self[- ]?harming)\b"
        r"|\b(?:my|i have|i'?m having) (?:suicidal|sucidal) thoughts\b"
        r"|\bi(?:'?m| am|'?ve been| have been)(?: \w+)? (?:thinking (?:about|of)|considering|planning) suicide\b"
        r"|\bend(?:ing)? my (?:own )?life\b(?! as)|\btak(?:e|ing) my own life\b"
        r"|\b(?<!who )(?<!people )(?<!patients )(?:want|wanna|ready) (?:to )?(?:just )?die\b"
        r"(?! (?:of|poor|broke|laughing))"
        r"|\bwish i (?:was|were) (?:dead|never born)\b|\b(?:slit|cut) my wrists?\b|\bi hate being alive\b"
        r"|\b(?<!who )(?:don'?t|do not) (?:want to|wanna) (?:live|be alive|exist|wake up)"
        r"(?= *(?:any ?more|no more|$|[.!,]))"
        r"|\b(?:is there|what(?: is|'?s)|number (?:of|for)|know) (?:a |the )?(?:suicide|crisis) (?:line|hotline)\b"
        r"|\btired of (?:being alive|living(?= *(?:$|[.!,;])))|\bno reason to live\b|\bbetter off (?:dead|without me)\b"
        r"|\b(?:no ?one|nobody) (?:would|will|'?d) (?:even )?(?:miss me|care if i died?|notice if i died?)\b"
        r"|\b(?:asleep|to sleep|to bed) and (?:not|never) wake up\b"
        r"|\b(?:matarme|suicidarme|quitarme la vida|(?:me quiero|quiero) (?:morir(?:me)?|matar)(?! de))\b"
        r"|\bno quiero (?:seguir viviendo|vivir(?: m[aá]s)?(?= *(?:$|[.!,;])))"
        r"|\b(?:me tuer|envie de mourir|me suicider)\b"
    ),
    "abuse": re.compile(
        rf"\b{_KIN} (?:always |still |just |keeps? |often )?{_HURT} (?:me|us)\b(?! (?:up|at|to|with|on)\b)"
        r"|\btouch(?:es|ed|ing) me (?:down there|at night|inappropriately|sexually)\b"
        r"|\bi (?:was|got|have been|'?ve been|am being|'?m being) (?:raped|molested|sexually assaulted|trafficked)\b"
        r"|\b(?:not|don'?t feel|never feel) safe (?:at home|with (?:him|her)|in my (?:own )?(?:home|house))\b"
        r"|\b(?:number|hotline|line)(?: \w+){0,4} (?:for|about) "
        r"(?:abuse|domestic violence|rape|sexual assault)\b(?! (?:jobs?|work))"
        r"|\bthreaten(?:s|ed|ing) to (?:kill|hurt|shoot|stab) (?:me|us)\b"
        r"|\bme (?:violaron|viol[oó]|maltrata|golpea)\b|\babus(?:a|an|aron|[oó]) de m[ií]\b"
    ),
}


def certain(text: str) -> str | None:
    """The kind of crisis that the words alone show, if they leave no doubt."""
    plain = text.lower().replace("’", "'")
    return next((kind for kind in KINDS if _CERTAIN[kind].search(plain)), None)


def words(text: str) -> str:
    """A text as the classifier sees its words: "I don't" and "i dont" are the same."""
    return text.lower().replace("’", "'").replace("'", "")


def sentences(text: str) -> list[str]:
    """The sentences of a message, long ones in pieces; none if it is but one."""
    found: list[str] = []
    for sentence in filter(None, map(str.strip, _END.split(text))):
        found += _pieces(sentence) if len(sentence.split()) > LONG else [sentence]
    return found[:MAX_SENTENCES] if len(found) > 1 else []


def _pieces(sentence: str) -> list[str]:
    found, open_piece = [], ""
    for clause in _JOINT.split(sentence):
        open_piece = f"{open_piece} {clause}".strip()
        if len(open_piece.split()) >= SHORT:
            found.append(open_piece)
            open_piece = ""
    if open_piece and found:
        found[-1] = f"{found[-1]} {open_piece}"
    return found or [sentence]


def spelled(plain: str) -> list[str]:
    """One- and two-word phrases, and what every four letters in a row of a word are: "sucidal" is nearly "suicidal"."""
    padded = [f"#{word}#" for word in _WORD.findall(plain)]
    letters = [word[start : start + LETTERS] for word in padded for start in range(max(1, len(word) - LETTERS + 1))]
    return [*phrases(plain), *(f"{LETTERS}:{four}" for four in letters)]


def train_crisis(texts: Sequence[str], vectors: Vector, kinds: Sequence[str], weights: Sequence[float]) -> IntentModel:
    """A model that tells the kinds and OTHER apart. `vectors`: one row a text; `weights`: how much each counts.
    Deterministic."""
    examples = [Example(vector, words(text)) for text, vector in zip(texts, vectors)]
    return train(examples, kinds, STRENGTHS, spelled, weights)


def likelihoods(model: IntentModel, near: Nearest, said: Mapping[str, Vector]) -> list[dict[str, float]]:
    """How likely each text of a message (text -> its embedding) is of each kind, by both witnesses.

    The first is the whole message, the others its sentences. Of many, as in a pasted text, one sounds like a crisis by
    chance: beyond MANY, each makes every one of them count less."""
    found = []
    chance = math.log(max(1.0, (len(said) - 1) / MANY))
    for place, ((text, vector), leaning) in enumerate(zip(said.items(), near.leanings(list(said.values())))):
        shares = dict(model.rank(Example(vector, words(text))))
        total = sum(shares.get(kind, 0.0) for kind in KINDS)
        factor = _leant(total, LEANING * leaning - (chance if place else 0.0)) / total if total else 0.0
        found.append({kind: shares.get(kind, 0.0) * factor for kind in KINDS})
    return found


def _leant(likely: float, more: float) -> float:
    """A likelihood whose logarithm of the odds is `more` higher."""
    odds = math.log(max(likely, CERTAINTY)) - math.log(max(1.0 - likely, CERTAINTY)) + more
    return 1.0 / (1.0 + math.exp(-odds))


def crisis(text: str, likely: Sequence[Mapping[str, float]], threshold: float) -> str | None:
    """The kind of crisis of a message; None if it is none. `threshold`: how likely one of its texts must be of any."""
    found = {certain(text)} - {None}
    if max((sum(shares.values()) for shares in likely), default=0.0) >= threshold:
        found.add(max(KINDS, key=lambda kind: max(shares[kind] for shares in likely)))
    return next((kind for kind in KINDS if kind in found), None)
