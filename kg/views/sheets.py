"""Tables: CSV for spreadsheets, and CSV for Neo4j's bulk import."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from kg.files import atomic
from kg.graph import vocab as v
from kg.model import Predicate
from kg.views.terms import guarded
from kg.views.walk import Block, Walk, short

__all__ = ["neo4j", "neo4j_command", "spreadsheets"]

Row = list[str]

# What no spreadsheet can hold becomes U+FFFD, one for one, so lengths stay true.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TYPES = {p.value: re.sub(r"([A-Z])", r"_\1", p.value).upper() for p in Predicate}
_STATED = ("status", "year", "rule", "start", "end", "evidence")
_TABLES = {
    "reports": ["report", "file", "title", "jurisdiction", "jurisdiction_name", "issuer", "year", "half", "published"],
    "entities": ["entity", "type", "name", "aliases", "level", "place", "place_name"],
    "claims": ["claim", "report", "subject", "subject_name", "predicate", "object", "object_name", "kind", *_STATED],
    "observations": ["observation", "report", "subject", "subject_name", "metric", "metric_text", "value", "value_text",
                     "unit", *_STATED],
    "evidence": ["report", "start", "end", "text"],
}  # fmt: skip
_NEO4J = {
    "entities": ["id:ID", ":LABEL", "name", "aliases:string[]", "level"],
    "reports": ["id:ID", ":LABEL", "file", "title", "year:int"],
    "claims": [":START_ID", ":END_ID", ":TYPE", "claim", "report", "kind", "status", "year:int", "rule", "start:int",
               "end:int", "evidence"],
    "mentions": [":START_ID", ":END_ID", ":TYPE"],
}  # fmt: skip


def spreadsheets(walk: Walk, folder: Path) -> list[Path]:
    """Reports, entities, claims, observations and evidence, one file each.

    UTF-8 with a byte order mark, which spreadsheets need to read Chinese, and
    text that looks like a formula has an apostrophe before it.
    """
    places = [folder / f"{name}.csv" for name in _TABLES]
    with ExitStack() as open_files:
        write = {
            name: _writer(open_files.enter_context(atomic(path)), head, "\ufeff", guarded)
            for path, (name, head) in zip(places, _TABLES.items(), strict=True)
        }
        for block in walk.entities():
            write["entities"](_entity(walk, block))
        for block in walk.blocks("Report", "Claim", "Observation", ""):
            name, row = _ROWS[block.kind]
            write[name](row(walk, block))
    return places


def _writer(
    out: IO[str], head: Row, mark: str = "", guard: Callable[[str], str] = lambda cell: cell
) -> Callable[[Row], object]:
    """A function that writes one row; the header stands already."""
    out.write(mark)
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(head)
    return lambda row: rows.writerow([_CONTROL.sub("\ufffd", guard(cell)) for cell in row])


def _evidence(_walk: Walk, block: Block) -> Row:
    return [block.id.partition("#")[0], block.text(v.START), block.text(v.END), block.text(v.EXACT)]


def _report(walk: Walk, block: Block) -> Row:
    place = block.text(v.hg("jurisdiction"))
    return [
        block.id, block.text(v.hg("fileName")), block.text(v.TITLE), short(place), walk.name(place),
        walk.name(block.text(v.hg("issuer"))), block.text(v.hg("year")), block.text(v.hg("half")), block.text(v.ISSUED),
    ]  # fmt: skip


def _entity(walk: Walk, block: Block) -> Row:
    place = block.text(v.hg("locatedIn")) or block.text(v.hg("within"))
    aliases = "|".join(alias.replace("|", "｜") for alias in block.texts(v.ALT_LABEL))
    level = block.ref(v.hg("level"))
    return [block.id, block.kind, walk.name(block.subject), aliases, level, short(place), walk.name(place)]


def _claim(walk: Walk, block: Block) -> Row:
    subject, value = block.text(v.SUBJECT), block.text(v.OBJECT)
    return [
        block.id, block.ref(v.hg("report")), short(subject), walk.name(subject), block.ref(v.PREDICATE),
        short(value), walk.name(value), block.ref(v.hg("partnershipKind")), *_stated(walk, block),
    ]  # fmt: skip


def _observation(walk: Walk, block: Block) -> Row:
    subject = block.text(v.hg("subject"))
    return [
        block.id, block.ref(v.hg("report")), short(subject), walk.name(subject), block.ref(v.hg("metric")),
        block.text(v.hg("metricText")), block.text(v.hg("value")), block.text(v.hg("valueText")),
        block.text(v.hg("unit")), *_stated(walk, block),
    ]  # fmt: skip


def _stated(walk: Walk, block: Block) -> Row:
    """The cells of ``_STATED``."""
    start, _, end = block.text(v.DERIVED_FROM).rpartition("=")[2].partition(",")
    status, year, rule = block.ref(v.hg("status")), block.text(v.hg("year")), block.text(v.hg("rule"))
    return [status, year, rule, start, end, walk.quote(block)]


_ROWS = {
    "Report": ("reports", _report),
    "Claim": ("claims", _claim),
    "Observation": ("observations", _observation),
    "": ("evidence", _evidence),
}


def neo4j(walk: Walk, folder: Path) -> list[Path]:
    """Nodes and relationships for ``neo4j-admin database import``.

    A relationship bears the bare name of its predicate (``IMPLEMENTS``) only
    when it is realised; plans are ``IMPLEMENTS_PLANNED``.
    """
    places = [folder / f"{name}.csv" for name in _NEO4J]
    with ExitStack() as open_files:
        entities, reports, claims, mentions = (
            _writer(open_files.enter_context(atomic(path)), head)
            for path, head in zip(places, _NEO4J.values(), strict=True)
        )
        for block in walk.entities():
            row = _entity(walk, block)
            entities([row[0], f"Entity|{row[1]}", *row[2:5]])
        for block in walk.blocks("Report", "Claim"):
            if block.kind == "Claim":
                claims(_relationship(_claim(walk, block)))
                continue
            row = _report(walk, block)
            reports([row[0], "Report", row[1], row[2], row[6]])
            for entity in block.texts(v.hg("mentions")):
                mentions([row[0], short(entity), "MENTIONS"])
    return places


def _relationship(claim: Row) -> Row:
    kind = _TYPES[claim[4]] + ("" if claim[8] == "Realised" else f"_{claim[8].upper()}")
    return [claim[2], claim[5], kind, claim[0], claim[1], *claim[7:]]


def neo4j_command(folder: Path) -> str:
    """The command that imports the files into an empty Neo4j 5 database named ``kg``."""
    names = {name: f"'{(folder / name).resolve()}.csv'" for name in _NEO4J}
    return (
        "neo4j-admin database import full kg --array-delimiter='|' --multiline-fields=true "
        f"--nodes={names['entities']} --nodes={names['reports']} "
        f"--relationships={names['claims']} --relationships={names['mentions']}"
    )
