"""The counting rules, case by case; the counts were worked out by hand."""

from pathlib import Path
from typing import Any

import pytest

from kg.figures import figures
from kg.model import Claim, Entity, EntityType, Extraction
from kg.score import compare
from tests.scored import (
    ALLIANCE,
    CHEST,
    COUNTY,
    ENTITIES,
    FAR,
    FIVE,
    GOLD_ENTITIES,
    HOSPITAL,
    HOSPITALS,
    WEST,
    claim,
    extraction,
    gold,
    out_of_rdf,
    rate,
    seen,
    triple,
    write,
)

CHEST_GOLD = "program:chest-pain-center"


def counted(folder: Path, gold_graph: dict[str, Any], found: Extraction | None, part: str) -> tuple[int, ...]:
    """Right, wrong, found and missed."""
    figure = figures(compare(*write(folder, gold_graph, found)))[part]
    return figure.right, figure.wrong, figure.found, figure.missed


TRIPLES: list[tuple[str, list[dict[str, Any]], list[Claim], str, tuple[int, int, int, int]]] = [
    (
        "right",
        [triple("o1", "implements", CHEST_GOLD)], [claim(HOSPITAL, "implements", CHEST)], "implements", (1, 0, 1, 0),
    ),
    ("missed", [triple("o1", "implements", CHEST_GOLD)], [], "implements", (0, 0, 0, 1)),
    ("not in gold", [], [claim(HOSPITAL, "implements", CHEST)], "implements", (0, 1, 0, 0)),
    (
        "another subject is wrong and leaves the gold missed",
        [triple("o1", "implements", CHEST_GOLD)], [claim(COUNTY, "implements", CHEST)], "implements", (0, 1, 0, 1),
    ),
    (
        "one of the alternatives",
        [triple("r1|o1", "implements", CHEST_GOLD)], [claim(HOSPITAL, "implements", CHEST)], "implements", (1, 0, 1, 0),
    ),
    (
        "both alternatives are right, gold is found once",
        [triple("r1|o1", "implements", CHEST_GOLD)],
        [claim(HOSPITAL, "implements", CHEST), claim(COUNTY, "implements", CHEST)], "implements", (2, 0, 1, 0),
    ),
    (
        "optional counts neither for nor against",
        [triple("o1", "implements", CHEST_GOLD, optional=True)],
        [claim(HOSPITAL, "implements", CHEST)], "implements", (0, 0, 0, 0),
    ),
    (
        "about an optional entity",
        [], [claim(WEST, "implements", CHEST)], "implements", (0, 0, 0, 0),
    ),
    (
        "a programme above the right one",
        [triple("o1", "implements", CHEST_GOLD)],
        [claim(HOSPITAL, "implements", FIVE), claim(HOSPITAL, "implements", HOSPITALS)], "implements", (0, 0, 0, 1),
    ),
    (
        "a programme below the right one is wrong",
        [triple("o1", "implements", "program:emergency-five-centers")],
        [claim(HOSPITAL, "implements", CHEST)], "implements", (0, 1, 0, 1),
    ),
    (
        "above the right one, but of another subject",
        [triple("o1", "implements", CHEST_GOLD)], [claim(COUNTY, "implements", FIVE)], "implements", (0, 1, 0, 1),
    ),
    (
        "a partnership has no direction",
        [triple("o1", "partnersWith", "o2")], [claim(FAR, "partnersWith", HOSPITAL)], "partnersWith", (1, 0, 1, 0),
    ),
    (
        "both directions are one",
        [triple("o1", "partnersWith", "o2")],
        [claim(FAR, "partnersWith", HOSPITAL), claim(HOSPITAL, "partnersWith", FAR, "planned")],
        "partnersWith", (1, 0, 1, 0),
    ),
    (
        "leading has one",
        [triple("o1", "leads", "o3")], [claim(ALLIANCE, "leads", HOSPITAL)], "leads", (0, 1, 0, 1),
    ),
    (
        "planned and realised claims of one relation count once",
        [triple("o1", "implements", CHEST_GOLD)],
        [claim(HOSPITAL, "implements", CHEST), claim(HOSPITAL, "implements", CHEST, "planned")],
        "implements", (1, 0, 1, 0),
    ),
    (
        "within is not scored",
        [{"s": ["r1"], "p": "within", "o": ["r2"]}], [claim(HOSPITAL, "within", COUNTY)], "triples", (0, 0, 0, 0),
    ),
    (
        "all relations together",
        [triple("o1", "leads", "o3"), triple("o1", "partnersWith", "o2")],
        [claim(HOSPITAL, "leads", ALLIANCE), claim(HOSPITAL, "implements", CHEST)], "triples", (1, 1, 1, 1),
    ),
    (
        "status is right only when all of it is said",
        [triple("o1", "implements", CHEST_GOLD, "realised|planned")], [claim(HOSPITAL, "implements", CHEST)],
        "status", (0, 1, 0, 0),
    ),
    (
        "both statuses",
        [triple("o1", "implements", CHEST_GOLD, "realised|planned")],
        [claim(HOSPITAL, "implements", CHEST), claim(HOSPITAL, "implements", CHEST, "planned")],
        "status", (1, 0, 0, 0),
    ),
    (
        "an open status is not judged",
        [triple("o1", "implements", CHEST_GOLD, status_open=True)],
        [claim(HOSPITAL, "implements", CHEST, "planned")], "status", (0, 0, 0, 0),
    ),
    (
        "one open among several leaves the status unjudged",
        [triple("o1", "implements", CHEST_GOLD), triple("r1|o1", "implements", CHEST_GOLD, status_open=True)],
        [claim(HOSPITAL, "implements", CHEST, "planned")], "status", (0, 0, 0, 0),
    ),
    (
        "a place has no status",
        [{"s": ["o1"], "p": "locatedIn", "o": ["r1"]}], [claim(HOSPITAL, "locatedIn", COUNTY)], "status", (0, 0, 0, 0),
    ),
    (
        "evidence that is not in the text",
        [triple("o1", "implements", CHEST_GOLD)], [claim(HOSPITAL, "implements", CHEST, quote="别处的句子")],
        "evidence", (0, 1, 0, 0),
    ),
    (
        "evidence of a place is not judged",
        [], [claim(HOSPITAL, "locatedIn", COUNTY, quote="别处的句子")], "evidence", (0, 0, 0, 0),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("triples", "claims", "part", "want"), [c[1:] for c in TRIPLES], ids=[c[0] for c in TRIPLES])
def test_relations(
    tmp_path: Path, triples: list[dict[str, Any]], claims: list[Claim], part: str, want: tuple[int, ...]
) -> None:
    assert counted(tmp_path, gold(triples), extraction(claims), part) == want


def hospital(label: str, *aliases: str) -> Entity:
    return Entity("org/x", EntityType.HOSPITAL, label, aliases)


ONE = GOLD_ENTITIES[2:3]
NAMED = [
    ("all but the optional one", ENTITIES, GOLD_ENTITIES, (4, 0, 4, 0)),
    ("none", (), GOLD_ENTITIES, (0, 0, 0, 4)),
    ("an accepted second name", (hospital("江滨县医院"),), ONE, (1, 0, 1, 0)),
    ("with its city in front", (hospital("河东市江滨县医院"),), ONE, (1, 0, 1, 0)),
    ("an alias is not the label", (hospital("甲医院", "江滨县医院"),), ONE, (0, 1, 0, 1)),
    ("another ordinal", (hospital("江滨县第二人民医院"),), ONE, (0, 1, 0, 1)),
    ("two identifiers of one name", (hospital("江滨县医院"), ENTITIES[2]), ONE, (2, 0, 1, 0)),
    ("a programme of the scheme is none", (Entity(CHEST, EntityType.PROGRAM, "胸痛中心"),), [], (0, 0, 0, 0)),
]


@pytest.mark.parametrize(("entities", "wanted", "want"), [c[1:] for c in NAMED], ids=[c[0] for c in NAMED])
def test_entities(tmp_path: Path, entities: tuple[Entity, ...], wanted: Any, want: tuple[int, ...]) -> None:
    assert counted(tmp_path, gold(entities=wanted), extraction(entities=entities), "entities") == want


@pytest.mark.parametrize(("kind", "want"), [(EntityType.HOSPITAL, (1, 0)), (EntityType.PRIMARY_CARE, (0, 1))])
def test_type(tmp_path: Path, kind: EntityType, want: tuple[int, int]) -> None:
    found = extraction(entities=[Entity("org/x", kind, "江滨县医院")])
    assert counted(tmp_path, gold(), found, "type")[:2] == want


NAME = "县域内就诊率"
WANTED = [rate("r1", NAME, 91.5)]
RATES = [
    ("right", WANTED, [seen(COUNTY, NAME, "91.5")], (1, 0, 1, 0)),
    ("written with a zero more", WANTED, [seen(COUNTY, NAME, "91.50")], (1, 0, 1, 0)),
    ("part of the name", WANTED, [seen(COUNTY, "就诊率", "91.5")], (1, 0, 1, 0)),
    ("another quantity", WANTED, [seen(COUNTY, "床位使用率", "91.5")], (0, 1, 0, 1)),
    ("another unit", WANTED, [seen(COUNTY, NAME, "91.5", "‰")], (0, 1, 0, 1)),
    ("another subject", WANTED, [seen(WEST, NAME, "91.5")], (0, 1, 0, 1)),
    ("optional", [rate("r1", NAME, 91.5, optional=True)], [seen(COUNTY, NAME, "91.5")], (0, 0, 0, 0)),
    (
        "optional, with another unit",
        [rate("r1", "死亡率", 0, "‰", optional=True)], [seen(COUNTY, "死亡率", "0", "/10万")], (0, 0, 0, 0),
    ),
    (
        "each gold rate is matched once",
        WANTED, [seen(COUNTY, NAME, "91.5"), seen(COUNTY, "就诊率", "91.5")], (1, 1, 1, 0),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rates", "found", "want"), [c[1:] for c in RATES], ids=[c[0] for c in RATES])
def test_rates(tmp_path: Path, rates: Any, found: Any, want: tuple[int, ...]) -> None:
    assert counted(tmp_path, gold(rates=rates), extraction(rates=found), "observations") == want


def test_a_report_that_is_not_in_the_claims_found_nothing(tmp_path: Path) -> None:
    graph = gold([triple("o1", "leads", "o3")])
    assert counted(tmp_path, graph, None, "entities") == (0, 0, 0, 4)
    assert counted(tmp_path, graph, None, "leads") == (0, 0, 0, 1)


@pytest.mark.parametrize(("triples", "claims"), [c[1:3] for c in TRIPLES], ids=[c[0] for c in TRIPLES])
def test_the_graph_counts_the_same(tmp_path: Path, triples: list[dict[str, Any]], claims: list[Claim]) -> None:
    """What is read back out of the quads by SPARQL has the same score, judgement by judgement."""
    graph = gold(triples, [rate("r1", "县域内就诊率", 91.5), rate("r1", "床位使用率", 70)])
    found = extraction(claims, [seen(COUNTY, "县域内就诊率", "91.5"), seen(WEST, "就诊率", "88")])
    mine = compare(*write(tmp_path, graph, found))
    assert len(mine.marks) > len(triples)
    assert compare(*write(tmp_path, graph, out_of_rdf(found))) == mine
