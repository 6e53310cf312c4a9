"""Ports for processes that can't choose one themselves."""

from __future__ import annotations

import random
import socket


def free_port() -> int:
    """Below the kernel's ephemeral ports, which are given to whoever asks for any port."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
