"""Where words begin, decided by function characters and verbs, and by segmentation where these leave it open.

Only short windows are segmented: jieba cuts whole texts at a fiftieth of the
speed of a longest-match pass.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.claims.lexicon import Lexicon

__all__ = ["HAN", "segmented", "word_begins"]

HAN = re.compile(r"[㐀-鿿A-Za-z0-9·]")
_BLOCK_END = re.compile(r".*[^㐀-鿿A-Za-z0-9](?=.)", re.DOTALL)  # words do not reach over signs


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
    import jieba  # 1 s of start-up, only paid by reports that need it

    jieba.setLogLevel(60)
    return tuple(jieba.cut(window))
