"""From what a member asks for to the card in the channel: the same way from the command, a button and a form.

    ask ──► placed: the credits are held ──► the card is shown ──► queued
     │ │                                 └─► Discord does not take it ──► the credits come back
     │ └──► offered: a private card with the price ──► make (once) │ change │ drop
     └────► refused, with what would fit as a button

What is asked for, with what is remembered of the member, is decided in the very transaction that holds the credits.

What is private is answered in place of the private card that it came from, so that no old button stays.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.credits import Shortfall
from bot.domain.job import Job, JobState
from bot.domain.offer import Offer, Offered, Stale, StaleReason
from bot.domain.order import Decide, NotPlaced, Order, Origin, Placed, ToConfirm, Unsound
from bot.domain.outlook import Outlook
from bot.domain.preferences import Preferences, with_remembered
from bot.domain.quota import Block
from bot.domain.request import (
    SECONDS_LEAST,
    SECONDS_MOST,
    Checked,
    Draft,
    Problem,
    ProblemKind,
    check,
    draft_of,
    in_order,
)
from bot.engine.intake import Intake
from bot.errors import AnsweredElsewhere, DeliveryLost, DeliveryRefused, StorageError
from bot.front.answers import answer, answer_beside, correct, correct_card, say, whisper
from bot.front.forms import typed
from bot.texts import cards, forms, offers, refusals
from cogs.people import Interaction, role_ids
from cogs.presses import Handler, id_of
from data.protocols import PreferenceKeeper

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """What it takes to order: `outlook` says what a new job may expect; `confirm_above` is in credits."""

    intake: Intake
    catalogue: Catalogue
    preferences: PreferenceKeeper
    outlook: Callable[[Placed], Outlook]
    confirm_above: int


class Ordering:
    """Takes orders, however they come."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._intake = desk.intake
        self._catalogue = desk.catalogue
        self.presses: Mapping[str, Handler] = {
            "make": self._make,
            "change": self._change,
            "drop": self._drop,
            "form": self._submitted,
        }

    async def ask(
        self,
        interaction: Interaction,
        draft: Draft,
        *,
        fill_in: bool = False,
        show_price: bool = False,
        instead: bool = False,
        changed: Offer | None = None,
    ) -> None:
        """Order what was asked for, or show its price first: above the limit, or where `show_price` says so.

        `fill_in` takes what the member did not say from what is remembered of them. `instead` answers in place of the
        private message whose button or form it came from. `changed` is the offer that this takes the place of: there
        comes one movie of both.
        """

        def settle(remembered: Preferences) -> Checked | Unsound:
            filled = with_remembered(draft, remembered, self._catalogue) if fill_in else draft
            checked = check(filled, self._catalogue)
            return checked if isinstance(checked, Checked) else Unsound(filled, checked)

        def decide(remembered: Preferences) -> Checked | ToConfirm | Unsound:
            settled = settle(remembered)
            if isinstance(settled, Checked) and (show_price or settled.credits > self._desk.confirm_above):
                return ToConfirm(settled)
            return settled

        if await self._may_post(interaction, settle, instead=instead):
            await self._place(interaction, decide, changed, instead=instead, changed=changed is not None)

    async def refuse(self, interaction: Interaction, unsound: Unsound, *, instead: bool = False) -> None:
        """Say everything that is wrong, with a button that opens the form with what was typed."""
        mended = check(_mended(unsound), self._catalogue)
        view = None
        if isinstance(mended, Checked) and interaction.guild_id is not None:
            view = offers.change_button(await self._intake.note(_order(interaction, mended)))
        await whisper(interaction, refusals.refused(unsound.problems), view, instead=instead)

    async def open_form(self, interaction: Interaction, draft: Draft, *, title: str, cut: bool = False) -> None:
        """Open the form, filled in with a draft and with what is remembered of the member."""
        filled = await self._filled(interaction, draft)
        await interaction.response.send_modal(forms.movie_form(title, ("form",), filled, self._catalogue, cut=cut))

    async def _filled(self, interaction: Interaction, draft: Draft) -> Draft:
        return with_remembered(draft, await self._remembered(interaction), self._catalogue)

    async def _remembered(self, interaction: Interaction) -> Preferences:
        return await self._desk.preferences.of(interaction.user.id)

    # ── presses and forms ────────────────────────────────────────────────────────────────────────────────────────

    async def _make(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        offer = await self._intake.find_offer(id_of(arguments), interaction.user.id)
        stale = await self._intake.why_stale(id_of(arguments), interaction.user.id)
        if _repeated(interaction, stale):
            return
        if offer is None or stale is not None:
            await whisper(interaction, offers.stale(stale or Stale(StaleReason.OLD)), instead=True)
            return
        draft = draft_of(offer.request)
        checked = check(draft, self._catalogue)
        if not isinstance(checked, Checked) or checked.credits != offer.credits:
            # a model was taken off the catalogue meanwhile, or its price has changed
            await self.ask(interaction, draft, show_price=True, instead=True)
        elif await self._may_post(interaction, lambda _: checked, instead=True):
            await self._place(interaction, lambda _: checked, offer, instead=True)

    async def _change(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Open the form; that of an old or a cancelled card, too, for what was typed is worth keeping."""
        offer = await self._intake.find_offer(id_of(arguments), interaction.user.id)
        stale = await self._intake.why_stale(id_of(arguments), interaction.user.id)
        if offer is None or (stale is not None and stale.reason is StaleReason.TAKEN):
            await whisper(interaction, offers.stale(stale or Stale(StaleReason.OLD)), instead=True)
            return
        form = forms.movie_form(forms.CHANGE_TITLE, ("form", offer.id), draft_of(offer.request), self._catalogue)
        await interaction.response.send_modal(form)

    async def _drop(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        if await self._intake.close_offer(id_of(arguments), interaction.user.id):
            await whisper(interaction, offers.dropped(), instead=True)
        else:
            await self._stale(interaction, id_of(arguments))

    async def _submitted(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """A form came back: a new one, or (with an offer's id) one that changes an offer, which can be made no more.

        It may be too old by now, or cancelled: what was typed is worth keeping. It makes one movie all the same.
        """
        instead = bool(arguments)
        changed = None
        if instead:
            changed = await self._intake.find_offer(id_of(arguments), interaction.user.id)
            stale = await self._intake.why_stale(id_of(arguments), interaction.user.id)
            if _repeated(interaction, stale):
                return
            if changed is None or (stale is not None and stale.reason is StaleReason.TAKEN):
                await whisper(interaction, offers.stale(stale or Stale(StaleReason.OLD)), instead=True)
                return
        fields = typed(interaction)
        seconds = fields.get(forms.SECONDS, "").strip()
        draft = Draft(
            fields.get(forms.PROMPT, ""),
            forms.seconds_of(seconds),
            fields.get(forms.VIDEO_MODEL),
            fields.get(forms.IMAGE_MODEL),
            fields.get(forms.ASPECT_RATIO),
        )
        if draft.seconds is None:
            bounds = (str(SECONDS_LEAST), str(SECONDS_MOST))
            odd = Problem(ProblemKind.SECONDS_OUT_OF_RANGE, seconds, bounds)
            checked = check(draft, self._catalogue)
            problems = () if isinstance(checked, Checked) else checked
            await self.refuse(interaction, Unsound(draft, in_order((odd, *problems))), instead=instead)
            return
        await self.ask(interaction, draft, instead=instead, changed=changed)

    # ── the steps ────────────────────────────────────────────────────────────────────────────────────────────────

    async def _may_post(
        self, interaction: Interaction, settle: Callable[[Preferences], Checked | Unsound], *, instead: bool
    ) -> bool:
        """Whether the bot may post the card and the movie in this channel; where not, the member was told why not.

        What they asked for, as it settles, is kept for them all the same.
        """
        if interaction.guild_id is None:
            await say(interaction, refusals.only_in_servers())
            return False
        missing = missing_permissions(interaction)
        if missing:
            settled = settle(await self._remembered(interaction))
            if isinstance(settled, Unsound):
                await self.refuse(interaction, settled, instead=instead)
                return False
            kept = offers.change_button(await self._intake.note(_order(interaction, settled)))
            await say(interaction, refusals.cannot_post(missing), kept)
        return not missing

    async def _place(
        self,
        interaction: Interaction,
        decide: Decide,
        offer: Offer | None = None,
        *,
        instead: bool,
        changed: bool = False,
    ) -> None:
        origin = _origin(interaction)
        placed = await self._intake.place(origin, decide, None if offer is None else offer.id, changed=changed)
        match placed:
            case Placed(job):
                shown = await self._show(interaction, placed, instead=instead)
                if instead and not shown:  # a private card that may say "ordered" says that it was not, and asks again
                    open_still = await self._still_offered(Order(origin, job.request, job.credits), offer)
                    await correct(interaction, offers.not_ordered(), offers.offer_buttons(open_still))
            case NotPlaced(job, why):
                await self._not_placed(interaction, Order(origin, job.request, job.credits), why, instead=instead)
            case ToConfirm(checked):
                if offer is not None:
                    await self._intake.close_offer(offer.id, offer.member_id)
                await self._offer(interaction, _order(interaction, checked), instead=instead)
            case Unsound():
                await self.refuse(interaction, placed, instead=instead)
            case None:
                pass

    async def _offer(self, interaction: Interaction, order: Order, *, instead: bool) -> None:
        offered = await self._intake.offer(order)
        if isinstance(offered, Offered):
            view = offers.offer_buttons(offered.offer)
            await whisper(interaction, offers.offered(offered, self._catalogue), view, instead=instead)
        else:
            await self._not_placed(interaction, order, offered, instead=instead)

    async def _still_offered(self, order: Order, offer: Offer | None) -> Offer:
        """The offer that stands for an order that was given back: its own, or a new one where it was changed."""
        if offer is not None and offer.request == order.request:
            return offer
        if offer is not None:
            await self._intake.close_offer(offer.id, offer.member_id)
        return await self._intake.note(order)

    async def _not_placed(
        self, interaction: Interaction, order: Order, why: Shortfall | Block | Stale, *, instead: bool
    ) -> None:
        match why:
            case Block():
                await whisper(interaction, refusals.blocked(why), instead=instead)
            case Stale():
                await whisper(interaction, offers.stale(why), instead=instead)
            case Shortfall():
                model = self._catalogue.video_model(order.request.video_model)
                assert model is not None  # the request was checked a moment ago
                smaller = await self._smaller(order, why, model.credits_per_second)
                if smaller is None:
                    view = offers.change_button(await self._intake.note(order))
                else:
                    view = offers.smaller_button(smaller.offer)
                await whisper(interaction, refusals.short(why, model), view, instead=instead)

    async def _smaller(self, order: Order, shortfall: Shortfall, credits_per_second: int) -> Offered | None:
        """The longest movie that would fit, as an offer."""
        fits = shortfall.seconds_that_fit(credits_per_second)
        if not SECONDS_LEAST <= fits < order.request.seconds:
            return None
        request = replace(order.request, seconds=fits)
        offered = await self._intake.offer(Order(order.origin, request, fits * credits_per_second))
        return offered if isinstance(offered, Offered) else None

    async def _stale(self, interaction: Interaction, offer_id: str) -> None:
        """Say why an offer can't be closed any more."""
        stale = await self._intake.why_stale(offer_id, interaction.user.id)
        await whisper(interaction, offers.stale(stale or Stale(StaleReason.OLD)), instead=True)

    async def _show(self, interaction: Interaction, placed: Placed, *, instead: bool) -> bool:
        """Show the card; only an accepted answer queues the job, and any other gives the credits back.

        False: a private card may say "ordered" all the same. Where another process has answered, its answer stands.
        """
        job = placed.job
        card = cards.card(job, self._catalogue, self._desk.outlook(placed))
        view = cards.card_buttons(job)
        try:
            if instead:
                card_id = await answer_beside(interaction, offers.ordered(), card, view)
            else:
                card_id = await answer(interaction, card, view)
        except AnsweredElsewhere:
            await self._intake.withdraw(job, tell=False)
            return True
        except (DeliveryRefused, DeliveryLost) as exc:
            await self._intake.withdraw(job, tell=isinstance(exc, DeliveryLost))
            _log.warning("answer_not_confirmed", extra={"job": job.id, "kind": type(exc).__name__, "reason": str(exc)})
            return False
        if card_id is None:  # accepted, but which message is the card was not said
            await self._intake.withdraw(job, tell=False)
        elif await self._intake.confirm(job, card_id):
            return True
        return await self._not_confirmed(interaction, job, card_id if instead else None)

    async def _not_confirmed(self, interaction: Interaction, job: Job, followup_id: int | None) -> bool:
        """Say that a movie will not be made although its card is shown, and let the card say so, too.

        `followup_id` is the card's where it is not the first answer. True: it is in the queue after all.
        """
        try:
            job = await self._intake.current(job)
        except StorageError:  # the sweep withdraws it, and finds its card
            _log.warning("job_not_read", extra={"job": job.id})
        if job.answered_at is not None:  # a commit that seemed to fail
            return True
        if job.state is JobState.CANCELLED:
            await correct_card(interaction, followup_id, cards.card(job, self._catalogue), cards.card_buttons(job))
            await say(interaction, refusals.withdrawn())
        else:
            await say(interaction, refusals.not_queued())
        return False


def _repeated(interaction: Interaction, stale: Stale | None) -> bool:
    """Whether an offer was taken by this very interaction, in another process, which answers it."""
    if stale is None or stale.job is None or stale.job.interaction_id != interaction.id:
        return False
    _log.warning("interaction_repeated", extra={"interaction": interaction.id})
    return True


def _origin(interaction: Interaction) -> Origin:
    assert interaction.guild_id is not None
    assert interaction.channel_id is not None
    return Origin(
        interaction.id,
        interaction.guild_id,
        interaction.channel_id,
        interaction.user.id,
        role_ids(interaction.user),
        interaction.user.display_name,
    )


def _order(interaction: Interaction, checked: Checked) -> Order:
    return Order(_origin(interaction), checked.request, checked.credits)


def _mended(unsound: Unsound) -> Draft:
    """The draft without what is wrong in it: its defaults take that place."""
    draft = unsound.draft
    wrong = {problem.kind for problem in unsound.problems}
    models = {ProblemKind.VIDEO_MODEL_UNKNOWN, ProblemKind.VIDEO_MODEL_ASPECT}
    shapes = {ProblemKind.ASPECT_UNKNOWN, ProblemKind.ASPECT_WITHOUT_MODEL}
    return Draft(
        draft.prompt,
        None if ProblemKind.SECONDS_OUT_OF_RANGE in wrong else draft.seconds,
        None if wrong & models else draft.video_model,
        None if ProblemKind.IMAGE_MODEL_UNKNOWN in wrong else draft.image_model,
        None if wrong & shapes else draft.aspect_ratio,
    )


def missing_permissions(interaction: Interaction) -> tuple[str, ...]:
    """The permissions that the bot would need in this channel and lacks, before anything is held."""
    send = "send_messages_in_threads" if isinstance(interaction.channel, discord.Thread) else "send_messages"
    needed = ("view_channel", send, "embed_links")
    return tuple(name for name in needed if not getattr(interaction.app_permissions, name))
