"""A report as the rules see it: aliases, words that point back, headings that set a focus, offsets."""

from __future__ import annotations

import pytest

from kg.claims.lexicon import load
from kg.claims.scan import Scan, scan
from kg.model import EntityType, Role
from kg.text.read import report_of
from tests.claims.reading import means, names, read, report


def _scan(text: str) -> Scan:
    return scan(report_of(text, "a.txt"), load())


ALIASES = [
    ("与南通大学附属医院（以下简称通大附院）签约。", "通大附院扩建。", "通大附院", "南通大学附属医院"),
    ("江山市第六人民医院（又称江山市传染病医院）扩建。", "市传染病医院启用。", "市传染病医院", "江山市第六人民医院"),
    ("江山市人民医院（即江山市总医院）扩建。", "市总医院启用。", "市总医院", "江山市人民医院"),
    ("江山市中医院（原名百草联合诊所）扩建。", "百草联合诊所旧址保留。", "百草联合诊所", "江山市中医院"),
    ("江山市中医院（又名“百草堂”）扩建。", "百草堂旧址保留。", "百草堂", "江山市中医院"),
    ("江山市第六人民医院扩建。", "六院启用新楼。", "六院", "江山市第六人民医院"),
    ("与昆明医科大学第二附属医院签约。", "二附院派出专家。", "二附院", "昆明医科大学第二附属医院"),
    ("与昆明医科大学第二附属医院签约。", "附二院派出专家。", "附二院", "昆明医科大学第二附属医院"),
    ("与南昌大学第一附属医院签约。", "附一院派出专家。", "附一院", "南昌大学第一附属医院"),
    ("与南昌大学第一附属医院签约。", "一附院派出专家。", "一附院", "南昌大学第一附属医院"),
    ("与浙江大学（下称浙大）签约。", "浙大派出专家。", "浙大", "浙江大学"),
    ("与江山市康宁养老院（以下统称“康养之家”）签约。", "康养之家启用。", "康养之家", "江山市康宁养老院"),
    ("江山市第一医疗集团运行。", "第一医疗集团统一采购。", "第一医疗集团", "江山市第一医疗集团"),
]


@pytest.mark.parametrize(("first", "second", "alias", "full"), ALIASES, ids=[a[2] for a in ALIASES])
def test_an_alias_means_what_it_was_declared_for(first: str, second: str, alias: str, full: str) -> None:
    assert means(read(report("江山市", first, second)), alias) == {full}


def test_a_second_plate_in_brackets_is_the_same_organisation() -> None:
    found = read(report("江山市", "江山市健康管理中心（江山市康复医院）建成。"))
    (one,) = [e for e in found.entities if e.type in {EntityType.HOSPITAL, EntityType.ORGANIZATION}]
    assert one.type is EntityType.HOSPITAL
    assert {one.label, *one.aliases} >= {"江山市健康管理中心", "江山市康复医院"}


def test_an_alias_that_two_could_claim_means_neither() -> None:
    found = read(report("江山市", "江山市第六人民医院扩建，衢州市第六人民医院扩建。", "六院启用新楼。"))
    assert names(found, EntityType.HOSPITAL) == {"江山市第六人民医院", "衢州市第六人民医院"}
    assert means(found, "六院") == set()


POINTERS = [
    ("江山市人民医院扩建。该院建成胸痛中心。", "该院", {"江山市人民医院"}),
    ("江山市人民医院与江山市中医院扩建。该院建成胸痛中心。", "该院", {"江山市中医院"}),
    ("与浙江大学签约。该校派出专家。", "该校", {"浙江大学"}),
    ("与浙江大学、江山市人民医院座谈。该校派出专家。", "该校", {"浙江大学"}),
    ("江山市人民医院和江山市中医院扩建，后者启用新楼。", "后者", {"江山市中医院"}),
    ("江山市人民医院和江山市中医院扩建，前者启用新楼。", "前者", {"江山市人民医院"}),
    ("江山市第一医疗集团运行。该集团统一采购。", "集团", {"江山市第一医疗集团"}),
    ("推进签约服务。我局加强考核。", "我局", {"江山市卫生健康局"}),
    ("推进签约服务。该院扩建。", "该院", set()),
    ("推进签约服务，后者更优。", "后者", set()),
    ("召开大会，该校派人。", "该校", set()),
]


@pytest.mark.parametrize(("sentence", "pointer", "full"), POINTERS, ids=[p[0] for p in POINTERS])
def test_words_that_point_back(sentence: str, pointer: str, full: set[str]) -> None:
    assert means(read(report("江山市", sentence)), pointer) == full


def test_a_county_that_was_last_spoken_of_is_this_county() -> None:
    found = read(report("衢州市", "常山县推进签约服务。该县增设站点。"))
    assert means(found, "该县") == {"常山县"}


def test_in_a_hospitals_section_this_hospital_is_that_one() -> None:
    text = report(
        "文山壮族苗族自治州", "赴昆明医科大学第一附属医院学习，该院建成胸痛中心。", heading="（一）州人民医院"
    )
    read_as = _scan(text)
    assert [s.focus for s in read_as.sentences if s.focus] == ["org/532600-文山壮族苗族自治州人民医院"]
    assert means(read(text), "该院") == {"文山壮族苗族自治州人民医院"}


def test_every_mention_slices_out_of_the_folded_text() -> None:
    text = report("江山市", "江山市第六人民医院（又称枫岭医院）与ＸＸ区签约。该院　扩建，六院启用。")
    read_as = _scan(text)
    for s in read_as.sentences:
        for m in s.mentions:
            assert s.sentence.start <= m.start < m.end <= s.sentence.end
            assert read_as.register.get(m.id)
            assert read_as.register.type(m.id) is m.type


def test_sentences_keep_the_order_and_roles_of_the_text() -> None:
    read_as = _scan(report("江山市", "推进签约服务。"))
    assert [s.sentence.role for s in read_as.sentences] == [Role.TITLE, Role.HEADING, Role.REVIEW]
    assert read_as.home == "330881"
    assert read_as.issuer == "org/330881-江山市卫生健康局"


ISSUERS = [
    ("江山市卫生健康局2024年工作总结\n\n推进签约服务。\n", "江山市卫生健康局"),
    ("江山市2024年卫生健康工作总结\n\n推进签约服务。\n\n江山市卫生健康局\n2025年1月3日\n", "江山市卫生健康局"),
    ("江山市2024年卫生健康工作总结\n\n江山市卫健局推进签约服务。\n", "江山市卫生健康局"),
    ("江山市2024年卫生健康工作总结\n\n推进签约服务。\n", ""),
    ("江山市2024年卫生健康工作总结\n\n推进签约服务。\n\n衢州市卫生健康委员会\n2025年1月3日\n", ""),
    ("江山市2024年卫生健康工作总结\n\n市民政局来局座谈。\n", ""),
    ("江山市2024年卫生健康工作总结\n\n衢州市卫生健康委员会来市督导。\n", ""),
]


@pytest.mark.parametrize(("text", "issuer"), ISSUERS)
def test_the_issuer_is_the_jurisdictions_own_authority(text: str, issuer: str) -> None:
    found = read(text)
    assert {e.label for e in found.entities if e.id == found.report.issuer} == ({issuer} if issuer else set())
