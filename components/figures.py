"""Finds which figure a message wants: statistic, pay period, year, level of schooling. Pure; rules only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

NOW = 2025  # the year of the newest figures
PROJECTED = 10  # years that projections look ahead
_DECADES = {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
LEVELS: Mapping[str, tuple[str, ...]] = {
    "high-school": ("high school diploma", "high school", "ged", "diploma from high school", "high school graduate"),
    "certificate": (
        "certificate",
        "certificate program",
        "vocational certificate",
        "postsecondary certificate",
        "postsecondary nondegree award",
        "diploma program",
        "nondegree award",
    ),
    "associate": (
        "associate",
        "associates",
        "associate's",
        "associate degree",
        "associates degree",
        "associate's degree",
        "two year degree",
        "2 year degree",
        "2-year degree",
        "two-year degree",
        "aas",
        "community college degree",
    ),
    "bachelor": (
        "bachelor",
        "bachelors",
        "bachelor's",
        "bachelor degree",
        "bachelors degree",
        "bachelor's degree",
        "four year degree",
        "4 year degree",
        "4-year degree",
        "four-year degree",
        "undergraduate degree",
        "university degree",
        "4 year college",
        "four year college",
        "four years of college",
        "4 years of college",
        "four more years of college",
        "4 more years of college",
        "another four years of college",
        "bsc",
        "ba degree",
        "bs degree",
    ),
    "master": (
        "master",
        "masters",
        "master's",
        "master degree",
        "masters degree",
        "master's degree",
        "mba",
        "graduate degree",
    ),
    "doctoral": ("doctorate", "phd", "doctoral degree", "doctor's degree"),
}
_NUMBERS = {
    "ten": 10,
    "twenty five": 25,
    "quarter": 25,
}
# Shares in words and the percent that they are: "three quarters of other coders", "nine in ten".
_SHARES: Mapping[str, int] = {
    r"(?:three|3)[ -](?:quarters|fourths)(?: of)?|3/4(?:ths?)?(?: of)?|seventy[ -]five per ?cent of": 75,
    r"(?:an?|one|1)[ -](?:quarter|fourth)(?: of)?|1/4(?:th)?(?: of)?|twenty[ -]five per ?cent of": 25,
    r"(?:nine|9) (?:in|out of)(?: every)? (?:ten|10)|ninety per ?cent of": 90,
    r"(?:one|1) (?:in|out of)(?: every)? (?:ten|10)|a tenth(?: of)?|ten per ?cent of": 10,
    r"half(?: of)?": 50,
}
_SHARE = rf"(?P<share>\d{{1,2}} ?(?:%|per ?cent) of|{'|'.join(_SHARES)})"
_EARN = r"(?:earn(?:s|ing)?|mak(?:es?|ing)|gets?|getting|pa(?:id|ys?)|takes? home|brings? home)"
_BEYOND = (
    rf"(?:{_EARN} (?:\w+ )?more than|(?:better|higher|ahead|greater)(?: paid| off)?(?: \w+)? (?:than|of)"
    r"|above|beat(?:s|ing)?|tops|out[ -]?earn(?:s|ing)?)"
)
_SHORT_OF = rf"(?:{_EARN} (?:\w+ )?less than|(?:lower|worse)(?: paid| off)?(?: \w+)? than|below|behind)"
_PERCENT = r"(\d{1,2}|ten|twenty[ -]five|quarter)"
_HIGH = r"(?:top|highest|best|upper|high)(?:[ -](?:paid|paying|earning|earners?))?"
_MOST = r"(?:(?:very|absolute) )?(?:most|highest)"
_LOW = r"(?:bottom|lowest|worst|lower|low)(?:[ -](?:paid|paying|earning|earners?))?"
_JOB = r"worker|coder|biller|nurse|rn|tech|technician|technologist|registrar|transcriptionist|assistant|manager|earner"
_WHO = rf"(?:\w+ ){{0,2}}(?:one|people|person|{_JOB})s?"
_THEY = rf"(?:ones|people|(?:{_JOB})s)"
_RULES: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (kind, value, re.compile(pattern, re.I))
    for kind, value, pattern in (
        ("statistic", "above", rf"\b{_HIGH} {_PERCENT} ?(?:%|per ?cent|of\b|earners)"),
        ("statistic", "below", rf"\b{_LOW} {_PERCENT} ?(?:%|per ?cent|of\b|earners)"),
        ("statistic", "nth", r"\b(\d{1,2})(?:st|nd|rd|th)? percentile"),
        # "better than three quarters of other coders", "what nine in ten nurses earn less than"
        ("statistic", "over", rf"\b{_BEYOND} {_SHARE}(?!\w)"),
        ("statistic", "under", rf"\b{_SHORT_OF} {_SHARE}(?!\w)"),
        ("statistic", "under", rf"(?<!\w){_SHARE}(?: \w+){{0,4}}? {_EARN} (?:at least|more|over|above)\b"),
        ("statistic", "over", rf"(?<!\w){_SHARE}(?: \w+){{0,4}}? {_EARN} (?:at most|less|under|below)\b"),
        (
            "statistic",
            "percentile:90",
            r"\b(?:top|highest[ -]paid) (?:earners?|end)\b|\bhigh(?:est)? earners?\b|\bat most\b|\bmost experienced\b"
            r"|\b(?:at|near) the (?:very )?top\b|\btop (?:wages?|rate|dollar)\b"
            rf"|\b(?:best|highest|top)[ -]paid {_WHO}\b|\b(?:the )?top {_THEY}\b|\bceiling\b"
            r"|\bmaximum\b|\bmax\b|\bupper end\b|\btop out\b|\bhigh end\b|\btop pay\b|\btop salary\b"
            # "the most a nurse can make", "what is the highest salary for a coder"
            rf"|\bthe {_MOST}(?: (?:money|amount|salary|pay|wages?))?(?: that)? "
            r"(?:(?:an?|the|any) )?(?:[\w'’]+ ){1,4}?"
            rf"(?:can|could|may|might) (?:ever |possibly |hope to |expect to )?(?:{_EARN}|be paid)\b"
            rf"|\bwhat(?:['’]?s| is| would be)? the {_MOST} (?:salary|pay|wage|paycheck)\b"
            r"(?!.*\b(?:states?|cit(?:y|ies)|places?|areas?|where|employers?)\b)",
        ),
        (
            "statistic",
            "percentile:10",
            r"\b(?:bottom|lowest[ -]paid) (?:earners?|end)\b|\blow(?:est)? earners?\b|\bminimum\b|\blow(?:er)? end\b"
            r"|\b(?:much|makes?|making|earns?|earning|gets?|expect) at least\b(?! (?:as|more|some))"
            rf"|\b(?:{_EARN}|pay|salary|wages?|money|starts?)\b[^.?!]*\bat least\W*$"
            r"|^\W*(?:(?:and|so|ok)\W+)*at least\W*$"
            rf"|\bat least how much\b|\b(?:lowest|worst|least)[ -]paid {_WHO}\b|\b(?:the )?bottom {_THEY}\b"
            r"|\b(?:at|near|around) the (?:very )?bottom\b"
            r"|\bbottom (?:of the (?:scale|range)|wages?|rate|pay)\b",
        ),
        (
            "statistic",
            "percentile:25",
            rf"\b(?:lower|bottom|first|1st|lowest|low) quartile\b|\b{_LOW} (?:quarter|fourth|1/4)\b",
        ),
        (
            "statistic",
            "percentile:75",
            rf"\b(?:upper|top|third|3rd|highest|high) quartile\b|\b{_HIGH} (?:quarter|fourth|1/4)\b",
        ),
        ("statistic", "percentile:10", rf"\b(?:bottom|lowest|lower|first|1st) decile\b|\b{_LOW} tenth\b"),
        ("statistic", "percentile:90", rf"\b(?:top|highest|upper) decile\b|\b{_HIGH} tenth\b"),
        (
            "statistic",
            "median",
            r"\bmedian\b|\btypical (?:pay|salary|wages?|earnings)\b"
            r"|\bmid ?point\b|\bin the middle\b|\bmiddle of the (?:road|pack)\b"
            r"|\b(?:the |national )middle(?: (?:pay|wage|salary|figure|number))?$|\bmiddle (?:pay|wage|salary"
            r"|figure)\b",
        ),
        (
            "statistic",
            "mean",
            r"\b(?:average|averages|avg|(?<!i )(?<!you )(?<!we )(?<!it )(?<!that )(?<!to )mean)\b"
            r"(?! (?:joe|person|for|(?:work)?day|shift))",
        ),
        ("pay_period", "hour", r"\b(?:each|every) (?:single |one )?of (?:those|these|the|my|her|his) hours\b"),
        ("pay_period", "hour", r"\b(?:per|pre|an|each|by the|a|every) ?(?:hour|hr)\b|\bhourly\b|/ ?h(?:ou)?r\b|\bph\b"),
        (
            "pay_period",
            "year",
            r"\b(?:per|pre|a|each|by the|every) ?(?:year|yr|annum)\b|\byearly\b|\bannual(?:ly)?\b"
            r"|/ ?y(?:ea)?r\b|\bsalary\b",
        ),
        ("pay_period", "month", r"\b(?:per|a|each|by the|every) ?month\b|\bmonthly\b|/ ?mo(?:nth)?\b"),
        ("pay_period", "week", r"\b(?:per|a|each|by the|every) ?week\b|\bweekly\b|/ ?w(?:ee)?k\b"),
        (
            "cue",
            "employment",
            r"\bhow many (?:\w+ ){1,5}?(?:are (?:there|employed|working)|there are|exist|have jobs|work (?:in"
            r"|for|there|as)"
            r"|does \w+ (?:have|employ))\b|\bhow many (?:\w+ ){1,4}(?:r|are) (?:there|in)\b"
            r"|\bjob count\b|\bhead ?count\b",
        ),
        (
            "cue",
            "new-jobs",
            r"\bhow many (?:new|more|extra|additional) (?:\w+ ){1,5}?(?:jobs?|positions?|workers?|are expected)\b"
            r"|\bhow many (?:\w+ ){0,5}?(?:jobs|positions) (?:\w+ ){0,3}?(?:added|created|gained)\b",
        ),
        ("period", "year", r"(?<![\d$,.])(?<!\b\d\d-)\b((?:19[89]|20[0-9])\d)\b(?!\d|[.,]\d)"),
        ("period", "short", r"\b(?:in|since|from|of|around|before|and|than|to|vs\.?) ['’`](\d\d)\b(?! ?k\b)"),
        (
            "period",
            "ahead",
            r"\b(?:(?:with)?in(?: the next| another)?|next) (\d{2}|fifteen|twenty|thirty|forty|fifty) years\b"
            r"(?! (?:at|as|of|with|there|here|on))"
            r"|\b(\d{2}|fifteen|twenty|thirty|forty|fifty) years"
            r" (?:from (?:now|today)|ahead|out|down the (?:road|line))\b",
        ),
    )
)


def find(text: str) -> Iterator[tuple[str, str, int, int]]:
    """(kind, value, start, end) of every figure word. Values: "percentile:90", "mean", "hour", "2035" …"""
    for kind, value, pattern in _RULES:
        for match in pattern.finditer(text):
            found = value
            if value in ("above", "below", "nth"):
                found = _percentile(match.group(1).lower(), value)
            elif value in ("over", "under"):
                found = _of_share(match.group("share").lower(), value)
            elif value == "short":  # "back in '17"
                found = f"20{match.group(1)}" if int(match.group(1)) <= NOW % 100 else ""
            elif value == "ahead":
                found = _in_years((match.group(1) or match.group(2)).lower())
            elif kind == "period":
                found = match.group(1)
            if found:
                yield kind, found, match.start(), match.end()


def _percentile(word: str, kind: str) -> str:
    """ "top 10" -> percentile:90; an edge that is not published ("top 3%") gives the words as they are."""
    number = int(word) if word.isdigit() else _NUMBERS.get(word.replace("-", " "), 0)
    if not 0 < number < 100:
        return ""
    return f"percentile:{100 - number if kind == 'above' else number}"


def _of_share(words: str, kind: str) -> str:
    """More than "three quarters" -> percentile:75, less than they -> percentile:25; half of them -> the median."""
    digits = re.match(r"\d{1,2}(?= ?(?:%|per))", words)
    number = int(digits.group()) if digits else next(n for share, n in _SHARES.items() if re.fullmatch(share, words))
    return "median" if number == 50 else f"percentile:{number if kind == 'over' else 100 - number}"


def _in_years(number: str) -> str:
    """ "in 30 years" -> the year then; "in the next ten years" is what the projections are about."""
    ahead = int(number) if number.isdigit() else _DECADES[number]
    return str(NOW + ahead) if ahead > PROJECTED else ""
