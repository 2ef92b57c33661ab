"""What no table holds: unknown townships, things called after a place, stations for emergencies."""

from __future__ import annotations

import pytest

from kg.model import EntityType, Predicate
from tests.claims.reading import claims, names, read, report

PRIMARY = [
    # a township of another county, with the county before it
    ("恩施州", "湖南省桑植县官地坪镇中心卫生院加入协作区。", {"桑植县官地坪镇中心卫生院"}),
    ("恩施州", "重庆市酉阳县酉酬镇中心卫生院加入协作区。", {"酉阳县酉酬镇中心卫生院"}),
    # a township that is no more, or newly made
    ("陇西县", "新合镇卫生院与县医院结对。", {"新合镇卫生院"}),
    # no township's name
    ("陇西县", "指导镇卫生院建设中医馆。", set()),
    ("陇西县", "改造偏远乡卫生院5所。", set()),
    ("陇西县", "加强民族乡卫生院建设。", set()),
    # a farm, a port
    ("漠河市", "图强林业局社区卫生服务中心迁址。", {"图强林业局社区卫生服务中心"}),
]


@pytest.mark.parametrize(("place", "sentence", "wanted"), PRIMARY, ids=[c[1] for c in PRIMARY])
def test_primary_care(place: str, sentence: str, wanted: set[str]) -> None:
    assert names(read(report(place, sentence)), EntityType.PRIMARY_CARE) == wanted


REGIONS = [
    ("友谊县", "县疾控中心在龙山口岸设点。", set(), "a port is no township"),
    ("陇西县", "在文峰机场开展演练。", set(), "nor is an airport"),
    ("陇西县", "在文峰镇开展演练。", {"文峰镇"}, "the township itself"),
    ("抚顺市", "其中光明、古城子2家达到推荐标准。", set(), "everyday words vouch for nothing far away"),
    ("海东市", "互助、平安两地完成试点。", {"互助土族自治县", "平安区"}, "everyday words that lie here"),
]


@pytest.mark.parametrize(("place", "sentence", "wanted", "why"), REGIONS, ids=[c[3] for c in REGIONS])
def test_regions(place: str, sentence: str, wanted: set[str], why: str) -> None:
    home = names(read(report(place)), EntityType.REGION)
    assert names(read(report(place, sentence)), EntityType.REGION) - home == wanted, why


STATIONS = [
    ("新建首阳、菜子急救工作站。", {"首阳急救工作站", "菜子急救工作站"}),
    ("云田、柯寨、碧岩3个急救点与交警大队共用。", {"云田急救点", "柯寨急救点", "碧岩急救点"}),
    ("全县布设急救点9个。", set()),
    ("云田、柯寨、碧岩等4个乡镇的急救站点共用。", set()),
]


@pytest.mark.parametrize(("sentence", "wanted"), STATIONS, ids=[c[0] for c in STATIONS])
def test_stations_for_emergencies(sentence: str, wanted: set[str]) -> None:
    assert names(read(report("陇西县", sentence)), EntityType.PUBLIC_HEALTH) == wanted


def test_a_short_name_of_a_county_far_away_that_says_it_is_one_places_its_institution() -> None:
    found = read(report("恩施州", "重庆市酉阳县酉酬镇中心卫生院加入协作区。"))
    assert ("酉阳县酉酬镇中心卫生院", "酉阳土家族苗族自治县") in claims(found, Predicate.LOCATED_IN)


def test_a_branch_of_a_research_centre_is_academic() -> None:
    found = read(report("陇西县", "县医院揭牌国家口腔疾病临床医学研究中心陇西分中心。"))
    assert "国家口腔疾病临床医学研究中心陇西分中心" in names(found, EntityType.ACADEMIC)


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("由原县医院、县中医院整合而成。", {"陇西县人民医院", "陇西县中医院"}),
        ("县精神卫生保健院开设青少年心理门诊。", {"陇西县精神卫生保健院"}),
        ("平原县医院派人来访。", {"平原县人民医院"}),
    ],
)
def test_hospitals(sentence: str, wanted: set[str]) -> None:
    assert names(read(report("陇西县", sentence)), EntityType.HOSPITAL) == wanted


def test_an_alliance_only_joined_lies_where_its_leader_does() -> None:
    found = read(report("陇西县", "县医院加入兰州市第一人民医院牵头的胸痛专科联盟。", "县中医院牵头成立针灸专科联盟。"))
    where = dict(claims(found, Predicate.LOCATED_IN))
    assert where["胸痛专科联盟"] != "陇西县"
    assert where["针灸专科联盟"] == "陇西县"


def test_a_kind_of_tie_is_no_alliance() -> None:
    found = read(report("陇西县", "县医院挂甘肃省人民医院医联体合作医院牌子。"))
    assert names(found, EntityType.ALLIANCE) == set()
