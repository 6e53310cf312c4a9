"""Words added to a prompt, kept in edits that leave them unchanged."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.quote import Quote
from bot.domain.wording import Wording
from tests.helpers import factories

NOIR = Wording("a fox", "a fox", 3, "noir")
SHOWN = "a fox. Wide shot. Black and white."


def test_only_an_edit_of_ones_own_words_keeps_what_was_added() -> None:
    for base in ("a fox", "an owl", "a fox at night"):
        assert NOIR.edited(SHOWN, SHOWN.replace("a fox", base)) == replace(NOIR, own=base, base=base)
    for edited in ("a fox", "a fox. Wide shot. Black and blue.", "", ". Wide shot. Black and white.", "an owl"):
        assert NOIR.edited(SHOWN, edited) is None
    idea = Wording("a fox", "A robot learns to dance.")
    assert idea.edited(idea.base, idea.base) == idea
    assert idea.edited(idea.base, "A robot learns to sing.") is None


def test_only_a_prompt_without_additions_is_ones_own() -> None:
    assert [each.member_words for each in (NOIR, Wording("a fox", "an idea"))] == ["a fox", ""]
    assert Wording("a fox", "a fox").is_own
    for other in (NOIR, replace(NOIR, style=None), replace(NOIR, improvement=None), Wording("a fox", "an owl")):
        assert not other.is_own


def test_a_quote_keeps_its_wording_through_an_edit_that_changes_nothing() -> None:
    quote = Quote("0quote", 10, 20, 1, factories.request(SHOWN), 100, 0, wording=NOIR)
    assert quote.wording_of(f" {SHOWN}\u200b\n") == quote.full_wording == NOIR
    plain = replace(quote, wording=None)
    assert (plain.wording_of(SHOWN), plain.full_wording) == (None, Wording(SHOWN, SHOWN))
    assert (plain.root, replace(plain, root_id="0first").root) == ("0quote", "0first")
