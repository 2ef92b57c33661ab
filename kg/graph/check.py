"""``kg check``: everything the ontology demands of a build, judged by independent engines.

Each graph of the store is validated with pySHACL against ``ontology/shapes.ttl``
(the gate of a build uses a faster reading of the same shapes), and the queries
of ``ontology/must-be-empty``, which look across graphs, must find nothing. The
summary holds parts of what other graphs describe whole; a query judges it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import DataError
from kg.files import package_path
from kg.graph.gate import QUARANTINE
from kg.graph.iris import REFERENCE
from kg.graph.nquads import split
from kg.graph.store import open_reader
from kg.graph.summary import SUMMARY
from kg.model import Problem

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.graph.store import Store

__all__ = ["Rule", "check", "check_store", "found_by", "must_be_empty", "validate"]

# Of one query's finds; what is wrong a thousand times is mended at one place.
_MOST = 100


@dataclass(frozen=True, slots=True)
class Rule:
    """A query that must find nothing: what a find means and what to do, English · 中文."""

    name: str
    what: str
    todo: str
    text: str


def _silent(_done: int, _total: int) -> None:
    """No one looks."""


def check(output: Path, progress: Callable[[int, int], None] = _silent) -> list[Problem]:
    """All violations in the store of an output folder; ``output`` may be the store itself.

    ``progress`` is told the graphs done and the graphs to do. Raises
    StoreError where there is no store.
    """
    store = output / "store"
    with open_reader(store if store.is_dir() else output) as opened:
        return check_store(opened, progress)


def check_store(store: Store, progress: Callable[[int, int], None] = _silent) -> list[Problem]:
    """All violations in a store, shapes first."""
    problems: list[Problem] = []
    reference = _by_subject(store)
    graphs = [graph for graph in store.graphs() if graph not in {QUARANTINE, SUMMARY}]
    for done, graph in enumerate(graphs, 1):
        lines = list(store.graph_lines(graph))
        problems += validate(graph, lines, {} if graph == REFERENCE else reference)
        progress(done, len(graphs))
    return problems + [problem for rule in must_be_empty() for problem in found_by(rule, store)]


def _by_subject(store: Store) -> dict[str, list[str]]:
    lines: dict[str, list[str]] = {}
    for line in store.graph_lines(REFERENCE):
        lines.setdefault(line.split(" ", 1)[0], []).append(line)
    return lines


@cache
def _shapes() -> tuple[Graph, Graph]:
    """The shapes, and the class hierarchy that a validated graph must hold beside its own triples."""
    from rdflib import RDFS, Graph

    folder = package_path("ontology")
    classes = Graph()
    classes += Graph().parse(folder / "health-governance.ttl").triples((None, RDFS.subClassOf, None))
    return Graph().parse(folder / "shapes.ttl"), classes


def validate(graph: str, lines: list[str], reference: Mapping[str, list[str]]) -> list[Problem]:
    """Violations in one graph's N-Quads lines, by pySHACL.

    ``reference`` has the lines that describe seeded entities, by subject; of
    these, what the graph refers to is validated with it.
    """
    import pyshacl
    from rdflib import Graph

    named = {term for line in lines for term in split(line)[::2]}
    around = chain.from_iterable(reference[term] for term in sorted(named & reference.keys()))
    shapes, classes = _shapes()
    data = Graph().parse(data="".join(map(_triple, chain(lines, around))), format="nt")
    data += classes
    conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    return [] if conforms else sorted(_results(graph, report), key=lambda p: (p.where, p.what))


def _triple(line: str) -> str:
    return line.rsplit(" ", 2)[0] + " .\n"


def _results(graph: str, report: Any) -> Iterator[Problem]:
    from rdflib import SH

    for result in report.subjects(SH.focusNode):
        node, shape = report.value(result, SH.focusNode), report.value(result, SH.sourceShape)
        messages = sorted(report.objects(result, SH.resultMessage), key=lambda m: m.language != "zh")
        yield Problem(str(node), "shape", f"violates {shape} in {graph}", " / ".join(map(str, messages)))


@cache
def must_be_empty() -> tuple[Rule, ...]:
    """The shipped rules, sorted by name."""
    return tuple(_rule(path) for path in sorted((package_path("ontology") / "must-be-empty").glob("*.rq")))


def _rule(path: Path) -> Rule:
    text = path.read_text("utf-8")
    what, todo, *_ = text.split("\n")
    if not (what.startswith("# ") and todo.startswith("# todo: ")):
        raise DataError(f"{path}:1: a line '# WHAT' and a line '# todo: WHAT TO DO' are expected; add them")
    return Rule(path.stem, what[2:], todo[8:], text)


def found_by(rule: Rule, store: Store) -> list[Problem]:
    """What one rule finds, at most a hundred; the last Problem then says that there is more."""
    answer = store.query(rule.text)
    rows = list(islice(answer.rows, _MOST + 1))
    problems = [_problem(rule, answer.columns, row) for row in rows[:_MOST]]
    if len(rows) > _MOST:
        problems.append(Problem(rule.name, rule.name, f"more than {_MOST} finds: {rule.what}", rule.todo))
    return problems


def _problem(rule: Rule, columns: tuple[str, ...], row: tuple[str | None, ...]) -> Problem:
    cells = ", ".join(f"{c} {term}" for c, term in zip(columns[1:], row[1:], strict=True) if term)
    return Problem((row[0] or "").strip("<>"), rule.name, f"{rule.what}: {cells}" if cells else rule.what, rule.todo)
