"""All measures by name, as plain tables for ``kg recur`` and the tests.

>>> from kg.views.facts import gather
>>> table("coverage", gather([], regions={}, concepts={})).rows
[(0, 0, 0, 0, None, None)]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, fields
from typing import Any

from kg.errors import UsageError
from kg.views import alike, hubs, partners, recur
from kg.views.facts import Facts

__all__ = ["MEASURES", "Table", "table"]


@dataclass(frozen=True)
class Table:
    """Column names and rows; a cell is a number, a text, None, or a tuple of such."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


_Measure = tuple[type, Callable[[Facts], list[Any]]]

MEASURES: Mapping[str, _Measure] = {
    "coverage": (recur.Coverage, lambda facts: [recur.coverage(facts)]),
    "matrix": (recur.Cell, recur.cells),
    "programmes": (recur.Programme, recur.programmes),
    "diffusion": (recur.Step, recur.diffusion),
    "partners": (partners.Partner, partners.partners),
    "alike": (alike.Alike, alike.alike),
    "together": (alike.Together, alike.together),
    "hubs": (hubs.Hub, hubs.hubs),
}


def table(name: str, facts: Facts) -> Table:
    """The rows of one measure; UsageError for a name that is none of ``MEASURES``."""
    if name not in MEASURES:
        raise UsageError(f"{name!r} is no measure; choose one of {', '.join(MEASURES)}")
    kind, compute = MEASURES[name]
    return Table(tuple(f.name for f in fields(kind)), [_flat(row) for row in compute(facts)])


def _flat(row: Any) -> tuple[Any, ...]:
    """A row as plain values (an enum's value instead of the enum)."""
    return tuple(getattr(cell, "value", cell) for cell in astuple(row))


def cell_text(cell: Any) -> str:
    """A cell as one text for tables and CSV; tuples are joined.

    >>> cell_text((("county", 3), ("prefecture", 1))), cell_text(None)
    ('county=3; prefecture=1', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        pair = len(cell) == 2 and isinstance(cell[0], str) and isinstance(cell[1], int)
        return f"{cell[0]}={cell[1]}" if pair else "; ".join(map(cell_text, cell))
    return str(cell)
