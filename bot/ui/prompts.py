"""A prompt where it is shown: it may have been deleted."""

from __future__ import annotations

from bot.locales.texts import Texts


def shown(texts: Texts, prompt: str) -> str:
    """Return the prompt, or that it was deleted.

    Like a prompt, the text is escaped where it is shown.
    """
    return prompt or texts("privacy-prompt-gone")
