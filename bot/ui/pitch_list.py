"""The /pitches command: a server's open pitches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import discord

from bot.domain.numbered_page import NumberedPage
from bot.domain.pitch import Pitch, PitchSort
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui import prompts
from bot.ui.amounts import format_credits
from bot.ui.command_descriptions import localized
from bot.ui.components import Button, Option, Select, build_view
from bot.ui.escaping import escape_line
from bot.ui.formatting import BRAND, format_timestamp
from bot.ui.pitch_notices import pitch_url

PAGE_SIZE: Final = 5
"""Pitches a page."""

PAGE: Final = "pitches"
SORT: Final = "pitches-sort"

_SORTS: Final[Mapping[PitchSort, MessageId]] = {
    PitchSort.MISSING: "commands-pitches-missing",
    PitchSort.VOTES: "commands-pitches-votes",
    PitchSort.AGE: "commands-pitches-age",
}

SORT_CHOICES: Final = {each: localized(_SORTS[each]) for each in _SORTS}


def list_embed(texts: Texts, page: NumberedPage[Pitch]) -> discord.Embed:
    """Build a page of the list, two lines a pitch."""
    first = page.number * PAGE_SIZE + 1
    entries = [_entry(texts, number, pitch) for number, pitch in enumerate(page.items, first)]
    description = "\n".join(entries) or texts("pitches-empty")
    embed = discord.Embed(title=texts("pitches-list-title"), description=description, colour=BRAND)
    if page.pages > 1:
        embed.set_footer(text=texts("pitches-page-footer", page=page.number + 1, pages=page.pages))
    return embed


def list_view(texts: Texts, page: NumberedPage[Pitch], sort: PitchSort) -> discord.ui.View | None:
    """Build the select of orders and the page buttons.

    None where there is nothing to sort.
    """
    if page.total <= 1:
        return None
    options = tuple(Option(texts(_SORTS[each]), each.value) for each in PitchSort)
    items: list[Button | Select] = [Select(texts("pitches-sort-placeholder"), (SORT,), options, sort.value)]
    if page.pages > 1:
        before, after = page.number - 1, page.number + 1
        items.append(Button(texts("pitches-back-button"), (PAGE, sort, max(0, before)), enabled=before >= 0))
        items.append(Button(texts("pitches-next-button"), (PAGE, sort, after), enabled=after < page.pages))
    return build_view(*items)


def _entry(texts: Texts, number: int, pitch: Pitch) -> str:
    """Format one pitch in two lines, with a link to its message."""
    prompt = escape_line(prompts.shown(texts, pitch.request.prompt), 120)
    missing = texts("pitches-missing", credits=pitch.missing, price=format_credits(texts, pitch.price))
    parts = (
        missing if pitch.missing else texts("pitches-complete"),
        texts("pitches-votes", votes=pitch.votes),
        texts("pitches-ends", time=format_timestamp(pitch.ends_at)),
        f"[{texts('pitches-open')}]({pitch_url(pitch)})",
    )
    return f"**{number}.** {prompt}\n{' · '.join(parts)}"
