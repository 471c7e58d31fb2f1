"""What a short message asks beside a remark: "not bad at all. do they hire teens?", "and in Reno, my cousin lives there".

Pure; no Rasa. A message is taken apart at its sentences, at laughs and at the commas behind which somebody begins to tell
something; each piece asks, names something, or is a remark, which reacts or tells. If all pieces but one are remarks,
that one is what the message asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from components.joints import Part, pieces
from components.lists import topic_of
from components.question_forms import BEGINS, asks, asks_inside

Name = tuple[str, int, int]  # kind, start, end of a name in the message

REACTS = 6  # words up to which a piece that names nothing only reacts
_LAUGH = r"(?:l+o+l+|lmao|rofl|(?:ha){2,}h?|hehe+|omg|smh)"
_BOUNDARY = re.compile(rf"(?<=[?!.;…\n])\s+|\n+|(?<=\w)\s+[-–—]+\s+|(?<=\w)[,\s]+{_LAUGH}\b[\s.,!]+(?=\w)", re.I)
_COMMA = re.compile(r"\s*,\s+|\s+(?=(?:cuz|bc|because|since)\s+(?:i|i['’]?m|we|he|she|my|our)\b)", re.I)
_LEAD = (
    r"(?:(?:hi|hello|hey|so|and|but|or|then|now|no|nope|nah|ok|okay|k|well|oh|ah|aw+|hm+|huh|um+|uh|yeah|yes|yep|wow|wait|sorry|actually"
    rf"|alright|anyways?|also|plus|like|just|honestly|basically|good|great|nice|cool|thanks|cuz|bc|because|since|{_LAUGH})"
    r"\b[\s,]*)*"
)
_KIN = (
    r"(?:mom|mother|dad|father|sister|brother|cousin|wife|husband|friend|aunt|uncle|neighbou?r|daughter|son|girl|boy|kids?"
    r"|child|boss|roommate|grand\w+|partner|fianc[ée]e?|boyfriend|girlfriend|niece|nephew|family|parents?|buddy|coworker)s?"
)
# somebody tells something: "I have a toddler", "she says …", "think ill go pharmacy", "that sounds chill"
_TELLS = re.compile(
    rf"^\W*{_LEAD}(?:(?:i|i['’]?(?:m|d|ll|ve)|we|we['’]?(?:re|d|ll|ve)|she|he|they|she['’]s|he['’]s|shes|hes"
    rf"|they['’]?re|there['’]?s|there (?:is|are))\b(?! (?:mean|meant|said)\b)|(?:my|our|his|her|their|the|a|an|some|one of my) (?:\w+ )?{_KIN}\b"
    r"|mine\b|my \w+|(?:think|guess|thought|figured|hoping|thinking|leaning|got|didn['’]?t|don['’]?t|never|been|just"
    r"|was|were|used to|looks|sounds|seems|feels|makes sense)\b(?!\?))",
    re.I,
)
_WANTS = re.compile(
    r"\b(?:want(?:ed)?|wanna|need(?:ed)?|like|love|hop(?:e|ing)|try(?:ing)?) to (?:know|find out|hear|learn|see|compare|ask)\b"
    r"|\b(?:wonder\w*|curious|looking for|asking|my question)\b|\b(?:need|want|like) (?:some |more )?info",
    re.I,
)
# it reacts to what was said, or says how it is: "that's a lot", "it sounds like a robot cant do that"
_JUDGES = re.compile(
    rf"^\W*{_LEAD}(?:that|this|it|thats|that['’]s|its|it['’]s|those|these|what a|not|too|pretty|kind ?of|kinda)\b",
    re.I,
)
# "really so high?", "59??": somebody is astonished, and asks nothing
_WONDERS = re.compile(
    r"^\W*(?:oh |wow |ok |no |so |wait |huh )*(?:really|seriously|for real|wow|huh|what|oh|no way|only|just|that"
    r"|\$?\d[\d,.]*k?|so|all that|damn|dang|geez|yikes)(?: (?:so|that|this|really|much|high|low|many|little|few|more|less|long"
    r"|short|only|bad|good|is it|huh|far))*[\s?!.]*$",
    re.I,
)
_CONDITION = re.compile(r"^\W*(?:and |so |but |ok |or )*(?:if|when|once|after|before|unless|until|while|as|for|in|at|on)\b", re.I)


# words for the work that stand for the occupation: "sorry, records. I'm a biller already"
_WORK = re.compile(
    r"\b(?:coding|coders?|billing|billers?|records|nursing|pharmacy|transcription|management|technologists?|assistants?"
    r"|assisting|technicians?|techs?|[a-z]+wise)\b",
    re.I,
)


def set_apart(text: str, names: Sequence[Name] = ()) -> Part | None:
    """The one piece of a message that asks or names something beside remarks; None if nothing is beside it, or there is
    more than one. `names`: all that the message names, with its cues."""
    found = _pieces(text, names)
    left = [one for one in found if not is_remark(one, names)]
    if len(left) > 1:  # "Ohio. and what about Texas?" is not taken apart, "georgia wins. do they …" is
        left = [one for one in left if asks_inside(one.text)] if all(map(_is_brief, left)) else []
    if len(left) != 1 or len(found) < 2:
        return None
    one = left[0]
    return one if re.search(r"\w\w", one.text) and (asks_inside(one.text) or _named(one, names)) else None


def is_remark(piece: Part, names: Sequence[Name] = ()) -> bool:
    """Whether a stretch of a message only reacts or tells."""
    text = piece.text
    if _WONDERS.match(text) and not _named(piece, names):
        return True
    if asks_inside(text) or asks(text) or _WANTS.search(text):
        return False
    if _TELLS.match(text):
        return True
    if _JUDGES.match(text):  # "thats a lot of school"
        return not any(piece.start <= start < piece.end for kind, start, _ in names if kind != "cue")
    return not _named(piece, names) and len(text.split()) <= REACTS


def only_reacts(text: str, question: Part) -> bool:
    """Whether all that stands around a question reacts to the answer before it, and tells nothing of anybody."""
    around = f"{text[: question.start]} . {text[question.end :]}"
    return not re.search(r"\b(?:i|i['’]?(?:m|ve|d|ll)|my|we|our|he|she|his|her|they|\d+)\b", around, re.I)


def _pieces(text: str, names: Sequence[Name]) -> list[Part]:
    return [one for sentence in pieces(text, _BOUNDARY) for one in _at_commas(sentence, names)]


def _at_commas(sentence: Part, names: Sequence[Name]) -> list[Part]:
    """A sentence without the remark before its first comma or after a later one."""
    for comma in _COMMA.finditer(sentence.text):
        before = Part(sentence.text[: comma.start()], sentence.start, sentence.start + comma.start())
        after = Part(sentence.text[comma.end() :], sentence.start + comma.end(), sentence.end)
        if _CONDITION.match(before.text) and not before.text.rstrip().endswith("?"):
            condition = not _named(before, names) or len(before.text.split()) > REACTS
            if condition:
                continue
        if is_remark(before, names) and BEGINS.match(after.text):
            return [before, *_at_commas(after, names)]
        told = _TELLS.match(after.text) and is_remark(after, names)
        if told and not is_remark(before, names):
            return [before, after]
    return [sentence]


def _named(piece: Part, names: Sequence[Name]) -> bool:
    """Whether a stretch names something that may be asked about."""
    said = any(piece.start <= start < piece.end for _, start, _ in names)
    return said or bool(_WORK.search(piece.text)) or topic_of(piece.text) is not None


def _is_brief(piece: Part) -> bool:
    return asks_inside(piece.text) or len(piece.text.split()) < REACTS
