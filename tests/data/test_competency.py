"""The questions the graph was made to answer, and their answers on the sample reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.files import package_path
from kg.views.named import questions
from tools.record_competency import answers

FOLDER = package_path("data") / "queries" / "competency"
QUESTIONS = sorted(FOLDER.glob("*.rq"))


@pytest.fixture(scope="module")
def answered() -> dict[str, str]:
    return {path.stem: text for path, text in answers()}


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda p: p.stem)
def test_a_question_is_answered_as_recorded(path: Path, answered: dict[str, str]) -> None:
    """After a change of rules: run tools/record_competency.py and review the difference row by row."""
    assert answered[path.stem].splitlines() == path.with_suffix(".csv").read_text("utf-8").splitlines()


def test_the_recorded_answers_are_not_empty() -> None:
    """A question that the samples cannot answer proves little; few may be so."""
    empty = [p.stem for p in QUESTIONS if p.with_suffix(".csv").read_text("utf-8").count("\n") == 1]
    assert len(empty) <= 3, empty


def test_there_are_twenty_five_numbered_without_gaps() -> None:
    assert [p.stem[:2] for p in QUESTIONS] == [f"{n:02d}" for n in range(1, 26)]
    assert {p.stem for p in FOLDER.glob("*.csv")} == {p.stem for p in QUESTIONS}


def test_each_is_offered_by_name_with_a_title_in_both_languages() -> None:
    offered = {q.name: q.title for q in questions()}
    for path in QUESTIONS:
        english, separator, chinese = offered[f"competency/{path.stem}"].partition(" · ")
        assert separator
        assert english.isascii()
        assert english.endswith("?")
        assert chinese.endswith("？")
