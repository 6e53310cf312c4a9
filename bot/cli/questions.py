"""Asks the operator before a command acts."""

from __future__ import annotations

import asyncio
import sys

from bot.errors import ConfigurationError


async def ask(question: str, option: str) -> bool:
    """Ask on the terminal, through standard error, so that --json stays JSON.

    `option` is what is asked about, in the message where there is no terminal.

    Raises:
        ConfigurationError: There is no terminal to ask on.
    """
    if not sys.stdin.isatty():
        raise ConfigurationError((f"`{option}` can't ask for confirmation without a terminal. Add --yes.",))
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return (await asyncio.to_thread(sys.stdin.readline)).strip().lower() in ("y", "yes")
