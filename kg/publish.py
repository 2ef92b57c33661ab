"""From settled parts to what people use: flat files, store, page, run.json.

Everything is drafted in ``.work`` and moved into place at the end. run.json is
removed first and written last, so a build that was stopped while publishing
publishes again; nothing of it depends on how far the stopped one came.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from kg import __version__
from kg.clock import Clock
from kg.engine import reference_lines, reference_summary
from kg.files import atomic
from kg.flat import FLAT, flat_files, pages
from kg.join import Around, join_problems, standing
from kg.model import Problem
from kg.parts import Counts, Part, move, total
from kg.sources import Source, digest_of, look
from kg.sync import sync

__all__ = ["PARTS", "WORK", "Built", "empty", "publish"]

WORK, PARTS, STORE = ".work", "parts", "store"
RUN, PROBLEMS, INDEX = "run.json", "problems.tsv", "index.html"
REFERENCE, PROVENANCE, SUMMARY = "reference.nq", "provenance.nq", "reference.summary.nq"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build left.

    ``left_out`` are files that are not in the graph: unreadable, failed or
    duplicates. ``content`` is a digest of everything published; equal builds
    have equal ones. ``fresh`` is False when all of it was there already.
    """

    files: int
    reports: int
    left_out: int
    counts: Counts
    flat: bool
    content: str
    problems: int = 0
    fresh: bool = True


def publish(  # noqa: PLR0913 - what is published, and what run.json says of it
    output: Path,
    parts: Mapping[str, Part],
    stamp: str,
    repeats: Sequence[Problem],
    *,
    flat: bool,
    clock: Clock,
    curation: Path | None = None,
    sources: Iterable[Source] = (),
) -> Built:
    """Bring the output folder to what the parts say; does nothing where it does already.

    ``sources`` are where full texts are read from for the page; without them it quotes sentences only.
    """
    built = _summary(parts.values(), stamp, repeats, flat=flat)
    if (before := _last(output)) and before["content"] == built.content and _all_there(output, built):
        return replace(built, problems=before["problems"], fresh=False)
    (output / RUN).unlink(missing_ok=True)
    drafts = output / WORK / "publish"
    empty(drafts)
    drafts.mkdir(parents=True)
    with clock.stage("join"):
        known = before is not None and before.get("stamp") == stamp
        reference, summary = _reference(drafts, output / PARTS if known else drafts)
        around = Around(reference, _provenance(drafts / PROVENANCE, parts.values(), curation), summary)
        problems = join_problems(parts.values(), repeats, drafts / PROBLEMS)
        if flat:
            flat_files(parts.values(), around, drafts)
    with clock.stage("store"):
        sync(output / STORE, parts.values(), around)
    if flat:
        with clock.stage("pages"):
            statements = built.counts.claims + built.counts.observations
            pages(drafts, statements, _locations(parts.values(), sources), output / INDEX)
    _into_place(output, parts, drafts)
    built = replace(built, problems=problems)
    _record(output / RUN, built, stamp, clock)
    empty(output / WORK)
    return built


def _summary(parts: Iterable[Part], stamp: str, repeats: Sequence[Problem], *, flat: bool) -> Built:
    entries = sorted((e for part in parts for e in part.entries), key=lambda e: (e.key, *e.id))
    found = [e for e in entries if e.stands]
    said = [
        stamp,
        look(),
        str(flat),
        str(repeats),
        *(f"{e.name} {e.digest} {e.mark} {e.duplicate_of}" for e in entries),
    ]
    content = digest_of("\n".join(said).encode("utf-8", "replace"))
    return Built(
        files=len(entries), reports=len(found), left_out=len(entries) - len(found),
        counts=total(e.counts for e in found), flat=flat, content=content,
    )  # fmt: skip


def _last(output: Path) -> dict[str, Any] | None:
    """What run.json says of the last build that finished."""
    try:
        found = json.loads((output / RUN).read_text(encoding="utf-8"))
        return found if isinstance(found, dict) and {"content", "problems"} <= found.keys() else None
    except (FileNotFoundError, ValueError):
        return None


def _all_there(output: Path, built: Built) -> bool:
    wanted = {*FLAT, PROBLEMS} - {INDEX} if built.flat else {PROBLEMS}
    return all((output / name).is_file() for name in wanted) and (output / STORE / "current").is_file()


def _locations(parts: Iterable[Part], sources: Iterable[Source]) -> dict[str, str]:
    """Where the reports of the graph lie, by key."""
    places = {source.id: source.location for source in sources}
    return {entry.key: places[entry.id] for _, entry in standing(parts) if entry.id in places}


def _reference(drafts: Path, made: Path) -> tuple[Path, Path]:
    """The reference graph and what it gives to the summary, as files; not written anew where they are ``made``."""
    if (made / REFERENCE).is_file() and (made / SUMMARY).is_file():
        return made / REFERENCE, made / SUMMARY
    return _lines(drafts / REFERENCE, reference_lines()), _lines(drafts / SUMMARY, reference_summary())


def _lines(target: Path, lines: Iterable[str]) -> Path:
    """A graph as a file."""
    with atomic(target) as out:
        out.writelines(f"{line}\n" for line in lines)
    return target


def _provenance(target: Path, parts: Iterable[Part], curation: Path | None) -> Path:
    """The graph that says what went into the build, as a file."""
    from kg.graph.provenance import provenance_quads

    found = {entry.key: entry for _, entry in standing(parts)}
    triples = sum(entry.counts.quads for entry in found.values())
    return _lines(target, provenance_quads({key: entry.sha256 for key, entry in found.items()}, curation, triples))


def _into_place(output: Path, parts: Mapping[str, Part], drafts: Path) -> None:
    """Move parts and files to where people look; remove flat files that this build does not make."""
    (output / PARTS).mkdir(exist_ok=True)
    for part in parts.values():
        if part.folder != output / PARTS:
            move(part, output / PARTS)
    for name in (REFERENCE, PROVENANCE, SUMMARY):
        if (drafts / name).exists():
            (drafts / name).replace(output / PARTS / name)
    for name in (*FLAT, PROBLEMS):
        draft = drafts / name
        if draft.exists():
            draft.replace(output / name)
        else:
            (output / name).unlink(missing_ok=True)


def _record(target: Path, built: Built, stamp: str, clock: Clock) -> None:
    """run.json: the only file that knows the time."""
    when = datetime.now(timezone.utc).isoformat(timespec="seconds")
    run = {"kg": __version__, "finished": when, "seconds": clock.seconds, "stamp": stamp, **asdict(built)}
    run["counts"] = built.counts._asdict()
    with atomic(target) as out:
        json.dump(run, out, ensure_ascii=False, indent=1)
        out.write("\n")


def empty(folder: Path) -> None:
    """Remove a folder with all that is in it, if it is there."""
    if folder.exists():
        shutil.rmtree(folder)
