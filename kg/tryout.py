"""A sentence or a name read as if it stood in a report of some region."""

from __future__ import annotations

from dataclasses import replace

from kg.errors import UsageError
from kg.model import Entity, Extraction

__all__ = ["meanings", "read_sentence"]


def read_sentence(sentence: str, region: str = "") -> Extraction:
    """What the rules make of one sentence in a report of ``region``'s health authority.

    Raises UsageError for an empty sentence.
    """
    from kg.claims.extract import extract
    from kg.claims.lexicon import load
    from kg.text.read import report_of

    if not sentence.strip():
        raise UsageError("the sentence is empty; put it in quotation marks")
    title = f"{region}卫生健康局2024年工作总结" if region else "2024年工作总结"
    report = report_of(f"{title}\n\n一、主要工作\n{sentence}\n", "sentence.txt")
    found, start = extract(report, load()), report.text.rindex(sentence)
    return replace(
        found,
        claims=tuple(c for c in found.claims if c.evidence.start >= start),
        observations=tuple(n for n in found.observations if n.evidence.start >= start),
    )


def meanings(name: str, region: str = "") -> list[tuple[Entity, str]]:
    """The entities a name is understood as, each with how; empty where the program abstains.

    The name is read at the head of a sentence, so what surrounds it cannot matter.
    """
    found = read_sentence(f"{name}开展工作。", region)
    start = found.report.text.rindex(f"{name}开展工作。")
    inside = range(start, start + len(name))
    return [
        (entity, mention.how)
        for entity in found.entities
        for mention in entity.mentions
        if mention.start in inside and mention.end == inside.stop
    ]
