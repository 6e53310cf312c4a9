"""The forms of /setup in which numbers are typed, and the buttons that open all forms."""

from __future__ import annotations

from typing import Final

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.server_setup import FORMS, ServerSetup
from bot.domain.setting_kinds import Form, Number, SetupPage
from bot.locales.texts import Texts, message_id
from bot.ui.components import Button, TextField, build_modal

NUMBER_FORMS: Final = tuple(form for form in Form if form is not Form.RULES)
"""The forms with an input for each setting, which has the setting's name."""


def form_button(texts: Texts, form: Form, page: SetupPage) -> Button:
    """Build the button that opens a form."""
    return Button(texts(message_id("setup", form, "button")), (f"setup-{form}", *_origin(form, page)))


def number_modal(
    texts: Texts, form: Form, page: SetupPage, setup: ServerSetup, catalogue: Catalogue
) -> discord.ui.Modal:
    """Build a form of numbers, with those that are set."""
    fields: list[TextField] = []
    for setting in FORMS[form]:
        assert isinstance(setting, Number)
        value, (lowest, highest) = setup.value(setting), setting.range(catalogue)
        label = texts(message_id("setup", setting.name, "label"))
        hint = texts(message_id("setup", form, "hint"), min=lowest, max=highest)
        fields.append(TextField(setting.name, label, hint, setting.digits, None if value is None else str(value)))
    action = (f"setup-{form}-set", *_origin(form, page), setup.fingerprint(FORMS[form]))
    return build_modal(texts(message_id("setup", form, "modal-title")), action, *fields)


def page_of_form(form: Form, arguments: tuple[str, ...]) -> SetupPage | None:
    """Return the page on which a form was opened; None for arguments that it doesn't have."""
    pages = {setting.page for setting in FORMS[form]}
    if len(pages) == 1:
        return next(iter(pages))
    return SetupPage(arguments[0]) if arguments and arguments[0] in tuple(SetupPage) else None


def _origin(form: Form, page: SetupPage) -> tuple[str, ...]:
    """Return the page as an argument, where it doesn't follow from the form."""
    return (page.value,) if len({setting.page for setting in FORMS[form]}) > 1 else ()
