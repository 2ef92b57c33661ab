"""Expressions that leap find what the plain ones find."""

from __future__ import annotations

import re

import pytest

from kg.claims.leaps import leaping

HEADED = [
    ("拟(?!定)|(?:年底|年末)前|(?<!a)计划", "拟年计", "a group and a look behind among the alternatives"),
    ("(?:a|[bc])c", "abc", "a class among the alternatives"),
    ("a?b|c", "abc", "what may be missing, and what follows it"),
    (r"\d+个|第", r"\d第", "a kind of character"),
    ("(?:^|[，。])与", "，。与", "a place among the alternatives"),
    ("(?<![与])(?P<A>[ab])c", "ab", "a look behind before a named group"),
    ("(?:[-至到])?[一-九]月|x", r"\-至到一-九x", "a hyphen is no range"),
    (r"(?:\(|《)?甲|乙", r"\(《甲乙", "escaped signs"),
]
LEFT = [
    ("签约|签订", "characters alone"),
    ("(?:与|同)a", "a group of characters"),
    ("[与同]a|", "may be empty"),
    (".{2}院|a", "anything"),
    ("[^，]院|a", "anything but one"),
    (r"\D院|a", "anything but digits"),
    ("a*", "may be empty"),
]
TEXTS = [
    "",
    "拟定计划",
    "年底前，a计划",
    "与甲县同",
    "c，与5个-三月第2个",
    "acbc",
    "与ac",
    "《甲(甲 乙x 一月至十月",
    "签约签订",
    "x院a院",
]


@pytest.mark.parametrize(("pattern", "items", "reason"), HEADED)
def test_an_expression_is_headed_by_what_it_can_begin_with(pattern: str, items: str, reason: str) -> None:
    assert leaping(pattern).pattern == f"(?=[{items}])(?:{pattern})", reason


@pytest.mark.parametrize(("pattern", "reason"), LEFT)
def test_what_leaps_already_or_begins_with_anything_stays(pattern: str, reason: str) -> None:
    assert leaping(pattern).pattern == pattern, reason


@pytest.mark.parametrize("pattern", [p for p, *_ in (*HEADED, *LEFT)])
def test_it_finds_the_same(pattern: str) -> None:
    for text in TEXTS:
        ours = [(m.span(), m.groups()) for m in leaping(pattern).finditer(text)]
        assert ours == [(m.span(), m.groups()) for m in re.finditer(pattern, text)]
