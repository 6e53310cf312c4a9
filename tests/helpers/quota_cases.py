"""Every change that /quota makes, with what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.domain.quota import AuditAction
from tests.helpers.admin_harness import AdminHarness

MOST = 10_000_000
"""The largest amount that one may set or grant."""


@dataclass(frozen=True)
class QuotaCase:
    """A command, and what follows from it.

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
    """Whose `show` it is seen in: a member's, or '' for the server's."""

    before: tuple[tuple[str, dict[str, Any]], ...] = field(default=())
    """Commands that Dana gave earlier."""

    hours: int | None = None
    """The length of a block; None: until it is lifted."""

    @property
    def action(self) -> AuditAction:
        """What the audit log records."""
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
    "channel": AuditAction.SET_AUDIT_CHANNEL,
}


BOB = "bob"
GRANT = ("grant", {"member": BOB, "credits": 300, "reason": "a prize"})

CASES = (
    QuotaCase("default", {"credits": 250}, "250 credits a month", 250),
    QuotaCase(
        "default",
        {},
        "600 credits a month (the bot's default)",
        before=(("default", {"credits": 250}),),
    ),
    QuotaCase("default", {"credits": 0}, "0 credits a month", 0),
    QuotaCase("server", {"credits": MOST}, "10,000,000 credits", MOST),
    QuotaCase(
        "server",
        {},
        "1,000,000,000 credits a month (set by the people who run this bot)",
        before=(("server", {"credits": 9}),),
    ),
    QuotaCase(
        "member",
        {"member": BOB, "credits": 1},
        "{bob}: 1 credit a month",
        1,
        subject=BOB,
    ),
    QuotaCase(
        "member",
        {"member": BOB},
        "600 credits a month\nbot default",
        subject=BOB,
        of=BOB,
        before=(("member", {"member": BOB, "credits": 1}),),
    ),
    QuotaCase(
        "role",
        {"role": "stars", "credits": 900},
        "{stars}: 900 credits a month",
        900,
        subject="stars",
    ),
    QuotaCase(
        "role",
        {"role": "stars"},
        "Each member",
        subject="stars",
        before=(("role", {"role": "stars", "credits": 900}),),
    ),
    QuotaCase(
        *GRANT,
        "300 left of 300 credits granted",
        300,
        "a prize",
        BOB,
        BOB,
    ),
    QuotaCase(
        "take",
        {"member": BOB, "credits": 100, "reason": "a slip of the finger"},
        "200 left of 200 credits granted",
        100,
        "a slip of the finger",
        BOB,
        BOB,
        (GRANT,),
    ),
    QuotaCase(
        "block",
        {"member": BOB, "hours": 2, "reason": "spam"},
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
        "{bob}: until it is lifted",
        subject=BOB,
    ),
    QuotaCase(
        "unblock",
        {"member": BOB},
        "Blocked\nno",
        subject=BOB,
        of=BOB,
        before=(("block", {"member": BOB}),),
    ),
    QuotaCase("channel", {"channel": "lines"}, "{lines}", subject="lines"),
)

IDS = [f"{each.command}-{'-'.join(each.options) or 'none'}-{number}" for number, each in enumerate(CASES)]


def given(admin_bot: AdminHarness, options: dict[str, Any]) -> dict[str, Any]:
    """The options, with the users, roles and channels in them."""
    return {
        name: getattr(admin_bot, value) if value in (BOB, "stars", "lines") else value
        for name, value in options.items()
    }


def filled(admin_bot: AdminHarness, words: str) -> str:
    """The words, with mentions."""
    return words.format(bob=admin_bot.bob.mention, stars=admin_bot.stars.mention, lines=admin_bot.lines.mention)
