"""Pictures that a movie is to be made of.

They are kept for an open quote, pitch or job, until the API has taken that, and no longer. Its request has their ids
(`MovieRequest.sources`), so an edited quote has those of the one before. `forget` follows what ends an order;
once an hour (bot/services/privacy.py), `forget_unused` finds quotes that have expired, and what a crash left.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Final

from bot.domain.jobs import EndReason, Job, JobState
from bot.domain.orders import QUOTE_TTL_MS, Order
from bot.domain.pictures import Picture, PictureType
from data.database import Params, Transaction

_PART_BYTES: Final = 3 * 2**18
"""Bytes whose base64 is 1 MiB. A multiple of 3, so that the parts are the whole's base64, one after the other."""

_GRACE_MS: Final = 60_000
"""A quote that is accepted as it expires may be committed later."""

_NAMES: Final = "' ' || source_ids || ' ' LIKE '% ' || pictures.id || ' %'"

_UNUSED: Final = f"""
DELETE FROM pictures WHERE NOT EXISTS (
    SELECT 1 FROM quotes WHERE operation = 'pictures' AND {_NAMES} AND cancelled_at IS NULL AND created_at >= :since
        AND (accepted_job_id IS NULL OR EXISTS (SELECT 1 FROM jobs WHERE jobs.id = accepted_job_id
            AND state = '{JobState.CANCELLED}' AND end_reason = '{EndReason.RESPONSE_FAILED}')))
AND NOT EXISTS (
    SELECT 1 FROM pitches WHERE operation = 'pictures' AND {_NAMES} AND state IN ('open', 'waiting_for_plan'))
AND NOT EXISTS (
    SELECT 1 FROM jobs WHERE {_NAMES} AND operation = 'pictures'
        AND state IN ('reserved', 'awaiting_approval', 'queued', 'submitting'))
"""
"""One statement, which sees one state of the database. A quote whose job was voided can be accepted again. The words
about open jobs are those of the index jobs_with_pictures."""


def save(tx: Transaction, order: Order) -> None:
    """Keep the pictures that came with an order, in the transaction that writes what names them. Idempotent.

    The caller has locked the member's preferences, because their data may be erased at the same time.
    """
    for picture in order.pictures:
        values = {
            "id": picture.id,
            "member_id": order.context.member_id,
            "created_at": tx.now,
            "type": picture.type,
            "bytes": len(picture.content),
        }
        if tx.insert("pictures", values, ignore="id"):
            for number, start in enumerate(range(0, len(picture.content), _PART_BYTES)):
                part = base64.b64encode(picture.content[start : start + _PART_BYTES]).decode()
                tx.insert("picture_parts", {"picture_id": picture.id, "number": number, "content": part})


def kept(tx: Transaction, member_id: int, picture_ids: Sequence[str]) -> frozenset[str]:
    """Return which of these pictures are kept for a member."""
    if not picture_ids:
        return frozenset()
    sql = "SELECT id FROM pictures WHERE id IN (:ids) AND member_id = :member_id"
    return frozenset(tx.fetch_column(sql, {"ids": picture_ids, "member_id": member_id}))


def read(tx: Transaction, picture_id: str) -> Picture | None:
    """Return a picture; None where it is not kept any more."""
    type_ = tx.fetch_value("SELECT type FROM pictures WHERE id = :id", {"id": picture_id})
    if type_ is None:
        return None
    parts = tx.fetch_column(
        "SELECT content FROM picture_parts WHERE picture_id = :id ORDER BY number", {"id": picture_id}
    )
    return Picture(picture_id, PictureType(type_), base64.b64decode("".join(parts)))


def begin_sending(tx: Transaction, job: Job, claim: str) -> bool:
    """Record that a job may be sent from now on, with the hash of its claim's callback token.

    False: the claim has ended meanwhile, as where it took too long, and nothing may be sent.
    """
    claimed = {"job_id": job.id, "claim": claim}
    sql = "SELECT 1 FROM jobs WHERE id = :job_id AND state = 'submitting' AND callback_token_hash = :claim"
    if tx.fetch_one(sql + tx.for_update, claimed) is None:
        return False
    tx.execute("UPDATE pictures SET claim = :claim WHERE id IN (:ids)", {"ids": job.request.sources, "claim": claim})
    return True


def may_be_sent(tx: Transaction, job: Job) -> bool:
    """Return whether a job that is SUBMITTING may have been sent with its pictures."""
    sent = "jobs.callback_token_hash = claim AND jobs.id = :job_id AND pictures.id IN (:ids)"
    sql = f"SELECT 1 FROM pictures JOIN jobs ON {sent}"
    return tx.fetch_one(sql, {"ids": job.request.sources, "job_id": job.id}) is not None


def forget(tx: Transaction, named_by: str, values: Params) -> None:
    """Delete the pictures of an order that has ended, as far as nothing else of it needs them.

    `named_by` is a table and the condition of its rows. Only these pictures are locked, so that two orders that end at
    once don't wait for each other.
    """
    named = tx.fetch_column(f"SELECT source_ids FROM {named_by} AND operation = 'pictures'", values)
    if named:
        tx.execute(f"{_UNUSED} AND pictures.id IN (:ids)", {"ids": " ".join(named).split(), **_since(tx)})


def forget_unused(tx: Transaction) -> int:
    """Delete all pictures that nothing open needs. Return how many."""
    return tx.execute(_UNUSED, _since(tx))


def _since(tx: Transaction) -> Params:
    return {"since": tx.now - QUOTE_TTL_MS - _GRACE_MS}
