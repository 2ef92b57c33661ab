"""The parts joined into flat files: claims.jsonl, graph.nq, quarantine.nq, problems.tsv.

Copies byte ranges, parses nothing: memory is one report's, whatever the
number of reports (the lines of the catalogue and of the summary, some 30 kB a
report, are sorted in memory).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import cache
from itertools import chain
from pathlib import Path
from typing import IO, NamedTuple

from kg.files import canonical_tsv
from kg.model import Problem
from kg.parts import Entry, Part, Span
from kg.work import COLUMNS, problem_bytes

__all__ = ["Around", "Found", "join_claims", "join_graph", "join_held", "join_problems", "standing"]

Found = tuple[Part, Entry]


class Around(NamedTuple):
    """The files of what belongs to no one report: two graphs, and the summary's lines of the reference graph."""

    reference: Path
    provenance: Path
    summary: Path


def standing(parts: Iterable[Part]) -> list[Found]:
    """The reports of the graph, by key, each with the part it lies in."""
    found = [(part, entry) for part in parts for entry in part.entries if entry.stands]
    return sorted(found, key=lambda f: f[1].key)


def join_claims(parts: Iterable[Part], target: Path) -> None:
    """All claims, by report key."""
    with target.open("wb") as out:
        out.writelines(_bytes("jsonl", ((part, entry.claims) for part, entry in standing(parts))))


def join_graph(parts: Iterable[Part], around: Around, target: Path) -> None:
    """Reference graph, catalogue, the reports' graphs by key, provenance, summary: the order of a dump."""
    found = standing(parts)
    with target.open("wb") as out:
        out.write(around.reference.read_bytes())
        out.writelines(sorted(_bytes("nq", ((part, entry.catalogue) for part, entry in found))))
        out.writelines(_bytes("nq", ((part, entry.graph) for part, entry in found)))
        out.write(around.provenance.read_bytes())
        summary = chain([around.summary.read_bytes()], _bytes("nq", ((part, entry.summary) for part, entry in found)))
        out.writelines(sorted({line for lines in summary for line in lines.splitlines(keepends=True)}))


def join_held(parts: Iterable[Part], target: Path) -> None:
    """All quads in quarantine, by report key."""
    with target.open("wb") as out:
        out.writelines(_bytes("held.nq", ((part, entry.held) for part, entry in standing(parts))))


def join_problems(parts: Iterable[Part], more: Iterable[Problem], target: Path) -> int:
    """All problems by file name, after those that belong to no one report; returns their number."""
    found = sorted(((part, e) for part in parts for e in part.entries if e.problems[1]), key=lambda f: f[1].id)
    with target.open("wb") as out:
        out.write(canonical_tsv(COLUMNS, []).encode())
        number = 0
        for lines in chain([problem_bytes(list(more))], _bytes("tsv", ((part, e.problems) for part, e in found))):
            out.write(lines)
            number += lines.count(b"\n")
    return number


def _bytes(kind: str, spans: Iterable[tuple[Part, Span]]) -> Iterator[bytes]:
    """The bytes of spans in many parts; each part's file is opened once."""
    with ExitStack() as stack:

        @cache
        def opened(path: Path) -> IO[bytes]:
            return stack.enter_context(path.open("rb"))

        for part, (start, length) in spans:
            file = opened(part.file(kind))
            file.seek(start)
            yield file.read(length)
