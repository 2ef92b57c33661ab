"""A file becomes a Report: text exactly as decoded, title, year, kinds, publication date.

Plain text keeps every character (CR LF as well); offsets are code points of
the decoded file without its byte order mark. Of HTML, DOCX and PDF the text
is what a reader would see (kg.text.formats).
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import ReadError
from kg.model import Report
from kg.text.clean import fold
from kg.text.decode import decode
from kg.text.formats import FORMATS
from kg.text.head import describe
from kg.text.lines import laid_out

__all__ = ["ENDINGS", "find_reports", "read_report", "report_of"]

ENDINGS = (".txt", *FORMATS)
_NOT_IN_KEYS = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]+")


def read_report(path: Path) -> Report:
    """Read one file; issuer and jurisdiction stay empty, linking fills them.

    Raises ReadError (file, what was found, what to do) when it cannot be read
    as a report.
    """
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise ReadError(f"{path}: {fault.strerror or fault}; check the path and its permissions") from None
    extract = FORMATS.get(path.suffix.lower())
    text = extract(raw, str(path)) if extract else decode(raw, str(path))
    if not text.strip():
        raise ReadError(f"{path}: no text found; if it is a scan, recognise its text first")
    return report_of(text, path.name)


def report_of(text: str, file_name: str) -> Report:
    """A Report of a text that is already decoded.

    >>> report_of("海宁市卫生健康局2024年工作总结\\n一、医改", "haining 2024.txt").key
    'haining-2024-7f5079'
    """
    digest = hashlib.sha256(text.encode()).hexdigest()
    stem = _NOT_IN_KEYS.sub("-", fold(Path(file_name).stem)).strip("-")[:80] or "report"
    head = describe(text, *laid_out(text))
    return Report(
        key=f"{stem}-{digest[:6]}",
        file_name=file_name,
        text=text,
        sha256=digest,
        title=head.title,
        year=head.year,
        half=head.half,
        kinds=head.kinds,
        published=head.published,
    )


def find_reports(paths: Iterable[Path]) -> list[str]:
    """The report files among files and folders: folders walked, sorted, hidden names skipped.

    A file that is named itself is taken whatever its ending; in folders only
    files with an ending of ``ENDINGS``. Raises ReadError for a path that does
    not exist.
    """
    found: set[str] = set()
    for path in paths:
        if not path.exists():
            raise ReadError(f"{path}: no such file or folder; check the path")
        found.update(_walk(str(path)) if path.is_dir() else [str(path)])
    return sorted(found)


def _walk(folder: str) -> Iterator[str]:
    """Of a folder's own listing, which tells folders from files; to ask for each of 10,000 files takes 0.1 s."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "~$")):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path)
            elif entry.name.lower().endswith(ENDINGS) and entry.is_file():
                yield entry.path
