"""Who does what a clause says: by, together, each its own, lent by the clause before, picked out after."""

from __future__ import annotations

import pytest

from tests.claims.reading import read, report, runs

CITY = "江山市"
FIRST, SECOND, TCM = "江山市人民医院", "江山市第二人民医院", "江山市中医院"

CASES = [
    # sentence, programme, who runs it
    # 由 names the doer where a doing follows, else the helper
    ("由市二院牵头，推进安宁疗护试点。", "hospice", {CITY, SECOND}),
    ("安宁疗护试点由市二院承担。", "hospice", {CITY, SECOND}),
    ("由市二院提供场地，推进安宁疗护试点。", "hospice", {CITY}),
    # a studio is set up, it sets up nothing
    ("市中医院引进浙江省中医院赵某山名医工作室。", "expert-studio", {CITY, TCM}),
    # one by one
    ("卒中中心、胸痛中心分别由市二院、市中医院建设。", "stroke-center", {CITY, SECOND}),
    ("卒中中心、胸痛中心分别由市二院、市中医院建设。", "chest-pain-center", {CITY, TCM}),
    ("市二院、市中医院分别建成卒中中心、胸痛中心。", "chest-pain-center", {CITY, TCM}),
    ("市二院、市中医院分别建成卒中中心、胸痛中心和创伤中心。", "stroke-center", {CITY, SECOND, TCM}),
    ("市二院胸痛中心、市中医院卒中中心通过验收。", "stroke-center", {CITY, TCM}),
    ("市二院胸痛中心、市中医院卒中中心通过验收。", "chest-pain-center", {CITY, SECOND}),
    ("市二院、市中医院卒中中心通过验收。", "stroke-center", {CITY, SECOND, TCM}),
    # a joint action has the subject of the clause before as its other side
    ("市人民医院腾出一层楼，与市中医院联手推进安宁疗护。", "hospice", {CITY, FIRST, TCM}),
    ("市人民医院腾出一层楼，与宁波市第一医院联手推进安宁疗护。", "hospice", {CITY, FIRST}),
    # lent by the clause before
    ("（二）支持市二院补短板、强队伍，争取建成卒中中心。", "stroke-center", {CITY, SECOND}),
    ("以市二院为试点，推进安宁疗护。", "hospice", {CITY, SECOND}),
    ("支持市二院创建三甲，推进安宁疗护。", "hospice", {CITY}),
    ("组织专家到市二院授课，推进安宁疗护。", "hospice", {CITY}),
    ("宁波市第一医院帮扶市二院，推进安宁疗护。", "hospice", {CITY, SECOND}),
    ("宁波市第一医院托管市二院肿瘤科、疼痛科，推进安宁疗护。", "hospice", {CITY, SECOND}),
    ("宁波市第一医院与市二院合作推进安宁疗护。", "hospice", {CITY, SECOND}),
    ("市中医院与市二院建成安宁疗护联合病区。", "hospice", {CITY, SECOND, TCM}),
    ("市二院新楼启用，其余医院推进安宁疗护。", "hospice", {CITY}),
    # what is said of everybody is lent to nobody
    ("市二院新楼启用，全市推进安宁疗护。", "hospice", {CITY}),
    ("市二院新楼启用，居民健康素养水平达到32%。", "health-literacy", {CITY}),
    ("市二院新楼启用，建成全市首个安宁疗护病区。", "hospice", {CITY, SECOND}),
    # picked out after
    ("全市建成卒中中心2家，分别是市二院、市中医院。", "stroke-center", {CITY, SECOND, TCM}),
    ("实施家庭医生签约服务，选派骨干18名，其中市二院10名。", "family-doctor", {CITY}),
    ("对口支援下派医师18名，其中市二院10名。", "counterpart-support", {CITY, SECOND}),
    ("全市建成卒中中心2家，市二院门诊量增长。", "stroke-center", {CITY}),
    ("市二院建成卒中中心，市中医院和社区中心等5家单位共同参与。", "stroke-center", {CITY, SECOND, TCM}),
    ("全市卒中中心有3家，市中医院承建的是其中之一。", "stroke-center", {CITY, TCM}),
    ("市二院建成卒中中心，市中医院承担教学任务。", "stroke-center", {CITY, SECOND}),
    ("由宁波市第一医院输出、市二院承接，合建安宁疗护病区。", "hospice", {CITY, SECOND}),
    ("由宁波市第一医院输出、市二院提供场地，合建安宁疗护病区。", "hospice", {CITY}),
    ("建成卒中中心的有：市二院，加上市中医院。", "stroke-center", {CITY, SECOND, TCM}),
    ("落户名中医工作室10个（王大川工作室为其中之一）。", "expert-studio", {CITY}),
    ("全市首家安宁疗护病区落户市二院。", "hospice", {CITY, SECOND}),
    ("安宁疗护等工作统筹推进：市二院获评健康单位。", "hospice", {CITY}),
    ("围绕胸痛、卒中两个中心，市二院引进设备。", "stroke-center", {CITY, SECOND}),
    ("针对卒中中心短板，全市强化培训，市二院门诊量增长。", "stroke-center", {CITY}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "programme", "who"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES])
def test_who_does_it(sentence: str, programme: str, who: set[str]) -> None:
    assert {name for name, _ in runs(read(report(CITY, sentence)), programme)} == who


def test_one_known_to_run_a_programme_is_meant_where_it_is_named_beside_it_again() -> None:
    plan = "全力推进安宁疗护，扩大病区，带动市二院、市中医院提升水平。"
    found = read(report(CITY, "市二院建成安宁疗护病区。", "二、下一步打算", plan))
    assert {(name, status) for name, status in runs(found, "hospice") if name != CITY} == {
        (SECOND, "realised"), (SECOND, "planned"),
    }  # fmt: skip


def test_a_place_may_stand_for_its_one_hospital_that_is_known_to_run_a_programme() -> None:
    done = "肇州县人民医院、肇源县人民医院、肇源县中医院通过二级甲等评审。"
    found = read(report("大庆市", done, "二、下一步打算", "巩固肇州、肇源二甲成果。"))
    planned = {name for name, status in runs(found, "hospital-accreditation") if status == "planned"}
    assert planned == {"大庆市", "肇州县", "肇源县", "肇州县人民医院"}
