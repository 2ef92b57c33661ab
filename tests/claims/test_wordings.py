"""Partnerships and alliances in many wordings: one sentence each, and all it states (``wordings.tsv``).

甲=乙 are partners, 甲>乙 says that 甲 leads 乙, 甲<乙 that 甲 is a member of 乙.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.files import read_tsv
from kg.model import Extraction, Predicate
from tests.claims.reading import read, report

SIGNS = {Predicate.PARTNERS_WITH: "=", Predicate.LEADS: ">", Predicate.MEMBER_OF: "<"}
CASES = [(r["place"], r["sentence"], r["stated"]) for r in read_tsv(Path(__file__).with_name("wordings.tsv"))]


def _stated(found: Extraction) -> set[str]:
    labels = {e.id: e.label for e in found.entities}
    said = set()
    for claim in found.claims:
        sign = SIGNS.get(claim.predicate, "")
        if sign and claim.rule != "alliance-of-its-leader":  # told by the alliance's name, not by the sentence
            ends = [labels[claim.subject], labels[claim.object]]
            said.add(sign.join(sorted(ends) if sign == "=" else ends))
    return said


@pytest.mark.parametrize(("place", "sentence", "stated"), CASES, ids=[case[1] for case in CASES])
def test_a_sentence_states_all_it_says_and_no_more(place: str, sentence: str, stated: str) -> None:
    assert _stated(read(report(place, sentence))) == set(filter(None, stated.split("；")))
