"""Facts of the sample reports, full texts included: what the views show of real language."""

from __future__ import annotations

from pathlib import Path

from kg.files import package_path
from kg.originals import originals
from kg.pipeline import Options, extract
from kg.views.facts import Facts, load


def facts(folder: Path) -> Facts:
    """Extracted anew into the folder."""
    files = [str(f) for f in sorted((package_path("seeds") / "reports").glob("*.txt"))]
    extract(files, folder / "claims.jsonl", folder / "problems.tsv", Options(workers=1))
    bare = load(folder / "claims.jsonl")
    return load(folder / "claims.jsonl", texts=originals(files, bare.reports).texts)
