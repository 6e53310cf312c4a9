"""Refuses prompts that break a rule, and counts and logs them, and those that the movie service flags.

Called in the transaction that would hold the credits or save the quote, before it writes anything. The audit log has an
entry of each that breaks a rule. Those from before the member was unblocked count no more.
"""

from __future__ import annotations

import contextlib
from typing import Final

from bot.core.errors import DuplicateInteraction
from bot.domain.credits import DAY_MS, day_of
from bot.domain.moderation import MAX_HITS_A_DAY, TIMEOUT_HOURS, PromptRefusal, PromptRefused, Unmoderated
from bot.domain.orders import Order, Snapshot
from bot.domain.prompt_filter import FilterRule
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditEvent
from data import audit_log, blocks, erased_members
from data.database import Transaction
from data.engine.rows import first_of
from data.erased_members import EventKind

_EXCERPT_LENGTH: Final = 300
"""Characters of a prompt in the log."""


_UNBLOCKED_AT: Final = """
SELECT COALESCE(MAX(created_at), 0) FROM audit_log
WHERE subject_id = :member_id AND action IN ('prompt_refused', 'unblock') AND action = 'unblock'
    AND guild_id = :guild_id AND created_at > :since AND created_at <= :now
"""
"""Repeats the words of the index audit_log_moderation."""

_FLAGGED_TODAY: Final = """
SELECT COUNT(*) FROM audit_log
WHERE guild_id = :guild_id AND id >= :since AND subject_id = :member_id AND action = 'prompt_flagged'
"""


def broken(tx: Transaction, order: Order, seen: Snapshot, prompt: str) -> PromptRefusal | None:
    """Refuse a prompt that breaks a rule; None where it breaks none.

    Where the bot wrote a part of it, only a hit of the member's own words is counted, and that of an interaction once.
    Of a member who is refused whatever they order, none is counted. The caller has locked the member's preferences.
    """
    rule = tx.policy.filters.broken_by(seen.setup, prompt)
    if rule is None:
        return None
    if seen.refusal is not None:
        return seen.refusal
    own_words = prompt if order.own_words is None else order.own_words
    if own_words != prompt and tx.policy.filters.broken_by(seen.setup, own_words) is None:
        refused = PromptRefused(rule.category, 0)
    else:
        refused = _count(tx, _author(order, seen, prompt), rule)
    tx.log("prompt_refused", guild_id=order.context.guild_id, category=refused.category, hits=refused.hits)
    return refused


def flagged(tx: Transaction, order: Order, seen: Snapshot, prompt: str) -> PromptRefused | Unmoderated | None:
    """Refuse a prompt that the movie service flagged, which is no hit: it may be wrong.

    Unmoderated where it must be asked first; None where it allows the prompt. The audit log has an entry where the
    member wrote something now, for as many a day as rules may be broken: a member can't fill the staff channel.
    """
    if order.verdict is None:
        return Unmoderated()
    category = order.verdict.flagged
    if category is None:
        return None
    by = _author(order, seen, prompt)
    since = first_of(tx.now - DAY_MS)
    known = {"guild_id": by.guild_id, "since": since, "member_id": by.actor_id}
    if order.is_new and tx.fetch_value(_FLAGGED_TODAY, known) < MAX_HITS_A_DAY:
        event = AuditEvent(by, AuditAction.PROMPT_FLAGGED, by.actor_id, None, rule=FilterRule("", category.value))
        with contextlib.suppress(DuplicateInteraction):  # another process logged it
            audit_log.record(tx, event)
    tx.log("prompt_flagged", guild_id=by.guild_id, category=category.value)
    return PromptRefused(category)


def _author(order: Order, seen: Snapshot, prompt: str) -> AuditContext:
    """Return whose prompt it is, and how it begins."""
    context, language = order.context, seen.setup.language or order.context.server_language
    excerpt = prompt[:_EXCERPT_LENGTH]
    return AuditContext(context.member_id, context.guild_id, excerpt, context.interaction_id, language=language)


def _count(tx: Transaction, by: AuditContext, rule: FilterRule) -> PromptRefused:
    event = AuditEvent(by, AuditAction.PROMPT_REFUSED, by.actor_id, None, rule=rule)
    try:
        audit_log.record(tx, event)
    except DuplicateInteraction:  # another process counted it
        return PromptRefused(rule.category, count(tx, by.guild_id, by.actor_id))
    hits, timeout = count(tx, by.guild_id, by.actor_id), None
    if hits >= MAX_HITS_A_DAY:
        by_bot = AuditContext(SYSTEM_ACTOR_ID, by.guild_id, language=by.language)
        timeout = blocks.time_out(tx, by.actor_id, TIMEOUT_HOURS, by=by_bot)
    return PromptRefused(rule.category, hits, timeout)


def count(tx: Transaction, guild_id: int, member_id: int) -> int:
    """Count a member's prompts that broke rules today (UTC) in a server."""
    recent = {"guild_id": guild_id, "member_id": member_id, "since": tx.now - DAY_MS, "now": tx.now}
    unblocked_at = tx.fetch_value(_UNBLOCKED_AT, recent)
    hits = erased_members.moments(tx, member_id, EventKind.REFUSED_PROMPT, guild_id)
    return sum(at > unblocked_at and day_of(at) == day_of(tx.now) for at in hits)
