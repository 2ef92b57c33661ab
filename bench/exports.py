"""Peak memory and time of each export at growing sizes: ``python -m bench.exports OUTPUT``.

OUTPUT is the folder of a build of 1,000 reports or more. Stores are filled with
the first of its parts, each of them four times as large as the last, and exported by the real
command; the table is appended to bench/results.md.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.record import Row, record
from bench.run import up_to
from bench.watch import kg, watch

SIZES = (40 << 20, 160 << 20, 640 << 20)  # bytes of N-Quads: 200,000, 800,000 and 3.2 million quads
FORMATS = ("nq", "trig", "turtle", "turtle-reports", "jsonld", "csv", "graphml", "gexf", "neo4j")


def main() -> None:
    """Measure and append."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path, help="output folder of a build")
    parser.add_argument("--formats", nargs="*", default=FORMATS, choices=FORMATS, help="all by default")
    parser.add_argument("--note", default="", help="what else is to be known, such as other work on the machine")
    given = parser.parse_args()
    sys.stdout.write(record("exports", given.note, list(measure(given.output / "parts", given.formats))))


def measure(parts: Path, formats: Sequence[str]) -> Iterator[Row]:
    """A row a format and size."""
    from kg.graph.store import open_writer

    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
            with open_writer(Path(folder) / "store") as store:
                store.fill([parts / "reference.nq", *up_to(size, sorted(parts.glob("??.nq")))], own=True)
                store.compact()
                store.publish()
                number = store.count()
            for form in formats:
                yield f"{form}, {number:,} quads", _exported(Path(folder), form)


def _exported(folder: Path, form: str) -> str:
    target = folder / "export"
    target.mkdir()
    done = watch(kg("export", "--format", form, "--store", str(folder / "store"), "-o", str(target)))
    written = sum(f.stat().st_size for f in target.rglob("*") if f.is_file())
    shutil.rmtree(target)
    return f"peak memory {done.memory / 1e6:.0f} MB, {done.seconds:.1f} s, {written / 1e6:.0f} MB"


if __name__ == "__main__":
    main()
