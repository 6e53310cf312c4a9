"""Counts and logs the prompts that broke a rule."""

from __future__ import annotations

from collections import Counter

import structlog

from bot.domain.order import OrderContext
from bot.domain.prompt_refusal import PromptRefused

_log = structlog.stdlib.get_logger(__name__)


class RefusedPrompts:
    """Refused prompts by their rule's category, since this process began."""

    def __init__(self) -> None:
        self.by_category = Counter[str]()

    def count(self, outcome: object, context: OrderContext) -> None:
        """Count and log a refused prompt, without its words."""
        if isinstance(outcome, PromptRefused):
            self.by_category[outcome.category] += 1
            _log.info("prompt_refused", guild_id=context.guild_id, category=outcome.category, hits=outcome.hits)
