"""The flat files and pages of a build, drafted in a folder."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from kg.join import Around, join_claims, join_graph, join_held
from kg.parts import Part

__all__ = ["FLAT", "flat_files", "pages"]

FLAT = ("claims.jsonl", "graph.nq", "quarantine.nq")


def flat_files(parts: Collection[Part], around: Around, drafts: Path) -> None:
    """Claims, graph and quarantine, each as one file."""
    join_claims(parts, drafts / "claims.jsonl")
    join_graph(parts, around, drafts / "graph.nq")
    join_held(parts, drafts / "quarantine.nq")


def pages(store: Path, drafts: Path, *, flat: bool) -> None:
    """The explorer."""
