"""The /credits command's account page.

Gifts: what the giver and the recipient read.

The credits of a movie that members paid for together.

Each paid a share of their own: "200 credits refunded" would be true for none of them.

Texts about blocks of members.
"""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.credits import EntryType, Gift, LedgerEntry, Month
from bot.domain.jobs import Job, JobState
from bot.domain.quota import Allowance, AllowanceSource, Balance, Block
from bot.domain.reports import Receipt, count_limit
from bot.locales.texts import Texts, message_id
from bot.ui import formatting, prompts
from bot.ui.components import Button, build_view
from bot.ui.formatting import (
    BRAND,
    channel_url,
    escape_line,
    escape_name,
    format_credits,
    format_duration,
    format_monthly_credits,
    format_timestamp,
    mention,
    mention_if_known,
    message_url,
    progress_bar,
    split_lines,
)
from bot.ui.job_status import state_label

PAGE_SIZE = 5
"""Receipts a page."""

_NO_NAME = "\u200b"
"""Of a field that continues the one before: Discord wants a name."""


def account_embed(
    texts: Texts,
    name: str,
    balance: Balance,
    month: Month,
    receipts: Sequence[Receipt],
    page: int,
    total: int,
    block: Block | None,
    changes: Sequence[LedgerEntry] = (),
    *,
    is_own: bool,
    guild_id: int,
    catalogue: Catalogue,
) -> discord.Embed:
    """Build a member's account: balance, reset time and a page of receipts.

    It is of the server `guild_id`. `total` is the number of receipts as far as they were counted (see
    bot/domain/reports.py). `is_own` tells whether the reader is that member, and not a manager.
    """
    allowance, shown_name = balance.allowance, escape_name(name)
    summary = texts(
        "credits-summary",
        left=format_credits(texts, balance.member_available),
        bar=progress_bar(texts, allowance.used + allowance.held, allowance.limit),
        time=format_timestamp(month.ends_at),
        date=format_timestamp(month.ends_at, "D"),
    )
    embed = discord.Embed(
        title=texts("credits-account-title", name=shown_name) if shown_name else texts("credits-unnamed-account-title"),
        colour=BRAND,
        description=summary if block is None else f"{summary}\n{account_notice(texts, block)}",
    )
    embed.add_field(
        name=texts("credits-allowance-field"),
        value=f"{format_monthly_credits(texts, allowance.limit)}\n{allowance_source(texts, balance.source)}",
    )
    embed.add_field(name=texts("credits-used-field"), value=texts("credits-used-value", credits=allowance.used))
    embed.add_field(
        name=texts("credits-on-hold-field"), value=format_credits(texts, allowance.held + balance.extra.held)
    )
    embed.add_field(
        name=texts("credits-bonus-field"), value=texts("credits-bonus-value", credits=balance.extra.available)
    )
    if balance.spendable < balance.member_available:
        embed.add_field(
            name=texts("credits-shared-field"), value=texts("credits-shared-value", credits=balance.spendable)
        )
    if changes:
        lines = [adjustment_line(texts, change) for change in changes]
        embed.add_field(name=texts("credits-adjustments-field"), value="\n".join(lines), inline=False)
    lines = [receipt_line(texts, receipt, guild_id, catalogue) for receipt in receipts]
    none = texts("credits-no-receipts" if is_own else "credits-member-no-receipts")
    for number, value in enumerate(split_lines(lines or [none])):
        embed.add_field(name=_NO_NAME if number else _receipts_title(texts, page, total), value=value, inline=False)
    return embed


def account_view(texts: Texts, member_id: int, page: int, total: int, *more: Button) -> discord.ui.View:
    """Build the buttons for other pages and for the CSV export."""
    return build_view(
        Button(texts("credits-newer-button"), ("credits", member_id, max(0, page - 1)), enabled=page > 0),
        Button(texts("credits-older-button"), ("credits", member_id, page + 1), enabled=total > (page + 1) * PAGE_SIZE),
        Button(texts("credits-export-button"), ("credits-csv", member_id), enabled=total > 0),
        *more,
    )


def receipt_line(texts: Texts, receipt: Receipt, guild_id: int, catalogue: Catalogue) -> str:
    """Format one receipt, with a link to the movie's message."""
    summary = texts(
        "credits-receipt",
        date=format_timestamp(receipt.created_at, "d"),
        outcome=state_label(texts, JobState(receipt.outcome), receipt.spent),
        credits=receipt.credits,
        duration=format_duration(texts, receipt.seconds),
        model=escape_line(catalogue.label(receipt.model), 40),
    )
    if receipt.message is not None:
        summary = f"{summary} · {formatting.jump(texts, message_url(guild_id, receipt.message))}"
    return f"{summary}\n-# {escape_line(prompts.shown(texts, receipt.prompt), 70)}"


def allowance_source(texts: Texts, allowance: Allowance) -> str:
    """Say where an allowance comes from."""
    match allowance.source:
        case AllowanceSource.MEMBER:
            return texts("credits-source-member")
        case AllowanceSource.ROLE:
            return texts("credits-source-role", role=f"<@&{allowance.role_id}>")
        case AllowanceSource.SERVER_DEFAULT:
            return texts("credits-source-server")
        case AllowanceSource.BOT_DEFAULT:
            return texts("credits-source-bot")


def export_ready(texts: Texts, rows: int, total: int) -> str:
    """Announce the CSV export.

    `total` above `rows` means that older movies are left out.
    """
    return texts("credits-exported-latest" if rows < total else "credits-exported", movies=rows)


def adjustment_line(texts: Texts, entry: LedgerEntry) -> str:
    """Format a grant or an adjustment on one line."""
    date = format_timestamp(entry.created_at, "d")
    if entry.partner_id is not None:
        change = _gift(texts, entry, date, entry.partner_id)
    elif entry.entry_type is EntryType.GRANT:
        change = texts("credits-granted", date=date, credits=entry.credits)
    elif entry.extra:
        change = texts("credits-removed", date=date, credits=-entry.extra)
    elif entry.allowance >= 0:
        change = texts("credits-carried-over", date=date, credits=entry.allowance)
    else:
        change = texts("credits-usage-reset", date=date)
    if not entry.reason:
        return change
    return texts("credits-with-reason", change=change, reason=escape_line(entry.reason, 80))


def _gift(texts: Texts, entry: LedgerEntry, date: str, partner_id: int) -> str:
    received = entry.entry_type is EntryType.GRANT
    if not partner_id and received:
        return texts("credits-old-gift-received", date=date, credits=entry.credits)
    if not partner_id:
        return texts("credits-old-gift-given", date=date, credits=-entry.extra)
    partner = mention_if_known(texts, partner_id)
    if received:
        return texts("credits-gift-received", date=date, credits=entry.credits, member=partner)
    return texts("credits-gift-given", date=date, credits=-entry.extra, member=partner)


def _receipts_title(texts: Texts, page: int, total: int) -> str:
    """Say which page it is, of how many.

    Their number is a lower bound where counting stopped early.
    """
    if total <= PAGE_SIZE:
        return texts("credits-receipts-field")
    counted = count_limit((page + 1) * PAGE_SIZE)
    if total < counted:
        return texts("credits-receipts-page-field", page=page + 1, pages=-(-total // PAGE_SIZE))
    return texts("credits-receipts-many-pages-field", page=page + 1, pages=(counted - 1) // PAGE_SIZE)


def given(texts: Texts, recipient_id: int, credits: int) -> str:
    """Confirm a gift to its giver."""
    return texts("gifts-given", member=mention(recipient_id), credits=credits)


def received(texts: Texts, gift: Gift, *, direct: bool) -> str:
    """Tell the recipient of a gift, by DM or in the channel.

    The time tells it from another gift of the same amount.
    """
    time, giver = format_timestamp(gift.created_at, "f"), mention_if_known(texts, gift.giver_id)
    if direct:
        place = channel_url(gift.guild_id, gift.channel_id)
        return texts("gifts-received", member=giver, credits=gift.credits, time=time, place=place)
    recipient = mention(gift.recipient_id)
    return texts("gifts-received-here", member=giver, recipient=recipient, credits=gift.credits, time=time)


def is_shared(job: Job) -> bool:
    """Return whether members paid for a movie together."""
    return job.pitch_id is not None


def ended(texts: Texts, job: Job) -> str:
    """Say what an ended movie cost all of them together."""
    cost = format_credits(texts, job.spent)
    if job.state is JobState.COMPLETED:
        return texts("pledges-cost", cost=cost)
    if job.spent:
        return texts("pledges-cost-in-part", cost=cost)
    return texts("pledges-refunded-bonus" if job.came_back_as_bonus else "pledges-refunded")


def blocked_text(texts: Texts, block: Block) -> str:
    """Tell a member who blocked them, until when and why."""
    sentence = _format(texts, block, "refusals")
    if not block.reason:
        return sentence
    return f"{sentence}\n{texts('refusals-reason', reason=escape_line(block.reason, 300))}"


def account_notice(texts: Texts, block: Block) -> str:
    """Say in an account until when its member is blocked."""
    return _format(texts, block, "credits")


def format_block(texts: Texts, block: Block) -> str:
    """Tell managers how long a block lasts, and why."""
    shown, reason = _format(texts, block, "quota"), escape_line(block.reason, 100)
    return texts("quota-block-with-reason", block=shown, reason=reason) if reason else shown


def _format(texts: Texts, block: Block, area: str) -> str:
    if block.until is None:
        return texts(message_id(area, "blocked-everywhere" if block.everywhere else "blocked"))
    time = format_timestamp(block.until, "f")
    if block.is_timeout:
        return texts(message_id(area, "timed-out-until"), time=time)
    named = block.everywhere and area != "credits"  # an account says only until when
    return texts(message_id(area, "blocked-everywhere-until" if named else "blocked-until"), time=time)
