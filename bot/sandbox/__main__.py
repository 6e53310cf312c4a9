"""`python -m bot.sandbox demo` runs the demo, `samsar` the fake API alone.

The latter is for a separate bot or curl.
"""

from __future__ import annotations

import argparse
import asyncio
import shlex
import sys

from bot.core.errors import StartupError
from bot.core.program import run_with_output
from bot.samsar.config import ApiVersion
from bot.sandbox.demo import demo
from bot.sandbox.endpoints import CREDITS_PATH
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from bot.sandbox.fault_injection import Fault
from bot.sandbox.faults import FAULTS, get_fault

_INPUT = '"prompt": "A lighthouse keeper befriends a storm", "aspect_ratio": "16:9", '

_EXAMPLES = {
    ApiVersion.MARCH_2025: (
        f'{{"input": {{{_INPUT}"image_model": "FLUX1.1PRO", "video_model": "LUMA", "duration": 8}}}}'
    ),
    ApiVersion.AUTUMN_2026: (
        f'{{"input": {{{_INPUT}"image_model": "NANOBANANAPRO", "video_model": "RUNWAYML", "duration": 10}}}}'
    ),
}
"""An order for each version."""


def main() -> int:
    """Run a subcommand and return the exit status."""
    return run_with_output(_main)


def _main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bot.sandbox", description="Matinee's sandbox. It needs no network."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    _add_version(commands.add_parser("demo", help="play a scripted session, then serve a page to try it yourself"))
    _add_arguments(commands.add_parser("samsar", help="run the API simulator on its own"))
    options = parser.parse_args()
    try:
        if options.command == "samsar":
            asyncio.run(_serve(options))
            return 0
        return asyncio.run(demo(options.api))
    except (KeyboardInterrupt, asyncio.CancelledError):
        print("\nGoodbye.")
        return 0
    except StartupError as exc:
        print(exc, file=sys.stderr)
        return 1


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the `samsar` command."""
    _add_version(parser)
    parser.add_argument(
        "--port", type=int, default=8081, help="port on 127.0.0.1 (default: %(default)s; 0: any free port)"
    )
    parser.add_argument("--key", default="fake-samsar-key", help="API key to accept (default: %(default)s)")
    parser.add_argument(
        "--render-seconds", type=float, default=20.0, help="how long a movie takes to render (default: %(default)s)"
    )
    parser.add_argument("--credits", type=int, default=5000, help="starting balance (default: %(default)s)")
    parser.add_argument(
        "--fault",
        type=_parse_fault,
        action="append",
        default=[],
        metavar="NAME[:TIMES]",
        help=f"fault to inject, and for how many requests (default: all); repeatable. One of: {', '.join(FAULTS)}",
    )


def _add_version(parser: argparse.ArgumentParser) -> None:
    """Declare the option for the API's version."""
    parser.add_argument(
        "--api",
        type=ApiVersion,
        choices=list(ApiVersion),
        default=ApiVersion.MARCH_2025,
        metavar="VERSION",
        help=f"version of the API: {' or '.join(ApiVersion)} (default: {ApiVersion.MARCH_2025})",
    )


async def _serve(args: argparse.Namespace) -> None:
    """Serve until cancelled.

    Raises:
        StartupError: the port is taken.
    """
    config = FakeSamsarConfig(
        args.api, api_key=args.key, port=args.port, render_seconds=args.render_seconds, credits=args.credits
    )
    async with FakeSamsar(config) as server:
        for fault, times in args.fault:
            server.inject(fault, times=times)
        print(_usage(server, [fault for fault, _ in args.fault]), flush=True)
        await asyncio.Event().wait()


def _parse_fault(text: str) -> tuple[Fault, int | None]:
    name, colon, times = text.partition(":")
    try:
        chosen = get_fault(name)
    except ValueError as exc:
        raise argparse.ArgumentTypeError(str(exc)) from exc
    if colon and not (times.isascii() and times.isdigit() and int(times) > 0):
        raise argparse.ArgumentTypeError(f"{times!r} isn't a valid count: use {name}:3 for the next three requests")
    return chosen, int(times) if colon else None


def _usage(server: FakeSamsar, faults: list[Fault]) -> str:
    header = f"-H {shlex.quote(f'Authorization: Bearer {server.config.api_key}')}"
    lines = [
        "The Samsar API simulator is running. Nothing leaves this machine, and nothing costs money.",
        "",
        f"  base URL   {server.base_url}",
        f"  API key    {server.config.api_key}",
        f"  balance    {server.account.balance} credits; a movie takes {server.config.render_seconds:g} s",
        *(f"  fault      {fault.name}: {fault.about}" for fault in faults),
        "",
        "For a bot, set:",
        "",
        f"  SAMSAR_API={server.config.version}",
        f"  SAMSAR_BASE_URL={server.base_url}",
        f"  TRUSTED_MOVIE_ORIGINS={server.origin}",
        "",
        "Order a movie, check its status, see the balance:",
        "",
        f"  curl {header} -H 'Content-Type: application/json' \\",
        f"    -d '{_EXAMPLES[server.config.version]}' \\",
        f"    {server.origin}{server.contract.create_path}",
        f"  curl {header} '{server.origin}{server.contract.status_path}?request_id=...'",
        f"  curl {header} {server.origin}{CREDITS_PATH}",
        "",
        "Press Ctrl-C to stop.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
