"""/privacy: what is stored about a member, its export, and its erasure."""

from __future__ import annotations

from dataclasses import dataclass

import discord

from bot.locales.texts import Texts
from bot.ui.components import Button, Link, build_view
from bot.ui.formatting import BRAND

EXPORT, ERASE, CONFIRM, KEEP = "privacy-export", "privacy-erase", "privacy-confirm", "privacy-keep"
CONFIRM_WITH_MESSAGES = "privacy-confirm-messages"
"""The actions of the buttons."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operator says about data.

    `days` is how long words are kept, 0 for ever. The addresses are None where the operator has none.
    """

    days: int
    privacy_url: str | None = None
    terms_url: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """How much is stored about a member.

    `waiting` and `open` are their movies that have not ended, `bonus` credits that an erasure takes. `erasing`: an
    erasure is under way.
    """

    movies: int
    waiting: int
    open: int
    bonus: int
    erasing: bool
    is_empty: bool


def overview_embed(texts: Texts, policy: Policy, stored: Stored) -> discord.Embed:
    """Say what is stored, for how long, and what can't be erased."""
    embed = discord.Embed(title=texts("privacy-title"), description=texts("privacy-about"), colour=BRAND)
    kept = texts("privacy-kept-value", days=policy.days) if policy.days else texts("privacy-kept-always-value")
    embed.add_field(name=texts("privacy-kept-field"), value=kept, inline=False)
    embed.add_field(name=texts("privacy-elsewhere-field"), value=texts("privacy-elsewhere-value"), inline=False)
    embed.add_field(name=texts("privacy-now-field"), value=_now(texts, stored), inline=False)
    return embed


def overview_view(texts: Texts, policy: Policy, stored: Stored) -> discord.ui.View:
    """Build the buttons to export and to erase, and the operator's links."""
    privacy, terms = policy.privacy_url, policy.terms_url
    links = [Link(texts("privacy-policy-button"), privacy)] if privacy is not None else []
    if terms is not None:
        links.append(Link(texts("privacy-terms-button"), terms))
    return build_view(
        Button(texts("privacy-export-button"), (EXPORT,), enabled=not stored.is_empty),
        Button(
            texts("privacy-erase-button"),
            (ERASE,),
            discord.ButtonStyle.danger,
            enabled=not (stored.is_empty or stored.erasing),
        ),
        *links,
    )


def question(texts: Texts, stored: Stored) -> str:
    """Ask whether everything is to be erased, with what follows."""
    lines = [texts("privacy-question"), texts("privacy-question-what")]
    if stored.waiting:
        lines.append(texts("privacy-question-waiting", movies=stored.waiting))
    if stored.open:
        lines.append(texts("privacy-question-open", movies=stored.open))
    if stored.bonus:
        lines.append(texts("privacy-question-bonus", credits=stored.bonus))
    return "\n".join([*lines, texts("privacy-question-memory"), texts("privacy-question-messages")])


def question_view(texts: Texts, member_id: int) -> discord.ui.View:
    """Build the buttons that confirm, also with the messages, and that keep everything."""
    return build_view(
        Button(texts("privacy-confirm-button"), (CONFIRM, member_id), discord.ButtonStyle.danger),
        Button(
            texts("privacy-confirm-messages-button"), (CONFIRM_WITH_MESSAGES, member_id), discord.ButtonStyle.danger
        ),
        Button(texts("privacy-keep-button"), (KEEP,)),
    )


def erased(texts: Texts, *, deletes_messages: bool = False) -> str:
    """Say that everything is erased, and whether messages follow."""
    return texts("privacy-erased-with-messages" if deletes_messages else "privacy-erased")


def erasing(texts: Texts, open_movies: int) -> str:
    """Say that the erasure goes on when open movies have ended."""
    return texts("privacy-erasing-later", movies=open_movies) if open_movies else texts("privacy-erasing-soon")


def _now(texts: Texts, stored: Stored) -> str:
    if stored.erasing:
        return erasing(texts, stored.open)
    if stored.is_empty:
        return texts("privacy-nothing")
    return texts("privacy-now-value", movies=stored.movies)
