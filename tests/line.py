"""A small extractor for tests of the line: it knows one sentence form and fails on demand.

``甲区与乙院合作。`` becomes a claim; a text with ``除以零`` makes it fail as a faulty rule would.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

from kg.engine import Engine
from kg.ids import claim_id, org_id
from kg.model import Claim, Entity, EntityType, Evidence, Extraction, Mention, Predicate, Problem, Report, Status

SENTENCE = re.compile(r"(\w+?[区县市])与(\w+?院)合作。")


def _claim(report: Report, found: re.Match[str]) -> tuple[Claim, Entity]:
    org = org_id("330481", found[2])
    kind = Predicate.PARTNERS_WITH
    number = claim_id(report.key, *found.span(), "region/330481", kind, org, Status.REALISED)
    evidence = Evidence(*found.span(), found[0])
    claim = Claim(
        number, report.key, "region/330481", kind, org, Status.REALISED, evidence, "test", 2024, "cooperation"
    )
    mention = Mention(*found.span(2), found[2], "test")
    return claim, Entity(org, EntityType.HOSPITAL, found[2], parent="region/330481", mentions=(mention,))


def extract(report: Report) -> Extraction:
    """All sentences of the one form."""
    if "除以零" in report.text:
        raise ZeroDivisionError("a rule divided by nothing")
    found = [_claim(report, m) for m in SENTENCE.finditer(report.text)]
    claims = {c.id: c for c, _ in found}
    entities = {e.id: e for _, e in found}
    problems = [Problem(report.file_name, "unlinked", "某院", "add it to the seeds")] if "某院" in report.text else []
    return Extraction(report, tuple(entities.values()), tuple(claims.values()), (), tuple(problems))


def slowly(report: Report) -> Extraction:
    """The same, taking its time, so that a run can be stopped in the middle."""
    time.sleep(0.05)
    return extract(report)


ENGINE = Engine(extract=extract, warm=int)
SLOW = Engine(extract=slowly, warm=int)


def write_reports(folder: Path, number: int, *, start: int = 0) -> Path:
    """That many small reports, each its own text."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(start, start + number):
        text = f"甲县卫生健康局2024年工作总结\n一、合作\n甲县与第{n}医院合作。甲县与乙院合作。某院也来了。\n"
        (folder / f"r{n:04}.txt").write_text(text, encoding="utf-8")
    return folder
