"""Asks the operator before a command acts."""

from __future__ import annotations

import asyncio
import sys

from bot.errors import ConfigurationError


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
    answer = await asyncio.to_thread(sys.stdin.readline)
    if answer.strip().lower() in ("y", "yes"):
        return True
    if not answer:  # Ctrl-D ends no line
        print(file=sys.stderr)
    print(declined, file=sys.stderr)
    return False
