"""Terms and lines of N-Quads: the same bytes as the engine writes."""

from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.graph import nquads

NODE = ox.NamedNode("https://example.org/中")


def dumped(term: str) -> str:
    """The object term after a journey through the engine."""
    store = ox.Store()
    store.load(f"{NODE} {NODE} {term} {NODE} .".encode(), ox.RdfFormat.N_QUADS)
    line = store.dump(format=ox.RdfFormat.N_QUADS)
    assert line is not None
    return nquads.split(line.decode().removesuffix("\n"))[2]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_is_written_as_the_engine_writes_it(value: str) -> None:
    term = nquads.text(value)
    assert "\n" not in term and dumped(term) == term
    assert nquads.unescape(term[1:-1]) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9))
def test_decimals_survive_the_engine(value: Decimal) -> None:
    term = nquads.decimal(value)
    assert dumped(term) == term
    assert Decimal(term.split('"')[1]) == value


@pytest.mark.parametrize(
    ("written", "stored"),
    [("0.50", "0.5"), ("71.0", "71"), ("-0.0", "0"), ("1E+3", "1000"), ("100", "100"), ("0", "0")],
)
def test_decimal_is_canonical(written: str, stored: str) -> None:
    assert nquads.decimal(Decimal(written)).split('"')[1] == stored


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_no_number_is_refused(value: str) -> None:
    with pytest.raises(DataError, match="not a number"):
        nquads.decimal(Decimal(value))


def test_lone_surrogate_becomes_the_replacement_character() -> None:
    assert nquads.text("a\ud800b") == '"a\ufffdb"'


@pytest.mark.parametrize(
    ("value", "kind"),
    [("2024-01-05", "date"), ("2024-01", "gYearMonth"), ("2024", "gYear")],
)
def test_date_has_the_type_of_its_precision(value: str, kind: str) -> None:
    term = nquads.date(value)
    assert term.endswith(f"#{kind}>") and dumped(term) == term


def test_other_wording_of_a_date_stays_a_string() -> None:
    assert nquads.date("去年底") == '"去年底"'


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_split_undoes_join(value: str) -> None:
    terms = ("<a:b>", "<a:c>", nquads.language(value, "zh"), "<a:g>")
    assert nquads.split(" ".join((*terms, "."))) == terms
