"""A folded text becomes lines; where the line ends are lost, headings and wide gaps make them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

__all__ = ["LONG", "Kind", "Line", "cut"]

LONG = 160  # no title, heading or furniture is longer


class Kind(Enum):
    """What a line does in the report."""

    RESIDUE = "residue"
    TITLE = "title"
    HEADING = "heading"
    PROSE = "prose"
    SIGNATURE = "signature"


class Line(NamedTuple):
    """A stripped stretch ``[start, end)`` of the text.

    ``level`` is the depth of its heading (0 outermost, -1 none); the heading
    reaches to ``head``, and stands alone as a sentence unless ``inline``.
    """

    start: int
    end: int
    kind: Kind = Kind.PROSE
    level: int = -1
    head: int = 0
    inline: bool = False


_LINE = re.compile(r"[^\s][^\r\n]*")
# inside a long line "。一、", "。（二）" or a wide gap begins a new one; not "。一、二级医院"
_CUT = re.compile(
    r"[。！？；\s](?:\s*(?=[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十]?[级是类线甲乙])"
    r"|\([一二三四五六七八九十]{1,3}\))|(?<=\s)\s+)"
)
# in a text that lost its line ends also "总结 发布时间" and "3月 来源", but not "3 月"
_GAP = re.compile(
    r"(?<=[\u4e00-\u9fff。！？；)”])\s(?=[\u4e00-\u9fff(“【0-9])|(?<=[0-9])\s(?=[\u4e00-\u9fff]{2}[^0-9]?[^0-9]?：)"
)
_ENDS = "。！？；"
_STACKED = re.compile(r"[一二三四五六七八九十]{1,3}、[^。；]{2,40}?(?=\(一\))")  # 一、工作情况（一）医改


def cut(text: str) -> Iterator[Line]:
    """The non-blank lines of a folded text, stripped, all as prose.

    >>> [(x.start, x.end) for x in cut(" 一、医改\\n\\n 略。")]
    [(1, 5), (8, 10)]
    """
    flat = text.strip().count("\n") < len(text) / 1500
    for match in _LINE.finditer(text):
        start, end = match.start(), match.start() + len(match[0].rstrip())
        if flat or end - start > LONG:
            cuts = {m.start() + (m[0][0] in _ENDS): m.end() for m in _CUT.finditer(text, start, end)}
            if flat:
                cuts |= {m.start(): m.end() for m in _GAP.finditer(text, start, end)}
            for at in sorted(cuts):
                if at > start:
                    yield from _unstacked(text, start, at)
                start = max(start, cuts[at])
        if end > start:
            yield from _unstacked(text, start, end)


def _unstacked(text: str, start: int, end: int) -> Iterator[Line]:
    """One line, or two where a heading runs straight into its first subheading."""
    stacked = _STACKED.match(text, start, end)
    if stacked:
        yield Line(start, stacked.end())
        start = stacked.end()
    yield Line(start, end)
