"""Written form on the left, meaning on the right."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.numbers import counts, months, value, years

VALUES = [
    ("12", "12"), ("1,360", "1360"), ("2.31", "2.31"), ("1.05万", "10500"), ("3亿", "300000000"), ("20余", "20"),
    ("二十", "20"), ("一百零五", "105"), ("一百二十三", "123"), ("两", "2"), ("半", "0.5"), ("十五", "15"),
    ("一万二千", "12000"), ("二〇二四", "2024"), ("九十五点五", "95.5"), ("三百万", "3000000"),
    ("三成", "30"), ("三成半", "35"), ("百分之九十五", "95"), ("百分之8.5", "8.5"),
    ("千分之三", "3"), ("十万分之八", "8"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "meaning"), VALUES)
def test_value(words: str, meaning: str) -> None:
    assert value(words) == Decimal(meaning)


@pytest.mark.parametrize("words", ["", "许多", "第三", "三点", "1.2.3", "医共体", "百分之"])
def test_no_number(words: str) -> None:
    assert value(words) is None


YEARS = [
    ("2023年", [(2023, 2023)]),
    ("去年", [(2023, 2023)]),
    ("今年以来", [(2024, 2024)]),
    ("上年同期", [(2023, 2023)]),
    ("明年", [(2025, 2025)]),
    ("“十四五”期间", [(2021, 2025)]),
    ("二〇二二年", [(2022, 2022)]),
    ("2022—2024年", [(2022, 2022), (2024, 2024)]),
    ("电话12024年", []),
    ("2024项", []),
]


@pytest.mark.parametrize(("text", "found"), YEARS)
def test_years(text: str, found: list[tuple[int, int]]) -> None:
    assert [(s.first, s.last) for s in years(text, 2024)] == found


def test_relative_years_need_the_reported_one() -> None:
    assert years("去年和今年", None) == []


MONTHS = [("1-6月", (1, 6)), ("上半年", (1, 6)), ("第三季度", (7, 9)), ("前十个月", (1, 10)), ("1至11月", (1, 11))]


@pytest.mark.parametrize(("text", "found"), MONTHS)
def test_months(text: str, found: tuple[int, int]) -> None:
    assert [(s.first, s.last) for s in months(text)] == [found]


@pytest.mark.parametrize("text", ["12-3月", "13-15月", "5月", "每季度"])
def test_no_period(text: str) -> None:
    assert months(text) == []


COUNTS = [
    ("望城、岳麓等4家卫生院", [("4", "家")]),
    ("两所医院三十余名专家", [("2", "所"), ("30", "名")]),
    ("1.2万人次", [("12000", "人次")]),
    ("第3家", []),
    ("85%", []),
]


@pytest.mark.parametrize(("text", "found"), COUNTS)
def test_counts(text: str, found: list[tuple[str, str]]) -> None:
    assert [(str(int(c.number)), c.counter) for c in counts(text)] == found


@given(st.integers(1, 9999))
def test_every_number_up_to_9999_reads_back(number: int) -> None:
    assert value(_spelled(number)) == number


def _spelled(number: int) -> str:
    digits, out = "零一二三四五六七八九", ""
    for place, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        out += digits[digit] + mark if digit else "零" if out and number % place and not out.endswith("零") else ""
    return out
