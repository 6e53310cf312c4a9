"""What the operator has decided for all servers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.domain.credits import Limits
from data.filters import CompiledFilters

_NOTHING: Final = Catalogue((), ())
_NO_CREDITS: Final = Limits(member=0, plan=0)


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operator offers, the limits that hold where a server has none of its own, and the rules for prompts.

    Pitches are funded in `allowed_servers` only; empty: in all. Without values, nothing is offered.
    """

    catalogue: Catalogue = _NOTHING
    limits: Limits = _NO_CREDITS
    filters: CompiledFilters = field(default_factory=CompiledFilters)
    allowed_servers: frozenset[int] = frozenset()
