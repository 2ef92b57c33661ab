"""What all tests share: Ctrl-C works in the programs they start, though a shell starts background jobs deaf to it."""

from __future__ import annotations

import signal

signal.signal(signal.SIGINT, signal.default_int_handler)
