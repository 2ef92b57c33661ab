"""Text to claims beside jieba on the same text: ``python -m bench.text [FOLDER ...]``.

Each report is read into claims and cut by jieba in turn, in processor time, so
that what else the machine does weighs on both alike; the ratio is what counts.
Measured are the generated corpus, the sample reports of the package, and the
folders named; of each also how dense it is, for a sentence that names nothing
costs a tenth of one that does. Appends a table to bench/results.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import corpus
from bench.record import Row, record
from bench.stages import Rate, rate_row, ratio_row
from kg.files import package_path

__all__ = ["density", "text_rows"]

GENERATED = 60
ROUNDS = 3


def main() -> None:
    """Measure and append."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="folders of reports (.txt) to measure too")
    parser.add_argument("--note", default="", help="what else is to be known, such as other work on the machine")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        corpus.write(Path(folder), GENERATED)
        sets = {"generated": Path(folder), "sample reports": package_path("seeds") / "reports"}
        sets |= {folder.name: folder for folder in given.folders}
        rows = [row for name, place in sets.items() for row in _of_set(name, sorted(place.glob("*.txt")))]
    sys.stdout.write(record("text → claims", given.note, rows))


def _of_set(name: str, files: Sequence[Path]) -> Iterator[Row]:
    size = sum(f.stat().st_size for f in files) / 1e3
    yield name, f"{len(files)} reports of {size / len(files):.1f} kB"
    yield "  a kB", density(files)
    yield from text_rows(files)


def density(files: Sequence[Path]) -> str:
    """What a kilobyte holds: sentences, mentions, claims, rates."""
    from kg.claims.extract import extract
    from kg.claims.lexicon import load
    from kg.claims.scan import scan
    from kg.text.read import read_report

    reports = [read_report(f) for f in files]
    size = sum(len(r.text.encode()) for r in reports) / 1e3
    scans = [scan(r, load()) for r in reports]
    told = [extract(r, load()) for r in reports]
    counts = {
        "sentences": sum(len(s.sentences) for s in scans),
        "mentions": sum(len(x.mentions) for s in scans for x in s.sentences),
        "claims": sum(len(x.claims) for x in told),
        "rates": sum(len(x.observations) for x in told),
    }
    return ", ".join(f"{number / size:.1f} {what}" for what, number in counts.items())


def text_rows(files: Sequence[Path]) -> Iterator[Row]:
    """Text to claims, jieba.cut and jieba.posseg, and the ratios; posseg over a tenth, for it is slow."""
    import jieba
    import jieba.posseg

    from kg.claims.extract import extract
    from kg.claims.lexicon import load
    from kg.text.read import read_report

    jieba.setLogLevel(60)
    next(iter(jieba.posseg.cut("先读入词典")))
    reports = [read_report(f) for f in files]
    extract(reports[0], load())  # what is loaded on first use is not part of the rate
    sizes = [len(r.text.encode()) / 1e6 for r in reports]
    own, cut = [float("inf")] * len(files), [float("inf")] * len(files)
    claims = 0
    for _ in range(ROUNDS):
        _forget()
        claims = 0
        for i, report in enumerate(reports):
            start = time.process_time()
            told = extract(report, load())
            between = time.process_time()
            sum(1 for _ in jieba.cut(report.text))
            own[i], cut[i] = min(own[i], between - start), min(cut[i], time.process_time() - between)
            claims += len(told.claims) + len(told.observations)
    few = max(1, len(files) // 10)
    start = time.process_time()
    for report in reports[:few]:
        sum(1 for _ in jieba.posseg.cut(report.text))
    tagged = Rate("jieba.posseg", sum(sizes[:few]), "MB", time.process_time() - start)
    ours, others = Rate("text → claims", sum(sizes), "MB", sum(own)), Rate("jieba.cut", sum(sizes), "MB", sum(cut))
    yield rate_row(ours)
    yield rate_row(Rate("text → claims", claims, "claims", sum(own)))
    yield from (rate_row(r) for r in (others, tagged))
    yield from (ratio_row(ours, r) for r in (others, tagged))


def _forget() -> None:
    """Nothing of the round before helps the next: the words and townships remembered are given up."""
    from kg.claims import segment, signs
    from kg.text import lines

    segment.segmented.cache_clear()
    signs._town_index.cache_clear()
    lines.laid_out.cache_clear()


if __name__ == "__main__":
    main()
