"""Credits in words: /credits, gifts, blocks, and the cost of a movie that members paid for together.

Each of those paid a share of their own: "200 credits refunded" would be true for none of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.domain.credits import EntryType, Gift, LedgerEntry, Month
from bot.domain.jobs import Job, JobState
from bot.domain.quota import Allowance, AllowanceSource, Balance, Block
from bot.domain.reports import Receipt, count_limit
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, message_id
from bot.ui import formatting
from bot.ui.components import Button, Field, Message, Row, build_card, in_rows
from bot.ui.formatting import (
    BRAND,
    channel_url,
    escape_line,
    escape_name,
    format_credits,
    format_duration,
    format_monthly_credits,
    format_timestamp,
    join_lines,
    mention,
    mention_if_known,
    message_url,
    progress_bar,
    shown_prompt,
    split_lines,
)
from bot.ui.job_status import state_label

PAGE_SIZE = 5
"""Receipts a page."""

_NO_NAME = "\u200b"
"""Of a field that continues the one before: Discord wants a name."""

_SOURCES: Final[Mapping[AllowanceSource, MessageId]] = {
    AllowanceSource.MEMBER: "credits-source-member",
    AllowanceSource.ROLE: "credits-source-role",
    AllowanceSource.SERVER_DEFAULT: "credits-source-server",
    AllowanceSource.BOT_DEFAULT: "credits-source-bot",
}


def account_message(
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
    hint: str = "",
) -> Message:
    """Build a member's account: balance, reset time and a page of receipts.

    It is of the server `guild_id`. `total` is the number of receipts as far as they were counted (see
    bot/domain/reports.py). `is_own` tells whether the reader is that member, and not a manager. `hint` says
    whom to ask for credits.
    """
    allowance, shown_name = balance.allowance, escape_name(name)
    summary = texts(
        "credits-summary",
        left=format_credits(texts, balance.member_available),
        bar=progress_bar(texts, allowance.used + allowance.held, allowance.limit),
        time=format_timestamp(month.ends_at),
        date=format_timestamp(month.ends_at, "D"),
    )
    lines = [receipt_line(texts, receipt, guild_id, catalogue) for receipt in receipts]
    none = texts("credits-no-receipts" if is_own else "credits-member-no-receipts")
    first, *rest = split_lines(lines or [none])
    shared = balance.spendable < balance.member_available
    return build_card(
        texts("credits-account-title", name=shown_name) if shown_name else texts("credits-unnamed-account-title"),
        join_lines(summary, "" if block is None else _format_block(texts, block, "credits"), hint),
        BRAND,
        Field(
            texts("credits-allowance-field"),
            f"{format_monthly_credits(texts, allowance.limit)}\n{allowance_source(texts, balance.source)}",
        ),
        Field(texts("credits-used-field"), texts("credits-used-value", credits=allowance.used)),
        Field(texts("credits-on-hold-field"), format_credits(texts, allowance.held + balance.extra.held)),
        Field(texts("credits-bonus-field"), texts("credits-bonus-value", credits=balance.extra.available)),
        Field(
            texts("credits-shared-field"),
            texts("credits-shared-value", credits=balance.spendable) if shared else "",
        ),
        Field(
            texts("credits-adjustments-field"),
            "\n".join(adjustment_line(texts, change) for change in changes),
            inline=False,
        ),
        Field(_receipts_title(texts, page, total), first, inline=False),
        *(Field(_NO_NAME, value, inline=False) for value in rest),
    )


def account_view(texts: Texts, member_id: int, page: int, total: int, *more: Button) -> tuple[Row, ...]:
    """Build the buttons for other pages and for the CSV export."""
    return in_rows(
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
    return f"{summary}\n-# {escape_line(shown_prompt(texts, receipt.prompt), 70)}"


def allowance_source(texts: Texts, allowance: Allowance) -> str:
    """Say where an allowance comes from."""
    return texts(_SOURCES[allowance.source], role=f"<@&{allowance.role_id}>")


def export_ready(texts: Texts, rows: int, total: int) -> str:
    """Announce the CSV export.

    `total` above `rows` means that older movies are left out.
    """
    return texts("credits-exported-latest" if rows < total else "credits-exported", movies=rows)


def adjustment_line(texts: Texts, entry: LedgerEntry) -> str:
    """Format a grant or an adjustment on one line."""
    is_grant = entry.entry_type is EntryType.GRANT
    amount = entry.credits if is_grant else -entry.extra
    if entry.partner_id is not None:
        gift = "gift" if entry.partner_id else "old-gift"
        id_ = message_id("credits", gift, "received" if is_grant else "given")
    elif is_grant:
        id_ = "credits-granted"
    elif entry.extra:
        id_ = "credits-removed"
    elif entry.allowance >= 0:
        id_, amount = "credits-carried-over", entry.allowance
    else:
        id_ = "credits-usage-reset"
    date, member = format_timestamp(entry.created_at, "d"), mention_if_known(texts, entry.partner_id or 0)
    change = texts(id_, date=date, credits=amount, member=member)
    if not entry.reason:
        return change
    return texts("credits-with-reason", change=change, reason=escape_line(entry.reason, 80))


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
    sentence = _format_block(texts, block, "refusals")
    if not block.reason:
        return sentence
    return f"{sentence}\n{texts('refusals-reason', reason=escape_line(block.reason, 300))}"


def format_block(texts: Texts, block: Block) -> str:
    """Tell managers how long a block lasts, and why."""
    shown, reason = _format_block(texts, block, "quota"), escape_line(block.reason, 100)
    return texts("quota-block-with-reason", block=shown, reason=reason) if reason else shown


def _format_block(texts: Texts, block: Block, area: str) -> str:
    if block.until is None:
        return texts(message_id(area, "blocked-everywhere" if block.everywhere else "blocked"))
    time = format_timestamp(block.until, "f")
    if block.is_timeout:
        return texts(message_id(area, "timed-out-until"), time=time)
    named = block.everywhere and area != "credits"  # an account says only until when
    return texts(message_id(area, "blocked-everywhere-until" if named else "blocked-until"), time=time)
