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
from bot.domain.refusal import Refused
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
from data import account_queries, availability, server_setup, setup_changes
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
        panel, texts = await self._panel(interaction), private_texts(interaction)
        limits = await self._database.read(account_queries.guild_quotas, guild_id_of(interaction))
        shown = setup_messages.panel_message(texts, panel)
        if panel.setup == NOTHING_SET and limits.default is None:
            shown = setup_messages.first_message(texts, suggested_panel(interaction, panel), limits.bot_default)
        await respond_ephemeral(interaction, shown)

    @component("setup-panel")
    async def _show_panel(self, interaction: Interaction) -> None:
        await self._show(interaction)

    async def _show(self, interaction: Interaction, *notes: str, changed: Sequence[Setting] = ()) -> None:
        """Show the panel in place of the message that was used, with what was changed and other notes."""
        panel, texts = await self._panel(interaction), private_texts(interaction)
        confirmed = setup_messages.changed_notes(texts, panel, changed)
        await respond_ephemeral(
            interaction, setup_messages.panel_message(texts, panel, [*confirmed, *notes]), edit=True
        )

    @component("setup-section")
    async def _open_section(self, interaction: Interaction, section: SetupPage) -> None:
        """Show a section that has several forms."""
        if section not in SECTIONS:
            raise InvalidCustomId
        panel, texts = await self._panel(interaction), private_texts(interaction)
        await respond_ephemeral(interaction, setup_messages.section_message(texts, panel, section), edit=True)

    @component("setup-page")
    @component("setup-durations", page=SetupPage.MODELS)  # this and the next two: in panels that were shown before
    @component("setup-price", page=SetupPage.APPROVAL)
    @component("setup-rules", page=SetupPage.RULES)
    async def _open_page(self, interaction: Interaction, page: SetupPage) -> None:
        """Open the form of a group."""
        panel, texts = await self._panel(interaction), private_texts(interaction)
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
        await self._change(interaction, _picked(interaction, await self._panel(interaction), settings), arguments[-1])

    @component("setup")
    async def _choose(self, interaction: Interaction, name: str, expected: str) -> None:
        """Change a setting to what was picked, in a panel that was shown before."""
        if name not in SETTINGS:
            raise InvalidCustomId
        panel, setting = await self._panel(interaction), SETTINGS[name]
        value = _checked(interaction, panel, setting, selected_values(interaction))
        await self._change(interaction, {setting: value}, expected)

    async def _change(
        self,
        interaction: Interaction,
        values: Mapping[Setting, Checked],
        expected: str,
        write: Callable[..., SetupOutcome] = setup_changes.change,
    ) -> None:
        """Make changes, unless a value is wrong, and show the panel as it is afterwards."""
        changes, problems = _changes_and_problems(NOTHING_SET, values)
        if problems:
            texts = private_texts(interaction)
            problem = setup_messages.problem_text(texts, problems[0])
            await self._show(interaction, texts("setup-not-changed", problem=problem))
        else:
            outcome = await self._database.write(write, changes, expected, by=audit_context(interaction, None))
            await self._show_outcome(interaction, outcome)

    async def _show_outcome(self, interaction: Interaction, outcome: SetupOutcome) -> None:
        texts = private_texts(interaction)
        notes = [texts("setup-conflict")] if outcome.conflict else []
        if outcome.limit is not None:
            notes.append(change_confirmation(texts, outcome.limit))
        await self._show(interaction, *notes, changed=outcome.changed)

    async def _panel(self, interaction: Interaction) -> Panel:
        """Return what the panel shows now.

        Raises:
            Declined: The member may not manage the server.
        """
        guild = manageable_guild(interaction)
        setup = await self._database.read(server_setup.get, guild.id)
        return panel_of(guild, setup, await self._database.read(availability.accepted_models))

    @component("setup-first-form")
    async def _open_first(self, interaction: Interaction) -> None:
        suggested = suggested_panel(interaction, await self._panel(interaction))
        texts, credits = private_texts(interaction), self._database.policy.limits.member
        await send_modal(interaction, setup_messages.first_modal(texts, suggested, credits))

    @component("setup-first")
    async def _accept_first(self, interaction: Interaction, language: str, expected: str) -> None:
        """Set what the first questions suggest."""
        panel = await self._panel(interaction)
        values: dict[Setting, Checked] = {each: each.not_set for each in setup_messages.FIRST}
        values[ServerSetup.language] = _checked(interaction, panel, ServerSetup.language, [language])
        await self._change(interaction, values, expected)

    @component("setup-first-set")
    async def _set_first(self, interaction: Interaction, expected: str) -> None:
        """Set what was answered to the first questions."""
        bare = replace(await self._panel(interaction), setup=NOTHING_SET)
        values = _picked(interaction, bare, [*setup_messages.FIRST])
        chosen = whole_number(modal_value(interaction, setup_messages.CREDITS), len(str(MAX_CREDITS)) - 1)
        credits = None if chosen == self._database.policy.limits.member else chosen
        await self._change(interaction, values, expected, partial(setup_changes.answer_first, credits=credits))

    @component("setup-gallery")
    async def _add_gallery(self, interaction: Interaction) -> None:
        """Create a gallery, once: not for a second press, and not where one is set."""
        panel, guild = await self._panel(interaction), manageable_guild(interaction)
        if not panel.may_add_gallery or not await self._database.write(setup_changes.claim_gallery, guild.id):
            await self._show(interaction)
            return
        await interaction.response.defer()
        language = panel.setup.language or server_language(interaction)
        try:
            gallery = await create_gallery(guild, texts_in(language)("setup-gallery-name"), panel.setup)
        except discord.HTTPException as exc:
            _log.warning("gallery_not_created", guild_id=guild.id, code=exc.code)
            await self._database.write(setup_changes.release_gallery, guild.id)
            await self._show(interaction, private_texts(interaction)("setup-gallery-not-created"))
            return
        value = fitting(guild, ServerSetup.gallery, gallery.id)
        await self._change(interaction, {ServerSetup.gallery: value}, NOTHING_SET.fingerprint([ServerSetup.gallery]))

    @component("setup-reset")
    async def _ask_reset(self, interaction: Interaction) -> None:
        panel, texts = await self._panel(interaction), private_texts(interaction)
        await respond_ephemeral(interaction, file_messages.reset_message(texts, panel), edit=True)

    @component("setup-reset-confirm")
    async def _reset(self, interaction: Interaction, expected: str) -> None:
        """Set nothing any more."""
        manageable_guild(interaction)
        await self._change(interaction, {each: each.not_set for each in SETTINGS.values()}, expected)

    @app_commands.command(name="export", description=localized("commands-setup-export"))
    @component("setup-export")
    async def export(self, interaction: Interaction) -> None:
        """Send the setup as a file."""
        panel, texts = await self._panel(interaction), private_texts(interaction)
        file = text_file(write_document(panel.setup), file_messages.FILE_NAME)
        await send_ephemeral(interaction, texts("setup-exported"), file)

    @app_commands.command(name="import", description=localized("commands-setup-import"))
    @app_commands.describe(file=localized("commands-setup-import-file"))
    async def import_file(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Show what a file would change, or what is wrong with it."""
        await self._read_import(interaction, file)

    @component("setup-import")
    async def _open_import(self, interaction: Interaction) -> None:
        manageable_guild(interaction)
        await send_modal(interaction, file_messages.import_modal(private_texts(interaction)))

    @component("setup-import-set")
    async def _import(self, interaction: Interaction) -> None:
        await self._read_import(interaction, next(iter(uploaded_files(interaction)), None))

    async def _read_import(self, interaction: Interaction, file: discord.Attachment | None) -> None:
        manageable_guild(interaction)
        if file is None:
            raise InvalidCustomId
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._show_import(interaction, await self._read_file(interaction, file))

    @component("setup-apply")
    async def _apply(self, interaction: Interaction, expected: str) -> None:
        """Make the changes of the attached file.

        Not where the setup has changed since they were shown.
        """
        manageable_guild(interaction)
        attachment = _attached(interaction)
        await interaction.response.defer()
        changes, by = await self._read_file(interaction, attachment), audit_context(interaction, None)
        outcome = await self._database.write(setup_changes.change, changes, expected, by=by)
        if outcome.changed:
            await self._show_outcome(interaction, outcome)
        else:
            await self._show_import(interaction, changes, conflict=True)

    @component("setup-drop")
    async def _drop(self, interaction: Interaction) -> None:
        await respond_ephemeral(interaction, plain(private_texts(interaction)("setup-import-dropped")), edit=True)

    async def _show_import(self, interaction: Interaction, changes: _Changes, *, conflict: bool = False) -> None:
        panel, texts = await self._panel(interaction), private_texts(interaction)
        after = panel.setup.changed(changes)
        if after == panel.setup:
            raise Declined("setup-import-nothing-new", edit=True)
        await respond_ephemeral(interaction, file_messages.changes_message(texts, panel, after, conflict=conflict))

    async def _read_file(
        self, interaction: Interaction, attachment: discord.Attachment | discord.UnfurledMediaItem
    ) -> _Changes:
        """Return a file's settings.

        Raises:
            Declined: Something is wrong with it.
        """
        panel, texts = await self._panel(interaction), private_texts(interaction)
        if isinstance(attachment, discord.Attachment) and attachment.size > MAX_DOCUMENT_BYTES:
            raise Declined(plain(texts("setup-file-too-large", max=MAX_DOCUMENT_BYTES // 1024)), edit=True)
        content = await read_upload(interaction.client, attachment)
        if content is None:
            raise Declined("setup-file-unreadable", edit=True)
        read = read_document(content, panel.catalogue)
        if not isinstance(read, Mapping):
            raise Declined(file_messages.problems_message(texts, read), edit=True)
        guild = manageable_guild(interaction)
        fitted = {setting: fitting(guild, setting, value) for setting, value in read.items()}
        changes, problems = _changes_and_problems(panel.setup, fitted)
        if problems:
            text = content.decode("utf-8-sig")
            named = [(each.data["setting"].name, each) for each in problems]
            shown = [DocumentProblem(line_of(text, key), key, each) for key, each in named]
            raise Declined(file_messages.problems_message(texts, shown), edit=True)
        return changes

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
        manageable_guild(interaction)
        typed = modal_values(interaction)
        text = "\n".join(value for name in filter_messages.INPUTS for value in typed.get(name, ()))
        rules, texts = check_rules(split_rules(text)), private_texts(interaction)
        if not isinstance(rules, tuple):
            raise Declined(filter_messages.wrong_message(texts, rules, text, expected), edit=True)
        changes: _Changes = {ServerSetup.filter_rules: rules}
        by = audit_context(interaction, None)
        outcome = await self._database.write(setup_changes.change, changes, expected, by=by)
        if outcome.conflict:
            now = outcome.setup.fingerprint(_RULES)
            raise Declined(filter_messages.conflict_message(texts, text, now), edit=True)
        await self._show_outcome(interaction, outcome)


def _attached(interaction: Interaction) -> discord.Attachment | discord.UnfurledMediaItem:
    """Return the file of the message that was pressed.

    Raises:
        InvalidCustomId: It has none.
    """
    for file in files_of(interaction.message) if interaction.message else ():
        return file
    raise InvalidCustomId


def _picked(interaction: Interaction, panel: Panel, settings: Sequence[Setting]) -> Mapping[Setting, Checked]:
    """Return the values of a form: as they are set where they came back as the form shows them."""
    typed = modal_values(interaction)
    values: dict[Setting, Checked] = {}
    for setting in settings:
        given = [value.strip() for value in typed.get(setting.name, ())]
        is_unchanged = {*given} == {*shown_values(panel, setting)}
        values[setting] = panel.setup.value(setting) if is_unchanged else _checked(interaction, panel, setting, given)
    return values


def _checked(interaction: Interaction, panel: Panel, setting: Setting, given: Sequence[str]) -> Checked:
    """Return what was picked or typed as it is kept, or what is wrong."""
    value = setting.check(setting.parse([each for each in given if each != NOT_CHOSEN]), panel.catalogue)
    return fitting(manageable_guild(interaction), setting, value)


def _changes_and_problems(before: ServerSetup, values: Mapping[Setting, Checked]) -> tuple[_Changes, Sequence[Refused]]:
    """Return the values that are right, and what is wrong: also with all of them beside what was set before."""
    changes = {setting: value for setting, value in values.items() if not isinstance(value, Refused)}
    known = (*values.values(), before.changed(changes).problem())
    return changes, [each for each in known if isinstance(each, Refused)]


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


def fitting(guild: discord.Guild, setting: Setting, value: Checked) -> Checked:
    """Return a value whose channels and roles are all of this server, or what is wrong.

    Everyone has the role @everyone, so it restricts nothing, and gives no staff rights. The bot must be able to post in
    a channel that is chosen for its messages.
    """
    if isinstance(value, Refused):
        return value
    if isinstance(setting, Roles) and guild.default_role.id in ids_of(value):
        return () if setting.everyone_by_default else setting.refuse("setup-everyone", "@everyone")
    missing = _missing(guild, setting, value)
    if missing:
        return setting.refuse("setup-not-in-server", str(missing[0]))
    if not isinstance(setting, Channel):
        return value
    lacking = [
        name
        for channel in filter(None, map(guild.get_channel, ids_of(value)))
        for name in setting.needs + (_NEEDED_IN_FORUMS if isinstance(channel, discord.ForumChannel) else ())
        if not getattr(channel.permissions_for(guild.me), name)
    ]
    return setting.refuse("setup-missing-permissions", channel=value, permissions=lacking) if lacking else value


def panel_of(guild: discord.Guild, setup: ServerSetup, catalogue: Catalogue) -> Panel:
    """Return what the panel shows of a server, with the chosen channels in which the bot can't post, or won't."""
    checked = [fitting(guild, each, setup.value(each)) for each in SETTINGS.values() if isinstance(each, Channel)]
    closed = [each for each in checked if isinstance(each, Refused) and each.code == "setup-missing-permissions"]
    gallery = None if setup.gallery is None else guild.get_channel(setup.gallery)
    if setup.age is AgeRule.RESTRICTED and gallery is not None and not getattr(gallery, "nsfw", False):
        closed.append(ServerSetup.gallery.refuse("setup-not-age-restricted", channel=gallery.id))
    deleted = (each for setting in SETTINGS.values() for each in _missing(guild, setting, setup.value(setting)))
    # in a new channel, the bot can allow itself only what it may do in the server
    permissions, needed = guild.me.guild_permissions, (*ServerSetup.gallery.needs, "manage_channels")
    may_add = setup.gallery is None and all(getattr(permissions, name) for name in needed)
    return Panel(setup, catalogue, frozenset(deleted), tuple(closed), may_add)


def suggested_panel(interaction: Interaction, panel: Panel) -> Panel:
    """Return the panel with the answers that the first questions suggest."""
    return replace(panel, setup=ServerSetup(language=server_language(interaction)))


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


def _missing(guild: discord.Guild, setting: Setting, value: SettingValue) -> Sequence[int]:
    match setting:
        case Roles():
            return [each for each in ids_of(value) if guild.get_role(each) is None]
        case Channel() | Channels():
            found = {each: guild.get_channel(each) for each in ids_of(value)}
            return [id_ for id_, each in found.items() if each is None or each.type.name not in setting.types]
        case _:
            return ()
