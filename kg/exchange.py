"""Folders at fsspec URLs (``s3://…``, ``file://…``): files to them and back. Needs the extra ``[cluster]``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.errors import UsageError

__all__ = ["fetch", "remove", "send"]


def _open(url: str) -> tuple[Any, str]:
    """The file system of a URL and the path in it."""
    try:
        import fsspec
    except ImportError:
        raise UsageError(f"{url}: fsspec is missing; pip install 'kg[cluster]'") from None
    try:
        system, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as fault:
        raise UsageError(f"{url}: {fault}") from None
    return system, str(path).rstrip("/")


def send(folder: Path, url: str) -> None:
    """Copy all files below a folder to a URL."""
    system, path = _open(url)
    for file in sorted(f for f in folder.rglob("*") if f.is_file()):
        target = f"{path}/{file.relative_to(folder).as_posix()}"
        system.makedirs(target.rsplit("/", 1)[0], exist_ok=True)
        system.put_file(str(file), target)


def fetch(url: str, names: Iterable[str], folder: Path) -> None:
    """Copy named files from a URL into a folder."""
    system, path = _open(url)
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        system.get_file(f"{path}/{name}", str(folder / name))


def remove(url: str) -> None:
    """Remove a URL's folder with all that is in it, if it is there."""
    system, path = _open(url)
    if system.exists(path):
        system.rm(path, recursive=True)
