"""Numbers, years and periods as official prose writes them.

>>> value("一百二十三"), value("1,360"), value("1.05万"), value("两"), value("百分之九十五点五")
(Decimal('123'), Decimal('1360'), Decimal('10500.00'), Decimal('2'), Decimal('95.5'))
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

__all__ = ["COUNTERS", "Count", "Span", "counts", "months", "value", "years"]

_ONES = {char: i for i, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_ARABIC = re.compile(r"([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(余|多)?\s*([万亿千百]?)")
_HAN = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
_SHARES = {"百分之": "%", "千分之": "‰", "万分之": "/万", "十万分之": "/10万"}

# measure words of things that reports count: 4家, 三十余名
COUNTERS = "家个所名人张间辆台项例次户支对份条种类款场期批座处件岁元床间村县市区"
_COUNT = re.compile(
    r"(?<![0-9.,第])([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|[一二两三四五六七八九十百千]{1,6})(余|多)?\s*(万|亿)?(余|多)?\s*"
    rf"(人次|人份|[{COUNTERS}])"
)
_YEAR = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})(?:年|(?=[—\-~至](?:19|20)[0-9]{2}年))|(二[〇零][一二三四五六七八九〇零]{2})年"
    r"|(今年|本年|当年|年内|去年|上年|前年|明年|来年|下年|次年)|“?十([二三四五六])五”?(末|期末)?"
)
_RELATIVE = {"前": -2, "去": -1, "上": -1, "明": 1, "来": 1, "下": 1, "次": 1}
_MONTHS = re.compile(
    r"([0-9]{1,2})\s*[-—~至到]\s*([0-9]{1,2})月|([上下])半年|(?:第)?([一二三四1-4])季度|前([一二三四五六七八九十0-9]{1,2})个?月"
)


class Span(NamedTuple):
    """A stretch of text and the first and last year (or month) it means."""

    start: int
    end: int
    first: int
    last: int


class Count(NamedTuple):
    """A stretch of text that counts something: number and measure word."""

    start: int
    end: int
    number: Decimal
    counter: str


def value(words: str) -> Decimal | None:
    """The number words stand for, in Arabic or Chinese numerals; None if they are none.

    Shares give their numerator (百分之五 → 5), 成 tens of per cent (三成半 → 35), 半 is 0.5.
    """
    words = words.strip()
    for share in _SHARES:
        if words.startswith(share):
            return value(words[len(share) :])
    if words.endswith(("成", "成半")):
        tenths = value(words[: words.rindex("成")])
        return None if tenths is None else tenths * 10 + (5 if words.endswith("半") else 0)
    arabic = _ARABIC.fullmatch(words)
    if arabic:
        return Decimal(arabic[1].replace(",", "")) * _scale(arabic[3])
    if words == "半":
        return Decimal("0.5")
    whole, point, digits = words.partition("点")
    if point and digits and all(c in _ONES for c in digits) and _HAN.fullmatch(whole):
        return Decimal(f"{_han(whole)}.{''.join(str(_ONES[c]) for c in digits)}")
    return Decimal(_han(words)) if _HAN.fullmatch(words) else None


def _scale(mark: str) -> Decimal:
    return _MYRIADS.get(mark) or Decimal(_TENS.get(mark, 1)).quantize(Decimal(1))


def _han(words: str) -> int:
    """二十三 → 23, 二〇二四 → 2024, 一万二千 → 12000."""
    if len(words) > 1 and all(c in _ONES for c in words):
        return int("".join(str(_ONES[c]) for c in words))
    total = part = digit = 0
    for char in words:
        if char in _ONES:
            digit = _ONES[char]
        elif char in _TENS:
            part += (digit or 1) * _TENS[char]
            digit = 0
        else:
            total = (total + part + digit) * int(_MYRIADS[char])
            part = digit = 0
    return total + part + digit


def years(text: str, reported: int | None) -> list[Span]:
    """Years named in folded text; 今年, 去年 … are read from the year reported on.

    >>> [(s.first, s.last) for s in years("2023年末，“十四五”，去年", 2024)]
    [(2023, 2023), (2021, 2025), (2023, 2023)]
    """
    if "年" not in text and "五" not in text:
        return []
    out = []
    for m in _YEAR.finditer(text):
        if m[4]:
            last = 1955 + 5 * (10 + _ONES[m[4]])  # the 13th plan: 2016-2020
            out.append(Span(m.start(), m.end(), last if m[5] else last - 4, last))
        elif not m[3]:
            year = int(m[1] or _han(m[2]))
            out.append(Span(m.start(), m.end(), year, year))
        elif reported is not None:
            year = reported + _RELATIVE.get(m[3][0], 0)
            out.append(Span(m.start(), m.end(), year, year))
    return out


def months(text: str) -> list[Span]:
    """Periods within a year, as first and last month: 1-6月, 上半年, 三季度, 前10个月.

    >>> [(s.first, s.last) for s in months("1—6月，下半年，三季度，前十个月")]
    [(1, 6), (7, 12), (7, 9), (1, 10)]
    """
    out = []
    for m in _MONTHS.finditer(text):
        if m[1]:
            first, last = int(m[1]), int(m[2])
        elif m[3]:
            first, last = (1, 6) if m[3] == "上" else (7, 12)
        elif m[4]:
            quarter = int(value(m[4]) or 1)
            first, last = 3 * quarter - 2, 3 * quarter
        else:
            first, last = 1, int(value(m[5]) or 0)
        if 1 <= first <= last <= 12:
            out.append(Span(m.start(), m.end(), first, last))
    return out


def counts(text: str) -> list[Count]:
    """Numbers with a measure word in folded text.

    >>> counts("定王台等4家单位，两所医院，1.2万人次")[0]
    Count(start=4, end=6, number=Decimal('4'), counter='家')
    """
    out = []
    for m in _COUNT.finditer(text):
        number = value(m[1])
        if number is not None:
            out.append(Count(m.start(), m.end(), number * _scale(m[3] or ""), m[5]))
    return out
