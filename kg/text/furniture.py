"""Page furniture: metadata, buttons, breadcrumbs, rules, file numbers, contents and attachments."""

from __future__ import annotations

import re
from functools import cache

from kg.text.cut import LONG, Kind, Line
from kg.text.lexicon import any_of, expression, words

__all__ = ["furnished"]

_SUPPLIED = re.compile(r"\(.{2,30}(?:供稿|撰稿|整理|责编|编辑部|供图)\)")
_CRUMBS = re.compile(r"(?:首页|主页).{0,3}(?:>|»|/|-)|[^>]{2,16}(?:>+[^>]{2,16}){2,}$")
_DOC_NUMBER = re.compile(r"\S{2,14}[〔\[【(][12][0-9]{3}[〕\]】)]\s*第?\s*[0-9]{1,4}\s*号")
_EDITED = re.compile(r"\S{4,30}(?:编|编印|主办|印发)?\s+20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日(?:印发|印|编印)?")
_RULE = re.compile(r"[\W_]+")
_LIST = re.compile(r"(?:本期)?(?:目\s*[录次]|要目|导读)：?$|附件[一二三0-9]{0,2}(?:：|$)")
_ENTRY = re.compile(r"[·◆■○0-9(（第一二三四五六七八九十][^。；]{0,60}$")
_BY_NUMBER = re.compile(r"[=\-*#\s]*第\s*[0-9一二三四五六七八九十]+\s*[篇期号]\s*[=\-*#\s]*")


def furnished(text: str, lines: list[Line]) -> list[Line]:
    """Mark the lines that are no part of the report as residue.

    >>> line = Line(0, 15)
    >>> furnished("发布时间：2024-01-05", [line])[0].kind
    <Kind.RESIDUE: 'residue'>
    """
    out, listed = [], False
    for line in lines:
        words_ = text[line.start : line.end] if line.end - line.start <= LONG else ""
        listed = bool(words_ and (_LIST.match(words_) or (listed and _ENTRY.match(words_))))
        out.append(line._replace(kind=Kind.RESIDUE) if listed or _is_furniture(words_) else line)
    return out


def _is_furniture(words_: str) -> bool:
    return bool(words_) and bool(
        _metadata().match(words_)
        or ("。" not in words_ and expression("residue", "wordings").search(words_))
        or (len(words_) <= 80 and (_CRUMBS.match(words_) or _is_buttons(words_)))
        or _RULE.fullmatch(words_)
        or _DOC_NUMBER.fullmatch(words_)
        or _BY_NUMBER.fullmatch(words_)
        or _SUPPLIED.fullmatch(words_)
        or _EDITED.fullmatch(words_)
    )


@cache
def _metadata() -> re.Pattern[str]:
    """发布时间：2024-01-05."""
    return re.compile(rf"[\[【(]?\s*{any_of(words('residue', 'keys'))}\s*[\])】]?\s*：")


def _is_buttons(words_: str) -> bool:
    """【打印】【关闭】 字体：大 中 小: nothing is left when the known words are taken out."""
    button = expression("residue", "words")
    return bool(button.search(words_, 0, 12)) and not re.search(r"\w", button.sub("", words_))
