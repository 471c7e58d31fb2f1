"""Which figures of pay a question asks for together: "the lowest and highest 10%", "mean and median". Pure."""

from __future__ import annotations

import re

_NAMED = {
    "percentile:10": r"10th|(?:lowest|bottom|worst|least)(?:[ -](?:paid|end))?|minimum|low end",
    "percentile:25": r"25th|(?:lower|lowest|bottom|first) quart(?:er|ile)",
    "median": r"50th|median|typical|middle",
    "mean": r"mean|average|avg",
    "percentile:75": r"75th|(?:upper|highest|top|third) quart(?:er|ile)",
    "percentile:90": r"90th|(?:highest|top|best)(?:[ -](?:paid|end|earners?))?|maximum|max|high end",
}
_EITHER = "|".join(f"(?:{pattern})" for pattern in _NAMED.values())
_BETWEEN = r"(?:\W+(?:10|ten|25|percent|percentile|tenth|quarter|pay|salary|wages?|earners?|paid|end|ones)\b){0,3}\W*"
_TOGETHER = re.compile(
    rf"\b(?P<first>{_EITHER})\b{_BETWEEN}(?:\b(?:and|to|or|vs|versus|plus|through|as well as)\b|[&,/+–-])\W*(?:the\W+)?"
    rf"(?P<second>{_EITHER})\b(?!(?:\W+\w+){{0,3}}\W+(?:states?|cit(?:y|ies)|metros?|areas?|places?|employers?|industr\w+"
    r"|jobs?|careers?|one|certif\w+|credentials?|degrees?|levels?|ways?|schools?|programs?|skills?|benefits?)\b)",
    re.I,
)

# the same with what the first is of between them: "the top 10 percent in Ohio and the bottom 10 percent"
_APART = re.compile(
    rf"\b(?P<first>{_EITHER})\b{_BETWEEN}(?:\b(?:in|for|of|at|among|with)(?:\W+(?!and\b|or\b)[\w'’-]+){{1,7}}?)"
    r"\W+(?:(?:and|also|plus|vs|versus|as well as)\W+)+(?:(?:what(?:['’]?s| is|s)?|the|for|about|their)\W+)*"
    rf"(?P<second>{_EITHER})\b(?=\W+(?:10|ten|25|percent\w*|tenth|quarter|quartile|pay|salary|wages?|earners?|paid|end)\b"
    r"|\W*$)",
    re.I,
)
_OF_PLACES = re.compile(  # "which state has the highest and lowest pay"
    r"\b(?:which|what|where)\b.*\b(?:states?|cit(?:y|ies)|metros?|areas?|places?|employers?|industr\w+)\b", re.I
)


def asked_together(question: str) -> tuple[str, ...]:
    """The statistics, in the order of the question; empty if it asks for one or none."""
    match = _TOGETHER.search(question) or _APART.search(question)
    if match is None or _OF_PLACES.search(question[: match.start()]):
        return ()
    two = tuple(_statistic(match.group(name)) for name in ("first", "second"))
    return two if two[0] != two[1] else ()


def _statistic(words: str) -> str:
    fitting = (name for name in ("percentile:25", "percentile:75", *_NAMED) if re.fullmatch(_NAMED[name], words, re.I))
    return next(fitting)
