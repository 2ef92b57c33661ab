"""The folder of a store: what lies in it and which engine may touch it.

``db`` is the writer's database; ``snapshot-N`` are copies of it made of hard
links; ``current`` names the newest; ``format.json`` holds the format of the
folder and the version of the engine. Readers open snapshots only, because
reading a live database beside its writer is undefined in the engine.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.errors import StoreError
from kg.files import atomic

__all__ = ["borrowed", "check_version", "current", "locate", "make_current", "next_snapshot", "write_version"]

FORMAT = 1


def current(path: Path) -> Path:
    """The newest snapshot; StoreError where nothing was published yet."""
    try:
        return path / (path / "current").read_text("utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError(f"{path}: no finished store here; make one with 'kg build REPORTS -o FOLDER'") from None


def next_snapshot(path: Path) -> Path:
    """Where the next snapshot goes."""
    return path / f"snapshot-{max(_numbers(path), default=0) + 1}"


def make_current(path: Path, name: str) -> None:
    """Point readers to a snapshot; keep the one before it, which a reader may just be opening."""
    with atomic(path / "current") as out:
        out.write(name + "\n")
    for number in _numbers(path)[:-2]:
        shutil.rmtree(path / f"snapshot-{number}", ignore_errors=True)  # Windows keeps open files


def _numbers(path: Path) -> list[int]:
    names = (found.name.removeprefix("snapshot-") for found in path.glob("snapshot-*"))
    return sorted(int(name) for name in names if name.isdigit())


def write_version(path: Path, engine: str) -> None:
    """Note which engine wrote the data."""
    with atomic(path / "format.json") as out:
        json.dump({"format": FORMAT, "engine": engine}, out)
        out.write("\n")


def check_version(path: Path, engine: str, *, migrate: bool = False) -> None:
    """Refuse data of another engine with StoreError; older data are let through with ``migrate``.

    A folder without a note is new.
    """
    form, written = _version(path)
    if form != FORMAT or _release(written or engine) > _release(engine):
        raise StoreError(f"{path}: written by a newer version (Oxigraph {written}); update kg to open it")
    if written and _release(written) < _release(engine) and not migrate:
        raise StoreError(
            f"{path}: written by Oxigraph {written}, this is {engine}, which would change it for good; "
            "ask for the migration, or dump it with the old version and restore it with this one"
        )


def _version(path: Path) -> tuple[int, str]:
    note = path / "format.json"
    try:
        found = json.loads(note.read_text("utf-8"))
        _release(found["engine"])
        return int(found["format"]), found["engine"]
    except (FileNotFoundError, NotADirectoryError):
        return FORMAT, ""
    except (ValueError, KeyError, TypeError, AttributeError):
        raise StoreError(f"{note}: damaged; restore the store from a dump or build it again") from None


def _release(version: str) -> tuple[int, ...]:
    """The part of a version that decides about the files: ``(0, 5)`` of ``0.5.13``."""
    return tuple(int(part) for part in version.split(".")[:2])


def locate(path: Path) -> Path:
    """The store a person means by a folder: the folder itself, or ``store`` in a build's output."""
    inner = path / "store"
    return inner if not (path / "format.json").exists() and inner.is_dir() else path


@contextmanager
def borrowed(path: Path) -> Iterator[Path]:
    """The newest snapshot under a name of its own, for a reader that stays open while builds come and go.

    Data files are hard links; the few small files that say which of them count
    are copied. The folder is removed at the end.
    """
    source = current(path)
    with TemporaryDirectory(prefix="serving-", dir=path, ignore_cleanup_errors=True) as name:
        place = Path(name) / "db"
        place.mkdir()
        for file in sorted(source.iterdir()):
            if file.suffix == ".sst":
                os.link(file, place / file.name)
            else:
                shutil.copyfile(file, place / file.name)
        yield place
