"""Folding: what changes, what must not, and that lengths never do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.clean import fold

FOLDS = [
    ("８５．２％", "85.2%", "full-width figures"),
    ("（一）ＣＴ", "(一)CT", "brackets and letters"),
    ("签约,随访", "签约，随访", "a Latin comma in prose is the Chinese one"),
    ("1,360项", "1,360项", "but not between the digits of one number"),
    ("1,2,3期", "1，2，3期", "single digits are a list"),
    ("时间:2024", "时间：2024", "a colon in prose"),
    ("15:30开始", "15:30开始", "but not in a time"),
    ("覆盖;完成!", "覆盖；完成！", "other clause marks"),
    ("稳步推进.\n下", "稳步推进。\n下", "a full stop typed as a point at the end of a line"),
    ("3.25个", "3.25个", "a decimal point stays"),
    ("www.a.cn", "www.a.cn", "points between Latin letters stay"),
    ("0－6岁", "0-6岁", "a full-width hyphen"),
    ("2022—2024", "2022—2024", "a Chinese dash stays"),
    ("二○二四年", "二〇二四年", "a circle is the Chinese zero"),
    ("「一院两区」", "“一院两区”", "quotes of other styles"),
    ("⼀、⼯作", "一、工作", "radicals out of PDF files"),
    ("a\u200bb\u3000c\ufeff", "a b c ", "invisible characters become spaces"),
    ("一\r\n二\u2028三", "一\r\n二\n三", "line ends: CR LF stays, a line separator is one"),
    ("，；：！？。、", "，；：！？。、", "Chinese marks stay Chinese"),
]


@pytest.mark.parametrize(("text", "folded", "why"), FOLDS, ids=[why for *_, why in FOLDS])
def test_fold(text: str, folded: str, why: str) -> None:
    assert fold(text) == folded, why


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("，,；;：:。.（()）％%0123456789年\u200b\u3000⼀"))))
def test_length_never_changes(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="年月，。、（）(),.:;%％０1234５ \n"))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
