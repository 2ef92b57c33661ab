"""Two small made-up reports with everything a graph can hold, hostile names among it."""

from decimal import Decimal
from pathlib import Path

from kg.graph.build import catalogue_quads, report_quads
from kg.graph.iris import BASE, REFERENCE
from kg.graph.store import open_writer
from kg.model import (
    Claim,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Observation,
    Predicate,
    Report,
    ReportKind,
    Status,
)

__all__ = ["EXTRACTIONS", "HOSTILE", "lines", "make_store", "reference"]

HOSTILE = '=cmd("<script>")\u2028\x0b\x00,\t"引号"\\'
CITY, COUNTY = "region/330481", "region/330482"
FIRST, SECOND, THIRD = "org/330481-江滨市第一人民医院", "org/330482-河口县人民医院", "org/330481-机构 一"
UNIVERSITY, ALLIANCE, CHEST = "org/east-university", "org/330481-江滨市医共体", "program/chest-pain-center"


def _evidence(start: int, quote: str) -> Evidence:
    return Evidence(start, start + len(quote), quote, ((start, start + 2),))


def _claim(report: str, number: int, triple: tuple[str, Predicate, str], status: Status, quote: str) -> Claim:
    subject, predicate, value = triple
    kind = "agreement" if predicate is Predicate.PARTNERS_WITH else ""
    return Claim(
        f"claim/{report[0]}{number:015x}", report, subject, predicate, value, status,
        _evidence(number * 100, quote), f"rule.{predicate.value}", 2024, kind,
    )  # fmt: skip


def _observation(report: str, subject: str, value: str) -> Observation:
    return Observation(
        f"observation/{report[0]}{1:015x}", report, subject, "基层就诊率", "基层就诊率", Decimal(value), value + "%",
        "%", Status.REALISED, _evidence(900, f"基层就诊率达{value}%"), "rate", 2024,
    )  # fmt: skip


def _report(key: str, region: str, title: str) -> Report:
    return Report(key, key + ".txt", "", "ab" * 32, title, "", region, 2024, None, (ReportKind.SUMMARY,), "2025-01-20")


DONE, MEANT = Status.REALISED, Status.PLANNED
A, B = "a-2024-aaaaaa", "b-2024-bbbbbb"
EXTRACTIONS = (
    Extraction(
        _report(A, CITY, "江滨市2024年工作总结"),
        (
            Entity(CITY, EntityType.REGION, "江滨市", ("我市",), level="county", source="seed"),
            Entity(FIRST, EntityType.HOSPITAL, "江滨市第一人民医院", ("市一院",), CITY),
            Entity(THIRD, EntityType.ORGANIZATION, HOSTILE, ("+1",), CITY),
            Entity(ALLIANCE, EntityType.ALLIANCE, "江滨市医共体", (), CITY),
            Entity(UNIVERSITY, EntityType.ACADEMIC, "华东大学", source="seed"),
            Entity("local-program/330481-e护", EntityType.LOCAL_PROGRAM, "e护", ("e护项目",)),
        ),
        (
            _claim(A, 1, (FIRST, Predicate.PARTNERS_WITH, UNIVERSITY), DONE, "市一院与华东大学签订合作协议。"),
            _claim(A, 2, (CITY, Predicate.IMPLEMENTS, CHEST), DONE, "建成胸痛中心。"),
            _claim(A, 3, (FIRST, Predicate.LEADS, ALLIANCE), DONE, "市一院牵头组建医共体。"),
            _claim(A, 4, (THIRD, Predicate.MEMBER_OF, ALLIANCE), DONE, f"成员单位{HOSTILE}加入。"),
            _claim(A, 5, (CITY, Predicate.IMPLEMENTS, "local-program/330481-e护"), MEANT, "拟推行“e护”。"),
            _claim(A, 6, (FIRST, Predicate.LOCATED_IN, CITY), DONE, "市一院"),
            _claim(A, 7, (COUNTY, Predicate.IMPLEMENTS, CHEST), DONE, "带动河口县建成胸痛中心。"),
        ),
        (_observation(A, CITY, "71.480"),),
    ),
    Extraction(
        _report(B, COUNTY, "河口县2024年工作总结"),
        (
            Entity(COUNTY, EntityType.REGION, "河口县", level="county", source="seed"),
            Entity(SECOND, EntityType.HOSPITAL, "河口县人民医院", (), COUNTY),
            Entity(UNIVERSITY, EntityType.ACADEMIC, "华东大学", ("华大",), source="seed"),
        ),
        (
            _claim(B, 1, (SECOND, Predicate.PARTNERS_WITH, UNIVERSITY), DONE, "县医院与华东大学共建。"),
            _claim(B, 2, (COUNTY, Predicate.IMPLEMENTS, CHEST), MEANT, "计划建设胸痛中心。"),
            _claim(B, 3, (COUNTY, Predicate.IMPLEMENTS, CHEST), DONE, "胸痛中心已运行。"),
        ),
        (_observation(B, COUNTY, "65"),),
    ),
)


def reference() -> list[str]:
    """A reference graph as the seed tables would give it for these reports."""
    skos, hg = "http://www.w3.org/2004/02/skos/core#", "https://w3id.org/hgkg/ontology#"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    within = f"<{hg}within> <{BASE}region/330400>"
    made = []
    for name, cls, label, extra in (
        ("region/330400", "Region", "嘉江市", f"<{hg}level> <{hg}Prefecture>"),
        (CITY, "Region", "江滨市", within),
        (COUNTY, "Region", "河口县", within),
        (UNIVERSITY, "AcademicInstitution", "华东大学", f'<{skos}altLabel> "华东大"@zh'),
        (CHEST, "Program", "胸痛中心", f'<{skos}prefLabel> "Chest pain centre"@en'),
    ):
        for rest in (f"{kind} <{hg}{cls}>", f'<{skos}prefLabel> "{label}"@zh', extra):
            made.append(f"<{BASE}{name}> {rest} <{REFERENCE}> .")
    return sorted(made)


def lines() -> list[str]:
    """The whole graph in the order of a build."""
    reports = [line for extraction in EXTRACTIONS for line in report_quads(extraction)]
    return [*reference(), *sorted(catalogue_quads(EXTRACTIONS)), *reports]


def make_store(path: Path) -> Path:
    """A published store that holds the sample."""
    file = path.with_suffix(".nq")
    file.write_text("".join(f"{line}\n" for line in lines()), "utf-8", newline="\n")
    with open_writer(path) as store:
        store.fill([file])
        store.publish()
    return path
