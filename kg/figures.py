"""The figures of a score: counts by part, by rule and by report, and what changed between two runs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.tally import PREDICATES, Mark, Outcome

__all__ = ["ACCURACIES", "PARTS", "Figure", "Score", "by_report", "by_rule", "changes", "faults", "faulty", "figures"]

PARTS = ("entities", "triples", *PREDICATES, "observations")
ACCURACIES = ("status", "type", "evidence")


@dataclass(frozen=True, slots=True)
class Score:
    """All judgements on a set of reports, sorted."""

    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts of one part: of what was claimed (right, wrong), of what is in gold (found, missed)."""

    right: int = 0
    wrong: int = 0
    found: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of claims that are right; 0 when there is none. An accuracy is this share."""
        return _share(self.right, self.wrong)

    @property
    def recall(self) -> float:
        """Share of gold that was found; 0 when gold has nothing."""
        return _share(self.found, self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def _share(part: int, rest: int) -> float:
    return part / (part + rest) if part + rest else 0.0


def figures(score: Score) -> dict[str, Figure]:
    """Counts by part, all relations together as ``triples``; every part is there."""
    counts: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for mark in score.marks:
        counts[mark.part][mark.outcome] += 1
        if mark.part in PREDICATES:
            counts["triples"][mark.outcome] += 1
    return {part: _figure(counts[part]) for part in (*PARTS, *ACCURACIES)}


def _figure(count: Mapping[Outcome, int]) -> Figure:
    return Figure(*(count.get(outcome, 0) for outcome in Outcome))


def by_rule(score: Score) -> dict[str, tuple[Figure, Figure]]:
    """Per rule: its claims right and wrong, and their status right and wrong."""
    claims: dict[str, Counter[Outcome]] = defaultdict(Counter)
    states: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for mark in score.marks:
        for rule in mark.rules:
            if mark.part == "status":
                states[rule][mark.outcome] += 1
            elif mark.part != "evidence":
                claims[rule][mark.outcome] += 1
    return {rule: (_figure(claims[rule]), _figure(states[rule])) for rule in sorted(claims)}


def by_report(score: Score) -> dict[str, dict[str, Figure]]:
    """The figures of each report."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    for mark in score.marks:
        marks[mark.doc].append(mark)
    return {doc: figures(Score(tuple(marks[doc]))) for doc in sorted(marks)}


def changes(score: Score, against: Score) -> tuple[list[str], list[str]]:
    """What is better and what is worse than in an earlier run, one line each."""
    now, before = (Counter(map(_line, filter(faulty, s.marks))) for s in (score, against))
    return sorted((before - now).elements()), sorted((now - before).elements())


def faulty(mark: Mark) -> bool:
    """Whether something is wrong or was missed."""
    return mark.outcome in {Outcome.WRONG, Outcome.MISSED}


def _line(mark: Mark) -> str:
    return f"{mark.doc}: {mark.part} {mark.outcome.value}: {mark.what}"


def faults(score: Score, doc: str = "") -> list[str]:
    """Everything wrong or missed, in one report or in all, with the rules that said it."""
    return [
        _line(m) + (f"  [{', '.join(m.rules)}]" if m.rules else "")
        for m in score.marks
        if faulty(m) and doc in {"", m.doc}
    ]
