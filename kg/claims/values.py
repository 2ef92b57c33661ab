"""The values of rates and ratios in a sentence: 85.2%, 2.96‰, 12.8/10万, 3.25个 of 每千人口….

Works on the folded text of one sentence; offsets are within it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from kg.claims.leaps import leaping
from kg.text.numbers import value as number_of

__all__ = ["Value", "may_hold", "own_base", "values"]

_NUMBER = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_VALUE = leaping(
    rf"(?<![0-9.A-Za-z%‰])(?P<number>-?{_NUMBER})\s*(?:"
    r"(?P<cent>%)|(?P<mille>‰)|(?P<lakh>(?:/|每)\s*(?:10|十)\s*万(?:人口?|活产)?)|(?P<wan>/\s*万(?!人|元))"
    r"|(?P<count>个(?!百分点|月)|[人名张家间所床辆台元岁件例枚](?![次/])))"
    r"|(?P<han>(?:百|千|十万)分之(?:[0-9.]+|[零一二三四五六七八九十百点两]+))"
    r"|(?P<tenths>(?<=[超达近约占过足逾长降高低少多升了])(?:[一二三四五六七八九]|[1-9])成半?(?![立为员果功本分绩效熟年人长都品交]))"
    r"|(?P<zero>(?<=[亡播染]率)(?:均|都|分别|依次|持续|保持|继续|连续[0-9一二三四五六七八九十]+年)*(?:为|是)?(?:0|零)(?![0-9.%‰/]))"
    # a rate without its sign: 群众满意率98.01，but not 满意度95.6分
    rf"|(?<=[率度])(?:(?:均|都|已)?(?:达到|达|为|：|是)?)(?P<bare>{_NUMBER})(?=[，。；、)\s]|\Z)"
)
_SHARE_UNITS = {"百": "%", "千": "‰", "十": "/10万"}

# a count is a ratio only under one of these heads, in the same clause
_PER = re.compile(
    r"(?:每(?:[百千万]|十万|10万)名?|(?<![0-9一二三四五六七八九十几数上])[千万])(?:名|位)?[^，。；0-9]{0,6}?(?:人口|人|儿童|老人|居民|产妇|名)"
)
_BASE = re.compile(r"(?:每)?([百千万]|十万|10万)")
_PER_HEAD = re.compile(r"人均(?!可支配|收入|GDP|生产总值)|每人每年")
_LIFE = re.compile(r"寿命")
_QUANTITY = re.compile(r"数|量|拥有|配备|医师|医生|护士|床位?|托位|标准|人员|达到?|为|有|：|口|人$")

_ANOTHER = re.compile(r"[、和及与](?:[0-9]{1,2}岁以[下上])?[^0-9，。；]{0,12}|，[^0-9，。；]{2,12}数(?:达到?|为)?|")
_QUOTED = re.compile(r"“[^”]{0,20}”|《[^》]*》")  # “三个95%” is a name

# cheap signs of a rate; most sentences have none of them
_SIGNS = (
    "%",
    "‰",
    "分之",
    "人均",
    "每人每年",
    "每百",
    "每千",
    "每万",
    "每十",
    "每1",
    "/1",
    "/十",
    "/万",
    "千人",
    "万人",
    "寿命",
)
_LESS_PLAIN = re.compile(r"[率度一二三四五六七八九1-9](?:(?<=[率度])[^，。；]{0,8}[0-9零]|(?<![率度])成)")


class Value(NamedTuple):
    """A value of a rate: where it stands, the number as written, and its unit."""

    start: int
    end: int
    number: Decimal
    unit: str


def may_hold(folded: str) -> bool:
    """Whether a sentence can hold a rate at all; False is sure, True is not.

    >>> may_hold("新建卫生院8家"), may_hold("签约率85%")
    (False, True)
    """
    for sign in _SIGNS:  # twice as fast as any(), and every sentence passes here
        if sign in folded:
            return True
    return bool(_LESS_PLAIN.search(folded))


def values(folded: str) -> list[Value]:
    """The values in a folded sentence, in order; plain counts are none.

    >>> [(str(v.number), v.unit) for v in values("每千人口床位6.5张，婴儿死亡率2.1‰，新增30人")]
    [('6.5', '张/千人'), ('2.1', '‰')]
    """
    if not may_hold(folded):
        return []
    out: list[Value] = []
    quoted = [m.span() for m in _QUOTED.finditer(folded)]
    for match in _VALUE.finditer(folded):
        if any(start < match.start() < end for start, end in quoted):
            continue
        found = _value(folded, match, out[-1] if out else None)
        if found:
            out.append(found)
    return out


def _value(folded: str, m: re.Match[str], last: Value | None) -> Value | None:
    if m["han"]:
        number = number_of(m["han"][m["han"].index("之") + 1 :])
        return None if number is None else Value(m.start(), m.end(), number, _SHARE_UNITS[m["han"][0]])
    if m["tenths"]:
        number = number_of(m["tenths"])
        return None if number is None else Value(m.start(), m.end(), number, "%")
    if m["zero"]:
        head = folded[max(0, m.start() - 12) : m.start()]
        unit = "%" if not head.endswith("死亡率") else "/10万" if "产妇" in head else "‰"
        return Value(m.start(), m.end(), Decimal(0), unit)
    if m["bare"]:
        number = Decimal(m["bare"].replace(",", ""))
        unit = "‰" if re.search("千人", folded[max(0, m.start() - 12) : m.start()]) else "%"
        return Value(m.start("bare"), m.end(), number, unit) if 1 <= number <= 100 else None
    number = Decimal(m["number"].replace(",", ""))
    unit = (
        "%"
        if m["cent"]
        else "‰"
        if m["mille"]
        else "/10万"
        if m["lakh"]
        else "/万"
        if m["wan"]
        else _per(folded, m, last)
    )
    return Value(m.start(), m.end(), number, unit) if unit else None


def _per(folded: str, m: re.Match[str], last: Value | None) -> str:
    """The unit of a count under 每千人口, 人均 or 寿命; nothing for a plain count."""
    counter = m["count"]
    clause = re.split("[，。；：]", folded[max(0, m.start() - 80) : m.start()])[-1]
    between = folded[last.end : m.start()] if last else ""
    follows = last is not None and last.unit.split("/")[0] == counter and re.fullmatch(_FOLLOWING, between)
    if last and last.end > m.start() - len(clause):
        clause = between
    if counter == "岁":
        return "岁" if _LIFE.search(clause) or follows else ""
    if counter == "元":
        part = last is not None and last.unit == "元/人" and re.fullmatch("，其中[^0-9，。；]{1,10}", between)
        return "元/人" if _PER_HEAD.search(clause) or follows or part else ""
    heads = list(_PER.finditer(clause))
    if heads and (heads[-1].end() == len(clause) or _QUANTITY.search(clause[heads[-1].start() + 1 :])):
        base = _BASE.match(heads[-1][0])
        return f"{counter}/{base[1].replace('10万', '十万') if base else ''}人".replace("十万", "10万")
    if last and "/" in last.unit and _ANOTHER.fullmatch(between):
        return f"{counter}/{last.unit.partition('/')[2]}"  # 每千人口床位7.1张、医师3.2人; …，全科医生数0.4人
    return last.unit if follows and last else ""


def own_base(metric: str, unit: str) -> str:
    """The unit of a ratio per head as its own name has it: in a list each member may have another base.

    >>> own_base("每万人口全科医生数", "人/千人"), own_base("签约率", "%")
    ('人/万人', '%')
    """
    base = re.match("每?([百千万]|十万|10万)", metric)
    counter, slash, head = unit.partition("/")
    if not base or not slash or head not in ("百人", "千人", "万人", "10万人"):
        return unit
    return f"{counter}/{base[1].replace('十万', '10万')}人"


# 从79元提高至84元; 由2015年的40元提到2020年的99元; 比全国6010元低
_FOLLOWING = (
    r"[，、(]?(?:以上|以下|左右)?(?:和|及|与)?(?:20[0-9]{2}年的?)?(?:提高|提升|提|增加|增|上升|升|增长|调整|调|扩大|下降|降低|降)?"
    r"(?:到|至|为)?(?:了)?(?:20[0-9]{2}年(?:为|的|是)?)?(?:比|较|高于|低于)?(?:全国|全省|全区|全市|省|国家)?(?:平均|均值|标准)?(?:水平)?(?:的)?"
)
