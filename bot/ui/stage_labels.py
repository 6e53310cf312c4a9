"""Labels for the API's stage names; unknown names are made readable."""

from __future__ import annotations

from bot.ui.escaping import escape_line

_LABELS = {
    "prompt_generation": "Writing the scenes",
    "image_generation": "Drawing the pictures",
    "audio_generation": "Making the sound",
    "frame_generation": "Setting the frames",
    "video_generation": "Putting the movie together",
    "ai_video_generation": "Bringing the pictures to life",
    "speech_generation": "Recording the voices",
    "music_generation": "Composing the music",
    "lip_sync_generation": "Matching lips to voices",
    "sound_effect_generation": "Adding sound effects",
    "transcript_generation": "Writing the subtitles",
    "delete_reflow": "Tidying up the scenes",
    "timeline_reflowed": "Fitting the scenes together",
}


def stage_label(name: str) -> str:
    """Describe the current stage of rendering."""
    if not name:
        return "Rendering"
    return _LABELS.get(name) or escape_line(name.replace("_", " ").capitalize(), 60)
