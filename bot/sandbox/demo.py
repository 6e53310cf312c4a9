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
from collections.abc import AsyncGenerator, Generator, Mapping
from pathlib import Path

from simcord.backend.cdn import CDN_BASE

from bot.samsar.config import ApiVersion
from bot.sandbox import brand
from bot.sandbox.environment import SandboxEnvironment, open_sandbox
from bot.sandbox.faults import fail_render, render
from bot.sandbox.opening import play_opening, set_up
from bot.sandbox.page import LivePage
from bot.sandbox.session import SCRIPTS, DemoSession
from bot.sandbox.terminal import Terminal

FOLDER = Path("var/demo")

RENDER_SECONDS = 25.0
"""How long a movie takes on the page: long enough to press Notify me, and to fill the queue."""

FAILURE_WORD = "fail"
"""On the page, a movie with this word in its prompt fails."""

_TWO_RENDER = {"MAX_RENDERING_JOBS": "2"}  # so that a person can see the queue
# so that one price decides what is shown first
_SESSION_SETTINGS = {**_TWO_RENDER, "CONFIRM_ABOVE_PERCENT": "100", "CONFIRM_FIRST_ORDER": "false"}
PAGE_SETTINGS = {
    **_TWO_RENDER,
    "MEMBER_MONTHLY_CREDITS": "5000",
    "SERVER_MONTHLY_CREDITS": "40000",
    "PLAN_MONTHLY_CREDITS": "40000",
}

_SESSION_RENDER_SECONDS = 3.0
_OPENING_RENDER_SECONDS = 1.0

HINTS: Mapping[str, str] = {
    "/movie": f"your first one shows its price; two render at once, {RENDER_SECONDS:g} s each, and a third waits",
    "/movie of {asked} s or more": "its price first: *Make it*, *Edit* or *Cancel*",
    f"/movie with “{FAILURE_WORD}” in it": "fails after a few seconds and is refunded",
    "while it renders": "*Notify me* as someone else; as yourself, *⋯* sends it by DM",
    "when it's ready": "*Remix*, *Continue*, *⋯*; a star by someone else brings it to #gallery",
    "/pitch": "a movie that several members pay for",
    "/movies, /credits, /top, /help": "what only you see",
    "carol, {asked} s or more": "she is new: her movie waits for dana in #staff",
    "dana": "/setup panel and /quota report: she manages the server",
    "erika and yuki": "answers in German and Japanese",
}
"""What to do on the page, and what happens then. Each works for every member, or for whom it names."""

_IN_GUIDE = 5
"""So many hints fit on a phone."""

_NO_TERMINAL = "On a terminal, make demo also serves a page where you can type /movie yourself."


async def demo(version: ApiVersion = ApiVersion.MARCH_2025) -> int:
    """Run the session and return the exit status.

    `version` is the API's. On a terminal, the page stays open until Ctrl-C.
    """
    _stop_on(signal.SIGTERM, signal.SIGHUP)
    print("Matinee, offline: the real bot, with Discord and the Samsar API simulated on 127.0.0.1.")
    with _run_folder() as folder:
        sandbox = open_sandbox(
            folder, render_seconds=_SESSION_RENDER_SECONDS, settings=_SESSION_SETTINGS, version=version
        )
        async with sandbox as world:
            names = {actor.id: name for name, actor in world.people.items()}
            session = DemoSession(world, Terminal(names), FOLDER, SCRIPTS[version])
            await session.play()
        if sys.stdout.isatty():
            await _keep_page_open(folder / "page", version)
        else:
            print(f"\n{_NO_TERMINAL}")
        if session.failures:
            log = shutil.copyfile(folder / "bot.log", FOLDER / f"{folder.name}.log")
            print(f"\nFailed steps: {len(session.failures)}. The bot's log: {log}")
            return 1
    print("\nAll demo steps passed.")
    return 0


async def _keep_page_open(folder: Path, version: ApiVersion) -> None:
    """Serve a page of a server of its own until cancelled."""
    script = SCRIPTS[version]
    sandbox = open_sandbox(folder, render_seconds=_OPENING_RENDER_SECONDS, settings=PAGE_SETTINGS, version=version)
    async with sandbox as world:
        await set_up(world)
        await play_opening(world, script.pitched_seconds, script.confirmed_seconds)
        await prepare_page(world, RENDER_SECONDS, script.confirmed_seconds)
        async with open_page(world) as url:
            print(f"\nTry it yourself: {url}\n{_printed_hints(script.confirmed_seconds)}")
            print("Press Ctrl-C to end the demo.", flush=True)
            await asyncio.Event().wait()


def _printed_hints(asked: int) -> str:
    """Return the hints as a table for the terminal."""
    rows = [(what.format(asked=asked), then.replace("*", "")) for what, then in HINTS.items()]
    width = max(len(what) for what, _ in rows)
    table = (f"  {what:<{width}}  {then}" for what, then in rows)
    return "\n".join(['"Viewing as" makes you someone else, and shows DMs, #gallery and #staff. Try:', *table])


def guide(asked: int) -> str:
    """Return the first hints as a message. Prices are shown first for movies of `asked` seconds or more."""
    rows = (f"- **{what.format(asked=asked)}** – {then}" for what, then in [*HINTS.items()][:_IN_GUIDE])
    last = "*Viewing as*, at the top, makes you someone else, and shows DMs, #gallery and #staff."
    return "\n".join(["**Try it here: type /movie.**", *rows, last])


async def prepare_page(world: SandboxEnvironment, render_seconds: float, asked: int) -> None:
    """Slow the movies down, enable failures, and post the guide.

    Movies whose prompt has the failure word fail, and those of `asked` seconds or more show their price first.
    """
    world.fake_samsar.clear_faults()
    world.fake_samsar.inject(render(render_seconds, "watchable"))
    world.fake_samsar.inject(
        fail_render("image_generation", "The image model could not draw this scene."),
        when=lambda prompt: FAILURE_WORD in prompt.lower(),
    )
    await world.people["dana"].send(world.channel, guide(asked))


@contextlib.asynccontextmanager
async def open_page(world: SandboxEnvironment) -> AsyncGenerator[str]:
    """Serve a page like Discord's that follows the channel; yields its URL."""
    user = world.env.backend.bot_user
    user.avatar = "avatar"
    assets = {f"{CDN_BASE}/avatars/{user.id}/{user.avatar}.png": ("avatar.png", brand.avatar())}
    page = LivePage(
        world.env,
        world.channel,
        [*world.people.values()],
        (world.gallery, world.staff),
        assets=assets,
        film=world.fake_samsar.film,
    )
    async with page:
        following = asyncio.create_task(page.follow(), name="follow")
        try:
            yield page.url
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
