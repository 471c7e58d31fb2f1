"""What ours is measured against: what `rasa init` gives, on the same data, behind the same actions."""
from __future__ import annotations

import importlib.util
import shutil
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml

from tools.console import ToolError, run_command, say
from tools.environment import PYTHON
from tools.setup import find_uv, uv_environ

REQUIREMENTS = Path(__file__).with_name("requirements-stock.txt")
EPOCHS, QUICK_EPOCHS = 100, 10


def _rasa_folder() -> Path:
    spec = importlib.util.find_spec("rasa")
    if spec is None or spec.origin is None:
        raise ToolError("rasa is not installed; run `make setup`")
    return Path(spec.origin).parent


def config(*, epochs: int) -> dict[str, Any]:
    """The template of `rasa init`, with the pipeline and policies that Rasa fills in where the template has none."""
    folder = _rasa_folder()
    template = _read(folder / "cli" / "initial_project" / "config.yml")
    default = _read(folder / "engine" / "recipes" / "config_files" / "default_config.yml")
    content = {**template, "assistant_id": "stock"}
    for key in ("pipeline", "policies"):
        content[key] = content.get(key) or default[key]
        content[key] = [{**part, "epochs": epochs} if "epochs" in part else part for part in content[key]]
    return content


def write_stories(rules: Path, stories: Path) -> None:
    """The dialogues of the rules once more as stories. The starter of `rasa init` has both, and without stories
    Rasa skips TED and UnexpecTED, which are half of what its default configuration does for a message."""
    content = _read(rules)
    told = [{"story": f"story {n}", "steps": rule["steps"]} for n, rule in enumerate(content["rules"], 1)]
    stories.write_text(yaml.safe_dump({"version": "3.1", "stories": told}, sort_keys=False), encoding="utf-8")


def _read(path: Path) -> dict[str, Any]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise ToolError(f"{path.name} of the installed rasa is not as expected; the measurements are for rasa 3.6.21")
    return content


def packages(folder: Path, log: Path) -> Path | None:
    """A folder with the packages that a stock installation has in other versions; None if they cannot be had."""
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    stamp = folder / REQUIREMENTS.name
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    uv = find_uv()
    install: list[str | Path] = [uv, "pip", "install", "--python", PYTHON] if uv else [PYTHON, "-m", "pip", "install"]
    outcome = run_command(
        [*install, "--target", folder, "--no-deps", "--require-hashes", "-r", REQUIREMENTS],
        log=log, cwd=Path("/"), env=uv_environ())
    if outcome.code:
        shutil.rmtree(folder, ignore_errors=True)
        say("the stock jsonschema could not be installed: the stock server is measured with Waymark's pin only")
        return None
    stamp.write_text(wanted, encoding="utf-8")
    return folder


def jsonschema_version(folder: Path | None) -> str:
    """The version in `folder`, or the installed one."""
    if folder is not None:
        for found in metadata.distributions(name="jsonschema", path=[str(folder)]):
            return str(found.version)
    return metadata.version("jsonschema")
