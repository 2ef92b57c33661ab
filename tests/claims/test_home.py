"""Whose report it is: every sign that can tell, the order of the signs, and when nothing is told."""

from __future__ import annotations

import pytest

from kg.claims.lexicon import load
from tests.claims.reading import home, read

SIGNS = [
    ("title", "江山市2024年卫生健康工作总结\n\n一、主要工作\n推进签约服务。\n", "江山市"),
    ("authority in the title", "凤台县卫生健康委员会2023年工作总结\n\n推进签约服务。\n", "凤台县"),
    (
        "chain in the title",
        "广西壮族自治区柳州市融水苗族自治县2024年卫生健康工作总结\n\n推进签约服务。\n",
        "融水苗族自治县",
    ),
    ("prefecture in the title", "怒江傈僳族自治州卫生健康委员会2024年工作总结\n\n推进签约服务。\n", "怒江傈僳族自治州"),
    ("league", "锡林郭勒盟卫生健康委员会2023年工作总结\n\n推进签约服务。\n", "锡林郭勒盟"),
    ("banner", "鄂温克族自治旗卫生健康委员会2023年工作总结\n\n推进签约服务。\n", "鄂温克族自治旗"),
    ("administrative area", "大兴安岭地区卫生健康委员会2023年工作总结\n\n推进签约服务。\n", "大兴安岭地区"),
    ("autonomous region", "宁夏回族自治区卫生健康委员会2023年工作总结\n\n推进签约服务。\n", "宁夏回族自治区"),
    ("province's body", "贵州省卫生健康委员会2023年工作总结\n\n推进签约服务。\n", "贵州省"),
    (
        "signature",
        "2024年卫生健康工作总结\n\n一、主要工作\n推进签约服务。\n\n罗平县卫生健康局\n2025年1月6日\n",
        "罗平县",
    ),
    ("issuer line", "2024年工作总结\n\n信息来源：海阳市卫生健康局\n\n一、主要工作\n推进签约服务。\n", "海阳市"),
    (
        "opening",
        "2024年工作总结\n\n2024年，枝江市卫生健康局紧扣全年目标，各项工作平稳有序，群众健康得到保障。\n\n一、主要工作\n推进签约服务。\n",
        "枝江市",
    ),
    (
        "the region called its own",
        "2024年工作总结\n\n一、主要工作\n全县推进签约服务，我县投入增加。榕江县人均经费提高。榕江县还建了6个发热门诊。\n",
        "榕江县",
    ),
    (
        "numbered headings in brackets",
        "卫生健康工作简报\n\n（一）融水苗族自治县\n推进签约服务。\n（二）鹿寨县\n开展义诊。\n",
        "柳州市",
    ),
    (
        "headings of one prefecture's counties",
        "卫生健康工作简报\n\n一、石屏县\n推进签约服务。\n二、泸西县\n开展义诊。\n三、弥勒市\n开展义诊。\n",
        "红河哈尼族彝族自治州",
    ),
]


@pytest.mark.parametrize(("sign", "text", "place"), SIGNS, ids=[s[0] for s in SIGNS])
def test_each_sign_alone_tells_the_jurisdiction(sign: str, text: str, place: str) -> None:
    assert home(read(text)) == place, sign


ORDER = [
    (
        "the title outranks the signature",
        "苍溪县2024年卫生健康工作总结\n\n推进签约服务。\n\n广元市卫生健康委员会\n2025年1月6日\n",
        "苍溪县",
    ),
    (
        "the title outranks what is named most",
        "洛川县2024年卫生健康工作总结\n\n延安市人民医院派专家来县。延安市召开会议。延安市印发方案。\n",
        "洛川县",
    ),
    (
        "the signature outranks the prose",
        "2024年工作总结\n\n到兰溪市学习。兰溪市经验丰富。兰溪市领导来访。\n\n浦江县卫生健康局\n2025年1月8日\n",
        "浦江县",
    ),
]


@pytest.mark.parametrize(("reason", "text", "place"), ORDER, ids=[s[0] for s in ORDER])
def test_surer_signs_come_first(reason: str, text: str, place: str) -> None:
    assert home(read(text)) == place, reason


SHARED = [
    ("鼓楼区", "福州市对我区进行督导，福州市第一医院来区义诊。", "350102"),
    ("鼓楼区", "徐州市对我区进行督导，徐州市儿童医院来区义诊。", "320302"),
    ("鼓楼区", "开封市对我区进行督导，开封市中心医院来区义诊。", "410204"),
    ("鼓楼区", "南京市对我区进行督导，南京市第一医院来区义诊。", "320106"),
    ("朝阳区", "长春市对我区进行督导，长春市中心医院来区义诊。", "220104"),
    ("朝阳区", "北京市对我区进行督导，北京市来区义诊。", "110105"),
    ("西湖区", "南昌市对我区进行督导，南昌市第一医院来区义诊。", "360103"),
    ("西湖区", "杭州市对我区进行督导，杭州市第一人民医院来区义诊。", "330106"),
    ("宝山区", "上海市对我区进行督导，上海市来区义诊。", "310113"),
    ("城关区", "兰州市对我区进行督导，兰州市第一人民医院来区义诊。", "620102"),
]


@pytest.mark.parametrize(("name", "sentence", "code"), SHARED)
def test_a_name_of_several_districts_is_settled_by_its_surroundings(name: str, sentence: str, code: str) -> None:
    found = read(f"{name}卫生健康局2024年工作总结\n\n一、主要工作\n{sentence}推进家庭医生签约服务。\n")
    assert found.report.jurisdiction == f"region/{code}"


@pytest.mark.parametrize("name", ["鼓楼区", "朝阳区", "西湖区", "新城区"])
def test_a_name_of_several_districts_alone_settles_nothing(name: str) -> None:
    assert len(load().gazetteer.by_name[name]) > 1
    found = read(f"{name}2024年卫生健康工作总结\n\n一、主要工作\n推进家庭医生签约服务。\n")
    assert found.report.jurisdiction == ""
    assert "no-jurisdiction" in {p.kind for p in found.problems}


def test_a_chain_settles_a_shared_name() -> None:
    assert read("南京市鼓楼区2024年卫生健康工作总结\n\n推进签约服务。\n").report.jurisdiction == "region/320106"


MASKS = [
    ("XX区卫生健康局2024年工作总结", "XX区"),
    ("X县2023年卫生健康工作总结", "X县"),
    ("某市卫生健康委员会2023年工作总结", "某市"),
    ("××县卫生健康局2023年工作总结", "××县"),
    ("A区卫生健康局2025年工作要点", "A区"),
]


@pytest.mark.parametrize(("title", "mask"), MASKS)
def test_a_masked_jurisdiction_keeps_its_mask_and_belongs_to_its_file(title: str, mask: str) -> None:
    found = read(f"{title}\n\n一、主要工作\n推进家庭医生签约服务。\n", "masked.txt")
    assert home(found) == mask
    assert found.report.jurisdiction == f"region/{found.report.key}-{mask}"
    (region,) = [e for e in found.entities if e.id == found.report.jurisdiction]
    assert region.source == "mask"


def test_the_same_mask_in_two_files_is_two_regions() -> None:
    text = "XX区卫生健康局2024年工作总结\n\n一、主要工作\n推进家庭医生签约服务。\n"
    other = text.replace("家庭医生签约", "老年健康")
    assert read(text).report.jurisdiction != read(other).report.jurisdiction


ZONES = [
    ("苏州工业园区2024年卫生健康工作总结", "苏州工业园区", "320500"),
    ("漳州高新技术产业开发区卫生健康局2024年工作总结", "漳州高新技术产业开发区", "350600"),
    ("廊坊经济技术开发区社会发展局2024年工作总结", "廊坊经济技术开发区", "131000"),
]


@pytest.mark.parametrize(("title", "name", "above"), ZONES)
def test_a_zone_lies_under_its_city(title: str, name: str, above: str) -> None:
    found = read(f"{title}\n\n一、主要工作\n推进家庭医生签约服务。\n")
    assert home(found) == name
    assert load().gazetteer.inside(found.report.jurisdiction.removeprefix("region/"), above)


SILENT = [
    "2024年工作总结\n\n一、主要工作\n推进家庭医生签约服务。\n",
    "卫生健康工作简报\n\n一、石屏县\n推进签约服务。\n二、海阳市\n开展义诊。\n",
    "2024年工作总结\n\n一、主要工作\n赴罗平县、海阳市学习。\n",
]


@pytest.mark.parametrize("text", SILENT)
def test_where_nothing_tells_the_report_has_none_and_says_so(text: str) -> None:
    found = read(text, "nowhere.txt")
    assert found.report.jurisdiction == ""
    assert [(p.where, p.kind) for p in found.problems if p.kind == "no-jurisdiction"] == [
        ("nowhere.txt", "no-jurisdiction")
    ]
