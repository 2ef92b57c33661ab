"""The questions that come with the program: named SPARQL files.

The first line of a file is its title in English and Chinese; each parameter
has a line of its own::

    # What a region implements, with status and evidence · 某地区实施的项目
    # param region entity = region/330481: identifier or name of the region · 地区
    # param words text: part of the metric's name · 指标名称
    # order: -reports programme

A parameter is an ``entity`` (identifier, IRI or name) or a ``text``; one
without a default must be given. ``order`` names the columns by which the rows
are shown, ``-`` before those that descend (``kg.views.order``): Oxigraph
compares strings so slowly that ORDER BY took up to nine tenths of the time.

Questions about everything read the summary graph, which says each thing once,
and join columns: a triple pattern in a sub-select of its own is read once from
end to end and joined by hash, where Oxigraph would seek it for each row, which
at 1,000 reports took ten times as long and more. Of sub-selects of one size
the first is held in memory; those that join others count as larger.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError, UsageError
from kg.files import package_path

__all__ = ["Parameter", "Question", "find", "questions", "read"]

_PARAMETER = re.compile(r"# param (?P<name>\w+) (?P<kind>entity|text)(?: = (?P<default>[^:]*?))?: (?P<words>.+)")
_ORDER = re.compile(r"# order:(?P<columns>(?: -?\w+)+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question asks for; ``default`` is None where a value must be given."""

    name: str
    kind: str
    words: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A named query: its title (English · 中文), parameters, SPARQL text and the order of its rows."""

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    text: str
    order: tuple[str, ...] = ()


def questions() -> list[Question]:
    """All shipped questions, sorted by name."""
    return sorted((read(path, name) for name, path in _files()), key=lambda question: question.name)


def find(name: str) -> Question:
    """One question, by name or by the last part of a name in a folder.

    Raises UsageError with the nearest names when there is none of this name.
    """
    files = dict(_files())
    ends = [full for full in files if full.rpartition("/")[2] == name]
    if name not in files and len(ends) == 1:
        name = ends[0]
    if name not in files:
        near = difflib.get_close_matches(name, files, n=3, cutoff=0.4)
        hint = f"did you mean {', '.join(near)}? " if near else ""
        raise UsageError(f"{name!r} is no question I know; {hint}'kg query --list' shows all")
    return read(files[name], name)


def _files() -> Iterator[tuple[str, Path]]:
    root = package_path("data") / "queries"
    for path in sorted(root.rglob("*.rq")):
        yield path.relative_to(root).with_suffix("").as_posix(), path


def read(path: Path, name: str = "") -> Question:
    """A query file with its header; DataError for a parameter line that cannot be read."""
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file; check the path after the @") from None
    except (UnicodeDecodeError, IsADirectoryError):
        raise DataError(f"{path}: not a UTF-8 text file; save it as UTF-8") from None
    title, parameters = "", []
    order: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("# param"):
            parameters.append(_parameter(f"{path}:{number}", line.rstrip()))
        elif line.startswith("# order:"):
            order = _order(f"{path}:{number}", line.rstrip())
        elif line.startswith("#") and not title:
            title = line.lstrip("# ").rstrip()
    return Question(name or path.stem, title, tuple(parameters), text, order)


def _order(where: str, line: str) -> tuple[str, ...]:
    found = _ORDER.fullmatch(line)
    if found is None:
        raise DataError(f"{where}: {line!r}; write '# order: COLUMN -COLUMN', where - descends")
    return tuple(found["columns"].split())


def _parameter(where: str, line: str) -> Parameter:
    found = _PARAMETER.fullmatch(line)
    if found is None:
        raise DataError(f"{where}: {line!r}; write '# param NAME entity|text [= DEFAULT]: WORDS'")
    return Parameter(found["name"], found["kind"], found["words"], found["default"])
