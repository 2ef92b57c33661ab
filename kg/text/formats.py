"""The visible text of HTML, DOCX and PDF files; the libraries are imported when needed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

from kg.errors import ReadError
from kg.text.decode import decode

__all__ = ["FORMATS", "docx_text", "html_text", "pdf_text"]

# fmt: off
_SKIPPED = frozenset([
    "head", "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "select", "button", "input",
    "textarea", "iframe", "svg", "object",
])
_BLOCKS = frozenset([
    "p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl",
    "dt", "dd", "table", "tr", "br", "hr", "blockquote", "pre", "figure", "figcaption", "center", "fieldset",
    "address", "caption", "thead", "tbody", "tfoot",
])
# fmt: on
_MENU = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|breadcrumbs?|footer|sidebar|share|toolbar|copyright|hide|hidden)(?:$|[\s_-])", re.I
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENDS_LINE = re.compile(r"[。！？；：:.!?;”）)】]\s*$")
_STARTS_LINE = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[.、．]|第[一二三四五六七八九十]|[—【①-⑳]|\s{2})"
)


def html_text(raw: bytes, name: str) -> str:
    """What a browser would show of a page's body: no scripts, menus or hidden parts; a table row is a line."""
    from lxml import etree, html

    try:
        root = html.document_fromstring(_XML_HEAD.sub("", decode(raw, name)))
    except (etree.ParserError, ValueError) as fault:
        raise ReadError(f"{name}: no HTML page ({fault}); save the page again, or its text as .txt") from None
    text = "".join(_pieces(root, len(root.text_content())))
    lines = (_SPACE.sub(" ", line).strip(" ") for line in text.split("\n"))
    return "\n".join(line for line in lines if line.strip())


def _pieces(element: Any, total: int) -> Iterator[str]:
    """The text below an element, with line breaks around blocks and bars between cells."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _SKIPPED or _hidden(element, total):
        return
    edge = "\n" if tag in _BLOCKS else ""
    if tag in ("td", "th") and element.getprevious() is not None:
        yield " | "
    yield edge
    yield _SPACE.sub(" ", element.text or "")
    for child in element:
        in_cell = tag in ("td", "th") and child.tag in _BLOCKS
        for piece in _pieces(child, total):
            yield piece.replace("\n", " ") if in_cell else piece
        yield _SPACE.sub(" ", child.tail or "")
    yield edge


def _hidden(element: Any, total: int) -> bool:
    """Not shown, or a menu by its class name; a "has-sidebar" around half the page is none."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or element.get("role") in ("navigation", "menu", "contentinfo")
        or bool(_UNSEEN.search(element.get("style") or ""))
        or (bool(_MENU.search(names)) and len(element.text_content()) < total / 2)
    )


def docx_text(raw: bytes, name: str) -> str:
    """Paragraphs and tables of a Word document in order; a table row is a line."""
    from zipfile import BadZipFile

    import docx
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        document = docx.Document(io.BytesIO(raw))
    except (BadZipFile, OpcError, KeyError, ValueError, OSError, SyntaxError) as fault:
        raise ReadError(f"{name}: no Word document ({fault}); open it in Word or WPS and save it again") from None
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += [" | ".join(_cells(row)) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def _cells(row: Any) -> list[str]:
    """The texts of a row's cells, a merged cell once."""
    texts: dict[Any, str] = {cell._tc: " ".join(cell.text.split("\n")).strip() for cell in row.cells}
    return list(texts.values())


def pdf_text(raw: bytes, name: str) -> str:
    """The text of a PDF; lines broken by the page's width are joined again."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages]
    except (PyPdfError, ValueError, KeyError, TypeError) as fault:
        raise ReadError(f"{name}: no readable PDF ({fault}); save it again, or its text as .txt") from None
    return _joined([line.rstrip() for page in pages for line in page.split("\n")])


def _joined(lines: list[str]) -> str:
    """Join a full line to the next one unless it ends a sentence or the next starts a part.

    >>> _joined(["一、医改", "全市组建医共体三个，其中一个由市人民医", "院牵头。", "二、基层"])
    '一、医改\\n全市组建医共体三个，其中一个由市人民医院牵头。\\n二、基层'
    """
    lines = [line for line in lines if line.strip() and not re.fullmatch(r"[\s—–-]*[0-9]{1,3}[\s—–-]*", line)]
    width = max(map(len, lines), default=0)
    out: list[str] = []
    full = False
    for line in lines:
        if full and not _STARTS_LINE.match(line):
            out[-1] += line.strip()
        else:
            out.append(line.strip())
        full = len(line) >= 0.75 * width and not _ENDS_LINE.search(line)
    return "\n".join(out)


FORMATS: dict[str, Callable[[bytes, str], str]] = {
    ".html": html_text,
    ".htm": html_text,
    ".docx": docx_text,
    ".pdf": pdf_text,
}
