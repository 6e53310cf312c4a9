"""/setup export and /setup import, which counts once it is confirmed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from simcord.actors import MemberActor
from simcord.backend.errors import SetupError
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.language import Language
from bot.domain.server_setup import AgeRule, MessageMenu, ServerSetup, Setting
from bot.domain.setup_document import (
    MAX_DOCUMENT_BYTES,
    DocumentProblem,
    DocumentReason,
    write_document,
)
from bot.domain.setup_values import InvalidReason, InvalidValue
from bot.ui import quota_admin, setup_files
from data import server_setup
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import configure
from tests.helpers.expected_text import ENGLISH, embed_text
from tests.helpers.reading import ephemeral_text, labels, response_text

pytestmark = pytest.mark.both_engines

APPLY, DROP = ENGLISH("setup-apply-button"), ENGLISH("setup-drop-button")


async def kept(bot: AdminHarness) -> ServerSetup:
    """The server's setup."""
    return await bot.app.database.read(server_setup.get, bot.guild.id)


async def imported(bot: AdminHarness, content: str | bytes, who: MemberActor | None = None) -> InteractionResult:
    """Import a file, as Dana unless another is named."""
    data = content if isinstance(content, bytes) else content.encode()
    return await (who or bot.dana).slash(bot.channel, "setup import", file=("setup.json", data))


def document(**settings: Any) -> str:
    """A file with these settings."""
    return json.dumps({"version": 1, **settings}, indent=2)


def answer(result: InteractionResult) -> ResponseMessage:
    """The private message that was answered."""
    assert result.ephemeral
    assert result.response is not None
    return result.response


def changes(bot: AdminHarness, before: ServerSetup, after: ServerSetup, *, conflict: bool = False) -> str:
    """The question before an import is applied."""
    return embed_text(setup_files.changes_embed(ENGLISH, before, after, bot.catalogue, conflict=conflict))


def problems(*found: DocumentProblem) -> str:
    """What a manager reads of a file that can't be imported."""
    return embed_text(setup_files.problems_embed(ENGLISH, found))


async def test_an_exported_setup_is_imported_after_its_changes_were_confirmed(admin_bot: AdminHarness) -> None:
    """Nothing changes before, and each changed setting is logged."""
    setup = ServerSetup(
        channels=(admin_bot.channel.id,),
        roles=(admin_bot.stars.id,),
        video_models=("LUMA",),
        longest_seconds=60,
        default_video_model="LUMA",
        default_seconds=10,
        language=Language.FRENCH,
        message_menu=MessageMenu.OFF,
        gallery=admin_bot.lines.id,
        age=AgeRule.SPOILER,
        staff_channel=admin_bot.lines.id,
        staff_roles=(admin_bot.stars.id,),
    )
    result = await imported(admin_bot, write_document(setup))
    message = answer(result)
    assert response_text(result) == changes(admin_bot, ServerSetup(), setup)
    assert (await kept(admin_bot), admin_bot.noted()) == (ServerSetup(), [])
    await admin_bot.restart()
    pressed = await admin_bot.dana.click(message.message, label=APPLY)
    settings = setup_files.differing(ServerSetup(), setup)
    assert response_text(pressed) == embed_text(
        setup_files.applied_embed(ENGLISH, setup, settings, admin_bot.catalogue)
    )
    assert await kept(admin_bot) == setup
    recorded = [(each.actor_id, each.setting) for each in admin_bot.audit_entries()]
    assert recorded == [(admin_bot.dana.id, setting) for setting in settings]
    exported = await admin_bot.dana.slash(admin_bot.channel, "setup export")
    assert ephemeral_text(exported) == setup_files.exported(ENGLISH)
    [file] = answer(exported).message.attachments
    assert file.filename == "setup.json"
    assert await file.read() == write_document(setup).encode()
    again = await imported(admin_bot, write_document(setup))
    assert response_text(again) == setup_files.nothing_new(ENGLISH)


async def test_a_second_press_changes_nothing(admin_bot: AdminHarness) -> None:
    """Two managers may confirm the same file, also after a restart."""
    first, second = [answer(await imported(admin_bot, document(longest_seconds=60))) for _ in range(2)]
    await admin_bot.restart()
    await admin_bot.dana.click(first.message, label=APPLY)
    pressed = await admin_bot.dana.click(second.message, label=APPLY)
    assert response_text(pressed) == setup_files.nothing_new(ENGLISH)
    assert len(admin_bot.noted()) == 1


async def test_what_changed_meanwhile_is_shown_anew(admin_bot: AdminHarness) -> None:
    stale = answer(await imported(admin_bot, document(longest_seconds=60, message_menu="off")))
    other = answer(await imported(admin_bot, document(longest_seconds=30)))
    await admin_bot.dana.click(other.message, label=APPLY)
    pressed = await admin_bot.dana.click(stale.message, label=APPLY)
    before = ServerSetup(longest_seconds=30)
    after = ServerSetup(longest_seconds=60, message_menu=MessageMenu.OFF)
    assert response_text(pressed) == changes(admin_bot, before, after, conflict=True)
    assert await kept(admin_bot) == before
    await admin_bot.dana.click(stale.message, label=APPLY)
    assert await kept(admin_bot) == after


async def test_an_import_can_be_dropped(admin_bot: AdminHarness) -> None:
    message = answer(await imported(admin_bot, document(longest_seconds=60)))
    pressed = await admin_bot.dana.click(message.message, label=DROP)
    assert response_text(pressed) == setup_files.dropped(ENGLISH)
    assert await kept(admin_bot) == ServerSetup()


async def test_ids_of_another_server_are_refused_with_their_line(admin_bot: AdminHarness) -> None:
    elsewhere = admin_bot.env.create_guild("Elsewhere").create_text_channel("there")
    result = await imported(admin_bot, document(longest_seconds=60, channels=[str(elsewhere.id)]))
    problem = InvalidValue(Setting.CHANNELS, InvalidReason.NOT_IN_SERVER, str(elsewhere.id))
    assert response_text(result) == problems(DocumentProblem(4, "channels", problem))


async def test_a_file_with_mistakes_is_refused_with_all_of_them(admin_bot: AdminHarness) -> None:
    result = await imported(admin_bot, document(colour="red", longest_seconds=999))
    range_ = InvalidValue(Setting.LONGEST_SECONDS, InvalidReason.OUT_OF_RANGE, "999", ("1", "120"))
    assert response_text(result) == problems(
        DocumentProblem(3, "colour", DocumentReason.UNKNOWN_KEY), DocumentProblem(4, "longest_seconds", range_)
    )
    longer = InvalidValue(Setting.DEFAULT_SECONDS, InvalidReason.LONGER_THAN_LONGEST, "60", ("30",))
    result = await imported(admin_bot, document(longest_seconds=30, default_seconds=60))
    assert response_text(result) == problems(DocumentProblem(4, "default_seconds", longer))
    await admin_bot.dana.click(answer(await imported(admin_bot, document(longest_seconds=30))).message, label=APPLY)
    result = await imported(admin_bot, document(default_seconds=60))
    assert response_text(result) == problems(DocumentProblem(3, "default_seconds", longer)), "as the server has it"


async def test_a_file_that_is_too_large_is_refused(admin_bot: AdminHarness) -> None:
    """The largest one is read."""
    result = await imported(admin_bot, b" " * (MAX_DOCUMENT_BYTES + 1))
    assert response_text(result) == setup_files.too_large(ENGLISH)
    largest = await imported(admin_bot, document(longest_seconds=60).ljust(MAX_DOCUMENT_BYTES))
    assert labels(answer(largest)) == [APPLY, DROP]


async def test_a_file_that_discord_does_not_hand_over_changes_nothing(admin_bot: AdminHarness) -> None:
    message = answer(await imported(admin_bot, document(longest_seconds=60)))
    admin_bot.fail_downloads()
    assert response_text(await imported(admin_bot, document(longest_seconds=60))) == setup_files.unreadable(ENGLISH)
    pressed = await admin_bot.dana.click(message.message, label=APPLY)
    assert response_text(pressed) == setup_files.unreadable(ENGLISH)
    assert await kept(admin_bot) == ServerSetup()


async def test_a_deleted_channel_that_an_import_replaces_is_shown_as_deleted(admin_bot: AdminHarness) -> None:
    films = admin_bot.guild.create_text_channel("films")
    await configure(admin_bot, channels=(films.id,))
    admin_bot.env.backend.delete_channel(films.id)
    await admin_bot.env.settle()
    shown = response_text(await imported(admin_bot, document(channels=[str(admin_bot.channel.id)])))
    before, after = ServerSetup(channels=(films.id,)), ServerSetup(channels=(admin_bot.channel.id,))
    expected = setup_files.changes_embed(ENGLISH, before, after, admin_bot.catalogue, {films.id})
    assert shown == embed_text(expected)


async def test_a_channel_that_was_deleted_since_is_refused_at_the_press(admin_bot: AdminHarness) -> None:
    films = admin_bot.guild.create_text_channel("films")
    message = answer(await imported(admin_bot, document(channels=[str(films.id)])))
    admin_bot.env.backend.delete_channel(films.id)
    await admin_bot.env.settle()
    pressed = await admin_bot.dana.click(message.message, label=APPLY)
    problem = InvalidValue(Setting.CHANNELS, InvalidReason.NOT_IN_SERVER, str(films.id))
    assert response_text(pressed) == problems(DocumentProblem(3, "channels", problem))
    assert await kept(admin_bot) == ServerSetup()


async def test_who_may_not_manage_the_server_exports_and_imports_nothing(admin_bot: AdminHarness) -> None:
    """A manager who lost the permission before the press is refused, too."""
    refused = quota_admin.not_allowed(ENGLISH)
    with pytest.raises(SetupError, match="not visible"):
        await imported(admin_bot, document(), admin_bot.alice)
    assert ephemeral_text(await admin_bot.forged(admin_bot.alice, "setup export")) == refused
    message = answer(await imported(admin_bot, document(longest_seconds=60)))
    [crew] = admin_bot.env.backend.get_member(admin_bot.guild.id, admin_bot.dana.id).role_ids
    admin_bot.env.backend.remove_member_role(admin_bot.guild.id, admin_bot.dana.id, crew)
    assert ephemeral_text(await admin_bot.dana.click(message.message, label=APPLY)) == refused
    assert await kept(admin_bot) == ServerSetup()
