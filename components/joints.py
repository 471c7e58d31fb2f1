"""Where in a sentence one question ends and the next begins. Pure; no Rasa.

A second question begins with words that ask ("…, and how long is it"); or it is a thing asked for by its name alone
beside a question ("what they do all day and the going wage", "the best-paying state, and how many jobs there are").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from components.clauses import asks_late, offers, tells
from components.lists import topic_of
from components.question_forms import AUX, LEAD, REQUEST, WH, asks_inside

_SUBJECT = (
    r"(?:i|you|u|we|they|it|he|she|there|that|this|these|those|the|a|an|my|your|their|most|any|all|people|someone|either|both"
    r"|anyone|employers?|hospitals?|medical|health|nurses?|nursing|coders?|billers?|techs?|technicians?|rns?|pharmacy)"
)
_ASKED_OF = (  # what a second question without a comma before it may be about
    r"(?:certifications?|certs?|experience|schools?|schooling|degrees?|programs?|jobs|pay|salar(?:y|ies)|wages|licens\w+"
    r"|ai|automation|robots?|computers|technology|math|remote|outsourcing)"
)
_AND = r"(?:and|also|plus|as well as|n|&|\+)"
# whatever a second question is about: "and do trade schools teach it", "and is overtime common"
_DOES = (
    r"(?:needs?|requires?|pays?|costs?|matters?|counts?|helps?|takes?|expires?|transfers?|changes?|offers?|covers?"
    r"|includes?|teach|train|hire|have|get|want|accept|come|work|make|look|go|use|involve|grow|earn|ask|check|care|give"
    r"|let|prefer|see|wear|travel|move)\b"
)
_OF_OTHERS = (
    rf"(?:do\s+(?!(?:the|an?|some|any|all|more|my|your|other|things)\b)(?:\w+\s+){{0,2}}?\w+s\s+{_DOES}"
    rf"|does\s+(?!not\b)(?:\w+\s+){{1,2}}?{_DOES}"
    r"|(?:is|are|will|would|should|can)\s+(?!(?:not|well|also|always|usually|often|highly|fully|very|more|most|better"
    r"|still|never|only|just|be)\b)(?:\w+\s+){1,3}?(?:be\s+)?(?:required|needed|necessary|included"
    r"|common|allowed|paid|covered|offered|available|hard|worth|important|enough|optional|mandatory|growing|hiring|accepted|free"
    r"|expensive|stressful|likely|possible)\b)"
)
_PLAIN_AUX = r"(?:do|does|is|are|can|could|will|would|should)"
_JOINT = re.compile(
    rf"(?:,\s*(?:and|or|but|also|plus|&)?\s*(?:then\s+)?|\s+(?:{_AND}|but)\s+(?:(?:also|then)\s+)?)"
    rf"(?=(?!when (?:i|you|u|we|they|he|she|it)\b){LEAD}?{WH}\b|whether\b"
    rf"|(?!do (?:that|this|it)\W*$){AUX}\s+{_SUBJECT}\b|{REQUEST} (?:me|us)\b)"  # "be a nurse first and then do that"
    rf"|\s+{_AND}\s+(?=(?:is|are|does|will|would|should)\s+{_ASKED_OF}\b)"
    rf"|,\s*(?:and|or|also|plus)?\s*(?={_PLAIN_AUX}\s+(?!not\b)\w+\s+\w+\s*\w)"  # "is X needed, is math needed"
    rf"|\s+{_AND}\s+(?:also\s+)?(?={_OF_OTHERS})"
    rf"|,?\s+{_AND}\s+(?=if\s+\S+\s+\w)",  # "know where they work, and if school is paid for"
    re.I,
)
_TELLS = re.compile(r"(?:i|i['’]?m|i['’]?ve|my|we|our|he|she)\b", re.I)
# "if school is paid for", but not "if there's a test who pays for it"
_IF = re.compile(r"^if\s+(?!so\b|.*\s(?:do|does|can|will|would|should|who|what|how)\s+\w+\s+\w)", re.I)
_BETWEEN_TWO = re.compile(r"\bbetween\b(?!.*\band\b)", re.I)  # "the gap between what a nurse makes and what …"
# after what is asked for by its name alone a question follows, and is joined to it: "the pay of X, and does it …"
_AND_THEN = re.compile(rf",?\s*\b{_AND}\s", re.I)
_BARE = r"(?:pay|salar(?:y|ies)|wages?|hours|outlook|growth|job (?:growth|outlook)|skills|benefits|openings)\b"
_THING = re.compile(  # a thing asked for after a question: "… and the going wage", ", also pay", ", any scholarships"
    r"(?<!lowest)(?<!bottom)(?<!least)(?<!highest)(?<!top)(?<!best)(?<!worst)"  # "the lowest and the highest paid"
    rf"(?:,?\s+(?:{_AND}|and also)\s+(?=(?:the|their|its|typical|usual|average|starting)\s)|,\s+(?=any\s)"
    rf"|,?\s+(?:and )?(?:also|plus)\s+(?={_BARE})|,\s+(?:and|&)\s+(?={_BARE}))",
    re.I,
)
_LISTED = re.compile(r",\s+")  # after several questions one more: "what's the work, who hires, money in Illinois"
_WHAT_ABOUT = re.compile(r"^(?:and |ok |so )*(?:what|how) about\b", re.I)  # "what about the ones in Ohio, any license"
_BETWEEN = re.compile(r"\b(?:between|both|vs\.?|versus|differ\w*|compare\w*|than|either|besides)\b", re.I)
_PART_OF_STORY = re.compile(
    r"^(?:i|i'm|im|i've|we|they|it|he|she|that|this|which|who|because|since|but|if|when)\b", re.I
)
NAMED, LISTED = 14, 6  # words of a thing asked for by its name beside a question, and of one in a list
LEAST = 4  # words of a question before it


@dataclass(frozen=True)
class Part:
    """A question in a message. `text` may have words from elsewhere in the message; `start` and `end` are its place.

    `about`: words before it that may name what it is about; `topic`: the one that a note in a list names; `thing`:
    whether it asks for something by its name alone.
    """

    text: str
    start: int
    end: int
    about: str = ""
    topic: str | None = None
    thing: bool = False


def pieces(text: str, boundary: re.Pattern[str], offset: int = 0) -> list[Part]:
    """What stands between the boundaries of a text, but blanks; `offset`: where the text begins in its message."""
    found, start = [], 0
    for match in [*boundary.finditer(text), None]:
        end = match.start() if match else len(text)
        piece = text[start:end].lstrip()
        if piece:
            found.append(Part(piece.rstrip(), offset + end - len(piece), offset + end))
        start = match.end() if match else end
    return found


def joined(sentence: Part) -> list[Part]:
    """A sentence taken apart where a second question follows a first."""
    found = pieces(sentence.text, _JOINT, sentence.start)
    for n in range(len(found) - 1, 0, -1):
        if _BETWEEN_TWO.search(found[n - 1].text):
            found[n - 1 : n + 1] = [_stretch(sentence, found[n - 1].start, found[n].end)]
    asking = [asks_inside(one.text) or asks_late(one.text) for one in found]
    if len(found) > 2 and _TELLS.match(found[0].text) and not asking[0]:  # "im 17, what should i take and where after"
        found, asking = found[1:], asking[1:]
    if True not in asking:
        return [sentence]
    first = asking.index(True)
    if not first and len(found) > 1 and _is_offered(found, sentence):  # "RHIT vs RHIA, which pays more, and which …"
        found[:2] = [_stretch(sentence, found[0].start, found[1].end)]
    if first == 1 and _is_named(found[0], sentence):
        found[0] = replace(found[0], thing=True)
    elif first:  # "RHIT and RHIA, what do they stand for, and which pays more"
        found = [_stretch(sentence, found[0].start, found[first].end), *found[first + 1 :]]
    later = [replace(one, text=_IF.sub("whether ", one.text), thing=one.text[:3].lower() == "if ") for one in found[1:]]
    found = [part for one in (found[0], *later) for part in _with_thing(one, _THING, NAMED)]
    if len(found) > 1:
        found = [part for one in found for part in _with_thing(one, _LISTED, LISTED)]
    return found if len(found) > 1 else [sentence]


def _stretch(sentence: Part, start: int, end: int) -> Part:
    return Part(sentence.text[start - sentence.start : end - sentence.start].strip(), start, end)


def _is_offered(found: list[Part], sentence: Part) -> bool:
    """Whether the first piece of a sentence is but what the question after it chooses among."""
    start = found[1].start - sentence.start
    return not _AND_THEN.match(sentence.text[found[0].end - sentence.start :]) and offers(sentence.text, start)


def _is_named(piece: Part, sentence: Part) -> bool:
    """Whether what stands before the first question of a sentence is asked for, too: "pay for a coder, and …"."""
    rest = sentence.text[piece.end - sentence.start :]
    words = len(piece.text.split())
    return bool(_AND_THEN.match(rest)) and 2 <= words <= NAMED and _names_topic(piece.text)


def _names_topic(text: str) -> bool:
    return topic_of(text) is not None and not _PART_OF_STORY.match(text) and not tells(text)


def _with_thing(question: Part, boundary: re.Pattern[str], most: int) -> list[Part]:
    """A question, and what is asked for by its name after it, if anything is."""
    match = next(reversed([*boundary.finditer(question.text)]), None)
    if match is None:
        return [question]
    before, after = question.text[: match.start()], question.text[match.end() :]
    head = before.split()
    # "which school and the degree", "the RHIT and the degree": two things that one question names
    besides = re.search(r"also|plus", match.group(), re.I)
    named = topic_of(" ".join(head[-2:])) is not None or before[-2:].isupper()
    pair = boundary is _THING and not besides and named
    few = boundary is _LISTED
    fits = len(head) >= LEAST - 2 * few and 1 + few <= len(after.split()) <= most  # ", also pay"
    fits = fits and _names_topic(after)
    if not fits or _BETWEEN.search(question.text) or (pair and not after.startswith("any ")):
        return [question]
    if _WHAT_ABOUT.match(before) or (
        after.startswith("any ") and len(after.split()) < 3
    ):  # "what next, any promotions"
        return [question]
    if boundary is _LISTED and (" and " in after or not asks_inside(before)):  # "do they hire, fire and plan shifts"
        return [question]
    end = question.start + match.start()
    return [
        replace(question, text=before, end=end),
        Part(after, question.start + match.end(), question.end, thing=True),
    ]
