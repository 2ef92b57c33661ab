"""Quality rules for an ontology, each a function from a graph to its offenders.

Ported from the ROBOT report profile (ontodev/robot, ``report_queries``), from
the OWL 2 structural rules that an OWL API checks on loading, and from the
OOPS! catalogue of pitfalls.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

HG = "https://w3id.org/hgkg/ontology#"
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
LANGUAGES = ("en", "zh")
Rule = Callable[[Graph], list[str]]


def named(graph: Graph) -> list[URIRef]:
    """What the graph itself declares: our classes, properties, lists and concepts."""
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.ConceptScheme, SKOS.Concept)
    typed = {s for s, o in graph.subject_objects(RDF.type) if o in kinds or str(o).startswith(HG)}
    return sorted(s for s in typed if isinstance(s, URIRef) and str(s).startswith("https://w3id.org/hgkg/"))


def labels(graph: Graph, term: Node) -> list[Literal]:
    found = {
        *graph.objects(term, RDFS.label),
        *graph.objects(term, SKOS.prefLabel),
        *graph.objects(term, DCTERMS.title),
    }
    return [label for label in found if isinstance(label, Literal)]


def tags(values: Iterable[Node]) -> Counter[str]:
    return Counter(v.language or "" for v in values if isinstance(v, Literal))


def missing_label(graph: Graph) -> list[str]:
    return [str(t) for t in named(graph) if not set(LANGUAGES) <= set(tags(labels(graph, t)))]


def multiple_labels(graph: Graph) -> list[str]:
    def twice(term: Node, predicate: URIRef) -> bool:
        return max(tags(graph.objects(term, predicate)).values(), default=0) > 1

    return [str(t) for t in named(graph) if twice(t, RDFS.label) or twice(t, SKOS.prefLabel)]


def duplicate_label(graph: Graph) -> list[str]:
    owners: dict[Literal, set[str]] = {}
    for term in named(graph):
        for label in labels(graph, term):
            owners.setdefault(label, set()).add(str(term))
    return [str(label) for label, terms in owners.items() if len(terms) > 1]


def missing_definition(graph: Graph) -> list[str]:
    return [str(t) for t in named(graph) if (t, RDF.type, SKOS.ConceptScheme) not in graph or str(t).startswith(HG)
            if not set(LANGUAGES) <= set(tags(graph.objects(t, SKOS.definition)))]  # fmt: skip


def multiple_definitions(graph: Graph) -> list[str]:
    return [str(t) for t in named(graph) if max(tags(graph.objects(t, SKOS.definition)).values(), default=0) > 1]


def missing_example(graph: Graph) -> list[str]:
    ours = (t for t in named(graph) if str(t).startswith(HG))
    return [str(t) for t in ours if not set(LANGUAGES) <= set(tags(graph.objects(t, SKOS.example)))]


def label_whitespace(graph: Graph) -> list[str]:
    return [
        str(o) for _, _, o in graph if isinstance(o, Literal) and (str(o) != str(o).strip() or "\n" in o or "  " in o)
    ]


def missing_ontology_metadata(graph: Graph) -> list[str]:
    """ROBOT's missing_ontology_title, _description and _license; ours are bilingual and dated as well."""
    offenders = []
    for ontology in graph.subjects(RDF.type, OWL.Ontology):
        for predicate in (DCTERMS.title, DCTERMS.description):
            if set(tags(graph.objects(ontology, predicate))) != set(LANGUAGES):
                offenders.append(f"{ontology} {predicate}")
        wanted = (DCTERMS.license, DCTERMS.created, OWL.versionIRI)
        offenders += [f"{ontology} {p}" for p in wanted if graph.value(ontology, p) is None]
    return offenders


def deprecated_reference(graph: Graph) -> list[str]:
    """A term taken back is used by no other (deprecated_class_reference, deprecated_property_reference)."""
    gone = set(graph.subjects(OWL.deprecated, Literal(True)))
    return [f"{s} {p} {o}" for s, p, o in graph if s not in gone and (o in gone or p in gone)]


def deprecated_without_replacement(graph: Graph) -> list[str]:
    return [str(t) for t in graph.subjects(OWL.deprecated, Literal(True)) if not graph.value(t, DCTERMS.isReplacedBy)]


def illegal_built_ins(graph: Graph) -> list[str]:
    """A term that does not exist in its W3C namespace, or a statement that would redefine a built-in one."""
    used = sorted({str(t) for triple in graph for t in triple if isinstance(t, URIRef)})
    spaces = {str(space): space for space in (RDF, RDFS, OWL, XSD, SKOS)}
    unknown = [t for t in used if (space := spaces.get(t.rpartition("#")[0] + "#")) and URIRef(t) not in space]
    built_in = (str(RDF), str(RDFS), str(OWL), str(XSD))
    return unknown + sorted(str(s) for s in set(graph.subjects()) if str(s).startswith(built_in))


def undeclared_term(graph: Graph) -> list[str]:
    """A predicate or class that is used but not declared (OWL 2 structural specification, section 5.8)."""
    declared = {s for kind in (OWL.Class, *PROPERTIES) for s in graph.subjects(RDF.type, kind)}
    built_in = (str(RDF), str(RDFS), str(OWL), str(XSD))
    used: set[Node] = set()
    for s, p, o in graph:
        used.add(p)
        used |= {o} if p in {RDF.type, RDFS.subClassOf, RDFS.domain, RDFS.range} else set()
        used |= {s} if p == RDFS.subClassOf else set()
    return sorted(
        str(t) for t in used if isinstance(t, URIRef) and t not in declared and not str(t).startswith(built_in)
    )


def punned(graph: Graph) -> list[str]:
    """A class that is an individual or a property too, by accident."""
    classes = set(graph.subjects(RDF.type, OWL.Class))
    schema = {
        OWL.Class,
        OWL.Ontology,
        *PROPERTIES,
        OWL.FunctionalProperty,
        OWL.SymmetricProperty,
        OWL.TransitiveProperty,
    }
    individuals = {s for s, o in graph.subject_objects(RDF.type) if o not in schema}
    properties = {s for kind in PROPERTIES for s in graph.subjects(RDF.type, kind)}
    return sorted(str(t) for t in (classes & individuals) | (classes & properties) | (properties & individuals))


def cycle(graph: Graph) -> list[str]:
    """P06: a hierarchy in which something is above itself."""
    return [f"{predicate} {t}" for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.broader)
            for t in set(graph.subjects(predicate))
            if any(t in graph.transitive_objects(o, predicate) for o in graph.objects(t, predicate))]  # fmt: skip


def domain_and_range(graph: Graph) -> list[str]:
    """P11 and P19: each of our properties has one domain and one range."""
    ours = (t for t in named(graph) if any((t, RDF.type, kind) in graph for kind in PROPERTIES))
    return [str(t) for t in ours if any(len(list(graph.objects(t, p))) != 1 for p in (RDFS.domain, RDFS.range))]


def unconnected_class(graph: Graph) -> list[str]:
    """P04: a class that no hierarchy, domain, range or individual touches."""

    def touched(term: URIRef) -> Iterator[bool]:
        yield (term, RDFS.subClassOf, None) in graph
        yield any(graph.subject_predicates(term))

    classes = (t for t in named(graph) if (t, RDF.type, OWL.Class) in graph)
    return [str(t) for t in classes if not any(touched(t))]


def broken_hierarchy(graph: Graph) -> list[str]:
    """A broader concept that does not exist, or a concept that is neither top nor below another."""
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    dangling = [str(o) for o in graph.objects(None, SKOS.broader) if o not in concepts]
    loose = [str(c) for c in concepts if not (graph.value(c, SKOS.broader) or graph.value(c, SKOS.topConceptOf))]
    return dangling + loose


RULES: dict[str, Rule] = {rule.__name__: rule for rule in (
    missing_label, multiple_labels, duplicate_label, missing_definition, multiple_definitions, missing_example,
    label_whitespace, missing_ontology_metadata, deprecated_reference, deprecated_without_replacement,
    illegal_built_ins, undeclared_term, punned, cycle, domain_and_range, unconnected_class, broken_hierarchy,
)}  # fmt: skip
