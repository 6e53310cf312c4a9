"""Rows of the member_preferences table: a member's last choices and delivery target."""

from __future__ import annotations

from dataclasses import asdict, replace

from bot.domain.catalogue import Catalogue
from bot.domain.operations import Source
from bot.domain.preferences import DeliveryTarget, PreferenceField, Preferences, PreferenceUpdate, update_preference
from bot.domain.request import MovieRequest
from data.database import Row, Transaction


def get(tx: Transaction, member_id: int) -> Preferences:
    """Read a member's preferences; empty ones where none are kept."""
    sql = "SELECT * FROM member_preferences WHERE member_id = :member_id"
    return tx.fetch_as(from_row, sql, {"member_id": member_id}) or Preferences()


def from_row(row: Row) -> Preferences:
    """Read a row that has the columns of a member's preferences."""
    return Preferences(
        row["duration_seconds"],
        row["video_model"],
        row["image_model"],
        row["aspect_ratio"],
        DeliveryTarget(row["delivery_target"]),
        row["spoken_language"],
        None if row["subtitles"] is None else bool(row["subtitles"]),
        row["tone"],
        bool(row["unlisted"]),
        bool(row["storyboard"]),
        row["music"],
        row["voice"],
    )


def lock(tx: Transaction, *member_ids: int) -> None:
    """Exclude other changes of members' preferences, and their other orders.

    They are read before they are written. Several members are locked by id, so two transactions wait in one order.
    """
    for member_id in sorted({*member_ids}):
        tx.lock(f"preferences:{member_id}")


def update(
    tx: Transaction, member_id: int, field: PreferenceField, value: str | None, catalogue: Catalogue
) -> PreferenceUpdate | None:
    """Change one preference and those that conflict with it.

    None where the value is not available.
    """
    lock(tx, member_id)
    updated = update_preference(get(tx, member_id), field, value, catalogue)
    if updated is not None:
        _save(tx, member_id, updated.preferences)
    return updated


def remember(tx: Transaction, member_id: int, before: Preferences, request: MovieRequest) -> None:
    """Save the choices of a request as preferences.

    As it was `before` stay the delivery target, whether movies begin with a storyboard, and extras that the API does
    not have. What is made of pictures or movies says nothing about the next movie.
    """
    if request.operation.declared.source is not Source.WORDS:
        return
    chosen = replace(
        before,
        seconds=request.duration_seconds,
        video_model=request.video_model,
        image_model=request.image_model,
        aspect_ratio=request.aspect_ratio,
        **{extra: value for extra, value in asdict(request.extras).items() if value is not None},
    )
    if chosen != before:
        _save(tx, member_id, chosen)


def change(tx: Transaction, member_id: int, **choices: DeliveryTarget | bool) -> Preferences:
    """Change choices that go with any movie, by their names. `movie_nights.set_unlisted` acts on one of them."""
    lock(tx, member_id)
    preferences = replace(get(tx, member_id), **choices)
    _save(tx, member_id, preferences)
    return preferences


def reset(tx: Transaction, member_id: int) -> Preferences:
    """Forget a member's defaults and their delivery target.

    The choice to be unlisted stays.
    """
    lock(tx, member_id)
    preferences = Preferences(unlisted=get(tx, member_id).unlisted)
    tx.execute("DELETE FROM member_preferences WHERE member_id = :member_id", {"member_id": member_id})
    if preferences.unlisted:
        _save(tx, member_id, preferences)
    return preferences


def _save(tx: Transaction, member_id: int, preferences: Preferences) -> None:
    values = {
        "member_id": member_id,
        "duration_seconds": preferences.seconds,
        "video_model": preferences.video_model,
        "image_model": preferences.image_model,
        "aspect_ratio": preferences.aspect_ratio,
        "delivery_target": preferences.delivery_target,
        "spoken_language": preferences.language,
        "subtitles": None if preferences.subtitles is None else int(preferences.subtitles),
        "tone": preferences.tone,
        "unlisted": int(preferences.unlisted),
        "storyboard": int(preferences.storyboard),
        "music": preferences.music,
        "voice": preferences.voice,
    }
    tx.insert("member_preferences", values, replace="member_id")
