"""Values and units of rates; plain counts are none."""

from decimal import Decimal

import pytest

from kg.claims.values import values
from kg.text.clean import fold

VALUES = [
    ("85.2％和71%", ["85.2 %", "71 %"]),
    ("2.96‰", ["2.96 ‰"]),
    ("12.8/10万、10/10万", ["12.8 /10万", "10 /10万"]),
    ("1,360.5%", ["1360.5 %"]),
    ("百分之九十五，千分之三，十万分之8.5", ["95 %", "3 ‰", "8.5 /10万"]),
    ("占比超三成，提高了两成", ["30 %"]),
    ("每千人口床位6.5张", ["6.5 张/千人"]),
    ("每千人口3.0个托位", ["3.0 个/千人"]),
    ("每万人60间标准", ["60 间/万人"]),
    ("每10万人口配备医师4.5名", ["4.5 名/10万人"]),
    ("千人医师数3.66人", ["3.66 人/千人"]),
    ("人均经费标准94元", ["94 元/人"]),
    ("人均经费标准从89元提高至94元", ["89 元/人", "94 元/人"]),
    ("人均期望寿命81.9岁(2015年为81.3岁)", ["81.9 岁", "81.3 岁"]),
    ("孕产妇死亡率为0，婴儿死亡率为零", ["0 /10万", "0 ‰"]),
    ("艾滋病母婴传播率为0", ["0 %"]),
    ("满意率98.2，列第一", ["98.2 %"]),
    ("94.6%7岁以下儿童", ["94.6 %"]),
    ("18.69 %", ["18.69 %"]),
]


@pytest.mark.parametrize(("text", "wanted"), VALUES)
def test_values(text: str, wanted: list[str]) -> None:
    assert [f"{v.number} {v.unit}" for v in values(fold(text))] == wanted


NONE = [
    "新建8家，培训230人次",
    "增长5.2个百分点",
    "覆盖3千人，床位500张",
    "满意度95.6分",
    "人均可支配收入3万元",
    "人均期望寿命有所提高，65岁老人",
    "医护比1:1.2",
    "成立三成员小组",
    "每千人口床位不足，全县床位1200张",
    "版本2.3%%"[:4],
]


@pytest.mark.parametrize("text", NONE)
def test_no_values(text: str) -> None:
    assert values(fold(text)) == []


def test_offsets_are_those_of_the_value() -> None:
    text = "签约率达85.2%以上"
    value = values(text)[0]
    assert (text[value.start : value.end], value.number) == ("85.2%", Decimal("85.2"))
