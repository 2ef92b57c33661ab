"""Partnerships in whole reports: who with whom, of what kind, done or planned; and what is none."""

from __future__ import annotations

import pytest

from kg.model import Predicate
from tests.claims.reading import claims, read, report

CITY = "江山市"
FIRST, TCM, WOMEN = "江山市人民医院", "江山市中医院", "江山市妇幼保健院"
NINGBO, ZJU, WEST = (
    "宁波大学附属第一医院",
    "浙江大学",
    "四川大学华西医院",
)  # the first is 宁波市第一医院 by its official name


def _pairs(sentence: str, place: str = CITY) -> set[tuple[str, str]]:
    return claims(read(report(place, sentence)), Predicate.PARTNERS_WITH)


def _pair(one: str, two: str) -> tuple[str, str]:
    return (min(one, two), max(one, two))


VERBS = [
    ("市人民医院与宁波市第一医院签订合作协议。", FIRST, NINGBO),
    ("市人民医院同宁波市第一医院签约。", FIRST, NINGBO),
    ("市人民医院和宁波市第一医院共建心血管中心。", FIRST, NINGBO),
    ("市人民医院与四川大学华西医院结成紧密型医联体。", FIRST, WEST),
    ("市人民医院携手宁波市第一医院提升水平。", FIRST, NINGBO),
    ("市人民医院由宁波市第一医院托管。", FIRST, NINGBO),
    ("宁波市第一医院对口支援市人民医院。", FIRST, NINGBO),
    ("宁波市第一医院选派6名专家驻点市人民医院帮扶。", FIRST, NINGBO),
    ("市人民医院挂牌成为宁波市第一医院协作医院。", FIRST, NINGBO),
    ("市人民医院挂牌成为浙江大学教学医院。", FIRST, ZJU),
    ("邀请宁波市第一医院到市妇幼保健院设立会诊点。", WOMEN, NINGBO),
    ("市人民医院接受宁波市第一医院帮扶。", FIRST, NINGBO),
    ("市妇幼保健院被确定为宁波市第一医院协作医院。", WOMEN, NINGBO),
    ("市政府与浙江大学签订战略合作协议。", "江山市人民政府", ZJU),
    ("市中医院引进宁波市第一医院专家团队成立工作室。", TCM, NINGBO),
    ("江山市卫生健康局与江山市消防救援大队建立联勤协作机制。", "江山市卫生健康局", "江山市消防救援大队"),
]


@pytest.mark.parametrize(("sentence", "one", "two"), VERBS, ids=[v[0] for v in VERBS])
def test_two_parties_by_each_verb(sentence: str, one: str, two: str) -> None:
    assert _pairs(sentence) == {_pair(one, two)}


LISTS = [
    (
        "市人民医院与宁波市第一医院、四川大学华西医院签订合作协议。",
        {_pair(FIRST, NINGBO), _pair(FIRST, WEST)},
    ),
    (
        "市人民医院、市中医院与宁波市第一医院签订合作协议。",
        {_pair(FIRST, NINGBO), _pair(TCM, NINGBO)},
    ),
    (
        "市人民医院、市中医院分别与宁波市第一医院、四川大学华西医院签订合作协议。",
        {_pair(FIRST, NINGBO), _pair(TCM, WEST)},
    ),
    (
        "市人民医院、市中医院依次与宁波市第一医院、四川大学华西医院签订合作协议。",
        {_pair(FIRST, NINGBO), _pair(TCM, WEST)},
    ),
    (
        "市人民医院先后与宁波市第一医院、四川大学华西医院等6家医院建立协作关系。",
        {_pair(FIRST, NINGBO), _pair(FIRST, WEST)},
    ),
]


@pytest.mark.parametrize(("sentence", "pairs"), LISTS, ids=[x[0] for x in LISTS])
def test_lists_of_parties(sentence: str, pairs: set[tuple[str, str]]) -> None:
    assert _pairs(sentence) == pairs


IN_PAIRS = [
    (
        "市人民医院托管贺村镇卫生院，市中医院托管石门镇卫生院。",
        {_pair(FIRST, "贺村镇卫生院"), _pair(TCM, "石门镇卫生院")},
    ),
    (
        "市人民医院、市中医院分别托管贺村镇卫生院、石门镇卫生院。",
        {_pair(FIRST, "贺村镇卫生院"), _pair(TCM, "石门镇卫生院")},
    ),
]


IN_PAIRS += [
    (
        "宁波市第一医院与市人民医院签订协议，四川大学华西医院与市中医院签订协议。",
        {_pair(FIRST, NINGBO), _pair(TCM, WEST)},
    ),
    (
        "市人民医院、市中医院分别与四川大学华西医院、浙江大学签约。",
        {_pair(FIRST, WEST), _pair(TCM, ZJU)},
    ),
]


@pytest.mark.parametrize(("sentence", "pairs"), IN_PAIRS, ids=[x[0] for x in IN_PAIRS])
def test_each_has_its_own_partner(sentence: str, pairs: set[tuple[str, str]]) -> None:
    assert _pairs(sentence) == pairs


UNSAID = [
    ("深化与浙江大学合作。", CITY, ZJU),
    ("与四川大学华西医院签订合作协议。", CITY, WEST),
    ("市人民医院扩大服务，与四川大学华西医院签订合作协议。", FIRST, WEST),
]


@pytest.mark.parametrize(("sentence", "one", "two"), UNSAID, ids=[u[0] for u in UNSAID])
def test_the_home_side_left_unsaid(sentence: str, one: str, two: str) -> None:
    assert _pairs(sentence) == {_pair(one, two)}


def test_in_a_hospitals_section_the_hospital_is_the_home_side() -> None:
    found = read(report(CITY, "与四川大学华西医院签订合作协议。", heading="（一）市中医院"))
    assert claims(found, Predicate.PARTNERS_WITH) == {_pair(TCM, WEST)}


NONE = [
    "市人民医院尚未与宁波市第一医院签订协议。",
    "市人民医院与宁波市第一医院门诊量相当。",
    "与宁波市第一医院相比仍有差距。",
    "赴宁波市第一医院学习考察。",
    "市人民医院与市中医院通过评审。",
    "江山市卫生健康局与江山市财政局印发通知。",
    "市人民医院专家到宁波市第一医院进修。",
    "双方未就托管市中医院达成一致。",
    "市卫健局会同市医保局、市财政局下发通知。",
    "与上级医院建立协作关系。",
    "从宁波市第一医院引进人才3名。",
    "与宁波市第一医院争夺人才。",
    "参加宁波市第一医院举办的培训班。",
]


@pytest.mark.parametrize("sentence", NONE)
def test_what_is_no_partnership(sentence: str) -> None:
    assert _pairs(sentence) == set()


KINDS = [
    ("市人民医院与宁波市第一医院签订合作协议。", "agreement"),
    ("市人民医院与宁波市第一医院共建心血管中心。", "coBuilding"),
    ("市人民医院由宁波市第一医院全面托管。", "management"),
    ("宁波市第一医院对口支援市人民医院。", "counterpartSupport"),
    ("宁波市第一医院专家定期到市人民医院坐诊。", "experts"),
]


@pytest.mark.parametrize(("sentence", "kind"), KINDS)
def test_the_kind_of_partnership(sentence: str, kind: str) -> None:
    found = read(report(CITY, sentence))
    assert [c.kind for c in found.claims if c.predicate is Predicate.PARTNERS_WITH] == [kind]


STATUSES = [
    ("市人民医院与宁波市第一医院签订合作协议。", "一、主要工作", "realised"),
    ("市人民医院拟与宁波市第一医院签订合作协议。", "一、主要工作", "planned"),
    ("市人民医院争取与宁波市第一医院签订合作协议。", "一、主要工作", "planned"),
    ("市人民医院与宁波市第一医院签订合作协议。", "二、下一步打算", "planned"),
    ("市人民医院与宁波市第一医院的合作有望年内落地。", "一、主要工作", "planned"),
    ("市人民医院去年已与宁波市第一医院签订合作协议。", "二、下一步打算", "realised"),
    ("市人民医院与宁波市第一医院终止合作协议。", "一、主要工作", "stopped"),
]


@pytest.mark.parametrize(("sentence", "heading", "status"), STATUSES)
def test_an_intention_is_no_partnership_yet(sentence: str, heading: str, status: str) -> None:
    found = read(report(CITY, sentence, heading=heading))
    assert [c.status.value for c in found.claims if c.predicate is Predicate.PARTNERS_WITH] == [status]


PROBLEMS = [
    ("市人民医院与宁波市第一医院合作深度不够。", set()),
    ("与宁波市第一医院签约后专家下沉不足。", set()),
    ("市人民医院与宁波市第一医院已签订合作协议，但专家下沉不足。", {_pair(FIRST, NINGBO)}),
]


@pytest.mark.parametrize(("sentence", "pairs"), PROBLEMS, ids=[p[0] for p in PROBLEMS])
def test_a_problem_states_only_what_it_says_is_done(sentence: str, pairs: set[tuple[str, str]]) -> None:
    found = read(report(CITY, sentence, heading="二、存在的问题"))
    assert claims(found, Predicate.PARTNERS_WITH) == pairs


SUPPORT = [
    ("甘孜藏族自治州", "浙江省对口支援甘孜藏族自治州。", "浙江省", "甘孜藏族自治州"),
    ("伊犁哈萨克自治州", "江苏省对口支援伊犁州。", "江苏省", "伊犁哈萨克自治州"),
    ("黔西南布依族苗族自治州", "宁波市鄞州区帮扶安龙县，派驻专家6名。", "鄞州区", "安龙县"),
    ("昌都市", "市人民医院由重庆市卫生健康委员会组团式帮扶。", "重庆市卫生健康委员会", "昌都市人民医院"),
    ("昌都市", "重庆医科大学附属第一医院对口支援昌都市人民医院。", "重庆医科大学附属第一医院", "昌都市人民医院"),
]


@pytest.mark.parametrize(("place", "sentence", "one", "two"), SUPPORT, ids=[x[1] for x in SUPPORT])
def test_those_who_support_and_are_supported(place: str, sentence: str, one: str, two: str) -> None:
    found = read(report(place, sentence))
    assert claims(found, Predicate.PARTNERS_WITH) == {_pair(one, two)}
    assert {c.kind for c in found.claims if c.predicate is Predicate.PARTNERS_WITH} == {"counterpartSupport"}


def test_a_section_of_a_place_elsewhere_tells_of_support() -> None:
    found = read(report(CITY, "选派医师8名，开展对口帮扶。", heading="（一）仪陇县"))
    assert _pair(CITY, "仪陇县") in claims(found, Predicate.PARTNERS_WITH)


def test_a_universitys_plate_on_a_hospital() -> None:
    found = read(report("泰州市", "泰州市人民医院完成扩建。南京医科大学附属泰州市人民医院门诊量上升。"))
    pairs = claims(found, Predicate.PARTNERS_WITH)
    assert pairs <= {_pair("泰州市人民医院", "南京医科大学")}


def test_a_branchs_plate_makes_a_partner_of_its_hospital() -> None:
    found = read(report("岳阳市", "临湘市人民医院增挂“岳阳市人民医院临湘分院”牌子。"))
    assert claims(found, Predicate.PARTNERS_WITH) == {_pair("临湘市人民医院", "岳阳市人民医院")}


def test_a_region_that_is_the_other_side() -> None:
    found = read(report("岳阳市", "中南大学与我市签订合作协议。"))
    assert claims(found, Predicate.PARTNERS_WITH) == {_pair("岳阳市", "中南大学")}


def test_counties_of_a_city_have_partners_of_their_own() -> None:
    found = read(report("岳阳市", "平江县、湘阴县与湖南省人民医院建立协作关系。"))
    pairs = {_pair("平江县", "湖南省人民医院"), _pair("湘阴县", "湖南省人民医院")}
    assert claims(found, Predicate.PARTNERS_WITH) == pairs


def test_a_partnership_is_stated_once_a_sentence() -> None:
    found = read(report(CITY, "市人民医院与宁波市第一医院签订合作协议，与宁波市第一医院共建心血管中心。"))
    assert len([c for c in found.claims if c.predicate is Predicate.PARTNERS_WITH]) == 1


COOPERATION = [
    ("市人民医院与宁波市第一医院签订合作协议。", "province-city-cooperation", True),
    ("市人民医院由宁波市第一医院全面托管。", "province-city-cooperation", True),
    ("宁波市第一医院对口支援市人民医院。", "counterpart-support", True),
    ("市人民医院与市中医院签订合作协议。", "province-city-cooperation", False),
    ("市人民医院与宁波市第一医院结成医联体。", "province-city-cooperation", False),
]


@pytest.mark.parametrize(("sentence", "programme", "counts"), COOPERATION)
def test_cooperation_with_institutions_elsewhere_is_a_programme(sentence: str, programme: str, counts: bool) -> None:
    assert ((CITY, f"program/{programme}") in claims(read(report(CITY, sentence)), Predicate.IMPLEMENTS)) is counts


GOES_ON = [
    ("市人民医院与宁波市第一医院签约；与四川大学华西医院共建心脏中心。", {_pair(FIRST, NINGBO), _pair(FIRST, WEST)}),
    ("市人民医院通过三级评审；骨科、眼科分别对接四川大学华西医院。", {_pair(FIRST, WEST)}),
    ("市人民医院通过三级评审；二是与四川大学华西医院共建心脏中心。", {_pair(CITY, WEST)}),
    ("全市建成胸痛中心2家，市人民医院通过验收；与四川大学华西医院签约。", {_pair(CITY, WEST)}),
    ("市人民医院通过三级评审；全市各机构与四川大学华西医院签约。", {_pair(CITY, WEST)}),
]


@pytest.mark.parametrize(("sentence", "pairs"), GOES_ON, ids=[x[0] for x in GOES_ON])
def test_a_subject_goes_on_after_a_semicolon(sentence: str, pairs: set[tuple[str, str]]) -> None:
    assert _pairs(sentence) == pairs
