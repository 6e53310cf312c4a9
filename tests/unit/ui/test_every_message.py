"""What the bot shows: its words in every language, its limits, and that no text is left out.

After a change that is meant: `.venv/bin/python -m pytest tests/unit/ui/test_every_message.py --snapshot-update`, and
read the difference.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.domain.text import Language
from bot.locales.texts import Texts, texts_in
from tests.helpers import locale_files
from tests.helpers.shown import broken, marked_up, show
from tests.helpers.snapshots import TextFile
from tests.unit.ui.messages import messages
from tests.unit.ui.samples import JOB_ID, Outside

USUAL = Outside()
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

NOT_SHOWN: dict[str, str] = {}
"""Texts that no message of bot/ui has, and why."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    found, original = Counter[str](), Texts.__call__

    def recording(texts: Texts, message_id: Any, /, **arguments: str | int) -> str:
        found[message_id] += 1
        return original(texts, message_id, **arguments)

    monkeypatch.setattr(Texts, "__call__", recording)
    return found


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
    """Return a look, or if it has several lines, how it differs from the first one."""
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
def test_every_text_reads_as_before(language: Language, asked: Counter[str], snapshot: SnapshotAssertion) -> None:
    assert written(texts_in(language), first_uses(asked)) == snapshot.use_extension(TextFile)


def first_uses(asked: Counter[str]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for name, variants in messages(USUAL):
        for label, render in variants.items():
            before = len(asked)
            render(texts_in(Language.ENGLISH))
            if len(asked) > before:
                found.add((name, label))
    return found


def test_every_text_is_in_a_message(asked: Counter[str]) -> None:
    first_uses(asked)
    entries = locale_files.entries(Language.ENGLISH).values()
    inner = {reference for entry in entries for reference in entry.references}
    assert {*locale_files.messages(Language.ENGLISH)} - {*asked} - inner == {*NOT_SHOWN}


@pytest.mark.parametrize("in_all_languages", [False, pytest.param(True, marks=pytest.mark.full)])
def test_every_message_fits_and_nothing_from_outside_is_more_than_words(
    caplog: pytest.LogCaptureFixture, *, in_all_languages: bool
) -> None:
    """With the longest and most hostile words. `make test` has other languages where English is longest."""
    assert [*wrong(HOSTILE, in_all_languages=in_all_languages)] == []
    assert [record.message for record in caplog.records] == [], "a text that can't be formatted is logged"


def wrong(outside: Outside, *, in_all_languages: bool) -> Iterator[tuple[str, str, object]]:
    """Yield which messages break limits, or let words do something."""
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
