"""The reference graph, from small tables and from the shipped ones."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import DataError
from kg.graph import vocab as v
from kg.graph.iris import REFERENCE
from kg.graph.reference import reference_quads

REGIONS = """# a note
code\tname\tshort_names\tlevel\tparent\tcode_year\tnote
330000\t浙江省\t浙江|浙\tprovince\t\t2023\t
330481\t江滨市\t江滨\tcounty\t330000\t2023\t
330481001\t河东街道\t\ttownship\t330481\t2023\t
330000-江滨开发区\t江滨开发区\t\tzone\t330000\t\t
"""
ORGANISATIONS = """key\tname\tshort_names\ttype\tregion\tparent_org\tnote
east\t华东大学\t华大\tAcademicInstitution\t330000\t\t
east-1\t华东大学附属第一医院\t华大一院\tHospital\t330481\teast\t
"""
PROGRAMS = """id\tprefLabel_zh\tprefLabel_en\tbroader\taltLabels_zh\tdefinition_zh\tdefinition_en
medical-alliance\t医联体\tMedical alliance\t\t医疗联合体\t医院的联合\tHospitals united
county-medical-community\t县域医共体\t\tmedical-alliance\t\t\t
"""


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    for name, table in (("regions", REGIONS), ("organisations", ORGANISATIONS), ("programs", PROGRAMS)):
        (tmp_path / f"{name}.tsv").write_text(table, "utf-8")
    return tmp_path


def ask(seeds: Path, pattern: str) -> bool:
    store = ox.Store()
    store.load("\n".join(reference_quads(seeds)).encode(), ox.RdfFormat.N_QUADS)
    return bool(store.query(f"ASK {{ GRAPH <{REFERENCE}> {{ {pattern} }} }}", prefixes=v.PREFIXES))


@pytest.mark.parametrize(
    "pattern",
    [
        "region:330481 a hg:Region ; hg:level hg:County ; hg:within region:330000 ; skos:prefLabel '江滨市'@zh",
        "region:330000 skos:altLabel '浙'@zh ; skos:notation '330000' ; hg:codeYear '2023'^^xsd:gYear",
        "region:330000-江滨开发区 hg:level hg:Zone",
        "org:east-1 a hg:Hospital ; hg:locatedIn region:330481 ; hg:partOf org:east ; skos:altLabel '华大一院'@zh",
        "program:county-medical-community a hg:Program, skos:Concept ; skos:broader program:medical-alliance",
        "program:medical-alliance skos:prefLabel '医联体'@zh, 'Medical alliance'@en ; skos:definition '医院的联合'@zh",
    ],
)
def test_the_reference_graph_says(seeds: Path, pattern: str) -> None:
    assert ask(seeds, pattern)


def test_townships_are_left_to_the_reports(seeds: Path) -> None:
    assert not ask(seeds, "region:330481001 ?p ?o")
    assert not ask(seeds, "region:330000-江滨开发区 skos:notation ?n")


def test_lines_are_sorted(seeds: Path) -> None:
    lines = list(reference_quads(seeds))
    assert lines == sorted(set(lines))


def test_a_column_that_is_missing_is_named(seeds: Path) -> None:
    (seeds / "programs.tsv").write_text("id\tprefLabel_zh\nx\t甲\n", "utf-8")
    with pytest.raises(DataError, match=r"programs\.tsv: 'altLabels_zh'"):
        list(reference_quads(seeds))
