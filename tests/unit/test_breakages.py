"""scripts/breakages.py, which finds what `make breakages` can break."""

from __future__ import annotations

import pytest

from scripts.break_code import ROOT, identity, read_reasons
from scripts.breakages import find

SQL = '"SELECT a FROM t WHERE b = :b AND (c >= 1 OR d IN (2)) ORDER BY a DESC LIMIT 1"'


@pytest.mark.parametrize(
    ("source", "broken"),
    [
        ("if a: b", {"if not (a): b", "if True: b", "if False: b"}),
        ("while a: b", {"while not (a): b", "while False: b"}),
        ("[a for a in b if c]", {f"[a for a in b if {condition}]" for condition in ("not (c)", "True", "False")}),
        ("a = b if c else d", {f"a = b if {condition} else d" for condition in ("not (c)", "True", "False")}),
        ("a = (b or c) and d", {
            f"a = {changed}"
            for changed in ("(b or c) or d", "(b or c)", "d", "(b and c) and d", "(b) and d", "(c) and d")
        }),
        ("a = not b", {"a = b"}),
        ("a = b <= c is not d", {"a = b < c is not d", "a = b <= c is d"}),
        ("a = b * c + d", {"a = b // c + d", "a = b * c - d"}),
        ("a += b", {"a -= b"}),
        ("a = [1, 0.5, True, 'b', 'some prose']", {
            "a = [2, 0.5, True, 'b', 'some prose']",
            "a = [1, 1.0, True, 'b', 'some prose']",
            "a = [1, 0.5, False, 'b', 'some prose']",
            "a = [1, 0.5, True, 'XXb', 'some prose']",
        }),
        ("a(b(c), d=e)", {"pass", "a(c, d=e)", "a(b(c))"}),
        ("import a\nb = a.c(d)", {"b = d"}),
        ("b = a.c(d)", {"b = a"}),
        ("async def a(): await b()", {"async def a(): pass"}),
        ("def a(): return b", {"def a(): return None"}),
        ("def a(): return b == c", {"def a(): return None", "def a(): return not (b == c)", "def a(): return b != c"}),
        (f"a = {SQL}", {
            f"a = {SQL.replace(*change)}"
            for change in [
                ("b = :b AND ", ""), ("AND (c >= 1 OR d IN (2)) ", ""), (" >= ", " > "),
                ("ORDER BY a DESC ", ""), (" DESC", ""), ("LIMIT 1", ""),
            ]
        }),
        ("'Docs'\nfrom a import b\nassert c == 1\n__all__ = ['d']", set()),
        ("def a(b: Literal['c']) -> 'd': _log.info('e', f=g)", set()),
    ],
)  # fmt: skip
def test_each_kind_of_place_is_broken_and_the_rest_stays(source: str, broken: set[str]) -> None:
    found = find("a.py", source)
    assert {each.broken(source).rpartition("\n")[2] for each in found} == broken
    assert all(each.changes_code(source) for each in found)


def test_every_equivalent_breakage_is_still_found() -> None:
    """If it fails, the place has changed: remove its entry."""
    for path, *rest in read_reasons():
        source = (ROOT / path).read_text(encoding="utf-8")
        assert (path, *rest) in {identity(each.key(source)) for each in find(path, source)}
