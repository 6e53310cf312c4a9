"""How a quote's prompt came about."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Wording:
    """A member's own words, or an idea in their place, and additions.

    The prompt begins with `base`. `improvement` is the number of the words that improve it, `style` a style's key.
    """

    own: str
    base: str
    improvement: int | None = None
    style: str | None = None

    @property
    def is_own(self) -> bool:
        """Whether the prompt is what the member wrote."""
        return self == Wording(self.own, self.own)

    @property
    def member_words(self) -> str:
        """What of the prompt its member wrote."""
        return self.own if self.base == self.own else ""

    def edited(self, before: str, after: str) -> Wording | None:
        """Return how the prompt came about after its member edited it.

        What was added stays an addition, as long as it is as it was. Otherwise the whole prompt is the member's: None.
        """
        if after == before:
            return self
        added = before.removeprefix(self.base)
        own = after.removesuffix(added)
        return replace(self, own=own, base=own) if own != after and own.strip() else None
