"""The benchmark runner: ``python -m bench.run --reports 1000``, or ``make bench``.

Generates a corpus, measures the steps one by one in this process, builds the
corpus with the real command, adds one report, asks the shipped questions, and
appends a table to bench/results.md. Nothing here is asserted; the figures
belong to the machine and to what else it did meanwhile.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import corpus
from bench.questions import asked
from bench.record import Row, record
from bench.stages import others_on_quads, own_steps, rate_row, ratio_row, store_loads
from bench.text import density, text_rows
from bench.watch import Watched, kg, watch

LOADED = 120 << 20  # bytes of N-Quads loaded for comparison, some 600,000 quads
SAMPLE = 60  # reports measured step by step


def main() -> None:
    """Measure and append."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1000, help="size of the corpus")
    parser.add_argument("--workers", type=int, default=0, help="worker processes, 0: one a processor")
    parser.add_argument("--note", default="", help="what else is to be known, such as other work on the machine")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        rows = list(measure(Path(folder), given.reports, given.workers))
    sys.stdout.write(record(f"{given.reports} reports", given.note, rows))


def measure(folder: Path, number: int, workers: int) -> Iterator[Row]:
    """All rows of one run."""
    size = corpus.write(folder / "reports", number) / 1e6
    yield "corpus", f"{number} reports, {size:.1f} MB"
    files = sorted((folder / "reports").iterdir())
    sample = files[:: max(1, number // SAMPLE)][:SAMPLE]
    steps = own_steps(sample)  # first, for it loads the index
    yield "  a kB", density(sample)
    yield from map(rate_row, steps)
    yield from text_rows(sample)
    yield from _build(folder, number, size, workers)
    yield from _store(folder / "output")
    yield from _one_more(folder, number)
    yield from _start_up(folder / "output")


def _build(folder: Path, number: int, size: float, workers: int) -> Iterator[Row]:
    """The whole command from nothing."""
    done = watch(kg("build", str(folder / "reports"), "-o", str(folder / "output"), "--workers", str(workers)))
    run = json.loads((folder / "output" / "run.json").read_text(encoding="utf-8"))
    yield "kg build, from nothing", _watched(done, number, size)
    yield "  stages, s", ", ".join(f"{stage} {seconds}" for stage, seconds in run["seconds"].items())
    counts = run["counts"]
    yield "  yields", f"{counts['claims']} claims, {counts['observations']} observations, {counts['quads']} quads"
    yield "  disk", f"{_disk(folder / 'output') / 1e6:.0f} MB"


def _watched(done: Watched, number: int, size: float) -> str:
    speed = f"{number / done.seconds:.1f} reports/s, {size / done.seconds:.2f} MB/s"
    return f"{done.seconds:.1f} s, {speed}, processors {done.busy:.0%} busy, peak memory {done.memory / 1e6:.0f} MB"


def _disk(folder: Path) -> int:
    """Bytes of all files; the store's snapshots are hard links, which count once."""
    sizes = {(s.st_dev, s.st_ino): s.st_size for f in folder.rglob("*") if f.is_file() for s in [f.stat()]}
    return sum(sizes.values())


def _store(output: Path) -> Iterator[Row]:
    """Bulk loads against rdflib on the same quads."""
    parts = list(up_to(LOADED, sorted((output / "parts").glob("??.nq"))))
    loads, parsed = store_loads(parts), others_on_quads(parts)[0]
    yield from map(rate_row, [*loads, parsed])
    yield from (ratio_row(load, parsed) for load in loads if load.step.startswith("bulk"))


def up_to(size: int, files: Sequence[Path]) -> Iterator[Path]:
    """The first files, until they have that many bytes."""
    room = size
    for file in files:
        if room > 0:
            yield file
        room -= file.stat().st_size


def _one_more(folder: Path, number: int) -> Iterator[Row]:
    """One new report, then nothing new."""
    name, text = corpus.report(number)
    (folder / "reports" / name).write_text(text, encoding="utf-8")
    command = kg("build", str(folder / "reports"), "-o", str(folder / "output"))
    yield "kg build, one report more", f"{watch(command).seconds:.2f} s"
    yield "kg build, nothing new", f"{watch(command).seconds:.2f} s"


def _start_up(output: Path) -> Iterator[Row]:
    """Commands from start to end, medians of five."""
    for words in (["--help"], ["query", "--store", str(output), "SELECT ?c { ?c a hg:Claim } LIMIT 1"]):
        times = [watch(kg(*words), every=1).seconds for _ in range(5)]
        yield f"kg {words[0]}, start to end", f"{statistics.median(times):.3f} s"
    yield from asked(output)


if __name__ == "__main__":
    main()
