"""What a report says of itself: title, year reported on, half-year, kinds, publication date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from kg.model import ReportKind, Role
from kg.text.cut import Kind, Line
from kg.text.lexicon import any_of, expression, words
from kg.text.roles import role_of

__all__ = ["Head", "describe", "kinds_of", "year_of"]

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_YEAR = re.compile(r"(?<![0-9])(20[0-3][0-9])(?=\s*年|[—\-~至]20[0-9]{2}年)|(二[〇零][一二三四五六七八九〇零]{2})年")
_HALF = re.compile(r"([上下])半年")
_DATE = re.compile(
    r"(?<![0-9])(20[0-9]{2}|二[〇零][一二三四五六七八九〇零]{2})\s*[-年/.]\s*([0-9]{1,2}|[一二三四五六七八九十]{1,2})"
    r"\s*(?:[-月/.]\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})?|月)"
)
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")  # 工 作 简 报
_PUBLISHED = re.compile(r"(?:发布|公开|更新|成文|印发|发文|生成)(?:时间|日期)\s*：?\s*|(?:^|\s)(?:时间|日期)：\s*")


_OPENING = 60  # characters


@dataclass(frozen=True, slots=True)
class Head:
    """Title and dates of a report; ``published`` is an ISO date or empty."""

    title: str = ""
    year: int | None = None
    half: int | None = None
    kinds: tuple[ReportKind, ...] = ()
    published: str = ""


def describe(text: str, folded: str, lines: Sequence[Line]) -> Head:
    """Read the head of a report from its lines."""
    titles = [i for i, line in enumerate(lines) if line.kind is Kind.TITLE]
    first = [
        line for i, line in zip(titles, (lines[i] for i in titles), strict=True) if i - titles[0] == titles.index(i)
    ]
    title = " ".join(text[line.start : line.end].strip() for line in first)
    plain = _SPACED.sub("", "".join(folded[line.start : line.end] for line in first))
    year, month, day = _published(folded, lines)
    if not titles:  # a title that ran into the first paragraph still tells kind and year
        plain = next((folded[x.start : x.end][:_OPENING] for x in lines if x.kind is Kind.PROSE), "")
    kinds = kinds_of(plain)
    half = _HALF.search(plain)
    return Head(
        title=title,
        year=year_of(plain) or _heading_year(folded, lines) or _reported(year, month, kinds),
        half=(1 if half[1] == "上" else 2) if half else None,
        kinds=kinds,
        published=_iso(year, month, day),
    )


def year_of(title: str) -> int | None:
    """The earliest year a title names: 2024年工作总结和2025年工作计划 reports on 2024.

    >>> year_of("二〇二四年工作要点")
    2024
    """
    years = [int((a or b).translate(_DIGITS)) for a, b in _YEAR.findall(title)]
    return min(years) if years else None


def kinds_of(title: str) -> tuple[ReportKind, ...]:
    """The kinds a title names, in its order.

    >>> [k.value for k in kinds_of("番禺区卫生健康局2024年工作总结及2025年工作计划")]
    ['Summary', 'Plan']
    """
    title = expression("kinds", "not_a_kind").sub(lambda m: " " * len(m[0]), title)
    found = [(m.end(), ReportKind[str(m.lastgroup)]) for m in _kinds().finditer(title)]
    return tuple(dict.fromkeys(kind for _, kind in found))


@cache
def _kinds() -> re.Pattern[str]:
    names = {
        "SUMMARY": "Summary",
        "SCHEME": "Scheme",
        "PLAN": "Plan",
        "KEY_POINTS": "KeyPoints",
        "BULLETIN": "Bulletin",
    }
    return re.compile("|".join(f"(?P<{name}>{any_of(words('kinds', key))})" for name, key in names.items()))


def _heading_year(folded: str, lines: Sequence[Line]) -> int | None:
    """The year of the first heading that names one: 一、2024年工作回顾."""
    for line in lines:
        head = folded[line.start : line.head] if line.level in (0, 1, 2) else ""
        year = re.search(r"(20[0-3][0-9])年(?!以|前|[0-9]+月)", head)
        if year and role_of(head, None) is Role.REVIEW:
            return int(year[1])
    return None


def _published(folded: str, lines: Sequence[Line]) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of publication: from the metadata, else from the signature."""
    for kind in (Kind.RESIDUE, Kind.SIGNATURE):
        for line in lines:
            if line.kind is kind:
                words_ = folded[line.start : line.end]
                mark = _PUBLISHED.search(words_)
                found = _DATE.match(words_, mark.end()) if mark else None
                found = found or (_DATE.search(words_) if "：" not in words_ else None)
                if found:
                    return _number(found[1]), _number(found[2]), _number(found[3])
    return None, None, None


def _number(digits: str | None) -> int | None:
    """12, 十二, 二十一 or 二〇二五 as a number."""
    if not digits:
        return None
    if "十" in digits:
        tens, _, ones = digits.partition("十")
        return int((tens or "一").translate(_DIGITS)) * 10 + int((ones or "零").translate(_DIGITS))
    return int(digits.translate(_DIGITS))


def _iso(year: int | None, month: int | None, day: int | None) -> str:
    try:
        return date(year, month, day).isoformat() if year and month and day else ""
    except ValueError:  # 2024-13-45 in the metadata is no date
        return ""


def _reported(year: int | None, month: int | None, kinds: tuple[ReportKind, ...]) -> int | None:
    """The year a report without one in its title is about: a summary of January tells of last year."""
    if year and month and month <= 2 and kinds[:1] == (ReportKind.SUMMARY,):
        return year - 1
    return year
