"""Alliances in whole reports: who leads them, who is in them, and what an unnamed one is called."""

from __future__ import annotations

import pytest

from kg.model import EntityType, Predicate
from tests.claims.reading import claims, names, read, report

CITY = "江山市"
FIRST, SECOND, TCM = "江山市人民医院", "江山市第二人民医院", "江山市中医院"

LEADS = [
    ("由市人民医院牵头组建江山市第一医疗集团。", {(FIRST, "江山市第一医疗集团")}),
    ("以市人民医院为龙头成立江山市第一医疗集团。", {(FIRST, "江山市第一医疗集团")}),
    ("市人民医院牵头的江山市第一医疗集团、市中医院牵头的江山市第二医疗集团运行。",
     {(FIRST, "江山市第一医疗集团"), (TCM, "江山市第二医疗集团")}),
    ("江山市第一医疗集团由市人民医院牵头。", {(FIRST, "江山市第一医疗集团")}),
    ("以市人民医院、市中医院为龙头，组建2个医共体。", {(FIRST, f"{FIRST}医共体"), (TCM, f"{TCM}医共体")}),
    ("市人民医院与江山市第一医疗集团座谈。", set()),
    ("市政府出资组建江山市第一医疗集团。", set()),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "pairs"), LEADS, ids=[x[0] for x in LEADS])
def test_who_leads(sentence: str, pairs: set[tuple[str, str]]) -> None:
    assert claims(read(report(CITY, sentence)), Predicate.LEADS) == pairs


MEMBERS = [
    ("市中医院加入江山市第一医疗集团。", {(TCM, "江山市第一医疗集团")}),
    ("江山市第一医疗集团成员有市二院、市中医院。", {(SECOND, "江山市第一医疗集团"), (TCM, "江山市第一医疗集团")}),
    ("市第二人民医院、市中医院等6家医院归江山市第一医疗集团管理。",
     {(SECOND, "江山市第一医疗集团"), (TCM, "江山市第一医疗集团")}),
    ("江山市第一医疗集团由市人民医院牵头，市二院、市中医院为成员单位。",
     {(SECOND, "江山市第一医疗集团"), (TCM, "江山市第一医疗集团")}),
    ("江山市第一医疗集团召开会议，市中医院扩建。", set()),
    ("市中医院退出江山市第一医疗集团。", set()),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "pairs"), MEMBERS, ids=[x[0] for x in MEMBERS])
def test_who_is_in_it(sentence: str, pairs: set[tuple[str, str]]) -> None:
    assert claims(read(report(CITY, sentence)), Predicate.MEMBER_OF) == pairs


def test_a_league_of_a_prefecture_is_joined_by_its_counties_hospitals() -> None:
    found = read(report("黔西南布依族苗族自治州", "州人民医院牵头组建黔西南州肿瘤专科联盟，兴义市人民医院加入。"))
    assert claims(found, Predicate.LEADS) == {("黔西南布依族苗族自治州人民医院", "黔西南州肿瘤专科联盟")}
    assert claims(found, Predicate.MEMBER_OF) == {("兴义市人民医院", "黔西南州肿瘤专科联盟")}


def test_authorities_are_no_members() -> None:
    found = read(report(CITY, "江山市卫生健康局加入江山市第一医疗集团。"))
    assert claims(found, Predicate.MEMBER_OF) == set()


def test_an_unnamed_alliance_is_called_after_its_leader() -> None:
    found = read(report(CITY, "市人民医院任龙头，联合12家卫生院组成医共体。"))
    ((leader, alliance),) = claims(found, Predicate.LEADS)
    assert leader == FIRST
    assert alliance.startswith(FIRST)
    assert alliance.endswith("医共体")
    assert alliance in names(found, EntityType.ALLIANCE)


def test_two_unnamed_alliances_are_told_apart_by_their_leaders() -> None:
    found = read(report(CITY, "两大医共体分别由市人民医院、市中医院领衔。"))
    pairs = claims(found, Predicate.LEADS)
    assert {leader for leader, _ in pairs} == {FIRST, TCM}
    assert len({alliance for _, alliance in pairs}) == 2


def test_an_alliance_by_its_kind_alone_is_none() -> None:
    found = read(report(CITY, "推进县域医共体建设，市医联体运行平稳。"))
    assert names(found, EntityType.ALLIANCE) == set()


def test_former_and_latter_mean_the_alliances_of_their_leaders() -> None:
    text = report(
        CITY,
        "市人民医院牵头组建江山市第一医疗集团，市中医院牵头组建江山市第二医疗集团。",
        "在江山市第一医疗集团、江山市第二医疗集团中，市第二人民医院加入后者。",
    )
    assert (SECOND, "江山市第二医疗集团") in claims(read(text), Predicate.MEMBER_OF)


def test_a_planned_alliance_is_planned() -> None:
    found = read(report(CITY, "市人民医院牵头组建江山市第一医疗集团。", heading="二、下一步打算"))
    assert [c.status.value for c in found.claims if c.predicate is Predicate.LEADS] == ["planned"]


def test_a_branch_of_a_hospital_group_is_its_member() -> None:
    found = read(report("南京市高淳区", "南京鼓楼医院集团高淳医院启用。"))
    assert claims(found, Predicate.MEMBER_OF) == {("南京鼓楼医院集团高淳医院", "南京鼓楼医院集团")}


GENERAL = [
    ("成立江山市总医院，下设21个分院。", EntityType.ALLIANCE),
    ("江山市总医院（江山市人民医院、江山市中医院“两院合一”组成）运行平稳。", EntityType.ALLIANCE),
    ("宁波市第一医院对口支援江山市总医院，建成胸痛中心。", EntityType.HOSPITAL),
]


@pytest.mark.parametrize(("sentence", "kind"), GENERAL, ids=[g[0] for g in GENERAL])
def test_a_general_hospital_is_an_alliance_where_it_unites_others(sentence: str, kind: EntityType) -> None:
    found = read(report(CITY, sentence))
    assert next(e.type for e in found.entities if e.label == "江山市总医院") is kind
