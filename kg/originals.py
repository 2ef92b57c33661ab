"""The full texts of reports whose claims are at hand, read again and matched by SHA-256."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import KgError
from kg.model import Report
from kg.sources import is_url, local, source

__all__ = ["Originals", "originals"]


@dataclass(frozen=True, slots=True)
class Originals:
    """Texts and web addresses by report key; ``strangers`` are locations whose text no claim speaks of."""

    texts: dict[str, str]
    sources: dict[str, str]
    strangers: tuple[str, ...]


def originals(locations: Iterable[str], reports: Iterable[Report]) -> Originals:
    """Read the files and URLs and keep the texts that these reports were made from.

    A file that cannot be read, or whose text has another SHA-256, is a stranger.
    """
    keys: dict[str, list[str]] = defaultdict(list)
    for report in reports:
        keys[report.sha256].append(report.key)
    found = Originals({}, {}, ())
    strangers = []
    for location in locations:
        read = _read(location)
        here = keys.get(read.sha256, []) if read else []
        if read is None or not here:
            strangers.append(location)
            continue
        found.texts.update(dict.fromkeys(here, read.text))
        if is_url(location):
            found.sources.update(dict.fromkeys(here, location))
    return Originals(found.texts, found.sources, tuple(strangers))


def _read(location: str) -> Report | None:
    from kg.text.read import read_report

    try:
        with local(source(location)) as path:
            return read_report(path)
    except (KgError, OSError):
        return None
