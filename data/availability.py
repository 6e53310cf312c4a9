"""What a server's members can order.

That is what the operator offers, as far as the server's setup allows it.
"""

from __future__ import annotations

from bot.domain.catalogue import Catalogue
from bot.domain.order import OrderContext
from bot.domain.refusal import Refused
from bot.domain.request import MovieRequest
from bot.domain.server_setup import ServerSetup, narrow
from data import refused_models, server_setup
from data.database import Transaction


def catalogue_for(tx: Transaction, context: OrderContext) -> Catalogue | Refused:
    """Return what a member can order in a channel, or why nothing."""
    return of_setup(refused_models.available(tx), server_setup.get(tx, context.guild_id), context)


def of_setup(available: Catalogue, setup: ServerSetup, context: OrderContext) -> Catalogue | Refused:
    """Return the same of what the API takes, by a server's setup."""
    refused = setup.refusal(context.channel_ids, context.role_ids, age_restricted=context.age_restricted)
    return refused or narrow(available, setup) or Refused("refusals-no-model")


def of_server(tx: Transaction, guild_id: int) -> Catalogue:
    """Return what commands show of a server's available catalogue.

    All that the operator offers where the server allows nothing of it.
    """
    available = refused_models.available(tx)
    return narrow(available, server_setup.get(tx, guild_id)) or available


def is_available(tx: Transaction, guild_id: int, request: MovieRequest) -> bool:
    """Return whether a server offers a movie that was decided earlier.

    Nothing where the server allows nothing of what the operator offers, as with a new order.
    """
    available = narrow(refused_models.available(tx), server_setup.get(tx, guild_id))
    return available is not None and available.offers(
        request.video_model, request.image_model, request.duration_seconds
    )
