"""What a query may cost."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Deadline in seconds, rows and bytes of the answer, memory in bytes; going beyond one is an error.

    The memory limit holds where the system knows one for a process (not on
    Windows, and only in name on macOS).
    """

    seconds: float = 30.0
    rows: int = 100_000
    size: int = 64 << 20
    memory: int = 4 << 30
