"""The steps of the line one by one in one process, and what others need for the same text and quads."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

__all__ = ["Rate", "others_on_quads", "others_on_text", "own_steps", "store_loads"]


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


def own_steps(files: Sequence[Path]) -> list[Rate]:
    """read, sentences, text to claims, claims to lines, claims to quads (with and without the gate)."""
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
    work, found = timed("text → claims", size, "MB", lambda: [extract(r, lexicon) for r in reports])
    claims = sum(len(x.claims) + len(x.observations) for x in found)
    lines, _ = timed("claims → claims.jsonl", claims, "claims", lambda: [block(x) for x in found])
    quads, graphs = timed("claims → N-Quads", 0, "quads", lambda: [report_quads(x) for x in found])
    number = sum(map(len, graphs))
    judge = gate(reference_quads())
    judged, _ = timed("gate", number, "quads", lambda: [admit(judge, g, "r") for g in graphs])
    per_claim = Rate("text → claims", claims, "claims", work.seconds)
    return [index, read, cut, work, per_claim, lines, Rate(quads.step, number, "quads", quads.seconds), judged]


def others_on_text(files: Sequence[Path]) -> list[Rate]:
    """jieba.cut and jieba.posseg over the same text; posseg over a tenth of it, for it is slow."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(60)
    jieba.initialize()
    texts = [f.read_text(encoding="utf-8") for f in files]
    few = texts[: max(1, len(texts) // 10)]
    cut, _ = timed("jieba.cut", _size(texts), "MB", lambda: [sum(1 for _ in jieba.cut(t)) for t in texts])
    next(iter(jieba.posseg.cut("先读入词典")))
    tag, _ = timed("jieba.posseg", _size(few), "MB", lambda: [sum(1 for _ in jieba.posseg.cut(t)) for t in few])
    return [cut, tag]


def _size(texts: Sequence[str]) -> float:
    return sum(len(t.encode()) for t in texts) / 1e6


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
            rates.append(_load(Path(folder) / "store", parts, n, number))
    return rates


def _load(place: Path, parts: Sequence[Path], threads: int, number: int) -> Rate:
    from kg.graph.store import open_writer

    with open_writer(place) as store:

        def work() -> None:
            store.fill(parts, own=True, threads=threads)

        return timed(f"bulk load onto disk, threads: {threads}", number, "quads", work)[0]


def _lines(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(1 for _ in lines)
