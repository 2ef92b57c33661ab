"""Where words begin, decided by function characters and verbs, and by segmentation where these leave it open.

Only short windows are segmented: jieba cuts whole texts at a fiftieth of the
speed of a longest-match pass.
"""

from __future__ import annotations

import io
import re
import threading
from functools import cache, lru_cache
from typing import Any

from kg.claims.lexicon import Lexicon

__all__ = ["HAN", "segmented", "word_begins"]

HAN = re.compile(r"[㐀-鿿A-Za-z0-9·]")
_BLOCK_END = re.compile(r".*[^㐀-鿿A-Za-z0-9](?=.)", re.DOTALL)  # words do not reach over signs
# Lines one after another that begin with the same character, in UTF-8.
_SAME_BEGINNING = re.compile(rb"^([\x00-\x7f]|[\xc0-\xff][\x80-\xbf]+).*\n(?:\1.*\n)*", re.MULTILINE)


def word_begins(text: str, begin: int, lexicon: Lexicon, *, after_verb: bool = True) -> bool:
    """Whether 市, 县 … at ``begin`` is a word's first character: not in 加盟医院, 城市医院."""
    before = text[begin - 1 : begin]
    if not HAN.match(before) or before in lexicon.boundaries or before in lexicon.whole or before in "年月日和原":
        return True
    if before in "任来" and text[begin - 2 : begin] not in {"责任", "未来"}:
        return True  # 挂任县医院副院长 (任县 is no more), 每周来市医院
    window = text[max(0, begin - 6) : begin + 1]
    if after_verb and window[:-1].endswith(lexicon.verb_endings):
        return True
    return segmented(_BLOCK_END.sub("", window))[-1] == text[begin : begin + 1]


@lru_cache(maxsize=8192)
def segmented(window: str) -> tuple[str, ...]:
    """The words of a short stretch; remembered, for reports repeat their phrases."""
    return _segmenter().cut(window)


class _Segmenter:
    """jieba, which is given of its dictionary what begins with the characters it meets.

    A window needs some ten of the dictionary's 12,000 beginnings; to read all
    350,000 words takes a second. jieba's remedy, a copy in the shared temporary
    folder under a fixed name, can be planted by another user and saves nothing.
    """

    def __init__(self) -> None:
        import jieba

        with jieba.get_dict_file() as file:
            dictionary: bytes = file.read()
        self._unread: dict[str, list[bytes]] = {}
        for block in _SAME_BEGINNING.finditer(dictionary):
            self._unread.setdefault(block[1].decode(), []).append(block[0])
        self._jieba: Any = jieba.Tokenizer()
        self._jieba.total = sum(map(int, re.findall(rb" (\d+) ", dictionary)))
        self._jieba.initialized = True
        self._reading = threading.Lock()

    def cut(self, text: str) -> tuple[str, ...]:
        """The words, as jieba cuts them when it knows its whole dictionary."""
        with self._reading:
            for beginning in self._unread.keys() & set(text):
                words, _ = self._jieba.gen_pfdict(io.BytesIO(b"".join(self._unread.pop(beginning))))
                self._jieba.FREQ.update(words)
            return tuple(self._jieba.cut(text))


_segmenter = cache(_Segmenter)
