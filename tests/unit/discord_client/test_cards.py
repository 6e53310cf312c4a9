"""Cards whose edit is late or refused, or that no order has."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import aiohttp
import discord
import pytest

from bot.discord_client.cards import Cards
from bot.domain.delivery import Delivery, MoviePlace, NotificationType
from bot.domain.estimates import Estimate
from bot.domain.job import Job, JobState, generate_id
from bot.errors import DeliveryDeferred, StorageError
from bot.ui import job_messages
from tests.helpers.clock import START
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import CATALOGUE
from tests.unit.discord_client.conftest import CUTS, PublisherHarness


async def test_a_card_whose_edit_takes_too_long_is_shown_again_later(harness: PublisherHarness) -> None:
    answered = asyncio.Event()

    async def request(*_: Any, **__: Any) -> Any:
        await answered.wait()
        raise aiohttp.ServerDisconnectedError

    harness.client.http.request = request
    estimate = harness.publisher._cards._estimate
    cards = Cards(harness.client, CATALOGUE, estimate, cancellable=False, edit_timeout=0)
    with pytest.raises(DeliveryDeferred) as delay:
        await cards.show(replace(harness.job, card_message_id=99), MoviePlace.PENDING)
    assert delay.value.definitely_failed
    answered.set()
    await asyncio.gather(*cards._edits._running.values())


async def test_a_card_whose_estimate_can_not_be_read_is_shown_later(harness: PublisherHarness) -> None:
    """A card that need not change is left as it is."""

    async def estimate(_: Job) -> Estimate:
        raise StorageError("disk full")

    cards = Cards(harness.client, CATALOGUE, estimate, cancellable=False, edit_timeout=5)
    job = replace(harness.job, card_message_id=99)
    await cards.update(job, MoviePlace.PENDING)
    with pytest.raises(DeliveryDeferred, match="disk full") as delay:
        await cards.show(job, MoviePlace.PENDING)
    assert delay.value.definitely_failed


async def test_a_card_that_can_never_be_corrected_is_replaced_at_once(harness: PublisherHarness) -> None:
    """Of a voided order, whose card the database does not know."""
    channel = harness.client.get_partial_messageable(harness.channel.id)
    for code in (10003, 10004, 10008, 50001, 50013, 50083, 160005):
        ordered_at = harness.env.now() - timedelta(seconds=1)
        snowflake = discord.utils.time_snowflake(ordered_at)
        order = replace(harness.job, id=generate_id(START), state=JobState.QUEUED, interaction_id=snowflake)
        view = job_messages.job_view(ENGLISH, order)
        card = await channel.send(embed=job_messages.job_embed(ENGLISH, order, CATALOGUE), view=view)
        path = f"/channels/{harness.channel.id}/messages/*"
        harness.env.inject_error("PATCH", path, status=404 if code < 20_000 else 403, code=code)
        voided = replace(order, state=JobState.CANCELLED)
        sent = await harness.publisher.send(Delivery(order.id, NotificationType.CANCELLED, 0), voided)
        assert sent.card_message_id == card.id, code


async def test_a_card_that_cannot_be_looked_for_is_looked_for_later(harness: PublisherHarness) -> None:
    """Its member is told after that."""
    harness.job = replace(harness.job, state=JobState.CANCELLED)
    for error in CUTS:
        harness.fail(error)
        with pytest.raises(DeliveryDeferred) as delay:
            await harness.deliver(NotificationType.CANCELLED)
        assert delay.value.definitely_failed
        assert delay.value.retry_after == (3.5 if isinstance(error, discord.RateLimited) else None)
