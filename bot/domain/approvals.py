"""Approval: which orders wait for a server's staff, and for how long.

The rule is applied when a movie is ordered. What is changed in /setup afterwards, or a role that its member loses,
decides about later orders only.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

APPROVAL_TTL_MS: Final = 48 * 3_600_000
"""How long an order waits for staff."""


class ApprovalScope(StrEnum):
    """Whose orders wait for staff."""

    UNTRUSTED = "untrusted"
    """Those of members without a trusted role."""

    EVERYONE = "everyone"
    """Those of all members, but for who may manage the server."""


class ApprovalFallback(StrEnum):
    """What happens while the staff channel can't be posted to."""

    START = "start"
    """Orders start without approval, and the log says so."""


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """Which orders of a server wait for its staff.

    `scope` None: none do. `above` is the highest price, in credits, that needs no approval.
    """

    scope: ApprovalScope | None = None
    above: int = 0
    trusted_roles: tuple[int, ...] = ()

    def applies(self, price: int, role_ids: Collection[int], *, manages: bool) -> bool:
        """Return whether an order waits.

        `manages`: its member may manage the server, so they could approve it themselves.
        """
        if self.scope is None or manages or price <= self.above:
            return False
        return self.scope is ApprovalScope.EVERYONE or not set(self.trusted_roles).intersection(role_ids)
