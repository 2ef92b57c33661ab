"""Bring the tables in seeds/ into their one form: ``python -m tools.canonical_seeds [--check]``.

A spreadsheet may leave UTF-16, quoted cells, CRLF, spaces around a name or
rows in another order. This rewrites each table as UTF-8 with LF, stripped
cells, no name twice in a list, and the rows sorted. With ``--check`` nothing
is written and the names of the tables that would change are printed (exit 1).
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from kg.errors import DataError
from kg.files import atomic, canonical_tsv, package_path

__all__ = ["ORDER", "canonical"]

# Each table with the columns its rows are sorted by.
ORDER: dict[str, tuple[str, ...]] = {
    "abbreviations.tsv": ("code", "abbreviation"),
    "groupings.tsv": ("name",),
    "organisations.tsv": ("key",),
    "programs.tsv": ("id",),
    "regions.tsv": ("code",),
    "renamings.tsv": ("old_code", "old_name"),
    "sources/nicknames.tsv": ("code",),
    "sources/ordinary-words.tsv": ("word",),
    "sources/zones.tsv": ("parent", "name"),
}
_LISTS = frozenset({"short_names", "contextual_names", "altLabels_zh"})


def canonical(path: Path, order: tuple[str, ...]) -> str:
    """The table as text in its one form; DataError with the line of a row that does not fit the header."""
    notes, lines = _notes_and_rows(path)
    header = next(lines)[1]
    columns = [name for name in (cell.strip() for cell in header) if name]
    rows = [_row(path, number, columns, cells) for number, cells in lines]
    rows.sort(key=lambda row: tuple(row[column] for column in order))
    return canonical_tsv(columns, rows, "\n".join(notes))


def _notes_and_rows(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    raw = path.read_bytes()
    text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    cells = list(enumerate(csv.reader(text.splitlines(), dialect="excel-tab"), 1))
    notes = [row[0].removeprefix("#").strip() for _, row in cells if row and row[0].startswith("#")]
    return notes, ((n, row) for n, row in cells if any(row) and not row[0].startswith("#"))


def _row(path: Path, number: int, columns: list[str], cells: list[str]) -> dict[str, str]:
    surplus = [cell for cell in cells[len(columns) :] if cell.strip()]
    if surplus:
        raise DataError(f"{path}:{number}: {surplus[0]!r} stands beyond the last column; move or delete it")
    padded = [*cells, *[""] * len(columns)]
    return {column: _cell(column, value) for column, value in zip(columns, padded, strict=False)}


def _cell(column: str, value: str) -> str:
    value = " ".join(value.split())
    if column not in _LISTS:
        return value
    return "|".join(dict.fromkeys(name for name in (part.strip() for part in value.split("|")) if name))


def main(arguments: list[str]) -> int:
    seeds = package_path("seeds")
    changed = 0
    for name, order in ORDER.items():
        path = seeds / name
        text = canonical(path, order)
        if text.encode() == path.read_bytes():
            continue
        changed += 1
        print(f"{name}: {'is not in' if '--check' in arguments else 'brought into'} its canonical form")
        if "--check" not in arguments:
            with atomic(path) as out:
                out.write(text)
    return 1 if changed and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
