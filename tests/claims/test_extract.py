"""A whole extraction: what it holds together, where things lie, and that no text whatever breaks it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.claims.extract import extract
from kg.claims.lexicon import load
from kg.ids import claim_id
from kg.model import EntityType, Extraction, Predicate
from kg.text.clean import fold
from kg.text.read import report_of
from tests.claims.reading import claims, home, names, read, report

CITY = "江山市"

# Words that rules, names and lists are made of, so that random texts reach deep into the reading.
WORDS = """县人民医院 市二院 市中医院 区妇幼 州医院 旗人民医院 附一院 凤阳县 江山市 鼓楼区 朝阳 临夏 海南州 XX区
    X县 某市 宁夏 中山 中山大学附属第一医院 浙江大学 四川大学华西医院 南京鼓楼医院 高淳医院 经开区 高新区
    江山经济开发区 我市 全县 该院 该校 后者 前者 各乡镇卫生院 医共体 医联体 第一医疗集团 专科联盟 牵头 组建
    加入 成员单位 任龙头 与 同 和 由 等 4家 两县 分别 依次 以下简称 又称 加挂 签订 协议 共建 托管 对口支援
    揭牌 挂牌 依托 专家 坐诊 家庭医生签约 胸痛中心 远程会诊 医养结合 两癌筛查 推进 建成 拟 将继续 尚未 暂停
    目前已 计划 力争 “康乐银龄” 项目 行动 签约率 85.2％ 达 12/10万 2024年 一、 （一） 二是 总结 工作
    下一步打算 存在问题 卫生健康局 人民医院 分院 院区 附属 第 一 二 、 ， 。 ； ： ！ （ ） ( ) “ ” 《 》
    【 】 [ ] ' - — / % ＆ & < > # | * … · × X A ① △"""
CHARACTERS = [
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "\u3000",
    "\t",
    "\x00",
    "\x0b",
    "\u200b",
    "\u2028",
    "\ufeff",
    "\x7f",
    "😀",
    "𠮷",
    "１２",
]
TEXTS = st.lists(st.sampled_from(WORDS.split() + CHARACTERS * 2), max_size=45).map("".join)
HEADS = st.sampled_from(
    [
        "",
        "江山市卫生健康局2024年工作总结\n\n",
        "XX区2023年卫生健康工作总结\n",
        "红河州卫生健康简报\n\n一、石屏县\n",
        "2025年工作要点\n",
    ]
)
REPORTS = st.builds(str.__add__, HEADS, TEXTS)
ANY = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def _ends_exist(found: Extraction) -> list[str]:
    """The ends of claims that are nowhere described."""
    known = {e.id for e in found.entities}
    ends = {end for c in found.claims for end in (c.subject, c.object)} | {o.subject for o in found.observations}
    return sorted(end for end in ends if end not in known and not _reference(end))


def _reference(id_: str) -> bool:
    kind, _, key = id_.partition("/")
    lexicon = load()
    coded = {code for code, place in lexicon.gazetteer.places.items() if place.level != "township"}
    tables = {"region": coded, "org": set(lexicon.seeds), "program": set(lexicon.broader)}
    return key in tables.get(kind, set())


@ANY
@given(REPORTS)
def test_no_text_breaks_the_reading_and_evidence_is_cut_out_of_it(text: str) -> None:
    found = read(text)
    folded = fold(text)
    for e in [*(c.evidence for c in found.claims), *(o.evidence for o in found.observations)]:
        assert text[e.start : e.end] == e.quote != ""
        assert all(e.start <= a < b <= e.end for a, b in e.marks)
    for m in (m for entity in found.entities for m in entity.mentions):
        assert m.start < m.end
        assert folded[m.start : m.end] == fold(m.text)


@ANY
@given(REPORTS)
def test_what_claims_speak_of_is_described(text: str) -> None:
    assert _ends_exist(read(text)) == []


@ANY
@given(REPORTS)
def test_nothing_is_said_twice_nor_of_itself_and_problems_have_a_place(text: str) -> None:
    found = read(text)
    said = [(c.subject, c.predicate, c.object, c.status, c.evidence.start) for c in found.claims]
    assert len(set(said)) == len(said)
    assert [c for c in found.claims if c.subject == c.object] == []
    for problem in found.problems:
        name, _, span = problem.where.partition("#char=")
        start, end = map(int, span.split(",")) if span else (0, 0)
        assert name == "a.txt"
        assert 0 <= start <= end <= len(text)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(REPORTS)
def test_the_same_report_gives_the_same_extraction(text: str) -> None:
    assert read(text) == extract(report_of(text, "a.txt"), load())


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_any_characters_at_all(text: str) -> None:
    found = read(text)
    assert all(text[c.evidence.start : c.evidence.end] == c.evidence.quote for c in found.claims)


def test_an_empty_report_says_nothing() -> None:
    found = read("")
    assert (found.entities, found.claims, found.observations) == ((), (), ())
    assert [p.kind for p in found.problems] == ["no-jurisdiction"]


TEXT = report(
    CITY,
    "市二院建成胸痛中心。",
    "市人民医院与四川大学华西医院签订合作协议。",
    "家庭医生签约率达78.5%。",
)


def test_everything_carries_its_report_rule_and_year() -> None:
    found = read(TEXT)
    assert found.report.jurisdiction == "region/330881"
    assert found.report.issuer == "org/330881-江山市卫生健康局"
    said = [(c.report, c.rule, c.year) for c in found.claims]
    said += [(o.report, o.rule, o.year) for o in found.observations]
    assert all(key == found.report.key and rule and year == 2024 for key, rule, year in said)
    assert len({c.id for c in found.claims}) == len(found.claims)
    assert list(found.entities) == sorted(found.entities, key=lambda e: e.id)
    assert list(found.claims) == sorted(found.claims, key=lambda c: (c.evidence.start, c.id))


def test_a_claims_identifier_follows_from_its_content() -> None:
    for c in read(TEXT).claims:
        e = c.evidence
        assert c.id == claim_id(c.report, e.start, e.end, c.subject, c.predicate, c.object, c.status)


def test_the_evidence_is_the_sentence_that_says_it() -> None:
    found = read(TEXT)
    quotes = {c.object: c.evidence.quote for c in found.claims if c.predicate is Predicate.IMPLEMENTS}
    assert quotes["program/chest-pain-center"] == "市二院建成胸痛中心。"
    (rate,) = found.observations
    assert (rate.evidence.quote, str(rate.value), rate.unit) == ("家庭医生签约率达78.5%。", "78.5", "%")
    assert rate.subject == "region/330881"


PLACES = [
    ("市二院通过复评。", "江山市第二人民医院", "江山市"),
    ("常山县人民医院派人学习。", "常山县人民医院", "常山县"),
    ("市卫健局召开会议。", "江山市卫生健康局", "江山市"),
    ("何田纪念医院完成扩建。", "何田纪念医院", "江山市"),
    ("江山市人民医院滨江院区启用。", "江山市人民医院滨江院区", "江山市"),  # not Hangzhou's Binjiang
    ("江山市仁和养老院开业。", "江山市仁和养老院", "江山市"),  # not Panzhihua's Renhe
    ("江山经济开发区人民医院扩建。", "江山经济开发区人民医院", "江山经济开发区"),
    ("与四川大学华西医院签订协议，赴成都市学习。", "四川大学华西医院", "四川省"),  # what the name shows
    ("与协和医院结对，赴北京市学习。", "中国医学科学院北京协和医院", "北京市"),
    ("上海中山医院专家坐诊。", "复旦大学附属中山医院", "上海市"),  # what the report writes
    ("北京朝阳医院专家坐诊。", "首都医科大学附属北京朝阳医院", "北京市"),  # Beijing, not a county called so
    ("城关镇卫生院完成改造。", "城关镇卫生院", "江山市"),  # no district of Lanzhou
    ("双河街道社区卫生服务中心开展签约。", "双河街道社区卫生服务中心", "江山市"),
    ("复旦大学附属中山医院消化病诊疗协作中心揭牌。", "复旦大学附属中山医院消化病诊疗协作中心", "江山市"),
]


@pytest.mark.parametrize(("sentence", "who", "where"), PLACES, ids=[p[1] for p in PLACES])
def test_where_an_organisation_lies(sentence: str, who: str, where: str) -> None:
    assert (who, where) in claims(read(report(CITY, sentence)), Predicate.LOCATED_IN)


MASKED = [
    # a mask in an institution's name is the report's own district
    ("南昌大学XX医院扩建。", {("南昌大学XX医院", "XX区")}),
    ("市人民医院XX医院扩建。", {("市人民医院XX医院", "XX区")}),
    ("市人民医院扩建。", set()),
]


@pytest.mark.parametrize(("sentence", "lies"), MASKED, ids=[m[0] for m in MASKED])
def test_a_mask_tells_where_an_institution_lies(sentence: str, lies: set[tuple[str, str]]) -> None:
    told = claims(read(report("XX区", sentence)), Predicate.LOCATED_IN)
    assert {pair for pair in told if pair[0].endswith("医院")} == lies


def test_where_only_outside_knowledge_tells_nothing_is_said() -> None:
    found = read(report(CITY, "与北京协和医院、首都医科大学签订协议，赴华山医院学习。"))
    told = {who for who, _ in claims(found, Predicate.LOCATED_IN)}
    assert "首都医科大学" not in told
    assert "复旦大学附属华山医院" not in told
    assert ("中国医学科学院北京协和医院", "北京市") in claims(found, Predicate.LOCATED_IN)


def test_only_organisations_lie_somewhere() -> None:
    found = read(report(CITY, "常山县推出“康乐银龄”居家照护项目，与浙江大学签订协议。"))
    assert EntityType.LOCAL_PROGRAM in {e.type for e in found.entities}
    located = {c.subject.partition("/")[0] for c in found.claims if c.predicate is Predicate.LOCATED_IN}
    assert located == {"org"}


def test_every_organisation_lies_in_one_place() -> None:
    found = read(report(CITY, "市二院、市中医院与宁波市第一医院、杭州市第一人民医院签订协议。"))
    where = claims(found, Predicate.LOCATED_IN)
    assert len({who for who, _ in where}) == len(where)


def test_problems_name_their_file_and_place() -> None:
    found = read(report("定西市", "与鼓楼区签订协议。"), "dingxi.txt")
    (problem,) = [p for p in found.problems if p.kind == "ambiguous"]
    name, _, span = problem.where.partition("#char=")
    start, end = map(int, span.split(","))
    assert name == "dingxi.txt"
    assert found.report.text[start:end] == "鼓楼区"
    assert problem.todo


def test_full_width_and_half_width_read_alike() -> None:
    plain = report(CITY, "XX区人民医院(简称区医院)与市二院签订协议，家庭医生签约率达78.5%。")
    wide = plain.replace("XX", "ＸＸ").replace("(", "（").replace(")", "）").replace("78.5%", "７８．５％")
    assert [e.label for e in read(plain).entities] == [e.label for e in read(wide).entities]
    assert len(read(plain).claims) == len(read(wide).claims)


def test_the_jurisdiction_is_an_entity_even_if_only_its_title_names_it() -> None:
    found = read("江山市2024年卫生健康工作总结\n\n一、主要工作\n推进家庭医生签约服务。\n")
    assert home(found) == CITY
    assert CITY in names(found, EntityType.REGION)


def test_a_zone_that_only_a_name_shows_is_described() -> None:
    found = read(report(CITY, "江山经济开发区人民医院扩建。"))
    assert "江山经济开发区" in names(found, EntityType.REGION)
    assert _ends_exist(found) == []
