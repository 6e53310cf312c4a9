"""/quota: each command as a manager and as a member."""

from __future__ import annotations

from typing import Any, cast

import discord
import pytest
from simcord import interactions
from simcord.backend.errors import SetupError

from bot.domain.quota import MAX_BLOCK_HOURS, MAX_CREDITS, MAX_REASON_LENGTH, AuditAction, AuditReason
from bot.domain.text import Language
from bot.locales.texts import texts_in
from bot.sandbox.environment import SpokenLanguages
from bot.ui import audit_entries
from bot.ui.formatting import format_credits
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH, refusal
from tests.helpers.factories import CATALOGUE
from tests.helpers.ledger_checks import BudgetTotals, query
from tests.helpers.reading import ephemeral_text, response_text

pytestmark = pytest.mark.both_engines

GERMAN, JAPANESE = texts_in(Language.GERMAN), texts_in(Language.JAPANESE)


BOB = "bob"
GRANT = ("grant", {"member": BOB, "credits": 300, "reason": "a prize"})


CASES: tuple[tuple[str, dict[str, Any], AuditAction], ...] = (
    ("default", {"credits": 0}, AuditAction.SET_DEFAULT_LIMIT),
    ("clear default", {}, AuditAction.SET_DEFAULT_LIMIT),
    ("server", {"credits": MAX_CREDITS}, AuditAction.SET_SERVER_LIMIT),
    ("clear server", {}, AuditAction.SET_SERVER_LIMIT),
    ("member", {"member": BOB, "credits": 1}, AuditAction.SET_MEMBER_LIMIT),
    ("clear member", {"member": BOB}, AuditAction.SET_MEMBER_LIMIT),
    ("role", {"role": "stars", "credits": 900}, AuditAction.SET_ROLE_LIMIT),
    ("clear role", {"role": "stars"}, AuditAction.SET_ROLE_LIMIT),
    (*GRANT, AuditAction.GRANT),
    ("take", {"member": BOB, "credits": 100, "reason": "@everyone a slip of the finger"}, AuditAction.REVOKE),
    ("block", {"member": BOB, "hours": 2, "reason": " spam "}, AuditAction.BLOCK),
    ("unblock", {"member": BOB}, AuditAction.UNBLOCK),
)


def given(bot: AdminHarness, options: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(bot, value) if value in (BOB, "stars") else value for name, value in options.items()}


@pytest.fixture
async def bot(bot: AdminHarness) -> AdminHarness:
    """A server that Dana runs, with a channel for audit entries."""
    await bot.set_staff_channel(bot.lines)
    await bot.run_until_idle(1)
    return bot


async def test_a_role_gets_a_limit_where_discord_has_not_sent_the_server(
    bot: AdminHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where only the commands were added. Discord sends a part of the server with each command."""
    build = interactions.base_payload
    state = cast("Any", bot.app.client)._connection
    state._remove_guild(bot.app.client.get_guild(bot.guild.id))

    def with_guild(*args: Any, **more: Any) -> Any:
        record, payload = build(*args, **more)
        return record, payload | {"guild": {"id": payload["guild_id"], "locale": "en-US", "features": []}}

    monkeypatch.setattr(interactions, "base_payload", with_guild)
    answer = await bot.quota("role", role=bot.stars, credits=900)
    assert format_credits(ENGLISH, 900) in response_text(answer)


async def test_one_who_may_manage_the_server_changes_it(bot: AdminHarness) -> None:
    for command, options, action in CASES:
        noted, lines = len(bot.noted()), len(bot.posted())
        result = await bot.quota(command, **given(bot, options))
        change = bot.audit_entries()[-1]
        assert ephemeral_text(result) == audit_entries.change_confirmation(ENGLISH, change)
        [note] = bot.noted()[noted:]
        subject = options.get("member", options.get("role"))
        wanted = {
            "guild_id": bot.guild.id,
            "actor_id": bot.dana.id,
            "subject_id": getattr(bot, subject).id if subject else 0,
            "action": action,
            "amount": options.get("credits"),
            "duration_hours": options.get("hours"),
            "reason": str(options.get("reason", "")).strip(),
        }
        assert {name: note[name] for name in wanted} == wanted
        assert len(bot.posted()) == lines
        await bot.run_until_idle()
        assert bot.posted()[lines:] == [audit_entries.audit_entry_text(ENGLISH, change, CATALOGUE)]
    posted = bot.posted()
    await bot.run_until_idle(3600)
    assert bot.posted() == posted
    assert any("\\@everyone" in line for line in posted)
    sent = [each.json or {} for each in bot.requests("POST", f"/channels/{bot.lines.id}/")]
    assert {str(each["allowed_mentions"]["parse"]) for each in sent} == {"[]"}


async def test_one_who_may_not_is_refused_by_discord_and_by_the_bot(bot: AdminHarness) -> None:
    SpokenLanguages(bot.env).members[bot.alice.id] = Language.GERMAN
    await bot.made(duration=10)
    await bot.quota("block", member=bot.bob)
    await bot.run_until_idle()
    before, lines = bot.snapshot(), bot.posted()
    tried = {command: given(bot, options) for command, options, _ in CASES}
    tried |= {each: {"member": bot.alice} for each in ("show", "reset")} | {"report": {}}
    for command, options in tried.items():
        with pytest.raises(SetupError, match="not visible"):
            await bot.quota(command, bot.alice, **options)
        result = await bot.forged(bot.alice, f"quota {command}", **options)
        assert ephemeral_text(result) == GERMAN("quota-not-allowed"), command
    await bot.run_until_idle()
    assert (bot.snapshot(), bot.posted()) == (before, lines)


async def test_a_limit_is_shown_without_a_value_and_removed_once(bot: AdminHarness) -> None:
    limits: list[tuple[str, dict[str, Any], str]] = [
        ("default", {}, ENGLISH("quota-default-not-set")),
        ("server", {}, ENGLISH("quota-server-not-set")),
        ("member", {"member": bot.bob}, ENGLISH("quota-member-not-set", member=f"<@{bot.bob.id}>")),
        ("role", {"role": bot.stars}, ENGLISH("quota-current-role-none", role=f"<@&{bot.stars.id}>")),
    ]
    for command, target, not_set in limits:
        clear = f"/quota clear {command}"
        empty = ephemeral_text(await bot.quota(command, **target))
        assert not [each for each in ("777", clear) if each in empty]
        await bot.quota(command, **target, credits=777)
        text = ephemeral_text(await bot.quota(command, **target))
        assert all(each in text for each in ("777", clear))
        removed = ephemeral_text(await bot.quota(f"clear {command}", **target))
        assert removed == audit_entries.change_confirmation(ENGLISH, bot.audit_entries()[-1])
        assert ephemeral_text(await bot.quota(f"clear {command}", **target)) == not_set


async def test_a_change_that_is_handed_over_twice_is_made_and_answered_once(
    bot: AdminHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """Around a deploy, two processes may get the same command."""
    bob = bot.bob
    await bot.made(bob, duration=5)
    await bot.quota("block", member=bob)
    await bot.quota("member", member=bob, credits=777)
    before = len(bot.noted())
    bot.duplicate_interactions()
    for command in ("clear member", "reset", "unblock"):
        await bot.quota(command, member=bob)
    await bot.quota("grant", member=bob, credits=100)  # without a reason, which is optional
    assert [row["reason"] for row in bot.noted()[before:]] == [""] * 4
    assert bot.budget("extra", bob).granted == 100
    assert bot.env.errors, "the second ones, which changed nothing"
    logged = [each.message for each in caplog.records if each.levelname in ("WARNING", "ERROR")]
    assert set(logged) - {"attachment_skipped"} == {"interaction_duplicate"}
    assert bot.requests("POST", "/webhooks/") == []


async def test_a_change_whose_response_is_lost_is_not_reported_as_failed(bot: AdminHarness) -> None:
    """The manager must not repeat a change that was made."""
    bot.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    assert (await bot.quota("grant", member=bot.bob, credits=100, reason="a prize")).response is None
    assert len(query(bot.place, "SELECT 1 FROM ledger_entries WHERE entry_type = 'grant'")) == 1


async def test_a_reset_sets_this_months_use_back(bot: AdminHarness) -> None:
    await bot.made(duration=40)
    await bot.movie(duration=5)
    assert format_credits(ENGLISH, 400) in ephemeral_text(await bot.quota("reset", member=bot.alice))
    shown = response_text(await bot.quota("show", member=bot.alice))
    assert ENGLISH("credits-spend-member", member=bot.alice.mention, credits=550) in shown
    assert ENGLISH("credits-held", credits=50) in shown
    assert bot.budget("member") == BudgetTotals(held=50)
    reset = bot.audit_entries()[-1]
    assert (reset.action, reset.credits) == (AuditAction.RESET_USAGE, 400)
    assert not (await bot.movie(duration=55)).ephemeral
    assert bot.budget("member") == BudgetTotals(held=600)


async def test_what_one_who_left_still_has_can_be_put_in_order(bot: AdminHarness) -> None:
    await bot.made(bot.bob, duration=5)
    await bot.quota(GRANT[0], **given(bot, GRANT[1]))
    await bot.quota("member", member=bot.bob, credits=5)
    await bot.quota("block", member=bot.bob)
    bot.guild.remove_member(bot.bob)
    gone = bot.bob.user
    bonus = ENGLISH("credits-bonus", credits=300)
    assert bonus in response_text(await bot.quota("show", member=gone))
    some: dict[str, dict[str, Any]] = {"take": {"credits": 300, "reason": "they left"}, "block": {"hours": 2}}
    for command, options in {"reset": {}, **some, "clear member": {}, "unblock": {}}.items():
        text = ephemeral_text(await bot.quota(command, member=gone, **options))
        assert text == audit_entries.change_confirmation(ENGLISH, bot.audit_entries()[-1])
    assert [bot.budget(scope, bot.bob) for scope in ("extra", "member")] == [BudgetTotals()] * 2


async def test_a_deleted_role_gives_no_allowance_any_more(bot: AdminHarness) -> None:
    """A deleted role can't be picked, so the bot removes the limit."""
    role = bot.guild.create_role("Guests")
    await bot.quota("role", role=role, credits=900)
    bot.env.backend.delete_role(bot.guild.id, role.id)
    await bot.env.settle()
    assert query(bot.place, "SELECT 1 FROM quota_limits WHERE scope = 'role'") == []
    change = bot.noted()[-1]
    assert (change["action"], change["reason_code"]) == (AuditAction.SET_ROLE_LIMIT, AuditReason.ROLE_DELETED)
    await bot.run_until_idle()
    assert bot.posted()[-1] == audit_entries.audit_entry_text(ENGLISH, bot.audit_entries()[-1], CATALOGUE)


async def test_a_channel_that_was_closed_meanwhile_is_told_in_show_until_it_is_set_again(bot: AdminHarness) -> None:
    assert "⚠️" not in response_text(await bot.quota("show"))
    bot.env.inject_error("POST", f"/channels/{bot.lines.id}/messages", status=403, code=50013)
    await bot.quota("default", credits=10)
    await bot.run_until_idle()
    text = response_text(await bot.quota("show"))
    assert f"{bot.lines.mention}\n⚠️ " in text
    assert f"<t:{bot.clock.now() // 1000}:" in text
    await bot.set_staff_channel(bot.lines)
    assert "⚠️" not in response_text(await bot.quota("show"))
    posted = len(bot.posted())
    await bot.run_until_idle()
    assert len(bot.posted()) == posted + 1


ABSURD = 2**53 - 1
"""The largest number that Discord's wire carries."""


async def test_what_cannot_be_is_refused_and_changes_nothing(bot: AdminHarness) -> None:
    robot = bot.guild.add_member(bot.env.create_user("robot", bot=True))
    gone = bot.guild.add_member(bot.env.create_user("gone"))
    bot.guild.remove_member(gone)
    alice, bob, stars = {"member": bot.alice}, {"member": bot.bob}, {"role": bot.stars}
    ten, slip = {"credits": 10}, {"reason": "a slip"}
    await bot.quota("grant", **bob, credits=300, reason="a prize")
    await bot.movie(bot.bob, duration=70)
    await bot.quota("block", **alice, hours=1)
    await bot.run_until_idle(3600)
    alice_id, bob_id = bot.alice.id, bot.bob.id
    tried: list[tuple[str, dict[str, Any], str]] = [
        ("take", bob | slip | {"credits": 201}, refusal("quota-too-little-bonus", member=bob_id, credits=200)),
        ("take", alice | slip | {"credits": 1}, refusal("quota-no-bonus", member=alice_id)),
        ("reset", alice, refusal("quota-nothing-to-reset", member=alice_id)),
        ("unblock", bob, refusal("quota-not-blocked-member", member=bob_id)),
        ("unblock", alice, refusal("quota-not-blocked-member", member=alice_id)),
        ("role", {"role": bot.guild.default_role} | ten, ENGLISH("quota-everyone")),
    ]
    too_long = refusal("quota-reason-too-long", characters=201, max=MAX_REASON_LENGTH)
    odd = (-ABSURD, MAX_CREDITS + 1, ABSURD, 1.5, "10", True)
    for command, options, least, amounts in (
        *(("default", {}, 0, (-1, *odd)), ("server", {}, 0, (-1,))),
        *(("member", bob, 0, (-1,)), ("role", stars, 0, (-1,))),
        *(("grant", bob | slip, 1, (0, MAX_CREDITS + 1)), ("take", bob | slip, 1, (0, MAX_CREDITS + 1))),
    ):
        for amount in amounts:
            words = refusal("quota-bad-credits", given=amount, min=least, max=MAX_CREDITS)
            tried.append((command, options | {"credits": amount}, words))
    for command, options in (
        *(("grant", bob | ten), ("take", bob | ten), ("block", bob), ("unblock", bob), ("reset", bob)),
        *(("default", ten), ("server", ten), ("member", bob | ten), ("role", stars | ten)),
        *(("clear default", {}), ("clear server", {}), ("clear member", bob), ("clear role", stars)),
    ):
        for reason in ("", "  \n ", "x" * 201, 5) if command == "grant" else ("x" * 201,):
            words = too_long if reason == "x" * 201 else refusal("quota-reason-required")
            tried.append((command, options | {"reason": reason}, words))
    for command, options in (
        *(("member", ten), ("grant", ten | slip), ("take", ten | slip), ("block", {"hours": 1}), ("reset", {})),
    ):
        tried.append((command, options | {"member": robot}, refusal("quota-bot-member", member=robot.id)))
    for command, options in (("member", ten), ("grant", ten | slip)):
        tried.append((command, options | {"member": gone.user}, refusal("quota-not-a-member", member=gone.id)))
    for hours in (0, -1, 24 * 365 + 1, ABSURD, 0.5):
        words = refusal("quota-bad-hours", given=hours, min=1, max=MAX_BLOCK_HOURS)
        tried.append(("block", bob | {"hours": hours}, words))
    before, lines = bot.snapshot(), bot.posted()
    for command, options, words in tried:
        text = ephemeral_text(await bot.forged(bot.dana, f"quota {command}", **options))
        assert text == words, (command, options)
    for amount in (-1, MAX_CREDITS + 1):
        with pytest.raises(SetupError, match="must be"):  # Discord's client would not send these
            await bot.quota("default", credits=amount)
    await bot.run_until_idle()
    assert (bot.snapshot(), bot.posted()) == (before, lines)


async def test_a_required_option_that_is_null_is_refused(bot: AdminHarness) -> None:
    await bot.forged(bot.dana, "quota grant", member=bot.bob, credits=10, reason=None)
    assert bot.noted()[-1]["reason"] == "", "one that is not required counts as not given"
    some: dict[discord.AppCommandOptionType, Any] = {
        discord.AppCommandOptionType.string: "a red balloon",
        discord.AppCommandOptionType.integer: 10,
        discord.AppCommandOptionType.user: bot.bob,
        discord.AppCommandOptionType.role: bot.stars,
        discord.AppCommandOptionType.attachment: "1",
    }
    tree, before, refused = bot.app.client.tree, bot.snapshot(), list[str]()
    for command in tree.walk_commands():
        if isinstance(command, discord.app_commands.Group):
            continue
        required = {each.display_name: some[each.type] for each in command.parameters if each.required}
        for name in required:
            result = await bot.forged(bot.dana, command.qualified_name, **required | {name: None})
            assert ephemeral_text(result) == ENGLISH("errors-outdated"), (command.qualified_name, name)
            refused.append(f"{command.qualified_name} {name}")
    assert bot.snapshot() == before
    assert {type(error).__name__ for error in bot.env.errors} == {"CommandSignatureMismatch"}
    assert {"movie prompt", "gift credits", "quota grant credits", "quota take reason"} <= set(refused)


async def test_a_role_that_was_deleted_has_no_allowance(bot: AdminHarness) -> None:
    role = bot.stars
    forgeries = [bot.forgery(bot.dana, f"quota {command}", role=role) for command in ("role", "clear role")]
    forgeries.append(bot.forgery(bot.dana, "quota role", role=role, credits=10))
    bot.env.backend.delete_role(bot.guild.id, bot.stars.id)
    await bot.env.settle()
    before = bot.snapshot()
    for data in forgeries:
        assert ephemeral_text(await bot.send(bot.dana, data)) == refusal("quota-role-deleted", role=bot.stars.id)
    assert bot.snapshot() == before
