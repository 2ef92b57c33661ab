"""claims.jsonl: the nouns as one JSON object a line, and back.

A report is a block of lines: its ``report`` line, then its ``entity``,
``claim`` and ``observation`` lines. Blocks are sorted by report key, lines
within a block by identifier, so equal content is equal bytes. The report's
text itself is not in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.files import dump_line, read_json_lines
from kg.model import (
    Claim,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Mention,
    Observation,
    Predicate,
    Report,
    ReportKind,
    Status,
)

__all__ = ["block", "read_extractions"]


def block(extraction: Extraction) -> str:
    """The lines of one report.

    >>> print(block(Extraction(Report("a-1", "a.txt", "", "1"))), end="")
    {"record":"report","key":"a-1","fileName":"a.txt","sha256":"1","title":"","issuer":"","jurisdiction":"","year":null,"half":null,"kinds":[],"published":""}
    """
    rows = [_report_row(extraction.report)]
    rows += [_entity_row(e) for e in sorted(extraction.entities, key=lambda e: e.id)]
    rows += [_claim_row(c) for c in sorted(extraction.claims, key=lambda c: c.id)]
    rows += [_observation_row(o) for o in sorted(extraction.observations, key=lambda o: o.id)]
    return "".join(map(dump_line, rows))


def _report_row(r: Report) -> dict[str, Any]:
    return {
        "record": "report", "key": r.key, "fileName": r.file_name, "sha256": r.sha256, "title": r.title,
        "issuer": r.issuer, "jurisdiction": r.jurisdiction, "year": r.year, "half": r.half,
        "kinds": [k.value for k in r.kinds], "published": r.published,
    }  # fmt: skip


def _entity_row(e: Entity) -> dict[str, Any]:
    return {
        "record": "entity", "id": e.id, "type": e.type.value, "label": e.label, "aliases": list(e.aliases),
        "parent": e.parent, "level": e.level, "source": e.source,
        "mentions": [[m.start, m.end, m.text, m.how] for m in e.mentions],
    }  # fmt: skip


def _claim_row(c: Claim) -> dict[str, Any]:
    return {
        "record": "claim", "id": c.id, "subject": c.subject, "predicate": c.predicate.value, "object": c.object,
        "status": c.status.value, "year": c.year, "kind": c.kind, "rule": c.rule, "evidence": _evidence_row(c.evidence),
    }  # fmt: skip


def _observation_row(o: Observation) -> dict[str, Any]:
    return {
        "record": "observation", "id": o.id, "subject": o.subject, "metric": o.metric, "metricText": o.metric_text,
        "value": str(o.value), "valueText": o.value_text, "unit": o.unit, "status": o.status.value, "year": o.year,
        "rule": o.rule, "evidence": _evidence_row(o.evidence),
    }  # fmt: skip


def _evidence_row(e: Evidence) -> dict[str, Any]:
    return {"start": e.start, "end": e.end, "quote": e.quote, "marks": [list(m) for m in e.marks]}


def read_extractions(path: Path) -> Iterator[Extraction]:
    """The reports of a claims file, one at a time.

    Raises DataError with file and line for a record of unknown kind, a
    missing field, or a value that is not allowed.
    """
    report: Report | None = None
    parts: dict[str, list[Any]] = {}
    for number, row in read_json_lines(path):
        try:
            kind, value = _value(row, report.key if report else "")
        except KeyError as fault:
            raise DataError(f"{path}:{number}: field {fault} is missing; add it") from None
        except (ValueError, TypeError, InvalidOperation) as fault:
            raise DataError(f"{path}:{number}: {fault}; see kg/model.py for the values allowed") from None
        if isinstance(value, Report):
            if report:
                yield _extraction(report, parts)
            report, parts = value, {"entity": [], "claim": [], "observation": []}
        elif report is None:
            raise DataError(f"{path}:{number}: a {kind} before any report; put the report's line first")
        else:
            parts[kind].append(value)
    if report:
        yield _extraction(report, parts)


def _extraction(report: Report, parts: dict[str, list[Any]]) -> Extraction:
    return Extraction(report, tuple(parts["entity"]), tuple(parts["claim"]), tuple(parts["observation"]))


def _value(row: dict[str, Any], report: str) -> tuple[str, Report | Entity | Claim | Observation]:
    kind = row["record"]
    if kind == "report":
        return kind, _report(row)
    if kind == "entity":
        return kind, _entity(row)
    if kind == "claim":
        return kind, _claim(row, report)
    if kind == "observation":
        return kind, _observation(row, report)
    raise ValueError(f"record {kind!r} is none of report, entity, claim, observation")


def _report(r: dict[str, Any]) -> Report:
    kinds: Iterable[str] = r["kinds"]
    return Report(
        r["key"], r["fileName"], "", r["sha256"], r["title"], r["issuer"], r["jurisdiction"],
        r["year"], r["half"], tuple(map(ReportKind, kinds)), r["published"],
    )  # fmt: skip


def _entity(r: dict[str, Any]) -> Entity:
    return Entity(
        r["id"], EntityType(r["type"]), r["label"], tuple(r["aliases"]), r["parent"], r["level"], r["source"],
        tuple(Mention(*m) for m in r["mentions"]),
    )  # fmt: skip


def _claim(r: dict[str, Any], report: str) -> Claim:
    return Claim(
        r["id"], report, r["subject"], Predicate(r["predicate"]), r["object"], Status(r["status"]),
        _evidence(r["evidence"]), r["rule"], r["year"], r["kind"],
    )  # fmt: skip


def _observation(r: dict[str, Any], report: str) -> Observation:
    return Observation(
        r["id"], report, r["subject"], r["metric"], r["metricText"], Decimal(r["value"]), r["valueText"],
        r["unit"], Status(r["status"]), _evidence(r["evidence"]), r["rule"], r["year"],
    )  # fmt: skip


def _evidence(r: dict[str, Any]) -> Evidence:
    return Evidence(r["start"], r["end"], r["quote"], tuple((a, b) for a, b in r["marks"]))
