"""`make demo`: a short scripted session, then a page to try it.

Without a terminal it ends after the session. The exit status is 0 only if every step of the session succeeded.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

from bot.samsar.config import ApiVersion
from bot.sandbox.environment import SandboxEnvironment, open_sandbox
from bot.sandbox.faults import fail_render, render
from bot.sandbox.page import LivePage
from bot.sandbox.session import SCRIPTS, DemoSession, Script
from bot.sandbox.terminal import Terminal

FOLDER = Path("var/demo")

RENDER_SECONDS = 25.0
"""How long a movie takes on the page: long enough to press Notify me, and to fill the queue."""

FAILURE_WORD = "fail"
"""On the page, a movie with this word in its prompt fails."""

SETTINGS = {"MAX_RENDERING_JOBS": "2"}
"""Two movies fill the renderer, so a person can see the queue."""

GUIDE = f"""\
**Try it here: type /movie.**
- Two movies render at once, {RENDER_SECONDS:g} seconds each. A third one waits in the queue; *Cancel* removes it.
- A movie with the word **{FAILURE_WORD}** in its prompt fails and is refunded.
- *Viewing as*, at the top, makes you someone else: press *Notify me* there. dana manages the server and can use /quota.
- *DM me instead* sends the movie by DM. *Viewing as* shows everyone's DMs, too."""
"""Posted on the page, as a member's message."""

_SESSION_RENDER_SECONDS = 3.0

_HINTS = f"""\
Use "Viewing as" to switch between alice, bob, carol and dana (server manager). Try:
  /movie with a duration of {{asked:<13}}the price first: Make it, Edit, Cancel
  /movie with a duration of 90           what you can afford, as a button
  /movie three times                     two render, {RENDER_SECONDS:g} s each; the third waits, with Cancel
  /movie with “{FAILURE_WORD}” in its prompt       fails after a few seconds and is refunded
  while it renders                       Notify me as someone else, or DM me instead
  "alice: DMs" in "Viewing as"           what the bot sent her by DM
  when it's ready                        Remix, Continue, ⭐, and ⋯ for all else
  /pitch                                 a movie that several members pay for
  /movies /credits /preferences /help    private; as dana also /quota report"""

_NO_TERMINAL = "On a terminal, make demo also serves a page where you can type /movie yourself."


async def demo(version: ApiVersion = ApiVersion.MARCH_2025) -> int:
    """Run the session and return the exit status.

    `version` is the API's. On a terminal, the page stays open until Ctrl-C.
    """
    _stop_on(signal.SIGTERM, signal.SIGHUP)
    print("Matinee, offline: the real bot, with Discord and the Samsar API simulated on 127.0.0.1.")
    with _run_folder() as folder:
        sandbox = open_sandbox(folder, render_seconds=_SESSION_RENDER_SECONDS, settings=SETTINGS, version=version)
        async with sandbox as world:
            names = {actor.id: name for name, actor in world.people.items()}
            session = DemoSession(world, Terminal(names), FOLDER, SCRIPTS[version])
            await session.play()
            if sys.stdout.isatty():
                await _keep_page_open(world, SCRIPTS[version])
            else:
                print(f"\n{_NO_TERMINAL}")
        if session.failures:
            log = shutil.copyfile(folder / "bot.log", FOLDER / f"{folder.name}.log")
            print(f"\nFailed steps: {len(session.failures)}. The bot's log: {log}")
            return 1
    print("\nAll demo steps passed.")
    return 0


async def _keep_page_open(world: SandboxEnvironment, script: Script) -> None:
    await prepare_page(world, RENDER_SECONDS)
    async with open_page(world) as url:
        print(f"\nTry it yourself: {url}")
        print(_HINTS.format(asked=f"{script.confirmed_seconds} or more"))
        print("Press Ctrl-C to end the demo.", flush=True)
        await asyncio.Event().wait()


async def prepare_page(world: SandboxEnvironment, render_seconds: float) -> None:
    """Slow the movies down, enable failures, and post the guide.

    Movies whose prompt has the failure word fail.
    """
    world.fake_samsar.clear_faults()
    world.fake_samsar.inject(render(render_seconds, "watchable"))
    world.fake_samsar.inject(
        fail_render("image_generation", "The image model could not draw this scene."),
        when=lambda prompt: FAILURE_WORD in prompt.lower(),
    )
    await world.people["dana"].send(world.channel, GUIDE)


@contextlib.asynccontextmanager
async def open_page(world: SandboxEnvironment) -> AsyncGenerator[str]:
    """Serve a page like Discord's that follows the channel; yields its URL."""
    async with world.env.preview(
        world.channel, viewers=tuple(world.people.values()), layout="channel", timezone="UTC"
    ) as preview:
        page = LivePage(preview)
        following = asyncio.create_task(page.follow(), name="follow")
        try:
            yield preview.url
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)


@contextlib.contextmanager
def _run_folder() -> Generator[Path]:
    """Yield a temporary folder for this run's database and log.

    Two demos that run at the same time have no file in common.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="run-", dir=FOLDER) as name:
        folder = Path(name)
        logging.basicConfig(
            filename=folder / "bot.log", level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s"
        )
        yield folder


def _stop_on(*signals: signal.Signals) -> None:
    """Cancel the current task at these signals, as Ctrl-C does.

    The run's folder is then removed.
    """
    task = asyncio.current_task()
    assert task is not None
    for each in signals:
        asyncio.get_running_loop().add_signal_handler(each, task.cancel)
