"""Identifiers of what a report yields, as pure functions of their content.

Whoever makes a claim (the extractor, the curation table, another extractor)
gets its identifier here, so equal claims have equal identifiers and a second
run changes nothing. All identifiers are paths below the data base; turning
them into IRIs is ``kg.graph.iris``'s work. The scheme is fixed by the
graph's contract (``ontology/README.md``).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import replace
from typing import TypeVar

from kg.model import Claim, Observation, Predicate, Status

__all__ = [
    "claim_id",
    "local_program_id",
    "name_key",
    "observation_id",
    "org_id",
    "reidentify",
    "sub_region_id",
]

Stated = TypeVar("Stated", Claim, Observation)

# What an IRI path segment may not hold, what would end it (/?#%), blanks, and
# quotation marks, which authors set or leave out at will.
_UNSAFE = re.compile(r"[\s\x00-\x20\x7f-\xa0/?#%<>{}|\\^`\"'“”‘’「」『』《》〈〉\u200b-\u200f\u2028-\u202f\ufeff]")


def claim_id(  # noqa: PLR0913, PLR0917 - these seven are what makes a claim the same claim
    report_key: str, start: int, end: int, subject: str, predicate: Predicate, object_: str, status: Status
) -> str:
    """``claim/`` and 16 hex digits of SHA-256 over report, span, triple and status.

    ``start`` and ``end`` are the evidence's offsets in code points. A
    partnership has no direction, so both orders of its ends are one claim:

    >>> claim_id("a-1", 0, 9, "org/x", Predicate.PARTNERS_WITH, "org/y", Status.REALISED)
    'claim/e8e9c53c21db6231'
    >>> claim_id("a-1", 0, 9, "org/y", Predicate.PARTNERS_WITH, "org/x", Status.REALISED)
    'claim/e8e9c53c21db6231'
    """
    ends = sorted((subject, object_)) if predicate is Predicate.PARTNERS_WITH else [subject, object_]
    return "claim/" + _digest(report_key, str(start), str(end), ends[0], predicate, ends[1], status)


def observation_id(  # noqa: PLR0913, PLR0917 - as above
    report_key: str,
    start: int,
    end: int,
    subject: str,
    metric: str,
    value_text: str,
    status: Status,
    year: int | None = None,
) -> str:
    """``observation/`` and 16 hex digits over report, span, subject, metric, wording, status and year.

    >>> observation_id("a-1", 0, 9, "region/330481", "基层就诊率", "71.48%", Status.REALISED)
    'observation/21687cb1b8403832'
    """
    dated = "" if year is None else str(year)
    return "observation/" + _digest(report_key, str(start), str(end), subject, metric, value_text, status, dated)


def org_id(region_code: str, name: str) -> str:
    """Identifier of an organisation known by its full Chinese name only.

    ``region_code`` is the code, or what stands in for it, of the most specific
    region the organisation lies in (``330481``; ``region/330481`` is taken too).

    >>> org_id("330481", "海宁市第二人民医院")
    'org/330481-海宁市第二人民医院'
    """
    return f"org/{region_code.removeprefix('region/')}-{name_key(name)}"


def local_program_id(region_code: str, name: str) -> str:
    """Identifier of a programme that has its own name in one region.

    >>> local_program_id("region/330481", "“e护康”")
    'local-program/330481-e护康'
    """
    return f"local-program/{region_code.removeprefix('region/')}-{name_key(name)}"


def sub_region_id(parent: str, name: str) -> str:
    """Identifier of a region without a code, under its parent region or its report's key.

    >>> sub_region_id("330400", "嘉兴经济技术开发区")
    'region/330400-嘉兴经济技术开发区'
    """
    return f"region/{parent.removeprefix('region/')}-{name_key(name)}"


def name_key(name: str) -> str:
    """A name as it stands in an identifier: full-width folded, no blanks, no quotation marks.

    >>> name_key("郎溪县人民医院（ 西院 ）")
    '郎溪县人民医院(西院)'
    """
    kept = _UNSAFE.sub("", unicodedata.normalize("NFKC", name))
    return unicodedata.normalize("NFKC", kept)  # what a removed sign kept apart may compose now


def reidentify(item: Stated) -> Stated:
    """The same claim or observation with the identifier its present content asks for.

    Needed whenever an end, the status or the year has been changed.
    """
    e = item.evidence
    if isinstance(item, Claim):
        name = claim_id(item.report, e.start, e.end, item.subject, item.predicate, item.object, item.status)
        return replace(item, id=name)
    name = observation_id(
        item.report, e.start, e.end, item.subject, item.metric, item.value_text, item.status, item.year
    )
    return replace(item, id=name)


def _digest(*parts: str) -> str:
    """16 hex digits; the separator cannot occur in a part, so parts cannot run together."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
