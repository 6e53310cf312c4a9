"""Credits in words: /credits, gifts, blocks, and the cost of a movie that members paid for together.

Each of those paid a share of their own: "200 credits refunded" would be true for none of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.catalogue import Catalogue
from bot.domain.credits import BudgetScope, EntryType, Gift, LedgerEntry, Month
from bot.domain.jobs import Job, JobState
from bot.domain.quota import Allowance, Balance, Block
from bot.domain.reports import Receipt, count_limit
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, message_id
from bot.ui.components import Accent, Button, Divider, Link, Message, Section, in_rows
from bot.ui.extras import operation_name
from bot.ui.formatting import (
    channel_url,
    escape_line,
    facts,
    format_credits,
    format_duration,
    format_number,
    format_price,
    format_timestamp,
    heading,
    join_lines,
    mention,
    mention_if_known,
    message_url,
    progress_bar,
    shown_prompt,
    small,
)
from bot.ui.job_status import state_label

PAGE_SIZE = 5
"""Receipts a page."""


def account_message(
    texts: Texts,
    member_id: int,
    balance: Balance,
    month: Month,
    receipts: Sequence[Receipt],
    page: int,
    total: int,
    block: Block | None,
    changes: Sequence[LedgerEntry] = (),
    *more: Button,
    is_own: bool,
    guild_id: int,
    catalogue: Catalogue,
    hint: str = "",
) -> Message:
    """Build a member's account: what they can spend now, where it comes from, and a page of receipts.

    It is of the server `guild_id`. `total` is the number of receipts as far as they were counted (see
    bot/domain/reports.py). `is_own` tells whether the reader is that member, and not a manager. `hint` says
    whom to ask for credits, `more` are buttons.
    """
    older = total > (page + 1) * PAGE_SIZE
    pages = (
        Button(texts("credits-newer-button"), ("credits", member_id, max(0, page - 1)), enabled=page > 0),
        Button(texts("credits-older-button"), ("credits", member_id, page + 1), enabled=older),
    )
    return Message(
        Accent.BRAND,
        (
            *standing(texts, member_id, balance, month, block, is_own=is_own),
            hint,
            "\n".join(small(adjustment_line(texts, change)) for change in changes),
            Divider(),
            *(_receipt(texts, receipt, guild_id, catalogue) for receipt in receipts),
            "" if receipts else texts("credits-no-receipts" if is_own else "credits-member-no-receipts"),
            _page_line(texts, page, total),
            *in_rows(
                *(pages if page or older else ()),
                Button(texts("credits-export-button"), ("credits-csv", member_id), enabled=total > 0),
                *more,
            ),
        ),
    )


def standing(
    texts: Texts, member_id: int, balance: Balance, month: Month, block: Block | None, *, is_own: bool
) -> tuple[str, ...]:
    """Say what a member can spend now, which limit decides that, and where it comes from.

    What is left of the plan concerns only the operator, so no figure says it.
    """
    allowance, bonus = balance.allowance, balance.extra
    held = allowance.held + bonus.held
    return (
        heading(can_spend(texts, member_id, balance, is_own=is_own, is_blocked=block is not None)),
        limit_note(texts, balance) if block is None else blocked_text(texts, block, "credits"),
        texts(
            "credits-bar",
            bar=progress_bar(texts, allowance.used + allowance.held, allowance.limit),
            time=format_timestamp(month.ends_at),
        ),
        texts(
            "credits-allowance",
            left=format_number(texts, allowance.available),
            credits=allowance.limit,
            source=allowance_source(texts, balance.source),
        ),
        texts("credits-bonus", credits=bonus.available) if bonus.available else "",
        texts("credits-held", credits=held) if held else "",
    )


def can_spend(texts: Texts, member_id: int, balance: Balance, *, is_own: bool = True, is_blocked: bool = False) -> str:
    """Say what a member can spend now: the least of all limits."""
    (scope, least), whose = balance.least, "own" if is_own else "member"
    available = 0 if is_blocked else least
    said = "credits-spend-less" if available and scope is BudgetScope.PLAN else "credits-spend"
    return texts(message_id(said, whose), member=mention(member_id), credits=available)


def limit_note(texts: Texts, balance: Balance) -> str:
    """Say which limit lets a member spend less than they have: '' where it is none but their own."""
    (scope, least), own = balance.least, format_number(texts, balance.member_available)
    match scope:
        case BudgetScope.SERVER:
            return texts("credits-budget-short", credits=least, own=own)
        case BudgetScope.QUEUED:
            return texts("credits-queue-short", credits=least, own=own)
        case BudgetScope.PLAN:
            return texts("credits-plan-short" if least else "credits-plan-empty")
        case _:
            return ""


def _receipt(texts: Texts, receipt: Receipt, guild_id: int, catalogue: Catalogue) -> Section | str:
    """Show one receipt, with a link to the movie's message."""
    if receipt.message is None:
        return receipt_line(texts, receipt, catalogue)
    return Section(
        receipt_line(texts, receipt, catalogue),
        Link(texts("credits-open-button"), message_url(guild_id, receipt.message)),
    )


def receipt_line(texts: Texts, receipt: Receipt, catalogue: Catalogue) -> str:
    """Format one receipt: the movie, and what it cost."""
    return join_lines(
        escape_line(shown_prompt(texts, receipt.prompt), 70),
        facts(
            "" if receipt.request is None else operation_name(texts, receipt.request),
            format_timestamp(receipt.created_at, "d"),
            state_label(texts, JobState(receipt.outcome), receipt.spent),
            format_duration(texts, receipt.seconds),
            escape_line(catalogue.label(receipt.model), 40),
            format_price(texts, receipt.spent if receipt.outcome == JobState.COMPLETED else receipt.credits),
        ),
    )


def allowance_source(texts: Texts, allowance: Allowance) -> str:
    """Say where an allowance comes from."""
    return texts(message_id("credits-source", allowance.source), role=f"<@&{allowance.role_id}>")


def adjustment_line(texts: Texts, entry: LedgerEntry) -> str:
    """Format a grant or an adjustment on one line."""
    is_grant = entry.entry_type is EntryType.GRANT
    amount = entry.credits if is_grant else -entry.extra
    match entry:
        case LedgerEntry(partner_id=int() as partner):
            id_ = message_id("credits", "gift" if partner else "old-gift", "received" if is_grant else "given")
        case LedgerEntry(is_starter=True):
            id_, amount = "credits-starter", entry.extra - entry.allowance
        case LedgerEntry(entry_type=EntryType.GRANT):
            id_ = "credits-granted"
        case LedgerEntry(extra=0, allowance=carried) if carried >= 0:
            id_, amount = "credits-carried-over", carried
        case LedgerEntry(extra=0):
            id_ = "credits-usage-reset"
        case _:
            id_ = "credits-removed"
    change = texts(
        id_,
        date=format_timestamp(entry.created_at, "d"),
        credits=amount,
        member=mention_if_known(texts, entry.partner_id or 0),
    )
    if not entry.reason:
        return change
    return texts("credits-with-reason", change=change, reason=escape_line(entry.reason, 80))


def _page_line(texts: Texts, page: int, total: int) -> str:
    """Say which page it is, of how many; '' for one.

    Their number is a lower bound where counting stopped early.
    """
    if total <= PAGE_SIZE:
        return ""
    counted = count_limit((page + 1) * PAGE_SIZE)
    if total < counted:
        return small(texts("credits-page", page=page + 1, pages=-(-total // PAGE_SIZE)))
    return small(texts("credits-page-of-many", page=page + 1, pages=(counted - 1) // PAGE_SIZE))


def received(texts: Texts, gift: Gift, *, direct: bool) -> str:
    """Tell the recipient of a gift, by DM or in the channel.

    The time tells it from another gift of the same amount.
    """
    return texts(
        "gifts-received" if direct else "gifts-received-here",
        member=mention_if_known(texts, gift.giver_id),
        recipient=mention(gift.recipient_id),
        credits=gift.credits,
        time=format_timestamp(gift.created_at, "f"),
        place=channel_url(gift.guild_id, gift.channel_id),
    )


def ended(texts: Texts, job: Job) -> str:
    """Say what an ended movie cost all of them together."""
    said: MessageId = "pledges-refunded-bonus" if job.came_back_as_bonus else "pledges-refunded"
    if job.state is JobState.COMPLETED:
        said = "pledges-cost"
    elif job.spent:
        said = "pledges-cost-in-part"
    return texts(said, cost=format_credits(texts, job.spent))


def blocked_text(texts: Texts, block: Block, area: str = "refusals") -> str:
    """Tell a member until when they are blocked and why, and where something is refused, who blocked them."""
    return join_lines(
        _format_block(texts, block, area),
        texts("refusals-reason", reason=escape_line(block.reason, 300)) if block.reason else "",
    )


def format_block(texts: Texts, block: Block) -> str:
    """Tell managers how long a block lasts, and why."""
    shown, reason = _format_block(texts, block, "quota"), escape_line(block.reason, 100)
    return texts("quota-block-with-reason", block=shown, reason=reason) if reason else shown


def _format_block(texts: Texts, block: Block, area: str) -> str:
    if block.until is None:
        return texts(message_id(area, "blocked-everywhere" if block.everywhere else "blocked"))
    said = "blocked-until"
    if block.is_timeout:
        said = "timed-out-until"
    elif block.everywhere and area != "credits":  # an account says only until when
        said = "blocked-everywhere-until"
    return texts(message_id(area, said), time=format_timestamp(block.until, "f"))
