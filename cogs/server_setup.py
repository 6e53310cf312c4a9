"""/setup: what a server's managers decide for it, in a panel, in forms, and as a file that is exported or imported.

Each command, press and modal checks the permission for itself: it may have been taken away since the panel was opened.
Nothing is kept in between: a file that is confirmed is attached to the private message with its changes, and read again
when they are applied. Rules for prompts that can't be used are shown with what was typed as a file, whose button opens
the form with that again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.errors import Declined
from bot.discord_client.modals import modal_values, selected_values
from bot.discord_client.responses import log_discord_errors, private_texts, respond_ephemeral, send_ephemeral
from bot.discord_client.uploads import read_upload
from bot.domain.catalogue import Catalogue
from bot.domain.prompt_filter import check_rules, split_rules
from bot.domain.server_setup import (
    FORMS,
    MAX_DOCUMENT_BYTES,
    NOTHING_SET,
    SETTINGS,
    AgeRule,
    DocumentProblem,
    ServerSetup,
    line_of,
    read_document,
    write_document,
)
from bot.domain.setting_kinds import (
    Channel,
    Channels,
    Checked,
    Form,
    InvalidReason,
    InvalidValue,
    Roles,
    Setting,
    SettingValue,
    SetupPage,
    ids_of,
)
from bot.ui import server_setup as setup_messages
from bot.ui import setup_files as file_messages
from bot.ui import setup_filter as filter_messages
from bot.ui.command_descriptions import localized
from bot.ui.components import Message, plain, text_file
from bot.ui.server_setup import NOT_CHOSEN, NUMBER_FORMS, Panel, number_modal, page_of_form
from cogs.checks import Interaction, decline, loaded_guild
from cogs.component_router import ComponentHandler, InvalidCustomId
from cogs.quota import audit_context, only_managers
from data import availability, server_setup, setup_changes
from data.database import Database

_Changes = Mapping[Setting, SettingValue]

_RULES: Final = (ServerSetup.filter_rules,)

_NEEDED_IN_FORUMS: Final = ("manage_threads",)
"""To delete a post whose title is a prompt."""


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class SetupCog(commands.GroupCog, group_name="setup", group_description=localized("commands-setup")):
    """A private panel with selects and a modal, and the commands and buttons of files and rules."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "setup": self._choose,
            "setup-page": self._turn_page,
            **{f"setup-{form}": partial(self._open_form, form) for form in NUMBER_FORMS},
            **{f"setup-{form}-set": partial(self._set_form, form) for form in NUMBER_FORMS},
            "setup-apply": self._apply,
            "setup-drop": self._drop,
            "setup-rules": self._open_rules,
            "setup-rules-set": self._set_rules,
            "setup-rules-fix": self._fix_rules,
        }

    @app_commands.command(name="panel", description=localized("commands-setup-panel"))
    async def panel(self, interaction: Interaction) -> None:
        """Show the panel."""
        await self._show(interaction, await manageable_guild(interaction), SetupPage.MEMBERS, edit=False)

    async def _turn_page(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        if not arguments or arguments[0] not in tuple(SetupPage):
            raise InvalidCustomId
        await self._show(interaction, await manageable_guild(interaction), SetupPage(arguments[0]))

    async def _choose(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Change a setting to what was picked."""
        match arguments:
            case (name, expected) if name in SETTINGS:
                setting = SETTINGS[name]
            case _:
                raise InvalidCustomId
        guild = await manageable_guild(interaction)
        picked = [value for value in selected_values(interaction) if value != NOT_CHOSEN]
        await self._change(interaction, guild, {setting: setting.parse(picked)}, expected, setting.page)

    async def _open_form(self, form: Form, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        page = page_of_form(form, arguments)
        if page is None:
            raise InvalidCustomId
        guild, texts = await manageable_guild(interaction), private_texts(interaction)
        setup = await self._database.read(server_setup.get, guild.id)
        catalogue = await self._database.read(availability.accepted_models)
        await interaction.response.send_modal(number_modal(texts, form, page, setup, catalogue))

    async def _set_form(self, form: Form, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Set what a form contains; an empty input is not set."""
        *origin, expected = arguments or ("",)
        page = page_of_form(form, tuple(origin))
        if page is None or not expected:
            raise InvalidCustomId
        guild = await manageable_guild(interaction)
        typed = {name: values[0].strip() for name, values in modal_values(interaction).items()}
        given = {setting: setting.parse([typed.get(setting.name, "")]) for setting in FORMS[form]}
        await self._change(interaction, guild, given, expected, page)

    async def _change(
        self,
        interaction: Interaction,
        guild: discord.Guild,
        given: Mapping[Setting, object],
        expected: str,
        page: SetupPage,
    ) -> None:
        """Check and make changes, and show the panel as it is afterwards."""
        catalogue = await self._database.read(availability.accepted_models)
        changes = _checked(given, catalogue, guild)
        if isinstance(changes, InvalidValue):
            await self._show(interaction, guild, page, setup_messages.invalid_note(private_texts(interaction), changes))
            return
        outcome = await self._database.write(
            setup_changes.change, changes, expected, by=audit_context(interaction, None)
        )
        panel, texts = panel_of(guild, outcome.setup, catalogue), private_texts(interaction)
        notes: Sequence[str] = ()
        if outcome.changed:
            notes = setup_messages.changed_notes(texts, panel, outcome.changed)
        elif outcome.conflict:
            notes = [texts("setup-conflict")]
        await _respond(interaction, panel, page, notes)

    async def _show(
        self,
        interaction: Interaction,
        guild: discord.Guild,
        page: SetupPage,
        *notes: str,
        edit: bool = True,
    ) -> None:
        """Show a page of the panel.

        `edit` replaces the message that was used.
        """
        setup = await self._database.read(server_setup.get, guild.id)
        panel = panel_of(guild, setup, await self._database.read(availability.accepted_models))
        await _respond(interaction, panel, page, notes, edit=edit)

    @app_commands.command(name="export", description=localized("commands-setup-export"))
    async def export(self, interaction: Interaction) -> None:
        """Send the setup as a file."""
        guild, texts = await manageable_guild(interaction), private_texts(interaction)
        document = write_document(await self._database.read(server_setup.get, guild.id))
        file = text_file(document, file_messages.FILE_NAME)
        await send_ephemeral(interaction, texts("setup-exported"), file)

    @app_commands.command(name="import", description=localized("commands-setup-import"))
    @app_commands.describe(file=localized("commands-setup-import-file"))
    async def import_file(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Show what a file would change, or what is wrong with it."""
        guild = await manageable_guild(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._show_import(interaction, guild, await self._read_file(interaction, guild, file))

    async def _apply(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Make the changes of the attached file.

        Not where the setup has changed since they were shown.
        """
        expected = _fingerprint(arguments)
        guild = await manageable_guild(interaction)
        attachment = next(iter(interaction.message.attachments if interaction.message else ()), None)
        if attachment is None:
            raise InvalidCustomId
        await interaction.response.defer()
        changes = await self._read_file(interaction, guild, attachment)
        texts = private_texts(interaction)
        outcome = await self._database.write(
            setup_changes.change, changes, expected, by=audit_context(interaction, None)
        )
        if outcome.conflict:
            await self._show_import(interaction, guild, changes, conflict=True)
        elif outcome.changed:
            catalogue = await self._database.read(availability.accepted_models)
            await _replace(interaction, file_messages.applied_message(texts, outcome.setup, outcome.changed, catalogue))
        else:
            await _replace(interaction, plain(texts("setup-import-nothing-new")))

    async def _drop(self, interaction: Interaction, _: tuple[str, ...]) -> None:
        texts = private_texts(interaction)
        await respond_ephemeral(interaction, plain(texts("setup-import-dropped")), edit=True)

    async def _show_import(
        self, interaction: Interaction, guild: discord.Guild, changes: _Changes, *, conflict: bool = False
    ) -> None:
        texts, before = private_texts(interaction), await self._database.read(server_setup.get, guild.id)
        after = before.changed(changes)
        settings = file_messages.differing(before, after)
        if not settings:
            await _replace(interaction, plain(texts("setup-import-nothing-new")))
            return
        catalogue, deleted = await self._database.read(availability.accepted_models), deleted_ids(guild, before)
        shown = file_messages.changes_message(texts, before, after, catalogue, deleted, conflict=conflict)
        file = text_file(write_document(after, settings), file_messages.FILE_NAME)
        view = file_messages.changes_view(texts, before.fingerprint(settings))
        await _replace(interaction, shown.plus(file, *view))

    async def _read_file(
        self, interaction: Interaction, guild: discord.Guild, attachment: discord.Attachment
    ) -> _Changes:
        """Return a file's settings, or say what is wrong with it.

        Raises:
            Declined: Something is.
        """
        texts = private_texts(interaction)
        if attachment.size > MAX_DOCUMENT_BYTES:
            await _replace(interaction, plain(file_messages.too_large(texts)))
            raise Declined
        content = await read_upload(attachment)
        if content is None:
            await _replace(interaction, plain(texts("setup-file-unreadable")))
            raise Declined
        found = read_document(content, await self._database.read(availability.accepted_models))
        if isinstance(found, Mapping):
            found = _fitting(
                found, await self._database.read(server_setup.get, guild.id), guild, content.decode("utf-8-sig")
            )
        if isinstance(found, Mapping):
            return found
        await _replace(interaction, file_messages.problems_message(texts, found))
        raise Declined

    async def _open_rules(self, interaction: Interaction, _: tuple[str, ...]) -> None:
        guild, texts = await manageable_guild(interaction), private_texts(interaction)
        setup = await self._database.read(server_setup.get, guild.id)
        text, expected = "\n".join(setup.filter_rules), setup.fingerprint(_RULES)
        await interaction.response.send_modal(filter_messages.rules_modal(texts, text, expected))

    async def _fix_rules(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Open the form with the text of the attached file."""
        expected = _fingerprint(arguments)
        await manageable_guild(interaction)
        attachment = next(iter(interaction.message.attachments if interaction.message else ()), None)
        if attachment is None or attachment.size > MAX_DOCUMENT_BYTES:
            raise InvalidCustomId
        content, texts = await read_upload(attachment), private_texts(interaction)
        if content is None:
            await decline(interaction, "setup-file-unreadable")
        text = content.decode("utf-8", errors="replace")
        await interaction.response.send_modal(filter_messages.rules_modal(texts, text, expected))

    async def _set_rules(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Set the rules of the form, one on each line."""
        expected = _fingerprint(arguments)
        guild = await manageable_guild(interaction)
        typed = modal_values(interaction)
        text = "\n".join(value for name in filter_messages.INPUTS for value in typed.get(name, ()))
        rules, texts = check_rules(split_rules(text)), private_texts(interaction)
        if not isinstance(rules, tuple):
            await _show_again(interaction, filter_messages.wrong_message(texts, rules), text, expected)
            return
        by = audit_context(interaction, None)
        outcome = await self._database.write(setup_changes.change, {ServerSetup.filter_rules: rules}, expected, by=by)
        if outcome.conflict:
            now = outcome.setup.fingerprint(_RULES)
            await _show_again(interaction, filter_messages.conflict_message(texts), text, now)
            return
        panel = panel_of(guild, outcome.setup, await self._database.read(availability.accepted_models))
        notes = setup_messages.changed_notes(texts, panel, _RULES) if outcome.changed else ()
        await _respond(interaction, panel, SetupPage.FILTER, notes)


async def _respond(
    interaction: Interaction, panel: Panel, page: SetupPage, notes: Sequence[str], *, edit: bool = True
) -> None:
    texts = private_texts(interaction)
    shown = setup_messages.panel_message(texts, panel, notes).plus(*setup_messages.panel_view(texts, panel, page))
    await respond_ephemeral(interaction, shown, edit=edit)


def _checked(given: Mapping[Setting, object], catalogue: Catalogue, guild: discord.Guild) -> _Changes | InvalidValue:
    """Return checked values, or the first problem."""
    changes: dict[Setting, SettingValue] = {}
    for setting, value in given.items():
        checked = setting.check(value, catalogue)
        if not isinstance(checked, InvalidValue):
            checked = fitting(guild, setting, checked)
        if isinstance(checked, InvalidValue):
            return checked
        changes[setting] = checked
    return NOTHING_SET.changed(changes).problem() or changes


def _fitting(
    changes: _Changes, before: ServerSetup, guild: discord.Guild, text: str
) -> _Changes | Sequence[DocumentProblem]:
    """Return changes that fit this server and each other, or the problems."""
    found: dict[Setting, SettingValue] = {}
    problems: list[InvalidValue] = []
    for setting, value in changes.items():
        known = fitting(guild, setting, value)
        if isinstance(known, InvalidValue):
            problems.append(known)
        else:
            found[setting] = known
    together = before.changed(found).problem()
    if together is not None:
        problems.append(together)
    return [DocumentProblem(line_of(text, each.setting.name), each.setting.name, each) for each in problems] or found


async def _replace(interaction: Interaction, shown: Message) -> None:
    """Show this in the private message, in place of what it showed."""
    with log_discord_errors():
        await interaction.edit_original_response(**shown.edited())


async def _show_again(interaction: Interaction, shown: Message, text: str, expected: str) -> None:
    """Show why the rules were not set, with what was typed."""
    view = filter_messages.fix_view(private_texts(interaction), expected)
    file = text_file(text, filter_messages.FILE_NAME)
    with log_discord_errors():
        await interaction.response.edit_message(**shown.plus(file, *view).edited())


def _fingerprint(arguments: tuple[str, ...]) -> str:
    if len(arguments) != 1:
        raise InvalidCustomId
    return arguments[0]


async def manageable_guild(interaction: Interaction) -> discord.Guild:
    """Return the server with its channels and roles.

    Raises:
        Declined: The member may not manage it, or Discord has not sent it yet.
    """
    await only_managers(interaction)
    guild = loaded_guild(interaction)
    if guild is None:
        await decline(interaction, "errors-server-not-loaded")
    return guild


def fitting(guild: discord.Guild, setting: Setting, value: SettingValue) -> Checked:
    """Return a value whose channels and roles are all of this server.

    Everyone has the role @everyone, so it restricts nothing, and gives no staff rights. The bot must be able to post in
    a channel that is chosen for its messages.
    """
    if isinstance(setting, Roles) and guild.default_role.id in ids_of(value):
        return () if setting.everyone_by_default else setting.invalid(InvalidReason.EVERYONE, "@everyone")
    missing = _missing(guild, setting, value)
    if missing:
        return setting.invalid(InvalidReason.NOT_IN_SERVER, str(missing[0]))
    if not isinstance(setting, Channel):
        return value
    lacking = [
        name
        for channel in filter(None, map(guild.get_channel, ids_of(value)))
        for name in setting.needs + (_NEEDED_IN_FORUMS if isinstance(channel, discord.ForumChannel) else ())
        if not getattr(channel.permissions_for(guild.me), name)
    ]
    return setting.invalid(InvalidReason.MISSING_PERMISSIONS, str(value), lacking) if lacking else value


def panel_of(guild: discord.Guild, setup: ServerSetup, catalogue: Catalogue) -> Panel:
    """Return what the panel shows of a server, with the chosen channels in which the bot can't post, or won't."""
    checked = [fitting(guild, each, setup.value(each)) for each in SETTINGS.values() if isinstance(each, Channel)]
    closed = [
        each for each in checked if isinstance(each, InvalidValue) and each.reason is InvalidReason.MISSING_PERMISSIONS
    ]
    gallery = None if setup.gallery is None else guild.get_channel(setup.gallery)
    if setup.age is AgeRule.RESTRICTED and gallery is not None and not getattr(gallery, "nsfw", False):
        closed.append(ServerSetup.gallery.invalid(InvalidReason.NOT_AGE_RESTRICTED, str(gallery.id)))
    return Panel(setup, catalogue, deleted_ids(guild, setup), tuple(closed))


def deleted_ids(guild: discord.Guild, setup: ServerSetup) -> frozenset[int]:
    """Return the ids of chosen channels and roles that no longer exist."""
    return frozenset(each for setting in SETTINGS.values() for each in _missing(guild, setting, setup.value(setting)))


def _missing(guild: discord.Guild, setting: Setting, value: SettingValue) -> Sequence[int]:
    match setting:
        case Roles():
            return [each for each in ids_of(value) if guild.get_role(each) is None]
        case Channel() | Channels():
            found = {each: guild.get_channel(each) for each in ids_of(value)}
            return [id_ for id_, each in found.items() if each is None or each.type.name not in setting.types]
        case _:
            return ()
