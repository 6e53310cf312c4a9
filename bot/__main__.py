"""The command line. A mistake of the operator's is a readable line on standard error, never a traceback.

Exit status: 0 all well; 1 something outside is not in order; 2 the settings or the catalogue are wrong;
130 ended by Ctrl-C (a running bot ends with 0).
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Coroutine, Sequence
from typing import Any

from bot.errors import ConfigurationError, StartupError, StorageError


def main(arguments: list[str] | None = None) -> int:
    """Run a subcommand, or without one the bot, and return the exit status."""
    typed = sys.argv[1:] if arguments is None else arguments
    doing = _chosen(typed) if typed else _bot()
    try:
        status: int = _run(doing)
        sys.stdout.flush()
    except ConfigurationError as exc:
        for problem in exc.problems:
            print(problem, file=sys.stderr)
        return 2
    except (StartupError, StorageError) as exc:
        print(exc, file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read it has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:  # Ctrl-C, where the bot's own handler is not there: the person knows
        return 130
    return status


def _chosen(typed: Sequence[str]) -> Coroutine[None, None, int]:
    from bot.cli import parser  # noqa: PLC0415 (a bot that is just started has none to read)

    return parser.parse(typed, _bot)


async def _bot() -> int:
    gc.disable()  # what is imported now stays for good; bot/lifecycle.py lets the collector in after it
    from bot import lifecycle, log  # noqa: PLC0415 (only this command needs all of it)
    from bot.settings import load_settings  # noqa: PLC0415 (as above)

    settings = load_settings()
    log.configure(settings.log_level, settings.log_format, settings.secret_values)
    await lifecycle.run(settings)
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
