"""Words that may stand beside a name without asking anything new: "and what about nurses then?". Pure."""

from __future__ import annotations

import re

CONNECTIVES = frozenset(
    (
        "and n or but so then ok okay what about how for in at near with the a an also too no not i meant mean of "
        "please same one ones question thing again well instead only just even me tell "
        "sorry oops wait actually nope nah oh hm hmm um uh said im i'm asked asking talking wanted was pls plz k kk "
        "alright right fine cool great lol haha thanks thx ty yes yeah yep wow whoa woah omg dang damn geez huh yikes "
        "ugh "
        "back go going return returning switch let's lets to now try check there here over lastly finally last "
        "previous itself proper "
        "earlier before other though tho still rather maybe wrong bad my mistake typo job state city place"
    ).split()
)
# The same beside "tell me": "can you tell me about being a nurse".
ABOUT_WORDS = frozenset("being becoming more info information explain talk learn can you job".split())
# What is said besides: "and receptionists, like me now", "cnas there, just to compare".
ASIDE = re.compile(
    r"\blike (?:me|us|i am|i['’]?m)(?: (?:right )?now)?\b"
    r"|\b(?:where|which|what) (?:i|we)(?:['’]?m| am| are|['’]?re)?(?: (?:live|work|do|have|in"
    r"|at))?(?: (?:right )?now| here| today)\b"
    r"|\b(?:once|when|if|after) (?:i|she|he|they|we|you|someone)"
    r"(?:['’]?(?:m|s|re)| (?:am|is|are|was|were|becomes?|became))\b"
    r"|\b(?:just )?(?:to compare|for comparison|out of curiosity|curious)\b|\bby the way\b|\bbtw\b"
    r"|\bwhile (?:i['’]?m|we['’]?re) at it\b"
    r"|\bi (?:guess|think|believe)(?: (?:it['’]?s|it is|they['’]?re) called)?\b|\bsame (?:deal|idea)\b",
    re.I,
)
# A difference of pay, as a pattern: "would that be a pay cut".
PAY_APART = r"\b(?:pay|salary|wage) ?(?:cut|raise|bump|drop|jump|difference|gap)\b"
# What somebody says who only reacts to an answer.
REACTS = (
    r"(?:o+h+|a+h+|w+o+w+|whoa|woah|omg|dang|damn|da[rm]n|geez|jeez|gosh|huh|yikes|u+gh+|l+o+l+|lmao|haha\w*|really"
    r"|seriously|interesting|nice|great|good|cool|sweet|bummer|crazy|wild|no way|too bad|big difference|makes sense"
    r"|good to know)"
)
# How a short message is tied to what was said before it, as the start of a pattern.
LINK = (
    rf"^\W*(?:(?:and|n|but|ok|okay|so|then|well|hm+|um+|alright|fine|yes|yeah|no|wait|what about|how about"
    rf"|what's|whats|what is|the|{REACTS})\W+)*"
)
