"""What every view starts from: the claims of all reports, loaded once, and who lies where.

``load`` reads ``claims.jsonl`` and the seed tables into one frozen value; the
views are pure functions of it. A *jurisdiction of a claim* is the jurisdiction
of the report that makes it and, where the claim's subject is itself a region,
that region too: a city's report that says a county runs a programme counts for
both. A jurisdiction is *covered* when a report of its own was read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from kg.files import package_path, read_tsv
from kg.model import Claim, Entity, EntityType, Extraction, Observation, Problem, Report
from kg.records import read_extractions

__all__ = ["Concept", "Facts", "gather", "load", "read_concepts", "read_problems", "read_regions"]


@dataclass(frozen=True, slots=True)
class Concept:
    """A programme of the scheme or a local one; ``family`` is its topmost broader concept."""

    id: str
    zh: str
    en: str
    family: str
    broader: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """Everything the views need; all collections are in a fixed order.

    ``entities`` holds regions, organisations and local programmes by
    identifier, the regions' ancestors from the seed table included.
    ``texts`` maps report keys to full texts (only such as match the SHA-256 of
    the claims file); ``sources`` maps report keys to the address of the file.
    """

    reports: tuple[Report, ...]
    entities: Mapping[str, Entity]
    claims: tuple[Claim, ...]
    observations: tuple[Observation, ...]
    concepts: Mapping[str, Concept]
    problems: tuple[Problem, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def report(self) -> dict[str, Report]:
        """Reports by key."""
        return {r.key: r for r in self.reports}

    @cached_property
    def covered(self) -> frozenset[str]:
        """Regions of which at least one report was read."""
        return frozenset(r.jurisdiction for r in self.reports if r.jurisdiction)

    def label(self, key: str) -> str:
        """The name of anything that has an identifier; the identifier itself if it has no name."""
        if key in self.entities:
            return self.entities[key].label
        return self.concepts[key].zh if key in self.concepts else key

    def above(self, key: str) -> Iterator[str]:
        """The region of ``key`` (itself, if a region) and all regions around it, inside out."""
        seen: set[str] = set()
        entity = self.entities.get(key)
        if entity and entity.type is not EntityType.REGION:
            entity = self.entities.get(entity.parent)
        while entity and entity.id not in seen:
            seen.add(entity.id)
            yield entity.id
            entity = self.entities.get(entity.parent)

    def province(self, key: str) -> str:
        """The province a region or organisation lies in, empty if unknown."""
        return next((r for r in self.above(key) if self.entities[r].level == "province"), "")

    def year(self, item: Claim | Observation) -> int | None:
        """The year a statement speaks of; the report's year where it names none."""
        return item.year if item.year is not None else self.report[item.report].year

    def jurisdictions(self, claim: Claim) -> tuple[str, ...]:
        """The regions a claim counts for (see the module's introduction), sorted."""
        found = {self.report[claim.report].jurisdiction}
        subject = self.entities.get(claim.subject)
        if subject and subject.type is EntityType.REGION:
            found.add(subject.id)
        return tuple(sorted(found - {""}))


def load(
    claims: Path,
    *,
    seeds: Path | None = None,
    texts: Mapping[str, str] | None = None,
    sources: Mapping[str, str] | None = None,
) -> Facts:
    """Facts of a claims file; ``problems.tsv`` beside it is read if it is there.

    ``seeds`` is the folder of the seed tables, the package's own by default.
    ``texts`` (report key to full text) is optional: a text whose SHA-256
    is not the report's is left out. Raises DataError with file and line.
    """
    folder = seeds or package_path("seeds")
    return gather(
        read_extractions(claims),
        regions=read_regions(folder / "regions.tsv"),
        concepts=read_concepts(folder / "programs.tsv"),
        problems=read_problems(claims.with_name("problems.tsv")),
        texts=texts,
        sources=sources,
    )


def gather(  # noqa: PLR0913 - the parts of one value, all but the first optional
    extractions: Iterable[Extraction],
    *,
    regions: Mapping[str, Entity],
    concepts: Mapping[str, Concept],
    problems: Iterable[Problem] = (),
    texts: Mapping[str, str] | None = None,
    sources: Mapping[str, str] | None = None,
) -> Facts:
    """Facts of extractions already at hand; the order they come in does not matter."""
    blocks = sorted(extractions, key=lambda e: e.report.key)
    entities = _entities(blocks, regions)
    given = texts or {}
    reports = tuple(replace(b.report, text="") for b in blocks)
    return Facts(
        reports=reports,
        entities=entities,
        claims=tuple(c for b in blocks for c in sorted(b.claims, key=lambda c: c.id)),
        observations=tuple(o for b in blocks for o in sorted(b.observations, key=lambda o: o.id)),
        concepts=_concepts(blocks, entities, concepts),
        problems=tuple(problems),
        texts={r.key: given[r.key] for r in reports if r.key in given and _matches(given[r.key], r)},
        sources={r.key: sources[r.key] for r in reports if sources and r.key in sources},
    )


def _matches(text: str, report: Report) -> bool:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() == report.sha256


def _entities(blocks: list[Extraction], regions: Mapping[str, Entity]) -> dict[str, Entity]:
    """Entities of all reports by identifier, regions also named as in the seed table, and the regions around them."""
    found: dict[str, Entity] = {}
    for block in blocks:
        for entity in sorted(block.entities, key=lambda e: e.id):
            bare = replace(entity, mentions=())
            found[entity.id] = _merged(found.get(entity.id, bare), bare)
    found |= {key: _merged(found[key], regions[key]) for key in found.keys() & regions.keys()}
    wanted = [e.parent for e in found.values()] + [b.report.jurisdiction for b in blocks]
    wanted += [s for b in blocks for s in _named(b)]
    for key in wanted:
        while key and key in regions and key not in found:
            found[key] = regions[key]
            key = regions[key].parent  # noqa: PLW2901 - climbs to the province
    return dict(sorted(found.items()))


def _named(block: Extraction) -> Iterator[str]:
    """Everything the statements of a report point at."""
    for claim in block.claims:
        yield claim.subject
        yield claim.object
    yield from (o.subject for o in block.observations)


def _merged(a: Entity, b: Entity) -> Entity:
    """One entity from two reports' views of it: the fuller parent, all aliases."""
    aliases = tuple(sorted({*a.aliases, *b.aliases} - {a.label}))
    return replace(a, aliases=aliases, parent=a.parent or b.parent, level=a.level or b.level)


def _concepts(
    blocks: list[Extraction], entities: Mapping[str, Entity], scheme: Mapping[str, Concept]
) -> dict[str, Concept]:
    """Concepts that are claimed, their broader ones, and the local programmes."""
    wanted = {c.object for b in blocks for c in b.claims if c.object.startswith("program/")}
    found: dict[str, Concept] = {}
    for key in sorted(wanted):
        if key in scheme:
            while key and key not in found:
                found[key] = scheme[key]
                key = scheme[key].broader  # noqa: PLW2901 - climbs to the family
        else:
            entity = entities.get(key)
            label = entity.label if entity else key
            found[key] = Concept(key, label, label, "local-program", "", entity.aliases if entity else ())
    return dict(sorted(found.items()))


def read_regions(path: Path) -> dict[str, Entity]:
    """The table of regions as entities by identifier."""
    return {
        f"region/{row['code']}": Entity(
            id=f"region/{row['code']}",
            type=EntityType.REGION,
            label=row["name"],
            aliases=_split(row["short_names"]),
            parent=f"region/{row['parent']}" if row["parent"] else "",
            level=row["level"],
            source="seed",
        )
        for row in read_tsv(path)
    }


def read_concepts(path: Path) -> dict[str, Concept]:
    """The programme scheme by identifier, each concept with its family."""
    rows = {row["id"]: row for row in read_tsv(path)}
    return {
        f"program/{key}": Concept(
            id=f"program/{key}",
            zh=row["prefLabel_zh"],
            en=row["prefLabel_en"],
            family=f"program/{_top(key, rows)}",
            broader=f"program/{row['broader']}" if row["broader"] else "",
            aliases=_split(row["altLabels_zh"]),
        )
        for key, row in rows.items()
    }


def _top(key: str, rows: Mapping[str, Mapping[str, str]]) -> str:
    seen = {key}
    while rows[key]["broader"] in rows and rows[key]["broader"] not in seen:
        key = rows[key]["broader"]
        seen.add(key)
    return key


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def read_problems(path: Path) -> tuple[Problem, ...]:
    """The rows of ``problems.tsv``; none if the file is not there."""
    if not path.exists():
        return ()
    return tuple(Problem(r["where"], r["kind"], r["what"], r["todo"]) for r in read_tsv(path))
