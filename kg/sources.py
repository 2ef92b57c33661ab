"""Which files a build reads, and the two digests that say whether it must.

A source is known by its name and the SHA-256 of its bytes, never by its
folder or its dates: a moved file is not read again, a touched one neither.
The stamp is the digest of everything else an extraction depends on: code,
rules, lexicons, seeds, ontology.
"""

from __future__ import annotations

import hashlib
import os
import signal
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import get_context
from pathlib import Path

from kg import __version__
from kg.errors import UsageError
from kg.files import package_path

__all__ = [
    "Source",
    "by_part",
    "copies",
    "digest_of",
    "digests",
    "find",
    "is_url",
    "local",
    "look",
    "part_of",
    "read_bytes",
    "source",
    "stamp",
]

# What the claims and quads of a report depend on, besides the report itself.
_CODE = ("*.py", "text/*.py", "claims/*.py", "graph/*.py")
_TABLES = (("data", "lexicon/*"), ("data", "rules/*"), ("seeds", "*.tsv"), ("ontology", "*.ttl"))
MANY = 4000  # files
_LIBRARIES = ("ahocorasick_rs", "jieba", "lxml", "pypdf", "python-docx")


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A report file: its name, the SHA-256 of its bytes, and where it lies (path or URL)."""

    name: str
    digest: str
    location: str

    @property
    def id(self) -> tuple[str, str]:
        """Name and digest: two sources with the same are the same file twice."""
        return self.name, self.digest


def part_of(name: str) -> str:
    """The part, ``00`` to ``ff``, in which a file's results are kept: a function of its name alone.

    >>> part_of("haining-2024.txt")
    '54'
    """
    return digest_of(name.encode("utf-8", "replace"))[:2]


def by_part(sources: Iterable[Source]) -> dict[str, list[Source]]:
    """The sources of each part, each file once, in order."""
    parts: dict[str, dict[tuple[str, str], Source]] = {}
    for source in sorted(sources):
        parts.setdefault(part_of(source.name), {}).setdefault(source.id, source)
    return {part: list(once.values()) for part, once in sorted(parts.items())}


def copies(sources: Iterable[Source]) -> dict[tuple[str, str], int]:
    """Files given more than once (same name, same bytes), and how often."""
    return {key: n for key, n in Counter(s.id for s in sources).items() if n > 1}


def is_url(location: str) -> bool:
    """Whether a location is for fsspec (``s3://…``, ``file://…``) and no path."""
    return "://" in location


def find(reports: Sequence[str], output: Path | None = None) -> list[str]:
    """Locations of all report files below the given files, folders and URLs.

    What lies in the ``output`` folder is none, though it may lie below them.
    Raises UsageError when there is no report.
    """
    from kg.text.read import find_reports

    paths = [Path(r) for r in reports if not is_url(r)]
    missing = [str(p) for p in paths if not p.exists()]
    if missing:
        raise UsageError(f"{missing[0]}: no such file or folder; check the path")
    roots = [p.resolve() if p.is_dir() else p.absolute() for p in paths]
    ours = str(output.resolve() / "x")[:-1] if output else "\0"
    found = [f for f in find_reports(roots) if not f.startswith(ours)]
    found += [u for r in reports if is_url(r) for u in _find_url(r)]
    if not found:
        raise UsageError(f"{', '.join(reports) or 'nothing'}: no report found; txt, html, docx and pdf are read")
    return sorted(set(found))


def _find_url(url: str) -> list[str]:
    import fsspec  # extra [cluster]

    system, path = fsspec.core.url_to_fs(url)
    return [system.unstrip_protocol(p) for p in system.find(path) if not p.rsplit("/", 1)[-1].startswith(".")]


def read_bytes(location: str) -> bytes:
    """The bytes at a path or URL."""
    if not is_url(location):
        with open(location, "rb", buffering=0) as file:  # noqa: PTH123 - half the time of Path.read_bytes
            return file.read()
    import fsspec  # extra [cluster]

    with fsspec.open(location, "rb") as file:
        content: bytes = file.read()
    return content


@contextmanager
def local(source: Source) -> Iterator[Path]:
    """The source as a file on this machine, as long as the context lasts."""
    if not is_url(source.location):
        yield Path(source.location)
        return
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        path = Path(folder) / source.name
        path.write_bytes(read_bytes(source.location))
        yield path


def digest_of(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def source(location: str, digest: str | None = None) -> Source:
    """One file, digested where ``digest`` is not given; one that cannot be opened gets an empty digest."""
    name = location.replace("\\", "/").rsplit("/", 1)[-1] if is_url(location) else os.path.basename(location)  # noqa: PTH119
    return Source(name.encode("utf-8", "replace").decode(), _digest(location) if digest is None else digest, location)


def _digest(location: str) -> str:
    try:
        return digest_of(read_bytes(location))
    except OSError:
        return ""


def digests(locations: Sequence[str]) -> list[Source]:
    """All sources with their digests, in order; 18 µs a file of 20 KB, and threads make it slower.

    Many files are shared out to processes, where these can be forked, which takes 0.03 s.
    """
    from kg.pool import METHOD, processors

    if len(locations) < MANY or processors() < 2 or METHOD != "fork":
        return sorted(map(source, locations))
    ignored = (signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's affair
    try:
        with ProcessPoolExecutor(processors(), get_context(METHOD), signal.signal, ignored) as pool:
            return sorted(map(source, locations, pool.map(_digest, locations, chunksize=500)))
    except BrokenProcessPool:  # one was killed: it is quicker to do it here than to explain it
        return sorted(map(source, locations))


def stamp(*more: Path) -> str:
    """Digest of the code and data an extraction depends on; ``more`` names further files (curation)."""
    package = Path(__file__).resolve().parent
    files = [f for pattern in _CODE for f in package.glob(pattern)]
    files += [f for folder, pattern in _TABLES for f in package_path(folder).glob(pattern) if f.is_file()]
    versions = [f"{library} {_version(library)}" for library in _LIBRARIES]
    return _digest_all([*sorted(files, key=_place), *more], versions)


def look() -> str:
    """Digest of the code and data the pages depend on."""
    files = [*Path(__file__).resolve().parent.glob("views/*.py"), *package_path("data").glob("page/**/*")]
    return _digest_all(sorted((f for f in files if f.is_file()), key=_place), [])


def _place(file: Path) -> tuple[str, str]:
    return file.parent.name, file.name


def _digest_all(files: Iterable[Path], words: Iterable[str]) -> str:
    whole = hashlib.sha256("\n".join([__version__, *words]).encode())
    for file in files:
        content = file.read_bytes()
        whole.update(f"{'/'.join(_place(file))} {len(content)}\n".encode() + content)
    return whole.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
