"""Encodings: each of the usual ones is read, anything else is refused with advice."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.text.decode import decode

REPORT = "绿原县卫生健康局2024年工作总结\r\n一、主要工作\r\n全县家庭医生签约率达到71.5%，居民满意。\r\n"
ENCODED = {
    "UTF-8": REPORT.encode(),
    "UTF-8 with mark": codecs.BOM_UTF8 + REPORT.encode(),
    "GB18030": REPORT.encode("gb18030"),
    "GBK": REPORT.encode("gbk"),
    "UTF-16 LE with mark": codecs.BOM_UTF16_LE + REPORT.encode("utf-16-le"),
    "UTF-16 BE with mark": codecs.BOM_UTF16_BE + REPORT.encode("utf-16-be"),
    "UTF-16 LE": REPORT.encode("utf-16-le"),
    "UTF-16 BE": REPORT.encode("utf-16-be"),
    "UTF-32 with mark": codecs.BOM_UTF32_LE + REPORT.encode("utf-32-le"),
}


@pytest.mark.parametrize("raw", ENCODED.values(), ids=ENCODED.keys())
def test_usual_encodings_give_the_same_text(raw: bytes) -> None:
    assert decode(raw, "a.txt") == REPORT


def test_plain_ascii_in_utf16_is_not_taken_for_utf8() -> None:
    assert decode("Work report 2024".encode("utf-16-le"), "a.txt") == "Work report 2024"


REFUSED = [
    (b"", "empty"),
    (b" \r\n\t", "empty"),
    (codecs.BOM_UTF8, "empty"),
    (codecs.BOM_UTF16_LE + b" \x00", "empty"),
    (b"%PDF-1.7 ...", "PDF"),
    (b"PK\x03\x04....", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1", "Word"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (REPORT.encode()[:-9] + b"\xff\xfe\xfa" + REPORT.encode()[-9:], "byte"),  # UTF-8 with a broken place
    (bytes(range(128, 256)) * 8, "byte"),
    (b"report \x01\x02\x03\x04\x05 \x06\x07", "binary"),
    (codecs.BOM_UTF16_LE + b"a\x00b", "byte"),  # half a character at the end
]


@pytest.mark.parametrize(("raw", "what"), REFUSED)
def test_refused_with_name_and_reason(raw: bytes, what: str) -> None:
    with pytest.raises(ReadError) as caught:
        decode(raw, "folder/a.txt")
    assert str(caught.value).startswith("folder/a.txt: ")
    assert what in str(caught.value)
    assert ";" in str(caught.value), "the message says what to do"


def test_characters_no_output_can_carry_are_replaced_one_for_one() -> None:
    assert decode("甲县\x00乙县".encode(), "a.txt") == "甲县 乙县"
    lone = codecs.BOM_UTF16_LE + "甲".encode("utf-16-le") + b"\x00\xd8" + "乙的工作".encode("utf-16-le")
    assert decode(lone, "a.txt") == "甲\ufffd乙的工作"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1))
def test_utf8_is_kept_exactly(text: str) -> None:
    raw = codecs.BOM_UTF8 + text.encode()
    try:
        assert decode(raw, "a.txt") == text
    except ReadError as refused:
        assert "empty" in str(refused) or "binary" in str(refused)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        decode(raw, "a.txt").encode()
    except ReadError as refused:
        assert str(refused).startswith("a.txt: ")
