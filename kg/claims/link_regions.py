"""Which region a name, mask or zone means inside the frame of its sentence; empty where that is open."""

from __future__ import annotations

from collections.abc import Sequence

from kg.claims.frame import Frame, region_codes
from kg.claims.notebook import Around, Notebook
from kg.claims.tokens import Token
from kg.ids import name_key

__all__ = ["bears_mask", "is_masked", "nearby", "region_code", "township", "unlisted_code"]

_NOT_PLACE_BEFORE = frozenset("路街桥寺塔庙山")
_JOINS = {"、", "和", "及", "与", ""}
_TOWN_WORDS = ("镇", "乡", "街道")


def region_code(book: Notebook, token: Token, around: Around) -> str:
    """The code a region token means here, or empty."""
    if token.kind in {"mask", "zone"}:
        return unlisted_code(book, token, around.frame)
    codes = region_codes(token, book.lexicon)
    code = codes[0] if len(codes) == 1 else _one_of(book, token, codes, around.frame)
    doubtful = token.kind in {"short", "town"} or book.written(token.start, token.end) in book.lexicon.everyday
    return code if code and (not doubtful or _is_place(book, token, code, around)) else ""


def _one_of(book: Notebook, token: Token, codes: Sequence[str], frame: Frame) -> str:
    """Of regions that share a name, the one inside the region before it, else the nearest one."""
    if not codes:
        return ""
    code = _chained(book, token, codes) or book.lexicon.gazetteer.nearest(codes, frame.place)
    if not code and token.kind == "region":
        book.problem((token.start, token.end), "ambiguous", f"{token.values[0]} 有 {len(codes)} 处同名", codes)
    return code


def _chained(book: Notebook, token: Token, codes: Sequence[str]) -> str:
    """In 南京市鼓楼区 the one inside 南京市."""
    before = book.regions_ending(token.start)
    inside = [c for c in codes if any(book.lexicon.gazetteer.inside(c, b) for b in before)]
    return inside[0] if len(inside) == 1 else ""


def unlisted_code(book: Notebook, token: Token, frame: Frame) -> str:
    """The code of a masked region or a functional zone."""
    name = name_key(token.values[0])
    return _mask(book, name, frame) if token.kind == "mask" else _zone(book, name, frame)


def _mask(book: Notebook, name: str, frame: Frame) -> str:
    """A masked region's code: the section's own if it bears the same mask."""
    own = next((c for c in (*frame.places, frame.home) if c.endswith("-" + name)), "")
    return own or f"{book.masked_prefix}-{name}"


def _zone(book: Notebook, name: str, frame: Frame) -> str:
    """A functional zone's code: the seeded one, else its name under the region spoken of."""
    gazetteer = book.lexicon.gazetteer
    if frame.home.endswith("-" + name):
        return frame.home
    known = gazetteer.by_name.get(name) or gazetteer.by_short.get(name) or ()
    return gazetteer.nearest(known, frame.place) if known else f"{frame.place or 'cn'}-{name}"


def _is_place(book: Notebook, token: Token, code: str, around: Around) -> bool:
    """Whether a short name stands for the region: everyday words only among other places."""
    word = book.written(token.start, token.end)
    gazetteer = book.lexicon.gazetteer
    if book.written(token.end, token.end + 1) in _NOT_PLACE_BEFORE:
        return False
    if _listed(book, token, around, code):
        return True
    if token.kind == "town" or word in book.lexicon.everyday:
        return token.kind == "town" and word == gazetteer.place(code).name
    alone = len(word) > 2 and len(gazetteer.by_short.get(word, ())) == 1
    if alone or gazetteer.place(code).level in {"province", "prefecture"}:
        return True
    chain, home = gazetteer.lineage(code), around.frame.home
    return not book.named.isdisjoint(chain[:-1]) or (bool(home) and chain[-1] in gazetteer.lineage(home))


def _listed(book: Notebook, token: Token, around: Around, code: str) -> bool:
    """Whether the token stands in a list next to another place (尖扎、泽库, 望远、闽宁两地).

    Two everyday words beside each other vouch for nothing far away: 光明、和平等社区.
    """
    near = nearby(book, code, around.frame)
    for other in around.near:
        if other.token and other.token is not token and other.token.kind in {"region", "short", "town"}:
            first, second = sorted((other.token, token), key=lambda t: t.start)
            doubtful = other.token.kind == "short" and other.token.values[0] in book.lexicon.everyday
            if book.written(first.end, second.start) in _JOINS and (near or not doubtful):
                return True
    return False


def township(book: Notebook, stem: str, frame: Frame) -> str:
    """The township of the place spoken of whose name is the stem and 镇, 乡 or 街道; empty if none or two."""
    gazetteer = book.lexicon.gazetteer
    if gazetteer.place(frame.place).level in {"", "province"}:
        return ""
    names = {stem + word for word in _TOWN_WORDS}
    found = [place.code for place in gazetteer.descendants(frame.place) if place.name in names]
    return found[0] if len(found) == 1 else ""


def nearby(book: Notebook, code: str, frame: Frame) -> bool:
    """Whether a region lies in the same prefecture as the one spoken of."""
    gazetteer = book.lexicon.gazetteer
    return not set(gazetteer.lineage(code)[:2]).isdisjoint(gazetteer.lineage(frame.place))


def bears_mask(book: Notebook, frame: Frame, rest: str) -> bool:
    """Whether a name holds the mask of the report's region: 某大学XX医院 in the report of XX区."""
    return is_masked(book, frame.home) and frame.home.rsplit("-", 1)[-1][:-1] in rest


def is_masked(book: Notebook, code: str) -> bool:
    """Whether a region is known by a mask only (XX区)."""
    return bool(code) and code not in book.lexicon.gazetteer.places and not book.lexicon.gazetteer.place(code).parent
