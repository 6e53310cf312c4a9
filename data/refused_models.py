"""Rows of the refused_models table: models that the API did not take.

Their movies are refused here, not at the API, until the operator offers them again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.catalogue import Catalogue, ModelKind
from data.database import Transaction


@dataclass(frozen=True, slots=True)
class RefusedModel:
    """A model that the API refused.

    `refused_at` is UTC epoch milliseconds, `message` the API's text.
    """

    kind: ModelKind
    model: str
    refused_at: int
    message: str


def record(tx: Transaction, refused: RefusedModel) -> None:
    """Record a refusal; the first one stays."""
    tx.execute(
        "INSERT INTO refused_models (kind, model, refused_at, message)"
        " VALUES (:kind, :model, :refused_at, :message) ON CONFLICT (kind, model) DO NOTHING",
        {
            "kind": refused.kind.value,
            "model": refused.model,
            "refused_at": refused.refused_at,
            "message": refused.message,
        },
    )


def refused(tx: Transaction) -> Sequence[RefusedModel]:
    """Return all refused models, in the order of their refusal."""
    rows = tx.fetch_all("SELECT kind, model, refused_at, message FROM refused_models ORDER BY refused_at, model")
    return [RefusedModel(ModelKind(row["kind"]), row["model"], row["refused_at"], row["message"]) for row in rows]


def available(tx: Transaction) -> Catalogue:
    """Return the operator's catalogue without the refused models."""
    return tx.policy.catalogue.without({(each.kind, each.model) for each in refused(tx)})


def allow(tx: Transaction, model: str) -> bool:
    """Offer a model again; False where it was not refused."""
    return tx.execute("DELETE FROM refused_models WHERE model = :model", {"model": model}) > 0
