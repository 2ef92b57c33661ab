"""A made-up corpus: N distinct reports of about 20 KB, seeded, from templates and the seed tables.

The sentences are written for this generator; places, programmes and partner
institutions come from the seed tables, figures are drawn. The same number and
seed give the same bytes. A county keeps its few partners and programmes over
the years, as counties do; a report gives each of its rates once or twice.

It is made as dense as whole reports are (see FACTS), and somewhat denser in
what costs most, partnerships, alliances and rates. Excerpts of 3 kB (seeds/reports)
hold twice as many claims a kB; ``bench.text`` measures both.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.files import package_path, read_tsv

__all__ = ["Words", "report", "words", "write"]

SIZE = 19_000  # bytes of UTF-8, from which on no section is begun

# What 20 kB of three whole reports (14 to 26 kB each) and of 40 made-up ones held, as extracted on 2026-11-22:
#
#                          whole reports   made up
#   sentences                    168          189
#   claims                       213          236
#     of them planned            107           88
#   programmes, distinct          70           75
#   partnerships                   2.5          5.7
#   leaders and members            0.8          3.3
#   rates                         16           23

FACTS = (
    "全{r}推进{p}，覆盖{n}个乡镇（街道），惠及群众{m}万人。",
    "扎实推进{p}和{p2}，{t}、{t2}先后通过上级验收，受到群众欢迎。",
    "{x}达到{v}%，同比提高{k}个百分点。",
    "截至{mo}月底，{p}工作累计服务{m}万人次，{x}达到{v}%。",
    "{t}卫生院启动{p}，配备设备{n}台（套），培训业务骨干{k}人次。",
    "积极落实{p}，{x}由{w}%提升至{v}%，{p2}同步铺开。",
    "组织{p}专题培训{k}期，{n}名基层人员参加，{p2}考核合格人员全部上岗。",
    "{c}{r2}人民医院开展{p}，新增床位{n}张，全年门急诊{m}万人次。",
    "深入实施{p}，建成示范点{k}个，{p2}和{p3}实现应做尽做。",
    "投入资金{n}万元用于{p}，{c}{r2}疾病预防控制中心完成改造并投入使用。",
)
JOINT = (
    "{c}{r2}人民医院与{o}签订合作协议，共建{d}专科联盟，专家每月坐诊{k}次。",
    "{c}{r2}中医院牵头组建紧密型县域医共体，{t}、{t2}等卫生院为成员单位。",
    "依托{o}的技术力量，{c}{r2}妇幼保健院开展{p}，全年完成{n}例。",
    "{o}在{c}{r2}第{q}人民医院设立{d}名医工作室，全年门诊{n}人次、手术{k}台。",
)
PLANS = (
    "启动{p}，力争{x}达到{v}%以上。",
    "全面推进{p}，完善考核办法，在{t}、{t2}先行试点。",
    "推动{c}{r2}人民医院创建三级医院，新增床位{n}张。",
    "继续深化{p}，健全{p2}工作机制，落实财政补助政策。",
    "做实做细{p}，年内新建服务站点{k}个，力争{m}万名居民受益。",
    "加快{p}建设，争取{t}卫生院年底前完成设备更新。",
    "巩固{p}成果，推进{p2}与{p3}有机衔接。",
    "实施{p}三年行动，培训骨干{k}名，引进紧缺人才{q}名。",
)
JOINT_PLANS = ("拟与{o}共建{d}诊疗中心，选派{k}名骨干进修。",)
FILLER = (
    "一年来，全系统干部职工坚持问题导向，统筹推进各项重点任务，较好完成了年初确定的目标，各方面工作迈上了新的台阶。",
    "定期召开调度会议，听取各单位进展情况，研究解决工作推进中的具体困难。",
    "加强宣传引导，通过广播、板报、微信公众号等多种形式普及健康知识，营造全社会关心支持卫生健康工作的良好氛围。",
    "严格落实责任，层层分解任务，形成主要领导亲自抓、分管领导具体抓、科室人员合力抓的工作格局。",
    "完善内部管理制度，规范财务收支和物资采购，接受群众和社会监督。",
    "组织开展业务练兵和岗位竞赛，促进医务人员服务意识和技术水平同步提升。",
    "对检查中发现的薄弱环节，逐项列出清单，明确整改时限和责任人，确保每一个问题都有着落、每一项整改都见成效。",
    "从总体情况看，各项指标运行平稳，群众满意度稳步上升，行业风气持续向好。",
    "同时也要看到，基层人才总量不足、结构不优的状况没有根本改变，服务能力与群众日益增长的健康需求相比仍有短板。",
    "信息系统之间互联互通程度不高，数据重复填报，增加了一线人员的负担。",
    "加强值班值守和应急演练，节假日期间安排专人在岗，遇有情况及时上报处置。",
    "做好信访接待和舆情应对，依法依规办理群众来信来访，妥善化解矛盾纠纷。",
)
HEADINGS = (
    "深化医改",
    "基层服务",
    "公共卫生",
    "妇幼健康",
    "中医药事业",
    "人才建设",
    "智慧医疗",
    "老龄健康",
    "行业管理",
)
FIELDS = ("心血管", "骨科", "肿瘤", "儿科", "神经外科", "呼吸", "消化", "眼科", "康复", "妇产")
RATES = (
    "家庭医生签约率", "重点人群签约率", "县域内就诊率", "基层就诊率", "电子健康档案建档率", "健康档案动用率",
    "高血压规范管理率", "糖尿病规范管理率", "适龄儿童疫苗接种率", "孕产妇系统管理率", "3岁以下儿童系统管理率",
    "老年人健康管理率", "严重精神障碍患者规范管理率", "肺结核患者规则服药率", "新生儿疾病筛查率", "产前检查率",
    "住院分娩率", "孕前优生检查目标人群覆盖率", "居民健康素养水平达标率", "农村妇女两癌检查率", "病床使用率",
    "住院患者满意率", "传染病及时报告率", "饮用水水质达标率", "职业病危害项目申报率", "医疗废物集中处置率",
    "千人口托位达标率", "无偿献血采集率", "双随机监督检查完结率", "中医药健康管理率", "食品安全监测完成率",
    "基本医保参保率", "艾滋病病毒检测率", "学生常见病监测率", "农村卫生厕所普及率",
)  # fmt: skip
NUMERALS = "一二三四五六七八九十"
PROGRAMMES, PARTNERS = 100, 5  # a county has so many
REVIEW = 0.55  # of a report; the rest is its plan
REVIEWED = ((0.48, FACTS), (0.05, JOINT))  # kinds of sentences with their shares; the others are fillers
PLANNED = ((0.5, PLANS), (0.02, JOINT_PLANS))


@dataclass(frozen=True, slots=True)
class Words:
    """What templates are filled with: counties with their townships, wordings of each programme, partners."""

    counties: tuple[tuple[str, str, str], ...]
    townships: dict[str, tuple[str, ...]]
    programmes: tuple[tuple[str, ...], ...]
    partners: tuple[str, ...]


@cache
def words() -> Words:
    """The seed tables as lists of names."""
    seeds = package_path("seeds")
    rows = read_tsv(seeds / "regions.tsv")
    above = {row["code"]: row["name"] for row in rows}
    kinds = tuple("县市区旗")
    counties = [r for r in rows if r["level"] == "county" and r["name"].endswith(kinds) and r["name"] != "市辖区"]
    townships: dict[str, list[str]] = {}
    for row in rows:
        if row["level"] == "township" and row["name"].endswith(("镇", "乡", "街道")):
            townships.setdefault(row["parent"], []).append(row["name"])
    wordings = (
        tuple(n for n in (r["prefLabel_zh"], *r["altLabels_zh"].split("|")[:4]) if len(n) > 3)
        for r in read_tsv(seeds / "programs.tsv")
    )
    hospitals = [
        r["name"] for r in read_tsv(seeds / "organisations.tsv") if r["type"] in {"Hospital", "AcademicInstitution"}
    ]
    places = tuple((c["code"], above.get(c["parent"], ""), c["name"]) for c in counties if townships.get(c["code"]))
    return Words(places, {k: tuple(v) for k, v in townships.items()}, tuple(filter(None, wordings)), tuple(hospitals))


@dataclass(frozen=True, slots=True)
class _Teller:
    """One report's draws: its county with all that the county keeps, and the rates not yet told."""

    draw: random.Random
    county: str
    kind: str
    townships: tuple[str, ...]
    programmes: list[tuple[str, ...]]
    partners: list[str]
    rates: list[str]

    def programme(self) -> str:
        """A wording of one of the county's programmes."""
        return self.draw.choice(self.draw.choice(self.programmes))

    def fill(self, template: str) -> str:
        """A sentence from a template; each rate is told before any is told again."""
        draw, low = self.draw, self.draw.randint(3000, 8500)
        if "{x}" in template and not self.rates:
            self.rates.extend(draw.sample(RATES, len(RATES)))
        return template.format(
            r=self.kind, r2=self.kind, c=self.county, p=self.programme(), p2=self.programme(), p3=self.programme(),
            o=draw.choice(self.partners), t=draw.choice(self.townships), t2=draw.choice(self.townships),
            d=draw.choice(FIELDS), n=draw.randint(3, 900), m=round(draw.random() * 30, 1), k=draw.randint(2, 60),
            q=draw.choice("二三四"), mo=draw.randint(6, 12), x=self.rates.pop() if "{x}" in template else "",
            w=low / 100, v=(low + draw.randint(50, 1400)) / 100,
        )  # fmt: skip

    def section(self, number: int, kinds: tuple[tuple[float, tuple[str, ...]], ...]) -> list[str]:
        """A heading and its paragraphs."""
        lines = [f"（{NUMERALS[number % 10]}）{self.draw.choice(HEADINGS)}"]
        for _ in range(self.draw.randint(2, 4)):
            lines.append("".join(self.sentence(kinds) for _ in range(self.draw.randint(4, 8))))
        return lines

    def sentence(self, kinds: tuple[tuple[float, tuple[str, ...]], ...]) -> str:
        """A sentence of one of the kinds, each with its share; of the rest a filler."""
        chance = self.draw.random()
        for share, templates in kinds:
            if chance < share:
                return self.fill(self.draw.choice(templates))
            chance -= share
        return self.draw.choice(FILLER)


def _teller(draw: random.Random, code: str, county: str, seed: int) -> _Teller:
    known, own = words(), random.Random(f"{seed}-{code}")
    kind = "区" if county.endswith("区") else "县" if county.endswith(("县", "旗")) else "市"
    programmes, partners = own.sample(known.programmes, PROGRAMMES), own.sample(known.partners, PARTNERS)
    return _Teller(draw, county[:-1], kind, known.townships[code], programmes, partners, [])


def report(number: int, seed: int = 7) -> tuple[str, str]:
    """File name and text of one report."""
    draw, known = random.Random(f"{seed}-{number}"), words()
    code, city, county = known.counties[number % len(known.counties)]
    year = 2018 + number // len(known.counties) % 8
    issuer, tell = f"{county}卫生健康局", _teller(draw, code, county, seed)
    parts = [
        f"{issuer}{year}年工作总结和{year + 1}年工作计划",
        f"发布时间：{year + 1}-01-{draw.randint(3, 28):02}  来源：{issuer}",
        "",
        f"{year}年，{city}{county}卫生健康工作在上级部门指导下，稳步推进，现将有关情况报告如下。",
        "一、主要工作",
    ]
    _sections(parts, tell, SIZE * REVIEW, REVIEWED)
    parts.append(f"二、{year + 1}年工作计划")
    _sections(parts, tell, SIZE, PLANNED)
    parts += ["", issuer, f"{year + 1}年1月{draw.randint(3, 28)}日"]
    return f"{code}-{year}-{number:06}.txt", "\n".join(parts) + "\n"


def _sections(parts: list[str], tell: _Teller, size: float, kinds: tuple[tuple[float, tuple[str, ...]], ...]) -> None:
    """Sections until the report has so many bytes."""
    number = 0
    while len("\n".join(parts).encode()) < size:
        parts += tell.section(number, kinds)
        number += 1


def write(folder: Path, number: int, seed: int = 7) -> int:
    """Write that many reports into a folder; returns their bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    for n in range(number):
        name, text = report(n, seed)
        size += (folder / name).write_bytes(text.encode())
    return size
