"""The /help command's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import discord

from bot.domain.catalogue import Catalogue, RequestLimits, VideoModel
from bot.domain.credits import BudgetScope
from bot.domain.member_status import MemberStatus
from bot.domain.quota import Block
from bot.domain.risk import Refusal
from bot.ui import command_descriptions as names
from bot.ui import errors, refusals
from bot.ui.discord_limits import MAX_FIELD_LENGTH
from bot.ui.escaping import escape_line
from bot.ui.formatting import BRAND, format_block_end, format_credits, format_duration, format_movies, format_timestamp

_MAX_NAME_LENGTH: Final = 60
_MAX_REASON_LENGTH: Final = 200


def help_embed(status: MemberStatus, catalogue: Catalogue, confirm_above: int, ids: Mapping[str, int]) -> discord.Embed:
    """Build the help for one member in one channel.

    `confirm_above` is in credits. `ids` maps command names to ids; with its id a command can be clicked.
    """
    embed = discord.Embed(
        title="Movies from your words",
        description=f"Describe a scene with {command_mention('movie', ids)}, and I'll have a short movie made "
        "of it for you. It is paid for with credits; a movie that can't be made gives them back.",
        colour=BRAND,
    )
    embed.add_field(name="Here and now", value="\n".join(_availability(status, catalogue, ids)), inline=False)
    embed.add_field(name="Your credits", value="\n".join(_credits(status)), inline=False)
    price = _prices(catalogue.enabled_video_models, _quote_hint(confirm_above, catalogue.limits))
    embed.add_field(name="What a second of movie costs", value=price, inline=False)
    embed.add_field(name="Commands", value="\n".join(_commands(status, ids)), inline=False)
    return embed


def command_mention(path: str, ids: Mapping[str, int]) -> str:
    """Mention a command; `path` may include a subcommand."""
    known = ids.get(path.split(maxsplit=1)[0])
    return f"`/{path}`" if known is None else f"</{path}:{known}>"


def _availability(status: MemberStatus, catalogue: Catalogue, ids: Mapping[str, int]) -> Sequence[str]:
    """Say whether the member can order now.

    Names everything that prevents it.
    """
    exhausted = status.exhausted_scope(catalogue)
    lines: list[str] = []
    match status.refusal:
        case Block() as block:
            reason = f" The reason given: {escape_line(block.reason, _MAX_REASON_LENGTH)}" if block.reason else ""
            lines.append(
                f"🚫 {refusals.blocked_by(block)} have paused movies for you {format_block_end(block)}.{reason}"
            )
        case Refusal() as refusal:
            lines.append(f"🚫 {refusals.refusal_text(refusal)}")
        case None:
            pass
    if not status.may_post:
        lines.append(f"🚫 {refusals.MAY_NOT_POST}")
    if status.missing:
        lines.append(f"🚫 I can't post movies in this channel: I need {errors.permissions(status.missing)} here.")
    if exhausted is not None:
        lines.append(f"🚫 {_EXHAUSTED[exhausted]} Credits reset {format_timestamp(status.month.ends_at)}.")
    if not lines:
        lines.append("✅ You can make movies in this channel.")
    if status.running:
        lines.append(_running(status, command_mention("movies", ids)))
    return lines


def _running(status: MemberStatus, movies: str) -> str:
    if status.more_running:
        return f"🎬 More than {format_movies(status.running)} of yours are in progress: see {movies}."
    if status.running == 1:
        return f"🎬 1 movie of yours is in progress: see {movies}."
    return f"🎬 {format_movies(status.running)} of yours are in progress: see {movies}."


def _credits(status: MemberStatus) -> Sequence[str]:
    balance, resets = status.balance, status.month.ends_at
    lines = [f"**{format_credits(balance.member_available)}** left; they reset {format_timestamp(resets)}."]
    if balance.extra.available:
        lines.append(f"{format_credits(balance.extra.available)} of them are extra and don't expire.")
    if balance.spendable < balance.member_available:
        lines.append(f"Of what everyone here shares, {format_credits(balance.spendable)} are left this month.")
    return lines


def _prices(models: Sequence[VideoModel], last: str) -> str:
    """List as many models as fit, one a line."""
    lines = [
        f"**{escape_line(model.label, _MAX_NAME_LENGTH)}**: {format_credits(model.credits_per_second)}"
        f" · {', '.join(model.aspect_ratios)}"
        for model in models
    ]
    for shown in range(len(lines), 0, -1):
        rest = len(lines) - shown
        more = [] if not rest else ["and 1 more model" if rest == 1 else f"and {rest} more models"]
        text = "\n".join([*lines[:shown], *more, last])
        if len(text) <= MAX_FIELD_LENGTH:
            return text
    return last


def _quote_hint(confirm_above: int, limits: RequestLimits) -> str:
    longest = format_duration(limits.max_seconds)
    return f"Up to {longest}. Above {format_credits(confirm_above)} you see the price first."


def _commands(status: MemberStatus, ids: Mapping[str, int]) -> Sequence[str]:
    lines = [
        f"{command_mention('movie', ids)} · {names.MOVIE}",
        f"{command_mention('movies', ids)} · {names.MOVIES}",
        f"{command_mention('credits', ids)} · {names.CREDITS}",
        f"{command_mention('preferences', ids)} · {names.PREFERENCES}",
        f"On a message: **Apps** → **{names.MAKE_A_MOVIE}**",
    ]
    if status.can_manage_guild:
        lines.append(
            f"As you may manage this server: {command_mention('quota show', ids)} and "
            f"{command_mention('quota report', ids)}, with limits, grants and blocks beside them"
        )
    return lines


_EXHAUSTED = {
    BudgetScope.MEMBER: "Your credits are used up.",
    BudgetScope.EXTRA: "Your credits are used up.",
    BudgetScope.SERVER: "This server's share of the plan is used up.",
    BudgetScope.PLAN: f"{refusals.PLAN_EXHAUSTED}.",
}
