"""Full texts are found again by their SHA-256, wherever the file lies now and whatever it is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.originals import originals
from kg.text.read import read_report, report_of

TEXT = "甲县卫生健康局2024年工作总结\r\n甲县与乙院合作。\n"


def test_a_text_is_known_by_its_digest(tmp_path: Path) -> None:
    """Moved, renamed, in another encoding: the same text; one letter more: another one."""
    report = report_of(TEXT, "a.txt")
    (tmp_path / "moved.txt").write_bytes(TEXT.encode("gb18030"))
    (tmp_path / "other.txt").write_bytes((TEXT + "又").encode())
    files = [str(tmp_path / name) for name in ("moved.txt", "other.txt", "gone.txt")]
    found = originals(files, [report])
    assert found.texts == {report.key: TEXT}
    assert found.sources == {}
    assert found.strangers == (files[1], files[2])


def test_what_cannot_be_read_is_a_stranger(tmp_path: Path) -> None:
    (tmp_path / "noise.txt").write_bytes(bytes(range(256)) * 4)
    found = originals([str(tmp_path / "noise.txt")], [report_of(TEXT, "a.txt")])
    assert len(found.strangers) == 1


def test_an_address_is_kept(tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    file = tmp_path / "a.txt"
    file.write_bytes(TEXT.encode())
    report = read_report(file)
    assert originals([file.as_uri()], [report]).sources == {report.key: file.as_uri()}
