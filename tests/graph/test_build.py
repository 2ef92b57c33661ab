"""Claims to quads, held against the model by SPARQL."""

from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.graph import vocab as v
from kg.graph.build import catalogue_quads, report_quads
from kg.graph.iris import CATALOGUE, iri, report_iri
from kg.model import (
    Claim,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Mention,
    Observation,
    Predicate,
    Report,
    ReportKind,
    Status,
)

TEXT = "江滨市第二人民医院与华东大学签订合作协议，拟建胸痛中心。基层就诊率达71.480%。"
HOSPITAL, UNIVERSITY = "org/330481-江滨市第二人民医院", "org/east-university"


def evidence(quote: str) -> Evidence:
    at = TEXT.index(quote)
    return Evidence(at, at + len(quote), quote, ((at, at + 2),))


REPORT = Report(
    "jiangbin-2024-aaaaaa", "jiangbin-2024.txt", TEXT, "ab" * 32, "江滨市2024年卫生健康工作总结",
    "org/330481-江滨市卫生健康局", "region/330481", 2024, None, (ReportKind.SUMMARY, ReportKind.PLAN), "2025-01-20",
)  # fmt: skip
ENTITIES = (
    Entity("region/330481", EntityType.REGION, "江滨市", ("我市",), "region/330400", "county", "seed"),
    Entity("region/330481001", EntityType.REGION, "河东街道", (), "region/330481", "township", "seed"),
    Entity(
        HOSPITAL, EntityType.HOSPITAL, "江滨市第二人民医院", ("市二院", "江滨市第二人民医院"), "region/330481",
        mentions=(Mention(0, 9, "江滨市第二人民医院", "full name"),),
    ),
    Entity(UNIVERSITY, EntityType.ACADEMIC, "华东大学", source="seed"),
    Entity("program/chest-pain-center", EntityType.PROGRAM, "胸痛中心", ("胸痛单元",), source="seed"),
    Entity("local-program/330481-e护", EntityType.LOCAL_PROGRAM, "e护", (), "region/330481"),
)  # fmt: skip
DONE = Claim(
    "claim/1", REPORT.key, HOSPITAL, Predicate.PARTNERS_WITH, UNIVERSITY, Status.REALISED,
    evidence("江滨市第二人民医院与华东大学签订合作协议"), "partner.sign", 2024, "agreement",
)  # fmt: skip
INTENDED = Claim(
    "claim/2", REPORT.key, HOSPITAL, Predicate.IMPLEMENTS, "program/chest-pain-center", Status.PLANNED,
    evidence("拟建胸痛中心"), "implement.build",
)  # fmt: skip
RATE = Observation(
    "observation/1", REPORT.key, "region/330481", "基层就诊率", "基层就诊率", Decimal("71.480"), "71.480%", "%",
    Status.REALISED, evidence("基层就诊率达71.480%"), "rate", 2024,
)  # fmt: skip
WHOLE = Extraction(REPORT, ENTITIES, (DONE, INTENDED), (RATE,))


def store(extraction: Extraction = WHOLE) -> ox.Store:
    made = ox.Store()
    lines = [*report_quads(extraction), *catalogue_quads([extraction])]
    made.load(("\n".join(lines) + "\n").encode(), ox.RdfFormat.N_QUADS)
    return made


def ask(pattern: str, extraction: Extraction = WHOLE) -> bool:
    answer = store(extraction).query(f"ASK {{ {pattern} }}", prefixes=v.PREFIXES, use_default_graph_as_union=True)
    return bool(answer)


def term(identifier: str) -> str:
    return f"<{iri(identifier)}>"


@pytest.mark.parametrize(
    "pattern",
    [
        f"{term(HOSPITAL)} hg:partnersWith {term(UNIVERSITY)}",
        f"claim:1 a hg:Claim ; rdf:subject {term(HOSPITAL)} ; rdf:object {term(UNIVERSITY)}",
        "claim:1 rdf:predicate hg:partnersWith",
        "claim:1 hg:status hg:Realised ; hg:year '2024'^^xsd:gYear ; hg:rule 'partner.sign'",
        f"claim:1 hg:report {term('report/' + REPORT.key)}",
        "claim:1 hg:partnershipKind hg:agreement ; hg:mark '0,2'",
        "claim:1 prov:wasDerivedFrom/oa:exact '江滨市第二人民医院与华东大学签订合作协议'",
        "claim:1 prov:wasDerivedFrom ?e . ?e oa:start 0 ; oa:end 20",
        "claim:2 hg:status hg:Planned FILTER NOT EXISTS { claim:2 hg:year ?y }",
        "observation:1 a hg:Observation ; hg:subject region:330481",
        "observation:1 hg:metric metric:基层就诊率 ; hg:metricText '基层就诊率'",
        "metric:基层就诊率 a hg:Metric ; skos:prefLabel '基层就诊率'@zh",
        "observation:1 hg:value 71.48 ; hg:valueText '71.480%' ; hg:unit '%' ; hg:status hg:Realised",
        f"{term(HOSPITAL)} a hg:Hospital ; skos:prefLabel '江滨市第二人民医院'@zh",
        f"{term(HOSPITAL)} skos:altLabel '市二院'@zh ; hg:locatedIn region:330481",
        "region:330481001 a hg:Region ; hg:level hg:Township ; hg:within region:330481 ; skos:prefLabel '河东街道'@zh",
        f"{term('local-program/330481-e护')} a hg:LocalProgram ; skos:prefLabel 'e护'@zh",
        f"?n a hg:Naming ; hg:denotes {term(HOSPITAL)} ; hg:resolution '江滨市第二人民医院: full name'",
        f"GRAPH <{CATALOGUE}> {{ ?r a hg:Report ; hg:fileName 'jiangbin-2024.txt' ; hg:issuer ?i }}",
        "?r hg:kind hg:Summary, hg:Plan",
        "?r dcterms:title '江滨市2024年卫生健康工作总结'@zh",
        "?r dcterms:issued '2025-01-20'^^xsd:date ; hg:year '2024'^^xsd:gYear",
        f"?r hg:mentions region:330481, {term(HOSPITAL)}, {term('local-program/330481-e护')}",
    ],
)  # fmt: skip
def test_the_graph_says(pattern: str) -> None:
    assert ask(pattern)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (f"{term(HOSPITAL)} hg:implements ?o", "a plan never becomes a plain triple"),
        (f"{term(HOSPITAL)} skos:altLabel '江滨市第二人民医院'@zh", "the full name is no alias"),
        ("region:330481 skos:prefLabel ?l", "the reference graph names seeded regions"),
        (f"{term(UNIVERSITY)} a ?t", "and seeded organisations"),
        ("?r hg:mentions program:chest-pain-center", "programme concepts are not mentions"),
        ("?r hg:half ?h", "a full year has no half"),
    ],
)
def test_the_graph_does_not_say(pattern: str, why: str) -> None:
    assert not ask(pattern), why


def test_seeded_entities_keep_the_aliases_of_the_report() -> None:
    assert ask("region:330481 skos:altLabel '我市'@zh . program:chest-pain-center skos:altLabel '胸痛单元'@zh")


def test_a_stopped_claim_is_no_plain_triple() -> None:
    stopped = replace(WHOLE, claims=(replace(DONE, status=Status.STOPPED),))
    assert ask("claim:1 hg:status hg:Stopped", stopped)
    assert not ask(f"{term(HOSPITAL)} hg:partnersWith ?o", stopped)


def test_claims_of_one_sentence_share_its_evidence() -> None:
    twin = replace(DONE, id="claim/3", predicate=Predicate.MEMBER_OF, kind="")
    lines = report_quads(replace(WHOLE, claims=(DONE, twin)))
    assert sum("oa#exact" in line and "合作协议" in line for line in lines) == 1


def test_everything_a_report_says_is_in_its_own_graph() -> None:
    assert {line.rsplit(" ", 2)[1] for line in report_quads(WHOLE)} == {f"<{report_iri(REPORT.key)}>"}


def test_order_of_input_does_not_matter() -> None:
    backwards = Extraction(REPORT, ENTITIES[::-1], WHOLE.claims[::-1], WHOLE.observations[::-1])
    assert report_quads(backwards) == report_quads(WHOLE) == sorted(set(report_quads(WHOLE)))
    assert list(catalogue_quads([backwards])) == list(catalogue_quads([WHOLE]))


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (replace(WHOLE, claims=(replace(DONE, kind="Friendship"),)), "claim/1: 'Friendship'"),
        (replace(WHOLE, entities=(replace(ENTITIES[1], level="hamlet", source="name"),)), "region/330481001: 'hamlet'"),
    ],
)
def test_words_outside_the_ontology_are_refused(broken: Extraction, said: str) -> None:
    with pytest.raises(DataError, match=said):
        report_quads(broken)


@given(st.text(min_size=1))
def test_hostile_text_stays_text(words: str) -> None:
    """Whatever a report holds: legal lines, no blank nodes, evidence equal to what was read."""
    clean = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    claim = replace(DONE, evidence=Evidence(0, len(clean), clean), object="org/1-" + words, rule=words)
    seen = store(replace(WHOLE, claims=(claim,), entities=(replace(ENTITIES[2], label=words, aliases=(words, "乙")),)))
    quotes = {q.object.value for q in seen.quads_for_pattern(None, ox.NamedNode(v.EXACT[1:-1]), None)}  # type: ignore[union-attr]
    assert clean in quotes
    assert not any(isinstance(term, ox.BlankNode) for quad in seen for term in (quad.subject, quad.object))
