"""The shipped questions and the form of their files."""

from pathlib import Path

import pytest

from kg.errors import DataError, UsageError
from kg.views import named

HEADER = """# Title · 标题
# more words
# param who entity: an organisation · 机构
# param words text = 签约: part of the name · 名称
# order: -words who
SELECT * { ?who ?words ?o }
"""


def test_header(tmp_path: Path) -> None:
    (tmp_path / "x.rq").write_text(HEADER, "utf-8")
    found = named.read(tmp_path / "x.rq")
    assert (found.name, found.title, found.text) == ("x", "Title · 标题", HEADER)
    assert found.parameters == (
        named.Parameter("who", "entity", "an organisation · 机构"),
        named.Parameter("words", "text", "part of the name · 名称", "签约"),
    )
    assert found.order == ("-words", "who")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("# param who number: x", r"x\.rq:2: .*entity\|text"),
        ("# order: by name, then place", r"x\.rq:2: .*COLUMN -COLUMN"),
        ("# order:", r"x\.rq:2: .*COLUMN -COLUMN"),
    ],
)
def test_a_header_line_that_cannot_be_read_is_told(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "x.rq").write_text(f"# T\n{line}\n", "utf-8")
    with pytest.raises(DataError, match=said):
        named.read(tmp_path / "x.rq")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        named.read(tmp_path / "none.rq")


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean partners-of"):
        named.find("partner-of")


def test_a_question_in_a_folder_is_found_by_its_own_name() -> None:
    assert named.find("matrix") == named.find("recur/matrix")
    assert named.find("matrix").name == "recur/matrix"


@pytest.mark.parametrize("question", named.questions(), ids=lambda question: question.name)
def test_every_question_has_a_title_in_both_languages(question: named.Question) -> None:
    english, _, chinese = question.title.partition(" · ")
    assert english.isascii() and english[:1].isupper()
    assert any("\u4e00" <= char <= "\u9fff" for char in chinese)


def test_there_are_enough_questions_in_order() -> None:
    names = [question.name for question in named.questions()]
    assert len(names) >= 10 and names == sorted(names)
