"""The graph as records, one subject at a time, for the exporters.

Records come in the order of the build. Names and evidence that stand elsewhere
are looked up in the store, so nothing but a cache of names is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from kg.graph import vocab as v
from kg.graph.iris import identifier
from kg.graph.nquads import split
from kg.graph.store import Store
from kg.model import EntityType
from kg.views.terms import plain

__all__ = ["Block", "Walk"]

_ENTITIES = sorted(kind.value for kind in EntityType)


class Block(NamedTuple):
    """What a graph (or, with an empty name, all of them) says of one subject.

    ``kind`` is the local name of its class, values are N-Triples terms.
    """

    graph: str
    subject: str
    kind: str
    values: Mapping[str, list[str]]

    @property
    def id(self) -> str:
        """The identifier of the subject."""
        return identifier(self.subject)

    def texts(self, predicate: str) -> list[str]:
        """All values of a property as bare text."""
        return [plain(value) for value in self.values.get(predicate, ())]

    def text(self, predicate: str) -> str:
        """The first value of a property as bare text, empty if there is none."""
        return plain(self.values.get(predicate, [None])[0])

    def ref(self, predicate: str) -> str:
        """The first value of a property as an identifier (of our own terms: the local name)."""
        return short(self.text(predicate))


def short(iri: str) -> str:
    """Identifier of a node, local name of a term of the ontology; empty for nothing."""
    return iri.removeprefix(v.HG) if iri.startswith(v.HG) else identifier(iri) if iri else ""


class Walk:
    """A store seen as records."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.name = lru_cache(maxsize=1 << 16)(self._name)

    def blocks(self, *kinds: str) -> Iterator[Block]:
        """Subjects of the given classes (local names), graph by graph."""
        for (graph, subject), quads in groupby(map(split, self._store.lines()), key=lambda quad: (quad[3], quad[0])):
            values: dict[str, list[str]] = {}
            for _, predicate, value, _ in quads:
                values.setdefault(predicate, []).append(value)
            kind = _kind(values)
            if kind in kinds:
                yield Block(graph[1:-1], subject[1:-1], kind, values)

    def entities(self) -> Iterator[Block]:
        """Each entity once, class by class, with what all graphs say of it."""
        for kind in _ENTITIES:
            for iri in self._store.instances(v.hg(kind)):
                values: dict[str, list[str]] = {}
                for predicate, value in self._store.about(iri):
                    values.setdefault(predicate, []).append(value)
                yield Block("", iri, kind, values)

    def quote(self, block: Block) -> str:
        """The sentence that proves a claim or observation."""
        return plain(next(iter(self._store.values(block.text(v.DERIVED_FROM), v.EXACT)), None))

    def linked(self, iri: str) -> bool:
        """Whether a claim has it at either end."""
        return self._store.has(v.SUBJECT, iri) or self._store.has(v.OBJECT, iri)

    def _name(self, iri: str) -> str:
        """The Chinese label, empty for nothing."""
        labels = self._store.values(iri, v.PREF_LABEL) if iri else []
        return plain(next((label for label in labels if label.endswith("@zh")), labels[0] if labels else None))


def _kind(values: Mapping[str, list[str]]) -> str:
    """Local name of the class of ours; for a span of evidence the empty string; for other things ``?``."""
    for value in values.get(v.TYPE, ()):
        if value[1:].startswith(v.HG):
            return value[1 + len(v.HG) : -1]
    return "" if v.EXACT in values else "?"
