"""Whether a stretch of text reads like a question or a request. Pure; no Rasa."""

from __future__ import annotations

import re

WH = (  # as people write it
    r"(?:what|what's|whats|wat|wats|wut|wuts|which|wich|who|whos|who's|whose|whom|where|wheres|where's|wher|when|wen|why"
    r"|how|hows|how's)"
)
AUX = (
    r"(?:do|does|did|is|are|was|were|can|could|will|would|should|must|may|have|has|am|isn't|aren't|don't|doesn't|can't)"
)
LEAD = (  # before a word that asks: "roughly how many", "at what point", "and after that what"
    r"(?:(?:about|around|roughly|approximately|exactly|at|in|to|from|with|on|of) (?=how |what |which |whom )"
    r"|(?:later(?: on)?|after(?:wards?| that)|then|eventually|if so),? (?=(?:how|what|which|who|where)\b))"
)
REQUEST = r"(?:tell|give|show|walk|explain|describe|list|compare)"
BEGINS = re.compile(
    r"^(?:(?:and|also|but|so|or|plus|then|ok|okay|hi|hello|hey|well|um|please|oh|like|just|i meant?|&)"
    rf"(?!\w)[\s,]*)*{LEAD}?"
    rf"(?:{WH}\b|{AUX}\s+\w|whether\b|(?:the )?diff(?:erence)?s?\b|{REQUEST}\b"
    rf"|(?:i(?:'m| am)? )?(?:wonder(?:ing|s)?|curious|wanna know)\b"
    rf"|(?:(?:i|we|he|she|they|my \w+)(?:['’]d| would)? )?(?:also |just )*(?:would )?(?:like|love|needs?|wants?) to"
    rf" (?:know|find out|hear|ask|see)\b"
    rf"|any (?:idea|chance|tips)\b|any(?:thing)? (?:else|other))",
    re.I,
)
# "a client wants to know what they do"
_WANTS_TO_KNOW = re.compile(
    r"\b(?:wants?|needs?|likes?|love|hop(?:es?|ing)|try(?:ing)?) to (?:know|find out|hear|learn|ask)\b"
    r"|\b(?:wonder(?:s|ing)|curious|ask(?:s|ed|ing)(?: me)?) (?:if|whether|what|how|which|who|where)\b",
    re.I,
)
_ASKS_ITSELF = re.compile(rf"\W*(?:{WH}|{AUX})\b", re.I)  # "what do I need to know if …"
_ENDS_ASKING = re.compile(r"\b(?:for|is|are|makes?|earns?|pays?|takes?|costs?|gets?) (?:what|who|how much)\W*$", re.I)
# "…, was a clerk for six years": a story that leaves out its "I"
_TOLD_OF = re.compile(
    r"^(?:was|were|had|have|has|did|am)\s+(?:an?|the|my|in|at|on|to|been|no|some|\d\w*|\w+ing)\b(?!.*\?)", re.I
)
# "CCA - do I need experience", "I'm new to it, so I'd like to know if …"
_CLAUSE = re.compile(
    r"\s*[:;,]\s+|\s+[-–—]+\s+|\s+(?=but\s(?:i\s|we\s|i['’]d\s)?(?:would\s|also\s|just\s)*(?:like|love|need|want)\s+to\b)"
    r"|\s+(?=so\s(?!(?:is|are|do|does|did|was|were|have|has|am) (?:my|i|he|she|we|they|the)\b))"
)
_VERSUS = re.compile(r"^(?:[\w'’-]+\s+){1,4}(?:vs\.?|versus)\s+\w", re.I)  # "RHIT vs RHIA, and which pays more"


def wanted(text: str) -> int:
    """Where begins what somebody wants to know, in "a client of mine wants to know what they do"; 0 if it is not put
    so."""
    match = _WANTS_TO_KNOW.search(text)
    if match is None or _ASKS_ITSELF.match(text):
        return 0
    asked = re.search(rf"\b(?:{WH}|if|whether)\b", text[match.start() :], re.I)
    return match.start() + asked.start() if asked else 0


def asks(text: str) -> bool:
    """Whether a stretch of text reads like a question or a request."""
    return text.rstrip().endswith("?") or bool(BEGINS.match(text.strip()) or _ENDS_ASKING.search(text))


def asks_inside(text: str) -> bool:
    """Whether a stretch of text asks something, or one of its clauses does."""
    clauses = (text, *_CLAUSE.split(text))
    return bool(_VERSUS.match(text) or wanted(text)) or any(
        asks(one) and not _TOLD_OF.match(one) for one in clauses
    )
