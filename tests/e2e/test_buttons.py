"""A movie's buttons until it is done. Clicks may be stale, malformed or forged."""

from __future__ import annotations

import pytest

from bot.domain.job import JobState
from bot.domain.preferences import DeliveryTarget
from bot.ui import button_responses, errors
from bot.ui.job_buttons import STUDIO
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH, card_title, shows_job
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import about_movie, actions, button, custom_ids, ephemeral_text, labels
from tests.helpers.steps import completed_movie, finish, rendering, stored_url

NOTHING = BudgetTotals(used=0, held=0)
WAITING = [ENGLISH(each) for each in ("buttons-cancel-button", "buttons-follow-button", "buttons-direct-button")]
ACTIONS = ("cancel", "follow", "target", "remix", "continue", "retry", "refresh", "receipt", "delete", "delete-confirm")


async def test_a_movie_in_the_queue_can_be_cancelled(bot: BotHarness) -> None:
    """By its member alone, also after a restart, and once; the hold is released, and the card has a retry button."""
    await bot.movie(duration=20)
    [card] = bot.messages()
    assert labels(card) == WAITING
    cancel = button(card, ENGLISH("buttons-cancel-button"))
    refused = ephemeral_text(await bot.press(bot.bob, card, cancel))
    assert refused == button_responses.not_owner(ENGLISH, bot.stored_job())
    assert "/movie" in refused
    assert bot.member() == BudgetTotals(used=0, held=200)
    await bot.restart()
    text = about_movie(await bot.press(bot.alice, card, cancel))
    assert text == button_responses.cancelled(ENGLISH, bot.stored_job())
    again = about_movie(await bot.press(bot.alice, card, cancel))
    assert again == button_responses.not_cancelled(ENGLISH, bot.stored_job())
    assert bot.member() == NOTHING
    [card] = bot.messages()
    assert card.embeds[0].title == card_title(JobState.CANCELLED)
    assert shows_job(card, bot.stored_job())
    assert actions(card) == ["retry"]
    await finish(bot)
    assert bot.ordered() == 0


async def test_a_movie_that_is_being_made_is_not_cancelled_and_it_is_said_why(bot: BotHarness) -> None:
    """Only a stale view of the card still has the button."""
    await bot.movie(duration=20)
    cancel = button(bot.messages()[0], ENGLISH("buttons-cancel-button"))
    await bot.run_until_idle()
    assert labels(bot.messages()[0]) == WAITING[1:]
    text = about_movie(await bot.press(bot.alice, bot.messages()[0], cancel))
    assert text == button_responses.not_cancelled(ENGLISH, bot.stored_job())
    assert bot.stored_job().state is JobState.RENDERING
    assert bot.member() == BudgetTotals(used=0, held=200)
    await finish(bot)
    text = about_movie(await bot.press(bot.alice, bot.messages()[0], cancel))
    assert text == button_responses.not_cancelled(ENGLISH, bot.stored_job())
    assert bot.stored_job().state is JobState.COMPLETED
    assert bot.member() == BudgetTotals(used=200, held=0)


async def test_its_member_can_have_it_sent_directly(bot: BotHarness) -> None:
    card = await rendering(bot)
    text = about_movie(await bot.alice.click(card, label=ENGLISH("buttons-direct-button")))
    assert text == button_responses.target_changed(ENGLISH, DeliveryTarget.DIRECT_MESSAGE)
    assert custom_ids(bot.messages()[0])["target"].endswith(DeliveryTarget.CHANNEL)
    await finish(bot)
    assert len(bot.messages()) == 1
    [movie] = bot.direct_messages(bot.alice)
    assert stored_url(bot) in movie.content
    job = bot.stored_job()
    assert actions(movie) == [STUDIO.format(request_id=job.request_id), "refresh", "delete"]


async def test_its_member_can_change_their_mind(bot: BotHarness) -> None:
    """A double click doesn't undo the choice, and others don't choose. The button works after a restart."""
    card = await rendering(bot)
    direct = button(card, ENGLISH("buttons-direct-button"))
    for _ in range(2):
        text = about_movie(await bot.press(bot.alice, card, direct))
        assert text == button_responses.target_changed(ENGLISH, DeliveryTarget.DIRECT_MESSAGE)
        refused = ephemeral_text(await bot.press(bot.bob, card, direct))
        assert refused == button_responses.not_owner(ENGLISH, bot.stored_job())
    assert bot.job()["delivery_target"] == "direct"
    await bot.restart()
    back = await bot.alice.click(bot.messages()[0], label=ENGLISH("buttons-post-here-button"))
    assert about_movie(back) == button_responses.target_changed(ENGLISH, DeliveryTarget.CHANNEL)
    assert labels(bot.messages()[0]) == WAITING[1:]
    await finish(bot)
    [movie] = bot.messages()
    assert bot.alice.mention in movie.content
    assert bot.direct_messages(bot.alice) == []


async def test_where_a_finished_movie_went_cannot_be_chosen_any_more(bot: BotHarness) -> None:
    card = await rendering(bot)
    toggle = button(card, ENGLISH("buttons-direct-button"))
    await finish(bot)
    assert "/movies" in ephemeral_text(await bot.press(bot.alice, bot.messages()[0], toggle))
    assert bot.job()["delivery_target"] == "channel"


async def test_a_press_with_odd_arguments_is_answered_kindly(bot: BotHarness, caplog: pytest.LogCaptureFixture) -> None:
    """An older version's button, or a forgery, leaves no traceback."""
    await bot.movie(duration=20)
    [card] = bot.messages()
    without = [
        f"m:{action}{end}" for action in (*ACTIONS, "unfollow", "quote-accept", "quote-edit") for end in ("", ":")
    ]
    odd = ("m:cancel:\x00", "m:quote-accept:é", "m:order:x", "m:cancel:'; DROP TABLE jobs", "m:nothing:1", "m::")
    for custom_id in (*without, *odd, "m:quote-accept:1:2:3"):
        caplog.clear()
        text = ephemeral_text(await bot.press(bot.alice, card, custom_id))
        assert text == errors.outdated_command(ENGLISH), custom_id
        assert [record for record in caplog.records if record.exc_info] == [], custom_id
        assert "component_unknown" in caplog.messages, custom_id
    assert bot.member() == BudgetTotals(used=0, held=200)


async def test_neither_an_unknown_movie_nor_another_servers_is_told_of(bot: BotHarness) -> None:
    """A forged click shows neither prompt, link nor member."""
    await completed_movie(bot, prompt="a secret")
    elsewhere = bot.env.create_guild("Elsewhere")
    bot.channel = elsewhere.create_text_channel("room")
    carol = elsewhere.add_member(bot.env.create_user("carol"))
    stranger = await carol.send(bot.channel, "hello")
    for job_id in (bot.job()["id"], "0abc123defghj"):
        for action in ACTIONS:
            result = await bot.press(carol, stranger, f"m:{action}:{job_id}")
            assert result.modal is None, action
            assert ephemeral_text(result) == button_responses.not_found(ENGLISH), action


async def test_a_press_while_the_process_ends_asks_to_press_again(bot: BotHarness) -> None:
    await bot.movie(duration=20)
    bot.app.client.shutting_down = True
    pressed = await bot.alice.click(bot.messages()[0], label=ENGLISH("buttons-cancel-button"))
    assert ephemeral_text(pressed) == errors.restarting(ENGLISH)
    assert bot.member() == BudgetTotals(used=0, held=200)


async def test_a_press_that_discord_gave_up_waiting_for_leaves_no_traceback(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """The answer comes too late (10062), and is only logged."""
    movie = await completed_movie(bot)
    for label in (ENGLISH("buttons-remix-button"), ENGLISH("buttons-new-link-button")):
        bot.fail_answers(404, 10062)
        await bot.alice.click(movie, label=label)
    assert [record for record in caplog.records if record.exc_info] == []
    assert caplog.messages.count("response_failed") == 2
