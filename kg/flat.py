"""The flat files and pages of a build, drafted in a folder."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.files import atomic
from kg.join import Around, join_claims, join_graph, join_held
from kg.parts import Part
from kg.views.turtle import trig, turtle

if TYPE_CHECKING:
    from kg.views.facts import Facts

__all__ = ["FLAT", "flat_files", "pages"]

FLAT = ("claims.jsonl", "graph.nq", "graph.trig", "graph.ttl", "quarantine.nq", "index.html")


def flat_files(parts: Collection[Part], around: Around, drafts: Path) -> None:
    """Claims, graph and quarantine, each as one file; the graph as N-Quads, TriG and Turtle."""
    join_claims(parts, drafts / "claims.jsonl")
    join_graph(parts, around, drafts / "graph.nq")
    join_held(parts, drafts / "quarantine.nq")
    _rewritten(drafts / "graph.nq", trig, drafts / "graph.trig")
    _rewritten(drafts / "graph.nq", turtle, drafts / "graph.ttl")


def _rewritten(quads: Path, form: Callable[[Iterable[str]], Iterator[str]], target: Path) -> None:
    """N-Quads in another form, as they are read."""
    with quads.open(encoding="utf-8", newline="\n") as lines, atomic(target) as out:
        out.writelines(form(line[:-1] for line in lines))


def pages(drafts: Path, statements: int, locations: Mapping[str, str], before: Path) -> None:
    """``index.html``: the explorer of all claims, if there are any and one page holds them.

    ``statements`` is the number of claims and observations; ``locations`` says
    by report key which files and URLs hold the full texts; texts that the page
    ``before`` carries are not read again.
    """
    from kg.views.site import fits, site

    if statements and fits(statements):
        with atomic(drafts / "index.html") as out:
            out.write(site(_with_texts(drafts / "claims.jsonl", locations, before)))


def _with_texts(claims: Path, locations: Mapping[str, str], before: Path) -> Facts:
    from kg.originals import originals
    from kg.views.facts import load
    from kg.views.site import carried

    known = {key: text for key, text in carried(before).items() if key in locations}
    facts = load(claims, texts=known)
    missing = [place for key, place in locations.items() if key not in facts.texts]
    return replace(facts, texts={**facts.texts, **originals(missing, facts.reports).texts})
