"""Routes buttons, selects and modals to their handlers by custom_id.

A cog lists its handlers in `component_handlers`; the buttons themselves are in bot/ui.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final

import discord
import structlog
from discord.ext import commands

from bot.core.errors import Declined, DuplicateInteraction
from bot.discord_client.responses import TOO_LATE, send_text
from bot.domain.jobs import ID_PATTERN
from bot.domain.refusal import Refused
from bot.ui import movie_list, pitches, privacy, storyboards
from bot.ui.components import parse_custom_id
from bot.ui.job_buttons import MORE
from cogs.checks import Interaction, refuse, timed_out_until
from data.engine.rows import ROW_ID_PATTERN

_log = structlog.stdlib.get_logger(__name__)

ComponentHandler = Callable[[Interaction, tuple[str, ...]], Awaitable[None]]
"""Responds to a component. The arguments come from the custom_id and may be forged."""

_NUMBER: Final = r"[0-9]{1,18}|[1-8][0-9]{18}"
"""A number that fits the database's 63 bits, such as Discord's ids."""

_PAGE: Final = r"[0-9]{1,6}"
"""At most 6 digits: a larger number times the page size could exceed the database's 63 bits."""

KEPT_IN_TIME_OUT: Final = frozenset(
    {
        *(MORE, "receipt", "unfollow", "cancel", "cancel-confirm", "quote-cancel", "delete", "delete-confirm"),
        *(storyboards.LOOK, storyboards.STOP),
        *(movie_list.PAGE_ACTION, movie_list.FILTER, movie_list.OPEN),
        *(pitches.PAGE, pitches.SORT, pitches.MANAGE, pitches.MORE),
        *(pitches.BACK, pitches.WITHDRAW, pitches.WITHDRAW_CONFIRM),
        *(privacy.EXPORT, privacy.ERASE, privacy.CONFIRM, privacy.CONFIRM_WITH_MESSAGES, privacy.KEEP),
    }
)
"""What a member may do whom the server's staff timed out: read and take back what is their own."""


class InvalidCustomId(Exception):
    """A custom_id with arguments that this version does not create."""


def _text(pattern: str, arguments: tuple[str, ...], position: int = 0) -> str:
    """Return an argument that matches a pattern.

    Raises:
        InvalidCustomId: It is missing, or is something else.
    """
    text = arguments[position] if position < len(arguments) else ""
    if not re.fullmatch(pattern, text):
        raise InvalidCustomId
    return text


def _number(pattern: str, arguments: tuple[str, ...], position: int = 0) -> int:
    return int(_text(pattern, arguments, position))


id_argument = partial(_text, ID_PATTERN)
"""Return the id of a job or a quote, or raise InvalidCustomId."""

row_id_argument = partial(_text, ROW_ID_PATTERN)
"""Return the id of a row that is only ever appended, or raise InvalidCustomId."""

subject_argument = partial(_text, f"{ID_PATTERN}|{ROW_ID_PATTERN}")
"""Return what a message in the staff channel is about, a job's id or a row's, or raise InvalidCustomId."""

int_argument = partial(_number, _NUMBER)
"""Return a number that fits the database, such as a member's id, or raise InvalidCustomId."""

page_argument = partial(_number, _PAGE)
"""Return the number of a page, or raise InvalidCustomId."""


class ComponentRouter(commands.Cog):
    """Calls the handler of each component interaction.

    `refuse_unserved` answers interactions that are not served, and tells whether it was one.
    """

    def __init__(
        self, *handlers: Mapping[str, ComponentHandler], refuse_unserved: Callable[[Interaction], Awaitable[bool]]
    ) -> None:
        self._refuse_unserved = refuse_unserved
        self._handlers = {action: handler for each in handlers for action, handler in each.items()}

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Route a component or a submitted modal of this bot."""
        if interaction.type not in (discord.InteractionType.component, discord.InteractionType.modal_submit):
            return
        parsed = parse_custom_id(str((interaction.data or {}).get("custom_id", "")))
        if parsed is None or await self._refuse_unserved(interaction):
            return
        action, arguments = parsed
        until = timed_out_until(interaction)
        if until is not None and action not in KEPT_IN_TIME_OUT:
            await refuse(interaction, Refused("refusals-button-timed-out", {"time": until}))
            return
        if action not in self._handlers:
            await _refuse_unknown(interaction, action)
            return
        try:
            await self._handlers[action](interaction, arguments)
        except Declined:
            pass
        except DuplicateInteraction:  # another process made the change, and responds
            _log.warning("interaction_duplicate", interaction_id=interaction.id)
        except InvalidCustomId:
            await _refuse_unknown(interaction, action)
        except Exception as exc:  # noqa: BLE001 (the outer boundary: it is logged, and the member is told)
            if isinstance(exc, discord.HTTPException) and exc.code in TOO_LATE:
                _log.warning("response_failed", code=exc.code, status=exc.status)
                return
            _log.exception("component_failed", action=action)
            await send_text(interaction, "errors-internal")


async def _refuse_unknown(interaction: Interaction, action: str) -> None:
    """Respond to a component of another version, or a forged one."""
    _log.warning("component_unknown", action=action)
    await send_text(interaction, "errors-outdated")
