"""Terms for people and for result formats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.answers import term as from_json
from kg.graph.nquads import language, text
from kg.graph.vocab import XSD
from kg.views.terms import Term, display, guarded, parse, plain, to_json

TERMS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])).map(text),
    st.text(st.characters(exclude_categories=["Cs"])).map(lambda value: language(value, "zh")),
    st.integers().map(lambda value: f'"{value}"^^<{XSD}integer>'),
    st.just("<https://w3id.org/hgkg/region/330481>"),
    st.just("_:b1"),
)


@given(TERMS)
def test_json_and_back(token: str) -> None:
    assert from_json(to_json(token)) == token


@pytest.mark.parametrize(
    ("token", "term"),
    [
        ("<urn:a>", Term("uri", "urn:a")),
        ('"a\\"b"@zh', Term("literal", 'a"b', "zh")),
        (f'"1"^^<{XSD}integer>', Term("literal", "1", "", XSD + "integer")),
        ("_:x", Term("bnode", "x")),
    ],
)
def test_parse(token: str, term: Term) -> None:
    assert parse(token) == term


@pytest.mark.parametrize(
    ("value", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+86 10", "'+86 10"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("\tx", "'\tx"),
        ("-3.5", "-3.5"),
        ("+7", "+7"),
        ("71.48%", "71.48%"),
        ("", ""),
    ],
)
def test_formulas_are_guarded_and_numbers_are_not(value: str, safe: str) -> None:
    assert guarded(value) == safe


@pytest.mark.parametrize(
    ("token", "shown"),
    [
        (None, ""),
        ("<https://w3id.org/hgkg/region/330481>", "region:330481"),
        ("<https://w3id.org/hgkg/region/>", "https://w3id.org/hgkg/region/"),
        ('"a\\nb\\u001B[31mc"', "a b [31mc"),
        ('"a\u202eb\u2028c"', "a b c"),
    ],
)
def test_display_is_safe_for_a_terminal(token: str | None, shown: str) -> None:
    assert display(token) == shown


def test_plain() -> None:
    assert [plain(term) for term in (None, "<urn:a>", '"x"@zh')] == ["", "urn:a", "x"]
