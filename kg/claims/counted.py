"""Lists of bare names that stand or fall by their form or count: 社区卫生服务中心6家，为八一路、日新、…"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.claims.find import Found
from kg.claims.lexicon import Lexicon
from kg.claims.patterns import near, pattern
from kg.claims.tokens import Name, Token

__all__ = ["ending_first", "of_a_city"]

_SHORT_ENDS = ("中心", "站", "院")
_AND_SO_MANY = re.compile(r"等\d*[多余]?家")


def ending_first(text: str, lexicon: Lexicon) -> Iterator[Found]:
    """The ending first, then as many names as it counts."""
    for match in pattern("lists", "ending_first").finditer(text):
        part = "" if match["head"] else "2"
        words = match["members" + part].split("、")
        head = lexicon.heads[match["head" + part]]
        if int(match["count" + part]) != len(words) or any(lexicon.head_index.hits(w) for w in words):
            continue
        stems = [_stem(word, head.full) for word in words]
        if len(words) == 1 and stems == words:
            continue  # 卫生院1家，投入使用
        for (at, word), stem in zip(_placed(words, match.start("members" + part)), stems, strict=True):
            end = at + len(word)
            yield Found(at, end, name=Name(at, end, head, stem + head.full, stem=stem))


def _stem(word: str, full: str) -> str:
    """A member without the end of the ending it may bear: 黄河路站 of 社区卫生服务站."""
    end = next((e for e in _SHORT_ENDS if word.endswith(e) and full.endswith(e)), "")
    return word.removesuffix(end)


def of_a_city(text: str, lexicon: Lexicon) -> Iterator[Found]:
    """天坛、朝阳、安贞等8家北京医院: well-known hospitals of a city by their bare names."""
    for match in near(pattern("lists", "of_a_city"), _AND_SO_MANY, text, 400):
        city = next((c for c in (match["city"], match["city"][-2:]) if c in lexicon.gazetteer.by_short), "")
        if not city:
            continue
        place = Token(match.end("city") - len(city), match.end("city"), "short", (city,))
        yield Found(place.start, place.end, token=place)  # 8家北京医院 names the city, not 北京医院
        for at, word in _placed(match["members"].split("、"), match.start("members")):
            keys = _known(word, city, lexicon)
            if len(keys) == 1:
                yield Found(at, at + len(word), token=Token(at, at + len(word), "seed", keys))


def _placed(words: list[str], at: int) -> Iterator[tuple[int, str]]:
    """The members of a list, each with its offset."""
    for word in words:
        yield at, word
        at += len(word) + 1


def _known(word: str, city: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The keys of a hospital of a city by its bare name."""
    gazetteer = lexicon.gazetteer
    codes = gazetteer.by_short.get(city) or gazetteer.by_name.get(city) or ()
    forms = (word, word + "医院", city + word, city + word + "医院")
    keys = {key for form in forms for key in lexicon.called.get(form, ())}
    return tuple(k for k in sorted(keys) if any(gazetteer.inside(lexicon.seeds[k].region, c) for c in codes))
