"""Changes of a server's setup: atomic, recorded, idempotent, and refused on conflict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.core.errors import DuplicateInteraction
from bot.domain.catalogue import AspectRatio, Difference, DifferenceType, ModelKind
from bot.domain.credits import Limits
from bot.domain.jobs import EndReason, JobState
from bot.domain.message import MessageKind
from bot.domain.orders import InvalidDraft, OrderContext, QuotePreview
from bot.domain.quota import AuditAction, AuditContext, AuditEntry
from bot.domain.refusal import Refused
from bot.domain.request import Draft
from bot.domain.server_setup import SETTINGS, AgeRule, ServerSetup, Weekday
from bot.domain.setting_kinds import Setting, SettingValue
from bot.domain.text import Language
from data import audit_log, availability, movie_nights, movie_reports, server_setup, setup_changes, submissions
from data.availability import RefusedModel
from data.breakers import read as read_breaker
from data.setup_changes import SetupOutcome
from tests.helpers.at_time import at_time, under
from tests.helpers.due_work import every_due
from tests.helpers.reserving import place
from tests.helpers.setting_samples import EVERYTHING, SAMPLES
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, BOB, CATALOGUE, CHANNEL, GUILD, HOUR, NOW, StoreHarness, a_job


async def setup_of(store: StoreHarness, guild: int = GUILD) -> ServerSetup:
    return await store.database.read(server_setup.get, guild)


async def change(
    store: StoreHarness,
    changes: Mapping[Setting, SettingValue],
    *,
    seen: ServerSetup | None = None,
    by: AuditContext | None = None,
) -> SetupOutcome:
    before = await setup_of(store) if seen is None else seen
    who = by or AuditContext(ALICE, GUILD)
    return await store.database.write(setup_changes.change, changes, before.fingerprint(changes), by=who)


async def entries(store: StoreHarness) -> list[AuditEntry]:
    rows = await store.database.read(lambda tx: tx.fetch_all("SELECT *, 'ja' AS language FROM audit_log ORDER BY id"))
    return [audit_log._entry(row) for row in rows]


async def recorded(store: StoreHarness) -> list[tuple[int, Setting | None, SettingValue]]:
    """Return who changed what to which value, in order."""
    found = await entries(store)
    assert {each.action for each in found} <= {AuditAction.CHANGE_SETTING}
    return [(each.by.actor_id, each.setting, each.setting_value) for each in found]


async def test_every_setting_is_kept_recorded_and_taken_back(store: StoreHarness) -> None:
    assert await setup_of(store) == ServerSetup()
    assert await change(store, SAMPLES) == SetupOutcome(EVERYTHING, tuple(SAMPLES))
    assert await setup_of(store) == EVERYTHING
    logged = {**SAMPLES, ServerSetup.filter_rules: 2}  # only their number: the staff channel may be public
    assert await recorded(store) == [(ALICE, setting, value) for setting, value in logged.items()]
    nothing: Mapping[Setting, SettingValue] = {each: ServerSetup().value(each) for each in SETTINGS.values()}
    assert await change(store, nothing) == SetupOutcome(ServerSetup(), tuple(SETTINGS.values()))
    assert await setup_of(store) == ServerSetup()
    assert await setup_of(store, GUILD + 1) == ServerSetup()


async def test_a_change_of_what_someone_else_changed_meanwhile_is_not_made(store: StoreHarness) -> None:
    """A value that is set already is no change. Changes to other settings are made."""
    seen = await setup_of(store)
    await change(store, {ServerSetup.channels: (1,)}, by=AuditContext(BOB, GUILD))
    assert await change(store, {ServerSetup.channels: (1,)}, seen=seen) == SetupOutcome(ServerSetup(channels=(1,)))
    lost = await change(store, {ServerSetup.channels: (2,), ServerSetup.longest_seconds: 9}, seen=seen)
    assert lost == SetupOutcome(ServerSetup(channels=(1,)), conflict=True)
    made = await change(store, {ServerSetup.longest_seconds: 9}, seen=seen)
    assert made == SetupOutcome(ServerSetup(channels=(1,), longest_seconds=9), (ServerSetup.longest_seconds,))
    expected = [(BOB, ServerSetup.channels, (1,)), (ALICE, ServerSetup.longest_seconds, 9)]
    assert await recorded(store) == expected


async def test_an_interaction_makes_its_changes_once(store: StoreHarness) -> None:
    by = AuditContext(ALICE, GUILD, interaction_id=77)
    await change(store, {ServerSetup.channels: (1,), ServerSetup.roles: (2,)}, by=by)
    with pytest.raises(DuplicateInteraction):
        await change(store, {ServerSetup.channels: (), ServerSetup.roles: ()}, by=by)
    assert await setup_of(store) == ServerSetup(channels=(1,), roles=(2,))
    assert len(await recorded(store)) == 2


async def test_the_first_answers_are_given_once(store: StoreHarness) -> None:
    """Also by a manager who presses twice, and in two processes that got one press. Others change nothing any more."""
    answers = {ServerSetup.language: Language.GERMAN}

    async def answer(interaction_id: int, credits: int) -> SetupOutcome:
        by = AuditContext(ALICE, GUILD, interaction_id=interaction_id)
        expected = ServerSetup().fingerprint(answers)
        return await store.database.write(setup_changes.answer_first, answers, expected, by=by, credits=credits)

    made = await answer(1, 300)
    assert replace(made, limit=None) == SetupOutcome(ServerSetup(language=Language.GERMAN), tuple(answers))
    assert made.limit is not None
    assert (made.limit.action, made.limit.credits) == (AuditAction.SET_DEFAULT_LIMIT, 300)
    with pytest.raises(DuplicateInteraction):
        await answer(1, 300)
    assert await answer(2, 300) == SetupOutcome(ServerSetup(language=Language.GERMAN))
    assert await answer(3, 500) == SetupOutcome(ServerSetup(language=Language.GERMAN), conflict=True)
    assert [(each.action, each.credits) for each in await entries(store)] == [
        (AuditAction.CHANGE_SETTING, None),
        (AuditAction.SET_DEFAULT_LIMIT, 300),
    ]


async def test_changes_are_due_in_the_staff_channel_in_the_chosen_language(store: StoreHarness) -> None:
    by = AuditContext(ALICE, GUILD, language=Language.FRENCH)
    await choose_staff_channel(store.database, by, 99, NOW)
    await change(store, {ServerSetup.language: Language.JAPANESE}, by=by)
    posted = await store.posted_lines(NOW)
    assert [entry.setting for entry, _ in posted] == [ServerSetup.staff_channel, ServerSetup.language]
    assert {(entry.by.language, channel) for entry, channel in posted} == {(Language.JAPANESE, 99)}
    await change(store, {ServerSetup.language: None}, by=by)
    [(entry, _)] = await store.posted_lines(NOW)
    assert entry.by.language is Language.FRENCH


async def test_reports_and_movie_nights_are_in_the_chosen_language_else_in_the_servers(store: StoreHarness) -> None:
    job = await store.in_state(a_job(1), JobState.COMPLETED)
    by = AuditContext(BOB, GUILD, interaction_id=1)
    await store.database.write(movie_reports.report, job.id, "no", by=by)
    by_staff = AuditContext(ALICE, GUILD, language=Language.FRENCH)
    await change(store, {ServerSetup.movie_night: Weekday.TUESDAY}, by=by_staff)
    start = NOW + 6 * HOUR
    [message] = await store.database.read(at_time(start, every_due), MessageKind.MOVIE_NIGHT_START)
    await store.database.write(at_time(start, movie_nights.begin), message)
    for chosen, language in ((None, Language.FRENCH), (Language.JAPANESE, Language.JAPANESE)):
        await change(store, {ServerSetup.language: chosen}, by=by_staff)
        [due] = await store.database.read(at_time(start, every_due), MessageKind.MOVIE_NIGHT)
        night = await store.database.read(movie_nights.get, due.subject_id)
        found = await store.database.read(movie_reports.find, job.id)
        assert (night.language, found.language) == (language, language)


LUMA = RefusedModel(ModelKind.VIDEO, "LUMA", NOW, "no")


async def ordered(store: StoreHarness, number: int, *, roles: tuple[int, ...] = (), **context: Any) -> object:
    order = OrderContext(number, GUILD, CHANNEL, ALICE, roles, "alice", **context)
    limits = Limits(member=5000, plan=50_000)
    return await store.database.write(place, order, Draft("a"), CATALOGUE, limits, use_preferences=True)


async def test_an_order_obeys_the_setup_in_its_own_transaction(store: StoreHarness) -> None:
    await change(store, {ServerSetup.channels: (7,), ServerSetup.roles: (5,)})
    assert await ordered(store, 1, roles=(5,)) == Refused("refusals-channel", {"channels": (7,)})
    assert await ordered(store, 2, parent_channel_id=7) == Refused("refusals-role", {"roles": (5,)})
    await change(store, {ServerSetup.channels: (), ServerSetup.age: AgeRule.RESTRICTED})
    assert await ordered(store, 3, roles=(5,)) == Refused("refusals-age")
    assert await store.database.read(lambda tx: tx.fetch_all("SELECT id FROM jobs")) == []
    language = {ServerSetup.language: Language.JAPANESE}
    await change(store, {ServerSetup.video_models: ("KLING",), ServerSetup.longest_seconds: 12, **language})
    placed = await ordered(store, 4, roles=(4, 5), age_restricted=True)
    assert (placed.job.request.video_model, placed.job.request.duration_seconds) == ("KLING", 12)
    assert placed.job.server_language is Language.JAPANESE
    context, draft = OrderContext(5, GUILD, CHANNEL, ALICE, (5,), age_restricted=True), Draft("a", seconds=13)
    decided = await store.database.write(place, context, draft, CATALOGUE, Limits(member=5000, plan=50_000))
    assert isinstance(decided, InvalidDraft)


@pytest.mark.parametrize("allowed", [(), ("GONE",)])
async def test_a_model_the_api_refused_is_not_shown_nor_ordered(store: StoreHarness, allowed: tuple[str, ...]) -> None:
    await change(store, {ServerSetup.video_models: allowed})
    assert await store.database.read(availability.of_server, GUILD) == CATALOGUE, "what is gone leaves nothing"
    models = tuple(replace(each, aspect_ratios=(AspectRatio.TALL,)) for each in CATALOGUE.video_models)
    tall = under(availability.of_server, catalogue=replace(CATALOGUE, video_models=models))
    assert (await store.database.read(tall, GUILD)).has_valid_defaults, "of a shape that can be made"
    await store.database.write(availability.record, LUMA)
    shown = await store.database.read(availability.of_server, GUILD)
    assert [each.key for each in shown.video_models if each.enabled] == ["KLING"]
    placed = await ordered(store, 1)
    if allowed:
        assert placed == Refused("refusals-no-model")
    else:
        assert placed.job.request.video_model == "KLING"


async def test_a_refused_model_is_off_and_stays_known_until_the_operator_offers_it_again(store: StoreHarness) -> None:
    """The breaker stays closed, so the queue goes on. Operators need the time of the first refusal."""
    job = await store.submitting(a_job(1))
    refused = EndReason.MODEL_REFUSED, LUMA.message
    await store.database.write(submissions.refuse, job.id, *refused, refused_model=LUMA)
    assert await store.state(job) is JobState.FAILED
    offered = await store.database.read(availability.accepted_models)
    assert [model.key for model in offered.enabled_video_models] == ["KLING"]
    assert offered.label("LUMA") == "Luma"
    assert (await store.database.read(read_breaker)).shown_outage is None
    await store.database.write(availability.record, replace(LUMA, refused_at=NOW + 1, message="again"))
    assert await store.database.read(availability.refused) == [LUMA]
    assert [await store.database.write(availability.allow, "LUMA") for _ in range(2)] == [True, False]
    assert await store.database.read(availability.accepted_models) == CATALOGUE


async def test_refused_models_are_listed_in_order_and_the_last_of_a_kind_stays_on(store: StoreHarness) -> None:
    one_image = replace(CATALOGUE, image_models=CATALOGUE.image_models[:1])
    flux = RefusedModel(ModelKind.IMAGE, "FLUX1.1PRO", NOW, "no")
    await store.database.write(availability.record, flux)
    assert await store.database.read(under(availability.accepted_models, catalogue=one_image)) == one_image
    later = RefusedModel(ModelKind.IMAGE, "FLUX2", NOW + 1, "no")
    for model in (later, LUMA):
        await store.database.write(availability.record, model)
    assert await store.database.read(availability.refused) == [flux, LUMA, later]


GONE, DEARER = DifferenceType.NOT_LISTED, DifferenceType.DEARER
FOLLOWED: tuple[tuple[tuple[Difference, ...], list[tuple[str, int]], list[str]], ...] = (
    ((), [("LUMA", 10), ("KLING", 10)], ["FLUX1.1PRO", "IMAGEN"]),
    ((Difference(GONE, ModelKind.VIDEO, "LUMA", 10),), [("KLING", 10)], ["FLUX1.1PRO", "IMAGEN"]),
    ((Difference(GONE, ModelKind.IMAGE, "FLUX1.1PRO"),), [("LUMA", 10), ("KLING", 10)], ["IMAGEN"]),
    (
        (
            Difference(DEARER, ModelKind.VIDEO, "LUMA", 10, 12),
            Difference(DifferenceType.CHEAPER, ModelKind.VIDEO, "KLING", 10, 9),
            Difference(DifferenceType.NOT_IN_CATALOGUE, ModelKind.VIDEO, "NEW", None, 9),
        ),
        [("LUMA", 12), ("KLING", 10)],
        ["FLUX1.1PRO", "IMAGEN"],
    ),
    (
        (Difference(GONE, ModelKind.VIDEO, "LUMA", 10), Difference(DEARER, ModelKind.VIDEO, "KLING", 10, 11)),
        [("KLING", 11)],
        ["FLUX1.1PRO", "IMAGEN"],
    ),
    (
        (Difference(GONE, ModelKind.VIDEO, "LUMA", 10), Difference(GONE, ModelKind.VIDEO, "KLING", 10)),
        [("LUMA", 10), ("KLING", 10)],
        ["FLUX1.1PRO", "IMAGEN"],
    ),
)
"""Differences, and what is offered then. Without any model of a kind left, the API refuses what is ordered."""


async def test_what_is_offered_follows_the_last_comparison(store: StoreHarness) -> None:
    for differences, videos, images in (*FOLLOWED, *FOLLOWED[::-1]):
        await store.database.write(availability.follow, differences)
        offered = await store.database.read(availability.accepted_models)
        assert [(each.key, each.credits_per_second) for each in offered.enabled_video_models] == videos
        assert [each.key for each in offered.enabled_image_models] == images
    await store.database.write(availability.record, LUMA)
    await store.database.write(availability.follow, [Difference(DEARER, ModelKind.VIDEO, "LUMA", 10, 12)])
    offered = await store.database.read(availability.accepted_models)
    assert [model.key for model in offered.enabled_video_models] == ["KLING"], "refused, and dearer"


async def test_an_order_is_placed_by_the_last_comparison(store: StoreHarness) -> None:
    await store.database.write(availability.follow, FOLLOWED[4][0])
    context, limits = OrderContext(1, GUILD, CHANNEL, ALICE), Limits(member=5000, plan=50_000)
    decided = await store.database.write(place, context, Draft("a", 10, "LUMA"), CATALOGUE, limits)
    assert isinstance(decided, InvalidDraft)
    shown = await store.database.write(place, context, Draft("a", 10, "KLING"), CATALOGUE, limits)
    assert isinstance(shown, QuotePreview)
    assert shown.quote.price == 110


async def test_the_creation_of_a_gallery_is_claimed_once_a_minute_and_not_beside_one(store: StoreHarness) -> None:
    async def claimed(at: int) -> bool:
        return await store.database.write(at_time(at, setup_changes.claim_gallery), GUILD)

    minute = 60_000
    assert [await claimed(NOW + at) for at in (0, 1, minute - 1, minute, minute + 1)] == [
        True,
        False,
        False,
        True,
        False,
    ]
    await change(store, {ServerSetup.gallery: CHANNEL})
    assert not await claimed(NOW + HOUR)
