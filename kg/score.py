"""Claims against gold graphs: precision, recall and F1, and what was gained or lost since a run.

Example: ``print(render(compare(Path("claims.jsonl"), Path("tests/gold/dev"), Path("tests/gold/dev"))))``
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import DataError
from kg.figures import ACCURACIES, PARTS, Figure, Score, by_report, by_rule, changes, faulty, figures
from kg.files import atomic, dump_line, package_path, read_json_lines, read_tsv
from kg.gold import read_gold
from kg.model import EntityType, Extraction
from kg.records import read_extractions
from kg.tally import Known, Mark, Outcome, tally

__all__ = ["Figure", "Score", "compare", "read_score", "render", "to_json", "write_score"]


def compare(claims: Path, gold: Path, reports: Path) -> Score:
    """Score a claims file against a folder of gold files.

    ``reports`` is the folder of the texts the gold files name. Only reports
    that have a gold file are scored; one that is missing from the claims
    counts as found nothing. Claims are counted as the file has them, also
    those that the graph's gate keeps in quarantine. Raises DataError when the folder holds no gold
    file, or a text is missing.
    """
    paths = sorted(gold.glob("*.json"))
    if not paths:
        raise DataError(f"{gold}: no gold file (*.json) in this folder; give the folder of the gold graphs")
    found = {x.report.file_name: x for x in read_extractions(claims)}
    known = _known(found.values())
    marks: list[Mark] = []
    for wanted in map(read_gold, paths):
        marks += tally(wanted, found.get(wanted.doc), _text(reports / wanted.doc), known)
    return Score(tuple(sorted(marks)))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise DataError(f"{path}: no such report, though a gold file names it; give the reports' folder") from None


def _known(found: Iterable[Extraction]) -> Known:
    """Names from the seed tables and from the claims: a claim's end may be mentioned nowhere in its report."""
    seeds = package_path("seeds")
    labels = {f"region/{row['code']}": row["name"] for row in read_tsv(seeds / "regions.tsv")}
    types: dict[str, EntityType] = {}
    for row in read_tsv(seeds / "organisations.tsv"):
        labels[f"org/{row['key']}"] = row["name"]
        types[f"org/{row['key']}"] = EntityType(row["type"])
    for extraction in found:
        labels.update((e.id, e.label) for e in extraction.entities)
        types.update((e.id, e.type) for e in extraction.entities)
    broader = {row["id"]: row["broader"] for row in read_tsv(seeds / "programs.tsv") if row["broader"]}
    return Known(labels, types, broader)


def render(score: Score, against: Score | None = None) -> str:
    """The figures as text; with an earlier run also what was gained and lost."""
    lines = [*_table(score), "", *_rules(score), "", *_reports(score)]
    if against:
        for title, found in zip(("better 改进", "worse 退步"), changes(score, against), strict=True):
            lines += ["", f"{title}: {len(found)}", *(f"  {line}" for line in found)]
    return "\n".join(lines) + "\n"


def _table(score: Score) -> Iterator[str]:
    all_figures = figures(score)
    yield f"{'':14}{'P':>8}{'R':>8}{'F1':>8}{'gold':>7}{'claims':>8}"
    for part in PARTS:
        f = all_figures[part]
        shares = f"{f.precision:8.3f}{f.recall:8.3f}{f.f1:8.3f}"
        yield f"{part:14}{shares}{f.found + f.missed:7}{f.right + f.wrong:8}"
    for part in ACCURACIES:
        f = all_figures[part]
        yield f"{part + ' accuracy':22}{f.precision:8.3f}  of {f.right + f.wrong}"


def _rules(score: Score) -> Iterator[str]:
    yield f"{'rule 规则':36}{'right':>7}{'wrong':>7}{'P':>8}{'status':>8}"
    for rule, (claims, states) in by_rule(score).items():
        status = f"{states.precision:8.3f}" if states.right + states.wrong else f"{'-':>8}"
        yield f"{rule:36} {claims.right:7}{claims.wrong:7}{claims.precision:8.3f}{status}"


def _reports(score: Score) -> Iterator[str]:
    yield f"{'report 报告 (F1)':36}{'entities':>10}{'triples':>10}{'observations':>14}"
    for doc, f in by_report(score).items():
        yield f"{doc:36} {f['entities'].f1:10.3f}{f['triples'].f1:10.3f}{f['observations'].f1:14.3f}"


def to_json(score: Score) -> str:
    """The figures as one JSON object, for machines."""
    parts = {part: _shares(f) for part, f in figures(score).items()}
    rules = {rule: {"claims": _shares(c), "status": _shares(s)} for rule, (c, s) in by_rule(score).items()}
    reports = {doc: {part: _shares(f) for part, f in all_.items()} for doc, all_ in by_report(score).items()}
    return json.dumps({"parts": parts, "rules": rules, "reports": reports}, ensure_ascii=False, indent=1) + "\n"


def _shares(f: Figure) -> dict[str, float | int]:
    return {
        "precision": round(f.precision, 4), "recall": round(f.recall, 4), "f1": round(f.f1, 4),
        "right": f.right, "wrong": f.wrong, "found": f.found, "missed": f.missed,
    }  # fmt: skip


def write_score(path: Path, score: Score) -> None:
    """Keep a run to compare a later one against: what was wrong or missed line by line, the rest as counts."""
    good: Counter[tuple[str, str, str]] = Counter()
    with atomic(path) as out:
        for m in score.marks:
            if faulty(m):
                row = {"doc": m.doc, "part": m.part, "outcome": m.outcome.value, "what": m.what, "rules": list(m.rules)}
                out.write(dump_line(row))
            else:
                good[m.doc, m.part, m.outcome.value] += 1
        for (doc, part, outcome), count in sorted(good.items()):
            out.write(dump_line({"doc": doc, "part": part, "outcome": outcome, "count": count}))


def read_score(path: Path) -> Score:
    """A run kept by ``write_score``; DataError with file and line.

    Its figures and faults are those of the run; what was right or found has no name any more.
    """
    marks: list[Mark] = []
    for number, row in read_json_lines(path):
        try:
            mark = Mark(
                row["doc"], row["part"], row.get("what", ""), Outcome(row["outcome"]), tuple(row.get("rules", []))
            )
            marks += [mark] * row.get("count", 1)
        except (KeyError, ValueError, TypeError) as fault:
            raise DataError(f"{path}:{number}: {fault}; record the score again") from None
    return Score(tuple(sorted(marks)))
