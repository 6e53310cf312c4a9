"""Cancellation of a movie while the API of 2026 makes it.

Its 200 credits are charged by the stage: after 30 of its 100 seconds, 60 of them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import discord
import pytest
from simcord.results import InteractionResult

from bot.domain.cancellation import CancelPreview, NotCancellable
from bot.domain.credits import Limits, Month
from bot.domain.job import JobState
from bot.domain.order import OrderContext
from bot.domain.pitch import Funded, Pitched
from bot.domain.request import Draft
from bot.samsar.profile import ApiVersion
from bot.sandbox.fake_samsar import CANCEL_PATH
from bot.sandbox.fault_injection import Exchange, Fault, Proceed, Reply, Route
from bot.sandbox.faults import STATUS, adding, respond, with_body
from bot.ui import button_responses, cancellations, job_messages
from data import reports, submissions
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.movie_list import listed, open_one
from tests.helpers.reading import about_movie, actions, button, ephemeral_text, labels, message_text
from tests.helpers.steps import finish, rendering

SILENT = Fault(
    "silent", "does not say what it charged", with_body(adding(creditsCharged=None, credits_charged=None)), STATUS
)


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[BotHarness]:
    """The bot with the API of 2026."""
    async with open_bot_harness(tmp_path, version=ApiVersion.AUTUMN_2026) as opened:
        opened.upstream.inject(Fault("closing", "closes the connection", _close, STATUS))
        yield opened


async def _close(exchange: Exchange, proceed: Proceed) -> Reply:
    """Close the connection: SimCord would wait for its keep-alive to end."""
    reply = await proceed(exchange)
    return replace(reply, headers={**reply.headers, "Connection": "close"})


async def half_made(bot: BotHarness, seconds: float = 30) -> discord.Message:
    """Return the card of Alice's movie that has rendered for some seconds."""
    await rendering(bot)
    await bot.run_until_idle(seconds)
    return bot.messages()[0]


async def asked(bot: BotHarness, card: discord.Message) -> InteractionResult:
    """Press Cancel on the card, and return what is offered."""
    result = await bot.alice.click(card, label=ENGLISH("buttons-cancel-button"))
    assert result.followups[0].ephemeral
    return result


async def confirmed(bot: BotHarness, offered: InteractionResult) -> InteractionResult:
    """Press the confirmation, which can be pressed again."""
    message = offered.followups[0].message
    return await bot.press(bot.alice, message, f"m:cancel-confirm:{bot.job()['id']}")


def cancels(bot: BotHarness) -> int:
    """Count the requests to cancel that reached the API."""
    return sum(each.path == CANCEL_PATH for each in bot.upstream.requests)


async def test_its_member_sees_what_it_costs_and_cancels_it(bot: BotHarness) -> None:
    """What the API charged is spent, and the rest is refunded."""
    before = bot.upstream.balance
    card = await half_made(bot)
    offered = (await asked(bot, card)).followups[0]
    assert about_movie(offered) == cancellations.question(ENGLISH, CancelPreview(bot.stored_job(), 60))
    assert "**60 credits**, and **140 credits** would be refunded" in message_text(offered)
    assert labels(offered) == ["Cancel movie"]
    assert (cancels(bot), bot.member()) == (0, BudgetTotals(used=0, held=200))

    await bot.alice.click(offered.message, label="Cancel movie")
    [card] = bot.messages()
    assert "Cancel" not in labels(card)
    assert card.embeds[0].title == "🛑 Canceling your movie"
    await bot.run_until_idle()

    job = bot.stored_job()
    assert (job.state, job.charged, job.spent, job.refunded) == (JobState.CANCELLED, 60, 60, 140)
    assert (bot.member(), bot.plan()) == (BudgetTotals(used=60, held=0), BudgetTotals(used=60, held=0))
    assert before - bot.upstream.balance == 60
    [told] = bot.messages()
    assert actions(told) == ["retry", "receipt"]
    assert told.content == job_messages.cancelled_message(ENGLISH, job).content
    assert "**60 credits** spent · **140 credits** refunded" in message_text(told)
    await finish(bot)
    assert (cancels(bot), len(bot.messages())) == (1, 1)


async def test_pressed_twice_it_is_cancelled_once(bot: BotHarness) -> None:
    """Each further press only says the state of the movie."""
    card = await half_made(bot)
    cancel = button(card, ENGLISH("buttons-cancel-button"))
    offered = await asked(bot, card)
    await confirmed(bot, offered)
    requested_at = bot.job()["cancel_requested_at"]
    await bot.clock.advance(1)
    for again in (await confirmed(bot, offered), await bot.press(bot.alice, card, cancel)):
        assert ENGLISH("buttons-cancelling-already") == about_movie(again.response or again.followups[0])
    assert bot.job()["cancel_requested_at"] == requested_at
    await bot.run_until_idle()
    assert cancels(bot) == 1
    text = about_movie(await bot.press(bot.alice, bot.messages()[0], cancel))
    assert text == button_responses.not_cancelled(ENGLISH, bot.stored_job())
    assert bot.member() == BudgetTotals(used=60, held=0)


async def test_a_movie_that_is_being_handed_over_can_be_cancelled_in_a_moment(bot: BotHarness) -> None:
    """The answer doesn't say that it's too late."""
    await bot.movie(duration=20)
    [card] = bot.messages()
    cancel = button(card, ENGLISH("buttons-cancel-button"))
    await bot.app.database.write(submissions.claim, bot.clock.now(), 1, 10, 2)
    assert about_movie(await bot.press(bot.alice, card, cancel)) == ENGLISH("buttons-being-sent")
    assert bot.stored_job().state is JobState.SUBMITTING


async def test_a_movie_that_was_just_finished_is_not_cancelled(bot: BotHarness) -> None:
    """Canceling a finished movie would lose it, so the bot delivers it."""
    card = await half_made(bot)
    await bot.clock.advance(70)
    text = about_movie((await bot.alice.click(card, label=ENGLISH("buttons-cancel-button"))).followups[0])
    assert text == cancellations.not_offered(ENGLISH, NotCancellable.FINISHED)
    await bot.run_until_idle()
    assert (cancels(bot), bot.stored_job().state) == (0, JobState.COMPLETED)


@pytest.mark.parametrize("word", ["PENDING", "PAUSED", "DREAMING"])
async def test_a_movie_that_may_be_finished_is_not_cancelled(bot: BotHarness, word: str) -> None:
    """The last stage and an unknown status can both mean finished."""
    card = await half_made(bot)
    if word == "PENDING":
        await bot.clock.advance(65)
    bot.upstream.inject(Fault("word", "says this", with_body(adding(status=word)), STATUS), times=1)
    text = about_movie((await bot.alice.click(card, label=ENGLISH("buttons-cancel-button"))).followups[0])
    assert text == cancellations.not_offered(ENGLISH, NotCancellable.NEARLY_FINISHED)
    await finish(bot)
    assert (cancels(bot), bot.stored_job().state) == (0, JobState.COMPLETED)
    assert bot.member() == BudgetTotals(used=200, held=0)


async def test_a_movie_that_is_finished_before_the_worker_looks_is_delivered(bot: BotHarness) -> None:
    """The confirmation comes too late, so the full price is spent."""
    offered = await asked(bot, await half_made(bot))
    await bot.clock.advance(70)
    await confirmed(bot, offered)
    await bot.run_until_idle()
    assert (cancels(bot), bot.stored_job().state) == (0, JobState.COMPLETED)
    assert ENGLISH("deliveries-not-cancelled") in message_text(bot.messages()[-1])
    assert bot.member() == BudgetTotals(used=200, held=0)


async def test_a_movie_that_is_completed_after_all_is_delivered(bot: BotHarness) -> None:
    """The API accepts the cancellation, but makes the movie all the same."""
    bot.upstream.inject(respond(200, "cancelled"), route=Route.CANCEL)
    offered = await asked(bot, await half_made(bot))
    await confirmed(bot, offered)
    await bot.run_until_idle()
    assert bot.stored_job().state is JobState.RENDERING
    assert bot.member() == BudgetTotals(used=0, held=200)
    await bot.run_until_idle(70)
    assert bot.stored_job().state is JobState.COMPLETED
    assert ENGLISH("deliveries-not-cancelled") in message_text(bot.messages()[-1])
    assert bot.member() == BudgetTotals(used=200, held=0)


@pytest.mark.parametrize("fault", ["cut-after", "reset-after", "html", "cut"])
async def test_a_cancellation_without_an_answer_is_settled_by_the_status(bot: BotHarness, fault: str) -> None:
    """The cancellation is sent again only if the movie is still rendering."""
    bot.upstream.inject(fault, route=Route.CANCEL, times=1)
    await confirmed(bot, await asked(bot, await half_made(bot)))
    await bot.run_until_idle()
    assert bot.stored_job().state is JobState.RENDERING
    await bot.run_until_idle(15)
    assert bot.stored_job().state is JobState.CANCELLED
    assert cancels(bot) == (1 if fault.endswith("after") else 2)
    assert bot.member() == BudgetTotals(used=bot.job()["charged_credits"], held=0)


async def test_a_narrative_that_is_charged_after_the_cancellation_is_in_the_operators_report(bot: BotHarness) -> None:
    """Its 80 credits come when it is done; Alice was told that she pays nothing."""
    await confirmed(bot, await asked(bot, await half_made(bot, 1)))
    await bot.run_until_idle()
    assert (bot.stored_job().state, bot.plan()) == (JobState.CANCELLED, BudgetTotals(used=0, held=0))
    charged = with_body(adding(creditsCharged=80, credits_charged=80))
    bot.upstream.inject(Fault("narrative", "charges the narrative", charged, STATUS))
    await bot.restart()
    for _ in range(3):
        await bot.run_until_idle(15 * 60)
    assert (bot.member(), bot.plan()) == (BudgetTotals(used=0, held=0), BudgetTotals(used=80, held=0))
    month = Month.containing(bot.clock.now())
    report = await bot.app.database.read_long(reports.report, bot.guild.id, month, Limits(600, 5000))
    assert (report.charge_difference, report.spent, report.discrepancies) == (80, 0, ())


@pytest.mark.parametrize("status", [404, 429, 500])
async def test_a_refused_cancellation_is_sent_again_while_the_movie_is_made(bot: BotHarness, status: int) -> None:
    """The movie is delivered where every cancellation is refused."""
    bot.upstream.inject(respond(status, "not now"), route=Route.CANCEL)
    await confirmed(bot, await asked(bot, await half_made(bot)))
    for _ in range(4):
        await bot.run_until_idle(15)
    assert cancels(bot) >= 2
    assert bot.stored_job().state is JobState.RENDERING
    await bot.run_until_idle(15)
    assert bot.stored_job().state is JobState.COMPLETED


async def test_where_the_api_does_not_say_what_it_charged_nothing_is_spent(bot: BotHarness) -> None:
    """The confirmation says so, and the plan is charged the price."""
    bot.upstream.inject(SILENT)
    offered = await asked(bot, await half_made(bot))
    assert ENGLISH("buttons-question-unknown", price="200 credits") in message_text(offered.followups[0])
    await confirmed(bot, offered)
    await bot.run_until_idle()
    assert (bot.job()["state"], bot.job()["charged_credits"]) == ("cancelled", None)
    assert (bot.member(), bot.plan()) == (BudgetTotals(used=0, held=0), BudgetTotals(used=200, held=0))


async def test_a_charge_that_cannot_be_true_is_none(bot: BotHarness) -> None:
    """An impossible charge counts as unknown, so the member pays nothing."""
    bot.upstream.inject(Fault("huge", "charged 10^9", with_body(adding(creditsCharged=10**9)), STATUS))
    offered = await asked(bot, await half_made(bot))
    assert about_movie(offered.followups[0]) == cancellations.question(ENGLISH, CancelPreview(bot.stored_job(), None))
    await confirmed(bot, offered)
    await bot.run_until_idle()
    assert (bot.member(), bot.plan()) == (BudgetTotals(used=0, held=0), BudgetTotals(used=200, held=0))


async def test_a_charge_above_the_price_is_the_operators(bot: BotHarness) -> None:
    """A member never pays more than was quoted."""
    bot.upstream.inject("charged-more")
    bot.upstream.inject(
        Fault("dear", "charged more", with_body(adding(creditsCharged=270, credits_charged=270)), STATUS)
    )
    offered = await asked(bot, await half_made(bot))
    assert "**200 credits**, and **0 credits** would be refunded" in message_text(offered.followups[0])
    await confirmed(bot, offered)
    await bot.run_until_idle()
    assert (bot.member(), bot.plan()) == (BudgetTotals(used=200, held=0), BudgetTotals(used=270, held=0))


async def test_where_the_api_does_not_answer_nothing_is_cancelled(bot: BotHarness) -> None:
    card = await half_made(bot)
    bot.upstream.inject(respond(429, "slow down"), route=Route.STATUS, times=1)
    text = about_movie((await bot.alice.click(card, label=ENGLISH("buttons-cancel-button"))).followups[0])
    assert text == cancellations.not_offered(ENGLISH, NotCancellable.NO_ANSWER)
    assert bot.job()["cancel_requested_at"] is None


async def test_who_presses_again_and_again_has_to_wait(bot: BotHarness) -> None:
    """Each press polls the API, so presses have a rate limit."""
    card = await half_made(bot)
    for _ in range(6):
        await asked(bot, card)
    polls = len(bot.upstream.requests)
    assert "again" in message_text((await asked(bot, card)).followups[0])
    assert len(bot.upstream.requests) == polls


async def test_only_its_member_cancels_it(bot: BotHarness) -> None:
    """The card's button and a forged confirmation are refused alike."""
    card = await half_made(bot)
    for custom_id in (button(card, ENGLISH("buttons-cancel-button")), f"m:cancel-confirm:{bot.job()['id']}"):
        text = ephemeral_text(await bot.press(bot.bob, card, custom_id))
        assert text == button_responses.not_owner(ENGLISH, bot.stored_job())
    assert bot.job()["cancel_requested_at"] is None


async def test_a_movie_that_members_pay_for_together_is_neither_cancelled_nor_taken_to_dms(bot: BotHarness) -> None:
    """The buttons of an older version are refused."""
    made = await bot.app.pitches.pitch(pressing(bot, 1, bot.alice.id), Draft("a red balloon", 20))
    assert isinstance(made, Pitched), made
    assert isinstance(await bot.app.pitches.chip_in(pressing(bot, 2, bot.bob.id), made.pitch.id, None), Funded)
    await bot.run_until_idle(30)
    card, job = bot.messages()[0], bot.stored_job()
    assert job.state is JobState.RENDERING
    for action in ("cancel", "cancel-confirm"):
        text = ephemeral_text(await bot.press(bot.alice, card, f"m:{action}:{job.id}"))
        assert text.startswith(ENGLISH("pledges-not-cancellable"))
    direct = await bot.press(bot.alice, card, f"m:target:{job.id}:direct")
    assert ephemeral_text(direct).startswith(ENGLISH("pledges-to-channel"))
    await bot.run_until_idle()
    assert (cancels(bot), bot.job()["cancel_requested_at"]) == (0, None)


def pressing(bot: BotHarness, number: int, member_id: int) -> OrderContext:
    """Return the context of a member's press."""
    return OrderContext(number, bot.guild.id, bot.channel.id, member_id, member_name=f"member {member_id}")


async def test_a_confirmation_that_is_forged_on_the_card_leaves_the_card(bot: BotHarness) -> None:
    card = await half_made(bot)
    result = await bot.press(bot.alice, card, f"m:cancel-confirm:{bot.job()['id']}")
    assert about_movie(result) == cancellations.requested(ENGLISH)
    assert bot.messages()[0].embeds


async def test_buttons_and_request_outlive_a_restart(bot: BotHarness) -> None:
    """Confirmation and cancellation each follow a restart."""
    offered = await asked(bot, await half_made(bot))
    await bot.restart()
    await confirmed(bot, offered)
    await bot.restart()
    await bot.run_until_idle()
    assert (cancels(bot), bot.stored_job().state) == (1, JobState.CANCELLED)
    assert bot.member() == BudgetTotals(used=60, held=0)


async def test_it_is_cancelled_from_movies_too(bot: BotHarness) -> None:
    """The list and the movie's page show what was spent."""
    await half_made(bot)
    page = await listed(bot)
    await open_one(bot, page)
    offered = (await bot.alice.click(page.message, label=ENGLISH("buttons-cancel-button"))).followups[0]
    await bot.alice.click(offered.message, label="Cancel movie")
    await bot.run_until_idle()
    page = await listed(bot)
    assert "↩️ canceled, 60 spent" in message_text(page)
    await open_one(bot, page)
    receipt = ENGLISH("movies-refunded-in-part-value", cost="60 credits", refund="140 credits")
    assert receipt in message_text(page)


async def test_a_cancelled_movie_that_nobody_asked_to_cancel_has_failed(bot: BotHarness) -> None:
    """Someone canceled it at the API, and the member pays nothing."""
    await half_made(bot)
    bot.upstream.inject("cancelled")
    await bot.run_until_idle(30)
    assert bot.stored_job().state is JobState.FAILED
    assert bot.member() == BudgetTotals(used=0, held=0)


async def test_the_api_of_2025_offers_it_nowhere(tmp_path: Path) -> None:
    """The card has no button, and forged presses are refused."""
    async with open_bot_harness(tmp_path) as bot:
        card = await half_made(bot)
        assert "Cancel" not in labels(card)
        job_id = bot.job()["id"]
        for custom_id in (f"m:cancel:{job_id}", f"m:cancel-confirm:{job_id}"):
            text = about_movie(await bot.press(bot.alice, card, custom_id))
            assert text == ENGLISH("buttons-started")
        assert bot.job()["cancel_requested_at"] is None
