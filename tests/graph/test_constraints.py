"""Terms as tokens: what each constraint sees of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import XSD, BNode, Literal, URIRef
from rdflib.term import Identifier

from kg.graph.constraints import CHECKS, World
from tests.graph.terms import token

XS = "http://www.w3.org/2001/XMLSchema#"
NOWHERE = World({}, {}, {})


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (URIRef("https://w3id.org/hgkg/org/甲"), "<https://w3id.org/hgkg/org/甲>"),
        (Literal("海宁", lang="zh"), '"海宁"@zh'),
        (Literal('a"b\n'), '"a\\"b\\n"'),
        (Literal("a", datatype=XSD.string), '"a"'),  # RDF 1.1: a plain string is an xsd:string
        (Literal(1), f'"1"^^<{XS}integer>'),
        (BNode("x"), "_:x"),
    ],
)
def test_a_term_is_written_as_in_canonical_n_quads(term: Identifier, expected: str) -> None:
    assert token(term) == expected


@pytest.mark.parametrize(
    ("kind", "argument", "value", "holds"),
    [
        ("datatype", XS + "integer", f'"12"^^<{XS}integer>', True),
        ("datatype", XS + "integer", f'"1.5"^^<{XS}integer>', False),  # ill-typed
        ("datatype", XS + "decimal", f'"71.48"^^<{XS}decimal>', True),
        ("datatype", XS + "decimal", f'"1e3"^^<{XS}decimal>', False),
        ("datatype", XS + "gYear", f'"2024"^^<{XS}gYear>', True),
        ("datatype", XS + "gYear", f'"24"^^<{XS}gYear>', False),
        ("datatype", XS + "string", '"a"', True),
        ("datatype", XS + "string", '"a"@zh', False),
        ("datatype", XS + "string", "<https://a>", False),
        ("nodeKind", "http://www.w3.org/ns/shacl#IRI", "<https://a>", True),
        ("nodeKind", "http://www.w3.org/ns/shacl#IRI", "_:a", False),
        ("nodeKind", "http://www.w3.org/ns/shacl#IRI", '"https://a"', False),
        ("languageIn", frozenset({"zh"}), '"a"@zh', True),
        ("languageIn", frozenset({"zh"}), '"a"@zh-hans', True),  # a language range takes in what is below it
        ("languageIn", frozenset({"zh"}), '"a"@zhx', False),
        ("languageIn", frozenset({"zh"}), '"zh"', False),
        ("minLength", 2, '"\\n"', False),  # an escape is one character
        ("minLength", 2, '"医院"@zh', True),
        ("minInclusive", 0, f'"-1"^^<{XS}integer>', False),
        ("minInclusive", 0, '"1"', False),  # not a number
    ],
)
def test_a_constraint_on_one_value(kind: str, argument: object, value: str, holds: bool) -> None:
    assert CHECKS[kind].holds([value], argument, "<x>", NOWHERE) is holds


def test_counts_are_of_different_values() -> None:
    """A graph is a set: the same quad twice is one."""
    assert CHECKS["maxCount"].holds(['"a"', '"a"'], 1, "<x>", NOWHERE)
    assert not CHECKS["minCount"].holds(['"a"', '"a"'], 2, "<x>", NOWHERE)


def test_a_class_is_known_here_or_elsewhere_and_through_those_above() -> None:
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    world = World(
        {"<a>": {kind: ["<Hospital>"]}}, {"<b>": frozenset({"<Region>"})}, {"<Hospital>": frozenset({"<Actor>"})}
    )
    assert world.is_a("<a>", "<Actor>")
    assert world.is_a("<b>", "<Region>")
    assert not world.is_a("<b>", "<Actor>")
    assert not world.is_a("<c>", "<Actor>")


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from([None, "zh", "en"]))
@settings(deadline=None)
def test_length_and_pattern_see_the_text_and_not_its_escapes(text: str, language: str | None) -> None:
    value = token(Literal(text, lang=language))
    assert CHECKS["minLength"].holds([value], len(text), "<x>", NOWHERE)
    assert not CHECKS["minLength"].holds([value], len(text) + 1, "<x>", NOWHERE)
