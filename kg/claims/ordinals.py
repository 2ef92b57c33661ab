"""Ordinals that share region and ending: 大庆市第一、第三人民医院, 附属第一、附属第五医院."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.claims.find import Found
from kg.claims.tokens import Name

__all__ = ["by_ordinals", "runs_on"]

_NTH = "第[一二三四五六七八九十]{1,3}"
_EACH = re.compile(_NTH)
_RUN = re.compile(rf"(?:(?:附属)?{_NTH}[、和及])+(?:附属)?{_NTH}")
_RUN_ON = re.compile(rf"{_NTH}[、和及](?:附属)?第")
_FIRST = re.compile(rf"(?:附属)?{_NTH}")
_BEFORE = re.compile(rf"((?:附属)?{_NTH})[、和及]\Z")


def by_ordinals(text: str, found: Sequence[Found]) -> list[Found]:
    """The names that ordinals stand for besides those found."""
    names = [f.name for f in found if f.name]
    return [*(x for name in names for x in _in_one(text, name)), *(x for name in names for x in _before(text, name))]


def runs_on(name: Name) -> bool:
    """Whether a name holds several ordinals and so is several names: 第一、第三人民医院."""
    return any(sign in name.rest[:12] for sign in "、和及") and bool(_RUN_ON.search(name.rest))


def _in_one(text: str, name: Name) -> Iterator[Found]:
    """One name an ordinal, where they were read as one."""
    run, written = _RUN.match(name.rest), _RUN.search(text, name.start, name.end)
    if run is None or written is None:
        return
    lead = "附属" if run.group().startswith("附属") else ""
    for ordinal in _EACH.finditer(text, written.start(), written.end()):
        rest = lead + ordinal.group() + name.rest[run.end() :]
        begin = ordinal.start() - 2 if text.endswith("附属", 0, ordinal.start()) else ordinal.start()
        start = name.start if begin <= written.start() else begin
        end = name.end if ordinal.end() == written.end() else ordinal.end()
        yield Found(start, end, name=name._replace(start=start, end=end, rest=rest))


def _before(text: str, name: Name) -> Iterator[Found]:
    """The ordinal left of a name: 市第一、第二人民医院."""
    ordinal = _FIRST.match(name.rest)
    if not ordinal:
        return
    at = text.find(ordinal.group(), name.start, name.end)
    start = at if at > name.start else name.start
    before = _BEFORE.search(text[max(0, start - 9) : start])
    if before:
        rest = name.rest.replace(ordinal.group(), before[1], 1)
        begin = start - len(before.group())
        yield Found(begin, start - 1, name=name._replace(start=begin, end=start - 1, rest=rest))
