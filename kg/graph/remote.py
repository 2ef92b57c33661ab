"""The same graph on any SPARQL 1.1 server: Query, Update and Graph Store Protocol over HTTP.

A report's graph is the unit: it is PUT whole, and what arrived is counted.
An answer that breaks off, or that a server cut at its row limit, is an error.
User and password come from ``KG_STORE_USER`` and ``KG_STORE_PASSWORD`` (basic
or digest, as the server asks). Servers that do not follow the layouts of
``Endpoint.of`` are named by ``KG_STORE_QUERY_URL``, ``KG_STORE_UPDATE_URL``
and ``KG_STORE_GRAPH_URL``. ``docs/virtuoso.md`` lists how Virtuoso deviates.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import TracebackType

from kg.errors import StoreError
from kg.graph.answers import Answer, from_json, from_triples
from kg.graph.iris import BASE, CATALOGUE, graph_order, report_iri
from kg.graph.nquads import node, split
from kg.graph.summary import follow, summary_of
from kg.graph.threads import in_order
from kg.graph.vocab import PREFIXES
from kg.graph.wire import Reply, Wire

__all__ = ["Endpoint", "Remote"]

_AT_ONCE = 4  # uploads under way
_TRIES = 8
_DEADLOCK = "40001"  # SQLSTATE of a transaction rolled back for another's sake: nothing is written, Virtuoso says it
_LONG = 1500  # bytes; longer queries do not fit every server's address line
_TRIPLES = {"Content-Type": "application/n-triples; charset=utf-8"}
_ROWS = {"Accept": "application/sparql-results+json"}
_GRAPH = {"Accept": "application/n-triples"}
_ASIDE = re.compile(r"<[^<>]*>|#[^\r\n]*")
_FORM = re.compile(r"\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The three addresses of a server."""

    query: str
    update: str
    graphs: str

    @staticmethod
    def of(url: str, environment: Mapping[str, str] | None = None) -> Endpoint:
        """Addresses from the one a person gives: ``…/sparql`` as Virtuoso has them, others as Oxigraph.

        >>> Endpoint.of("http://127.0.0.1:7878", {}).graphs
        'http://127.0.0.1:7878/store'
        """
        env = os.environ if environment is None else environment
        base = url.rstrip("/").removesuffix("/query")
        query, update, graphs = base + "/query", base + "/update", base + "/store"
        if base.endswith("/sparql"):
            query, update, graphs = base, base + "-auth", base + "-graph-crud-auth"
        return Endpoint(
            env.get("KG_STORE_QUERY_URL", query),
            env.get("KG_STORE_UPDATE_URL", update),
            env.get("KG_STORE_GRAPH_URL", graphs),
        )


class Remote:
    """A connection to a server, used in a ``with`` block.

    ``timeout`` in seconds holds for each wait; ``rows`` and ``size`` in bytes
    are the most that a query's answer may have.
    """

    def __init__(self, url: str, timeout: float = 60.0, rows: int = 100_000, size: int = 64 << 20) -> None:
        self.endpoint = Endpoint.of(url)
        self._rows, self._size = rows, size
        self._wire = Wire(timeout, os.environ.get("KG_STORE_USER", ""), os.environ.get("KG_STORE_PASSWORD", ""))

    def __enter__(self) -> Remote:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wire.__exit__(kind, fault, trace)

    def put(self, graph: str, lines: Iterable[str]) -> int:
        """Put N-Quads lines of one graph in its place; returns their number.

        Raises StoreError when the server then holds another number of triples.
        """
        body = [f"{' '.join(split(line)[:3])} .\n" for line in lines]
        sent = "".join(body).encode()
        self._wire.send("PUT", self.endpoint.graphs, params={"graph": graph}, content=sent, headers=_TRIPLES)
        if (found := self.count(graph)) != len(body):
            raise StoreError(
                f"{self.endpoint.graphs}: graph {graph} holds {found} triples after an upload of {len(body)}; "
                "look into the server's log and upload again"
            )
        return len(body)

    def remove(self, graph: str) -> None:
        """Remove a graph, if it is there."""
        self._wire.send("DELETE", self.endpoint.graphs, params={"graph": graph})

    def replace(self, key: str, lines: Iterable[str], catalogue: Iterable[str] = ()) -> None:
        """Put a report's graph and catalogue lines in place of the former ones; the summary follows."""
        lines, before = list(lines), self._summary(key)
        self.put(report_iri(key), lines)
        self._describe(key, catalogue)
        self._follow(before, summary_of(lines))

    def forget(self, key: str) -> None:
        """Remove a report: its graph, its catalogue lines, and from the summary what only it stated."""
        before = self._summary(key)
        self.remove(report_iri(key))
        self._describe(key, ())
        self._follow(before, ())

    def _summary(self, key: str) -> list[str]:
        graph = report_iri(key)
        return summary_of(self.graph_lines(graph)) if self.count(graph) else []

    def _follow(self, before: Iterable[str], now: Iterable[str]) -> None:
        if change := follow(before, now):
            self.update(change)

    def _describe(self, key: str, catalogue: Iterable[str]) -> None:
        """The report's lines in the catalogue, whose graph all reports share: by update, not by PUT."""
        about = " ".join(f"{' '.join(split(line)[:3])} ." for line in catalogue)
        shelf, report = node(CATALOGUE), node(report_iri(key))
        self.update(f"DELETE WHERE {{ GRAPH {shelf} {{ {report} ?p ?o }} }}")
        if about:
            self.update(f"INSERT DATA {{ GRAPH {shelf} {{ {about} }} }}")

    def upload(
        self,
        lines: Iterable[str],
        told: Callable[[str, int], None] = lambda _graph, _count: None,
        *,
        prune: bool = False,
    ) -> int:
        """Put every graph of N-Quads that come graph by graph; returns the number of quads.

        A few graphs travel at a time. ``told`` is called with name and size of
        each graph that arrived whole, in the order of the lines. With
        ``prune`` our graphs that were not among them are removed afterwards, so
        that the server holds what the lines say and no more.
        """
        sent: dict[str, int] = {}
        graphs = ((graph[1:-1], list(group)) for graph, group in groupby(lines, key=lambda line: split(line)[3]))
        for name, count in in_order(self._put, graphs, _AT_ONCE):
            sent[name] = count
            told(name, count)
        for graph in self.graphs() if prune else ():
            if graph not in sent:
                self.remove(graph)
        return sum(sent.values())

    def _put(self, graph: tuple[str, list[str]]) -> tuple[str, int]:
        """Put one of several graphs; a server that lets one of two writers wait in vain is asked again."""
        for _ in range(_TRIES - 1):
            try:
                return graph[0], self.put(*graph)
            except StoreError as fault:
                if _DEADLOCK not in str(fault):
                    raise
        return graph[0], self.put(*graph)

    def update(self, text: str) -> None:
        """Run a SPARQL update, which must name its graphs; never sent twice."""
        self._wire.send("POST", self.endpoint.update, data={"update": text})

    def graphs(self) -> list[str]:
        """Names of our graphs that hold anything: reference, catalogue, reports, others."""
        found = self.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        names = (row[0][1:-1] for row in found.rows if row[0] and row[0].startswith("<" + BASE))
        return sorted(names, key=graph_order)

    def count(self, graph: str) -> int:
        """Number of triples in a graph."""
        found = self.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {node(graph)} {{ ?s ?p ?o }} }}")
        (number,) = next(found.rows)
        return int(number.split('"')[1]) if number else 0

    def graph_lines(self, graph: str) -> list[str]:
        """The sorted quads of one graph; StoreError when the server did not send all of them."""
        url = self.endpoint.graphs
        reply = self._wire.send("GET", url, 1 << 32, params={"graph": graph}, headers=_GRAPH)
        lines = sorted(f"{s} {p} {o} {node(graph)} ." for s, p, o in from_triples(reply.body, url))
        if (count := self.count(graph)) != len(lines):
            raise StoreError(f"{url}: {len(lines)} of {count} triples of {graph} came; raise the server's row limit")
        return lines

    def lines(self) -> Iterator[str]:
        """Every quad as canonical N-Quads, graph by graph."""
        for graph in self.graphs():
            yield from self.graph_lines(graph)

    def query(self, text: str) -> Answer:
        """Answer a SPARQL query; the project's prefixes are known.

        Raises StoreError when the server refuses, when the answer is beyond
        the limits, or when it is not whole.
        """
        fields = {"query": " ".join([*(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items()), text])}
        url, headers = self.endpoint.query, _GRAPH if _builds(text) else _ROWS
        if len(fields["query"].encode()) < _LONG:
            reply = self._wire.send("GET", url, self._size, params=fields, headers=headers)
        else:
            reply = self._wire.send("POST", url, self._size, data=fields, headers=headers)
        if headers is _GRAPH:
            return Answer("graph", ("subject", "predicate", "object"), from_triples(reply.body, url))
        return _capped(reply, from_json(reply.body, self._rows, url), url)


def _builds(text: str) -> bool:
    """Whether a query asks for a graph: its first word of the four forms, outside IRIs and comments."""
    found = _FORM.search(_ASIDE.sub(" ", text))
    return found is not None and found.group().upper() in {"CONSTRUCT", "DESCRIBE"}


def _capped(reply: Reply, answer: Answer, url: str) -> Answer:
    """The answer, unless the server says that it stopped at its own limit."""
    limit = reply.headers.get("x-sparql-maxrows", "")
    rows = list(answer.rows)
    if limit.isdigit() and len(rows) >= int(limit):
        raise StoreError(f"{url}: cut at the server's limit of {limit} rows; add LIMIT and OFFSET, or raise that limit")
    return answer._replace(rows=iter(rows))
