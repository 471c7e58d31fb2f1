"""Everything that is compared: its name, how it is trained and how it is loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import joblib
import yaml

from bench.classifiers import diet, linear, product
from bench.classifiers.data import Lessons
from bench.classifiers.diet import Size
from bench.classifiers.verdicts import Candidate
from components.intents import Strengths
from settings import ROOT
from tools.console import ToolError

FILE = "candidate.joblib"
OURS = "logistic"
PRODUCT = "product"


@dataclass(frozen=True)
class Options:
    """`vectors`: the folder of a spaCy model with vectors."""

    diet: Size = field(default_factory=Size)
    vectors: Path | None = None


@dataclass(frozen=True)
class Kind:
    """`fit` writes into a folder what `load` reads from it; `embedded`: whether it wants the sentence embedding."""

    title: str
    fit: Callable[[Lessons, Path, Options], Any]
    load: Callable[[Path, Options], Candidate]
    embedded: bool = True


def pipeline() -> dict[str, dict[str, Any]]:
    """The parts of config.yml's pipeline by the last word of their names."""
    content = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    return {part["name"].rpartition(".")[2]: part for part in content["pipeline"]}


def strengths() -> Strengths:
    """As config.yml has them."""
    return Strengths(**{k: float(v) for k, v in pipeline()["IntentClassifier"].items() if k != "name"})


def unsure() -> tuple[float, float]:
    """Rasa's thresholds for "not understood", as config.yml has them."""
    part = pipeline()["FallbackClassifier"]
    return float(part["threshold"]), float(part["ambiguity_threshold"])


def _kept(title: str, make: Callable[[Lessons], Candidate]) -> Kind:
    """A kind whose trained object is kept as it is."""
    return Kind(
        title,
        lambda lessons, folder, options: joblib.dump(make(lessons), folder / FILE),
        lambda folder, options: joblib.load(folder / FILE),
    )


def _averaged(lessons: Lessons) -> linear.Averaged:
    nearest = linear.Nearest(lessons, linear.NEIGHBOURS)
    return linear.Averaged(linear.Logistic(lessons, strengths()), nearest)


def _vectors(options: Options) -> diet.Vectors:
    if options.vectors is None:
        raise ToolError("the kind diet-spacy needs --vectors FOLDER, a spaCy model with vectors")
    return diet.Vectors(options.vectors, options.diet.stock)


KINDS: Mapping[str, Kind] = {
    PRODUCT: Kind(
        "logistic regression, nearness to asked questions, gate",
        lambda lessons, folder, options: joblib.dump(linear.Logistic(lessons, strengths()), folder / FILE),
        lambda folder, options: product.Product(joblib.load(folder / FILE), unsure()),
    ),
    OURS: _kept("logistic regression", lambda lessons: linear.Logistic(lessons, strengths())),
    "svm": _kept("linear SVM, calibrated", lambda lessons: linear.Support(lessons, strengths())),
    "embedding": _kept("logistic regression, embedding alone", lambda lessons: linear.Embedding(lessons, strengths())),
    "nearest-1": _kept("1 nearest neighbour", lambda lessons: linear.Nearest(lessons, 1)),
    "nearest-5": _kept("5 nearest neighbours", lambda lessons: linear.Nearest(lessons, 5)),
    "nearest-15": _kept("15 nearest neighbours", lambda lessons: linear.Nearest(lessons, 15)),
    "averaged": _kept("logistic regression and 15 neighbours, averaged", _averaged),
    "diet-embedding": Kind(
        "DIET, embedding",
        lambda lessons, folder, options: diet.Diet.fit(lessons, diet.Sentences(), folder, options.diet),
        lambda folder, options: diet.Diet.load(diet.Sentences(), folder, options.diet),
    ),
    "diet-spacy": Kind(
        "DIET, spaCy vectors",
        lambda lessons, folder, options: diet.Diet.fit(lessons, _vectors(options), folder, options.diet),
        lambda folder, options: diet.Diet.load(_vectors(options), folder, options.diet),
        embedded=False,
    ),
}
