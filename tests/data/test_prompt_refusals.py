"""Prompts that break a rule, on both engines: never ordered, counted once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import PromptFilterError
from bot.domain.moderation import PromptRefused
from bot.domain.orders import ALWAYS_CONFIRM, Order, OrderContext, OrderPlaced, OrderRefused, QuotePreview
from bot.domain.prompt_filter import MAX_RULES, OPERATOR, OWN, PRESETS, FilterRule, RuleProblem
from bot.domain.quota import AuditContext, Block
from bot.domain.refusal import Refused
from bot.domain.request import Draft
from bot.domain.server_setup import ServerSetup
from bot.domain.setting_kinds import SettingValue
from bot.domain.text import Language, Wording
from data import blocks, orders, pledging, prompt_refusals, retention
from data.filters import PROBLEMS, CompiledFilters, load_operator_rules, load_preset, rules_of
from tests.helpers.at_time import at_time, under
from tests.helpers.ledger_checks import assert_ledger_consistent, execute, query
from tests.helpers.member_data import erase
from tests.helpers.refusing import is_refused
from tests.helpers.server_settings import change_setup
from tests.helpers.store_harness import ALICE, BOB, CAROL, CHANNEL, DAY, GUILD, HOUR, NOW, StoreHarness

RULE, BAD, GOOD = "forbidden ... fruit", "a forbidden red fruit", "a red balloon"
MIDNIGHT = NOW + 12 * HOUR
ELSEWHERE = GUILD + 1


async def choose(store: StoreHarness, *, guild: int = GUILD, **values: SettingValue) -> None:
    assert (await change_setup(store.database, AuditContext(CAROL, guild), NOW, **values)).changed


class Orders:
    def __init__(self, store: StoreHarness, *operator_rules: str) -> None:
        self.store = store
        self.filters = CompiledFilters([FilterRule(text, OPERATOR) for text in operator_rules])
        self.last_interaction = 100

    async def place(self, prompt: str, now: int = NOW, *, own_words: str | None = None, **how: Any) -> object:
        return await self.submit(at_time(now, under(orders.place, filters=self.filters)), prompt, own_words, **how)

    async def pitch(self, prompt: str, *, own_words: str | None = None) -> object:
        return await self.submit(under(pledging.pitch, filters=self.filters), prompt, own_words)

    async def quote(self, prompt: str, *, own_words: str | None = None, keep: bool = False, **how: Any) -> object:
        """Make a quote, or with `keep` one of what can't be ordered now."""
        missing = ("embed_links",) if keep else ()
        return await self.place(prompt, own_words=own_words, confirm=ALWAYS_CONFIRM, missing=missing, **how)

    async def submit(
        self,
        function: Callable[..., object],
        prompt: str,
        own_words: str | None,
        *,
        member: int = ALICE,
        guild: int = GUILD,
        interaction: int | None = None,
        **how: Any,
    ) -> object:
        """Submit an order of which the member wrote `own_words`, or all."""
        if interaction is None:
            interaction = self.last_interaction = self.last_interaction + 1
        context = OrderContext(interaction, guild, CHANNEL, member, (), "ada")
        wording = None if own_words is None else Wording(own_words, own_words, style="house")
        order = Order(context, Draft(prompt, 10, "LUMA"), wording=wording, **how)
        made = await self.store.database.write(function, order)
        return made.reason if isinstance(made, OrderRefused) else made


def refused(hits: int, category: str = OWN, *, until: int | None = None) -> PromptRefused:
    """Return a refusal; `until` ends the time-out that began with it."""
    return PromptRefused(category, hits, None if until is None else Block(until, "", is_timeout=True))


def logged(store: StoreHarness) -> list[tuple[object, ...]]:
    rows = query(
        store.place, "SELECT * FROM audit_log WHERE action IN ('prompt_refused', 'time_out', 'unblock') ORDER BY id"
    )
    return [(row["action"], row["actor_id"], row["subject_id"], row["rule"], row["reason"]) for row in rows]


def written(store: StoreHarness) -> list[int]:
    return [len(query(store.place, f"SELECT 1 FROM {table}")) for table in ("jobs", "quotes", "pitches")]


async def test_nothing_is_held_or_kept_of_a_prompt_that_breaks_a_rule(store: StoreHarness) -> None:
    await choose(store, filter_rules=(RULE,))
    asked = Orders(store)
    assert await asked.place(BAD) == refused(1)
    assert await asked.quote(BAD, keep=True) == refused(2)
    assert written(store) == [0, 0, 0]
    assert assert_ledger_consistent(store.place) == {}
    assert logged(store) == [("prompt_refused", ALICE, ALICE, RULE, BAD)] * 2
    assert await asked.place(BAD, confirm=ALWAYS_CONFIRM) == refused(3, until=NOW + DAY)
    assert is_refused(await asked.quote(BAD), "refusals-blocked")
    assert await asked.quote(BAD, member=BOB) == refused(1)
    assert logged(store)[-1] == ("prompt_refused", BOB, BOB, RULE, BAD)
    assert written(store) == [0, 0, 0]


async def test_a_changed_rule_counts_at_once_in_every_process(store: StoreHarness) -> None:
    here, elsewhere = Orders(store), Orders(store)
    elsewhere.last_interaction = 500
    assert isinstance(await here.quote(BAD), QuotePreview)
    await choose(store, filter_rules=(RULE,))
    assert [await here.quote(BAD), await elsewhere.quote(BAD)] == [refused(1), refused(2)]
    await choose(store, filter_rules=("another",))
    assert isinstance(await here.quote(BAD), QuotePreview)
    assert isinstance(await elsewhere.quote(BAD), QuotePreview)
    await choose(store, filter_presets=("en-US/sexual",))
    assert await elsewhere.quote("a porn movie") == refused(3, "sexual", until=NOW + DAY)


async def test_the_rules_of_one_server_are_not_anothers_but_the_operators_are(store: StoreHarness) -> None:
    await choose(store, filter_rules=(RULE,), guild=ELSEWHERE)
    asked = Orders(store, "cursed")
    assert await asked.place(BAD, guild=ELSEWHERE) == refused(1)
    assert isinstance(await asked.place(BAD), OrderPlaced)
    for guild, hits in ((ELSEWHERE, 2), (GUILD, 1)):
        assert await asked.place("a cursed red fruit", guild=guild) == refused(hits, OPERATOR)
    rows = query(store.place, "SELECT * FROM audit_log WHERE action = 'prompt_refused' ORDER BY id")
    noted = [(row["guild_id"], row["rule"], row["rule_category"]) for row in rows]
    assert noted == [(ELSEWHERE, RULE, OWN), (ELSEWHERE, None, OPERATOR), (GUILD, None, OPERATOR)]


async def test_an_interaction_counts_once_and_its_words_and_rule_go_with_the_retention(store: StoreHarness) -> None:
    await choose(store, filter_rules=(RULE,))
    asked = Orders(store)
    assert [await asked.place(BAD, interaction=7) for _ in range(3)] == [refused(1)] * 3
    assert len(logged(store)) == 1
    assert await store.database.write(retention.clear_old, "audit_log", NOW + 1) == 1
    assert logged(store) == [("prompt_refused", ALICE, ALICE, None, "")]


async def test_the_third_prompt_of_a_day_is_a_time_out_that_managers_can_end(store: StoreHarness) -> None:
    await choose(store, filter_rules=(RULE,))
    asked = Orders(store)
    found = [await asked.place(BAD, NOW + number) for number in range(5)]
    timeout = Block(NOW + 2 + DAY, "", is_timeout=True)
    still = Refused("refusals-blocked", {"block": timeout})
    assert found == [refused(1), refused(2), PromptRefused(OWN, 3, timeout), still, still]
    assert await asked.place(GOOD, NOW + 9) == still
    assert await store.database.read(at_time(NOW + 9, blocks.active_blocks), GUILD) == ((ALICE, timeout),)
    assert [row[0] for row in logged(store)] == ["prompt_refused"] * 3 + ["time_out"]
    assert await store.database.write(at_time(NOW + 2, blocks.unblock), ALICE, by=AuditContext(CAROL, GUILD))
    assert isinstance(await asked.place(GOOD, NOW + 11), OrderPlaced)
    assert [await asked.place(BAD, NOW + 12), await asked.place(BAD, NOW + 13)] == [refused(1), refused(2)]


async def test_new_rules_are_compiled_once_and_outside_of_transactions(store: StoreHarness) -> None:
    """A thousand take 160 ms, and other orders wait for the locks of a transaction."""
    await choose(store, filter_rules=(RULE,))
    asking, compiled = set[int](), list[bool]()

    class Filters(CompiledFilters):
        def broken_by(self, setup: ServerSetup, prompt: str) -> FilterRule | None:
            asking.add(threading.get_ident())
            return super().broken_by(setup, prompt)

        def compile(self, setup: ServerSetup) -> None:
            compiled.append(threading.get_ident() in asking)
            super().compile(setup)

    asked = Orders(store)
    asked.filters = Filters()
    assert await asyncio.gather(asked.place(BAD), asked.place(BAD, member=BOB)) == [refused(1)] * 2
    assert compiled == [False]


async def test_more_rules_than_are_kept_are_compiled_once(store: StoreHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.filters._MAX_KEPT_WORDS", 1)
    await choose(store, filter_rules=(RULE,), filter_presets=("en-US/gore",))
    await choose(store, guild=ELSEWHERE, filter_rules=("red ... fruit",))
    asked = Orders(store)
    async with asyncio.timeout(20):
        for guild, hits in ((GUILD, 1), (ELSEWHERE, 1), (GUILD, 2)):
            assert await asked.place(BAD, guild=guild) == refused(hits)


async def test_each_day_begins_at_zero_and_so_does_each_server(store: StoreHarness) -> None:
    await choose(store, filter_rules=(RULE,))
    asked = Orders(store)
    assert [await asked.place(BAD, MIDNIGHT - 2), await asked.place(BAD, MIDNIGHT - 1)] == [refused(1), refused(2)]
    assert await asked.place(BAD, MIDNIGHT) == refused(1)
    for now, hits in ((MIDNIGHT - 2, 1), (MIDNIGHT, 1)):
        assert await store.database.read(at_time(now, prompt_refusals.count), GUILD, ALICE) == hits
    assert await store.database.read(at_time(MIDNIGHT, prompt_refusals.count), ELSEWHERE, ALICE) == 0


async def test_only_the_members_own_words_count(store: StoreHarness) -> None:
    """Words that the bot or a style added are refused, too, but not counted."""
    await choose(store, filter_rules=(RULE,))
    asked = Orders(store)
    for own in ("a calm lake", ""):
        assert await asked.place(f"{own}, {BAD}", own_words=own) == refused(0)
        assert await asked.pitch(f"{own}, {BAD}", own_words=own) == refused(0)
    assert await asked.quote(f"a calm lake, {BAD}", own_words="a calm lake") == refused(0)
    assert await asked.place(f"{BAD}, {BAD}", own_words=BAD) == refused(1)
    assert await asked.pitch(BAD) == refused(2)
    assert len(logged(store)) == 2
    assert written(store) == [0, 0, 0]


async def test_an_erasure_is_no_way_out(store: StoreHarness) -> None:
    await choose(store, filter_rules=(RULE,))
    asked, late = Orders(store), MIDNIGHT - 9
    for _ in range(2):
        await asked.place(BAD)
    assert await erase(store.database, ALICE, late)
    assert [(row[2] < 0, row[3], row[4]) for row in logged(store) if isinstance(row[2], int)] == [(True, None, "")] * 2
    timeout = Block(late + 2 + DAY, "", is_timeout=True)
    assert await asked.place(BAD, late + 2) == PromptRefused(OWN, 3, timeout)
    assert await erase(store.database, ALICE, late + 3)
    assert await asked.place(BAD, late + 4) == Refused("refusals-blocked", {"block": timeout})


async def test_rules_of_another_version_are_left_out(store: StoreHarness) -> None:
    settings = '{"filter_rules": ["**", "fruit"], "filter_presets": ["xx/unknown", "en-US/gore"]}'
    execute(store.place, f"INSERT INTO guild_settings (guild_id, settings) VALUES ({GUILD}, '{settings}')")
    assert await Orders(store).place(BAD) == refused(1)


async def test_what_a_manager_of_the_server_forgave_is_not_remembered_by_an_erasure(store: StoreHarness) -> None:
    await choose(store, filter_rules=(RULE,))
    asked = Orders(store)
    for member, guild in ((BOB, GUILD), (ALICE, ELSEWHERE)):
        for _ in range(2):
            await asked.place(BAD, member=member)
        by = AuditContext(CAROL, guild)
        await store.database.write(at_time(NOW + 20, blocks.block), member, None, by=by)
        assert await store.database.write(at_time(NOW + 21, blocks.unblock), member, by=by)
        assert await erase(store.database, member, NOW + 22)
    assert await asked.place(BAD, NOW + 23, member=BOB) == refused(1)
    assert await asked.place(BAD, NOW + 23) == refused(3, until=NOW + 23 + DAY)


def problems(path: Path, content: bytes | None) -> list[str]:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PromptFilterError) as caught:
        load_operator_rules(path)
    return [each.removeprefix(f"{path} ") for each in caught.value.problems]


def test_rules_comments_and_presets_are_read(tmp_path: Path) -> None:
    path = tmp_path / "rules.txt"
    path.write_bytes("\ufeff# ours\n\n bad word \r\n@ de/slurs\n".encode())
    rules = load_operator_rules(path)
    assert rules[0] == FilterRule("bad word", OPERATOR)
    slurs = [each.text for each in load_preset(Language.GERMAN) if each.category == "slurs"]
    assert [each.text for each in rules[1:]] == slurs
    assert {each.category for each in rules} == {OPERATOR}
    assert load_operator_rules(None) == ()
    assert len(rules_of(PRESETS)) == sum(len(load_preset(language)) for language in Language) <= MAX_RULES
    assert rules_of(["de/gore", "de/minors"])[0].category == "minors"


def test_what_is_wrong_with_a_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rules.txt"
    assert problems(path, None) == ["can't be read: No such file or directory. Check PROMPT_FILTER_PATH."]
    assert problems(path, b"\xff\xfe") == ["isn't UTF-8 text"]
    assert problems(path, b"a\n" * 600_000) == ["is larger than 1 MiB"]
    many = "\n".join(f"w{number}" for number in range(MAX_RULES + 1))
    assert problems(path, many.encode()) == ["has 1,001 rules, presets included, and may have 1,000"]
    found = problems(path, b"fine\nb*d\n@de/fun\n***\n")
    assert [each.split(":")[0] for each in found] == ["line 2", "line 3", "line 4"]
    assert "de/slurs" in found[1]
    assert set(PROBLEMS) == set(RuleProblem)
