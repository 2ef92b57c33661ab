"""Answers as text: a table for people, CSV, TSV, JSON and N-Triples for programs."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterable

from kg.errors import UsageError
from kg.views.query import Result
from kg.views.terms import display, guarded, plain, to_json

__all__ = ["FORMATS", "render"]


def render(result: Result, form: str, widest: int = 60) -> str:
    """The answer in one of ``FORMATS``; ``widest`` cuts the cells of a table (columns of a terminal, 0 never cuts).

    Raises UsageError for another format, and for ``nt`` of rows that are no triples.
    """
    if form == "table":
        return table(result, widest)
    if form not in FORMATS:
        raise UsageError(f"format {form!r}: give one of {', '.join(FORMATS)}")
    return FORMATS[form](result)


def table(result: Result, widest: int = 60) -> str:
    """Columns aligned as a terminal counts them: a Chinese character is two wide.

    >>> print(table(Result("select", ("地区", "n"), (('"海宁市"', '"3"'),))), end="")
    地区    n
    ------  -
    海宁市  3
    """
    if result.kind == "ask":
        return plain(result.rows[0][0]) + "\n"
    rows = [list(result.columns), *([_cut(display(term), widest) for term in row] for row in result.rows)]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, ["-" * size for size in widths])
    return "".join(_line(row, widths) for row in rows)


def _line(row: Iterable[str], widths: Iterable[int]) -> str:
    return "  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=True)).rstrip() + "\n"


def width(text: str) -> int:
    """Columns a text takes: two for wide and full-width characters, none for combining ones.

    >>> width("市二院 A")
    8
    """
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cut(text: str, widest: int) -> str:
    if not widest or width(text) <= widest:
        return text
    kept, room = [], widest - 1
    for char in text:
        room -= width(char)
        if room < 0:
            break
        kept.append(char)
    return "".join(kept) + "…"


def _csv(result: Result) -> str:
    """SPARQL 1.1 CSV (CR LF, bare values), with text guarded against spreadsheets' formulas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(result.columns)
    writer.writerows([guarded(plain(term)) for term in row] for row in result.rows)
    return out.getvalue()


def _tsv(result: Result) -> str:
    """SPARQL 1.1 TSV: terms in full."""
    rows = ["\t".join("?" + column for column in result.columns)]
    rows += ["\t".join(term or "" for term in row) for row in result.rows]
    return "".join(f"{row}\n" for row in rows)


def _json(result: Result) -> str:
    """SPARQL 1.1 JSON results."""
    if result.kind == "ask":
        answer = {"head": {}, "boolean": plain(result.rows[0][0]) == "true"}
        return json.dumps(answer) + "\n"
    bindings = [
        {column: to_json(term) for column, term in zip(result.columns, row, strict=True) if term is not None}
        for row in result.rows
    ]
    answer = {"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _nt(result: Result) -> str:
    """The triples of a CONSTRUCT or DESCRIBE, sorted."""
    if result.kind != "graph":
        raise UsageError("format nt: only CONSTRUCT and DESCRIBE give triples; choose csv, tsv or json")
    return "".join(sorted({f"{' '.join(term or '' for term in row)} .\n" for row in result.rows}))


FORMATS: dict[str, Callable[[Result], str]] = {"table": table, "csv": _csv, "tsv": _tsv, "json": _json, "nt": _nt}
