"""Responses to interactions, in which language they are, and what happens when Discord does not confirm one.

No request about a notification is made once another process may send it. discord.py waits within a request: for a rate
limit, and before it tries again after a 429 or a 5xx. Meanwhile, the process may be frozen for as long as it likes. So
aiohttp asks here before each attempt.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Generator
from contextvars import ContextVar
from dataclasses import replace
from types import SimpleNamespace
from typing import Final, TypeVar

import aiohttp
import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.core.clock import Clock
from bot.core.errors import (
    AnsweredElsewhere,
    DeliveryDeferred,
    DeliveryRejected,
    DeliveryUnconfirmed,
    DuplicateInteraction,
)
from bot.domain.credits import Shortfall
from bot.domain.orders import InvalidDraft, PromptRefused
from bot.domain.process import MAX_CLOCK_DIFFERENCE_MS
from bot.domain.refusal import Refused
from bot.domain.text import Language, language_of
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, texts_in
from bot.ui import refusals
from bot.ui.components import Message, Part, Row, is_marked, plain, texts_of

Interaction = discord.Interaction[commands.AutoShardedBot]

T = TypeVar("T")

_log = structlog.stdlib.get_logger(__name__)

_ALREADY_ACKNOWLEDGED: Final = 40060

TOO_LATE: Final = frozenset({10062, _ALREADY_ACKNOWLEDGED})
"""The interaction expired, or was acknowledged by another process or by a response that seemed lost."""


_deadline: Final[ContextVar[int | None]] = ContextVar("request_deadline", default=None)


async def respond(interaction: Interaction, message: Message, *, private: Message | None = None) -> int | None:
    """Respond publicly to a command or a press, and return the message's id, if known.

    With `private`, replace the ephemeral message whose button was clicked by it first, and follow up publicly.

    Raises:
        DeliveryRejected: too late (10062). Nothing was shown, and the member sees Discord's own error.
        AnsweredElsewhere: another process was faster.
        DeliveryUnconfirmed: a cut connection or a 5xx, so the response may have been shown.
    """
    try:
        try:
            if private is None:
                return (await interaction.response.send_message(**message.sent())).message_id
            await interaction.response.edit_message(**private.edited())
        except discord.HTTPException as exc:
            if exc.code != _ALREADY_ACKNOWLEDGED:
                raise
            existing = await _own_response(interaction, private or message)
            if private is None:
                return existing.id
        return (await interaction.followup.send(**message.sent(), wait=True)).id
    except discord.NotFound as exc:
        raise DeliveryRejected(str(exc), code=exc.code) from exc
    except discord.HTTPException as exc:
        raise DeliveryUnconfirmed(str(exc), code=exc.code) from exc
    except (discord.DiscordException, aiohttp.ClientError, OSError) as exc:
        raise DeliveryUnconfirmed(str(exc) or type(exc).__name__) from exc


@contextlib.asynccontextmanager
async def log_discord_errors() -> AsyncGenerator[None]:
    """Log Discord's errors and go on."""
    try:
        yield
    except discord.HTTPException as exc:
        _log.warning("response_failed", code=exc.code, status=exc.status)
    except (discord.RateLimited, aiohttp.ClientError, OSError) as exc:
        _log.warning("response_failed", error=str(exc) or type(exc).__name__)


@log_discord_errors()
async def respond_ephemeral(interaction: Interaction, message: Message, *, edit: bool = False) -> None:
    """Respond ephemerally; with `edit`, replace the message whose button was clicked.

    After a response or a deferral, that is replaced. Discord's errors are only logged.
    """
    await show_private(interaction, message, edit=edit)


async def send_ephemeral(interaction: Interaction, text: str, *more: Part) -> None:
    """Respond or follow up ephemerally with a text, whichever is possible.

    Discord's errors are only logged.
    """
    await send_private(interaction, plain(text, *more))


@log_discord_errors()
async def send_private(interaction: Interaction, message: Message) -> None:
    """Respond or follow up ephemerally, whichever is possible.

    Discord's errors are only logged.
    """
    if interaction.response.is_done():
        await interaction.followup.send(**message.sent(), ephemeral=True)
    else:
        await interaction.response.send_message(**message.sent(), ephemeral=True)


async def send_text(interaction: Interaction, message_id: MessageId, **values: str | int) -> None:
    """Respond or follow up ephemerally with a text in the member's language."""
    await send_ephemeral(interaction, private_texts(interaction)(message_id, **values))


@log_discord_errors()
async def edit_pressed(interaction: Interaction, message: Message) -> None:
    """Replace the message whose button was pressed, as the first response.

    Discord's errors are only logged.
    """
    await interaction.response.edit_message(**message.edited())


async def send_modal(interaction: Interaction, modal: discord.ui.Modal) -> None:
    """Open a modal.

    Raises:
        discord.HTTPException: Discord refuses it.
    """
    await interaction.response.send_modal(modal)


async def replace_or_send(interaction: Interaction, text: str) -> None:
    """Replace the ephemeral confirmation that was clicked.

    A forged one may be pressed elsewhere: then respond with an ephemeral message.
    """
    if is_private(interaction) and not interaction.response.is_done():
        await edit_pressed(interaction, plain(text))
    else:
        await send_ephemeral(interaction, text)


def is_private(interaction: Interaction) -> bool:
    """Return whether an ephemeral message was pressed."""
    return interaction.message is not None and interaction.message.flags.ephemeral


async def show_private(interaction: Interaction, message: Message, *, edit: bool) -> None:
    """Show an ephemeral message.

    After a deferral, it takes the place of "is thinking". `edit` replaces the ephemeral message whose button was
    clicked. Raises discord.py's errors.
    """
    if interaction.response.is_done():
        await interaction.edit_original_response(**message.edited())
    elif edit:
        await interaction.response.edit_message(**message.edited())
    else:
        await interaction.response.send_message(**message.sent(), ephemeral=True)


@log_discord_errors()
async def replace_ephemeral(interaction: Interaction, message: Message) -> None:
    """Replace an ephemeral message whose first response may have been lost.

    The first response is sent where none was given; Discord refuses a second one (40060), and then the first is edited.
    Discord's errors are only logged.
    """
    try:
        await show_private(interaction, message, edit=True)
    except discord.HTTPException as exc:
        if exc.code != _ALREADY_ACKNOWLEDGED:
            raise
        await interaction.edit_original_response(**message.edited())


@log_discord_errors()
async def correct_card(interaction: Interaction, followup_id: int | None, card: Message) -> None:
    """Edit a card that was a first response or a followup.

    Discord's errors are only logged.
    """
    if followup_id is None:
        await interaction.edit_original_response(**card.edited())
        return
    # declared with a LayoutView only without content and embeds, which an older card must have emptied
    await interaction.followup.edit_message(followup_id, **card.edited())  # pyright: ignore[reportArgumentType]


async def _own_response(interaction: Interaction, message: Message) -> discord.InteractionMessage:
    """Return the existing response to an interaction if it is this message.

    discord.py repeats a response after a 5xx; if Discord took the first one, the second fails with 40060.

    Raises:
        AnsweredElsewhere: it is another response: two processes received the interaction.
        discord.HTTPException, aiohttp.ClientError, OSError: it can't be read.
    """
    try:
        existing = await interaction.original_response()
    except discord.NotFound as exc:  # a modal, or a deleted message: not this response
        raise AnsweredElsewhere(str(exc), code=_ALREADY_ACKNOWLEDGED) from exc
    same = texts_of(existing) == message.text if message.mark is None else is_marked(existing, message.mark)
    if not same:
        raise AnsweredElsewhere("another process has answered", code=_ALREADY_ACKNOWLEDGED)
    return existing


class Declined(app_commands.AppCommandError):
    """Ends a command or a press of which nothing is left to do: the member is told why.

    `edit`: in place of the message whose button was pressed, if that has no more use.
    """

    def __init__(self, why: Refused | Message | MessageId, *, edit: bool = False) -> None:
        super().__init__(why)
        self.why: Refused | Message | MessageId = why
        self.edit = edit


def unless_refused(outcome: T | Refused, *, edit: bool = False) -> T:
    """Return what is no refusal.

    Raises:
        Declined: It is one.
    """
    if isinstance(outcome, Refused):
        raise Declined(outcome, edit=edit)
    return outcome


async def handle_error(interaction: Interaction, error: Exception, event: str, **what: str) -> None:
    """Say why nothing is done. What is no refusal is logged, as this event."""
    match error:
        case Declined():
            try:
                await _say_why(interaction, error.why, edit=error.edit)
            except Exception as exc:  # noqa: BLE001 (the member is told that it has failed)
                await handle_error(interaction, exc, event, **what)
        case DuplicateInteraction():  # another process made the change, and responds
            _log.warning("interaction_duplicate", interaction_id=interaction.id)
        case discord.HTTPException() if error.code in TOO_LATE:
            _log.warning("response_failed", code=error.code, status=error.status)
        case _:
            _log.error(event, exc_info=error, **what)
            await send_text(interaction, "errors-internal")


async def _say_why(interaction: Interaction, why: Refused | Message | MessageId, *, edit: bool) -> None:
    if isinstance(why, Refused):
        await refuse(interaction, why, edit=edit)
        return
    message = why if isinstance(why, Message) else plain(private_texts(interaction)(why))
    if edit:
        await respond_ephemeral(interaction, message, edit=True)
    else:
        await send_private(interaction, message)


async def refuse(interaction: Interaction, refused: Refused, view: tuple[Row, ...] = (), *, edit: bool = False) -> None:
    """Say why nothing was done. `edit`: in place of the message whose button was pressed, if that has no more use."""
    message = refusals.message(private_texts(interaction), without_deleted(interaction, refused))
    await show_refusal(interaction, message.plus(*view), refused, edit=edit)


async def show_refusal(
    interaction: Interaction,
    message: Message,
    reason: Refused | Shortfall | InvalidDraft | PromptRefused,
    *,
    edit: bool = False,
) -> None:
    """Show a refusal: in place of what was pressed, or by itself where that may be of use again.

    It takes the place of "is thinking".
    """
    is_thinking = interaction.response.type is discord.InteractionResponseType.deferred_channel_message
    if isinstance(reason, Refused) and not refusals.ends(reason) and not is_thinking:
        await send_private(interaction, message)
    else:
        await respond_ephemeral(interaction, message, edit=edit)


def without_deleted(interaction: Interaction, refused: Refused) -> Refused:
    """Leave out the channels or roles that no longer exist.

    Before Discord has sent the server, all are kept.
    """
    guild = loaded_guild(interaction)
    if guild is None:
        return refused
    existing = {"channels": guild.get_channel, "roles": guild.get_role}
    kept = {
        name: tuple(each for each in refused.data[name] if find(each) is not None)
        for name, find in existing.items()
        if name in refused.data
    }
    return replace(refused, data={**refused.data, **kept})


def loaded_guild(interaction: Interaction) -> discord.Guild | None:
    """Return the server with its channels and roles.

    None before Discord has sent it, or during its outage.
    """
    guild = interaction.client.get_guild(interaction.guild_id or 0)
    return None if guild is None or guild.unavailable else guild


def private_texts(interaction: Interaction) -> Texts:
    """Return the texts for what only the member sees."""
    return texts_in(member_language(interaction))


def member_language(interaction: Interaction) -> Language:
    """Return the language that the member chose in Discord."""
    return language_of(interaction.locale.value)


def server_language(interaction: Interaction) -> Language:
    """Return the server's language in Discord; in direct messages, the member's."""
    return language_of((interaction.guild_locale or interaction.locale).value)


@contextlib.contextmanager
def request_deadline(leased_until: int | None) -> Generator[None]:
    """Make no request in the block after the end of a lease (UTC epoch milliseconds; None: none).

    It ends earlier by as much as the other process's clock may be ahead.
    """
    token = _deadline.set(None if leased_until is None else leased_until - MAX_CLOCK_DIFFERENCE_MS)
    try:
        yield
    finally:
        _deadline.reset(token)


def refuse_late_requests(trace: aiohttp.TraceConfig, clock: Clock) -> None:
    """Let a session with this trace raise DeliveryDeferred instead of a late request."""

    async def check(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, _params: aiohttp.TraceRequestStartParams
    ) -> None:
        deadline = _deadline.get()
        if deadline is not None and clock.now() >= deadline:
            raise DeliveryDeferred("the lease ended before the request")

    trace.on_request_start.append(check)
