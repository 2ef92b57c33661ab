"""Write docs/ontology.html, the ontology for readers; ``--check`` only tells whether it is current.

    python tools/make_docs.py [--check]

One page, both languages, no script, nothing fetched from elsewhere: made from
``ontology`` and the competency questions alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import BNode, Node

from kg.errors import DataError
from kg.files import atomic

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology"
TARGET = ROOT / "docs" / "ontology.html"
QUESTIONS = ROOT / "kg" / "data" / "queries" / "competency"
STYLE = Path(__file__).with_name("ontology.css")
HG = Namespace("https://w3id.org/hgkg/ontology#")
SH = Namespace("http://www.w3.org/ns/shacl#")
ME = URIRef("https://w3id.org/hgkg/ontology")
SCHEME = URIRef("https://w3id.org/hgkg/programs")
PREFIXES = {
    str(HG): "hg:", "https://w3id.org/hgkg/program/": "program:", "https://w3id.org/hgkg/shapes#": "hgs:",
    str(OWL): "owl:", str(RDF): "rdf:", str(RDFS): "rdfs:", str(SKOS): "skos:", str(DCTERMS): "dcterms:",
    str(SH): "sh:",
    "http://www.w3.org/ns/org#": "org:", "http://www.w3.org/ns/prov#": "prov:", "http://www.w3.org/ns/oa#": "oa:",
    "https://schema.org/": "schema:", "http://www.w3.org/2001/XMLSchema#": "xsd:",
}  # fmt: skip


def page(terms: Graph, programs: Graph, shapes: Graph, alignments: Graph) -> str:
    """The whole page."""
    sections = [
        ("about", "About", "概述", about(terms)),
        ("classes", "Classes", "类", classes(terms, alignments)),
        ("properties", "Properties", "属性", properties(terms, alignments)),
        ("lists", "Lists", "列表", lists(terms)),
        ("programmes", "Programmes", "项目概念表", programmes(programs)),
        ("shapes", "What data must meet", "数据须满足的条件", constraints(shapes)),
        ("questions", "What can be asked", "可以提出的问题", questions()),
        ("must-be-empty", "What must not be found", "不得出现的情况", rules()),
    ]
    contents = "".join(f'<li><a href="#{key}">{both(en, zh)}</a></li>' for key, en, zh, _ in sections)
    body = "".join(
        f'<section id="{key}"><h2>{both(en, zh)}</h2>{"".join(rows)}</section>' for key, en, zh, rows in sections
    )
    title = " · ".join(str(x) for x in sorted(terms.objects(ME, DCTERMS.title), key=language))
    return (
        '<!DOCTYPE html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{STYLE.read_text('utf-8')}</style>\n</head>\n<body>\n"
        f"<h1>{said(terms, ME, DCTERMS.title)}</h1>\n<nav><ul>{contents}</ul></nav>\n"
        f"<main>{body}</main>\n</body>\n</html>\n"
    )


def both(en: str, zh: str) -> str:
    return f'<span lang="en">{escape(en)}</span> <span lang="zh">{escape(zh)}</span>'


def language(literal: Node) -> str:
    return (literal.language or "") if isinstance(literal, Literal) else ""


def said(graph: Graph, term: Node, *predicates: URIRef) -> str:
    """The first of these annotations that there is, in every language."""
    for predicate in predicates:
        if found := sorted(graph.objects(term, predicate), key=language):
            return " ".join(f'<span lang="{language(o) or "en"}">{escape(str(o))}</span>' for o in found)
    return ""


def short(term: Node) -> str:
    """An IRI with its prefix, as text."""
    for space, prefix in PREFIXES.items():
        if str(term).startswith(space):
            return prefix + str(term)[len(space) :]
    return str(term)


def link(term: Node) -> str:
    """A term; what this page describes is a link within it."""
    name = escape(short(term))
    return (
        f'<a href="#{name}"><code>{name}</code></a>' if name.startswith(("hg:", "program:")) else f"<code>{name}</code>"
    )


def links(terms: Iterable[Node]) -> str:
    return ", ".join(link(term) for term in sorted(terms, key=lambda t: short(t).lower()))


def ours(graph: Graph, *kinds: URIRef) -> list[Node]:
    found = {s for kind in kinds for s in graph.subjects(RDF.type, kind) if str(s).startswith(str(HG))}
    return sorted(found, key=lambda t: short(t).lower())


def article(graph: Graph, term: Node, rows: Iterable[tuple[str, str, str]]) -> str:
    """A term with label, definition and example, then its rows (English, Chinese, HTML)."""
    name = escape(short(term))
    facts = "".join(f"<dt>{both(en, zh)}</dt><dd>{html}</dd>" for en, zh, html in rows if html)
    example = said(graph, term, SKOS.example)
    sample = f"<dt>{both('Example', '示例')}</dt><dd>{example}</dd>" if example else ""
    return (
        f'<article id="{name}"><h3><code>{name}</code> {said(graph, term, RDFS.label, SKOS.prefLabel)}</h3>'
        f"<p>{said(graph, term, SKOS.definition)}</p><dl>{facts}{sample}</dl></article>\n"
    )


def about(graph: Graph) -> Iterator[str]:
    yield f"<p>{said(graph, ME, DCTERMS.description)}</p><dl>"
    for en, zh, predicate in (
        ("Version", "版本", OWL.versionIRI), ("Created", "创建", DCTERMS.created), ("Licence", "许可", DCTERMS.license),
    ):  # fmt: skip
        yield f"<dt>{both(en, zh)}</dt><dd><code>{escape(str(graph.value(ME, predicate)))}</code></dd>"
    yield f"<dt>{both('Namespace', '命名空间')}</dt><dd><code>hg: {escape(str(HG))}</code></dd></dl>"


def classes(graph: Graph, alignments: Graph) -> Iterator[str]:
    for term in ours(graph, OWL.Class):
        used = [p for p in graph.subjects(RDFS.domain) if term in members(graph, graph.value(p, RDFS.domain))]
        yield article(graph, term, [
            ("Is a kind of", "上位类", links(o for o in graph.objects(term, RDFS.subClassOf))),
            ("Kinds of it", "下位类", links(s for s in graph.subjects(RDFS.subClassOf, term))),
            ("Properties", "属性", links(used)),
            ("Elsewhere", "对应", elsewhere(alignments, term, RDFS.subClassOf)),
        ])  # fmt: skip


def properties(graph: Graph, alignments: Graph) -> Iterator[str]:
    for term in ours(graph, OWL.ObjectProperty, OWL.DatatypeProperty):
        kinds = [short(o).removeprefix("owl:") for o in graph.objects(term, RDF.type)]
        yield article(graph, term, [
            ("From", "定义域", links(members(graph, graph.value(term, RDFS.domain)))),
            ("To", "值域", links(graph.objects(term, RDFS.range))),
            ("Kind", "种类", escape(", ".join(sorted(kinds)))),
            ("Elsewhere", "对应", elsewhere(alignments, term, RDFS.subPropertyOf)),
        ])  # fmt: skip


def members(graph: Graph, node: Node | None) -> list[Node]:
    """A class, or the classes of a union."""
    if isinstance(node, BNode) and (union := graph.value(node, OWL.unionOf)):
        return list(Collection(graph, union))
    return [node] if node else []


def elsewhere(alignments: Graph, term: Node, below: URIRef) -> str:
    same = [f"⊂ {link(o)}" for o in sorted(alignments.objects(term, below), key=str)]
    return ", ".join(same + [f"≈ {link(o)}" for o in sorted(alignments.objects(term, SKOS.closeMatch), key=str)])


def lists(graph: Graph) -> Iterator[str]:
    for term in ours(graph, SKOS.ConceptScheme):
        yield article(graph, term, [])
        for concept in sorted(graph.subjects(SKOS.inScheme, term), key=lambda t: short(t).lower()):
            yield article(graph, concept, [])


def programmes(graph: Graph) -> Iterator[str]:
    top = sorted(graph.objects(SCHEME, SKOS.hasTopConcept), key=str)
    yield "".join(branch(graph, concept) for concept in top)


def branch(graph: Graph, concept: Node) -> str:
    """A concept with those below it indented."""
    aliases = "、".join(sorted(str(o) for o in graph.objects(concept, SKOS.altLabel)))
    rows = [("Also", "又称", f'<span lang="zh">{escape(aliases)}</span>' if aliases else "")]
    below = "".join(branch(graph, child) for child in sorted(graph.subjects(SKOS.broader, concept), key=str))
    return article(graph, concept, rows) + (f'<div class="below">{below}</div>' if below else "")


def constraints(graph: Graph) -> Iterator[str]:
    """Node shapes with the messages of what they ask for."""
    for shape in sorted(graph.subjects(RDF.type, SH.NodeShape), key=str):
        if not any(graph.objects(shape, target) for target in (SH.targetClass, SH.targetSubjectsOf)):
            continue
        asked = [
            *sorted(graph.objects(shape, SH.property), key=str),
            *([shape] if graph.value(shape, SH.message) else []),
        ]
        items = "".join(f"<li><code>{escape(path(graph, s))}</code> {said(graph, s, SH.message)}</li>" for s in asked)
        target = links(graph.objects(shape, SH.targetClass))
        comment = said(graph, shape, RDFS.comment)
        yield f"<article><h3>{target or escape(short(shape))}</h3><p>{comment}</p><ul>{items}</ul></article>\n"


def path(graph: Graph, shape: Node) -> str:
    found = graph.value(shape, SH.path)
    return short(found) if found else short(shape)


def rules() -> Iterator[str]:
    for file in sorted((ONTOLOGY / "must-be-empty").glob("*.rq")):
        what, todo, *_ = file.read_text("utf-8").split("\n")
        lines = [both(*line.split(" · ", 1)) for line in (what.removeprefix("# "), todo.removeprefix("# todo: "))]
        yield f"<article><h3><code>{escape(file.stem)}</code></h3><p>{lines[0]}</p><p>{lines[1]}</p></article>\n"


def questions() -> Iterator[str]:
    """The competency questions, by the names that ``kg query`` takes."""
    for file in sorted(QUESTIONS.glob("*.rq")):
        title = file.read_text("utf-8").split("\n", 1)[0].removeprefix("# ")
        name = escape(f"competency/{file.stem}")
        yield f"<article><h3><code>{name}</code></h3><p>{both(*title.split(' · ', 1))}</p></article>\n"


def read(name: str) -> Graph:
    return Graph().parse(ONTOLOGY / name)


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        raise DataError(f"{' '.join(arguments)}: unknown; only --check is")
    names = ("health-governance.ttl", "programs.ttl", "shapes.ttl", "alignments.ttl")
    text = page(*map(read, names))
    if arguments:
        current = TARGET.exists() and TARGET.read_text("utf-8") == text
        sys.stderr.write("" if current else f"{TARGET}: not current; run python tools/make_docs.py\n")
        return 0 if current else 1
    with atomic(TARGET) as out:
        out.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
