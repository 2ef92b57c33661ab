"""Record what the competency questions answer on the sample reports; review the difference before committing it.

    python tools/record_competency.py [--check]

Each ``kg/data/queries/competency/NN-name.rq`` has its answer beside it in
``NN-name.csv``; rows known to be wrong are listed in ``known-faults.tsv``.
``--check`` writes nothing and names the questions whose answers differ.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.errors import DataError
from kg.files import atomic
from kg.graph.store import Store, open_reader
from kg.pipeline import Options, build
from kg.views.terms import plain

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "kg" / "data" / "queries" / "competency"
SAMPLES = ROOT / "seeds" / "reports"


def answers(reports: Path = SAMPLES) -> Iterator[tuple[Path, str]]:
    """Each question with its answer as CSV text, on a build made of the reports alone."""
    with TemporaryDirectory(prefix="kg-") as folder:
        build([str(reports)], Path(folder), Options(workers=1))
        with open_reader(Path(folder) / "store") as store:
            for path in sorted(QUESTIONS.glob("*.rq")):
                yield path, answer(store, path.read_text("utf-8"))


def answer(store: Store, query: str) -> str:
    """The rows of one query under their column names; rows sorted, since engines may order ties as they like."""
    found = store.query(query)
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(found.columns)
    table.writerows(sorted([plain(term) for term in row] for row in found.rows))
    return out.getvalue()


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        raise DataError(f"{' '.join(arguments)}: unknown; only --check is")
    differing = 0
    for path, text in answers():
        target = path.with_suffix(".csv")
        if target.exists() and target.read_text("utf-8") == text:
            continue
        differing += 1
        sys.stderr.write(f"{path.stem}: {text.count(chr(10)) - 1} rows, differs from the record\n")
        if not arguments:
            with atomic(target) as out:
                out.write(text)
    return 1 if arguments and differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
