"""What holds of several messages at once, in every language."""

from __future__ import annotations

import enum
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.delivery import NotificationType
from bot.domain.jobs import JobState
from bot.domain.message import Notice
from bot.domain.server_setup import SETTINGS
from bot.domain.setting_kinds import EnumChoice
from bot.domain.text import Language
from bot.locales.texts import texts_in
from bot.ui import job_messages, job_status, pitches
from bot.ui.server_setup import choice_text
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import balance, job
from tests.helpers.shown import show
from tests.unit.ui import messages, samples
from tests.unit.ui.samples import Outside

USUAL = Outside()
TEXTS = [*map(texts_in, Language)]

ALIKE = {
    "job_status.outage_text": "only an outage that the operator can end is told as one",
    "server_setup.not_set_text": "several settings have the bot's default, none, or all",
}
"""Functions that say the same of several members of an enum, and why."""


def test_each_member_of_an_enum_has_its_own_words_in_every_language() -> None:
    """A member reads which of them it was, and can tell the operator."""
    found: dict[str, list[str]] = {}
    for name, function, hints in messages._functions():
        kinds = [hint for parameter, hint in hints.items() if parameter != "return"]
        enums = [hint for hint in kinds if isinstance(hint, type) and issubclass(hint, enum.Enum)]
        if len(kinds) == 2 and len(enums) == 1 and name not in ALIKE:
            for texts in TEXTS:
                said = Counter(show(function(texts, each)) for each in enums[0])
                found[f"{name} in {texts.language}"] = [words for words, count in said.items() if count > 1]
    for name, setting in SETTINGS.items():
        if isinstance(setting, EnumChoice):
            for texts in TEXTS:
                said = Counter(choice_text(texts, setting, each) for each in setting.members)
                found[f"{name} in {texts.language}"] = [words for words, count in said.items() if count > 1]
    assert len(found) > 60
    assert {name: words for name, words in found.items() if words} == {}
    for texts in TEXTS:
        told = [job_status.reason_text(texts, each) for each in samples.reasons(USUAL).values()]
        assert len({*told}) == len(told)


def test_only_a_direct_message_says_what_a_member_has_left_or_paid() -> None:
    """Others in a channel must not see a member's figures."""
    done, failed = job(JobState.COMPLETED), job(JobState.FAILED)
    assert "1,234 credits" in show(job_messages.completed_message(ENGLISH, done, balance(1234), direct=True))
    assert "1,234 credits" in show(job_messages.failed_message(ENGLISH, failed, balance(1234), direct=True))
    for texts in TEXTS:
        for name, notices in samples.pitches(USUAL)[Sequence[Notice]].items():
            several = [replace(notice, credits=4711) for notice in notices]
            posted = pitches.notice_text(texts, several, direct=False)
            direct = pitches.notice_text(texts, several[:1], direct=True)
            assert "<@7> <@8>" in posted, name
            assert not re.search(r"4.?711", posted), name
            assert re.search(r"4.?711", direct), name
            assert "https://discord.com/channels/2/10/77" in posted
            assert "https://discord.com/channels/2/10/77" in direct
            assert "  " not in posted + direct


def test_a_notification_is_recognized_by_its_color() -> None:
    """An earlier attempt's message is not sent twice, in any language."""
    assert len({job_messages.COLOURS[each].value for each in NotificationType}) == len(NotificationType)


def test_the_filter_for_open_movies_has_another_name_than_any_state() -> None:
    for texts in TEXTS:
        labels = [job_status.state_label(texts, state).split(maxsplit=1)[1] for state in JobState]
        assert texts("commands-movies-running").casefold() not in map(str.casefold, labels)
