"""Answers in every format, read back by the tools that read them."""

import csv
import io

import pyoxigraph as ox
import pytest
from rdflib import Graph

from kg.errors import UsageError
from kg.views.query import Result
from kg.views.tables import render, width

ROWS = Result(
    "select",
    ("place", "rate", "note"),
    (
        ("<https://w3id.org/hgkg/region/330481>", '"71.48"^^<http://www.w3.org/2001/XMLSchema#decimal>', None),
        ("<urn:x>", '"-3"^^<http://www.w3.org/2001/XMLSchema#integer>', '"=1+1,\\"医院\\"\\n"@zh'),
    ),
)
YES = Result("ask", ("answer",), (("true",),))
TRIPLES = Result("graph", ("subject", "predicate", "object"), (("<urn:b>", "<urn:p>", '"值"@zh'), ("<urn:a>",) * 3))


def test_table_lines_up_wide_characters() -> None:
    rows = render(ROWS, "table").split("\n")
    assert rows[0].split() == ["place", "rate", "note"] and rows[2].startswith("region:330481  71.48")
    assert len({width(row[: row.index(mark)]) for row, mark in zip(rows[2:4], ("71.48", "-3"), strict=True)}) == 1


def test_table_cuts_by_width() -> None:
    wide = Result("select", ("a",), (('"一二三四五六"',),))
    assert render(wide, "table", 7).split("\n")[2] == "一二三…"
    assert render(wide, "table", 0).split("\n")[2] == "一二三四五六"


def test_csv_is_read_back() -> None:
    rows = list(csv.reader(io.StringIO(render(ROWS, "csv"), newline="")))
    assert rows[1] == ["https://w3id.org/hgkg/region/330481", "71.48", ""]
    assert rows[2] == ["urn:x", "-3", '\'=1+1,"医院"\n']


@pytest.mark.parametrize(("form", "reader"), [("json", "JSON"), ("tsv", "TSV")])
def test_standard_formats_are_read_back_by_the_engine(form: str, reader: str) -> None:
    kind = getattr(ox.QueryResultsFormat, reader)
    found = ox.parse_query_results(render(ROWS, form), format=kind)
    assert isinstance(found, ox.QuerySolutions)
    assert [tuple(None if t is None else str(t) for t in row) for row in found] == list(ROWS.rows)


def test_yes_and_no() -> None:
    assert render(YES, "table") == "true\n"
    assert bool(ox.parse_query_results(render(YES, "json"), format=ox.QueryResultsFormat.JSON)) is True


def test_triples_are_read_back() -> None:
    graph = Graph().parse(data=render(TRIPLES, "nt"), format="nt")
    assert len(graph) == 2
    assert render(TRIPLES, "nt").startswith("<urn:a>")


@pytest.mark.parametrize(("result", "form", "said"), [(ROWS, "nt", "CONSTRUCT"), (ROWS, "xls", "give one of table")])
def test_a_format_that_cannot_be_is_told(result: Result, form: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        render(result, form)
