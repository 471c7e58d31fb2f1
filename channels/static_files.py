"""Files that are served as they are: the widget's modules, the demo pages. Only what a folder lists is found."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}
HIDDEN = ("node_modules", "test", "tests", "types")


@dataclass(frozen=True)
class File:
    """A file as it is sent. `etag` changes with its content."""

    content: bytes
    type: str
    etag: str


class Folder:
    """The files below a folder that have one of some endings. No name with a dot in front, no link that leads out."""

    def __init__(self, root: Path, endings: tuple[str, ...] = tuple(TYPES)) -> None:
        self._root, self._endings = root, endings
        self._read: dict[str, tuple[int, File]] = {}

    def names(self) -> dict[str, Path]:
        """What can be asked for, by its path from the folder."""
        if not self._root.is_dir():
            return {}
        root = self._root.resolve()
        found = {}
        for path in sorted(root.rglob("*")):
            parts = path.relative_to(root).parts
            seen = not any(part.startswith(".") or part in HIDDEN for part in parts)
            if seen and path.suffix in self._endings and path.is_file() and path.resolve().is_relative_to(root):
                found["/".join(parts)] = path
        return found

    def get(self, name: str) -> File | None:
        """The file of this name as it is now; None if the folder lists none."""
        path = self.names().get(name)
        if path is None:
            return None
        changed = path.stat().st_mtime_ns
        known = self._read.get(name)
        if known is None or known[0] != changed:
            content = path.read_bytes()
            etag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
            known = self._read[name] = (changed, File(content, TYPES[path.suffix], etag))
        return known[1]
