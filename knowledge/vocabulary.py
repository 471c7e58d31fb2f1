"""The vocabulary files: indicators, topics, occupations, credentials, places, employer types."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping

import yaml

from knowledge.errors import FaultyKnowledge, Problem
from knowledge.shapes import vocabulary_problems
from knowledge.statement import Indicator

FOLDER = Path(__file__).resolve().parent
MAX_FILE = 4_000_000  # characters; the largest file has a tenth of that
MAX_FAULT = 300  # characters of what the parser says, which may quote the file
MAX_DEPTH = 20  # ours have six


@dataclass(frozen=True)
class Topic:
    """A topic: `lead` indicators give the headline, `points` follow in their order."""

    id: str
    title: str
    phrase: str
    lead: tuple[str, ...]
    points: tuple[str, ...]

    @property
    def indicators(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.lead + self.points))


@dataclass(frozen=True)
class Vocabulary:
    """All vocabulary files, read once. The raw mappings keep the fields the loader copies into tables."""

    indicators: Mapping[str, Indicator]
    topics: Mapping[str, Topic]
    qualifiers: Mapping[str, Any]
    credentials: Mapping[str, Any]
    employers: Mapping[str, Any]
    occupations: Mapping[str, Any]
    places: Mapping[str, Any]
    foreign: tuple[Mapping[str, Any], ...]
    schools: Mapping[str, Any]


class _Loader(yaml.CSafeLoader):
    """Refuses what YAML would pass over in silence or fail on without a line: a field given twice, a false date."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[object] = set()
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"{key.value!r} is given twice", problem_mark=key.start_mark
                )
            seen.add(key.value if isinstance(key, yaml.ScalarNode) else id(key))
        return dict(super().construct_mapping(node, deep))

    def construct_yaml_timestamp(self, node: Any) -> Any:
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError as error:
            raise yaml.constructor.ConstructorError(
                problem=f"{node.value} is no date ({error})", problem_mark=node.start_mark
            ) from None


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_yaml_timestamp)


def read_yaml(path: Path) -> Any:
    """The content of a YAML file; a FaultyKnowledge that names file and line if it is broken."""
    try:
        text = path.read_text(encoding="utf-8")
        _refuse_traps(text)
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        fault = str(getattr(error, "problem", None) or "this is not YAML")
        mend = "Mend the YAML there: check the indentation, and quote texts that contain ': ' or '#'"
        raise FaultyKnowledge([Problem(path.name, line, fault[:MAX_FAULT], mend)]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise FaultyKnowledge(
            [Problem(str(path), "", str(error), "Check that the file is there and is UTF-8")]
        ) from None
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        fault = f"a value is not of the kind that its tag (!!…) says ({type(error).__name__})"
        raise FaultyKnowledge([Problem(path.name, "", fault, "Take the tag away; these files need none")]) from None


def _refuse_traps(text: str) -> None:
    """Raises YAMLError for what a small file can grow into, or end the process with, before anything is made of it."""
    if len(text) > MAX_FILE:
        raise yaml.MarkedYAMLError(problem=f"the file has more than {MAX_FILE:,} characters; split it")
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            problem = f"*{event.anchor} repeats another place; write it out"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)  # type: ignore[arg-type]
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            problem = f"lists and mappings are nested more than {MAX_DEPTH} deep"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)  # type: ignore[arg-type]


def _indicator(id: str, entry: Mapping[str, Any]) -> Indicator:
    return Indicator(
        id=id,
        title=entry["title"],
        topic=entry["topic"],
        type=entry["type"],
        values=tuple(entry.get("values", ())),
        units=tuple(entry.get("units", ())),
        range=tuple((unit, float(low), float(high)) for unit, (low, high) in entry.get("range", {}).items()),
        tolerance=float(entry.get("tolerance", 0)),
        max_age=entry.get("max_age"),
        qualifiers=tuple(entry.get("qualifiers", ())),
        optional=tuple(entry.get("optional", ())),
        multivalued=bool(entry.get("multivalued", False)),
    )


def load_vocabulary(folder: Path = FOLDER) -> Vocabulary:
    """Read `folder`/vocabulary. Raises FaultyKnowledge if a file is missing, empty or not YAML."""
    files = {
        name: read_yaml(folder / "vocabulary" / f"{name}.yml")
        for name in (
            "indicators",
            "topics",
            "qualifiers",
            "credentials",
            "employers",
            "occupations",
            "places",
            "foreign",
            "schools",
        )
    }
    problems = [
        Problem(
            f"vocabulary/{name}.yml",
            "",
            f"is not a {'list' if name == 'foreign' else 'mapping'}",
            "Restore it from git",
        )
        for name, content in files.items()
        if not isinstance(content, list if name == "foreign" else Mapping)
    ]
    problems = problems or vocabulary_problems(files)
    if problems:
        raise FaultyKnowledge(problems)
    try:
        indicators = {id: _indicator(id, entry) for id, entry in files["indicators"].items()}
        topics = {
            id: Topic(id, entry["title"], entry["phrase"], tuple(entry["lead"]), tuple(entry["points"]))
            for id, entry in files["topics"].items()
        }
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise FaultyKnowledge(
            [
                Problem(
                    "vocabulary",
                    "indicators.yml or topics.yml",
                    f"an entry lacks or misspells a field ({error})",
                    "Compare it with its neighbours; indicators.yml explains the fields at its head",
                )
            ]
        ) from None
    return Vocabulary(
        indicators=indicators,
        topics=topics,
        qualifiers=files["qualifiers"],
        credentials=files["credentials"],
        employers=files["employers"],
        occupations=files["occupations"],
        places=files["places"],
        foreign=tuple(files["foreign"]),
        schools=files["schools"],
    )
