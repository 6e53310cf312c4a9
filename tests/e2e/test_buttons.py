"""A movie's buttons until it is done. Clicks may be stale, malformed or forged."""

from __future__ import annotations

import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.delivery import NotificationType
from bot.domain.discord_limits import MAX_CUSTOM_ID_LENGTH
from bot.domain.job import JobState
from bot.domain.movie_list import MovieFilter, PageDirection
from bot.domain.preferences import DeliveryTarget, PreferenceField
from bot.ui import button_responses, errors
from cogs.component_router import ComponentRouter
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH, card_title, shows_job
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import about_movie, actions, button, ephemeral_text, labels
from tests.helpers.steps import rendering

NOTHING = BudgetTotals(used=0, held=0)
WAITING = [ENGLISH(each) for each in ("buttons-cancel-button", "buttons-follow-button", "buttons-direct-button")]
ACTIONS = ("cancel", "follow", "target", "remix", "continue", "retry", "refresh", "receipt", "delete", "delete-confirm")


async def test_a_movie_in_the_queue_can_be_cancelled(bot: BotHarness) -> None:
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
    await bot.finish()
    assert bot.ordered() == 0


async def test_a_movie_that_is_being_made_is_not_cancelled_and_it_is_said_why(bot: BotHarness) -> None:
    await bot.movie(duration=20)
    cancel = button(bot.messages()[0], ENGLISH("buttons-cancel-button"))
    await bot.run_until_idle()
    assert labels(bot.messages()[0]) == WAITING[1:]
    text = about_movie(await bot.press(bot.alice, bot.messages()[0], cancel))
    assert text == button_responses.not_cancelled(ENGLISH, bot.stored_job())
    assert bot.stored_job().state is JobState.RENDERING
    assert bot.member() == BudgetTotals(used=0, held=200)
    await bot.finish()
    text = about_movie(await bot.press(bot.alice, bot.messages()[0], cancel))
    assert text == button_responses.not_cancelled(ENGLISH, bot.stored_job())
    assert bot.stored_job().state is JobState.COMPLETED
    assert bot.member() == BudgetTotals(used=200, held=0)


async def test_its_member_can_change_their_mind(bot: BotHarness) -> None:
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
    await bot.finish()
    [movie] = bot.messages()
    assert bot.alice.mention in movie.content
    assert bot.direct_messages(bot.alice) == []


async def test_a_press_with_odd_arguments_is_answered_kindly(bot: BotHarness, caplog: pytest.LogCaptureFixture) -> None:
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


async def test_a_press_while_the_process_ends_asks_to_press_again(bot: BotHarness) -> None:
    await bot.movie(duration=20)
    bot.app.client.shutting_down = True
    pressed = await bot.alice.click(bot.messages()[0], label=ENGLISH("buttons-cancel-button"))
    assert ephemeral_text(pressed) == errors.restarting(ENGLISH)
    assert bot.member() == BudgetTotals(used=0, held=200)


# ── any custom_id with odd arguments gets an error message, no traceback ─────────────────────────────────────────────


NUMBERS = (
    *("-1", "0", "1", "2", "999999", "1000000", "4000000000"),
    *(str(2**63 + near) for near in (-2, -1, 0, 1)),
    *(str(2**64 + near) for near in (-1, 0)),
    *("9" * 30, "1e3", "1.0", "+1", " 1", "1_000", "0x1", "NaN", "-0", "--1", "\u0661", "\uff11", "\u00b2", "1\n"),
)
"""Pages, and ids of members: negative, beyond 64 bits, digits that Python takes for digits and no client writes."""

WORDS = tuple(
    str(each.value) for kind in (MovieFilter, PageDirection, DeliveryTarget, PreferenceField, NotificationType)
    for each in kind
)  # fmt: skip

FORGED = (
    "",
    "0abc123defghj",
    "0ABC123DEFGHJ",
    "x" * 13,
    "\u0661" * 13,
    "é",
    "'; --",
    "\x00",
    "\ud800",
    "{alice}",
    "{job}",
)

ARGUMENTS = st.one_of(
    st.lists(st.sampled_from([*NUMBERS, *WORDS, *FORGED]) | st.text(max_size=20), max_size=5),
    st.tuples(st.sampled_from([*NUMBERS, "{alice}", "{job}"]), st.sampled_from(NUMBERS)),
)


def every_action(admin_bot: AdminHarness) -> list[str]:
    router = admin_bot.app.client.get_cog("ComponentRouter")
    assert isinstance(router, ComponentRouter)
    return sorted(router._handlers)


def failures(records: list[logging.LogRecord]) -> list[str]:
    return [str(record.exc_info) for record in records if record.exc_info]


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=50)
async def test_no_custom_id_makes_a_traceback(
    admin_bot: AdminHarness, caplog: pytest.LogCaptureFixture, data: st.DataObject
) -> None:
    """A manager clicks, so that no permission check hides errors."""
    caplog.clear()
    if not admin_bot.messages():
        await admin_bot.movie(duration=2)
    [card, *_] = admin_bot.messages()
    action = data.draw(st.sampled_from([*every_action(admin_bot), "nothing", ""]))
    footer = card.embeds[0].footer.text if card.embeds else None  # none once an erasure has blanked it
    known = {"{alice}": str(admin_bot.alice.id), "{job}": footer or ""}
    parts = [known.get(each, each) for each in data.draw(ARGUMENTS)]
    custom_id = ":".join(("m", action, *parts))[:MAX_CUSTOM_ID_LENGTH]
    value = data.draw(st.sampled_from([*NUMBERS, *WORDS, *FORGED]))
    if data.draw(st.booleans()):
        result = await admin_bot.press(admin_bot.dana, card, custom_id, [value] if data.draw(st.booleans()) else ())
    else:
        result = await admin_bot.submit(admin_bot.dana, custom_id, {"prompt": value, "duration": value}, card)
    assert failures(caplog.records) == []
    assert "component_failed" not in caplog.messages
    if custom_id != "m:":  # not one of this bot's: it is left to whoever answers it
        assert result.response is not None or result.modal is not None
