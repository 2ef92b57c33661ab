"""Parts from a claims file, ours or another extractor's.

The file is read once, report by report; bundles of 256 reports are spooled as
small parts and then merged part by part, so memory does not grow with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, groupby, islice
from pathlib import Path

from kg.engine import Engine
from kg.errors import DataError
from kg.model import Extraction
from kg.parts import Entry, Part, Piece, names, read_part, read_pieces, write_part
from kg.publish import empty
from kg.records import block
from kg.sources import digest_of, part_of
from kg.work import piece

__all__ = ["parts_of"]


def parts_of(extractions: Iterator[Extraction], work: Path, mark: str, engine: Engine) -> dict[str, Part]:
    """Parts from a claims file: spooled in bundles of 256 reports, then merged part by part."""
    seen: set[str] = set()
    spools: list[Path] = []
    while bundle := list(islice(extractions, 256)):
        spools.append(work / f"spool-{len(spools)}")
        pieces = sorted((_given(e, seen, engine) for e in bundle), key=_part_name)
        for name, group in groupby(pieces, key=_part_name):
            write_part(spools[-1], name, mark, group)
    merged = {name: _merged(spools, work, name, mark) for name in sorted({n for s in spools for n in names(s)})}
    for spool in spools:
        empty(spool)
    return merged


def _given(extraction: Extraction, seen: set[str], engine: Engine) -> Piece:
    """One report of a claims file."""
    report = extraction.report
    if report.key in seen:
        raise DataError(f"{report.key}: the report comes twice in the claims; remove one of its blocks")
    seen.add(report.key)
    return piece(Entry(report.file_name, digest_of(block(extraction).encode())), extraction, engine)


def _part_name(given: Piece) -> str:
    return part_of(given.entry.name)


def _merged(spools: list[Path], work: Path, name: str, mark: str) -> Part:
    found = filter(None, (read_part(spool, name) for spool in spools))
    return write_part(work, name, mark, chain.from_iterable(read_pieces(p, p.entries) for p in found))
