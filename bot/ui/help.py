"""The page of /help, and the greeting for a server that the bot joins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.catalogue import Catalogue, RequestLimits, VideoModel
from bot.domain.credits import BudgetScope
from bot.domain.jobs import MemberStatus
from bot.domain.orders import WHOLE, ConfirmationRule
from bot.domain.server_setup import MessageMenu
from bot.domain.text import MAX_FIELD_LENGTH
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui import refusals
from bot.ui.components import Field, Message, build_card
from bot.ui.formatting import (
    BRAND,
    escape_line,
    format_credits,
    format_duration,
    format_list,
    format_timestamp,
    join_lines,
)

_MAX_NAME_LENGTH: Final = 60

_EXHAUSTED: Final[Mapping[BudgetScope, MessageId]] = {
    BudgetScope.MEMBER: "help-no-member-credits",
    BudgetScope.QUEUED: "help-no-member-credits",
    BudgetScope.SERVER: "help-no-server-credits",
    BudgetScope.PLAN: "help-no-bot-credits",
}


def help_message(
    texts: Texts, status: MemberStatus, catalogue: Catalogue, confirm: ConfirmationRule, ids: Mapping[str, int]
) -> Message:
    """Build the help for one member in one channel.

    `confirm` says which prices are shown first. `ids` maps command names to ids; with its id a command can be clicked.
    """
    balance, resets = status.balance, format_timestamp(status.month.ends_at)
    credits = join_lines(
        texts("help-left", left=format_credits(texts, balance.member_available), time=resets),
        texts("help-bonus", credits=balance.extra.available) if balance.extra.available else "",
        texts("help-shared", credits=balance.spendable) if balance.spendable < balance.member_available else "",
    )
    price = _prices(texts, catalogue.enabled_video_models, _quote_hint(texts, confirm, catalogue.limits))
    return build_card(
        texts("help-title"),
        texts("help-summary", command=command_mention(ids, "movie")),
        BRAND,
        Field(texts("help-status-field"), "\n".join(_availability(texts, status, catalogue, ids)), inline=False),
        Field(texts("help-credits-field"), credits, inline=False),
        Field(texts("help-prices-field"), price, inline=False),
        Field(texts("help-commands-field"), "\n".join(_commands(texts, status, ids)), inline=False),
    )


def command_mention(ids: Mapping[str, int], name: str, subcommand: str | None = None) -> str:
    """Mention a command; with a known id it can be clicked."""
    known, path = ids.get(name), f"{name} {subcommand}" if subcommand else name
    return f"`/{path}`" if known is None else f"</{path}:{known}>"


def _availability(texts: Texts, status: MemberStatus, catalogue: Catalogue, ids: Mapping[str, int]) -> Sequence[str]:
    """Say whether the member can order now.

    Names everything that prevents it.
    """
    exhausted = status.exhausted_scope(catalogue)
    refused = [refusals.refusal_text(texts, each) for each in (status.refusal, status.access) if each is not None]
    lines = [texts("help-refused", reason=reason) for reason in refused]
    if not status.may_post:
        lines.append(texts("help-refused", reason=texts("refusals-may-not-post")))
    if status.missing:
        lines.append(texts("help-missing-permissions", permissions=refusals.permissions(texts, status.missing)))
    if exhausted is not None:
        lines.append(texts(_EXHAUSTED[exhausted], time=format_timestamp(status.month.ends_at)))
    if not lines:
        lines.append(texts("help-available"))
    if status.running:
        lines.append(
            texts(
                "help-many-in-progress" if status.more_running else "help-in-progress",
                movies=status.running,
                command=command_mention(ids, "movies"),
            )
        )
    return lines


def _prices(texts: Texts, models: Sequence[VideoModel], last: str) -> str:
    """List as many models as fit, one a line."""
    lines = [
        texts(
            "help-price",
            model=escape_line(model.label, _MAX_NAME_LENGTH),
            credits=model.credits_per_second,
            ratios=format_list(texts, model.aspect_ratios),
        )
        for model in models
    ]
    for shown in range(len(lines), 0, -1):
        rest = len(lines) - shown
        more = [texts("help-more-models", models=rest)] if rest else []
        text = "\n".join([*lines[:shown], *more, last])
        if len(text) <= MAX_FIELD_LENGTH:
            return text
    return last


def _quote_hint(texts: Texts, confirm: ConfirmationRule, limits: RequestLimits) -> str:
    longest = format_duration(texts, limits.max_seconds)
    if not confirm.credits or not confirm.percent:
        return texts("help-always-asks", duration=longest)
    if confirm.percent < WHOLE:
        share = texts("units-percent", percent=confirm.percent)
        return texts("help-asks-above-or-share", duration=longest, credits=confirm.credits, share=share)
    return texts("help-asks-above", duration=longest, credits=confirm.credits)


def _commands(texts: Texts, status: MemberStatus, ids: Mapping[str, int]) -> Sequence[str]:
    described = {
        "movie": texts("commands-movie"),
        "pitch": texts("commands-pitch"),
        "movies": texts("commands-movies"),
        "pitches": texts("commands-pitches"),
        "credits": texts("commands-credits"),
        **({"gift": texts("commands-gift")} if status.gifts else {}),
        "top": texts("commands-top"),
        "preferences": texts("commands-preferences"),
        "privacy": texts("commands-privacy"),
    }
    lines = [
        texts("help-command", command=command_mention(ids, name), description=description)
        for name, description in described.items()
    ]
    if status.menu is not MessageMenu.OFF:
        own, menu = status.menu is MessageMenu.OWN, texts("commands-make-movie-menu")
        lines.append(texts("help-from-a-message" if own else "help-from-any-message", menu=menu))
    if status.can_manage_guild:
        setup = command_mention(ids, "setup", "panel")
        show, report = command_mention(ids, "quota", "show"), command_mention(ids, "quota", "report")
        lines.append(texts("help-managers", setup=setup, show=show, report=report))
    return lines


def greeting(texts: Texts, command_ids: Mapping[str, int]) -> str:
    """Say what the bot does, with an example."""
    return texts(
        "welcome-greeting",
        movie=command_mention(command_ids, "movie"),
        help=command_mention(command_ids, "help"),
        quota=command_mention(command_ids, "quota", "show"),
    )
