"""Planned is not done: cues, parts, dates; what is stopped; what never came about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claims.status import clause_status, is_denied
from kg.model import Role, Status
from tests.claims.reading import read, report, runs

DONE, PLANNED, STOPPED = Status.REALISED, Status.PLANNED, Status.STOPPED
REVIEW, PLAN = Role.REVIEW, Role.PLAN

CASES = [
    ("县医院建成胸痛中心", REVIEW, DONE, "a review reports"),
    ("县医院建成胸痛中心", PLAN, PLANNED, "a plan intends"),
    ("新院区拟于年底投用", REVIEW, PLANNED, "拟"),
    ("协议内容拟定了", REVIEW, DONE, "拟定了 is done"),
    ("将继续推进家庭医生签约", REVIEW, PLANNED, "将继续"),
    ("将其纳入年度考核", REVIEW, DONE, "将 as a particle says nothing of the future"),
    ("力争创成三级乙等医院", REVIEW, PLANNED, "力争"),
    ("预计明年投用", REVIEW, PLANNED, "预计"),
    ("有望明年通过评审", REVIEW, PLANNED, "有望"),
    ("下一步推进医养结合", REVIEW, PLANNED, "下一步"),
    ("计划新建卫生室12所", REVIEW, PLANNED, "计划新建"),
    ("完成年度计划任务", REVIEW, DONE, "计划 as a noun"),
    ("2027年底前建成县域次中心", REVIEW, PLANNED, "a date to be met"),
    ("到2030年建成健康城市", REVIEW, PLANNED, "a year far ahead"),
    ("到2024年建成健康城市", REVIEW, DONE, "the year reported on"),
    ("达成合作意向", REVIEW, PLANNED, "an intention"),
    ("目前已建成6家中医馆", PLAN, DONE, "a plan that reports"),
    ("截至11月签约12万人", PLAN, DONE, "a date reached"),
    ("去年已通过评审", PLAN, DONE, "last year"),
    ("累计培训300人", PLAN, DONE, "so far"),
    ("荣获省级表彰", PLAN, DONE, "an honour received"),
    ("目前正在筹备，计划明年启用", PLAN, PLANNED, "both cues in a plan: it is planned"),
    ("已列入明年计划", PLAN, PLANNED, "已列入 is no result"),
    ("暂停夜间门诊服务", REVIEW, STOPPED, "暂停"),
    ("取消了上门服务项目", REVIEW, STOPPED, "取消"),
    ("不再开展远程会诊", PLAN, STOPPED, "不再开展, in a plan too"),
    ("撤销原有站点", REVIEW, STOPPED, "撤销"),
    ("争创省级慢病示范区", REVIEW, PLANNED, "争创"),
    ("专家将定期来院坐诊", REVIEW, PLANNED, "将定期"),
    ("两院将联手建设胸痛中心", REVIEW, PLANNED, "将联手"),
    ("届时服务全县居民", REVIEW, PLANNED, "届时"),
    ("新院区正在筹建", REVIEW, PLANNED, "正在筹建"),
    ("医院筹建于1958年", REVIEW, DONE, "the founding"),
    ("已列入明年度工作计划", REVIEW, PLANNED, "列入计划"),
    ("将基层机构纳入管理", REVIEW, DONE, "将 before a noun"),
    ("争取了专项资金300万元", REVIEW, DONE, "争取了 is done"),
    ("“健康使者”计划启动", REVIEW, DONE, "计划 at the end of a name"),
    ("协议约定共建胸痛中心", REVIEW, PLANNED, "what is agreed is still to be done"),
    ("双方签订协议", REVIEW, DONE, "the agreement itself is done"),
    ("2023年建成胸痛中心3家", PLAN, DONE, "a plan that looks back"),
    ("2022年建成的胸痛中心发挥作用", PLAN, DONE, "built earlier"),
    ("2024年建成胸痛中心3家", PLAN, PLANNED, "the plan's own year"),
    ("2023年度方案继续执行", PLAN, PLANNED, "the year of a paper"),
    ("在2023年基础上提高2个百分点", PLAN, PLANNED, "a year compared with"),
]


@pytest.mark.parametrize(("clause", "role", "status", "reason"), CASES, ids=[f"{c[0]}-{c[1].value}" for c in CASES])
def test_the_status_of_a_clause(clause: str, role: Role, status: Status, reason: str) -> None:
    assert clause_status(clause, role, 2024) is status, reason


DENIED = [
    "双方尚未签约",
    "协议尚非正式文本",
    "两院未签协议",
    "合作未能落地",
    "没有建立协作关系",
    "暂不具备条件",
    "还未达成一致",
]
NOT_DENIED = ["双方已签约", "签订正式协议", "未来继续合作", "协议期满后续签", "填补了空白"]


@pytest.mark.parametrize("clause", DENIED)
def test_what_did_not_come_about(clause: str) -> None:
    assert is_denied(clause)


@pytest.mark.parametrize("clause", NOT_DENIED)
def test_what_is_not_denied(clause: str) -> None:
    assert not is_denied(clause)


@given(st.text("已将拟计划目前下一步年20245暂停尚未建成，", max_size=20), st.sampled_from(list(Role)))
def test_every_clause_has_a_status(clause: str, role: Role) -> None:
    assert clause_status(clause, role, None) in Status
    assert clause_status(clause, role, 2024) in Status


IN_REPORTS = [
    ("一、主要工作", "推进家庭医生签约服务。", {"realised"}),
    ("二、下一步工作打算", "推进家庭医生签约服务。", {"planned"}),
    ("二、2025年工作计划", "推进家庭医生签约服务。", {"planned"}),
    ("二、下一步工作打算", "目前已组建家庭医生团队68个。", {"realised"}),
    ("一、主要工作", "下一步，推进家庭医生签约服务。", {"planned"}),
    ("一、主要工作", "取消了家庭医生签约服务项目。", {"stopped"}),
    ("二、存在的问题", "家庭医生签约服务质量不高。", set()),
    ("二、困难和不足", "家庭医生签约服务人手紧缺。", set()),
]


@pytest.mark.parametrize(("heading", "sentence", "statuses"), IN_REPORTS)
def test_the_part_of_the_report_sets_the_status(heading: str, sentence: str, statuses: set[str]) -> None:
    found = read(report("江山市", sentence, heading=heading))
    assert {status for _, status in runs(found, "family-doctor")} == statuses


def test_done_and_planned_are_two_claims() -> None:
    text = report("江山市", "推进家庭医生签约服务。", "", "二、下一步工作打算", "推进家庭医生签约服务。")
    assert runs(read(text), "family-doctor") == {("江山市", "realised"), ("江山市", "planned")}


def test_a_key_points_document_is_planned_throughout() -> None:
    text = "江山市卫生健康局2025年工作要点\n\n一、深化改革\n推进家庭医生签约服务。\n目前已建成胸痛中心2个。\n"
    found = read(text)
    assert runs(found, "family-doctor") == {("江山市", "planned")}
    assert runs(found, "chest-pain-center") == {("江山市", "realised")}


def test_a_summary_and_plan_in_one_is_each_in_its_part() -> None:
    text = (
        "湘潭市卫生健康委员会2024年工作总结和2025年工作计划\n\n一、2024年工作总结\n建成胸痛中心3家。\n\n"
        "二、2025年工作计划\n建成卒中中心2家。\n"
    )
    found = read(text)
    assert runs(found, "chest-pain-center") == {("湘潭市", "realised")}
    assert runs(found, "stroke-center") == {("湘潭市", "planned")}


IN_A_PLAN = [
    ("市中心医院启动卒中中心创建。", "planned"),
    ("确保市中心医院通过卒中中心认证。", "planned"),
    ("市中心医院卒中中心已于去年通过认证。", "realised"),
    ("市中心医院卒中中心截至6月收治600人。", "realised"),
]


@pytest.mark.parametrize(("sentence", "status"), IN_A_PLAN)
def test_both_the_place_and_the_hospital_have_the_clauses_status(sentence: str, status: str) -> None:
    found = read(report("湘潭市", sentence, heading="三、2025年工作安排"))
    assert runs(found, "stroke-center") == {("湘潭市", status), ("湘潭市中心医院", status)}


HELD = [
    # sentence of a review or plan, status of what its last clause names
    ("一、主要工作", "市卫健委提出，下一步扩大病区，建成卒中中心。", "planned"),
    ("一、主要工作", "预计年底扩大病区，建成卒中中心。", "planned"),
    ("一、主要工作", "市中心医院计划扩建，目前已建成卒中中心。", "realised"),
    ("一、主要工作", "力争扩大病区，建成卒中中心。", "planned"),
    ("二、2025年工作安排", "截至目前，市中心医院扩大病区，建成卒中中心。", "realised"),
    ("二、2025年工作安排", "2023年，市中心医院扩大病区，建成卒中中心。", "realised"),
    ("二、2025年工作安排", "2023年，市中心医院扩大病区，下一步建成卒中中心。", "planned"),
]


@pytest.mark.parametrize(("heading", "sentence", "status"), HELD, ids=[h[1] for h in HELD])
def test_an_opening_holds_for_the_clauses_after_it(heading: str, sentence: str, status: str) -> None:
    found = read(report("湘潭市", sentence, heading=heading))
    assert {s for _, s in runs(found, "stroke-center")} == {status}


TOLD = [
    # text of a review, status of what is named last, reason
    ("实施方案提出，扩大病区，建成卒中中心。", "planned", "what the plan says"),
    ("实施方案提出，扩大病区；建成卒中中心。", "planned", "a semicolon adds to it"),
    ("该规划明确新增床位300张；扩大病区；建成卒中中心。", "planned", "and another"),
    ("实施方案提出，扩大病区。建成卒中中心。", "realised", "a full stop ends it"),
    ("制定方案，明确分工；建成卒中中心。", "realised", "to make a plan is a deed"),
    ("实施方案提出，目前建成卒中中心。", "realised", "what is so by now is done"),
]


@pytest.mark.parametrize(("text", "status", "reason"), TOLD, ids=[t[0] for t in TOLD])
def test_a_review_that_tells_what_a_plan_says_plans(text: str, status: str, reason: str) -> None:
    found = read(report("湘潭市", text, heading="一、主要工作"))
    assert {s for _, s in runs(found, "stroke-center")} == {status}, reason


def test_clauses_of_one_sentence_may_differ() -> None:
    found = read(report("湘潭市", "已建成胸痛中心3家，明年将建成卒中中心2家。"))
    assert runs(found, "chest-pain-center") == {("湘潭市", "realised")}
    assert runs(found, "stroke-center") == {("湘潭市", "planned")}
