"""What the pages and measures are made of, from an output folder."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from kg.files import package_path
from kg.records import read_extractions
from kg.views.blocks import claim_files
from kg.views.facts import Facts, gather, read_concepts, read_problems, read_regions
from kg.views.measures import Table, cell_text
from kg.views.narrow import nearby
from kg.views.terms import guarded

__all__ = ["facts_of", "with_originals", "written"]


def facts_of(output: Path, *, within: str = "", years: str = "", texts: Mapping[str, str] | None = None) -> Facts:
    """All claims of a build, whether in one file or in parts; ``output`` may be a claims file.

    ``within`` and ``years`` (see ``narrow``) keep what is far from being wanted out of memory; ``texts`` are full
    texts by report key, of which those that match their SHA-256 are taken.
    """
    files, seeds = claim_files(output), package_path("seeds")
    regions = read_regions(seeds / "regions.tsv")
    blocks = chain.from_iterable(map(read_extractions, files))
    folder = output.parent if output.is_file() else output
    return gather(
        filter(nearby(regions, within=within, years=years), blocks),
        regions=regions,
        concepts=read_concepts(seeds / "programs.tsv"),
        problems=read_problems(folder / "problems.tsv"),
        texts=texts,
    )


def with_originals(facts: Facts, reports: Sequence[str]) -> tuple[Facts, tuple[str, ...]]:
    """The facts with the full texts found below files, folders and URLs, and the locations no claim comes from."""
    from kg.originals import originals
    from kg.sources import find

    found = originals(find(reports), facts.reports)
    return replace(facts, texts={**facts.texts, **found.texts}, sources=found.sources), found.strangers


def written(table: Table, form: str) -> str:
    """A measure as an aligned table, as CSV for spreadsheets, or as JSON."""
    rows = [[cell_text(cell) for cell in row] for row in table.rows]
    if form == "json":
        named = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        return json.dumps(named, ensure_ascii=False, indent=1) + "\n"
    if form == "csv":
        out = io.StringIO(newline="")
        csv.writer(out).writerows([table.columns, *([guarded(cell) for cell in row] for row in rows)])
        return "\ufeff" + out.getvalue()
    return _aligned([list(table.columns), *rows])


def _aligned(rows: list[list[str]]) -> str:
    from kg.views.tables import width

    sizes = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(c + " " * (n - width(c)) for c, n in zip(row, sizes, strict=True)).rstrip() for row in rows)
    return "\n".join(lines) + "\n"
