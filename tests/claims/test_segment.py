"""jieba with the part of its dictionary that is needed, against jieba with all of it."""

from __future__ import annotations

import marshal
import random
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims import segment
from kg.files import package_path

SAMPLE = sorted((package_path("seeds") / "reports").glob("*.txt"))[0].read_text("utf-8")
WINDOWS = [SAMPLE[i : i + 7] for i in range(0, len(SAMPLE), 5)]


@cache
def whole() -> Any:
    """jieba that has read its whole dictionary, and no copy of it."""
    tokenizer = jieba.Tokenizer()
    with jieba.get_dict_file() as file:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(file)
    tokenizer.initialized = True
    return tokenizer


@pytest.mark.parametrize("seed", range(3))
def test_words_are_those_of_the_whole_dictionary_whatever_came_before(seed: int) -> None:
    mixed = random.Random(seed).sample(WINDOWS, len(WINDOWS))
    cut = segment._Segmenter().cut
    assert {w: cut(w) for w in mixed} == {w: tuple(whole().cut(w)) for w in WINDOWS}


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text(st.sampled_from("C#c+AT&3B超T恤县医院市中心\n ")))
@settings(max_examples=100, deadline=None)
def test_words_of_any_text_are_jiebas(text: str) -> None:
    assert segment._segmenter().cut(text) == tuple(whole().cut(text))


def test_the_parts_are_the_whole_dictionary() -> None:
    """Words of one beginning lie in several places of the file; none is lost."""
    reader = segment._Segmenter()
    reader.cut("".join(reader._unread))
    assert (reader._jieba.FREQ, reader._jieba.total) == (whole().FREQ, whole().total)


def test_a_planted_copy_of_the_dictionary_is_not_read_and_none_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    planted = marshal.dumps(({"医": 0, "医院": 0, "县": 0, "县医": 9, "院": 9}, 18))
    (tmp_path / "jieba.cache").write_bytes(planted)
    assert segment._Segmenter().cut("县医院") == ("县", "医院")
    assert [f.read_bytes() for f in tmp_path.iterdir()] == [planted]
