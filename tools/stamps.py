"""Knowing what is up to date: hashes of inputs, stamps beside what was made from them, one maker at a time."""
from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tools.console import say


def digest(paths: Iterable[Path], root: Path, extra: Iterable[str] = ()) -> str:
    """A hash of the files' names (below `root`) and contents and of the `extra` texts; their order does not count."""
    total = hashlib.sha256()
    for path in sorted(set(paths)):
        total.update(f"{path.relative_to(root).as_posix()}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    for text in extra:
        total.update(f"\1{text}".encode())
    return total.hexdigest()


def read_stamp(path: Path) -> dict[str, str]:
    """The stamp's values; empty if there is no readable one."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in content.items()} if isinstance(content, dict) else {}


def write_stamp(path: Path, values: Mapping[str, str]) -> None:
    """Write the stamp whole or not at all."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_text(json.dumps(dict(values), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    os.replace(fresh, path)


@contextmanager
def only_one(name: str, root: Path) -> Iterator[None]:
    """Hold the lock var/<name>.lock; a second process says that it waits, and waits. Freed even by a crash."""
    folder = root / "var"
    folder.mkdir(exist_ok=True)
    with open(folder / f"{name}.lock", "w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"another command is at the same step ({name}); waiting for it")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
