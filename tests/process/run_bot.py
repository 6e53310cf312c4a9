"""`python -m bot` with discord.py pointed at LOOPBACK_DISCORD; LOOPBACK_MODULE is another module to run.

Signals are as a terminal leaves them; with LOOPBACK_IGNORES_SIGINT, as in a background shell. LOOPBACK_DESCRIPTORS
limits the number of open descriptors.
"""

import os
import resource
import runpy
import signal
import sys
import threading
from pathlib import Path


def die_with_the_tests() -> None:
    """A killed test run leaves no bot behind: at the end of stdin, this process ends."""
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    from tests.helpers.fake_discord.redirect import point_at  # noqa: PLC0415 - found only now

    if descriptors := int(os.environ.pop("LOOPBACK_DESCRIPTORS", 0)):
        resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))
    ignores_sigint = os.environ.pop("LOOPBACK_IGNORES_SIGINT", "") != ""
    signal.signal(signal.SIGINT, signal.SIG_IGN if ignores_sigint else signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup ignores it, and children inherit that
    threading.Thread(target=die_with_the_tests, name="lifeline", daemon=True).start()
    point_at(os.environ.pop("LOOPBACK_DISCORD"))
    runpy.run_module(os.environ.pop("LOOPBACK_MODULE", "bot"), run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
