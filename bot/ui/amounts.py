"""Formats amounts, durations and shares in a language."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date

from babel import Locale, dates, numbers

from bot.domain.credits import Month
from bot.locales.texts import Texts
from bot.ui.formatting import draw_bar, rough_minutes


def format_credits(texts: Texts, amount: int) -> str:
    """Format credits, such as "1 credit" or "1,200 credits"."""
    return texts("units-credits", credits=amount)


def format_monthly_credits(texts: Texts, amount: int) -> str:
    """Format a monthly amount, such as "600 credits a month"."""
    return texts("units-credits-monthly", credits=amount)


def format_rate(texts: Texts, credits_per_second: int) -> str:
    """Format a price, such as "10 credits per second"."""
    return texts("units-credits-per-second", credits=credits_per_second)


def format_movies(texts: Texts, amount: int) -> str:
    """Format a number of movies, such as "1 movie" or "3 movies"."""
    return texts("units-movies", movies=amount)


def format_number(texts: Texts, number: int) -> str:
    """Format a number, such as "1,200"."""
    return numbers.format_decimal(number, locale=_locale(texts))


def format_month(texts: Texts, month: Month) -> str:
    """Format a month, such as "November 2026"."""
    return dates.format_skeleton("yMMMM", date(month.year, month.number, 1), locale=_locale(texts))


def format_day(texts: Texts, month: Month, day: int) -> str:
    """Format a day of a month, such as "November 10"."""
    return dates.format_skeleton("MMMMd", date(month.year, month.number, day), locale=_locale(texts))


def format_duration(texts: Texts, seconds: int) -> str:
    """Format seconds exactly, such as "1 min 30 s"."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return texts("units-seconds", seconds=rest)
    if not rest:
        return texts("units-minutes", minutes=minutes)
    return texts("units-minutes-seconds", minutes=minutes, seconds=rest)


def format_rough_duration(texts: Texts, seconds: float) -> str:
    """Format seconds roughly.

    Such as "20 s", "3 min" or "1 h 10 min".
    """
    minutes = rough_minutes(seconds)
    if not minutes:
        return texts("units-seconds", seconds=max(5, 5 * round(seconds / 5)))
    hours, rest = divmod(minutes, 60)
    if not hours:
        return texts("units-minutes", minutes=minutes)
    if not rest:
        return texts("units-hours", hours=hours)
    return texts("units-hours-minutes", hours=hours, minutes=rest)


def progress_bar(texts: Texts, part: int, whole: int) -> str:
    """Draw a bar of ten cells and a percentage.

    The percentage is for screen readers.
    """
    bar, percent = draw_bar(part, whole)
    return f"{bar} {texts('units-percent', percent=percent)}"


def format_list(texts: Texts, items: Sequence[str]) -> str:
    """Join items, such as "Luma, Kling, Veo"; '' for none."""
    if not items:
        return ""
    return functools.reduce(lambda before, item: texts("units-list", items=before, next=item), items)


def _locale(texts: Texts) -> Locale:
    return Locale.parse(texts.language.value, sep="-")
