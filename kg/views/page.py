"""One self-contained page: template, styles, scripts and data in one UTF-8 text.

The page asks for nothing outside itself. A Content-Security-Policy that names
the hashes of the one style sheet and the one script comes first in the head,
so that nothing else can run, from ``file:`` addresses too. Data stand in a
JSON block in which no sign can end the block or start a tag.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg.errors import DataError
from kg.files import atomic, package_path

__all__ = ["asset", "json_block", "policy", "render", "write"]

_ESCAPES = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def json_block(value: Any) -> str:
    """JSON that may stand inside a script element; Chinese stays as it is.

    >>> print(json_block("</script>&人"))
    "\\u003c/script\\u003e\\u0026人"
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign, escape in _ESCAPES.items():  # str.translate is several times slower on Chinese
        text = text.replace(sign, escape)
    return _utf8(text)


def _utf8(text: str) -> str:
    """Lone surrogates, which UTF-8 cannot hold, as the replacement character."""
    return text.encode("utf-8", "replace").decode("utf-8")


def asset(*names: str) -> str:
    """Page files of the package, one after the other."""
    folder = package_path("data") / "page"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)


def policy(style: str, script: str, *, styles: Iterable[str] = ()) -> str:
    """The Content-Security-Policy for exactly this style sheet and this script.

    ``styles`` are further style sheets that a bundled library inserts itself.
    """
    allowed = " ".join(f"'{_hash(s)}'" for s in (style, *styles))
    return "; ".join([
        "default-src 'none'",
        f"script-src '{_hash(script)}'",
        f"style-src {allowed}",
        "img-src data: blob:",
        "base-uri 'none'",
        "form-action 'none'",
    ])  # fmt: skip


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def render(  # noqa: PLR0913 - the six parts of a page
    template: str, *, title: str, style: str, script: str, data: Any, styles: Iterable[str] = (), **words: Any
) -> str:
    """A page from a template under ``data/page``; everything but our own files is escaped."""
    for name, text, end in (("style sheet", style, "</style"), ("script", script, "</script")):
        if end in text.lower():
            raise DataError(f"{template}: the {name} contains {end}, which would end it; write it in two parts")
    loader = FileSystemLoader(package_path("data") / "page", encoding="utf-8")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.get_template(template).render(
        title=_utf8(title),
        policy=policy(style, script, styles=styles),
        style=Markup(style),
        script=Markup(script),
        data=Markup(json_block(data)),
        **words,
    )


def write(path: Path, page: str) -> None:
    """Write a page as UTF-8 with LF line ends, whole or not at all, whatever the locale."""
    with atomic(path) as out:
        out.write(page)
