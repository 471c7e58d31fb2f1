"""Trains or tests one kind in a process of its own, so that memory and threads are its own. Started by __main__."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import joblib

from bench.classifiers.data import Data, Question
from bench.classifiers.diet import Size
from bench.classifiers.kinds import KINDS, Kind, Options
from bench.classifiers.verdicts import Candidate, Hits, Verdict, hits
from bench.figures import spread
from knowledge.embedding import MiniLM
from tools.console import guarded

STATUS = Path("/proc/self/status")


@dataclass(frozen=True)
class Tested:
    """Processor time of a message: `ms` (median) and `p95` with the embedding if the kind wants it, `own_ms` without.
    `memory`: MB; None where the system does not tell."""

    hits: Hits
    ms: float
    p95: float
    own_ms: float
    memory: float | None


def resident() -> float | None:
    """The memory of this process, in MB."""
    if not STATUS.is_file():
        return None
    line = next(one for one in STATUS.read_text(encoding="ascii").splitlines() if one.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024 / 1e6


def fit(kind: Kind, data: Data, asked: bool, folder: Path, options: Options) -> float:
    """Processor seconds. The embeddings of the training data are there already: all kinds but one want the same."""
    lessons = data.phrases + data.known if asked else data.phrases
    begin = time.process_time()
    kind.fit(lessons, folder, options)
    return time.process_time() - begin


def test(kind: Kind, questions: Sequence[Question], folder: Path, options: Options) -> Tested:
    """On one thread. What every kind needs (Rasa, the embedding's model) is in memory before."""
    encoder = MiniLM(threads=1)
    encoder.encode([one.seen.mended for one in questions[:20]])
    before = resident()
    candidate = kind.load(folder, options)
    for question in questions[:20]:
        candidate.judge(question.seen)
    whole, own, verdicts = [], [], []
    for question in questions:
        found, seconds, alone = _timed(candidate, question, encoder if kind.embedded else None)
        verdicts.append(found)
        whole.append(seconds)
        own.append(alone)
    after = resident()
    total = spread(whole)
    memory = None if before is None or after is None else after - before
    return Tested(hits(questions, verdicts), total.median, total.p95, spread(own).median, memory)


def _timed(candidate: Candidate, question: Question, encoder: MiniLM | None) -> tuple[Verdict, float, float]:
    """With processor time, which other programs on the machine change little."""
    begin = time.process_time()
    seen = question.seen
    if encoder is not None:
        vector = encoder.encode([seen.mended])[0]
        seen = replace(seen, example=replace(seen.example, vector=vector))
    ready = time.process_time()
    found = candidate.judge(seen)
    end = time.process_time()
    return found, end - begin, end - ready


def one_thread() -> None:
    import tensorflow as tf
    from threadpoolctl import threadpool_limits

    threadpool_limits(1)
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.classifiers.worker")
    parser.add_argument("what", choices=("fit", "test"))
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--data", type=Path, required=True, help="Data to train on, questions to test on")
    parser.add_argument("--folder", type=Path, required=True, help="of the trained model")
    parser.add_argument("--result", type=Path, required=True)
    parser.add_argument("--asked", action="store_true")
    parser.add_argument("--epochs", type=int, default=Size.epochs)
    parser.add_argument("--stock", action="store_true")
    parser.add_argument("--vectors", type=Path)
    given = parser.parse_args()
    kind, options = KINDS[given.kind], Options(Size(given.epochs, given.stock), given.vectors)
    if given.what == "fit":
        content: object = {"seconds": fit(kind, joblib.load(given.data), given.asked, given.folder, options)}
    else:
        one_thread()
        content = asdict(test(kind, joblib.load(given.data), given.folder, options))
    given.result.write_text(json.dumps(content), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
