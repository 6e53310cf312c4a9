"""A priced request, shown before it is bought.

Its member can accept it once.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.catalogue import VideoModel
from bot.domain.quota import Balance
from bot.domain.request import MovieRequest
from bot.domain.text import strip_control_chars
from bot.domain.wording import Wording

QUOTE_TTL_MS = 15 * 60 * 1000
"""How long a quote can be accepted, the lifetime of Discord's interaction tokens. Prices and balances change."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One request with its price in credits, for one member.

    Quotes that replace one another share the first one's id as their `root_id`: one movie is made of all of them. The
    first has none. `wording` says how the prompt came about; None: its member wrote it. Times are UTC epoch
    milliseconds.
    """

    id: str
    guild_id: int
    channel_id: int
    member_id: int
    request: MovieRequest
    price: int
    created_at: int
    root_id: str | None = None
    wording: Wording | None = None

    @property
    def root(self) -> str:
        """The id of the first of the quotes that this one replaces."""
        return self.root_id or self.id

    @property
    def full_wording(self) -> Wording:
        """How the prompt came about, also where its member wrote it."""
        return self.wording or Wording(self.request.prompt, self.request.prompt)

    def wording_of(self, edited: str) -> Wording | None:
        """Return how a prompt came about that was edited from this one's."""
        return (
            None
            if self.wording is None
            else self.wording.edited(self.request.prompt, strip_control_chars(edited).strip())
        )


@dataclass(frozen=True, slots=True)
class QuotePreview:
    """A quote that fits, and the member's balance before it is accepted.

    `failed_repeatedly`: the member's last movies of this prompt all failed. `default_model` costs less than the
    remembered one that the quote uses.
    """

    quote: Quote
    balance: Balance
    failed_repeatedly: bool = False
    default_model: VideoModel | None = None

    @property
    def balance_after(self) -> int:
        """The member's own credits once it is accepted."""
        return self.balance.member_available - self.quote.price


@dataclass(frozen=True, slots=True)
class PricePerSecond:
    """What a second of a movie costs, and its member's balance before."""

    credits: int
    balance: Balance
