"""Who runs a programme: the jurisdiction, the part of it, the organisations that a sentence names; never a partner."""

from __future__ import annotations

import pytest

from kg.model import Predicate
from tests.claims.reading import claims, read, report, runs

CITY, PREFECTURE = "江山市", "大庆市"

SUBJECTS = [
    # place, sentence, programme, who runs it
    (CITY, "推进家庭医生签约服务。", "family-doctor", {CITY}),
    (CITY, "全市推进家庭医生签约服务。", "family-doctor", {CITY}),
    (CITY, "市卫健局推进家庭医生签约服务。", "family-doctor", {CITY}),
    (CITY, "市二院建成胸痛中心。", "chest-pain-center", {CITY, "江山市第二人民医院"}),
    (CITY, "市二院、市中医院建成胸痛中心。", "chest-pain-center", {CITY, "江山市第二人民医院", "江山市中医院"}),
    (CITY, "市中医院、市血站开展艾滋病筛查。", "hiv", {CITY, "江山市中医院", "江山市血站"}),
    (CITY, "市二院新添设备，建成胸痛中心。", "chest-pain-center", {CITY, "江山市第二人民医院"}),
    (PREFECTURE, "肇州县推进家庭医生签约服务。", "family-doctor", {PREFECTURE, "肇州县"}),
    (PREFECTURE, "肇州县、林甸县推进家庭医生签约服务。", "family-doctor", {PREFECTURE, "肇州县", "林甸县"}),
    (PREFECTURE, "肇州县人民医院建成卒中中心。", "stroke-center", {PREFECTURE, "肇州县人民医院"}),
    (PREFECTURE, "肇州、肇源等中医院建成卒中中心。", "stroke-center", {PREFECTURE, "肇州县中医院", "肇源县中医院"}),
]  # fmt: skip


@pytest.mark.parametrize(("place", "sentence", "programme", "who"), SUBJECTS, ids=[s[1] for s in SUBJECTS])
def test_the_jurisdiction_and_whoever_is_named(place: str, sentence: str, programme: str, who: set[str]) -> None:
    assert {name for name, _ in runs(read(report(place, sentence)), programme)} == who


NAMED_AFTER = [
    ("安宁疗护病区设在市二院。", "hospice", {CITY, "江山市第二人民医院"}),
    (
        "全市3家医院建成胸痛中心，分别为市人民医院、市二院、市中医院。",
        "chest-pain-center",
        {CITY, "江山市人民医院", "江山市第二人民医院", "江山市中医院"},
    ),
    ("建成胸痛中心的有：市人民医院、市中医院。", "chest-pain-center", {CITY, "江山市人民医院", "江山市中医院"}),
    ("家庭医生签约服务，市二院签约率最高。", "family-doctor", {CITY, "江山市第二人民医院"}),
]


@pytest.mark.parametrize(("sentence", "programme", "who"), NAMED_AFTER, ids=[n[0] for n in NAMED_AFTER])
def test_the_topic_may_come_first(sentence: str, programme: str, who: set[str]) -> None:
    assert {name for name, _ in runs(read(report(CITY, sentence)), programme)} == who


PARTNERS = [
    ("与宁波市第一医院共建胸痛中心。", "chest-pain-center", {CITY}),
    ("邀请宁波市第一医院专家开展远程会诊。", "telemedicine", {CITY}),
    ("市二院与宁波市第一医院共建胸痛中心。", "chest-pain-center", {CITY, "江山市第二人民医院"}),
    ("宁波市第一医院建成胸痛中心。", "chest-pain-center", {CITY}),
    ("在宁波市第一医院支持下，市二院建成卒中中心。", "stroke-center", {CITY, "江山市第二人民医院"}),
    ("除市二院外，其余医院均建成卒中中心。", "stroke-center", {CITY}),
]


@pytest.mark.parametrize(("sentence", "programme", "who"), PARTNERS, ids=[p[0] for p in PARTNERS])
def test_whoever_lies_elsewhere_runs_nothing_here(sentence: str, programme: str, who: set[str]) -> None:
    assert {name for name, _ in runs(read(report(CITY, sentence)), programme)} == who


def test_each_member_of_an_enumeration_has_its_own_doers() -> None:
    found = read(report(CITY, "一是推进家庭医生签约。二是市中医院建成卒中中心；三是开展远程会诊。"))
    assert {name for name, _ in runs(found, "family-doctor")} == {CITY}
    assert {name for name, _ in runs(found, "stroke-center")} == {CITY, "江山市中医院"}
    assert {name for name, _ in runs(found, "telemedicine")} == {CITY}


def test_authorities_run_nothing_by_themselves() -> None:
    found = read(report(CITY, "江山市卫生健康局、江山市民政局推进医养结合。"))
    assert {name for name, _ in runs(found, "medical-elderly-care")} == {CITY}


def test_those_excepted_run_nothing() -> None:
    found = read(report(PREFECTURE, "肇州县以外均推进家庭医生签约服务。"))
    assert {name for name, _ in runs(found, "family-doctor")} == {PREFECTURE}


def test_a_section_of_a_hospital_is_about_that_hospital() -> None:
    found = read(report(CITY, "建成胸痛中心，开展远程会诊。", heading="（一）市中医院"))
    assert {name for name, _ in runs(found, "chest-pain-center")} == {CITY, "江山市中医院"}
    assert {name for name, _ in runs(found, "telemedicine")} == {CITY, "江山市中医院"}


HEADED = [
    # heading, prose, who runs the heading's programme besides the city
    ("（一）办好窝沟封闭", "市中医院已列入计划，免费服务儿童300名。", {"江山市中医院"}),
    ("（一）办好窝沟封闭", "组织专家到市中医院指导。", set()),
    ("（一）办好窝沟封闭", "窝沟封闭覆盖8所学校。市中医院床位增加。", set()),
    ("（一）抓好窝沟封闭和无偿献血", "市中医院已列入计划。", set()),
    ("（一）深化医改", "市中医院床位增加。", set()),
]


@pytest.mark.parametrize(("heading", "prose", "who"), HEADED, ids=[h[0] + h[1] for h in HEADED])
def test_whoever_does_what_only_the_heading_names(heading: str, prose: str, who: set[str]) -> None:
    found = read(report(CITY, prose, heading=heading))
    told = claims(found, Predicate.IMPLEMENTS)
    assert {name for name, _ in told if name != CITY} == who


def test_titles_run_nothing() -> None:
    found = read("江山市2024年家庭医生签约工作总结\n\n一、主要工作\n召开会议。\n")
    assert claims(found, Predicate.IMPLEMENTS) == set()


def test_problems_run_nothing() -> None:
    found = read(report(CITY, "家庭医生签约服务不够，胸痛中心尚未建成。", heading="二、存在问题"))
    assert claims(found, Predicate.IMPLEMENTS) == set()


def test_what_is_denied_is_not_run() -> None:
    found = read(report(CITY, "尚未建成胸痛中心，推进家庭医生签约服务。"))
    assert runs(found, "chest-pain-center") == set()
    assert {name for name, _ in runs(found, "family-doctor")} == {CITY}


def test_a_local_programme_is_run_by_its_place() -> None:
    found = read(report(CITY, "市二院推出“康乐银龄”居家照护项目。"))
    assert {name for name, _ in runs(found, "康乐银龄")} == {CITY, "江山市第二人民医院"}


def test_what_is_told_of_a_place_elsewhere_is_no_work_here() -> None:
    text = report(CITY, "建成胸痛中心，开展对口帮扶。", heading="（一）四川省仪陇县")
    found = read(text)
    assert runs(found, "chest-pain-center") == set()
    assert {name for name, _ in runs(found, "counterpart-support")} >= {CITY}


def test_each_mention_marks_its_words_in_the_evidence() -> None:
    found = read(report(CITY, "今年，市二院建成胸痛中心。"))
    (claim,) = [c for c in found.claims if c.object == "program/chest-pain-center" and c.subject.startswith("org/")]
    marked = {found.report.text[a:b] for a, b in claim.evidence.marks}
    assert "市二院" in marked
    assert claim.evidence.quote == "今年，市二院建成胸痛中心。"


def test_an_alliance_does_not_run_the_programme_of_its_own_name() -> None:
    found = read(report(CITY, "江山市第一医共体推进远程会诊。"))
    assert {name for name, _ in runs(found, "county-medical-community")} == {CITY}
    assert {name for name, _ in runs(found, "telemedicine")} == {CITY, "江山市第一医共体"}


def test_members_and_leaders_of_an_alliance_run_its_programme() -> None:
    found = read(report(CITY, "江山市人民医院牵头组建江山市第一医共体，江山市中医院加入江山市第一医共体。"))
    assert {"江山市人民医院", "江山市中医院"} <= {name for name, _ in runs(found, "county-medical-community")}
