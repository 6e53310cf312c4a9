"""/quota: each command by one who may manage the server and by one who may not, and everything that can't be.

A change is confirmed privately, visible in `show`, kept with who and why, and posted in the audit channel.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.backend.errors import SetupError
from simcord.results import InteractionResult

from tests.helpers.admin_harness import AdminHarness, open_office
from tests.helpers.bot_harness import ephemeral_text, response_text
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quota_cases import BOB, CASES, GRANT, IDS, MOST, QuotaCase, filled, given

ABSURD = 2**53 - 1
"""The largest number that Discord's wire carries."""


@pytest.fixture
async def office(tmp_path: Path) -> AsyncGenerator[AdminHarness]:
    """A server that Dana runs, with a channel for audit lines."""
    async with open_office(tmp_path) as opened:
        await opened.quota("channel", channel=opened.lines)
        await opened.run_until_idle(1)
        yield opened


async def shown(office: AdminHarness, of: str) -> str:
    """What /quota show says."""
    return response_text(await office.quota("show", **({"member": getattr(office, of)} if of else {})))


async def set_up(office: AdminHarness, case: QuotaCase) -> None:
    """What happened before."""
    for command, options in case.before:
        await office.quota(command, **given(office, options))
        await office.run_until_idle(1)


@pytest.mark.parametrize("case", CASES, ids=IDS)
async def test_one_who_may_manage_the_server_changes_it(office: AdminHarness, case: QuotaCase) -> None:
    """Confirmed privately; shown; noted with who, what and why; posted once, by the engine, where audit lines go."""
    await set_up(office, case)
    notes, lines = len(office.noted()), len(office.posted())
    result = await office.quota(case.command, **given(office, case.options))
    sentence = filled(office, case.line).partition(" Reason: ")[0]
    assert ephemeral_text(result) == f"Done: {sentence}"
    assert filled(office, case.shows) in await shown(office, case.of)
    [note] = office.noted()[notes:]
    assert (note["guild_id"], note["actor_id"], note["action"]) == (office.guild.id, office.dana.id, case.action)
    assert (note["amount"], note["duration_hours"], note["reason"]) == (case.amount, case.hours, case.reason)
    assert note["subject_id"] == (getattr(office, case.subject).id if case.subject else 0)
    assert len(office.posted()) == lines
    await office.run_until_idle()
    await office.run_until_idle(3600)
    [line] = office.posted()[lines:]
    assert line == f"<t:{note['created_at'] // 1000}:f> {office.dana.mention}: {filled(office, case.line)}"


@pytest.mark.parametrize("case", CASES, ids=IDS)
async def test_one_who_may_not_is_refused_by_discord_and_by_the_bot(office: AdminHarness, case: QuotaCase) -> None:
    """The menu does not show the command; whoever sends it all the same is refused, and nothing is changed."""
    await set_up(office, case)
    await office.run_until_idle()
    options = given(office, case.options)
    with pytest.raises(SetupError, match="not visible"):
        await office.quota(case.command, office.alice, **options)
    before, lines = office.snapshot(), office.posted()
    result = await office.forged(office.alice, f"quota {case.command}", **options)
    assert "Only members who may manage this server can do that. Nothing was changed." in ephemeral_text(result)
    await office.run_until_idle()
    assert office.snapshot() == before
    assert office.posted() == lines


@pytest.mark.parametrize("command", ["show", "reset"])
async def test_one_who_may_not_manage_sees_and_resets_nothing(office: AdminHarness, command: str) -> None:
    """Not even for themselves."""
    await office.movie(duration=10)
    await office.finish()
    before = office.snapshot()
    text = ephemeral_text(await office.forged(office.alice, f"quota {command}", member=office.alice))
    assert text == "Only members who may manage this server can do that. Nothing was changed."
    assert office.snapshot() == before


async def test_a_reset_sets_this_months_use_back(office: AdminHarness) -> None:
    """Noted with how much it was; what runs stays held; the ledger has an adjusting row with who did it."""
    await office.movie(duration=40)
    await office.finish()
    await office.movie(duration=5)
    assert "400 credits" in ephemeral_text(await office.quota("reset", member=office.alice))
    assert "0 used, 50 held" in response_text(await office.quota("show", member=office.alice))
    assert office.budget("member") == BudgetTotals(held=50)
    assert office.budget("plan") == BudgetTotals(used=400, held=50)
    [row] = [row for row in office.snapshot()["ledger_entries"] if row["entry_type"] == "adjust"]
    assert (row["allowance"], row["actor_id"], row["member_id"]) == (-400, office.dana.id, office.alice.id)
    await office.run_until_idle()
    assert "it was 400 credits." in office.posted()[-1]
    assert not (await office.movie(duration=55)).ephemeral
    assert office.budget("member") == BudgetTotals(held=600)


# ── what can't be ────────────────────────────────────────────────────────────────────────────────────────────────

BAD_AMOUNTS = [
    (command, options, amount)
    for command, options, least in (
        ("default", {}, 0),
        ("server", {}, 0),
        ("member", {"member": BOB}, 0),
        ("role", {"role": "stars"}, 0),
        ("grant", {"member": BOB, "reason": "a prize"}, 1),
        ("take", {"member": BOB, "reason": "a slip"}, 1),
    )
    for amount in (least - 1, -ABSURD, MOST + 1, ABSURD)
]


@pytest.mark.parametrize(("command", "options", "amount"), BAD_AMOUNTS)
async def test_an_amount_that_cannot_be_is_refused(
    office: AdminHarness, command: str, options: dict[str, Any], amount: int
) -> None:
    """Zero, negative, absurd: Discord's client would not send it, and the bot says which would do."""
    options = {**given(office, options), "credits": amount}
    with pytest.raises(SetupError, match="must be"):
        await office.quota(command, **options)
    text = await nothing_changed(office, command, options)
    assert f"**credits**: {amount:,} is not possible" in text
    assert "to 10,000,000 is" in text


@pytest.mark.parametrize("hours", [0, -1, 24 * 365 + 1, ABSURD])
async def test_hours_that_cannot_be_are_refused(office: AdminHarness, hours: int) -> None:
    """A block lasts an hour to a year, or until it is lifted."""
    text = await nothing_changed(office, "block", {"member": office.bob, "hours": hours})
    assert f"**hours**: {hours:,} is not possible; 1 to 8,760 is" in text


@pytest.mark.parametrize(
    ("command", "options", "words"),
    [
        ("default", {"credits": 1.5}, "**credits**: 1.5 is not possible"),
        ("server", {"credits": "10"}, "**credits**: 10 is not possible"),
        ("role", {"role": "stars", "credits": True}, "**credits**: True is not possible"),
        ("grant", {"member": BOB, "credits": 1.5, "reason": "a prize"}, "**credits**: 1.5 is not possible"),
        ("take", {"member": BOB, "credits": 10, "reason": 5}, "**reason**: say why"),
        ("block", {"member": BOB, "hours": 0.5}, "**hours**: 0.5 is not possible; 1 to 8,760 is, in whole hours"),
    ],
)
async def test_a_value_of_another_type_than_declared_is_refused(
    office: AdminHarness, command: str, options: dict[str, Any], words: str
) -> None:
    """discord.py passes on whatever a forged payload holds; half a credit could never be spent or given back."""
    text = await nothing_changed(office, command, given(office, options))
    assert words in text.replace("\\", "")


@pytest.mark.parametrize("command", ["grant", "take", "block"])
@pytest.mark.parametrize(
    ("reason", "words"), [("", "say why"), ("  \n ", "say why"), ("x" * 201, "201 characters are too many; 200 is")]
)
async def test_a_reason_that_is_none_is_refused(office: AdminHarness, command: str, reason: str, words: str) -> None:
    """Blank or too long: it is kept with the change, so it must say something."""
    amount = {} if command == "block" else {"credits": 10}
    text = await nothing_changed(office, command, {"member": office.bob, **amount, "reason": reason})
    assert f"**reason**: {words}" in text


WITH_MEMBERS: dict[str, dict[str, Any]] = {
    "member": {"credits": 10},
    "grant": {"credits": 10, "reason": "a prize"},
    "take": {"credits": 10, "reason": "a slip"},
    "block": {"hours": 1},
    "reset": {},
}


@pytest.mark.parametrize("command", WITH_MEMBERS)
async def test_a_bot_is_no_member_to_give_or_take_from(office: AdminHarness, command: str) -> None:
    """Bots make no movies."""
    robot = office.guild.add_member(office.env.create_user("robot", bot=True))
    text = await nothing_changed(office, command, {"member": robot, **WITH_MEMBERS[command]})
    assert text == f"{robot.mention} is a bot, and bots make no movies. Nothing was changed."


@pytest.mark.parametrize("command", ["member", "grant"])
async def test_one_who_left_is_given_nothing(office: AdminHarness, command: str) -> None:
    """They could not spend it."""
    office.guild.remove_member(office.bob)
    text = await nothing_changed(office, command, {"member": office.bob.user, **WITH_MEMBERS[command]})
    assert text == f"{office.bob.mention} is not a member of this server any more. Nothing was changed."


async def test_what_one_who_left_still_has_can_be_put_in_order(office: AdminHarness) -> None:
    """Their extra credits taken back, their own limit dropped, their block lifted, their limits looked at."""
    await office.quota(GRANT[0], **given(office, GRANT[1]))
    await office.quota("member", member=office.bob, credits=5)
    await office.quota("block", member=office.bob)
    office.guild.remove_member(office.bob)
    gone = office.bob.user
    assert "300 left of 300" in response_text(await office.quota("show", member=gone))
    for command, options in (
        ("take", {"credits": 300, "reason": "they left"}),
        ("member", {}),
        ("unblock", {}),
    ):
        assert ephemeral_text(await office.quota(command, member=gone, **options)).startswith("Done: ")
    assert office.budget("extra", office.bob) == BudgetTotals()


async def test_reset_of_a_member_who_left_sets_their_use_back(office: AdminHarness) -> None:
    """They may come back within the month, and their books are the server's to put in order."""
    await office.movie(office.bob, duration=5)
    await office.finish()
    office.guild.remove_member(office.bob)
    text = ephemeral_text(await office.quota("reset", member=office.bob.user))
    assert text == f"Done: this month's use of {office.bob.mention} is back to zero; it was 50 credits."
    assert office.budget("member", office.bob) == BudgetTotals()


async def test_more_than_there_is_cannot_be_taken(office: AdminHarness) -> None:
    """It is told how much could be: what is neither spent nor held."""
    await office.quota(GRANT[0], **given(office, GRANT[1]))
    await office.movie(office.bob, duration=70)
    text = await nothing_changed(office, "take", {"member": office.bob, "credits": 201, "reason": "a slip"})
    assert text.startswith(f"Only 200 credits can be taken from {office.bob.mention}")
    text = await nothing_changed(office, "take", {"member": office.alice, "credits": 1, "reason": "a slip"})
    assert text == f"{office.alice.mention} has no extra credits that could be taken. Nothing was changed."


async def test_there_must_be_something_to_reset_and_to_unblock(office: AdminHarness) -> None:
    """Nothing used, nobody blocked, or a block that is over: said, and not noted."""
    text = await nothing_changed(office, "reset", {"member": office.bob})
    assert text == f"{office.bob.mention} has used nothing of this month's allowance. Nothing was changed."
    text = await nothing_changed(office, "unblock", {"member": office.bob})
    assert text == f"{office.bob.mention} is not blocked. Nothing was changed."
    await office.quota("block", member=office.bob, hours=1)
    await office.run_until_idle(3600)
    assert "is not blocked" in ephemeral_text(await office.quota("unblock", member=office.bob))


@pytest.mark.parametrize("amount", [{"credits": 10}, {}])
async def test_a_role_that_was_deleted_has_no_allowance(office: AdminHarness, amount: dict[str, int]) -> None:
    """It was there when the command was typed, and gone when it was sent."""
    data = office.forgery(office.dana, "quota role", role=office.stars, **amount)
    office.env.backend.delete_role(office.guild.id, office.stars.id)
    await office.env.settle()
    before = office.snapshot()
    text = ephemeral_text(await office.send(office.dana, data))
    assert text == f"The role {office.stars.mention} no longer exists here. Nothing was changed."
    assert office.snapshot() == before


async def test_the_role_that_everyone_has_is_the_default(office: AdminHarness) -> None:
    """One way to say it, not two."""
    text = await nothing_changed(office, "role", {"role": office.guild.default_role, "credits": 10})
    assert text == "Everyone has that role: use /quota default instead. Nothing was changed."


@pytest.mark.parametrize("permission", ["view_channel", "send_messages"])
async def test_a_channel_the_bot_cannot_post_in_takes_no_lines(office: AdminHarness, permission: str) -> None:
    """Said at once, rather than never seen."""
    me = office.guild.me
    assert me is not None
    overwrite = discord.PermissionOverwrite(**{permission: False})
    quiet = office.guild.create_text_channel("quiet", overwrites={me: overwrite})
    text = await nothing_changed(office, "channel", {"channel": quiet})
    assert text.startswith(f"I can't post in {quiet.mention}")


async def test_a_members_limits_are_shown_with_those_of_their_roles(office: AdminHarness) -> None:
    """What an order would be held to: the allowance of the member's own role, not the server's default."""
    star = office.guild.add_member(office.env.create_user("star"), roles=[office.stars])
    await office.quota("default", credits=10)
    await office.quota("role", role=office.stars, credits=777)
    assert "777 credits a month" in response_text(await office.quota("show", member=star))
    assert "10 credits a month" in response_text(await office.quota("show", member=office.bob))


async def test_a_channel_of_another_kind_is_refused_in_words(
    office: AdminHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """Discord's own client offers text channels only; a forged one is no error of ours, and is told as what it is."""
    before = office.snapshot()
    voice = office.guild.create_voice_channel("voice")
    text = ephemeral_text(await office.forged(office.dana, "quota channel", channel=voice))
    assert "is not possible there; pick what is offered" in text
    assert office.snapshot() == before
    assert office.env.errors
    assert [each for each in caplog.records if each.message == "command_failed"] == []


async def test_without_a_channel_changes_are_kept_and_posted_nowhere(office: AdminHarness) -> None:
    """Until there is one again: then what comes from then on is posted."""
    assert ephemeral_text(await office.quota("channel")) == "Done: changes are noted nowhere."
    await office.quota("default", credits=10)
    await office.run_until_idle()
    lines = office.posted()
    assert "nowhere: /quota channel" in response_text(await office.quota("show"))
    await office.quota("channel", channel=office.lines)
    await office.run_until_idle(1)
    assert len(office.posted()) == len(lines) + 1
    assert [note["action"] for note in office.noted()] == [
        "set_audit_channel",
        "set_audit_channel",
        "set_default_limit",
        "set_audit_channel",
    ]


async def test_a_channel_that_was_closed_meanwhile_is_told_in_show_until_it_is_set_again(office: AdminHarness) -> None:
    """Its lines reach nobody: whoever runs the server sees that, and since when."""
    assert "could not post" not in response_text(await office.quota("show"))
    lines = f"/channels/{office.lines.id}/messages"
    office.env.inject_error("POST", lines, status=403, code=50013)
    await office.quota("default", credits=10)
    await office.run_until_idle()
    text = response_text(await office.quota("show"))
    assert f"{office.lines.mention}\n⚠️ I could not post there <t:{office.clock.now() // 1000}" in text
    await office.quota("channel", channel=office.lines)
    assert "could not post" not in response_text(await office.quota("show"))
    posted = len(office.posted())
    await office.run_until_idle()
    assert len(office.posted()) == posted + 1


async def test_a_reason_pings_nobody_and_keeps_its_line(office: AdminHarness) -> None:
    """Whatever is written in it is shown as it was typed."""
    await office.quota("grant", member=office.bob, credits=1, reason="@everyone **won**\n# a prize")
    await office.run_until_idle()
    line = office.posted()[-1]
    assert "\n" not in line
    assert "\\@everyone" in line
    [sent] = [each for each in office.requests("POST", f"/channels/{office.lines.id}/") if "everyone" in str(each.json)]
    assert sent.json["allowed_mentions"]["parse"] == []


async def nothing_changed(office: AdminHarness, command: str, options: dict[str, Any]) -> str:
    """Send it as Dana, past the client's checks; hold the bot to a private refusal that changed nothing; its words."""
    await office.run_until_idle()
    before, lines = office.snapshot(), office.posted()
    result: InteractionResult = await office.forged(office.dana, f"quota {command}", **options)
    text = ephemeral_text(result)
    await office.run_until_idle()
    assert office.snapshot() == before
    assert office.posted() == lines
    assert "Nothing was changed." in text
    return text
