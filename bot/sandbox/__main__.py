"""`python -m bot.sandbox demo` runs the demo, `samsar` the fake API alone."""

from __future__ import annotations

import argparse
import asyncio
import sys

from bot.errors import StartupError
from bot.sandbox import fake_samsar_cli
from bot.sandbox.demo import demo
from bot.standard_output import run_with_output


def main() -> int:
    """Run a subcommand and return the exit status."""
    return run_with_output(_main)


def _main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bot.sandbox", description="Matinee's sandbox. It needs no network."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    fake_samsar_cli.add_version(
        commands.add_parser("demo", help="play a scripted session, then serve a page to try it yourself")
    )
    fake_samsar_cli.add_arguments(commands.add_parser("samsar", help="run the API simulator on its own"))
    options = parser.parse_args()
    try:
        if options.command == "samsar":
            asyncio.run(fake_samsar_cli.serve(options))
            return 0
        return asyncio.run(demo(options.api))
    except (KeyboardInterrupt, asyncio.CancelledError):
        print("\nGoodbye.")
        return 0
    except StartupError as exc:
        print(exc, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
