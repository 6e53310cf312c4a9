"""/pitch: a movie that members pay for together.

cogs/movie.py builds the command, cogs/pitch_buttons.py answers the message's buttons.
"""

from __future__ import annotations

import discord
import structlog

from bot.core.errors import AnsweredElsewhere, DeliveryRejected, DeliveryUnconfirmed
from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.responses import respond, send_ephemeral, send_text
from bot.domain.credits import Shortfall
from bot.domain.order import InvalidDraft, Order
from bot.domain.pitch import Pitch, Pitched
from bot.domain.prompt_refusal import PromptRefused
from bot.domain.refusal import Refused
from bot.domain.request import Draft
from bot.locales.texts import texts_in
from bot.services.refused_prompts import RefusedPrompts
from bot.ui import order_refusals, pitch_answers, pitch_list, pitches
from bot.ui.components import build_view
from cogs.checks import Interaction, missing_permissions, order_context
from cogs.order_flow import OrderFlow
from cogs.refusing import refuse, show_refusal
from data import pitch_ends, pitch_messages, pledging
from data import pitches as pitch_rows
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)


class PitchFlow:
    """Makes pitches, and posts their messages.

    One whose message Discord does not confirm is withdrawn: nobody has seen it.
    """

    def __init__(self, database: Database, order_flow: OrderFlow, refused_prompts: RefusedPrompts) -> None:
        self._database = database
        self._catalogue = database.policy.catalogue
        self._order_flow = order_flow
        self._refused_prompts = refused_prompts

    async def submit(self, interaction: Interaction, draft: Draft) -> None:
        """Pitch a draft, completed from the member's preferences."""
        texts = private_texts(interaction)
        if not await self._order_flow.may_order(interaction) or not await self._order_flow.within_rate(interaction):
            return
        missing = missing_permissions(interaction)
        if missing:
            await refuse(interaction, Refused("errors-missing-permissions", {"permissions": missing}))
            return
        order = Order(order_context(interaction), draft, use_preferences=True)
        outcome = await self._database.write(pledging.pitch, order)
        self._refused_prompts.count(outcome)
        match outcome:
            case Pitched(pitch):
                await self._post(interaction, pitch)
            case Shortfall():
                await send_ephemeral(interaction, pitch_answers.never_fits(texts, outcome))
            case Refused():
                await refuse(interaction, outcome, await self._own(interaction, outcome))
            case InvalidDraft() | PromptRefused():
                await show_refusal(interaction, order_refusals.reason_message(texts, outcome, draft.prompt))
            case None:  # another process responds to this interaction
                pass

    async def _own(self, interaction: Interaction, refused: Refused) -> discord.ui.View | None:
        """Build the select of the member's open pitches, where they have too many."""
        if refused.code != "pitch-too-many":
            return None
        own = await self._database.read(pitch_rows.open_of, interaction.guild_id or 0, interaction.user.id)
        return build_view(pitch_list.manage_select(private_texts(interaction), own)) if own else None

    async def _post(self, interaction: Interaction, pitch: Pitch) -> None:
        texts = texts_in(pitch.server_language)
        embed, view = pitches.pitch_embed(texts, pitch, self._catalogue), pitches.pitch_view(texts, pitch)
        try:
            message_id = await respond(interaction, embed, view)
        except AnsweredElsewhere:
            message_id = None
        except (DeliveryRejected, DeliveryUnconfirmed) as exc:
            _log.warning("pitch_unconfirmed", pitch_id=pitch.id, error_type=type(exc).__name__, error=str(exc))
            message_id = None
        if message_id is not None:
            await self._database.write(pitch_messages.record, pitch.id, message_id)
            return
        await self._database.write(pitch_ends.withdraw, pitch.id, pitch.guild_id, pitch.member_id)
        await send_text(interaction, "pitch-not-posted")
