"""The words without which an expression cannot match, so that a sentence is only tried on the rules it can fire.

Most sentences hold none of the words of most rules. ``needed`` reads an
expression and gives a set of words one of which stands in every text that it
matches; ``Sieve`` looks for the words of many expressions in one pass.

>>> sorted(needed("(?:开展|推广)[^，]{0,4}?适宜技术"))
['适宜技术']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

__all__ = ["Sieve", "Source", "needed", "spread"]

_MOST = 300  # more words than this are not worth looking for
_LARGEST_CLASS = 6
_SIGN = re.compile("[\ue000-\uf8ff]")
_TOKEN = re.compile(
    r"(?P<zero>\^|\$|\\[ZAbB])|(?P<any>\.|\\[dwsDWS])|\\(?P<escaped>.)|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<open>\((?:\?(?P<kind>:|P<\w+>|<?[=!]))?)|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<literal>[^\\^$.|?*+()\[\]{}]+(?![*+?{])|[\s\S])"  # up to a sign, or to what is repeated
)
_TIMES = re.compile(r"(?:(?P<often>[*+?])|\{(?P<least>\d*)(?:,\d*)?\})\??")

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of an expression: all it can match, if that is a few words; and words one of which it holds."""

    exact: Words | None
    needed: Words


_NOTHING = _Piece(frozenset({""}), frozenset())
_ANYTHING = _Piece(None, frozenset())


def needed(pattern: str) -> Words:
    """Words one of which stands in whatever the expression matches; empty if there are none to tell."""
    return _best(_alternatives(Source(pattern)))


class Source:
    """The expression's tokens, one by one."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def take(self) -> re.Match[str] | None:
        """The next token, None at the end."""
        token = _TOKEN.match(self._pattern, self._at)
        self._at = token.end() if token else self._at
        return token

    def least(self) -> int:
        """How often the piece just read occurs at least; -1 where it stands once, without a sign."""
        times = _TIMES.match(self._pattern, self._at)
        if not times:
            return -1
        self._at = times.end()
        return int(times["least"] or 0) if times["often"] is None else int(times["often"] == "+")


def _alternatives(source: Source) -> _Piece:
    """Everything up to the closing bracket."""
    branches = []
    while True:
        branch, closing = _sequence(source)
        branches.append(branch)
        if closing != "|":
            break
    exact = frozenset[str]().union(*(b.exact or () for b in branches))
    sets = [_best(b) for b in branches]
    words = frozenset[str]().union(*sets) if all(sets) else frozenset[str]()
    whole = all(b.exact is not None for b in branches) and len(exact) <= _MOST
    return _Piece(exact if whole else None, words if len(words) <= _MOST else frozenset())


def _sequence(source: Source) -> tuple[_Piece, str]:
    """One alternative, and the sign that ends it."""
    run, whole = frozenset({""}), True
    found: list[Words] = []
    while (token := source.take()) and not token["close"] and not token["bar"]:
        piece = _repeated(_piece(token, source), source.least())
        joined = _product(run, piece.exact)
        if joined is None:
            found += [run, piece.needed]
            whole, run = False, piece.exact or frozenset({""})
            found.append(run)
        else:
            run = joined
    found.append(run)
    best = max(found, key=_worth)
    return _Piece(run if whole else None, best if _worth(best)[0] else frozenset()), token.group() if token else ""


def _piece(token: re.Match[str], source: Source) -> _Piece:
    if token["open"]:
        inner = _alternatives(source)
        around = token["kind"] in {"=", "!", "<=", "<!"}  # looks around: nothing is passed over
        return _NOTHING if around else inner
    if token["zero"]:
        return _NOTHING
    if token["any"]:
        return _ANYTHING
    if token["set"]:
        return _of_set(token["set"][1:-1])
    word = frozenset({token["escaped"] or token["literal"]})
    return _Piece(word, word)


def _of_set(inside: str) -> _Piece:
    """One of a few characters; ranges, classes and exclusions tell nothing."""
    if inside.startswith("^") or "-" in inside[1:-1] or "\\" in inside or len(inside) > _LARGEST_CLASS:
        return _ANYTHING
    return _Piece(frozenset(inside), frozenset(inside))


def _repeated(piece: _Piece, least: int) -> _Piece:
    if least < 0:
        return piece
    if least:
        return _Piece(None, _best(piece))
    return _Piece(None, frozenset())


def _product(run: Words, more: Words | None) -> Words | None:
    if more is None or len(run) * len(more) > _MOST:
        return None
    return frozenset(a + b for a in run for b in more)


def _best(piece: _Piece) -> Words:
    """The more telling of the two sets of a piece."""
    best = max((piece.exact or frozenset(), piece.needed), key=_worth)
    return best if _worth(best)[0] else frozenset()


@lru_cache(maxsize=4096)
def _worth(words: Words) -> tuple[float, int]:
    """Long words tell more than short ones, few more than many; a set with the empty word tells nothing."""
    return (min(map(_telling, words), default=0), -len(words))


def _telling(word: str) -> float:
    """The length of a word; the signs of mentions (private use) count half, for every sentence has some."""
    return len(word) - len(_SIGN.findall(word)) / 2


class Sieve:
    """Which of many expressions can match a text, by one pass over it."""

    def __init__(self, patterns: Sequence[str]) -> None:
        """``patterns`` are numbered in their order."""
        owners: dict[str, list[int]] = {}
        sets = [needed(p) for p in patterns]
        for number, words in enumerate(sets):
            for word in words:
                owners.setdefault(word, []).append(number)
        self._always = tuple(n for n, words in enumerate(sets) if not words)
        wordings = sorted(owners)
        self._owners = [owners[w] for w in wordings]
        self._automaton = AhoCorasick(wordings or ["\0"], matchkind=MatchKind.Standard)

    def candidates(self, text: str) -> list[int]:
        """Numbers of the expressions that are worth trying, in order."""
        return self.sorted_out([text])[0]

    def sorted_out(self, texts: Sequence[str]) -> list[list[int]]:
        """The candidates of each of many texts, by one pass over all of them."""
        found: dict[int, set[int]] = {}
        hits = self._automaton.find_matches_as_indexes("\n".join(texts), overlapping=True)
        for i, number, _, _ in spread(hits, texts):
            if i not in found:
                found[i] = set(self._always)
            found[i].update(self._owners[number])
        return [sorted(found.get(i, self._always)) for i in range(len(texts))]


def spread(hits: Iterable[tuple[int, int, int]], texts: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Hits in texts joined by line ends, as (number of the text, number of the wording, start, end) in that text."""
    i, begin = 0, 0
    close = len(texts[0]) if texts else 0
    for number, start, end in hits:
        while end > close:
            begin, i = close + 1, i + 1
            close = begin + len(texts[i])
        yield i, number, start - begin, end - begin
