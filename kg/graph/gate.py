"""The gate: what breaks a shape is kept out of its report's graph, with the reason.

One report's quads are judged before they are published. A node that violates
a shape moves whole to the quarantine graph; so does every claim or
observation that rests on it, every plain triple that only such claims stand
behind, and every span that only they quote. Nothing is lost: accepted and
quarantined lines together are the lines that came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from kg.graph import vocab as v
from kg.graph.constraints import Nodes, Table
from kg.graph.iris import BASE
from kg.graph.nquads import split, text
from kg.graph.shapes import Violation, shapes, violations
from kg.graph.summary import nodes_of, summary
from kg.model import Problem

__all__ = ["QUARANTINE", "Gate", "Verdict", "admit", "gate", "nodes_of"]

QUARANTINE = BASE + "graph/quarantine"
_REASON, _VIOLATES = v.hg("quarantineReason"), v.hg("violates")
_REPORT, _STATUS, _REALISED = v.hg("report"), v.hg("status"), v.hg("Realised")
_SAME_FATE = "What it refers to is in quarantine; mend that first"
_SAME_FATE_ZH = "所引用的内容已被隔离；请先处理该内容"

Quad = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Gate:
    """The shapes, and the classes of what the reference graph describes."""

    table: Table
    types: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Lines of the report's graph and of the summary, lines for the quarantine graph, and what to mend.

    ``accepted`` and ``quarantined`` together are the lines judged (the latter
    with the quarantine graph's name); ``reasons`` are lines added about them.
    """

    accepted: list[str]
    quarantined: list[str]
    reasons: list[str]
    problems: list[Problem]
    summary: list[str]


def gate(reference: Iterable[str]) -> Gate:
    """A gate that knows the shipped shapes and the classes stated in the reference graph's lines."""
    types: dict[str, set[str]] = {}
    for line in reference:
        if v.TYPE in line:
            node, predicate, kind, _ = split(line)
            if predicate == v.TYPE:
                types.setdefault(node, set()).add(kind)
    return Gate(shapes(), {node: frozenset(kinds) for node, kinds in types.items()})


def admit(gate: Gate, lines: Sequence[str], file_name: str) -> Verdict:
    """Judge the quads of one report's graph; ``file_name`` is where problems point to.

    The order of the lines is kept, and lines that pass are passed on as they are.
    """
    quads = [split(line) for line in lines]
    nodes = nodes_of(quads)
    faults = sorted(violations(nodes, gate.table, gate.types), key=lambda f: (f.node, f.shape))
    if not faults:
        return Verdict(list(lines), [], [], [], summary(nodes))
    bad = {fault.node for fault in faults}
    bad |= _resting_on(bad, quads, nodes)
    withdrawn = _withdrawn(nodes, bad)
    moved = [_moves(quad, bad, withdrawn) for quad in quads]
    kept = [quad for quad, gone in zip(quads, moved, strict=True) if not gone]
    return Verdict(
        accepted=[line for line, gone in zip(lines, moved, strict=True) if not gone],
        quarantined=[_elsewhere(quad) for quad, gone in zip(quads, moved, strict=True) if gone],
        reasons=_reasons(faults, bad),
        problems=_problems(faults, bad, nodes, file_name),
        summary=summary(nodes_of(kept)),
    )


def _resting_on(bad: set[str], quads: Sequence[Quad], nodes: Nodes) -> set[str]:
    """Findings and namings that refer to a bad node, and spans that only these quote."""
    fallen = {s for s, _, value, _ in quads if value in bad and _REPORT in nodes[s]}
    gone = bad | fallen
    quoted: dict[str, set[str]] = {}
    for subject, predicate, value, _ in quads:
        if predicate == v.DERIVED_FROM:
            quoted.setdefault(value, set()).add(subject)
    return fallen | {span for span, by in quoted.items() if by <= gone}


def _withdrawn(nodes: Nodes, bad: set[str]) -> set[tuple[str, ...]]:
    """Plain triples that a quarantined claim stood behind, and no accepted one does."""
    backed: dict[bool, set[tuple[str, ...]]] = {True: set(), False: set()}
    for node, said in nodes.items():
        if _REALISED in said.get(_STATUS, ()) and v.PREDICATE in said:
            backed[node in bad] |= set(product(said.get(v.SUBJECT, ()), said[v.PREDICATE], said.get(v.OBJECT, ())))
    return backed[True] - backed[False]


def _moves(quad: Quad, bad: set[str], withdrawn: set[tuple[str, ...]]) -> bool:
    return quad[0] in bad or quad[2] in bad or quad[:3] in withdrawn


def _elsewhere(quad: Quad) -> str:
    return f"{quad[0]} {quad[1]} {quad[2]} <{QUARANTINE}> ."


def _reasons(faults: Sequence[Violation], bad: set[str]) -> list[str]:
    lines = {f"{f.node} {_VIOLATES} {f.shape} <{QUARANTINE}> ." for f in faults}
    lines |= {f"{f.node} {_REASON} {text(f.message)} <{QUARANTINE}> ." for f in faults}
    same = text(f"{_SAME_FATE_ZH} / {_SAME_FATE}")
    lines |= {f"{node} {_REASON} {same} <{QUARANTINE}> ." for node in bad - {f.node for f in faults}}
    return sorted(lines)


def _problems(faults: Sequence[Violation], bad: set[str], nodes: Nodes, file_name: str) -> list[Problem]:
    rows = [(f.node, f"{f.node[1:-1]} violates {f.shape[1:-1]}", f.message) for f in faults]
    for node in sorted(bad - {f.node for f in faults}):
        if _REPORT in nodes.get(node, {}):
            rows.append((node, f"{node[1:-1]} refers to what is in quarantine", f"{_SAME_FATE_ZH} / {_SAME_FATE}"))
    return [Problem(_place(node, nodes, file_name), "quarantined", what, todo) for node, what, todo in rows]


def _place(node: str, nodes: Nodes, file_name: str) -> str:
    """The file, with the characters a finding rests on."""
    for span in (node, *nodes.get(node, {}).get(v.DERIVED_FROM, ())):
        _, found, chars = span.rpartition("#char=")
        if found:
            return f"{file_name}#char={chars[:-1]}"
    return file_name
