"""The functions a report passes through, with what they share, built once a process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import Extraction, Problem, Report

if TYPE_CHECKING:
    from kg.claims.decisions import Curation
    from kg.claims.lexicon import Lexicon
    from kg.graph.gate import Gate

__all__ = ["Engine", "Quads", "reference_lines", "reference_summary"]


# What needs every rule and list once.
_FIRST = "甲县卫生健康局2024年工作总结\n一、主要工作\n甲县人民医院推进家庭医生签约，与乙大学签订协议，签约率达85%。"


@cache
def _lexicon() -> Lexicon:
    """The index, built once a process; forked workers share the parent's."""
    from kg.claims.lexicon import load

    return load()


def _read(path: Path) -> Report:
    from kg.text.read import read_report

    return read_report(path)


def _extract(report: Report) -> Extraction:
    from kg.claims.extract import extract

    return extract(report, _lexicon())


@cache
def reference_lines() -> tuple[str, ...]:
    """The reference graph, made once a process."""
    from kg.graph.build import reference_quads

    return tuple(reference_quads())


def reference_summary() -> list[str]:
    """What the reference graph gives to the summary."""
    from kg.graph.summary import summary_of

    return summary_of(reference_lines())


@cache
def _gate() -> Gate:
    """The shapes and the classes of what the seeds describe, built once a process."""
    from kg.graph.gate import gate
    from kg.graph.reference import class_quads

    return gate(class_quads())


@dataclass(frozen=True, slots=True)
class Quads:
    """What one extraction becomes: lines of four graphs, the summary's among them, and what to mend."""

    catalogue: list[str] = field(default_factory=list)
    graph: list[str] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def _quads(extraction: Extraction) -> Quads:
    from kg.graph.build import catalogue_quads, report_quads
    from kg.graph.gate import admit

    verdict = admit(_gate(), report_quads(extraction), extraction.report.file_name)
    held = [*verdict.quarantined, *verdict.reasons]
    return Quads(list(catalogue_quads([extraction])), verdict.accepted, verdict.summary, held, verdict.problems)


def _no_quads(_extraction: Extraction) -> Quads:
    return Quads()


def _warm_words() -> None:
    from kg.text.read import report_of

    _extract(report_of(_FIRST, "first.txt"))  # rules and cues are read when they are first used: 0.2 s


def _warm() -> None:
    _warm_words()
    _gate()


@dataclass(frozen=True, slots=True)
class Engine:
    """The functions a report passes through, in order; all module-level, to reach worker processes.

    ``curation`` holds the experts' decisions; ``warm`` builds what workers
    share, before they are forked.
    """

    read: Callable[[Path], Report] = _read
    extract: Callable[[Report], Extraction] = _extract
    curation: Curation | None = None
    quads: Callable[[Extraction], Quads] = _quads
    warm: Callable[[], object] = _warm

    def without_graph(self) -> Engine:
        """The same, ending at the claims."""
        return replace(self, quads=_no_quads, warm=_warm_words if self.warm is _warm else self.warm)
