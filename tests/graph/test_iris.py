"""Identifiers and their IRIs."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import DataError
from kg.graph.iris import BASE, identifier, iri, report_iri, span_iri


@pytest.mark.parametrize(
    ("name", "path", "why"),
    [
        ("region/330481", "region/330481", "codes stand as they are"),
        ("org/330481-海宁市第二人民医院", "org/330481-海宁市第二人民医院", "Chinese stands raw"),
        ("org/1-甲（乙）", "org/1-甲（乙）", "full-width brackets are legal"),
        ("org/1-甲 乙", "org/1-甲%20乙", "a space is not"),
        ("local-program/1-100%健康", "local-program/1-100%25健康", "a percent sign would read as an escape"),
        ("local-program/1-a#b?c", "local-program/1-a%23b%3Fc", "these would end the path"),
        ('org/1-<>"{}|^`\\[]', "org/1-%3C%3E%22%7B%7D%7C%5E%60%5C%5B%5D", "forbidden by RFC 3987"),
        ("org/1-a\u202eb", "org/1-a%E2%80%AEb", "a bidirectional control could disguise a name"),
        ("org/1-\ud800", "org/1-%EF%BF%BD", "a lone surrogate has no UTF-8 form"),
    ],
)
def test_iri(name: str, path: str, why: str) -> None:
    assert iri(name) == BASE + path, why


@given(st.text())
def test_every_identifier_gives_a_legal_iri_and_returns(name: str) -> None:
    made = iri("org/" + name)
    assert ox.NamedNode(made).value == made
    assert not re.search(r"[\s<>\"]", made)
    assert identifier(made) == "org/" + name


def test_foreign_iri_is_refused() -> None:
    with pytest.raises(DataError, match="not below"):
        identifier("https://example.org/region/1")


def test_spans_are_fragments_of_the_report() -> None:
    assert span_iri("a-1", 3, 9) == report_iri("a-1") + "#char=3,9"


def test_the_base_is_spelled_once() -> None:
    """Moving the data to another address is a change of one line of code."""
    package = Path(kg.__file__).parent
    holders = {p.name for p in package.rglob("*.py") if re.search(rf'^[A-Z]+ = "{BASE}', p.read_text("utf-8"), re.M)}
    assert holders == {"iris.py"}
