"""The lines of a report and what each one is: furniture, title, heading, prose, signature.

A text copied without line ends is cut before its heading marks (…。一、…。（二）…).
Works on folded text (see kg.text.clean); offsets are those of the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache, lru_cache

from kg.text.clean import fold
from kg.text.headings import heading
from kg.text.lexicon import any_of, expression, words

__all__ = ["Kind", "Line", "laid_out", "layout"]


class Kind(Enum):
    """What a line does in the report."""

    RESIDUE = "residue"
    TITLE = "title"
    HEADING = "heading"
    PROSE = "prose"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Line:
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
    r"(?<=[。！？；])\s*(?=[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十]?[级是类线甲乙]))"
    r"|(?<=[。！？；\s])\s*(?=\([一二三四五六七八九十]{1,3}\))"
    r"|\s{2,}|\s(?=[一二三四五六七八九十]{1,3}、)"
)
# in a text that lost its line ends also "总结 发布时间" and "3月 来源", but not "3 月"
_GAP = re.compile(
    r"(?<=[\u4e00-\u9fff。！？；)”])\s(?=[\u4e00-\u9fff(“【0-9])|(?<=[0-9])\s(?=[\u4e00-\u9fff]{2}[^0-9]?[^0-9]?：)"
)
_STACKED = re.compile(r"[一二三四五六七八九十]{1,3}、[^。；]{2,40}?(?=\(一\))")  # 一、工作情况（一）医改
_LONG = 160
_END = re.compile(r"[。！？；]$")
_DATE = re.compile(
    r"[(]?(?:[0-9]{4}|二[〇零][一二三四五六七八九〇零]{2})年(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?:(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})日)?[)]?"
)
_ISSUER = re.compile(
    r"[^。，；：！？\s]{2,30}(?:局|委员会|委|办公室|政府|中心|医院|领导小组|指挥部|协会|管委会|卫健办|卫生院)(?:办公室)?"
)
_SUPPLIED = re.compile(r"\(.{2,30}(?:供稿|撰稿|整理|责编|编辑部|供图)\)")
_SALUTATION = re.compile(r"[^。；！？]{2,60}：")
_ADDRESSED = re.compile(
    r"^(?:各|尊敬的)|(?:政府|委员会|[市省州县区]委|健委|局|单位|办公室|领导|代表|同志|中心|医院|部门|组)：$"
)
_CRUMBS = re.compile(r"(?:首页|主页).{0,3}(?:>|»|/|-)|[^>]{2,12}(?:\s*>+\s*[^>]{2,14}){2,}$")
_DOC_NUMBER = re.compile(r"\S{2,14}[〔\[【(][12][0-9]{3}[〕\]】)]\s*第?\s*[0-9]{1,4}\s*号")
_RULE = re.compile(r"[\W_]+")
_LIST = re.compile(r"目\s*[录次]$|附件(?:[一二三0-9]{0,2}：|$)")
_ENTRY = re.compile(r"[0-9(（第一二三四五六七八九十][^。；]{0,60}$")
_BY_NUMBER = re.compile(r"[=\-*#\s]*第\s*[0-9一二三四五六七八九十]+\s*[篇期号]\s*[=\-*#\s]*")


@cache
def _residue() -> re.Pattern[str]:
    """A line of metadata or buttons, as one expression."""
    key = any_of(words("residue", "keys"))
    word = any_of(words("residue", "words"))
    return re.compile(
        rf"[\[【(]?\s*{key}\s*[\])】]?\s*："  # 发布时间：2024-01-05
        rf"|(?:[\W_]*{word}[\W_]*)+$"  # 【打印】【关闭】
        rf"|[^。]*{any_of(words('residue', 'wordings'))}[^。]*$"
    )


@cache
def _title() -> re.Pattern[str]:
    """A line that reads as the title of a report: …工作总结及…计划(摘要)."""
    return re.compile(rf"[^。；！？]*{any_of(words('kinds', 'title_ends'))}\s*(?:\([^()]{{1,16}}\)\s*)?$")


@lru_cache(maxsize=4)
def laid_out(text: str) -> tuple[str, list[Line]]:
    """The folded text and its lines; remembered, as reading and splitting both ask for it."""
    folded = fold(text)
    return folded, layout(folded)


def layout(folded: str) -> list[Line]:
    """All non-blank lines of a folded text, in order, each with its kind."""
    lines = list(_lines(folded))
    lines = _contents(folded, [_furniture(folded, line) for line in lines])
    lines = _inner_titles(folded, _signed(folded, _titled(folded, lines)))
    return [_headed(folded, lines, i) for i in range(len(lines))]


def _lines(text: str) -> Iterator[Line]:
    flat = text.strip().count("\n") < len(text) / 1500
    for match in _LINE.finditer(text):
        start, end = match.start(), match.start() + len(match[0].rstrip())
        if end - start > _LONG:
            cuts = {m.start(): m.end() for m in _CUT.finditer(text, start, end)}
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


def _furniture(text: str, line: Line) -> Line:
    """Metadata, buttons, breadcrumbs, rules and file numbers are residue."""
    size = line.end - line.start
    if size > _LONG:
        return line
    words_ = text[line.start : line.end]
    if (
        _residue().match(words_)
        or (size < 80 and _CRUMBS.match(words_))
        or _RULE.fullmatch(words_)
        or _DOC_NUMBER.fullmatch(words_)
        or _BY_NUMBER.fullmatch(words_)
        or _SUPPLIED.fullmatch(words_)
    ):
        return replace(line, kind=Kind.RESIDUE)
    return line


def _contents(text: str, lines: list[Line]) -> list[Line]:
    """The numbered lines below 目录 or 附件 are furniture."""
    out, inside = list(lines), False
    for i, line in enumerate(lines):
        words_ = text[line.start : line.end]
        inside = bool(_LIST.match(words_) or (inside and _ENTRY.match(words_)))
        if inside:
            out[i] = replace(line, kind=Kind.RESIDUE)
    return out


def _titled(text: str, lines: list[Line]) -> list[Line]:
    """Find the title; what stands before it is furniture, as is the salutation after it."""
    first, last = _title_span(text, lines)
    out = list(lines)
    for i in range(last + 1):
        out[i] = replace(lines[i], kind=Kind.TITLE if i >= first else Kind.RESIDUE)
    for i in range(last + 1, min(last + 8, len(out))):
        line = out[i]
        if line.kind is Kind.PROSE:
            words_ = text[line.start : line.end]
            if _DATE.fullmatch(words_) or (_SALUTATION.fullmatch(words_) and _ADDRESSED.search(words_)):
                out[i] = replace(line, kind=Kind.RESIDUE)
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
        bracketed = words_[0] in "(—" and len(words_) <= 30 and not _DATE.fullmatch(words_)
        if joined and (bracketed or (len(words_) <= 40 and _title().match(words_) and not heading(words_))):
            last = after
    return first, last


def _continues(text: str, before: Line, line: Line) -> bool:
    """Whether two adjacent lines are one title broken in two."""
    words_, above = text[line.start : line.end], text[before.start : before.end]
    if text.count("\n", before.end, line.start) != 1 or len(above) > 40 or _title().match(above):
        return False
    return words_.startswith("关于") or above.startswith("关于") or len(words_) < 12


def _inner_titles(text: str, lines: list[Line]) -> list[Line]:
    """Titles of further reports: year, issuer and kind in a line, or a title after a signature."""
    out = list(lines)
    above = Kind.RESIDUE
    for i, line in enumerate(lines):
        if line.kind is Kind.PROSE and above is not Kind.RESIDUE and 6 <= line.end - line.start <= 60:
            words_ = text[line.start : line.end]
            form = _title() if above is Kind.SIGNATURE else _issued()
            if form.match(words_) and not heading(words_):
                out[i] = replace(line, kind=Kind.TITLE)
        if line.kind is not Kind.RESIDUE or above is Kind.RESIDUE:
            above = out[i].kind
    return out


@cache
def _issued() -> re.Pattern[str]:
    ends = any_of(words("kinds", "title_ends"))
    return re.compile(
        rf"[^。，；！？：]*(?:局|委员会|健委|医院|中心|政府)[^。，；！？：]*年[^。，；！？：]*{ends}(?:\([^()]*\))?$"
    )


def _signed(text: str, lines: list[Line]) -> list[Line]:
    """Mark issuer and date lines: those that close the text, and a date after an issuer anywhere."""
    out = list(lines)
    after: Kind | None = None
    for i in range(len(out) - 1, -1, -1):
        line = out[i]
        if line.kind is Kind.PROSE:
            words_ = text[line.start : line.end]
            dated = len(words_) <= 20 and _DATE.fullmatch(words_)
            issued = len(words_) <= 40 and _ISSUER.fullmatch(words_) and not heading(words_)
            above = text[out[i - 1].start : out[i - 1].end] if i else ""
            closes = after in (None, Kind.SIGNATURE) and (dated or issued)
            if closes or (dated and len(above) <= 40 and _ISSUER.fullmatch(above)):
                out[i] = line = replace(line, kind=Kind.SIGNATURE)
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
        return replace(line, kind=kind, level=found.level, head=line.start + found.end, inline=found.inline)
    following = next((x for x in lines[i + 1 : i + 3] if x.kind is Kind.PROSE), None)
    if not found and following and _bare(words_) and following.end - following.start > len(words_):
        return replace(line, kind=Kind.HEADING, level=1, head=line.end)
    return line


def _nothing_below(text: str, lines: list[Line], i: int, level: int) -> bool:
    """Whether a numbered line has no text of its own below it: then it is a list item."""
    below = next((x for x in lines[i + 1 :] if x.kind is not Kind.RESIDUE), None)
    if below is None or below.kind is not Kind.PROSE:
        return True
    found = heading(text[below.start : below.end])
    return found is not None and found.level <= level


_BARE = re.compile(r"[\u3400-\u9fffA-Za-z“”0-9+、()—\-]{2,22}：?")


def _bare(words_: str) -> bool:
    """A heading without a mark: 工作回顾, 余杭区, 存在的主要问题."""
    return bool(_BARE.fullmatch(words_)) and not expression("residue", "wordings").search(words_)
