"""What a movie would cost, before it costs anything: the private card, and what became of it."""

from __future__ import annotations

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.credits import Month
from bot.domain.offer import Offer, Offered, Stale, StaleReason
from bot.texts import safe, words
from bot.texts.buttons import Press, row
from bot.texts.cards import shape


def offered(offer: Offered, catalogue: Catalogue) -> discord.Embed:
    """What it would cost, what is left after, and when it resets."""
    made = offer.offer
    resets = Month.at(made.made_at).ends_at
    embed = discord.Embed(
        title=f"This movie costs {words.credit_count(made.credits)}",
        description=f">>> {safe.plain(made.request.prompt)}",
        colour=words.BRAND,
    )
    embed.add_field(name="Movie", value=shape(made.request, catalogue))
    embed.add_field(
        name="After it",
        value=f"**{words.credit_count(offer.left_after)}** left of {words.credit_count(offer.balance.own_left)}\n"
        f"They reset {words.moment(resets)} ({words.moment(resets, 'D')}).",
    )
    embed.set_footer(text="Only you see this. Nothing is spent before you press Make it.")
    return embed


def offer_buttons(offer: Offer) -> discord.ui.View:
    """Make it, change it, or not."""
    return row(
        Press("Make it", ("make", offer.id), discord.ButtonStyle.success),
        Press("Change", ("change", offer.id)),
        Press("Cancel", ("drop", offer.id)),
    )


def smaller_button(offer: Offer) -> discord.ui.View:
    """What would fit, beneath a refusal; its price stands on it, for it is shown nowhere else before it is spent."""
    label = f"Make {words.length(offer.request.seconds)} instead ({words.credit_count(offer.credits)})"
    return row(Press(label, ("make", offer.id), discord.ButtonStyle.success), Press("Change", ("change", offer.id)))


def change_button(offer: Offer) -> discord.ui.View:
    """Open the form with what was typed, beneath a refusal."""
    return row(Press("Change", ("change", offer.id), discord.ButtonStyle.primary))


def ordered() -> discord.Embed:
    """The private card once its movie was ordered."""
    return discord.Embed(description="Ordered: its card stands in the channel.", colour=words.QUIET)


def dropped() -> discord.Embed:
    """The private card once it was cancelled."""
    return discord.Embed(description="Nothing was ordered, and nothing was spent.", colour=words.QUIET)


def not_ordered() -> discord.Embed:
    """The private card where Discord did not take the public one; its buttons are `offer_buttons` again."""
    return discord.Embed(
        description="Discord did not take the movie's card, so nothing was ordered and nothing was spent. "
        "Please try again.",
        colour=words.QUIET,
    )


def stale(each: Stale) -> discord.Embed:
    """An offer that can't be taken any more."""
    match each.reason:
        case StaleReason.TAKEN:
            return discord.Embed(description=f"You ordered this one already{_where(each)}.", colour=words.QUIET)
        case StaleReason.CLOSED:
            text = "You changed or cancelled this one. Nothing was spent on it; type /movie for a new one."
        case StaleReason.OLD:
            text = "This card is too old: prices and credits may have changed. Nothing was spent; type /movie again."
    return discord.Embed(description=text, colour=words.QUIET)


def _where(each: Stale) -> str:
    job = each.job
    if job is None or job.card_id is None:
        return ""
    return f": https://discord.com/channels/{job.guild_id}/{job.channel_id}/{job.card_id}"
