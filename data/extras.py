"""The columns of a movie's extras, in the tables jobs and quotes."""

from __future__ import annotations

from bot.domain.extras import NO_EXTRAS, Extras, SpokenLanguage, Tone


def to_columns(extras: Extras) -> dict[str, str | int | None]:
    """Return the values of the columns spoken_language, subtitles and tone."""
    return {
        "spoken_language": None if extras.language is None else extras.language.value,
        "subtitles": None if extras.subtitles is None else int(extras.subtitles),
        "tone": None if extras.tone is None else extras.tone.value,
    }


def from_columns(spoken_language: str | None, subtitles: int | None, tone: str | None) -> Extras:
    """Read the columns spoken_language, subtitles and tone."""
    if spoken_language is None and subtitles is None and tone is None:
        return NO_EXTRAS
    return Extras(
        None if spoken_language is None else SpokenLanguage(spoken_language),
        None if subtitles is None else bool(subtitles),
        None if tone is None else Tone(tone),
    )
