"""The /quota commands' pages, confirmations and refusals, and the audit entries."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.domain.language import Language
from bot.domain.quota import (
    MAX_BLOCK_HOURS,
    MAX_CREDITS,
    MAX_REASON_LENGTH,
    AuditAction,
    AuditEntry,
    AuditReason,
    Balance,
    Block,
    GuildQuotas,
)
from bot.locales.texts import texts_in
from bot.ui.credits import allowance_source
from bot.ui.discord_limits import MAX_FIELD_LENGTH
from bot.ui.escaping import escape_line
from bot.ui.formatting import BRAND, format_block_end, format_credits, format_timestamp, mention


def limits_embed(limits: GuildQuotas) -> discord.Embed:
    """Build the overview of a server's limits."""
    embed = discord.Embed(title="Limits of this server", colour=BRAND)
    bot_default = f"{_monthly(limits.bot_default)} (the bot's default)"
    embed.add_field(name="Each member", value=bot_default if limits.default is None else _monthly(limits.default))
    embed.add_field(name="The whole server", value=_server_share(limits))
    channel = f"<#{limits.audit_channel_id}>" if limits.audit_channel_id else "nowhere: /quota channel"
    if limits.audit_channel_failed_at is not None:
        channel += f"\n⚠️ I could not post there {format_timestamp(limits.audit_channel_failed_at)}: set it again"
    embed.add_field(name="Changes are noted in", value=channel)
    roles = [f"<@&{role_id}>: {_monthly(amount)}" for role_id, amount in limits.roles]
    members = [f"{mention(member_id)}: {_monthly(amount)}" for member_id, amount in limits.members]
    blocked = [f"{mention(member_id)}: {format_block(block)}" for member_id, block in limits.blocked]
    for name, lines in (("Roles", roles), ("Members", members), ("Blocked", blocked)):
        if lines:
            embed.add_field(name=name, value=_truncate_lines(lines), inline=False)
    return embed


def _server_share(limits: GuildQuotas) -> str:
    """Say what the server may spend.

    It is the lower of its own limit and the operator's.
    """
    if limits.operator is None:
        return "no limit but the bot's own" if limits.server is None else _monthly(limits.server)
    if limits.server is None or limits.server >= limits.operator:
        return f"{_monthly(limits.operator)} (set by the people who run this bot)"
    return _monthly(limits.server)


def member_limits_embed(member_id: int, balance: Balance, block: Block | None) -> discord.Embed:
    """Build the overview of a member's limits and balance."""
    embed = discord.Embed(title="A member's limits", description=mention(member_id), colour=BRAND)
    source = allowance_source(texts_in(Language.ENGLISH), balance.source)
    embed.add_field(name="Allowance", value=f"{_monthly(balance.allowance.limit)}\n{source}")
    embed.add_field(name="Used and held", value=f"{balance.allowance.used:,} used, {balance.allowance.held:,} held")
    granted = format_credits(balance.extra.limit)
    embed.add_field(name="Extra", value=f"{balance.extra.available:,} left of {granted} granted")
    embed.add_field(name="Left", value=format_credits(balance.member_available))
    embed.add_field(name="Blocked", value=format_block(block) if block else "no")
    return embed


def change_confirmation(entry: AuditEntry) -> str:
    """Confirm a change to the person who made it."""
    return f"Done: {_sentence(entry)}."


def operator_limit_note(operator: int | None) -> str:
    """Add to a confirmation that the operator lets the server spend less."""
    return f" The people who run this bot let this server spend {_monthly(operator)}, so that is its limit."


def operator_block_note() -> str:
    """Add to a confirmation that the operator's block of the member holds."""
    return " But the people who run this bot have blocked them in every server."


def audit_entry_text(entry: AuditEntry) -> str:
    """Format a change for the audit channel."""
    operator = "Matinee" if entry.action in _BY_THE_BOT else "The operator"
    actor = mention(entry.actor_id) if entry.actor_id else operator
    text = _reason(entry)
    reason = f" Reason: {escape_line(text, 400)}" if text else ""
    return f"{format_timestamp(entry.created_at, 'f')} {actor}: {_sentence(entry)}.{reason}"


def format_block(block: Block) -> str:
    """Say how long a block lasts, and why."""
    until = format_block_end(block)
    return f"{until} ({escape_line(block.reason, 100)})" if block.reason else until


def not_allowed() -> str:
    """Refuse a command without the permission for it."""
    return "Only members who may manage this server can do that. Nothing was changed."


def bad_amount(given: object, minimum: int) -> str:
    """Refuse an amount out of range or of the wrong type."""
    possible = f"{minimum:,} to {MAX_CREDITS:,} is, in whole credits"
    return f"**credits**: {_format_input(given)} is not possible; {possible}. Nothing was changed."


def bad_hours(given: object) -> str:
    """Reject a number of hours out of range or no number."""
    possible = f"1 to {MAX_BLOCK_HOURS:,} is, in whole hours"
    return f"**hours**: {_format_input(given)} is not possible; {possible}. Nothing was changed."


def _format_input(given: object) -> str:
    return f"{given:,}" if type(given) is int else escape_line(str(given), 40)


def bad_reason(given: object) -> str:
    """Reject a reason that is blank, too long or no text."""
    if not isinstance(given, str) or not given.strip():
        return "**reason**: say why in a few words; it is kept with the change. Nothing was changed."
    return f"**reason**: {len(given)} characters are too many; {MAX_REASON_LENGTH} is the limit. Nothing was changed."


def bad_month(given: object) -> str:
    """Refuse a month that can't be parsed."""
    return f"**month**: {escape_line(str(given), 40)} is no month; write it like 2026-11."


def no_bots(member_id: int) -> str:
    """Refuse a bot as the member."""
    return f"{mention(member_id)} is a bot, and bots make no movies. Nothing was changed."


def not_a_member(member_id: int) -> str:
    """Refuse someone who is not a member of this server."""
    return f"{mention(member_id)} is not a member of this server any more. Nothing was changed."


def role_gone(role_id: int) -> str:
    """Refuse a role that no longer exists."""
    return f"The role <@&{role_id}> no longer exists here. Nothing was changed."


def everyone_role() -> str:
    """Refuse the @everyone role."""
    return "Everyone has that role: use /quota default instead. Nothing was changed."


def insufficient_grant(member_id: int, left: int) -> str:
    """Refuse to revoke more extra credits than are available."""
    if not left:
        return f"{mention(member_id)} has no extra credits that could be taken. Nothing was changed."
    return (
        f"Only {format_credits(left)} can be taken from {mention(member_id)}: extra credits that are "
        "neither spent nor held by a running movie. Nothing was changed."
    )


def not_blocked(member_id: int) -> str:
    """Say that the member is not blocked."""
    return f"{mention(member_id)} is not blocked. Nothing was changed."


def nothing_to_reset(member_id: int) -> str:
    """Say that the member has used nothing of the allowance."""
    return f"{mention(member_id)} has used nothing of this month's allowance. Nothing was changed."


def cannot_post_there(channel_id: int) -> str:
    """Refuse an audit channel in which the bot can't post."""
    return f"I can't post in <#{channel_id}>: allow me to view it and send messages there first. Nothing was changed."


_BY_THE_BOT = frozenset({AuditAction.JOB_UNKNOWN, AuditAction.FAILURES_STOPPED})

_SENTENCES = {
    AuditAction.SET_DEFAULT_LIMIT: "each member gets {monthly}",
    AuditAction.SET_SERVER_LIMIT: "this server may spend {monthly}",
    AuditAction.SET_MEMBER_LIMIT: "{member} gets {monthly}",
    AuditAction.SET_ROLE_LIMIT: "everyone with {role} gets {monthly}",
    AuditAction.GRANT: "{member} was given {amount} extra",
    AuditAction.REVOKE: "{member} had {amount} of their extra credits taken back",
    AuditAction.BLOCK: "{member} can't make movies {hours}; movies in progress go on",
    AuditAction.UNBLOCK: "{member} can make movies again",
    AuditAction.RESET_USAGE: "this month's use of {member} is back to zero; it was {amount}",
    AuditAction.SET_AUDIT_CHANNEL: "changes are noted in {channel}",
    AuditAction.FAILURES_STOPPED: (
        "{member} can't make more movies this month: failed ones cost the bot {amount}. /quota unblock lifts it"
    ),
    AuditAction.LIMIT_SERVER: "this server may spend {monthly} at most, whatever its managers set",
    AuditAction.BLOCK_SERVER: "this server can't make movies any more; movies in progress go on",
    AuditAction.UNBLOCK_SERVER: "this server can make movies again",
    AuditAction.PAUSE: "no server can make new movies for now; movies in progress go on",
    AuditAction.RESUME: "new movies can be made again",
    AuditAction.JOB_UNKNOWN: (
        "the movie service did not confirm a movie of {member}; {amount} will stay held until it is clear"
    ),
    AuditAction.JOB_RESOLVED: "a movie of {member} that was being checked was resolved",
    AuditAction.RESTORE_BACKUP: "a backup was restored; a movie of {member} waits until the operator has looked at it",
}

_LIMIT_DELETED = {
    AuditAction.SET_DEFAULT_LIMIT: "members get the bot's default allowance again",
    AuditAction.SET_SERVER_LIMIT: "this server has no limit but the bot's own",
    AuditAction.LIMIT_SERVER: "this server is back to the bot's usual limit",
    AuditAction.SET_MEMBER_LIMIT: "{member} is back to the allowance of their roles or the default",
    AuditAction.SET_ROLE_LIMIT: "{role} has no allowance of its own any more",
}


_REASONS = {
    AuditReason.ROLE_DELETED: "the role was deleted",
    AuditReason.SUBMISSION_UNCONFIRMED: "movie {job}",
    AuditReason.ENDED_AS_FAILED: "failed",
    AuditReason.REQUEST_ID_FOUND: "request id {detail}",
    AuditReason.MAY_BE_SUBMITTED: "movie {job} was {detail}",
    AuditReason.MAY_BE_SENT: "the message about movie {job} ({detail}) was not posted yet",
}


def _reason(entry: AuditEntry) -> str:
    if entry.reason_code is None:
        return entry.reason
    return _REASONS[entry.reason_code].format(job=entry.job_id, detail=entry.reason)


def _sentence(entry: AuditEntry) -> str:
    sentence = _SENTENCES[entry.action]
    if entry.credits is None:
        sentence = _LIMIT_DELETED.get(entry.action, sentence)
    if entry.action is AuditAction.SET_AUDIT_CHANNEL and not entry.subject_id:
        sentence = "changes are noted nowhere"
    return sentence.format(
        member=mention(entry.subject_id),
        role=f"<@&{entry.subject_id}>",
        channel=f"<#{entry.subject_id}>",
        hours=f"for {entry.duration_hours} h" if entry.duration_hours else "until unblocked",
        amount=format_credits(entry.credits or 0),
        monthly=_monthly(entry.credits),
    )


def _monthly(amount: int | None) -> str:
    return f"{format_credits(amount or 0)} a month"


def _truncate_lines(lines: Sequence[str]) -> str:
    """Join as many lines as fit in a field.

    The others are counted.
    """
    kept: list[str] = []
    for line in lines:
        if len("\n".join([*kept, line])) > MAX_FIELD_LENGTH - len("\nand 9999 more"):
            break
        kept.append(line)
    rest = len(lines) - len(kept)
    return "\n".join([*kept, f"and {rest} more"] if rest else kept)
