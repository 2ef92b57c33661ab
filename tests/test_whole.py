"""The whole program on the sample reports: equal bytes, nothing lost, every quote true, every shape kept."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kg.graph import vocab as v
from kg.graph.build import report_quads
from kg.graph.check import check
from kg.graph.iris import iri, report_iri
from kg.graph.nquads import node
from kg.model import Status
from kg.parts import names, read_part
from kg.records import read_extractions
from kg.verify import verify
from tests.test_pipeline import contents

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "seeds" / "reports"


def build(output: Path, files: list[Path], seed: str, workers: int) -> None:
    """kg build as its own process under a hash seed."""
    command = [sys.executable, "-m", "kg", "build", *map(str, files), "-o", str(output), "--workers", str(workers)]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, env=environment, cwd=output.parent, check=False)
    assert done.returncode in {0, 1}, done.stderr.decode()
    assert json.loads((output / "run.json").read_text("utf-8"))["left_out"] == 0


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("whole") / "one"
    build(output, [SAMPLES], "1", 1)
    return output


def test_order_workers_and_hash_seed_leave_the_same_bytes(output: Path) -> None:
    files = sorted(SAMPLES.iterdir())
    random.Random(5).shuffle(files)
    build(output.parent / "two", files, "2", 3)
    assert contents(output.parent / "two") == contents(output)


def test_the_page_of_the_samples_is_small_and_holds_their_texts(output: Path) -> None:
    page = (output / "index.html").read_text("utf-8")
    assert len(page.encode()) <= 1_500_000
    reports = json.loads(page.partition('id="data">')[2].partition("</script>")[0])["reports"]
    assert {r["file"]: r["text"] for r in reports} == {f.name: f.read_text("utf-8") for f in SAMPLES.glob("*.txt")}


def test_every_sample_yields_claims(output: Path) -> None:
    found = list(read_extractions(output / "claims.jsonl"))
    assert len(found) == len([f for f in SAMPLES.iterdir() if f.suffix == ".txt"])
    assert [x.report.file_name for x in found if not x.claims] == []


def test_every_quote_is_cut_out_of_its_report_again(output: Path) -> None:
    claims, graph = verify(output / "claims.jsonl", [SAMPLES]), verify(output / "graph.nq", [SAMPLES])
    assert (claims.problems, graph.problems) == ((), ())
    assert claims.quotes > 1000
    assert graph.quotes > 100


def test_the_graph_keeps_every_shape(output: Path) -> None:
    assert check(output) == []


def test_accepted_and_quarantined_are_what_was_extracted(output: Path) -> None:
    """Counted line by line: nothing is dropped between the claims and the graph."""
    extracted = {
        f"{x.report.key} {line.rsplit(' ', 2)[0]}"
        for x in read_extractions(output / "claims.jsonl")
        for line in report_quads(x)
    }
    kept: set[str] = set()
    for name in names(output / "parts"):
        part = read_part(output / "parts", name)
        assert part is not None
        for entry in part.entries:
            graph, held = part.file("nq").read_bytes(), part.file("held.nq").read_bytes()
            lines = graph[entry.graph[0] : sum(entry.graph)] + held[entry.held[0] : sum(entry.held)]
            kept |= {f"{entry.key} {line.rsplit(' ', 2)[0]}" for line in lines.decode().splitlines()}
    reasons = {line for line in kept - extracted if "quarantineReason" in line or "ontology#violates" in line}
    assert kept - reasons == extracted


def test_a_plan_is_never_a_plain_triple(output: Path) -> None:
    """No claim that is only planned or stopped stands in its report's graph as if it were done."""
    lines = set((output / "graph.nq").read_text("utf-8").splitlines())
    unreal = 0
    for x in read_extractions(output / "claims.jsonl"):
        done = {(c.subject, c.predicate, c.object) for c in x.claims if c.status is Status.REALISED}
        for c in x.claims:
            if (c.subject, c.predicate, c.object) not in done:
                ends = node(iri(c.subject)), v.hg(c.predicate.value), node(iri(c.object))
                assert f"{' '.join(ends)} {node(report_iri(x.report.key))} ." not in lines
                unreal += 1
    assert unreal > 10
