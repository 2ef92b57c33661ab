"""What may not leave the machine, and how values enter a query."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.graph.nquads import text
from kg.views.guard import bind, check

SAFE = [
    ("SELECT * { ?s ?p 'SERVICE <http://e.org/>' }", "inside a string"),
    ('SELECT * { ?s ?p """a "" SERVICE <x> """ }', "inside a long string"),
    ("SELECT * { ?s ?p ?o } # SERVICE <http://e.org/> {}", "inside a comment"),
    ("SELECT * { ?service ?from $load }", "names of variables"),
    ("SELECT * { ?s ex:service <http://e.org/SERVICE> ; download:x 1 }", "parts of IRIs and names"),
    ("SELECT * { ?s ?p 'x'@en-service }", "a language tag"),
    ("SELECT * FROM <https://w3id.org/hgkg/graph/reference> { ?s ?p ?o }", "a graph of our own"),
    ("SELECT * { <http://e.org/a#SERVICE> ?p ?o }", "a fragment is no comment"),
]

REACHING = [
    ("SELECT * { SERVICE <http://e.org/> { ?s ?p ?o } }", "plainly"),
    ("SELECT * { service silent<http://e.org/>{ } }", "in lower case, silent, without blanks"),
    ("SELECT * { SERVICE ?where { } }", "an address found at run time"),
    ("SELECT * { SERVICE ex:endpoint { } }", "an address behind a prefix"),
    ("SELECT * { SERVICE:x { } }", "a parser without word ends reads SERVICE and :x"),
    ("SELECT * { ?s ?p trueSERVICE <http://e.org/> { } }", "the same after a literal"),
    ("SELECT * { ?s ?p 2SERVICE:x { } }", "the same after a number"),
    ("SELECT * { \\u0053ERVICE <http://e.org/> { } }", "behind a code point escape"),
    ("SELECT * { ?s ?p '\\u0027 . SERVICE <http://e.org/> {} #' }", "an escape that may end the string"),
    ("SELECT * { ?s ?p 'a\\\\' . SERVICE <http://e.org/> { } }", "after an escaped backslash"),
    ("# a comment\rSELECT * { SERVICE <http://e.org/> {} }", "a carriage return ends a comment"),
    ("SELECT * FROM <http://e.org/data> { ?s ?p ?o }", "another dataset"),
    ("SELECT * FROM NAMED <file:///etc/passwd> { ?s ?p ?o }", "a file"),
    ("SELECT * FROM ex:data { ?s ?p ?o }", "a dataset behind a prefix"),
    ("LOAD <http://e.org/data>", "an update"),
    ("SELECT * { ?s ?p ?o } ; LOAD SILENT <file:///etc/passwd>", "an update behind a query"),
]


@pytest.mark.parametrize(("query", "why"), SAFE)
def test_words_that_reach_nothing_pass(query: str, why: str) -> None:
    check(query)
    assert why


@pytest.mark.parametrize(("query", "why"), REACHING)
def test_what_reaches_out_is_refused(query: str, why: str) -> None:
    with pytest.raises(UsageError, match="refused"):
        check(query)
    assert why


def test_an_address_may_be_allowed_by_name() -> None:
    query = "SELECT * FROM <http://e.org/data> { SERVICE SILENT <http://e.org/sparql> { ?s ?p ?o } }"
    check(query, {"http://e.org/data", "http://e.org/sparql"})
    with pytest.raises(UsageError, match=r"http://e\.org/sparql"):
        check(query, {"http://e.org/data"})


@given(st.text(alphabet="SERVICEservice <>{}\"'\\#\n:?.u0053/x", max_size=40))
def test_whatever_the_engine_would_send_is_refused(tail: str) -> None:
    """No accepted text makes the engine evaluate a SERVICE: it would fail to reach .invalid."""
    query = "SELECT * { ?s ?p ?o . " + tail + " <http://kg.invalid/> { ?a ?b ?c } }"
    try:
        check(query)
    except UsageError:
        return
    store = ox.Store()
    store.update("INSERT DATA { <urn:s> <urn:p> <urn:o> }")
    try:
        list(store.query(query, prefixes={"": "http://kg.invalid/", "service": "http://kg.invalid/"}))  # type: ignore[arg-type]
    except SyntaxError:
        return
    except (OSError, RuntimeError) as fault:
        raise AssertionError(query) from fault


@pytest.mark.parametrize(
    ("query", "bound"),
    [
        ("SELECT ?o { ?s ?p ?o }", "SELECT ?o { VALUES ?s { <urn:s> } ?s ?p ?o }"),
        ("SELECT (EXISTS { ?s ?p 1 } AS ?x) { ?s ?p ?o }",
         "SELECT (EXISTS { ?s ?p 1 } AS ?x) { VALUES ?s { <urn:s> } ?s ?p ?o }"),
        ("CONSTRUCT { ?s ?p 1 } WHERE { ?s ?p ?o }", "CONSTRUCT { ?s ?p 1 } WHERE { VALUES ?s { <urn:s> } ?s ?p ?o }"),
        ("ASK # {\n{ $s ?p '{' }", "ASK # {\n{ VALUES ?s { <urn:s> } $s ?p '{' }"),
    ],
)  # fmt: skip
def test_values_stand_at_the_head_of_the_where_group(query: str, bound: str) -> None:
    assert bind(query, {"s": "<urn:s>"}) == bound


@pytest.mark.parametrize(
    ("query", "said"), [("SELECT ?o { ?a ?p ?o }", "'s': the query uses a, o, p"), ("DESCRIBE ?s", "no WHERE group")]
)
def test_a_value_that_cannot_be_bound_is_told(query: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        bind(query, {"s": "<urn:s>"})


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_value_can_leave_its_literal(value: str) -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(value)))
    found = store.query(bind("SELECT ?s ?v { ?s <urn:p> ?v }", {"v": text(value)}))
    assert [row["v"].value for row in found] == [value]  # type: ignore[union-attr]
