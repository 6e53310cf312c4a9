"""The command line. A mistake of the operator's is a readable line on standard error, never a traceback.

Exit status: 0 all well; 1 something outside is not in order; 2 the settings or the catalogue are wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Coroutine
from typing import Any

from bot import app, logs
from bot.cli import check
from bot.errors import ConfigurationError, StartupError, StorageError
from bot.settings import read_settings


def main(arguments: list[str] | None = None) -> int:
    """Run a subcommand and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Matinee, the movie bot.")
    commands = parser.add_subparsers(dest="command", title="commands", metavar="")
    commands.add_parser("run", help="run the bot (what happens without a command, too)")
    commands.add_parser("check", help="say whether everything is in order, and print the invite link")
    options = parser.parse_args(arguments)
    try:
        if options.command == "check":
            return _run(check.check())
        settings = read_settings()
        logs.configure(settings.log_level, settings.log_format)
        _run(app.run(settings))
    except ConfigurationError as exc:
        for problem in exc.problems:
            print(problem, file=sys.stderr)
        return 2
    except (StartupError, StorageError) as exc:
        print(exc, file=sys.stderr)
        return 1
    return 0


def _run(main_coroutine: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 (whatever the coroutine returns)
    """Run on uvloop where there is one."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(main_coroutine)


def _loop_factory() -> Any:  # noqa: ANN401 (uvloop's own type is not there on every system)
    if sys.platform == "win32":
        return None
    import uvloop  # noqa: PLC0415 (not installed on Windows)

    return uvloop.new_event_loop


if __name__ == "__main__":
    sys.exit(main())
