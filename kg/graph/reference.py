"""The reference graph: what exists, from the seed tables alone.

Regions down to counties and zones, seeded organisations and the programme
scheme. Townships, which are tens of thousands, are described in the graphs of
the reports that name them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import DataError
from kg.files import package_path, read_tsv
from kg.graph import vocab as v
from kg.graph.iris import REFERENCE, SCHEME, iri
from kg.graph.nquads import language, node, text, year

__all__ = ["class_quads", "reference_quads"]

Triples = Iterator[tuple[str, str, str]]

_LEFT_OUT = "\ttownship\t"  # nine in ten lines of the regions, which need not be taken apart


def reference_quads(seeds: Path | None = None) -> Iterator[str]:
    """Sorted lines of the reference graph, made from ``regions``, ``organisations`` and ``programs.tsv``.

    ``seeds`` is the folder of the tables, by default the one of the package.
    """
    return _sorted(_described(seeds or package_path("seeds")))


def class_quads(seeds: Path | None = None) -> Iterator[str]:
    """Those of its lines that state a class, which takes half the time."""
    return _sorted(said for said in _described(seeds or package_path("seeds")) if said[1] == v.TYPE)


def _sorted(triples: Triples) -> Iterator[str]:
    end = f" <{REFERENCE}> ."
    return iter(sorted({f"{s} {p} {o}{end}" for s, p, o in triples}))


def _described(folder: Path) -> Triples:
    """Everything the tables say, some of it more than once."""
    yield from _scheme()
    for name, describe in (("regions", _region), ("organisations", _organisation), ("programs", _program)):
        for row in read_tsv(folder / f"{name}.tsv", without=_LEFT_OUT):
            try:
                yield from describe(row)
            except KeyError as fault:
                raise DataError(f"{folder / name}.tsv: {fault} in {row}; see seeds/README.md") from None


def _scheme() -> Triples:
    me = node(SCHEME)
    yield me, v.TYPE, v.CONCEPT_SCHEME
    yield me, v.PREF_LABEL, language("卫生健康项目与政策", "zh")
    yield me, v.PREF_LABEL, language("Health programmes and policies", "en")


def _region(row: dict[str, str]) -> Triples:
    me = node(iri("region/" + row["code"]))
    yield me, v.TYPE, v.hg("Region")
    yield me, v.hg("level"), v.hg(row["level"].capitalize())
    yield from _names(me, row["name"], row["short_names"])
    if row["code"].isdigit():
        yield me, v.NOTATION, text(row["code"])
    if row["code_year"]:
        yield me, v.hg("codeYear"), year(int(row["code_year"]))
    if row["parent"]:
        yield me, v.hg("within"), node(iri("region/" + row["parent"]))


def _organisation(row: dict[str, str]) -> Triples:
    me = node(iri("org/" + row["key"]))
    yield me, v.TYPE, v.hg(row["type"])
    yield from _names(me, row["name"], row["short_names"])
    if row["region"]:
        yield me, v.hg("locatedIn"), node(iri("region/" + row["region"]))
    if row["parent_org"]:
        yield me, v.hg("partOf"), node(iri("org/" + row["parent_org"]))


def _program(row: dict[str, str]) -> Triples:
    me = node(iri("program/" + row["id"]))
    yield me, v.TYPE, v.hg("Program")
    yield me, v.TYPE, v.CONCEPT
    yield me, v.IN_SCHEME, node(SCHEME)
    yield from _names(me, row["prefLabel_zh"], row["altLabels_zh"])
    if row["prefLabel_en"]:
        yield me, v.PREF_LABEL, language(row["prefLabel_en"], "en")
    if row["broader"]:
        yield me, v.BROADER, node(iri("program/" + row["broader"]))
    for tag in ("zh", "en"):
        if row[f"definition_{tag}"]:
            yield me, v.DEFINITION, language(row[f"definition_{tag}"], tag)


def _names(me: str, name: str, others: str) -> Triples:
    yield me, v.PREF_LABEL, language(name, "zh")
    for other in others.split("|"):
        if other and other != name:
            yield me, v.ALT_LABEL, language(other, "zh")
