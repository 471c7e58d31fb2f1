"""What must be true of every reply, whoever asks and through whichever channel: shapes, limits, figures that are cited.

Used by the tests of actions/ and of the running assistant. Every function returns the faults it found, as words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, permutations
from typing import Any

from knowledge.query import Evidence

Find = Callable[[str], Evidence | None]
Payload = Mapping[str, Any]

TYPES = frozenset(("answer", "no_source", "clarify", "handoff", "smalltalk"))
MAX_HEADLINE = 240
MAX_POINTS = 6
# docs/payload.md: what clients rely on
ANSWER_KEYS = frozenset(
    (
        "type",
        "topic",
        "occupation",
        "answer_id",
        "headline",
        "points",
        "facts",
        "conflict",
        "stale",
        "fallbacks",
        "chart",
        "citations",
        "suggestions",
    )
)
FACT_KEYS = frozenset(("statement", "value", "unit", "statistic", "place", "period", "citations"))
CITATION_KEYS = frozenset(
    ("n", "statement", "source", "publisher", "title", "url", "published", "period", "locator", "evidence")
)
SOURCES = "Sources:"
_MARKS = re.compile(r"(?:\[(\d+)\])")
_END_MARKS = re.compile(r"(?: |^)((?:\[\d+\])+)$")
_SOURCE_LINE = re.compile(r"^\[(\d+(?:, \d+)*)\] (.+)$")
_COMPUTED = re.compile(r"\(computed[^)]*\)")
_TIMES = re.compile(r"(\d+) times")
# $51,140 and $24.59; 7.1% and 7.1 percent; 1,234 and 12,345 (counts); 2019
_MONEY = re.compile(r"\$(\d[\d,]*(?:\.\d+)?)")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?) ?(?:%|percent\b)")
_COUNT = re.compile(r"(?<![\d$,.])(\d{1,3}(?:,\d{3})+)(?![\d,])")
_YEAR = re.compile(r"(?<![\d$,.])((?:19|20)\d\d)(?![\d,]|\.\d)")


def body(text: str) -> list[str]:
    """The lines of a reply before its list of sources."""
    lines = text.split("\n")
    return lines[: lines.index(SOURCES)] if SOURCES in lines else lines


def marks(line: str) -> list[int]:
    """The citation numbers at the end of a line: "… $51,140. [1][3]" -> [1, 3]."""
    found = _END_MARKS.search(line)
    return [int(n) for n in _MARKS.findall(found.group(1))] if found else []


def source_list(text: str) -> list[tuple[list[int], str]]:
    """The numbers and the wording of each line of the list of sources."""
    lines = text.split("\n")
    if SOURCES not in lines:
        return []
    found = []
    for line in lines[lines.index(SOURCES) + 1 :]:
        match = _SOURCE_LINE.match(line)
        if match is None:
            break
        found.append(([int(n) for n in match.group(1).split(", ")], match.group(2)))
    return found


def shape_faults(text: str, payload: Payload) -> list[str]:
    """What breaks the contract of the payload, whatever its type."""
    found: list[str] = []
    kind = payload.get("type")
    if kind not in TYPES:
        return [f"type {kind!r}"]
    if not text.strip():
        found.append("an empty text")
    if kind != "answer":
        if payload.get("citations") != []:
            found.append(f"{kind} with citations {payload.get('citations')!r}")
        if not isinstance(payload.get("suggestions"), list):
            found.append("suggestions are no list")
        return found
    found += [f"no key {key!r}" for key in sorted(ANSWER_KEYS - payload.keys())]
    if found:
        return found
    return list(_answer_faults(text, payload))


def _answer_faults(text: str, payload: Payload) -> Iterator[str]:
    citations, numbers = payload["citations"], [c.get("n") for c in payload["citations"]]
    if not citations:
        yield "an answer without citations"
    if numbers != list(range(1, len(citations) + 1)):
        yield f"citations are numbered {numbers}"
    if len({c.get("statement") for c in citations}) != len(citations):
        yield "one statement has two numbers"
    for citation in citations:
        for key in sorted(CITATION_KEYS - citation.keys()):
            yield f"citation {citation.get('n')} lacks {key!r}"
        if not str(citation.get("evidence", "")).endswith(f"/webhooks/web/evidence/{citation.get('statement')}"):
            yield f"citation {citation.get('n')} has evidence {citation.get('evidence')!r}"
    for fact in payload["facts"]:
        for key in sorted(FACT_KEYS - fact.keys()):
            yield f"a fact lacks {key!r}"
    if len(payload["headline"]) >= MAX_HEADLINE:
        yield f"a headline of {len(payload['headline'])} characters: {payload['headline']}"
    if len(payload["points"]) > MAX_POINTS:
        yield f"{len(payload['points'])} points"
    if not isinstance(payload["stale"], bool):
        yield f"stale is {payload['stale']!r}"
    for name, said, cited in said_lines(payload):
        if marks(said) != cited and name != "headline":
            yield f"{name} {said!r} is marked {marks(said)} but cites {cited}"
        if not set(cited) <= set(numbers):
            yield f"{name} cites {cited}, unknown to the citations"
        if said not in text:
            yield f"{name} {said!r} is not in the text"
    listed = [n for group, _ in source_list(text) for n in group]
    if sorted(listed) != numbers:
        yield f"the list of sources has {sorted(listed)}, the citations {numbers}"
    for group, wording_ in source_list(text):
        for citation in (c for c in citations if c.get("n") in group):
            if not all(str(citation[key]) in wording_ for key in ("publisher", "title", "url")):
                yield f"the list of sources does not name citation {citation['n']}: {wording_!r}"
    chart, table = payload["chart"] or {"points": []}, payload.get("table") or {"rows": []}
    for cell in [*chart["points"], *[cell for row in table["rows"] for cell in row["cells"]]]:
        if not set(cell["citations"]) <= set(numbers):
            yield f"a chart or table cell cites {cell['citations']}"


def said_lines(payload: Payload) -> Iterator[tuple[str, str, list[int]]]:
    """Every line of an answer or of what lies near a gap: where it stands, its text, the numbers it cites."""
    if payload["type"] == "answer":
        yield "headline", payload["headline"], marks(payload["headline"])
        for part in ("points", "notes"):
            for entry in payload.get(part) or ():
                yield part.removesuffix("s"), entry["text"], list(entry["citations"])
        for fact in (payload["conflict"] or {}).get("facts", ()):
            yield "conflict", fact["said"], marks(fact["said"])
    for entry in payload.get("nearby") or ():
        yield "nearby", entry["text"], [source["n"] for source in entry["sources"]]


def uncited_lines(text: str, payload: Payload) -> list[str]:
    """The lines that state something without saying by whom.

    Without a marker a line may only be a heading of cited lines, or speak of what the assistant itself has.
    """
    found = []
    lines = body(text)
    note = (payload["conflict"] or {}).get("note") if payload["type"] == "answer" else None
    for line in lines:
        if not line or marks(line) or line == note or line.startswith("I have "):
            continue
        found.append(line)
    return found


def figure_faults(text: str, payload: Payload, find: Find, *, about: bool = False) -> list[str]:
    """Every amount, percentage, count and year of an answer that its own line's statements do not hold.

    `about`: an answer about the last answer's sources or age, which may quote an edition's title and date.
    """
    found: list[str] = []
    statements: dict[int, Evidence] = {}
    cited = payload["citations"] or [s for near in payload.get("nearby") or () for s in near["sources"]]
    for citation in cited:
        evidence = find(citation["statement"])
        if evidence is None:
            found.append(f"citation {citation['n']} ({citation['statement']}) leads nowhere")
        else:
            statements[citation["n"]] = evidence
    if found or payload["type"] not in ("answer", "no_source"):
        return found
    for line in body(text) if payload["type"] == "answer" else [said for _, said, _ in said_lines(payload)]:
        evidence_ = [statements[n] for n in marks(line) if n in statements]
        found += line_faults(_END_MARKS.sub("", line), evidence_, about=about)
    return found


def line_faults(line: str, evidence: Sequence[Evidence], *, about: bool = False) -> list[str]:
    """The figures of one line that its statements do not hold and that cannot be computed from them."""
    held = _Held(evidence, about=about)
    computed = _COMPUTED.search(line)
    times = _TIMES.search(computed.group()) if computed else None
    held.times = int(times.group(1)) if times else 0
    line = _COMPUTED.sub("", line)
    found = []
    for what, pattern, allowed in (
        ("amount", _MONEY, held.amounts),
        ("percentage", _PERCENT, held.percentages),
        ("count", _COUNT, held.counts),
        ("year", _YEAR, held.years),
    ):
        for match in pattern.finditer(line):
            figure = match.group(1).rstrip(",").replace(",", "")
            if float(figure) in allowed or (computed and held.computes(what, float(figure))):
                continue
            found.append(f"{what} {match.group()} is in no statement that the line cites: {line}")
    return found


class _Held:
    """The figures that a line's statements hold, however they are written in them."""

    def __init__(self, evidence: Sequence[Evidence], *, about: bool) -> None:
        self._statements = [one.statement for one in evidence]
        self.times = 0  # how many times a figure the line says that an amount is
        self.amounts = set(self._figures("USD", _MONEY))
        self.percentages = set(self._figures("percent", _PERCENT))
        self.counts = set(self._figures("job", _COUNT))
        texts = [text for one in evidence for text in self._dates(one, about)]
        self.years = {float(year) for text in texts for year in _YEAR.findall(text)}

    def _figures(self, unit: str, pattern: re.Pattern[str]) -> Iterator[float]:
        for statement in self._statements:
            if (statement.unit or "").startswith(unit):
                for value in (statement.number, statement.low, statement.high):
                    if value is not None:
                        yield from (abs(value), float(round(abs(value), 2)))
            for text in filter(None, (statement.text, statement.original)):
                yield from (float(match.group(1).rstrip(",").replace(",", "")) for match in pattern.finditer(text))

    @staticmethod
    def _dates(one: Evidence, about: bool) -> Iterable[str]:
        statement, edition = one.statement, one.edition
        yield from filter(None, (statement.scope.period, statement.text, statement.original))
        if about:
            yield from filter(
                None,
                (
                    edition.published,
                    edition.dated,
                    edition.title,
                    edition.estimate_reason,
                    edition.version,
                    statement.locator,
                ),
            )

    def computes(self, what: str, figure: float) -> bool:
        """Whether an amount is the difference of two of the statements, one of them by the month or week, or as many
        times one of them as the line says; whether a percentage is the change from one of them to another."""
        numbers = [s.number for s in self._statements if s.number is not None]
        if what == "percentage":
            pairs = [(a, b) for a, b in permutations(numbers, 2) if a]
            return any(round(abs(b - a) / a * 100, 1) == figure for a, b in pairs)
        if what != "amount":
            return False
        differences = (abs(a - b) for a, b in combinations(numbers, 2))
        shares = (round(number / parts, -1) for number in numbers for parts in (12, 52))
        weeks = (round(number * self.times) for number in numbers if self.times)
        return any(round(value, 2) == figure for value in (*differences, *shares, *weeks))


def reply_faults(text: str, payload: Payload, find: Find, *, about: bool = False) -> list[str]:
    """Everything that is wrong with a reply, whatever was asked."""
    found = shape_faults(text, payload)
    if found:
        return found
    if payload["type"] == "answer":
        found += [f"no citation: {line}" for line in uncited_lines(text, payload)]
    return found + figure_faults(text, payload, find, about=about)
