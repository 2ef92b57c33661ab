"""Small reports for tests of the claims room, and what was read in them by name instead of by identifier."""

from __future__ import annotations

from kg.claims.extract import extract
from kg.claims.lexicon import load
from kg.model import EntityType, Extraction, Predicate
from kg.text.read import report_of

__all__ = ["claims", "home", "means", "names", "read", "report", "runs"]


def read(text: str, file_name: str = "a.txt") -> Extraction:
    """What a report says."""
    return extract(report_of(text, file_name), load())


def report(place: str, *sentences: str, heading: str = "一、主要工作") -> str:
    """A yearly report of a place's health authority with these sentences under one heading."""
    return "\n".join([f"{place}卫生健康局2024年工作总结", "", heading, *sentences, ""])


def home(found: Extraction) -> str:
    """The jurisdiction's name, empty if there is none."""
    return _label(found, found.report.jurisdiction) if found.report.jurisdiction else ""


def names(found: Extraction, *types: EntityType) -> set[str]:
    """The labels of all entities (of some types)."""
    return {e.label for e in found.entities if not types or e.type in types}


def means(found: Extraction, written: str) -> set[str]:
    """The labels of the entities that a wording was understood as."""
    return {e.label for e in found.entities for m in e.mentions if m.text == written}


def claims(found: Extraction, predicate: Predicate) -> set[tuple[str, str]]:
    """Subject and object of all claims of a relation; the ends of partnerships sorted."""
    pairs = ((_label(found, c.subject), _label(found, c.object)) for c in found.claims if c.predicate is predicate)
    symmetric = predicate is Predicate.PARTNERS_WITH
    return {(min(p), max(p)) if symmetric else p for p in pairs}


def runs(found: Extraction, programme: str) -> set[tuple[str, str]]:
    """Who runs a programme (its id, or a local programme's name), with the status."""
    return {
        (_label(found, c.subject), c.status.value)
        for c in found.claims
        if c.predicate is Predicate.IMPLEMENTS and programme in {c.object.partition("/")[2], _label(found, c.object)}
    }


def _label(found: Extraction, id_: str) -> str:
    known = {e.id: e.label for e in found.entities}
    code = id_.removeprefix("region/")
    return known.get(id_) or (load().gazetteer.place(code).name if code != id_ else id_)
