"""How long the shipped questions take: in the engine alone, and as ``kg query`` asks them, its process
and the sorting of the rows included."""

from __future__ import annotations

import contextlib
import multiprocessing
import statistics
import time
from collections.abc import Iterator, Mapping
from multiprocessing.connection import Connection
from pathlib import Path

__all__ = ["DEADLINE", "asked"]

DEADLINE = 20.0  # seconds; a question that takes longer is stopped and counts as that


def asked(output: Path) -> Iterator[tuple[str, str]]:
    """Rows of the table: the competency questions in both ways, then those about recurrence in the engine."""
    from kg.views.named import questions

    texts = {q.name: q.text for q in questions()}
    competency = {name: text for name, text in texts.items() if name.startswith("competency/")}
    engine = {name: _in_engine(output, text) for name, text in competency.items()}
    yield f"{len(engine)} competency questions, in the engine", _said(engine)
    yield "  slowest of them, s", ", ".join(f"{name[11:]} {engine[name]:.2f}" for name in _slowest(engine))
    whole = {name: _whole(output, name) for name in competency}
    yield f"{len(whole)} competency questions, process and sorting included", _said(whole)
    recur = {name: _in_engine(output, text) for name, text in texts.items() if name.startswith("recur/")}
    yield f"{len(recur)} questions about recurrence, in the engine", _said(recur)


def _said(seconds: Mapping[str, float]) -> str:
    worst = _slowest(seconds)[0]
    middle = statistics.median(seconds.values())
    return f"median {middle * 1000:.0f} ms, worst {seconds[worst] * 1000:.0f} ms ({worst}); deadline {DEADLINE:.0f} s"


def _slowest(seconds: Mapping[str, float]) -> list[str]:
    return sorted(seconds, key=seconds.__getitem__, reverse=True)[:8]


def _in_engine(output: Path, text: str) -> float:
    """Seconds to evaluate a query and read all its rows; opening the store is not counted."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_evaluate, args=(str(output), text, there))
    process.start()
    there.close()
    try:
        return float(here.recv()) if here.recv() and here.poll(DEADLINE) else DEADLINE  # the first says: opened
    finally:
        process.kill()
        process.join()


def _evaluate(output: str, text: str, told: Connection) -> None:
    from kg.graph.store import open_reader

    with open_reader(Path(output)) as store:
        told.send(True)
        start = time.perf_counter()
        for _ in store.query(text).rows:
            pass
        told.send(time.perf_counter() - start)


def _whole(output: Path, name: str) -> float:
    from kg.errors import StoreError
    from kg.views.limits import Limits
    from kg.views.query import run

    start = time.perf_counter()
    with contextlib.suppress(StoreError):
        run(output, name, limits=Limits(seconds=DEADLINE))
    return time.perf_counter() - start
