"""The straight line: reports -> claims -> graph -> store and pages.

    find      which files there are, and their digests       kg.sources
    settle    read and extract what is new or has changed    kg.settle, kg.work, kg.pool, kg.cluster
    publish   join the parts, bring the store up to date     kg.publish

A build prepares everything in ``.work`` inside the output folder and
publishes at the end; what a stopped build has finished is taken up by the
next one. The result is a function of the reports' names and bytes: not of
their order, of the number of workers, nor of what was built before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.claims.decisions import Curation
from kg.clock import Clock
from kg.engine import Engine
from kg.exchange import remove, send
from kg.given import parts_of
from kg.join import join_claims, join_problems
from kg.lock import locked
from kg.model import Problem
from kg.parts import Part, names, write_part
from kg.pool import run_jobs
from kg.publish import PARTS, WORK, Built, empty, publish
from kg.records import read_extractions
from kg.settle import Progress, Runner, known, settle
from kg.sources import Source, copies, digests, find, stamp

__all__ = ["FLAT_LIMIT", "Options", "build", "build_to", "extract", "load"]

# Up to so many reports the parts are joined into flat files at each build;
# above, one new report would mean writing gigabytes.
FLAT_LIMIT = 500


def _silent(_done: int, _total: int) -> None:
    """No one looks."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a build is done; of these only ``flat`` and ``curation`` touch its result.

    ``workers`` 0 means one a processor; ``scheduler`` is the address of a
    dask scheduler and ``exchange`` a URL through which its workers hand in
    their parts, where they do not share the output folder; ``flat`` None leaves flat files to the number of reports;
    ``curation`` is the experts' table of decisions.
    """

    workers: int = 0
    scheduler: str = ""
    exchange: str = ""
    flat: bool | None = None
    curation: Path | None = None
    engine: Engine = field(default_factory=Engine)
    progress: Progress = _silent


def build(reports: Sequence[str], output: Path, options: Options | None = None) -> Built:
    """Build, or bring up to date, the graph of all reports below the given files and folders.

    Raises UsageError when there is no report or another build is at work in
    the output folder, KgError when a worker was killed.
    """
    options = options or Options()
    curation, clock = _curation(options.curation), Clock()
    with locked(output):
        with clock.stage("find"):
            sources = digests(find(reports, output))
        mark = stamp(*filter(None, [options.curation]))
        engine = replace(options.engine, curation=curation)
        with clock.stage("extract"):
            parts = _settled(sources, output, mark, replace(options, engine=engine))
        problems = [*_repeats(sources), *_unapplied(curation, parts)]
        return publish(
            output, parts, mark, problems, flat=_is_flat(parts, options), clock=clock, curation=options.curation,
            sources=sources,
        )  # fmt: skip


def build_to(reports: Sequence[str], url: str, options: Options | None = None) -> Built:
    """Build in a temporary folder and copy the result to a URL of fsspec; nothing there is reused."""
    options, exchange = options or Options(), f"{url.rstrip('/')}/{WORK}"
    with TemporaryDirectory(prefix="kg-") as folder:
        remove(exchange)
        built = build(reports, Path(folder), replace(options, exchange=exchange if options.scheduler else ""))
        remove(exchange)
        send(Path(folder), url)
    return built


def extract(reports: Sequence[str], claims: Path, problems: Path, options: Options | None = None) -> int:
    """Text to claims, nothing else: write the claims and the problems, return the number of files left out."""
    options = options or Options()
    sources = digests(find(reports))
    words = replace(options, engine=options.engine.without_graph())
    with TemporaryDirectory(prefix="kg-") as folder:
        parts = _settled(sources, Path(folder), stamp(), words)
        join_claims(parts.values(), claims)
        join_problems(parts.values(), _repeats(sources), problems)
        return sum(not entry.stands for part in parts.values() for entry in part.entries)


def load(claims: Path, output: Path, options: Options | None = None) -> Built:
    """Claims, ours or another extractor's, to graph and store.

    Raises DataError with file and line for a record that cannot be read and
    for a report that comes twice.
    """
    options, clock = options or Options(), Clock()
    with locked(output):
        empty(output / WORK)
        mark = f"load {stamp()}"
        with clock.stage("graph"):
            parts = parts_of(read_extractions(claims), output / WORK, mark, options.engine)
        gone = {name: write_part(output / WORK, name, mark, []) for name in names(output / PARTS) if name not in parts}
        return publish(
            output, parts | gone, mark, [], flat=_is_flat(parts, options), clock=clock, curation=options.curation
        )


def _curation(table: Path | None) -> Curation | None:
    from kg.claims.decisions import read_curation

    return read_curation(table) if table else None


def _unapplied(curation: Curation | None, parts: dict[str, Part]) -> list[Problem]:
    """Problems for decisions that applied nowhere."""
    from kg.claims.curate import unapplied

    lines = {line for part in parts.values() for entry in part.entries for line in entry.applied}
    return unapplied(curation, lines) if curation else []


def _is_flat(parts: dict[str, Part], options: Options) -> bool:
    files = sum(len(part.entries) for part in parts.values())
    return files <= FLAT_LIMIT if options.flat is None else options.flat


def _settled(sources: list[Source], output: Path, mark: str, options: Options) -> dict[str, Part]:
    parts = known(output / PARTS, output / WORK, mark)
    return settle(sources, parts, output / WORK, mark, _runner(options), options.progress)


def _runner(options: Options) -> Runner:
    """Worker processes here, or a cluster."""
    if options.scheduler:
        from kg.cluster import run_on

        return partial(run_on, address=options.scheduler, engine=options.engine, exchange=options.exchange)
    return partial(run_jobs, engine=options.engine, workers=options.workers)


def _repeats(sources: Iterable[Source]) -> list[Problem]:
    """Problems for files given more than once under one name."""
    todo = "remove the copies; the file was read once"
    return [Problem(n, "duplicate", f"the same file lies in {k} places", todo) for (n, _), k in copies(sources).items()]
