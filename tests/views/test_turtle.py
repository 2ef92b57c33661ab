"""The RDF writers: lazy, and the same triples for every reader."""

from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.iris import iri
from kg.graph.nquads import decimal, integer, language, node, text, year
from kg.views.turtle import jsonld, trig, turtle
from tests.graph.sample import lines

CLEAN = st.text(st.characters(exclude_categories=["Cs"]))
NODES = st.one_of(
    CLEAN.map(lambda name: node(iri("org/" + name))),
    st.sampled_from(["<https://w3id.org/hgkg/region/>", "<https://w3id.org/hgkg/report/a-1#char=1,2>", "<urn:x>"]),
    st.sampled_from(["-a", "a.", ".a", "a.b", "1a", "_", "a--"]).map(
        lambda name: node("https://w3id.org/hgkg/org/" + name)
    ),
)
OBJECTS = st.one_of(
    NODES,
    CLEAN.map(text),
    CLEAN.map(lambda value: language(value, "zh")),
    st.integers(-(10**12), 10**12).map(integer),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**6), max_value=10**6).map(decimal),
    st.integers(1000, 2999).map(year),
)
QUADS = st.lists(st.builds(lambda s, p, o, g: f"{s} {p} {o} {g} .", NODES, NODES, OBJECTS, NODES), max_size=8).map(
    lambda quads: sorted(set(quads), key=lambda quad: (quad.rsplit(" ", 2)[1], quad))
)


def read(document: str, form: ox.RdfFormat) -> set[str]:
    return {str(quad) for quad in ox.parse(document.encode(), format=form)}


def without_graph(quads: Iterable[str]) -> set[str]:
    return {quad.rsplit(" ", 2)[0] for quad in quads}


@given(QUADS)
def test_trig_keeps_every_quad(quads: list[str]) -> None:
    assert {f"{quad} ." for quad in read("".join(trig(quads)), ox.RdfFormat.TRIG)} == set(quads)


@given(QUADS)
def test_turtle_keeps_every_triple(quads: list[str]) -> None:
    assert {quad.removesuffix(" ") for quad in read("".join(turtle(quads)), ox.RdfFormat.TURTLE)} == without_graph(
        quads
    )


@given(QUADS)
def test_jsonld_keeps_every_quad(quads: list[str]) -> None:
    assert {f"{quad} ." for quad in read("".join(jsonld(quads)), ox.RdfFormat.JSON_LD)} == set(quads)


@pytest.mark.parametrize("writer", [turtle, trig, jsonld])
def test_writing_begins_before_reading_ends(writer: Callable[[Iterable[str]], Iterator[str]]) -> None:
    """A writer that collected the graph would have read all of it before the first subject came out."""
    taken = 0

    def counted() -> Iterator[str]:
        nonlocal taken
        for line in lines():
            taken += 1
            yield line

    parts = writer(counted())
    while "嘉江市" not in next(parts):
        pass
    assert 0 < taken < 20 < len(lines())


def test_short_forms() -> None:
    document = "".join(trig(lines()))
    for form in (
        "region:330481\n",
        "hg:value 71.48",
        "oa:start 100",
        '"2024"^^xsd:gYear',
        "a hg:Claim",
        "local-program:330481-e护",
    ):
        assert form in document
