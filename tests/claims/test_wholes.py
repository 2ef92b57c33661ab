"""Names whose shape tells where they begin: leagues, studios, centres of the nation; and what is none."""

from __future__ import annotations

import pytest

from kg.model import EntityType
from tests.claims.reading import names, read, report

WHOLES = [
    ("县人民医院加入全国老年医学专科联盟。", EntityType.ALLIANCE, {"全国老年医学专科联盟"}),
    ("县人民医院加入国家神经外科专科联盟、西南肝胆胰腺专科联盟。", EntityType.ALLIANCE,
     {"国家神经外科专科联盟", "西南肝胆胰腺专科联盟"}),
    ("县人民医院加入由首都医科大学宣武医院牵头的卒中专科联盟。", EntityType.ALLIANCE, {"卒中专科联盟"}),
    ("县人民医院加入粤东心血管专科联盟、浙西南胸痛专科联盟。", EntityType.ALLIANCE,
     {"粤东心血管专科联盟", "浙西南胸痛专科联盟"}),
    ("市人民医院牵头成立柳州市产前诊断联盟。", EntityType.ALLIANCE, {"柳州市产前诊断联盟"}),
    ("县中医医院牵头成立“柳城—融安”针灸联盟。", EntityType.ALLIANCE, {"“柳城—融安”针灸联盟"}),
    ("建成专科联盟12个，推进医疗联盟建设。", EntityType.ALLIANCE, set()),
    ("设立国医大师韦贵康学术经验传承工作室。", EntityType.ORGANIZATION, {"国医大师韦贵康学术经验传承工作室"}),
    ("建成全国名中医李桂兰传承工作室柳城工作站。", EntityType.ORGANIZATION, {"全国名中医李桂兰传承工作室柳城工作站"}),
    ("在县中医医院建设陈秀英脾胃病名医工作室分站。", EntityType.ORGANIZATION, {"陈秀英脾胃病名医工作室分站"}),
    ("老中医覃文忠工作室带动推广适宜技术。", EntityType.ORGANIZATION, {"覃文忠工作室"}),
    ("建成名医工作室3个，设立专家工作站2个。", EntityType.ORGANIZATION, set()),
    ("与国家皮肤与免疫疾病临床医学研究中心签约。", EntityType.ACADEMIC, {"国家皮肤与免疫疾病临床医学研究中心"}),
    ("申报省级临床医学研究中心2个。", EntityType.ACADEMIC, set()),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "kind", "expected"), WHOLES, ids=[w[0] for w in WHOLES])
def test_names_of_a_known_shape_are_read_whole(sentence: str, kind: EntityType, expected: set[str]) -> None:
    assert names(read(report("柳城县", sentence)), kind) == expected


def test_a_league_of_the_nation_lies_nowhere() -> None:
    found = read(report("柳城县", "县人民医院加入全国老年医学专科联盟。"))
    assert next(e.parent for e in found.entities if e.type is EntityType.ALLIANCE) == ""
