"""The summary says once what the graphs say, and follows a report that is replaced or removed."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.build import report_quads
from kg.graph.iris import BASE, report_iri
from kg.graph.nquads import split
from kg.graph.store import open_writer
from kg.graph.summary import SUMMARY, follow, summary, summary_of
from kg.graph.vocab import PREFIXES
from tests.graph.sample import EXTRACTIONS


def told(line: str) -> str:
    """A line in short: ``org:a leads org:b``."""
    subject, predicate, value, _ = (t.replace(BASE + "ontology#", "").replace(BASE, "") for t in split(line))
    return f"{subject} {predicate.rpartition('#')[2].rpartition('/')[2].strip('>')} {value}".replace("<", "").replace(
        ">", ""
    )


def graph(key: str, *triples: str) -> list[str]:
    """Lines of a report's graph; ``r plans p`` is the claim that says so, ``r reached v`` the observation."""
    out: set[str] = set()
    for triple in triples:
        subject, predicate, value = triple.split()
        if predicate == "plans":
            me = f"<{BASE}claim/{key}-{subject}-{value}>"
            out |= {
                f"{me} <{PREFIXES['rdf']}subject> <{BASE}region/{subject}>",
                f"{me} <{PREFIXES['rdf']}predicate> <{BASE}ontology#implements>",
                f"{me} <{PREFIXES['rdf']}object> <{BASE}program/{value}>",
                f"{me} <{BASE}ontology#status> <{BASE}ontology#Planned>",
            }
        elif predicate == "reached":
            me = f"<{BASE}observation/{value}>"
            out |= {
                f"{me} <{BASE}ontology#subject> <{BASE}region/{subject}>",
                f"{me} <{BASE}ontology#status> <{BASE}ontology#Realised>",
                f'{me} <{BASE}ontology#year> "2024"^^<{PREFIXES["xsd"]}gYear>',
            }
        else:
            out.add(f"<{BASE}region/{subject}> <{BASE}ontology#{predicate}> <{BASE}program/{value}>")
    return sorted(f"{line} <{report_iri(key)}> ." for line in out)


@pytest.mark.parametrize(
    ("triple", "why"),
    [
        ("org/330481-江滨市第一人民医院 everLeads org/330481-江滨市医共体", "an edge"),
        ("region/330481 everImplements program/chest-pain-center", "another"),
        ("org/330481-江滨市医共体 class MedicalAlliance", "the class of what a report describes"),
        ("org/330481-江滨市医共体 place region/330481", "its place"),
        ('org/330481-江滨市医共体 name "江滨市医共体"@zh', "its name"),
        ("observation/a000000000000001 everReachedBy region/330481", "whose a value is"),
        (f'observation/a000000000000001 inYear "2024"^^{PREFIXES["xsd"]}gYear', "and of which year"),
    ],
)
def test_a_reports_edges_and_the_names_of_their_ends_are_kept(triple: str, why: str) -> None:
    lines = {told(line) for line in summary_of(report_quads(EXTRACTIONS[0]))}
    assert triple in lines, why


@pytest.mark.parametrize("word", ["claim/", "#char=", "metric/", '"71.48', "altLabel", "#names=", '"@en'])
def test_neither_findings_nor_proof_nor_other_names_are_kept(word: str) -> None:
    assert not any(word in line for e in EXTRACTIONS for line in summary_of(report_quads(e)))


@pytest.mark.parametrize(
    ("status", "kept"),
    [("Realised", ["everReachedBy"]), ("Planned", ["everTargetOf"]), ("Stopped", [])],
)
def test_an_observation_is_kept_by_its_status(status: str, kept: list[str]) -> None:
    me = f"<{BASE}observation/1>"
    said = {
        f"<{BASE}ontology#subject>": [f"<{BASE}region/1>"],
        f"<{BASE}ontology#status>": [f"<{BASE}ontology#{status}>"],
    }
    assert list(map(told, summary({me: said}))) == [f"observation/1 {name} region/1" for name in kept]


def test_what_is_planned_is_kept_under_a_name_of_its_own() -> None:
    lines = summary_of(graph("a-1", "1 plans p", "1 implements q"))
    assert list(map(told, lines)) == ["region/1 everImplements program/q", "region/1 everPlans program/p"]


def test_nothing_changed_needs_no_update() -> None:
    lines = summary_of(graph("a-1", "1 implements p"))
    assert follow(lines, lines) == ""


EDGES = st.sampled_from([f"{r} {p} {q}" for r in "12" for p in ("implements", "plans", "reached") for q in "pq"])
STEPS = st.lists(st.tuples(st.sampled_from(["a-1", "b-1"]), st.frozensets(EDGES, max_size=4)), min_size=1, max_size=6)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_the_summary_follows_what_replaced_and_removed_reports_say(steps: list[tuple[str, frozenset[str]]]) -> None:
    """After any steps it is the one made from all graphs at once; an empty graph stands for a removal."""
    now: dict[str, list[str]] = {}
    with TemporaryDirectory() as folder, open_writer(Path(folder) / "store") as store:
        for key, triples in steps:
            now[key] = graph(key, *triples)
            if triples:
                store.replace(key, now[key])
            else:
                store.remove(key)
            assert list(store.graph_lines(SUMMARY)) == sorted({x for g in now.values() for x in summary_of(g)})
