"""The 256 parts a build is kept in: per report its claims, quads and problems.

A part is five files in one folder: ``3f.jsonl`` (claims), ``3f.nq`` (of
each report the catalogue's lines, the graph and the lines of the summary), ``3f.held.nq`` (quads in
quarantine), ``3f.tsv`` (problems) and ``3f.json``, the index that says which
bytes belong to which report. The index
is written last and names the sizes of the others, so a part that a crash cut
short is seen and done again. Adding one report rewrites one part.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

from kg.files import atomic

__all__ = [
    "KINDS",
    "Counts",
    "Entry",
    "Part",
    "Piece",
    "move",
    "names",
    "read_part",
    "read_pieces",
    "remove",
    "total",
    "write_part",
]

KINDS = ("jsonl", "nq", "held.nq", "tsv")
Span = tuple[int, int]


class Counts(NamedTuple):
    """What one report, or many together, yielded; ``held`` are quads in quarantine."""

    characters: int = 0
    entities: int = 0
    claims: int = 0
    observations: int = 0
    quads: int = 0
    held: int = 0


NOTHING = Counts()


def total(counts: Iterable[Counts]) -> Counts:
    """The sums.

    >>> total([Counts(claims=1), Counts(claims=2)]).claims
    3
    """
    return Counts(*map(sum, zip(NOTHING, *counts, strict=True)))


class Entry(NamedTuple):
    """One file's line in the index.

    ``key`` and ``sha256`` are the report's, empty if it could not be read;
    ``duplicate_of`` names the file whose text this one repeats. The spans are
    offset and length in bytes; ``mark`` is a digest of its quads;
    ``applied`` are the lines of the curation table that applied.
    """

    name: str
    digest: str
    key: str = ""
    sha256: str = ""
    duplicate_of: str = ""
    claims: Span = (0, 0)
    catalogue: Span = (0, 0)
    graph: Span = (0, 0)
    summary: Span = (0, 0)
    held: Span = (0, 0)
    problems: Span = (0, 0)
    counts: Counts = NOTHING
    mark: str = ""
    applied: tuple[int, ...] = ()

    @property
    def id(self) -> tuple[str, str]:
        """Name and digest, as in Source."""
        return self.name, self.digest

    @property
    def stands(self) -> bool:
        """Whether the report is in the graph: readable and no duplicate."""
        return bool(self.key) and not self.duplicate_of


@dataclass(frozen=True, slots=True)
class Piece:
    """An entry with its bytes, on the way from a worker or an older part into a part."""

    entry: Entry
    claims: bytes = b""
    catalogue: bytes = b""
    graph: bytes = b""
    summary: bytes = b""
    held: bytes = b""
    problems: bytes = b""


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it lies on disk."""

    folder: Path
    name: str
    stamp: str = ""
    entries: tuple[Entry, ...] = ()

    def file(self, kind: str) -> Path:
        """The file of one kind: jsonl, nq, tsv or json."""
        return self.folder / f"{self.name}.{kind}"


def names(folder: Path) -> list[str]:
    """The parts that have an index in the folder."""
    return sorted(f.stem for f in folder.glob("??.json"))


def write_part(folder: Path, name: str, stamp: str, pieces: Iterable[Piece]) -> Part:
    """Write a part; the old one of this name is replaced, index last."""
    part = Part(folder, name)
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        out = {k: stack.enter_context(part.file(k + ".part").open("wb")) for k in KINDS}
        ordered = sorted(pieces, key=lambda p: (p.entry.key, *p.entry.id))
        entries = tuple(_append(out, p) for p in ordered)
        sizes = {k: out[k].tell() for k in KINDS}
    part.file("json").unlink(missing_ok=True)
    for kind in KINDS:
        part.file(kind + ".part").replace(part.file(kind))
    _write_index(part, {"stamp": stamp, "sizes": sizes, "entries": [_row(e) for e in entries]})
    return Part(folder, name, stamp, entries)


def _append(out: Mapping[str, IO[bytes]], piece: Piece) -> Entry:
    """Write one piece's bytes and return its entry with the new spans."""
    return piece.entry._replace(
        claims=_put(out["jsonl"], piece.claims),
        catalogue=_put(out["nq"], piece.catalogue),
        graph=_put(out["nq"], piece.graph),
        summary=_put(out["nq"], piece.summary),
        held=_put(out["held.nq"], piece.held),
        problems=_put(out["tsv"], piece.problems),
    )


def _put(out: IO[bytes], content: bytes) -> Span:
    return out.tell(), out.write(content)


def _write_index(part: Part, content: dict[str, Any]) -> None:
    with atomic(part.file("json")) as out:
        json.dump(content, out, ensure_ascii=False, separators=(",", ":"))


def _row(e: Entry) -> list[Any]:
    spans = [*e.claims, *e.catalogue, *e.graph, *e.summary, *e.held, *e.problems]
    return [e.name, e.digest, e.key, e.sha256, e.duplicate_of, spans, e.counts, e.mark, e.applied]


def _entry(row: list[Any]) -> Entry:
    name, digest, key, sha256, duplicate_of, s, counts, mark, applied = row
    spans = ((s[0], s[1]), (s[2], s[3]), (s[4], s[5]), (s[6], s[7]), (s[8], s[9]), (s[10], s[11]))
    return Entry(name, digest, key, sha256, duplicate_of, *spans, Counts(*counts), mark, tuple(applied))


def read_part(folder: Path, name: str) -> Part | None:
    """The part of that name, or None where it is missing or was cut short."""
    part = Part(folder, name)
    try:
        index = json.loads(part.file("json").read_text(encoding="utf-8"))
        whole = all(part.file(k).stat().st_size == index["sizes"][k] for k in KINDS)
        return Part(folder, name, index["stamp"], tuple(map(_entry, index["entries"]))) if whole else None
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def read_pieces(part: Part, entries: Iterable[Entry]) -> Iterator[Piece]:
    """Some entries of a part with their bytes."""
    with ExitStack() as stack:
        files = {k: stack.enter_context(part.file(k).open("rb")) for k in KINDS}
        for e in entries:
            yield Piece(
                e, _get(files["jsonl"], e.claims), _get(files["nq"], e.catalogue), _get(files["nq"], e.graph),
                _get(files["nq"], e.summary), _get(files["held.nq"], e.held), _get(files["tsv"], e.problems),
            )  # fmt: skip


def _get(file: IO[bytes], span: Span) -> bytes:
    file.seek(span[0])
    return file.read(span[1])


def move(part: Part, folder: Path) -> None:
    """Move a part's files into another folder, index last; an empty part only removes the old one."""
    target = Part(folder, part.name)
    folder.mkdir(parents=True, exist_ok=True)
    target.file("json").unlink(missing_ok=True)
    for kind in (*KINDS, "json"):
        part.file(kind).replace(target.file(kind))
    if not part.entries:
        remove(target)


def remove(part: Part) -> None:
    """Remove a part's files, index first."""
    for kind in ("json", *KINDS):
        part.file(kind).unlink(missing_ok=True)
