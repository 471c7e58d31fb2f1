"""What stands around a question that somebody passes on: "a patron wants to know whether …", "for a poster: …".

Pure; no Rasa. Such a frame is blanked, so that the message is read by its question; every other character keeps its
place. Where something is told before the frame, it ends there: "I teach health careers, and a kid asked me who …".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from components.blanking import Name, blanked

_KIN = (
    r"mom|mother|dad|father|son|daughter|wife|husband|sister|brother|cousin|niece|nephew|aunt|uncle|grandson"
    r"|granddaughter|grandkid|kid|child|stepson|stepdaughter|girlfriend|boyfriend|partner|friend|buddy|roommate"
    r"|neighbou?r|coworker|co-worker|colleague"
)
_PERSON = (
    rf"(?:(?:my|our|her|his|their|an?|the|this|that|some|one of (?:my|our|the)|another) (?:[\w'’-]+ ){{0,3}}?"
    rf"(?:{_KIN}|students?|patrons?|clients?|advisees?|callers?|visitors?|members?|veterans?|vets?|seniors?|juniors?"
    r"|sophomores?|freshm[ae]n|parents?|moms?|dads?|guys?|girls?|boys?|lad(?:y|ies)|gentleman|man|woman|women|men|person"
    r"|people|folks|teen(?:ager)?s?|kids|mentees?|customers?|participants?|applicants?|teachers?|counselors?|principal"
    r"|boss|supervisor|team)(?: of (?:mine|ours))?"
    r"|s?he|they"
    r"|(?:several|some|many|most|lots|all|both|two|three|a few|a couple|one) of (?:them|us|you|(?:my|our|the) [a-z]+)"
    r"|someone|somebody|everyone|student|patron|client|caller|customer|parent|people|students|patrons|clients|kids|folks"
    r"|parents|visitors|seniors|veterans)"
)
_AT = r"(?:,? (?:at|on|in|from|over|here|who|that|of|with)\b(?: [\w'’-]+){0,6}?,?| \([^)]{1,60}\))?"
_WHEN = (
    r"(?: (?:today|yesterday|earlier|again|now|just|also|always|recently|kindly|the other day|last (?:week|night)"
    r"|this morning))*"
)
_ASKS = (
    rf"(?:{_WHEN} (?:(?:asks?|asked|(?:(?:is|are|was|were|keeps?) )?asking|(?:has|have) asked"
    r")(?: (?:me|us|you|the desk))?"
    r"|(?:wants?|wanted|needs?|needed|would (?:like|love)|['’]d (?:like|love)|hopes?|was hoping)(?: me)? to"
    r" (?:know|find out|hear|learn|understand|ask)(?: you| if you know)?"
    r"|(?:is|are|was|were|['’]s)? ?wondering|wonders?|wondered|(?:is|are|was|were|['’]s) curious"
    rf"|(?:told|wants?|wanted|had|said) (?:me )?(?:to )?ask(?: you)?){_WHEN})"
)
_I_WAS_ASKED = (
    rf"i (?:was|got|get|keep (?:getting|being)|have been|['’]ve been)(?: just)? asked{_WHEN}(?: by {_PERSON}{_AT})?"
)
_SAYS = rf"(?:(?:i['’]?ve |i )?(?:(?:have|has|had|got) (?:got )?)?{_PERSON}{_AT}{_ASKS}|{_I_WAS_ASKED})"
_QUESTION = (
    r"(?=(?:whether|if|who|what|whats|what's|which|where|when|why|how|hows"
    r"|do|does|is|are|can|could|will|would|should)\b)"
)
# "a kid asked me who gives the CPC", "my daughter would like to know if …"
_PASSED_ON = re.compile(
    r"(?P<told>(?:^|(?<=[.!?;,])|\b(?:and|but|so|because)\b)\s*)(?:and |but |so |hi |hello |ok )*"
    rf"{_SAYS}[\s,:–—-]+{_QUESTION}",
    re.I,
)
_PIECE = (  # what somebody writes or prepares
    r"(?:poster|flyer|flier|handout|newsletter|bulletin|board|display|brochure|blurb|website|page|article|packet|sheet"
    r"|class|classes|lesson|workshop|report|paper|project|essay|assignment|presentation|slides?|fair|survey|club|desk"
    r"|library|school paper)"
)
_WORK = rf"(?:(?:an?|the|my|our|some|this|one of (?:my|our|the)) (?:[\w'’-]+ ){{0,3}}?{_PIECE})"
# "for a bulletin board: …", "honest question from my class: …"
_FOR = rf"(?:for|from) (?:{_PERSON}|{_WORK})\b[^:?.!;]{{0,50}}"
_PREAMBLE = re.compile(
    rf"^\W*(?:(?:hi|hello|hey|ok|so|just|a|an|one|another|last|quick|honest|serious|dumb|silly|weird|random|general|real"
    rf"|simple|followup|follow-up|trivia)\W+)*(?:questions?\b(?: {_FOR})?"
    rf"|(?:(?:i['’]?m |am )?(?:looking|checking|asking) (?:(?:this|it|that) )?(?:up )?)?{_FOR}"
    rf"|(?:here['’]?s )?(?:what|this is what) {_PERSON}{_AT}{_ASKS})\s*[:–—]+\s+(?=\w)",
    re.I,
)
# "drafting a page for our juniors - what do …"
_WRITES = re.compile(
    r"^\W*(?:(?:hi|hello|hey|ok|so)\W+)*(?:(?:i|we)(?:['’]?(?:m|re)| am| are)? )?(?:just )?"
    r"(?:needs?|writing|making|working on|prepping|preparing|drafting|updating|doing)\b"
    rf"(?=[^:?.!;]*\b{_PIECE}\b)[^:?.!;]{{0,80}}?(?:\s*[,:–—]+|\s+-+)\s+{_QUESTION}",
    re.I,
)
# "tell me about nurses, I need three facts"
_SO_MANY = re.compile(
    r"(?<![\s,.;–—-])[\s,.;–—-]+(?:i |we |so i |and i )(?:just |only |really )*"
    r"(?:need|want|have to (?:write|list|give))"
    r" (?:like |about |at least )?(?:\d+|an?|some|two|three|four|five|six|ten|several|a few) (?:[\w-]+ )?"
    r"(?:facts?|sentences?|lines?|bullets?|bullet points?|paragraphs?|things)\b(?: (?:about|on) (?:it|them|that))?"
    r"(?: (?:for|by) [\w' ]{1,30})?\W*$",
    re.I,
)
# "online classes in billing, is that a thing"
_EXISTS = re.compile(
    r"(?<=\w)[\s,.;–—-]+(?:(?:is|are) (?:that|this|it|those) (?:(?:really|even|actually) )?(?:an? )?"
    r"(?:(?:real|actual|common|legit) )?thing"
    r"|do(?:es)? (?:that|this|those|it) (?:(?:really|even|actually) )?exist)\W*$",
    re.I,
)
# "…, asking for a friend"
_AFTERWARDS = re.compile(
    r"(?:(?<=[.?!])|[,;–—(-]+)\s*(?:(?:i['’]?m |i am |just |only |this is |it['’]?s )*"
    r"(?:(?:asking|wondering)(?: this| it)?|(?:looking|checking) (?:this|it|that)(?: up)?)|this is|it['’]?s)"
    rf" (?:for|on behalf of) (?:{_PERSON}|{_WORK})\b[^?]{{0,60}}$",
    re.I,
)
# "how do people like me become a nurse": asks for the steps, not whether one fits
_LIKE_ME = re.compile(
    r"\bhow \w+ (?:an? )?(?:people|someone|somebody|anyone|person|guy|gal|man|woman|lady|folks)"
    r"(?P<like> like (?:me|us|him|her))(?= )"
    r"|(?P<those>,? for (?:an? )?(?:people|someone|somebody|anyone|person|folks|students?) like (?:me|us|him|her))"
    r"(?=\W*$)",
    re.I,
)
_THAT_SUIT = re.compile(r"\b(?:good|right|best|jobs?|programs?|a question)\b", re.I)
_COMPARES = re.compile(r"\b(?:than|more|less|better|worse|higher|lower|cut|raise|both|same|versus|vs)\b", re.I)
_WHETHER = re.compile(r"(?:whether|if)(?: or not)?\s+", re.I)
_AUX = r"(?:would|can|could|will|should|must|may|might|is|are|was|were|(?:has|have)(?! to\b))"
# "whether a GED would do": "would a GED do"
_TOLD_ORDER = re.compile(rf"((?:(?!(?:who|that|which)\b)[\w'’-]+\s+){{1,5}}?)({_AUX})(?=\s)", re.I)
_MANY = re.compile(
    r"(?:you|u|i|we|they|people|most|\w+[^s\W]s|(?:medical|health|pharmacy|records) (?:\w+ )?\w+s)\b(?!['’])", re.I
)
_ONE = re.compile(r"[\w-]+ [\w-]+\b(?!['’])", re.I)  # no "it's"
# "I need a night class, …": what somebody wants or takes, and no frame; but "a project for health class, …"
_TAKES = re.compile(
    r"\b(?:needs?|doing)\b(?:(?!\bfor\b).)*\b(?:class(?:es)?|lessons?|desk|library|club|fair)\s*,\s*$", re.I
)
_AT_IT = re.compile(r"\b(?:s?he|they|it|ones?|that|th(?:e|at) (?:pay|jobs?|work|salary|schooling))\b", re.I)
_NAMES = frozenset(("place", "credential", "school", "employer_type"))


def unframed(text: str, names: Sequence[Name] = ()) -> str | None:
    """The message with the frame around its question blanked, as long as before; None if it has none, or one that names
    something by which the question may be meant: "a student in Ohio wants to know what coders make"."""
    left = text
    for pattern in (_PREAMBLE, _WRITES, _PASSED_ON, _SO_MANY, _EXISTS, _AFTERWARDS):
        match = pattern.search(left)
        if match is None or (pattern is _WRITES and _TAKES.search(match.group())):
            continue
        start, end = match.end("told") if "told" in pattern.groupindex else match.start(), match.end()
        elsewhere = any(kind == "occupation" and not start <= at < end for kind, at, _ in names)
        elsewhere = elsewhere and not _COMPARES.search(f"{left[:start]} {left[end:]}")  # "do coders earn more"
        kinds = _NAMES if pattern is _PASSED_ON or elsewhere else _NAMES | {"occupation"}
        if any(kind in kinds and start <= at < end for kind, at, _ in names) or _only_there(left, names, start, end):
            continue
        left = blanked(left, start, end)
        if pattern is _PASSED_ON:
            left = _as_question(left, start, end)
    alike = _LIKE_ME.search(left)
    if alike and not (alike.group("those") and _THAT_SUIT.search(left[: alike.start()])):
        left = blanked(left, *alike.span(alike.lastgroup or 0))
    return left if left != text and re.search(r"\w", left) else None


def _only_there(text: str, names: Sequence[Name], start: int, end: int) -> bool:
    """Whether the frame names the only job, and the question points at it: "my friend who is a nurse wants to know what
    she would make"."""
    jobs = [at for kind, at, _ in names if kind == "occupation"]
    asked = any(at >= end for kind, at, _ in names if kind in ("occupation", "credential"))
    return any(start <= at < end for at in jobs) and not asked and bool(_AT_IT.search(text, end))


def _as_question(text: str, start: int, end: int) -> str:
    """The message whose frame is blanked, with the words of the question in their order; a sentence ends where the
    frame began, if something stands before it."""
    whether = _WHETHER.match(text, end)
    if whether:
        text, end = blanked(text, end, whether.end()), whether.end()
        turned = _TOLD_ORDER.match(text, end)
        first = (
            turned.group(2) if turned else "do" if _MANY.match(text, end) else "does" if _ONE.match(text, end) else ""
        )
        if turned:
            text = blanked(text, turned.start(2), turned.end(2))
        if first and end - start > len(first) + 2:
            text = f"{text[: end - len(first) - 1]}{first} {text[end:]}"
    before = re.sub(r"[\s,]+$", "", text[:start])
    before = re.sub(r"\W+(?:and|but|so|because)$", "", before, flags=re.I)
    if not re.search(r"\w", before):
        return text
    ended = "" if before[-1] in ".!?;" or len(before) == start else "."
    return f"{before}{ended}{' ' * (start - len(before) - len(ended))}{text[start:]}"
