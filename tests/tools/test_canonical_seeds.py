"""What a spreadsheet does to a table is undone; what it cannot mend is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from tools import canonical_seeds
from tools.canonical_seeds import canonical

CLEAN = "# Note.\ncode\tname\tshort_names\n1\tA\tx|y\n2\tB\t\n"

DAMAGED = [
    ("CRLF", CLEAN.replace("\n", "\r\n").encode()),
    ("byte order mark", b"\xef\xbb\xbf" + CLEAN.encode()),
    ("UTF-16", CLEAN.encode("utf-16")),
    ("order", b"# Note.\ncode\tname\tshort_names\n2\tB\t\n1\tA\tx|y\n"),
    ("spaces", b"# Note.\ncode\tname\tshort_names\n1 \t A\tx | y|\n2\tB\t\n"),
    ("quoted", b'# Note.\ncode\tname\tshort_names\n"1"\tA\t"x|y"\n2\tB\t\n'),
    ("repeated name", b"# Note.\ncode\tname\tshort_names\n1\tA\tx|y|x\n2\tB\t\n"),
    ("padded rows", b"# Note.\t\t\t\ncode\tname\tshort_names\t\n1\tA\tx|y\t\n2\tB\n"),
    ("empty rows", b"# Note.\ncode\tname\tshort_names\n1\tA\tx|y\n\t\t\n2\tB\t\n"),
]


@pytest.mark.parametrize(("what", "raw"), DAMAGED, ids=[what for what, _ in DAMAGED])
def test_restored(what: str, raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "table.tsv"
    path.write_bytes(raw)
    assert canonical(path, ("code",)) == CLEAN, what


def test_a_cell_beyond_the_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.tsv"
    path.write_text("code\tname\n1\tA\tstray\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"table\.tsv:2: 'stray' stands beyond the last column"):
        canonical(path, ("code",))


def test_a_damaged_table_is_reported_then_restored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.tsv").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "bad.tsv").write_bytes(CLEAN.replace("\n", "\r\n").encode())
    monkeypatch.setattr(canonical_seeds, "package_path", lambda _: tmp_path)
    monkeypatch.setattr(canonical_seeds, "ORDER", {"good.tsv": ("code",), "bad.tsv": ("code",)})
    assert canonical_seeds.main(["--check"]) == 1
    assert (tmp_path / "bad.tsv").read_bytes() != CLEAN.encode()
    assert canonical_seeds.main([]) == 0
    assert (tmp_path / "bad.tsv").read_bytes() == CLEAN.encode()
    assert canonical_seeds.main(["--check"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "bad.tsv: is not in its canonical form",
        "bad.tsv: brought into its canonical form",
    ]
