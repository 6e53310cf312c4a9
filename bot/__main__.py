"""The command line: `python -m bot`.

An operator's mistake is one readable line, never a traceback.

Exit status: 0 success; 1 something outside is not in order; 2 the settings or the catalogue are wrong;
130 ended by Ctrl-C (a running bot ends with 0).
"""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Callable, Coroutine

from bot.core.errors import CommandError, ConfigurationError, StartupError, StorageError
from bot.core.program import harden_process, hidden, run_with_output

if sys.platform != "win32":
    import uvloop


def main(args: list[str] | None = None) -> int:
    """Run a subcommand, or the bot, and return the exit status."""
    harden_process()
    return run_with_output(lambda: _main(sys.argv[1:] if args is None else args))


def _main(typed: list[str]) -> int:
    try:
        return _run(_parse(typed) if typed else _bot())
    except ConfigurationError as exc:
        for problem in exc.problems:
            print(problem, file=sys.stderr)
        return 2
    except (CommandError, StartupError, StorageError) as exc:
        print(exc, file=sys.stderr)
        return 1
    except KeyboardInterrupt:  # before the bot's own signal handler is installed
        return 130


def _parse(typed: list[str]) -> Coroutine[None, None, int]:
    from bot.cli import parser

    return parser.parse(typed, _bot)


async def _bot(role: str = "all") -> int:
    gc.disable()  # what is imported now lives as long as the process; lifecycle.run() enables it again
    with hidden("greenlet", "rich"):  # structlog imports them where they are installed, 70 modules in all
        from bot import lifecycle, log
    from bot.composition import this_process
    from bot.domain.process import Role
    from bot.settings import load_settings

    settings = load_settings()
    process = this_process(Role(role), settings.shards)
    fields = {"role": process.role.value, "process": process.id}
    log.configure(settings.log_level, settings.log_format, settings.secret_values, fields)
    await lifecycle.run(settings, process)
    return 0


def _run(command: Coroutine[None, None, int]) -> int:
    loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None
    if sys.platform != "win32":
        loop_factory = uvloop.new_event_loop
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        return runner.run(command)


if __name__ == "__main__":
    sys.exit(main())
