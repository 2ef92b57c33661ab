"""Every gold file fits its report: quotes, references, programmes, statuses."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.files import package_path, read_tsv
from kg.gold import read_gold

GOLD = Path(__file__).parent / "gold"
REPORTS = {"dev": GOLD / "dev", "blind": GOLD / "blind", "samples": package_path("seeds") / "reports"}
PROGRAMMES = {f"program:{row['id']}" for row in read_tsv(package_path("seeds") / "programs.tsv")}
PREDICATES = {"implements", "partnersWith", "leads", "memberOf", "locatedIn", "within"}
FILES = sorted(path for name in REPORTS for path in (GOLD / name).glob("*.json"))


def faults(raw: dict[str, Any], text: str) -> Iterator[str]:
    """What does not fit, without quoting the passage: blind ones stay blind when this fails."""
    ids = [e["id"] for e in raw["entities"]]
    known = {*ids, *PROGRAMMES}
    if len(ids) != len(set(ids)):
        yield "an entity's id comes twice"
    if raw["jurisdiction"] not in known or raw.get("issuer") not in {*known, None}:
        yield "jurisdiction or issuer is no entity"
    for e in raw["entities"]:
        if not all(m in text for m in e.get("mentions", [])):
            yield f"entity {e['id']}: a mention is not in the report"
    for i, t in enumerate(raw["triples"]):
        yield from (f"triple {i}: {fault}" for fault in of_triple(t, known, text))
    for i, o in enumerate(raw.get("observations", [])):
        if not known.issuperset(o["s"]) or o["evidence"] not in text:
            yield f"observation {i}: unknown subject, or evidence not in the report"


def of_triple(t: dict[str, Any], known: set[str], text: str) -> Iterator[str]:
    if t["p"] not in PREDICATES:
        yield "predicate"
    if not known.issuperset([*t["s"], *t["o"]]):
        yield "unknown reference"
    if t["p"] in {"locatedIn", "within"}:
        return
    if not t.get("status") or not {"realised", "planned"}.issuperset(t["status"]):
        yield "status"
    if not t.get("evidence") or t["evidence"] not in text:
        yield "evidence is not in the report"


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_fits_its_report(path: Path) -> None:
    raw = json.loads(path.read_text(encoding="utf-8"))
    text = (REPORTS[path.parent.name] / raw["doc"]).read_bytes().decode("utf-8-sig")
    assert list(faults(raw, text)) == []
    assert read_gold(path).entities


def test_each_set_is_whole() -> None:
    counts = {name: len([p for p in FILES if p.parent.name == name]) for name in REPORTS}
    assert counts == {"dev": 28, "blind": 8, "samples": 14}


def test_a_fault_is_seen() -> None:
    """The check itself can fail."""
    raw = {
        "jurisdiction": "r9", "issuer": None,
        "entities": [{"id": "r1", "mentions": ["乙县"]}, {"id": "r1"}],
        "triples": [{"s": ["r1"], "p": "likes", "o": ["program:none"], "status": ["done"], "evidence": "丙"}],
        "observations": [{"s": ["r1"], "evidence": "丁"}],
    }  # fmt: skip
    assert len(list(faults(raw, "甲县"))) == 8
