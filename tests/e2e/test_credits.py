"""/credits: a member's balance and history, shown to them alone."""

from __future__ import annotations

import csv
import io
import re

import pytest
from simcord import interactions
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.job import JobState
from bot.domain.language import Language
from bot.domain.quota import Allowance, AllowanceSource
from bot.locales.texts import texts_in
from bot.sandbox.spoken_languages import SpokenLanguages
from bot.ui import credits, errors
from bot.ui.amounts import format_credits, format_monthly_credits
from bot.ui.state_labels import state_label
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import (
    ENGLISH,
    LUMA_LABEL,
    blocked,
    insufficient_credits,
    is_credits_rejection,
)
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import ephemeral_text, labels, message_text, response_text

DAY = 24 * 3600
DECEMBER = 1796083200
"""The first of December 2026, in seconds."""


ALLOWANCE, USED = ENGLISH("credits-allowance-field"), ENGLISH("credits-used-field")
ON_HOLD, BONUS = ENGLISH("credits-on-hold-field"), ENGLISH("credits-bonus-field")
SHARED, RECEIPTS = ENGLISH("credits-shared-field"), ENGLISH("credits-receipts-field")
NEWER, OLDER = ENGLISH("credits-newer-button"), ENGLISH("credits-older-button")
EXPORT = ENGLISH("credits-export-button")


def the_field(message: ResponseMessage | None, name: str) -> str:
    """The text of the field whose name begins with `name`."""
    assert message is not None
    [value] = [each.value for each in message.embeds[0].fields if (each.name or "").startswith(name)]
    assert value is not None
    return value


def enabled(message: ResponseMessage | None) -> list[bool]:
    """Return which buttons can be pressed: newer, older, CSV."""
    assert message is not None
    return [not each.get("disabled", False) for row in message.components for each in row["components"]]


def page_of(message: ResponseMessage | None) -> tuple[int, ...]:
    """Return the number of the page, and how many there are."""
    assert message is not None
    return tuple(map(int, re.findall(r"\d+", message.embeds[0].fields[-1].name or "")))


def whose(result: InteractionResult) -> str:
    """Return the name in the title of an account."""
    assert result.response is not None
    title = result.response.embeds[0].title or ""
    return title.removesuffix(ENGLISH("credits-account-title", name=""))


async def make(admin_bot: AdminHarness, count: int, seconds: int = 1) -> None:
    """Alice makes movies, one after the other, a second apart."""
    for number in range(count):
        await admin_bot.movie(prompt=f"movie {number + 1}", duration=seconds)
        await admin_bot.clock.advance(1)
    await admin_bot.finish()


def sheet_of(admin_bot: AdminHarness, result: InteractionResult) -> list[dict[str, str]]:
    """The CSV that was sent."""
    assert result.response is not None
    [attachment] = result.response.attachments
    assert attachment.filename.endswith(".csv")
    sheet = admin_bot.env.backend.cdn.get(attachment.url)
    assert sheet is not None
    return list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"), newline="")))


# ── the account ──────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_member_sees_what_they_have(admin_bot: AdminHarness) -> None:
    """The account has allowance, used, held and left credits, and the reset."""
    await admin_bot.quota("grant", member=admin_bot.alice, credits=50, reason="a prize")
    await make(admin_bot, 1, seconds=20)
    await admin_bot.movie(duration=10)
    result = await admin_bot.alice.slash(admin_bot.channel, "credits")
    text = ephemeral_text(result)
    for words in ("alice", format_credits(ENGLISH, 350), "50%", f"<t:{DECEMBER}:R>", f"<t:{DECEMBER}:D>"):
        assert words in text
    allowance, source = the_field(result.response, ALLOWANCE).splitlines()
    assert allowance.startswith(format_credits(ENGLISH, 600))
    assert source == credits.allowance_source(ENGLISH, Allowance(600, AllowanceSource.BOT_DEFAULT))
    assert the_field(result.response, USED).startswith(format_credits(ENGLISH, 200))
    assert the_field(result.response, ON_HOLD) == format_credits(ENGLISH, 100)
    assert the_field(result.response, BONUS).startswith(format_credits(ENGLISH, 50))
    assert the_field(result.response, RECEIPTS).count("\n-# ") == 2


async def test_what_all_share_is_shown_where_it_is_less(admin_bot: AdminHarness) -> None:
    """An allowance that the server's share can't pay is no promise."""
    await admin_bot.quota("server", credits=120)
    result = await admin_bot.alice.slash(admin_bot.channel, "credits")
    assert the_field(result.response, SHARED).startswith(format_credits(ENGLISH, 120))


async def test_a_new_member_sees_an_account_without_movies(admin_bot: AdminHarness) -> None:
    """All its buttons are disabled."""
    result = await admin_bot.bob.slash(admin_bot.channel, "credits")
    assert "-# " not in the_field(result.response, RECEIPTS)
    assert enabled(result.response) == [False, False, False]


async def test_every_outcome_is_on_its_receipt(admin_bot: AdminHarness) -> None:
    """A receipt has state, day, price, duration, model and prompt."""
    admin_bot.upstream.fail_renders(lambda prompt: prompt == "a storm")
    for prompt in ("a cat", "a storm"):
        await admin_bot.movie(prompt=prompt, duration=3)
        await admin_bot.finish()
    await admin_bot.movie(prompt="a dog", duration=2, video_model="VEOI2V")
    receipts = the_field((await admin_bot.alice.slash(admin_bot.channel, "credits")).response, RECEIPTS).splitlines()
    assert [line.split(" ", 1)[1].partition(" · [")[0] for line in receipts[::2]] == [
        f"{state_label(ENGLISH, JobState.QUEUED)} · **120** · 2 s Google Veo",
        f"{state_label(ENGLISH, JobState.FAILED)} · **30** · 3 s {LUMA_LABEL}",
        f"{state_label(ENGLISH, JobState.COMPLETED)} · **30** · 3 s {LUMA_LABEL}",
    ]
    assert receipts[1::2] == ["-# a dog", "-# a storm", "-# a cat"]


async def test_an_account_is_in_the_language_of_who_reads_it(admin_bot: AdminHarness) -> None:
    """Neither the server's language nor the account owner's counts."""
    languages, german = SpokenLanguages(admin_bot.env), texts_in(Language.GERMAN)
    languages.server = Language.JAPANESE
    languages.members = {admin_bot.alice.id: Language.FRENCH, admin_bot.dana.id: Language.GERMAN}
    await make(admin_bot, 6)
    result = await admin_bot.dana.slash(admin_bot.channel, "credits", member=admin_bot.alice)
    account = result.response
    assert account is not None
    assert account.embeds[0].title == german("credits-account-title", name="alice")
    assert labels(account) == [
        german("credits-newer-button"),
        german("credits-older-button"),
        german("credits-export-button"),
    ]
    await admin_bot.dana.click(account, label=german("credits-older-button"))
    assert page_of(account) == (2, 2)
    sheet = await admin_bot.dana.click(account, label=german("credits-export-button"))
    assert ephemeral_text(sheet) == credits.export_ready(german, 6, 6)
    refused = await admin_bot.alice.slash(admin_bot.channel, "credits", member=admin_bot.bob)
    assert ephemeral_text(refused) == credits.not_authorized(texts_in(Language.FRENCH))


# ── pages and sheets ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_receipts_come_in_pages(admin_bot: AdminHarness) -> None:
    """Each page has five receipts, the newest first.

    *Older* and *Newer* turn the page in place, and are disabled at the ends.
    """
    await make(admin_bot, 12)
    account = (await admin_bot.alice.slash(admin_bot.channel, "credits")).response
    assert account is not None
    seen: list[list[str]] = []
    for label, can in ((OLDER, (False, True)), (OLDER, (True, True)), ("", (True, False))):
        assert page_of(account) == (len(seen) + 1, 3)
        assert enabled(account) == [*can, True]
        seen.append([line.removeprefix("-# ") for line in the_field(account, RECEIPTS).splitlines()[1::2]])
        if label:
            await admin_bot.alice.click(account, label=label)
    movies = [f"movie {number}" for number in range(12, 0, -1)]
    assert seen == [movies[:5], movies[5:10], movies[10:]]
    await admin_bot.alice.click(account, label=NEWER)
    assert page_of(account) == (2, 3)
    sheet = sheet_of(admin_bot, await admin_bot.alice.click(account, label=EXPORT))
    assert [row["prompt"] for row in sheet] == movies


async def test_a_button_sends_the_same_as_a_sheet(admin_bot: AdminHarness) -> None:
    """The CSV has all movies.

    Bonus credits that were spent have their own column.
    """
    await admin_bot.quota("member", member=admin_bot.alice, credits=15)
    await admin_bot.quota("grant", member=admin_bot.alice, credits=50, reason="a prize")
    await make(admin_bot, 6)
    account = (await admin_bot.alice.slash(admin_bot.channel, "credits")).response
    assert account is not None
    result = await admin_bot.alice.click(account, label=EXPORT)
    assert ephemeral_text(result) == credits.export_ready(ENGLISH, 6, 6)
    table = sheet_of(admin_bot, result)
    assert [row["prompt"] for row in table] == [f"movie {number}" for number in range(6, 0, -1)]
    assert [row["bonus_credits"] for row in table] == ["10", "10", "10", "10", "5", "0"]
    assert {row["member_id"] for row in table} == {str(admin_bot.alice.id)}


async def test_the_last_three_grants_and_changes_are_listed_with_their_reasons(admin_bot: AdminHarness) -> None:
    """The list begins with the newest."""
    for credits_granted, reason in ((10, "hello"), (50, "a prize"), (7, "a tip")):
        await admin_bot.quota("grant", member=admin_bot.alice, credits=credits_granted, reason=reason)
    await admin_bot.quota("take", member=admin_bot.alice, credits=20, reason="a slip")
    account = (await admin_bot.alice.slash(admin_bot.channel, "credits")).response
    lines = the_field(account, ENGLISH("credits-adjustments-field")).splitlines()
    for line, reason in zip(lines, ("a slip", "a tip", "a prize"), strict=True):
        assert reason in line


async def test_buttons_work_after_a_restart(admin_bot: AdminHarness) -> None:
    """Their custom_ids say what they do."""
    await make(admin_bot, 6)
    account = (await admin_bot.alice.slash(admin_bot.channel, "credits")).response
    assert account is not None
    await admin_bot.restart()
    await admin_bot.alice.click(account, label=OLDER)
    assert page_of(account) == (2, 2)


@pytest.mark.parametrize("action", ["credits:{alice}:1", "credits-csv:{alice}"])
async def test_someone_elses_buttons_do_nothing(admin_bot: AdminHarness, action: str) -> None:
    """A forged press shows Bob nothing, and Alice's page stays."""
    await make(admin_bot, 6)
    account = (await admin_bot.alice.slash(admin_bot.channel, "credits")).response
    assert account is not None
    before = message_text(account)
    result = await admin_bot.press(admin_bot.bob, account.id, f"m:{action.format(alice=admin_bot.alice.id)}")
    text = ephemeral_text(result)
    assert text == credits.not_authorized(ENGLISH)
    assert result.response is not None
    assert result.response.attachments == []
    assert message_text(account) == before


@pytest.mark.parametrize(
    "action",
    [
        "credits",
        "credits:x:0",
        "credits:1:-1",
        "credits:9999999999999999999:0",
        "credits:{alice}:8000000000000000000",
        "credits-csv:",
    ],
)
async def test_a_forged_button_gets_an_error_message(admin_bot: AdminHarness, action: str) -> None:
    """Anyone can forge a custom_id."""
    account = (await admin_bot.alice.slash(admin_bot.channel, "credits")).response
    assert account is not None
    result = await admin_bot.press(admin_bot.alice, account.id, f"m:{action.format(alice=admin_bot.alice.id)}")
    assert ephemeral_text(result) == errors.outdated_command(ENGLISH)


# ── someone else's account ───────────────────────────────────────────────────────────────────────────────────────


async def test_one_who_may_manage_the_server_sees_anyones_account(admin_bot: AdminHarness) -> None:
    """Pages and CSV work, also for a member who left."""
    await make(admin_bot, 6)
    result = await admin_bot.dana.slash(admin_bot.channel, "credits", member=admin_bot.alice)
    assert result.ephemeral
    assert whose(result) == "alice"
    assert result.response is not None
    await admin_bot.dana.click(result.response, label=OLDER)
    assert page_of(result.response) == (2, 2)
    assert whose(result) == "alice"
    admin_bot.guild.remove_member(admin_bot.alice)
    gone = await admin_bot.dana.slash(admin_bot.channel, "credits", member=admin_bot.alice.user)
    assert gone.response is not None
    await admin_bot.dana.click(gone.response, label=OLDER)
    assert page_of(gone.response) == (2, 2)
    assert whose(gone) == "alice"
    sheet = await admin_bot.dana.click(gone.response, label=EXPORT)
    assert len(sheet_of(admin_bot, sheet)) == 6


async def test_one_who_may_not_sees_only_their_own(admin_bot: AdminHarness) -> None:
    """Another member's account is refused, and naming oneself is allowed."""
    text = ephemeral_text(await admin_bot.bob.slash(admin_bot.channel, "credits", member=admin_bot.alice))
    assert text == credits.not_authorized(ENGLISH)
    own = await admin_bot.bob.slash(admin_bot.channel, "credits", member=admin_bot.bob)
    assert own.ephemeral
    assert whose(own) == "bob"


async def test_without_movies_only_the_member_reads_how_to_make_one(admin_bot: AdminHarness) -> None:
    """A manager reads about someone else, so nothing says "your"."""
    for reader, text in ((admin_bot.bob, "credits-no-receipts"), (admin_bot.dana, "credits-member-no-receipts")):
        account = await reader.slash(admin_bot.channel, "credits", member=admin_bot.bob)
        assert the_field(account.response, RECEIPTS) == ENGLISH(text)


# ── what /movie takes, and from where ────────────────────────────────────────────────────────────────────────────


async def test_a_role_brings_its_members_an_allowance(admin_bot: AdminHarness) -> None:
    """The account names the role that the allowance comes from."""
    star = admin_bot.guild.add_member(admin_bot.env.create_user("star"), roles=[admin_bot.stars])
    await admin_bot.quota("role", role=admin_bot.stars, credits=900)
    assert not (await admin_bot.movie(star, duration=90)).ephemeral
    assert insufficient_credits(10, 0, label=LUMA_LABEL) in ephemeral_text(await admin_bot.movie(star, duration=1))
    account = await star.slash(admin_bot.channel, "credits")
    assert the_field(account.response, ALLOWANCE).splitlines() == [
        format_monthly_credits(ENGLISH, 900),
        ENGLISH("credits-source-role", role=admin_bot.stars.mention),
    ]
    assert insufficient_credits(610, 600, label=LUMA_LABEL) in ephemeral_text(await admin_bot.movie(duration=61))


async def test_a_manager_sees_a_members_allowance_through_the_members_roles(admin_bot: AdminHarness) -> None:
    """The manager's own roles don't count."""
    star = admin_bot.guild.add_member(admin_bot.env.create_user("star"), roles=[admin_bot.stars])
    await admin_bot.quota("role", role=admin_bot.stars, credits=900)
    for member, allowance in ((star, "900 credits"), (admin_bot.bob, "600 credits")):
        account = await admin_bot.dana.slash(admin_bot.channel, "credits", member=member)
        assert the_field(account.response, "Allowance").startswith(allowance)


async def test_a_movie_that_fails_next_month_releases_to_the_month_it_held_from(admin_bot: AdminHarness) -> None:
    """A movie of November, partly paid with bonus credits, fails in December."""
    await admin_bot.quota("grant", member=admin_bot.alice, credits=100, reason="a prize")
    admin_bot.upstream.fail_renders(lambda prompt: prompt == "a storm")
    await admin_bot.clock.advance(20 * DAY + DAY // 2 - 30)
    await admin_bot.movie(prompt="a storm", duration=70)
    await admin_bot.run_until_idle()
    assert admin_bot.budget("member") == BudgetTotals(held=600)
    await admin_bot.finish()
    assert admin_bot.budget("member") == BudgetTotals()
    assert admin_bot.budget("extra") == BudgetTotals(granted=100)
    assert admin_bot.budget("plan") == BudgetTotals(used=700)
    assert admin_bot.budget("plan", month="2026-12") == BudgetTotals()
    text = message_text(admin_bot.messages()[-1])
    assert "700 credits" in text
    account = await admin_bot.alice.slash(admin_bot.channel, "credits")
    assert f"**{format_credits(ENGLISH, 700)}**" in response_text(account)


async def test_a_blocked_member_is_told_until_when_and_running_movies_go_on(admin_bot: AdminHarness) -> None:
    """The movie that was rendering is made.

    The next is refused, with the reason, and costs nothing.
    """
    await admin_bot.movie(duration=10)
    await admin_bot.run_until_idle()
    await admin_bot.quota("block", member=admin_bot.alice, hours=2, reason="*spam*")
    text = ephemeral_text(await admin_bot.movie(duration=10))
    until = admin_bot.clock.now() // 1000 + 7200
    assert text == blocked(until * 1000, "*spam*")
    account = await admin_bot.alice.slash(admin_bot.channel, "credits")
    assert ENGLISH("credits-blocked-until", time=f"<t:{until}:f>") in response_text(account)
    await admin_bot.finish()
    assert admin_bot.budget("member") == BudgetTotals(used=100)
    await admin_bot.run_until_idle(7200)
    assert not (await admin_bot.movie(duration=10)).ephemeral


async def test_of_200_movies_at_once_exactly_those_that_fit_are_held(admin_bot: AdminHarness) -> None:
    """There are three public cards and 197 private refusals."""
    data = admin_bot.forgery(admin_bot.alice, "movie", prompt="a red balloon", duration=20)
    admin_bot.env._begin_operation("slash")
    records = []
    for _ in range(200):
        record, payload = interactions.base_payload(
            admin_bot.env.backend,
            type=2,
            channel_id=admin_bot.channel.id,
            guild_id=admin_bot.guild.id,
            user_id=admin_bot.alice.id,
            data=data,
        )
        admin_bot.env.backend.emit("INTERACTION_CREATE", payload)
        records.append(record)
    await admin_bot.env._settle_internal(dispatch="INTERACTION_CREATE")
    admin_bot.env._end_operation()
    results = [InteractionResult(admin_bot.env, record) for record in records]
    private = [ephemeral_text(result) for result in results if result.ephemeral]
    assert len(private) == 197
    assert all(map(is_credits_rejection, private))
    assert len(admin_bot.messages()) == 3
    for scope in ("member", "server", "plan"):
        assert admin_bot.budget(scope) == BudgetTotals(held=600)
    for _ in range(2):  # two of a member's are made at a time
        await admin_bot.finish()
    assert len(admin_bot.messages()) == 3, "each movie's message takes the place of its card"
    assert admin_bot.budget("plan") == BudgetTotals(used=600)
