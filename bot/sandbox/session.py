"""The demo's scripted session: commands, responses and the ledger."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType

import aiohttp
import av
import discord
from simcord.results import InteractionResult

from bot.domain.credits import EntryType
from bot.domain.operations import Price
from bot.domain.text import Language
from bot.locales.message_ids import MessageId
from bot.locales.texts import texts_in
from bot.samsar.config import ApiVersion
from bot.sandbox.environment import SandboxEnvironment
from bot.sandbox.opening import CLOCKWORK, LIGHTHOUSE, WHALES, message_of
from bot.sandbox.terminal import Terminal
from bot.ui import job_messages
from bot.ui.components import MORE_LABEL, texts_of, walk
from bot.ui.formatting import format_credits
from data import account_queries, reconciliation

_TIMEOUT_SECONDS = 30.0
_SETTLED_SECONDS = 120.0
"""How long a stopped storyboard may take to end: twice as long as between the two polls that must agree."""

_ENGLISH = texts_in(Language.ENGLISH)

BOAT = "A paper boat sails around the world in one night"
BALLOON = "A red balloon looks for the child who let it go"
SEQUEL = "The next morning, the storm brings a rainbow, hand-drawn, warm evening light"

_SHARES = (("bob", 500), ("alice", 50), ("carol", 350))
"""Who pays what for the pitched movie. The sum is its price."""

_PLEDGES = frozenset({EntryType.PLEDGE, EntryType.UNPLEDGE})
"""Entries of a pitch. They have no job, and so no prompt."""


@dataclass(frozen=True, slots=True)
class Copies:
    """Prices of what a later version makes besides.

    `rendered` is a storyboard of `confirmed_seconds` whose video is made, `stopped` one of `seconds` that is stopped,
    `scene` a scene that is made anew, and `film` two movies of `seconds` together.
    """

    rendered: Price
    stopped: Price
    scene: int
    film: int


@dataclass(frozen=True, slots=True)
class Script:
    """What the members order, by a version's prices.

    `fits` is the button that makes the longest movie that bob can afford. His pitch has `pitched_seconds`. Movies of
    `confirmed_seconds` show their price first.
    `extras` are those of alice's movie, by option, and `shown_extras` what its card says of them.
    """

    seconds: int
    price: int
    fits: str
    doomed_seconds: int
    doomed_price: int
    doomed_model: tuple[str, str]
    pitched_seconds: int
    confirmed_seconds: int
    extras: Mapping[str, str | bool] = field(default_factory=dict[str, str | bool])
    shown_extras: str = ""
    copies: Copies | None = None


SCRIPTS: Mapping[ApiVersion, Script] = {
    ApiVersion.MARCH_2025: Script(12, 120, "Make 1 min (600)", 20, 200, ("KLINGIMGTOVIDPRO", "Kling Pro"), 90, 31),
    ApiVersion.AUTUMN_2026: Script(
        10,
        200,
        "Make 30 s (600)",
        10,
        200,
        ("COSMOS3SUPERI2V", "Cosmos 3 Super"),
        45,
        16,
        extras={"language": "fr", "subtitles": True},
        shown_extras="French · Subtitles",
        copies=Copies(rendered=Price(160, 160), stopped=Price(100, 100), scene=35, film=60),
    ),
}


@dataclass(slots=True)
class DemoSession:
    """The scripted session, and the steps that failed: the others go on.

    Movies are saved in the folder `movies`; `movie` is the message of the first.
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
        steps: list[Callable[[], Awaitable[None]]] = [
            self._play_success,
            self._play_insufficient_credits,
            self._play_failed_render,
            self._play_pitch,
        ]
        if copies := self.script.copies:
            steps += [
                partial(self._play_rendered_storyboard, copies.rendered),
                partial(self._play_stopped_storyboard, copies.stopped),
                partial(self._play_scene, copies.scene),
                partial(self._play_film, copies.film),
            ]
        for step in (*steps, self._show_ledger):
            try:
                await step()
            except AssertionError as failure:
                self.failures.append(str(failure))
                self.terminal.line(f"!! {failure}")

    async def _play_success(self) -> None:
        extras = self.script.extras
        result = await self._command("alice", "movie", prompt=LIGHTHOUSE, duration=self.script.seconds, **extras)
        shown_extras = self.script.shown_extras
        assert shown_extras in self._response_text(result), f"alice's card lacks {shown_extras}"
        self.movie = movie = await self._wait_for_message(result, self._told("deliveries-ready", "alice"))
        buttons = [each for each in walk(movie.components) if isinstance(each, discord.Button)]
        await self._save_movie(next(each.url for each in buttons if each.url))

    async def _play_insufficient_credits(self) -> None:
        result = await self._command("bob", "movie", prompt=WHALES, duration=90)
        self._say_privately("bob", result)
        shown = walk(message_of(result).components)
        labels = [each.label for each in shown if isinstance(each, discord.Button)]
        assert self.script.fits in labels, f"bob is not offered {self.script.fits}"

    async def _play_failed_render(self) -> None:
        self.world.fake_samsar.fail_renders(lambda prompt: prompt == CLOCKWORK)
        model, label = self.script.doomed_model
        options = {"duration": self.script.doomed_seconds, "video_model": model}
        result = await self._command("carol", "movie", {"video_model": label}, prompt=CLOCKWORK, **options)
        told = await self._wait_for_message(result, self._told("deliveries-failed", "carol"))
        refunded = _ENGLISH("deliveries-refunded", refunded=format_credits(_ENGLISH, self.script.doomed_price))
        assert refunded in texts_of(told), f"carol's credits are not {refunded}"

    async def _play_pitch(self) -> None:
        """Let bob pitch what he can't afford, and three members fund it."""
        (_, first), (_, second), (_, rest) = _SHARES
        seconds = self.script.pitched_seconds
        pitch = self._posted(await self._command("bob", "pitch", prompt=WHALES, duration=seconds, chip_in=first))
        await self._press("alice", pitch.id, str(second), pledged=first)
        label = _ENGLISH("pitch-rest-button", credits=rest)
        await self._press("carol", pitch.id, label, pledged=first + second)
        movie = await self._watch(pitch.id, self._told("deliveries-ready", "bob"))
        paid_by = job_messages.paid_by(_ENGLISH, [self.world.people[name].id for name, _ in _SHARES])
        assert paid_by in texts_of(movie), f"the movie's message lacks {paid_by}"

    async def _play_rendered_storyboard(self, price: Price) -> None:
        """Let alice read both amounts, look at the stills, and have the video made."""
        seconds = self.script.confirmed_seconds
        shown = await self._command("alice", "movie", prompt=BOAT, duration=seconds, storyboard=True)
        self._say_privately("alice", shown)
        label = _ENGLISH("quotes-storyboard-button", now=price.now, later=price.later)
        await self._click("alice", message_of(shown), label)
        card = await self._wait_for_storyboard(message_of(shown).id)
        await self._click_privately("alice", card, _ENGLISH("storyboards-render-button", credits=price.later))
        movie = await self._watch(card.id, self._told("deliveries-ready", "alice"))
        paid = format_credits(_ENGLISH, price.total)
        assert paid in texts_of(movie), f"alice's movie did not cost {paid}"

    async def _play_stopped_storyboard(self, price: Price) -> None:
        """Let carol look at the stills, and stop it. What the API charged counts once it has said so for a minute."""
        ordered = await self._command("carol", "movie", prompt=BALLOON, duration=self.script.seconds, storyboard=True)
        card = await self._wait_for_storyboard(message_of(ordered).id)
        await self._click_privately("carol", card, _ENGLISH("storyboards-stop-button", credits=price.later))
        ended = await self._watch(card.id, self._told("deliveries-cancelled", "carol"), _SETTLED_SECONDS)
        refunded = format_credits(_ENGLISH, price.later)
        assert refunded in texts_of(ended), f"carol did not get back {refunded}"

    async def _play_scene(self, price: int) -> None:
        """Let dana have a scene of alice's movie made anew, for the price that the API quotes."""
        look = await self._open_more("dana", self._first_movie(), _ENGLISH("scenes-button"))
        self._say_privately("dana", look)
        self.terminal.say("dana", f"[{_ENGLISH('scenes-placeholder')}: 2]")
        version = await self._buy("dana", await self.world.people["dana"].select(message_of(look), ["2"]), price)
        answered = version.reference and version.reference.message_id
        assert answered == self._first_movie().id, f"the version does not answer {self._first_movie().id}"

    async def _play_film(self, price: int) -> None:
        """Let dana continue alice's movie, and join both to one film."""
        form = await self._click("dana", self._first_movie(), _ENGLISH("series-continue-button"))
        self.terminal.say("dana", f"(in the form) {SEQUEL}")
        typed = {"prompt": SEQUEL, "seconds": str(self.script.seconds)}
        sequel = await self._buy("dana", await self.world.people["dana"].submit_modal(form, typed), self.script.price)
        priced = await self._open_more("dana", sequel, _ENGLISH("copies-film-button"))
        film = await self._buy("dana", priced, price, "quotes-accept-at-most-button")
        assert film.attachments or film.components, f"the film is not shown: {texts_of(film)}"

    def _first_movie(self) -> discord.Message:
        assert self.movie is not None, "there is no first movie"
        return self.movie

    async def _open_more(self, who: str, movie: discord.Message, label: str) -> InteractionResult:
        """Press what is behind a movie's ⋯."""
        return await self._click(who, message_of(await self._click(who, movie, MORE_LABEL)), label)

    async def _buy(
        self, who: str, priced: InteractionResult, price: int, button: MessageId = "quotes-accept-button"
    ) -> discord.Message:
        """Read a price, and make what it is for; return the message with the movie."""
        self._say_privately(who, priced)
        shown = message_of(priced)
        await self._click(who, shown, _ENGLISH(button, credits=price))
        return await self._watch(shown.id, self._told("deliveries-ready", who))

    async def _wait_for_storyboard(self, card_message_id: int) -> discord.Message:
        """Show a card's progress until its storyboard waits; show its stills and buttons, and return the card."""
        card = await self._watch(card_message_id, _ENGLISH("cards-storyboard-title"))
        self.terminal.line(f"{'':>10}{' '.join(f'({file.filename})' for file in card.attachments)}")
        assert card.attachments, f"the storyboard has no stills: {texts_of(card)}"
        return card

    async def _click(self, who: str, message: discord.Message, label: str) -> InteractionResult:
        self.terminal.say(who, f"[{label}]")
        return await self.world.people[who].click(message, label=label)

    async def _click_privately(self, who: str, message: discord.Message, label: str) -> None:
        self._say_privately(who, await self._click(who, message, label))

    async def _press(self, who: str, message_id: int, label: str, *, pledged: int) -> None:
        """Press a pitch's button, once its message shows what is pledged."""

        def message() -> discord.Message:
            return next(each for each in self.world.channel.history() if each.id == message_id)

        def shown() -> str:
            lines = self.terminal.plain(texts_of(message())).splitlines()
            return next((line for line in lines if " of " in line), "")

        await self.world.wait_until(lambda: f"{pledged} of " in shown(), _TIMEOUT_SECONDS)
        self.terminal.progress(shown())
        await self._click_privately(who, message(), label)

    def _told(self, message_id: MessageId, who: str) -> str:
        return _ENGLISH(message_id, member=self.world.people[who].mention)

    def _say_privately(self, who: str, result: InteractionResult) -> None:
        self.terminal.say("Matinee", f"(only {who} sees this) {self._response_text(result)}")

    async def _show_ledger(self) -> None:
        self.terminal.title("The ledger")
        names = {actor.id: name for name, actor in self.world.people.items()}
        entries = await self.world.app.database.read_long(account_queries.all_entries)
        for entry in entries:
            prompt = WHALES if entry.entry_type in _PLEDGES else entry.prompt
            name = names.get(entry.member_id, "?")
            self.terminal.line(f"{name:>8}  {entry.entry_type.value:<8} {entry.credits:>5}  {prompt[:60]}")
        found = [(names.get(entry.member_id), entry.entry_type, entry.credits) for entry in entries]
        wanted = [
            ("alice", EntryType.HOLD, self.script.price),
            ("alice", EntryType.CAPTURE, self.script.price),
            ("carol", EntryType.HOLD, self.script.doomed_price),
            ("carol", EntryType.RELEASE, self.script.doomed_price),
            *((name, EntryType.PLEDGE, share) for name, share in _SHARES),
            *((name, each, share) for name, share in _SHARES for each in (EntryType.UNPLEDGE, EntryType.HOLD)),
            *((name, EntryType.CAPTURE, share) for name, share in sorted(_SHARES)),  # in the order of the members
        ]
        if copies := self.script.copies:
            stopped = (copies.stopped.total, copies.stopped.now)  # it costs its first amount
            paid = [("alice", copies.rendered.total, copies.rendered.total), ("carol", *stopped)]
            paid += [("dana", price, price) for price in (copies.scene, self.script.price, copies.film)]
            for name, held, spent in paid:
                wanted += [(name, EntryType.HOLD, held), (name, EntryType.CAPTURE, spent)]
        assert found == wanted, f"the ledger should contain {wanted}"
        discrepancies = await self.world.app.database.read_long(reconciliation.find_discrepancies)
        assert not discrepancies, f"the audit found {discrepancies}"
        self.terminal.line(f"{'':>8}  Audit passed: all balances match.")

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

    def _posted(self, result: InteractionResult) -> discord.Message:
        """Show what a command posted for everyone, and return it."""
        assert not result.ephemeral, f"the request was not accepted: {self._response_text(result)}"
        message = message_of(result)
        self.terminal.say("Matinee", self.terminal.frame(texts_of(message)))
        return message

    async def _wait_for_message(self, result: InteractionResult, words: str) -> discord.Message:
        """Show the card and its progress until a new message contains `words`; return that message."""
        return await self._watch(self._posted(result).id, words)

    async def _watch(self, card_message_id: int, words: str, seconds: float = _TIMEOUT_SECONDS) -> discord.Message:
        """Show a card's progress until it or a newer message contains `words`; show that message, and return it."""
        decided = _ENGLISH("cards-storyboard-title")  # shown already: no progress
        found: list[discord.Message] = []

        def seen() -> bool:
            for message in self.world.channel.history():
                if message.id >= card_message_id and words in texts_of(message):
                    found.append(message)
                elif message.id == card_message_id and decided not in texts_of(message):
                    self.terminal.progress(self.terminal.state(texts_of(message)))
            return bool(found)

        assert await self.world.wait_until(seen, seconds), f"no message has {words}"
        self.terminal.say("Matinee", self.terminal.plain(texts_of(found[0])))
        return found[0]

    async def _save_movie(self, url: str) -> None:
        """Download the movie from the posted link and check that it plays."""
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            names = (f"lighthouse{'' if number == 1 else f'-{number}'}.mp4" for number in itertools.count(1))
            path = next(path for name in names if not (path := self.movies / name).exists())  # an earlier run's stays
            path.write_bytes(await response.read())
        with av.open(str(path)) as film:
            streams = film.streams.video
            assert any(True for each in streams for _ in film.decode(each)), f"it does not play: {path}"
            self.terminal.line(f"{'':>10}saved as {path} ({streams[0].width}x{streams[0].height}, plays)")

    def _response_text(self, result: InteractionResult) -> str:
        return self.terminal.plain(texts_of(message_of(result)))
