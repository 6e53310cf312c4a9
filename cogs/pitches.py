"""/pitch and /pitches: movies that members pay for together.

cogs/movie.py builds /pitch. What a press may do is decided by the database, so an old message's buttons do no harm. The
answer is private; a worker updates the message, always with the newest numbers. Only where the pitch is over, a press
corrects its message, too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final

import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.core.errors import AnsweredElsewhere, DeliveryError, DeliveryRejected, DeliveryUnconfirmed, StorageError
from bot.discord_client.modals import modal_values, selected_value
from bot.discord_client.responses import (
    log_discord_errors,
    private_texts,
    replace_or_send,
    respond,
    respond_ephemeral,
    send_ephemeral,
    send_private,
    send_text,
)
from bot.discord_client.rest_errors import map_errors
from bot.domain.credits import Shortfall
from bot.domain.orders import InvalidDraft, Order, Quote
from bot.domain.pitches import (
    CHIP_IN_AMOUNTS,
    MAX_CHIP_IN,
    UNKNOWN_RIGHTS,
    MakerRights,
    Pitch,
    PitchSort,
    PitchState,
    Pledged,
    PledgeState,
)
from bot.domain.prompt_refusal import PromptRefused
from bot.domain.refusal import Refused
from bot.domain.request import Draft, to_draft
from bot.domain.text import whole_number
from bot.locales.message_ids import MessageId
from bot.locales.texts import texts_in
from bot.services.moderation import Moderator
from bot.ui import copies, quotes, refusals
from bot.ui import pitches as messages
from bot.ui.command_descriptions import localized
from bot.ui.components import Row, in_rows, plain
from cogs.checks import (
    Interaction,
    decline,
    loaded_guild,
    may_post,
    may_see,
    missing_permissions,
    order_context,
    refuse,
    role_ids,
    show_refusal,
)
from cogs.component_router import ComponentHandler, InvalidCustomId, id_argument, int_argument, page_argument
from cogs.job_access import find_pitch, is_staff, only_staff
from cogs.orders import OrderFlow
from cogs.quota import audit_context
from data import pitch_ends, pitches, pledges, pledging, server_setup
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)


class PitchesCog(commands.Cog):
    """Makes pitches and posts their messages, answers their buttons, and lists open pitches privately.

    A pitch whose message Discord does not confirm is withdrawn: nobody has seen it. What a member may take back,
    withdraw or remove works from the list, too: a message may be deleted. A pitch whose channel is deleted ends; what
    is missed of that, the daily check finds.
    """

    def __init__(self, database: Database, order_flow: OrderFlow, moderator: Moderator) -> None:
        self._database = database
        self._order_flow = order_flow
        self._moderator = moderator
        self.component_handlers: Mapping[str, ComponentHandler] = {
            copies.PITCH: self._pitch_quote,
            messages.ADD: self._add,
            messages.REST: self._rest,
            messages.MORE: self._more,
            messages.OTHER: self._ask_amount,
            messages.OTHER_SEND: self._add_other,
            messages.BACK: self._take_back,
            messages.VOTE: self._vote,
            messages.WITHDRAW: self._ask_withdraw,
            messages.WITHDRAW_CONFIRM: self._withdraw,
            messages.REMOVE: self._ask_remove,
            messages.REMOVE_CONFIRM: self._remove,
            messages.PAGE: self._turn_page,
            messages.SORT: self._sort,
            messages.MANAGE: self._manage,
        }

    # ── making one ───────────────────────────────────────────────────────────────────────────────────────────────

    async def _pitch_quote(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Pitch what a price is shown of, in place of ordering it."""
        if not await self._order_flow.may_order(interaction):
            return
        context = order_context(interaction)
        quote = await self._database.read(pledging.quote_to_pitch, id_argument(arguments), context)
        if isinstance(quote, Refused):
            await decline(interaction, quote, edit=True)
        if quote is not None:  # else another process responds
            await self.submit(interaction, to_draft(quote.request), quote=quote)

    async def submit(
        self, interaction: Interaction, draft: Draft, chip_in: object = None, *, quote: Quote | None = None
    ) -> None:
        """Pitch a draft with what its member chips in. Both may be forged.

        It is completed from the member's preferences, unless a `quote` shows all of it.
        """
        if not (chip_in is None or (type(chip_in) is int and 0 < chip_in <= MAX_CHIP_IN)):
            await send_text(interaction, "pitch-amount-invalid")
            return
        if not await self._order_flow.may_order(interaction) or not await self._order_flow.within_rate(interaction):
            return
        missing = missing_permissions(interaction)
        if missing:
            await refuse(interaction, Refused("errors-missing-permissions", {"permissions": missing}))
            return
        is_quoted = quote is not None
        order = Order(
            order_context(interaction),
            draft,
            use_preferences=not is_quoted,
            quote=quote,
            accepts=is_quoted,
            wording=None if quote is None else quote.wording,
            is_new=not is_quoted,
        )
        outcome = await self._moderator.run(pledging.pitch, order, chip_in or 0)
        if isinstance(outcome, Pitch | Pledged):
            await self._post(interaction, outcome, replaces=is_quoted)
        elif outcome is not None:  # else another process responds to this interaction
            await self._say_why(interaction, draft, outcome)

    async def _say_why(
        self, interaction: Interaction, draft: Draft, why: InvalidDraft | PromptRefused | Shortfall | Refused
    ) -> None:
        texts = private_texts(interaction)
        match why:
            case Shortfall():
                await send_ephemeral(interaction, messages.not_pitched(texts, why))
            case Refused():
                await refuse(interaction, why, await self._own(interaction, why))
            case InvalidDraft() | PromptRefused():
                await show_refusal(interaction, quotes.reason_message(texts, why, draft), why)

    async def _own(self, interaction: Interaction, refused: Refused) -> tuple[Row, ...]:
        """Build the select of the member's open pitches, where they have too many."""
        if refused.code != "pitch-too-many":
            return ()
        own = await self._database.read(pitches.open_of, interaction.guild_id or 0, interaction.user.id)
        return in_rows(messages.manage_select(private_texts(interaction), own)) if own else ()

    async def _post(self, interaction: Interaction, outcome: Pitch | Pledged, *, replaces: bool) -> None:
        """Post a pitch; `replaces` the private price that it was made from."""
        pitch = outcome.pitch if isinstance(outcome, Pledged) else outcome
        message_id = None
        shown = messages.pitch_message(texts_in(pitch.server_language), pitch, self._database.policy.catalogue)
        try:
            made = plain(private_texts(interaction)("copies-pitched")) if replaces else None
            message_id = await respond(interaction, shown, private=made)
        except AnsweredElsewhere:
            pass
        except (DeliveryRejected, DeliveryUnconfirmed) as exc:
            _log.warning("pitch_unconfirmed", pitch_id=pitch.id, error_type=type(exc).__name__, error=str(exc))
        if message_id is None:
            await self._database.write(pitch_ends.withdraw_unposted, pitch.id)
            await send_text(interaction, "pitch-not-posted")
            return
        await self._database.write(pitches.record, pitch.id, message_id, pitch)
        if isinstance(outcome, Pledged):
            await send_ephemeral(interaction, messages.chipped_in(private_texts(interaction), outcome))

    # ── chipping in ──────────────────────────────────────────────────────────────────────────────────────────────

    async def _add(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        amount = int_argument(arguments, 1)
        if amount not in CHIP_IN_AMOUNTS:
            raise InvalidCustomId
        await self._chip_in(interaction, id_argument(arguments), amount)

    async def _rest(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Chip in what is missing, but no more than the button said."""
        shown = int_argument(arguments, 1)
        if not shown:
            raise InvalidCustomId
        await self._chip_in(interaction, id_argument(arguments), None, limit=shown)

    async def _ask_amount(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        pitch = await self._open(interaction, id_argument(arguments))
        if pitch is None or not await self._order_flow.may_order(interaction):
            return
        if not pitch.missing:
            await self._refuse(interaction, Refused("pitch-complete", {"pitch": pitch}))
            return
        with log_discord_errors():
            await interaction.response.send_modal(messages.amount_modal(private_texts(interaction), pitch))

    async def _add_other(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        pitch_id = id_argument(arguments)
        typed = next(iter(modal_values(interaction).get(messages.AMOUNT, ())), "").strip()
        if amount := whole_number(typed, messages.MAX_AMOUNT_DIGITS):
            await self._chip_in(interaction, pitch_id, amount)
        else:
            await send_text(interaction, "pitch-amount-invalid")

    async def _chip_in(
        self, interaction: Interaction, pitch_id: str, amount: int | None, *, limit: int | None = None
    ) -> None:
        if not await self._order_flow.may_order(interaction):
            return
        pitch = await self._found(interaction, pitch_id)
        if pitch is None or not await self._order_flow.within_rate(interaction):
            return
        texts, context = private_texts(interaction), order_context(interaction)
        maker = await self._maker(interaction, pitch, amount)
        outcome = await self._database.write(pledging.chip_in, context, pitch.id, amount, limit=limit, maker=maker)
        match outcome:
            case None:
                await self._say_handled(interaction, pitch)
            case Refused():
                await self._refuse(interaction, outcome)
            case Shortfall():
                await send_ephemeral(interaction, messages.shortfall(texts, outcome))
            case Pledged():
                await self._correct(interaction, outcome.pitch)
                await send_ephemeral(interaction, messages.chipped_in(texts, outcome))

    async def _maker(self, interaction: Interaction, pitch: Pitch, amount: int | None) -> MakerRights:
        """Ask Discord what the member who made a pitch is now, where the press may fund it and staff may approve."""
        if pitch.member_id == interaction.user.id or (amount is not None and amount < pitch.missing):
            return UNKNOWN_RIGHTS
        setup = await self._database.read(server_setup.get, pitch.guild_id)
        if setup.approval is None:
            return UNKNOWN_RIGHTS
        return await fetch_rights(interaction, pitch.member_id)

    # ── the other buttons ────────────────────────────────────────────────────────────────────────────────────────

    async def _take_back(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Return the member's pledge. Those who may not order may, too."""
        pitch = await self._found(interaction, id_argument(arguments))
        if pitch is None:
            return
        outcome = await self._database.write(pledging.take_back, order_context(interaction), pitch.id)
        match outcome:
            case Pledged():
                await send_ephemeral(interaction, messages.taken_back(private_texts(interaction), outcome))
            case Refused():
                await self._refuse(interaction, outcome)
            case None:
                await self._say_handled(interaction, pitch)

    async def _vote(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        pitch_id = id_argument(arguments)
        if not await self._order_flow.may_order(interaction):
            return
        pitch = await self._found(interaction, pitch_id)
        if pitch is None:
            return
        outcome = await self._database.write(pledging.vote, pitch.id, pitch.guild_id, interaction.user.id)
        match outcome:
            case Pitch():
                await send_text(interaction, "pitch-voted")
            case Refused():
                await self._refuse(interaction, outcome)

    async def _ask_withdraw(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        pitch = await self._open(interaction, id_argument(arguments))
        if pitch is None:
            return
        if pitch.member_id == interaction.user.id:
            await send_private(interaction, messages.question(private_texts(interaction), pitch, messages.WITHDRAW))
        else:
            await self._refuse(interaction, Refused("pitch-not-yours", {"pitch": pitch}))

    async def _withdraw(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        pitch = await self._found(interaction, id_argument(arguments))
        if pitch is not None:
            account = (pitch.guild_id, interaction.user.id)
            outcome = await self._database.write(pitch_ends.withdraw, pitch.id, *account)
            await _say_ended(interaction, outcome, "pitch-withdrawn")

    async def _ask_remove(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        pitch_id = id_argument(arguments)
        await only_staff(interaction, self._database)
        pitch = await self._open(interaction, pitch_id)
        if pitch is not None:
            await send_private(interaction, messages.question(private_texts(interaction), pitch, messages.REMOVE))

    async def _remove(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        pitch_id = id_argument(arguments)
        await only_staff(interaction, self._database)
        if await self._found(interaction, pitch_id) is None:
            return
        outcome = await self._database.write(pitch_ends.remove, pitch_id, by=audit_context(interaction, None))
        await _say_ended(interaction, outcome, "pitch-removed")

    # ── the list ─────────────────────────────────────────────────────────────────────────────────────────────────

    @app_commands.command(name="pitches", description=localized("commands-pitches"))
    @app_commands.describe(sort=localized("commands-pitches-sort"))
    @app_commands.choices(
        sort=[app_commands.Choice(name=name, value=sort.value) for sort, name in messages.SORT_CHOICES.items()]
    )
    @app_commands.guild_only()
    async def pitches(self, interaction: Interaction, sort: str | None = None) -> None:
        """Show the first page."""
        await self._list(interaction, _parse(sort or PitchSort.MISSING), 0)

    async def _turn_page(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        await self._list(interaction, _parse(next(iter(arguments), "")), page_argument(arguments, 1), edit=True)

    async def _sort(self, interaction: Interaction, _: tuple[str, ...]) -> None:
        await self._list(interaction, _parse(selected_value(interaction)), 0, edit=True)

    async def _list(self, interaction: Interaction, sort: PitchSort, number: int, *, edit: bool = False) -> None:
        """Respond with a page; `edit` replaces the clicked message."""
        if interaction.guild_id is None:
            raise InvalidCustomId
        guild_id, reader_id = interaction.guild_id, interaction.user.id
        channels = await self._database.read(pitches.channels, guild_id)
        seen = [each for each in channels if may_see(interaction, guild_id, each, is_own=False)]
        page = await self._database.read(pitches.page, guild_id, reader_id, seen, sort, number, messages.PAGE_SIZE)
        shown = messages.list_message(private_texts(interaction), page, sort)
        await respond_ephemeral(interaction, shown, edit=edit)

    async def _manage(self, interaction: Interaction, _: tuple[str, ...]) -> None:
        await self._show_more(interaction, id_argument((selected_value(interaction),)))

    async def _more(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        await self._show_more(interaction, id_argument(arguments))

    async def _show_more(self, interaction: Interaction, pitch_id: str) -> None:
        """Show what the member may do with a pitch."""
        pitch = await self._open(interaction, pitch_id)
        if pitch is None:
            return
        reader_id = interaction.user.id
        sees = may_see(interaction, pitch.guild_id, pitch.channel_id, is_own=False)
        shown = messages.more_message(
            private_texts(interaction),
            pitch,
            self._database.policy.catalogue,
            await self._pledged(pitch, reader_id),
            may_pay=may_post(interaction),
            mine=pitch.member_id == reader_id,
            staff=sees and await is_staff(interaction, self._database),
        )
        await self._correct(interaction, pitch)
        await send_private(interaction, shown)

    # ── deleted channels ─────────────────────────────────────────────────────────────────────────────────────────

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """End the pitches of a channel and of its threads."""
        await self._end_in(channel.guild.id, channel.id)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, deleted: discord.RawThreadDeleteEvent) -> None:
        """End the pitches of a thread, also of one that is not cached."""
        await self._end_in(deleted.guild_id, deleted.thread_id)

    async def _end_in(self, guild_id: int, channel_id: int) -> None:
        try:
            for pitch_id in await self._database.read(pitches.open_in, guild_id, channel_id):
                await self._database.write(pitch_ends.end_gone, pitch_id, None)
        except StorageError as exc:
            _log.warning("pitches_not_ended", channel_id=channel_id, error=str(exc))

    # ── what these share ─────────────────────────────────────────────────────────────────────────────────────────

    async def _found(self, interaction: Interaction, pitch_id: str) -> Pitch | None:
        """Return a pitch that the member may see, or respond that there is none."""
        pitch = await find_pitch(interaction, self._database, pitch_id)
        if pitch is None:
            await refuse(interaction, Refused("pitch-unknown"))
        return pitch

    async def _open(self, interaction: Interaction, pitch_id: str) -> Pitch | None:
        """Return an open pitch of this server, or respond why not."""
        pitch = await self._found(interaction, pitch_id)
        if pitch is not None and not pitch.state.is_open:
            await self._refuse(interaction, Refused("pitch-over", {"pitch": pitch}))
            return None
        return pitch

    async def _refuse(self, interaction: Interaction, refused: Refused) -> None:
        match refused.data:
            case {"pitch": Pitch() as pitch}:
                await self._correct(interaction, pitch)
            case _:
                pass
        await refuse(interaction, refused)

    async def _say_handled(self, interaction: Interaction, pitch: Pitch) -> None:
        """Say what the member holds: their press was handled before."""
        pledged = await self._pledged(pitch, interaction.user.id)
        await send_text(interaction, "pitch-handled", credits=pledged)

    async def _pledged(self, pitch: Pitch, member_id: int) -> int:
        """Return what a member holds for an open pitch."""
        pledge = await self._database.read(pledges.find, pitch.id, member_id, (PledgeState.OPEN,))
        return 0 if pledge is None else pledge.credits

    async def _correct(self, interaction: Interaction, pitch: Pitch) -> None:
        """Take the buttons off a message whose pitch is over.

        Its update may have been lost. Of an open or funded pitch, remember the message: the process that posted it may
        have died before it could.
        """
        message = interaction.message
        if message is None or not messages.is_message_of(pitch, message):
            return
        if pitch.state.is_open or pitch.state is PitchState.FUNDED:  # a worker makes it the card of the movie
            if pitch.message_id is None:
                await self._database.write(pitches.record, pitch.id, message.id)
            return
        shown = messages.pitch_message(texts_in(pitch.server_language), pitch, self._database.policy.catalogue)
        with log_discord_errors():
            await interaction.response.edit_message(**shown.edited())


async def _say_ended(interaction: Interaction, outcome: Pitch | Refused, done: MessageId) -> None:
    texts = private_texts(interaction)
    said = refusals.refusal_text(texts, outcome) if isinstance(outcome, Refused) else texts(done)
    await replace_or_send(interaction, said)


def _parse(sort: str) -> PitchSort:
    """Return an order.

    Raises:
        InvalidCustomId: There is no such order.
    """
    if sort not in list(PitchSort):
        raise InvalidCustomId
    return PitchSort(sort)


_TIMEOUT_SECONDS: Final = 1.0
"""Discord waits three seconds for the answer to a press."""


async def fetch_rights(interaction: Interaction, member_id: int) -> MakerRights:
    """Ask Discord for a member's roles and rights.

    Where it gives no answer in time, or the member has left, they have none.
    """
    # not cancelled: see bot/discord_client/cards.py
    request = asyncio.create_task(_fetch(interaction, member_id), name=f"pitch-maker-{member_id}")
    done, _ = await asyncio.wait((request,), timeout=_TIMEOUT_SECONDS)
    return request.result() if done else UNKNOWN_RIGHTS


async def _fetch(interaction: Interaction, member_id: int) -> MakerRights:
    guild = loaded_guild(interaction)
    if guild is None:
        return UNKNOWN_RIGHTS
    try:
        member = await map_errors(lambda: guild.fetch_member(member_id))
    except DeliveryError as exc:
        _log.info("pitch_maker_unknown", guild_id=guild.id, error=str(exc))
        return UNKNOWN_RIGHTS
    if member is None:
        return UNKNOWN_RIGHTS
    return MakerRights(role_ids(member), member.guild_permissions.manage_guild)
