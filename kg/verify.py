"""Every quote cut out of its report again: does the text still say so, where we say it does?

Works on a claims file (``claims.jsonl``) and on a graph (``.nq``), ours or
another's. Stops at the first quote that does not hold, and tells a report
whose text has changed from one that is quoted wrongly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kg.errors import DataError, ReadError
from kg.graph import vocab as v
from kg.graph.iris import CATALOGUE, report_iri
from kg.graph.nquads import split, unescape
from kg.model import Problem, Report
from kg.records import read_extractions
from kg.text.read import find_reports, read_report

__all__ = ["Quoted", "Verified", "quotes", "verify"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """What one report is said to hold: places (who quotes, start, end, quote)."""

    key: str
    file_name: str
    sha256: str
    places: tuple[tuple[str, int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """The number of quotes that hold, and the first thing that does not, if any."""

    quotes: int
    reports: int
    problems: tuple[Problem, ...] = ()


def verify(source: Path, reports: Iterable[Path]) -> Verified:
    """Slice every quote of ``source`` out of the reports again; ends at the first that fails.

    ``reports`` are the files and folders the graph was built from. Raises
    DataError for a source that cannot be read.
    """
    by_name: dict[str, list[Path]] = {}
    for path in find_reports(reports):
        by_name.setdefault(Path(path).name, []).append(Path(path))
    held = seen = 0
    for quoted in quotes(source):
        report, fault = _report(quoted, by_name.get(quoted.file_name, []))
        fault = fault or (_first_wrong(quoted, report) if report else None)
        if fault:
            return Verified(held, seen, (fault,))
        held, seen = held + len(quoted.places), seen + 1
    return Verified(held, seen)


def _report(quoted: Quoted, candidates: list[Path]) -> tuple[Report | None, Problem | None]:
    """The report with the text that was quoted, or what is wrong."""
    name = quoted.file_name
    if not candidates:
        return None, Problem(
            name,
            "missing",
            "引用了该报告但找不到它 / the report is quoted but not there",
            "请给出其所在文件夹 / give the folder it lies in",
        )
    for path in candidates:
        try:
            report = read_report(path)
        except ReadError as fault:
            return None, Problem(
                name, "unreadable", str(fault), "请恢复该文件，或去掉它重新构建 / restore the file, or build without it"
            )
        if report.sha256 == quoted.sha256:
            return report, None
    what = f"文本在读取之后已改变 / its text has changed since it was read (SHA-256 was {quoted.sha256[:12]}…)"
    return None, Problem(name, "changed", what, "请重新构建 / build again; its claims will be made anew")


def _first_wrong(quoted: Quoted, report: Report) -> Problem | None:
    for who, start, end, quote in quoted.places:
        found = report.text[start:end]
        if found != quote or not 0 <= start < end:
            where = f"{quoted.file_name}#char={start},{end}"
            what = f"引文与原文不符 / {who} quotes {_short(quote)}, the report has {_short(found)} there"
            return Problem(
                where,
                "misquoted",
                what,
                "请重新构建；外部生成的请改正位置 / build again; if it was made elsewhere, correct its offsets",
            )
    return None


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:40] + "…")


def quotes(source: Path) -> Iterator[Quoted]:
    """What a claims file or a graph quotes, report by report."""
    return _from_graph(source) if source.suffix == ".nq" else _from_claims(source)


def _from_claims(source: Path) -> Iterator[Quoted]:
    for x in read_extractions(source):
        said = [(item.id, item.evidence.start, item.evidence.end, item.evidence.quote) for item in x.claims]
        said += [(item.id, item.evidence.start, item.evidence.end, item.evidence.quote) for item in x.observations]
        said += [(e.id, m.start, m.end, m.text) for e in x.entities for m in e.mentions]
        yield Quoted(x.report.key, x.report.file_name, x.report.sha256, tuple(said))


def _from_graph(source: Path) -> Iterator[Quoted]:
    """Quotes of an N-Quads file whose lines lie together graph by graph, the catalogue first."""
    described: dict[str, dict[str, str]] = {}
    for graph, lines in groupby(_lines(source), key=lambda quad: quad[3]):
        if graph == f"<{CATALOGUE}>":
            for subject, predicate, value, _ in lines:
                if predicate in {v.hg("fileName"), v.hg("sha256")}:
                    described.setdefault(subject, {})[predicate] = _literal(value)
        elif graph.startswith(f"<{report_iri('')}"):
            yield _quoted(source, graph, described.get(graph, {}), lines)


def _lines(source: Path) -> Iterator[tuple[str, str, str, str]]:
    try:
        file = source.open(encoding="utf-8", newline="\n")
    except FileNotFoundError:
        raise DataError(f"{source}: no such file; give claims.jsonl or graph.nq of a build") from None
    with file:
        for number, line in enumerate(file, 1):
            try:
                yield split(line.rstrip("\n"))
            except ValueError:
                raise DataError(f"{source}:{number}: no N-Quads line with four terms; build it again") from None


def _quoted(source: Path, graph: str, about: dict[str, str], lines: Iterable[tuple[str, str, str, str]]) -> Quoted:
    spans: dict[str, dict[str, str]] = {}
    for subject, predicate, value, _ in lines:
        if predicate in {v.EXACT, v.START, v.END}:
            spans.setdefault(subject, {})[predicate] = _literal(value)
    try:
        places = [(s[1:-1], int(span[v.START]), int(span[v.END]), span[v.EXACT]) for s, span in spans.items()]
        return Quoted(graph[1:-1], about[v.hg("fileName")], about[v.hg("sha256")], tuple(places))
    except KeyError as fault:
        raise DataError(f"{source}: graph {graph}: {fault} is missing; the catalogue and spans must be whole") from None


def _literal(term: str) -> str:
    return unescape(term[1 : term.rindex('"')])
