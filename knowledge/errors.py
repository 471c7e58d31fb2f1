"""The two kinds of error of the knowledge base."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One fault in the knowledge files: where it is, what is wrong and how to mend it."""

    file: str
    entry: str
    fault: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.entry}" if self.entry else self.file
        return f"{where}: {self.fault}. {self.mend}"


class KnowledgeError(Exception):
    """Stops the run: the message says what is wrong and what to do."""


class FaultyKnowledge(KnowledgeError):
    """The knowledge files have faults; nothing was changed."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        lines = [str(problem) for problem in problems]
        super().__init__(f"{len(problems)} fault(s) in the knowledge files\n" + "\n".join(lines))
