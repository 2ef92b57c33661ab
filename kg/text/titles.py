"""The title of a report, of the reports of a collection, and the salutation below it."""

from __future__ import annotations

import re
from functools import cache

from kg.text.cut import Kind, Line
from kg.text.headings import heading
from kg.text.lexicon import any_of, words

__all__ = ["DATE", "titled", "titled_within"]

_END = re.compile(r"[。！？；]$")
DATE = re.compile(
    r"[(]?(?:[0-9]{4}|二[〇零][一二三四五六七八九〇零]{2})\s*年\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*月"
    r"(?:\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*日)?[)]?"
)
_SALUTATION = re.compile(r"[^。；！？]{2,60}：")
_ADDRESSED = re.compile(
    r"^(?:各|尊敬的|同志们|女士们|大家好)|(?:政府|委员会|[市省州县区]委|健委|局|单位|办公室|领导|代表|同志|中心|医院|部门|组)：$"
)


@cache
def _title() -> re.Pattern[str]:
    """A line that reads as the title of a report: …工作总结及…计划(摘要)."""
    return re.compile(rf"[^。；！？]*{any_of(words('kinds', 'title_ends'))}\s*(?:\([^()]{{1,16}}\)\s*)?$")


def titled(text: str, lines: list[Line]) -> list[Line]:
    """Find the title; what stands before it is furniture, as is the salutation after it."""
    first, last = _title_span(text, lines)
    out = list(lines)
    for i in range(last + 1):
        out[i] = lines[i]._replace(kind=Kind.TITLE if i >= first else Kind.RESIDUE)
    for i in range(last + 1, min(last + 8, len(out))):
        line = out[i]
        if line.kind is Kind.PROSE:
            words_ = text[line.start : line.end]
            if DATE.fullmatch(words_) or (_SALUTATION.fullmatch(words_) and _ADDRESSED.search(words_)):
                out[i] = line._replace(kind=Kind.RESIDUE)
            elif _END.search(words_):
                break
    return out


def _title_span(text: str, lines: list[Line]) -> tuple[int, int]:
    """First and last index of the title's lines; (0, -1) when there is none."""
    head = [i for i, line in enumerate(lines[:40]) if line.kind is Kind.PROSE]
    for place, i in enumerate(head):
        words_ = text[lines[i].start : lines[i].end]
        if _END.search(words_) or len(words_) > 90 or heading(words_):
            break
        if _title().match(words_):
            return _grown(text, lines, head, place)
    if head and not _END.search(text[: lines[head[0]].end]) and lines[head[0]].end - lines[head[0]].start <= 60:
        words_ = text[lines[head[0]].start : lines[head[0]].end]
        if not heading(words_) and not words_.endswith("："):
            return head[0], head[0]
    return 0, -1


def _grown(text: str, lines: list[Line], head: list[int], place: int) -> tuple[int, int]:
    """Add the issuer's line before "关于…" and a bracketed line after the title."""
    first = last = head[place]
    while place > 0 and head[place - 1] == first - 1 and _continues(text, lines[first - 1], lines[first]):
        first -= 1
        place -= 1
    after = last + 1
    if after < len(lines) and lines[after].kind is Kind.PROSE:
        words_ = text[lines[after].start : lines[after].end]
        joined = text.count("\n", lines[last].end, lines[after].start) == 1
        bracketed = words_[0] in "(—" and len(words_) <= 30 and not DATE.fullmatch(words_)
        if joined and (bracketed or (len(words_) <= 40 and _title().match(words_) and not heading(words_))):
            last = after
    return first, last


def _continues(text: str, before: Line, line: Line) -> bool:
    """Whether two adjacent lines are one title broken in two."""
    words_, above = text[line.start : line.end], text[before.start : before.end]
    if text.count("\n", before.end, line.start) != 1 or len(above) > 40 or _title().match(above):
        return False
    return words_.startswith("关于") or above.startswith("关于") or len(words_) < 12


def titled_within(text: str, lines: list[Line]) -> list[Line]:
    """Titles of further reports: year, issuer and kind in a line, or a title after a signature."""
    out = list(lines)
    above = Kind.RESIDUE
    for i, line in enumerate(lines):
        if line.kind is Kind.PROSE and above is not Kind.RESIDUE and 6 <= line.end - line.start <= 60:
            words_ = text[line.start : line.end]
            form = _title() if above is Kind.SIGNATURE else _issued()
            if form.match(words_) and not heading(words_):
                out[i] = line._replace(kind=Kind.TITLE)
        if line.kind is not Kind.RESIDUE or above is Kind.RESIDUE:
            above = out[i].kind
    return out


@cache
def _issued() -> re.Pattern[str]:
    ends = any_of(words("kinds", "title_ends"))
    return re.compile(
        rf"[^。，；！？：]*(?:局|委员会|健委|医院|中心|政府)[^。，；！？：]*年[^。，；！？：]*{ends}(?:\([^()]*\))?$"
    )
