"""The store brought to what the parts say: graph by graph, or all at once.

``parts/store.json`` records which report's quads (by digest) the store holds.
Before a graph is touched its record is taken out, so that after a crash it is
written again; a graph nobody asked for is removed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.files import atomic
from kg.join import Found, standing
from kg.parts import Part, read_pieces
from kg.sources import digest_of

__all__ = ["sync"]

# Replacing graphs runs at some 30,000 quads/s, loading everything at 90,000:
# beyond a quarter of the reports it is quicker to load everything.
_SHARE = 0.25


def sync(store: Path, parts: Iterable[Part], reference: Path, whole: Path | None) -> None:
    """Make the store hold exactly these parts and publish a snapshot for readers.

    ``whole`` is a file with all quads, if there is one; otherwise the parts' own files are loaded.
    """
    from kg.graph.store import open_writer

    parts = list(parts)
    found = {entry.key: (part, entry) for part, entry in standing(parts)}
    wanted = {"": digest_of(reference.read_bytes()), **{key: entry.mark for key, (_, entry) in found.items()}}
    record = store / "holds.json"
    holds = _read(record) if (store / "current").is_file() else {}
    with open_writer(store) as target:
        changed = sorted(key for key, mark in wanted.items() if holds.get(key) != mark)
        gone = sorted(set(target.reports()) - wanted.keys()) if holds else []
        if "" in changed or len(changed) + len(gone) > len(wanted) * _SHARE:
            _write(record, {})
            target.fill([whole] if whole else [reference, *(part.file("nq") for part in parts)])
        elif changed or gone:
            _write(record, {key: mark for key, mark in holds.items() if key not in {*changed, *gone}})
            _replace(target, [found[key] for key in changed], gone)
        target.publish()
    _write(record, wanted)


def _replace(target: Any, changed: Iterable[Found], gone: Iterable[str]) -> None:
    for key in gone:
        target.remove(key)
    for part, entry in changed:
        piece = next(read_pieces(part, [entry]))
        target.replace(entry.key, piece.graph.decode().splitlines(), piece.catalogue.decode().splitlines())


def _read(record: Path) -> dict[str, str]:
    try:
        found = json.loads(record.read_text(encoding="utf-8"))
        return found if isinstance(found, dict) else {}
    except (FileNotFoundError, ValueError):
        return {}


def _write(record: Path, holds: dict[str, str]) -> None:
    with atomic(record) as out:
        json.dump(holds, out, ensure_ascii=False, indent=0)
