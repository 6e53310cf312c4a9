"""Counts the prompts that broke a rule."""

from __future__ import annotations

from collections import Counter

from bot.domain.prompt_refusal import PromptRefused


class RefusedPrompts:
    """Refused prompts by their rule's category, since this process began."""

    def __init__(self) -> None:
        self.by_category = Counter[str]()

    def count(self, outcome: object) -> None:
        """Count a refused prompt."""
        if isinstance(outcome, PromptRefused):
            self.by_category[outcome.category] += 1
