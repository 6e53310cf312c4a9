"""Labels for the API's stage names; unknown names are made readable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui.escaping import escape_line

_LABELS: Final[Mapping[str, MessageId]] = {
    "prompt_generation": "stages-prompt-generation",
    "image_generation": "stages-image-generation",
    "audio_generation": "stages-audio-generation",
    "frame_generation": "stages-frame-generation",
    "video_generation": "stages-video-generation",
    "ai_video_generation": "stages-ai-video-generation",
    "speech_generation": "stages-speech-generation",
    "music_generation": "stages-music-generation",
    "lip_sync_generation": "stages-lip-sync-generation",
    "sound_effect_generation": "stages-sound-effect-generation",
    "transcript_generation": "stages-transcript-generation",
    "delete_reflow": "stages-delete-reflow",
    "timeline_reflowed": "stages-timeline-reflowed",
    "": "stages-rendering",
}


def stage_label(texts: Texts, name: str) -> str:
    """Describe the current stage of rendering."""
    if name in _LABELS:
        return texts(_LABELS[name])
    return escape_line(name.replace("_", " ").capitalize(), 60)
