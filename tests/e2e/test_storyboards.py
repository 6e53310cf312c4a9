"""A movie whose storyboard its member sees before the video is paid: of 600 credits, 100 are for the storyboard."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from pathlib import Path

import discord
import pytest
from simcord.results import InteractionResult

from bot.domain.approvals import ApprovalScope
from bot.domain.jobs import EndReason, JobState, Step
from bot.domain.quota import AuditContext
from bot.domain.server_setup import SECTIONS, AgeRule
from bot.domain.setting_kinds import SettingValue, SetupPage
from bot.samsar.config import ApiVersion
from bot.ui import help as help_messages
from bot.ui import staff_subjects
from bot.ui.components import custom_id, walk
from data import approvals, preferences
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.age_restricted import AgeRestricted
from tests.helpers.awaiting import Pending, configure, newest
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH, refusal
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quote_message import quoted
from tests.helpers.reading import Seen, actions, answered, ephemeral_text, labels, message_text, title_of
from tests.helpers.silencing import silence
from tests.helpers.steps import behind_more

HOUR = 3600.0
ASKED = {"duration": 10, "video_model": "RUNWAYML"}
MENTIONED = {
    *("/movie", "/pitch", "price", "quote-price", "movie, retry", "of preferences", "setup first"),
    *("setup-section approval", "setup-page approval", "preferences-page extras"),
}
"""Where storyboards, music or voices are offered before they are ordered. See `everything`."""

READY = "🖼️ The storyboard is ready"
STILLS = ["scene-1.jpg", "scene-2.jpg"]


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[AdminHarness]:
    """A bot that trusts the fake API's stills."""
    async with open_admin_harness(tmp_path, version=ApiVersion.AUTUMN_2026) as opened:
        await opened.restart(trusted_movie_origins=opened.upstream.origin)
        yield opened


async def minutes(bot: BotHarness, count: int) -> None:
    """Let the worker work, with a poll in each minute."""
    for _ in range(count):
        await bot.run_until_idle(60)


async def drawn(bot: BotHarness, **options: object) -> discord.Message:
    """Order a storyboard, and return the card once it waits."""
    await bot.movie(**{**ASKED, "storyboard": True, **options})
    await minutes(bot, 3)
    assert bot.stored_job().step is Step.STORYBOARD
    return bot.messages()[0]


def files(message: discord.Message) -> list[str]:
    return [each.filename for each in message.attachments]


async def test_its_member_sees_the_stills_and_has_it_rendered(bot: BotHarness) -> None:
    card = await drawn(bot)
    assert (title_of(card), labels(card)) == (READY, ["Render (500)", "Stop (refunds 500)", "⋯"])
    assert (files(card), bot.member()) == (STILLS, BudgetTotals(used=0, held=600))

    refused = await bot.act(bot.bob, card, "render")
    assert "alice" in ephemeral_text(refused)
    answer = await bot.act(bot.alice, card, "render")
    assert ephemeral_text(answer) == "On it! I'm rendering it for 500 more credits."
    assert ephemeral_text(await bot.act(bot.alice, card, "stop")) == refusal("storyboards-rendering")
    await bot.restart()
    await minutes(bot, 1)
    assert files(bot.messages()[0]) == STILLS[-1:]
    await bot.finish()

    assert (bot.stored_job().state, bot.member()) == (JobState.COMPLETED, BudgetTotals(used=600, held=0))


async def test_stopped_it_costs_what_was_drawn(bot: BotHarness) -> None:
    card = await drawn(bot)
    assert "500 credits are refunded" in ephemeral_text(await bot.act(bot.alice, card, "stop"))
    assert ephemeral_text(await bot.act(bot.alice, card, "render")) == refusal("storyboards-stopped")
    await bot.restart()
    await minutes(bot, 4)

    job = bot.stored_job()
    assert (job.state, job.end_reason, job.spent, job.refunded) == (JobState.CANCELLED, EndReason.STOPPED, 100, 500)
    assert bot.member() == BudgetTotals(used=100, held=0)


async def test_one_that_nobody_decides_about_is_stopped_after_a_reminder(bot: BotHarness) -> None:
    await drawn(bot)
    told = []
    for _ in range(49):
        await bot.run_until_idle(HOUR)
        told.append(sum("is still waiting for your decision" in message_text(each) for each in bot.messages()))
    await minutes(bot, 4)
    assert (told.index(1), told[-1]) == (36 - 1, 1)
    job = bot.stored_job()
    assert (job.state, job.end_reason, job.spent) == (JobState.CANCELLED, EndReason.UNDECIDED, 100)


async def test_whose_movies_come_by_dm_sees_it_behind_more(bot: BotHarness) -> None:
    await bot.movie(**ASKED, storyboard=True)
    await bot.act(bot.alice, bot.messages()[0], "target", "direct")
    await minutes(bot, 3)
    card = bot.messages()[0]
    assert (title_of(card), files(card)) == (READY, [])
    assert ["Your storyboard is ready" in message_text(each) for each in bot.direct_messages(bot.alice)] == [True]

    assert "alice" in ephemeral_text(await bot.act(bot.bob, card, "storyboard"))
    shown = await bot.act(bot.alice, card, "storyboard")
    assert shown.response is not None
    assert (shown.ephemeral, files(shown.response.message)) == (True, STILLS)
    assert "You can render it for **500** more credits" in message_text(shown.response.message)
    await bot.press(bot.alice, shown.response.message, f"m:stop:{bot.job()['id']}")
    assert bot.stored_job().cancel_requested_at is not None


@pytest.mark.parametrize("chosen", [True, False])
async def test_the_second_form_and_the_preference_decide_whether_it_comes_first(bot: BotHarness, chosen: bool) -> None:
    await bot.restart(confirm_above_credits=300)
    await bot.app.database.write(preferences.change, bot.alice.id, storyboard=not chosen)
    card = await quoted(bot, **ASKED)
    assert ("Storyboard first: **100** to draw it, **500** more" in card.text) is not chosen
    await bot.alice.submit_modal(await card.click("quote-more"), {"storyboard": chosen})
    await card.change(prompt="a kite", seconds="10", video_model=["RUNWAYML"])  # this form has no room for it
    await card.click()

    job = bot.stored_job()
    assert (job.request.prompt, job.step) == ("a kite", Step.DRAWING if chosen else None)


async def test_in_a_server_where_stills_are_not_for_everyone_they_are_hidden(bot: AdminHarness) -> None:
    await configure(bot, age=AgeRule.SPOILER)
    assert files(await drawn(bot)) == [f"SPOILER_{name}" for name in STILLS]


async def in_review(bot: AdminHarness, **values: SettingValue) -> Pending:
    """Order a storyboard that staff see first, and return what they see."""
    await configure(bot, approval=ApprovalScope.STORYBOARDS, staff_channel=bot.lines.id, **values)
    await bot.movie(**ASKED)
    await minutes(bot, 3)
    assert bot.stored_job().step is Step.REVIEW
    assert files(bot.messages()[0]) == []
    return await newest(bot)


async def test_staff_see_it_first_and_read_what_became_of_it(bot: AdminHarness) -> None:
    pending = await in_review(bot)
    assert (files(pending.message), len(labels(pending.message))) == (STILLS, 3)
    more = answered(await pending.press(staff_subjects.MORE))
    assert staff_subjects.BLOCK in actions(more)
    await pending.press()
    assert ("Approved" in message_text(pending.message), files(pending.message)) == (True, [])
    await minutes(bot, 1)
    assert (title_of(bot.messages()[0]), files(bot.messages()[0])) == (READY, STILLS)


async def test_of_many_scenes_ten_are_shown_also_when_their_links_have_ended(bot: AdminHarness) -> None:
    card = await drawn(bot, duration=55, video_model="COSMOS3SUPERI2V")
    assert len(files(card)) == 10
    await bot.app.database.write(lambda tx: tx.execute("UPDATE stills SET url = 'http://127.0.0.1:9/ended'"))
    shown = await bot.act(bot.alice, card, "storyboard")
    assert len(files(answered(shown).message)) == 10


async def test_a_time_out_leaves_a_look_at_a_storyboard_and_its_stop(bot: AdminHarness) -> None:
    card = await drawn(bot)
    silence(bot, bot.alice, "time-out")
    await bot.act(bot.alice, card, "render")
    shown = await bot.act(bot.alice, card, "storyboard")
    assert files(answered(shown).message) == STILLS
    await bot.act(bot.alice, card, "stop")
    assert bot.stored_job().stop_reason is EndReason.STOPPED


async def test_an_old_button_of_a_version_that_had_storyboards_does_nothing(tmp_path: Path) -> None:
    async with open_admin_harness(tmp_path, version=ApiVersion.MARCH_2025) as bot:
        await bot.app.database.write(preferences.change, bot.alice.id, storyboard=True)
        await bot.restart(confirm_above_credits=50)
        quote = await quoted(bot)
        outdated = ENGLISH("errors-outdated")
        assert ephemeral_text(await quote.press("quote-more")) == outdated
        await quote.press()
        card = bot.messages()[0]
        assert ephemeral_text(await bot.press(bot.alice, card, "m:preferences-storyboard:no")) == outdated
        assert (bot.stored_job().has_steps, "toryboard" in message_text(card)) == (False, False)


async def test_stills_for_adults_are_shown_to_staff_in_an_age_restricted_channel_only(
    bot: AdminHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    flags = AgeRestricted(monkeypatch)
    await flags.set(bot, bot.channel)
    pending = await in_review(bot, age=AgeRule.RESTRICTED)
    assert (files(pending.message), len(labels(pending.message))) == ([], 3)
    await pending.decline()
    await minutes(bot, 4)
    await flags.set(bot, bot.lines)
    await bot.movie(**ASKED)
    await minutes(bot, 3)
    assert files((await newest(bot)).message) == STILLS


def words(shown: InteractionResult | Seen) -> str:
    """Return all that somebody is shown: texts, buttons, selects and forms."""
    if isinstance(shown, InteractionResult):
        shown = shown.modal or answered(shown)
    message = getattr(shown, "message", shown)
    return str([each.to_dict() for each in walk(message.components)] if isinstance(message, discord.Message) else shown)


async def everything(bot: AdminHarness) -> dict[str, str]:
    """Return what members and managers are shown from an order to its movie, in /setup and about themselves."""
    tree = bot.app.client.tree
    found = {f"/{each.name}": str(each.to_dict(tree)) for each in tree.get_commands()}
    quote = await quoted(bot, duration=31)
    found["price"] = words(quote.message)
    for action in ("quote-edit", "quote-ideas", "quote-price", "quote-accept"):
        found[action] = words(await quote.click(action))
    found["card"] = words(bot.messages()[0])
    found["card, more"] = words(await behind_more(bot.alice, bot.messages()[0], "cancel"))
    await bot.finish()
    movie = bot.messages()[-1]
    found["movie"] = words(movie)
    for action in ("remix", "continue", "retry", "receipt", "more"):
        found[f"movie, {action}"] = words(await bot.act(bot.alice, movie, action))
    pitched = await bot.bob.slash(bot.channel, "pitch", prompt="a kite", duration=31)
    found["pitch"] = words(pitched)
    for command in ("movies", "credits", "preferences", "privacy", "help", "top", "pitches"):
        found[f"of {command}"] = words(await bot.alice.slash(bot.channel, command))
    for action in (("preferences-page", "extras"), (help_messages.ALL,), (help_messages.MAKE,)):
        found[" ".join(action)] = words(await bot.press(bot.alice, movie, custom_id(*action)))
    panel = answered(await bot.dana.slash(bot.channel, "setup panel"))
    found["setup first"] = words(await bot.press(bot.dana, panel, custom_id("setup-first-form")))
    pages = [("setup-page", each) for each in SetupPage if each is not SetupPage.RULES]
    for action in (*(("setup-section", each) for each in SECTIONS), *pages, ("setup-rules",)):
        found[" ".join(action)] = words(await bot.press(bot.dana, panel, custom_id(*action)))
    return found


@pytest.mark.parametrize(
    ("version", "mentioned"),
    [
        (ApiVersion.MARCH_2025, set[str]()),
        (ApiVersion.AUTUMN_2026, MENTIONED),
    ],
)
async def test_only_where_the_api_has_them_anything_speaks_of_storyboards_or_sound(
    tmp_path: Path, version: ApiVersion, mentioned: set[str]
) -> None:
    async with open_admin_harness(tmp_path, version=version, confirm_above_credits=300) as bot:
        found = await everything(bot)
        unspoken = {where for where, said in found.items() if version is ApiVersion.MARCH_2025 and "picture" in said}
    assert unspoken == set(), "nor of pictures"
    speaks = re.compile("storyboard|quote-more|music|voice", re.IGNORECASE)
    assert {where for where, said in found.items() if speaks.search(said)} == mentioned


async def test_where_discord_refuses_the_stills_the_buttons_are_shown_without_them(bot: AdminHarness) -> None:
    """The bot may need no permission to attach files, and the API's words may be what a server's AutoMod blocks."""
    refusals = {"status": 403, "code": 50013, "times": 1}
    await configure(bot, approval=ApprovalScope.STORYBOARDS, staff_channel=bot.lines.id)
    await minutes(bot, 1)  # which says so there
    bot.env.inject_error("POST", f"/channels/{bot.lines.id}/messages", **refusals)
    pending = await in_review(bot)
    assert (files(pending.message), len(labels(pending.message))) == ([], 3)
    bot.env.inject_error("PATCH", f"/channels/{bot.channel.id}/messages/*", **refusals)
    by = AuditContext(bot.dana.id, bot.guild.id)
    await bot.app.database.write(approvals.approve, bot.stored_job().id, by=by, manages=True)
    await minutes(bot, 1)
    [card] = [each for each in bot.messages() if title_of(each) == READY]
    assert (files(card), labels(card)[0]) == ([], "Render (500)")
