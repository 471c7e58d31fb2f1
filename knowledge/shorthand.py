"""How people write when they type fast: "whats", "gotta", "u", "wher". Pure.

What a message says and what a known question says are both written out before they are compared, so that a question
is as near to another however it is typed.
"""

from __future__ import annotations

import re

SHORTHAND = {
    "wat": "what",
    "wut": "what",
    "whut": "what",
    "u": "you",
    "ur": "your",
    "r": "are",
    "y": "why",
    "ya": "you",
    "yall": "you all",
    "pls": "please",
    "plz": "please",
    "thx": "thanks",
    "abt": "about",
    "w/": "with",
    "w/o": "without",
    "bc": "because",
    "cuz": "because",
    "coz": "because",
    "bcuz": "because",
    "tho": "though",
    "nite": "night",
    "nites": "nights",
    "xmas": "christmas",
    "skool": "school",
    "rn": "rn",
    "ppl": "people",
    "yr": "year",
    "yrs": "years",
    "hr": "hour",
    "hrs": "hours",
    "mo": "month",
    "cert": "certification",
    "certs": "certifications",
    "edu": "education",
    "exp": "experience",
    "reqs": "requirements",
    "req": "requirement",
    "info": "information",
    "avg": "average",
    "govt": "government",
    "hosp": "hospital",
    "hs": "high school",
    "doin": "doing",
    "goin": "going",
    "gettin": "getting",
    "makin": "making",
    "workin": "working",
    "lookin": "looking",
    "tryin": "trying",
    "tryna": "trying to",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "have to",
    "hafta": "have to",
    "needa": "need to",
    "oughta": "ought to",
    "dunno": "don't know",
    "gimme": "give me",
    "lemme": "let me",
    "kinda": "kind of",
    "sorta": "sort of",
    "outta": "out of",
    "lotta": "lot of",
    "prolly": "probably",
    "probly": "probably",
    "rly": "really",
    "wher": "where",
    "wen": "when",
    "wich": "which",
    "hav": "have",
    "dat": "that",
    "dis": "this",
    "dey": "they",
    "dem": "them",
    "wud": "would",
    "cud": "could",
    "shud": "should",
    "wudnt": "wouldn't",
    "cudnt": "couldn't",
    "shudnt": "shouldn't",
    "shoud": "should",
    "im": "i'm",
    "ive": "i've",
    "youre": "you're",
    "youve": "you've",
    "youll": "you'll",
    "youd": "you'd",
    "theyre": "they're",
    "theyve": "they've",
    "theyll": "they'll",
    "theyd": "they'd",
    "weve": "we've",
    "hes": "he's",
    "shes": "she's",
    "itll": "it'll",
    "itd": "it'd",
    "thats": "that's",
    "thatll": "that'll",
    "thatd": "that'd",
    "theres": "there's",
    "whats": "what's",
    "whatll": "what'll",
    "hows": "how's",
    "wheres": "where's",
    "whos": "who's",
    "whens": "when's",
    "whys": "why's",
    "dont": "don't",
    "cant": "can't",
    "wont": "won't",
    "isnt": "isn't",
    "arent": "aren't",
    "wasnt": "wasn't",
    "werent": "weren't",
    "doesnt": "doesn't",
    "didnt": "didn't",
    "havent": "haven't",
    "hasnt": "hasn't",
    "hadnt": "hadn't",
    "wouldnt": "wouldn't",
    "couldnt": "couldn't",
    "shouldnt": "shouldn't",
}
# a word in lower case that stands by itself: no letter of "u.s." or "r&d", and no "MO"
_WORD = re.compile(r"(?<![\w.'’&/@-])[a-z]+(?![\w'’&/@-]|\.\w)")


def written_out(text: str) -> str:
    """A text as it would be written with care: "do nurses gotta work nights" -> "do nurses have to work nights"."""
    return _WORD.sub(lambda word: SHORTHAND.get(word.group(), word.group()), text.replace("’", "'"))


def run_together(first: str, second: str) -> tuple[str, str, str] | None:
    """Two halves of a word that is written fast, as they are written with care, and what stands between them.

    "got", "ta" -> "have", "to", " "; "do", "nt" -> "do", "n't", "". None if they are no such word.
    """
    written = SHORTHAND.get(first + second)
    if written is None:
        return None
    before, space, after = written.partition(" ")
    return (before, after, space) if space else (written[: len(first)], written[len(first) :], "")
