"""What the operator's documents name is there: files, commands, targets of make, headings."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from settings import ROOT

PAGES = ("README.md", "SECURITY.md", "docs/operate.md", "docs/security.md", "docs/privacy.md", "docs/web.md")
FOLDERS = "actions channels components deploy docs knowledge observe state tests tools widget".split()
PATH = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]+\.(?:py|yml|json|js|md|conf))`")
LINK = re.compile(r"\]\(([^)\s]+)\)")


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def anchors(file: Path) -> set[str]:
    """The headings of a page, as links name them."""
    found = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_is_named_is_there(page: str) -> None:
    named = set(PATH.findall(text(page)))
    assert {name for name in named if not (ROOT / name).exists()} == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    lost = set()
    for link in LINK.findall(text(page)):
        if re.match(r"\w+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            lost.add(link)
    assert lost == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_command_exists(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.M))
    shown = "\n".join(re.findall(r"`[^`\n]+`|```(?:sh|console|cron)\n.*?```", text(page), re.S))
    assert set(re.findall(r"\bmake ([a-z]+)\b", shown)) <= targets
    for module in set(re.findall(r"python -m ([a-z_.]+)", shown)):
        assert importlib.util.find_spec(module), module


def test_every_measure_of_the_threat_model_names_its_place_and_its_test() -> None:
    rows = [line for line in text("docs/security.md").split("## What is done")[1].split("## Packages")[0].splitlines()
            if line.startswith("| ") and not line.startswith(("| threat", "|---"))]  # fmt: skip
    assert len(rows) > 25
    for row in rows:
        _, _, _, where, held, _ = row.split("|")
        assert "`" in where, row
        assert "`tests/" in held, row
