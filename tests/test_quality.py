"""No figure on the committed sets falls below the one that was recorded."""

from pathlib import Path

import pytest

from bench import quality
from kg.figures import Score, changes
from kg.score import read_score
from kg.tally import Mark, Outcome
from tests.scored import gold, write

TUNED = [s for s in quality.SETS if s.kind == "tuned"]


@pytest.mark.parametrize("chosen", TUNED, ids=lambda s: s.name)
def test_no_figure_fell(chosen: quality.Set) -> None:
    """To accept a lower one knowingly: ``python -m bench.quality NAME --record --note WHY``."""
    kept, now = read_score(chosen.kept), quality.measure(chosen)
    lower = quality.fallen(now, kept)
    assert not lower, "\n".join([*lower, "worse:", *changes(now, kept)[1]])


def marks(part: str, right: int, missed: int) -> list[Mark]:
    found = [Mark("a.txt", part, f"{i}", outcome) for i in range(right) for outcome in (Outcome.RIGHT, Outcome.FOUND)]
    return found + [Mark("a.txt", part, f"m{i}", Outcome.MISSED) for i in range(missed)]


KEPT = Score(tuple(sorted(marks("leads", 4, 2) + marks("observations", 3, 0))))


@pytest.mark.parametrize(
    ("now", "want"),
    [
        (marks("leads", 4, 2) + marks("observations", 3, 0), []),
        (marks("leads", 5, 1) + marks("observations", 3, 0), []),
        (marks("leads", 5, 1) + marks("observations", 2, 1), ["observations"]),  # a gain elsewhere does not pay for it
        (marks("observations", 3, 0), ["triples", "leads"]),  # a part that is gone
        ([], ["triples", "leads", "observations"]),
    ],
)
def test_what_fell_is_named(now: list[Mark], want: list[str]) -> None:
    assert [line.split(":")[0] for line in quality.fallen(Score(tuple(sorted(now))), KEPT)] == want


def test_record_adds_a_row_and_keeps_judgements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "TABLE", tmp_path / "quality.md")
    monkeypatch.setattr(quality, "SCORES", tmp_path)
    tuned, blind = (quality.Set(kind, kind, tmp_path, tmp_path) for kind in ("tuned", "blind"))
    quality.record(tuned, KEPT, "2024-05-01", "first")
    quality.record(blind, KEPT, "2024-05-01", "a | b")
    lines = (tmp_path / "quality.md").read_text(encoding="utf-8").splitlines()
    assert lines[-2].startswith("| 2024-05-01 | tuned | tuned | 1 | – | 0.800 | – | – | 0.800 |")
    assert lines[-1].endswith("| a / b |")
    assert {line.count("|") for line in lines if line.startswith("|")} == {lines[-1].count("|")}
    assert quality.shares(read_score(tuned.kept)) == quality.shares(KEPT)
    assert not blind.kept.exists()


def test_a_blind_set_shows_figures_only(tmp_path: Path) -> None:
    shown = quality.report(quality.Set("b", "blind", tmp_path, tmp_path), KEPT)
    assert "observations     1.000" in shown
    assert "a.txt" not in shown


def test_a_set_from_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, graphs, reports = write(tmp_path, gold(), None)
    assert quality.main(["--set", "small", "blind", str(reports), str(graphs)]) == 0
    assert capsys.readouterr().out.startswith("== small (blind)\nentities")


@pytest.mark.parametrize("given", [["nowhere"], ["--set", "a", "open", ".", "."]])
def test_what_cannot_be_measured_is_refused(given: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        quality.main(given)
