"""Prompts that the movie service flags, on both engines: never held, never a hit, and asked about once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.core.errors import ConnectFailed, InvalidResponse, SamsarError
from bot.domain.moderation import MAX_HITS_A_DAY, ModerationCategory, PromptRefused, Verdict
from bot.domain.operations import Operation
from bot.domain.orders import ALWAYS_CONFIRM, QUOTE_TTL_MS, Order, OrderContext, OrderPlaced, OrderRefused, QuotePreview
from bot.domain.pictures import Picture, PictureType
from bot.domain.pitches import Pitch
from bot.domain.prompt_filter import OWN
from bot.domain.quota import AuditContext
from bot.domain.request import Draft
from bot.samsar.config import AUTUMN_2026
from bot.services.moderation import Moderator
from data import blocks, orders, pledging, prompt_refusals
from tests.helpers.at_time import at_time
from tests.helpers.fakes import FakeMovieApi
from tests.helpers.ledger_checks import assert_ledger_consistent, query
from tests.helpers.member_data import erase
from tests.helpers.refusing import is_refused
from tests.helpers.server_settings import change_setup
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, BOB, CAROL, CATALOGUE, CHANNEL, DAY, GUILD, NOW, StoreHarness

PROMPT = "a red balloon"
VIOLENCE = Verdict(ModerationCategory.VIOLENCE)
FLAGGED = PromptRefused(ModerationCategory.VIOLENCE)
WITH_PICTURES = replace(CATALOGUE, limits=replace(CATALOGUE.limits, operations=AUTUMN_2026.limits.operations))


class Members:
    """Submit orders to a movie service whose next verdicts are these."""

    def __init__(self, store: StoreHarness, *verdicts: Verdict | Exception, is_moderated: bool = True) -> None:
        self.store = store
        self.api = FakeMovieApi(verdicts=[*verdicts])
        self.moderator = Moderator(store.database, self.api if is_moderated else None, store.clock)
        self.last_interaction = 100

    def order(self, prompt: str = PROMPT, member: int = ALICE, interaction: int | None = None, **how: Any) -> Order:
        if interaction is None:
            interaction = self.last_interaction = self.last_interaction + 1
        return Order(OrderContext(interaction, GUILD, CHANNEL, member, (), "ada"), Draft(prompt, 10, "LUMA"), **how)

    async def place(self, prompt: str = PROMPT, **how: Any) -> object:
        made = await self.moderator.run(orders.place, self.order(prompt, **how))
        return made.reason if isinstance(made, OrderRefused) else made

    async def pitch(self, prompt: str = PROMPT, **how: Any) -> object:
        return await self.moderator.run(pledging.pitch, self.order(prompt, **how), 0)


def noted(store: StoreHarness) -> list[tuple[object, ...]]:
    rows = query(store.place, "SELECT * FROM audit_log WHERE action = 'prompt_flagged' ORDER BY id")
    return [(row["subject_id"], row["rule_category"], row["reason"]) for row in rows]


def written(store: StoreHarness) -> list[int]:
    return [len(query(store.place, f"SELECT 1 FROM {table}")) for table in ("jobs", "quotes", "pitches")]


async def test_nothing_is_held_or_kept_of_a_flagged_prompt_and_it_is_no_hit(store: StoreHarness) -> None:
    members = Members(store, VIOLENCE)
    assert await members.place() == FLAGGED
    assert await members.place(confirm=ALWAYS_CONFIRM) == FLAGGED
    assert await members.pitch() == FLAGGED
    assert await members.place(is_new=False) == FLAGGED
    assert members.api.moderated == [PROMPT]
    assert written(store) == [0, 0, 0]
    assert assert_ledger_consistent(store.place) == {}
    assert noted(store) == [(ALICE, "violence", PROMPT)] * 3
    assert await store.database.read(at_time(NOW, prompt_refusals.count), GUILD, ALICE) == 0
    assert isinstance(await members.place("a calm lake"), OrderPlaced), "no time-out"
    assert members.moderator.refused == {"moderation-violence": 4}


async def test_a_member_fills_no_staff_channel_and_an_interaction_is_noted_once(store: StoreHarness) -> None:
    members = Members(store, VIOLENCE)
    assert [await members.place(interaction=7) for _ in range(2)] == [FLAGGED] * 2
    assert len(noted(store)) == 1
    for _ in range(5):
        assert await members.place() == FLAGGED
    assert await members.place(member=BOB) == FLAGGED
    assert [each[0] for each in noted(store)] == [ALICE] * MAX_HITS_A_DAY + [BOB]
    store.clock.turn_to(NOW + DAY + 1)
    members.api.verdicts = [VIOLENCE]
    assert await members.place() == FLAGGED
    assert len(noted(store)) == MAX_HITS_A_DAY + 2


async def test_the_words_of_an_erased_member_are_not_posted(store: StoreHarness) -> None:
    await choose_staff_channel(store.database, AuditContext(CAROL, GUILD), 555, NOW)
    await Members(store, VIOLENCE).place()
    assert await erase(store.database, ALICE, NOW + 1)
    rows = query(store.place, "SELECT reason, is_pending FROM audit_log WHERE action = 'prompt_flagged'")
    assert rows == [{"reason": "", "is_pending": 0}]


async def test_the_movie_service_is_not_asked_about_what_is_refused_anyway(store: StoreHarness) -> None:
    assert (await change_setup(store.database, AuditContext(CAROL, GUILD), NOW, filter_rules=("balloon",))).changed
    members = Members(store, VIOLENCE)
    assert await members.place() == PromptRefused(OWN, 1)
    assert await members.pitch() == PromptRefused(OWN, 2)
    assert not isinstance(await members.place(" "), OrderPlaced)
    await members.place("a calm lake", missing=("embed_links",))
    await store.database.write(at_time(NOW, blocks.block), BOB, None, by=AuditContext(CAROL, GUILD))
    for submit in (members.place, members.pitch):
        assert is_refused(await submit("a calm lake", member=BOB), "refusals-blocked")
    assert members.api.moderated == []
    assert members.moderator.refused == {OWN: 2}
    off = Members(store, VIOLENCE, is_moderated=False)
    off.last_interaction = 500
    assert isinstance(await off.place("a calm lake"), OrderPlaced)
    assert off.api.moderated == []


@pytest.mark.parametrize(
    "failure", [ConnectFailed("refused"), InvalidResponse("late", status=503)], ids=["down", "503"]
)
async def test_without_an_answer_the_order_goes_on_and_the_next_one_asks_again(
    store: StoreHarness, failure: SamsarError
) -> None:
    members = Members(store, failure, failure, VIOLENCE)
    assert isinstance(await members.place(confirm=ALWAYS_CONFIRM), QuotePreview)
    assert isinstance(await members.pitch(), Pitch)
    assert await members.place() == FLAGGED
    assert members.api.moderated == [PROMPT] * 3


async def test_a_quote_and_its_movie_are_asked_about_once(store: StoreHarness) -> None:
    members = Members(store)
    quote = await members.place(confirm=ALWAYS_CONFIRM)
    assert isinstance(quote, QuotePreview)
    store.clock.turn_to(NOW + QUOTE_TTL_MS - 1)
    placed = await members.place(f" {PROMPT}\n", quote=quote.quote, accepts=True, is_new=False)
    assert isinstance(placed, OrderPlaced)
    assert members.api.moderated == [PROMPT]
    store.clock.turn_to(NOW + QUOTE_TTL_MS)
    assert isinstance(await members.place(), OrderPlaced)
    assert members.api.moderated == [PROMPT] * 2
    store.clock.turn_to(NOW - DAY)
    members.api.verdicts = [VIOLENCE]
    assert await members.place() == FLAGGED, "a clock that was set back keeps no verdict"


async def test_few_verdicts_are_remembered(store: StoreHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.moderation.MAX_VERDICTS", 2)
    members = Members(store)
    for prompt in ("a", "b", "c", "c", "b", "a"):
        await members.place(prompt, confirm=ALWAYS_CONFIRM)
    assert members.api.moderated == ["a", "b", "c", "a"]


async def test_pictures_are_shown_to_the_movie_service_when_they_come_and_large_ones_by_their_address(
    store: StoreHarness,
) -> None:
    members = Members(store)
    store.database.policy = replace(store.database.policy, catalogue=WITH_PICTURES)
    small, large = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n" + bytes(7 * 2**20)
    came = Picture("a.1", PictureType.JPEG, small), Picture("a.2", PictureType.PNG, large)
    draft = Draft("a cat", operation=Operation.PICTURES, sources=("a.1", "a.2"))
    order = Order(OrderContext(1, GUILD, CHANNEL, ALICE), draft, confirm=ALWAYS_CONFIRM, pictures=came)
    preview = await members.moderator.run(orders.place, order)
    assert isinstance(preview, QuotePreview)
    assert members.api.shown == ["data:image/jpeg;base64,/9j/", f"https://pictures.example/{len(large)}.png"]
    accepted = replace(order, context=replace(order.context, interaction_id=2), pictures=(), quote=preview.quote)
    assert isinstance(await members.moderator.run(orders.place, replace(accepted, accepts=True)), OrderPlaced)
    assert (members.api.moderated, len(members.api.shown)) == (["a cat"] * 2, 2), "then its words alone"


@pytest.mark.parametrize("why", ["missing permissions", "a problem of the form"])
async def test_pictures_of_a_refused_order_are_judged_before_they_are_kept(store: StoreHarness, why: str) -> None:
    members = Members(store, VIOLENCE)
    store.database.policy = replace(store.database.policy, catalogue=WITH_PICTURES)
    draft = Draft("a cat", operation=Operation.PICTURES, sources=("a.1",))
    came = (Picture("a.1", PictureType.JPEG, b"\xff\xd8\xff"),)
    order = Order(OrderContext(1, GUILD, CHANNEL, ALICE), draft, confirm=ALWAYS_CONFIRM, pictures=came)
    if why == "missing permissions":
        order = replace(order, missing=("embed_links",))
    else:
        order = replace(order, draft=replace(draft, video_model="GONE"))
    made = await members.moderator.run(orders.place, order)
    assert isinstance(made, OrderRefused)
    assert (made.reason, made.editable) == (FLAGGED, None)
    assert query(store.place, "SELECT 1 FROM pictures") == []
