"""Mentions before linking: what is found, where, and what is part of another word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims.find import find, town_index
from kg.claims.lexicon import Index, load
from kg.text.clean import fold

NOTHING = Index({})


def _found(text: str, towns: Index = NOTHING) -> list[tuple[str, str]]:
    """(written, kind of token or "name") of everything found."""
    folded = fold(text)
    return [(folded[f.start : f.end], f.token.kind if f.token else "name") for f in find(folded, load(), towns)]


TOKENS = [
    ("到凤阳县学习", [("凤阳县", "region")]),
    ("到凤阳学习", [("凤阳", "short")]),
    ("到贵州省、云南学习", [("贵州省", "region"), ("云南", "short")]),
    ("福建省福州市鼓楼区", [("福建省", "region"), ("福州市", "region"), ("鼓楼区", "region")]),
    ("XX区与某市、X县", [("XX区", "mask"), ("某市", "mask"), ("X县", "mask")]),
    ("××镇完成任务", [("××镇", "mask")]),
    ("与四川大学华西医院签约", [("四川大学华西医院", "seed")]),
    ("与复旦大学附属中山医院签约", [("复旦大学附属中山医院", "seed")]),
    ("县人民医院", [("县人民医院", "name")]),
    ("对接天津市和平区", [("天津市", "region"), ("和平区", "region")]),
    ("挂任县医院副院长", [("县医院", "name")]),
    ("邢台市任县医院", [("邢台市任县医院", "name")]),
    ("专家来市医院坐诊", [("市医院", "name")]),
    ("州友谊医院", [("州友谊医院", "name")]),
    ("新区人民医院", [("新区人民医院", "name")]),
    ("与安徽医科大学一附院签约", [("安徽医科大学一附院", "name")]),
]


@pytest.mark.parametrize(("text", "found"), TOKENS)
def test_regions_masks_and_known_organisations(text: str, found: list[tuple[str, str]]) -> None:
    assert _found(text) == found


ZONES = [
    ("上虞经济技术开发区启用新楼", "上虞经济技术开发区"),
    ("柳州高新区启用新楼", "柳州高新区"),
    ("蚌埠经开区启用新楼", "蚌埠经开区"),
]


@pytest.mark.parametrize(("text", "zone"), ZONES)
def test_zones_by_their_place_and_ending(text: str, zone: str) -> None:
    assert (zone, "zone") in _found(text) or (zone, "region") in _found(text) or (zone, "short") in _found(text)


PART_OF_WORDS = [
    ("建成县域医共体", "成县"),
    ("全州县级医院改革", "全州县"),
    ("规范县乡管理", "范县"),
    ("市和县两级", "和县"),
    ("招收大学生", "大学"),
    ("组织集中学习", "中学"),
    ("推进省市县共建", "市县"),
]


@pytest.mark.parametrize(("text", "word"), PART_OF_WORDS)
def test_parts_of_other_words_are_not_found(text: str, word: str) -> None:
    assert word not in [written for written, _ in _found(text)]


SHARED = [
    ("无锡市第一人民医院、第二人民医院扩建", ["无锡市第一人民医院", "第二人民医院"]),
    ("县人民医院、中医院、妇幼保健院扩建", ["县人民医院", "中医院", "妇幼保健院"]),
    ("县中医院加入浙江省妇幼保健联盟", ["县中医院", "浙江省妇幼保健联盟"]),  # not the hospital 浙江省妇幼
    ("提升市妇幼健康服务水平", []),
    ("县人民医院和中医院扩建", ["县人民医院", "中医院"]),
]


@pytest.mark.parametrize(("text", "written"), SHARED)
def test_names_that_share_the_region_before_them(text: str, written: list[str]) -> None:
    assert [w for w, _ in _found(text)] == written


def test_townships_are_known_below_their_own_county_only() -> None:
    lexicon = load()
    towns = [p for p in lexicon.gazetteer.descendants("330481") if p.level == "township"]
    assert towns, "the townships of Haining are seeded"
    town = next(p for p in towns if p.name not in lexicon.gazetteer.by_name)
    assert (town.name, "town") in _found(f"在{town.name}启用", town_index(lexicon, ("330481",)))
    assert (town.name, "town") not in _found(f"在{town.name}启用", town_index(lexicon, ("341126",)))


def test_a_province_or_nothing_has_no_townships() -> None:
    lexicon = load()
    assert not town_index(lexicon, ("330000", "", "a-1-XX区")).hits("海宁市许村镇")


FRAGMENTS = """凤阳县 鼓楼区 县 市 人民医院 中医院 第二 附属 大学 、 和 与 ， 。 ( ) “ ” XX区 高新区 分院 医共体 等 4家
    卫生院 二院 华西医院 我 全 该院 签约 中山 公司"""
PIECES = st.sampled_from(FRAGMENTS.split())


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_mentions_are_in_order_inside_the_text_and_overlap_nowhere(text: str) -> None:
    folded = fold(text)
    last = 0
    for f in find(folded, load(), NOTHING):
        assert last <= f.start < f.end <= len(folded)
        assert (f.token is None) != (f.name is None)
        last = f.end
