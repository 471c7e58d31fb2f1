"""Rewrite the lock files from requirements*.in: every version with its hashes, no index address (needs uv)."""
from __future__ import annotations

import re
import subprocess
import sys

from tools.console import ToolError, guarded, say
from tools.setup import ROOT, find_uv, uv_environ

HEADER = "# Made by `make lock` from {source}; do not edit.\n"
LOCKS = {
    "requirements": ["--universal"], "requirements-data": ["--no-deps"], "requirements-dev": [], "requirements-e2e": []}
# --universal covers macOS too; what it says of every package is left out, as setup.py never runs elsewhere
EVERYWHERE = re.compile(
    r" ; python_full_version < '3\.11' and \(sys_platform == 'darwin' or sys_platform == 'linux'\)(?= \\)")
HERE = re.compile(r"python_full_version < '3\.11' and ")
FORBIDDEN = re.compile(r"https?://|file://|--index|--find-links|/root|/opt|/home")


def tidy(text: str, source: str) -> str:
    """The lock with our header and shorter markers. Raises ToolError if it names an address or a path."""
    if found := FORBIDDEN.search(text):
        raise ToolError(f"the lock of {source} would name {found.group()!r}; check uv's settings")
    return HEADER.format(source=source) + HERE.sub("", EVERYWHERE.sub("", text))


def main() -> int:
    """Write the locks; with --upgrade to the newest versions, else keeping what is locked."""
    uv = find_uv()
    if uv is None:
        raise ToolError("uv is needed to write the lock files: pip install uv")
    for name, options in LOCKS.items():
        lock = ROOT / f"{name}.lock"
        done = subprocess.run(
            [uv, "--directory", ROOT, "pip", "compile", "-p", "3.10", f"{name}.in", "-o", lock, "--generate-hashes",
             "--no-emit-index-url", "--no-annotate", "--no-header", "--quiet", *options, *sys.argv[1:]],
            cwd="/", env=uv_environ(), check=False)
        if done.returncode:
            raise ToolError(f"{name}.in could not be resolved")
        lock.write_text(tidy(lock.read_text(encoding="utf-8"), f"{name}.in"), encoding="utf-8")
        say(f"{lock.name} written")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
