"""What a form keeps of an order that can't be made."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.domain.order import InvalidDraft
from bot.domain.request import Draft, Problem, ProblemCode
from cogs.order_quotes import _valid_part

DRAFT = Draft("a cat", 12, "KLING", "IMAGEN", "9:16", "fr", subtitles=True, tone="cinematic", continues="0abc123defghj")

LEFT_OUT = {
    ProblemCode.SECONDS_OUT_OF_RANGE: "duration_seconds",
    ProblemCode.VIDEO_MODEL_UNKNOWN: "video_model",
    ProblemCode.VIDEO_MODEL_ASPECT: "video_model",
    ProblemCode.IMAGE_MODEL_UNKNOWN: "image_model",
    ProblemCode.ASPECT_UNKNOWN: "aspect_ratio",
    ProblemCode.ASPECT_WITHOUT_MODEL: "aspect_ratio",
    ProblemCode.LANGUAGE_UNKNOWN: "language",
    ProblemCode.LANGUAGE_AMBIGUOUS: "language",
    ProblemCode.SUBTITLES_UNKNOWN: "subtitles",
    ProblemCode.TONE_UNKNOWN: "tone",
}


def test_the_invalid_value_alone_is_left_out() -> None:
    for code, name in LEFT_OUT.items():
        left_out: dict[str, Any] = {name: None}
        assert _valid_part(InvalidDraft(DRAFT, (Problem(code),))) == replace(DRAFT, **left_out), code
