"""The widget's files as they are served: how much they weigh, and that nothing needs to be built."""

from __future__ import annotations

import gzip
import json
import re
import urllib.request

from tests.browser.conftest import Assistant
from tools.environment import ROOT

LIMIT = 15_000  # bytes, each module compressed by itself, all of them together
WIDGET = ROOT / "widget"


def test_all_modules_weigh_at_most_15_kB_compressed(assistant: Assistant) -> None:
    weights = {}
    waiting, seen = ["waymark.js"], set()
    while waiting:  # as a browser loads them
        name = waiting.pop()
        seen.add(name)
        with urllib.request.urlopen(f"{assistant.bot}widget/{name}", timeout=10) as answer:
            source = answer.read()
        weights[name] = len(gzip.compress(source, 9))
        imported = re.findall(r'from "\./([\w-]+\.js)"', source.decode())
        waiting += [found for found in imported if found not in seen | set(waiting)]
    assert set(weights) == {path.name for path in WIDGET.glob("*.js")}, "a module that nothing loads"
    assert sum(weights.values()) <= LIMIT, weights


def test_only_what_a_browser_needs_is_served(assistant: Assistant) -> None:
    for name in ("types.d.ts", "package.json", "tsconfig.json", "node_modules/typescript/lib/tsc.js", "../settings.py"):
        request = urllib.request.Request(f"{assistant.bot}widget/{name}")
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                status = answer.status
        except urllib.error.HTTPError as error:
            status = error.code
        assert status == 404, name


def test_nothing_but_the_type_checker_is_installed() -> None:
    package = json.loads((WIDGET / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((WIDGET / "package-lock.json").read_text(encoding="utf-8"))
    assert list(package["devDependencies"]) == ["typescript"]
    assert "dependencies" not in package
    assert set(lock["packages"]) == {"", "node_modules/typescript"}
    assert "http" not in json.dumps(lock), "the lock file names no registry"


def test_readme_shows_screenshots_that_exist_and_are_small() -> None:
    shown = re.findall(r"\((docs/screenshots/[\w-]+\.png)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert sorted(name.split("/")[-1] for name in shown) == [
        "chart.png",
        "dark.png",
        "desktop.png",
        "phone.png",
        "source.png",
    ]
    for name in shown:
        file = ROOT / name
        assert file.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
        assert file.stat().st_size < 200_000, name
