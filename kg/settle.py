"""From what is known to what is wanted: which parts must be made again, until none is left.

A part is settled when its index holds exactly the files that are there now,
made under the present stamp, with the same duplicates. Two rounds at most:
whether a new file repeats another's text is known once it was read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.errors import KgError
from kg.parts import Entry, Part, names, read_part, remove
from kg.sources import Source, by_part
from kg.work import Done, Job

__all__ = ["Progress", "Runner", "duplicates", "known", "settle", "unsettled"]

Runner = Callable[[list[Job]], Iterator[Done]]
Progress = Callable[[int, int], None]
Id = tuple[str, str]


def known(published: Path, work: Path, stamp: str) -> dict[str, Part]:
    """The parts there are: published ones, and newer drafts a stopped build left.

    Drafts made under another stamp are removed.
    """
    parts = {name: part for name in names(published) if (part := read_part(published, name))}
    for name in names(work):
        draft = read_part(work, name)
        if draft and draft.stamp == stamp:
            parts[name] = draft
        else:
            remove(Part(work, name))
    return parts


def settle(  # noqa: PLR0913, PLR0917 - the six things the loop turns on
    sources: Iterable[Source],
    parts: dict[str, Part],
    work: Path,
    stamp: str,
    run: Runner,
    progress: Progress,
) -> dict[str, Part]:
    """Run jobs until all parts are settled; drafts go to ``work``.

    ``progress`` is told the files done and the files to do.
    """
    wanted, now = by_part(sources), dict(parts)
    while jobs := list(unsettled(wanted, now, work, stamp)):
        done, total = 0, sum(job.weight for job in jobs)
        progress(0, total)
        for result in run(jobs):
            now[result.part] = _drafted(work, result.part)
            done += result.fresh
            progress(done, total)
    return now


def _drafted(work: Path, name: str) -> Part:
    part = read_part(work, name)
    if part is None:
        raise KgError(f"{work}: a worker made part {name}, but it is not here; give an output folder all workers share")
    return part


def unsettled(wanted: dict[str, list[Source]], parts: dict[str, Part], work: Path, stamp: str) -> Iterator[Job]:
    """A job for each part that is not as it should be."""
    current = {name: part.entries for name, part in parts.items() if part.stamp == stamp}
    here = {s.id for sources in wanted.values() for s in sources}
    repeated = duplicates(e for entries in current.values() for e in entries if e.id in here)
    for name in sorted(wanted.keys() | parts.keys()):
        sources = wanted.get(name, [])
        want = {s.id: repeated.get(s.id, "") for s in sources}
        have = {e.id: e.duplicate_of for e in current.get(name, ())}
        if want != have or name not in current:
            missing = len(want.items() - have.items())
            old = str(parts[name].folder) if name in parts else ""
            marked = {key: of for key, of in want.items() if of}
            yield Job(name, tuple(sources), old, str(work), stamp, marked, missing)


def duplicates(entries: Iterable[Entry]) -> dict[Id, str]:
    """Files whose text another file holds too, and that file's name: the first by name keeps the text.

    >>> duplicates([Entry("b.txt", "2", sha256="x"), Entry("a.txt", "1", sha256="x")])
    {('b.txt', '2'): 'a.txt'}
    """
    first: dict[str, Id] = {}
    repeated: dict[Id, str] = {}
    for entry in sorted((e for e in entries if e.sha256), key=lambda e: e.id):
        original = first.setdefault(entry.sha256, entry.id)
        if original != entry.id:
            repeated[entry.id] = original[0]
    return repeated
