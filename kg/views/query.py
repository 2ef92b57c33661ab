"""Ask the graph: a question's name, SPARQL text or a file, of a store or a server.

A query runs in a child process that is killed at its deadline, because neither
the engine nor a server can be relied on to stop. Too many rows or
bytes are errors as well: an answer is whole or it is none. Values are bound as
terms (``kg.views.guard.bind``), never written into the text.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import kg
from kg.errors import StoreError, UsageError
from kg.graph.iris import BASE, identifier, iri
from kg.graph.nquads import language, node, text
from kg.views import guard, named
from kg.views.limits import Limits
from kg.views.order import ordered
from kg.views.terms import display

__all__ = ["Result", "ask", "run"]

_PATHS = ("region/", "org/", "program/", "local-program/", "report/", "claim/", "observation/", "metric/")
_NAMES = (
    "SELECT ?found (MIN(?place) AS ?in) {{ ?found {} ?name FILTER(ISIRI(?found)) "
    "OPTIONAL {{ ?found (hg:within|hg:locatedIn)/skos:prefLabel ?place }} }} GROUP BY ?found ORDER BY ?found"
)


@dataclass(frozen=True, slots=True)
class Result:
    """An answer: ``kind`` is select, ask or graph; rows hold N-Triples terms, None where unbound."""

    kind: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


def run(
    target: str | Path,
    question: str,
    values: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    allowed: Set[str] = frozenset(),
) -> Result:
    """Answer a question: its name, SPARQL text, or ``@file.rq``.

    ``target`` is a store's folder or the address of a SPARQL server; ``values``
    are the question's parameters by name; ``allowed`` names the addresses that
    SERVICE and FROM may reach. The rows of a file that names its order come in
    it. Raises UsageError for a question or value that
    cannot work, StoreError for a query that is wrong, late, or too large.
    """
    limits = limits or Limits()
    asked = _question(question)
    guard.check(asked.text, allowed)
    bound = {name: _term(target, asked, name, value, limits) for name, value in _given(asked, values or {}).items()}
    found = ask(target, guard.bind(asked.text, bound), limits)
    return replace(found, rows=ordered(found.rows, found.columns, asked.order))


def _question(question: str) -> named.Question:
    if question.startswith("@"):
        return named.read(Path(question[1:]))
    if "{" not in question and len(question.split()) == 1:
        return named.find(question)
    return named.Question("", "", (), question)


def _given(asked: named.Question, values: Mapping[str, str]) -> dict[str, str]:
    """Values with the defaults filled in; UsageError for a missing one or an unknown name."""
    known = {parameter.name: parameter for parameter in asked.parameters}
    if known and (strange := sorted(set(values) - set(known))):
        raise UsageError(f"parameter {strange[0]!r} is not known; {asked.name} takes {', '.join(known)}")
    given = {name: p.default for name, p in known.items() if p.default is not None} | dict(values)
    for name, parameter in known.items():
        if name not in given:
            raise UsageError(f"{asked.name} needs {name} ({parameter.words}); give it as {name}=…")
    return given


def _term(target: str | Path, asked: named.Question, name: str, value: str, limits: Limits) -> str:
    """A value as a term: text as declared; otherwise an entity when it looks like one, or is declared so."""
    kind = next((p.kind for p in asked.parameters if p.name == name), "")
    if kind != "text" and value.startswith(_PATHS):
        return node(iri(value))
    if kind != "text" and value.startswith(("http://", "https://")):
        return node(_checked(value))
    return _named(target, value, limits) if kind == "entity" else text(value)


def _checked(address: str) -> str:
    """An IRI a person gave, our own brought to the form the graph has; UsageError for one that cannot be."""
    if re.search(r'[\x00-\x20<>"{}|^`\\]', address):
        raise UsageError(f"{address!r} is no IRI; percent-encode its special characters")
    return iri(identifier(address)) if address.startswith(BASE) and "#" not in address else address


def _named(target: str | Path, name: str, limits: Limits) -> str:
    """The one entity of this name, by full name before alias; UsageError for none or several."""
    for label in ("skos:prefLabel", "skos:altLabel"):
        asked = guard.bind(_NAMES.format(label), {"name": language(name, "zh")})
        found = ask(target, asked, limits).rows
        if len(found) == 1 and found[0][0]:
            return found[0][0]
        if found:
            several = "; ".join(f"{display(row[0])} {display(row[1])}".strip() for row in found[:9])
            raise UsageError(f"{name!r} names {len(found)} entities: {several}; give the identifier of one")
    raise UsageError(f"{name!r} names nothing in this graph; give a full name or an identifier such as region/330481")


def ask(target: str | Path, query: str, limits: Limits) -> Result:
    """Answer SPARQL text as it stands, within the limits."""
    request = {"store": str(target), "query": query, **asdict(limits)}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kg.views.ask"], input=json.dumps(request).encode(), capture_output=True,
            timeout=limits.seconds, env=_environment(), check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise StoreError(f"no answer within {limits.seconds:g} s; narrow the query or raise the deadline") from None
    return _result(done)


def _environment() -> dict[str, str]:
    """The child finds the same package as this process, installed or not."""
    root = str(Path(kg.__file__).resolve().parent.parent)
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _result(done: subprocess.CompletedProcess[bytes]) -> Result:
    lines = done.stdout.split(b"\n")[:-1]
    last = json.loads(lines[-1]) if lines else []
    if isinstance(last, dict) and "error" in last:
        raise StoreError(last["error"])
    if not isinstance(last, dict) or last.get("end") != len(lines) - 2:
        words = done.stderr.decode("utf-8", "replace").strip().rsplit("\n", 1)[-1] or "no message"
        raise StoreError(
            f"the query ended without an answer (code {done.returncode}: {words}); "
            "it may have needed more memory than allowed: narrow it or raise the limit"
        )
    head = json.loads(lines[0])
    return Result(head["kind"], tuple(head["columns"]), tuple(tuple(json.loads(line)) for line in lines[1:-1]))
