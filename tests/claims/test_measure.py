"""Rates: a sentence on the left, what is measured on the right; and sentences that measure nothing.

Written as ``metric value unit``; after ``@`` the subject if it is not the
jurisdiction, then ``planned`` or a year where they matter.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claims.measure import Rate, rates
from kg.model import Role, Sentence
from kg.text.clean import fold

PLACES = {
    "甲县": "A",
    "乙县": "B",
    "丙区": "C",
    "县中医院": "H",
    "市二院": "M",
    "全国": "CN",
    "省卫健委": "G",
    "全市": "J",
}
_PLACE = re.compile("|".join(PLACES))


def measured(text: str, role: Role = Role.REVIEW, before: tuple[Rate, ...] = (), known: bool = True) -> list[Rate]:
    """The rates of one sentence of a report on 2024 that starts at offset 100."""
    folded = fold(text)
    places = [(100 + m.start(), 100 + m.end(), PLACES[m[0]]) for m in _PLACE.finditer(folded)] if known else []
    return rates(Sentence(100, 100 + len(text), text, role), folded, places, "J", 2024, before)


def told(found: list[Rate]) -> list[str]:
    """The rates as the tables write them, without status and year."""
    return [f"{r.metric_text} {r.value} {r.unit}" + (f" @{r.subject}" if r.subject != "J" else "") for r in found]


FIRES = [
    # a full name
    ("家庭医生签约率达85.2％。", "家庭医生签约率 85.2 %"),
    ("适龄儿童疫苗接种率以乡镇为单位保持在95%以上。", "适龄儿童疫苗接种率 95 %"),
    ("截至11月底，全市重点人群签约率为78.3%", "重点人群签约率 78.3 %"),
    ("二级以上公立医院设置老年医学科的比例达60%", "二级以上公立医院设置老年医学科的比例 60 %"),
    ("跨省就医占比控制在8%左右", "跨省就医占比 8 %"),
    ("孕产妇死亡率6.52/10万", "孕产妇死亡率 6.52 /10万"),
    ("孕产妇死亡率为十万分之六点五", "孕产妇死亡率 6.5 /10万"),
    ("百分之八十的村卫生室实行一体化管理", "村卫生室实行一体化管理比例 80 %"),
    ("村卫生室覆盖率超过九成", "村卫生室覆盖率 90 %"),
    ("群众满意率98.2，居全省前列", "群众满意率 98.2 %"),
    ("孕产妇死亡率连续三年为零", "孕产妇死亡率 0 /10万"),
    ("5岁以下儿童死亡率为0", "5岁以下儿童死亡率 0 ‰"),
    ("药占比降至26.4%", "药占比 26.4 %"),
    ("住院费用报销比例提高5个百分点，达到75%", "住院费用报销比例 75 %"),
    ("药占比（不含饮片）24.1%", "药占比 24.1 %"),
    # a name that needs what stands before it
    ("完成产前筛查1.5万人，完成率97.7%", "产前筛查完成率 97.7 %"),
    ("建立居民电子档案285万份，建档率84.4%", "建立居民电子档案建档率 84.4 %"),
    (
        "严重精神障碍患者规范管理率96.2%、规律服药率92.8%",
        "严重精神障碍患者规范管理率 96.2 %|严重精神障碍患者规律服药率 92.8 %",
    ),
    ("高血压患者规范管理1.8万人（75.2%）", "高血压患者规范管理率 75.2 %"),
    ("筛查任务9000例，已查1800例(20 %)", "筛查任务完成率 20 %"),
    # several that share a value or a name
    ("资格确认率、资金兑现率均达100%", "资格确认率 100 %|资金兑现率 100 %"),
    ("法定传染病报告率、及时率均为100%", "法定传染病报告率 100 %|及时率 100 %"),
    ("艾滋病、梅毒、乙肝检测率均达99%以上", "艾滋病检测率 99 %|梅毒检测率 99 %|乙肝检测率 99 %"),
    ("新生儿听力筛查和疾病筛查均为99人，筛查率都是100%", "新生儿听力筛查率 100 %|疾病筛查率 100 %"),
    # lists
    ("婴儿、产妇死亡率分别为2‰和8/10万", "婴儿死亡率 2 ‰|产妇死亡率 8 /10万"),
    (
        "婴儿、5岁以下儿童、孕产妇三项死亡率，目标依次是4‰左右、6‰以下、9/10万左右",
        "婴儿死亡率 4 ‰|5岁以下儿童死亡率 6 ‰|孕产妇死亡率 9 /10万",
    ),
    ("高血压、糖尿病患者规范管理率分别达72.5%和71.9%", "高血压患者规范管理率 72.5 %|糖尿病患者规范管理率 71.9 %"),
    ("婚检率、眼保健和视力检查率分别达93%、95%", "婚检率 93 %|眼保健和视力检查率 95 %"),
    ("“两癌”3050人、产前(免费)2012人，完成率依次是101.7%、100.6%", "“两癌”完成率 101.7 %|产前(免费)完成率 100.6 %"),
    ("全年诊疗120万人次、出院3.1万人，分别比上年多8.2%和4.6%", "诊疗人次同比增长率 8.2 %|出院人数同比增长率 4.6 %"),
    ("任务完成率分别为宫颈癌101.2%、乳腺癌100.8%", "宫颈癌任务完成率 101.2 %|乳腺癌任务完成率 100.8 %"),
    (
        "每千人口护士数、每万人口全科医生数分别达3.7人、3.9人",
        "每千人口护士数 3.7 人/千人|每万人口全科医生数 3.9 人/万人",
    ),
    (
        "老年人、儿童、慢性病患者等重点人群签约率分别为82%、85%、79%",
        "老年人签约率 82 %|儿童签约率 85 %|慢性病患者签约率 79 %",
    ),
    (
        "老年人、高血压患者、糖尿病患者签约率分别达80%、78%、77%",
        "老年人签约率 80 %|高血压患者签约率 78 %|糖尿病患者签约率 77 %",
    ),
    ("献血8.5万人次，献血量29.6吨，分别增长5.2%、6.1%", "献血人次增长率 5.2 %|献血量增长率 6.1 %"),
    ("签约率82%，建档率91%，较上年分别提高2%和3%", "签约率 82 %|建档率 91 %|签约率同比增幅 2 %|建档率同比增幅 3 %"),
    (
        "宫颈癌、乳腺癌分别完成1023人和1019人，完成年度任务的102.4%和102.0%",
        "宫颈癌任务完成率 102.4 %|乳腺癌任务完成率 102.0 %",
    ),
    ("接种率以乡镇（街道）为单位达到90％以上", "接种率 90 %"),
    ("素养水平达30.2%，完成2030年目标值（30%）", "素养水平 30.2 %|素养水平 30 %"),
    # change
    ("门急诊人次达35.2万，同比增长12.5%", "门急诊人次同比增长率 12.5 %"),
    ("有医疗机构962家（同比增长6.4%）", "医疗机构同比增长率 6.4 %"),
    ("传染病发病率为16/10万，同比下降3%", "传染病发病率 16 /10万|传染病发病率同比降幅 3 %"),
    ("全市药品采购成本减少1.2亿元，平均降幅5.6%", "药品采购成本平均降幅 5.6 %"),
    ("居民健康素养水平由2020年的23.1%提升到2023年的31.6%", "居民健康素养水平 23.1 %|居民健康素养水平 31.6 %"),
    # shares
    ("85%以上的乡镇卫生院达到基本标准", "乡镇卫生院达到基本标准比例 85 %"),
    ("住院费用840万元，报销756万元，占90%", "住院费用报销占比 90 %"),
    ("服务覆盖90%以上的行政村", "行政村覆盖率 90 %"),
    # per head
    ("每千人口拥有托位3.25个", "每千人口拥有托位数 3.25 个/千人"),
    ("按每千人口3.0个托位的要求", "每千人口托位数 3.0 个/千人"),
    ("千人口床位数6.9张、千人口医师数3.3人", "千人口床位数 6.9 张/千人|千人口医师数 3.3 人/千人"),
    ("每千人口床位7.1张、执业医师3.2人", "每千人口床位数 7.1 张/千人|每千人口执业医师数 3.2 人/千人"),
    ("每万人口全科医生数达4.2名", "每万人口全科医生数 4.2 名/万人"),
    ("人均补助标准由89元提高到94元", "人均补助标准 89 元/人|人均补助标准 94 元/人"),
    ("人均筹资标准达960元，其中财政补助640元", "人均筹资标准 960 元/人|人均财政补助 640 元/人"),
    ("人均预期寿命达79.8岁", "人均预期寿命 79.8 岁"),
    (
        "执业医师1256人、护士1490人，每千常住人口分别达2.9人、3.4人",
        "每千常住人口执业医师数 2.9 人/千人|每千常住人口护士数 3.4 人/千人",
    ),
    ("每千人口医师、床位分别为3.1人、7.2张", "每千人口医师数 3.1 人/千人|每千人口床位数 7.2 张/千人"),
    ("奖励扶助标准由每人每年960元提高到1200元", "奖励扶助标准 960 元/人|奖励扶助标准 1200 元/人"),
    # what is left out
    ("新生儿0.93‰，婴儿1.62‰", "新生儿死亡率 0.93 ‰|婴儿死亡率 1.62 ‰"),
    ("户籍孕产妇死亡率5.1/10万，全人口口径为3.85/10万", "户籍孕产妇死亡率 5.1 /10万|全人口孕产妇死亡率 3.85 /10万"),
    ("基层诊疗量占比：2021年52.7%，现为62.4%", "基层诊疗量占比 52.7 %|基层诊疗量占比 62.4 %"),
    ("血压控制62.3%", "血压控制率 62.3 %"),
    ("卫生院标准化率为98%，村卫生室为92%", "卫生院标准化率 98 %|村卫生室标准化率 92 %"),
    ("65岁以上老年人接种率88.3%，80岁以上82.1%", "65岁以上老年人接种率 88.3 %|80岁以上接种率 82.1 %"),
    ("卫生健康支出32.6亿元，占预算支出的8.9%", "卫生健康支出占预算支出比例 8.9 %"),
    ("平均住院日由8.2天下降到7.5天，下降8.5%", "平均住院日下降率 8.5 %"),
    ("签约率、履约率均达到国家标准以上，分别为84%、95%", "签约率 84 %|履约率 95 %"),
    ("自然增长率-1.1‰", "自然增长率 -1.1 ‰"),
    ("出生缺陷发生率下降到63.2/万", "出生缺陷发生率 63.2 /万"),
    ("超过八成的居民表示满意", "居民表示满意比例 80 %"),
    # whose it is
    ("抢救成功率，市二院为98.8%，县中医院为92%", "抢救成功率 98.8 % @M|抢救成功率 92 % @H"),
    ("甲县、乙县和丙区就诊率分别为91.2%、90.3%、88.7%", "就诊率 91.2 % @A|就诊率 90.3 % @B|就诊率 88.7 % @C"),
    ("县中医院门诊量增长15%，手术量增长22%", "门诊量增长率 15 % @H|手术量增长率 22 % @H"),
    ("县中医院门诊量比市二院多12%", "门诊量增长率 12 % @H"),
    ("甲县狠抓落实，签约率达81%", "签约率 81 % @A"),
    ("甲县达标，全市签约率达81%", "签约率 81 %"),
    ("省卫健委要求的每千人口3个托位", "每千人口托位数 3 个/千人"),
    ("死亡率为2/10万，比全国4/10万低", "死亡率 2 /10万|死亡率 4 /10万 @CN"),
]


@pytest.mark.parametrize(("text", "wanted"), FIRES)
def test_fires(text: str, wanted: str) -> None:
    assert told(measured(text)) == wanted.split("|")


SILENT = [
    ("新建卫生院8家，床位230张。", "plain counts"),
    ("开设“1+5+8”医疗集团，覆盖3千人。", "numbers in a name, a count of people"),
    ("较上年提高5.2个百分点。", "percentage points are no rate"),
    ("用75%酒精消毒3次。", "strength of a liquid"),
    ("注射0.9%的氯化钠溶液。", "strength of a liquid"),
    ("群众满意度95.6分。", "a score"),
    ("奖励880多万元，人均可支配收入3万元。", "money that is no standard of care"),
    ("抽调三成员小组。", "三成 inside a word"),
    ("2024年10/12日召开会议。", "a fraction of a date"),
    ("培训210人，签约率先试行。", "率 inside a word"),
    ("每周1次、每月2次开展义诊。", "frequencies"),
    ("落实艾滋病防治“三个95%”目标。", "a figure inside a name"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "why"), SILENT, ids=[why for _, why in SILENT])
def test_stays_silent(text: str, why: str) -> None:
    assert told(measured(text)) == [], why


def test_a_figure_of_a_place_nobody_linked_is_left_out() -> None:
    assert told(measured("死亡率为2/10万，比全国4/10万低", known=False)) == ["死亡率 2 /10万"]


STATUS = [
    ("签约率达85%", Role.REVIEW, "realised"),
    ("签约率达85%", Role.PROBLEMS, "realised"),
    ("签约率达到85%以上", Role.PLAN, "planned"),
    ("力争签约率达到85%", Role.REVIEW, "planned"),
    ("争取年底前全市80%的医院建成示范", Role.REVIEW, "planned"),
    ("到2027年，签约率要到85%", Role.REVIEW, "planned"),
    ("2023年签约率达到82%", Role.PLAN, "realised"),
    ("2024年签约率达到82%", Role.PLAN, "planned"),
    ("方案要求，到2022年签约率至少达到80%", Role.PLAN, "planned"),
    ("目前签约率已达82%", Role.PLAN, "realised"),
    ("签约率82%，超过75%的全省目标任务", Role.REVIEW, "realised planned"),
    ("推进22项必须完成的任务，签约率达82%", Role.REVIEW, "realised"),
    ("规划对签约率的控制要求是80%", Role.REVIEW, "planned"),
]


@pytest.mark.parametrize(("text", "role", "status"), STATUS)
def test_status(text: str, role: Role, status: str) -> None:
    assert [r.status.value for r in measured(text, role)] == status.split()


YEARS = [
    ("签约率85%", [2024]),
    ("2020年签约率为65%，2023年升至82%", [2020, 2023]),
    ("2021年占比52.7%，现为62.4%", [2021, 2024]),
    ("签约率82%，比上年增长3%", [2024, 2024]),
    ("去年签约率为80%", [2023]),
    ("与2019年相比，诊疗人次增加13.5%", [2024]),
    ("使用率由2022年的38%上升到45%", [2022, 2024]),
    ("到“十四五”末，签约率达85%", [2025]),
    ("全市死亡率8.1/10万(2015年为19.5/10万)", [2024, 2015]),
]


@pytest.mark.parametrize(("text", "wanted"), YEARS)
def test_year(text: str, wanted: list[int]) -> None:
    assert [r.year for r in measured(text)] == wanted


def test_what_a_sentence_lends_to_the_next_after_a_semicolon() -> None:
    before = tuple(measured("甲县户籍孕产妇死亡率5.1/10万；"))
    assert told(measured("新生儿0.93‰。", before=before)) == ["新生儿死亡率 0.93 ‰ @A"]
    assert told(measured("全市签约率82%。", before=before)) == ["签约率 82 %"]


def test_programmes_own_no_rates() -> None:
    text = "两卡制签约率达85%"
    found = rates(Sentence(0, len(text), text, Role.REVIEW), text, [(0, 3, "local-program/1-两卡制")], "J", 2024)
    assert [(r.metric_text, r.subject) for r in found] == [("两卡制签约率", "J")]


@pytest.mark.parametrize("role", [Role.RESIDUE, Role.TITLE, Role.SIGNATURE])
def test_nothing_is_measured_outside_prose(role: Role) -> None:
    assert measured("签约率85%", role) == []


PIECES = st.lists(
    st.sampled_from(
        [
            "签约率",
            "死亡率",
            "婴儿",
            "甲县",
            "全市",
            "达",
            "分别为",
            "同比增长",
            "占",
            "85%",
            "3.1‰",
            "9/10万",
            "、",
            "，",
            "和",
            "（",
            "）",
            "的",
            "每千人口",
            "3.2人",
            "人均",
            "94元",
            "目标",
            "2020年",
            "率",
            "0",
            "“",
            "”",
            "2万人",
            "三成",
            "均",
            "：",
            "其中",
            " ",
        ]
    ),
    max_size=25,
).map("".join)


@given(PIECES)
def test_any_words_give_true_offsets_and_names(text: str) -> None:
    for rate in measured(text):
        assert rate.value_text == text[rate.start - 100 : rate.end - 100]
        assert len(rate.metric_text) > 1
        assert rate.subject
        assert rate.rule.startswith("rate-")
