"""Descriptions of the commands and their options.

They are registered in English with their translations; see bot/discord_client/command_translator.py.
"""

from __future__ import annotations

from typing import Final

from discord.app_commands import locale_str

from bot.domain.catalogue import RequestLimits
from bot.domain.language import Language
from bot.locales.message_ids import MessageId
from bot.locales.texts import texts_in


def localized(message_id: MessageId, **arguments: str | int) -> locale_str:
    """Return a message in English that says how to translate it."""
    english = texts_in(Language.ENGLISH)(message_id, **arguments)
    return locale_str(english, message_id=message_id, arguments=arguments)


MOVIE: Final = localized("commands-movie")
VIDEO_MODEL: Final = localized("commands-movie-video-model")
IMAGE_MODEL: Final = localized("commands-movie-image-model")
ASPECT_RATIO: Final = localized("commands-movie-aspect-ratio")
LANGUAGE: Final = localized("commands-movie-language")
SUBTITLES: Final = localized("commands-movie-subtitles")
TONE: Final = localized("commands-movie-tone")

CREDITS: Final = localized("commands-credits")
CREDITS_MEMBER: Final = localized("commands-credits-member")

MOVIES: Final = localized("commands-movies")
MOVIES_MEMBER: Final = localized("commands-movies-member")
MOVIES_SHOW: Final = localized("commands-movies-show")
MOVIES_ID: Final = localized("commands-movies-id")

PITCH: Final = localized("commands-pitch")
PITCHES: Final = localized("commands-pitches")
PITCHES_SORT: Final = localized("commands-pitches-sort")

GIFT: Final = localized("commands-gift")
GIFT_MEMBER: Final = localized("commands-gift-member")
GIFT_CREDITS: Final = localized("commands-gift-credits")

TOP: Final = localized("commands-top")
TOP_MONTH: Final = localized("commands-top-month")

PREFERENCES: Final = localized("commands-preferences")

HELP: Final = localized("commands-help")

PRIVACY: Final = localized("commands-privacy")

MAKE_A_MOVIE: Final = localized("commands-make-movie-menu")

QUOTA: Final = localized("commands-quota")
QUOTA_CREDITS: Final = localized("commands-quota-credits")
QUOTA_MONTHLY_CREDITS: Final = localized("commands-quota-monthly-credits")
QUOTA_MEMBER: Final = localized("commands-quota-member")
QUOTA_REASON: Final = localized("commands-quota-reason")
QUOTA_SHOW: Final = localized("commands-quota-show")
QUOTA_SHOW_MEMBER: Final = localized("commands-quota-show-member")
QUOTA_DEFAULT: Final = localized("commands-quota-default")
QUOTA_SERVER: Final = localized("commands-quota-server")
QUOTA_SET_MEMBER: Final = localized("commands-quota-set-member")
QUOTA_ROLE: Final = localized("commands-quota-role")
QUOTA_ROLE_ROLE: Final = localized("commands-quota-role-role")
QUOTA_GRANT: Final = localized("commands-quota-grant")
QUOTA_TAKE: Final = localized("commands-quota-take")
QUOTA_BLOCK: Final = localized("commands-quota-block")
QUOTA_BLOCK_HOURS: Final = localized("commands-quota-block-hours")
QUOTA_UNBLOCK: Final = localized("commands-quota-unblock")
QUOTA_RESET: Final = localized("commands-quota-reset")
QUOTA_CLEAR: Final = localized("commands-quota-clear")
QUOTA_CLEAR_DEFAULT: Final = localized("commands-quota-clear-default")
QUOTA_CLEAR_SERVER: Final = localized("commands-quota-clear-server")
QUOTA_CLEAR_MEMBER: Final = localized("commands-quota-clear-member")
QUOTA_CLEAR_ROLE: Final = localized("commands-quota-clear-role")
QUOTA_REPORT: Final = localized("commands-quota-report")
QUOTA_REPORT_MONTH: Final = localized("commands-quota-report-month")

SETUP: Final = localized("commands-setup")
SETUP_PANEL: Final = localized("commands-setup-panel")
SETUP_EXPORT: Final = localized("commands-setup-export")
SETUP_IMPORT: Final = localized("commands-setup-import")
SETUP_IMPORT_FILE: Final = localized("commands-setup-import-file")


def prompt(limits: RequestLimits) -> locale_str:
    """Describe the option for the prompt."""
    return localized("commands-movie-prompt", characters=limits.max_prompt_length)


def duration(limits: RequestLimits) -> locale_str:
    """Describe the option for the duration."""
    return localized(
        "commands-movie-duration",
        min=limits.min_seconds,
        max=limits.max_seconds,
        default=limits.default_seconds,
    )
