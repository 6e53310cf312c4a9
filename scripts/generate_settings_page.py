"""Write docs/settings.md and .env.example from bot/settings.py.

The text under a setting explains it, and an example is in its `Field`.
"""

from __future__ import annotations

import ast
import itertools
import re
import sys
import textwrap
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "settings.md"
ENV_FILE = ROOT / ".env.example"

sys.path.insert(0, str(ROOT))

from bot.settings import Settings  # noqa: E402 - found only now

HEAD = """\
# Settings

<!-- Written by scripts/generate_settings_page.py. Change bot/settings.py, and run it again. -->

Read from the environment, or from the file `.env` in the folder that the bot starts in; the environment wins. Only the
first two are required. `python -m bot init` asks for them and writes the file. To write it yourself, begin with a copy
of `.env.example` that only you can read: `install -m 600 .env.example .env`. `python -m bot check` names every mistake.
"""

ENV_HEAD = """\
# `python -m bot init` writes .env for you. By hand, copy this file so that only you can read it:
#   install -m 600 .env.example .env
# Fill in the first two. Everything else has a default (shown).

"""

KINDS = {"integer": "a whole number", "number": "a number", "boolean": "`true` or `false`"}


def page() -> str:
    """Return the whole page."""
    return HEAD + "".join(f"\n## {name}\n\n{linked(text)}\n{facts(name)}" for name, text in explanations().items())


def env_file() -> str:
    """Return a file to begin with: a setting that has no default of its own is commented out."""
    schema, lines = Settings.model_json_schema(), list[str]()
    for name, text in explanations().items():
        field = schema["properties"][name]
        default, example = shown(field.get("default")).strip("`"), example_of(field)
        commented = "# " if example or not (default or name in schema["required"]) else ""
        lines += [*textwrap.wrap(text, 122, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)]
        lines.append(f"{commented}{name}={example or default}")
    return ENV_HEAD + "\n".join(lines) + "\n"


def explanations() -> dict[str, str]:
    """Return each setting's text by its name."""
    tree = ast.parse((ROOT / "bot" / "settings.py").read_text(encoding="utf-8"))
    [settings] = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Settings"]
    found: dict[str, str] = {}
    for field, text in itertools.pairwise(settings.body):
        match field, text:
            case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(words))):
                found[name.upper()] = " ".join(words.split())
            case _:
                pass
    return found


def example_of(field: dict[str, Any]) -> str:
    """Return the example of a setting whose default is not the same for everyone."""
    examples = field.get("examples") or field.get("anyOf", [{}])[0].get("examples") or [""]
    return str(examples[0])


def linked(text: str) -> str:
    """Mark up the settings and pages that an explanation names."""
    names = "|".join(sorted((each.upper() for each in Settings.model_fields), reverse=True))
    marked = rf"(https?://\S+[\w/])|\w+://\S+\w|(?<![`\w])(?:{names})(?:=[\w.-]*\w)?(?![`\w])"
    text = re.sub(marked, lambda found: f"<{found[0]}>" if found[1] else f"`{found[0]}`", text)
    return re.sub(r"docs/(\S+\.md)", r"[\g<0>](\1)", text)


def facts(name: str) -> str:
    """Return what a setting takes, its default, and an example of what has none."""
    schema = Settings.model_json_schema()
    field = schema["properties"][name]
    default, example = field.get("default"), example_of(field)
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
    ENV_FILE.write_text(env_file(), encoding="utf-8")
