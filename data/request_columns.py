"""The columns of a movie's request, in jobs, quotes and pitches."""

from __future__ import annotations

from bot.domain.catalogue import AspectRatio
from bot.domain.extras import NO_EXTRAS, Extras, SpokenLanguage, Tone
from bot.domain.request import MovieRequest
from data.database import Row


def to_columns(request: MovieRequest) -> dict[str, str | int | None]:
    """Return the values of the columns."""
    extras = request.extras
    return {
        "prompt": request.prompt,
        "duration_seconds": request.duration_seconds,
        "video_model": request.video_model,
        "image_model": request.image_model,
        "aspect_ratio": request.aspect_ratio.value,
        "spoken_language": None if extras.language is None else extras.language.value,
        "subtitles": None if extras.subtitles is None else int(extras.subtitles),
        "tone": None if extras.tone is None else extras.tone.value,
        "continues_id": request.continues,
    }


def from_row(row: Row) -> MovieRequest:
    """Read a row that has these columns."""
    return MovieRequest(
        row["prompt"],
        row["duration_seconds"],
        row["video_model"],
        row["image_model"],
        AspectRatio(row["aspect_ratio"]),
        to_extras(row["spoken_language"], row["subtitles"], row["tone"]),
        row["continues_id"],
    )


def to_extras(spoken_language: str | None, subtitles: int | None, tone: str | None) -> Extras:
    """Read the columns spoken_language, subtitles and tone."""
    if spoken_language is None and subtitles is None and tone is None:
        return NO_EXTRAS
    return Extras(
        None if spoken_language is None else SpokenLanguage(spoken_language),
        None if subtitles is None else bool(subtitles),
        None if tone is None else Tone(tone),
    )
