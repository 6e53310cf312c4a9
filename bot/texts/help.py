"""/help: one screen that fits whoever asks, where they ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import discord

from bot.domain.catalogue import Catalogue, VideoModel
from bot.domain.credits import Scope
from bot.domain.request import SECONDS_MOST
from bot.domain.standing import Standing
from bot.texts import commands as names
from bot.texts import refusals, safe, words

_FIELD_MOST: Final = 1024
"""Discord's limit for a field, in characters."""

_NAME_MOST: Final = 60
_REASON_MOST: Final = 200


def guide(standing: Standing, catalogue: Catalogue, confirm_above: int, ids: Mapping[str, int]) -> discord.Embed:
    """What the bot does, what this member has and may do, and what it costs.

    Above `confirm_above` credits a price is shown first. `ids` are the commands', by name: with its id a command can be
    pressed, without it is a word.
    """
    embed = discord.Embed(
        title="Movies from your words",
        description=f"Describe a scene with {command('movie', ids)}, and I'll have a short movie made of it for you. "
        "It is paid for with credits; a movie that can't be made gives them back.",
        colour=words.BRAND,
    )
    embed.add_field(name="Here and now", value="\n".join(_may(standing, catalogue, ids)), inline=False)
    embed.add_field(name="Your credits", value="\n".join(_credits(standing)), inline=False)
    price = _prices(catalogue.video_models_on, _first(confirm_above))
    embed.add_field(name="What a second of movie costs", value=price, inline=False)
    embed.add_field(name="Commands", value="\n".join(_commands(standing, ids)), inline=False)
    return embed


def command(path: str, ids: Mapping[str, int]) -> str:
    """A command that can be pressed, where its id is known: `path` may go on with a subcommand."""
    known = ids.get(path.split(maxsplit=1)[0])
    return f"`/{path}`" if known is None else f"</{path}:{known}>"


def _may(standing: Standing, catalogue: Catalogue, ids: Mapping[str, int]) -> Sequence[str]:
    """Whether the member may order, everything that is in the way, and what is on its way already."""
    block, used_up = standing.block, standing.used_up(catalogue)
    lines: list[str] = []
    if block is not None:
        until = "until it is lifted" if block.until is None else f"until {words.moment(block.until, 'f')}"
        reason = f" The reason given: {safe.one_line(block.reason, _REASON_MOST)}" if block.reason else ""
        lines.append(f"🚫 Those who run this server have paused movies for you {until}.{reason}")
    if standing.missing:
        lines.append(f"🚫 I can't post movies in this channel: I need {refusals.permissions(standing.missing)} here.")
    if used_up is not None:
        lines.append(f"🚫 {_USED_UP[used_up]} Credits reset {words.moment(standing.month.ends_at)}.")
    if not lines:
        lines.append("✅ You can make movies in this channel.")
    if standing.running:
        lines.append(_running(standing, command("movies", ids)))
    return lines


def _running(standing: Standing, movies: str) -> str:
    if standing.more_running:
        return f"🎬 More than {words.movie_count(standing.running)} of yours are in the making: see {movies}."
    if standing.running == 1:
        return f"🎬 1 movie of yours is in the making: see {movies}."
    return f"🎬 {words.movie_count(standing.running)} of yours are in the making: see {movies}."


def _credits(standing: Standing) -> Sequence[str]:
    balance, resets = standing.balance, standing.month.ends_at
    lines = [f"**{words.credit_count(balance.own_left)}** left; they reset {words.moment(resets)}."]
    if balance.extra.left:
        lines.append(f"{words.credit_count(balance.extra.left)} of them are extra and don't expire.")
    if balance.left < balance.own_left:
        lines.append(f"Of what everyone here shares, {words.credit_count(balance.left)} are left this month.")
    return lines


def _prices(models: Sequence[VideoModel], last: str) -> str:
    """A line for each model, as far as they fit."""
    lines = [
        f"**{safe.one_line(model.label, _NAME_MOST)}**: {words.credit_count(model.credits_per_second)}"
        f" · {', '.join(model.aspect_ratios)}"
        for model in models
    ]
    for shown in range(len(lines), 0, -1):
        rest = len(lines) - shown
        more = [] if not rest else ["and 1 more model" if rest == 1 else f"and {rest} more models"]
        text = "\n".join([*lines[:shown], *more, last])
        if len(text) <= _FIELD_MOST:
            return text
    return last


def _first(confirm_above: int) -> str:
    return f"Up to {words.length(SECONDS_MOST)}. Above {words.credit_count(confirm_above)} you see the price first."


def _commands(standing: Standing, ids: Mapping[str, int]) -> Sequence[str]:
    lines = [
        f"{command('movie', ids)} · {names.MOVIE}",
        f"{command('movies', ids)} · {names.MOVIES}",
        f"{command('credits', ids)} · {names.CREDITS}",
        f"{command('preferences', ids)} · {names.PREFERENCES}",
        f"On a message: **Apps** → **{names.MAKE_A_MOVIE}**",
    ]
    if standing.may_manage:
        lines.append(
            f"As you may manage this server: {command('quota show', ids)} and {command('quota report', ids)}, "
            "with limits, grants and blocks beside them"
        )
    return lines


_USED_UP = {
    Scope.MEMBER: "Your credits are used up.",
    Scope.EXTRA: "Your credits are used up.",
    Scope.SERVER: "This server's share of the plan is used up.",
    Scope.PLAN: "The plan that all servers share is used up.",
}
