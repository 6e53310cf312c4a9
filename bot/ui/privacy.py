"""/privacy: what is stored about a member, its export, and its erasure."""

from __future__ import annotations

from dataclasses import dataclass

import discord

from bot.domain.erasure import OpenWork, Stored
from bot.locales.texts import Texts
from bot.ui.components import Accent, Button, Divider, Link, Message, Section, in_rows
from bot.ui.formatting import heading, page_heading, small

EXPORT, ERASE, CONFIRM, KEEP = "privacy-export", "privacy-erase", "privacy-confirm", "privacy-keep"
CONFIRM_WITH_MESSAGES = "privacy-confirm-messages"
"""The actions of the buttons."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operator says about data.

    `days` is how long words are kept, 0 for ever. The addresses are None where the operator has none. `is_moderated`:
    the movie service is asked about each prompt. `takes_pictures`: members can have movies made from theirs.
    """

    days: int
    privacy_url: str | None = None
    terms_url: str | None = None
    is_moderated: bool = False
    takes_pictures: bool = False


def overview_message(texts: Texts, policy: Policy, stored: Stored) -> Message:
    """Say what is stored, for how long, and what can't be erased, each beside what can be done about it."""
    now = texts("privacy-nothing" if stored.is_empty else "privacy-now-value", movies=stored.movies)
    if stored.requested:
        now = erasing(texts, stored.open_work)
    kept = texts("privacy-kept-value" if policy.days else "privacy-kept-always-value", days=policy.days)
    can_erase = not (stored.is_empty or stored.requested)
    return Message(
        Accent.BRAND,
        (
            page_heading(texts("privacy-title")),
            Section(now, Button(texts("privacy-export-button"), (EXPORT,), enabled=not stored.is_empty)),
            Section(
                f"**{texts('privacy-elsewhere-field')}**\n{texts('privacy-elsewhere-value')}",
                Button(texts("privacy-erase-button"), (ERASE,), discord.ButtonStyle.danger, enabled=can_erase),
            ),
            Divider(),
            small(texts("privacy-about")),
            small(texts("privacy-moderation")) if policy.is_moderated else "",
            small(texts("privacy-pictures")) if policy.takes_pictures else "",
            small(f"**{texts('privacy-kept-field')}**\n{kept}"),
            *in_rows(
                Link(texts("privacy-policy-button"), policy.privacy_url) if policy.privacy_url else None,
                Link(texts("privacy-terms-button"), policy.terms_url) if policy.terms_url else None,
            ),
        ),
    )


def question(texts: Texts, stored: Stored, member_id: int) -> Message:
    """Ask whether everything is to be erased, with what follows: also the messages, or nothing."""
    waiting, unfinished = stored.open_work.waiting, stored.open_work.uncancelled
    return Message(
        Accent.FAILED,
        (
            heading(texts("privacy-question-title")),
            texts("privacy-question-what"),
            texts("privacy-question-waiting", movies=waiting) if waiting else "",
            texts("privacy-question-open", movies=unfinished) if unfinished else "",
            texts("privacy-question-bonus", credits=stored.bonus) if stored.bonus else "",
            small(texts("privacy-question-memory")),
            small(texts("privacy-question-messages")),
            *in_rows(
                Button(texts("privacy-confirm-button"), (CONFIRM, member_id), discord.ButtonStyle.danger),
                Button(
                    texts("privacy-confirm-messages-button"),
                    (CONFIRM_WITH_MESSAGES, member_id),
                    discord.ButtonStyle.danger,
                ),
                Button(texts("privacy-keep-button"), (KEEP,)),
            ),
        ),
    )


def erasing(texts: Texts, left: OpenWork) -> str:
    """Say that the erasure goes on when the work that is left has ended."""
    movies = left.uncancelled
    return texts("privacy-erasing-later", movies=movies) if movies else texts("privacy-erasing-soon")
