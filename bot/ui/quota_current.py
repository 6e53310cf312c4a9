"""What /quota answers without an amount."""

from __future__ import annotations

from bot.domain.quota import Allowance, AllowanceSource, GuildQuotas
from bot.locales.texts import Texts
from bot.ui.credits import allowance_source
from bot.ui.formatting import mention

_CREDITS = "credits"


def current_default(texts: Texts, limits: GuildQuotas) -> str:
    """Say what each member gets by default."""
    if limits.default is None:
        return _to_set(texts, texts("quota-current-bot-default", credits=limits.bot_default))
    return _to_change(texts, texts("quota-current-default", credits=limits.default), "default")


def current_server(texts: Texts, limits: GuildQuotas) -> str:
    """Say what the server can spend.

    It is the lower of its budget and the operator's limit.
    """
    if limits.operator is not None and (limits.server is None or limits.server >= limits.operator):
        shown = texts("quota-current-server-operator", credits=limits.operator)
    elif limits.server is not None:
        shown = texts("quota-current-server", credits=limits.server)
    else:
        shown = texts("quota-current-server-unlimited")
    if limits.server is None:
        return _to_set(texts, shown)
    return _to_change(texts, shown, "server")


def current_member(texts: Texts, member_id: int, allowance: Allowance) -> str:
    """Say what a member gets, and why."""
    source = allowance_source(texts, allowance)
    shown = texts("quota-current-member", member=mention(member_id), credits=allowance.credits, source=source)
    if allowance.source is AllowanceSource.MEMBER:
        return _to_change(texts, shown, "member")
    return _to_set(texts, shown)


def current_role(texts: Texts, role_id: int, limits: GuildQuotas) -> str:
    """Say what everyone with a role gets."""
    credits = dict(limits.roles).get(role_id)
    if credits is None:
        return _to_set(texts, role_not_set(texts, role_id))
    return _to_change(texts, texts("quota-current-role", role=f"<@&{role_id}>", credits=credits), "role")


def member_not_set(texts: Texts, member_id: int) -> str:
    """Say that a member has no allowance of their own to clear."""
    return texts("quota-member-not-set", member=mention(member_id))


def role_not_set(texts: Texts, role_id: int) -> str:
    """Say that a role has no allowance."""
    return texts("quota-current-role-none", role=f"<@&{role_id}>")


def _to_set(texts: Texts, shown: str) -> str:
    return f"{shown}\n-# {texts('quota-how-to-set', option=_CREDITS)}"


def _to_change(texts: Texts, shown: str, what: str) -> str:
    return f"{shown}\n-# {texts('quota-how-to-change', option=_CREDITS, what=what)}"
