"""What a server's members can order: what the operator offers, as far as the server's setup allows it.

Of that, models are left out that the API did not take (rows of refused_models): their movies are refused here, not at
the API, until the operator offers them again. So are those that the API's list does not have, while it does not. What
costs more there is sold at that price (rows of catalogue_differences).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from bot.domain.catalogue import Catalogue, Difference, ModelKind
from bot.domain.operations import Source
from bot.domain.orders import OrderContext, offered_catalogue
from bot.domain.refusal import Refused
from bot.domain.request import MovieRequest
from bot.domain.server_setup import NOTHING_SET, narrow
from data import server_setup
from data.database import Transaction

_DIFFERENCES: Final = "SELECT kind, model, listed_price FROM catalogue_differences"
_CHANGES: Final = f"SELECT kind, model, NULL AS listed_price FROM refused_models UNION ALL {_DIFFERENCES}"

IS_CHANGED: Final = f"EXISTS ({_CHANGES})"
"""Whether `accepted_models` is anything else than the operator's catalogue."""


@dataclass(frozen=True, slots=True)
class RefusedModel:
    """A model that the API refused.

    `refused_at` is UTC epoch milliseconds, `message` the API's text.
    """

    kind: ModelKind
    model: str
    refused_at: int
    message: str


def catalogue_for(tx: Transaction, context: OrderContext) -> Catalogue | Refused:
    """Return what a member can order in a channel, or why nothing."""
    return offered_catalogue(accepted_models(tx), server_setup.get(tx, context.guild_id), context)


def of_server(tx: Transaction, guild_id: int) -> Catalogue:
    """Return what commands show of a server's available catalogue.

    All that the operator offers where the server allows nothing of it.
    """
    available = accepted_models(tx)
    offered = narrow(available, server_setup.get(tx, guild_id)) or narrow(available, NOTHING_SET)
    assert offered is not None, "an available catalogue has a model of each kind"
    return offered


def is_available(tx: Transaction, guild_id: int, request: MovieRequest) -> bool:
    """Return whether a server offers a movie that was decided earlier.

    A copy has the models and the length of its movies, which `data.submissions.claim` looks for again. Nothing where
    the server allows nothing of what the operator offers, as with a new order.
    """
    available = narrow(accepted_models(tx), server_setup.get(tx, guild_id))
    if available is None or request.operation not in available.limits.operations:
        return False
    if request.operation.declared.is_copy:
        return True
    is_of_words = request.operation.declared.source is Source.WORDS
    # how long pictures are follows from them
    seconds = request.duration_seconds if is_of_words else available.limits.default_seconds
    return available.offers(request.video_model, request.image_model, seconds)


def record(tx: Transaction, refused: RefusedModel) -> None:
    """Record a refusal; the first one stays."""
    tx.insert("refused_models", asdict(refused), ignore="kind, model")


def refused(tx: Transaction) -> Sequence[RefusedModel]:
    """Return all refused models, in the order of their refusal."""
    rows = tx.fetch_all("SELECT kind, model, refused_at, message FROM refused_models ORDER BY refused_at, model")
    return [RefusedModel(ModelKind(kind), *values) for kind, *values in rows]


def accepted_models(tx: Transaction) -> Catalogue:
    """Return the operator's catalogue without what the API doesn't take, at the API's prices where these are higher."""
    return tx.policy.catalogue.following(
        [(ModelKind(kind), model, price) for kind, model, price in tx.fetch_all(_CHANGES)]
    )


def follow(tx: Transaction, differences: Sequence[Difference]) -> None:
    """Record which models the API's list does not have, and which cost more there, in place of what was recorded."""
    wrong = {(each.kind, each.key, each.listed_price) for each in differences if each.type.is_wrong}
    if wrong == {(kind, model, price) for kind, model, price in tx.fetch_all(_DIFFERENCES)}:
        return
    tx.execute("DELETE FROM catalogue_differences")
    for kind, model, price in sorted(wrong, key=str):
        tx.insert("catalogue_differences", {"kind": kind, "model": model, "listed_price": price})


def allow(tx: Transaction, model: str) -> bool:
    """Offer a model again; False where it was not refused."""
    return tx.execute("DELETE FROM refused_models WHERE model = :model", {"model": model}) > 0
