"""What the demo prints as worth trying, tried as every member."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import discord
import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.domain.credits import EntryType
from bot.domain.jobs import JobState
from bot.domain.preferences import DeliveryTarget
from bot.domain.text import Language
from bot.locales.texts import texts_in
from bot.sandbox.demo import FAILURE_WORD, HINTS, PAGE_SETTINGS, guide, prepare_page
from bot.sandbox.environment import SandboxEnvironment, open_sandbox
from bot.sandbox.opening import find, message_of, order, press, set_up, wait_for
from bot.ui import approvals, pitches
from bot.ui.components import walk
from data import account_queries, reconciliation
from tests.helpers.reading import message_text
from tests.helpers.render_gate import RenderGate

PRICED_SECONDS = 31
DIRECT = DeliveryTarget.DIRECT_MESSAGE.value
WITHIN_SECONDS = 60
RENDERING, QUEUED, CANCELLED, COMPLETED = (
    JobState.RENDERING,
    JobState.QUEUED,
    JobState.CANCELLED,
    JobState.COMPLETED,
)

pytestmark = pytest.mark.full


@dataclass
class Trial:
    """A member who tries the hints, and another one. `movies` are those of the first hint."""

    world: SandboxEnvironment
    who: MemberActor
    other: MemberActor
    gate: RenderGate
    movies: list[str] = field(default_factory=list[str])

    async def jobs(self) -> Mapping[str, JobState]:
        sql = "SELECT id, state FROM jobs WHERE member_id = :member_id ORDER BY id"
        rows = await self.world.app.database.read(lambda tx: tx.fetch_all(sql, {"member_id": self.who.id}))
        return {row["id"]: JobState(row["state"]) for row in rows}

    async def order(self, **options: str | int) -> str:
        """Return the id of the new movie."""
        before = await self.jobs()
        await order(self.world, self.who, **options)
        [new] = (await self.jobs()).keys() - before.keys()
        return new

    async def becomes(self, job_id: str, state: JobState) -> None:
        assert await eventually(self, lambda: self._is(job_id, state)), f"{job_id} is not {state}"

    async def _is(self, job_id: str, state: JobState) -> bool:
        return (await self.jobs())[job_id] is state

    async def entries(self, kind: EntryType, member: MemberActor) -> list[int]:
        found = await self.world.app.database.read_long(account_queries.all_entries)
        return [each.credits for each in found if (each.entry_type, each.member_id) == (kind, member.id)]


async def eventually(trial: Trial, seen: Callable[[], Awaitable[bool]]) -> bool:
    for _ in range(WITHIN_SECONDS * 20):
        if await seen():
            return True
        await trial.world.wait_until(lambda: False, 0.05)
    return False


async def act(who: MemberActor, message: discord.Message, action: str, *last: str) -> InteractionResult:
    """Press a button of a message, or one behind its ⋯."""
    if find(message, action, *last) is None:
        message = message_of(await press(who, message, "more"))
    return await press(who, message, action, *last)


async def three_movies(trial: Trial) -> None:
    trial.movies = [await trial.order(prompt=f"a red balloon, {number}") for number in range(3)]
    first, second, third = trial.movies
    await trial.becomes(first, RENDERING)
    await trial.becomes(second, RENDERING)
    assert (await trial.jobs())[third] is QUEUED
    await act(trial.who, await wait_for(trial.world, trial.world.channel, "follow", third), "cancel", third)
    await trial.becomes(third, CANCELLED)


async def while_it_renders(trial: Trial) -> None:
    first, second, _ = trial.movies
    history = trial.world.channel.history
    await act(trial.other, await wait_for(trial.world, trial.world.channel, "follow", first), "follow", first)
    await act(trial.who, await wait_for(trial.world, trial.world.channel, "follow", second), "target", second, DIRECT)
    trial.gate.open()
    await trial.becomes(first, COMPLETED)
    await trial.becomes(second, COMPLETED)
    wait = trial.world.wait_until
    assert await wait(lambda: any(trial.other.mention in message_text(each) for each in history()), WITHIN_SECONDS)
    assert await wait(lambda: bool(trial.who.user.dm_channel.history()), WITHIN_SECONDS)


async def when_ready(trial: Trial) -> None:
    first, *_ = trial.movies
    movie = await wait_for(trial.world, trial.world.channel, "star", first)
    for action in ("remix", "continue"):
        assert (await act(trial.who, movie, action)).modal is not None
    await press(trial.other, movie, "star")
    await wait_for(trial.world, trial.world.gallery, "star", first)


async def price_first(trial: Trial) -> None:
    asked = message_of(await trial.who.slash(trial.world.channel, "movie", prompt="a kite", duration=PRICED_SECONDS))
    assert find(asked, "quote-accept")
    assert (await press(trial.who, asked, "quote-edit")).modal is not None
    await press(trial.who, asked, "quote-cancel")


async def fails(trial: Trial) -> None:
    released = await trial.entries(EntryType.RELEASE, trial.who)
    await trial.becomes(await trial.order(prompt=f"this will {FAILURE_WORD}"), JobState.FAILED)
    assert len(await trial.entries(EntryType.RELEASE, trial.who)) == len(released) + 1


async def pitch(trial: Trial) -> None:
    before = await trial.entries(EntryType.PLEDGE, trial.other)
    pitched = message_of(await trial.who.slash(trial.world.channel, "pitch", prompt="a whale", duration=60))
    await press(trial.other, pitched, pitches.ADD, "50")
    assert await trial.entries(EntryType.PLEDGE, trial.other) == [*before, 50]


async def private(trial: Trial) -> None:
    for command in ("movies", "credits", "top", "help"):
        assert (await trial.who.slash(trial.world.channel, command)).ephemeral


async def waits_for_staff(trial: Trial) -> None:
    await wait_for(
        trial.world, trial.world.staff, approvals.APPROVE, await trial.order(prompt="a kite", duration=PRICED_SECONDS)
    )


async def manages(trial: Trial) -> None:
    for command in ("setup panel", "quota report"):
        assert (await trial.who.slash(trial.world.channel, command)).ephemeral


async def in_their_language(trial: Trial) -> None:
    language = {"erika": Language.GERMAN, "yuki": Language.JAPANESE}[trial.who.name]
    asked = message_of(await trial.who.slash(trial.world.channel, "movie", prompt="a kite", duration=PRICED_SECONDS))
    labels = [each.label for each in walk(asked.components) if isinstance(each, discord.Button)]
    assert texts_in(language)("quotes-cancel-button") in labels


TRIED: dict[str, Callable[[Trial], Awaitable[None]]] = {
    "/movie": three_movies,
    "while it renders": while_it_renders,
    "when it's ready": when_ready,
    "/movie of {asked} s or more": price_first,
    f"/movie with “{FAILURE_WORD}” in it": fails,
    "/pitch": pitch,
    "/movies, /credits, /top, /help": private,
    "carol, {asked} s or more": waits_for_staff,
    "dana": manages,
    "erika and yuki": in_their_language,
}
"""In the order in which they are tried: the second and the third are about movies of the first."""


async def test_every_hint_works_for_every_member_or_for_whom_it_names(tmp_path: Path) -> None:
    assert TRIED.keys() == HINTS.keys()
    assert len(guide(PRICED_SECONDS)) < 800, "it fits on a phone"
    settings = {**PAGE_SETTINGS, "POLL_FASTEST_SECONDS": "0.05", "POLL_SLOWEST_SECONDS": "0.1"}
    async with open_sandbox(tmp_path, render_seconds=0, settings=settings, render_films=False) as world:
        await set_up(world)
        await prepare_page(world, 0.01, PRICED_SECONDS)
        for name, who in world.people.items():
            trial = Trial(world, who, world.people["bob" if name == "alice" else "alice"], RenderGate(world))
            for hint, tried in TRIED.items():
                named = [each for each in world.people if each in hint]
                if not named or name in named:
                    await tried(trial)
        assert not await world.app.database.read_long(reconciliation.find_discrepancies)
