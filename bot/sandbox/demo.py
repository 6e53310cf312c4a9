"""`make demo`: a short session in the offline world that a person can follow, and then a page to try it oneself.

Where the output is not a terminal it ends after the session: status 0 only if each step ended as it should.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
import sys
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import av
import discord
from simcord.results import InteractionResult

from bot.domain.credits import EntryType
from bot.sandbox.environment import SandboxEnvironment, open_sandbox
from bot.sandbox.page import LivePage
from bot.sandbox.terminal import Terminal
from bot.ui import job_messages

FOLDER = Path("var/demo")

_RENDER_SECONDS = 4.0
_PATIENCE_SECONDS = 30.0

LIGHTHOUSE = "A lighthouse keeper befriends a storm, hand-drawn, warm evening light"
WHALES = "Whales swim through the clouds above a sleeping city"
CLOCKWORK = "A clockwork fox learns to dance in the snow"


_HINTS = """\
Type there as alice, bob, carol or dana (who manages the server; "Viewing as" changes who you are):
  /movie with a duration of 31 or more   its price first: Make it, Change, Cancel
  /movie with a duration of 90           what would fit, as a button
  while it is made                       Follow as somebody else, or Send it to me directly
  when it is done                        Remix, Again, Refresh link
  /movies /credits /preferences /help    private; as dana also /quota report"""


@dataclass(slots=True)
class DemoSession:
    """The story, and what went wrong in it."""

    world: SandboxEnvironment
    terminal: Terminal
    failures: list[str] = field(default_factory=list[str])

    async def play(self) -> None:
        """Three people, three outcomes, and the books."""
        terminal = self.terminal
        terminal.title("#movie-night")
        await self._gets_a_movie()
        await self._asks_for_too_much()
        await self._is_let_down()
        await self._sees_the_books()

    async def _gets_a_movie(self) -> None:
        said = f"/movie prompt: {LIGHTHOUSE} duration: 12"
        result = await self._command("alice", said, prompt=LIGHTHOUSE, duration=12)
        message = await self._watched(result, "Your movie is ready")
        if message is None:
            return
        url = next((word for word in message.content.split() if word.startswith("http")), "")
        self.terminal.says("Matinee", self.terminal.message(message.content, message.embeds))
        await self._saved(url)

    async def _asks_for_too_much(self) -> None:
        said = f"/movie prompt: {WHALES} duration: 90"
        result = await self._command("bob", said, prompt=WHALES, duration=90)
        told = self._told(result)
        self.terminal.says("Matinee", f"(only bob sees this) {told}")
        self._expect(result.ephemeral and "1 min fits" in told, "bob should have been told, privately, that 1 min fits")

    async def _is_let_down(self) -> None:
        self.world.standin.fail_renders(lambda prompt: prompt == CLOCKWORK)
        said = f"/movie prompt: {CLOCKWORK} duration: 20 video_model: Kling Pro"
        result = await self._command("carol", said, prompt=CLOCKWORK, duration=20, video_model="KLINGIMGTOVIDPRO")
        message = await self._watched(result, "could not be made")
        if message is not None:
            told = self.terminal.message(message.content, message.embeds)
            self.terminal.says("Matinee", told)
            self._expect("200 credits came back" in told, "carol's 200 credits should have come back")

    async def _sees_the_books(self) -> None:
        self.terminal.title("The ledger")
        names = {actor.id: name for name, actor in self.world.people.items()}
        entries = await self.world.app.accounts.ledger()
        for entry in entries:
            self.terminal.line(
                f"{names.get(entry.member_id, '?'):>8}  {entry.kind.value:<8} {entry.credits:>5}  {entry.prompt[:60]}"
            )
        kinds = [(names.get(entry.member_id), entry.kind, entry.credits) for entry in entries]
        wanted = [
            ("alice", EntryType.HOLD, 120),
            ("alice", EntryType.CAPTURE, 120),
            ("carol", EntryType.HOLD, 200),
            ("carol", EntryType.RELEASE, 200),
        ]
        self._expect(kinds == wanted, f"the ledger should hold {wanted}")
        differences = await self.world.app.accounts.discrepancies()
        self._expect(not differences, f"the audit found {differences}")
        self.terminal.line(f"{'':>8}  Audit: every sum is right." if not differences else f"Audit: {differences}")

    async def _command(self, who: str, said: str, *, prompt: str, duration: int, **options: str) -> InteractionResult:
        self.terminal.says(who, said)
        actor = self.world.people[who]
        return await actor.slash(self.world.channel, "movie", prompt=prompt, duration=duration, **options)

    async def _watched(self, result: InteractionResult, words: str) -> discord.Message | None:
        """Show the card's progress until a new message with these words comes."""
        if result.response is None or result.ephemeral:
            self._expect(False, f"the request should have been accepted, but: {self._told(result)}")  # noqa: FBT003
            return None
        card_id = result.response.id
        card = result.response.embeds[0]
        self.terminal.says("Matinee", f"{self.terminal.embed(card, exclude=job_messages.STATUS_FIELD)}")
        found: list[discord.Message] = []

        def seen() -> bool:
            for message in self.world.channel.history():
                if message.id == card_id:
                    self.terminal.progress(self._now(message.embeds))
                elif message.id > card_id and words in message.content:
                    found.append(message)
            return bool(found)

        await self.world.wait_until(seen, _PATIENCE_SECONDS)
        self._expect(bool(found), f"a message with “{words}” should have come")
        return found[0] if found else None

    async def _saved(self, url: str) -> None:
        """Fetch the movie from the link that was posted, as a member would, and look whether it plays."""
        path = FOLDER / "lighthouse.mp4"
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            path.write_bytes(await response.read())
        with av.open(str(path)) as film:
            streams = film.streams.video
            plays = bool(streams) and sum(1 for _ in film.decode(streams[0])) > 0
            size = f"{streams[0].width}x{streams[0].height}" if plays else "nothing"
        self._expect(plays, f"{path} should play")
        self.terminal.line(f"{'':>10}saved as {path} ({size}, plays)")

    def _now(self, embeds: Sequence[discord.Embed]) -> str:
        now = next((f.value or "" for embed in embeds for f in embed.fields if f.name == job_messages.STATUS_FIELD), "")
        return self.terminal.plain(" · ".join(now.splitlines()))

    def _told(self, result: InteractionResult) -> str:
        if result.response is None:
            return "nothing"
        return self.terminal.message(result.response.content, result.response.embeds)

    def _expect(self, held: bool, otherwise: str) -> None:  # noqa: FBT001
        if not held:
            self.failures.append(otherwise)
            self.terminal.line(f"!! {otherwise}")


async def demo() -> int:
    """Play the session; on a terminal, keep the page open until Ctrl-C. Returns the exit status."""
    await asyncio.to_thread(_prepare)
    print("Matinee, offline: the bot is the real one; Discord is simulated, the movie service a stand-in on 127.0.0.1.")
    async with open_sandbox(FOLDER, render_seconds=_RENDER_SECONDS, settings={}) as world:
        names = {actor.id: name for name, actor in world.people.items()}
        session = DemoSession(world, Terminal(names))
        await session.play()
        world.standin.clear_faults()
        async with open_page(world) as url:
            print(f"\nTry it yourself: {url}")
            print(_HINTS)
            if sys.stdout.isatty():
                print("Ctrl-C ends it.")
                await asyncio.Event().wait()
    outcome = f"{len(session.failures)} steps went wrong." if session.failures else "Every step ended as it should."
    print(f"\n{outcome}")
    return 1 if session.failures else 0


@contextlib.asynccontextmanager
async def open_page(world: SandboxEnvironment) -> AsyncGenerator[str]:
    """Serve a page that looks like Discord and follows the channel by itself; yields its address."""
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


def _prepare() -> None:
    """An empty folder, and in it the bot's log: out of the story, but kept."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    logging.basicConfig(
        filename=FOLDER / "bot.log", level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
