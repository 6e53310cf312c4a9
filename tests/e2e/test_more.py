"""What is behind ⋯: each may do what their card offers, in every state of a movie, and learns from it what it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle
from simcord.enums import OverwriteType

from bot.domain.jobs import JobState
from bot.domain.quota import AuditAction
from bot.locales.message_ids import MessageId
from bot.ui import button_responses
from bot.ui.components import custom_id
from bot.ui.job_buttons import MORE
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import configure
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import answered, custom_ids, everything_shown, footer_of, labels, links, message_text
from tests.helpers.steps import behind_more, completed_movie, rendering

pytestmark = pytest.mark.both_engines


async def queued(bot: AdminHarness) -> discord.Message:
    await bot.movie(duration=5)
    return bot.messages()[-1]


async def failed(bot: AdminHarness) -> discord.Message:
    bot.upstream.fail_renders(lambda _prompt: True)
    return await completed_movie(bot)


async def cancelled(bot: AdminHarness) -> discord.Message:
    card = await queued(bot)
    await bot.press(bot.alice, card, custom_id("cancel", bot.stored_job().id))
    return bot.messages()[-1]


async def removed(bot: AdminHarness) -> discord.Message:
    movie = await completed_movie(bot)
    await bot.press(bot.alice, movie, custom_id("delete-confirm", bot.stored_job().id))
    return movie


async def starred(bot: AdminHarness) -> discord.Message:
    return (await in_gallery(bot)).history()[-1]


async def in_gallery(bot: AdminHarness) -> ChannelHandle:
    gallery = bot.guild.create_text_channel("gallery")
    await configure(bot, gallery=gallery.id, gallery_stars=1)
    await bot.bob.click(await completed_movie(bot), label=ENGLISH("stars-star-button"))
    await bot.run_until_idle()
    return gallery


OFFERED: dict[Callable[[AdminHarness], Awaitable[discord.Message]], tuple[list[str], list[str], list[str]]] = {
    queued: (["target", "remix", "cancel"], ["remix"], ["remix", "cancel-staff"]),
    rendering: (["target", "remix"], ["remix"], ["remix"]),
    completed_movie: (["refresh", "retry", "receipt", "delete"], ["refresh", "retry", "report"], ["refresh", "delete"]),
    starred: (
        ["refresh", "retry", "receipt", "delete-confirm"],
        ["refresh", "retry", "report"],
        ["report", "delete", "delete-confirm"],
    ),
    failed: (["receipt", "retry"], ["retry"], ["retry"]),
    cancelled: (["receipt", "retry"], ["retry"], ["retry"]),
    removed: (["receipt", "retry"], [], []),
}
"""What a movie's creator, a member and staff press of what they are offered. What ends something is the last."""


def refusals(bot: AdminHarness) -> list[str]:
    job = bot.stored_job()
    ids: tuple[MessageId, ...] = (
        *("buttons-unknown-movie", "buttons-link-deleted", "buttons-deleted-already", "buttons-being-queued"),
        *("buttons-started", "buttons-finished", "privacy-not-again", "refusals-not-staff", "errors-internal"),
        *("reported-own", "reported-repeated"),
    )
    return [
        *map(ENGLISH, ids),
        button_responses.not_owner(ENGLISH, job),
        button_responses.not_deleter(ENGLISH, job),
    ]


@pytest.mark.parametrize("state", OFFERED)
async def test_the_card_offers_what_is_answered_and_nothing_that_is_refused(
    bot: AdminHarness, state: Callable[[AdminHarness], Awaitable[discord.Message]]
) -> None:
    message = await state(bot)
    await bot.restart()
    more = custom_id(MORE, bot.stored_job().id)
    for who, expected in zip((bot.bob, bot.dana, bot.alice), (*OFFERED[state][1:], OFFERED[state][0]), strict=True):
        if bot.stored_job().state is JobState.CANCELLED and state is queued:
            continue  # by staff, before
        pressed = await (who.click(message, label="⋯") if state is starred else bot.press(who, message, more))
        card = answered(pressed)
        offered = custom_ids(card)
        assert card.ephemeral
        assert footer_of(card) == f"ID {bot.stored_job().id}"
        assert {*expected} <= {*offered}
        assert bool(offered) == bool(expected)
        assert bool(links(card.message)) == (bot.stored_job().movie_url is not None)
        for action in expected:
            said = everything_shown(await who.click(card.message, custom_id=offered[action]))
            assert not [each for each in refusals(bot) if each in said], action


async def test_staff_cancel_someones_movie_that_waits_and_its_creator_is_told(bot: AdminHarness) -> None:
    card, stale = await queued(bot), custom_id("cancel-staff", bot.stored_job().id)
    assert ENGLISH("refusals-not-staff") in everything_shown(await bot.press(bot.bob, card, stale))
    assert bot.member() == BudgetTotals(used=0, held=50)
    said = everything_shown(await bot.press(bot.dana, card, stale))
    assert button_responses.cancelled(ENGLISH, bot.stored_job()) in said
    assert bot.member() == BudgetTotals(used=0, held=0)
    await bot.run_until_idle()
    assert bot.alice.mention in message_text(bot.messages()[-1])
    [entry] = [each for each in bot.audit_entries() if each.action is AuditAction.CANCEL_QUEUED]
    assert (entry.by.actor_id, entry.subject_id, entry.credits) == (bot.dana.id, bot.alice.id, 50)
    assert ENGLISH("buttons-ended", refunded="50 credits") in everything_shown(
        await bot.press(bot.dana, bot.messages()[-1], stale)
    )


async def test_a_card_that_went_out_in_a_channel_shows_no_private_movie(bot: AdminHarness) -> None:
    """The movie went by DM: who reads only its card can do nothing with it."""
    card = await rendering(bot)
    await bot.press(bot.alice, card, custom_id("target", bot.stored_job().id, "direct"))
    await bot.finish()
    [stays] = bot.messages()
    more = answered(await bot.press(bot.bob, stays, custom_id(MORE, bot.stored_job().id)))
    assert labels(more) == []
    said = everything_shown(await bot.press(bot.bob, more, custom_id("refresh", bot.stored_job().id)))
    assert said.strip() == ENGLISH("buttons-unknown-movie")
    [movie] = bot.direct_messages(bot.alice)
    receipt = await bot.alice.user.click(movie, label="⋯")
    assert [*custom_ids(answered(receipt))] == ["refresh", "receipt", "delete"]


async def test_who_can_view_the_gallery_alone_may_press_what_its_card_offers(bot: AdminHarness) -> None:
    """The card is private, and says nothing of where it was opened."""
    gallery, (allow, deny) = await in_gallery(bot), discord.PermissionOverwrite(view_channel=False).pair()
    hidden = Overwrite(target_id=bot.bob.id, type=OverwriteType.MEMBER, allow=allow.value, deny=deny.value)
    bot.env.backend.set_overwrite(bot.channel.id, hidden)
    await bot.env.settle()
    said = everything_shown(await behind_more(bot.bob, gallery.history()[-1], "refresh"))
    assert ENGLISH("buttons-new-link") in said
    other = answered(await bot.bob.slash(bot.lines, "help"))
    refused = await bot.press(bot.bob, other, custom_id("refresh", bot.stored_job().id), channel=bot.lines)
    assert ENGLISH("buttons-unknown-movie") in everything_shown(refused), "from another private answer"


async def test_the_count_of_a_star_is_on_both_messages_and_stays_with_a_fresh_link(bot: AdminHarness) -> None:
    gallery, movie = await in_gallery(bot), bot.messages()[-1]
    await bot.dana.click(movie, custom_id=custom_ids(movie)["star"])
    await bot.restart()
    for seconds in (10, 10):
        await bot.run_until_idle(seconds)
        assert [labels(each)[-2] for each in (bot.messages()[-1], *gallery.history())] == ["⭐ 2"] * 2
        await behind_more(bot.bob, movie, "refresh")
