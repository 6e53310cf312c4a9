"""The child's entry point in the process tests: `python -m bot`, but with discord.py pointed at a loopback Discord.

LOOPBACK_DISCORD is the loopback's address, LOOPBACK_MODULE another module to run than `bot`; arguments go through.
When whoever holds the other end of stdin is gone, so is this process: a killed test run leaves no bot behind.
"""

import os
import runpy
import signal
import sys
import threading
from pathlib import Path


def die_with_the_tests() -> None:
    """Wait for the end of stdin, and kill this process."""
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Point discord.py at the loopback, and become the bot."""
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    from tests.process.loopback.pointing import point_at  # noqa: PLC0415 - found only now

    threading.Thread(target=die_with_the_tests, name="lifeline", daemon=True).start()
    point_at(os.environ.pop("LOOPBACK_DISCORD"))
    runpy.run_module(os.environ.pop("LOOPBACK_MODULE", "bot"), run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
