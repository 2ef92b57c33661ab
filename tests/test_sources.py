"""Finding and digesting files, and the stamp of code and data."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from pathlib import Path

import pytest

from kg import files, sources
from kg.sources import Source, by_part, copies, digest_of, digests, find, look, part_of, stamp


def test_a_source_is_its_name_and_its_bytes(tmp_path: Path) -> None:
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "r.txt").write_text("同样的字", encoding="utf-8")
    one, two = digests(find([str(tmp_path)]))
    assert one.id == two.id
    assert one.location != two.location
    assert copies([one, two]) == {one.id: 2}
    assert [s.location for part in by_part([two, one]).values() for s in part] == [one.location]


def test_order_and_form_of_the_arguments_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    whole = find(["."])
    assert find(["b.txt", str(tmp_path / "a.txt"), "."]) == whole
    assert [Path(p).name for p in whole] == ["a.txt", "b.txt"]


def test_many_files_are_digested_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(1200):
        (tmp_path / f"{n % 900}-{n}.txt").write_text(f"第{n % 40}次", encoding="utf-8")
    found = [*find([str(tmp_path)]), str(tmp_path / "gone.txt")]
    alone = digests(found)
    monkeypatch.setattr(sources, "MANY", 2)
    monkeypatch.setattr("kg.pool.processors", lambda: 3)
    assert digests(found) == alone
    assert sum(not s.digest for s in alone) == 1


def dies_elsewhere(location: str) -> str:
    """A digest in the process of the test; any other one is killed."""
    if multiprocessing.parent_process() is not None:
        os._exit(1)
    return digest_of(Path(location).read_bytes())


def test_a_killed_process_loses_no_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [str(tmp_path / f"{n}.txt") for n in range(4)]
    for location in found:
        Path(location).write_text(location, encoding="utf-8")
    alone = digests(found)
    monkeypatch.setattr(sources, "MANY", 2)
    monkeypatch.setattr(sources, "_digest", dies_elsewhere)
    monkeypatch.setattr("kg.pool.processors", lambda: 2)
    assert digests(found) == alone


def test_a_part_is_one_of_256_and_a_function_of_the_name() -> None:
    parts = {part_of(f"{n}.txt") for n in range(5000)}
    assert parts == {f"{n:02x}" for n in range(256)}
    assert part_of("海宁.txt") == part_of("海宁.txt")


def test_a_file_that_cannot_be_opened_is_kept_to_be_reported(tmp_path: Path) -> None:
    assert sources.source(str(tmp_path / "gone.txt")) == Source("gone.txt", "", str(tmp_path / "gone.txt"))


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package's code and data that may be changed."""
    root = Path(sources.__file__).parents[1]
    for name in ("kg", "ontology", "seeds"):
        shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "reports"))
    monkeypatch.setattr(sources, "__file__", str(tmp_path / "kg" / "sources.py"))
    places = {"data": tmp_path / "kg" / "data", "seeds": tmp_path / "seeds", "ontology": tmp_path / "ontology"}
    monkeypatch.setattr(sources, "package_path", places.__getitem__)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("kg/text/split.py", stamp),
        ("kg/claims/extract.py", stamp),
        ("kg/graph/build.py", stamp),
        ("kg/records.py", stamp),
        ("kg/data/lexicon/places.yaml", stamp),
        ("kg/data/rules/implements.yaml", stamp),
        ("seeds/regions.tsv", stamp),
        ("ontology/shapes.ttl", stamp),
        ("kg/views/facts.py", look),
        ("kg/data/page/net.css", look),
    ],
)
def test_every_input_of_a_build_is_in_its_digest(copied: Path, name: str, digest: object) -> None:
    assert callable(digest)
    before = digest()
    assert digest() == before
    with (copied / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert digest() != before


def test_curation_is_in_the_stamp(tmp_path: Path) -> None:
    table = tmp_path / "curation.tsv"
    table.write_text("action\ttarget\tvalue\treason\twho\n", encoding="utf-8")
    assert stamp(table) not in {stamp(), ""}


def test_the_digest_is_the_same_wherever_the_package_lies(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = stamp()
    monkeypatch.undo()
    assert files.package_path("seeds") != copied / "seeds"
    assert stamp() == there
