"""/quota shows a limit without a value, and /quota clear removes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from bot.domain.language import Language
from bot.domain.quota import Allowance, AllowanceSource, AuditAction
from bot.locales.texts import texts_in
from bot.sandbox.spoken_languages import SpokenLanguages
from bot.ui import audit_entries, quota_admin, quota_current
from bot.ui.credits import allowance_source
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import query
from tests.helpers.quota_cases import BOB, given
from tests.helpers.reading import ephemeral_text, response_text

pytestmark = pytest.mark.both_engines


@dataclass(frozen=True)
class Limit:
    """Something that /quota sets, shows and clears."""

    command: str
    target: dict[str, str]
    value: dict[str, Any]
    action: AuditAction
    not_set: Callable[[AdminHarness], str]


LIMITS = [
    Limit(
        "default", {}, {"credits": 777}, AuditAction.SET_DEFAULT_LIMIT, lambda _: quota_current.default_not_set(ENGLISH)
    ),
    Limit(
        "server", {}, {"credits": 777}, AuditAction.SET_SERVER_LIMIT, lambda _: quota_current.server_not_set(ENGLISH)
    ),
    Limit(
        "member",
        {"member": BOB},
        {"credits": 777},
        AuditAction.SET_MEMBER_LIMIT,
        lambda bot: quota_current.member_not_set(ENGLISH, bot.bob.id),
    ),
    Limit(
        "role",
        {"role": "stars"},
        {"credits": 777},
        AuditAction.SET_ROLE_LIMIT,
        lambda bot: quota_current.role_not_set(ENGLISH, bot.stars.id),
    ),
]
EACH = pytest.mark.parametrize("limit", LIMITS, ids=[each.command for each in LIMITS])


async def set_it(admin_bot: AdminHarness, limit: Limit) -> None:
    """Set the limit to 777 credits."""
    await admin_bot.quota(limit.command, **given(admin_bot, limit.target | limit.value))


async def shown(admin_bot: AdminHarness, limit: Limit) -> str:
    """Return what the command says without a value; it must change nothing."""
    before = admin_bot.snapshot()
    text = ephemeral_text(await admin_bot.quota(limit.command, **given(admin_bot, limit.target)))
    assert admin_bot.snapshot() == before
    return text


async def cleared(admin_bot: AdminHarness, limit: Limit) -> str:
    """Clear the limit, and return the answer."""
    return ephemeral_text(await admin_bot.quota(f"clear {limit.command}", **given(admin_bot, limit.target)))


@EACH
async def test_a_command_without_a_value_shows_the_present_one(admin_bot: AdminHarness, limit: Limit) -> None:
    """The answer names the command that removes a set limit."""
    empty = await shown(admin_bot, limit)
    assert "777" not in empty
    assert f"/quota clear {limit.command}" not in empty
    await set_it(admin_bot, limit)
    text = await shown(admin_bot, limit)
    assert "777" in text
    assert f"/quota clear {limit.command}" in text


@EACH
async def test_a_limit_is_removed_once_and_stays_removed_after_a_restart(admin_bot: AdminHarness, limit: Limit) -> None:
    """The second time, there is nothing to remove, and nothing is logged."""
    await set_it(admin_bot, limit)
    text = await cleared(admin_bot, limit)
    change = admin_bot.audit_entries()[-1]
    assert text == audit_entries.change_confirmation(ENGLISH, change)
    assert (change.action, change.credits, change.actor_id) == (limit.action, None, admin_bot.dana.id)
    logged = len(admin_bot.noted())
    assert await cleared(admin_bot, limit) == limit.not_set(admin_bot)
    await admin_bot.restart()
    assert await cleared(admin_bot, limit) == limit.not_set(admin_bot)
    assert "777" not in await shown(admin_bot, limit)
    assert len(admin_bot.noted()) == logged


@EACH
async def test_a_member_who_may_not_manage_the_server_sees_and_removes_nothing(
    admin_bot: AdminHarness, limit: Limit
) -> None:
    """Forged commands are refused."""
    await set_it(admin_bot, limit)
    await admin_bot.run_until_idle()
    before, posted = admin_bot.snapshot(), admin_bot.posted()
    for command in (limit.command, f"clear {limit.command}"):
        result = await admin_bot.forged(admin_bot.bob, f"quota {command}", **given(admin_bot, limit.target))
        assert ephemeral_text(result) == quota_admin.not_allowed(ENGLISH)
    await admin_bot.run_until_idle()
    assert admin_bot.snapshot() == before
    assert admin_bot.posted() == posted


@EACH
async def test_a_removal_that_is_handed_over_twice_is_answered_once(
    admin_bot: AdminHarness, limit: Limit, caplog: pytest.LogCaptureFixture
) -> None:
    """Around a deploy, two processes may get the same command.

    The second one doesn't answer that there was nothing to remove.
    """
    await set_it(admin_bot, limit)
    admin_bot.duplicate_interactions()
    await cleared(admin_bot, limit)
    assert [each.action for each in admin_bot.audit_entries()] == [limit.action] * 2
    assert admin_bot.env.errors  # the second one, which changed nothing
    assert "interaction_duplicate" in [each.message for each in caplog.records]
    assert admin_bot.requests("POST", "/webhooks/") == []


@pytest.mark.parametrize("command", ["reset", "unblock"])
async def test_a_change_that_finds_nothing_the_second_time_is_answered_once(
    admin_bot: AdminHarness, command: str, caplog: pytest.LogCaptureFixture
) -> None:
    await admin_bot.movie(admin_bot.bob, duration=5)
    await admin_bot.finish()
    await admin_bot.quota("block", member=admin_bot.bob)
    admin_bot.duplicate_interactions()
    await admin_bot.quota(command, member=admin_bot.bob)
    assert admin_bot.env.errors
    assert "interaction_duplicate" in [each.message for each in caplog.records]
    assert admin_bot.requests("POST", "/webhooks/") == []


async def test_a_member_without_an_allowance_of_their_own_is_shown_where_it_comes_from(
    admin_bot: AdminHarness,
) -> None:
    await admin_bot.quota("default", credits=250)
    text = ephemeral_text(await admin_bot.quota("member", member=admin_bot.bob))
    source = allowance_source(ENGLISH, Allowance(250, AllowanceSource.SERVER_DEFAULT))
    assert text.startswith(ENGLISH("quota-current-member", member=admin_bot.bob.mention, credits=250, source=source))


async def test_a_member_is_shown_with_the_allowance_of_their_role(admin_bot: AdminHarness) -> None:
    """The same allowance counts for the next order."""
    star = admin_bot.guild.add_member(admin_bot.env.create_user("star"), roles=[admin_bot.stars])
    await admin_bot.quota("role", role=admin_bot.stars, credits=900)
    text = ephemeral_text(await admin_bot.quota("member", member=star))
    assert "900" in text
    assert allowance_source(ENGLISH, Allowance(900, AllowanceSource.ROLE, admin_bot.stars.id)) in text


async def test_what_is_shown_is_in_the_managers_language(admin_bot: AdminHarness) -> None:
    languages = SpokenLanguages(admin_bot.env)
    languages.members[admin_bot.dana.id] = Language.JAPANESE
    japanese = texts_in(Language.JAPANESE)
    text = ephemeral_text(await admin_bot.quota("default"))
    assert text.startswith(japanese("quota-current-bot-default", credits=600))
    assert japanese("quota-how-to-set", option="credits") in text


async def test_a_log_channel_that_fails_is_shown_as_such(admin_bot: AdminHarness) -> None:
    """Clearing the channel ends the warning."""
    await admin_bot.set_staff_channel(admin_bot.lines)
    admin_bot.env.inject_error("POST", f"/channels/{admin_bot.lines.id}/messages", status=403, code=50013)
    await admin_bot.run_until_idle()
    assert "⚠️" in response_text(await admin_bot.quota("show"))
    await admin_bot.set_staff_channel(None)
    assert "⚠️" not in response_text(await admin_bot.quota("show"))


async def test_a_forged_reason_removes_nothing(admin_bot: AdminHarness) -> None:
    await admin_bot.quota("default", credits=250)
    result = await admin_bot.forged(admin_bot.dana, "quota clear default", reason=" ")
    assert ephemeral_text(result) == quota_admin.bad_reason(ENGLISH, " ")
    assert len(query(admin_bot.place, "SELECT 1 FROM quota_limits")) == 1
