"""Who makes a change of /quota, and its confirmation."""

from __future__ import annotations

from bot.discord_client.interaction_texts import private_texts, server_language
from bot.discord_client.responses import send_ephemeral
from bot.domain.quota import AuditAction, AuditContext, AuditEntry, AuditReason
from bot.ui import audit_entries
from cogs.checks import Interaction


def guild_id_of(interaction: Interaction) -> int:
    """Return the server's id."""
    assert interaction.guild_id is not None  # the commands are registered for servers only
    return interaction.guild_id


def audit_context(
    interaction: Interaction, reason: str | None, *, reason_code: AuditReason | None = None
) -> AuditContext:
    """Return who makes a change, where and why."""
    return AuditContext(
        interaction.user.id,
        guild_id_of(interaction),
        (reason or "").strip(),
        interaction.id,
        reason_code,
        language=server_language(interaction),
    )


async def confirm(
    interaction: Interaction,
    action: AuditAction,
    subject_id: int = 0,
    credits: int | None = None,
    *,
    duration_hours: int | None = None,
    note: str = "",
) -> None:
    """Confirm a committed change.

    Never raises, because the change is committed even if the message fails.
    """
    entry = AuditEntry(
        id="",
        created_at=0,
        guild_id=guild_id_of(interaction),
        actor_id=interaction.user.id,
        action=action,
        subject_id=subject_id,
        credits=credits,
        reason="",
        duration_hours=duration_hours,
    )
    confirmation = audit_entries.change_confirmation(private_texts(interaction), entry)
    await send_ephemeral(interaction, f"{confirmation}\n{note}" if note else confirmation)
