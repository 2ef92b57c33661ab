"""The wording lists of kg/data/lexicon as compiled expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from kg.errors import DataError
from kg.files import package_path, read_yaml

__all__ = ["any_of", "expression", "words"]


@cache
def _table(name: str) -> dict[str, Any]:
    path = package_path("data") / "lexicon" / f"{name}.yaml"
    table = read_yaml(path)
    if not isinstance(table, dict):
        raise DataError(f"{path}:1: a mapping from list names to words is expected; see the file's own notes")
    return table


@cache
def words(name: str, key: str) -> tuple[str, ...]:
    """One list of a lexicon file, in the file's order.

    >>> "总结" in words("kinds", "Summary")
    True
    """
    found = _table(name).get(key)
    if not isinstance(found, list) or not all(found):
        raise DataError(f"{package_path('data') / 'lexicon' / name}.yaml:1: the list {key!r} is missing; add it")
    return tuple(map(str, found))


def any_of(terms: Iterable[str]) -> str:
    """An alternation of literal terms, the longest first, as a pattern.

    >>> any_of(["计划", "工作计划"])
    '(?:工作计划|计划)'
    """
    return f"(?:{'|'.join(map(re.escape, sorted(set(terms), key=lambda t: (-len(t), t))))})"


@cache
def expression(name: str, key: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """A list of a lexicon file as one expression between two patterns."""
    return re.compile(before + any_of(words(name, key)) + after)
