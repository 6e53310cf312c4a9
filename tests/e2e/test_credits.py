"""/credits: a member's balance and history, shown to them alone."""

from __future__ import annotations

import csv
import io
import re

from simcord.results import InteractionResult, ResponseMessage

from bot.domain.job import JobState
from bot.domain.language import Language
from bot.domain.quota import Allowance, AllowanceSource
from bot.locales.texts import texts_in
from bot.sandbox.spoken_languages import SpokenLanguages
from bot.ui import credits, errors
from bot.ui.amounts import format_credits
from bot.ui.state_labels import state_label
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH, LUMA_LABEL
from tests.helpers.reading import answered, ephemeral_text, labels, message_text

DECEMBER = 1796083200
"""The first of December 2026, in seconds."""


ALLOWANCE, USED = ENGLISH("credits-allowance-field"), ENGLISH("credits-used-field")
ON_HOLD, BONUS = ENGLISH("credits-on-hold-field"), ENGLISH("credits-bonus-field")
SHARED, RECEIPTS = ENGLISH("credits-shared-field"), ENGLISH("credits-receipts-field")
NEWER, OLDER = ENGLISH("credits-newer-button"), ENGLISH("credits-older-button")
EXPORT = ENGLISH("credits-export-button")


def the_field(message: ResponseMessage | None, name: str) -> str:
    assert message is not None
    [value] = [each.value for each in message.embeds[0].fields if (each.name or "").startswith(name)]
    assert value is not None
    return value


def enabled(message: ResponseMessage | None) -> list[bool]:
    """Return which buttons can be pressed: newer, older, CSV."""
    assert message is not None
    return [not each.get("disabled", False) for row in message.components for each in row["components"]]


def page_of(message: ResponseMessage | None) -> tuple[int, ...]:
    assert message is not None
    return tuple(map(int, re.findall(r"\d+", message.embeds[0].fields[-1].name or "")))


def whose(result: InteractionResult) -> str:
    title = answered(result).embeds[0].title or ""
    return title.removesuffix(ENGLISH("credits-account-title", name=""))


async def make(admin_bot: AdminHarness, count: int, seconds: int = 1) -> None:
    for number in range(count):
        await admin_bot.movie(prompt=f"movie {number + 1}", duration=seconds)
        await admin_bot.clock.advance(1)
    await admin_bot.finish()


def sheet_of(admin_bot: AdminHarness, result: InteractionResult) -> list[dict[str, str]]:
    [attachment] = answered(result).attachments
    assert attachment.filename.endswith(".csv")
    sheet = admin_bot.env.backend.cdn.get(attachment.url)
    assert sheet is not None
    return list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"), newline="")))


# ── the account ──────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_member_sees_what_they_have(admin_bot: AdminHarness) -> None:
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
    receipts = the_field(result.response, RECEIPTS).splitlines()
    assert [line.split(" ", 1)[1].partition(" · [")[0] for line in receipts[::2]] == [
        f"{state_label(ENGLISH, JobState.QUEUED)} · **100** · 10 s {LUMA_LABEL}",
        f"{state_label(ENGLISH, JobState.COMPLETED)} · **200** · 20 s {LUMA_LABEL}",
    ]
    assert receipts[1::2] == ["-# a red balloon", "-# movie 1"]
    await admin_bot.quota("server", credits=320)
    shared = await admin_bot.alice.slash(admin_bot.channel, "credits")
    assert the_field(shared.response, SHARED).startswith(format_credits(ENGLISH, 20))


async def test_without_movies_only_the_member_reads_how_to_make_one(admin_bot: AdminHarness) -> None:
    for reader, text in ((admin_bot.bob, "credits-no-receipts"), (admin_bot.dana, "credits-member-no-receipts")):
        account = await reader.slash(admin_bot.channel, "credits", member=admin_bot.bob)
        assert the_field(account.response, RECEIPTS) == ENGLISH(text)
        assert whose(account) == "bob"
        assert enabled(account.response) == [False, False, False]


# ── pages and sheets ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_receipts_come_in_pages(admin_bot: AdminHarness) -> None:
    await make(admin_bot, 12)
    account = answered(await admin_bot.alice.slash(admin_bot.channel, "credits"))
    seen: list[list[str]] = []
    for label, can in ((OLDER, (False, True)), (OLDER, (True, True)), ("", (True, False))):
        assert page_of(account) == (len(seen) + 1, 3)
        assert enabled(account) == [*can, True]
        seen.append([line.removeprefix("-# ") for line in the_field(account, RECEIPTS).splitlines()[1::2]])
        if label:
            await admin_bot.alice.click(account, label=label)
    movies = [f"movie {number}" for number in range(12, 0, -1)]
    assert seen == [movies[:5], movies[5:10], movies[10:]]
    await admin_bot.restart()
    await admin_bot.alice.click(account, label=NEWER)
    assert page_of(account) == (2, 3)
    sheet = sheet_of(admin_bot, await admin_bot.alice.click(account, label=EXPORT))
    assert [row["prompt"] for row in sheet] == movies


async def test_the_last_three_grants_and_changes_are_listed_with_their_reasons(admin_bot: AdminHarness) -> None:
    for credits_granted, reason in ((10, "hello"), (50, "a prize"), (7, "a tip")):
        await admin_bot.quota("grant", member=admin_bot.alice, credits=credits_granted, reason=reason)
    await admin_bot.quota("take", member=admin_bot.alice, credits=20, reason="a slip")
    account = (await admin_bot.alice.slash(admin_bot.channel, "credits")).response
    lines = the_field(account, ENGLISH("credits-adjustments-field")).splitlines()
    for line, reason in zip(lines, ("a slip", "a tip", "a prize"), strict=True):
        assert reason in line


# ── someone else's account ───────────────────────────────────────────────────────────────────────────────────────


async def test_one_who_may_not_sees_only_their_own_and_no_forged_press_shows_more(admin_bot: AdminHarness) -> None:
    text = ephemeral_text(await admin_bot.bob.slash(admin_bot.channel, "credits", member=admin_bot.alice))
    assert text == credits.not_authorized(ENGLISH)
    account = answered(await admin_bot.alice.slash(admin_bot.channel, "credits"))
    alice, before = admin_bot.alice.id, message_text(account)
    for action in (f"credits:{alice}:1", f"credits-csv:{alice}"):
        result = await admin_bot.press(admin_bot.bob, account.id, f"m:{action}")
        assert ephemeral_text(result) == credits.not_authorized(ENGLISH), action
        assert answered(result).attachments == [], action
    odd = ("credits", "credits:x:0", "credits:1:-1", "credits:9999999999999999999:0", "credits-csv:")
    for action in (*odd, f"credits:{alice}:8000000000000000000"):
        result = await admin_bot.press(admin_bot.alice, account.id, f"m:{action}")
        assert ephemeral_text(result) == errors.outdated_command(ENGLISH), action
    assert message_text(account) == before


async def test_one_who_may_manage_the_server_sees_anyones_account(admin_bot: AdminHarness) -> None:
    languages, german = SpokenLanguages(admin_bot.env), texts_in(Language.GERMAN)
    languages.server = Language.JAPANESE
    languages.members = {admin_bot.alice.id: Language.FRENCH, admin_bot.dana.id: Language.GERMAN}
    await admin_bot.quota("role", role=admin_bot.stars, credits=900)
    admin_bot.env.backend.add_member_role(admin_bot.guild.id, admin_bot.alice.id, admin_bot.stars.id)
    await admin_bot.quota("grant", member=admin_bot.alice, credits=5, reason="for alice")
    await admin_bot.quota("grant", member=admin_bot.dana, credits=5, reason="for dana")
    await make(admin_bot, 6)
    await admin_bot.quota("block", member=admin_bot.alice)
    result = await admin_bot.dana.slash(admin_bot.channel, "credits", member=admin_bot.alice)
    assert result.ephemeral
    account = result.response
    assert account is not None
    for page in (1, 2):
        shown = message_text(account)
        assert page_of(account) == (page, 2)
        assert account.embeds[0].title == german("credits-account-title", name="alice")
        assert [each in shown for each in ("900", "for alice", "for dana")] == [True, True, False]
        assert german("credits-blocked") in shown
        if page == 1:
            await admin_bot.dana.click(account, label=german("credits-older-button"))
    assert labels(account) == [
        german("credits-newer-button"),
        german("credits-older-button"),
        german("credits-export-button"),
    ]
    admin_bot.guild.remove_member(admin_bot.alice)
    gone = answered(await admin_bot.dana.slash(admin_bot.channel, "credits", member=admin_bot.alice.user))
    await admin_bot.dana.click(gone, label=german("credits-older-button"))
    assert page_of(gone) == (2, 2)
    sheet = await admin_bot.dana.click(gone, label=german("credits-export-button"))
    assert ephemeral_text(sheet) == credits.export_ready(german, 6, 6)
    assert {row["member_id"] for row in sheet_of(admin_bot, sheet)} == {str(admin_bot.alice.id)}
