"""What a worker does: some files of a part become that part's claims, quads and problems.

A worker gets a job, writes files and answers with counts; texts never travel
between processes. The same jobs run in this process, in worker processes and
on other machines, in any order, with the same bytes as result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.engine import Engine
from kg.errors import KgError, ReadError
from kg.files import canonical_tsv
from kg.model import Extraction, Problem, Report
from kg.parts import Counts, Entry, Part, Piece, read_part, read_pieces, write_part
from kg.records import block
from kg.sources import Source, digest_of, local

__all__ = ["COLUMNS", "Done", "Job", "piece", "problem_bytes", "run"]

COLUMNS = ["where", "kind", "what", "todo"]

# What a fault of ours in reading one strange report looks like. It becomes a
# Problem and the other reports are built; anything else stops the build.
_FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Job:
    """One part to be made: its sources, where it lay before, where it goes.

    ``duplicates`` maps sources (name, digest) to the file whose text they
    repeat; they keep an entry but no claims. ``weight`` is the number of
    files that must be read.
    """

    part: str
    sources: tuple[Source, ...]
    old: str
    into: str
    stamp: str
    duplicates: dict[tuple[str, str], str] = field(default_factory=dict)
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Done:
    """What a worker answers: the part, files read anew, files in all."""

    part: str
    fresh: int
    files: int


def run(job: Job, engine: Engine) -> Done:
    """Make one part: carry over what is known, read the rest, write."""
    old = read_part(Path(job.old), job.part) if job.old else None
    usable = _usable(old, job) if old else []
    kept = {e.id for e in usable}
    pieces = list(read_pieces(old, usable)) if old else []
    fresh = [s for s in job.sources if s.id not in kept]
    pieces += [_fresh(s, job.duplicates.get(s.id, ""), engine) for s in fresh]
    write_part(Path(job.into), job.part, job.stamp, pieces)
    return Done(job.part, len(fresh), len(job.sources))


def _usable(old: Part, job: Job) -> list[Entry]:
    """The entries of the older part that are still wanted and hold what is wanted of them."""
    if old.stamp != job.stamp:
        return []
    wanted = {s.id: job.duplicates.get(s.id, "") for s in job.sources}
    return [e for e in old.entries if wanted.get(e.id) == e.duplicate_of]


def _fresh(source: Source, duplicate_of: str, engine: Engine) -> Piece:
    """Read and extract one file; whatever is wrong with it becomes a Problem."""
    try:
        with local(source) as path:
            return _from_file(path, source, duplicate_of, engine)
    except OSError as fault:
        return _left_out(source, "unreadable", str(fault), source.location)


def _from_file(path: Path, source: Source, duplicate_of: str, engine: Engine) -> Piece:
    entry = Entry(source.name, source.digest)
    try:
        report = engine.read(path)
        if duplicate_of:
            return _duplicate(entry, report, duplicate_of)
        return _curated(entry, engine.extract(report), engine)
    except ReadError as fault:
        return _left_out(source, "unreadable", str(fault), str(path))
    except KgError as fault:
        return _left_out(source, "invalid", str(fault), str(path))
    except _FAULTS as fault:
        return _left_out(source, "fault", f"{type(fault).__name__}: {fault}", str(path))


def _left_out(source: Source, kind: str, what: str, path: str) -> Piece:
    """An entry without a report; its problem names the file, not the folder it lay in."""
    todo = "mend or remove the file; the others are built"
    problem = Problem(source.name, kind, what.replace(path, source.name), todo)
    return Piece(Entry(source.name, source.digest), problems=problem_bytes([problem]))


def _curated(entry: Entry, extraction: Extraction, engine: Engine) -> Piece:
    """A piece after the experts' decisions."""
    if engine.curation is None:
        return piece(entry, extraction, engine)
    from kg.claims.curate import curate

    curated = curate(extraction, engine.curation)
    return piece(entry._replace(applied=tuple(sorted(curated.applied))), curated.extraction, engine)


def _duplicate(entry: Entry, report: Report, of: str) -> Piece:
    """An entry without claims, for a text that another file holds too."""
    problem = Problem(entry.name, "duplicate", f"the text is that of {of}", "remove one of the two files")
    marked = entry._replace(key=report.key, sha256=report.sha256, duplicate_of=of)
    return Piece(marked, problems=problem_bytes([problem]))


def piece(entry: Entry, extraction: Extraction, engine: Engine) -> Piece:
    """An extraction as bytes, with what the index says of it."""
    quads, report = engine.quads(extraction), extraction.report
    catalogue, graph, summary = _lines(quads.catalogue), _lines(quads.graph), _lines(quads.summary)
    counts = Counts(
        len(report.text), len(extraction.entities), len(extraction.claims), len(extraction.observations),
        len(quads.catalogue) + len(quads.graph), len(quads.held),
    )  # fmt: skip
    mark = digest_of(catalogue + b"\0" + graph)[:16]
    described = entry._replace(key=report.key, sha256=report.sha256, counts=counts, mark=mark)
    claims = block(extraction).encode("utf-8", "replace")
    problems = problem_bytes([*extraction.problems, *quads.problems])
    return Piece(described, claims, catalogue, graph, summary, _lines(quads.held), problems)


def _lines(quads: Sequence[str]) -> bytes:
    return "".join(f"{q}\n" for q in quads).encode()


def problem_bytes(problems: Sequence[Problem]) -> bytes:
    """Problems as sorted lines of problems.tsv, without its header."""
    rows = sorted({(p.where, p.kind, p.what, p.todo) for p in problems})
    table = canonical_tsv(COLUMNS, (dict(zip(COLUMNS, row, strict=True)) for row in rows))
    return table.split("\n", 1)[1].encode("utf-8", "replace")
