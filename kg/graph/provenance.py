"""How a graph came about: one PROV activity, named by what went into it.

A build used reports, and a software version with its rules, word lists, seed
tables and ontology. All of these are named by their SHA-256 and the build by
the hash of them all, so the same inputs give the same name and the same
bytes; when and how long a build ran stands in ``run.json`` only. The data set
is described with DCAT and VoID.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg import __version__
from kg.files import package_path
from kg.graph import vocab as v
from kg.graph.iris import BASE, iri, report_iri
from kg.graph.nquads import integer, language, node, text

__all__ = ["DATASET", "PROVENANCE", "data_files", "provenance_quads"]

PROVENANCE = BASE + "graph/provenance"
DATASET = BASE + "dataset"
DCAT = "http://www.w3.org/ns/dcat#"
VOID = "http://rdfs.org/ns/void#"
# Folders whose files decide what a build says, below kg/data, seeds and ontology.
_ROOTS = (("data", "lexicon"), ("data", "rules"), ("seeds", ""), ("ontology", ""))
_ENDINGS = frozenset({".tsv", ".yaml", ".yml", ".ttl"})
_NOT_USED = frozenset({"examples", "reports", "sources"})

# Beyond so many reports the catalogue alone names them: to repeat them here
# would mean rewriting thousands of quads for one new report.
LISTED = 500

Triple = tuple[str, str, str]


def data_files() -> dict[str, Path]:
    """Rules, word lists, seed tables and ontology of this installation, by name below the package."""
    found: dict[str, Path] = {}
    for room, folder in _ROOTS:
        root = package_path(room)
        for path in (root / folder).rglob("*"):
            name = path.relative_to(root)
            if path.suffix in _ENDINGS and not _NOT_USED & set(name.parts):
                found[f"{room}/{name.as_posix()}"] = path
    return dict(sorted(found.items()))


def provenance_quads(reports: Mapping[str, str], curation: Path | None = None, triples: int | None = None) -> list[str]:
    """The provenance graph, as sorted lines.

    ``reports`` maps the key of every report in the graph to the SHA-256 of
    its text, and up to ``LISTED`` of them are named; ``curation`` is the table of decisions, if one was used;
    ``triples`` the number of quads in the report graphs, if it is known.
    """
    used = {name: _sha256(path) for name, path in data_files().items()}
    if curation is not None:
        used["curation.tsv"] = _sha256(curation)
    build = node(f"{BASE}build/{_digest(__version__, used, reports)}")
    quads = {*_build(build, used, reports if len(reports) <= LISTED else ()), *_files(used), *_dataset(build, triples)}
    return sorted(f"{s} {p} {o} <{PROVENANCE}> ." for s, p, o in quads)


def _digest(version: str, *inputs: Mapping[str, str]) -> str:
    told = [version, *(f"{name}={digest}" for group in inputs for name, digest in sorted(group.items()))]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _file(name: str, digest: str) -> str:
    return node(iri(f"file/{name}-{digest[:6]}"))


def _prov(name: str) -> str:
    return f"<{v.PROV}{name}>"


def _build(build: str, used: Mapping[str, str], reports: Iterable[str]) -> Iterable[Triple]:
    software = node(f"{BASE}software/kg-{__version__}")
    yield build, v.TYPE, v.hg("Build")
    yield build, v.TYPE, _prov("Activity")
    yield build, _prov("wasAssociatedWith"), software
    yield software, v.TYPE, _prov("SoftwareAgent")
    yield software, f"<{v.DCTERMS}hasVersion>", text(__version__)
    for name, digest in used.items():
        yield build, _prov("used"), _file(name, digest)
    for key in reports:
        yield build, _prov("used"), node(report_iri(key))


def _files(used: Mapping[str, str]) -> Iterable[Triple]:
    for name, digest in used.items():
        me = _file(name, digest)
        yield me, v.TYPE, _prov("Entity")
        yield me, v.hg("fileName"), text(name)
        yield me, v.hg("sha256"), text(digest)


def _dataset(build: str, triples: int | None) -> Iterable[Triple]:
    me = node(DATASET)
    yield me, v.TYPE, f"<{DCAT}Dataset>"
    yield me, v.TYPE, f"<{VOID}Dataset>"
    yield me, v.TITLE, language("Health governance graph", "en")
    yield me, v.TITLE, language("卫生治理图谱", "zh")
    yield me, f"<{VOID}uriSpace>", text(BASE)
    yield me, f"<{VOID}vocabulary>", node(BASE + "ontology")
    yield me, _prov("wasGeneratedBy"), build
    if triples is not None:
        yield me, f"<{VOID}triples>", integer(triples)
