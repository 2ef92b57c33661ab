"""A made-up corpus: N distinct reports of about 20 KB, seeded, from templates and the seed tables.

The sentences are written for this generator; places, programmes and partner
institutions come from the seed tables, figures are drawn. The same number and
seed give the same bytes.

It is about as dense as whole reports are, and a little denser: three of 14 to
26 kB hold 8.4 sentences (of 43 characters), 4.1 mentions, 10.7 claims and 0.8
rates a kB, these made-up ones 9.6 (of 36), 4.8, 12.5 and 1.5. Excerpts of 3 kB
(seeds/reports) hold twice as many; ``bench.text`` measures both.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.files import package_path, read_tsv

__all__ = ["Words", "report", "words", "write"]

SIZE = 20_000  # bytes of UTF-8

FACTS = (
    "全{r}推进{p}，覆盖{n}个乡镇（街道），惠及群众{m}万人。",
    "{c}{r2}人民医院与{o}签订合作协议，共建{d}专科联盟，专家每月坐诊{k}次。",
    "{c}{r2}中医院牵头组建紧密型县域医共体，{t}、{t2}等卫生院为成员单位。",
    "截至{mo}月底，{p}工作累计服务{m}万人次，{x}率达到{v}%，同比提高{k}个百分点。",
    "{t}卫生院启动{p}，配备设备{n}台（套），培训业务骨干{k}人次。",
    "依托{o}的技术力量，{c}{r2}妇幼保健院开展{p}，全年完成{n}例。",
    "积极落实{p}，{x}率由{w}%提升至{v}%，{y}率保持在{v2}%以上。",
    "{o}在{c}{r2}第{q}人民医院设立{d}名医工作室，全年门诊{n}人次、手术{k}台。",
)
PLANS = (
    "计划启动{p}，力争{x}率达到{v}%以上。",
    "拟与{o}共建{d}诊疗中心，选派{k}名骨干进修。",
    "推动{c}{r2}人民医院创建三级医院，新增床位{n}张。",
    "继续深化{p}，明年在{t}、{t2}先行试点。",
)
FILLER = (
    "一年来，全系统干部职工坚持问题导向，统筹推进各项重点任务，较好完成了年初确定的目标。",
    "定期召开调度会议，听取各单位进展情况，研究解决工作推进中的具体困难。",
    "加强宣传引导，通过广播、板报、微信公众号等多种形式普及健康知识，营造良好氛围。",
    "严格落实责任，层层分解任务，形成主要领导亲自抓、分管领导具体抓的工作格局。",
    "完善内部管理制度，规范财务收支和物资采购，接受群众和社会监督。",
    "组织开展业务练兵和岗位竞赛，促进医务人员服务意识和技术水平同步提升。",
    "对检查中发现的薄弱环节，逐项列出清单，明确整改时限和责任人，确保落到实处。",
    "从总体情况看，各项指标运行平稳，群众满意度稳步上升，行业风气持续向好。",
    "同时也要看到，基层人才总量不足、结构不优的状况没有根本改变，服务能力仍有短板。",
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
RATES = ("家庭医生签约", "县域内就诊", "基层就诊", "电子健康档案建档", "高血压规范管理", "疫苗接种", "孕产妇系统管理")
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Words:
    """What templates are filled with: counties with their townships, programmes, partners."""

    counties: tuple[tuple[str, str, str], ...]
    townships: dict[str, tuple[str, ...]]
    programmes: tuple[str, ...]
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
    programmes = [
        name
        for row in read_tsv(seeds / "programs.tsv")
        for name in [row["prefLabel_zh"], *row["altLabels_zh"].split("|")[:4]]
        if len(name) > 3
    ]
    hospitals = [
        r["name"] for r in read_tsv(seeds / "organisations.tsv") if r["type"] in {"Hospital", "AcademicInstitution"}
    ]
    places = tuple((c["code"], above.get(c["parent"], ""), c["name"]) for c in counties if townships.get(c["code"]))
    return Words(places, {k: tuple(v) for k, v in townships.items()}, tuple(programmes), tuple(hospitals))


def report(number: int, seed: int = 7) -> tuple[str, str]:
    """File name and text of one report."""
    draw = random.Random(f"{seed}-{number}")
    known = words()
    code, city, county = known.counties[number % len(known.counties)]
    year = 2018 + number // len(known.counties) % 8
    kind = "区" if county.endswith("区") else "县" if county.endswith(("县", "旗")) else "市"
    townships = known.townships[code]
    issuer = f"{county}卫生健康局"
    parts = [
        f"{issuer}{year}年工作总结和{year + 1}年工作计划",
        f"发布时间：{year + 1}-01-{draw.randint(3, 28):02}  来源：{issuer}",
        "",
    ]
    parts.append(f"{year}年，{city}{county}卫生健康工作在上级部门指导下，稳步推进，现将有关情况报告如下。")
    place = (county[:-1], kind, townships)
    sections = 0
    while len("\n".join(parts).encode()) < SIZE * 0.85:
        parts += _section(draw, known, place, sections, FACTS, 0.35)
        sections += 1
    parts.append(f"下一步，{year + 1}年工作打算如下。")
    parts += _section(draw, known, place, 0, PLANS, 0.5)
    parts += ["", issuer, f"{year + 1}年1月{draw.randint(3, 28)}日"]
    return f"{code}-{year}-{number:06}.txt", "\n".join(parts) + "\n"


def _section(  # noqa: PLR0913, PLR0917 - what a paragraph is drawn from
    draw: random.Random,
    known: Words,
    place: tuple[str, str, tuple[str, ...]],
    number: int,
    facts: tuple[str, ...],
    share: float,
) -> list[str]:
    """A heading and its paragraphs."""
    lines = [f"（{NUMERALS[number % 10]}）{draw.choice(HEADINGS)}"]
    for _ in range(draw.randint(2, 4)):
        lines.append("".join(_sentence(draw, known, place, facts, share) for _ in range(draw.randint(4, 8))))
    return lines


def _sentence(
    draw: random.Random, known: Words, place: tuple[str, str, tuple[str, ...]], facts: tuple[str, ...], share: float
) -> str:
    if draw.random() > share:
        return draw.choice(FILLER)
    county, kind, townships = place
    low = draw.randint(3000, 8500)
    return draw.choice(facts).format(
        r=kind, r2=kind, c=county, p=draw.choice(known.programmes), o=draw.choice(known.partners),
        t=draw.choice(townships), t2=draw.choice(townships), d=draw.choice(FIELDS), n=draw.randint(3, 900),
        m=round(draw.random() * 30, 1), k=draw.randint(2, 60), q=draw.choice("二三四"), mo=draw.randint(6, 12),
        x=draw.choice(RATES), y=draw.choice(RATES), w=low / 100, v=(low + draw.randint(50, 1400)) / 100, v2=low / 100,
    )  # fmt: skip


def write(folder: Path, number: int, seed: int = 7) -> int:
    """Write that many reports into a folder; returns their bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    for n in range(number):
        name, text = report(n, seed)
        size += (folder / name).write_bytes(text.encode())
    return size
