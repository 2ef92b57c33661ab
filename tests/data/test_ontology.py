"""The ontology is whole, bilingual, and the same as what the code spells."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from rdflib import OWL, RDF, SKOS, BNode, Graph, Literal, URIRef

from kg.files import package_path, read_tsv
from kg.graph.vocab import CONCEPTS, TERMS
from kg.model import EntityType, Predicate, ReportKind, Status
from tests.data.ontology_rules import HG, LANGUAGES, RULES, Rule, named, tags

ONTOLOGY = package_path("ontology")
ROOT = ONTOLOGY.parent
QUERIES = package_path("data") / "queries"
PREFIX = "@prefix : <https://w3id.org/hgkg/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> . " \
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> . " \
    "@prefix dcterms: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "  # fmt: skip


@cache
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY / "health-governance.ttl")


@cache
def scheme() -> Graph:
    return Graph().parse(ONTOLOGY / "programs.ttl")


@cache
def aligned() -> Graph:
    return ontology() + Graph().parse(ONTOLOGY / "alignments.ttl")


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_quality_rule_holds_for_the_ontology(rule: Rule) -> None:
    assert rule(ontology()) == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_quality_rule_holds_with_the_alignments(rule: Rule) -> None:
    assert rule(aligned()) == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_quality_rule_holds_with_the_programme_scheme(rule: Rule) -> None:
    assert rule(ontology() + scheme()) == []


# What each rule must catch: without these, a rule that finds nothing would prove nothing.
BAD = {
    "missing_label": ':A a owl:Class ; rdfs:label "A"@en .',
    "multiple_labels": ':A a owl:Class ; rdfs:label "A"@en , "B"@en .',
    "duplicate_label": ':A a owl:Class ; rdfs:label "A"@en . :b a owl:ObjectProperty ; rdfs:label "A"@en .',
    "missing_definition": ':A a owl:Class ; skos:definition "A."@en .',
    "multiple_definitions": ':A a owl:Class ; skos:definition "A."@en , "B."@en .',
    "missing_example": ":A a owl:Class .",
    "label_whitespace": ':A a owl:Class ; rdfs:label "A "@en .',
    "missing_ontology_metadata": '<http://x> a owl:Ontology ; dcterms:title "A"@en .',
    "deprecated_reference": ":A a owl:Class ; owl:deprecated true . :B rdfs:subClassOf :A .",
    "deprecated_without_replacement": ":A a owl:Class ; owl:deprecated true .",
    "illegal_built_ins": ":A a owl:Klass .",
    "undeclared_term": ":A a owl:Class ; rdfs:subClassOf :B .",
    "punned": ":A a owl:Class , :B . :B a owl:Class .",
    "cycle": ":A rdfs:subClassOf :B . :B rdfs:subClassOf :A .",
    "domain_and_range": ":a a owl:ObjectProperty ; rdfs:domain :A , :B ; rdfs:range :A .",
    "unconnected_class": ":A a owl:Class .",
    "broken_hierarchy": ":a a skos:Concept .",
}


BAD_TOO = [
    ("illegal_built_ins", "rdfs:label a owl:AnnotationProperty ."),
    ("illegal_built_ins", ":A skos:prefLabl 'x' ."),
    ("undeclared_term", ":A :b :C ."),
    ("undeclared_term", ":A a owl:Class . :b a owl:ObjectProperty ; rdfs:domain :A ; rdfs:range :B ."),
    ("punned", ":a a owl:ObjectProperty , :B . :B a owl:Class ."),
    ("punned", ":a a owl:ObjectProperty , owl:Class ."),
    ("cycle", ":a skos:broader :b . :b skos:broader :c . :c skos:broader :a ."),
    ("deprecated_reference", ":p a owl:ObjectProperty ; owl:deprecated true . :x :p :y ."),
    ("domain_and_range", ":a a owl:DatatypeProperty ; rdfs:domain :A ."),
    ("broken_hierarchy", ":a a skos:Concept ; skos:broader :b ."),
    ("label_whitespace", ':A a owl:Class ; skos:definition "two  blanks"@en .'),
]


@pytest.mark.parametrize(("name", "bad"), [*BAD.items(), *BAD_TOO])
def test_a_quality_rule_can_fail(name: str, bad: str) -> None:
    assert RULES[name](Graph().parse(data=PREFIX + bad, format="turtle"))


def test_every_quality_rule_is_shown_to_fail() -> None:
    assert set(BAD) == set(RULES)


def test_the_code_spells_the_terms_of_the_ontology_and_no_others() -> None:
    assert {str(t) for t in named(ontology()) if str(t).startswith(HG)} == TERMS


def test_lists_hold_the_concepts_the_code_knows() -> None:
    for list_, names in CONCEPTS.items():
        members = {str(s).removeprefix(HG) for s in ontology().subjects(SKOS.inScheme, URIRef(HG + list_))}
        assert members == set(names), list_


def test_the_nouns_of_the_model_are_terms() -> None:
    terms = {t.removeprefix(HG) for t in TERMS}
    assert {e.value for e in EntityType} | {p.value for p in Predicate} | {k.value for k in ReportKind} <= terms
    assert {s.value.capitalize() for s in Status} <= terms


def test_no_creator_is_named_and_the_version_is_in_its_iri() -> None:
    me = URIRef("https://w3id.org/hgkg/ontology")
    assert not any("creator" in str(p) or "contributor" in str(p) for p in ontology().predicates(me))
    version = str(ontology().value(me, OWL.versionInfo))
    assert str(ontology().value(me, OWL.versionIRI)).endswith("/" + version)
    assert f"## {version}" in (ONTOLOGY / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["health-governance.ttl", "alignments.ttl", "shapes.ttl", "programs.ttl"])
def test_blocks_stand_in_alphabetical_order_within_their_part(name: str) -> None:
    """Parts begin with a comment line; a block is what begins at the start of a line."""
    for part in re.split(r"^# .*$", (ONTOLOGY / name).read_text("utf-8"), flags=re.MULTILINE):
        blocks = re.findall(r"^((?:hg|hgs|program):\S+)", part, flags=re.MULTILINE)
        lists = [] if name != "health-governance.ttl" else [b for b in blocks if b in {f"hg:{c}" for c in CONCEPTS}]
        if lists:  # each list stands before its concepts, and these go list by list
            blocks = lists
        assert all(a.lower() <= b.lower() for a, b in pairwise(blocks)), blocks


@pytest.mark.parametrize("path", sorted([*ONTOLOGY.rglob("*.ttl"), *ONTOLOGY.rglob("*.trig")]), ids=lambda p: p.stem)
def test_files_hold_no_blank_nodes_but_owl_and_shacl_lists(path: Path) -> None:
    if path.parent.name in {"broken", "broken-graphs"}:
        assert path.read_text("utf-8").startswith(("# Violates hgs:", "# Found by must-be-empty/"))
        return
    graph = Graph().parse(path)
    allowed = {RDF.first, RDF.rest, OWL.unionOf, RDF.type}
    assert {p for s, p in graph.subject_predicates() if isinstance(s, BNode)} <= allowed


def test_every_term_of_ours_that_is_used_anywhere_is_declared() -> None:
    used: dict[str, str] = {}
    files = [p for p in ONTOLOGY.rglob("*") if p.suffix in {".ttl", ".rq"} and p.parent.name != "broken"]
    for path in [*files, *QUERIES.rglob("*.rq")]:
        for name in re.findall(r"(?<![\w/:])hg:(\w+)", re.sub(r"\"[^\"]*\"|#.*", "", path.read_text("utf-8"))):
            used[name] = path.name
    assert {name: file for name, file in used.items() if HG + name not in TERMS} == {}


def test_the_programme_scheme_is_made_from_the_table() -> None:
    tool = [sys.executable, str(ROOT / "tools" / "make_programs.py"), "--check"]
    told = subprocess.run(tool, capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, check=False)
    assert told.returncode == 0, told.stderr


def test_the_programme_scheme_says_what_the_table_says() -> None:
    rows = read_tsv(package_path("seeds") / "programs.tsv")
    graph = scheme()
    assert len(set(graph.subjects(RDF.type, SKOS.Concept))) == len(rows)
    for row in rows:
        me = URIRef("https://w3id.org/hgkg/program/" + row["id"])
        assert (me, SKOS.prefLabel, Literal(row["prefLabel_zh"], lang="zh")) in graph
        for alias in filter(None, row["altLabels_zh"].split("|")):
            assert (me, SKOS.altLabel, Literal(alias, lang="zh")) in graph or alias == row["prefLabel_zh"]


def test_at_least_sixty_concepts_are_defined_in_both_languages() -> None:
    concepts = set(scheme().subjects(RDF.type, SKOS.Concept))
    defined = [c for c in concepts if set(LANGUAGES) <= set(tags(scheme().objects(c, SKOS.definition)))]
    assert len(defined) >= 60
