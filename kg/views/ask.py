"""The process that answers one query and can be killed: ``python -m kg.views.ask``.

A JSON object on standard input says what to ask (``store``, a folder
or an address, ``query``, ``seconds``, ``rows``, ``size``, ``memory``); JSON lines on standard output answer: the kind
of answer with its columns, one list of N-Triples terms a row, and at the end
``{"end": ROWS}`` or ``{"error": WORDS}``. An output without that last line is
no answer.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, StoreError

if TYPE_CHECKING:
    from kg.graph.remote import Remote
    from kg.graph.store import Store

__all__ = ["main"]


def main() -> None:
    """Answer the request on standard input."""
    request = json.load(sys.stdin.buffer)
    out = sys.stdout.buffer
    try:
        _bound_memory(request["memory"])
        _answer(request)
    except KgError as fault:
        out.write(_line({"error": str(fault)}))
    except MemoryError:
        out.write(_line({"error": "the query needs more memory than allowed; narrow it or raise the limit"}))
    out.flush()


def _answer(request: dict[str, Any]) -> None:
    rows, room = 0, int(request["size"])
    write = sys.stdout.buffer.write
    with _opened(request) as store:
        found = store.query(request["query"])
        write(_line({"kind": found.kind, "columns": found.columns}))
        for row in found.rows:
            rows += 1
            if rows > request["rows"]:
                raise StoreError(f"more than {request['rows']} rows; add LIMIT to the query or raise the limit")
            line = _line(row)
            room -= len(line)
            if room < 0:
                raise StoreError(f"more than {request['size']} bytes; add LIMIT to the query or raise the limit")
            write(line)
    write(_line({"end": rows}))


def _opened(request: dict[str, Any]) -> Remote | Store:
    """The store or server asked; their modules are imported only when needed."""
    target = request["store"]
    if target.startswith(("http://", "https://")):
        from kg.graph.remote import Remote

        return Remote(target, request["seconds"], request["rows"], request["size"])
    from kg.graph.store import open_reader

    return open_reader(Path(target))


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _bound_memory(size: int) -> None:
    """Let the system end this process rather than fill the machine."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))


if __name__ == "__main__":
    main()
