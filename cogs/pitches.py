"""/pitch and /pitches: movies that members pay for together.

cogs/movie.py builds /pitch. What a press may do is decided by the database, so an old message's buttons do no harm. The
answer is private; a worker updates the message, always with the newest numbers. Only where the pitch is over, a press
corrects its message, too.
"""

from __future__ import annotations

import asyncio
from typing import Final, NoReturn

import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.core.errors import AnsweredElsewhere, DeliveryError, DeliveryRejected, DeliveryUnconfirmed, StorageError
from bot.discord_client.modals import modal_value, selected_value
from bot.discord_client.responses import (
    Declined,
    Interaction,
    edit_pressed,
    loaded_guild,
    private_texts,
    refuse,
    replace_or_send,
    respond,
    respond_ephemeral,
    send_ephemeral,
    send_modal,
    send_private,
    send_text,
    show_refusal,
    unless_refused,
)
from bot.discord_client.rest_errors import map_errors
from bot.domain.jobs import ID_PATTERN
from bot.domain.moderation import PromptRefused
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
from bot.domain.refusal import Refused
from bot.domain.request import Draft, to_draft
from bot.domain.text import whole_number
from bot.locales.message_ids import MessageId
from bot.locales.texts import texts_in
from bot.ui import copies, quotes, refusals
from bot.ui import pitches as messages
from bot.ui.command_descriptions import localized
from bot.ui.components import in_rows, plain
from cogs.answering import Answering
from cogs.checks import may_post, may_see, missing_permissions, order_context, role_ids
from cogs.component_router import (
    IdArgument,
    InvalidCustomId,
    NumberArgument,
    PageArgument,
    component,
    read_argument,
)
from cogs.job_access import is_staff, only_staff
from cogs.order_flow import check_may_order
from cogs.quota import audit_context
from data import pitch_ends, pitches, pledges, pledging, server_setup

_log = structlog.stdlib.get_logger(__name__)

_TIMEOUT_SECONDS: Final = 1.0
"""Discord waits three seconds for the answer to a press."""


class PitchesCog(Answering, commands.Cog):
    """Makes pitches and posts their messages, answers their buttons, and lists open pitches privately.

    A pitch whose message Discord does not confirm is withdrawn: nobody has seen it. What a member may take back,
    withdraw or remove works from the list, too: a message may be deleted. A pitch whose channel is deleted ends; what
    is missed of that, the daily check finds.
    """

    async def _found(self, interaction: Interaction, pitch_id: IdArgument) -> Pitch:
        """Return a pitch of this server that the member may see.

        Raises:
            Declined: There is none.
        """
        pitch = await self._database.read(pitches.find, pitch_id)
        if pitch is not None and pitch.guild_id == interaction.guild_id:
            is_own = await self._database.read(pledges.is_own, pitch, interaction.user.id)
            if may_see(interaction, pitch.guild_id, pitch.channel_id, is_own=is_own):
                return pitch
        raise Declined(Refused("pitch-unknown"))

    async def _open(self, interaction: Interaction, pitch_id: IdArgument) -> Pitch:
        """Return an open pitch of this server.

        Raises:
            Declined: There is none, or it is over.
        """
        pitch = await self._found(interaction, pitch_id)
        if not pitch.state.is_open:
            await self._decline(interaction, Refused("pitch-over", {"pitch": pitch}))
        return pitch

    # ── making one ───────────────────────────────────────────────────────────────────────────────────────────────

    @component(copies.PITCH)
    async def _pitch_quote(self, interaction: Interaction, quote_id: IdArgument) -> None:
        """Pitch what a price is shown of, in place of ordering it."""
        check_may_order(interaction)
        found = await self._database.read(pledging.quote_to_pitch, quote_id, order_context(interaction))
        quote = unless_refused(found, edit=True)
        if quote is not None:  # else another process responds
            await self.submit(interaction, to_draft(quote.request), quote=quote)

    async def submit(
        self, interaction: Interaction, draft: Draft, chip_in: object = None, *, quote: Quote | None = None
    ) -> None:
        """Pitch a draft with what its member chips in. Both may be forged.

        It is completed from the member's preferences, unless a `quote` shows all of it.
        """
        if not (chip_in is None or (type(chip_in) is int and 0 < chip_in <= MAX_CHIP_IN)):
            raise Declined("pitch-amount-invalid")
        check_may_order(interaction)
        await self._flow.check_rate(interaction)
        if missing := missing_permissions(interaction):
            raise Declined(Refused("errors-missing-permissions", {"permissions": missing}))
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
        outcome = await self._flow.moderator.run(pledging.pitch, order, chip_in or 0)
        if isinstance(outcome, Pitch | Pledged):
            await self._post(interaction, outcome, replaces=is_quoted)
        elif outcome is not None:  # else another process responds to this interaction
            await self._say_why(interaction, draft, outcome)

    async def _say_why(
        self, interaction: Interaction, draft: Draft, why: InvalidDraft | PromptRefused | Refused
    ) -> None:
        """Refuse a pitch. Who has too many open ones can choose one of them."""
        texts = private_texts(interaction)
        if isinstance(why, Refused):
            own = why.data.get("own")
            await refuse(interaction, why, in_rows(messages.manage_select(texts, own)) if own else ())
        else:
            await show_refusal(interaction, quotes.reason_message(texts, why, draft), why)

    async def _post(self, interaction: Interaction, outcome: Pitch | Pledged, *, replaces: bool) -> None:
        """Post a pitch; `replaces` the private price that it was made from."""
        pitch = outcome.pitch if isinstance(outcome, Pledged) else outcome
        message_id = None
        shown = messages.pitch_message(texts_in(pitch.server_language), pitch, self._catalogue)
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
            await send_ephemeral(interaction, messages.pledge_text(private_texts(interaction), outcome))

    # ── chipping in ──────────────────────────────────────────────────────────────────────────────────────────────

    @component(messages.ADD)
    async def _add(self, interaction: Interaction, pitch_id: IdArgument, amount: NumberArgument) -> None:
        if amount not in CHIP_IN_AMOUNTS:
            raise InvalidCustomId
        await self._chip_in(interaction, pitch_id, amount)

    @component(messages.REST)
    async def _rest(self, interaction: Interaction, pitch_id: IdArgument, shown: NumberArgument) -> None:
        """Chip in what is missing, but no more than the button said."""
        if not shown:
            raise InvalidCustomId
        await self._chip_in(interaction, pitch_id, None, limit=shown)

    @component(messages.OTHER, given=_open)
    async def _ask_amount(self, interaction: Interaction, pitch: Pitch) -> None:
        check_may_order(interaction)
        if not pitch.missing:
            await self._decline(interaction, Refused("pitch-complete", {"pitch": pitch}))
        await send_modal(interaction, messages.amount_modal(private_texts(interaction), pitch))

    @component(messages.OTHER_SEND)
    async def _add_other(self, interaction: Interaction, pitch_id: IdArgument) -> None:
        amount = whole_number(modal_value(interaction, messages.AMOUNT), len(str(MAX_CHIP_IN)))
        if not amount:
            raise Declined("pitch-amount-invalid")
        await self._chip_in(interaction, pitch_id, amount)

    async def _chip_in(
        self, interaction: Interaction, pitch_id: str, amount: int | None, *, limit: int | None = None
    ) -> None:
        check_may_order(interaction)
        pitch = await self._found(interaction, pitch_id)
        await self._flow.check_rate(interaction)
        context, maker = order_context(interaction), await self._maker(interaction, pitch, amount)
        outcome = await self._database.write(pledging.chip_in, context, pitch.id, amount, limit=limit, maker=maker)
        await self._say_pledged(interaction, pitch, outcome)

    async def _maker(self, interaction: Interaction, pitch: Pitch, amount: int | None) -> MakerRights:
        """Ask Discord what the member who made a pitch is now, where the press may fund it and staff may approve.

        Where it gives no answer in time, they are nobody.
        """
        if pitch.member_id == interaction.user.id or (amount is not None and amount < pitch.missing):
            return UNKNOWN_RIGHTS
        setup = await self._database.read(server_setup.get, pitch.guild_id)
        if setup.approval is None:
            return UNKNOWN_RIGHTS
        # not cancelled: see bot/discord_client/cards.py
        request = asyncio.create_task(_fetch_rights(interaction, pitch.member_id), name=f"pitch-maker-{pitch.id}")
        done, _ = await asyncio.wait((request,), timeout=_TIMEOUT_SECONDS)
        return request.result() if done else UNKNOWN_RIGHTS

    # ── the other buttons ────────────────────────────────────────────────────────────────────────────────────────

    @component(messages.BACK, given=_found)
    async def _take_back(self, interaction: Interaction, pitch: Pitch) -> None:
        """Return the member's pledge. Those who may not order may, too."""
        outcome = await self._database.write(pledging.take_back, order_context(interaction), pitch.id)
        await self._say_pledged(interaction, pitch, outcome)

    @component(messages.VOTE)
    async def _vote(self, interaction: Interaction, pitch_id: IdArgument) -> None:
        check_may_order(interaction)
        pitch = await self._found(interaction, pitch_id)
        outcome = await self._database.write(pledging.vote, pitch.id, pitch.guild_id, interaction.user.id)
        if isinstance(outcome, Refused):
            await self._decline(interaction, outcome)
        await send_text(interaction, "pitch-voted")

    @component(messages.WITHDRAW, given=_open)
    async def _ask_withdraw(self, interaction: Interaction, pitch: Pitch) -> None:
        if pitch.member_id != interaction.user.id:
            await self._decline(interaction, Refused("pitch-not-yours", {"pitch": pitch}))
        await send_private(interaction, messages.question(private_texts(interaction), pitch, messages.WITHDRAW))

    @component(messages.WITHDRAW_CONFIRM, given=_found)
    async def _withdraw(self, interaction: Interaction, pitch: Pitch) -> None:
        outcome = await self._database.write(pitch_ends.withdraw, pitch.id, pitch.guild_id, interaction.user.id)
        await _say_ended(interaction, outcome, "pitch-withdrawn")

    @component(messages.REMOVE)
    async def _ask_remove(self, interaction: Interaction, pitch_id: IdArgument) -> None:
        await only_staff(interaction, self._database)
        pitch = await self._open(interaction, pitch_id)
        await send_private(interaction, messages.question(private_texts(interaction), pitch, messages.REMOVE))

    @component(messages.REMOVE_CONFIRM)
    async def _remove(self, interaction: Interaction, pitch_id: IdArgument) -> None:
        await only_staff(interaction, self._database)
        await self._found(interaction, pitch_id)
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
        await self._list(interaction, read_argument(PitchSort, sort or PitchSort.MISSING), 0)

    @component(messages.PAGE)
    async def _turn_page(self, interaction: Interaction, sort: PitchSort, number: PageArgument) -> None:
        await self._list(interaction, sort, number, edit=True)

    @component(messages.SORT)
    async def _sort(self, interaction: Interaction) -> None:
        await self._list(interaction, read_argument(PitchSort, selected_value(interaction)), 0, edit=True)

    async def _list(self, interaction: Interaction, sort: PitchSort, number: int, *, edit: bool = False) -> None:
        """Respond with a page; `edit` replaces the clicked message."""
        if interaction.guild_id is None:
            raise InvalidCustomId
        guild_id, reader_id = interaction.guild_id, interaction.user.id
        channels = await self._database.read(pitches.channels, guild_id)
        seen = [each for each in channels if may_see(interaction, guild_id, each, is_own=False)]
        page = await self._database.read(pitches.page, guild_id, reader_id, seen, sort, number, messages.PAGE_SIZE)
        await respond_ephemeral(interaction, messages.list_message(private_texts(interaction), page, sort), edit=edit)

    @component(messages.MANAGE)
    async def _manage(self, interaction: Interaction) -> None:
        pitch_id = read_argument(str, selected_value(interaction), ID_PATTERN)
        await self._more(interaction, await self._open(interaction, pitch_id))

    @component(messages.MORE, given=_open)
    async def _more(self, interaction: Interaction, pitch: Pitch) -> None:
        """Show what the member may do with a pitch."""
        reader_id = interaction.user.id
        sees = may_see(interaction, pitch.guild_id, pitch.channel_id, is_own=False)
        shown = messages.more_message(
            private_texts(interaction),
            pitch,
            self._catalogue,
            await self._pledged(pitch, reader_id),
            may_pay=may_post(interaction),
            mine=pitch.member_id == reader_id,
            staff=sees and await is_staff(interaction, self._database),
        )
        await self._correct_message(interaction, pitch)
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

    async def _decline(self, interaction: Interaction, refused: Refused) -> NoReturn:
        """End a press, and correct the message of the pitch that it was about.

        Raises:
            Declined: Always.
        """
        pitch = refused.data.get("pitch")
        if isinstance(pitch, Pitch):
            await self._correct_message(interaction, pitch)
        raise Declined(refused)

    async def _say_pledged(self, interaction: Interaction, pitch: Pitch, outcome: Pledged | Refused | None) -> None:
        """Say what a press did to the member's pledge; what they hold, where it was handled before."""
        match outcome:
            case None:
                pledged = await self._pledged(pitch, interaction.user.id)
                await send_text(interaction, "pitch-handled", credits=pledged)
            case Refused():
                await self._decline(interaction, outcome)
            case Pledged():
                await self._correct_message(interaction, outcome.pitch)
                await send_ephemeral(interaction, messages.pledge_text(private_texts(interaction), outcome))

    async def _pledged(self, pitch: Pitch, member_id: int) -> int:
        """Return what a member holds for an open pitch."""
        pledge = await self._database.read(pledges.find, pitch.id, member_id, (PledgeState.OPEN,))
        return 0 if pledge is None else pledge.credits

    async def _correct_message(self, interaction: Interaction, pitch: Pitch) -> None:
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
        shown = messages.pitch_message(texts_in(pitch.server_language), pitch, self._catalogue)
        await edit_pressed(interaction, shown)


async def _say_ended(interaction: Interaction, outcome: Pitch | Refused, done: MessageId) -> None:
    texts = private_texts(interaction)
    said = refusals.refusal_text(texts, outcome) if isinstance(outcome, Refused) else texts(done)
    await replace_or_send(interaction, said)


async def _fetch_rights(interaction: Interaction, member_id: int) -> MakerRights:
    """Return a member's roles and rights: none of one who has left."""
    guild = loaded_guild(interaction)
    try:
        member = guild and await map_errors(lambda: guild.fetch_member(member_id))
    except DeliveryError as exc:
        _log.info("pitch_maker_unknown", guild_id=interaction.guild_id, error=str(exc))
        return UNKNOWN_RIGHTS
    return MakerRights(role_ids(member), member.guild_permissions.manage_guild) if member else UNKNOWN_RIGHTS
