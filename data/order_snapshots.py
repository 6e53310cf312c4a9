"""Reads what decides about an order or a pitch, in one statement where nothing unusual was set."""

from __future__ import annotations

from typing import Final

from bot.domain.order import OrderContext, Snapshot
from bot.domain.preferences import Preferences
from bot.domain.request import clean_prompt
from bot.domain.server_setup import NOTHING_SET
from data import availability, erased_members, failures, limits, preferences, refused_models, risk, server_setup
from data.database import Transaction

_SELECT: Final = f"""
SELECT member_preferences.*, {server_setup.COLUMNS},
    member_preferences.member_id IS NOT NULL AS has_preferences,
    guild_settings.guild_id IS NOT NULL AS has_setup,
    EXISTS ({limits.EFFECTIVE}) AS has_limits,
    EXISTS (SELECT 1 FROM refused_models) AS has_refused_models,
    ({failures.FAILING_SINCE}) AS failing_since,
    {risk.GROUNDS}
FROM (SELECT 1 AS one) AS one
LEFT JOIN member_preferences ON member_preferences.member_id = :member_id
LEFT JOIN guild_settings ON guild_settings.guild_id = :guild_id
"""


def read(tx: Transaction, context: OrderContext, prompt: object) -> Snapshot:
    """Read what decides about a member's order now.

    The caller has locked the member's preferences.
    """
    of_member = risk.params(tx, context.guild_id, context.member_id)
    params = {**of_member, "prompt": clean_prompt(prompt)}
    row = tx.fetch_one(_SELECT, params)
    assert row is not None
    setup = server_setup.from_row(row) if row["has_setup"] else NOTHING_SET
    allowed = refused_models.available(tx) if row["has_refused_models"] else tx.policy.catalogue
    found = limits.effective_limits(tx, context.guild_id, context.member_id) if row["has_limits"] else limits.NOT_SET
    resolved, allowance = limits.resolve(found, context.role_ids, tx.policy.limits)
    return Snapshot(
        preferences=preferences.from_row(row) if row["has_preferences"] else Preferences(),
        setup=setup,
        catalogue=availability.of_setup(allowed, setup, context),
        refusal=risk.refusal_of(tx, row, of_member, tx.policy.limits.risk),
        failing_since=row["failing_since"],
        limits=resolved,
        allowance=allowance,
        limited_roles=tuple(role_id for role_id in context.role_ids if role_id in found.roles),
        may_recall=risk.may_recall(row),
    )


def recall(tx: Transaction, seen: Snapshot, context: OrderContext, prompt: object) -> Snapshot | None:
    """Give a member who had erased their data back what was remembered, and read again; None where nothing was.

    Called once their order is valid: one that is refused whatever they did before leaves it forgotten. What was decided
    about the order stays as it is, for that depends on nothing that is remembered.
    """
    if not seen.may_recall or not erased_members.recall(tx, context.member_id):
        return None
    return read(tx, context, prompt)
