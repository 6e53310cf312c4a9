"""/movies for what waits for staff: the list, pages and buttons."""

from __future__ import annotations

import pytest
from simcord.results import InteractionResult

from bot.domain.approval import ApprovalScope
from bot.domain.job import JobState
from bot.ui import approvals as ui
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import awaiting, configure, listed
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import button, ephemeral_text, field_of, labels, message_text

pytestmark = pytest.mark.both_engines


async def several(bot: AdminHarness, count: int) -> None:
    """Let movies of Alice and Bob wait, without a staff channel."""
    await configure(bot, approval=ApprovalScope.EVERYONE)
    for number in range(count):
        await bot.movie(bot.bob if number % 2 else bot.alice, prompt=f"movie {number + 1}", duration=5)


def shown(result: InteractionResult) -> str:
    """Return the text of the list."""
    assert result.response is not None
    return message_text(result.response)


async def test_staff_see_what_waits_and_nobody_else_does(admin_bot: AdminHarness) -> None:
    await several(admin_bot, 1)
    for who in (admin_bot.alice, admin_bot.bob):
        assert ephemeral_text(await listed(admin_bot, who)) == ENGLISH("approvals-staff-only")
    text = ephemeral_text(await listed(admin_bot))
    assert ENGLISH("approvals-list-title", movies=1) in text
    assert "movie 1" in text
    assert admin_bot.alice.mention in text
    sam = admin_bot.guild.add_member(admin_bot.env.create_user("sam"), roles=[admin_bot.stars])
    await configure(admin_bot, staff_roles=(admin_bot.stars.id,))
    assert "movie 1" in ephemeral_text(await listed(admin_bot, sam))


async def test_an_empty_list_says_so(admin_bot: AdminHarness) -> None:
    result = await listed(admin_bot)
    assert ENGLISH("approvals-list-empty") in ephemeral_text(result)
    assert result.response is not None
    assert labels(result.response) == []


async def test_a_movie_is_approved_in_the_list_and_the_staff_channel_shows_it(admin_bot: AdminHarness) -> None:
    pending = await awaiting(admin_bot)
    result = await listed(admin_bot)
    assert result.response is not None
    message = result.response
    await admin_bot.dana.click(message.message, label=ENGLISH("approvals-list-approve-button", number=1))
    expected = ENGLISH("approvals-approved", staff=admin_bot.dana.mention)
    assert expected in message_text(message)
    assert ENGLISH("approvals-list-empty") in message_text(message)
    assert admin_bot.stored_job().state is JobState.QUEUED
    assert field_of(pending.message, ENGLISH("approvals-decision-field")) == expected
    assert labels(pending.message) == []


@pytest.mark.parametrize("restarts", [False, True])
async def test_a_movie_is_declined_in_the_list_even_after_a_restart(admin_bot: AdminHarness, restarts: bool) -> None:
    await several(admin_bot, 2)
    result = await listed(admin_bot)
    assert result.response is not None
    message = result.response
    if restarts:
        await admin_bot.restart()
    label = ENGLISH("approvals-list-decline-button", number=2)
    form = await admin_bot.press(admin_bot.dana, message, button(message, label))
    await admin_bot.dana.submit_modal(form, {ui.REASON: "no"})
    assert [job.state for job in admin_bot.stored_jobs()] == [JobState.AWAITING_APPROVAL, JobState.CANCELLED]
    assert ENGLISH("approvals-declined-because", staff=admin_bot.dana.mention, reason="no") in message_text(message)
    assert ENGLISH("approvals-list-title", movies=1) in message_text(message), "the list goes on with the others"
    await admin_bot.run_until_idle()
    assert ENGLISH("reasons-declined-because", reason="no") in message_text(admin_bot.messages()[-1])


async def test_a_stale_list_shows_what_became_of_a_movie(admin_bot: AdminHarness) -> None:
    await several(admin_bot, 2)
    first, stale = await listed(admin_bot), await listed(admin_bot)
    assert first.response is not None
    assert stale.response is not None
    approve = button(stale.response, ENGLISH("approvals-list-approve-button", number=1))
    await admin_bot.press(admin_bot.dana, first.response, approve)
    await admin_bot.press(admin_bot.dana, stale.response, approve)
    assert ENGLISH("approvals-approved", staff=admin_bot.dana.mention) in message_text(stale.response)
    assert [job.state for job in admin_bot.stored_jobs()] == [JobState.QUEUED, JobState.AWAITING_APPROVAL]


async def test_a_stranger_presses_nothing_in_a_list(admin_bot: AdminHarness) -> None:
    await several(admin_bot, ui.PAGE_SIZE + 1)
    result = await listed(admin_bot)
    assert result.response is not None
    for label in (ENGLISH("approvals-list-approve-button", number=1), ENGLISH("approvals-next-button")):
        answer = await admin_bot.press(admin_bot.bob, result.response, button(result.response, label))
        assert ephemeral_text(answer) == ENGLISH("approvals-staff-only")


async def test_the_list_has_pages(admin_bot: AdminHarness) -> None:
    await several(admin_bot, ui.PAGE_SIZE + 1)
    result = await listed(admin_bot)
    assert result.response is not None
    message = result.response
    assert f"movie {ui.PAGE_SIZE}" in message_text(message)
    assert f"movie {ui.PAGE_SIZE + 1}" not in message_text(message)
    await admin_bot.dana.click(message.message, label=ENGLISH("approvals-next-button"))
    assert f"movie {ui.PAGE_SIZE + 1}" in message_text(message)
    await admin_bot.dana.click(message.message, label=ENGLISH("approvals-list-approve-button", number=1))
    assert f"movie {ui.PAGE_SIZE}" in message_text(message)
    assert admin_bot.stored_jobs()[-1].state is JobState.QUEUED


@pytest.mark.parametrize("arguments", ["", ":x", ":1:2:3", ":9999999"])
async def test_a_forged_page_shows_nothing(admin_bot: AdminHarness, arguments: str) -> None:
    await several(admin_bot, 1)
    result = await listed(admin_bot)
    assert result.response is not None
    answer = await admin_bot.press(admin_bot.dana, result.response, f"m:{ui.PAGE}{arguments}")
    assert arguments == ":1:2:3" or "movie 1" not in ephemeral_text(answer)
