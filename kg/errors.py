"""What can go wrong, each message saying where, what, and what to do."""

from __future__ import annotations

__all__ = ["DataError", "KgError", "ReadError", "StoreError", "UsageError"]


class KgError(Exception):
    """Base of every error this package raises on purpose (exit code 2)."""


class UsageError(KgError):
    """A command was called in a way that cannot work."""


class DataError(KgError):
    """A table, rule file or record does not have the form it must have."""


class ReadError(KgError):
    """A report file cannot be read as text."""


class StoreError(KgError):
    """The store cannot be opened, queried or written."""
