"""The claims of a build as raw rows, report by report, for looking one thing up.

A claims file of many reports is large; only the blocks that hold a wanted
string are parsed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import DataError

__all__ = ["Block", "blocks", "claim_files"]

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Block:
    """One report's rows as in ``claims.jsonl``."""

    report: Row
    rows: tuple[Row, ...]

    def of(self, record: str) -> Iterator[Row]:
        """The rows of one kind: entity, claim or observation."""
        return (row for row in self.rows if row["record"] == record)

    def find(self, name: str) -> Row | None:
        """The row with this identifier."""
        return next((row for row in self.rows if row["id"] == name), None)

    def entity(self, name: str) -> Row | None:
        """The entity with this identifier; a claim's end may lack one where it is a programme."""
        return next((row for row in self.of("entity") if row["id"] == name), None)


def claim_files(output: Path) -> list[Path]:
    """Where a build's claims lie: one file, or the parts where no flat file was made.

    ``output`` may also be a claims file. Raises DataError where there is none.
    """
    if output.is_file():
        return [output]
    flat = output / "claims.jsonl"
    files = [flat] if flat.is_file() else sorted((output / "parts").glob("*.jsonl"))
    if not files:
        raise DataError(f"{output}: no claims here; make them with 'kg build REPORTS -o FOLDER'")
    return files


def blocks(output: Path, *wanted: str) -> Iterator[Block]:
    """The reports one of whose lines holds all the wanted strings; without any, all reports."""
    quoted = [json.dumps(text, ensure_ascii=False)[1:-1] for text in wanted]
    for path in claim_files(output):
        for lines in _raw(path):
            if not quoted or any(all(text in line for text in quoted) for line in lines):
                yield _block(path, lines)


def _raw(path: Path) -> Iterator[list[str]]:
    """Lines of each report: a report's line and what follows it."""
    lines: list[str] = []
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            if line.startswith('{"record":"report"') and lines:
                yield lines
                lines = []
            lines.append(line)
    if lines:
        yield lines


def _block(path: Path, lines: list[str]) -> Block:
    try:
        report, *rows = (json.loads(line) for line in lines)
    except ValueError as fault:
        raise DataError(f"{path}: not JSON ({fault}); build again") from None
    return Block(report, tuple(rows))
