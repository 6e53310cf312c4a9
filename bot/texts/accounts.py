"""What a member sees of their credits."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.domain.credits import Budget, Entry, EntryKind, Month
from bot.texts import safe, words

_MOVES = {EntryKind.HOLD: "Held", EntryKind.CAPTURE: "Spent", EntryKind.RELEASE: "Given back"}


def own(budget: Budget, month: Month, entries: Sequence[Entry]) -> discord.Embed:
    """A member's month: allowance, used, held, left, reset, and the last movements."""
    embed = discord.Embed(
        title="Your credits",
        colour=words.BRAND,
        description=f"{words.bar(budget.used + budget.held, budget.limit)} used or held\n"
        f"**{words.credit_count(budget.left)}** left · reset {words.moment(month.ends_at)}",
    )
    embed.add_field(name="Allowance", value=f"{words.credit_count(budget.limit)} a month")
    embed.add_field(name="Used", value=words.credit_count(budget.used))
    embed.add_field(name="Held", value=f"{words.credit_count(budget.held)}\nby movies in the making")
    lines = [_line(entry) for entry in entries]
    embed.add_field(name="Last movements", value="\n".join(lines) or "None yet: try /movie.", inline=False)
    return embed


def _line(entry: Entry) -> str:
    return f"{words.moment(entry.at)} {_MOVES[entry.kind]} **{entry.credits:,}** · {safe.one_line(entry.prompt, 50)}"
