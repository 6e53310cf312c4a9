"""Ports for processes that can't choose one themselves."""

from __future__ import annotations

import random
import socket


def free_port() -> int:
    """Return a free port below the kernel's ephemeral ports.

    Those are given to whoever asks for any port, perhaps before the process listens that this one is for.
    """
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
