"""What an expert should look at, as a table to fill in: ``kg review``.

Four kinds of rows: what the program left open (abstentions, out of
``problems.tsv``), claims whose evidence is thin, organisations that are not
in the seed tables, and pairs of organisations whose names differ only in
spelling. The first five columns are those of ``curation.tsv``: fill in an
action where there is something to decide, and ``decisions`` reads them back.
Rows whose target was already decided on are left out.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.files import canonical_tsv, read_tsv
from kg.views.blocks import Block, blocks
from kg.views.spelling import twins

__all__ = ["COLUMNS", "DECISION", "decided", "decisions", "review", "review_text"]

Row = dict[str, str]
DECISION = ["action", "target", "value", "reason", "who"]
COLUMNS = [*DECISION, "topic", "what", "where", "quote"]
# Kinds of problems that are about files or rows, not about something an expert could decide.
_NOT_OPEN = {"unreadable", "fault", "invalid", "duplicate", "curation", "quarantined"}
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NOTE = (
    "Fill in action (accept reject rename merge split retype add-alias), value, reason and who; leave other rows.\n"
    "在 action 列填写处理方式，并填写 value、reason、who；不处理的行保持原样。"
)


def review(output: Path, settled: Collection[str] = ()) -> list[Row]:
    """The rows for one build; ``settled`` are targets that ``curation.tsv`` already decides on.

    Sorted by topic and target, so that two builds of the same input give the same table.
    """
    found = list(blocks(output))
    rows = [*_open(output), *_thin(found), *_new(found), *_twins(found)]
    unique = {tuple(row.get(c, "") for c in COLUMNS): row for row in rows if row["target"] not in settled}
    return [unique[key] for key in sorted(unique, key=lambda key: (key[5], key[1], key))]


def review_text(rows: Iterable[Row], *, comma: bool = False) -> str:
    """The table as text: TSV, or CSV that spreadsheets open as UTF-8 (``comma``).

    Cells that a spreadsheet would take for a formula get a quotation mark in front.
    """
    safe = [{name: _inert(row.get(name, "")) for name in COLUMNS} for row in rows]
    if not comma:
        return canonical_tsv(COLUMNS, safe, _NOTE)
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    table.writeheader()
    table.writerows(safe)
    return "\ufeff" + out.getvalue()


def _inert(cell: str) -> str:
    return "'" + cell if _FORMULA.match(cell) else cell


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell[1:]) else cell


def decisions(filled: Path) -> list[Row]:
    """The rows of a filled table in which an action was chosen, ready to append to ``curation.tsv``.

    TSV or CSV, with comma or semicolon, as spreadsheets save it. Raises
    DataError where a column is missing.
    """
    try:
        text = filled.read_text("utf-8-sig")
    except FileNotFoundError:
        raise DataError(f"{filled}: no such file; check the path") from None
    except UnicodeDecodeError as fault:
        raise DataError(f"{filled}: not UTF-8 at byte {fault.start}; save it as CSV UTF-8") from None
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith(("#", '"#'))]
    head = lines[0] if lines else ""
    table = csv.DictReader(io.StringIO("".join(lines), newline=""), delimiter=max("\t,;", key=head.count))
    missing = set(DECISION) - set(table.fieldnames or ())
    if missing:
        raise DataError(f"{filled}: column {', '.join(sorted(missing))} is missing; keep the header as exported")
    rows = [{name: _plain(row[name] or "") for name in DECISION} for row in table]
    return [row for row in rows if row["action"]]


def decided(curation: Path) -> frozenset[str]:
    """The targets that a curation table decides on."""
    return frozenset(row["target"] for row in read_tsv(curation)) if curation.exists() else frozenset()


def _open(output: Path) -> Iterator[Row]:
    """What was left open rather than guessed."""
    problems = output / "problems.tsv"
    for problem in read_tsv(problems) if problems.is_file() else ():
        if problem["kind"] not in _NOT_OPEN:
            what = f"{problem['kind']}: {problem['what']}; {problem['todo']}"
            yield _row("1 open 未决", "", what, problem["where"])


def _thin(found: Iterable[Block]) -> Iterator[Row]:
    """Claims about an organisation that the sentence proving them does not name, not even as 该院."""
    for block in found:
        for claim in block.of("claim"):
            silent = [end for end in (claim["subject"], claim["object"]) if not _named_in(block, end, claim)]
            if silent and claim["predicate"] not in {"locatedIn", "within"}:
                what = (
                    f"{claim['subject']} {claim['predicate']} {claim['object']}: {', '.join(silent)} not in the quote"
                )
                yield _row("2 thin evidence 证据不足", claim["id"], what, *_proof(block, claim))


def _named_in(block: Block, end: str, claim: dict[str, Any]) -> bool:
    """Whether the sentence names the end; a region and the issuer are known from the section they report in."""
    entity = block.entity(end)
    if entity is None or not end.startswith("org/") or end == block.report["issuer"]:
        return True
    evidence = claim["evidence"]
    return any(evidence["start"] <= m[0] and m[1] <= evidence["end"] for m in entity["mentions"])


def _proof(block: Block, claim: dict[str, Any]) -> tuple[str, str]:
    evidence = claim["evidence"]
    return f"{block.report['fileName']}#char={evidence['start']},{evidence['end']}", evidence["quote"]


def _new(found: Iterable[Block]) -> Iterator[Row]:
    """Organisations that are in no seed table, at their first mention."""
    first: dict[str, Row] = {}
    for block in found:
        for entity in block.of("entity"):
            if entity["source"] == "name" and entity["id"].startswith("org/") and entity["mentions"]:
                start, end, text, how = entity["mentions"][0]
                what = f"{entity['type']} {entity['label']} ({text}: {how or 'its own name'})"
                where = f"{block.report['fileName']}#char={start},{end}"
                first.setdefault(entity["id"], _row("3 new organisation 新机构", entity["id"], what, where))
    yield from first.values()


def _twins(found: Iterable[Block]) -> Iterator[Row]:
    """Organisations that may be one: the second could be merged into the first."""
    labels = {e["id"]: e["label"] for block in found for e in block.of("entity") if e["id"].startswith("org/")}
    regions = {e["label"] for block in found for e in block.of("entity") if e["type"] == "Region"}
    for kept, other in twins(labels, regions):
        what = f"{labels[other]} = {labels[kept]}?"
        yield {**_row("4 same organisation? 是否同一机构", other, what), "value": kept}


def _row(topic: str, target: str, what: str, where: str = "", quote: str = "") -> Row:
    return {"action": "", "target": target, "value": "", "topic": topic, "what": what, "where": where, "quote": quote}
