"""Cards and their edits: late, refused, bounded, never cancelled, and one at a time each."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import aiohttp
import discord
import pytest

from bot.core.errors import DeliveryDeferred
from bot.discord_client.cards import CardEdits, Cards, Edit
from bot.domain.delivery import NotificationType, Venue
from bot.domain.jobs import JobState, generate_id
from bot.domain.message import Delivery
from bot.ui import job_messages
from tests.helpers.clock import START
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import CATALOGUE
from tests.unit.discord_client.conftest import CUTS, PublisherHarness, no_board


async def test_a_card_whose_edit_takes_too_long_is_shown_again_later(harness: PublisherHarness) -> None:
    answered = asyncio.Event()

    async def request(*_: Any, **__: Any) -> Any:
        await answered.wait()
        raise aiohttp.ServerDisconnectedError

    harness.client.http.request = request
    estimate = harness.publisher._cards._estimate
    cards = Cards(harness.client, CATALOGUE, estimate, no_board, edit_timeout=0)
    with pytest.raises(DeliveryDeferred) as delay:
        await cards.show(replace(harness.job, card_message_id=99), Venue.UNDECIDED)
    assert delay.value.definitely_failed
    answered.set()
    await asyncio.gather(*cards._edits._running.values())


async def test_a_card_that_can_never_be_corrected_is_replaced_at_once(harness: PublisherHarness) -> None:
    channel = harness.client.get_partial_messageable(harness.channel.id)
    for code in (10003, 10004, 10008, 50001, 50013, 50083, 160005):
        ordered_at = harness.env.now() - timedelta(seconds=1)
        snowflake = discord.utils.time_snowflake(ordered_at)
        order = replace(harness.job, id=generate_id(START), state=JobState.QUEUED, interaction_id=snowflake)
        card = await channel.send(**job_messages.job_card(ENGLISH, order, CATALOGUE).sent())
        path = f"/channels/{harness.channel.id}/messages/*"
        harness.env.inject_error("PATCH", path, status=404 if code < 20_000 else 403, code=code)
        voided = replace(order, state=JobState.CANCELLED)
        sent = await harness.publisher.send(Delivery(voided, NotificationType.CANCELLED))
        assert sent.card_message_id == card.id, code


async def test_without_a_history_there_is_no_card_and_what_may_pass_is_waited_for(harness: PublisherHarness) -> None:
    harness.job, path = replace(harness.job, state=JobState.CANCELLED), f"/channels/{harness.channel.id}/messages"
    harness.env.inject_error("GET", path, status=403, code=0)
    with pytest.raises(DeliveryDeferred):
        await harness.deliver(NotificationType.CANCELLED)
    for code in (50001, 50013):
        harness.env.inject_error("GET", path, status=403, code=code)
        assert await harness.deliver(NotificationType.CANCELLED) > 0
    for error in CUTS:
        harness.fail(error)
        with pytest.raises(DeliveryDeferred) as delay:
            await harness.deliver(NotificationType.CANCELLED)
        assert delay.value.definitely_failed
        assert delay.value.retry_after == (3.5 if isinstance(error, discord.RateLimited) else None)


CARD, OTHER = 1, 2


class Discord:
    def __init__(self) -> None:
        self.begun, self.taken, self.cancelled = list[str](), list[str](), list[str]()
        self.answers = asyncio.Event()

    def edit(self, text: str) -> Edit:
        async def edit() -> None:
            self.begun.append(text)
            try:
                await self.answers.wait()
            except asyncio.CancelledError:
                self.cancelled.append(text)
                raise
            self.taken.append(text)

        return edit


async def until(check: Callable[[], bool]) -> None:
    for _ in range(1000):
        if check():
            return
        await asyncio.sleep(0)
    pytest.fail("it never came to hold")


async def test_an_edit_goes_on_after_its_caller_has_given_up_or_was_cancelled() -> None:
    """discord.py must never be cancelled in its sleep for a global 429."""
    discord, edits, patient = Discord(), CardEdits(0), CardEdits(60)
    await edits.run(CARD, discord.edit("queued"))
    caller = asyncio.create_task(patient.run(OTHER, discord.edit("other")))
    await until(lambda: discord.begun == ["queued", "other"])
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert discord.taken == []
    discord.answers.set()
    await until(lambda: discord.taken == ["queued", "other"])
    assert discord.cancelled == []


async def test_newest_state_wins_while_an_edit_of_the_card_is_under_way() -> None:
    discord, edits = Discord(), CardEdits(0)
    for text in ("queued", "rendering", "done"):
        await edits.run(CARD, discord.edit(text))
    await edits.run(OTHER, discord.edit("other"))
    await until(lambda: len(discord.begun) == 2)
    assert discord.begun == ["queued", "other"]
    discord.answers.set()
    await until(lambda: len(discord.taken) == 3)
    assert sorted(discord.taken) == ["done", "other", "queued"]
    assert discord.taken.index("queued") < discord.taken.index("done")


async def test_edit_beyond_the_bound_is_skipped_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    discord, edits = Discord(), CardEdits(0, limit=2)
    for card in range(3):
        await edits.run(card, discord.edit(str(card)))
    await until(lambda: discord.begun == ["0", "1"])
    assert caplog.messages == ["card_update_failed"]
    discord.answers.set()
    await until(lambda: discord.taken == ["0", "1"])
    await edits.run(2, discord.edit("2"))
    await until(lambda: discord.taken == ["0", "1", "2"])


async def broken() -> None:
    raise ZeroDivisionError("a bug")


async def test_edit_that_fails_is_logged_and_the_next_one_runs(caplog: pytest.LogCaptureFixture) -> None:
    discord, edits = Discord(), CardEdits(60)
    discord.answers.set()
    await edits.run(CARD, broken)
    await edits.run(CARD, discord.edit("done"))
    assert (caplog.messages, discord.taken) == (["card_update_failed"], ["done"])
