"""The order in which rows are shown."""

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.graph.vocab import XSD
from kg.views import named, query
from kg.views.order import ordered
from tests.graph.sample import make_store


def number(value: str, kind: str = "integer") -> str:
    return f'"{value}"^^<{XSD}{kind}>'


@pytest.mark.parametrize(
    ("values", "expected", "why"),
    [
        (['"市"', '"b"', '"a"'], ['"a"', '"b"', '"市"'], "text goes by code point"),
        (['"10"', '"9"'], ['"10"', '"9"'], "digits that are text are text"),
        ([number("10"), number("9")], [number("9"), number("10")], "numbers go by value"),
        ([number("2"), number("1.5", "decimal")], [number("1.5", "decimal"), number("2")], "of whatever type"),
        ([number("-1"), number("-2")], [number("-2"), number("-1")], "also below zero"),
        (['"a"@zh', None, "<urn:z>"], [None, "<urn:z>", '"a"@zh'], "the unbound before IRIs before text"),
        (['"b"@zh', '"a"'], ['"a"', '"b"@zh'], "the language does not matter"),
        (['"2024"^^<urn:year>', '"2023"^^<urn:year>'], ['"2023"^^<urn:year>', '"2024"^^<urn:year>'], "years as text"),
    ],
)  # fmt: skip
def test_one_column(values: list[str | None], expected: list[str | None], why: str) -> None:
    assert ordered([(v,) for v in values], ["x"], ["x"]) == tuple((v,) for v in expected), why
    assert ordered([(v,) for v in values], ["x"], ["-x"]) == tuple((v,) for v in reversed(expected)), why


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ([], ["b2", "a1", "a2", "b1"]),
        (["x"], ["a1", "a2", "b1", "b2"]),  # what is alike goes by the rest of the row
        (["-x"], ["b1", "b2", "a1", "a2"]),
        (["x", "-y"], ["a2", "a1", "b2", "b1"]),
        (["y", "x"], ["a1", "b1", "a2", "b2"]),
    ],
)
def test_several_columns(order: list[str], expected: list[str]) -> None:
    def row(cell: str) -> tuple[str, str]:
        return f'"{cell[0]}"', number(cell[1])

    assert ordered(map(row, ("b2", "a1", "a2", "b1")), ["x", "y"], order) == tuple(map(row, expected))


def test_a_column_that_is_not_there_is_told() -> None:
    with pytest.raises(DataError, match="names 'z'; the query has the columns x, y"):
        ordered([], ["x", "y"], ["-z"])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("order") / "store")


def test_a_file_is_shown_as_order_by_would_sort_it(store: Path, tmp_path: Path) -> None:
    text = "SELECT ?s ?p ?o { ?s ?p ?o FILTER(ISIRI(?o) || ISNUMERIC(?o)) }"
    (tmp_path / "q.rq").write_text(f"# T\n# order: -o p s\n{text}", "utf-8")
    sorted_there = query.run(store, f"{text} ORDER BY DESC(?o) ?p ?s").rows
    assert query.run(store, f"@{tmp_path / 'q.rq'}").rows == sorted_there
    assert len(sorted_there) > 50


@pytest.mark.parametrize("question", [q for q in named.questions() if q.order], ids=lambda question: question.name)
def test_shipped_orders_name_columns_that_are_there(question: named.Question, store: Path) -> None:
    found = query.run(store, question.name)
    assert {name.removeprefix("-") for name in question.order} <= set(found.columns)
