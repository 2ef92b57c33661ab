"""Where sentences end, which heading they stand under, and what role they have."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Report, Role, Sentence
from kg.text.read import report_of
from kg.text.split import clauses, sentences

TITLE = "绿原县卫生健康局2024年工作总结和2025年工作计划\n\n"


def _told(text: str, title: str = TITLE) -> list[tuple[str, str]]:
    """Role and text of every sentence below the title."""
    found = sentences(report_of(title + text, "a.txt"))
    return [(s.role.value, s.text) for s in found if s.role is not Role.TITLE]


CUTS = [
    ("甲院签约。|乙院挂牌！|丙院如何？", "sentence marks"),
    ("新建3家；|改建2家。", "semicolons end a sentence"),
    ("新建3家;|改建2家.", "also those typed on a Latin keyboard"),
    ("他说“要快。要好。”的做法推广。", "not inside quotes"),
    ("他说：“要快。要好。”|会议结束。", "but after a quoted sentence"),
    ("印发《方案。细则；办法》后施行。", "not inside a book title"),
    ("全县（含乙镇；丙镇）推开。", "not inside brackets"),
    ("增长3.25个百分点。|完成。", "not at a decimal point"),
    ("只有开头的“引号也不要紧。|第二句。", "an opening without its end is a plain character"),
    ("效果很好！！|继续。", "several marks are one end"),
    ("任务|甲局|已完成。", "table cells"),
]


@pytest.mark.parametrize(("marked", "why"), CUTS, ids=[why for _, why in CUTS])
def test_sentences_end_where_the_bar_stands(marked: str, why: str) -> None:
    text = marked.replace("|", " | ") if "cells" in why else marked.replace("|", "")
    assert [s for _, s in _told("说明：\n" + text)][1:] == marked.split("|")


ROLES = [
    ("一、2024年工作回顾\n甲。", "review"),
    ("一、主要做法及成效\n甲。", "review"),
    ("三、存在的困难和不足\n甲。", "problems"),
    ("二、短板弱项\n甲。", "problems"),
    ("三、下一步打算\n甲。", "plan"),
    ("二、2025年工作思路\n甲。", "plan"),
    ("四、今后努力方向\n甲。", "plan"),
    ("二、2025年重点任务\n甲。", "plan"),
    ("二、存在的问题及下一步打算\n甲。", "problems"),
    ("一、2024年工作计划完成情况\n甲。", "review"),
    ("一、计划生育工作\n甲。", "review"),
    ("二、聚焦短板，补齐弱项\n甲。", "review"),
    ("二、实施三年行动计划\n甲。", "review"),
    ("三、2025年工作计划\n（一）巩固脱贫攻坚成果\n甲。", "plan"),
    ("三、2025年工作计划\n（一）补齐服务短板\n甲。", "plan"),
    ("二、2024年目标任务落实情况\n甲。", "review"),
    ("二、重点任务\n甲。", "plan"),
    ("二、重点任务\n甲。\n三、今后思路\n乙。", "review"),
    ("【下步打算】\n甲。", "plan"),
    ("第三部分 下一步工作安排\n甲。", "plan"),
    ("存在的主要问题\n甲县的家数不足，专家也不够。", "problems"),
    ("（一）下一步打算。甲。", "plan"),
    ("——2025年打算：甲。", "plan"),
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_headings_give_the_role(text: str, role: str) -> None:
    prose = [(r, t) for r, t in _told("说明一句。\n" + text) if r != "heading"]
    assert prose[1][0] == role


KINDS = [
    ("2025年全县卫生健康工作要点", "plan"),
    ("绿原县卫生健康局2025年工作计划", "plan"),
    ("绿原县医共体建设实施方案", "plan"),
    ("绿原县卫生健康局2024年工作总结", "review"),
    ("绿原县卫生健康局2024年工作总结和2025年工作计划", "review"),
    ("绿原县医疗工作简报", "review"),
]


@pytest.mark.parametrize(("title", "role"), KINDS)
def test_before_any_heading_the_kind_decides(title: str, role: str) -> None:
    assert _told("组建医共体3个。", title + "\n\n") == [(role, "组建医共体3个。")]


def test_subheadings_inherit_and_parts_close() -> None:
    told = _told("一、工作计划\n（一）医改\n甲。\n（二）问题导向\n乙。\n【丙镇】\n丙镇的家数是3家。")
    assert [(r, t) for r, t in told if r != "heading"] == [
        ("plan", "甲。"),
        ("plan", "乙。"),
        ("review", "丙镇的家数是3家。"),
    ]


def test_a_paragraph_that_turns_to_the_future() -> None:
    told = _told("一、工作情况\n甲。下一步，我局将扩面。再提质。\n乙。\n下一步，我局将做三事。\n丙。\n二、做法\n丁。")
    roles = {text: role for role, text in told}
    assert roles["甲。"] == "review"
    assert roles["下一步，我局将扩面。"] == roles["再提质。"] == "plan", "to the end of its paragraph"
    assert roles["乙。"] == "review", "in the middle of a paragraph it binds that one only"
    assert roles["丙。"] == "plan", "at its start all up to the next heading"
    assert roles["丁。"] == "review"


def test_headings_path() -> None:
    text = TITLE + "第一部分 工作情况\n一、医改\n（一）组建集团。集团由县医院牵头。\n1.签约：签约3万人。\n2.随访\n略。"
    found = {s.text: s.headings for s in sentences(report_of(text, "a.txt"))}
    assert found["集团由县医院牵头。"] == ("第一部分 工作情况", "一、医改", "（一）组建集团。")
    assert found["（一）组建集团。"] == ("第一部分 工作情况", "一、医改")
    assert found["1.签约：签约3万人。"][-1] == "1.签约：", "a heading with a colon stays in its sentence"
    assert found["略。"][-1] == "2.随访"


LISTS = ["1.推进医共体建设\n2.推进签约\n", "（一）推进医共体建设。\n（二）推进签约。\n", "1、抓签约；\n2、抓随访；\n"]


@pytest.mark.parametrize("text", LISTS)
def test_numbered_lines_with_nothing_below_are_items(text: str) -> None:
    assert {role for role, _ in _told("二、工作计划\n" + text)[1:]} == {"plan"}


FURNITURE = [
    "发布时间：2024-01-05 来源：县局 浏览次数：12",
    "【字体：大 中 小】 打印本页",
    "索引号：01-2 组配分类：总结",
    "首页 > 政务公开 > 总结",
    "当前位置：首页 > 总结",
    "绿卫发〔2024〕15号",
    "责任编辑：某某",
    "抄送：县委办、县政府办。",
    "附件：1.任务清单",
    "分享到：",
    "（县卫生健康局供稿）",
    "上一篇：某通知",
    "=== 第2篇 ===",
    "————————",
    "版权所有 某网 京ICP备1号",
    "各乡镇卫生院、县直各单位：",
    "尊敬的各位代表：",
    "县人民政府：",
    "（2024年12月5日）",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_residue(line: str) -> None:
    assert _told(f"{line}\n现将情况报告如下。")[0] == ("residue", line)


PROSE = [
    "来源于上级的资金3万元。",
    "时间紧、任务重，全县动员。",
    "发布健康科普12期。",
    "附件炎筛查300人。",
    "打印病历800份。",
    "全县分享经验3次。",
    "大中小学校全部建成健康学校。",
]


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_no_furniture(line: str) -> None:
    assert _told(f"{line}\n现将情况报告如下。")[0] == ("review", line)


def test_table_of_contents_and_attachments() -> None:
    told = _told("目录\n1.甲局2023年总结\n2.乙局2023年总结\n\n全县推进。\n附件：1.任务表\n2.分工表\n")
    assert [role for role, _ in told] == ["residue"] * 3 + ["review"] + ["residue"] * 2


def test_a_bulletin_with_its_issue_line_contents_and_bare_headings() -> None:
    text = (
        "工 作 简 报\n第 12 期\n绿原市卫生健康委员会办公室编      2024年6月30日\n本期要目\n● 甲县：推进医共体\n\n"
        "甲县：推进医共体\n近日，甲县人民医院与市一院签约，双方共建心血管病专科联盟。\n送：各县（市、区）卫健局\n"
    )
    report = report_of(text, "a.txt")
    found = [(s.role.value, s.text) for s in sentences(report)]
    assert [role for role, _ in found] == ["title"] + ["residue"] * 4 + ["heading", "review", "residue"]
    assert (report.kinds[0].value, report.published) == ("Bulletin", "2024-06-30")


def test_a_speech_opens_with_its_salutation() -> None:
    told = _told("同志们：\n今天总结工作。\n", "在全县卫生健康工作会议上的讲话\n（2025年2月18日）\n\n")
    assert told == [("residue", "（2025年2月18日）"), ("residue", "同志们："), ("review", "今天总结工作。")]


def test_signature_closes_the_report() -> None:
    assert _told("全县推进。\n　　绿原县卫生健康局\n　　2024年12月30日\n")[1:] == [
        ("signature", "绿原县卫生健康局"),
        ("signature", "2024年12月30日"),
    ]


def test_a_signature_in_the_middle_and_the_document_it_sends() -> None:
    text = (
        "关于印发要点的通知\n\n请执行。\n\n绿原县卫生健康局\n2024年3月5日\n\n"
        "绿原县卫生健康局2024年工作要点\n\n组建3个。"
    )
    found = [(s.role.value, s.text) for s in sentences(report_of(text, "a.txt"))]
    assert found[2:] == [
        ("signature", "绿原县卫生健康局"),
        ("signature", "2024年3月5日"),
        ("title", "绿原县卫生健康局2024年工作要点"),
        ("plan", "组建3个。"),
    ]


def test_reports_of_a_collection_each_have_their_year_and_kind() -> None:
    text = (
        "工作总结汇编\n\n甲区卫生健康局2023年工作总结\n一、2023年工作\n甲。\n二、2024年工作\n乙。\n"
        "乙区卫生健康局2024年工作总结\n一、2024年工作\n丙。"
    )
    roles = {s.text: s.role for s in sentences(report_of(text, "a.txt"))}
    assert (roles["甲。"], roles["乙。"], roles["丙。"]) == (Role.REVIEW, Role.PLAN, Role.REVIEW)


def test_text_that_lost_its_line_ends() -> None:
    text = (
        "甲市卫生健康局2024年上半年工作总结 发布时间：2024-07-05 来源：市局 2024年上半年，全市推进。"
        "一、工作情况（一）签约。签约3万人。（二）医改。组建3个。"
        "二、存在问题 人才短缺。三、下半年打算（一）抓医改。抓好3件事。"
    )
    report = report_of(text, "a.txt")
    roles = {s.text: s.role for s in sentences(report)}
    assert (report.half, report.published) == (1, "2024-07-05")
    assert roles["签约3万人。"] is roles["组建3个。"] is Role.REVIEW
    assert roles["人才短缺。"] is Role.PROBLEMS
    assert roles["抓好3件事。"] is Role.PLAN


CLAUSES = [
    "一是建成3家，|覆盖全县；|二是签约3万人。|",
    "医共体、医联体同步推进，|效果明显",
    "名单（甲院，乙院）和“一院，两区”公布，|完成。|",
    "班子统一是前提，|其一是人才",
    "增长1,360项，|达3.5%",
    "质量同质化|二是下沉",
]


@pytest.mark.parametrize("marked", CLAUSES)
def test_clauses_end_where_the_bar_stands(marked: str) -> None:
    text = marked.replace("|", "")
    sentence = Sentence(50, 50 + len(text), text, Role.REVIEW)
    cut = [text[a - 50 : b - 50] for a, b in clauses(sentence)]
    wanted = [part for part in marked.split("|") if part]
    assert cut == wanted


TEXTS = st.lists(
    st.sampled_from(
        [
            "一、",
            "（一）",
            "1.",
            "一是",
            "甲院",
            "签约",
            "，",
            "。",
            "；",
            "“",
            "”",
            "（",
            "）",
            "《",
            "\n",
            "\r\n",
            " ",
            "　",
            "2024年",
            "总结",
            "计划",
            "下一步",
            "来源：",
            "附件：",
            "目录",
            "局",
            "【",
            "】",
            "①",
            "|",
            "——",
            "3.5%",
            "\u200b",
            "a",
        ]
    ),
    max_size=60,
).map("".join)


@given(TEXTS)
def test_every_character_is_in_one_sentence_and_offsets_are_true(text: str) -> None:
    at, missing = 0, ""
    for s in sentences(report_of(text, "a.txt")):
        assert text[s.start : s.end] == s.text
        assert s.start >= at
        missing += text[at : s.start]
        at = s.end
        parts = clauses(s)
        assert not parts or (parts[0][0], parts[-1][1]) == (s.start, s.end)
        assert all(a[1] == b[0] for a, b in itertools.pairwise(parts))
    assert not (missing + text[at:]).replace("|", "").replace("\u200b", "").strip()


def test_an_empty_text_has_no_sentences() -> None:
    assert sentences(Report("a", "a.txt", " \n", "")) == []
