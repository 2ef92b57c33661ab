"""How well claims agree with gold graphs: measures sets of reports, keeps a dated table.

    python -m bench.quality                          the figures of all sets
    python -m bench.quality dev samples --record     also a row each in bench/quality.md, and every
                                                     judgement in bench/scores, which the tests hold
    python -m bench.quality --set county blind REPORTS GOLD --record
                                                     reports and gold graphs from elsewhere

Of a blind set only figures are shown and kept, so that measuring it does not
open it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.figures import ACCURACIES, PARTS, Score, figures
from kg.pipeline import extract
from kg.score import compare, read_score, render, write_score

HERE = Path(__file__).parent
GOLD = HERE.parent / "tests" / "gold"
TABLE = HERE / "quality.md"
SCORES = HERE / "scores"
HEAD = """\
# Quality: claims against gold graphs

Written by `python -m bench.quality --record`. F1 of entities, of relations together and each, and of rates; accuracy of
status, type and evidence. *tuned*: rules were written with these reports in view. *blind*: nobody who touches rules
had read them; once opened, a set counts as tuned from that day on, and the note says so. How things are counted:
`kg/tally.py`.

"""


@dataclass(frozen=True, slots=True)
class Set:
    """Reports with gold graphs; ``kind`` is tuned or blind."""

    name: str
    kind: str
    reports: Path
    gold: Path

    @property
    def kept(self) -> Path:
        """Where the last recorded run is."""
        return SCORES / f"{self.name}.jsonl"


SETS = (
    Set("samples", "tuned", HERE.parent / "seeds" / "reports", GOLD / "samples"),
    Set("dev", "tuned", GOLD / "dev", GOLD / "dev"),
    Set("blind", "blind", GOLD / "blind", GOLD / "blind"),
)


def measure(chosen: Set) -> Score:
    """Extract the set's reports and score the claims."""
    with TemporaryDirectory(prefix="kg-quality-") as folder:
        claims = Path(folder) / "claims.jsonl"
        extract([str(chosen.reports)], claims, Path(folder) / "problems.tsv")
        return compare(claims, chosen.gold, chosen.reports)


def shares(score: Score) -> dict[str, float]:
    """F1 by part, and the accuracies; a part of which gold and claims have nothing is left out."""
    found = figures(score)
    parts = {p: found[p].f1 for p in PARTS if any((found[p].right, found[p].wrong, found[p].found, found[p].missed))}
    return parts | {a: found[a].precision for a in ACCURACIES if found[a].right + found[a].wrong}


def fallen(now: Score, kept: Score) -> list[str]:
    """The figures that are lower than in the kept run."""
    mine, before = shares(now), shares(kept)
    return [
        f"{part}: {mine.get(part, 0.0):.4f}, was {was:.4f}"
        for part, was in before.items()
        if mine.get(part, 0.0) < was - 1e-12
    ]


def row(chosen: Set, score: Score, day: str, note: str) -> str:
    """One line of the table."""
    found = shares(score)
    numbers = [f"{found[p]:.3f}" if p in found else "–" for p in (*PARTS, *ACCURACIES)]
    reports = str(len({mark.doc for mark in score.marks}))
    return "| " + " | ".join([day, chosen.name, chosen.kind, reports, *numbers, note.replace("|", "/")]) + " |\n"


def append(line: str) -> None:
    """Add a line to the table, which begins with its head."""
    columns = ["date", "set", "kind", "reports", *PARTS, *ACCURACIES, "note"]
    if not TABLE.exists():
        rule = "|---" * len(columns) + "|\n"
        TABLE.write_text(f"{HEAD}| {' | '.join(columns)} |\n{rule}", encoding="utf-8", newline="\n")
    with TABLE.open("a", encoding="utf-8", newline="\n") as table:
        table.write(line)


def report(chosen: Set, score: Score) -> str:
    """What is shown of a set: all of a tuned one with what changed, the figures alone of a blind one."""
    title = f"== {chosen.name} ({chosen.kind})\n"
    if chosen.kind == "blind":
        return title + "".join(f"{part:14}{share:8.3f}\n" for part, share in shares(score).items())
    return title + render(score, read_score(chosen.kept) if chosen.kept.exists() else None)


def record(chosen: Set, score: Score, day: str, note: str) -> None:
    """Keep the figures; of a tuned set also each judgement, which later runs are held against."""
    append(row(chosen, score, day, note))
    if chosen.kind != "blind":
        write_score(chosen.kept, score)


def arguments(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="SET", help=f"of {', '.join(s.name for s in SETS)}; all by default")
    parser.add_argument("--set", nargs=4, action="append", default=[], metavar=("NAME", "KIND", "REPORTS", "GOLD"))
    parser.add_argument("--record", action="store_true", help="keep the result")
    parser.add_argument("--note", default="", help="last cell of the table's row")
    found = parser.parse_args(given)
    if unknown := set(found.names) - {s.name for s in SETS}:
        parser.error(f"no such set: {', '.join(sorted(unknown))}")
    if any(kind not in {"tuned", "blind"} for _, kind, _, _ in found.set):
        parser.error("KIND is tuned or blind")
    return found


def main(given: Sequence[str]) -> int:
    """Measure and show the sets; 1 when a figure fell below the kept one."""
    args = arguments(given)
    others = [Set(name, kind, Path(reports), Path(gold)) for name, kind, reports, gold in args.set]
    chosen = [s for s in SETS if s.name in args.names or not (args.names or others)] + others
    day, worse = datetime.now(timezone.utc).date().isoformat(), 0
    for one in chosen:
        score = measure(one)
        sys.stdout.write(report(one, score) + "\n")
        if one.kept.exists():
            worse += len(fallen(score, read_score(one.kept)))
        if args.record:
            record(one, score, day, args.note)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
