"""What a short message asks beside a remark: "not bad at all. do they hire teens?", "in Reno, my cousin lives there".

Pure; no Rasa. A message is taken apart at its sentences, at laughs and at the commas behind which somebody begins to
tell something; each piece asks, names something, or is a remark, which reacts or tells. If all pieces but one are
remarks, or one alone asks, that one is what the message asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from components.blanking import Name
from components.joints import Part, pieces
from components.lists import topic_of
from components.question_forms import BEGINS, asks, asks_inside

REACTS = 6  # words up to which a sentence that names nothing only reacts
_LAUGH = r"(?:l+o+l+|lmao|rofl|(?:ha){2,}h?|hehe+|omg|smh)"
_SENTENCE = re.compile(rf"(?<=[?!.;\n])(?<!\.\.)\s+|\n+|(?<=\w)[,\s]+{_LAUGH}\b[\s.,!]+(?=\w)", re.I)
_COMMA = re.compile(
    r"\s*,\s+|\s+[-–—]+\s+|(?:\.{2,}|…)\s*|\s+(?=(?:cuz|bc|because|since)\s+(?:i|i['’]?m|we|he|she|my|our)\b)", re.I
)
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
    r"|they['’]?re|there['’]?s|there (?:is|are))\b(?! (?:mean|meant|said)\b)"
    rf"|(?:my|our|his|her|their|the|a|an|some|one of my) (?:\w+ )?{_KIN}\b"
    r"|mine\b|my \w+|(?:think|guess|thought|figured|hoping|thinking|leaning|got|didn['’]?t|don['’]?t|never|been|just"
    r"|was|were|had|went|lost|quit|worked|drove|taught|moved|took|started|finished|graduated|used to"
    r"|looks|sounds|seems|feels|makes sense)\b(?!\?))",
    re.I,
)
_WANTS = re.compile(
    r"\b(?:want(?:ed)?|wanna|need(?:ed)?|like|love|hop(?:e|ing)|try(?:ing)?) to"
    r" (?:know|find out|hear|learn|see|compare|ask)\b"
    r"|\b(?:wonder\w*|curious|looking for|asking|my question)\b|\b(?:need|want|like) (?:some |more )?info",
    re.I,
)
_NEEDS = re.compile(r"\b(?:need|want|asked (?:for|about)|after) (?:the|some|pay|salar\w+|numbers|figures)\b", re.I)
# it reacts to what was said, or says how it is: "that's a lot", "it sounds like a robot cant do that"
_JUDGES = re.compile(
    rf"^\W*{_LEAD}(?:that|this|it|thats|that['’]s|its|it['’]s|those|these|what a|not|too|pretty|kind ?of|kinda)\b",
    re.I,
)
# it is measured by what somebody has: "that's about what I make driving a bus"
_MEASURES = re.compile(
    r"\b(?:what|than|as|like|where) (?:i|we|he|she|my \w+)(?:['’]?(?:m|ve|d|s))? (?:\w+ )?"
    r"(?:makes?|made|earns?|earned|gets?|got|ha(?:ve|s|d)|do(?:es)?|did|pays?|paid|am|is|was|lives?|works?)\b",
    re.I,
)
_EXCLAIMS = re.compile(
    rf"^\W*{_LEAD}(?:(?:so|very|really|pretty|too|not|got|good|makes?|big|that|to|know|hear|a|it)\s+)*"
    r"(?:ok(?:ay)?|good|great|nice|cool|fair(?: enough)?|interesting|true|right|perfect|awesome|sweet|gotcha|it|sense"
    r"|know|hear|see|same|difference|bad|yay|damn|dang|ugh|yikes|bummer|doable|decent|lovely|fine|thanks?|thank you"
    rf"|nope|wow|whoa|{_LAUGH})?[\s.!,]*$",
    re.I,
)
# "really so high?", "59??": somebody is astonished, and asks nothing
_WONDERS = re.compile(
    r"^\W*(?:oh |wow |ok |no |so |wait |huh )*(?:really|seriously|for real|wow|huh|what|oh|no way|only|just|that"
    r"|\$?\d[\d,.]*k?|so|all that|damn|dang|geez|yikes)(?: (?:so|that|this|really|much|high|low|many|little|few|more"
    r"|less|long|short|only|bad|good|is it|huh|far))*[\s?!.]*$",
    re.I,
)
_ADDS = re.compile(r"^\W*(?:and |or )?(?:also|plus) (?:for )?the\b", re.I)  # "also the 90th": as much again
_CONDITION = re.compile(
    r"^\W*(?:and |so |but |ok |or )*(?:if|when|once|after|before|unless|until|while|as|for|in|at|on|since"
    r"|because|cuz|bc)\b",
    re.I,
)


# words for the work that stand for the occupation: "sorry, records. I'm a biller already"
_WORK = re.compile(
    r"\b(?:coding|coders?|billing|billers?|records|nursing|pharmacy|transcription|management|technologists?|assistants?"
    r"|assisting|technicians?|techs?|[a-z]+wise)\b",
    re.I,
)


def set_apart(text: str, names: Sequence[Name] = ()) -> Part | None:
    """The one piece of a message that asks or names something beside remarks; None if nothing is beside it, or there is
    more than one. `names`: all that the message names, with its cues."""
    sentences = pieces(text, _SENTENCE)
    left = [one for one in sentences if not is_remark(one, names)]
    if len(left) > 1 and not any(_wants(one.text) for one in left):  # "georgia wins. do they make more there"
        left = [one for one in left if asks_inside(one.text)]
    if len(left) != 1:
        return None
    one = _within(left[0], names)
    alone = len(sentences) == 1 and one == sentences[0]
    return None if alone or not re.search(r"\w\w", one.text) or not _says(one, names) else one


def is_remark(sentence: Part, names: Sequence[Name] = ()) -> bool:
    """Whether a sentence only reacts or tells."""
    if _ADDS.match(sentence.text):
        return False
    return _reacts_or_tells(sentence, names) or (
        not _says(sentence, names) and not _JUDGES.match(sentence.text) and len(sentence.text.split()) <= REACTS
    )


def only_reacts(text: str, question: Part) -> bool:
    """Whether all that stands around a question reacts to the answer before it, and tells nothing of anybody."""
    around = (*pieces(text[: question.start], _SENTENCE), *pieces(text[question.end :], _SENTENCE))
    return not any(_TELLS.match(one.text) for one in around) and all(
        _EXCLAIMS.match(one.text) or _JUDGES.match(one.text) or _WONDERS.match(one.text) for one in around
    )


def _wants(text: str) -> bool:
    """Whether somebody says what they want to know: "I need the pay of nurses"."""
    return bool(_WANTS.search(text) or (_NEEDS.search(text) and topic_of(text)))


def names_work(text: str) -> bool:
    """Whether a text has a word for the work that may stand for an occupation."""
    return bool(_WORK.search(text))


def _reacts_or_tells(piece: Part, names: Sequence[Name]) -> bool:
    """The same of any stretch, by its own words."""
    text = piece.text
    if _WONDERS.match(text) and not _named(piece, names):
        return True
    if asks_inside(text) or asks(text) or _wants(text):
        return False
    if _TELLS.match(text) or (_EXCLAIMS.match(text) and not _named(piece, names)):
        return True
    things = any(piece.start <= start < piece.end for kind, start, _ in names if kind != "cue")
    return bool(_JUDGES.match(text)) and (not things or bool(_MEASURES.search(text)))  # "thats a lot of school"


def _within(sentence: Part, names: Sequence[Name]) -> Part:
    """A sentence without the remark before its first comma, or after a later one."""
    for comma in _COMMA.finditer(sentence.text):
        before = Part(sentence.text[: comma.start()], sentence.start, sentence.start + comma.start())
        after = Part(sentence.text[comma.end() :], sentence.start + comma.end(), sentence.end)
        if _CONDITION.match(before.text) and not (_named(before, names) and len(before.text.split()) <= REACTS):
            continue
        remark = _reacts_or_tells(before, names)
        if remark and BEGINS.match(after.text):
            return _within(after, names)
        if not remark and _TELLS.match(after.text) and _reacts_or_tells(after, names):
            return before
    return sentence


def _says(piece: Part, names: Sequence[Name]) -> bool:
    return asks_inside(piece.text) or _named(piece, names)


def _named(piece: Part, names: Sequence[Name]) -> bool:
    """Whether a stretch names something that may be asked about."""
    said = any(piece.start <= start < piece.end for _, start, _ in names)
    return said or names_work(piece.text) or topic_of(piece.text) is not None
