"""The store brought to what the parts say: graph by graph, or all at once.

``parts/store.json`` records which report's quads (by digest) the store holds.
Before a graph is touched its record is taken out, so that after a crash it is
written again; a graph nobody asked for is removed. The store is only asked
which graphs it holds, 0.1 s for 10,000, where the record is not of a build that
came to its end.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.files import atomic
from kg.join import Around, Found, join_graph, standing
from kg.parts import Part, read_pieces
from kg.sources import digest_of

if TYPE_CHECKING:
    from kg.graph.store import Store

__all__ = ["sync"]

_REFERENCE, _WHOLE = "<reference>", "<whole>"

# Replacing graphs runs at some 30,000 quads/s, loading everything at 90,000:
# beyond a quarter of the reports it is quicker to load everything.
_SHARE = 0.25

# A file costs 20 ms to load; many files can be loaded at once. Below 64 MB one file is quicker.
_ONE_FILE = 64 << 20


def sync(store: Path, parts: Iterable[Part], around: Around) -> None:
    """Make the store hold exactly these parts and publish a snapshot for readers."""
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
        there = holds.keys() - {_WHOLE} if _WHOLE in holds else target.reports() if holds else ()
        gone = set(there) - wanted.keys()
        if _REFERENCE in changed or len(changed) + len(gone) > len(wanted) * _SHARE:
            _write(record, {})
            target.fill(_files(parts, around), own=True)
            target.compact()
        elif changed or gone:
            _write(record, {key: mark for key, mark in holds.items() if key not in changed | gone | {_WHOLE}})
            _replace(target, [found[key] for key in sorted(changed & found.keys())], sorted(gone))
            _put_provenance(target, around.provenance)
        target.publish()
    _write(record, wanted | {_WHOLE: ""})


def _files(parts: list[Part], around: Around) -> list[Path]:
    """The files to load: the parts' own, or all of them in one where that is quicker."""
    files = [*around, *(part.file("nq") for part in parts)]
    if sum(file.stat().st_size for file in files) >= _ONE_FILE:
        return files
    whole = around.provenance.with_name("whole.nq")  # among the drafts
    join_graph(parts, around, whole)
    return [whole]


def _replace(target: Store, changed: Iterable[Found], gone: Iterable[str]) -> None:
    for key in gone:
        target.remove(key)
    for part, entry in changed:
        piece = next(read_pieces(part, [entry]))
        target.replace(entry.key, _lines(piece.graph.decode()), _lines(piece.catalogue.decode()))


def _lines(quads: str) -> list[str]:
    """The quads of a text; only a line feed ends one (a literal may hold U+2028, which splitlines cuts at)."""
    return [line for line in quads.split("\n") if line]


def _put_provenance(target: Store, file: Path) -> None:
    """The provenance graph in place of the former one."""
    from kg.graph.nquads import node
    from kg.graph.provenance import PROVENANCE

    lines = _lines(file.read_text(encoding="utf-8"))
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
