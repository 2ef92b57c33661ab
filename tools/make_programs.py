"""Write ontology/programs.ttl from seeds/programs.tsv; ``--check`` only tells whether it is current.

python tools/make_programs.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

from kg.errors import DataError
from kg.files import atomic, read_tsv

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "seeds" / "programs.tsv"
TARGET = ROOT / "ontology" / "programs.ttl"
HEAD = """\
# The programme scheme as SKOS. Made by tools/make_programs.py from seeds/programs.tsv: edit the table, not this file.
# 项目概念表（SKOS）。由 tools/make_programs.py 根据 seeds/programs.tsv 生成：请改表格，不要改本文件。

@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix hg: <https://w3id.org/hgkg/ontology#> .
@prefix program: <https://w3id.org/hgkg/program/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<https://w3id.org/hgkg/programs>
    a skos:ConceptScheme ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
    dcterms:title "Health programmes and policies"@en , "卫生健康项目与政策"@zh ;
    skos:prefLabel "Health programmes and policies"@en , "卫生健康项目与政策"@zh ;
    skos:hasTopConcept {top} .
"""

Row = dict[str, str]


def turtle(rows: list[Row]) -> str:
    """The scheme with its concepts in the order of their ids."""
    concepts = sorted(rows, key=lambda row: row["id"])
    top = " ,\n        ".join(f"program:{row['id']}" for row in concepts if not row["broader"])
    return "\n".join([HEAD.format(top=top), *(concept(row) for row in concepts)])


def concept(row: Row) -> str:
    """One concept with labels, synonyms, place in the hierarchy and definitions."""
    aliases = sorted({alias for alias in row["altLabels_zh"].split("|") if alias and alias != row["prefLabel_zh"]})
    lines = [
        f"program:{row['id']}",
        "    a hg:Program , skos:Concept ;",
        "    skos:inScheme <https://w3id.org/hgkg/programs> ;",
        f"    skos:prefLabel {literal(row['prefLabel_en'], 'en')} , {literal(row['prefLabel_zh'], 'zh')} ;",
        many("skos:altLabel", [literal(alias, "zh") for alias in aliases]),
        many("skos:definition", [literal(row[f"definition_{t}"], t) for t in ("en", "zh") if row[f"definition_{t}"]]),
        f"    skos:broader program:{row['broader']} ." if row["broader"] else
        "    skos:topConceptOf <https://w3id.org/hgkg/programs> .",
    ]  # fmt: skip
    return "\n".join(line for line in lines if line) + "\n"


def many(predicate: str, values: list[str]) -> str:
    """A predicate with its objects, or nothing."""
    return f"    {predicate} {' , '.join(values)} ;" if values else ""


def literal(text: str, tag: str) -> str:
    """A Turtle literal with a language tag."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + f'"@{tag}'


def main(arguments: list[str]) -> int:
    text = turtle(read_tsv(SOURCE))
    if arguments == ["--check"]:
        current = TARGET.exists() and TARGET.read_text("utf-8") == text
        sys.stderr.write("" if current else f"{TARGET}: not current; run python tools/make_programs.py\n")
        return 0 if current else 1
    if arguments:
        raise DataError(f"{' '.join(arguments)}: unknown; only --check is")
    with atomic(TARGET) as out:
        out.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
