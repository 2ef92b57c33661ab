"""The lines of a report and what each one is: furniture, title, heading, prose, signature.

Works on folded text (see kg.text.clean); offsets are those of the report.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.text.clean import fold
from kg.text.cut import Kind, Line, cut
from kg.text.furniture import furnished
from kg.text.headings import heading
from kg.text.titles import DATE, titled, titled_within

__all__ = ["laid_out", "layout"]

_ISSUER = re.compile(
    r"[^。，；：！？\s]{2,30}(?:局|委员会|委|办公室|政府|中心|医院|领导小组|指挥部|协会|管委会|卫健办|卫生院)(?:办公室)?"
)
# 工作回顾, 余杭区, 存在的主要问题, 甲县：推进医共体
_BARE = re.compile(r"[\u3400-\u9fffA-Za-z“”0-9+、()—\-]{2,22}(?:：[\u3400-\u9fffA-Za-z“”0-9+、()—\-]{2,22})?：?")


@lru_cache(maxsize=4)
def laid_out(text: str) -> tuple[str, list[Line]]:
    """The folded text and its lines; remembered, as reading and splitting both ask for it."""
    folded = fold(text)
    return folded, layout(folded)


def layout(folded: str) -> list[Line]:
    """All non-blank lines of a folded text, in order, each with its kind."""
    lines = titled(folded, furnished(folded, list(cut(folded))))
    lines = titled_within(folded, _signed(folded, lines))
    return [_headed(folded, lines, i) for i in range(len(lines))]


def _signed(text: str, lines: list[Line]) -> list[Line]:
    """Mark issuer and date lines: those that close the text, and a date after an issuer anywhere."""
    out = list(lines)
    after: Kind | None = None
    for i in range(len(out) - 1, -1, -1):
        line = out[i]
        if line.kind is Kind.PROSE:
            words_ = text[line.start : line.end]
            dated = len(words_) <= 20 and DATE.fullmatch(words_)
            issued = len(words_) <= 40 and _ISSUER.fullmatch(words_) and not heading(words_)
            above = text[out[i - 1].start : out[i - 1].end] if i else ""
            closes = after in (None, Kind.SIGNATURE) and (dated or issued)
            if closes or (dated and len(above) <= 40 and _ISSUER.fullmatch(above)):
                out[i] = line = line._replace(kind=Kind.SIGNATURE)
        after = after if line.kind is Kind.RESIDUE else line.kind
    return out


def _headed(text: str, lines: list[Line], i: int) -> Line:
    """The line with its heading, if it has one: marked, or bare before longer text."""
    line = lines[i]
    if line.kind is not Kind.PROSE:
        return line
    words_ = text[line.start : line.end]
    found = heading(words_)
    if found and not (found.lone and _nothing_below(text, lines, i, found.level)):
        whole = found.end == len(words_)
        kind = Kind.HEADING if whole else Kind.PROSE
        return line._replace(kind=kind, level=found.level, head=line.start + found.end, inline=found.inline)
    following = next((x for x in lines[i + 1 : i + 3] if x.kind is Kind.PROSE), None)
    if not found and following and _BARE.fullmatch(words_) and following.end - following.start > len(words_):
        return line._replace(kind=Kind.HEADING, level=1, head=line.end)
    return line


def _nothing_below(text: str, lines: list[Line], i: int, level: int) -> bool:
    """Whether a numbered line has no text of its own below it: then it is a list item."""
    below = next((lines[j] for j in range(i + 1, len(lines)) if lines[j].kind is not Kind.RESIDUE), None)
    if below is None or below.kind is not Kind.PROSE:
        return True
    found = heading(text[below.start : below.end])
    return found is not None and found.level <= level
