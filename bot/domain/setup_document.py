"""A server's setup as a JSON document.

It can be kept, and imported here or in another server. Ids are texts, because many programs round numbers of that
size. A key that is left out leaves its setting as it is.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.domain.server_setup import SETTINGS, ServerSetup
from bot.domain.setting_kinds import InvalidValue, Setting, SettingValue

MAX_DOCUMENT_BYTES: Final = 128 * 1024
"""A whole setup has some kilobytes, and up to 80 more with the longest rules for prompts."""

_VERSION: Final = 1
_VERSION_KEY: Final = "version"


class DocumentReason(StrEnum):
    """What is wrong with a document, or with a key of it."""

    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    OTHER_VERSION = "other_version"
    UNKNOWN_KEY = "unknown_key"
    DUPLICATE_KEY = "duplicate_key"


@dataclass(frozen=True, slots=True)
class DocumentProblem:
    """A problem of a document.

    Lines count from 1. `key` is '' for the whole.
    """

    line: int
    key: str
    reason: DocumentReason | InvalidValue


@dataclass(frozen=True, slots=True, repr=False)
class _Object:
    """A JSON object, with keys that appear twice."""

    items: Sequence[tuple[str, object]]

    def __repr__(self) -> str:
        """Return what a problem says of it."""
        return "{…}"


def write_document(setup: ServerSetup, settings: Iterable[Setting] = SETTINGS.values()) -> str:
    """Write these settings of a setup."""
    values = {setting.name: setting.plain(setup.value(setting)) for setting in settings}
    return json.dumps({_VERSION_KEY: _VERSION, **values}, indent=2, ensure_ascii=False) + "\n"


def read_document(content: bytes, catalogue: Catalogue) -> Mapping[Setting, SettingValue] | Sequence[DocumentProblem]:
    """Return the settings of a document, or all its problems.

    `catalogue` is what the operator offers.
    """
    try:
        text = content.decode("utf-8-sig")
        document: object = json.loads(text, object_pairs_hook=_Object)
    except json.JSONDecodeError as exc:
        return [DocumentProblem(exc.lineno, "", DocumentReason.NOT_JSON)]
    except (ValueError, RecursionError):  # another encoding, a number of thousands of digits, thousands of brackets
        return [DocumentProblem(1, "", DocumentReason.NOT_JSON)]
    if not isinstance(document, _Object):
        return [DocumentProblem(1, "", DocumentReason.NOT_AN_OBJECT)]
    return _Reader(text, document, catalogue).read()


_MAX_PROBLEMS: Final = 50
"""More than a message shows. Each one's line is searched for in the whole text."""


class _Reader:
    """Reads the keys of a document, and collects problems."""

    def __init__(self, text: str, document: _Object, catalogue: Catalogue) -> None:
        self._text = text
        self._document = document
        self._catalogue = catalogue
        self._problems: list[DocumentProblem] = []

    def read(self) -> Mapping[Setting, SettingValue] | Sequence[DocumentProblem]:
        counts = Counter(key for key, _ in self._document.items)
        values = dict(self._document.items)
        for key, count in counts.items():
            if count > 1:
                self._add(key, DocumentReason.DUPLICATE_KEY)
        version = values.pop(_VERSION_KEY, None)
        if version != _VERSION or isinstance(version, bool):
            self._add(_VERSION_KEY, DocumentReason.OTHER_VERSION)
        found: dict[Setting, SettingValue] = {}
        for key, value in values.items():
            setting = SETTINGS.get(key)
            if setting is None:
                self._add(key, DocumentReason.UNKNOWN_KEY)
                continue
            checked = setting.check(value, self._catalogue)
            if isinstance(checked, InvalidValue):
                self._add(key, checked)
            else:
                found[setting] = checked
        return tuple(self._problems) or found

    def _add(self, key: str, reason: DocumentReason | InvalidValue) -> None:
        if len(self._problems) == _MAX_PROBLEMS:
            return
        self._problems.append(DocumentProblem(line_of(self._text, key), key, reason))


def line_of(text: str, key: str) -> int:
    """Return the line of a key; 1 where it is not found."""
    found = re.search(rf"{re.escape(json.dumps(key, ensure_ascii=False))}\s*:", text)
    return 1 if found is None else text.count("\n", 0, found.start()) + 1
