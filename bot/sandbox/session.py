"""The demo's scripted session: commands, responses and the ledger."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import aiohttp
import av
import discord
from simcord.results import InteractionResult

from bot.domain.credits import EntryType
from bot.domain.operations import Operation
from bot.domain.text import Language
from bot.locales.message_ids import MessageId
from bot.locales.texts import texts_in
from bot.samsar.config import ApiVersion
from bot.sandbox.environment import SandboxEnvironment
from bot.sandbox.opening import CLOCKWORK, LIGHTHOUSE, WHALES, find, message_of, wait_for
from bot.sandbox.terminal import Terminal
from bot.ui import pitches, scenes, storyboards
from bot.ui.components import texts_of, walk
from data import account_queries, reconciliation

_TIMEOUT_SECONDS = 30.0
_SETTLED_SECONDS = 120.0
"""How long a stopped storyboard may take to end: twice as long as between the two polls that must agree."""

_ENGLISH = texts_in(Language.ENGLISH)

BOAT = "A paper boat sails around the world in one night"
BALLOON = "A red balloon looks for the child who let it go"
SEQUEL = "The next morning, the storm brings a rainbow, hand-drawn, warm evening light"

_FIRST_SHARE = 500
_CHIP_INS = (("alice", pitches.ADD, "50"), ("carol", pitches.REST, "350"))
"""Who pays what for the pitched movie, which costs the sum, by which button."""

_PLEDGES = frozenset({EntryType.PLEDGE, EntryType.UNPLEDGE})
"""Entries of a pitch. They have no job, and so no prompt."""


@dataclass(frozen=True, slots=True)
class Script:
    """What the members order, by a version's prices.

    bob's pitch has `pitched_seconds`. Movies of `confirmed_seconds` show their price first. `extras` are those of
    alice's movie, by option. `has_copies`: the version makes storyboards, and movies from others.
    """

    seconds: int
    doomed_seconds: int
    doomed_model: tuple[str, str]
    pitched_seconds: int
    confirmed_seconds: int
    extras: Mapping[str, str | bool] = field(default_factory=dict[str, str | bool])
    has_copies: bool = False


SCRIPTS: Mapping[ApiVersion, Script] = {
    ApiVersion.MARCH_2025: Script(12, 20, ("KLINGIMGTOVIDPRO", "Kling Pro"), 90, 31),
    ApiVersion.AUTUMN_2026: Script(
        10,
        10,
        ("COSMOS3SUPERI2V", "Cosmos 3 Super"),
        45,
        16,
        extras={"language": "fr", "subtitles": True},
        has_copies=True,
    ),
}


@dataclass(slots=True)
class DemoSession:
    """The scripted session, and the steps that failed: the others go on.

    A step fails where a button or an answer does not come. Movies are saved in the folder `movies`; `movie` is the
    message of the first.
    """

    world: SandboxEnvironment
    terminal: Terminal
    movies: Path
    script: Script
    failures: list[str] = field(default_factory=list[str])
    movie: discord.Message | None = None

    async def play(self) -> None:
        """Run a success, a refusal, a failure, a pitch and, where the API has them, storyboards, a scene and a film."""
        self.terminal.title("#movie-night")
        steps = [self._play_success, self._play_insufficient_credits, self._play_failed_render, self._play_pitch]
        if self.script.has_copies:
            steps += [self._play_rendered_storyboard, self._play_stopped_storyboard, self._play_scene, self._play_film]
        for step in (*steps, self._show_ledger):
            try:
                await step()
            except AssertionError as failure:
                self.failures.append(str(failure))
                self.terminal.line(f"!! {failure}")

    # The steps --------------------------------------------------------------------------------------------------------

    async def _play_success(self) -> None:
        extras = self.script.extras
        result = await self._command("alice", "movie", prompt=LIGHTHOUSE, duration=self.script.seconds, **extras)
        self.movie = await self._watch(self._posted(result), self._told("deliveries-ready", "alice"))
        await self._save_movie(self.movie)

    async def _play_insufficient_credits(self) -> None:
        self._say_privately("bob", await self._command("bob", "movie", prompt=WHALES, duration=90))

    async def _play_failed_render(self) -> None:
        self.world.fake_samsar.fail_renders(lambda prompt: prompt == CLOCKWORK)
        model, label = self.script.doomed_model
        options = {"duration": self.script.doomed_seconds, "video_model": model}
        result = await self._command("carol", "movie", {"video_model": label}, prompt=CLOCKWORK, **options)
        await self._watch(self._posted(result), self._told("deliveries-failed", "carol"))

    async def _play_pitch(self) -> None:
        """Let bob pitch what he can't afford, and three members fund it."""
        seconds = self.script.pitched_seconds
        pitched = await self._command("bob", "pitch", prompt=WHALES, duration=seconds, chip_in=_FIRST_SHARE)
        pitch = self._posted(pitched)
        for who, *button in _CHIP_INS:
            shown = await wait_for(self.world, self.world.channel, *button)
            lines = self.terminal.plain(texts_of(shown)).splitlines()
            self.terminal.progress(next(line for line in lines if " of " in line))
            await self._press_privately(who, shown, *button)
        await self._watch(pitch, self._told("deliveries-ready", "bob"))

    async def _play_rendered_storyboard(self) -> None:
        """Let alice read both amounts, look at the stills, and have the video made."""
        seconds = self.script.confirmed_seconds
        priced = await self._command("alice", "movie", prompt=BOAT, duration=seconds, storyboard=True)
        self._say_privately("alice", priced)
        await self._press("alice", message_of(priced), "quote-accept")
        card = await self._wait_for_storyboard(message_of(priced))
        await self._press_privately("alice", card, storyboards.RENDER)
        await self._watch(card, self._told("deliveries-ready", "alice"))

    async def _play_stopped_storyboard(self) -> None:
        """Let carol look at the stills, and stop it. What the API charged counts once it has said so for a minute."""
        ordered = await self._command("carol", "movie", prompt=BALLOON, duration=self.script.seconds, storyboard=True)
        card = await self._wait_for_storyboard(message_of(ordered))
        await self._press_privately("carol", card, storyboards.STOP)
        await self._watch(card, self._told("deliveries-cancelled", "carol"), _SETTLED_SECONDS)

    async def _play_scene(self) -> None:
        """Let dana have a scene of alice's movie made anew, for the price that the API quotes."""
        look = await self._press_more("dana", self._first_movie(), scenes.OPEN)
        self._say_privately("dana", look)
        self.terminal.say("dana", f"[{_ENGLISH('scenes-placeholder')}: 2]")
        await self._buy("dana", await self.world.people["dana"].select(message_of(look), ["2"]))

    async def _play_film(self) -> None:
        """Let dana continue alice's movie, and join both to one film."""
        form = await self._press("dana", self._first_movie(), "continue")
        self.terminal.say("dana", f"(in the form) {SEQUEL}")
        typed = {"prompt": SEQUEL, "seconds": str(self.script.seconds)}
        sequel = await self._buy("dana", await self.world.people["dana"].submit_modal(form, typed))
        await self._buy("dana", await self._press_more("dana", sequel, Operation.FILM))

    async def _show_ledger(self) -> None:
        self.terminal.title("The ledger")
        names = {actor.id: name for name, actor in self.world.people.items()}
        for entry in await self.world.app.database.read_long(account_queries.all_entries):
            prompt = WHALES if entry.entry_type in _PLEDGES else entry.prompt
            name = names.get(entry.member_id, "?")
            self.terminal.line(f"{name:>8}  {entry.entry_type.value:<8} {entry.credits:>5}  {prompt[:60]}")
        discrepancies = await self.world.app.database.read_long(reconciliation.find_discrepancies)
        assert not discrepancies, f"the audit found {discrepancies}"
        self.terminal.line(f"{'':>8}  Audit passed: all balances match.")

    # What members do --------------------------------------------------------------------------------------------------

    async def _command(
        self,
        who: str,
        name: str,
        labels: Mapping[str, str] = MappingProxyType({}),
        /,
        **options: str | int,
    ) -> InteractionResult:
        """Use a command; `labels` are what Discord shows for the values of some options."""
        typed = (f"{option}: {labels.get(option, value)}" for option, value in options.items())
        self.terminal.say(who, f"/{name} {' '.join(typed)}")
        return await self.world.people[who].slash(self.world.channel, name, **options)

    async def _press(self, who: str, message: discord.Message, action: str, *last: str) -> InteractionResult:
        """Press a message's button. See `find`."""
        found = find(message, action, *last)
        assert found is not None, f"there is no {action} on {texts_of(message)}"
        buttons = [each for each in walk(message.components) if isinstance(each, discord.Button)]
        label = next(each.label for each in buttons if each.custom_id == found)
        self.terminal.say(who, f"[{label}]")
        return await self.world.people[who].click(message, custom_id=found)

    async def _press_privately(self, who: str, message: discord.Message, action: str, *last: str) -> None:
        self._say_privately(who, await self._press(who, message, action, *last))

    async def _press_more(self, who: str, movie: discord.Message, action: str) -> InteractionResult:
        """Press what is behind a movie's ⋯."""
        return await self._press(who, message_of(await self._press(who, movie, "more")), action)

    async def _buy(self, who: str, priced: InteractionResult) -> discord.Message:
        """Read a price, and make what it is for; return the message with the movie."""
        self._say_privately(who, priced)
        await self._press(who, message_of(priced), "quote-accept")
        return await self._watch(message_of(priced), self._told("deliveries-ready", who))

    # What the bot says ------------------------------------------------------------------------------------------------

    def _first_movie(self) -> discord.Message:
        assert self.movie is not None, "there is no first movie"
        return self.movie

    def _told(self, message_id: MessageId, who: str) -> str:
        return _ENGLISH(message_id, member=self.world.people[who].mention)

    def _say_privately(self, who: str, result: InteractionResult) -> None:
        shown = self.terminal.plain(texts_of(message_of(result)))
        self.terminal.say("Matinee", f"(only {who} sees this) {shown}")

    def _posted(self, result: InteractionResult) -> discord.Message:
        """Show what a command posted for everyone, and return it."""
        message = message_of(result)
        assert not result.ephemeral, f"the request was not accepted: {texts_of(message)}"
        self.terminal.say("Matinee", self.terminal.frame(texts_of(message)))
        return message

    async def _wait_for_storyboard(self, ordered: discord.Message) -> discord.Message:
        """Show a card's progress until its storyboard waits; show its stills and buttons, and return the card."""
        card = await self._watch(ordered, _ENGLISH("cards-storyboard-title"))
        self.terminal.line(f"{'':>10}{' '.join(f'({file.filename})' for file in card.attachments)}")
        assert card.attachments, f"the storyboard has no stills: {texts_of(card)}"
        return card

    async def _watch(self, card: discord.Message, words: str, seconds: float = _TIMEOUT_SECONDS) -> discord.Message:
        """Show a card's progress until it or a newer message contains `words`; show that message, and return it."""
        decided = _ENGLISH("cards-storyboard-title")  # shown already: no progress
        found: list[discord.Message] = []

        def seen() -> bool:
            for message in self.world.channel.history():
                if message.id >= card.id and words in texts_of(message):
                    found.append(message)
                elif message.id == card.id and decided not in texts_of(message):
                    self.terminal.progress(self.terminal.state(texts_of(message)))
            return bool(found)

        assert await self.world.wait_until(seen, seconds), f"no message has {words}"
        self.terminal.say("Matinee", self.terminal.plain(texts_of(found[0])))
        return found[0]

    async def _save_movie(self, movie: discord.Message) -> None:
        """Download the movie from the posted link and check that it plays."""
        buttons = [each for each in walk(movie.components) if isinstance(each, discord.Button)]
        url = next(each.url for each in buttons if each.url)
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            names = (f"lighthouse{'' if number == 1 else f'-{number}'}.mp4" for number in itertools.count(1))
            path = next(path for name in names if not (path := self.movies / name).exists())  # an earlier run's stays
            path.write_bytes(await response.read())
        with av.open(str(path)) as film:
            streams = film.streams.video
            assert any(True for each in streams for _ in film.decode(each)), f"it does not play: {path}"
            self.terminal.line(f"{'':>10}saved as {path} ({streams[0].width}x{streams[0].height}, plays)")
