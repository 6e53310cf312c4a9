"""Every setting of /setup: what a manager chooses holds after a restart, and nobody else's press counts."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path

import pytest
from simcord.actors import MemberActor

from bot.domain.gift import GiftRefusal, GiftRefused
from bot.domain.job import Job, JobState
from bot.domain.language import Language
from bot.domain.movie_night import next_start
from bot.domain.request import Problem, ProblemCode
from bot.domain.server_setup import AccessReason, AccessRefusal, ServerSetup, Setting, Weekday
from bot.domain.setup_document import write_document
from bot.ui import gifts, quota_admin, refusals, setup_files, setup_filter, setup_panel
from bot.ui.setup_panel import Panel
from data import jobs
from tests.helpers import settings
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.awaiting import configure, listed, newest_job
from tests.helpers.expected_text import ENGLISH, embed_text, validation_error
from tests.helpers.ledger_checks import query
from tests.helpers.panel import CATALOGUE_ENTRY, choices, kept, opened
from tests.helpers.reading import answered, ephemeral_text, message_text, response_text

pytestmark = pytest.mark.both_engines

DAY_MS = 24 * 3_600_000
MENU, STAR = ENGLISH("commands-make-movie-menu"), ENGLISH("stars-star-button")
WAITING, QUEUED = JobState.AWAITING_APPROVAL, JobState.QUEUED

Effect = Callable[[AdminHarness], Awaitable[None]]


@pytest.fixture
async def admin_bot(tmp_path: Path, database_url: str) -> AsyncGenerator[AdminHarness]:
    """A server that Dana runs, with two image models to choose from."""
    (tmp_path / "catalogue.toml").write_text(settings.CATALOGUE + CATALOGUE_ENTRY, encoding="utf-8")
    async with open_admin_harness(tmp_path, database_url=database_url) as bot:
        yield bot


def star(bot: AdminHarness) -> MemberActor:
    """A new member with the role Stars."""
    return bot.guild.add_member(bot.env.create_user("star"), roles=[bot.stars])


async def ordered(bot: AdminHarness, who: MemberActor | None = None, **options: object) -> Job:
    """Order a movie, and return it."""
    assert not (await bot.movie(who, **options)).ephemeral
    return newest_job(bot)


async def refused(bot: AdminHarness, reason: AccessReason, allowed: int) -> None:
    """Check that an order is refused for this reason."""
    expected = embed_text(refusals.access_embed(ENGLISH, AccessRefusal(reason, (allowed,))))
    assert ephemeral_text(await bot.movie()) == expected


async def channels(bot: AdminHarness) -> None:
    await refused(bot, AccessReason.CHANNEL, bot.lines.id)
    bot.channel = bot.lines


async def roles(bot: AdminHarness) -> None:
    await refused(bot, AccessReason.ROLE, bot.stars.id)
    await ordered(bot, star(bot))


async def video_models(bot: AdminHarness) -> None:
    problem = Problem(ProblemCode.VIDEO_MODEL_UNKNOWN, "Luma Dream Machine", ("Google Veo",))
    assert ephemeral_text(await bot.movie(video_model="LUMA")) == validation_error(problem)


async def image_models(bot: AdminHarness) -> None:
    problem = Problem(ProblemCode.IMAGE_MODEL_UNKNOWN, "Flux 1.1 Pro", ("Imagen 3",))
    assert ephemeral_text(await bot.movie(image_model="FLUX1.1PRO")) == validation_error(problem)


async def longest_seconds(bot: AdminHarness) -> None:
    problem = Problem(ProblemCode.SECONDS_OUT_OF_RANGE, "21", ("1", "20"))
    assert ephemeral_text(await bot.movie(duration=21)) == validation_error(problem)


async def default_video_model(bot: AdminHarness) -> None:
    assert (await ordered(bot, duration=1)).request.video_model == "VEOI2V"


async def default_image_model(bot: AdminHarness) -> None:
    assert (await ordered(bot)).request.image_model == "IMAGEN3"
    await bot.movie(video_model="LUMA", aspect_ratio="9:16", image_model="FLUX1.1PRO")
    assert query(bot.place, "SELECT image_model FROM quotes") == [{"image_model": "FLUX1.1PRO"}]


async def default_seconds(bot: AdminHarness) -> None:
    assert (await ordered(bot)).request.duration_seconds == 12


async def default_aspect_ratio(bot: AdminHarness) -> None:
    assert (await ordered(bot)).request.aspect_ratio == "9:16"


async def language(bot: AdminHarness) -> None:
    assert (await ordered(bot)).server_language is Language.GERMAN


async def message_menu(bot: AdminHarness) -> None:
    written = await bot.alice.send(bot.channel, "a fox in the snow")
    pressed = await bot.alice.context_menu(bot.channel, MENU, written)
    assert ephemeral_text(pressed) == refusals.no_message_menu(ENGLISH)


async def gallery(bot: AdminHarness) -> None:
    await ordered(bot)
    await bot.finish()
    assert str(newest_job(bot).movie_url) in bot.lines.history()[-1].content


async def age(bot: AdminHarness) -> None:
    await ordered(bot)
    await bot.finish()
    assert f"|| {bot.job()['movie_url']} ||" in bot.messages()[-1].content


async def staff_channel(bot: AdminHarness) -> None:
    for _ in range(2):
        before = len(bot.posted())
        await bot.quota("server", credits=5000)
        await bot.run_until_idle()
        assert len(bot.posted()) > before


async def staff_roles(bot: AdminHarness) -> None:
    assert ephemeral_text(await listed(bot, bot.alice)) == ENGLISH("approvals-staff-only")
    assert ENGLISH("approvals-list-empty") in ephemeral_text(await listed(bot, star(bot)))


async def filter_presets(bot: AdminHarness) -> None:
    assert ENGLISH("refusals-prompt-title") in ephemeral_text(await bot.movie(prompt="a decapitation"))
    await ordered(bot, prompt="a red boat")


async def filter_rules(bot: AdminHarness) -> None:
    assert ENGLISH("refusals-prompt-title") in ephemeral_text(await bot.movie(prompt="a red balloon"))
    await ordered(bot, prompt="a red boat")


async def approval(bot: AdminHarness) -> None:
    assert (await ordered(bot)).state is WAITING


async def approval_credits(bot: AdminHarness) -> None:
    assert [(await ordered(bot, duration=seconds)).state for seconds in (10, 11)] == [QUEUED, WAITING]


async def trusted_roles(bot: AdminHarness) -> None:
    assert [(await ordered(bot, who)).state for who in (star(bot), bot.alice)] == [QUEUED, WAITING]


async def approval_fallback(bot: AdminHarness) -> None:
    bot.env.inject_error("POST", f"/channels/{bot.lines.id}/messages", status=403, code=50001, times=None)
    job = await ordered(bot)
    await bot.finish()
    assert (await bot.app.database.read(jobs.get, job.id)).state is JobState.COMPLETED


async def gallery_stars(bot: AdminHarness) -> None:
    await ordered(bot, duration=1)
    await bot.finish()
    assert bot.lines.history() == []
    await bot.bob.click(bot.messages()[-1], label=STAR)
    await bot.run_until_idle()
    assert len(bot.lines.history()) == 1


async def gift_credits(bot: AdminHarness) -> None:
    await bot.quota("grant", member=bot.alice, credits=100, reason="a prize")
    texts = [ephemeral_text(await bot.alice.slash(bot.channel, "gift", member=bot.bob, credits=n)) for n in (51, 50)]
    over = GiftRefused(GiftRefusal.OVER_BOUND, 50)
    assert texts == [gifts.refused(ENGLISH, over), gifts.given(ENGLISH, bot.bob.id, 50)]


async def pitch_days(bot: AdminHarness) -> None:
    await bot.alice.slash(bot.channel, "pitch", prompt="a red balloon", duration=5)
    assert query(bot.place, "SELECT ends_at FROM pitches") == [{"ends_at": bot.clock.now() + 3 * DAY_MS}]


async def movie_night(bot: AdminHarness) -> None:
    await ordered(bot)
    await bot.finish()
    await bot.bob.click(bot.messages()[-1], label=STAR)
    await bot.run_until_idle((next_start(Weekday.TUESDAY, bot.clock.now()) - bot.clock.now()) / 1000)
    assert ENGLISH("night-title") in message_text(bot.messages()[-1])


EFFECTS: tuple[tuple[Effect, ...], ...] = (
    (gallery, default_image_model, default_seconds, default_aspect_ratio, language),
    (video_models, image_models, longest_seconds),
    (approval, approval_credits),
    (trusted_roles, approval_fallback),
    (channels, roles),
    (age, movie_night),
    (gallery_stars, default_video_model, message_menu, gift_credits, pitch_days),
    (filter_presets, filter_rules, staff_channel, staff_roles),
)
"""What each setting does, which has its name. Those of a group don't disturb one another."""


def test_every_setting_has_its_effect() -> None:
    assert sorted(effect.__name__ for group in EFFECTS for effect in group) == sorted(Setting)


@pytest.mark.parametrize("effects", EFFECTS, ids=lambda effects: effects[0].__name__)
async def test_what_a_manager_chooses_holds_after_a_restart(
    admin_bot: AdminHarness, effects: tuple[Effect, ...]
) -> None:
    """Each change is logged once."""
    offered = choices(admin_bot)
    needed = {Setting.TRUSTED_ROLES: {"approval": "untrusted", "staff_channel": admin_bot.lines.id}}
    needed[Setting.GALLERY_STARS] = {"gallery": admin_bot.lines.id}
    settings = [Setting(effect.__name__) for effect in effects]
    await configure(admin_bot, **needed.get(settings[0], {}))
    before, logged = await kept(admin_bot), len(admin_bot.noted())
    for setting in settings:
        await (await opened(admin_bot, setting)).choose(offered[setting].given)
    await admin_bot.restart()
    assert await kept(admin_bot) == before.changed({setting: offered[setting].value for setting in settings})
    entries = [(entry.actor_id, entry.setting) for entry in admin_bot.audit_entries()[logged:]]
    assert entries == [(admin_bot.dana.id, setting) for setting in settings]
    for effect in effects:
        await effect(admin_bot)


async def test_every_setting_is_in_an_import_and_in_the_next_export(admin_bot: AdminHarness) -> None:
    """The import is confirmed after a restart."""
    setup = ServerSetup().changed({setting: choice.value for setting, choice in choices(admin_bot).items()})
    assert setup_files.differing(ServerSetup(), setup) == list(Setting)
    file = ("setup.json", write_document(setup).encode())
    shown = await admin_bot.dana.slash(admin_bot.channel, "setup import", file=file)
    assert response_text(shown) == embed_text(
        setup_files.changes_embed(ENGLISH, ServerSetup(), setup, admin_bot.catalogue)
    )
    await admin_bot.restart()
    await admin_bot.dana.click(answered(shown).message, label=ENGLISH("setup-apply-button"))
    assert [each.setting for each in admin_bot.audit_entries()] == list(Setting)
    exported = await admin_bot.dana.slash(admin_bot.channel, "setup export")
    assert await answered(exported).message.attachments[0].read() == write_document(setup).encode()


# ── guarded ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_only_managers_change_a_setting(admin_bot: AdminHarness) -> None:
    """Managers who lost their role since opening the panel are refused, too."""
    helper = admin_bot.guild.add_member(admin_bot.env.create_user("hugo"), roles=[admin_bot.stars])
    await configure(admin_bot, staff_roles=(admin_bot.stars.id,))
    offered = choices(admin_bot)
    controls = {setting: await opened(admin_bot, setting) for setting in Setting}
    [crew] = admin_bot.env.backend.get_member(admin_bot.guild.id, admin_bot.dana.id).role_ids
    admin_bot.env.backend.remove_member_role(admin_bot.guild.id, admin_bot.dana.id, crew)
    before = admin_bot.snapshot()
    for setting, control in controls.items():
        for who in (admin_bot.alice, admin_bot.bob, helper, admin_bot.dana):
            answer = await control.choose(offered[setting].other, who)
            assert ephemeral_text(answer) == quota_admin.not_allowed(ENGLISH), setting
    assert admin_bot.snapshot() == before


async def test_a_stale_panel_changes_nothing_and_the_same_press_counts_once(admin_bot: AdminHarness) -> None:
    """A late press shows the current panel."""
    for setting, choice in choices(admin_bot).items():
        stale, logged = await opened(admin_bot, setting), len(admin_bot.noted())
        await stale.choose(choice.given)
        setup = await kept(admin_bot)
        assert (setup.value(setting), len(admin_bot.noted())) == (choice.value, logged + 1), setting
        panel = Panel(setup, admin_bot.catalogue)
        again = response_text(await stale.choose(choice.given))
        assert again == embed_text(setup_panel.panel_embed(ENGLISH, panel)), setting
        refused = response_text(await stale.choose(choice.other))
        conflict = setup_panel.panel_embed(ENGLISH, panel, [setup_panel.conflict_note(ENGLISH)])
        if setting is Setting.FILTER_RULES:  # what was typed is kept, so it has a message of its own
            conflict = setup_filter.conflict_embed(ENGLISH)
        assert refused == embed_text(conflict), setting
        assert (await kept(admin_bot), len(admin_bot.noted())) == (setup, logged + 1), setting
