"""The frame of a sentence: whose report it stands in, and the place its section speaks of.

我市, 县医院, 市疾控中心 are read inside it (``home.py`` finds the jurisdiction).
A heading that begins with a place (（二）大丰区, 【衡南县】, 第一部分 枞阳县) sets
the place of its section.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.claims.find import found_in
from kg.claims.lexicon import Lexicon
from kg.claims.places import relative_words
from kg.claims.signs import names_a_place, signs
from kg.claims.tokens import Token
from kg.model import Sentence
from kg.text.clean import fold

__all__ = ["Frame", "Leads", "leading_place", "leading_places", "region_codes"]

_NUMBERING = re.compile(
    r"^[\s【\[=—-]*(?:第[一二三四五六七八九十\d]+(?:部分|篇|章|节)|[(]?[一二三四五六七八九十\d]+[)]?[、.．:：\s]*|[①-⑳])?[\s、.．:：]*"
)
_AFTER_PLACE = re.compile(r"[】\]:：。(（\s—,，、-]|\d{4}年|$")


Leads = Mapping[str, Token | None]  # heading -> the region it begins with


@dataclass(frozen=True, slots=True)
class Frame:
    """The report's region and the section's places, innermost first (codes).

    ``outside`` are places a heading names that do not lie in the report's
    region (the county that is supported, the city that supports).
    """

    home: str
    places: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The region spoken of: the section's, else the report's."""
        return self.places[0] if self.places else self.home

    def region_for(self, word: str, lexicon: Lexicon) -> str:
        """The code that 市, 县 … means here: the nearest of that kind going upwards, or empty."""
        gazetteer = lexicon.gazetteer
        for start in (*self.outside, *self.places, self.home):
            for code in gazetteer.lineage(start):
                if word in relative_words(gazetteer.place(code)):
                    return code
        return ""


def region_codes(token: Token, lexicon: Lexicon) -> tuple[str, ...]:
    """The codes a region token may stand for."""
    if token.kind == "town":
        return token.values
    full, short = lexicon.gazetteer.by_name, lexicon.gazetteer.by_short
    tables = {"short": (short,), "zone": (full, short)}.get(token.kind, (full,))
    return tuple(dict.fromkeys(code for name in token.values for table in tables for code in table.get(name, ())))


def leading_place(heading: str, lexicon: Lexicon) -> Token | None:
    """The region a heading begins with, or is in brackets at its end; None for other headings."""
    if not names_a_place(heading, lexicon):
        return None
    body = _NUMBERING.match(heading)
    at = body.end() if body else 0
    found = found_in(signs(heading, lexicon))
    tokens = [f.token for f in found if f.token and f.token.kind in {"region", "short", "mask"}]
    for f in found:
        token = f.token
        if token in tokens and token and _leads(heading, token, at):
            return _innermost(token, tokens)
        if f.name and f.name.regions and f.start <= at + 1:
            return f.name.regions[-1]
    return next((token for token in tokens[-1:] if _closes(heading, token)), None)


def _innermost(token: Token, tokens: Sequence[Token]) -> Token:
    """The last of a chain of regions: 四川省仪陇县."""
    for other in tokens:
        token = other if other.start == token.end else token
    return token


def _closes(heading: str, token: Token) -> bool:
    """Whether a heading ends with a place after a colon or dash: 东西部协作：凌云县."""
    return heading[token.start - 1] in "：:—" and not heading[token.end :].strip("。】」 ")


def leading_places(sentences: Sequence[Sentence], lexicon: Lexicon) -> Leads:
    """The region each heading of a report begins with."""
    headings = dict.fromkeys(h for path in dict.fromkeys(s.headings for s in sentences) for h in path)
    return {heading: leading_place(fold(heading), lexicon) for heading in headings}


def _leads(heading: str, token: Token, at: int) -> bool:
    if token.start <= at + 1:
        return bool(_AFTER_PLACE.match(heading, token.end)) or len(token.values[0]) > 2
    return heading[token.start - 1] in "(（" and heading[token.end : token.end + 1] in {")", "）", "("}
