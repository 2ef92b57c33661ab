"""The steps of the line one by one in one process, and what others need for the same text and quads."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.record import Row

__all__ = ["Rate", "others_on_quads", "own_steps", "rate_row", "ratio_row", "store_loads"]


@dataclass(frozen=True, slots=True)
class Rate:
    """A step, how much of what it did, in how many seconds."""

    step: str
    amount: float
    unit: str
    seconds: float

    @property
    def per_second(self) -> float:
        """Amount a second."""
        return self.amount / self.seconds


def timed(step: str, amount: float, unit: str, work: Callable[[], Any]) -> tuple[Rate, Any]:
    """Do some work once and say how fast it was."""
    start = time.perf_counter()
    found = work()
    return Rate(step, amount, unit, time.perf_counter() - start), found


def rate_row(rate: Rate) -> Row:
    """How a rate is told in the results."""
    return rate.step, f"{rate.per_second:,.2f} {rate.unit}/s ({rate.amount:,.1f} in {rate.seconds:.2f} s)"


def ratio_row(ours: Rate, other: Rate) -> Row:
    """How many times as fast one is as the other."""
    return f"  {ours.step} : {other.step}", f"{ours.per_second / other.per_second:.2f}"


def own_steps(files: Sequence[Path]) -> list[Rate]:
    """read, sentences, claims to lines, claims to quads (with and without the gate)."""
    from kg.claims.extract import extract
    from kg.claims.lexicon import load
    from kg.graph.build import reference_quads, report_quads
    from kg.graph.gate import admit, gate
    from kg.records import block
    from kg.text.read import read_report
    from kg.text.split import sentences

    index, lexicon = timed("index: load", 1, "load", load)
    size = sum(f.stat().st_size for f in files) / 1e6
    extract(read_report(files[0]), lexicon)  # what is loaded on first use is not part of the rate
    read, reports = timed("read and decode", size, "MB", lambda: [read_report(f) for f in files])
    cut, _ = timed("sentences", size, "MB", lambda: [sentences(r) for r in reports])
    found = [extract(r, lexicon) for r in reports]  # its speed is told beside jieba's (bench/text.py)
    claims = sum(len(x.claims) + len(x.observations) for x in found)
    lines, _ = timed("claims → claims.jsonl", claims, "claims", lambda: [block(x) for x in found])
    quads, graphs = timed("claims → N-Quads", 0, "quads", lambda: [report_quads(x) for x in found])
    number = sum(map(len, graphs))
    judge = gate(reference_quads())
    judged, _ = timed("gate", number, "quads", lambda: [admit(judge, g, "r") for g in graphs])
    return [index, read, cut, lines, Rate(quads.step, number, "quads", quads.seconds), judged]


def others_on_quads(parts: Sequence[Path]) -> list[Rate]:
    """rdflib reading the same files into memory."""
    from rdflib import Dataset

    text = "".join(part.read_text(encoding="utf-8") for part in parts)
    number = text.count("\n")
    parsed, _ = timed("rdflib parses N-Quads", number, "quads", lambda: Dataset().parse(data=text, format="nquads"))
    return [parsed]


def store_loads(parts: Sequence[Path], threads: int = 2) -> list[Rate]:
    """The store filled with the same files, onto disk: by one thread, and by several."""
    number = sum(map(_lines, parts))
    rates = []
    for n in (1, threads):
        with TemporaryDirectory(prefix="kg-bench-") as folder:
            rates += _load(Path(folder) / "store", parts, n, number)
    return rates


def _load(place: Path, parts: Sequence[Path], threads: int, number: int) -> list[Rate]:
    from kg.graph.store import open_writer

    with open_writer(place) as store:

        def work() -> None:
            store.fill(parts, own=True, threads=threads)

        load, _ = timed(f"bulk load onto disk, threads: {threads}", number, "quads", work)
        return [load, timed("  then compacted", number, "quads", store.compact)[0]]


def _lines(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(1 for _ in lines)
