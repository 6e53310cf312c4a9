"""The buttons of a pitch's message.

What a press may do is decided by the database, so an old message's buttons do no harm. The answer is private; a worker
updates the message, always with the newest numbers. Only where the pitch is over, a press corrects its message, too.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.modals import modal_values
from bot.discord_client.responses import log_discord_errors, replace_or_send, send_ephemeral, send_text
from bot.domain.credits import Shortfall
from bot.domain.pitch import (
    CHIP_IN_AMOUNTS,
    UNKNOWN_RIGHTS,
    Ended,
    Funded,
    MakerRights,
    Pitch,
    PitchState,
    Pledged,
    Waiting,
)
from bot.domain.refusal import Refused
from bot.locales.texts import texts_in
from bot.ui import pitch_answers, pitches, refusals
from bot.ui.components import Button, build_view
from cogs.checks import Interaction, order_context
from cogs.component_router import ComponentHandler, InvalidCustomId, id_argument, int_argument
from cogs.order_flow import OrderFlow
from cogs.pitch_makers import fetch_rights
from cogs.quota_changes import audit_context
from cogs.refusing import refuse
from cogs.sight import find_pitch
from cogs.staff import require_staff
from data import pitch_ends, pitch_messages, pledging, server_setup
from data import pitches as pitch_rows
from data.database import Database


class PitchButtons:
    """Handler of a pitch's buttons, its modal and its confirmations."""

    def __init__(self, database: Database, order_flow: OrderFlow) -> None:
        self._database = database
        self._order_flow = order_flow
        self.component_handlers: Mapping[str, ComponentHandler] = {
            pitches.ADD: self._add,
            pitches.REST: self._rest,
            pitches.OTHER: self._ask_amount,
            pitches.OTHER_SEND: self._add_other,
            pitches.BACK: self._take_back,
            pitches.VOTE: self._vote,
            pitches.WITHDRAW: self._ask_withdraw,
            pitches.WITHDRAW_CONFIRM: self._withdraw,
            pitches.REMOVE: self._ask_remove,
            pitches.REMOVE_CONFIRM: self._remove,
        }

    async def _add(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        pitch_id, amount = id_argument(arguments), int_argument(arguments, 1)
        if amount not in CHIP_IN_AMOUNTS:
            raise InvalidCustomId
        await self._chip_in(interaction, pitch_id, amount)

    async def _rest(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Chip in what is missing, but no more than the button said."""
        pitch_id, shown = id_argument(arguments), int_argument(arguments, 1)
        if not shown:
            raise InvalidCustomId
        await self._chip_in(interaction, pitch_id, None, limit=shown)

    async def _ask_amount(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        pitch = await self._open(interaction, id_argument(arguments))
        if pitch is None or not await self._order_flow.may_order(interaction):
            return
        texts = private_texts(interaction)
        if not pitch.missing:
            await self._refuse(interaction, Refused("pitch-complete", {"pitch": pitch}))
            return
        with log_discord_errors():
            await interaction.response.send_modal(pitches.amount_modal(texts, pitch))

    async def _add_other(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        pitch_id = id_argument(arguments)
        typed = next(iter(modal_values(interaction).get(pitches.AMOUNT, ())), "").strip()
        valid = typed.isdecimal() and len(typed) <= pitches.MAX_AMOUNT_DIGITS and int(typed) > 0
        if valid:
            await self._chip_in(interaction, pitch_id, int(typed))
        else:
            await send_text(interaction, "pitch-amount-invalid")

    async def _chip_in(
        self, interaction: Interaction, pitch_id: str, amount: int | None, *, limit: int | None = None
    ) -> None:
        if not await self._order_flow.may_order(interaction) or await self._found(interaction, pitch_id) is None:
            return
        if not await self._order_flow.within_rate(interaction):
            return
        texts, context = private_texts(interaction), order_context(interaction)
        maker = await self._maker(interaction, pitch_id, amount)
        outcome = await self._database.write(pledging.chip_in, context, pitch_id, amount, limit=limit, maker=maker)
        match outcome:
            case None:
                await self._say_handled(interaction, pitch_id)
            case Refused():
                await self._refuse(interaction, outcome)
            case Shortfall():
                await send_ephemeral(interaction, pitch_answers.shortfall(texts, outcome))
            case Pledged() | Funded() | Waiting() | Ended():
                await self._show(interaction, outcome.pitch)
                await send_ephemeral(interaction, pitch_answers.chipped_in(texts, outcome))

    async def _maker(self, interaction: Interaction, pitch_id: str, amount: int | None) -> MakerRights:
        """Ask Discord what the member who made a pitch is now, where the press may fund it and staff may approve."""
        pitch = await self._database.read(pitch_rows.find, pitch_id)
        if pitch is None or (amount is not None and amount < pitch.missing):
            return UNKNOWN_RIGHTS
        setup = await self._database.read(server_setup.get, pitch.guild_id)
        if setup.approval_rule.scope is None or pitch.member_id == interaction.user.id:
            return UNKNOWN_RIGHTS
        return await fetch_rights(interaction, pitch.member_id)

    async def _take_back(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Return the member's pledge. Those who may not order may, too."""
        pitch_id, texts = id_argument(arguments), private_texts(interaction)
        if await self._found(interaction, pitch_id) is None:
            return
        outcome = await self._database.write(pledging.take_back, order_context(interaction), pitch_id, None)
        match outcome:
            case Pledged():
                await send_ephemeral(interaction, pitch_answers.taken_back(texts, outcome))
            case Refused():
                await self._refuse(interaction, outcome)
            case None:
                await self._say_handled(interaction, pitch_id)

    async def _vote(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        pitch_id = id_argument(arguments)
        if not await self._order_flow.may_order(interaction) or await self._found(interaction, pitch_id) is None:
            return
        outcome = await self._database.write(pledging.vote, pitch_id, interaction.guild_id or 0, interaction.user.id)
        match outcome:
            case Pitch():
                await send_text(interaction, "pitch-voted")
            case Refused():
                await self._refuse(interaction, outcome)

    async def _ask_withdraw(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        pitch, texts = await self._open(interaction, id_argument(arguments)), private_texts(interaction)
        if pitch is None:
            return
        if pitch.member_id != interaction.user.id:
            await self._refuse(interaction, Refused("pitch-not-yours", {"pitch": pitch}))
            return
        await _ask(interaction, texts("pitch-withdraw-question"), pitches.confirm_withdraw(texts, pitch))

    async def _withdraw(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        pitch_id, texts = id_argument(arguments), private_texts(interaction)
        if await self._found(interaction, pitch_id) is None:
            return
        outcome = await self._database.write(
            pitch_ends.withdraw, pitch_id, interaction.guild_id or 0, interaction.user.id
        )
        said = texts("pitch-withdrawn") if isinstance(outcome, Ended) else refusals.refusal_text(texts, outcome)
        await replace_or_send(interaction, said)

    async def _ask_remove(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        pitch_id, texts = id_argument(arguments), private_texts(interaction)
        if not await require_staff(interaction, self._database):
            return
        pitch = await self._open(interaction, pitch_id)
        if pitch is not None:
            await _ask(interaction, texts("pitch-remove-question"), pitches.confirm_remove(texts, pitch))

    async def _remove(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        pitch_id, texts = id_argument(arguments), private_texts(interaction)
        if not await require_staff(interaction, self._database) or await self._found(interaction, pitch_id) is None:
            return
        outcome = await self._database.write(pitch_ends.remove, pitch_id, by=audit_context(interaction, None))
        said = texts("pitch-removed") if isinstance(outcome, Ended) else refusals.refusal_text(texts, outcome)
        await replace_or_send(interaction, said)

    async def _found(self, interaction: Interaction, pitch_id: str) -> Pitch | None:
        """Return a pitch that the member may see, or respond that there is none."""
        pitch = await find_pitch(interaction, self._database, pitch_id)
        if pitch is None:
            await self._refuse(interaction, Refused("pitch-unknown"))
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
                await self._show(interaction, pitch)
            case _:
                pass
        await refuse(interaction, refused)

    async def _say_handled(self, interaction: Interaction, pitch_id: str) -> None:
        """Say what the member holds: their press was handled before."""
        pledge = await self._database.read(pledging.own_pledge, pitch_id, interaction.user.id)
        await send_ephemeral(interaction, pitch_answers.handled(private_texts(interaction), pledge))

    async def _show(self, interaction: Interaction, pitch: Pitch) -> None:
        """Take the buttons off a message whose pitch is over.

        Its update may have been lost. Of an open or funded pitch, remember the message: the process that posted it may
        have died before it could.
        """
        message = interaction.message
        if message is None or not pitches.is_message_of(pitch, message):
            return
        if pitch.state.is_open or pitch.state is PitchState.FUNDED:  # a worker makes it the card of the movie
            if pitch.message_id is None:
                await self._database.write(pitch_messages.record, pitch.id, message.id)
        else:
            texts = texts_in(pitch.server_language)
            with log_discord_errors():
                embed = pitches.pitch_embed(texts, pitch, self._database.policy.catalogue)
                await interaction.response.edit_message(embed=embed, view=None)


async def _ask(interaction: Interaction, question: str, confirm: Button) -> None:
    await send_ephemeral(interaction, question, build_view(confirm))
