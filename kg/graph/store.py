"""The embedded store: one writer, any number of readers.

Only this module knows pyoxigraph. ``kg.graph.folder`` describes the folder in
which a store lives; everything in it can be made again from the claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import folder
from kg.graph.answers import Answer
from kg.graph.constraints import Nodes
from kg.graph.iris import CATALOGUE, graph_order, identifier, report_iri
from kg.graph.nquads import node
from kg.graph.summary import follow, nodes_of, summary_of
from kg.graph.threads import in_order
from kg.graph.vocab import PREFIXES, TYPE

__all__ = ["Store", "open_reader", "open_writer", "read_turtle", "restore"]


class Store:
    """An open database; made by ``open_writer`` or ``open_reader``, used in a ``with`` block."""

    def __init__(self, path: Path, engine: ox.Store) -> None:
        self.path = path
        self._engine: ox.Store | None = engine

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine = None  # the engine closes when nothing refers to it

    @property
    def engine(self) -> ox.Store:
        """The database itself; StoreError after the block has ended."""
        if self._engine is None:
            raise StoreError(f"{self.path}: the store is closed; open it again")
        return self._engine

    def replace(self, key: str, lines: Iterable[str], catalogue: Iterable[str] = ()) -> None:
        """Put a report's graph and its catalogue lines in place of the former ones, in one transaction.

        Raises StoreError, and changes nothing, for lines that are not N-Quads.
        """
        report, lines = node(report_iri(key)), list(lines)
        body = f"{_block(report, lines)} {_block(node(CATALOGUE), catalogue)}"
        with _told(self.path):
            try:
                summary = follow(self._summary(key), summary_of(lines))
                self.engine.update(f"{_removal(report)} ; INSERT DATA {{ {body} }} ; {summary}")
            except (SyntaxError, ValueError) as fault:
                raise StoreError(f"{key}: {_brief(fault)}; give canonical N-Quads, one whole quad a line") from None

    def remove(self, key: str) -> None:
        """Forget a report: its graph, its catalogue lines and what only it stated, in one transaction."""
        with _told(self.path):
            self.engine.update(f"{_removal(node(report_iri(key)))} ; {follow(self._summary(key), ())}")

    def _summary(self, key: str) -> list[str]:
        return summary_of(self.graph_lines(report_iri(key)))

    def fill(self, files: Iterable[Path], *, own: bool = False, threads: int = 2) -> None:
        """Replace everything by N-Quads files; readers keep the former snapshot until ``publish``.

        ``threads`` files are loaded at a time. The terms of files that this program
        has written (``own``) are not judged again, which saves a tenth of the
        time. Raises StoreError with file and line for text that is not
        N-Quads, and for triples outside any named graph.
        """
        with _told(self.path):
            self.engine.clear()
            for _ in in_order(partial(self._load, own=own), files, threads):
                pass
            if any(True for _ in self.engine.quads_for_pattern(None, None, None, ox.DefaultGraph())):
                self.engine.clear()
                raise StoreError(f"{self.path}: triples outside any graph; give N-Quads with four terms a line")
            self.engine.flush()

    def compact(self) -> None:
        """Put the layers that loading leaves, one a file, together.

        Reading seeks in all of them: 884,000 quads of 64 files were read six
        times as fast afterwards.
        """
        with _told(self.path):
            self.engine.optimize()
            self.engine.flush()

    def _load(self, file: Path, *, own: bool) -> None:
        try:
            self.engine.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS, lenient=own)
        except SyntaxError as fault:
            raise StoreError(f"{file}:{fault.lineno}: {fault.msg}; give N-Quads as kg writes them") from None

    def publish(self) -> Path:
        """Make what is stored now visible to readers; returns the snapshot's folder."""
        place = folder.next_snapshot(self.path)
        with _told(self.path):
            self.engine.flush()
            self.engine.backup(str(place))
        folder.make_current(self.path, place.name)
        return place

    def backup(self, target: Path) -> None:
        """A second store at ``target``, which must not exist, on the same file system (hard links)."""
        if target.exists():
            raise StoreError(f"{target}: exists already; name a new folder")
        target.mkdir(parents=True)
        with _told(target):
            self.engine.backup(str(target / "db"))
        folder.write_version(target, ox.__version__)
        Store(target, self.engine).publish()

    def reports(self) -> list[str]:
        """Keys of the reports that have a graph, sorted."""
        paths = (identifier(graph) for graph in self.graphs() if graph.startswith(report_iri("")))
        return sorted(path.removeprefix("report/") for path in paths)

    def graphs(self) -> list[str]:
        """Names of all graphs: reference, catalogue, reports by key, then any others."""
        names = [graph.value for graph in self.engine.named_graphs() if isinstance(graph, ox.NamedNode)]
        return sorted(names, key=graph_order)

    def count(self, graph: str | None = None) -> int:
        """Number of quads, in one graph or in all."""
        if graph is None:
            return len(self.engine)
        return sum(1 for _ in self.engine.quads_for_pattern(None, None, None, ox.NamedNode(graph)))

    def values(self, subject: str, predicate: str) -> list[str]:
        """Objects of a subject's property in all graphs, as N-Triples terms, sorted.

        ``subject`` is an IRI, ``predicate`` a token of the vocabulary.
        """
        found = self.engine.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate[1:-1]), None)
        return sorted({str(quad.object) for quad in found})

    def about(self, subject: str) -> list[tuple[str, str]]:
        """Properties and values of a subject in all graphs together, as N-Triples terms, sorted."""
        found = self.engine.quads_for_pattern(ox.NamedNode(subject), None, None)
        return sorted({(str(quad.predicate), str(quad.object)) for quad in found})

    def instances(self, kind: str) -> list[str]:
        """IRIs of a class's members in all graphs together, sorted; ``kind`` is a token of the vocabulary."""
        found = self.engine.quads_for_pattern(None, ox.NamedNode(TYPE[1:-1]), ox.NamedNode(kind[1:-1]))
        return sorted({quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)})

    def has(self, predicate: str, value: str) -> bool:
        """Whether any graph has a statement with this property and this IRI as its object."""
        found = self.engine.quads_for_pattern(None, ox.NamedNode(predicate[1:-1]), ox.NamedNode(value))
        return next(iter(found), None) is not None

    def lines(self) -> Iterator[str]:
        """Every quad as canonical N-Quads: graph by graph, sorted within each.

        Never holds more than one graph, and of the catalogue, which grows
        with the reports, one subject, besides the names of graphs and reports.
        """
        for graph in self.graphs():
            yield from self.graph_lines(graph)

    def graph_lines(self, graph: str) -> Iterator[str]:
        """The sorted quads of one graph."""
        name = ox.NamedNode(graph)
        if graph != CATALOGUE:
            yield from sorted(f"{quad} ." for quad in self.engine.quads_for_pattern(None, None, None, name))
            return
        subjects = {quad.subject for quad in self.engine.quads_for_pattern(None, None, None, name)}
        for subject in sorted(subjects, key=str):
            yield from sorted(f"{quad} ." for quad in self.engine.quads_for_pattern(subject, None, None, name))

    def dump(self, out: IO[str]) -> None:
        """Write ``lines`` to an open text file; ``restore`` reads it back."""
        out.writelines(f"{line}\n" for line in self.lines())

    def query(self, text: str) -> Answer:
        """Answer a SPARQL query over the union of all graphs; the project's prefixes are known.

        Raises StoreError for a query that is not SPARQL. There is no deadline
        here: ``kg.views.query`` runs this in a process that can be killed.
        """
        try:
            found = self.engine.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)
        except SyntaxError as fault:
            raise StoreError(f"the query is not SPARQL: {_brief(fault)}; mend it there") from None
        if isinstance(found, ox.QueryBoolean):
            return Answer("ask", ("answer",), iter([("true" if found else "false",)]))
        if isinstance(found, ox.QueryTriples):
            return Answer("graph", ("subject", "predicate", "object"), _triples(found))
        return Answer("select", tuple(v.value for v in found.variables), _solutions(found))


def _triples(found: ox.QueryTriples) -> Iterator[tuple[str | None, ...]]:
    return ((str(t.subject), str(t.predicate), str(t.object)) for t in found)


def _solutions(found: ox.QuerySolutions) -> Iterator[tuple[str | None, ...]]:
    return (tuple(None if term is None else str(term) for term in row) for row in found)


def open_writer(path: Path, *, migrate: bool = False) -> Store:
    """Open a store to write, making it where there is none.

    Raises StoreError when another process writes it, or when its engine
    differs: a store of an older engine is upgraded (for good) only with
    ``migrate``, one of a newer engine never.
    """
    path.mkdir(parents=True, exist_ok=True)
    folder.check_version(path, ox.__version__, migrate=migrate)
    with _told(path):
        engine = ox.Store(str(path / "db"))
    folder.write_version(path, ox.__version__)
    return Store(path, engine)


def open_reader(path: Path) -> Store:
    """Open the newest snapshot of a store, or of the store in a build's output folder.

    Any number of processes may do so at once.
    """
    path = folder.locate(path)
    folder.check_version(path, ox.__version__)
    place = folder.current(path)
    with _told(path):
        return Store(path, ox.Store.read_only(str(place)))


def read_turtle(files: Iterable[Path]) -> Nodes:
    """What Turtle files say together: subject, predicate, objects, all as terms.

    Ready before rdflib is imported, which then would have to parse.
    """
    read = (ox.parse(path=str(file), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True) for file in files)
    return nodes_of((str(q.subject), str(q.predicate), str(q.object), "") for quads in read for q in quads)


def restore(dump: Path, path: Path) -> None:
    """Make a store at ``path``, which must not exist, from a dump."""
    if path.exists():
        raise StoreError(f"{path}: exists already; name a new folder or remove it first")
    with open_writer(path) as store:
        store.fill([dump])
        store.compact()
        store.publish()


def _removal(report: str) -> str:
    return f"DROP SILENT GRAPH {report} ; DELETE WHERE {{ GRAPH {node(CATALOGUE)} {{ {report} ?p ?o }} }}"


def _block(graph: str, lines: Iterable[str]) -> str:
    """Lines of a graph as SPARQL data; canonical terms are spelled alike in both."""
    return f"GRAPH {graph} {{ {' '.join(line.rsplit(' ', 2)[0] + ' .' for line in lines)} }}"


def _brief(fault: SyntaxError | ValueError) -> str:
    """The engine's complaint on one line, without its long list of what else could stand there."""
    words = " ".join(str(fault).split())
    return words if len(words) <= 160 else words[:160] + " …"


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Engine faults as StoreError, with the lock explained."""
    try:
        yield
    except OSError as fault:
        if "lock" in str(fault).lower():
            raise StoreError(
                f"{path}: another process is writing this store; wait for it or use another folder"
            ) from None
        raise StoreError(f"{path}: {fault}; build the store again if it is damaged") from None
