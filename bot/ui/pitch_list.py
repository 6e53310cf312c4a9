"""The /pitches command: a server's open pitches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import discord

from bot.domain.discord_limits import MAX_OPTION_LENGTH
from bot.domain.numbered_page import NumberedPage
from bot.domain.pitch import Pitch, PitchSort
from bot.locales.texts import Texts, message_id
from bot.ui import pitches, prompts
from bot.ui.amounts import format_credits
from bot.ui.command_descriptions import localized
from bot.ui.components import Button, Option, Select, build_view
from bot.ui.escaping import escape_line, truncate
from bot.ui.formatting import BRAND, format_timestamp
from bot.ui.pitch_notices import pitch_url

PAGE_SIZE: Final = 5
"""Pitches a page."""

PAGE: Final = "pitches"
SORT: Final = "pitches-sort"
MANAGE: Final = "pitches-manage"

SORT_CHOICES: Final = {each: localized(message_id("commands-pitches", each)) for each in PitchSort}


def list_embed(texts: Texts, page: NumberedPage[Pitch]) -> discord.Embed:
    """Build a page of the list, two lines a pitch."""
    first = page.number * PAGE_SIZE + 1
    entries = [f"**{number}.** {_entry(texts, pitch)}" for number, pitch in enumerate(page.items, first)]
    description = "\n".join(entries) or texts("pitches-empty")
    embed = discord.Embed(title=texts("pitches-list-title"), description=description, colour=BRAND)
    if page.pages > 1:
        embed.set_footer(text=texts("pitches-page-footer", page=page.number + 1, pages=page.pages))
    return embed


def list_view(
    texts: Texts, page: NumberedPage[Pitch], sort: PitchSort, managed: Sequence[Pitch] = ()
) -> discord.ui.View | None:
    """Build the selects of a pitch and of orders, and the page buttons.

    `managed` are those of which the reader may take back, withdraw or remove something. None where there is nothing to
    choose.
    """
    items: list[Button | Select] = [manage_select(texts, managed)] if managed else []
    if page.total > 1:
        options = tuple(Option(texts(message_id("commands-pitches", each)), each.value) for each in PitchSort)
        items.append(Select(texts("pitches-sort-placeholder"), (SORT,), options, sort.value))
    if page.pages > 1:
        before, after = page.number - 1, page.number + 1
        items.append(Button(texts("pitches-back-button"), (PAGE, sort, max(0, before)), enabled=before >= 0))
        items.append(Button(texts("pitches-next-button"), (PAGE, sort, after), enabled=after < page.pages))
    return build_view(*items) if items else None


def manage_select(texts: Texts, managed: Sequence[Pitch]) -> Select:
    """Build the select of a pitch to take back from, withdraw or remove.

    It needs no message of the pitch: that may be deleted.
    """
    options = tuple(
        Option(truncate(prompts.shown(texts, each.request.prompt), MAX_OPTION_LENGTH), each.id) for each in managed
    )
    return Select(texts("pitches-manage-placeholder"), (MANAGE,), options)


def managed_embed(texts: Texts, pitch: Pitch, pledged: int) -> discord.Embed:
    """Build what a reader sees of the pitch that they chose, with their share."""
    entry = _entry(texts, pitch)
    mine = f" · {texts('pitches-mine', credits=pledged)}" if pledged else ""
    return discord.Embed(description=f"{entry}{mine}", colour=BRAND)


def managed_view(texts: Texts, pitch: Pitch, *, pledged: int, mine: bool, staff: bool) -> discord.ui.View | None:
    """Build the buttons of a pitch that a reader chose, as they may; None without any."""
    buttons = [
        *([pitches.back_button(texts, pitch)] if pledged else []),
        *([pitches.withdraw_button(texts, pitch)] if mine else []),
        *([pitches.remove_button(texts, pitch)] if staff else []),
    ]
    return build_view(*buttons) if buttons else None


def _entry(texts: Texts, pitch: Pitch) -> str:
    """Format one pitch in two lines, with a link to its message."""
    prompt = escape_line(prompts.shown(texts, pitch.request.prompt), 120)
    missing = texts("pitches-missing", credits=pitch.missing, price=format_credits(texts, pitch.price))
    parts = (
        missing if pitch.missing else texts("pitches-complete"),
        texts("pitches-votes", votes=pitch.votes),
        texts("pitches-ends", time=format_timestamp(pitch.ends_at)),
        f"[{texts('pitches-open')}]({pitch_url(pitch)})",
    )
    return f"{prompt}\n{' · '.join(parts)}"
