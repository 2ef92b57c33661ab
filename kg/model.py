"""The nouns: what a report, a sentence, an entity, a claim and its evidence are.

All values are frozen; what a report holds by the hundred is a named tuple, made
in a third of the time. Offsets are Unicode code points of the report's text as
decoded, the end exclusive, so that ``text[start:end] == quote`` always holds.
Identifiers are paths below the data base, for example ``region/330481``,
``org/330481-海宁市第二人民医院``, ``program/family-doctor`` or
``local-program/330481-e护康``; only ``kg.graph.iris`` turns them into IRIs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

__all__ = [
    "Claim",
    "Entity",
    "EntityType",
    "Evidence",
    "Extraction",
    "Mention",
    "Observation",
    "Predicate",
    "Problem",
    "Report",
    "ReportKind",
    "Role",
    "Sentence",
    "Status",
]


class _Word(str, Enum):
    """A value of a closed list, hashed as the string it is: an Enum's own hash is five times as slow."""

    __hash__ = str.__hash__


class EntityType(_Word):
    """Classes of entities; the value is the class's local name in the ontology."""

    REGION = "Region"
    HEALTH_AUTHORITY = "HealthAuthority"
    GOVERNMENT_BODY = "GovernmentBody"
    HOSPITAL = "Hospital"
    PRIMARY_CARE = "PrimaryCareInstitution"
    PUBLIC_HEALTH = "PublicHealthInstitution"
    ACADEMIC = "AcademicInstitution"
    ALLIANCE = "MedicalAlliance"
    ORGANIZATION = "Organization"
    PROGRAM = "Program"
    LOCAL_PROGRAM = "LocalProgram"


class Predicate(_Word):
    """Relations a claim can state; the value is the property's local name."""

    IMPLEMENTS = "implements"
    PARTNERS_WITH = "partnersWith"
    LEADS = "leads"
    MEMBER_OF = "memberOf"
    LOCATED_IN = "locatedIn"
    WITHIN = "within"


class Status(_Word):
    """Whether a claim is a fact, an intention, or something given up."""

    REALISED = "realised"
    PLANNED = "planned"
    STOPPED = "stopped"


class ReportKind(_Word):
    """Kinds of report: 总结 / 计划 / 要点 / 方案 / 简报."""

    SUMMARY = "Summary"
    PLAN = "Plan"
    KEY_POINTS = "KeyPoints"
    SCHEME = "Scheme"
    BULLETIN = "Bulletin"


class Role(_Word):
    """What a part of a report does."""

    TITLE = "title"
    HEADING = "heading"
    REVIEW = "review"
    PROBLEMS = "problems"
    PLAN = "plan"
    SIGNATURE = "signature"
    RESIDUE = "residue"


@dataclass(frozen=True, slots=True)
class Report:
    """One text as it was published.

    ``key`` is the file's stem plus six digits of the text's SHA-256; ``year``
    is the year reported on, ``half`` 1 or 2 for half-year reports;
    ``published`` is an ISO date. ``issuer`` and ``jurisdiction`` are
    identifiers once linked, empty before or where nothing was found.
    """

    key: str
    file_name: str
    text: str = field(repr=False)
    sha256: str
    title: str = ""
    issuer: str = ""
    jurisdiction: str = ""
    year: int | None = None
    half: int | None = None
    kinds: tuple[ReportKind, ...] = ()
    published: str = ""


class Sentence(NamedTuple):
    """A stretch of prose ``text[start:end]`` under its headings."""

    start: int
    end: int
    text: str
    role: Role
    headings: tuple[str, ...] = ()


class Mention(NamedTuple):
    """A place in the text that names something, and how it was understood.

    ``how`` is the chain of resolution steps, shown by ``kg explain``.
    """

    start: int
    end: int
    text: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A region, organisation or local programme found in a report.

    ``source`` is ``seed`` (from the seed tables), ``name`` (built from its
    name) or ``mask`` (anonymised in the report). ``parent`` is the identifier
    of the region it lies in, empty if unknown; ``level`` is a region's level
    (province, prefecture, county, township, zone).
    """

    id: str
    type: EntityType
    label: str
    aliases: tuple[str, ...] = ()
    parent: str = ""
    level: str = ""
    source: str = "name"
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that proves something, cut out of the report."""

    start: int
    end: int
    quote: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """Subject, predicate and object as one report states them.

    ``kind`` is the kind of partnership (see ontology), empty for other
    predicates; ``rule`` names the rule that fired.
    """

    id: str
    report: str
    subject: str
    predicate: Predicate
    object: str
    status: Status
    evidence: Evidence
    rule: str
    year: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """A rate or ratio with its value.

    ``metric`` is the normalised key of the quantity, ``metric_text`` its name
    as the report gives it; ``unit`` is ``%``, ``‰``, ``/10万`` or the counted
    unit (人/千人, 元/人); ``value_text`` keeps the source wording.
    """

    id: str
    report: str
    subject: str
    metric: str
    metric_text: str
    value: Decimal
    value_text: str
    unit: str
    status: Status
    evidence: Evidence
    rule: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the expert should look at: where, what, and what to do.

    ``where`` is ``file``, ``file:line`` or ``file#char=start,end``; ``kind``
    groups problems (unreadable, ambiguous, unlinked, no-jurisdiction, …).
    """

    where: str
    kind: str
    what: str
    todo: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything one report yields; the unit that is stored and replaced."""

    report: Report
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    observations: tuple[Observation, ...] = ()
    problems: tuple[Problem, ...] = ()
