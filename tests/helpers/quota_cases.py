"""Every change that /quota makes, with its expected results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.domain.quota import AuditAction
from bot.ui.amounts import format_credits, format_monthly_credits
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH

MOST = 10_000_000
"""The largest amount that can be set or granted."""

BOB = "bob"
GRANT = ("grant", {"member": BOB, "credits": 300, "reason": "a prize"})


@dataclass(frozen=True)
class QuotaCase:
    """A command and its expected results, after the cases before it."""

    command: str
    options: dict[str, Any]
    action: AuditAction
    shows: str
    """What `show` displays. It may hold {bob}, {stars} and {until}."""

    of: str = ""
    """Where `show` displays it: for a member, or '' for the server."""

    @property
    def subject(self) -> str:
        """Return whom it is about."""
        return str(self.options.get("member", self.options.get("role", "")))


CASES = (
    QuotaCase("default", {"credits": 0}, AuditAction.SET_DEFAULT_LIMIT, format_monthly_credits(ENGLISH, 0)),
    QuotaCase("default", {"credits": 250}, AuditAction.SET_DEFAULT_LIMIT, format_monthly_credits(ENGLISH, 250)),
    QuotaCase("clear default", {}, AuditAction.SET_DEFAULT_LIMIT, ENGLISH("quota-bot-default", credits=600)),
    QuotaCase("server", {"credits": MOST}, AuditAction.SET_SERVER_LIMIT, format_credits(ENGLISH, MOST)),
    QuotaCase("clear server", {}, AuditAction.SET_SERVER_LIMIT, ENGLISH("quota-set-by-operator", credits=10**9)),
    QuotaCase(
        "member",
        {"member": BOB, "credits": 1},
        AuditAction.SET_MEMBER_LIMIT,
        ENGLISH("quota-limit-line", name="{bob}", credits=1),
    ),
    QuotaCase(
        "clear member",
        {"member": BOB},
        AuditAction.SET_MEMBER_LIMIT,
        f"{format_monthly_credits(ENGLISH, 600)}\n{ENGLISH('credits-source-bot')}",
        BOB,
    ),
    QuotaCase(
        "role",
        {"role": "stars", "credits": 900},
        AuditAction.SET_ROLE_LIMIT,
        ENGLISH("quota-limit-line", name="{stars}", credits=900),
    ),
    QuotaCase("clear role", {"role": "stars"}, AuditAction.SET_ROLE_LIMIT, ENGLISH("quota-each-member-field")),
    QuotaCase(*GRANT, AuditAction.GRANT, ENGLISH("quota-bonus-value", credits=300, granted="300"), BOB),
    QuotaCase(
        "take",
        {"member": BOB, "credits": 100, "reason": "@everyone a slip of the finger"},
        AuditAction.REVOKE,
        ENGLISH("quota-bonus-value", credits=200, granted="200"),
        BOB,
    ),
    QuotaCase(
        "block", {"member": BOB, "hours": 2, "reason": " spam "}, AuditAction.BLOCK, "until <t:{until}:f> (spam)", BOB
    ),
    QuotaCase(
        "block",
        {"member": BOB},
        AuditAction.BLOCK,
        ENGLISH("quota-block-line", name="{bob}", block=ENGLISH("quota-blocked")),
    ),
    QuotaCase(
        "unblock",
        {"member": BOB},
        AuditAction.UNBLOCK,
        f"{ENGLISH('quota-blocked-field')}\n{ENGLISH('quota-not-blocked')}",
        BOB,
    ),
)


def given(admin_bot: AdminHarness, options: dict[str, Any]) -> dict[str, Any]:
    """Return the options, with the users and roles in them."""
    return {name: getattr(admin_bot, value) if value in (BOB, "stars") else value for name, value in options.items()}
