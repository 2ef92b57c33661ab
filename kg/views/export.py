"""The graph in other people's formats.

Every format is written as the store is walked, none needs the whole graph in
memory: at most one report's graph (or one graph of a server) is held, besides
the names of graphs and subjects. What grows beside them is the engine's cache,
which is full at 160 MB after a million quads and cannot be set from Python. Files of
N-Quads and servers go through a store in a temporary folder. Equal graphs give
equal bytes. Parquet is left to DuckDB or pandas, which read the CSV: the
libraries that write it are 24 to 55 MB to download.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from json import dumps
from pathlib import Path

from kg.errors import StoreError, UsageError
from kg.files import atomic
from kg.graph.iris import report_iri
from kg.graph.store import Store, open_reader, open_writer
from kg.views import networks, sheets, turtle
from kg.views.walk import Walk

__all__ = ["FORMATS", "Exported", "export"]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and what to do with it (empty where that is plain)."""

    files: tuple[Path, ...]
    note: str = ""


_LINES: dict[str, tuple[str, Callable[[Iterable[str]], Iterator[str]]]] = {
    "jsonld": ("jsonld", turtle.jsonld),
    "nq": ("nq", lambda lines: (f"{line}\n" for line in lines)),
    "trig": ("trig", turtle.trig),
    "turtle": ("ttl", turtle.turtle),
}
_NETWORKS: dict[str, Callable[[Walk], Iterator[str]]] = {"gexf": networks.gexf, "graphml": networks.graphml}
_FOLDERS = ("csv", "neo4j", "turtle-reports")
FORMATS = tuple(sorted((*_LINES, *_NETWORKS, *_FOLDERS)))


def export(target: str | Path, form: str, out: Path, report: str = "") -> Exported:
    """Write the graph in one of ``FORMATS``.

    ``target`` is a store, a build's output folder, a file of N-Quads, or a
    server's address. ``out`` is a file, or a folder (for ``csv``, ``neo4j`` and
    ``turtle-reports`` always a folder) in which a file ``graph`` is made.
    ``report`` (a key) takes that report's graph alone, for ``turtle``,
    ``trig``, ``jsonld`` and ``nq``. Raises UsageError for another format,
    StoreError for a graph that cannot be read.
    """
    if form not in FORMATS:
        raise UsageError(f"format {form!r}: give one of {', '.join(FORMATS)}")
    if report and form not in _LINES:
        raise UsageError(f"format {form} is of the whole graph; leave the report out or choose {', '.join(_LINES)}")
    with _opened(target) as store:
        if form in _LINES:
            ending, write = _LINES[form]
            return _flat(_file(out, ending), write(_lines(store, report)), form)
        if form in _NETWORKS:
            return _flat(_file(out, form), _NETWORKS[form](Walk(store)), form)
        return _foldered(store, form, out)


def _flat(path: Path, parts: Iterable[str], form: str) -> Exported:
    with atomic(path) as file:
        file.writelines(parts)
    if form != "jsonld":
        return Exported((path,))
    context = path.with_name("context.jsonld")
    with atomic(context) as file:
        file.write(dumps(turtle.CONTEXT, indent=1) + "\n")
    return Exported((path, context), "The context is in the document as well; context.jsonld is there to be reused.")


def _foldered(store: Store, form: str, out: Path) -> Exported:
    if out.is_file():
        raise UsageError(f"{out}: a file; format {form} needs a folder")
    if form == "csv":
        return Exported(tuple(sheets.spreadsheets(Walk(store), out)))
    if form == "neo4j":
        return Exported(tuple(sheets.neo4j(Walk(store), out)), sheets.neo4j_command(out))
    files = [
        _flat(out / f"{key}.ttl", turtle.turtle(store.graph_lines(report_iri(key))), form).files[0]
        for key in store.reports()
    ]
    return Exported(tuple(files))


def _file(out: Path, ending: str) -> Path:
    return out / f"graph.{ending}" if out.is_dir() or not out.suffix else out


def _lines(store: Store, report: str) -> Iterator[str]:
    if not report:
        return store.lines()
    if report not in store.reports():
        raise StoreError(f"{store.path}: no report {report!r}; 'kg query reports' lists them")
    return store.graph_lines(report_iri(report))


@contextmanager
def _opened(target: str | Path) -> Iterator[Store]:
    """A store to read; files and servers are loaded into a temporary one."""
    remote = str(target).startswith(("http://", "https://"))
    if not remote and not Path(target).is_file():
        with open_reader(Path(target)) as store:
            yield store
        return
    with tempfile.TemporaryDirectory(prefix="kg-export-", ignore_cleanup_errors=True) as folder:
        file = _fetched(str(target), Path(folder) / "graph.nq") if remote else Path(target)
        with open_writer(Path(folder) / "store") as store:
            store.fill([file])
            yield store


def _fetched(url: str, file: Path) -> Path:
    from kg.graph.remote import Remote

    with Remote(url) as server, atomic(file) as out:
        out.writelines(f"{line}\n" for line in server.lines())
    return file
