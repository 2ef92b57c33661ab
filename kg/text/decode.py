"""Bytes become text: UTF-8, GB18030 (with GBK, GB2312) and UTF-16, found by looking."""

from __future__ import annotations

import codecs
import re

from kg.errors import ReadError

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF", "give it the ending .pdf"),
    (b"PK\x03\x04", "a ZIP or Office file", "give it the ending .docx, or unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old Word or WPS document", "save it as .docx or .txt"),
    (b"{\\rtf", "an RTF document", "save it as .docx or .txt"),
    (b"\x89PNG", "a picture", "recognise its text first"),
    (b"\xff\xd8\xff", "a picture", "recognise its text first"),
    (b"GIF8", "a picture", "recognise its text first"),
    (b"\x1f\x8b", "a gzip file", "unpack it"),
)
_NUL_OR_SURROGATE = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CHINESE = re.compile("[\u3400-\u9fff]")
# the commonest characters of official prose: a wrong decoding hardly contains them
_COMMON = re.compile("[的一是在不了有和人中大为国我以要年月日工作卫生健康医院市县区全省局委会服务发展加强，。、]")


def decode(raw: bytes, name: str) -> str:
    """The text of a plain file; a byte order mark is no part of it.

    Characters that no output format can carry (NUL, lone surrogates of broken
    UTF-16) are replaced one for one, by a space and by U+FFFD, so offsets
    stay those of the decoded file. ``name`` is used in messages only.

    Raises ReadError for a file that is empty, not text, or in no known encoding.
    """
    if not raw.strip(b"\x00\r\n\t "):
        raise ReadError(f"{name}: the file is empty; put the report's text in it or remove it")
    for start, what, todo in _SIGNATURES:
        if raw.startswith(start):
            raise ReadError(f"{name}: this is {what}, not text; {todo}")
    text = _marked(raw, name) or _unmarked(raw, name)
    if not text.strip("\x00\ufeff \r\n\t"):
        raise ReadError(f"{name}: the file is empty; put the report's text in it or remove it")
    if len(_CONTROL.findall(text)) > len(text) / 200:
        raise ReadError(f"{name}: binary data found; save the report as UTF-8 text")
    return _NUL_OR_SURROGATE.sub(lambda m: " " if m[0] == "\x00" else "\ufffd", text)


def _marked(raw: bytes, name: str) -> str:
    """The text of a file that starts with a byte order mark, else nothing."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(encoding, "surrogatepass")
            except UnicodeDecodeError as fault:
                raise _broken(name, encoding, fault.start + len(mark)) from None
    return ""


def _unmarked(raw: bytes, name: str) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        guess = max((_attempt(raw, e) for e in ("gb18030", "utf-16-le", "utf-16-be")), key=_likelihood)
        if _likelihood(guess) < 0.02:  # real Chinese prose: 0.15 and more; wrongly decoded: 0.005 at most
            raise _broken(name, "utf-8", fault.start) from None
        return guess
    # UTF-16 of pure ASCII is valid UTF-8 full of NULs
    if text.count("\x00") > 0.4 * len(text):
        return max((_attempt(raw, e) for e in ("utf-16-le", "utf-16-be")), key=_printable)
    return text


def _attempt(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _likelihood(text: str) -> float:
    """Share of very common characters: how much the text looks like an official report."""
    return len(_COMMON.findall(text)) / max(len(text), 1)


def _printable(text: str) -> float:
    return (len(text) - text.count("\x00") - 2 * len(_CHINESE.findall(text))) / max(len(text), 1)


def _broken(name: str, encoding: str, at: int) -> ReadError:
    return ReadError(
        f"{name}: byte {at} is not {encoding.upper()}, and the file is neither GB18030 nor UTF-16; "
        "save it again as UTF-8"
    )
