"""Knowledge files as nobody would write them: a fault that names the file, never another error, a hang or a crash."""

from __future__ import annotations

import copy
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.errors import FaultyKnowledge, KnowledgeError
from knowledge.load import build, read_checked
from knowledge.vocabulary import FOLDER, read_yaml
from tests.faults.conftest import Record, full
from tools import yaml_files
from tools.environment import PYTHON, ROOT

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefghi", "bcdefghij")
)
EVIL_FILES = {
    "billion laughs": LAUGHS,
    "an alias of itself": "a: &a [*a]",
    "an alias in a merge": "a: &a {x: 1}\nb: {<<: *a}",
    "deep lists": "[" * 100_000,
    "deep lists, closed": "[" * 50_000 + "]" * 50_000,
    "deep mappings": "{a: " * 20_000,
    "deep by indentation": "".join(" " * n + "a:\n" for n in range(2_000)),
    "deep by dashes": "- " * 50_000,
    "a Python object": "!!python/object/apply:os.system ['echo']",
    "a Python name": "a: !!python/name:os.system",
    "an unknown tag": "a: !secret x",
    "no number": "a: !!int abc",
    "no float": "a: !!float abc",
    "no truth": "a: !!bool maybe",
    "no time": "a: !!timestamp soon",
    "no date": "a: 2026-13-45",
    "no mapping": "a: !!map [1, 2]",
    "no set": "a: !!set [1]",
    "no bytes": "a: !!binary ÿ",
    "pairs": "a: !!omap [1]",
    "a list as a key": "? [a, b]\n: c",
    "a mapping as a key": "? {a: b}\n: c",
    "a field given twice": "a: 1\na: 2",
    "NUL": "a: \0b",
    "a lone surrogate": 'a: "\\ud800"',
    "a control character": "a: \x07",
    "tabs": "a:\n\t- b",
    "several documents": "a: 1\n---\nb: 2",
    "not closed": "a: [1, 2",
    "infinity": "a: .inf",
    "a huge number": "a: 1" + "0" * 5_000,
    "a huge key": "a" * 2_000_000 + ": 1",
    "only a number": "5",
    "nothing": "",
    "a byte order mark": "\ufeffa: 1",
    "another version": "%YAML 9.9\n---\na: 1",
}
EVIL_BYTES = {"not UTF-8": b"a: \xff\xfe", "UTF-16": "a: 1".encode("utf-16"), "half a character": b"a: \xe2\x82"}
EVIL_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**400, 1.5, float("inf"), float("-inf"), float("nan"), "", " ", "\n", "x" * 5_000,
    "\u202e", "🙂", "2026-02-30", [], {}, [[]], [None], [{}], {"a": {"b": []}}, [1, "a", None], "../../etc/passwd",
    {1: 2}, {None: None}, ["US", "US"], "US-XX", "medical-records-technician", b"bytes",
)  # fmt: skip


@pytest.mark.parametrize("name", [*EVIL_FILES, *EVIL_BYTES])
def test_an_evil_file_is_a_fault_or_plain_data(name: str, tmp_path: Path) -> None:
    """In a process of its own for what might end it; two seconds are plenty."""
    path = tmp_path / "evil.yml"
    path.write_bytes(EVIL_BYTES[name] if name in EVIL_BYTES else EVIL_FILES[name].encode("utf-8", "surrogatepass"))
    started = time.monotonic()
    try:
        found = read_yaml(path)
        assert len(repr(found)) < 3_000_000
    except FaultyKnowledge as error:
        (problem,) = error.problems
        assert path.name in str(problem)
        assert len(str(problem)) < 1_000
    fault = yaml_files.fault(path, tmp_path)  # what every `make` looks at first
    assert fault is None or fault.startswith("evil.yml")
    assert time.monotonic() - started < 2.0


def test_an_evil_file_ends_a_build_with_one_line(tmp_path: Path) -> None:
    folder = small(tmp_path / "knowledge")
    (folder / "facts" / "registered-nurse" / "evil.yml").write_text("[" * 100_000, encoding="utf-8")
    check = "import sys; from pathlib import Path; from knowledge.load import *; read_checked(Path(sys.argv[1]))"
    done = subprocess.run([PYTHON, "-c", check, folder], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert done.returncode == 1  # an exception, not a signal
    assert "facts/registered-nurse/evil.yml" in done.stderr.decode().splitlines()[-1]


# --- every field of every kind of file, with values of every kind


def small(folder: Path) -> Path:
    """The whole vocabulary, and little of the rest."""
    for name in ("vocabulary", "sources", "corrections"):
        shutil.copytree(FOLDER / name, folder / name)
    shutil.copytree(FOLDER / "facts" / "registered-nurse", folder / "facts" / "registered-nurse")
    (folder / "asked").mkdir()
    for name in ("registered-nurse", "uncovered"):
        shutil.copy(FOLDER / "asked" / f"{name}.yml", folder / "asked")
    return folder


def places(content: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a file: the keys that lead to it."""
    if path:
        yield path
    for key, value in content.items() if isinstance(content, dict) else enumerate(content):
        if isinstance(value, (dict, list)):
            yield from places(value, (*path, key))
        else:
            yield (*path, key)


def fields(content: Any) -> list[list[tuple[Any, ...]]]:
    """The places of a file by field, so that a field that stands once is tried as often as one of a thousand."""
    found: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    for path in places(content):
        names = [key if isinstance(key, str) and (depth or len(path) == 1) else "*" for depth, key in enumerate(path)]
        found.setdefault(tuple(names), []).append(path)
    return list(found.values())


def changed(content: Any, path: tuple[Any, ...], chance: random.Random) -> Any:
    """The content with one thing replaced, taken out, or under another name."""
    made = copy.deepcopy(content)
    holder = made
    for key in path[:-1]:
        holder = holder[key]
    kind = chance.random()
    if kind < 0.15:
        del holder[path[-1]]
    elif kind < 0.25 and isinstance(holder, dict):
        holder[chance.choice((None, 5, "", "x", True))] = holder.pop(path[-1])
    else:
        holder[path[-1]] = chance.choice(EVIL_VALUES)
    return made


def test_any_value_in_any_field_is_a_fault_or_knowledge(tmp_path: Path, record: Record) -> None:
    folder, chance, times = small(tmp_path / "knowledge"), random.Random(11), 1000 if full() else 30
    files = {path: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.yml"))}
    where = {path: fields(content) for path, content in files.items()}
    refused, longest = 0, 0.0
    for number in range(times):
        path = list(files)[number % len(files)]
        keys = chance.choice(chance.choice(where[path]))
        before = path.read_bytes()
        path.write_text(yaml.safe_dump(changed(files[path], keys, chance), allow_unicode=True), encoding="utf-8")
        started = time.monotonic()
        try:
            if number % 5:
                read_checked(folder)
            else:  # what passes the check can be built
                build(f"sqlite:///{tmp_path / 'knowledge.sqlite'}", folder=folder, oews_file=None, vectors=False)
        except KnowledgeError as error:
            refused += 1
            assert len(str(error)) < 2_000_000
        except Exception as error:
            raise AssertionError(f"{path.relative_to(folder)} at {keys}: {type(error).__name__}") from error
        longest = max(longest, time.monotonic() - started)
        path.write_bytes(before)
    assert longest < 60  # nothing hangs; a whole build takes some ten seconds on a busy machine
    record("knowledge files with a field changed at random", files=times, refused=refused, crashes=0,
           longest_reading=longest)  # fmt: skip
