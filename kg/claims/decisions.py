"""The curation table as data: read, checked, and its splits settled.

A table of decisions outlives many builds, so a row that cannot be understood
is an error with its line, and a row that can have no effect is a Problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import DataError
from kg.files import package_path, read_tsv
from kg.model import Entity, EntityType, Problem, Status

__all__ = ["ACTIONS", "COLUMNS", "Curation", "Row", "decide", "read_curation"]

COLUMNS = ["action", "target", "value", "reason", "who"]
ACTIONS = frozenset({"accept", "add-alias", "merge", "reject", "rename", "retype", "split"})
_TARGET = re.compile(r"(claim|observation|org|region|local-program)/.+")
_ENTITY = re.compile(r"(org|region|program|local-program)/.+")
_DERIVED = re.compile(r"(?:org|local-program)/[0-9]{6,12}-(.+)")
_NAMES_KEPT_IN_SEEDS = frozenset({"add-alias", "rename", "retype"})


@dataclass(frozen=True, slots=True)
class Row:
    """One decision and the line of the table it stands in."""

    line: int
    action: str
    target: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Curation:
    """Decisions in force, the entities that merges lead to, and rows that cannot have any effect."""

    path: Path
    rows: tuple[Row, ...] = ()
    known: Mapping[str, Entity] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_curation(path: Path, seeds: Path | None = None) -> Curation:
    """The decisions of a table.

    ``seeds`` is the folder of the seed tables, by default the package's.
    Raises DataError with file and line for a row that cannot be understood.
    """
    table = read_tsv(path)
    lines = _line_numbers(path)
    rows = [_row(path, line, cells) for line, cells in zip(lines, table, strict=True)]
    return decide(path, rows, _seeded(seeds or package_path("seeds")) if rows else {})


def _line_numbers(path: Path) -> list[int]:
    """Where the rows stand: ``read_tsv`` passes over notes and empty lines."""
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    return [n for n, line in enumerate(lines, 1) if line and not line.startswith("#")][1:]


def _row(path: Path, line: int, cells: Mapping[str, str]) -> Row:
    try:
        row = Row(line, cells["action"].strip(), cells["target"].strip(), cells["value"].strip())
    except KeyError as fault:
        raise DataError(f"{path}: column {fault} is missing; the header is {' '.join(COLUMNS)}") from None
    if fault_found := _fault(row) or _value_fault(row):
        raise DataError(f"{path}:{line}: {fault_found}")
    return row


def _fault(row: Row) -> str:
    """What is wrong with a row and what to do, or nothing."""
    if row.action not in ACTIONS:
        return f"action {row.action!r} is none of {', '.join(sorted(ACTIONS))}; correct it"
    if not _TARGET.fullmatch(row.target):
        return f"target {row.target!r} is no identifier; copy it from claims.jsonl or 'kg explain', like org/330481-…"
    stated = row.target.startswith(("claim/", "observation/"))
    if stated and row.action not in {"accept", "reject"}:
        return f"{row.action} is for entities; {row.target} can be accepted or rejected"
    return ""


def _value_fault(row: Row) -> str:
    stated = row.target.startswith(("claim/", "observation/"))
    if row.action == "accept" and row.value and (not stated or row.value not in {s.value for s in Status}):
        return f"value {row.value!r}: leave it empty, or give a claim's status ({', '.join(s.value for s in Status)})"
    if row.action == "retype" and row.value not in {t.value for t in EntityType}:
        return f"value {row.value!r} is none of {', '.join(t.value for t in EntityType)}"
    if row.action in {"add-alias", "rename"} and not row.value:
        return f"{row.action} needs a name in the column value"
    if row.action == "merge" and (not _ENTITY.fullmatch(row.value) or row.value == row.target):
        return f"merge needs another entity's identifier in the column value, not {row.value!r}"
    return ""


def decide(path: Path, rows: Iterable[Row], seeded: Mapping[str, Entity]) -> Curation:
    """Rows in force: splits cancel the merges before them, rows without possible effect are Problems."""
    force: list[Row] = []
    problems: list[Problem] = []
    for row in rows:
        what = _split(row, force) if row.action == "split" else _no_effect(row, seeded)
        if what:
            problems.append(Problem(f"{path.name}:{row.line}", "curation", what[0], what[1]))
        elif row.action != "split":
            force.append(row)
    known = {r.value: _entity(r.value, seeded) for r in force if r.action == "merge"}
    return Curation(path, tuple(force), {k: e for k, e in known.items() if e}, tuple(problems))


def _split(row: Row, force: list[Row]) -> tuple[str, str] | None:
    """Take back the merges into the target; says why where there is none."""
    undone = [r for r in force if r.action == "merge" and r.value == row.target and row.value in {"", r.target}]
    if not undone:
        what = f"split {row.target}: 本行之前没有并入它的实体 / nothing was merged into it above this line"
        return what, "请填写被并入的实体或删去该行 / name the entity that was merged into, or take the row out"
    for merge in undone:
        force.remove(merge)
    return None


def _no_effect(row: Row, seeded: Mapping[str, Entity]) -> tuple[str, str] | None:
    if row.action in _NAMES_KEPT_IN_SEEDS and row.target in seeded:
        what = f"{row.action} {row.target}: 其名称和类来自基础表 / its names and class come from the seed tables"
        return what, "请改 seeds 中的表并删去该行 / change the table in seeds/ instead, and take the row out"
    if row.action == "merge" and _entity(row.value, seeded) is None:
        why = "不在基础表中，也不是“区划代码-名称” / not in the seed tables, no region code and name"
        what = f"merge into {row.value}: {why}"
        return what, "请改正 value 或补充基础表 / correct the value, or add the entity to the seed tables"
    return None


def _entity(name: str, seeded: Mapping[str, Entity]) -> Entity | None:
    """The entity that an identifier stands for: seeded, or made of its region code and name."""
    if name in seeded:
        return seeded[name]
    found = _DERIVED.fullmatch(name)
    if not found:
        return None
    kind = EntityType.LOCAL_PROGRAM if name.startswith("local-") else EntityType.ORGANIZATION
    code = name.removeprefix("local-program/").removeprefix("org/").partition("-")[0]
    return Entity(name, kind, found[1], parent=f"region/{code}")


def _seeded(folder: Path) -> dict[str, Entity]:
    """Programmes, organisations and regions of the seed tables by identifier."""
    found: dict[str, Entity] = {}
    for row in read_tsv(folder / "programs.tsv"):
        name = "program/" + row["id"]
        found[name] = Entity(name, EntityType.PROGRAM, row["prefLabel_zh"], source="seed")
    for row in read_tsv(folder / "organisations.tsv"):
        name = "org/" + row["key"]
        parent = f"region/{row['region']}" if row["region"] else ""
        found[name] = Entity(name, EntityType(row["type"]), row["name"], parent=parent, source="seed")
    for row in read_tsv(folder / "regions.tsv"):
        name = "region/" + row["code"]
        parent = f"region/{row['parent']}" if row["parent"] else ""
        found[name] = Entity(
            name, EntityType.REGION, row["name"], parent=parent, level=row["level"], source="seed"
        )  # fmt: skip
    return found
