"""Prompts that break a rule, on both engines: never ordered, counted once."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace

from bot.domain.filter_rules import OPERATOR, OWN
from bot.domain.order import ConfirmationRule, Order, OrderContext, OrderPlaced
from bot.domain.prompt_filter import FilterRule
from bot.domain.prompt_refusal import PromptRefusal, PromptRefused
from bot.domain.quota import AuditAction, AuditContext, Block
from bot.domain.quote import Quote, QuotePreview
from bot.domain.request import Draft
from bot.domain.server_setup import ServerSetup, SettingValue
from bot.domain.wording import Wording
from data import (
    audit_log,
    blocks,
    checked_quotes,
    orders,
    pledging,
    prompt_hits,
    retention,
    server_setup,
)
from data.audit_log import AuditEvent
from data.compiled_filters import CompiledFilters, PromptRules, write_checked
from data.database import Transaction
from data.setup_changes import SetupChanged
from tests.helpers.ledger_checks import assert_ledger_consistent, query
from tests.helpers.member_data import erase
from tests.helpers.server_settings import change_setup
from tests.helpers.store_harness import ALICE, BOB, CAROL, CHANNEL, DAY, GUILD, HOUR, LIMITS, NOW, StoreHarness, a_job
from tests.helpers.worker_harness import CATALOGUE

RULE, BAD, GOOD = "forbidden ... fruit", "a forbidden red fruit", "a red balloon"
MIDNIGHT = NOW + 12 * HOUR
ELSEWHERE = GUILD + 1


async def choose(store: StoreHarness, *, guild: int = GUILD, **values: SettingValue) -> None:
    assert isinstance(await change_setup(store.database, AuditContext(CAROL, guild), NOW, **values), SetupChanged)


class Orders:
    """Orders and quotes of one process, each with its own interaction."""

    def __init__(self, store: StoreHarness, *operator_rules: str) -> None:
        self.store = store
        self.filters = CompiledFilters([FilterRule(text, OPERATOR) for text in operator_rules])
        self.last_interaction = 100

    async def place(
        self,
        prompt: str,
        now: int = NOW,
        *,
        member: int = ALICE,
        guild: int = GUILD,
        interaction: int | None = None,
        confirm: ConfirmationRule | None = None,
        own_words: str | None = None,
    ) -> object:
        """Order a prompt."""
        return await self.store.database.write(
            orders.place,
            self.filters,
            self.context(member, interaction, guild),
            Draft(prompt, 10, "LUMA"),
            CATALOGUE,
            LIMITS,
            now,
            confirm=confirm,
            own_words=own_words,
        )

    async def pitch(self, prompt: str, *, own_words: str | None = None) -> object:
        """Pitch a prompt."""
        draft, context = Draft(prompt, 10, "LUMA"), self.context(ALICE, None)
        return await self.store.database.write(
            pledging.pitch, self.filters, context, draft, CATALOGUE, LIMITS, NOW, own_words=own_words
        )

    async def quote(
        self, prompt: str, *, member: int = ALICE, wording: Wording | None = None, keep: bool = False
    ) -> QuotePreview | Quote | PromptRefusal | object:
        """Make a quote, or with `keep` one that need not fit."""
        context = self.context(member, None)
        request = replace(a_job(1).request, prompt=prompt)
        order = Order(context, request, 100, wording)
        quote = Quote(f"q{context.interaction_id}", GUILD, CHANNEL, member, request, 100, NOW, None, wording)
        make = checked_quotes.save if keep else checked_quotes.create
        return await self.store.database.write(make, self.filters, order, quote, LIMITS)

    def context(self, member: int, interaction: int | None, guild: int = GUILD) -> OrderContext:
        """Return a new interaction's context."""
        if interaction is None:
            interaction = self.last_interaction = self.last_interaction + 1
        return OrderContext(interaction, guild, CHANNEL, member, (), "ada")


def refused(hits: int, category: str = OWN, *, until: int | None = None) -> PromptRefused:
    """Return a refusal; `until` ends the time-out that began with it."""
    return PromptRefused(category, hits, None if until is None else Block(until, "", is_timeout=True))


def logged(store: StoreHarness) -> list[tuple[object, ...]]:
    rows = query(
        store.place,
        "SELECT * FROM audit_log WHERE action IN ('prompt_refused', 'time_out', 'unblock') ORDER BY id",
    )
    return [(row["action"], row["actor_id"], row["subject_id"], row["rule"], row["reason"]) for row in rows]


def written(store: StoreHarness) -> list[int]:
    """Count jobs, quotes and pitches."""
    return [len(query(store.place, f"SELECT 1 FROM {table}")) for table in ("jobs", "quotes", "pitches")]


async def test_nothing_is_held_or_kept_of_a_prompt_that_breaks_a_rule(store: StoreHarness) -> None:
    await choose(store, filter_rules=(RULE,))
    asked = Orders(store)
    assert await asked.place(BAD) == refused(1)
    assert await asked.quote(BAD, keep=True) == refused(2)
    assert written(store) == [0, 0, 0]
    assert assert_ledger_consistent(store.place) == {}
    assert logged(store) == [("prompt_refused", ALICE, ALICE, RULE, BAD)] * 2
    assert await asked.place(BAD, confirm=ConfirmationRule(0)) == refused(3, until=NOW + DAY)
    assert isinstance(await asked.quote(BAD), Block)
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
    assert [await asked.place("a cursed red fruit", guild=each) for each in (ELSEWHERE, GUILD)] == [
        refused(2, OPERATOR),
        refused(1, OPERATOR),
    ]
    rows = query(store.place, "SELECT * FROM audit_log WHERE action = 'prompt_refused' ORDER BY id")
    assert [(row["guild_id"], row["rule"], row["rule_category"]) for row in rows] == [
        (ELSEWHERE, RULE, OWN),
        (ELSEWHERE, None, OPERATOR),
        (GUILD, None, OPERATOR),
    ]


async def test_an_interaction_that_two_processes_got_counts_once(store: StoreHarness) -> None:
    await choose(store, filter_rules=(RULE,))
    asked = Orders(store)
    assert [await asked.place(BAD, interaction=7) for _ in range(3)] == [refused(1)] * 3
    assert len(logged(store)) == 1


async def test_the_third_prompt_of_a_day_is_a_time_out_that_managers_can_end(store: StoreHarness) -> None:
    """Tries during the time-out are refused, but neither counted nor logged."""
    await choose(store, filter_rules=(RULE,))
    asked = Orders(store)
    found = [await asked.place(BAD, NOW + number) for number in range(5)]
    timeout = Block(NOW + 2 + DAY, "", is_timeout=True)
    assert found == [refused(1), refused(2), PromptRefused(OWN, 3, timeout), timeout, timeout]
    rejected = await asked.place(GOOD, NOW + 9)
    assert getattr(rejected, "reason", None) == timeout
    assert await store.database.read(blocks.active_blocks, GUILD, NOW + 9) == ((ALICE, timeout),)
    assert [row[0] for row in logged(store)] == ["prompt_refused"] * 3 + ["time_out"]
    assert await store.database.write(blocks.unblock, ALICE, by=AuditContext(CAROL, GUILD), now=NOW + 10)
    assert isinstance(await asked.place(GOOD, NOW + 11), OrderPlaced)
    assert [await asked.place(BAD, NOW + 12), await asked.place(BAD, NOW + 13)] == [refused(1), refused(2)]


async def test_each_day_begins_at_zero_and_so_does_each_server(store: StoreHarness) -> None:
    await choose(store, filter_rules=(RULE,))
    asked = Orders(store)
    assert [await asked.place(BAD, MIDNIGHT - 2), await asked.place(BAD, MIDNIGHT - 1)] == [refused(1), refused(2)]
    assert await asked.place(BAD, MIDNIGHT) == refused(1)
    for now, hits in ((MIDNIGHT - 2, 1), (MIDNIGHT, 1)):
        assert await store.database.read(prompt_hits.count, GUILD, ALICE, now) == hits
    assert await store.database.read(prompt_hits.count, ELSEWHERE, ALICE, MIDNIGHT) == 0


async def test_only_the_members_own_words_count(store: StoreHarness) -> None:
    """Words that the bot or a style added are refused, too, but not counted."""
    await choose(store, filter_rules=(RULE,))
    asked = Orders(store)
    for own in ("a calm lake", ""):
        assert await asked.place(f"{own}, {BAD}", own_words=own) == refused(0)
        assert await asked.pitch(f"{own}, {BAD}", own_words=own) == refused(0)
    wording = Wording("a calm lake", "a calm lake", style="house")
    assert await asked.quote(f"a calm lake, {BAD}", wording=wording) == refused(0)
    assert await asked.place(f"{BAD}, {BAD}", own_words=BAD) == refused(1)
    assert await asked.pitch(BAD) == refused(2)
    assert len(logged(store)) == 2
    assert written(store) == [0, 0, 0]


async def test_an_erasure_is_no_way_out(store: StoreHarness) -> None:
    """The count and time-out stay, but the log forgets words and member."""
    await choose(store, filter_rules=(RULE,))
    asked, late = Orders(store), MIDNIGHT - 9
    for _ in range(2):
        await asked.place(BAD)
    assert await erase(store.database, ALICE, late)
    assert [(row[2] < 0, row[3], row[4]) for row in logged(store) if isinstance(row[2], int)] == [(True, None, "")] * 2
    timeout = Block(late + 2 + DAY, "", is_timeout=True)
    assert await asked.place(BAD, late + 2) == PromptRefused(OWN, 3, timeout)
    assert await erase(store.database, ALICE, late + 3)
    assert await asked.place(BAD, late + 4) == timeout


async def test_old_words_and_rules_go_with_the_retention(store: StoreHarness) -> None:
    await choose(store, filter_rules=(RULE,))
    await Orders(store).place(BAD)
    assert await store.database.write(retention.clear_reasons, NOW + 1) == 1
    assert logged(store) == [("prompt_refused", ALICE, ALICE, None, "")]


async def test_the_log_has_the_number_of_rules_and_not_their_words(store: StoreHarness) -> None:
    await choose(store, filter_rules=(RULE, "word"))
    await choose(store, filter_rules=())
    rows = query(store.place, "SELECT setting, setting_value FROM audit_log ORDER BY id")
    assert [(row["setting"], row["setting_value"]) for row in rows] == [("filter_rules", "2"), ("filter_rules", "0")]


async def test_rules_of_another_version_are_left_out(store: StoreHarness) -> None:
    """Orders must not fail because of unknown rules."""

    def write(tx: Transaction) -> None:
        tx.execute(
            "INSERT INTO guild_settings (guild_id, language, filter_rules, filter_presets)"
            """ VALUES (:guild_id, 'en-US', '["**", "fruit"]', '["xx/unknown", "en-US/gore"]')""",
            {"guild_id": GUILD},
        )

    await store.database.write(write)
    assert await Orders(store).place(BAD) == refused(1)


class WatchedFilters(CompiledFilters):
    """Records in which threads rules are compiled."""

    def __init__(self) -> None:
        super().__init__()
        self.threads = list[int]()

    def compile(self, setup: ServerSetup) -> None:
        """Compile, and record where."""
        self.threads.append(threading.get_ident())
        super().compile(setup)


async def test_rules_are_compiled_outside_of_transactions(store: StoreHarness) -> None:
    """Compiling takes long, and a transaction holds locks that others wait for."""
    await choose(store, filter_rules=(RULE, "fruit"))
    filters, runs = WatchedFilters(), list[int]()

    def order(tx: Transaction, rules: PromptRules, prompt: str) -> FilterRule | None:
        runs.append(threading.get_ident())
        audit_log.record(tx, AuditEvent(AuditContext(CAROL, GUILD), AuditAction.UNBLOCK, ALICE, None, NOW))
        return rules.broken_by(server_setup.get(tx, GUILD), prompt)

    orders = [write_checked(store.database, filters, order, BAD) for _ in range(3)]
    assert await asyncio.gather(*orders) == [FilterRule(RULE, OWN)] * 3
    assert set(filters.threads).isdisjoint(runs)
    assert len(filters.threads) == 1
    repeated = len(runs) - len(orders)
    assert 1 <= repeated <= 3, "those that began before the rules were compiled"
    assert await write_checked(store.database, filters, order, GOOD) is None
    assert len(runs) == len(orders) + repeated + 1
    assert len(logged(store)) == 4


def test_compiled_filters_are_bounded_and_the_newest_are_kept() -> None:
    filters = CompiledFilters()
    servers = [
        ServerSetup(filter_rules=tuple(f"word{server} x{number}" for number in range(1000))) for server in range(12)
    ]
    for server, setup in enumerate(servers):
        found = filters.broken_by(setup, f"a word{server} x7")
        assert found == FilterRule(f"word{server} x7", OWN)
    assert filters.kept_words == 20_000
    assert filters.broken_by(servers[0], "a word0 x999") is not None


async def test_what_a_manager_of_the_server_forgave_is_not_remembered_by_an_erasure(store: StoreHarness) -> None:
    """What follows is, and what another server's manager forgave."""
    await choose(store, filter_rules=(RULE,))
    asked = Orders(store)
    for member, guild in ((BOB, GUILD), (ALICE, ELSEWHERE)):
        for _ in range(2):
            await asked.place(BAD, member=member)
        by = AuditContext(CAROL, guild)
        await store.database.write(blocks.block, member, None, by=by, now=NOW + 20)
        assert await store.database.write(blocks.unblock, member, by=by, now=NOW + 21)
        assert await erase(store.database, member, NOW + 22)
    assert await asked.place(BAD, NOW + 23, member=BOB) == refused(1)
    assert await asked.place(BAD, NOW + 23) == refused(3, until=NOW + 23 + DAY)
