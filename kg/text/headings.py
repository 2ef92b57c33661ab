"""Heading marks and the part of a line they head: 一、 （一） 1. (1) ① 第一部分 【…】 ——….

Works on folded text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Heading", "heading", "unmarked"]

_HAN = "[一二三四五六七八九十百]{1,4}"
# marks by depth, outermost first; the numbers of the groups are the levels
_MARK = re.compile(
    rf"(?:(第{_HAN}(?:部分|章|篇|节|编)[、：\s]*|第[0-9]+(?:部分|章|篇|节)[、：\s]*)"
    r"|(【)"
    rf"|({_HAN}[、.．](?!{_HAN}[级是类线]))"
    rf"|(\(\s*{_HAN}\s*\)[、.]?|\)(?=[\u4e00-\u9fff]))"  # a lone ")" is a mark whose beginning was lost
    r"|([0-9]{1,2}(?:[、．]|\.(?![0-9]))\s*|——)"
    r"|(\([0-9]{1,2}\)|[0-9]{1,2}\))"
    r"|([①-⑳■◆●▶►★☆]))"
)
_STOP = re.compile(r"[。！？；]")
_COLON = re.compile(r"[^，。；！？：|]{2,24}：")
_FIGURES = re.compile(
    r"[0-9](?:[0-9.,]*)\s*(?:%|‰|/10万|余|多)?[%‰万亿]?(?:人|家|个|例|次|名|万|元|台|所|张|项|对|份|支|户|%|‰)"
)
_DATED = re.compile(r"(?:20[0-9]{2}年)(?:[0-9]{1,2}月)?(?:上半年|下半年|[一二三四]季度)?：")


class Heading(NamedTuple):
    """Level (0 outermost) and end in the line.

    ``inline`` heads stay part of their sentence; ``lone`` ones fill their line
    and are headings only if something stands below them, else list items.
    """

    level: int
    end: int
    inline: bool = False
    lone: bool = False


def heading(line: str) -> Heading | None:
    """The heading a line begins with, or nothing.

    >>> heading("一、2024年工作回顾")
    Heading(level=2, end=11, inline=False, lone=True)
    >>> heading("1.改革成效：全市药品采购成本减少1.1亿元。")
    Heading(level=4, end=7, inline=True, lone=False)
    """
    mark = _MARK.match(line)
    if mark is None:
        dated = _DATED.match(line)  # 2023年：国家卫生县通过复审
        return Heading(5, dated.end(), len(line) > dated.end()) if dated else None
    level = (mark.lastindex or 1) - 1
    if level == 1:
        return _bracketed(line)
    if "|" in line:
        return None
    stop = _STOP.search(line, mark.end())
    colon = _COLON.match(line, mark.end())
    if colon and not (stop is None and level < 4):
        return Heading(level, colon.end(), colon.end() < len(line))
    if stop is None:
        return _whole(line, level, mark.end())
    return _run_in(line, level, mark.end(), stop.start())


def _bracketed(line: str) -> Heading | None:
    """【衡南县】 2018年数据 is a heading as a whole; 【医改】全市… only up to the bracket."""
    close = line.find("】")
    if close < 2 or close > 30:
        return None
    whole = len(line) <= 50 and not _STOP.search(line)
    return Heading(1, len(line) if whole else close + 1)


def _whole(line: str, level: int, start: int) -> Heading | None:
    """A line without a full stop: a heading if short; deep levels hold list items instead."""
    rest = line[start:]
    if len(rest) > (60 if level < 4 else 24) or _FIGURES.search(rest):
        return None
    if level >= 4 and re.search("[，：]", rest):
        return None
    return Heading(level, len(line), lone=level > 0)


def _run_in(line: str, level: int, start: int, stop: int) -> Heading | None:
    """（一）规模稳步扩大。至2024年底… : the first short sentence is the heading."""
    head = line[start:stop]
    if line[stop] != "。" or _FIGURES.search(head):
        return None
    deep = level >= 4
    if len(head) > (30 if deep else 45) or head.count("，") > (0 if deep else 2):
        return None
    return Heading(level, stop + 1, lone=stop + 1 >= len(line))


def unmarked(head: str) -> str:
    """A heading's words without its mark and its closing point.

    >>> unmarked("（二）下一步打算。".replace("（", "(").replace("）", ")"))
    '下一步打算'
    """
    mark = _MARK.match(head)
    return head[mark.end() if mark else 0 :].strip("】：。 ")
