"""The /credits command's account page."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.credits import EntryType, LedgerEntry, Month
from bot.domain.job import JobState
from bot.domain.quota import Allowance, AllowanceSource, Balance, Block
from bot.domain.report import Receipt, count_limit
from bot.ui.components import Button, build_view
from bot.ui.escaping import escape_line, escape_name
from bot.ui.formatting import BRAND, format_block_end, format_credits, format_timestamp, progress_bar
from bot.ui.state_labels import RECEIPT_LABELS

PAGE_SIZE = 5
"""Receipts a page."""


def account_embed(
    name: str,
    balance: Balance,
    month: Month,
    receipts: Sequence[Receipt],
    page: int,
    total: int,
    block: Block | None,
    changes: Sequence[LedgerEntry] = (),
    *,
    catalogue: Catalogue,
) -> discord.Embed:
    """Build a member's account: balance, reset time and a page of receipts.

    `total` is the number of receipts as far as they were counted (see bot/domain/report.py).
    """
    allowance = balance.allowance
    embed = discord.Embed(
        title=f"Credits of {escape_name(name, 100) or 'this member'}",
        colour=BRAND,
        description=f"**{format_credits(balance.member_available)}** left\n"
        f"{progress_bar(allowance.used + allowance.held, allowance.limit)} of this month's allowance used or held\n"
        f"It resets {format_timestamp(month.ends_at)} ({format_timestamp(month.ends_at, 'D')}).{_block_notice(block)}",
    )
    embed.add_field(
        name="Allowance",
        value=f"{format_credits(allowance.limit)} a month\n{allowance_source(balance.source)}",
    )
    embed.add_field(name="Used", value=f"{format_credits(allowance.used)}\nthis month")
    embed.add_field(name="Held", value=f"{format_credits(allowance.held + balance.extra.held)}\nby running movies")
    embed.add_field(name="Extra", value=f"{format_credits(balance.extra.available)} left\nno expiry, spent last")
    if balance.spendable < balance.member_available:
        embed.add_field(
            name="Shared",
            value=f"{format_credits(balance.spendable)} left\nin what everyone here shares this month",
        )
    if changes:
        embed.add_field(name="Last changes", value="\n".join(map(adjustment_line, changes)), inline=False)
    lines = [receipt_line(each, catalogue) for each in receipts]
    title = f"Receipts, page {page + 1} of {_page_count(page, total)}" if total > PAGE_SIZE else "Receipts"
    embed.add_field(name=title, value="\n".join(lines) or "No movies yet: try /movie.", inline=False)
    return embed


def account_view(member_id: int, page: int, total: int) -> discord.ui.View:
    """Build the buttons for other pages and for the CSV export."""
    return build_view(
        Button("Newer", ("credits", member_id, max(0, page - 1)), enabled=page > 0),
        Button("Older", ("credits", member_id, page + 1), enabled=total > (page + 1) * PAGE_SIZE),
        Button("Get all as CSV", ("credits-csv", member_id), enabled=total > 0),
    )


def receipt_line(receipt: Receipt, catalogue: Catalogue) -> str:
    """Format one receipt."""
    outcome = RECEIPT_LABELS[JobState(receipt.outcome)]
    movie = f"{receipt.seconds} s {escape_line(catalogue.label(receipt.model), 40)}"
    summary = f"{format_timestamp(receipt.created_at, 'd')} {outcome} · **{receipt.credits:,}** · {movie}"
    return f"{summary}\n-# {escape_line(receipt.prompt, 70)}"


def allowance_source(allowance: Allowance) -> str:
    """Say where an allowance comes from."""
    match allowance.source:
        case AllowanceSource.MEMBER:
            return "set for this member"
        case AllowanceSource.ROLE:
            return f"through <@&{allowance.role_id}>"
        case AllowanceSource.SERVER_DEFAULT:
            return "this server's default"
        case AllowanceSource.BOT_DEFAULT:
            return "the bot's default"


def export_ready(rows: int, total: int) -> str:
    """Announce the CSV export.

    `total` above `rows` means that older movies are left out.
    """
    if rows < total:
        return f"Here are your newest {rows:,} movies, as a sheet; older ones are left out."
    return "Here is your only movie, as a sheet." if rows == 1 else f"Here are all {rows:,} movies, as a sheet."


def export_running() -> str:
    """Say that the member's last export is not done yet."""
    return "Your last sheet is still being made. It shows up here in a moment."


def too_many_exports(retry_at: int) -> str:
    """Ask the member to wait until a time (UTC epoch milliseconds)."""
    return f"Several sheets were just made here. You can get the next one {format_timestamp(retry_at)}."


def adjustment_line(entry: LedgerEntry) -> str:
    """Format a grant or an adjustment on one line."""
    if entry.entry_type is EntryType.GRANT:
        what = f"given {format_credits(entry.credits)} extra"
    elif entry.extra:
        what = f"{format_credits(-entry.extra)} of the extra credits taken back"
    else:
        what = "this month's use set back to zero"
    why = f": {escape_line(entry.reason, 80)}" if entry.reason else ""
    return f"{format_timestamp(entry.created_at, 'd')} {what}{why}"


def not_authorized() -> str:
    """Refuse to show someone else's account."""
    return "Only they themselves, and those who may manage the server, can see someone's credits."


def _page_count(page: int, total: int) -> str:
    """Format the number of pages.

    It is a lower bound where counting stopped early.
    """
    counted = count_limit((page + 1) * PAGE_SIZE)
    return f"{-(-total // PAGE_SIZE)}" if total < counted else f"more than {(counted - 1) // PAGE_SIZE}"


def _block_notice(block: Block | None) -> str:
    if block is None:
        return ""
    return f"\n🚫 Blocked from making movies {format_block_end(block)}."
