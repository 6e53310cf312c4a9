"""/setup: what a server's managers decide for it: first questions, a panel with forms, and a file to export or import.

Each command, press and modal checks the permission for itself: it may have been taken away since the panel was opened.
Nothing is kept in between: a file that is confirmed is attached to the private message with its changes, and read again
when they are applied. Rules for prompts that can't be used are shown with what was typed as a file, whose button opens
the form with that again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.discord_client.modals import modal_value, modal_values, selected_values, uploaded_files
from bot.discord_client.responses import (
    Declined,
    Interaction,
    loaded_guild,
    private_texts,
    respond_ephemeral,
    send_ephemeral,
    send_modal,
    server_language,
)
from bot.discord_client.uploads import read_upload
from bot.domain.catalogue import Catalogue
from bot.domain.prompt_filter import check_rules, split_rules
from bot.domain.quota import MAX_CREDITS
from bot.domain.server_setup import (
    MAX_DOCUMENT_BYTES,
    NOTHING_SET,
    PAGES,
    SECTIONS,
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
    InvalidReason,
    InvalidValue,
    Roles,
    Setting,
    SettingValue,
    SetupPage,
    ids_of,
)
from bot.domain.text import whole_number
from bot.locales.texts import texts_in
from bot.ui import help as help_messages
from bot.ui import server_setup as setup_messages
from bot.ui import setup_files as file_messages
from bot.ui import setup_filter as filter_messages
from bot.ui.audit_entries import change_confirmation
from bot.ui.command_descriptions import localized
from bot.ui.components import files_of, plain, text_file
from bot.ui.server_setup import NOT_CHOSEN, Panel, shown_values
from cogs.answering import Answering
from cogs.component_router import InvalidCustomId, component
from cogs.quota import audit_context, guild_id_of, only_managers
from data import availability, guild_settings, server_setup, setup_changes
from data.setup_changes import SetupOutcome

_log = structlog.stdlib.get_logger(__name__)

_Changes = Mapping[Setting, SettingValue]

_RULES: Final = (ServerSetup.filter_rules,)

_QUIET: Final = ("send_messages", "create_public_threads", "create_private_threads")
"""What nobody but the bot does in a gallery."""

_NEEDED_IN_FORUMS: Final = ("manage_threads",)
"""To delete a post whose title is a prompt."""


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class SetupCog(Answering, commands.GroupCog, group_name="setup", group_description=localized("commands-setup")):
    """A private panel with forms, and the commands and buttons of files and rules."""

    @app_commands.command(name="panel", description=localized("commands-setup-panel"))
    @component(help_messages.SET_UP)
    async def panel(self, interaction: Interaction) -> None:
        """Show the panel, or the first questions where nothing is set."""
        guild, texts = manageable_guild(interaction), private_texts(interaction)
        panel = await self._panel(guild)
        limits = await self._database.read(guild_settings.guild_quotas, guild.id)
        if panel.setup == NOTHING_SET and limits.default is None:
            suggested = suggested_panel(interaction, panel)
            await respond_ephemeral(interaction, setup_messages.first_message(texts, suggested, limits.bot_default))
        else:
            await respond_ephemeral(interaction, setup_messages.panel_message(texts, panel))

    @component("setup-panel")
    async def _show_panel(self, interaction: Interaction) -> None:
        await self._show(interaction, manageable_guild(interaction))

    @component("setup-section")
    async def _open_section(self, interaction: Interaction, section: SetupPage) -> None:
        """Show a section that has several forms."""
        if section not in SECTIONS:
            raise InvalidCustomId
        panel = await self._panel(manageable_guild(interaction))
        shown = setup_messages.section_message(private_texts(interaction), panel, section)
        await respond_ephemeral(interaction, shown, edit=True)

    @component("setup-page")
    @component("setup-durations", page=SetupPage.MODELS)  # this and the next two: in panels that were shown before
    @component("setup-price", page=SetupPage.APPROVAL)
    @component("setup-rules", page=SetupPage.RULES)
    async def _open_page(self, interaction: Interaction, page: SetupPage) -> None:
        """Open the form of a group."""
        panel, texts = await self._panel(manageable_guild(interaction)), private_texts(interaction)
        if page is SetupPage.RULES:
            text, expected = "\n".join(panel.setup.filter_rules), panel.setup.fingerprint(_RULES)
            await send_modal(interaction, filter_messages.rules_modal(texts, text, expected))
        else:
            await send_modal(interaction, setup_messages.page_modal(texts, panel, page))

    @component("setup-set")
    async def _set_page(self, interaction: Interaction, page: SetupPage, expected: str) -> None:
        await self._set(interaction, expected, settings=PAGES[page])

    @component("setup-durations-set", settings=(ServerSetup.longest_seconds, ServerSetup.default_seconds))
    @component("setup-price-set", settings=(ServerSetup.approval_credits,))
    async def _set(self, interaction: Interaction, *arguments: str, settings: Sequence[Setting]) -> None:
        """Set what a form contains; what is left empty is not set."""
        if not arguments:
            raise InvalidCustomId
        guild = manageable_guild(interaction)
        panel = await self._panel(guild)
        await self._change(interaction, guild, *_picked(interaction, panel, settings), arguments[-1])

    @component("setup")
    async def _choose(self, interaction: Interaction, name: str, expected: str) -> None:
        """Change a setting to what was picked, in a panel that was shown before."""
        if name not in SETTINGS:
            raise InvalidCustomId
        picked = [value for value in selected_values(interaction) if value != NOT_CHOSEN]
        given = {SETTINGS[name]: SETTINGS[name].parse(picked)}
        await self._change(interaction, manageable_guild(interaction), given, {}, expected)

    async def _change(
        self,
        interaction: Interaction,
        guild: discord.Guild,
        given: Mapping[Setting, object],
        unchanged: _Changes,
        expected: str,
        write: Callable[..., SetupOutcome] = setup_changes.change,
    ) -> None:
        """Check and make changes, and show the panel as it is afterwards."""
        catalogue, by = await self._accepted(), audit_context(interaction, None)
        checked = {setting: setting.check(value, catalogue) for setting, value in given.items()}
        found, problems = _fit(guild, NOTHING_SET.changed(unchanged), checked)
        if problems:
            texts = private_texts(interaction)
            note = texts("setup-not-changed", problem=setup_messages.problem_text(texts, problems[0]))
            await self._show(interaction, guild, note)
        else:
            outcome = await self._database.write(write, {**unchanged, **found}, expected, by=by)
            await self._show_outcome(interaction, guild, outcome)

    async def _show_outcome(self, interaction: Interaction, guild: discord.Guild, outcome: SetupOutcome) -> None:
        texts = private_texts(interaction)
        notes = [*setup_messages.changed_notes(texts, await self._panel(guild), outcome.changed)]
        if outcome.limit is not None:
            notes.append(change_confirmation(texts, outcome.limit))
        await self._show(interaction, guild, *([texts("setup-conflict")] if outcome.conflict else notes))

    async def _show(self, interaction: Interaction, guild: discord.Guild, *notes: str) -> None:
        """Show the panel in place of the message that was used."""
        shown = setup_messages.panel_message(private_texts(interaction), await self._panel(guild), notes)
        await respond_ephemeral(interaction, shown, edit=True)

    async def _panel(self, guild: discord.Guild) -> Panel:
        setup = await self._database.read(server_setup.get, guild.id)
        return panel_of(guild, setup, await self._accepted())

    @component("setup-first-form")
    async def _open_first(self, interaction: Interaction) -> None:
        suggested = suggested_panel(interaction, await self._panel(manageable_guild(interaction)))
        limits = await self._database.read(guild_settings.guild_quotas, guild_id_of(interaction))
        texts = private_texts(interaction)
        await send_modal(interaction, setup_messages.first_modal(texts, suggested, limits.bot_default))

    @component("setup-first")
    async def _accept_first(self, interaction: Interaction, language: str, expected: str) -> None:
        """Set what the first questions suggest."""
        given = {**dict.fromkeys(setup_messages.FIRST), ServerSetup.language: language}
        await self._change(interaction, manageable_guild(interaction), given, {}, expected)

    @component("setup-first-set")
    async def _set_first(self, interaction: Interaction, expected: str) -> None:
        """Set what was answered to the first questions."""
        guild = manageable_guild(interaction)
        picked, _ = _picked(interaction, Panel(NOTHING_SET, await self._accepted()), [*setup_messages.FIRST])
        limits = await self._database.read(guild_settings.guild_quotas, guild.id)
        chosen = whole_number(modal_value(interaction, setup_messages.CREDITS), len(str(MAX_CREDITS)) - 1)
        credits = limits.bot_default if chosen is None else chosen
        answer = partial(setup_changes.answer_first, credits=None if credits == limits.bot_default else credits)
        await self._change(interaction, guild, {**dict.fromkeys(setup_messages.FIRST), **picked}, {}, expected, answer)

    @component("setup-gallery")
    async def _add_gallery(self, interaction: Interaction) -> None:
        """Create a gallery, once: not for a second press, and not where one is set."""
        guild, texts = manageable_guild(interaction), private_texts(interaction)
        if not may_add_gallery(guild) or not await self._database.write(setup_changes.claim_gallery, guild.id):
            await self._show(interaction, guild)
            return
        await interaction.response.defer()
        setup = await self._database.read(server_setup.get, guild.id)
        language = setup.language or server_language(interaction)
        try:
            gallery = await create_gallery(guild, texts_in(language)("setup-gallery-name"), setup)
        except discord.HTTPException as exc:
            _log.warning("gallery_not_created", guild_id=guild.id, code=exc.code)
            await self._database.write(setup_changes.release_gallery, guild.id)
            await self._show(interaction, guild, texts("setup-gallery-not-created"))
            return
        expected = NOTHING_SET.fingerprint([ServerSetup.gallery])
        await self._change(interaction, guild, {ServerSetup.gallery: str(gallery.id)}, {}, expected)

    @component("setup-reset")
    async def _ask_reset(self, interaction: Interaction) -> None:
        panel, texts = await self._panel(manageable_guild(interaction)), private_texts(interaction)
        question = file_messages.reset_message(texts, panel.setup, panel.catalogue, panel.deleted)
        await respond_ephemeral(interaction, question, edit=True)

    @component("setup-reset-confirm")
    async def _reset(self, interaction: Interaction, expected: str) -> None:
        """Set nothing any more."""
        guild, by = manageable_guild(interaction), audit_context(interaction, None)
        nothing = {setting: setting.not_set for setting in SETTINGS.values()}
        outcome = await self._database.write(setup_changes.change, nothing, expected, by=by)
        await self._show_outcome(interaction, guild, outcome)

    @app_commands.command(name="export", description=localized("commands-setup-export"))
    @component("setup-export")
    async def export(self, interaction: Interaction) -> None:
        """Send the setup as a file."""
        guild, texts = manageable_guild(interaction), private_texts(interaction)
        document = write_document(await self._database.read(server_setup.get, guild.id))
        await send_ephemeral(interaction, texts("setup-exported"), text_file(document, file_messages.FILE_NAME))

    @app_commands.command(name="import", description=localized("commands-setup-import"))
    @app_commands.describe(file=localized("commands-setup-import-file"))
    async def import_file(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Show what a file would change, or what is wrong with it."""
        await self._read_import(interaction, manageable_guild(interaction), file)

    @component("setup-import")
    async def _open_import(self, interaction: Interaction) -> None:
        manageable_guild(interaction)
        await send_modal(interaction, file_messages.import_modal(private_texts(interaction)))

    @component("setup-import-set")
    async def _import(self, interaction: Interaction) -> None:
        guild, file = manageable_guild(interaction), next(iter(uploaded_files(interaction)), None)
        if file is None:
            raise InvalidCustomId
        await self._read_import(interaction, guild, file)

    async def _read_import(self, interaction: Interaction, guild: discord.Guild, file: discord.Attachment) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._show_import(interaction, guild, await self._read_file(interaction, guild, file))

    @component("setup-apply")
    async def _apply(self, interaction: Interaction, expected: str) -> None:
        """Make the changes of the attached file.

        Not where the setup has changed since they were shown.
        """
        guild, attachment = manageable_guild(interaction), _attached(interaction)
        await interaction.response.defer()
        changes = await self._read_file(interaction, guild, attachment)
        by = audit_context(interaction, None)
        outcome = await self._database.write(setup_changes.change, changes, expected, by=by)
        if outcome.conflict:
            await self._show_import(interaction, guild, changes, conflict=True)
        elif outcome.changed:
            await self._show_outcome(interaction, guild, outcome)
        else:
            await respond_ephemeral(interaction, plain(private_texts(interaction)("setup-import-nothing-new")))

    @component("setup-drop")
    async def _drop(self, interaction: Interaction) -> None:
        await respond_ephemeral(interaction, plain(private_texts(interaction)("setup-import-dropped")), edit=True)

    async def _show_import(
        self, interaction: Interaction, guild: discord.Guild, changes: _Changes, *, conflict: bool = False
    ) -> None:
        texts, before = private_texts(interaction), await self._database.read(server_setup.get, guild.id)
        after = before.changed(changes)
        if after == before:
            raise Declined("setup-import-nothing-new", edit=True)
        catalogue, deleted = await self._accepted(), deleted_ids(guild, before)
        shown = file_messages.changes_message(texts, before, after, catalogue, deleted, conflict=conflict)
        await respond_ephemeral(interaction, shown)

    async def _accepted(self) -> Catalogue:
        return await self._database.read(availability.accepted_models)

    async def _read_file(
        self,
        interaction: Interaction,
        guild: discord.Guild,
        attachment: discord.Attachment | discord.UnfurledMediaItem,
    ) -> _Changes:
        """Return a file's settings.

        Raises:
            Declined: Something is wrong with it.
        """
        texts = private_texts(interaction)
        if isinstance(attachment, discord.Attachment) and attachment.size > MAX_DOCUMENT_BYTES:
            raise Declined(plain(texts("setup-file-too-large", max=MAX_DOCUMENT_BYTES // 1024)), edit=True)
        content = await read_upload(interaction.client, attachment)
        if content is None:
            raise Declined("setup-file-unreadable", edit=True)
        read = read_document(content, await self._accepted())
        if not isinstance(read, Mapping):
            raise Declined(file_messages.problems_message(texts, read), edit=True)
        found, problems = _fit(guild, await self._database.read(server_setup.get, guild.id), read)
        if problems:
            text = content.decode("utf-8-sig")
            shown = [DocumentProblem(line_of(text, each.setting.name), each.setting.name, each) for each in problems]
            raise Declined(file_messages.problems_message(texts, shown), edit=True)
        return found

    @component("setup-rules-fix")
    async def _fix_rules(self, interaction: Interaction, expected: str) -> None:
        """Open the form with the text of the attached file."""
        manageable_guild(interaction)
        content = await read_upload(interaction.client, _attached(interaction))
        if content is None:
            raise Declined("setup-file-unreadable")
        text = content.decode("utf-8", errors="replace")
        await send_modal(interaction, filter_messages.rules_modal(private_texts(interaction), text, expected))

    @component("setup-rules-set")
    async def _set_rules(self, interaction: Interaction, expected: str) -> None:
        """Set the rules of the form, one on each line."""
        guild = manageable_guild(interaction)
        typed = modal_values(interaction)
        text = "\n".join(value for name in filter_messages.INPUTS for value in typed.get(name, ()))
        rules, texts = check_rules(split_rules(text)), private_texts(interaction)
        if not isinstance(rules, tuple):
            raise Declined(filter_messages.wrong_message(texts, rules, text, expected), edit=True)
        by = audit_context(interaction, None)
        outcome = await self._database.write(setup_changes.change, {ServerSetup.filter_rules: rules}, expected, by=by)
        if outcome.conflict:
            now = outcome.setup.fingerprint(_RULES)
            raise Declined(filter_messages.conflict_message(texts, text, now), edit=True)
        await self._show_outcome(interaction, guild, outcome)


def _attached(interaction: Interaction) -> discord.Attachment | discord.UnfurledMediaItem:
    """Return the file of the message that was pressed.

    Raises:
        InvalidCustomId: It has none.
    """
    for file in files_of(interaction.message) if interaction.message else ():
        return file
    raise InvalidCustomId


def _picked(
    interaction: Interaction, panel: Panel, settings: Sequence[Setting]
) -> tuple[Mapping[Setting, object], _Changes]:
    """Return what was picked or typed in a form, and the values of settings that came back as the form shows them."""
    values = modal_values(interaction)
    given: dict[Setting, object] = {}
    unchanged: dict[Setting, SettingValue] = {}
    for setting in settings:
        picked = [value.strip() for value in values.get(setting.name, ())]
        if {*picked} == {*shown_values(panel, setting)}:
            unchanged[setting] = panel.setup.value(setting)
        else:
            given[setting] = setting.parse([value for value in picked if value != NOT_CHOSEN])
    return given, unchanged


def _fit(
    guild: discord.Guild, before: ServerSetup, checked: Mapping[Setting, Checked]
) -> tuple[_Changes, Sequence[InvalidValue]]:
    """Return what fits this server and, beside what was set before, each other; and the problems."""
    known = {
        setting: value if isinstance(value, InvalidValue) else fitting(guild, setting, value)
        for setting, value in checked.items()
    }
    problems = [each for each in known.values() if isinstance(each, InvalidValue)]
    found = {setting: value for setting, value in known.items() if not isinstance(value, InvalidValue)}
    together = before.changed(found).problem()
    return found, problems if together is None else [*problems, together]


def manageable_guild(interaction: Interaction) -> discord.Guild:
    """Return the server with its channels and roles.

    Raises:
        Declined: The member may not manage it, or Discord has not sent it yet.
    """
    only_managers(interaction)
    guild = loaded_guild(interaction)
    if guild is None:
        raise Declined("errors-server-not-loaded")
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
    may_add = setup.gallery is None and may_add_gallery(guild)
    return Panel(setup, catalogue, deleted_ids(guild, setup), tuple(closed), may_add)


def suggested_panel(interaction: Interaction, panel: Panel) -> Panel:
    """Return the panel with the answers that the first questions suggest."""
    return replace(panel, setup=ServerSetup(language=server_language(interaction)))


def may_add_gallery(guild: discord.Guild) -> bool:
    """Return whether the bot may create a channel in which it can post movies.

    In a new channel, it can allow only what it may do in the server.
    """
    permissions = guild.me.guild_permissions
    return all(getattr(permissions, name) for name in (*ServerSetup.gallery.needs, "manage_channels"))


async def create_gallery(guild: discord.Guild, name: str, setup: ServerSetup) -> discord.TextChannel:
    """Create a channel in which everyone can read and the bot posts, or return one from an earlier attempt.

    Raises:
        discord.HTTPException: Discord refuses it.
    """
    found = discord.utils.find(lambda each: each.name == name and guild.me in each.overwrites, guild.text_channels)
    if found is not None:
        return found
    own = discord.PermissionOverwrite(**dict.fromkeys(ServerSetup.gallery.needs, True))
    may = guild.me.guild_permissions
    quiet = discord.PermissionOverwrite(**{each: False for each in _QUIET if getattr(may, each)})
    nsfw = True if setup.age is AgeRule.RESTRICTED else discord.utils.MISSING
    return await guild.create_text_channel(name, overwrites={guild.default_role: quiet, guild.me: own}, nsfw=nsfw)


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
