"""The page of /help, and the greeting for a server that the bot joins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import discord

from bot.domain.catalogue import Catalogue, RequestLimits, VideoModel
from bot.domain.credits import BudgetScope, Month
from bot.domain.orders import WHOLE, ConfirmationRule
from bot.domain.quota import Balance
from bot.domain.refusal import Refused
from bot.domain.server_setup import MessageMenu, ServerSetup
from bot.domain.text import MAX_LIST_LENGTH
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui import credits, refusals
from bot.ui.components import Accent, Button, Divider, Message, Row, Section, in_rows
from bot.ui.formatting import (
    escape_line,
    format_duration,
    format_list,
    format_timestamp,
    heading,
    join_lines,
    page_heading,
    quoted,
    small,
)

ALL: Final = "help"
"""The action that shows all of the help."""

MAKE: Final = "make"
"""The action that opens the form of a new movie."""

IDEA: Final = "idea"
"""Its argument where the form begins with an idea of the bot's."""

SET_UP: Final = "setup-begin"
"""The action that shows managers the panel, or the first questions."""

_SETUP: Final = "setup"

_DESCRIPTIONS: Final[Mapping[str, MessageId]] = {
    "movie": "commands-movie",
    "pitch": "commands-pitch",
    "movies": "commands-movies",
    "pitches": "commands-pitches",
    "credits": "commands-credits",
    "gift": "commands-gift",
    "top": "commands-top",
    "preferences": "commands-preferences",
    "privacy": "commands-privacy",
    _SETUP: "commands-setup-panel",
}

_EXHAUSTED: Final[Mapping[BudgetScope, MessageId]] = {
    BudgetScope.MEMBER: "help-no-member-credits",
    BudgetScope.QUEUED: "help-no-member-credits",
    BudgetScope.SERVER: "help-no-server-credits",
    BudgetScope.PLAN: "help-no-bot-credits",
}


@dataclass(frozen=True, slots=True)
class MemberStatus:
    """One member in one channel: credits, and what prevents an order.

    `refusal` is why no order is taken, whatever it costs, and `access` why not here. `may_post` says whether the member
    may write here. `missing` are the permissions that the bot lacks, by their names. `running` counts the member's open
    movies in this server; `more_running` says that counting stopped there. `setup` is the server's.
    """

    balance: Balance
    month: Month
    refusal: Refused | None
    may_post: bool
    missing: tuple[str, ...]
    running: int
    more_running: bool
    can_manage_guild: bool
    setup: ServerSetup
    access: Refused | None = None


def help_message(
    texts: Texts, status: MemberStatus, catalogue: Catalogue, ids: Mapping[str, int], ask: Sequence[Button] = ()
) -> Message:
    """Build the help for one member in one channel: whether they can order, and what they need next.

    `ids` maps command names to ids; with its id a command can be clicked. `ask` are the buttons to ask for credits.
    """
    problems = _problems(texts, status, catalogue)
    return Message(
        Accent.BRAND,
        (
            heading(texts("help-title")),
            texts("help-summary", command=command_mention(ids, "movie")),
            *(problems or [texts("help-available")]),
            texts(
                "help-spend",
                spend=credits.can_spend(texts, 0, status.balance),
                time=format_timestamp(status.month.ends_at),
            ),
            Divider(),
            *_described(texts, _next_commands(status, catalogue), ids),
            *in_rows(None if problems else _make_button(texts), Button(texts("help-all-button"), (ALL,)), *ask),
        ),
    )


def everything_message(
    texts: Texts, status: MemberStatus, catalogue: Catalogue, confirm: ConfirmationRule, ids: Mapping[str, int]
) -> Message:
    """Build all of the help: what runs, what movies cost, and all commands.

    `confirm` says which prices are shown first.
    """
    bonus = status.balance.extra.available
    return Message(
        Accent.BRAND,
        (
            page_heading(texts("help-title")),
            texts("help-refunds"),
            texts("help-bonus", credits=bonus) if bonus else "",
            credits.limit_note(texts, status.balance),
            _running(texts, status, ids),
            f"**{texts('help-prices-field')}**",
            _prices(texts, catalogue.enabled_video_models, small(_quote_hint(texts, confirm, catalogue.limits))),
            f"**{texts('help-commands-field')}**",
            *_commands(texts, status, ids),
            *(() if _problems(texts, status, catalogue) else (Row((_make_button(texts),)),)),
        ),
    )


def _make_button(texts: Texts) -> Button:
    return Button(texts("help-make-button"), (MAKE,), discord.ButtonStyle.primary)


def _next_commands(status: MemberStatus, catalogue: Catalogue) -> Sequence[str]:
    """Return the three commands that a member needs next, the most urgent first."""
    is_short = status.balance.exhausted_scope(catalogue) is not None
    wanted = [
        *([_SETUP] if status.can_manage_guild else []),
        *(["movies"] if status.running else []),
        *(["pitch", "credits"] if is_short else []),
    ]
    return [*dict.fromkeys([*wanted, "movie", "pitch", "movies", "credits"])][:3]


def _described(texts: Texts, names: Sequence[str], ids: Mapping[str, int]) -> Sequence[str]:
    """Describe commands, one a line."""
    return [
        texts("help-command", command=_mention(ids, name), description=texts(_DESCRIPTIONS[name])) for name in names
    ]


def _mention(ids: Mapping[str, int], name: str) -> str:
    return command_mention(ids, name, "panel" if name == _SETUP else None)


def command_mention(ids: Mapping[str, int], name: str, subcommand: str | None = None) -> str:
    """Mention a command; with a known id it can be clicked."""
    known, path = ids.get(name), f"{name} {subcommand}" if subcommand else name
    return f"`/{path}`" if known is None else f"</{path}:{known}>"


def _problems(texts: Texts, status: MemberStatus, catalogue: Catalogue) -> Sequence[str]:
    """Name everything that prevents an order."""
    exhausted = status.balance.exhausted_scope(catalogue)
    refused = filter(None, (status.refusal, status.access))
    lines = [texts("help-refused", reason=refusals.refusal_text(texts, each)) for each in refused]
    if not status.may_post:
        lines.append(texts("help-refused", reason=texts("refusals-may-not-post")))
    if status.missing:
        lines.append(texts("help-missing-permissions", permissions=refusals.permissions(texts, status.missing)))
    if exhausted is not None:
        lines.append(texts(_EXHAUSTED[exhausted], time=format_timestamp(status.month.ends_at)))
    return lines


def _running(texts: Texts, status: MemberStatus, ids: Mapping[str, int]) -> str:
    if not status.running:
        return ""
    return texts(
        "help-many-in-progress" if status.more_running else "help-in-progress",
        movies=status.running,
        command=command_mention(ids, "movies"),
    )


def _prices(texts: Texts, models: Sequence[VideoModel], last: str) -> str:
    """List as many models as fit, one a line."""
    lines = [
        texts(
            "help-price",
            model=escape_line(model.label, 60),
            credits=model.credits_per_second,
            ratios=format_list(texts, model.aspect_ratios),
        )
        for model in models
    ]
    for shown in range(len(lines), 0, -1):
        rest = len(lines) - shown
        text = join_lines(*lines[:shown], texts("help-more-models", models=rest) if rest else "", last)
        if len(text) <= MAX_LIST_LENGTH:
            return text
    return last


def _quote_hint(texts: Texts, confirm: ConfirmationRule, limits: RequestLimits) -> str:
    longest = format_duration(texts, limits.max_seconds)
    if not confirm.credits or not confirm.percent:
        return texts("help-always-asks", duration=longest)
    return texts(
        "help-asks-above-or-share" if confirm.percent < WHOLE else "help-asks-above",
        duration=longest,
        credits=confirm.credits,
        share=texts("units-percent", percent=confirm.percent),
    )


def _commands(texts: Texts, status: MemberStatus, ids: Mapping[str, int]) -> Sequence[str]:
    left_out = {_SETUP, "gift"} if status.setup.gift_credits is None else {_SETUP}
    lines = [*_described(texts, [name for name in _DESCRIPTIONS if name not in left_out], ids)]
    if status.setup.menu is not MessageMenu.OFF:
        own, menu = status.setup.menu is MessageMenu.OWN, texts("commands-make-movie-menu")
        lines.append(texts("help-from-a-message" if own else "help-from-any-message", menu=menu))
    if status.can_manage_guild:
        managers = texts(
            "help-managers",
            setup=_mention(ids, _SETUP),
            show=command_mention(ids, "quota", "show"),
            report=command_mention(ids, "quota", "report"),
        )
        lines.append(managers)
    return lines


def greeting(texts: Texts, command_ids: Mapping[str, int]) -> Message:
    """Say what the bot does, with an example, and buttons to try it and to set it up."""
    return Message(
        Accent.BRAND,
        (
            texts("welcome-greeting", movie=command_mention(command_ids, "movie")),
            Section(quoted(texts("welcome-example"))),
            texts("welcome-credits", help=command_mention(command_ids, "help")),
            *in_rows(
                Button(texts("welcome-make-button"), (MAKE, IDEA), discord.ButtonStyle.primary),
                Button(texts("welcome-setup-button"), (SET_UP,)),
            ),
        ),
    )
