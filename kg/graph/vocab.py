"""Every ontology term the program writes or asks for, spelled once.

Constants are N-Triples tokens (``<…>``), ready for the writer; ``TERMS`` holds
the IRIs of our own namespace, which ``ontology/health-governance.ttl`` must
declare, all of them and no others.
"""

from __future__ import annotations

from kg.graph.iris import BASE
from kg.model import EntityType, Predicate, ReportKind, Status

__all__ = ["CLASSES", "CONCEPTS", "PREFIXES", "PROPERTIES", "TERMS", "hg"]  # and the token constants

HG = BASE + "ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
DCTERMS = "http://purl.org/dc/terms/"

PREFIXES = {
    "claim": BASE + "claim/",
    "dcterms": DCTERMS,
    "graph": BASE + "graph/",
    "hg": HG,
    "local-program": BASE + "local-program/",
    "metric": BASE + "metric/",
    "oa": OA,
    "observation": BASE + "observation/",
    "org": BASE + "org/",
    "program": BASE + "program/",
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "region": BASE + "region/",
    "report": BASE + "report/",
    "skos": SKOS,
    "xsd": XSD,
}

# Classes of what the graph holds, then those that only order them (or the
# build's own provenance).
CLASSES = (
    *sorted(kind.value for kind in EntityType),
    "Claim",
    "Metric",
    "Naming",
    "Observation",
    "Report",
    *("Actor", "AdministrativeLevel", "Build", "Entity", "Finding", "Initiative"),
    *("PartnershipKind", "ReportKind", "Status"),
)

PROPERTIES = (
    "class",
    "codeYear",
    "denotes",
    "everImplements",
    "everLeads",
    "everMemberOf",
    "everPartnersWith",
    "everPlans",
    "everReachedBy",
    "everTargetOf",
    "fileName",
    "half",
    *sorted(predicate.value for predicate in Predicate),
    "inYear",
    "issuer",
    "jurisdiction",
    "kind",
    "level",
    "mark",
    "mentions",
    "metric",
    "metricText",
    "name",
    "partOf",
    "partnershipKind",
    "place",
    "quarantineReason",
    "report",
    "resolution",
    "rule",
    "sha256",
    "status",
    "subject",
    "unit",
    "value",
    "valueText",
    "violates",
    "year",
)

# Lists of our namespace: scheme, then the concepts in it.
CONCEPTS = {
    "Levels": ("County", "Prefecture", "Province", "Township", "Zone"),
    "PartnershipKinds": (
        "affiliation",  # 附属医院、教学医院
        "agreement",  # 签订合作协议
        "alliance",  # 加入联盟、结成医联体
        "branch",  # 分院、院区挂牌
        "coBuilding",  # 合作共建
        "cooperation",  # 合作（未说明形式）
        "counterpartSupport",  # 对口支援、对口帮扶
        "experts",  # 专家派驻、名医工作室
        "jointAction",  # 与消防、工会等联合行动
        "jointCentre",  # 共建中心
        "management",  # 托管
    ),
    "ReportKinds": tuple(kind.value for kind in ReportKind),
    "Statuses": tuple(status.value.capitalize() for status in Status),
}

TERMS = frozenset(
    HG + name for name in (*CLASSES, *PROPERTIES, *CONCEPTS, *(c for cs in CONCEPTS.values() for c in cs))
)


def hg(name: str) -> str:
    """The token of one of our own terms; KeyError for a name the ontology does not have.

    >>> hg("implements")
    '<https://w3id.org/hgkg/ontology#implements>'
    """
    if HG + name not in TERMS:
        raise KeyError(name)
    return f"<{HG}{name}>"


TYPE = f"<{RDF}type>"
SUBJECT = f"<{RDF}subject>"
PREDICATE = f"<{RDF}predicate>"
OBJECT = f"<{RDF}object>"
PREF_LABEL = f"<{SKOS}prefLabel>"
ALT_LABEL = f"<{SKOS}altLabel>"
DEFINITION = f"<{SKOS}definition>"
BROADER = f"<{SKOS}broader>"
IN_SCHEME = f"<{SKOS}inScheme>"
NOTATION = f"<{SKOS}notation>"
CONCEPT = f"<{SKOS}Concept>"
CONCEPT_SCHEME = f"<{SKOS}ConceptScheme>"
DERIVED_FROM = f"<{PROV}wasDerivedFrom>"
EXACT = f"<{OA}exact>"
START = f"<{OA}start>"
END = f"<{OA}end>"
TITLE = f"<{DCTERMS}title>"
ISSUED = f"<{DCTERMS}issued>"
