"""What kind of thing a question asks for, whatever it is about: whether something is enough, a list, how a figure
stands beside those of all others. Pure.

The composers ask this before they choose what leads: a statement may be near a question and answer another kind of it.
"""

from __future__ import annotations

import re

# "is a certificate enough", "can I get by with just a GED": not whether it is needed
_ENOUGH = re.compile(
    r"\b(?:enough|suffic\w+|(?:all|everything) (?:i|you|u|they|we|one|someone) (?:really |actually )?needs?"
    r"|(?:get|make it|getting|hired|start|work|do it|be|becom\w+|go|qualify)\b.{0,40}\bwith (?:just|only|nothing but)"
    r"|good enough|cut it|will do|would do)\b",
    re.I,
)
# "which schools teach it", "what places hire them", "what are the ways to …"; not "what kind of place is best"
_THINGS = (
    r"(?:schools|colleges|universities|programs|courses|classes|subjects|places|employers|settings|workplaces"
    r"|facilities|companies|industries|certificates|certifications|certs|credentials|licenses|exams|ways|degrees|majors|skills"
    r"|tasks|duties|jobs|careers|specialties|titles)"
)
_ASKING = r"(?:do|does|did|can|will|would|should|time|days?)\b"  # "what do employers want" asks about them
_SUCH = r"online|remote|part[- ]time|evenings?|accredited|free|without|no experience"  # and this of some of them
_ALL = r"(?:(?:are|r) )?(?:all|some|the|other|different|kinds?|types?|sorts?|of|main|usual|common)"
_ONE = r"(?:best|most|easiest|cheapest|better|faster|quicker|or)"
_LIST = re.compile(
    rf"\b(?:which|what|list|name)(?! {_ASKING})(?: {_ALL})* (?:(?:\w+ ){{0,2}})?\b{_THINGS}\b"
    rf"(?!.*\b(?:{_ONE}|{_SUCH})\b)",
    re.I,
)
_SCHOOLS = re.compile(
    rf"\b(?:which|what|any|name|list)(?! {_ASKING})(?: \w+){{0,2}} (?:schools|colleges|universities)\b"
    # "which college teaches it", "name a school for that"; not "what school is needed", "which college classes"
    r"|\b(?:which|what|any|name an?|name one) (?:\w+ ){0,2}?(?:school|college|university)"
    r" (?:teach\w*|has|have|offers?|gives?|runs?|would|can|could|that|with|near|around|where|for)\b",
    re.I,
)
# "what does a coding program teach", "the classes in a nursing degree"
_OF_A_PROGRAM = re.compile(
    r"\b(?:programs?|curriculum|degrees?|colleges?|certificates?|diploma|(?:coding|billing|nursing|records?|training) "
    r"(?:course|class|school)s?)\b",
    re.I,
)
_BEFORE_IT = re.compile(
    r"\bhigh[- ]?school\w*|\b(?:hs|grades?|gpa|juniors?|seniors?|sophomores?|fresh\w+|teen\w*|prepar\w*|prep|ready"
    r"|before|get in(?:to)?|first|early|now|electives?|1\d)\b",
    re.I,
)
_OTHERS = (
    r"(?:(?:the )?(?:national |overall |us |u\.s\. )?(?:average|avg|norm\w*|typical|usual|rest|others|economy)"
    r"|(?:most|all|the|every|any|other)(?: of)?(?: the)?(?: other)?"
    r" (?:jobs?|occupations?|careers?|fields?|professions?|work)"
    r"|(?:everything|everyone|anything|most|others?)(?: else)?)"
)
_AGAINST_ALL = re.compile(
    r"\b(?:faster|slower|quicker|more|less|better|worse|higher|lower|same|above|below|beat\w*|fast|compare[sd]?|differ\w*"
    r"|vs\.?)\b"
    rf"(?: \w+){{0,3}}? {_OTHERS}\b",
    re.I,
)


def asks_enough(question: str | None) -> bool:
    """Whether a question asks if something is enough, and not if it is needed."""
    return bool(_ENOUGH.search(question or ""))


def asks_for_list(question: str | None) -> bool:
    """Whether a question asks for all there are of a kind, of which one alone is no answer."""
    return bool(_LIST.search(question or "")) or asks_for_schools(question)


def asks_for_schools(question: str | None) -> bool:
    """Whether a question asks for schools by name."""
    return bool(_SCHOOLS.search(question or ""))


def of_a_program(question: str | None) -> bool:
    """Whether a question is on what a program teaches, and not on what prepares for one."""
    asked = question or ""
    return bool(_OF_A_PROGRAM.search(asked)) and not _BEFORE_IT.search(asked)


def against_all(question: str | None) -> bool:
    """Whether a question sets a figure beside that of all occupations: "is that faster than average"."""
    return bool(_AGAINST_ALL.search(question or ""))
