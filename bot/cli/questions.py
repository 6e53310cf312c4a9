"""Asks the operator before a command acts."""

from __future__ import annotations

import os
import sys

from bot.errors import ConfigurationError
from bot.threads import run_in_daemon_thread

_MAX_ANSWER = 1024
"""Bytes. A terminal hands over a line."""


async def confirmed(question: str, option: str, *, yes: bool, declined: str = "Nothing was changed.") -> bool:
    """Ask whether to act, unless `yes` says so already.

    The question goes through standard error, so that --json stays JSON. `option` is what is asked about, in the message
    where there is no terminal. Where the operator declines, also with Ctrl-D, `declined` is printed.

    Raises:
        ConfigurationError: There is no terminal to ask on.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise ConfigurationError((f"`{option}` can't ask for confirmation without a terminal. Add --yes.",))
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    # Ctrl-C ends the process while the thread reads. It holds no lock for that, unlike in sys.stdin.readline().
    answer = await run_in_daemon_thread(lambda: os.read(sys.stdin.fileno(), _MAX_ANSWER))
    if answer.strip().lower() in (b"y", b"yes"):
        return True
    if not answer:  # Ctrl-D ends no line
        print(file=sys.stderr)
    print(declined, file=sys.stderr)
    return False
