"""Trains the models that are measured, and times it. Nothing is taken from Rasa's cache of earlier trainings."""
from __future__ import annotations

import os
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path

import yaml

from bench import stock
from tools import yaml_files
from tools.console import ToolError, run_command, say, show_tail, step
from tools.environment import PYTHON, ROOT, child_environment
from tools.stamps import digest, read_stamp, write_stamp


@dataclass(frozen=True)
class Model:
    """A trained model: how long it took, and the day."""

    path: Path
    seconds: float
    trained: str


def ours(folder: Path, knowledge_url: str) -> Model:
    """Our own configuration, always trained anew."""
    path = folder / "ours.tar.gz"
    seconds = _train("ours", ROOT / "config.yml", path, folder, knowledge_url)
    return Model(path, seconds, date.today().isoformat())


def stock_model(folder: Path, knowledge_url: str, *, epochs: int, anew: bool) -> Model:
    """The stock configuration, trained if its inputs changed or `anew`: it may take many minutes."""
    text = yaml.safe_dump(stock.config(epochs=epochs), sort_keys=False)
    files = [ROOT / "domain.yml", *yaml_files.training_data(ROOT)]
    key = digest(files, ROOT, [text, "with stories", metadata.version("rasa"), metadata.version("tensorflow")])
    name = f"stock-{epochs}"
    path, stamp = folder / f"{name}.tar.gz", folder / f"{name}.stamp"
    known = read_stamp(stamp)
    if not anew and path.is_file() and known.get("inputs") == key:
        say(f"the stock model of {known['trained']} is up to date")
        return Model(path, float(known["seconds"]), known["trained"])
    config = folder / f"{name}.yml"
    config.write_text(text, encoding="utf-8")
    stamp.unlink(missing_ok=True)
    stories = folder / "stories.yml"
    stock.write_stories(ROOT / "data" / "rules.yml", stories)
    seconds = _train(name, config, path, folder, knowledge_url, stories)
    trained = date.today().isoformat()
    write_stamp(stamp, {"inputs": key, "seconds": f"{seconds:.1f}", "trained": trained})
    return Model(path, seconds, trained)


def _train(name: str, config: Path, path: Path, folder: Path, knowledge_url: str, *more_data: Path) -> float:
    """Seconds from the start of the command to its end."""
    log = folder / "log" / f"train-{name}.log"
    with step(f"Training the model: {name}", every=60), tempfile.TemporaryDirectory(dir=folder) as scratch:
        environment = child_environment(
            {"RASA_CACHE_DIRECTORY": f"{scratch}/cache", "WAYMARK_KNOWLEDGE_URL": knowledge_url})
        begin = time.perf_counter()
        outcome = run_command(
            [PYTHON, "-m", "tools.rasa_start", "train", "--config", config, "--domain", "domain.yml", "--data", "data",
             *more_data, "--out", scratch, "--fixed-model-name", name], log=log, cwd=ROOT, env=environment)
        seconds = time.perf_counter() - begin
        made = Path(scratch) / f"{name}.tar.gz"
        if outcome.code or not made.is_file():
            show_tail(outcome.tail)
            raise ToolError(f"training {name} failed; the end of its log is above")
        os.replace(made, path)
    return seconds
