"""Replies of servers: whole or an error."""

import json

import pytest

from kg.errors import StoreError
from kg.graph.answers import from_json, from_triples

SELECT = json.dumps(
    {
        "head": {"vars": ["s", "v"]},
        "results": {
            "bindings": [
                {"s": {"type": "uri", "value": "urn:中"}, "v": {"type": "literal", "value": 'a"', "xml:lang": "zh"}},
                {"s": {"type": "bnode", "value": "b0"}},
                {"v": {"type": "typed-literal", "value": "1", "datatype": "urn:int"}},
                {"v": {"type": "literal", "value": "x", "datatype": "http://www.w3.org/2001/XMLSchema#string"}},
            ]
        },
    }
).encode()


def test_select() -> None:
    found = from_json(SELECT, 9, "here")
    assert (found.kind, found.columns) == ("select", ("s", "v"))
    assert list(found.rows) == [
        ("<urn:中>", '"a\\""@zh'), ("_:b0", None), (None, '"1"^^<urn:int>'), (None, '"x"')
    ]  # fmt: skip


def test_ask() -> None:
    assert list(from_json(b'{"head": {}, "boolean": false}', 9, "here").rows) == [("false",)]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (SELECT[:-20], "cut"),
        (SELECT + b"The SPARQL operation has been cancelled", "a message glued to the end"),
        (b"", "nothing"),
        (b"[]", "another shape"),
        (b'{"head": {"vars": ["s"]}}', "no results"),
        (SELECT.replace(b'"type": "uri"', b'"kind": "uri"'), "a term without a type"),
        (b"\xff\xfe", "not text"),
    ],
)
def test_a_reply_that_is_not_whole_is_an_error(body: bytes, why: str) -> None:
    with pytest.raises(StoreError, match="not whole"):
        from_json(body, 9, "here")
    assert why


def test_too_many_rows() -> None:
    with pytest.raises(StoreError, match="more than 3 rows"):
        from_json(SELECT, 3, "here")


def test_triples_are_made_canonical() -> None:
    body = (
        b"# comment\n\n<urn:a>\t<urn:p> <urn:\\u4E2D> .\r\n"
        b'<urn:a> <urn:p> "\\u4E2D\\u000B\\"" .\n'
        b'_:b <urn:p> "x. y ."@zh.\n<urn:a> <urn:p> "s"^^<http://www.w3.org/2001/XMLSchema#string> .'
    )
    assert list(from_triples(body, "here")) == [
        ("<urn:a>", "<urn:p>", "<urn:中>"), ("<urn:a>", "<urn:p>", '"中\\u000B\\""'),
        ("_:b", "<urn:p>", '"x. y ."@zh'), ("<urn:a>", "<urn:p>", '"s"'),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body", [b"<urn:a> <urn:p> <urn:o> .\n<urn:a> <urn:", b"The operation has been cancelled", b"\xff"]
)
def test_triples_that_are_cut_are_an_error(body: bytes) -> None:
    with pytest.raises(StoreError, match="not whole"):
        list(from_triples(body, "here"))
