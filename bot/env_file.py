"""A .env file, read with python-dotenv's parser.

The parser gives the number of a broken line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import Final

from dotenv.parser import Binding, parse_stream

_NAME_SIMILARITY: Final = 0.85
"""From this ratio of difflib on, an unknown name is taken for a misspelt setting."""


@dataclass(slots=True)
class EnvFile:
    """The content of a .env file.

    `problems` has one line for each mistake, and `broken` the names that such a line was meant to set.
    """

    values: dict[str, str] = field(default_factory=dict[str, str])
    problems: list[str] = field(default_factory=list[str])
    broken: set[str] = field(default_factory=set[str])


def read_env_file(path: Path, names: Sequence[str]) -> EnvFile:
    """Read the settings in `names`.

    A name that is close to one of them is a problem. All others are ignored.
    """
    found = EnvFile()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return found
    except (OSError, UnicodeDecodeError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) else "it isn't UTF-8 text"
        found.problems.append(f"{path} can't be read: {reason}")
        return found
    for line, binding in _bindings(text):
        if binding.error or binding.key is None or binding.value is None:
            found.problems.append(f"{path} line {line}: expected NAME=value")
            found.broken.update(re.findall(r"[A-Z_]+", binding.original.string.partition("=")[0]))
        elif binding.key in names:
            found.values[binding.key] = binding.value
        elif near := get_close_matches(binding.key.upper(), names, 1, _NAME_SIMILARITY):
            found.problems.append(f"{path} line {line}: unknown setting {binding.key}. Did you mean {near[0]}?")
            found.broken.add(near[0])
    return found


def _bindings(text: str) -> Iterator[tuple[int, Binding]]:
    """Yield the lines of a .env file with their numbers, without comments."""
    for binding in parse_stream(StringIO(text)):
        written = binding.original.string
        blank_lines = written[: len(written) - len(written.lstrip())].count("\n")  # the parser puts them in front
        if binding.error or binding.key is not None:
            yield binding.original.line + blank_lines, binding
