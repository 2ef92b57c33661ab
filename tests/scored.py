"""A small report with its gold graph and claims to score, and the same claims read back out of RDF."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.graph import vocab as v
from kg.graph.build import catalogue_quads, report_quads
from kg.graph.iris import identifier, report_iri
from kg.ids import claim_id, observation_id
from kg.model import (
    Claim,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Observation,
    Predicate,
    Report,
    Status,
)
from kg.records import block

TEXT = "江滨县人民医院与华东医院签约共建胸痛中心，牵头江滨县医共体。县域内就诊率91.5%，河西县为88%。"
KEY = "jiangbin-000000"
COUNTY, WEST, HOSPITAL, FAR, ALLIANCE = (
    "region/990001", "region/990002", "org/990001-江滨县人民医院", "org/far", "org/990001-江滨县医共体"
)  # fmt: skip
CHEST, FIVE, HOSPITALS = "program/chest-pain-center", "program/emergency-five-centers", "program/hospital-development"
ENTITIES = (
    Entity(COUNTY, EntityType.REGION, "江滨县", level="county"),
    Entity(WEST, EntityType.REGION, "河西县", level="county"),
    Entity(HOSPITAL, EntityType.HOSPITAL, "江滨县人民医院", parent=COUNTY),
    Entity(FAR, EntityType.HOSPITAL, "华东医院"),
    Entity(ALLIANCE, EntityType.ALLIANCE, "江滨县医共体", parent=COUNTY),
)
GOLD_ENTITIES = [
    {"id": "r1", "type": "Region", "names": ["江滨县"]},
    {"id": "r2", "type": "Region", "names": ["河西县"], "optional": True},
    {"id": "o1", "type": "Hospital", "names": ["江滨县人民医院", "江滨县医院"]},
    {"id": "o2", "type": "Hospital", "names": ["华东医院"]},
    {"id": "o3", "type": "Alliance", "names": ["江滨县医共体"]},
]


def gold(
    triples: Iterable[dict[str, Any]] = (), rates: Iterable[dict[str, Any]] = (), entities: Any = GOLD_ENTITIES
) -> dict[str, Any]:
    """A gold file's content."""
    return {
        "doc": "jiangbin.txt", "jurisdiction": "r1", "issuer": None, "year": 2024,
        "entities": list(entities), "triples": list(triples), "observations": list(rates),
    }  # fmt: skip


def triple(s: str, p: str, o: str, status: str = "realised", **more: Any) -> dict[str, Any]:
    """A gold relation; alternatives and two statuses are separated by ``|``."""
    return {"s": s.split("|"), "p": p, "o": o.split("|"), "status": status.split("|"), "evidence": "签约", **more}


def rate(s: str, metric: str, value: float, unit: str = "%", **more: Any) -> dict[str, Any]:
    """A gold rate."""
    return {"s": [s], "metric": [metric], "value": value, "unit": unit, "evidence": f"{value}", **more}


def claim(s: str, p: str, o: str, status: str = "realised", *, rule: str = "test", quote: str = "") -> Claim:
    """A claim that quotes the text's first characters, or pretends to quote others further on."""
    evidence = Evidence(10, 18, quote) if quote else Evidence(0, 8, TEXT[:8])
    number = claim_id(KEY, 0, 8, s, Predicate(p), o, Status(status))
    return Claim(number, KEY, s, Predicate(p), o, Status(status), evidence, rule, 2024)


def seen(s: str, metric: str, value: str, unit: str = "%") -> Observation:
    """An observation."""
    number = observation_id(KEY, 0, 8, s, metric, value, Status.REALISED)
    evidence = Evidence(0, 8, TEXT[:8])
    return Observation(
        number, KEY, s, metric, metric, Decimal(value), value + unit, unit, Status.REALISED, evidence, "rate"
    )


def extraction(
    claims: Iterable[Claim] = (), rates: Iterable[Observation] = (), entities: Iterable[Entity] = ENTITIES
) -> Extraction:
    """What the small report yielded."""
    return Extraction(
        Report(KEY, "jiangbin.txt", "", "00" * 32), tuple(entities), tuple({c.id: c for c in claims}.values()),
        tuple(rates),
    )  # fmt: skip


def write(folder: Path, gold_graph: dict[str, Any], found: Extraction | None) -> tuple[Path, Path, Path]:
    """Claims file, gold folder and reports folder for ``compare``."""
    claims, graphs, reports = folder / "claims.jsonl", folder / "gold", folder / "reports"
    for path in (graphs, reports):
        path.mkdir(exist_ok=True)
    claims.write_text(block(found) if found else "", encoding="utf-8")
    (graphs / "jiangbin.json").write_text(json.dumps(gold_graph, ensure_ascii=False), encoding="utf-8")
    (reports / "jiangbin.txt").write_text(TEXT, encoding="utf-8")
    return claims, graphs, reports


def out_of_rdf(found: Extraction) -> Extraction:
    """The same report, but made of nothing save what SPARQL finds in its quads."""
    store = ox.Store()
    lines = "\n".join([*report_quads(found), *catalogue_quads([found])])
    store.load(lines.encode(), format=ox.RdfFormat.N_QUADS)
    return Extraction(found.report, tuple(_entities(store)), tuple(_claims(store)), tuple(_rates(store)))


def _rows(store: ox.Store, pattern: str, *names: str) -> Iterable[list[str]]:
    query = f"PREFIX hg: <{v.HG}> SELECT DISTINCT {' '.join('?' + n for n in names)} {{ {pattern} }}"
    found = store.query(query, use_default_graph_as_union=True, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return [[row[n].value for n in names] for row in found]


PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#", "oa": "http://www.w3.org/ns/oa#",
}  # fmt: skip
SPAN = "?c hg:status ?status ; hg:rule ?rule ; prov:wasDerivedFrom ?g . ?g oa:exact ?q ; oa:start ?b ; oa:end ?e ."


def _name(iri: str) -> str:
    return iri.rpartition("#")[2]


def _entities(store: ox.Store) -> Iterable[Entity]:
    pattern = f"<{report_iri(KEY)}> hg:mentions ?e . ?e a ?t ; skos:prefLabel ?l ."
    for e, kind, label in _rows(store, pattern, "e", "t", "l"):
        yield Entity(identifier(e), EntityType(_name(kind)), label)


def _claims(store: ox.Store) -> Iterable[Claim]:
    pattern = f"?c a hg:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o . {SPAN}"
    for c, s, p, o, status, rule, q, b, e in _rows(store, pattern, "c", "s", "p", "o", "status", "rule", "q", "b", "e"):
        yield Claim(
            identifier(c), KEY, identifier(s), Predicate(_name(p)), identifier(o), Status(_name(status).lower()),
            Evidence(int(b), int(e), q), rule,
        )  # fmt: skip


def _rates(store: ox.Store) -> Iterable[Observation]:
    pattern = f"?c a hg:Observation ; hg:subject ?s ; hg:metricText ?m ; hg:value ?v ; hg:unit ?u . {SPAN}"
    for c, s, m, value, u, status, rule, q, b, e in _rows(
        store, pattern, "c", "s", "m", "v", "u", "status", "rule", "q", "b", "e"
    ):
        yield Observation(
            identifier(c), KEY, identifier(s), m, m, Decimal(value), f"{value}{u}", u, Status(_name(status).lower()),
            Evidence(int(b), int(e), q), rule,
        )  # fmt: skip
