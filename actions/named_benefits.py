"""Which benefits a question names, so that none is answered with another. Pure.

"Is there dental" has no answer where sources speak of the fee of an exam alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Each kind by the words of a question or a statement.
_KINDS = {
    "dental": r"\b(?:dental|dentist|teeth)\b",
    "vision": r"\b(?:vision|eye ?(?:care|glasses)|glasses)\b",
    "insurance": r"\b(?:insurance|insured|(?:medical|health ?(?:care)?) (?:plan|coverage|benefits)"
    r"|(?:health|medical|life)\W*(?:$|and\b|or\b|,))",
    "retirement": r"\b(?:401 ?\(?k\)?|403 ?\(?b\)?|retire(?:ment)?|pensions?)",
    "leave": r"\b(?:vacations?|pto|paid (?:time off|days off|leave|holidays?)"
    r"|(?:sick|maternity|paternity|parental|family) (?:leave|days?|time|pay)|days off|time off)\b",
    "schooling": r"\b(?:tuition|reimburse\w*|loans?|pa(?:y|ys|id|ying) (?:for|back|towards?)\b.*"
    r"\b(?:school\w*|college|degree|class\w*|course\w*|stud(?:y|ies)))\b",
    "exam": r"\b(?:pa(?:y|ys|id|ying)|cost|covers?|reimburses?)\b.*\b(?:exams?|tests?|certif\w+|fees?)\b",
    "children": r"\b(?:child ?care|day ?care)\b",
    "extras": r"\b(?:bonus\w*|discounts?|uniforms?|scrubs|parking|gym|stock|profit sharing)\b",
}


def named_benefits(text: str) -> frozenset[str]:
    """The kinds of benefit that a text names: "dental and a 401k"."""
    return frozenset(kind for kind, words in _KINDS.items() if re.search(words, text, re.I))


def none_of_them(question: str, texts: Sequence[str]) -> bool:
    """Whether a question names benefits, of which texts speak of none."""
    asked = named_benefits(question)
    asked -= {"insurance"} if asked & {"dental", "vision"} else frozenset()
    return bool(asked) and not any(asked & named_benefits(text) for text in texts)
