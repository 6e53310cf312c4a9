"""Protects the process's files and memory from other users of the machine."""

from __future__ import annotations

import os
import sys

if sys.platform != "win32":
    import resource


def harden_process() -> None:
    """Create files for their owner only, and write no core dumps.

    A core dump would contain the token and the key.
    """
    os.umask(0o077)
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
