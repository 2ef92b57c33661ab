"""The vocabulary is the ontology's, term for term."""

import re

import pytest
from rdflib import Graph, URIRef

from kg.files import package_path
from kg.graph import vocab as v
from kg.graph.iris import BASE


def test_vocabulary_and_ontology_are_the_same() -> None:
    ontology = Graph().parse(package_path("ontology") / "health-governance.ttl")
    declared = {str(s) for s in ontology.subjects() if isinstance(s, URIRef) and str(s).startswith(v.HG)}
    assert declared == v.TERMS


def test_lists_hold_the_same_concepts_as_the_ontology() -> None:
    ontology = Graph().parse(package_path("ontology") / "health-governance.ttl")
    for scheme, concepts in v.CONCEPTS.items():
        found = ontology.subjects(URIRef(v.SKOS + "inScheme"), URIRef(v.HG + scheme))
        assert {str(c).removeprefix(v.HG) for c in found} == set(concepts), scheme


def test_an_unknown_term_is_refused() -> None:
    with pytest.raises(KeyError, match="implement"):
        v.hg("implement")


def test_prefixes_do_not_shadow_each_other() -> None:
    assert len(set(v.PREFIXES.values())) == len(v.PREFIXES)
    assert list(v.PREFIXES) == sorted(v.PREFIXES)


def test_terms_are_spelled_here_only() -> None:
    """No other module of the graph room writes an ontology IRI by hand."""
    folder = package_path("data").parent / "graph"
    for module in sorted(folder.glob("*.py")):
        if module.name != "vocab.py":
            assert not re.search(rf"{BASE}ontology#\w", module.read_text("utf-8")), module.name
