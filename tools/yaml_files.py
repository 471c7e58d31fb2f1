"""A broken YAML file, as one line with file, line and column, before anything long starts."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from tools.console import ToolError

try:
    from yaml import CSafeLoader as Loader  # some ten times faster
except ImportError:  # PyYAML without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

MAX_DEPTH = 60
REQUIRED = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml")


def rasa_files(root: Path) -> list[Path]:
    """The files that Rasa reads; those that must exist first."""
    return [root / name for name in REQUIRED] + training_data(root)


def training_data(root: Path) -> list[Path]:
    """Every YAML file below data/."""
    return sorted(path for pattern in ("*.yml", "*.yaml") for path in (root / "data").rglob(pattern))


def fault(path: Path, root: Path) -> str | None:
    """What is wrong with the file's YAML, with its place; None if nothing is."""
    name = path.relative_to(root).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
        if too_deep := _too_deep(text):
            return f"{name}:{too_deep}: nested more than {MAX_DEPTH} deep"
        node = yaml.compose(text, Loader=Loader)
    except FileNotFoundError:
        return f"{name}: no such file"
    except UnicodeDecodeError as error:
        return f"{name}: not UTF-8 (byte {error.start}); save it as UTF-8"
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        return f"{place}: not valid YAML: {' '.join(filter(None, (error.context, error.problem)))}"
    except yaml.YAMLError as error:
        return f"{name}: not valid YAML: {' '.join(str(error).split())}"
    again = next(_twice(node), None)
    return f"{name}:{again.start_mark.line + 1}: the key {again.value!r} is there twice; keep one" if again else None


def _too_deep(text: str) -> int:
    """The line where lists and mappings are nested too deep, 0 if nowhere: composing them might end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            return event.start_mark.line + 1 if event.start_mark else 1
    return 0


def _twice(root: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Keys that repeat an earlier key of their mapping: PyYAML would silently keep the last."""
    waiting, known = [root], set()  # a node that is named in several places is looked at once
    while waiting:
        node = waiting.pop()
        if id(node) in known:
            continue
        known.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += reversed(node.value)
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, _ in node.value:
                if isinstance(key, yaml.ScalarNode) and key.value != "<<":
                    if key.value in seen:
                        yield key
                    seen.add(key.value)
            waiting += [value for _, value in reversed(node.value)]


def check(paths: Iterable[Path], root: Path) -> None:
    """Raises ToolError with the first fault, and how many files more have one."""
    faults = [found for path in paths if (found := fault(path, root))]
    if faults:
        more = f" (and {len(faults) - 1} more broken file(s))" if len(faults) > 1 else ""
        raise ToolError(faults[0] + more)
