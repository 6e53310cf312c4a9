"""*Fix a scene*: a finished movie's scenes, the free quote, and a new version that answers the first."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import discord
import pytest
from simcord.results import InteractionResult

from bot.domain.jobs import JobState
from bot.domain.operations import Operation
from bot.domain.refusal import RefusalCode
from bot.samsar.config import ApiVersion
from bot.sandbox.fault_injection import Fault, Route
from bot.sandbox.faults import respond
from bot.ui import scenes
from bot.ui.components import custom_id, walk
from data import reconciliation
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.expected_text import ENGLISH, refusal
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import Seen, answered, custom_ids, ephemeral_text, labels, message_text
from tests.helpers.steps import behind_more, completed_movie

ASKED = {"duration": 10, "video_model": "RUNWAYML"}


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[AdminHarness]:
    """A bot that trusts the fake API's stills."""
    async with open_admin_harness(tmp_path, version=ApiVersion.AUTUMN_2026) as opened:
        await opened.restart(trusted_movie_origins=opened.upstream.origin)
        yield opened


async def looked(bot: AdminHarness, movie: discord.Message) -> discord.Message:
    return answered(await behind_more(bot.bob, movie, scenes.OPEN)).message


async def picked(bot: AdminHarness, look: Seen, *chosen: str) -> InteractionResult:
    return await bot.press(bot.bob, look, custom_id(scenes.PICK, bot.stored_jobs()[0].id), chosen)


async def accept(bot: AdminHarness, price: Seen) -> InteractionResult:
    return await bot.press(bot.bob, price, custom_ids(price)["quote-accept"])


async def test_a_scene_is_made_again_as_a_new_version_that_answers_the_first(bot: AdminHarness) -> None:
    movie = await completed_movie(bot, **ASKED)
    look = await looked(bot, movie)
    assert [each.filename for each in look.attachments] == ["scene-1.jpg", "scene-2.jpg"]
    price = answered(await picked(bot, look, "2")).message
    assert "Make it" in str(labels(price)[0])
    assert bot.member() == BudgetTotals(used=600, held=0), "looking is free"
    await accept(bot, price)
    await accept(bot, price)
    await bot.finish()

    first, version = bot.stored_jobs()
    assert (version.state, version.request.operation) == (JobState.COMPLETED, Operation.SCENE)
    assert (version.request.sources, version.request.scenes) == ((first.id,), (2,))
    assert (first.state, first.movie_url) == (JobState.COMPLETED, first.movie_url)
    posted = bot.messages()[-1]
    assert posted.reference is not None
    assert posted.reference.message_id == movie.id
    assert version.spent == version.price == version.charged
    assert not await bot.app.database.read_long(reconciliation.find_discrepancies)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (respond(400, "Layer index 1 is missing an image prompt.", name="first"), "scenes-none"),
        (respond(400, "Session has no layers to reroll."), "scenes-not-now"),
        (respond(409, "Session is paused. Resume it first."), "scenes-not-now"),
        (respond(500, "broken"), "scenes-no-answer"),
        ("reset", "scenes-no-answer"),
    ],
)
async def test_what_the_api_does_not_quote_is_said(bot: AdminHarness, fault: Fault | str, code: RefusalCode) -> None:
    movie = await completed_movie(bot, **ASKED)
    if code == "scenes-none":
        bot.upstream.inject(respond(400, "Layer index 2 cannot be rerolled."), route=Route.QUOTE, times=1)
    bot.upstream.inject(fault, route=Route.QUOTE)
    assert ephemeral_text(await behind_more(bot.bob, movie, scenes.OPEN)) == refusal(code)
    assert len(bot.stored_jobs()) == 1


async def test_a_scene_that_cannot_be_made_again_is_left_out(bot: AdminHarness) -> None:
    movie = await completed_movie(bot, **ASKED)
    bot.upstream.inject(respond(400, "Layer index 1 cannot be rerolled."), route=Route.QUOTE, times=1)
    look = await looked(bot, movie)
    [select] = [each for each in walk(look.components) if isinstance(each, discord.SelectMenu)]
    assert [option.value for option in select.options] == ["2"]
    assert ENGLISH("scenes-left-out", scenes="1") in message_text(look)
