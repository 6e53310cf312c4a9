"""Every change that /quota makes, with its expected results."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.domain.quota import AuditAction
from bot.ui.amounts import format_credits, format_monthly_credits
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH

MOST = 10_000_000
"""The largest amount that can be set or granted."""


@dataclass(frozen=True)
class QuotaCase:
    """A command and its expected results.

    `shows` may hold {bob}, {stars} and {lines}: their mentions.
    """

    command: str
    options: dict[str, Any]
    shows: str
    amount: int | None = None
    """Credits."""

    reason: str = ""
    subject: str = ""
    of: str = ""
    """Where `show` displays it: for a member, or '' for the server."""

    before: tuple[tuple[str, dict[str, Any]], ...] = field(default=())
    """Earlier commands of Dana's."""

    hours: int | None = None
    """The length of a block; None: until it is lifted."""

    @property
    def action(self) -> AuditAction:
        """Return the action in the audit log."""
        return _ACTIONS[self.command]


_ACTIONS = {
    "default": AuditAction.SET_DEFAULT_LIMIT,
    "server": AuditAction.SET_SERVER_LIMIT,
    "member": AuditAction.SET_MEMBER_LIMIT,
    "role": AuditAction.SET_ROLE_LIMIT,
    "grant": AuditAction.GRANT,
    "take": AuditAction.REVOKE,
    "block": AuditAction.BLOCK,
    "unblock": AuditAction.UNBLOCK,
    "clear default": AuditAction.SET_DEFAULT_LIMIT,
    "clear server": AuditAction.SET_SERVER_LIMIT,
    "clear member": AuditAction.SET_MEMBER_LIMIT,
    "clear role": AuditAction.SET_ROLE_LIMIT,
}


BOB = "bob"
GRANT = ("grant", {"member": BOB, "credits": 300, "reason": "a prize"})

CASES = (
    QuotaCase("default", {"credits": 250}, format_monthly_credits(ENGLISH, 250), 250),
    QuotaCase(
        "clear default",
        {},
        ENGLISH("quota-bot-default", credits=600),
        before=(("default", {"credits": 250}),),
    ),
    QuotaCase("default", {"credits": 0}, format_monthly_credits(ENGLISH, 0), 0),
    QuotaCase("server", {"credits": MOST}, format_credits(ENGLISH, MOST), MOST),
    QuotaCase(
        "clear server",
        {},
        ENGLISH("quota-set-by-operator", credits=10**9),
        before=(("server", {"credits": 9}),),
    ),
    QuotaCase(
        "member",
        {"member": BOB, "credits": 1},
        ENGLISH("quota-limit-line", name="{bob}", credits=1),
        1,
        subject=BOB,
    ),
    QuotaCase(
        "clear member",
        {"member": BOB},
        f"{format_monthly_credits(ENGLISH, 600)}\n{ENGLISH('credits-source-bot')}",
        subject=BOB,
        of=BOB,
        before=(("member", {"member": BOB, "credits": 1}),),
    ),
    QuotaCase(
        "role",
        {"role": "stars", "credits": 900},
        ENGLISH("quota-limit-line", name="{stars}", credits=900),
        900,
        subject="stars",
    ),
    QuotaCase(
        "clear role",
        {"role": "stars"},
        ENGLISH("quota-each-member-field"),
        subject="stars",
        before=(("role", {"role": "stars", "credits": 900}),),
    ),
    QuotaCase(
        *GRANT,
        ENGLISH("quota-bonus-value", credits=300, granted="300"),
        300,
        "a prize",
        BOB,
        BOB,
    ),
    QuotaCase(
        "take",
        {"member": BOB, "credits": 100, "reason": "a slip of the finger"},
        ENGLISH("quota-bonus-value", credits=200, granted="200"),
        100,
        "a slip of the finger",
        BOB,
        BOB,
        (GRANT,),
    ),
    QuotaCase(
        "block",
        {"member": BOB, "hours": 2, "reason": " spam "},
        "until <t:1794319201:f> (spam)",
        None,
        "spam",
        BOB,
        BOB,
        hours=2,
    ),
    QuotaCase(
        "block",
        {"member": BOB},
        ENGLISH("quota-block-line", name="{bob}", block=ENGLISH("quota-blocked")),
        subject=BOB,
    ),
    QuotaCase(
        "unblock",
        {"member": BOB},
        f"{ENGLISH('quota-blocked-field')}\n{ENGLISH('quota-not-blocked')}",
        subject=BOB,
        of=BOB,
        before=(("block", {"member": BOB}),),
    ),
)

IDS = [
    f"{each.command.replace(' ', '-')}-{'-'.join(each.options) or 'none'}-{number}" for number, each in enumerate(CASES)
]


def given(admin_bot: AdminHarness, options: dict[str, Any]) -> dict[str, Any]:
    """Return the options, with the users, roles and channels in them."""
    return {
        name: getattr(admin_bot, value) if value in (BOB, "stars", "lines") else value
        for name, value in options.items()
    }


def filled(admin_bot: AdminHarness, words: str) -> str:
    """Return the text, with mentions."""
    return words.format(bob=admin_bot.bob.mention, stars=admin_bot.stars.mention, lines=admin_bot.lines.mention)
