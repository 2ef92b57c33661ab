"""The grammar of one name: what it is made of, and what only looks like a name."""

from __future__ import annotations

import pytest

from kg.claims.find import find
from kg.claims.lexicon import Index, load
from kg.claims.names import Ending, Name, Pieces, Token, read_name, word_begins
from kg.model import EntityType
from kg.text.clean import fold


def _names(text: str) -> list[Name]:
    return [f.name for f in find(fold(text), load(), Index({})) if f.name]


PARTS = [
    # words, region, relative word, what follows
    ("凤阳县人民医院", ["凤阳县"], "", "人民医院"),
    ("凤阳县第二人民医院", ["凤阳县"], "", "第二人民医院"),
    ("凤阳人民医院", ["凤阳"], "", "人民医院"),
    ("安徽省凤阳县人民医院", ["安徽省", "凤阳县"], "", "人民医院"),
    ("县人民医院", [], "县", "人民医院"),
    ("县医院", [], "县", "人民医院"),
    ("市二院", [], "市", "第二人民医院"),
    ("市第十二人民医院", [], "市", "第十二人民医院"),
    ("区妇幼", [], "区", "妇幼保健院"),
    ("县妇保院", [], "县", "妇幼保健院"),
    ("旗蒙医医院", [], "旗", "蒙医医院"),
    ("县中西医结合医院", [], "县", "中西医结合医院"),
    ("盟疾控中心", [], "盟", "疾病预防控制中心"),
    ("地区人民医院", [], "地区", "人民医院"),
    ("自治州人民医院", [], "自治州", "人民医院"),
    ("县卫健局", [], "县", "卫生健康局"),
    ("县计生协会", [], "县", "计划生育协会"),
    ("区血站", [], "区", "血站"),
    ("县第一医共体", [], "县", "第一医共体"),
]


@pytest.mark.parametrize(("text", "regions", "relative", "rest"), PARTS, ids=[p[0] for p in PARTS])
def test_a_name_taken_apart(text: str, regions: list[str], relative: str, rest: str) -> None:
    (name,) = _names(f"{text}通过评审。")
    assert text[name.start : name.end] == text
    assert [text[r.start : r.end] for r in name.regions] == regions
    assert (name.relative, name.rest) == (relative, rest)


TYPES = [
    ("县人民医院", EntityType.HOSPITAL),
    ("县妇幼保健院", EntityType.HOSPITAL),
    ("县妇幼保健计划生育服务中心", EntityType.HOSPITAL),
    ("县社会福利院", EntityType.ORGANIZATION),
    ("县疾控中心", EntityType.PUBLIC_HEALTH),
    ("县急救中心", EntityType.PUBLIC_HEALTH),
    ("县卫生监督所", EntityType.PUBLIC_HEALTH),
    ("县卫生健康局", EntityType.HEALTH_AUTHORITY),
    ("县卫健委", EntityType.HEALTH_AUTHORITY),
    ("县政府", EntityType.GOVERNMENT_BODY),
    ("县残联", EntityType.GOVERNMENT_BODY),
    ("县第一医疗集团", EntityType.ALLIANCE),
]


@pytest.mark.parametrize(("text", "kind"), TYPES)
def test_the_ending_tells_the_type(text: str, kind: EntityType) -> None:
    (name,) = _names(f"{text}召开会议。")
    assert name.head.type is kind


REFUSED = [
    "三级医院通过评审。",
    "二级以上医院通过评审。",
    "各乡镇卫生院通过评审。",
    "全县医院通过评审。",
    "乡镇卫生院通过评审。",
    "城市医院通过评审。",
    "公立医院通过评审。",
    "民营医院通过评审。",
    "三家浙大系医院落户。",
    "中医类医院通过评审。",
    "成为加盟医院。",
    "区域医疗集团组建。",
    "组建医疗集团。",
    "大学生招录完成。",
    "组织集中学习。",
    "基层医院能力提升。",
    "人民医院是人民的。",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_identifies_nothing_is_no_name(text: str) -> None:
    assert _names(text) == []


SIDE_BY_SIDE = [
    ("县人民医院、县中医院扩建。", ["县人民医院", "县中医院"]),
    ("县人民医院和县中医院扩建。", ["县人民医院", "县中医院"]),
    ("由县人民医院牵头，与县中医院合作。", ["县人民医院", "县中医院"]),
    ("县人民医院、中医院扩建。", ["县人民医院", "中医院"]),
    ("县卫健局县医保局联合发文。", ["县卫健局", "县医保局"]),
]


@pytest.mark.parametrize(("text", "written"), SIDE_BY_SIDE)
def test_names_side_by_side_stay_apart(text: str, written: list[str]) -> None:
    assert [text[n.start : n.end] for n in _names(text)] == written


NOT_ATTACHED = [
    ("凤阳县人民医院牵头组建医学中心", "a verb stands between"),
    ("凤阳县人民医院合作共建分中心", "another"),
    ("凤阳县人民医院、县卫健局", "a list"),
    ("凤阳县人民医院县卫健局", "an authority is nobody's part"),
]


@pytest.mark.parametrize(("text", "reason"), NOT_ATTACHED, ids=[n[1] for n in NOT_ATTACHED])
def test_what_follows_a_name_is_not_always_part_of_it(text: str, reason: str) -> None:
    assert [n for n in _names(text + "。") if n.owner] == [], reason


ATTACHED = [
    ("凤阳县人民医院医疗集团", "医疗集团"),
    ("凤阳县人民医院医共体", "医共体"),
    ("凤阳县人民医院眼科中心", "眼科中心"),
    ("凤阳县人民医院东部分院", "东部分院"),
]


@pytest.mark.parametrize(("text", "rest"), ATTACHED)
def test_what_is_part_of_a_hospital(text: str, rest: str) -> None:
    (name,) = [n for n in _names(text + "启用。") if n.owner]
    assert name.rest == rest


def test_a_branch_belongs_to_its_hospital() -> None:
    text = "凤阳县人民医院城东分院启用。"
    (name,) = _names(text)
    assert name.owner
    assert text[name.owner.start : name.owner.end] == "凤阳县人民医院"
    assert name.rest == "城东分院"
    assert name.inner
    assert name.inner.rest == "人民医院"


def test_a_quoted_alliance_is_all_that_is_quoted() -> None:
    (name,) = _names("组建“凤阳花鼓中医联盟”，开展帮扶。")
    assert name.rest == "凤阳花鼓中医联盟"


def test_a_name_of_its_own() -> None:
    (name,) = _names("与何田纪念医院签订协议。")
    assert (name.stem, name.rest) == ("何田", "何田纪念医院")
    assert not name.regions


def test_an_ending_needs_something_before_it() -> None:
    lexicon, text = load(), "江东县人民医院"
    head, region = lexicon.heads["人民医院"], Token(0, 3, "region", ("江东县",))
    known = read_name(Ending(head, 3, 7), Pieces(text, {3: region}, lexicon))
    assert known
    assert known.regions == (region,)
    assert read_name(Ending(head, 0, 4), Pieces("人民医院", {}, lexicon)) is None


BEGINS = [
    ("，市人民医院", 1, True, "after a mark"),
    ("由市人民医院", 1, True, "after a function character"),
    ("组织市人民医院", 2, True, "after a verb"),
    ("2024年市人民医院", 5, True, "after a date"),
    ("门市医院", 1, False, "the end of 门市"),
    ("加盟医院", 1, False, "the end of 加盟"),
    ("超市医院", 1, False, "the end of 超市"),
]


@pytest.mark.parametrize(("text", "at", "begins", "reason"), BEGINS, ids=[b[3] for b in BEGINS])
def test_where_a_relative_word_begins_a_word(text: str, at: int, begins: bool, reason: str) -> None:
    assert word_begins(text, at, load()) is begins, reason
