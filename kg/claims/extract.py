"""One report -> its Extraction: entities, claims with evidence and status, observations, problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.claims.alliance import alliances, branches, of_leaders, signings
from kg.claims.evidence import claims, observations, places
from kg.claims.implement import implementations
from kg.claims.implied import allied, continued, cooperation
from kg.claims.lexicon import Lexicon
from kg.claims.notebook import region_entity
from kg.claims.partner import aid_sections, partnerships, plates
from kg.claims.scan import Scan, scan
from kg.claims.stated import Stated
from kg.model import Claim, Entity, Extraction, Problem, Report

__all__ = ["extract"]


def extract(report: Report, lexicon: Lexicon) -> Extraction:
    """Everything one report says, ready to be written or built into a graph.

    Pure: the same report and lexicon give the same Extraction.
    """
    read = scan(report, lexicon)
    told = claims(read, _statements(read, lexicon))
    entities = read.register.entities()
    told |= claims(read, places(read, entities, tuple(told.values())))
    home = f"region/{read.home}" if read.home else ""
    spoken_of = {home} | {end for claim in told.values() for end in (claim.subject, claim.object)}
    return Extraction(
        replace(report, issuer=read.issuer, jurisdiction=home),
        (*(e for e in entities if e.mentions or e.id in spoken_of), *_unlisted(spoken_of, read, lexicon)),
        tuple(sorted(told.values(), key=_order)),
        tuple(observations(read)),
        (*read.problems, *_unknown_home(read)),
    )


def _unlisted(ids: Iterable[str], read: Scan, lexicon: Lexicon) -> Iterator[Entity]:
    """Townships, zones and masked regions that only the names of institutions show (江山经济开发区人民医院)."""
    codes = sorted(i.removeprefix("region/") for i in ids if i.startswith("region/") and not read.register.get(i))
    known = lexicon.gazetteer.places  # the reference graph describes all of them but townships
    return (region_entity(c, lexicon) for c in codes if c not in known or known[c].level == "township")


def _order(claim: Claim) -> tuple[int, str]:
    return claim.evidence.start, claim.id


def _statements(read: Scan, lexicon: Lexicon) -> Iterator[Stated]:
    partners = [*partnerships(read), *plates(read), *aid_sections(read)]
    yield from partners
    yield from cooperation(read, partners)
    yield from continued(read, partners)
    united = [*alliances(read), *branches(read), *of_leaders(read)]
    yield from united
    yield from allied(read, united)
    yield from signings(read, united)
    yield from implementations(read, lexicon)


def _unknown_home(read: Scan) -> Iterator[Problem]:
    if not read.home:
        what = "标题、落款、发布机构和小标题都没有指明地区 (no jurisdiction found)"
        todo = "在标题或落款中写上地区全称 (write the region's full name in the title or the signature)"
        yield Problem(read.report.file_name, "no-jurisdiction", what, todo)
