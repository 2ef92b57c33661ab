"""The store brought to what the parts say: graph by graph, or all at once.

``parts/store.json`` records which report's quads (by digest) the store holds.
Before a graph is touched its record is taken out, so that after a crash it is
written again; a graph nobody asked for is removed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.files import atomic
from kg.join import Around, Found, standing
from kg.parts import Part, read_pieces
from kg.sources import digest_of

if TYPE_CHECKING:
    from kg.graph.store import Store

__all__ = ["sync"]

_REFERENCE = "<reference>"

# Replacing graphs runs at some 30,000 quads/s, loading everything at 90,000:
# beyond a quarter of the reports it is quicker to load everything.
_SHARE = 0.25

# A file costs 20 ms to load; many files can be loaded at once. Below 64 MB one file is quicker.
_ONE_FILE = 64 << 20


def sync(store: Path, parts: Iterable[Part], around: Around, whole: Path | None) -> None:
    """Make the store hold exactly these parts and publish a snapshot for readers.

    ``whole`` is a file with all quads, if there is one; otherwise the parts' own files are loaded.
    """
    from kg.graph.store import open_writer

    parts = list(parts)
    found = {entry.key: (part, entry) for part, entry in standing(parts)}
    wanted = {key: entry.mark for key, (_, entry) in found.items()} | {
        f"<{name}>": digest_of(path.read_bytes()) for name, path in around._asdict().items()
    }
    record = store / "holds.json"
    holds = _read(record) if (store / "current").is_file() else {}
    with open_writer(store) as target:
        changed = {key for key, mark in wanted.items() if holds.get(key) != mark}
        gone = set(target.reports()) - wanted.keys() if holds else set()
        if _REFERENCE in changed or len(changed) + len(gone) > len(wanted) * _SHARE:
            _write(record, {})
            small = whole is not None and whole.stat().st_size < _ONE_FILE
            target.fill([whole] if whole and small else [*around, *(part.file("nq") for part in parts)])
        elif changed or gone:
            _write(record, {key: mark for key, mark in holds.items() if key not in changed | gone})
            _replace(target, [found[key] for key in sorted(changed & found.keys())], sorted(gone))
            _put_provenance(target, around.provenance)
        target.publish()
    _write(record, wanted)


def _replace(target: Store, changed: Iterable[Found], gone: Iterable[str]) -> None:
    for key in gone:
        target.remove(key)
    for part, entry in changed:
        piece = next(read_pieces(part, [entry]))
        target.replace(entry.key, piece.graph.decode().splitlines(), piece.catalogue.decode().splitlines())


def _put_provenance(target: Store, file: Path) -> None:
    """The provenance graph in place of the former one."""
    from kg.graph.nquads import node
    from kg.graph.provenance import PROVENANCE

    lines = file.read_text(encoding="utf-8").splitlines()
    body = " ".join(line.rsplit(" ", 2)[0] + " ." for line in lines)
    graph = node(PROVENANCE)
    target.engine.update(f"DROP SILENT GRAPH {graph} ; INSERT DATA {{ GRAPH {graph} {{ {body} }} }}")


def _read(record: Path) -> dict[str, str]:
    try:
        found = json.loads(record.read_text(encoding="utf-8"))
        return found if isinstance(found, dict) else {}
    except (FileNotFoundError, ValueError):
        return {}


def _write(record: Path, holds: dict[str, str]) -> None:
    with atomic(record) as out:
        json.dump(holds, out, ensure_ascii=False, indent=0)
