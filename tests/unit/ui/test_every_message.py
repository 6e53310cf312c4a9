"""What the bot shows: its words in every language, its limits, that no text is left out, and what holds of several.

After a change that is meant: `.venv/bin/python -m pytest tests/unit/ui/test_every_message.py --snapshot-update`, and
read the difference.
"""

import difflib
import enum
import functools
import itertools
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.domain.catalogue import AspectRatio, SpokenLanguage, Tone
from bot.domain.delivery import NotificationType
from bot.domain.jobs import JobState
from bot.domain.message import Notice
from bot.domain.server_setup import SETTINGS
from bot.domain.setting_kinds import EnumChoice
from bot.domain.text import Language
from bot.locales.texts import Texts, texts_in
from bot.ui import extras, job_messages, job_status, pitches
from bot.ui.server_setup import choice_text
from tests.helpers import locale_files
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import CATALOGUE, balance, job
from tests.helpers.shown import broken, marked_up, show
from tests.helpers.snapshots import TextFile
from tests.unit.ui import samples
from tests.unit.ui.messages import functions, messages
from tests.unit.ui.samples import JOB_ID, Outside

USUAL = Outside()
TEXTS = [*map(texts_in, Language)]
_SIGNS = "~~gone~~ <@666> [a](https://evil.test) @here ||spoiler|| **bold** `code` "
HOSTILE = Outside(
    (_SIGNS * 100)[:4000],
    _SIGNS[:32],
    _SIGNS * 9,
    "*" * 100,
    f"https://movies.test/{'a' * 1900}",
    10**7,
    2**63 - 30,
    crowded=True,
)
"""The longest words, with all that Discord could take for more than words."""

LIVE = re.compile(r"~gone|<@666|://evil|@here|\|\|spoiler")


ALIKE = {
    "job_status.outage_text": "only an outage that the operator can end is told as one",
    "server_setup.not_set_text": "several settings have the bot's default, none, or all",
}
"""Functions that say the same of several members of an enum, and why."""


def written(texts: Texts, wanted: Collection[tuple[str, str]] | None = None) -> str:
    """Return these messages as a text: what is long is compared with the first look."""
    parts: list[str] = []
    for name, variants in messages(USUAL):
        looks: dict[str, list[str]] = {}
        for label, render in variants.items():
            if wanted is None or (name, label) in wanted:
                looks.setdefault(short(show(render(texts))), []).append(label)
        if not looks:
            continue
        most, first = max(looks, key=lambda look: len(looks[look])), next(iter(looks))
        parts.append(f"=== {name}")
        for look, labels in looks.items():
            label = "usually" if look == most and len(labels) > 2 else "; ".join(filter(None, labels))
            parts += [*([f"{label or 'plain'}:"] if len(looks) > 1 else []), compared(first, look)]
    return "\n".join(parts) + "\n"


def compared(first: str, look: str) -> str:
    before, after = first.splitlines(), look.splitlines()
    if look == first or len(after) < 6:
        return look
    lines = [*difflib.unified_diff(before, after, n=0, lineterm="")][2:]
    return "\n".join(line for line in lines if not line.startswith("@@ "))


def short(text: str) -> str:
    lines = [(line, len([*same])) for line, same in itertools.groupby(text.replace(JOB_ID, "ID").splitlines())]
    counted = "\n".join(line if count == 1 else f"{line} ({count} times)" for line, count in lines)
    return re.sub(r"(.)\1{29,}", lambda found: f"{found[1]}({len(found[0])})", counted)


def test_every_message_reads_as_before(snapshot: SnapshotAssertion) -> None:
    assert written(texts_in(Language.ENGLISH)) == snapshot.use_extension(TextFile)


@pytest.mark.parametrize("language", [language for language in Language if language is not Language.ENGLISH])
def test_every_text_reads_as_before(language: Language, snapshot: SnapshotAssertion) -> None:
    assert written(texts_in(language), first_uses()[0]) == snapshot.use_extension(TextFile)


@functools.cache
def first_uses() -> tuple[set[tuple[str, str]], set[str]]:
    """Return the messages that first show a text, and all texts that any message shows."""
    found, asked, original = set[tuple[str, str]](), set[str](), Texts.__call__

    def recording(texts: Texts, message_id: Any, /, **arguments: str | int) -> str:
        asked.add(message_id)
        return original(texts, message_id, **arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Texts, "__call__", recording)
        for name, variants in messages(USUAL):
            for label, render in variants.items():
                before = len(asked)
                render(texts_in(Language.ENGLISH))
                if len(asked) > before:
                    found.add((name, label))
    return found, asked


def test_every_text_is_in_a_message() -> None:
    _, asked = first_uses()
    entries = locale_files.entries(Language.ENGLISH).values()
    inner = {reference for entry in entries for reference in entry.references}
    assert {*locale_files.messages(Language.ENGLISH)} - asked - inner == set()


@pytest.mark.parametrize("in_all_languages", [False, pytest.param(True, marks=pytest.mark.full)])
def test_every_message_fits_and_nothing_from_outside_is_more_than_words(
    caplog: pytest.LogCaptureFixture, *, in_all_languages: bool
) -> None:
    """With the longest and most hostile words. `make test` has other languages where English is longest."""
    assert [*wrong(HOSTILE, in_all_languages=in_all_languages)] == []
    assert [record.message for record in caplog.records] == [], "a text that can't be formatted is logged"


def wrong(outside: Outside, *, in_all_languages: bool) -> Iterator[tuple[str, str, object]]:
    for name, variants in messages(outside):
        english = {label: render(texts_in(Language.ENGLISH)) for label, render in variants.items()}
        longest = max(english, key=lambda label: len(show(english[label])))
        others = [
            (f"{label} {language}", variants[label](texts_in(language)))
            for label in (variants if in_all_languages else (longest,))
            for language in Language
        ]
        for label, shown in [*english.items(), *others]:
            if found := broken(shown) or LIVE.findall(marked_up(shown)):
                yield name, label, found


def test_each_member_of_an_enum_has_its_own_words_in_every_language() -> None:
    members: list[tuple[str, Callable[[Texts, Any], Any], Iterable[Any]]] = [
        ("choices", extras.choice_name, (*AspectRatio, *SpokenLanguage, *Tone)),
        ("reasons", job_status.reason_text, samples.reasons(USUAL).values()),
    ]
    for name, function, hints in functions():
        kinds = [hint for parameter, hint in hints.items() if parameter != "return"]
        enums = [hint for hint in kinds if isinstance(hint, type) and issubclass(hint, enum.Enum)]
        if len(kinds) == 2 and len(enums) == 1 and name not in ALIKE:
            members.append((name, function, enums[0]))
    for name, setting in SETTINGS.items():
        if isinstance(setting, EnumChoice):
            members.append((name, lambda t, each, setting=setting: choice_text(t, setting, each), setting.members))
    said = {
        f"{name} in {texts.language}": Counter(show(function(texts, each)) for each in kinds)
        for name, function, kinds in members
        for texts in TEXTS
    }
    assert len(said) > 60
    assert {where: words for where, words in said.items() if max(words.values()) > 1} == {}


def test_only_a_direct_message_says_what_a_member_has_left_or_paid() -> None:
    done, failed = job(JobState.COMPLETED), job(JobState.FAILED)
    assert "1,234 credits" in show(job_messages.completed_message(ENGLISH, done, CATALOGUE, balance(1234), direct=True))
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


def test_a_notification_has_its_own_color_and_the_filter_for_open_movies_another_name_than_any_state() -> None:
    assert len({job_messages.COLOURS[each].value for each in NotificationType}) == len(NotificationType)
    for texts in TEXTS:
        labels = [job_status.state_label(texts, state).split(maxsplit=1)[1] for state in JobState]
        assert texts("commands-movies-running").casefold() not in map(str.casefold, labels)
