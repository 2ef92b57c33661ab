"""Terms and lines of canonical N-Quads, as strings.

The text form is the same as Oxigraph's dump, so a dump and a build can be
compared byte by byte. Lines hold no line end; one space parts the terms and
none stands inside an IRI.
"""

from __future__ import annotations

import re
from decimal import Decimal

from kg.errors import DataError
from kg.graph.vocab import XSD

__all__ = ["date", "decimal", "integer", "language", "node", "split", "text", "unescape", "year"]

_UNSAFE = re.compile('[\x00-\x1f"\\\\\x7f\ud800-\udfff\ufffe\uffff]')
_NAMED = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_PLAIN = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}
_DATES = {4: "gYear", 7: "gYearMonth", 10: "date"}


def node(iri: str) -> str:
    """An IRI as a term."""
    return f"<{iri}>"


def text(value: str) -> str:
    """A plain string.

    Control characters are escaped; a lone surrogate, which UTF-8 cannot hold,
    becomes U+FFFD.

    >>> text('a"b')
    '"a\\\\"b"'
    """
    return f'"{_UNSAFE.sub(_escape, value)}"' if _UNSAFE.search(value) else f'"{value}"'


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return _NAMED.get(char) or f"\\u{ord(char):04X}"


def language(value: str, tag: str) -> str:
    """A string with a (lower-case) language tag."""
    return f"{text(value)}@{tag}"


def integer(value: int) -> str:
    """An xsd:integer."""
    return f'"{value}"^^<{XSD}integer>'


def decimal(value: Decimal) -> str:
    """An xsd:decimal in canonical form; DataError for a value that is no number.

    >>> decimal(Decimal("71.480")).split("^")[0]
    '"71.48"'
    """
    if not value.is_finite():
        raise DataError(f"{value}: not a number; leave the observation out")
    form = format(value, "f")
    if "." in form:
        form = form.rstrip("0").rstrip(".")
    return f'"{"0" if form in {"-0", ""} else form}"^^<{XSD}decimal>'


def year(value: int) -> str:
    """An xsd:gYear."""
    return f'"{value:04d}"^^<{XSD}gYear>'


def date(value: str) -> str:
    """An ISO date, month or year as the typed literal of its precision; other wording stays a string."""
    kind = _DATES.get(len(value))
    return f"{text(value)}^^<{XSD}{kind}>" if kind else text(value)


def split(line: str) -> tuple[str, str, str, str]:
    """Subject, predicate, object and graph terms of a canonical line.

    >>> split('<a> <b> "c d" <e> .')
    ('<a>', '<b>', '"c d"', '<e>')
    """
    subject, predicate, rest = line.split(" ", 2)
    value, graph, _ = rest.rsplit(" ", 2)
    return subject, predicate, value, graph


def unescape(body: str) -> str:
    """The characters between the quotes of a literal."""
    return _ESCAPE.sub(_unescape, body) if "\\" in body else body


def _unescape(found: re.Match[str]) -> str:
    four, eight, char = found.groups()
    return chr(int(four or eight, 16)) if four or eight else _PLAIN.get(char, char)
