"""Write docs/settings.md from the settings and from .env.example.

Names, values and defaults are those of `bot.settings.Settings`; .env.example has the order and the explanations.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "settings.md"

sys.path.insert(0, str(ROOT))

from bot.settings import Settings  # noqa: E402 - found only now

HEAD = """\
# Settings

<!-- Written by scripts/generate_settings_page.py. Change bot/settings.py or .env.example, and run it again. -->

Read from the environment, or from the file `.env` in the folder that the bot starts in; the environment wins. Only the
first two are required. To begin, copy `.env.example` so that only you can read it: `install -m 600 .env.example .env`.
`python -m bot check` names every mistake.
"""

KINDS = {"integer": "a whole number", "number": "a number", "boolean": "`true` or `false`"}


def page() -> str:
    """Return the whole page."""
    return HEAD + "".join(
        f"\n## {name}\n\n{linked(text)}\n{facts(name, example)}" for name, text, example in explanations(read_example())
    )


def read_example() -> str:
    """Return the text of .env.example."""
    return (ROOT / ".env.example").read_text(encoding="utf-8")


def explanations(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield each setting's name, explanation, and the value in a line that is commented out.

    Settings without lines between them share an explanation.
    """
    above: list[str] = []
    last: list[str] = []
    for line in text.splitlines():
        if found := re.fullmatch(r"(# )?([A-Z_]+)=(.*)", line):
            last, above = above or last, []
            yield found[2], " ".join(last), found[3] if found[1] else ""
        elif line.startswith("# "):
            above.append(line[2:])
        else:
            above = []


def linked(text: str) -> str:
    """Mark up the settings and pages that an explanation names."""
    names = "|".join(sorted((each.upper() for each in Settings.model_fields), reverse=True))
    marked = rf"(https?://\S+[\w/])|\w+://\S+\w|(?<![`\w])(?:{names})(?:=[\w.-]*\w)?(?![`\w])"
    text = re.sub(marked, lambda found: f"<{found[0]}>" if found[1] else f"`{found[0]}`", text)
    return re.sub(r"docs/(\S+\.md)", r"[\g<0>](\1)", text)


def facts(name: str, example: str) -> str:
    """Return what a setting takes, its default, and an example of what has none."""
    schema = Settings.model_json_schema()
    field = schema["properties"][name]
    default = field.get("default")
    choices = field.get("anyOf", [field])
    values = schema["$defs"][field["$ref"].rpartition("/")[2]]["enum"] if "$ref" in field else []
    facts = [
        ("Required", "yes") if name in schema["required"] else None,
        ("Values", ", ".join(f"`{each}`" for each in values) or takes(choices[0])),
        ("Default", shown(default)),
        ("Example", f"`{name}={example}`" if example and not shown(default) else ""),
    ]
    lines = [f"- {each[0]}: {each[1]}\n" for each in facts if each and each[1]]
    return "\n" + "".join(lines) if lines else ""


def takes(schema: dict[str, object]) -> str:
    """Return the kind of a value and its bounds."""
    kind = KINDS.get(str(schema.get("type")), "")
    minimum, maximum = schema.get("minimum"), schema.get("maximum")
    if isinstance(maximum, int | float):
        above = f"from {minimum:,g}" if isinstance(minimum, int | float) else f"above {schema['exclusiveMinimum']}"
        return f"{kind} {above} to {maximum:,.0f}"
    return kind


def shown(default: object) -> str:
    """Return a default, if it is the same wherever the bot runs and whatever else is set."""
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if default in (None, "", ".", []):
        return ""
    return f"`{str(default).removeprefix(f'{ROOT}/')}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
