"""Reading and writing TSV, YAML and JSON lines; errors carry file and line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

from kg.errors import DataError

__all__ = [
    "atomic",
    "canonical_tsv",
    "dump_line",
    "package_path",
    "read_columns",
    "read_json_lines",
    "read_tsv",
    "read_yaml",
    "write_tsv",
]

_PACKAGE = Path(__file__).resolve().parent


@cache
def package_path(name: str) -> Path:
    """The folder ``ontology``, ``seeds`` or ``data``: installed, or in the checkout.

    >>> package_path("data").name
    'data'
    """
    for folder in (_PACKAGE / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise DataError(f"{_PACKAGE}: folder {name!r} is missing; install the package again")


def read_columns(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Some columns of a table, two or more, row by row; half the time of ``read_tsv`` for tens of thousands of rows."""
    table = _cells(path)
    header = next(table, [])
    missing = [column for column in columns if column not in header]
    if missing:
        raise DataError(f"{path}:1: no column {missing[0]!r}; add it")
    return map(itemgetter(*map(header.index, columns)), table)


def read_tsv(path: Path, without: str = "") -> list[dict[str, str]]:
    """Rows of a tab-separated table with a header line; ``#`` lines are notes.

    Lines that hold the text ``without`` are passed over. Raises DataError with
    file and line when a row has another number of cells than the header.
    """
    table = _cells(path, without)
    header = next(table, [])
    return [dict(zip(header, cells)) for cells in table]  # noqa: B905 - as many of each


def _cells(path: Path, without: str = "") -> Iterator[list[str]]:
    """The header's cells and each row's."""
    width = 0
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line or line[0] == "#" or (without and without in line):
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) != (width := width or len(cells)):
            raise DataError(
                f"{path}:{number}: {len(cells)} cells, the header has {width}; fill the row or remove the extra tabs"
            )
        yield cells


def _text(path: Path) -> str:
    """The file as UTF-8 text; DataError when it is missing or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise DataError(f"{path}: no such file; check the path") from None
    except UnicodeDecodeError as fault:
        raise DataError(f"{path}: not UTF-8 at byte {fault.start}; save it as UTF-8") from None


def canonical_tsv(columns: list[str], rows: Iterable[dict[str, str]], note: str = "") -> str:
    """A table as text in its one canonical form: note lines, header, rows, LF."""
    lines = [f"# {line}" for line in note.splitlines()]
    lines.append("\t".join(columns))
    lines += ["\t".join(_cell(row.get(c, "")) for c in columns) for row in rows]
    return "\n".join(lines) + "\n"


def _cell(value: str) -> str:
    """A value that cannot break the table: tabs and line ends become spaces."""
    return " ".join(value.split()) if any(c in value for c in "\t\n\r\v\f\x85\u2028\u2029") else value


def write_tsv(path: Path, columns: list[str], rows: Iterable[dict[str, str]], note: str = "") -> None:
    """Write a table whole or not at all."""
    with atomic(path) as out:
        out.write(canonical_tsv(columns, rows, note))


def read_yaml(path: Path) -> Any:
    """A YAML document; DataError with file and line when it cannot be read."""
    import yaml  # 30 ms that only commands which read rules should pay

    try:
        return yaml.load(_text(path), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise DataError(f"{path}:{line}: {getattr(fault, 'problem', fault)}; mend the YAML") from None


def read_json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Pairs of line number and object; DataError names the line that is no object."""
    try:
        lines = path.open(encoding="utf-8", newline="\n")
    except FileNotFoundError:
        raise DataError(f"{path}: no such file; check the path") from None
    with lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield number, _object(path, number, line)


def _object(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError as fault:
        raise DataError(f"{path}:{number}: not JSON ({fault}); one object a line is expected") from None
    if not isinstance(value, dict):
        raise DataError(f"{path}:{number}: {type(value).__name__} found; an object is expected")
    return value


def dump_line(value: dict[str, Any]) -> str:
    """One JSON object as one line, keys as given, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


@contextmanager
def atomic(path: Path) -> Iterator[IO[str]]:
    """A UTF-8 text file that appears whole or not at all, with LF line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    with draft.open("w", encoding="utf-8", newline="\n") as out:
        yield out
    draft.replace(path)
