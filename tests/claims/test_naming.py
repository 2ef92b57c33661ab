"""Names of quantities: what is stripped, completed, shared; and the key under which they meet."""

import pytest

from kg.claims.elision import Clauses
from kg.claims.members import complete, counted, items, shared
from kg.claims.metrics import growth, is_goal, is_name, key, phrase, split_predicate
from kg.claims.naming import names

PREDICATES = [
    ("签约率已提高到", "签约率"),
    ("婴儿死亡率连续多年控制在", "婴儿死亡率"),
    ("常住人口签约", "常住人口签约"),
    ("分别比上年多", ""),
    ("门诊量同比增长", "门诊量"),
    ("分娩量不降反升", "分娩量"),
    ("健康素养水平要到", "健康素养水平"),
    ("报告接种率以县为单位均在", "报告接种率"),
]


@pytest.mark.parametrize(("clause", "name"), PREDICATES)
def test_the_stating_part_is_split_off(clause: str, name: str) -> None:
    assert split_predicate(clause) == (name, clause[len(name) :])


PHRASES = [
    ("截至2024年11月底，全市重点人群签约率", "重点人群签约率"),
    ("其中脱贫人口签约率", "脱贫人口签约率"),
    ("使用率", "使用率"),
    ("及时率", "及时率"),
    ("对口支援覆盖率", "对口支援覆盖率"),
    ("将孕产妇死亡率", "孕产妇死亡率"),
    ("“十四五”期间婴儿死亡率", "婴儿死亡率"),
    ("完成率", "完成率"),
    ("达标率", "达标率"),
    ("从业人员持证率", "从业人员持证率"),
    ("在册患者管理率", "在册患者管理率"),
]


@pytest.mark.parametrize(("clause", "name"), PHRASES)
def test_openings_are_no_part_of_a_name(clause: str, name: str) -> None:
    assert phrase(clause) == name


@pytest.mark.parametrize("name", ["签约率", "药占比", "健康素养水平", "人均经费标准", "每千人口托位数", "平均降幅"])
def test_names_of_rates(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("name", ["门诊量", "省定标准", "医疗机构", ""])
def test_no_names_of_rates(name: str) -> None:
    assert not is_name(name)


def test_goals() -> None:
    assert is_goal("给2030年定的线")
    assert not is_goal("人均经费补助标准"), "a per-head standard is a quantity"


COUNTED = [
    ("产前筛查1.5万人", False, "产前筛查"),
    ("诊疗120万人次", True, "诊疗人次"),
    ("出院3.1万人", True, "出院人数"),
    ("门诊量12万人次", True, "门诊量"),
    ("医疗机构962家", False, "医疗机构"),
    ("减少约1.1亿元", False, "减少"),
    ("常住人口签约21万人", False, "常住人口签约"),
    ("5岁以下儿童", False, "5岁以下儿童"),
]


@pytest.mark.parametrize(("item", "changing", "bare"), COUNTED)
def test_counts_are_taken_out(item: str, changing: bool, bare: str) -> None:
    assert counted(item, changing) == bare


ITEMS = [
    ("甲病、乙病和丙病", 0, ["甲病", "乙病", "丙病"]),
    ("甲率、眼保健和视力检查率", 2, ["甲率", "眼保健和视力检查率"]),
    ("甲乙和丙率、丁和戊率", 2, ["甲乙和丙率", "丁和戊率"]),
    ("“甲、乙”签约率", 0, ["“甲、乙”签约率"]),
    ("及时率、和谐度", 0, ["及时率", "和谐度"]),
]


@pytest.mark.parametrize(("text", "many", "members"), ITEMS)
def test_members_of_an_enumeration(text: str, many: int, members: list[str]) -> None:
    assert items(text, many) == members


SHARED = [
    (["婴儿", "孕产妇两项死亡率"], ["婴儿死亡率", "孕产妇死亡率"]),
    (["高血压", "糖尿病患者规范管理率"], ["高血压患者规范管理率", "糖尿病患者规范管理率"]),
    (["签约率", "建档率"], ["签约率", "建档率"]),
    (["每千人口床位", "医师数"], ["每千人口床位数", "每千人口医师数"]),
    (["艾滋病", "梅毒检测率"], ["艾滋病检测率", "梅毒检测率"]),
]


@pytest.mark.parametrize(("members", "named"), SHARED)
def test_what_the_last_member_says_holds_for_all(members: list[str], named: list[str]) -> None:
    assert shared(members) == named


COMPLETED = [
    ("完成率", "全市已完成产前筛查15233人", "产前筛查完成率"),
    ("建档率", "居民电子健康档案建档285万份", "居民电子健康档案建档率"),
    ("平均降幅", "药品采购成本减少约1.1亿元", "药品采购成本平均降幅"),
    ("签约率", "狠抓工作落实", "签约率"),
    ("婚检率", "完成检查1.1万对", "婚检率"),
]


@pytest.mark.parametrize(("name", "before", "whole"), COMPLETED)
def test_names_that_need_the_clause_before(name: str, before: str, whole: str) -> None:
    assert complete(name, before) == whole


GROWTH = [
    ("同比增长", "同比增长率"),
    ("较上年下降", "同比下降率"),
    ("增长到", ""),
    ("提高至", ""),
    ("环比上升", "环比增长率"),
    ("达", ""),
]


@pytest.mark.parametrize(("stated", "added"), GROWTH)
def test_change_and_level(stated: str, added: str) -> None:
    assert growth(stated) == added


KEYS = [
    ("全市居民健康素养水平", "居民健康素养水平"),
    ("2024年全县婴儿死亡率（户籍）", "婴儿死亡率"),
    ("“两癌”筛查率", "两癌筛查率"),
    ("率", "率"),
]


@pytest.mark.parametrize(("metric", "wanted"), KEYS)
def test_keys(metric: str, wanted: str) -> None:
    assert key(metric) == wanted


def test_a_list_that_does_not_fit_is_left_unnamed() -> None:
    assert names(Clauses("甲率、乙率、丙率分别为", []), 2, "%") == []
