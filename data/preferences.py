"""What is remembered of members: rows of the preferences table, and the book in which members look at their own."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.catalogue import Catalogue
from bot.domain.preferences import DeliveryTarget, PreferenceField, Preferences, PreferenceUpdate, update_preference
from bot.domain.request import MovieRequest
from data.database import Database, Statement, Transaction


def find(tx: Transaction, member_id: int) -> Preferences:
    """A member's preferences; empty where nothing is remembered."""
    row = tx.fetch_one("SELECT * FROM member_preferences WHERE member_id = :member_id", {"member_id": member_id})
    if row is None:
        return Preferences()
    return Preferences(
        row["duration_seconds"],
        row["video_model"],
        row["image_model"],
        row["aspect_ratio"],
        DeliveryTarget(row["delivery_target"]),
    )


def remember(tx: Transaction, member_id: int, before: Preferences, request: MovieRequest) -> None:
    """Remember what a member chose, in place of what was found `before`; where they want to be told stays as it is."""
    chosen = Preferences(
        request.duration_seconds,
        request.video_model,
        request.image_model,
        request.aspect_ratio.value,
        before.delivery_target,
    )
    if chosen != before:
        put(tx, member_id, chosen)


def put(tx: Transaction, member_id: int, preferences: Preferences) -> None:
    """Write a member's preferences."""
    tx.execute(
        "INSERT INTO member_preferences (member_id, duration_seconds, video_model, image_model, aspect_ratio, delivery_target)"
        " VALUES (:member_id, :seconds, :video_model, :image_model, :aspect_ratio, :tell)"
        " ON CONFLICT (member_id) DO UPDATE SET duration_seconds = :seconds, video_model = :video_model,"
        " image_model = :image_model, aspect_ratio = :aspect_ratio, delivery_target = :tell",
        {
            "member_id": member_id,
            "seconds": preferences.seconds,
            "video_model": preferences.video_model,
            "image_model": preferences.image_model,
            "aspect_ratio": preferences.aspect_ratio,
            "tell": preferences.delivery_target.value,
        },
    )


class PreferenceRepository:
    """Members' preferences. Keeps the Protocol `PreferenceKeeper` of data/protocols.py."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, member_id: int) -> Preferences:
        """A member's preferences."""
        return await self._database.read(lambda tx: find(tx, member_id))

    async def update(
        self, member_id: int, choice: PreferenceField, value: str | None, catalogue: Catalogue
    ) -> PreferenceUpdate | None:
        """Remember another value, in one step with what it must go with; None where it is not offered."""

        def work(tx: Transaction) -> PreferenceUpdate | None:
            chosen = update_preference(find(tx, member_id), choice, value, catalogue)
            if chosen is not None:
                put(tx, member_id, chosen.preferences)
            return chosen

        return await self._database.write(work)

    async def set_delivery_target(self, member_id: int, delivery_target: DeliveryTarget) -> Preferences:
        """Choose where a member's next movies go."""

        def work(tx: Transaction) -> Preferences:
            kept = replace(find(tx, member_id), delivery_target=delivery_target)
            put(tx, member_id, kept)
            return kept

        return await self._database.write(work)

    async def delete(self, member_id: int) -> None:
        """Remember nothing of a member any more."""
        await self._database.write(Statement("DELETE FROM member_preferences WHERE member_id = :id", {"id": member_id}))
