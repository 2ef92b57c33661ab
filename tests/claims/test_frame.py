"""Frames: what 市, 县, 区 … mean in a report, and the places that headings set for their sections."""

from __future__ import annotations

import pytest

from kg.claims.frame import Frame, leading_place, region_codes
from kg.claims.lexicon import load
from kg.claims.names import Token
from kg.model import EntityType, Predicate
from kg.text.clean import fold
from tests.claims.reading import claims, means, names, read, report, runs

WORDS = [
    ("市", "330881", "江山市", "a county-level city is the nearest 市"),
    ("县", "341126", "凤阳县", "the county itself"),
    ("市", "341126", "滁州市", "from a county upwards to its city"),
    ("省", "341126", "安徽省", "and on to its province"),
    ("区", "341126", "", "no district above a county"),
    ("区", "320106", "鼓楼区", "the district itself"),
    ("市", "320106", "南京市", "the district's city"),
    ("区", "640100", "宁夏回族自治区", "above a city of Ningxia only the autonomous region is a 区"),
    ("区", "640104", "兴庆区", "but in its district the district is nearer"),
    ("自治区", "640104", "宁夏回族自治区", "自治区 is never the district"),
    ("州", "632322", "黄南藏族自治州", "the county's prefecture"),
    ("县", "513423", "盐源县", "a county of an autonomous prefecture"),
    ("州", "513423", "凉山彝族自治州", "the prefecture of that county"),
    ("旗", "150727", "新巴尔虎右旗", "a banner"),
    ("盟", "152526", "锡林郭勒盟", "the banner's league"),
    ("地区", "542500", "阿里地区", "an administrative area"),
    ("县", "422822", "建始县", "a county in Hubei's prefecture"),
    ("镇", "422822", "", "nothing smaller than the frame"),
]


@pytest.mark.parametrize(("word", "place", "meant", "reason"), WORDS, ids=[f"{w[0]}-{w[1]}" for w in WORDS])
def test_relative_words_mean_the_nearest_of_their_kind(word: str, place: str, meant: str, reason: str) -> None:
    lexicon = load()
    code = Frame(place).region_for(word, lexicon)
    assert (lexicon.gazetteer.place(code).name if code else "") == meant, reason


def test_the_sections_place_comes_before_the_reports() -> None:
    lexicon = load()
    frame = Frame("532500", ("532525",))
    assert frame.place == "532525"
    assert frame.region_for("县", lexicon) == "532525"
    assert frame.region_for("州", lexicon) == "532500"
    assert Frame("532500").place == "532500"
    assert Frame("532500", (), ("310115",)).region_for("区", lexicon) == "310115", "the supported district of a section"


HEADINGS = [
    ("（二）大丰区", "大丰区"),
    ("一、石屏县", "石屏县"),
    ("【衡山县】", "衡山县"),
    ("第一部分 枞阳县", "枞阳县"),
    ("3.海阳市：签约服务做法", "海阳市"),
    ("泸西县2024年工作情况", "泸西县"),
    ("对口支援工作（贡嘎县）", "贡嘎县"),
    ("① 某县", "某县"),
    ("枣强县人民医院", "枣强县"),
    ("（一）四川省仪陇县", "仪陇县"),
    ("三、东西部协作：凌云县", "凌云县"),
    ("三、对口协作——凌云县。", "凌云县"),
    ("三、目标：建成健康县", None),
    ("一、深化改革", None),
    ("二、朝阳产业稳步发展", None),
]


@pytest.mark.parametrize(("heading", "place"), HEADINGS)
def test_headings_that_begin_with_a_place(heading: str, place: str | None) -> None:
    token = leading_place(fold(heading), load())
    assert (token.values[0] if token else None) == place


def test_a_short_name_and_a_zone_have_codes_of_their_tables() -> None:
    lexicon = load()
    assert region_codes(Token(0, 2, "short", ("凤台",)), lexicon) == ("340421",)
    assert region_codes(Token(0, 3, "region", ("鼓楼区",)), lexicon) == lexicon.gazetteer.by_name["鼓楼区"]
    assert region_codes(Token(0, 3, "town", ("330481001",)), lexicon) == ("330481001",)
    assert region_codes(Token(0, 3, "region", ("无此县",)), lexicon) == ()


OWN = [
    ("石阡县", "全县推进家庭医生签约服务。", "全县", "石阡县"),
    ("石阡县", "我县推进家庭医生签约服务。", "我县", "石阡县"),
    ("石阡县", "该县推进家庭医生签约服务。", "该县", "石阡县"),
    ("石阡县", "本县推进家庭医生签约服务。", "本县", "石阡县"),
    ("苏尼特左旗", "全旗推进家庭医生签约服务。", "全旗", "苏尼特左旗"),
    ("兴安盟", "全盟推进家庭医生签约服务。", "全盟", "兴安盟"),
    ("楚雄彝族自治州", "全州推进家庭医生签约服务。", "全州", "楚雄彝族自治州"),
    ("宁夏回族自治区", "全区推进家庭医生签约服务。", "全区", "宁夏回族自治区"),
    ("重庆市江津区", "全区推进家庭医生签约服务。", "全区", "江津区"),
    ("榆树市", "我市推进家庭医生签约服务。", "我市", "榆树市"),
    ("芷江侗族自治县", "全县推进家庭医生签约服务。", "全县", "芷江侗族自治县"),
]


@pytest.mark.parametrize(("place", "sentence", "written", "meant"), OWN)
def test_a_report_calls_its_region_its_own(place: str, sentence: str, written: str, meant: str) -> None:
    assert means(read(report(place, sentence)), written) == {meant}


BULLETIN = (
    "红河哈尼族彝族自治州卫生健康工作简报\n\n一、石屏县\n县人民医院建成胸痛中心。\n全县推进无偿献血工作。\n\n"
    "二、泸西县\n县人民医院建成卒中中心。\n县疾控中心开展结核病筛查。\n\n三、全州综合情况\n州人民医院开展远程会诊。\n"
)


def test_each_section_of_a_bulletin_sets_its_own_place() -> None:
    found = read(BULLETIN)
    assert {"石屏县人民医院", "泸西县人民医院", "泸西县疾病预防控制中心", "红河哈尼族彝族自治州人民医院"} <= names(
        found
    )
    assert means(found, "县人民医院") == {"石屏县人民医院", "泸西县人民医院"}
    assert means(found, "全县") == {"石屏县"}


def test_what_a_section_tells_holds_for_its_place_and_the_whole() -> None:
    found = read(BULLETIN)
    chest = {who for who, _ in runs(found, "chest-pain-center")}
    stroke = {who for who, _ in runs(found, "stroke-center")}
    assert chest == {"红河哈尼族彝族自治州", "石屏县", "石屏县人民医院"}
    assert stroke == {"红河哈尼族彝族自治州", "泸西县", "泸西县人民医院"}


def test_a_bulletin_of_counties_that_nothing_holds_keeps_each_apart() -> None:
    text = "卫生健康工作交流\n\n一、罗平县\n县人民医院建成胸痛中心。\n\n二、海阳市\n市人民医院建成卒中中心。\n"
    found = read(text)
    assert {who for who, _ in runs(found, "chest-pain-center")} == {"罗平县", "罗平县人民医院"}
    assert {who for who, _ in runs(found, "stroke-center")} == {"海阳市", "海阳市人民医院"}


SECTIONS = [
    ("headings", "一、大丰区\n区人民医院建成胸痛中心。\n二、东台市\n市人民医院建成卒中中心。\n"),
    ("parts", "第一部分 大丰区\n区人民医院建成胸痛中心。\n第二部分 东台市\n市人民医院建成卒中中心。\n"),
    ("headings that run on", "（一）大丰区。区人民医院建成胸痛中心。\n（二）东台市。市人民医院建成卒中中心。\n"),
    ("brackets", "【大丰区】区人民医院建成胸痛中心。\n【东台市】市人民医院建成卒中中心。\n"),
    ("items", "△大丰区 2024年，区人民医院建成胸痛中心。\n△东台市 2024年，市人民医院建成卒中中心。\n"),
    (
        "items with brackets",
        "△大丰区（盐城市） 年内，区人民医院建成胸痛中心。\n△东台市 年内，市人民医院建成卒中中心。\n",
    ),
]


@pytest.mark.parametrize(("way", "body"), SECTIONS, ids=[s[0] for s in SECTIONS])
def test_the_ways_in_which_bulletins_name_their_places(way: str, body: str) -> None:
    found = read("盐城市卫生健康工作简报\n\n" + body)
    assert {who for who, _ in runs(found, "chest-pain-center")} == {"盐城市", "大丰区", "大丰区人民医院"}, way
    assert {who for who, _ in runs(found, "stroke-center")} == {"盐城市", "东台市", "东台市人民医院"}, way


def test_two_masked_districts_of_one_file_are_two() -> None:
    text = (
        "XX区卫生健康局2022年工作总结\n\n一、主要工作\nXX区人民医院建成胸痛中心，XX区推进医养结合。\n\n"
        "XX区卫生健康局2024年工作总结\n\n一、主要工作\nXX区人民医院建成卒中中心，XX区推进医养结合。\n"
    )
    found = read(text)
    regions = {e.id for e in found.entities if e.type is EntityType.REGION}
    hospitals = {e.id for e in found.entities if e.type is EntityType.HOSPITAL}
    assert len(regions) == 2
    assert len(hospitals) == 2


def test_each_masked_districts_hospital_is_its_own() -> None:
    text = (
        "XX区卫生健康局2022年工作总结\n\n一、主要工作\n区人民医院建成胸痛中心。\n\n"
        "XX区卫生健康局2024年工作总结\n\n一、主要工作\n区人民医院建成卒中中心。\n"
    )
    found = read(text)
    where = {c.subject: c.object for c in found.claims if c.predicate is Predicate.LOCATED_IN}
    chest, stroke = (
        {c.subject for c in found.claims if c.object == f"program/{programme}"}
        for programme in ("chest-pain-center", "stroke-center")
    )
    assert not chest & stroke
    assert len(chest) == len(stroke) == 2
    assert all({where[o] for o in ran if o in where} <= ran for ran in (chest, stroke))


def test_different_masks_of_one_file_are_different_regions() -> None:
    found = read("XX区卫生健康局2024年工作总结\n\n一、主要工作\n与YY区、某县签订协议，赴X县学习。\n".replace("YY", "A"))
    assert {"XX区", "A区", "某县", "X县"} <= names(found, EntityType.REGION)


def test_a_zones_hospital_lies_in_the_zone() -> None:
    found = read(
        "苏州工业园区2024年卫生健康工作总结\n\n一、主要工作\n园区星塘医院建成卒中中心。推进家庭医生签约服务。\n"
    )
    (zone,) = [e for e in found.entities if e.label == "苏州工业园区"]
    assert found.report.jurisdiction == zone.id
    assert ("苏州工业园区", "realised") in runs(found, "family-doctor")


def test_places_of_a_chain_lie_in_one_another() -> None:
    found = read(report("福建省三明市沙县区", "福建省三明市沙县区推进家庭医生签约服务。"))
    assert {"三明市", "沙县区"} <= names(found, EntityType.REGION)
    assert claims(found, Predicate.PARTNERS_WITH) == set()


def test_a_section_on_how_others_do_it_tells_of_them() -> None:
    found = read(report("都匀市", "该市建成胸痛中心，开展对口帮扶。", heading="三、参考案例（六盘水）"))
    assert {who for who, _ in runs(found, "chest-pain-center")} == {"六盘水市"}
    assert claims(found, Predicate.PARTNERS_WITH) == set()


ABOVE = [
    # sentence, who starts the programme
    ("贵州2017年启动医共体试点，2019年全省推开。", {"贵州省"}),
    ("贵州省统一推行医共体，都匀市人民医院牵头医共体。", {"贵州省", "都匀市", "都匀市人民医院"}),
    ("贵州省级医共体试点落户。", {"都匀市"}),
    ("推行医共体，贵州省给予补助。", {"都匀市"}),
]


@pytest.mark.parametrize(("sentence", "who"), ABOVE, ids=[a[0] for a in ABOVE])
def test_what_the_province_does_is_its_own(sentence: str, who: set[str]) -> None:
    assert {name for name, _ in runs(read(report("都匀市", sentence)), "county-medical-community")} == who


HEADED = [
    ("（一）市中医院", True),
    ("1.市中医院", True),
    ("（一）推进市中医院搬迁", False),
    ("（一）支持市中医院", False),
]


@pytest.mark.parametrize(("heading", "about"), HEADED)
def test_only_a_heading_that_begins_with_a_hospital_is_about_it(heading: str, about: bool) -> None:
    found = read(report("都匀市", "建成胸痛中心。", heading=heading))
    assert ("都匀市中医院" in {who for who, _ in runs(found, "chest-pain-center")}) is about
