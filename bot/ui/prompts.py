"""Prompts where they are shown, and ideas and words that improve one, with their controls.

All of it is local: no text of a member goes anywhere.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Sequence
from typing import Final

from bot.domain.catalogue import Catalogue, Style
from bot.domain.orders import Quote
from bot.domain.text import Wording, beginning, count_utf16, ending
from bot.locales.texts import Texts
from bot.ui.components import Attachment, Button, Option, Select, text_file
from bot.ui.formatting import escape, quoted

IDEA_VARIANTS: Final = 12
"""Heroes, deeds and places among the ideas."""

IMPROVEMENT_VARIANTS: Final = 6
"""Shots, lights, cameras and moods among the improvements of prompts."""

_MAX_LENGTH: Final = 2500
"""Escaped. All of a prompt is shown before it is paid for; of a longer one its begin and its end, where something may
have been added, and the whole in a file."""

_NO_STYLE: Final = "none"
_STYLE: Final = "style:"


def whole(prompt: str) -> tuple[str | Attachment, ...]:
    """Quote what is shown of a prompt, with a file of the whole where that is not all."""
    escaped = escape(prompt, 2 * _MAX_LENGTH)
    if len(escaped) <= _MAX_LENGTH:
        return (quoted(escaped),)
    begin, end = escape(beginning(prompt, 800), 1600), escape(ending(prompt, 400), 800)
    return quoted(f"{begin} … {end}"), text_file(prompt, "prompt.txt")


def new_idea(texts: Texts, seed: str, *, previous: str = "") -> str:
    """Make a prompt of local templates, other than the previous one.

    The same seed makes the same idea.
    """
    number = zlib.crc32(seed.encode())
    idea = _idea(texts, number)
    return idea if idea != previous else _idea(texts, number + 1)


def _idea(texts: Texts, number: int) -> str:
    who, does, where = _digits(number, IDEA_VARIANTS, 3)
    return texts(
        "ideas-prompt",
        who=texts("ideas-who", variant=who),
        does=texts("ideas-does", variant=does),
        where=texts("ideas-where", variant=where),
    )


def improvement(base: str) -> int:
    """Choose the words that improve a prompt; always the same for it."""
    return zlib.crc32(base.encode()) % IMPROVEMENT_VARIANTS**4


def compose(texts: Texts, wording: Wording, style: Style | None, max_length: int) -> str | None:
    """Write a prompt, with as many improving words as fit.

    None where not even the first of them fits, or the style does not.
    """
    improvements = [""] if wording.improvement is None else _improvements(texts, wording.improvement)
    for improving in improvements:
        prompt = wording.base
        for added in (improving, "" if style is None else style.words_in(texts.language)):
            if added:
                prompt = _append(texts, prompt, added)
        if count_utf16(prompt) <= max_length:
            return prompt
    return None


def _improvements(texts: Texts, number: int) -> Sequence[str]:
    """Return sentences about the shot, light, camera and mood, the longest first."""
    shot, light, camera, mood = _digits(number, IMPROVEMENT_VARIANTS, 4)
    words = (
        texts("prompts-shot", variant=shot),
        texts("prompts-light", variant=light),
        texts("prompts-camera", variant=camera),
        texts("prompts-mood", variant=mood),
    )
    lists = itertools.accumulate(words, lambda listed, part: texts("prompts-list", words=listed, next=part))
    return [texts("prompts-sentence", words=listed) for listed in lists][::-1]


def _append(texts: Texts, prompt: str, added: str) -> str:
    """Add a sentence.

    Fluent takes no argument of more than 2,500 characters, so it gets the prompt's last one.
    """
    rest, last = prompt[:-1], prompt[-1:]
    ends = bool(last) and last in ".!?…。！？"
    return rest + texts("prompts-next-sentence" if ends else "prompts-end-and-next-sentence", last=last, added=added)


def _digits(number: int, base: int, count: int) -> Sequence[int]:
    return [number // base**place % base for place in range(count)]


def buttons(texts: Texts, quote: Quote) -> tuple[Button | None, ...]:
    """Build the buttons that change a quote's prompt."""
    wording = quote.full_wording
    return (
        Button(texts("prompts-surprise-button"), ("quote-surprise", quote.id)),
        Button(texts("prompts-improve-button"), ("quote-improve", quote.id)) if wording.improvement is None else None,
        None if wording.is_own else Button(texts("prompts-back-button"), ("quote-own", quote.id)),
    )


def style_select(texts: Texts, quote: Quote, catalogue: Catalogue) -> Select | None:
    """Build the select of a style for a quote's prompt; None where there are no styles."""
    if not catalogue.enabled_styles:
        return None
    options = [Option(texts("prompts-no-style-option"), _NO_STYLE)]
    options += [
        Option(style.label_in(texts.language), f"{_STYLE}{style.key}", style.words_in(texts.language))
        for style in catalogue.enabled_styles
    ]
    chosen = f"{_STYLE}{quote.full_wording.style}"
    return Select(texts("prompts-style-placeholder"), ("quote-style", quote.id), options, chosen)


def parse_style(value: str) -> str | None:
    """Return the key that an option stands for; None: no style."""
    return None if value == _NO_STYLE else value.removeprefix(_STYLE)
